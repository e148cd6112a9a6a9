//! Step 3: a form.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::super::form;
use super::super::look::Look;
use crate::app::App;
use crate::app::launch::Launch;

/// Draws the step.
pub fn draw(app: &App, launch: &Launch, frame: &mut Frame<'_>, area: Rect) {
    form::draw(&launch.details.form, Look::of(app), frame, area);
}
