//! Details of an instance: what people look up.

use ratatui::text::Span;

use super::{add_tags, named, rules, utc, value, with_note};
use crate::app::panes::age;
use crate::domain::instance::{Imds, Instance, InstanceState, Platform};
use crate::tr;
use crate::ui::look::{DANGER, DIM, GOOD, MONEY, PLAIN, STRONG, WARNING};
use crate::ui::sheet::{Sheet, Spans};
use crate::ui::view::View;

/// The page of one instance.
pub(super) fn sheet(view: &View<'_>, instance: &Instance) -> Sheet {
    let mut sheet = Sheet::default();
    add_summary(&mut sheet, view, instance);
    super::auto_stop::add(&mut sheet, view, instance);
    sheet.gap();
    add_addresses(&mut sheet, view, instance);
    add_login(&mut sheet, view, instance);
    add_reach(&mut sheet, view, instance);
    add_volumes(&mut sheet, view, instance);
    super::cost::add(&mut sheet, view, instance);
    add_rest(&mut sheet, view, instance);
    add_tags(&mut sheet, view, &instance.tags);
    sheet
}

fn add_summary(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let (app, look) = (view.app, view.look);
    let language = look.language;
    let state = app.operations.requested_state(&instance.id, instance.state);
    let style = look.state_style(state);
    let word = language.say(state.text_key());
    let sentence = match (state, instance.launched_at) {
        (InstanceState::Running, Some(at)) => {
            tr!(language, "details-state-for", state = word, time = age::long(at, app.now, language))
        }
        _ => word,
    };
    let state =
        vec![Span::styled(format!("{} ", look.state_sign(state)), style), Span::styled(sentence, style.patch(STRONG))];
    let mut kind = vec![Span::styled(instance.instance_type.clone(), STRONG)];
    let mut eligible = Vec::new();
    if let Some(facts) = app.catalog.types.get(&instance.instance_type) {
        kind.push(Span::raw(format!(
            "  {}  {}",
            tr!(language, "details-vcpus", n = facts.vcpus),
            tr!(language, "details-gib", size = gib(facts.memory_mib))
        )));
        if facts.free_tier_eligible {
            eligible = value(tr!(language, "details-free-tier"), GOOD);
        }
    }
    sheet.rows(vec![vec![state, checks(view, instance)], vec![kind, eligible]]);
    if let Some(reason) = instance.state_reason.as_deref().filter(|reason| !reason.is_empty())
        && instance.state != InstanceState::Running
    {
        sheet.text(value(reason, DIM));
    }
    if let Some(status) = app.inventory.statuses.get(instance.id.as_str()) {
        for event in &status.events {
            sheet.text(value(event.as_str(), WARNING));
        }
    }
}

fn checks(view: &View<'_>, instance: &Instance) -> Spans {
    let language = view.look.language;
    let status = view.app.inventory.statuses.get(instance.id.as_str());
    match status.filter(|_| instance.state == InstanceState::Running) {
        None => Vec::new(),
        Some(status) if status.passed() == 2 => value(tr!(language, "details-checks-passed"), GOOD),
        Some(status) if status.is_initializing() => value(tr!(language, "details-checks-running"), DIM),
        Some(status) => value(tr!(language, "details-checks-failed", n = status.passed()), DANGER),
    }
}

/// `0.5`, `1`, `16`.
fn gib(mib: u64) -> String {
    let (whole, rest) = (mib / 1024, mib % 1024);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{}", rest * 10 / 1024) }
}

fn add_addresses(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let language = view.look.language;
    let inventory = &view.app.inventory;
    let mut public: Vec<Spans> = inventory
        .addresses_of(&instance.id)
        .map(|address| {
            let mut spans = with_note(address.ip.to_string(), tr!(language, "details-elastic-ip"), GOOD);
            if inventory.is_idle(address) {
                spans.push(Span::styled(format!("  {}", tr!(language, "details-costs-for-nothing")), MONEY));
            }
            spans
        })
        .collect();
    if public.is_empty() {
        public.push(match instance.public_ip {
            Some(ip) => with_note(ip.to_string(), tr!(language, "details-changes-on-stop"), DIM),
            None => value(tr!(language, "details-no-public-ip"), DIM),
        });
    }
    for spans in public {
        sheet.pair(tr!(language, "details-public"), spans);
    }
    if let Some(ip) = instance.private_ip {
        sheet.pair(tr!(language, "details-private"), with_note(ip.to_string(), instance.zone.clone(), DIM));
    }
    for ip in &instance.ipv6 {
        sheet.pair("IPv6".to_owned(), value(ip.to_string(), PLAIN));
    }
    for (label, name) in [
        (tr!(language, "details-public-dns"), &instance.public_dns),
        (tr!(language, "details-private-dns"), &instance.private_dns),
    ] {
        if let Some(name) = name.as_deref().filter(|name| !name.is_empty()) {
            sheet.pair(label, value(name, PLAIN));
        }
    }
}

fn add_login(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let language = view.look.language;
    let inventory = &view.app.inventory;
    let key = match &instance.key_name {
        None => value(tr!(language, "details-no-key"), DIM),
        Some(name) => {
            let pair = inventory.key_pair_named(name);
            match pair.and_then(|pair| inventory.local_key_of(pair)) {
                Some(local) => {
                    let mut spans = with_note(name.as_str(), tr!(language, "mark-key-here"), GOOD);
                    let path = view.app.environment.short_path(&local.path);
                    spans.push(Span::styled(format!("  {path}"), DIM));
                    if local.open_to_others {
                        spans.push(Span::styled(format!("  {}", tr!(language, "mark-key-open")), DANGER));
                    }
                    spans
                }
                None if pair.is_none() && inventory.key_pairs.is_known() => {
                    with_note(name.as_str(), tr!(language, "details-key-gone"), WARNING)
                }
                None if inventory.local_keys.value.is_some() => {
                    with_note(name.as_str(), tr!(language, "mark-key-not-here"), WARNING)
                }
                None => value(name.as_str(), PLAIN),
            }
        }
    };
    sheet.pair(tr!(language, "details-key"), key);
    sheet.pair(tr!(language, "details-login"), value(view.app.login_user(instance), PLAIN));
    let image = match inventory.images.get(&instance.image) {
        Some(Some(image)) => named(Some(&image.name), instance.image.as_str()),
        _ => value(instance.image.as_str(), PLAIN),
    };
    sheet.pair(tr!(language, "details-image"), image);
}

fn add_reach(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let language = view.look.language;
    let groups = &view.app.inventory.groups;
    sheet.heading(tr!(language, "details-reach"));
    let listed: Vec<_> = instance.groups.iter().filter_map(|group| groups.get(group.id.as_str())).collect();
    let several = listed.len() > 1;
    let mut rows = Vec::new();
    for group in &listed {
        for mut row in rules::rows(view, group.inbound.iter(), true) {
            // With one group its name would only be noise.
            if several && let Some(note) = row.last_mut() {
                note.push(Span::styled(format!("  {}", group.name), DIM));
            }
            rows.push(row);
        }
    }
    if !rows.is_empty() {
        sheet.grid(rows);
    } else if groups.is_known() {
        sheet.text(value(format!(" {}", tr!(language, "details-nobody")), DIM));
    } else {
        sheet.text(value(format!(" {}", tr!(language, "empty-reading")), DIM));
    }
}

fn add_volumes(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let language = view.look.language;
    if instance.volumes.is_empty() {
        return;
    }
    sheet.heading(tr!(language, "details-volumes"));
    let rows = instance
        .volumes
        .iter()
        .map(|attached| {
            let volume = view.app.inventory.volumes.get(attached.id.as_str());
            let size = volume.map_or_else(String::new, |volume| {
                let kind = volume.kind.map_or("", |kind| kind.as_str());
                format!("{} {kind}", tr!(language, "details-gib", size = volume.size_gib.to_string()))
            });
            let fate = if attached.delete_on_termination {
                Span::styled(tr!(language, "details-volume-goes"), DIM)
            } else {
                Span::styled(tr!(language, "details-volume-stays"), PLAIN)
            };
            let mut notes = vec![fate];
            if volume.is_some_and(|volume| volume.encrypted) {
                notes.push(Span::styled(format!("  {}", tr!(language, "details-encrypted")), DIM));
            }
            vec![value(size, PLAIN), value(attached.device.clone(), PLAIN), value(attached.id.as_str(), DIM), notes]
        })
        .collect();
    sheet.grid(rows);
}

fn add_rest(sheet: &mut Sheet, view: &View<'_>, instance: &Instance) {
    let language = view.look.language;
    sheet.heading(tr!(language, "details-more"));
    let platform = instance.platform_details.clone().unwrap_or_else(|| {
        match instance.platform {
            Platform::Linux => "Linux",
            Platform::Windows => "Windows",
        }
        .to_owned()
    });
    let platform = match instance.architecture {
        Some(architecture) => with_note(platform, architecture.as_str(), DIM),
        None => value(platform, PLAIN),
    };
    sheet.pair(tr!(language, "details-platform"), platform);
    sheet.pair(tr!(language, "details-zone"), value(instance.zone.clone(), PLAIN));
    if let Some(vpc) = &instance.vpc {
        sheet.pair("VPC".to_owned(), value(vpc.as_str(), PLAIN));
    }
    if let Some(subnet) = &instance.subnet {
        sheet.pair(tr!(language, "details-subnet"), value(subnet.as_str(), PLAIN));
    }
    for group in &instance.groups {
        sheet.pair(tr!(language, "details-group"), named(Some(&group.name), group.id.as_str()));
    }
    let profile = match &instance.iam_profile {
        Some(profile) => value(profile.as_str(), PLAIN),
        None => value(tr!(language, "details-none"), DIM),
    };
    sheet.pair(tr!(language, "details-iam"), profile);
    let (imds, style) = match instance.imds {
        Imds::Required => (tr!(language, "details-imds-required"), PLAIN),
        Imds::Optional => (tr!(language, "details-imds-optional"), WARNING),
        Imds::Disabled => (tr!(language, "details-imds-disabled"), DIM),
    };
    sheet.pair("IMDS".to_owned(), value(imds, style));
    if instance.detailed_monitoring {
        let text = tr!(language, "details-monitoring-detailed");
        sheet.pair(tr!(language, "details-monitoring"), value(text, PLAIN));
    }
    if let Some(at) = instance.launched_at {
        sheet.pair(tr!(language, "details-launched"), value(utc(at), PLAIN));
    }
    for interface in &instance.interfaces {
        sheet.pair(tr!(language, "details-interface"), value(interface.id.as_str(), PLAIN));
    }
}
