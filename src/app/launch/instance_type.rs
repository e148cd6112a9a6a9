//! Step 2: the instance type. The row under the cursor is the choice; until the person moves it, it follows the
//! smallest eligible type as types arrive.

use crate::app::catalog::Catalog;
use crate::app::form::TextInput;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::image::Architecture;
use crate::domain::instance_type::{CreditMode, InstanceType, smallest_eligible};
use crate::domain::money::Money;
use crate::domain::price::Prices;
use crate::keymap::{Action, Context, Key, KeyCode};
use crate::message::Read;
use crate::text;
use crate::text::Text;

/// Rows that a page key moves by.
const PAGE: isize = 10;

/// The most characters of a filter.
const LONGEST_FILTER: usize = 64;

/// How the types are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TypeSort {
    /// Eligible ones first, then from small to large.
    #[default]
    Size,
    /// By name.
    Name,
    /// By processors, then size.
    Vcpus,
    /// By memory, most first.
    Memory,
    /// By price, cheapest first, those without a known one last.
    Price,
}

impl TypeSort {
    /// The text key of its name.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        match self {
            Self::Size => "launch-type-sort-size",
            Self::Name => "launch-type-sort-name",
            Self::Vcpus => "launch-type-sort-vcpus",
            Self::Memory => "launch-type-sort-memory",
            Self::Price => "launch-type-sort-price",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Size => Self::Price,
            Self::Price => Self::Name,
            Self::Name => Self::Vcpus,
            Self::Vcpus => Self::Memory,
            Self::Memory => Self::Size,
        }
    }

    fn sort(self, rows: &mut [&InstanceType], price: impl Fn(&InstanceType) -> Option<Money>) {
        match self {
            Self::Size => rows.sort_by_key(|row| (!row.free_tier_eligible, row.size_order())),
            Self::Name => rows.sort_by_key(|row| (row.family(), row.size_order())),
            Self::Vcpus => rows.sort_by_key(|row| (row.vcpus, row.size_order())),
            Self::Memory => rows.sort_by_key(|row| (std::cmp::Reverse(row.memory_mib), row.vcpus, &row.name)),
            Self::Price => rows.sort_by_cached_key(|row| {
                let price = price(row);
                (price.is_none(), price, row.size_order())
            }),
        }
    }
}

/// What step 2 holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeStep {
    /// What narrows the list.
    pub filter: TextInput,
    /// Whether the filter is being typed.
    pub typing: bool,
    /// The order of the list.
    pub sort: TypeSort,
    /// What is billed besides the machine, by the image.
    pub operation: Option<String>,
    /// Why Enter did not go on.
    pub error: Option<Text>,
    mode: Option<CreditMode>,
    architecture: Architecture,
    chosen: Option<String>,
    picked: bool,
    before_filter: Option<(Option<String>, bool)>,
}

impl Default for TypeStep {
    fn default() -> Self {
        Self::new()
    }
}

impl TypeStep {
    /// Nothing chosen yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            filter: TextInput::default(),
            typing: false,
            sort: TypeSort::default(),
            operation: None,
            error: None,
            // The safe choice for money: EC2 itself takes "unlimited" for T3 and later, which may be billed.
            mode: Some(CreditMode::Standard),
            architecture: Architecture::default(),
            chosen: None,
            picked: false,
            before_filter: None,
        }
    }

    /// Which keys act.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.typing { Context::Filter } else { Context::LaunchType }
    }

    /// The chosen type.
    #[must_use]
    pub fn chosen<'a>(&self, catalog: &'a Catalog) -> Option<&'a InstanceType> {
        self.offered(catalog).find(|row| Some(&row.name) == self.chosen.as_ref())
    }

    /// The processor family that the types must have: the image's.
    #[must_use]
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// What to tell EC2 about CPU credits: nothing for types that have none, and nothing when EC2's default is wanted.
    #[must_use]
    pub fn credit_mode(&self, catalog: &Catalog) -> Option<CreditMode> {
        self.mode.filter(|_| self.chosen(catalog).is_some_and(|row| row.burstable))
    }

    /// The rows to show: what fits the image, filtered and sorted.
    #[must_use]
    pub fn rows<'a>(&self, catalog: &'a Catalog, prices: Option<&Prices>) -> Vec<&'a InstanceType> {
        let words = wanted(self.filter.value());
        let mut rows: Vec<&InstanceType> = self.offered(catalog).filter(|row| matches(row, &words)).collect();
        self.sort.sort(&mut rows, |row| self.hour_of(row, prices));
        rows
    }

    /// An hour of a type with the image's system, if it is known.
    #[must_use]
    pub fn hour_of(&self, row: &InstanceType, prices: Option<&Prices>) -> Option<Money> {
        prices?.instance_hour(self.operation.as_deref()?, &row.name)
    }

    /// How many types fit the image, whatever the filter says.
    #[must_use]
    pub fn count(&self, catalog: &Catalog) -> usize {
        self.offered(catalog).count()
    }

    /// Whether any type that fits is marked as eligible by the API.
    #[must_use]
    pub fn any_eligible(&self, catalog: &Catalog) -> bool {
        self.offered(catalog).any(|row| row.free_tier_eligible)
    }

    fn offered<'a>(&self, catalog: &'a Catalog) -> impl Iterator<Item = &'a InstanceType> {
        let architecture = self.architecture;
        catalog.types.rows.iter().filter(move |row| row.fits(architecture) && row.hvm)
    }

    /// The step is shown, or something has arrived.
    pub fn enter(&mut self, architecture: Architecture, world: &mut World<'_>) {
        self.architecture = architecture;
        let types = &mut world.catalog.types;
        if !types.is_known() && !types.loading && types.problem.is_none() {
            types.ask();
            world.outbox.read(Read::InstanceTypes);
        }
        self.settle(world.catalog);
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, architecture: Architecture, world: &mut World<'_>) {
        self.architecture = architecture;
        self.error = None;
        match action {
            Action::Down => self.step(1, world),
            Action::Up => self.step(-1, world),
            Action::PageDown => self.step(PAGE, world),
            Action::PageUp => self.step(-PAGE, world),
            Action::First => self.step(isize::MIN, world),
            Action::Last => self.step(isize::MAX, world),
            Action::Filter => {
                self.typing = true;
                if self.before_filter.is_none() {
                    self.before_filter = Some((self.chosen.clone(), self.picked));
                }
            }
            Action::Choose => self.typing = false,
            Action::Sort => self.sort = self.sort.next(),
            Action::ToggleCredits => self.toggle_credits(world),
            _ => {}
        }
    }

    /// A key that is text.
    pub fn press(&mut self, key: Key, world: &mut World<'_>) {
        let full = self.filter.value().chars().count() >= LONGEST_FILTER && matches!(key.code, KeyCode::Char(_));
        if self.typing && !full && self.filter.press(key) {
            self.error = None;
            self.follow_filter(world);
        }
    }

    /// Pasted text goes into the filter.
    pub fn paste(&mut self, text: &str, world: &mut World<'_>) {
        if self.typing {
            let text: String = text.chars().take(LONGEST_FILTER).collect();
            self.filter.paste(&text);
            self.follow_filter(world);
        }
    }

    /// Whether the step needs Enter for itself: a filter that is being typed is kept.
    pub fn takes_enter(&mut self) -> bool {
        std::mem::take(&mut self.typing)
    }

    /// Clears the filter; says whether there was one.
    pub fn leave_filter(&mut self) -> bool {
        let open = self.typing || !self.filter.value().is_empty();
        let was_typing = self.typing;
        self.typing = false;
        self.filter = TextInput::default();
        if let Some((chosen, picked)) = self.before_filter.take().filter(|_| was_typing) {
            // Typing moved the cursor; leaving brings back what was chosen before.
            self.chosen = chosen;
            self.picked = picked;
        }
        open
    }

    /// Whether a type is chosen.
    pub fn check(&mut self, architecture: Architecture, world: &mut World<'_>) -> bool {
        self.architecture = architecture;
        let types = &mut world.catalog.types;
        if !types.is_known() && !types.loading {
            // Enter asks again after a failure.
            types.ask();
            world.outbox.read(Read::InstanceTypes);
        }
        let complete = types.is_known();
        self.error = if self.chosen(world.catalog).is_some() && (self.picked || complete) {
            None
        } else if !complete {
            Some(text!("launch-type-wait"))
        } else if self.rows(world.catalog, world.prices).is_empty() {
            Some(text!("launch-type-nothing-fits"))
        } else {
            Some(text!("launch-type-choose"))
        };
        if self.error.is_none() && world.catalog.networks.is_missing() {
            // The next step chooses from the networks: a failed answer gets another try.
            world.catalog.networks.ask();
            world.outbox.read(Read::Networks);
        }
        self.error.is_none()
    }

    fn toggle_credits(&mut self, world: &mut World<'_>) {
        match self.chosen(world.catalog) {
            Some(row) if row.burstable => {
                self.mode = match self.mode {
                    None => Some(CreditMode::Standard),
                    Some(CreditMode::Standard) => Some(CreditMode::Unlimited),
                    Some(CreditMode::Unlimited) => None,
                };
            }
            _ => world.wish(Wish::Notice(text!("launch-type-no-credits"), Tone::Plain)),
        }
    }

    fn step(&mut self, by: isize, world: &World<'_>) {
        let rows = self.rows(world.catalog, world.prices);
        let Some(last) = rows.len().checked_sub(1) else { return };
        let at = rows.iter().position(|row| Some(&row.name) == self.chosen.as_ref());
        // Without a cursor the first key puts it on the first row, or the last.
        let to = at.map_or(if by == isize::MAX { last } else { 0 }, |at| at.saturating_add_signed(by).min(last));
        self.chosen = Some(rows[to].name.clone());
        self.picked = true;
        if !self.typing {
            self.before_filter = None;
        }
    }

    /// The cursor stays on a row that the filter leaves.
    fn follow_filter(&mut self, world: &World<'_>) {
        if self.filter.value().trim().is_empty() {
            if let Some((chosen, picked)) = self.before_filter.clone() {
                self.chosen = chosen;
                self.picked = picked;
            }
            return;
        }
        let rows = self.rows(world.catalog, world.prices);
        if !rows.iter().any(|row| Some(&row.name) == self.chosen.as_ref()) {
            self.chosen = rows.first().map(|row| row.name.clone());
            self.picked = true;
        }
    }

    /// The default follows what has arrived; a choice that does not fit the image any more is no choice.
    fn settle(&mut self, catalog: &Catalog) {
        if self.picked && self.chosen(catalog).is_none() && !catalog.types.rows.is_empty() {
            self.picked = false;
            self.before_filter = None;
            self.filter = TextInput::default();
        }
        if !self.picked {
            let offered: Vec<InstanceType> = self.offered(catalog).cloned().collect();
            self.chosen = smallest_eligible(&offered, self.architecture).map(|row| row.name.clone());
        }
    }
}

/// What a filter asks for: lower-case pieces, a number together with the unit that follows it.
fn wanted(filter: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in filter.to_lowercase().split_whitespace() {
        let joins = ["vcpu", "gib", "mib"].iter().any(|unit| unit.starts_with(word) || word.starts_with(unit));
        match pieces.last_mut() {
            Some(number) if joins && number.chars().all(|c| c.is_ascii_digit() || c == '.') => {
                number.push(' ');
                number.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// Whether a type has every piece in one of its columns; a piece that begins with a digit must begin a word.
fn matches(row: &InstanceType, pieces: &[String]) -> bool {
    if pieces.is_empty() {
        return true;
    }
    let words = searchable(row);
    pieces.iter().all(|piece| {
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            words
                .match_indices(piece.as_str())
                .any(|(at, _)| !words[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
        } else {
            words.contains(piece.as_str())
        }
    })
}

/// All columns as one line in lower case; the mark in both languages.
fn searchable(row: &InstanceType) -> String {
    let architectures: Vec<&str> = row.architectures.iter().map(|one| one.as_str()).collect();
    let eligible = if row.free_tier_eligible { "free-tier eligible 프리 티어 사용 가능" } else { "" };
    let metal = if row.bare_metal { "metal" } else { "" };
    format!(
        "{} {} vcpu {} gib {} {} {eligible} {metal}",
        row.name,
        row.vcpus,
        gib(row.memory_mib),
        row.network,
        architectures.join(" "),
    )
    .to_lowercase()
}

/// Memory in GiB as people write it: `0.5`, `1`, `3.75`.
#[must_use]
pub fn gib(mib: u64) -> String {
    let hundredths = (mib * 100 + 512) / 1024;
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

#[cfg(test)]
mod tests;
