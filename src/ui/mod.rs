//! The screen: everything is drawn from [`App`] and nothing is changed.
//!
//! ```text
//!  header.rs    ec2deck  default · 1234-5678-9012 · Seoul ap-northeast-2      2 running  read 5 s ago
//!  panes.rs    ╭ 1 Instances ──────────── 3 ╮╭ web-1 · i-0f3a91c2 ─────────╮
//!   table.rs   │▌ ● web-1   running  3 h    ││ ● running for 3 h   details/ │
//!              ╰────────────────────────────╯│                             │
//!              ╭ 2 Security groups ────── 2 ╮│     launch/ takes the place │
//!              │▏ web   3 rules             ││     of all panes            │
//!              ╰────────────────────────────╯╰─────────────────────────────╯
//!  footer.rs    n launch   s start   / filter   ? help            modals/ lies over it all
//! ```

pub mod boxed;
mod details;
mod explained;
pub mod field;
#[cfg(test)]
mod fixture;
mod footer;
pub mod form;
mod header;
pub mod key_name;
pub mod launch;
pub mod layout;
pub mod look;
mod modals;
mod panes;
pub mod plot;
pub mod sheet;
pub mod table;
mod tabs;
#[cfg(test)]
mod tests;
mod view;
pub mod words;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::layout::Dashboard;
use self::view::View;
use crate::app::App;
use crate::app::extent::Extent;
use crate::app::panes::PaneKind;

/// Draws the whole screen, whatever its size. Says how far it scrolls.
pub fn draw(app: &App, frame: &mut Frame<'_>) -> Extent {
    let area = frame.area();
    if area.is_empty() {
        return Extent::default();
    }
    let screen = layout::screen(area);
    let above_footer = Rect { height: area.height - screen.footer.height, ..area };
    let look = look::Look::of(app);
    let details = if let Some(flow) = &app.launch {
        launch::draw(app, flow, frame, above_footer);
        0
    } else {
        header::draw(app, look, screen.header, frame.buffer_mut());
        draw_dashboard(&View::of(app), screen.body, frame)
    };
    footer::draw(app, look, screen.footer, frame);
    let page = modals::draw(app, look, above_footer, frame);
    Extent { details: layout::cells(details), page: layout::cells(page) }
}

fn draw_dashboard(view: &View<'_>, body: Rect, frame: &mut Frame<'_>) -> usize {
    let buffer = frame.buffer_mut();
    match layout::dashboard(body, view.app.panes.zoomed) {
        Dashboard::Wide { lists, details } => {
            for (kind, area) in PaneKind::LISTS.into_iter().zip(lists) {
                panes::draw(view, kind, area, false, buffer);
            }
            details::draw(view, details, buffer)
        }
        Dashboard::One { tabs, pane } => {
            tabs::draw(view, tabs, buffer);
            match view.app.panes.focus {
                PaneKind::Details => details::draw(view, pane, buffer),
                list => {
                    panes::draw(view, list, pane, true, buffer);
                    0
                }
            }
        }
    }
}
