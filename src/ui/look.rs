//! Colours and signs: the sixteen named colours, so that the person's own terminal theme decides the shades.

use ratatui::style::{Color, Modifier, Style};

use crate::app::App;
use crate::domain::instance::InstanceState;
use crate::text::Language;

/// How things look in this run: language, signs and styles.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Of every text.
    pub language: Language,
    /// Plain ASCII signs.
    pub ascii: bool,
}

impl Look {
    /// The look of a run.
    #[must_use]
    pub fn of(app: &App) -> Self {
        Self { language: app.environment.language, ascii: app.environment.ascii }
    }

    /// A sign and its plain ASCII stand-in.
    #[must_use]
    pub fn sign(self, fancy: &'static str, plain: &'static str) -> &'static str {
        if self.ascii { plain } else { fancy }
    }

    /// The bar of the cursor row.
    #[must_use]
    pub fn cursor(self) -> &'static str {
        self.sign("▌", ">")
    }

    /// The bar of a row that is related to the selection.
    #[must_use]
    pub fn related(self) -> &'static str {
        self.sign("▏", "|")
    }

    /// A marked row.
    #[must_use]
    pub fn marked(self) -> &'static str {
        self.sign("✓", "*")
    }

    /// Verdict: good.
    #[must_use]
    pub fn good(self) -> &'static str {
        self.sign("✓", "+")
    }

    /// Verdict: bad.
    #[must_use]
    pub fn bad(self) -> &'static str {
        self.sign("✗", "x")
    }

    /// Verdict: neither.
    #[must_use]
    pub fn neutral(self) -> &'static str {
        self.sign("·", "-")
    }

    /// The present step.
    #[must_use]
    pub fn pointer(self) -> &'static str {
        self.sign("▸", ">")
    }

    /// Nothing there.
    #[must_use]
    pub fn nothing(self) -> &'static str {
        self.sign("–", "-")
    }

    /// Cut text.
    #[must_use]
    pub fn ellipsis(self) -> &'static str {
        self.sign("…", "~")
    }

    /// An answer is on its way.
    #[must_use]
    pub fn loading(self) -> &'static str {
        self.sign("↻", "~")
    }

    /// The sign of an instance state.
    #[must_use]
    pub fn state_sign(self, state: InstanceState) -> &'static str {
        match state {
            InstanceState::Running => self.sign("●", "*"),
            InstanceState::Pending | InstanceState::Stopping | InstanceState::ShuttingDown => self.sign("◐", "~"),
            InstanceState::Stopped => self.sign("○", "o"),
            InstanceState::Terminated => self.sign("✕", "x"),
            InstanceState::Unknown => "?",
        }
    }

    /// The style of an instance state.
    #[must_use]
    pub fn state_style(self, state: InstanceState) -> Style {
        match state {
            InstanceState::Running => GOOD,
            InstanceState::Pending | InstanceState::Stopping | InstanceState::ShuttingDown => WARNING,
            InstanceState::Stopped | InstanceState::Terminated | InstanceState::Unknown => DIM,
        }
    }
}

/// Running, allowed, good.
pub const GOOD: Style = Style::new().fg(Color::Green);
/// Changing, or worth a look.
pub const WARNING: Style = Style::new().fg(Color::Yellow);
/// Danger, or failed.
pub const DANGER: Style = Style::new().fg(Color::Red);
/// Danger that must be seen in a line of other words.
pub const BAD_NEWS: Style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
/// Costs money.
pub const MONEY: Style = Style::new().fg(Color::Magenta);
/// The one accent: focused border, cursor bar, key names.
pub const ACCENT: Style = Style::new().fg(Color::Cyan);
/// Secondary.
pub const DIM: Style = Style::new().add_modifier(Modifier::DIM);
/// The terminal's own foreground.
pub const PLAIN: Style = Style::new();
/// Headings and the cursor row.
pub const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
