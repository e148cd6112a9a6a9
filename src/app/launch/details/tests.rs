use std::path::PathBuf;

use super::*;
use crate::app::launch::sample::{Bench, key, networks, now, problem};
use crate::domain::id::{SubnetId, VpcId};
use crate::domain::problem::LocalCause;
use crate::keymap::{Context, resolve};
use crate::message::Effect;

fn entered(bench: &mut Bench) -> DetailsStep {
    let mut step = DetailsStep::new();
    bench.with(|world| step.enter(world));
    step
}

fn press(step: &mut DetailsStep, bench: &mut Bench, keys: &[&str]) {
    for name in keys {
        bench.with(|world| match resolve(Context::LaunchForm, key(name)) {
            Some(Action::NextStep) => {
                step.check(world);
            }
            Some(action) => step.act(action, world),
            None => step.press(key(name), world),
        });
    }
}

fn error<'a>(step: &'a DetailsStep, id: &str) -> Option<&'a str> {
    step.form.field(id).unwrap().error.as_ref().map(Text::key)
}

fn type_into(step: &mut DetailsStep, bench: &mut Bench, id: &str, text: &str) {
    step.form.focus_on(id);
    if let Some(field) = step.form.field_mut(id) {
        field.set_value("");
    }
    bench.with(|world| step.paste(text, world));
}

fn local_task(bench: &mut Bench) -> Option<(LocalId, LocalTask)> {
    bench.outbox.take().into_iter().find_map(|effect| match effect {
        Effect::Local { id, task } => Some((id, task)),
        _ => None,
    })
}

#[test]
fn the_defaults_are_one_server_in_the_default_vpc() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    assert!(bench.with(|world| step.check(world)));
    assert_eq!(step.count(), 1);
    assert_eq!((step.vpc(&bench.catalog), step.subnet()), (None, None));
    assert_eq!(step.public_ip(), PublicIp::AsSubnet);
    assert_eq!(step.shutdown(), ShutdownBehavior::Stop);
    assert!(step.imdsv2_required() && !step.detailed_monitoring() && !step.termination_protection());
    assert_eq!((step.iam_profile(), step.user_data()), (None, None));
    assert_eq!(step.form.field(VPC).unwrap().value(), "vpc-default");
}

#[test]
fn a_shutdown_does_what_was_chosen_for_it() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    step.form.focus_on(SHUTDOWN);
    press(&mut step, &mut bench, &["right"]);
    assert_eq!(step.shutdown(), ShutdownBehavior::Terminate);
}

#[test]
fn the_count_has_limits_and_keeps_what_was_typed() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    for (typed, count) in [("0", None), ("", None), ("21", None), ("20", Some(20)), ("1", Some(1)), ("99999", None)] {
        type_into(&mut step, &mut bench, COUNT, typed);
        let fits = bench.with(|world| step.check(world));
        assert_eq!(fits, count.is_some(), "{typed}");
        assert_eq!(step.form.value(COUNT), typed);
        assert_eq!(step.count(), count.unwrap_or(1), "{typed}");
    }
}

#[test]
fn another_vpc_needs_one_of_its_own_subnets() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    press(&mut step, &mut bench, &["tab", "right"]);
    assert_eq!(step.vpc(&bench.catalog), Some(VpcId::new("vpc-other")));
    assert_eq!(step.missing_network(&bench.catalog).as_ref().map(Text::key), Some("launch-details-subnet-needed"));
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(error(&step, SUBNET), Some("launch-details-subnet-needed"));
    assert_eq!(step.form.focused().unwrap().id, SUBNET);
    press(&mut step, &mut bench, &["right"]);
    assert_eq!(step.subnet(), Some(SubnetId::new("subnet-vpc-other-a")), "zones in order");
    assert!(bench.with(|world| step.check(world)));
    press(&mut step, &mut bench, &["up", "left"]);
    assert_eq!((step.vpc(&bench.catalog), step.subnet()), (None, None), "a subnet of another VPC is not kept");
    assert!(bench.with(|world| step.check(world)));
}

#[test]
fn without_a_default_vpc_the_step_asks_for_both() {
    let mut bench = Bench::full();
    bench.catalog.networks.answer(Ok(networks(&[("vpc-other", false)])), now());
    let mut step = entered(&mut bench);
    assert_eq!(step.form.field(VPC).unwrap().note.as_ref().map(Text::key), Some("launch-details-no-default-vpc"));
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(error(&step, VPC), Some("launch-details-vpc-needed"));
    press(&mut step, &mut bench, &["right", "enter"]);
    assert_eq!((error(&step, VPC), error(&step, SUBNET)), (None, Some("launch-details-subnet-needed")));
    press(&mut step, &mut bench, &["right"]);
    assert!(bench.with(|world| step.check(world)));
    assert_eq!(step.vpc(&bench.catalog), Some(VpcId::new("vpc-other")));
}

#[test]
fn a_vpc_without_subnets_cannot_take_a_server() {
    let mut bench = Bench::full();
    let mut bare = networks(&[("vpc-default", true)]);
    bare.subnets.clear();
    bench.catalog.networks.answer(Ok(bare), now());
    let mut step = entered(&mut bench);
    press(&mut step, &mut bench, &["enter"]);
    assert_eq!(error(&step, SUBNET), Some("launch-details-no-subnet"));
}

#[test]
fn when_the_networks_cannot_be_read_the_defaults_still_launch() {
    let mut bench = Bench::new();
    let mut step = entered(&mut bench);
    assert_eq!(bench.reads(), [Read::Networks]);
    bench.catalog.networks.answer(Err(problem()), now());
    bench.with(|world| step.enter(world));
    assert_eq!(bench.reads(), [], "no endless asking");
    assert_eq!(step.form.field(VPC).unwrap().note.as_ref().map(Text::key), Some("launch-details-networks-failed"));
    assert!(bench.with(|world| step.check(world)));
    assert_eq!((step.vpc(&bench.catalog), step.subnet()), (None, None));
    bench.catalog.networks.answer(Ok(networks(&[("vpc-default", true)])), now());
    bench.with(|world| step.enter(world));
    assert_eq!(step.form.field(VPC).unwrap().note, None);
}

#[test]
fn a_subnet_without_room_says_so() {
    let mut bench = Bench::full();
    for subnet in &mut bench.catalog.networks.value.as_mut().unwrap().subnets {
        subnet.free_addresses = 2;
    }
    let mut step = entered(&mut bench);
    type_into(&mut step, &mut bench, COUNT, "3");
    press(&mut step, &mut bench, &["tab", "tab", "right", "enter"]);
    assert_eq!(error(&step, SUBNET), Some("launch-details-subnet-full"));
    type_into(&mut step, &mut bench, COUNT, "2");
    assert!(bench.with(|world| step.check(world)));
}

#[test]
fn as_the_subnet_says_tells_what_that_is() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    let label = |step: &DetailsStep| match &step.form.field(PUBLIC_IP).unwrap().kind {
        crate::app::form::FieldKind::Choice { options, .. } => options[0].label.key(),
        _ => unreachable!("it is a choice"),
    };
    assert_eq!(label(&step), "launch-details-public-ip-as-subnet-yes", "all default subnets do");
    press(&mut step, &mut bench, &["tab", "right"]);
    assert_eq!(label(&step), "launch-details-public-ip-as-subnet", "none is chosen");
    press(&mut step, &mut bench, &["tab", "right"]);
    assert_eq!(label(&step), "launch-details-public-ip-as-subnet-no");
    press(&mut step, &mut bench, &["tab", "right"]);
    assert_eq!(step.public_ip(), PublicIp::Yes);
}

#[test]
fn a_profile_is_a_name_or_an_arn_that_ends_in_one() {
    for (typed, expected) in [
        ("", Ok(None)),
        (" web ", Ok(Some("web"))),
        ("arn:aws:iam::123456789012:instance-profile/web", Ok(Some("web"))),
        ("arn:aws-cn:iam::123456789012:instance-profile/team/path/web", Ok(Some("web"))),
        ("arn:aws:iam::123456789012:role/web", Err("launch-details-iam-profile-arn")),
        ("arn:aws", Err("launch-details-iam-profile-arn")),
        ("arn:aws:iam::123456789012:instance-profile/", Err("launch-details-iam-profile-wrong")),
        ("웹", Err("launch-details-iam-profile-wrong")),
        ("a b", Err("launch-details-iam-profile-wrong")),
    ] {
        let name = profile_name(typed);
        assert_eq!(name.as_ref().map(Option::as_deref).map_err(Text::key), expected, "{typed}");
    }
}

#[test]
fn enter_waits_for_the_file_and_then_goes_on() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    type_into(&mut step, &mut bench, USER_DATA, "~/setup.sh");
    assert!(!bench.with(|world| step.check(world)));
    let (id, task) = local_task(&mut bench).unwrap();
    assert_eq!(task, LocalTask::ReadUserData(PathBuf::from("/home/me/setup.sh")));
    assert!(!step.on_local(LocalId(99), &Ok(LocalDone::UserData(UserData::new(vec![0])))), "not ours");
    assert!(step.on_local(id, &Ok(LocalDone::UserData(UserData::new(b"#!/bin/sh".to_vec())))));
    assert!(bench.with(|world| step.check(world)));
    assert_eq!(local_task(&mut bench), None, "it is read once");
    assert_eq!(step.user_data(), Some(UserData::new(b"#!/bin/sh".to_vec())));
    assert_eq!(step.form.field(USER_DATA).unwrap().note, Some(text!("launch-details-user-data-read", count = 9)));
    bench.with(|world| step.press(key("x"), world));
    assert_eq!(step.user_data(), None, "another path, another file");
}

#[test]
fn leaving_the_field_reads_the_file_and_the_flow_stays() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    type_into(&mut step, &mut bench, USER_DATA, "big");
    press(&mut step, &mut bench, &["up"]);
    let (id, _) = local_task(&mut bench).unwrap();
    let cause = LocalCause::TooLarge { path: "big".to_owned(), limit: USER_DATA_BYTES };
    assert!(!step.on_local(id, &Err(Problem::local("ReadUserData", cause, "large"))));
    assert_eq!(error(&step, USER_DATA), Some("launch-details-user-data-large"));
    assert_eq!(step.form.value(USER_DATA), "big");
    assert!(!bench.with(|world| step.check(world)), "Enter reads again: the file may have shrunk");
    let (id, _) = local_task(&mut bench).unwrap();
    let large = UserData::new(vec![b'x'; USER_DATA_BYTES + 1]);
    assert!(!step.on_local(id, &Ok(LocalDone::UserData(large))));
    assert_eq!(error(&step, USER_DATA), Some("launch-details-user-data-large"));
    type_into(&mut step, &mut bench, USER_DATA, "");
    assert!(bench.with(|world| step.check(world)), "an empty path is no file");
}

#[test]
fn a_key_after_enter_takes_the_going_on_back() {
    let mut bench = Bench::full();
    let mut step = entered(&mut bench);
    type_into(&mut step, &mut bench, USER_DATA, "/x");
    press(&mut step, &mut bench, &["enter"]);
    let (id, _) = local_task(&mut bench).unwrap();
    press(&mut step, &mut bench, &["up"]);
    assert!(!step.on_local(id, &Ok(LocalDone::UserData(UserData::new(vec![1])))));
    assert!(step.user_data().is_some());
}

#[test]
fn a_tilde_is_the_home_folder_only_at_the_start() {
    let mut environment = Bench::new().environment;
    for (typed, path) in [("~", "/home/me"), ("~/a", "/home/me/a"), ("~me/a", "~me/a"), ("/a/~", "/a/~"), ("a", "a")] {
        assert_eq!(expanded(typed, &environment), PathBuf::from(path), "{typed}");
    }
    environment.home = None;
    assert_eq!(expanded("~/a", &environment), PathBuf::from("~/a"));
}
