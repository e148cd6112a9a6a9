//! Step 6: the security group, a new one or existing ones.
//!
//! The focus goes from the fields (new or existing, name, description) into the table below them (the rules of a new
//! group, or the list of existing groups) and round. A typed part of a rule has the focus of its own, because letters
//! are keys on a row and text in a field.

pub mod existing;
mod keys;
pub mod rules;

use self::existing::ExistingGroups;
use self::rules::{Cell, MyIp, RulesTable, Source};
use crate::app::catalog::Catalog;
use crate::app::form::{Choice, Field, Form};
use crate::app::inventory::Inventory;
use crate::app::modal::{Confirm, Then};
use crate::app::notice::Tone;
use crate::app::world::{Wish, World};
use crate::domain::id::{GroupId, VpcId};
use crate::domain::instance::Platform;
use crate::domain::launch_plan::GroupChoice;
use crate::domain::security_group::{self, GroupTextProblem, NewGroup};
use crate::keymap::Context;
use crate::message::Read;
use crate::text;
use crate::text::Text;

const MODE: &str = "mode";
const NAME: &str = "name";
const DESCRIPTION: &str = "description";

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A field of the form.
    Form,
    /// A row of the table.
    Row,
    /// A typed part of the rule under the cursor.
    Cell(Cell),
}

/// The answers of the step.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupStep {
    /// New or existing; of a new one, name and description.
    pub form: Form,
    /// The rules of a new group.
    pub table: RulesTable,
    /// The choice among existing groups.
    pub existing: ExistingGroups,
    /// Where the keys go.
    pub focus: Focus,
    /// What is wrong with the choice among existing groups.
    pub error: Option<Text>,
    /// The VPC of the launch, as far as it is known.
    pub vpc: Option<VpcId>,
    /// Decides between SSH and RDP.
    pub platform: Platform,
    /// A group that an unfinished try of this launch has made: its name is not taken, it is ours.
    pub ours: Option<GroupId>,
    /// Of rules for one's own address: by it, `i` finds them again and moves them along.
    my_description: String,
    /// The rules for which the person has said yes to the world.
    world_allowed: bool,
    name_touched: bool,
    description_touched: bool,
    rules_touched: bool,
}

impl Default for GroupStep {
    fn default() -> Self {
        Self::new()
    }
}

impl GroupStep {
    /// The step before it was entered.
    #[must_use]
    pub fn new() -> Self {
        let mode = |value: &str, label| Choice { value: value.to_owned(), label };
        Self {
            form: Form::new(vec![
                Field::choice(
                    MODE,
                    "group-mode",
                    vec![mode("new", text!("group-mode-new")), mode("existing", text!("group-mode-existing"))],
                ),
                Field::text(NAME, "group-name", "", 255),
                Field::text(DESCRIPTION, "group-description", "", 255).with_hint(text!("group-description-hint")),
            ]),
            table: RulesTable::starting_with(22),
            existing: ExistingGroups::default(),
            focus: Focus::Form,
            error: None,
            vpc: None,
            platform: Platform::Linux,
            ours: None,
            my_description: String::new(),
            world_allowed: false,
            name_touched: false,
            description_touched: false,
            rules_touched: false,
        }
    }

    /// Whether a new group is to be made.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.form.value(MODE) != "existing"
    }

    /// Which keys act now.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.focus == Focus::Row && self.is_new() { Context::LaunchRules } else { Context::LaunchGroup }
    }

    /// Whether typed characters are text.
    #[must_use]
    pub fn is_text_focused(&self) -> bool {
        match self.focus {
            Focus::Form => self.form.focused().is_some_and(Field::is_text),
            Focus::Row => false,
            Focus::Cell(_) => true,
        }
    }

    /// Fits the defaults to the answers before this step; what the person has written stays.
    pub fn enter(&mut self, platform: Platform, name: &str, vpc: Option<VpcId>, world: &mut World<'_>) {
        let groups = &mut world.inventory.groups;
        if !groups.is_known() && !groups.loading && groups.problem.is_none() {
            groups.ask();
            world.outbox.read(Read::SecurityGroups);
        }
        self.my_description = world.environment.who.description(world.now);
        self.fit(platform, name, vpc, world.catalog, world.inventory);
    }

    /// The same without asking for anything: what the step would say now.
    pub fn fit(
        &mut self,
        platform: Platform,
        name: &str,
        vpc: Option<VpcId>,
        catalog: &Catalog,
        inventory: &Inventory,
    ) {
        self.vpc = vpc.or_else(|| default_vpc(catalog));
        if self.platform != platform {
            self.platform = platform;
            if !self.rules_touched {
                self.table = RulesTable::starting_with(platform.admin_port());
            }
        }
        if !self.name_touched {
            let wanted = self.free_name(&default_name(name), inventory);
            if self.form.value(NAME) != wanted
                && let Some(field) = self.form.field_mut(NAME)
            {
                field.set_value(&wanted);
            }
        }
        if !self.description_touched {
            let wanted = match ascii_part(name) {
                part if part.is_empty() => "made by ec2deck".to_owned(),
                part => format!("made by ec2deck for {part}"),
            };
            if self.form.value(DESCRIPTION) != wanted
                && let Some(field) = self.form.field_mut(DESCRIPTION)
            {
                field.set_value(&wanted);
            }
        }
        self.existing.keep_offered(&ExistingGroups::offered(inventory, self.vpc.as_ref()));
    }

    /// Whether the answers hold; says what is wrong where it is wrong. A port that is open to the world asks first.
    pub fn check(&mut self, world: &mut World<'_>) -> bool {
        self.leave_cell();
        self.error = None;
        if !self.is_new() {
            if self.existing.chosen.is_empty() {
                self.error = Some(text!("group-existing-none"));
                self.focus = Focus::Row;
            }
            return self.error.is_none();
        }
        self.check_texts(world.inventory);
        if self.form.has_errors() {
            self.form.focus_first_error();
            self.focus = Focus::Form;
            return false;
        }
        let my_ip = MyIp::of(world.catalog);
        if let Err((row, cell)) = self.table.check(my_ip) {
            self.table.cursor = row;
            self.focus = cell.map_or(Focus::Row, Focus::Cell);
            return false;
        }
        let open = self.table.open_to_world(my_ip);
        if open.is_empty() || self.world_allowed {
            return true;
        }
        let mut lines: Vec<Text> = open
            .iter()
            .filter_map(|row| row.traffic())
            .map(|traffic| text!("group-world-rule", rule = name_of_traffic(traffic)))
            .collect();
        lines.push(text!("group-world-why"));
        world.wish(Wish::Confirm(Confirm {
            title: text!("group-world-title"),
            lines,
            typed: None,
            yes: false,
            danger: true,
            then: Then::OpenToWorld,
        }));
        false
    }

    /// The person has said yes to the rules that are open to the world; that holds until the rules change.
    pub fn allow_world(&mut self, _world: &mut World<'_>) {
        self.world_allowed = true;
    }

    /// What the plan says of the groups.
    ///
    /// # Errors
    /// Returns what is still missing.
    pub fn choice(&self, catalog: &Catalog) -> Result<GroupChoice, Text> {
        if !self.is_new() {
            return if self.existing.chosen.is_empty() {
                Err(text!("group-existing-none"))
            } else {
                Ok(GroupChoice::Existing(self.existing.chosen.clone()))
            };
        }
        let my_ip = MyIp::of(catalog);
        let inbound = self.table.rules(my_ip, &self.my_description);
        if inbound.len() < self.table.rows.len() {
            return Err(text!("group-rules-missing"));
        }
        Ok(GroupChoice::New(NewGroup {
            name: self.form.value(NAME).trim().to_owned(),
            description: self.form.value(DESCRIPTION).trim().to_owned(),
            vpc: self.vpc.clone(),
            inbound,
        }))
    }

    /// What is worth knowing about the answers, for the lines below the table.
    #[must_use]
    pub fn notes(&self, catalog: &Catalog, inventory: &Inventory) -> Vec<(Text, Tone)> {
        let my_ip = MyIp::of(catalog);
        let port = self.platform.admin_port();
        let name = name_of_traffic(security_group::Traffic::Tcp(port, port));
        if self.is_new() {
            if !self.table.open_to_world(my_ip).is_empty() {
                return vec![(text!("group-world-why"), Tone::Bad)];
            }
            if !self.table.covers(port) {
                return vec![(text!("group-no-way-in", rule = name), Tone::Warning)];
            }
            let only_me =
                self.table.rows.iter().all(|row| {
                    row.source == Source::MyIp || row.traffic().is_none_or(|traffic| !traffic.covers_tcp(port))
                });
            return if only_me { vec![(text!("group-only-from-here", rule = name), Tone::Plain)] } else { vec![] };
        }
        if self.existing.chosen.is_empty() {
            return vec![];
        }
        match self.existing.lets_me_in(inventory, my_ip, port) {
            Some(true) => vec![(text!("group-existing-lets-in", rule = name), Tone::Good)],
            Some(false) => vec![(text!("group-existing-keeps-out", rule = name), Tone::Warning)],
            None => vec![(text!("group-existing-unknown"), Tone::Plain)],
        }
    }

    /// Whether a group of this name may be made: no other of the VPC has it, in any case.
    fn is_free(&self, name: &str, inventory: &Inventory) -> bool {
        !ExistingGroups::offered(inventory, self.vpc.as_ref())
            .into_iter()
            .any(|group| group.name.eq_ignore_ascii_case(name) && self.ours.as_ref() != Some(&group.id))
    }

    fn free_name(&self, wanted: &str, inventory: &Inventory) -> String {
        let numbered = |number: u32| if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
        (1..1_000).map(numbered).find(|name| self.is_free(name, inventory)).unwrap_or_else(|| wanted.to_owned())
    }

    fn check_texts(&mut self, inventory: &Inventory) {
        self.form.clear_errors();
        let name = self.form.value(NAME).trim().to_owned();
        let description = self.form.value(DESCRIPTION).trim().to_owned();
        match security_group::check_group_name(&name) {
            Err(problem) => self.form.set_error(NAME, words_of(problem)),
            Ok(()) if !self.is_free(&name, inventory) => self.form.set_error(NAME, text!("group-name-taken")),
            Ok(()) => {}
        }
        if description.is_empty() {
            self.form.set_error(DESCRIPTION, text!("group-description-empty"));
        } else if let Err(problem) = security_group::check_description(&description) {
            self.form.set_error(DESCRIPTION, words_of(problem));
        }
    }
}

/// What stands for a rule in a sentence: `SSH (22)`, `TCP 20-30`.
#[must_use]
pub fn name_of_traffic(traffic: security_group::Traffic) -> String {
    let ports = match traffic.ports() {
        Some((from, to)) if from == to => from.to_string(),
        Some((from, to)) => format!("{from}-{to}"),
        None => String::new(),
    };
    match traffic.well_known() {
        Some(name) => format!("{name} ({ports})"),
        None => format!("TCP {ports}"),
    }
}

fn default_vpc(catalog: &Catalog) -> Option<VpcId> {
    catalog.networks.value.as_ref()?.default_vpc().map(|vpc| vpc.id.clone())
}

/// The part of a name that EC2 takes in a group's name; empty when there is none (a Korean name).
fn ascii_part(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| security_group::is_allowed_character(*c))
        .take(200)
        .collect::<String>()
        .trim()
        .to_owned();
    if kept.chars().any(|c| c.is_ascii_alphanumeric()) { kept } else { String::new() }
}

fn default_name(name: &str) -> String {
    let part = ascii_part(name);
    let part = part.trim_matches(['-', ' ', '.']);
    match part {
        "" => "ec2deck-sg".to_owned(),
        part if part.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sg-")) => format!("ec2deck-{part}"),
        part => format!("{part}-sg"),
    }
}

pub(in crate::app) fn words_of(problem: GroupTextProblem) -> Text {
    match problem {
        GroupTextProblem::Empty => text!("group-name-empty"),
        GroupTextProblem::TooLong => text!("group-text-too-long"),
        GroupTextProblem::ReservedPrefix => text!("group-name-reserved"),
        GroupTextProblem::BadCharacter(c) => text!("group-text-bad-character", character = c),
    }
}

#[cfg(test)]
mod tests;
