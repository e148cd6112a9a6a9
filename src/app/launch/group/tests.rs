use super::rules::{Cell, Service, Source};
use super::*;
use crate::app::launch::testing::Bench;
use crate::domain::security_group::SecurityGroup;
use crate::domain::security_group::{Peer, Rule, Traffic};
use crate::keymap::{Action, Key, KeyCode, resolve};

/// The step on a bench, driven by keys as the flow drives it.
struct Desk {
    bench: Bench,
    step: GroupStep,
    wishes: Vec<Wish>,
}

impl Desk {
    fn new(platform: Platform, name: &str) -> Self {
        let mut desk = Self { bench: Bench::ready(), step: GroupStep::new(), wishes: vec![] };
        desk.enter(platform, name);
        desk
    }

    fn enter(&mut self, platform: Platform, name: &str) {
        let step = &mut self.step;
        self.bench.with(|world| step.enter(platform, name, None, world));
    }

    /// Keys by name, or text in quotes.
    fn keys(&mut self, names: &str) {
        for name in names.split(' ') {
            let keys: Vec<Key> = match name.strip_prefix('"') {
                Some(text) => text.chars().map(|c| Key::plain(KeyCode::Char(c))).collect(),
                None => vec![Key::parse(name).unwrap_or_else(|| panic!("{name} is no key"))],
            };
            for key in keys {
                let step = &mut self.step;
                let turns = matches!(key.code, KeyCode::Left | KeyCode::Right) && step.is_text_focused();
                let action = resolve(step.context(), key).filter(|_| !turns);
                self.wishes = self.bench.with(|world| match action {
                    Some(Action::NextStep) => {
                        if !step.takes_enter(world) {
                            step.check(world);
                        }
                    }
                    Some(action) => step.act(action, world),
                    None => step.press(key, world),
                });
            }
        }
    }

    fn check(&mut self) -> bool {
        let step = &mut self.step;
        let mut good = false;
        self.wishes = self.bench.with(|world| good = step.check(world));
        good
    }

    fn new_group(&self) -> NewGroup {
        match self.step.choice(&self.bench.catalog) {
            Ok(GroupChoice::New(group)) => group,
            other => panic!("{other:?}"),
        }
    }

    fn rules(&self) -> Vec<String> {
        let show =
            |rule: &crate::domain::security_group::NewRule| format!("{} {}", name_of_traffic(rule.traffic), rule.peer);
        self.new_group().inbound.iter().map(show).collect()
    }
}

fn group(id: &str, name: &str) -> SecurityGroup {
    SecurityGroup {
        id: GroupId::new(id),
        name: name.to_owned(),
        description: String::new(),
        vpc: Some(VpcId::new("vpc-1")),
        inbound: vec![],
        outbound: vec![],
        tags: vec![],
    }
}

#[test]
fn the_default_lets_only_me_in_on_the_port_that_the_system_is_administered_through() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    assert!(desk.check());
    let group = desk.new_group();
    assert_eq!((group.name.as_str(), group.description.as_str()), ("web-1-sg", "made by ec2deck for web-1"));
    assert_eq!(group.vpc, Some(VpcId::new("vpc-1")));
    assert_eq!(desk.rules(), ["SSH (22) 198.51.100.7/32"]);
    desk.enter(Platform::Windows, "web-1");
    assert_eq!(desk.rules(), ["RDP (3389) 198.51.100.7/32"]);
}

#[test]
fn the_default_name_is_one_that_ec2_takes_and_nobody_has() {
    for (instance, name) in [
        ("web-1", "web-1-sg"),
        ("", "ec2deck-sg"),
        ("웹 서버", "ec2deck-sg"),
        ("웹 server", "server-sg"),
        ("it's", "its-sg"),
        ("sg-x", "ec2deck-sg-x"),
        ("taken", "taken-sg-2"),
    ] {
        let mut bench = Bench::ready();
        bench.inventory.groups.put([group("sg-1", "TAKEN-sg")]);
        let mut step = GroupStep::new();
        bench.with(|world| step.enter(Platform::Linux, instance, None, world));
        assert_eq!(step.form.value(NAME), name, "{instance}");
        assert!(security_group::check_group_name(step.form.value(NAME)).is_ok());
        assert!(security_group::check_description(step.form.value(DESCRIPTION)).is_ok());
    }
}

#[test]
fn what_was_typed_stays_when_the_answers_before_change() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("down \"x");
    desk.enter(Platform::Linux, "web-2");
    assert_eq!(desk.step.form.value(NAME), "web-1-sgx");
    assert_eq!(desk.step.form.value(DESCRIPTION), "made by ec2deck for web-2");
}

#[test]
fn texts_are_checked_against_the_rules_of_ec2() {
    for (field, typed) in [("down", "ctrl-u"), ("down", "\"웹"), ("down down", "\"'"), ("down down", "ctrl-u")] {
        let mut desk = Desk::new(Platform::Linux, "web-1");
        desk.keys(&format!("{field} {typed}"));
        assert!(!desk.check(), "{field} {typed}");
        assert!(desk.step.form.focused().unwrap().error.is_some());
    }
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.bench.inventory.groups.put([group("sg-1", "mine")]);
    desk.keys("down ctrl-u \"MINE");
    assert!(!desk.check(), "names of a VPC are the same in any case");
    desk.step.ours = Some(GroupId::new("sg-1"));
    assert!(desk.check(), "a group of an unfinished try is ours");
}

#[test]
fn quick_adds_work_on_the_first_field_and_on_the_rules() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("s h");
    assert_eq!(desk.step.context(), Context::LaunchRules);
    desk.keys("t");
    assert_eq!(
        desk.rules(),
        ["SSH (22) 198.51.100.7/32", "HTTPS (443) 0.0.0.0/0", "HTTP (80) 0.0.0.0/0", "TCP 8080 198.51.100.7/32"]
    );
    desk.keys("s");
    assert_eq!(desk.step.table.cursor, 1, "a service that stands there is shown, not added");
    desk.keys("d");
    assert_eq!(desk.rules().len(), 3);
    // Text fields take letters as text.
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("down \"stadh");
    assert_eq!(desk.step.form.value(NAME), "web-1-sgstadh");
    assert_eq!(desk.rules().len(), 1);
}

#[test]
fn a_port_and_a_block_are_typed_on_the_row() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    // The port replaces the preset; the source goes from my IP over anywhere to a block.
    desk.keys("t \"3000 enter");
    assert_eq!(desk.rules()[1], "TCP 3000 198.51.100.7/32");
    desk.keys("right right \"203.0.113.9/24 enter");
    assert_eq!(desk.step.focus, Focus::Row);
    assert_eq!(desk.rules()[1], "TCP 3000 203.0.113.0/24");
    assert!(desk.step.table.rows[1].rewritten.is_some(), "the change is shown");
    // An IPv6 address begins with letters that are keys on the row, and Tab gets into the field.
    desk.keys("down up left left left tab tab");
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("up m m tab");
    assert_eq!(desk.step.focus, Focus::Cell(Cell::Address));
    desk.keys("\"fd00::a enter");
    assert_eq!(desk.rules(), ["SSH (22) fd00::a/128"]);
}

#[test]
fn enter_on_a_rule_that_is_not_complete_begins_with_what_is_missing() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("a enter");
    assert_eq!(desk.step.focus, Focus::Cell(Cell::Port));
    assert!(!desk.check());
    assert_eq!(desk.step.focus, Focus::Cell(Cell::Port));
    assert!(desk.step.choice(&desk.bench.catalog).is_err(), "an incomplete rule makes no plan");
    desk.keys("\"8000-8100 enter");
    assert!(desk.check());
    assert_eq!(desk.rules()[1], "TCP 8000-8100 198.51.100.7/32");
}

#[test]
fn esc_leaves_a_field_of_a_rule_before_the_flow() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("a \"9");
    assert!(desk.step.leave_cell());
    assert_eq!(desk.step.focus, Focus::Row);
    assert!(!desk.step.leave_cell());
}

#[test]
fn an_administrators_port_that_is_open_to_the_world_needs_an_explicit_yes() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("up right");
    assert_eq!(desk.rules(), ["SSH (22) 0.0.0.0/0"]);
    assert!(desk.step.notes(&desk.bench.catalog, &desk.bench.inventory).iter().any(|(_, tone)| *tone == Tone::Bad));
    assert!(!desk.check());
    let [Wish::Confirm(confirm)] = &desk.wishes[..] else { panic!("{:?}", desk.wishes) };
    assert_eq!((&confirm.then, confirm.yes, confirm.danger), (&Then::OpenToWorld, false, true));
    let step = &mut desk.step;
    desk.bench.with(|world| step.allow_world(world));
    assert!(desk.check());
    assert!(desk.wishes.is_empty());
    // Another rule asks anew.
    desk.keys("t right");
    assert!(!desk.check());
    // A web server is not an administrator's port.
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("s h");
    assert!(desk.check());
}

#[test]
fn my_address_is_asked_for_when_it_cannot_be_had() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.bench.catalog.my_ip = crate::app::remote::Remote::default();
    desk.bench.catalog.my_ip.ask();
    assert!(!desk.check(), "still asking");
    let now = desk.bench.now;
    desk.bench.catalog.my_ip.answer(Err(crate::app::launch::testing::refusal("x")), now);
    assert!(!desk.check());
    assert_eq!(desk.step.focus, Focus::Cell(Cell::Address), "the field asks for it");
    desk.keys("\"198.51.100.8/24 enter");
    assert_eq!(desk.step.focus, Focus::Cell(Cell::Address), "a block is not one address");
    assert!(desk.step.table.my_address.error.is_some());
    assert!(!desk.check());
    desk.keys("ctrl-u \"198.51.100.8 enter");
    assert!(desk.check());
    assert_eq!(desk.rules(), ["SSH (22) 198.51.100.8/32"]);
}

#[test]
fn the_focus_goes_round() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("t up up");
    let places = |desk: &mut Desk, key: &str| {
        let mut places = vec![];
        for _ in 0..20 {
            let field = desk.step.form.focused().map_or("", |field| field.id);
            let place = match desk.step.focus {
                Focus::Form => field.to_owned(),
                Focus::Row => format!("row {}", desk.step.table.cursor),
                Focus::Cell(cell) => format!("{cell:?} {}", desk.step.table.cursor),
            };
            if places.contains(&place) {
                break;
            }
            places.push(place);
            desk.keys(key);
        }
        places
    };
    desk.step.focus = Focus::Form;
    desk.step.form.focus_on(MODE);
    assert_eq!(places(&mut desk, "tab"), ["mode", "name", "description", "row 0", "row 1", "Port 1"]);
    desk.step.focus = Focus::Form;
    desk.step.form.focus_on(MODE);
    assert_eq!(places(&mut desk, "down"), ["mode", "name", "description", "row 0", "row 1"]);
    desk.step.focus = Focus::Form;
    desk.step.form.focus_on(MODE);
    assert_eq!(places(&mut desk, "up"), ["mode", "row 1", "row 0", "description", "name"]);
}

#[test]
fn existing_groups_are_chosen_with_space_and_said_to_let_me_in_or_not() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    let mut open = group("sg-b", "b");
    open.inbound = vec![Rule {
        id: crate::domain::id::RuleId::new("sgr-1"),
        traffic: Traffic::Tcp(22, 22),
        peer: Peer::V4("198.51.100.0/24".parse().unwrap()),
        description: None,
        tags: vec![],
    }];
    desk.bench.inventory.groups.put([open, group("sg-a", "a")]);
    desk.keys("right");
    assert!(!desk.step.is_new());
    assert!(!desk.check(), "at least one");
    desk.keys("space");
    assert!(desk.step.notes(&desk.bench.catalog, &desk.bench.inventory).iter().any(|(_, tone)| *tone == Tone::Warning));
    assert!(desk.check());
    desk.keys("j space");
    assert!(desk.step.notes(&desk.bench.catalog, &desk.bench.inventory).iter().any(|(_, tone)| *tone == Tone::Good));
    let ids = vec![GroupId::new("sg-a"), GroupId::new("sg-b")];
    assert_eq!(desk.step.choice(&desk.bench.catalog), Ok(GroupChoice::Existing(ids)));
    // Name and description are passed by.
    desk.keys("down");
    assert_eq!(desk.step.form.focused().unwrap().id, MODE);
    desk.keys("down");
    assert_eq!(desk.step.focus, Focus::Row);
}

#[test]
fn sources_turn_in_a_circle() {
    let mut desk = Desk::new(Platform::Linux, "web-1");
    desk.keys("up");
    let mut seen = vec![];
    for _ in 0..3 {
        seen.push(desk.step.table.rows[0].source);
        desk.keys("m");
    }
    assert_eq!(seen, [Source::MyIp, Source::Anywhere, Source::Cidr]);
    assert_eq!(desk.step.table.rows[0].source, Source::MyIp);
    assert_eq!(desk.step.table.rows[0].service, Service::Ssh);
}
