//! What was seen becomes the facts of a check, and the check a finding.

use std::net::IpAddr;

use super::Examine;
use crate::app::world::{Wish, World};
use crate::domain::allow::{Candidate, lists_to_know};
use crate::domain::doctor::{
    Check, Finding, Missing, acl, address, console, key, login, route, rule, running, tcp, user,
};
use crate::domain::id::PrefixListId;
use crate::domain::image_family::ImageFamily;
use crate::domain::key_pair::LocalKey;
use crate::domain::login::{AddressKind, Login};
use crate::domain::problem::Problem;
use crate::domain::security_group::SecurityGroup;

impl Examine {
    /// A finding is known: whoever looks on sees it now.
    pub(super) fn say(&mut self, finding: Finding, world: &mut World<'_>) {
        self.findings.push(finding.clone());
        world.wish(Wish::Finding(Box::new(finding)));
    }

    /// The port that is looked at.
    pub(super) fn examined_port(&self, world: &World<'_>) -> u16 {
        let usual = || self.seen.instance.as_ref().map_or(22, |instance| world.inventory.usual_port(instance));
        self.port.unwrap_or_else(usual)
    }

    /// The instance is not running, is gone, or could not be looked at.
    pub(super) fn judge_state(&mut self, problem: Option<&Problem>, world: &mut World<'_>) {
        let finding = match problem {
            Some(problem) => Finding::blind(Check::Running, &Missing::from(problem)),
            None => running::check(self.seen.instance.as_deref(), Ok(None)),
        };
        self.say(finding, world);
    }

    pub(super) fn judge_status(&mut self, missing: Option<Missing>, world: &mut World<'_>) {
        let finding = {
            let status = world.inventory.statuses.get(self.id.as_str());
            running::check(self.seen.instance.as_deref(), missing.map_or(Ok(status), Err))
        };
        self.say(finding, world);
    }

    pub(super) fn judge_address(&mut self, world: &mut World<'_>) {
        self.choose_login(world);
        let Some(instance) = &self.seen.instance else { return };
        let elastic = world.inventory.address_of(&self.id);
        let finding = address::check(&address::Facts {
            instance,
            target: self.seen.target,
            elastic: self.seen.addresses.clone().map_or(Ok(elastic), Err),
            remembered: self.seen.remembered.as_deref(),
        });
        self.say(finding, world);
    }

    /// How a connection would go there now.
    fn choose_login(&mut self, world: &World<'_>) {
        let Some(instance) = &self.seen.instance else { return };
        let chosen = world.inventory.login_at(instance, self.port).ok();
        let remembered = world.inventory.remembered();
        let vpc = instance.vpc.as_ref();
        // A private address that nobody has asked for is the last resort of an instance without another.
        let meant = remembered.prefers_private(vpc) || remembered.jump(vpc).is_some();
        let chosen = chosen.filter(|(_, kind)| *kind != AddressKind::Private || meant);
        self.seen.login = chosen.map(|(login, _)| login);
        self.seen.target = self.seen.login.as_ref().and_then(|login: &Login| login.host().parse::<IpAddr>().ok());
    }

    pub(super) fn judge_route(&mut self, missing: Option<Missing>, world: &mut World<'_>) {
        let Some(instance) = &self.seen.instance else { return };
        let blocks = world.catalog.known_blocks();
        let read = instance.vpc.as_ref().and_then(|vpc| world.catalog.route_tables.get(vpc)?.value.as_deref());
        let finding = route::check(&route::Facts {
            subnet: instance.subnet.as_ref(),
            target: self.seen.target,
            me: self.seen.me.clone(),
            tables: missing.map_or(Ok(read.unwrap_or_default()), Err),
            blocks: &blocks,
        });
        self.say(finding, world);
    }

    pub(super) fn judge_acl(&mut self, missing: Option<Missing>, world: &mut World<'_>) {
        let Some(instance) = &self.seen.instance else { return };
        let read = instance.vpc.as_ref().and_then(|vpc| world.catalog.network_acls.get(vpc)?.value.as_deref());
        let finding = acl::check(&acl::Facts {
            subnet: instance.subnet.as_ref(),
            target: self.seen.target,
            port: self.examined_port(world),
            me: self.seen.me.clone(),
            acls: missing.map_or(Ok(read.unwrap_or_default()), Err),
        });
        self.say(finding, world);
    }

    fn groups<'a>(&self, world: &'a World<'_>) -> Vec<&'a SecurityGroup> {
        let carried = self.seen.instance.iter().flat_map(|instance| &instance.groups);
        carried.filter_map(|group| world.inventory.groups.get(group.id.as_str())).collect()
    }

    /// A prefix list that may hold one's own address and was not asked for yet.
    pub(super) fn list_to_know(&self, world: &World<'_>) -> Option<PrefixListId> {
        let groups = self.groups(world);
        let candidates: Vec<Candidate<'_>> = groups.iter().map(|group| Candidate { group, shared_by: 0 }).collect();
        let lists = lists_to_know(&candidates, self.examined_port(world), &world.catalog.known_blocks());
        lists.into_iter().find(|list| !self.seen.lists.contains(list))
    }

    pub(super) fn judge_rule(&mut self, missing: Option<Missing>, world: &mut World<'_>) {
        let finding = {
            let blocks = world.catalog.known_blocks();
            rule::check(&rule::Facts {
                target: self.seen.target,
                port: self.examined_port(world),
                me: self.seen.me.clone(),
                groups: missing.map_or_else(|| Ok(self.groups(world)), Err),
                who: &world.environment.who,
                blocks: &blocks,
                unread: self.seen.unread.as_ref(),
            })
        };
        self.say(finding, world);
    }

    /// The keys were looked for just now, and the login goes with what was found.
    pub(super) fn judge_key(&mut self, missing: Option<Missing>, world: &mut World<'_>) {
        self.choose_login(world);
        let Some(instance) = &self.seen.instance else { return };
        let name = instance.key_name.as_deref();
        let pair = name.and_then(|name| world.inventory.key_pair_named(name));
        let local = pair.and_then(|pair| world.inventory.local_key_of(pair));
        // One that is named after the pair is worth a word, if only that it is another.
        let local = local.or_else(|| {
            let named = |key: &&LocalKey| key.path.file_stem().and_then(|stem| stem.to_str()) == name;
            name.and_then(|_| world.inventory.local_keys.value.iter().flatten().find(named))
        });
        let finding = key::check(&key::Facts {
            service: self.service(),
            name,
            launched_at: instance.launched_at,
            pair: self.seen.pairs.clone().map_or(Ok(pair), Err),
            local: missing.map_or(Ok(local), Err),
        });
        self.say(finding, world);
    }

    pub(super) fn judge_user(&mut self, missing: Option<Missing>, world: &mut World<'_>) {
        let Some(instance) = &self.seen.instance else { return };
        let image = world.inventory.images.get(&instance.image).and_then(Option::as_ref);
        let remembered = world.inventory.remembered();
        let family = ImageFamily::of_image(image, instance.platform);
        let finding = user::check(self.service(), remembered.user(&family), missing.map_or(Ok(image), Err));
        // The image says who logs in, and it may be known only now.
        self.choose_login(world);
        self.say(finding, world);
    }

    pub(super) fn judge_port(&mut self, world: &mut World<'_>) {
        let (port, service) = (self.examined_port(world), self.service());
        let finding = tcp::check(self.seen.target, port, service, self.seen.reach.as_ref(), &self.findings);
        self.say(finding, world);
    }

    pub(super) fn judge_login(&mut self, world: &mut World<'_>) {
        let finding = {
            let console = world.inventory.consoles.get(&self.id).and_then(|console| console.value.as_ref());
            let facts = login::Facts {
                service: self.service(),
                user: self.seen.login.as_ref().map_or("", Login::user),
                login: self.seen.words.as_ref(),
                console: console.and_then(Option::as_deref),
            };
            login::check(&facts, &self.findings)
        };
        self.say(finding, world);
    }

    pub(super) fn judge_console(&mut self, world: &mut World<'_>) {
        let finding = {
            let read = world.inventory.consoles.get(&self.id).and_then(|console| console.value.as_ref());
            let text = read.and_then(Option::as_deref);
            console::check(self.seen.console.clone().map_or(Ok(text), Err))
        };
        self.say(finding, world);
    }
}
