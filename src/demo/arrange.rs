//! How tests arrange a demo account behind the program's back, and see what became of it. All of it is about the home
//! region (Seoul); no call of the program is counted or answered here.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use jiff::SignedDuration;

use super::DemoAccount;
use super::instance_connect::SentKey;
use super::instances::Instance;
use super::metrics::Load;
use super::permissions::{Peer, Scope};
use super::seed::HOME;
use super::tags::Tags;
use super::ways::{AclEntry, DemoRoute};
use super::world::World;

/// One rule of a security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoRule {
    /// `sgr-...`
    pub id: String,
    /// `tcp`, `udp`, `icmp`, `icmpv6`, `-1` or a number.
    pub protocol: String,
    /// From and to, or ICMP type and code, where the protocol has them.
    pub ports: Option<(i32, i32)>,
    /// A canonical block, or the id of a group or prefix list.
    pub peer: String,
    /// The description, when there is one.
    pub description: Option<String>,
    /// Whether it is an outbound rule.
    pub egress: bool,
}

impl DemoAccount {
    /// Adds an inbound rule to the group of this name and tells the rule's id; `peer` is a block, `sg-...` or `pl-...`.
    /// `None`: there is no such group, or EC2 would not take the rule.
    #[must_use]
    pub fn given_rule(
        &self,
        group: &str,
        protocol: &str,
        from: i32,
        to: i32,
        peer: &str,
        description: &str,
    ) -> Option<String> {
        self.home(|world| {
            let group = world.group_named(None, Some(group)).ok()?;
            let peer = match peer {
                id if id.starts_with("sg-") => Peer::Group(id.to_owned()),
                id if id.starts_with("pl-") => Peer::PrefixList(id.to_owned()),
                block if block.contains(':') => Peer::v6(block).ok()?,
                block => Peer::v4(block).ok()?,
            };
            let scope = Scope::new(Some(protocol), Some(from), Some(to), peer).ok()?;
            let description = Some(description.to_owned()).filter(|text| !text.is_empty());
            Some(world.add_permission(&group, false, scope, description, Tags::new()))
        })?
    }

    /// Gives an instance one more security group; both by name. Whether both exist.
    #[must_use]
    pub fn put_in_group(&self, instance: &str, group: &str) -> bool {
        let put = self.home(|world| {
            let group = world.group_named(None, Some(group)).ok()?;
            let instance = named(world, instance)?;
            let groups = &mut world.instances[instance].groups;
            if !groups.contains(&group) {
                groups.push(group);
            }
            Some(())
        });
        put.flatten().is_some()
    }

    /// What becomes of the route to the internet.
    pub fn set_internet_route(&self, route: DemoRoute) {
        self.home(|world| world.network.internet = route);
    }

    /// Adds an entry to the network ACL that denies this block (on these ports; `None`: everything).
    pub fn deny_in_acl(&self, number: i32, egress: bool, block: &str, ports: Option<(i32, i32)>) {
        let entry = AclEntry { number, egress, allows: false, ports, block: block.to_owned() };
        self.home(|world| world.network.acl_entries.push(entry));
    }

    /// Lets the network ACL let everything through again.
    pub fn reset_acl(&self) {
        self.home(|world| world.network.acl_entries = AclEntry::usual());
    }

    /// The operating system of the instance of this name fails its status check until the next boot. Whether there is
    /// such an instance.
    #[must_use]
    pub fn impair(&self, instance: &str) -> bool {
        self.instance(instance, |instance| instance.impaired = true)
    }

    /// What the instance of this name prints on its console until the next boot. Whether there is such an instance.
    #[must_use]
    pub fn set_console(&self, instance: &str, text: &str) -> bool {
        self.instance(instance, |instance| instance.console = Some(text.to_owned()))
    }

    /// The administrator's password of the instance of this name, in clear; empty when there is no such instance.
    #[must_use]
    pub fn password_of(&self, instance: &str) -> String {
        let password = self.home(|world| Some(super::console::password(&world.instances[named(world, instance)?])));
        password.flatten().unwrap_or_default()
    }

    /// The keys that instances were sent by EC2 Instance Connect, in order.
    #[must_use]
    pub fn sent_keys(&self) -> Vec<SentKey> {
        self.home(|world| world.sent_keys.clone()).unwrap_or_default()
    }

    /// The instance of this name has an instance profile of this name. Whether there is such an instance.
    #[must_use]
    pub fn set_profile(&self, instance: &str, profile: &str) -> bool {
        self.instance(instance, |instance| instance.profile = Some(profile.to_owned()))
    }

    /// The key pair of this name gets another public half (an OpenSSH line), as if it had been made with it. Whether
    /// there is such a key pair and EC2 would take the line.
    #[must_use]
    pub fn set_public_key(&self, name: &str, line: &str) -> bool {
        let set = self.home(|world| {
            let place = world.keys.iter().position(|key| key.name == name)?;
            let (created, tags) = (world.keys[place].created, world.keys[place].tags.clone());
            world.add_key(name, line, created, tags).ok()?;
            world.keys.swap_remove(place);
            Some(())
        });
        set.flatten().is_some()
    }

    /// The instance of this name gets another public address: its Elastic IP, if it has one, becomes this one. `None`:
    /// it has none any more. Whether there is such an instance.
    #[must_use]
    pub fn set_public_address(&self, instance: &str, address: Option<Ipv4Addr>) -> bool {
        let set = self.home(|world| {
            let place = named(world, instance)?;
            let id = world.instances[place].id.clone();
            let elastic = world.addresses.iter_mut().find(|elastic| elastic.is_on(&id));
            match (elastic, address) {
                (Some(elastic), Some(address)) => elastic.ip = address,
                (Some(elastic), None) => elastic.association = None,
                (None, _) => world.instances[place].public_ip = address,
            }
            Some(())
        });
        set.flatten().is_some()
    }

    /// Gives the instance of this name another one, which may be anything that EC2 takes. Whether there is such an
    /// instance.
    #[must_use]
    pub fn rename(&self, instance: &str, name: &str) -> bool {
        self.instance(instance, |instance| {
            instance.tags.insert("Name".to_owned(), name.to_owned());
        })
    }

    /// The instance of this name was launched this very moment. Whether there is such an instance.
    #[must_use]
    pub fn launched_now(&self, instance: &str) -> bool {
        let launched = self.home(|world| {
            let (place, now) = (named(world, instance)?, world.now);
            world.instances[place].launched = now;
            Some(())
        });
        launched.flatten().is_some()
    }

    /// The instance of this name has used its CPU this much (percent of the whole machine) for so long, and goes on so.
    /// Whether there is such an instance.
    #[must_use]
    pub fn set_load(&self, instance: &str, percent: f64, for_the_last: SignedDuration) -> bool {
        self.load(instance, |load, now| {
            load.percent = Some((now.saturating_sub(for_the_last).unwrap_or(now), percent));
        })
    }

    /// The instance of this name is charged for so many surplus CPU credits each hour. Whether there is such an instance.
    #[must_use]
    pub fn set_surplus(&self, instance: &str, credits_per_hour: f64) -> bool {
        self.load(instance, |load, _| load.surplus_per_hour = Some(credits_per_hour))
    }

    fn load(&self, instance: &str, change: impl FnOnce(&mut Load, jiff::Timestamp)) -> bool {
        let changed = self.home(|world| {
            let id = world.instances[named(world, instance)?].id.clone();
            let now = world.now;
            change(world.loads.entry(id).or_default(), now);
            Some(())
        });
        changed.flatten().is_some()
    }

    /// The rules of the group of this name, in the order in which they were made; none when there is no such group.
    #[must_use]
    pub fn rules_of(&self, group: &str) -> Vec<DemoRule> {
        let rules = self.home(|world| {
            let group = world.group_named(None, Some(group)).ok()?;
            let rules = world.permissions.iter().filter(|rule| rule.group == group).map(|rule| DemoRule {
                id: rule.id.clone(),
                protocol: rule.scope.protocol.clone(),
                ports: rule.scope.ports,
                peer: rule.scope.peer.to_string(),
                description: rule.description.clone(),
                egress: rule.egress,
            });
            Some(rules.collect())
        });
        rules.flatten().unwrap_or_default()
    }

    /// The Elastic IPs: allocation, address, and the name of the instance that it is on.
    #[must_use]
    pub fn addresses(&self) -> Vec<(String, String, Option<String>)> {
        let addresses = self.home(|world| {
            let on = |address: &super::addresses::Address| {
                let instance = world.instances.iter().find(|instance| address.is_on(&instance.id))?;
                Some(instance.tags.get("Name").unwrap_or(&instance.id).clone())
            };
            world.addresses.iter().map(|one| (one.id.clone(), one.ip.to_string(), on(one))).collect()
        });
        addresses.unwrap_or_default()
    }

    /// The names of the security groups of the instance of this name, in its own order.
    #[must_use]
    pub fn groups_of(&self, instance: &str) -> Vec<String> {
        let groups = self.home(|world| {
            let groups = &world.instances[named(world, instance)?].groups;
            Some(groups.iter().filter_map(|id| world.group(id).ok()).map(|group| group.name.clone()).collect())
        });
        groups.flatten().unwrap_or_default()
    }

    /// The id of the security group of this name; empty when there is none.
    #[must_use]
    pub fn group_id(&self, name: &str) -> String {
        let id = self.home(|world| world.groups.iter().find(|group| group.name == name).map(|group| group.id.clone()));
        id.flatten().unwrap_or_default()
    }

    /// The id of the prefix list of this name; empty when there is none.
    #[must_use]
    pub fn prefix_list_id(&self, name: &str) -> String {
        self.home(|world| super::prefix_lists::id_of(world, name)).flatten().unwrap_or_default()
    }

    /// The names of the security groups.
    #[must_use]
    pub fn group_names(&self) -> Vec<String> {
        self.home(|world| world.groups.iter().map(|group| group.name.clone()).collect()).unwrap_or_default()
    }

    /// The names of the key pairs.
    #[must_use]
    pub fn key_names(&self) -> Vec<String> {
        self.home(|world| world.keys.iter().map(|key| key.name.clone()).collect()).unwrap_or_default()
    }

    /// Tags anything, by its id, without asking whether EC2's own form would take the key. Whether it is there.
    #[must_use]
    pub fn put_tag(&self, id: &str, key: &str, value: &str) -> bool {
        let put = self.home(|world| world.tags_mut(id).ok().map(|tags| tags.insert(key.to_owned(), value.to_owned())));
        put.flatten().is_some()
    }

    /// The tags of anything, by its id.
    #[must_use]
    pub fn tags_of(&self, id: &str) -> BTreeMap<String, String> {
        self.home(|world| world.tags_mut(id).ok().cloned()).flatten().unwrap_or_default()
    }

    fn instance(&self, name: &str, act: impl FnOnce(&mut Instance)) -> bool {
        self.home(|world| named(world, name).map(|place| act(&mut world.instances[place]))).flatten().is_some()
    }

    fn home<T>(&self, act: impl FnOnce(&mut World) -> T) -> Option<T> {
        self.account.with_world(HOME, act)
    }
}

/// The place of the instance of this name that is still there.
fn named(world: &World, name: &str) -> Option<usize> {
    world.instances.iter().position(|one| one.is_there() && one.tags.get("Name").is_some_and(|own| own == name))
}
