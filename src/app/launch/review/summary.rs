//! The answers of each step in one line, from the plan that would be sent.

use crate::app::catalog::Catalog;
use crate::app::inventory::Inventory;
use crate::app::launch::{Launch, Step};
use crate::domain::launch_plan::{GroupChoice, LaunchPlan, PublicIp};
use crate::text;
use crate::text::Text;

/// The answers of a step.
#[must_use]
pub fn of(step: Step, plan: &LaunchPlan, launch: &Launch, catalog: &Catalog, inventory: &Inventory) -> Vec<Text> {
    match step {
        Step::Image => image(plan, launch, catalog),
        Step::InstanceType => instance_type(plan, launch, catalog),
        Step::Details => details(plan, launch),
        Step::Storage => plan
            .volumes
            .iter()
            .map(|volume| {
                text!("review-volume", gib = volume.size_gib, kind = volume.kind.as_str(), device = &volume.device)
            })
            .collect(),
        Step::Tags if plan.tags.is_empty() => vec![text!("review-no-tags")],
        Step::Tags => plan
            .tags
            .iter()
            .map(|tag| text!("review-tag", key = &tag.key, value = crate::domain::clean::clean(&tag.value)))
            .collect(),
        Step::SecurityGroup => groups(plan, inventory),
        Step::Review => Vec::new(),
    }
}

fn image(plan: &LaunchPlan, launch: &Launch, catalog: &Catalog) -> Vec<Text> {
    let Some(image) = launch.image.chosen(catalog) else { return vec![] };
    let name = launch.image.chosen_family().map_or(image.name.as_str(), |family| family.title());
    vec![
        text!("review-image", name = name, id = &plan.image, architecture = image.architecture.as_str()),
        text!("review-login-user", user = image.login_user()),
    ]
}

fn instance_type(plan: &LaunchPlan, launch: &Launch, catalog: &Catalog) -> Vec<Text> {
    let mut texts = Vec::new();
    if let Some(chosen) = launch.instance_type.chosen(catalog) {
        let memory = crate::app::launch::instance_type::gib(chosen.memory_mib);
        texts.push(text!("review-type", name = &chosen.name, vcpus = chosen.vcpus, memory = memory));
        if chosen.free_tier_eligible {
            texts.push(text!("review-eligible"));
        }
    }
    texts.extend(plan.credit_mode.map(|mode| text!("review-credits", mode = mode.as_str())));
    texts
}

fn details(plan: &LaunchPlan, launch: &Launch) -> Vec<Text> {
    let mut texts = vec![text!("review-count", count = plan.count)];
    texts.push(match (&plan.vpc, &plan.subnet) {
        (_, Some(subnet)) => text!("review-subnet", id = subnet),
        (Some(vpc), None) => text!("review-vpc", id = vpc),
        (None, None) => text!("review-default-vpc"),
    });
    match plan.public_ip {
        PublicIp::AsSubnet => {}
        PublicIp::Yes => texts.push(text!("review-public-ip")),
        PublicIp::No => texts.push(text!("review-no-public-ip")),
    }
    texts.extend(plan.iam_profile.as_ref().map(|name| text!("review-iam-profile", name = name)));
    let flags = [
        (plan.shutdown == crate::domain::launch_plan::ShutdownBehavior::Terminate, text!("review-shutdown-terminates")),
        (plan.termination_protection, text!("review-protected")),
        (plan.detailed_monitoring, text!("review-monitoring")),
        (plan.imdsv2_required, text!("review-imdsv2")),
        (!plan.imdsv2_required, text!("review-imdsv1")),
    ];
    texts.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, text)| text));
    let bytes = plan.user_data.as_ref().map(|data| data.as_bytes().len());
    texts.extend(bytes.map(|bytes| match (&plan.auto_stop, launch.details.user_data_path()) {
        (None, _) => text!("review-user-data", bytes = bytes),
        (Some(_), None) => text!("review-user-data-timer", bytes = bytes),
        (Some(_), Some(_)) => text!("review-user-data-both", bytes = bytes),
    }));
    texts.extend(launch.details.auto_stop_said().filter(|_| plan.auto_stop.is_some()));
    if plan.auto_stop.is_some() {
        texts.push(text!("review-auto-stop-depends"));
    }
    texts
}

fn groups(plan: &LaunchPlan, inventory: &Inventory) -> Vec<Text> {
    match &plan.groups {
        GroupChoice::New(group) => {
            let mut texts = vec![text!("review-new-group", name = &group.name)];
            for rule in &group.inbound {
                let traffic = super::super::group::name_of_traffic(rule.traffic);
                texts.push(text!("review-rule", traffic = traffic, peer = rule.peer.to_string()));
            }
            if group.inbound.is_empty() {
                texts.push(text!("review-no-rules"));
            }
            texts
        }
        GroupChoice::Existing(ids) => ids
            .iter()
            .map(|id| {
                let name = inventory.groups.get(id.as_str()).map_or("", |group| group.name.as_str());
                text!("review-existing-group", name = name, id = id)
            })
            .collect(),
    }
}
