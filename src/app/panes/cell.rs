//! Columns and cells: what a list shows of a row, as text with a meaning; the screen gives the meaning a colour.

use crate::app::App;
use crate::domain::instance::InstanceState;

/// Everything that a list can show in a column or sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Name tag, group name, key name.
    Name,
    /// Identifier.
    Id,
    /// State of an instance.
    State,
    /// Instance type.
    Type,
    /// Availability Zone.
    Zone,
    /// Public address, and whether it is an Elastic IP.
    PublicIp,
    /// Private address.
    PrivateIp,
    /// Key pair of an instance.
    Key,
    /// Since launch or creation.
    Age,
    /// Linux or Windows.
    Platform,
    /// Status checks.
    Checks,
    /// An hour of CPU use.
    Cpu,
    /// VPC.
    Vpc,
    /// Number of inbound rules.
    Rules,
    /// What uses it.
    UsedBy,
    /// A warning in words.
    Mark,
    /// Description.
    Description,
    /// The Elastic IP itself.
    Address,
    /// What an address is on.
    On,
    /// The network interface that an address is on.
    Interface,
    /// Algorithm of a key.
    Algorithm,
    /// Fingerprint.
    Fingerprint,
    /// Day of creation.
    Created,
    /// Whether the private key is on this machine.
    Here,
}

impl Column {
    /// The text key of its heading.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Name => "column-name",
            Self::Id => "column-id",
            Self::State => "column-state",
            Self::Type => "column-type",
            Self::Zone => "column-zone",
            Self::PublicIp => "column-public-ip",
            Self::PrivateIp => "column-private-ip",
            Self::Key => "column-key",
            Self::Age => "column-age",
            Self::Platform => "column-platform",
            Self::Checks => "column-checks",
            Self::Cpu => "column-cpu",
            Self::Vpc => "column-vpc",
            Self::Rules => "column-rules",
            Self::UsedBy => "column-used-by",
            Self::Mark => "column-mark",
            Self::Description => "column-description",
            Self::Address => "column-address",
            Self::On => "column-on",
            Self::Interface => "column-interface",
            Self::Algorithm => "column-algorithm",
            Self::Fingerprint => "column-fingerprint",
            Self::Created => "column-created",
            Self::Here => "column-here",
        }
    }

    /// The English words by which a filter names it (`type:t3`), whatever the language of the screen.
    #[must_use]
    pub fn filter_name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Id => "id",
            Self::State => "state",
            Self::Type => "type",
            Self::Zone => "zone",
            Self::PublicIp => "public",
            Self::PrivateIp => "private",
            Self::Key => "key",
            Self::Age => "age",
            Self::Platform => "platform",
            Self::Checks => "checks",
            Self::Cpu => "cpu",
            Self::Vpc => "vpc",
            Self::Rules => "rules",
            Self::UsedBy => "used",
            Self::Mark => "mark",
            Self::Description => "description",
            Self::Address => "address",
            Self::On => "on",
            Self::Interface => "interface",
            Self::Algorithm => "algorithm",
            Self::Fingerprint => "fingerprint",
            Self::Created => "created",
            Self::Here => "here",
        }
    }

    /// Whether its cells line up at the right, as numbers do.
    #[must_use]
    pub fn is_right_aligned(self) -> bool {
        matches!(self, Self::Age | Self::Rules)
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says, in the language of the run.
    pub text: String,
    /// How it is meant.
    pub meaning: Meaning,
}

/// How a cell is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Meaning {
    /// As it stands.
    #[default]
    Plain,
    /// Secondary, or nothing there.
    Dim,
    /// An instance state: a sign and a colour of its own.
    State(InstanceState),
    /// Good.
    Good,
    /// Worth a look.
    Warning,
    /// Danger.
    Danger,
    /// Costs money.
    Money,
}

impl Cell {
    /// A plain cell.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), meaning: Meaning::Plain }
    }

    /// A cell with a meaning.
    pub fn meaning(text: impl Into<String>, meaning: Meaning) -> Self {
        Self { text: text.into(), meaning }
    }

    /// What may be missing.
    pub fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or_else(Self::nothing, Self::plain)
    }

    /// Nothing there.
    #[must_use]
    pub fn nothing() -> Self {
        Self { text: String::new(), meaning: Meaning::Dim }
    }
}

/// What a list needs to know of its rows.
pub(super) trait Row {
    /// The cell of a column.
    fn cell(&self, column: Column, app: &App) -> Cell;

    /// What orders rows by a column, where the cell's text does not.
    fn order(&self, column: Column, app: &App) -> Option<i64>;

    /// Tags and other words that a filter sees although no column shows them.
    fn tags(&self) -> &[crate::domain::tag::Tag];

    /// Words in English beside the cells, so that `running` is found on a Korean screen too.
    fn extra_words(&self) -> String {
        String::new()
    }

    /// Whether it goes to the end of the list in its own order, as what is gone does.
    fn sinks(&self) -> bool {
        false
    }
}
