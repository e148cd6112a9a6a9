//! What the security groups pane shows.

use super::cell::{Cell, Column, Meaning, Row};
use crate::app::App;
use crate::domain::id::VpcId;
use crate::domain::security_group::SecurityGroup;
use crate::domain::tag::Tag;
use crate::tr;

pub(super) const COLUMNS: &[Column] = &[Column::Name, Column::Rules, Column::UsedBy, Column::Mark];

pub(super) const ALL_COLUMNS: &[Column] =
    &[Column::Name, Column::Id, Column::Vpc, Column::Rules, Column::UsedBy, Column::Mark, Column::Description];

/// How many instances carry a group, and how many network interfaces that are no instance's.
fn users(group: &SecurityGroup, app: &App) -> (usize, usize) {
    let instances = app.inventory.instances_in_group(group.id.as_str()).count();
    let others = app.inventory.interfaces_in_group(&group.id).filter(|interface| interface.instance.is_none()).count();
    (instances, others)
}

impl Row for SecurityGroup {
    fn cell(&self, column: Column, app: &App) -> Cell {
        let language = app.environment.language;
        match column {
            Column::Name => Cell::plain(&self.name),
            Column::Id => Cell::plain(self.id.as_str()),
            Column::Vpc => Cell::optional(self.vpc.as_ref().map(VpcId::as_str)),
            Column::Rules => Cell::plain(tr!(language, "count-rules", n = self.inbound.len())),
            Column::UsedBy => {
                let (users, others) = users(self, app);
                let text = match (users, others) {
                    (users, 0) => tr!(language, "count-instances", n = users),
                    (0, others) => tr!(language, "count-others", n = others),
                    (users, others) => tr!(language, "count-instances-and-others", n = users, others = others),
                };
                Cell::meaning(text, if users + others == 0 { Meaning::Dim } else { Meaning::Plain })
            }
            Column::Mark => match (self.rules_open_to_world().next(), users(self, app)) {
                (Some(rule), _) => {
                    let what = rule.traffic.type_text();
                    Cell::meaning(tr!(language, "mark-open-to-world", what = what), Meaning::Danger)
                }
                // A VPC's own default group is there whether anybody uses it or not.
                (None, (0, 0)) if app.inventory.instances.is_known() && self.name != "default" => {
                    Cell::meaning(tr!(language, "mark-unused"), Meaning::Dim)
                }
                (None, _) => Cell::meaning(tr!(language, "mark-fine"), Meaning::Good),
            },
            Column::Description => Cell::plain(&self.description),
            _ => Cell::nothing(),
        }
    }

    fn order(&self, column: Column, app: &App) -> Option<i64> {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        match column {
            Column::Rules => Some(count(self.inbound.len())),
            Column::UsedBy => Some(count(app.inventory.instances_in_group(self.id.as_str()).count())),
            Column::Mark => Some(i64::from(self.rules_open_to_world().next().is_none())),
            _ => None,
        }
    }

    fn tags(&self) -> &[Tag] {
        &self.tags
    }

    fn extra_words(&self) -> String {
        let rules: Vec<String> = self.inbound.iter().map(|rule| rule.peer.to_string()).collect();
        format!("{} {}", self.description, rules.join(" "))
    }
}
