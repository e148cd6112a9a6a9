//! The first line: whose account, which region, what runs, how old the data is. What does not fit goes in the order
//! of least worth; DEMO and READ-ONLY stay longest.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::boxed::put;
use super::layout::cells;
use super::look::{ACCENT, BAD_NEWS, DIM, GOOD, Look, MONEY, PLAIN, STRONG, WARNING};
use super::words;
use crate::app::App;
use crate::app::free_tier::{FreeTier, MeterUse, More};
use crate::domain::instance::InstanceState;
use crate::domain::region::city_key;
use crate::tr;

/// Worth of the city's name, which goes before the region's code.
const CITY: u8 = 44;
/// Worth of the age of the data.
const READ: u8 = 45;
/// Worth of money that is spent for nothing.
const IDLE: u8 = 46;
/// Worth of what is left of the free tier.
const FREE_TIER: u8 = 47;
/// Worth of the region's code.
const REGION: u8 = 90;

/// A piece of the line; of too many, the one worth least goes first.
struct Piece {
    worth: u8,
    text: String,
    style: Style,
    /// What stands before it, unless it is the first.
    gap: &'static str,
}

/// Draws the header.
pub fn draw(app: &App, look: Look, area: Rect, buffer: &mut Buffer) {
    let (mut left, mut right) = (place(app, look), figures(app, look));
    let room = usize::from(area.width).saturating_sub(2);
    while total(&left) + total(&right) + 2 > room {
        let least = left.iter().chain(&right).map(|piece| piece.worth).min();
        let Some(least) = least else { break };
        if left.len() + right.len() == 1 {
            break;
        }
        left.retain(|piece| piece.worth != least);
        if least == CITY {
            left.iter_mut().filter(|piece| piece.worth == REGION).for_each(|piece| piece.gap = dot(look));
        }
        right.retain(|piece| piece.worth != least);
    }
    put(buffer, area.x + 1, area.y, area.right(), &line(&left));
    let right = line(&right);
    let x = area.right().saturating_sub(cells(right.width()) + 1);
    put(buffer, x.max(area.x), area.y, area.right(), &right);
}

fn total(pieces: &[Piece]) -> usize {
    pieces.iter().enumerate().map(|(index, piece)| words::width(gap(index, piece)) + words::width(&piece.text)).sum()
}

fn line(pieces: &[Piece]) -> Line<'static> {
    let mut spans = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        spans.push(Span::styled(gap(index, piece), DIM));
        spans.push(Span::styled(piece.text.clone(), piece.style));
    }
    Line::from(spans)
}

fn gap(index: usize, piece: &Piece) -> &'static str {
    if index == 0 { "" } else { piece.gap }
}

fn dot(look: Look) -> &'static str {
    look.sign(" · ", " - ")
}

fn place(app: &App, look: Look) -> Vec<Piece> {
    let language = look.language;
    let dot = dot(look);
    let mut pieces = vec![Piece { worth: 30, text: "ec2deck".to_owned(), style: STRONG, gap: "  " }];
    let mut add = |worth: u8, text: String, style: Style, gap: &'static str| {
        pieces.push(Piece { worth, text, style, gap });
    };
    if app.environment.demo {
        add(100, tr!(language, "header-demo"), WARNING.patch(STRONG), "  ");
    }
    if app.environment.read_only {
        add(99, tr!(language, "header-read-only"), ACCENT.patch(STRONG), "  ");
    }
    let profile = &app.session.info.profile;
    if !profile.is_empty() && !app.environment.demo {
        add(60, profile.clone(), PLAIN, "  ");
    }
    if let Some(account) = app.session.account_in_groups() {
        add(50, account, PLAIN, if profile.is_empty() || app.environment.demo { "  " } else { dot });
    }
    if let Some(region) = app.session.region() {
        if let Some(city) = city_key(region) {
            add(CITY, language.say(city), PLAIN, dot);
            add(REGION, region.to_string(), PLAIN, " ");
        } else {
            add(REGION, region.to_string(), PLAIN, dot);
        }
    }
    if let Some(host) = app.session.info.endpoint.as_deref().map(host_of) {
        add(62, tr!(language, "header-endpoint", host = host), WARNING, dot);
    }
    pieces
}

fn figures(app: &App, look: Look) -> Vec<Piece> {
    let language = look.language;
    let inventory = &app.inventory;
    let mut pieces = Vec::new();
    let mut add = |worth: u8, text: String, style: Style| {
        // The age of the data brings a place for the loading sign along.
        let gap = if worth == READ { " " } else { "  " };
        pieces.push(Piece { worth, text, style, gap });
    };
    let running = inventory.instances.rows.iter().filter(|one| one.state == InstanceState::Running).count();
    if running > 0 {
        add(70, tr!(language, "header-running", n = running), GOOD);
    }
    let idle = inventory.addresses.rows.iter().filter(|address| inventory.is_idle(address)).count();
    if idle > 0 {
        add(IDLE, tr!(language, "header-idle", n = idle), MONEY);
    }
    if let Some((word, style)) = free_tier_word(app, look) {
        add(FREE_TIER, word, style);
    }
    let loading = is_loading(app);
    if let Some(task) = app.tasks.label() {
        add(75, format!("{} {}", look.sign("◐", "~"), task.say(language)), WARNING);
    }
    if inventory.instances.problem.is_some() && app.session.problem.is_none() {
        add(80, tr!(language, "title-failed"), BAD_NEWS);
    }
    if app.session.problem.is_some() {
        add(80, tr!(language, "header-problem"), BAD_NEWS);
    } else if app.session.opening {
        add(80, tr!(language, "header-opening"), DIM);
    } else if let Some(read_at) = inventory.read_at() {
        let sign = if loading { look.loading() } else { " " };
        add(READ, format!("{sign} {}", age(read_at, app, look)), DIM);
    } else if loading {
        add(80, tr!(language, "header-reading"), DIM);
    }
    pieces
}

/// The free tier in one word, where there is one to lose.
fn free_tier_word(app: &App, look: Look) -> Option<(String, Style)> {
    let language = look.language;
    match app.free_tier(&More::default()) {
        FreeTier::Credits(credits) => {
            let left = credits.plan?.credits?;
            Some((tr!(language, "header-credits", amount = left.to_string()), PLAIN))
        }
        FreeTier::Allowances { meters, .. } => {
            // The one that is worst off speaks for all.
            let share = |one: &MeterUse| one.forecast.at_month_end / one.forecast.limit;
            let worst = meters.iter().map(share).fold(0.0, f64::max);
            let style = if worst > 1.0 { MONEY } else { PLAIN };
            Some((tr!(language, "header-free-tier", percent = format!("{:.0}", worst * 100.0)), style))
        }
        FreeTier::Unknown { .. } if app.costs.plan.problem.is_some() => {
            Some((language.say("header-free-tier-unknown"), DIM))
        }
        FreeTier::Unknown { .. } | FreeTier::Asking | FreeTier::Billed { .. } => None,
    }
}

/// In steps of five seconds, as often as the clock wakes.
fn age(read_at: jiff::Timestamp, app: &App, look: Look) -> String {
    let seconds = app.now.duration_since(read_at).as_secs().max(0);
    if seconds < 5 {
        return tr!(look.language, "header-read-now");
    }
    let age = if seconds < 60 {
        crate::text!("age-seconds", n = seconds / 5 * 5)
    } else {
        crate::app::panes::age::short(read_at, app.now)
    };
    tr!(look.language, "header-read-ago", age = age)
}

fn is_loading(app: &App) -> bool {
    let inventory = &app.inventory;
    inventory.instances.loading
        || inventory.groups.loading
        || inventory.addresses.loading
        || inventory.key_pairs.loading
}

/// `localhost:5000` of `http://localhost:5000/x`.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_shown_by_its_host() {
        for (url, host) in [
            ("http://localhost:5000", "localhost:5000"),
            ("https://ec2.example.com/path?x", "ec2.example.com"),
            ("example", "example"),
        ] {
            assert_eq!(host_of(url), host);
        }
    }
}
