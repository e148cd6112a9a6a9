//! What the Elastic IPs pane shows.

use super::cell::{Cell, Column, Meaning, Row};
use crate::app::App;
use crate::domain::address::Address;
use crate::domain::instance::Instance;
use crate::domain::tag::Tag;
use crate::tr;

pub(super) const COLUMNS: &[Column] = &[Column::Address, Column::Name, Column::On];

pub(super) const ALL_COLUMNS: &[Column] =
    &[Column::Address, Column::Name, Column::On, Column::State, Column::PrivateIp, Column::Id, Column::Interface];

/// The instance that an address is on, when it is listed.
fn holder<'a>(address: &Address, app: &'a App) -> Option<&'a Instance> {
    app.inventory.instance(address.association.as_ref()?.instance.as_ref()?)
}

impl Row for Address {
    fn cell(&self, column: Column, app: &App) -> Cell {
        let language = app.environment.language;
        match column {
            Column::Address => Cell::plain(self.ip.to_string()),
            Column::Name => Cell::optional(self.name.as_deref()),
            Column::Id => Cell::plain(self.id.as_str()),
            Column::PrivateIp => {
                Cell::optional(self.association.as_ref().and_then(|on| on.private_ip).map(|ip| ip.to_string()))
            }
            Column::Interface => {
                Cell::optional(self.association.as_ref().and_then(|on| on.interface.as_ref()).map(ToString::to_string))
            }
            Column::State => match holder(self, app) {
                Some(instance) => {
                    let state = app.operations.requested_state(&instance.id, instance.state);
                    Cell::meaning(language.say(state.text_key()), Meaning::State(state))
                }
                None => Cell::nothing(),
            },
            Column::On => match &self.association {
                None => Cell::meaning(tr!(language, "mark-idle-address"), Meaning::Money),
                Some(on) => {
                    let instance = on.instance.as_ref();
                    let label = match instance.map(|id| (id, app.inventory.instance(id))) {
                        Some((_, Some(instance))) => instance.label().to_owned(),
                        Some((id, None)) => id.to_string(),
                        None => on.interface.as_ref().map(ToString::to_string).unwrap_or_default(),
                    };
                    if app.inventory.is_on_loose_interface(on) {
                        let text = tr!(language, "mark-address-on-loose-interface", interface = label);
                        Cell::meaning(text, Meaning::Money)
                    } else if app.inventory.is_idle(self) {
                        let text = tr!(language, "mark-address-on-stopped", name = label);
                        Cell::meaning(text, Meaning::Money)
                    } else {
                        Cell::plain(label)
                    }
                }
            },
            _ => Cell::nothing(),
        }
    }

    fn order(&self, column: Column, app: &App) -> Option<i64> {
        match column {
            Column::Address => Some(u32::from(self.ip).into()),
            Column::On => Some(i64::from(!app.inventory.is_idle(self))),
            Column::PrivateIp => {
                let ip = self.association.as_ref().and_then(|on| on.private_ip);
                Some(ip.map_or(-1, |ip| i64::from(u32::from(ip))))
            }
            Column::State => Some(holder(self, app).map_or(i64::MAX, |instance| instance.state as i64)),
            _ => None,
        }
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }
}
