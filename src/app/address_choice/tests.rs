use super::*;
use crate::app::launch::testing::instance;
use crate::app::tasks::Job;
use crate::domain::address::{Address, Association};
use crate::domain::id::{AssociationId, InstanceId, InterfaceId};
use crate::domain::instance::Interface;
use crate::text::Language;

const NEW: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 5);

fn id() -> AllocationId {
    AllocationId::new("eipalloc-new")
}

fn named(name: &str, state: InstanceState) -> Instance {
    Instance { name: Some(name.to_owned()), ..instance(&format!("i-{name}"), state) }
}

fn other_on(instance: &str, interface: &str, private: &str) -> Address {
    Address {
        id: AllocationId::new("eipalloc-other"),
        ip: Ipv4Addr::new(203, 0, 113, 9),
        name: None,
        association: Some(Association {
            id: AssociationId::new("eipassoc-1"),
            instance: Some(InstanceId::new(instance)),
            interface: Some(InterfaceId::new(interface)),
            private_ip: private.parse().ok(),
        }),
        tags: vec![],
        own_pool: false,
    }
}

fn interface(id: &str, private: &[&str]) -> Interface {
    let private_ips = private.iter().map(|ip| ip.parse().unwrap()).collect();
    Interface { id: InterfaceId::new(id), private_ips, groups: vec![] }
}

fn offered(inventory: &Inventory) -> Vec<ChoiceItem> {
    targets(&id(), NEW, inventory, text!("associate-no-instance"), None).map(|choice| choice.items).unwrap_or_default()
}

#[test]
fn running_ones_without_an_address_come_first_and_what_cannot_take_one_last_with_the_reason() {
    use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated};
    let mut inventory = Inventory::default();
    let states = [
        ("gone", Terminated),
        ("going", ShuttingDown),
        ("new", Pending),
        ("has-one", Running),
        ("halting", Stopping),
        ("asleep", Stopped),
        ("b-runs", Running),
        ("a-runs", Running),
    ];
    inventory.instances.put(states.map(|(name, state)| named(name, state)));
    inventory.addresses.put([other_on("i-has-one", "eni-1", "172.31.0.9")]);
    let items = offered(&inventory);
    let labels: Vec<String> = items.iter().map(|item| item.label.say(Language::English)).collect();
    assert_eq!(labels, ["a-runs", "b-runs", "asleep", "halting", "has-one", "new", "going", "gone"]);
    let reasons: Vec<Option<&str>> = items.iter().map(|item| item.disabled.as_ref().map(Text::key)).collect();
    let (starting, ending) = (Some("why-still-starting"), Some("why-terminated"));
    assert_eq!(reasons, [None, None, None, None, None, starting, ending, ending]);
    let note = items[4].note.as_ref().map(|note| note.say(Language::English));
    assert_eq!(note.as_deref(), Some("running  has 203.0.113.9"));
}

#[test]
fn of_several_private_addresses_one_is_chosen_and_an_address_behind_one_is_told() {
    let mut inventory = Inventory::default();
    let mut subject = named("router", InstanceState::Running);
    subject.interfaces = vec![interface("eni-1", &["172.31.0.8", "172.31.0.9"]), interface("eni-2", &["172.31.16.8"])];
    inventory.instances.put([subject]);
    inventory.addresses.put([other_on("i-router", "eni-1", "172.31.0.9")]);
    let items = offered(&inventory);
    let Picked::Choose(choice) = &items[0].picked else { panic!("{items:?}") };
    let told: Vec<(String, String)> = choice
        .items
        .iter()
        .map(|item| {
            let note = item.note.as_ref().map(|note| note.say(Language::English));
            (item.label.say(Language::English), note.unwrap_or_default())
        })
        .collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(label, note)| (label.as_str(), note.as_str())).collect();
    assert_eq!(told, [("172.31.0.8", "eni-1"), ("172.31.0.9", "eni-1  has 203.0.113.9"), ("172.31.16.8", "eni-2")]);
    let Picked::Begin(job) = &choice.items[2].picked else { panic!("{choice:?}") };
    let target = AddressTarget {
        instance: InstanceId::new("i-router"),
        interface: Some(InterfaceId::new("eni-2")),
        private_ip: "172.31.16.8".parse().ok(),
    };
    assert_eq!(**job, Job::from(Associate::new(id(), NEW, target, "router".to_owned())));
}

#[test]
fn with_one_private_address_there_is_nothing_to_choose() {
    let mut inventory = Inventory::default();
    let mut subject = named("plain", InstanceState::Stopped);
    subject.interfaces = vec![interface("eni-1", &["172.31.0.8"])];
    inventory.instances.put([subject]);
    let items = offered(&inventory);
    let target = AddressTarget { instance: InstanceId::new("i-plain"), interface: None, private_ip: None };
    let job = Associate::new(id(), NEW, target, "plain".to_owned());
    assert_eq!(items[0].picked, Picked::Begin(Box::new(job.into())));
}

#[test]
fn an_account_without_instances_has_nothing_to_offer() {
    assert_eq!(offered(&Inventory::default()), []);
}
