//! Leaks in words.

use crate::app::instance_groups::label_of;
use crate::app::inventory::Inventory;
use crate::domain::instance_use::DAYS;
use crate::domain::leak::{Basis, Leak, Unpriced, What};
use crate::text;
use crate::text::Text;

/// What leaks.
#[must_use]
pub fn what(leak: &Leak, inventory: &Inventory) -> Text {
    match &leak.what {
        What::IdleAddress { .. } => text!("leak-idle-address"),
        What::AddressOnStopped { instance, .. } => {
            text!("leak-address-on-stopped", name = label_of(instance, inventory))
        }
        What::AddressOnLooseInterface { interface, .. } => {
            text!("leak-address-on-loose-interface", interface = interface)
        }
        What::LooseVolume(id) => {
            let size = inventory.volumes.get(id.as_str()).map(|volume| volume.size_gib).unwrap_or_default();
            text!("leak-loose-volume", size = size.to_string())
        }
        What::OrphanSnapshot { image, .. } => text!("leak-orphan-snapshot", image = image),
        What::StoppedVolumes { days: Some(days), .. } if leak.what.is_stopped_for_long() => {
            text!("leak-stopped-long", days = *days)
        }
        What::StoppedVolumes { days: Some(days), .. } => text!("leak-stopped-days", days = *days),
        What::StoppedVolumes { volumes, .. } => text!("leak-stopped-volumes", n = *volumes),
        What::IdleInstance { busiest, .. } => text!("leak-idle-instance", percent = format!("{busiest:.1}")),
        What::OldType { from, to, .. } => text!("leak-old-type", old = from.as_str(), new = to.as_str()),
        What::Surplus { credits, days, .. } => {
            text!("leak-surplus", credits = format!("{credits:.0}"), days = *days)
        }
    }
}

/// What it costs in a month, with the doubt that the amount has.
#[must_use]
pub fn month(leak: &Leak) -> Text {
    match (leak.month, leak.basis) {
        (Err(_), _) => text!("leak-unknown"),
        (Ok(amount), Basis::List) => text!("leak-month", amount = amount.to_string()),
        (Ok(amount), Basis::AtMost) => text!("leak-at-most", amount = amount.to_string()),
        (Ok(amount), Basis::Estimate) => text!("leak-estimate", amount = amount.to_string()),
    }
}

/// What the amount is, or why there is none.
#[must_use]
pub fn basis(leak: &Leak) -> Text {
    match (leak.month, leak.basis, &leak.what) {
        (Err(why), ..) => unpriced(why),
        (Ok(_), Basis::List, What::OldType { to, .. }) => text!("leak-basis-saving", new = to.as_str()),
        (Ok(_), Basis::List, _) => text!("leak-basis-list"),
        (Ok(_), Basis::AtMost, _) => text!("leak-basis-at-most"),
        (Ok(_), Basis::Estimate, What::Surplus { days, .. }) => text!("leak-basis-estimate", days = *days),
        (Ok(_), Basis::Estimate, _) => text!("leak-basis-estimate", days = DAYS),
    }
}

fn unpriced(why: Unpriced) -> Text {
    match why {
        Unpriced::Loading => text!("leak-why-loading"),
        Unpriced::NoPrices => text!("leak-why-no-prices"),
        Unpriced::NotListed => text!("leak-why-not-listed"),
        Unpriced::SizeUnknown => text!("leak-why-size"),
        Unpriced::Spot => text!("leak-why-spot"),
        Unpriced::Dedicated => text!("leak-why-dedicated"),
        Unpriced::OwnPool => text!("leak-why-own-pool"),
        Unpriced::Archived => text!("leak-why-archived"),
        Unpriced::NoOperation => text!("leak-why-no-operation"),
        Unpriced::OtherCurrency => text!("leak-why-currency"),
    }
}

/// What the key that ends it does.
#[must_use]
pub fn end(leak: &Leak) -> Text {
    match &leak.what {
        What::IdleAddress { .. } | What::AddressOnStopped { .. } | What::AddressOnLooseInterface { .. } => {
            text!("leak-end-release")
        }
        What::LooseVolume(_) | What::OrphanSnapshot { .. } => text!("leak-end-delete"),
        What::StoppedVolumes { .. } => text!("leak-end-terminate"),
        What::IdleInstance { .. } => text!("leak-end-stop"),
        What::OldType { .. } => text!("leak-end-change"),
        What::Surplus { .. } => text!("leak-end-standard"),
    }
}
