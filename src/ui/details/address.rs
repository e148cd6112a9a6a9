//! Details of an Elastic IP: what it is on, and whether it costs money for nothing.

use super::{add_instances, add_tags, value};
use crate::domain::address::Address;
use crate::tr;
use crate::ui::look::{DIM, MONEY, PLAIN};
use crate::ui::sheet::Sheet;
use crate::ui::view::View;

/// The page of one address.
pub(super) fn sheet(view: &View<'_>, address: &Address) -> Sheet {
    let language = view.look.language;
    let inventory = &view.app.inventory;
    let mut sheet = Sheet::default();
    let idle = inventory.is_idle(address);
    let cost = match (&address.association, idle) {
        (Some(on), true) if inventory.is_on_loose_interface(on) => {
            value(tr!(language, "details-address-on-loose-interface"), MONEY)
        }
        (None, _) => value(tr!(language, "details-address-idle"), MONEY),
        (Some(_), true) => value(tr!(language, "details-address-on-stopped"), MONEY),
        (Some(_), false) => value(tr!(language, "details-address-in-use"), DIM),
    };
    sheet.text(cost);
    sheet.gap();
    sheet.pair(tr!(language, "details-public"), value(address.ip.to_string(), PLAIN));
    if let Some(name) = &address.name {
        sheet.pair(tr!(language, "column-name"), value(name.as_str(), PLAIN));
    }
    sheet.pair(tr!(language, "details-allocation"), value(address.id.as_str(), PLAIN));
    if let Some(on) = &address.association {
        sheet.pair(tr!(language, "details-association"), value(on.id.as_str(), PLAIN));
        if let Some(interface) = &on.interface {
            sheet.pair(tr!(language, "details-interface"), value(interface.as_str(), PLAIN));
        }
        if let Some(ip) = on.private_ip {
            sheet.pair(tr!(language, "details-private"), value(ip.to_string(), PLAIN));
        }
        if let Some(id) = &on.instance {
            match inventory.instance(id) {
                Some(instance) => {
                    add_instances(&mut sheet, view, tr!(language, "details-on"), std::iter::once(instance));
                }
                None => sheet.pair(tr!(language, "details-on"), value(id.as_str(), PLAIN)),
            }
        }
    }
    add_tags(&mut sheet, view, &address.tags);
    sheet
}
