//! What is in a demo account when it opens.

use std::net::{IpAddr, Ipv4Addr};

use jiff::{SignedDuration, Timestamp};

use super::disks::NewDisk;
use super::images;
use super::instances::Phase;
use super::launch::Launch;
use super::permissions::{Peer, Scope};
use super::prefix_lists;
use super::regions::RegionRow;
use super::table::{self, Row};
use super::tags::Tags;
use super::types;
use super::volumes::Shape;
use super::world::World;

/// The region where the account lives.
pub(super) const HOME: &str = "ap-northeast-2";

/// The address under which the demo's own machine is seen (RFC 5737).
pub(super) const MY_IP: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

/// What an account holds from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seed {
    /// A small account that somebody has used for a year.
    LivedIn,
    /// The default network and nothing else.
    Empty,
    /// That many instances in the home region.
    Large(usize),
}

/// A region as it is when somebody first looks.
pub(super) fn grow(seed: Seed, region: &'static RegionRow, now: Timestamp) -> World {
    let mut world = World::empty(region, now);
    match seed {
        Seed::LivedIn => live_in(&mut world, now),
        Seed::Large(count) if region.code == HOME => fill(&mut world, now, count),
        Seed::Empty | Seed::Large(_) => {}
    }
    world.settle(now);
    world
}

fn rows_of(region: &str, table: &'static str) -> impl Iterator<Item = Row<'static>> {
    table::rows(table).filter(move |row| row.text(0) == region)
}

fn ago(now: Timestamp, age: Option<SignedDuration>) -> Timestamp {
    now.saturating_sub(age.unwrap_or_default()).unwrap_or(now)
}

fn live_in(world: &mut World, now: Timestamp) {
    let region = world.region.code.as_str();
    world.prefix_lists.extend(prefix_lists::of_region(world.region, true));
    for row in rows_of(region, include_str!("../../assets/demo/keys.tsv")) {
        // A line that is no key is left out; a test sees to it that there is none.
        let _ = world.add_key(row.text(1), row.text(4), ago(now, row.age(2)), row.tags(3));
    }
    for row in rows_of(region, include_str!("../../assets/demo/rules.tsv")) {
        add_rule(world, &row);
    }
    for row in rows_of(region, include_str!("../../assets/demo/instances.tsv")) {
        add_instance(world, &row, now);
    }
    for row in rows_of(region, include_str!("../../assets/demo/addresses.tsv")) {
        let Ok(ip) = row.text(1).parse() else { continue };
        if world.add_address(Some(ip), row.tags(3)).is_none() {
            continue;
        }
        let on = world.instances.iter().position(|i| i.tags.get("Name").is_some_and(|name| name == row.text(2)));
        if let Some(instance) = on {
            world.put_address(world.addresses.len() - 1, instance);
        }
    }
    world.now = now;
    if region == HOME {
        world.leave_old_shop();
    }
}

fn add_rule(world: &mut World, row: &Row) -> Option<()> {
    let name = row.text(1);
    let group = match world.groups.iter().find(|group| group.name == name) {
        Some(group) => group.id.clone(),
        None => world.add_group(name, row.text(2), row.tags(3)),
    };
    let peer = match row.text(7) {
        "me" => Peer::v4(&format!("{MY_IP}/32")).ok()?,
        block => Peer::v4(block).ok()?,
    };
    let port = |column| row.text(column).parse().ok();
    let scope = Scope::new(Some(row.text(4)), port(5), port(6), peer).ok()?;
    let description = Some(row.text(8)).filter(|text| !text.is_empty()).map(str::to_owned);
    world.add_permission(&group, false, scope, description, Tags::new());
    Some(())
}

fn add_instance(world: &mut World, row: &Row, now: Timestamp) -> Option<()> {
    let image = images::by_key(row.text(3))?;
    let zone = format!("{}{}", world.region.code, row.text(4));
    let mut tags = row.tags(11);
    tags.insert("Name".to_owned(), row.text(1).to_owned());
    let disks = row.list(10).into_iter().zip(["", "/dev/sdf", "/dev/sdg"]).filter_map(|(disk, device)| {
        let mut parts = disk.split(':');
        let shape = Shape::plain(parts.next()?.parse().ok()?, parts.next()?);
        let is_root = device.is_empty();
        Some(NewDisk {
            device: if is_root { image.root_device.clone() } else { device.to_owned() },
            shape,
            snapshot: is_root.then(|| image.snapshot(world.region)),
            delete_on_termination: parts.next() != Some("keep"),
        })
    });
    let launch = Launch {
        image,
        kind: types::find(row.text(2))?,
        count: 1,
        subnet: world.network.subnets.iter().position(|subnet| subnet.zone == zone)?,
        groups: vec![world.group_named(None, Some(row.text(9))).ok()?],
        wants_public: true,
        disks: disks.collect(),
        key: Some(row.text(8).to_owned()),
        volume_tags: tags.clone(),
        tags,
        interface_tags: Tags::new(),
        client_token: None,
    };
    world.now = ago(now, row.age(6));
    world.launch(&launch).ok()?;
    let stopped = ago(now, row.age(7));
    let instance = world.instances.last_mut()?;
    match row.text(5) {
        "running" => {
            instance.enter(Phase::Running, instance.launched);
            instance.reason = None;
        }
        "stopped" => {
            instance.enter(Phase::Stopped, stopped);
            let code = "Client.UserInitiatedShutdown";
            instance.reason = Some((code.to_owned(), format!("{code}: User initiated shutdown")));
            instance.public_ip = None;
        }
        _ => {}
    }
    world.now = now;
    Some(())
}

/// Many instances: sizes, zones, ages and states vary in a fixed pattern.
fn fill(world: &mut World, now: Timestamp, count: usize) {
    const KINDS: [(&str, &str); 4] = [
        ("t3.micro", "al2023-x86_64"),
        ("t4g.small", "noble-arm64"),
        ("m7i.large", "debian13-x86_64"),
        ("t3.small", "jammy-x86_64"),
    ];
    const TEAMS: [&str; 5] = ["web", "data", "batch", "search", "billing"];
    world.vcpu_limit = u32::MAX;
    let groups: Vec<String> = TEAMS
        .iter()
        .map(|team| world.add_group(&format!("team-{team}"), &format!("Servers of {team}"), Tags::new()))
        .collect();
    let subnets = world.network.subnets.len();
    for number in 0..count {
        let (kind, image) = KINDS[number % KINDS.len()];
        let team = number % TEAMS.len();
        let (Some(kind), Some(image)) = (types::find(kind), images::by_key(image)) else { continue };
        let tags = Tags::from([
            ("Name".to_owned(), format!("{}-{:04}", TEAMS[team], number + 1)),
            ("Team".to_owned(), TEAMS[team].to_owned()),
        ]);
        let launch = Launch {
            image,
            kind,
            count: 1,
            subnet: number % subnets,
            groups: vec![groups[team].clone()],
            wants_public: true,
            disks: vec![NewDisk {
                device: image.root_device.clone(),
                shape: Shape::plain(image.root_gib, &image.root_type),
                snapshot: Some(image.snapshot(world.region)),
                delete_on_termination: true,
            }],
            key: None,
            volume_tags: Tags::new(),
            tags,
            interface_tags: Tags::new(),
            client_token: None,
        };
        let hours = i64::try_from(number % 2_000).unwrap_or_default();
        world.now = ago(now, Some(SignedDuration::from_hours(hours + 1)));
        if world.launch(&launch).is_err() {
            // The network is full.
            break;
        }
        let Some(instance) = world.instances.last_mut() else { break };
        instance.reason = None;
        if number % 10 == 9 {
            instance.public_ip = None;
            instance.enter(Phase::Stopped, instance.launched);
        } else {
            instance.enter(Phase::Running, instance.launched);
        }
    }
    world.now = now;
}
