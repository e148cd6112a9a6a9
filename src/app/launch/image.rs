//! Step 1: the image. The row under the cursor is the choice; each source keeps its own.

use crate::app::catalog::Catalog;
use crate::app::form::TextInput;
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::ImageId;
use crate::domain::image::{Architecture, Image, QuickStart};
use crate::domain::problem::Problem;
use crate::keymap::{Action, Context, Key};
use crate::text;
use crate::text::Text;

/// Rows that a page key moves by.
const PAGE: isize = 10;

/// The most characters of a search.
const LONGEST_SEARCH: usize = 128;

/// Where images come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The newest image of each well-known family.
    #[default]
    QuickStart,
    /// The account's own.
    Mine,
    /// Any, by id or name.
    Search,
}

impl Source {
    /// In the order in which they stand.
    pub const ALL: [Self; 3] = [Self::QuickStart, Self::Mine, Self::Search];

    /// The text key of its name.
    #[must_use]
    pub fn title_key(self) -> &'static str {
        match self {
            Self::QuickStart => "launch-image-quick-start",
            Self::Mine => "launch-image-mine",
            Self::Search => "launch-image-search",
        }
    }

    fn turned(self, step: isize) -> Self {
        let index = (self as usize).saturating_add_signed(step).min(Self::ALL.len() - 1);
        Self::ALL[index]
    }
}

/// Why a quick-start family has no image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// The answer is on its way.
    OnItsWay,
    /// The answer failed.
    Unknown,
    /// The region has none.
    NotInRegion,
    /// The family does not exist for the processor family.
    NotForArchitecture,
}

/// One row of the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageRow<'a> {
    /// The quick-start family, where it is one.
    pub family: Option<QuickStart>,
    /// The image, or why there is none.
    pub image: Result<&'a Image, Absence>,
    /// Whether the cursor is on it.
    pub chosen: bool,
}

/// What step 1 holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageStep {
    /// Where the shown images come from.
    pub source: Source,
    /// Of the quick-start images.
    pub architecture: Architecture,
    /// What is searched for.
    pub search: TextInput,
    /// Whether the search is being typed.
    pub typing: bool,
    /// Why Enter did not go on.
    pub error: Option<Text>,
    family: QuickStart,
    moved: bool,
    mine: Option<ImageId>,
    found: Option<ImageId>,
    chosen_architecture: Architecture,
}

impl Default for ImageStep {
    fn default() -> Self {
        Self::new()
    }
}

impl ImageStep {
    /// Amazon Linux 2023 for `x86_64`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            source: Source::QuickStart,
            architecture: Architecture::X86_64,
            search: TextInput::default(),
            typing: false,
            error: None,
            family: QuickStart::default(),
            moved: false,
            mine: None,
            found: None,
            chosen_architecture: Architecture::X86_64,
        }
    }

    /// Which keys act.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.typing { Context::Filter } else { Context::LaunchImage }
    }

    /// The chosen image.
    #[must_use]
    pub fn chosen<'a>(&self, catalog: &'a Catalog) -> Option<&'a Image> {
        self.rows(catalog).into_iter().find(|row| row.chosen).and_then(|row| row.image.ok())
    }

    /// The chosen quick-start family; `None` when the image comes from elsewhere.
    #[must_use]
    pub fn chosen_family(&self) -> Option<QuickStart> {
        (self.source == Source::QuickStart).then_some(self.family)
    }

    /// The processor family that the instance type must fit.
    #[must_use]
    pub fn chosen_architecture(&self) -> Architecture {
        self.chosen_architecture
    }

    /// The rows of the shown source. Quick start has one for each family, there or not.
    #[must_use]
    pub fn rows<'a>(&self, catalog: &'a Catalog) -> Vec<ImageRow<'a>> {
        match self.source {
            Source::QuickStart => {
                QuickStart::ALL.into_iter().map(|family| self.quick_start_row(family, catalog)).collect()
            }
            Source::Mine => listed(catalog.my_images.value.as_deref(), self.mine.as_ref()),
            Source::Search => listed(catalog.found_images.value.as_deref(), self.found.as_ref()),
        }
    }

    fn quick_start_row<'a>(&self, family: QuickStart, catalog: &'a Catalog) -> ImageRow<'a> {
        let known = catalog.quick_start.get(&self.architecture);
        let there = known
            .and_then(|remote| remote.value.as_ref())
            .and_then(|images| images.iter().find(|(of, _)| *of == family).map(|(_, image)| image));
        let image = there.ok_or_else(|| match known {
            _ if !family.exists_for(self.architecture) => Absence::NotForArchitecture,
            Some(remote) if remote.value.is_some() => Absence::NotInRegion,
            Some(remote) if remote.problem.is_some() && !remote.loading => Absence::Unknown,
            _ => Absence::OnItsWay,
        });
        ImageRow { family: Some(family), image, chosen: family == self.family }
    }

    /// Whether an answer for the shown source is on its way.
    #[must_use]
    pub fn is_loading(&self, catalog: &Catalog) -> bool {
        match self.source {
            Source::QuickStart => catalog.quick_start.get(&self.architecture).is_some_and(|remote| remote.loading),
            Source::Mine => catalog.my_images.loading,
            Source::Search => catalog.found_images.loading,
        }
    }

    /// Why the shown source could not be read.
    #[must_use]
    pub fn problem<'a>(&self, catalog: &'a Catalog) -> Option<&'a Problem> {
        match self.source {
            Source::QuickStart => catalog.quick_start.get(&self.architecture)?.problem.as_ref(),
            Source::Mine => catalog.my_images.problem.as_ref(),
            Source::Search => catalog.found_images.problem.as_ref(),
        }
    }

    /// The step is shown, or something has arrived.
    pub fn enter(&mut self, world: &mut World<'_>) {
        // A failed answer is asked for again by Enter only: this is called for each answer, the failed one too.
        if !world.catalog.quick_start.contains_key(&self.architecture) {
            world.catalog.ask_quick_start(self.architecture, world.outbox);
        }
        self.settle(world.catalog);
    }

    /// A bound key.
    pub fn act(&mut self, action: Action, world: &mut World<'_>) {
        self.error = None;
        match action {
            Action::Down => self.step(1, world.catalog),
            Action::Up => self.step(-1, world.catalog),
            Action::PageDown => self.step(PAGE, world.catalog),
            Action::PageUp => self.step(-PAGE, world.catalog),
            Action::First => self.step(isize::MIN, world.catalog),
            Action::Last => self.step(isize::MAX, world.catalog),
            Action::Left => self.turn_to(self.source.turned(-1), world),
            Action::Right => self.turn_to(self.source.turned(1), world),
            Action::NextField => {
                let next = Source::ALL[(self.source as usize + 1) % Source::ALL.len()];
                self.turn_to(next, world);
            }
            Action::ToggleArchitecture => self.toggle_architecture(world),
            Action::Filter => {
                self.source = Source::Search;
                self.typing = true;
            }
            Action::Choose if self.typing => self.search_now(world),
            _ => {}
        }
        self.settle(world.catalog);
    }

    /// A key that is text.
    pub fn press(&mut self, key: Key, _world: &mut World<'_>) {
        if self.typing && self.search.value().chars().count() < LONGEST_SEARCH
            || matches!(key.code, crate::keymap::KeyCode::Backspace)
        {
            self.search.press(key);
        }
    }

    /// Pasted text: an image id, most likely.
    pub fn paste(&mut self, text: &str, _world: &mut World<'_>) {
        let text: String = text.trim().chars().take(LONGEST_SEARCH).collect();
        if !text.is_empty() {
            self.source = Source::Search;
            self.typing = true;
            self.search.paste(&text);
        }
    }

    /// Whether the step needs Enter for itself: to ask again, or for the words of a search.
    pub fn takes_enter(&mut self, world: &mut World<'_>) -> bool {
        if self.typing {
            self.search_now(world);
            return true;
        }
        if self.chosen(world.catalog).is_some() || self.is_loading(world.catalog) {
            return false;
        }
        if self.problem(world.catalog).is_some() {
            match self.source {
                Source::QuickStart => world.catalog.ask_quick_start(self.architecture, world.outbox),
                Source::Mine => world.catalog.ask_my_images(world.outbox),
                Source::Search => {
                    let words = world.catalog.searched.clone();
                    world.catalog.search_images(&words, world.outbox);
                }
            }
            return true;
        }
        if self.source == Source::Search {
            self.typing = true;
            return true;
        }
        false
    }

    /// Leaves the search field; says whether it was open.
    pub fn leave_filter(&mut self, _world: &mut World<'_>) -> bool {
        std::mem::take(&mut self.typing)
    }

    /// Whether an image is chosen that can be launched.
    pub fn check(&mut self, world: &mut World<'_>) -> bool {
        self.error = match self.chosen(world.catalog) {
            Some(image) if image.architecture == Architecture::Other => Some(text!("launch-image-other-architecture")),
            Some(_) => None,
            None if self.is_loading(world.catalog) => Some(text!("launch-image-wait")),
            None => Some(text!("launch-image-none-chosen")),
        };
        self.error.is_none()
    }

    fn turn_to(&mut self, source: Source, world: &mut World<'_>) {
        self.source = source;
        if source == Source::Mine && world.catalog.my_images.problem.is_none() {
            world.catalog.ask_my_images(world.outbox);
        }
    }

    fn toggle_architecture(&mut self, world: &mut World<'_>) {
        if self.source != Source::QuickStart {
            world.wish(Wish::Notice(text!("launch-image-architecture-fixed"), Tone::Plain));
            return;
        }
        self.architecture = match self.architecture {
            Architecture::X86_64 => Architecture::Arm64,
            _ => Architecture::X86_64,
        };
        world.catalog.ask_quick_start(self.architecture, world.outbox);
    }

    fn search_now(&mut self, world: &mut World<'_>) {
        self.typing = false;
        let words = self.search.value().trim().to_owned();
        if !words.is_empty() {
            self.found = None;
            world.catalog.search_images(&words, world.outbox);
        }
    }

    /// Moves the cursor over the rows that have an image.
    fn step(&mut self, by: isize, catalog: &Catalog) {
        let rows: Vec<ImageRow<'_>> = self.rows(catalog).into_iter().filter(|row| row.image.is_ok()).collect();
        let Some(last) = rows.len().checked_sub(1) else { return };
        let at = rows.iter().position(|row| row.chosen).unwrap_or(0);
        let row = rows[at.saturating_add_signed(by).min(last)];
        let id = row.image.ok().map(|image| image.id.clone());
        match self.source {
            Source::QuickStart => {
                self.family = row.family.unwrap_or_default();
                self.moved = true;
            }
            Source::Mine => self.mine = id,
            Source::Search => self.found = id,
        }
    }

    /// Fits the cursor to what is there, and remembers the processor family.
    fn settle(&mut self, catalog: &Catalog) {
        let known = catalog.quick_start.get(&self.architecture).is_some_and(|remote| remote.value.is_some());
        if known {
            if !self.moved {
                self.family = QuickStart::default();
            }
            if self.quick_start_row(self.family, catalog).image.is_err() {
                let there =
                    QuickStart::ALL.into_iter().find(|family| self.quick_start_row(*family, catalog).image.is_ok());
                self.family = there.unwrap_or(self.family);
            }
        }
        let of_image = self.chosen(catalog).map(|image| image.architecture);
        self.chosen_architecture = of_image.unwrap_or(self.architecture);
    }
}

/// The rows of a list, the one with the id chosen; the first when none has it.
fn listed<'a>(images: Option<&'a [Image]>, chosen: Option<&ImageId>) -> Vec<ImageRow<'a>> {
    let images = images.unwrap_or_default();
    let at = images.iter().position(|image| Some(&image.id) == chosen).unwrap_or(0);
    images
        .iter()
        .enumerate()
        .map(|(index, image)| ImageRow { family: None, image: Ok(image), chosen: index == at })
        .collect()
}

#[cfg(test)]
mod tests;
