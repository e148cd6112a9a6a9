//! A new security group: name, description, VPC; empty, or with the rules of another one.

use super::{Asked, Dialog};
use crate::app::catalog::Catalog;
use crate::app::form::{Choice, Field, Form};
use crate::app::inventory::Inventory;
use crate::app::launch::group::words_of;
use crate::app::notice::Tone;
use crate::app::tasks::Job;
use crate::app::tasks::make_group::MakeGroup;
use crate::app::world::World;
use crate::domain::id::VpcId;
use crate::domain::security_group::{NewGroup, SecurityGroup, check_description, check_group_name};
use crate::domain::tag::{REQUEST, Tag};
use crate::text;
use crate::text::Text;

const NAME: &str = "name";
const DESCRIPTION: &str = "description";
const VPC: &str = "vpc";

/// A group that is being written.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupDialog {
    original: Option<SecurityGroup>,
}

impl GroupDialog {
    /// The dialog for an empty group.
    #[must_use]
    pub fn new_group(catalog: &Catalog, inventory: &Inventory) -> Dialog {
        let owner = Self { original: None };
        let fields = fields("", "made by ec2deck", vpcs(catalog, inventory, None));
        Dialog::new(text!("group-title-new"), fields, owner)
    }

    /// The dialog for a copy.
    #[must_use]
    pub fn copy(original: &SecurityGroup, catalog: &Catalog, inventory: &Inventory) -> Dialog {
        let title = text!("group-title-copy", name = original.name.as_str());
        let name = free_name(original, inventory);
        let options = vpcs(catalog, inventory, original.vpc.as_ref());
        let owner = Self { original: Some(original.clone()) };
        Dialog::new(title, fields(&name, &original.description, options), owner)
    }
}

fn fields(name: &str, description: &str, vpcs: Vec<Choice>) -> Vec<Field> {
    vec![
        Field::text(NAME, "group-name", name, 255),
        Field::text(DESCRIPTION, "group-description", description, 255).with_hint(text!("group-description-hint")),
        Field::choice(VPC, "group-vpc", vpcs),
    ]
}

/// The VPCs that are known, the wanted one first; without a list of networks those that groups name.
fn vpcs(catalog: &Catalog, inventory: &Inventory, wanted: Option<&VpcId>) -> Vec<Choice> {
    let mut options: Vec<(bool, Choice)> = Vec::new();
    let mut add = |id: &VpcId, label: Text| {
        if !options.iter().any(|(_, option)| option.value == id.as_str()) {
            options.push((wanted != Some(id), Choice { value: id.as_str().to_owned(), label }));
        }
    };
    for vpc in catalog.networks.value.iter().flat_map(|networks| &networks.vpcs) {
        let label = match (&vpc.name, vpc.is_default) {
            (Some(name), _) => text!("group-vpc-named", name = name.as_str(), id = &vpc.id),
            (None, true) => text!("group-vpc-default", id = &vpc.id),
            (None, false) => text!("words", words = &vpc.id),
        };
        add(&vpc.id, label);
    }
    for id in inventory.groups.rows.iter().filter_map(|group| group.vpc.as_ref()) {
        add(id, text!("words", words = id));
    }
    options.sort_by_key(|(other, _)| *other);
    options.into_iter().map(|(_, option)| option).collect()
}

fn is_taken(name: &str, vpc: &str, inventory: &Inventory) -> bool {
    inventory
        .groups
        .rows
        .iter()
        .any(|group| group.vpc.as_ref().is_some_and(|id| id.as_str() == vpc) && group.name.eq_ignore_ascii_case(name))
}

fn free_name(original: &SecurityGroup, inventory: &Inventory) -> String {
    let vpc = original.vpc.as_ref().map_or("", VpcId::as_str);
    let stem: String = original.name.chars().take(240).collect();
    let numbered = |number: u32| if number == 1 { format!("{stem}-copy") } else { format!("{stem}-copy-{number}") };
    (1..1_000).map(numbered).find(|name| !is_taken(name, vpc, inventory)).unwrap_or(stem)
}

impl Asked for GroupDialog {
    fn fit(&mut self, form: &mut Form, world: &mut World<'_>) -> Vec<(Text, Tone)> {
        if world.catalog.networks.is_missing() && world.catalog.networks.problem.is_none() {
            world.catalog.networks.ask();
            world.outbox.read(crate::message::Read::Networks);
        }
        let wanted = self.original.as_ref().and_then(|group| group.vpc.clone());
        let fresh = vpcs(world.catalog, world.inventory, wanted.as_ref());
        if let Some(field) = form.field_mut(VPC) {
            field.set_options(fresh);
        }
        match &self.original {
            None => vec![(text!("group-new-note"), Tone::Plain)],
            Some(original) => {
                let (inbound, outbound) = (original.inbound.len(), original.outbound.len());
                let mut notes = vec![(text!("group-copy-note", inbound = inbound, outbound = outbound), Tone::Plain)];
                let elsewhere = original.vpc.as_ref().is_some_and(|vpc| vpc.as_str() != form.value(VPC));
                if elsewhere {
                    notes.push((text!("group-copy-elsewhere"), Tone::Warning));
                }
                notes
            }
        }
    }

    fn send(&mut self, form: &mut Form, world: &mut World<'_>) -> Option<Job> {
        let name = form.value(NAME).trim().to_owned();
        let description = form.value(DESCRIPTION).trim().to_owned();
        let vpc = form.value(VPC).to_owned();
        match check_group_name(&name) {
            Err(problem) => form.set_error(NAME, words_of(problem)),
            Ok(()) if name.eq_ignore_ascii_case("default") => form.set_error(NAME, text!("group-name-default")),
            Ok(()) if is_taken(&name, &vpc, world.inventory) => form.set_error(NAME, text!("group-name-taken")),
            Ok(()) => {}
        }
        if description.is_empty() {
            form.set_error(DESCRIPTION, text!("group-description-empty"));
        } else if let Err(problem) = check_description(&description) {
            form.set_error(DESCRIPTION, words_of(problem));
        }
        if form.has_errors() {
            return None;
        }
        let vpc = Some(vpc).filter(|vpc| !vpc.is_empty()).map(VpcId::new);
        let new = NewGroup { name, description, vpc, inbound: Vec::new() };
        let of_the_person = |tag: &&Tag| tag.key != REQUEST && !tag.key.to_ascii_lowercase().starts_with("aws:");
        let tags = self.original.iter().flat_map(|group| &group.tags).filter(of_the_person).cloned().collect();
        let marker = world.outbox.unique_token();
        Some(MakeGroup::new(new, tags, self.original.clone(), marker).into())
    }
}
