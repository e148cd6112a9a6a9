//! The state of the program, and the pure function that changes it: no clock, no input or output, no waiting.
//!
//! [`App::update`] takes a [`Message`] and the time and gives the [`Effect`]s to run. Everything that is shown is in
//! [`App`]; `ui` draws it and changes nothing.

pub mod actions;
mod address_choice;
mod addresses;
pub mod auto_stop;
pub mod availability;
pub mod catalog;
pub mod choices;
pub mod connect;
pub mod costs;
pub mod costs_view;
pub mod dialogs;
pub mod doctor;
pub mod environment;
pub mod extent;
pub mod form;
pub mod free_tier;
pub mod fuzzy;
mod group_effect;
pub mod hosts;
pub mod instance_groups;
pub mod inventory;
pub mod key_pairs;
pub mod keys;
pub mod launch;
pub mod leaks;
pub mod metering;
pub mod metrics;
pub mod modal;
pub mod notice;
pub mod operations;
pub mod outbox;
mod outside_ways;
pub mod panes;
pub mod remote;
mod replies;
pub mod rules;
pub mod session;
pub mod sparklines;
pub mod tags;
pub mod tasks;
pub mod timers;
pub mod uses;
mod ways;
pub mod world;

use std::collections::VecDeque;

use jiff::Timestamp;

use self::catalog::Catalog;
use self::costs::Costs;
use self::environment::Environment;
use self::extent::Extent;
use self::hosts::Follow;
use self::inventory::Inventory;
use self::launch::Launch;
use self::metrics::Metrics;
use self::modal::{Confirm, Modal, PageContent, PageModal};
use self::notice::{Notice, Tone};
use self::operations::Operations;
use self::outbox::Outbox;
use self::panes::{PaneKind, Panes};
use self::session::Session;
use self::tasks::Tasks;
use self::tasks::undo::Undoable;
use self::timers::Timers;
use self::world::{Wish, World};
use crate::domain::problem::Problem;
use crate::keymap::Context;
use crate::message::{Effect, Message};
use crate::text;
use crate::text::Text;

/// Everything that the program knows.
#[derive(Clone, Debug, PartialEq)]
pub struct App {
    /// Settings of the run.
    pub environment: Environment,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time of the last update.
    pub now: Timestamp,
    /// Whose account, which region.
    pub session: Session,
    /// What the account has.
    pub inventory: Inventory,
    /// What a launch chooses from.
    pub catalog: Catalog,
    /// What is known about money.
    pub costs: Costs,
    /// What CloudWatch has told.
    pub metrics: Metrics,
    /// The four lists and the details.
    pub panes: Panes,
    /// What lies over the screen, the top one last.
    pub modals: Vec<Modal>,
    /// What has come up while the person was typing into something else: it is shown when they leave that.
    pub late: VecDeque<Modal>,
    /// The launch flow, which takes the place of the dashboard.
    pub launch: Option<Launch>,
    /// Actions under way.
    pub operations: Operations,
    /// Work of several steps under way.
    pub tasks: Tasks,
    /// What can be taken back, the latest last.
    pub undos: Vec<Undoable>,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The remembered hosts that follow their instances.
    pub hosts: Follow,
    /// When what is due.
    pub timers: Timers,
    /// How far things scroll.
    pub extent: Extent,
    /// Whether what opens now is what the person has just asked for.
    called_for: bool,
    outbox: Outbox,
}

impl App {
    /// The program before its first frame, and the effects that start it: nothing here waits for the network.
    #[must_use]
    pub fn start(environment: Environment, size: (u16, u16), now: Timestamp) -> (Self, Vec<Effect>) {
        let mut outbox = Outbox::new(environment.run_id.clone());
        outbox.open_session(environment.profile.clone(), environment.region.clone());
        let mut app = Self {
            environment,
            size,
            now,
            session: Session { opening: true, ..Session::default() },
            inventory: Inventory::default(),
            catalog: Catalog::default(),
            costs: Costs::default(),
            metrics: Metrics::default(),
            panes: Panes::default(),
            modals: Vec::new(),
            late: VecDeque::new(),
            launch: None,
            operations: Operations::default(),
            tasks: Tasks::default(),
            undos: Vec::new(),
            notice: None,
            hosts: Follow::default(),
            timers: Timers::default(),
            extent: Extent::default(),
            called_for: false,
            outbox,
        };
        app.session.chosen_profile.clone_from(&app.environment.profile);
        app.session.info.profile = app.environment.profile.clone().unwrap_or_default();
        app.session.info.region.clone_from(&app.environment.region);
        app.scan_keys();
        app.read_remembered();
        let effects = app.outbox.take();
        (app, effects)
    }

    /// Changes the state by one message and says what is to be done outside.
    pub fn update(&mut self, message: Message, now: Timestamp) -> Vec<Effect> {
        self.now = now;
        self.called_for =
            matches!(message, Message::Key(_) | Message::Paste(_) | Message::Examine { .. } | Message::Connect { .. });
        let pressed = matches!(message, Message::Key(_));
        match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => self.paste(&text),
            Message::Resize { columns, rows } => self.size = (columns, rows),
            Message::Wake => self.wake(),
            Message::Examine { instance, port } => self.examine(&instance, port),
            Message::Connect { instance, port, command } => self.connect_to(&instance, port, command),
            Message::Reply(reply) => self.reply(*reply),
        }
        if pressed {
            self.follow_money();
        }
        self.show_late();
        self.mind_metrics();
        self.outbox.take()
    }

    /// Which keys act now: those of the top layer.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.modals.last() {
            Some(Modal::Choice(_)) => Context::Choice,
            Some(Modal::Confirm(confirm)) if confirm.typed.is_some() => Context::TypedConfirm,
            Some(Modal::Confirm(_)) => Context::Confirm,
            Some(Modal::Page(_)) => Context::Page,
            Some(Modal::Dialog(_)) => Context::Dialog,
            Some(Modal::Rules(_)) => Context::Rules,
            Some(Modal::Tags(_)) => Context::Tags,
            Some(Modal::Leaks(_)) => Context::Leaks,
            Some(Modal::Doctor(_)) => Context::Doctor,
            Some(Modal::Costs(_)) => Context::Costs,
            Some(Modal::Metrics(_)) => Context::Metrics,
            None => match &self.launch {
                Some(launch) => launch.context(),
                None if self.panes.list(self.panes.focus).filtering => Context::Filter,
                None => self.panes.focus.context(),
            },
        }
    }

    /// When the next [`Message::Wake`] is due, if ever.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let launch = self.launch.as_ref().and_then(Launch::next_deadline);
        let notice = self.notice.as_ref().map(|notice| notice.until);
        [self.timers.next(), launch, notice, self.tasks.next_deadline(), self.metrics_deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Says something at the bottom.
    pub(crate) fn notify(&mut self, text: Text, tone: Tone) {
        self.notice = Some(Notice::new(text, tone, self.now));
    }

    /// Lays something over the screen. What nobody has just asked for waits while the person is typing: a key that was
    /// meant for something else must not answer a question.
    fn lay_over(&mut self, modal: Modal) {
        if self.called_for || !self.is_in_use() {
            self.modals.push(modal);
        } else {
            self.late.push_back(modal);
            self.notify(text!("notice-later"), Tone::Warning);
        }
    }

    /// Whether the next key is meant for something that a new layer would take it from.
    fn is_in_use(&self) -> bool {
        match self.modals.last() {
            Some(Modal::Dialog(dialog)) => dialog.task().is_none(),
            Some(Modal::Choice(_) | Modal::Confirm(_) | Modal::Page(_)) => true,
            Some(
                Modal::Rules(_)
                | Modal::Tags(_)
                | Modal::Doctor(_)
                | Modal::Costs(_)
                | Modal::Leaks(_)
                | Modal::Metrics(_),
            ) => false,
            None => self.launch.is_some() || self.context() == Context::Filter,
        }
    }

    fn show_late(&mut self) {
        while !self.is_in_use() {
            let Some(modal) = self.late.pop_front() else { return };
            self.modals.push(modal);
        }
    }

    fn ask(&mut self, confirm: Confirm) {
        self.lay_over(Modal::Confirm(confirm));
    }

    fn open_page(&mut self, content: PageContent) {
        self.lay_over(Modal::Page(PageModal { content, scroll: 0 }));
    }

    fn show_problem(&mut self, problem: Problem) {
        self.open_page(PageContent::Problem(Box::new(problem)));
    }

    /// Lets the launch flow do something with the rest of the state, then grants its wishes.
    fn with_launch(&mut self, work: impl FnOnce(&mut Launch, &mut World<'_>)) {
        if let Some(mut launch) = self.launch.take() {
            self.keep_launch(|world| {
                work(&mut launch, world);
                launch
            });
        }
    }

    fn open_launch(&mut self) {
        self.keep_launch(Launch::open);
        self.ask_prices();
    }

    /// Takes the launch that `work` hands back, and grants what it wished for meanwhile.
    fn keep_launch(&mut self, work: impl FnOnce(&mut World<'_>) -> Launch) {
        let (launch, wishes) = self.work_in_world(work);
        self.launch = Some(launch);
        // What the launch shows of itself is no surprise while nothing lies over it.
        let called_for = self.called_for || self.modals.is_empty();
        let before = std::mem::replace(&mut self.called_for, called_for);
        for wish in wishes {
            self.grant(wish);
        }
        self.called_for = before;
    }

    /// Lets a part do something with the rest of the state, then grants its wishes.
    fn in_world<T>(&mut self, work: impl FnOnce(&mut World<'_>) -> T) -> T {
        let (outcome, wishes) = self.work_in_world(work);
        for wish in wishes {
            self.grant(wish);
        }
        outcome
    }

    fn work_in_world<T>(&mut self, work: impl FnOnce(&mut World<'_>) -> T) -> (T, Vec<Wish>) {
        let mut world = World {
            environment: &self.environment,
            inventory: &mut self.inventory,
            catalog: &mut self.catalog,
            prices: self.costs.prices.value.as_ref(),
            outbox: &mut self.outbox,
            region: self.session.info.region.as_ref(),
            profile: &self.session.info.profile,
            now: self.now,
            wishes: Vec::new(),
        };
        let outcome = work(&mut world);
        (outcome, world.wishes)
    }

    fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Confirm(confirm) => self.ask(confirm),
            Wish::Choose(choice) => self.open_choice(choice),
            Wish::Dialog(dialog) => self.open_dialog(*dialog),
            Wish::LookAgain => self.look_again_soon(),
            Wish::ScanKeys => self.scan_keys(),
            Wish::Finding(finding) => self.found_out(*finding),
            Wish::CreditModeIs(id, mode) => {
                self.costs.credit_modes.value.get_or_insert_default().insert(id, mode);
            }
            Wish::CanTakeBack(undo) => self.undos.push(*undo),
            Wish::Page(content) => self.open_page(content),
            Wish::Notice(text, tone) => self.notify(text, tone),
            Wish::Close => self.launch = None,
            Wish::RefreshAll => self.refresh_all(),
            Wish::ShowInstance(id) => {
                self.launch = None;
                self.select(PaneKind::Instances, id.as_str().to_owned());
            }
            Wish::Select(pane, id) => self.point_out(pane, id),
        }
    }

    /// Puts the cursor on what is new. The focus goes there only for who is waiting for it.
    fn point_out(&mut self, pane: PaneKind, id: String) {
        let waiting = matches!(self.modals.last(), Some(Modal::Dialog(dialog)) if dialog.task().is_some());
        if self.called_for || waiting || (self.panes.focus == pane && !self.is_in_use()) {
            self.select(pane, id);
        } else if !self.panes.list(pane).filtering {
            self.panes.list_mut(pane).cursor = Some(id);
        }
    }

    /// Puts the focus on a pane and its cursor on a row, which a filter may have hidden.
    fn select(&mut self, pane: PaneKind, id: String) {
        self.panes.focus_on(pane);
        let list = self.panes.list_mut(pane);
        list.filter = form::TextInput::default();
        list.cursor = Some(id);
    }
}
