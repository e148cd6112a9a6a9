//! What lies over the screen: a stack, the top one eats the keys, Esc leaves one layer.

use super::costs_view::CostsModal;
use super::dialogs::Dialog;
use super::doctor::DoctorModal;
use super::form::TextInput;
use super::leaks::LeakCursor;
use super::metrics::MetricsModal;
use super::panes::Column;
use super::rules::RulesModal;
use super::tags::TagsModal;
use super::tasks::{Job, TaskId};
use crate::domain::address::Address;
use crate::domain::id::{GroupId, InstanceId};
use crate::domain::instance::InstanceAction;
use crate::domain::problem::Problem;
use crate::domain::region::Region;
use crate::domain::secret::Secret;
use crate::keymap::Action;
use crate::text::Text;

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub enum Modal {
    /// A list to choose from.
    Choice(ChoiceModal),
    /// A question that starts on No.
    Confirm(Confirm),
    /// A page to read.
    Page(PageModal),
    /// A form.
    Dialog(Box<Dialog>),
    /// The rules of a group.
    Rules(RulesModal),
    /// The tags of a resource.
    Tags(TagsModal),
    /// What costs money and does nothing for it.
    Leaks(LeakCursor),
    /// Why nobody gets in to an instance.
    Doctor(Box<DoctorModal>),
    /// What it costs.
    Costs(CostsModal),
    /// The graphs of an instance.
    Metrics(MetricsModal),
}

impl Modal {
    /// What is typed goes here; forms take their keys themselves.
    pub(super) fn field(&mut self) -> Option<&mut TextInput> {
        match self {
            Self::Choice(choice) => Some(&mut choice.filter),
            Self::Confirm(confirm) => confirm.typed.as_mut().map(|typed| &mut typed.input),
            _ => None,
        }
    }

    /// Its field has changed: a list begins anew.
    pub(super) fn narrowed(&mut self) {
        if let Self::Choice(choice) = self {
            choice.cursor = 0;
        }
    }
}

/// A list to choose from, narrowed by typing.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceModal {
    /// Above the list.
    pub title: Text,
    /// What is chosen from; decides how the list is kept up to date.
    pub purpose: Purpose,
    /// What was typed to narrow the list.
    pub filter: TextInput,
    /// All items; [`ChoiceModal::visible`] are those that the filter leaves.
    pub items: Vec<ChoiceItem>,
    /// Index into the visible items.
    pub cursor: usize,
    /// What leaving it without a choice means, where that is worth a word.
    pub on_leave: Option<Text>,
}

/// What a choice is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// What can be done with the selected row.
    Menu,
    /// Every action and view.
    Palette,
    /// Another region.
    Region,
    /// The first region, when none is configured: cannot be left without one.
    FirstRegion,
    /// Another profile.
    Profile,
    /// A column to sort by.
    Sort,
    /// A way in to this instance.
    WaysIn(InstanceId),
    /// What something else is to be done with: an instance, a group, an address.
    Object,
}

/// One item of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceItem {
    /// What it says.
    pub label: Text,
    /// Beside it, dim: a city, a note.
    pub note: Option<Text>,
    /// The key that does the same without the list.
    pub key: Option<&'static str>,
    /// Why it cannot be chosen now.
    pub disabled: Option<Text>,
    /// What choosing it means.
    pub picked: Picked,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Picked {
    /// Do it.
    Action(Action),
    /// Go there.
    Region(Region),
    /// Use it.
    Profile(String),
    /// Sort by it.
    Column(Column),
    /// Begin this work.
    Begin(Box<Job>),
    /// Ask for more.
    Dialog(Box<Dialog>),
    /// Choose further.
    Choose(Box<ChoiceModal>),
    /// Show the rules of a group.
    Rules(GroupId),
    /// Put it on the clipboard.
    Copy(String),
}

/// A question; the answer starts on No.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// The question.
    pub title: Text,
    /// What will happen, naming the ids it touches.
    pub lines: Vec<Text>,
    /// A word that must be typed, for what cannot be undone.
    pub typed: Option<TypedWord>,
    /// Whether Yes is the answer that Enter gives.
    pub yes: bool,
    /// Whether Yes destroys something.
    pub danger: bool,
    /// What Yes does.
    pub then: Then,
}

/// A word to type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedWord {
    /// Any of these will do: the name, the id.
    pub expected: Vec<String>,
    /// What was typed.
    pub input: TextInput,
    /// What can be done besides.
    pub option: Option<ConfirmOption>,
}

/// A switch in a question; off until the person turns it on.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfirmOption {
    /// What it does.
    pub label: Text,
    /// Whether it is on.
    pub on: bool,
    /// When on, these Elastic IPs are released once the instances that hold them are terminated.
    pub release: Vec<Address>,
}

impl TypedWord {
    /// Whether the word is there.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.expected.iter().any(|word| word == self.input.value().trim())
    }
}

/// What a confirmed question does: exactly this, whatever is selected by then.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// The same to each of these instances.
    Instances {
        /// What.
        action: InstanceAction,
        /// To which ones.
        ids: Vec<InstanceId>,
    },
    /// Begin this work.
    Begin(Box<Job>),
    /// A task's question; No is an answer, too.
    Answer(TaskId),
    /// Throw the launch form away.
    LeaveLaunch,
    /// Remove what an unfinished launch has made.
    RemoveMade,
    /// Allow a rule that opens an administrator's port to the world.
    OpenToWorld,
    /// Launch without a key pair.
    LaunchWithoutKey,
    /// Leave the program although writes are under way.
    Quit,
}

/// A page to read.
#[derive(Clone, Debug, PartialEq)]
pub struct PageModal {
    /// What it shows.
    pub content: PageContent,
    /// First line that is shown.
    pub scroll: u16,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum PageContent {
    /// All keys of the context it was opened in.
    Help(crate::keymap::Context),
    /// One failure, with its details.
    Problem(Box<Problem>),
    /// What failed, and what that leaves behind: the sentences come first.
    Aftermath {
        /// What there is now.
        lines: Vec<Text>,
        /// What failed.
        problems: Vec<Problem>,
    },
    /// What came of an action on several rows.
    Outcomes {
        /// The action.
        action: InstanceAction,
        /// Each row's label and outcome.
        results: Vec<(String, Result<(), Problem>)>,
    },
    /// Sentences under a title.
    Lines {
        /// The title.
        title: Text,
        /// One line each.
        lines: Vec<Text>,
    },
    /// Sentences, and what a key puts on the clipboard.
    ToCopy {
        /// The title.
        title: Text,
        /// The sentences.
        lines: Vec<Text>,
        /// What is copied; it stands below them.
        copy: String,
    },
    /// The `aws ec2 ...` commands of a plan, one per line.
    Commands(Vec<String>),
    /// The password of Windows' administrator. It is kept nowhere else, and dropped with the page.
    Password {
        /// The instance's label.
        name: String,
        /// The password.
        secret: Secret,
    },
}

impl ChoiceModal {
    /// The items that the filter leaves, best first in the palette, else in their order.
    #[must_use]
    pub fn visible(&self, language: crate::text::Language) -> Vec<&ChoiceItem> {
        super::fuzzy::narrow(self.filter.value(), &self.items, |item| {
            let mut words = item.label.say(language);
            if language != crate::text::Language::English {
                // Many type the English command on a Korean screen.
                words.push(' ');
                words.push_str(&item.label.say(crate::text::Language::English));
            }
            if let Some(note) = &item.note {
                words.push(' ');
                words.push_str(&note.say(language));
            }
            words
        })
    }
}
