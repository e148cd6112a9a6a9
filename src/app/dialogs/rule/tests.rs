use std::net::IpAddr;

use proptest::prelude::*;

use super::*;
use crate::app::launch::testing::Bench;
use crate::domain::id::RuleId;
use crate::message::{Effect, Read};

const ME: &str = "198.51.100.7";

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.catalog.my_ip.value = Some(ME.parse::<IpAddr>().unwrap());
    bench.inventory.groups.put([group(vec![])]);
    bench
}

fn group(inbound: Vec<Rule>) -> SecurityGroup {
    SecurityGroup {
        id: GroupId::new("sg-1"),
        name: "web".to_owned(),
        description: String::new(),
        vpc: None,
        inbound,
        outbound: vec![],
        tags: vec![],
    }
}

/// The service that tells one's own address answers as before.
fn told(world: &mut World<'_>) {
    if let Some(me) = world.catalog.my_ip.value {
        world.catalog.my_ip.answer(Ok(me), world.now);
    }
}

fn rule(traffic: Traffic, peer: Peer) -> Rule {
    Rule { id: RuleId::new("sgr-1"), traffic, peer, description: Some("kept".to_owned()), tags: vec![] }
}

/// The form with these answers, and what it would send.
fn answered(bench: &mut Bench, answers: &[(&str, &str)]) -> (Dialog, Option<NewRule>) {
    let group = bench.inventory.groups.rows[0].clone();
    let mut dialog = RuleDialog::new_rule(&group, Direction::Inbound, &bench.inventory, &bench.catalog);
    for (field, value) in answers {
        set(&mut dialog.form, field, value);
    }
    let mut sent = None;
    bench.with(|world| {
        dialog.fit(world);
        told(world);
        let owner = RuleDialog { group: group.id.clone(), direction: Direction::Inbound, old: None, was_me: true };
        sent = owner.rule(&mut dialog.form, world);
    });
    (dialog, sent)
}

#[test]
fn each_kind_of_rule_can_be_written() {
    for (answers, traffic, peer) in [
        (vec![("type", "SSH"), ("peer", "me")], Traffic::Tcp(22, 22), "198.51.100.7/32"),
        (vec![("type", "tcp"), ("ports", "8000-8100"), ("peer", "v4")], Traffic::Tcp(8000, 8100), "0.0.0.0/0"),
        (vec![("type", "udp"), ("ports", "53"), ("peer", "v6")], Traffic::Udp(53, 53), "::/0"),
        (vec![("type", "icmp"), ("peer", "me")], Traffic::Icmp(-1, -1), "198.51.100.7/32"),
        (vec![("type", "icmp"), ("icmp-type", "8"), ("peer", "me")], Traffic::Icmp(8, -1), "198.51.100.7/32"),
        (
            vec![("type", "icmpv6"), ("icmp-type", "128"), ("icmp-code", "0"), ("peer", "v6")],
            Traffic::Icmpv6(128, 0),
            "::/0",
        ),
        (vec![("type", "protocol"), ("protocol", "47"), ("peer", "me")], Traffic::Protocol(47), "198.51.100.7/32"),
        // EC2 keeps protocol 6 as TCP on all ports.
        (vec![("type", "protocol"), ("protocol", "6"), ("peer", "me")], Traffic::Tcp(0, 65_535), "198.51.100.7/32"),
        (vec![("type", "all"), ("peer", "cidr"), ("block", "10.1.2.3")], Traffic::All, "10.1.2.3/32"),
        (vec![("type", "all-tcp"), ("peer", "cidr"), ("block", "10.1.2.3/8")], Traffic::Tcp(0, 65_535), "10.0.0.0/8"),
        (
            vec![("type", "HTTPS"), ("peer", "cidr"), ("block", "2001:DB8::1")],
            Traffic::Tcp(443, 443),
            "2001:db8::1/128",
        ),
        (vec![("type", "HTTP"), ("peer", "group"), ("group", "sg-1")], Traffic::Tcp(80, 80), "sg-1"),
    ] {
        let (dialog, sent) = answered(&mut bench(), &answers);
        let sent = sent.unwrap_or_else(|| panic!("{answers:?}: {:?}", dialog.form));
        assert_eq!((sent.traffic, sent.peer.to_string().as_str()), (traffic, peer), "{answers:?}");
    }
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    for (answers, field) in [
        (vec![("type", "tcp"), ("ports", "")], PORTS),
        (vec![("type", "tcp"), ("ports", "80-20")], PORTS),
        (vec![("type", "icmp"), ("icmp-type", "256")], ICMP_TYPE),
        (vec![("type", "icmp"), ("icmp-code", "0")], ICMP_CODE),
        (vec![("type", "protocol"), ("protocol", "")], PROTOCOL),
        (vec![("type", "SSH"), ("peer", "cidr"), ("block", "1.2.3.4/33")], BLOCK),
        (vec![("type", "SSH"), ("peer", "list")], LIST),
        (vec![("type", "SSH"), ("description", "it's")], DESCRIPTION),
    ] {
        let (dialog, sent) = answered(&mut bench(), &answers);
        assert_eq!(sent, None, "{answers:?}");
        let wrong: Vec<_> = dialog.form.fields.iter().filter(|field| field.error.is_some()).map(|f| f.id).collect();
        assert_eq!(wrong, [field], "{answers:?}");
    }
}

#[test]
fn a_rule_that_is_there_is_not_sent_again() {
    let mut bench = bench();
    bench.inventory.groups.put([group(vec![rule(Traffic::Tcp(22, 22), Peer::host(ME.parse().unwrap()))])]);
    let (dialog, sent) = answered(&mut bench, &[("type", "SSH"), ("peer", "me")]);
    assert!(sent.is_none() && dialog.form.field(PEER).unwrap().error.is_some());
}

#[test]
fn without_an_address_my_ip_cannot_be_sent() {
    let mut bench = bench();
    bench.catalog.my_ip = crate::app::remote::Remote::default();
    let (dialog, sent) = answered(&mut bench, &[("type", "SSH"), ("peer", "me")]);
    assert!(sent.is_none() && dialog.form.field(PEER).unwrap().error.is_some());
}

/// How often the address was asked for since the last time.
fn asked(bench: &mut Bench) -> usize {
    let is_it = |effect: &Effect| matches!(effect, Effect::Read { read: Read::MyIp, .. });
    bench.effects().iter().filter(|effect| is_it(effect)).count()
}

#[test]
fn my_ip_is_asked_when_the_form_opens_and_whenever_the_source_turns_to_it() {
    let mut bench = bench();
    let group = bench.inventory.groups.rows[0].clone();
    let mut dialog = RuleDialog::new_rule(&group, Direction::Inbound, &bench.inventory, &bench.catalog);
    set(&mut dialog.form, TYPE, "SSH");
    let owner = RuleDialog { group: group.id.clone(), direction: Direction::Inbound, old: None, was_me: true };
    let said = |dialog: &Dialog| {
        dialog.form.field(PEER).unwrap().error.as_ref().map(|text| text.say(crate::text::Language::English))
    };
    bench.with(|world| {
        dialog.fit(world);
        assert_eq!(owner.rule(&mut dialog.form, world), None, "the known address may be an old one");
    });
    assert_eq!(asked(&mut bench), 1, "although one was known");
    assert_eq!(said(&dialog), Some(text!("group-my-ip-wait").say(crate::text::Language::English)));

    bench.with(|world| {
        world.catalog.my_ip.answer(Err(crate::app::launch::testing::refusal("x")), world.now);
        dialog.form.clear_errors();
        dialog.fit(world);
        assert_eq!(owner.rule(&mut dialog.form, world), None, "it could not be found out");
    });
    assert_eq!(said(&dialog), Some(text!("rule-wrong-my-ip").say(crate::text::Language::English)));
    assert_eq!(asked(&mut bench), 0, "not again and again");

    bench.with(|world| {
        set(&mut dialog.form, PEER, "v4");
        dialog.fit(world);
        set(&mut dialog.form, PEER, "me");
        dialog.fit(world);
    });
    assert_eq!(asked(&mut bench), 1, "turning to it asks again");
    bench.with(|world| {
        world.catalog.my_ip.answer(Ok("203.0.113.9".parse().unwrap()), world.now);
        dialog.form.clear_errors();
        dialog.fit(world);
        let peer = owner.rule(&mut dialog.form, world).map(|rule| rule.peer.to_string());
        assert_eq!(peer.as_deref(), Some("203.0.113.9/32"));
    });
}

fn any_traffic() -> impl Strategy<Value = Traffic> {
    let ports = (0..=u16::MAX, 1..=u16::MAX).prop_map(|(one, other)| (one.min(other), one.max(other)));
    prop_oneof![
        Just(Traffic::All),
        Just(Traffic::Tcp(0, u16::MAX)),
        Just(Traffic::Udp(0, u16::MAX)),
        ports.clone().prop_map(|(from, to)| Traffic::Tcp(from, to)),
        ports.prop_map(|(from, to)| Traffic::Udp(from, to)),
        (0..=255_i32, -1..=255_i32).prop_map(|(kind, code)| Traffic::Icmp(kind, code)),
        Just(Traffic::Icmp(-1, -1)),
        (0..=255_i32, -1..=255_i32).prop_map(|(kind, code)| Traffic::Icmpv6(kind, code)),
        prop::sample::select(vec![0_u8, 2, 47, 50, 132, 255]).prop_map(Traffic::Protocol),
        prop::sample::select(Traffic::all_well_known().map(|(traffic, _)| traffic).collect::<Vec<_>>()),
    ]
}

fn any_peer() -> impl Strategy<Value = Peer> {
    prop_oneof![
        (any::<u32>(), 0..=32_u8)
            .prop_map(|(bits, prefix)| Peer::V4(ipnet::Ipv4Net::new(bits.into(), prefix).unwrap().trunc())),
        (any::<u128>(), 0..=128_u8)
            .prop_map(|(bits, prefix)| Peer::V6(ipnet::Ipv6Net::new(bits.into(), prefix).unwrap().trunc())),
        Just(Peer::Group(GroupId::new("sg-elsewhere"))),
        Just(Peer::PrefixList(PrefixListId::new("pl-unknown"))),
    ]
}

proptest! {
    /// Opening a rule and sending it off unchanged would change nothing.
    #[test]
    fn editing_without_a_change_is_the_same_rule(traffic in any_traffic(), peer in any_peer()) {
        let mut bench = bench();
        let old = rule(traffic, peer);
        let group = group(vec![old.clone()]);
        bench.inventory.groups.put([group.clone()]);
        let mut dialog = RuleDialog::edit(&group, Direction::Inbound, &old, &bench.inventory, &bench.catalog);
        let owner = RuleDialog { group: group.id.clone(), direction: Direction::Inbound, old: Some(old.clone()), was_me: true };
        let mut sent = None;
        bench.with(|world| {
            dialog.fit(world);
            sent = owner.rule(&mut dialog.form, world);
        });
        prop_assert_eq!(sent, Some(old.as_new()), "{:?}", dialog.form);
    }

    /// Whatever is typed: it is refused with a reason, or it is a rule in EC2's form.
    #[test]
    fn whatever_is_typed_is_refused_or_canonical(
        kind in prop::sample::select(vec!["tcp", "udp", "icmp", "icmpv6", "protocol", "all", "SSH"]),
        end in prop::sample::select(vec!["me", "v4", "v6", "cidr", "group", "list"]),
        ports in ".{0,11}", block in "[0-9a-f.:/ ]{0,20}", number in ".{0,4}", description in ".{0,20}",
    ) {
        let answers = [
            ("type", kind), ("peer", end), ("ports", ports.as_str()), ("block", block.as_str()),
            ("icmp-type", number.as_str()), ("icmp-code", number.as_str()), ("protocol", number.as_str()),
            ("description", description.as_str()),
        ];
        let (dialog, sent) = answered(&mut bench(), &answers);
        match sent {
            None => prop_assert!(dialog.form.has_errors()),
            Some(rule) => {
                prop_assert!(check_description(&rule.description).is_ok());
                match rule.peer {
                    Peer::V4(net) => prop_assert_eq!(net, net.trunc()),
                    Peer::V6(net) => prop_assert_eq!(net, net.trunc()),
                    Peer::Group(_) | Peer::PrefixList(_) => {}
                }
                if let Traffic::Tcp(from, to) | Traffic::Udp(from, to) = rule.traffic {
                    prop_assert!(from <= to);
                }
            }
        }
    }
}
