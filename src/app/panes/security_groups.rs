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

impl Row for SecurityGroup {
    fn cell(&self, column: Column, app: &App) -> Cell {
        let language = app.environment.language;
        match column {
            Column::Name => Cell::plain(&self.name),
            Column::Id => Cell::plain(self.id.as_str()),
            Column::Vpc => Cell::optional(self.vpc.as_ref().map(VpcId::as_str)),
            Column::Rules => Cell::plain(tr!(language, "count-rules", n = self.inbound.len())),
            Column::UsedBy => {
                let users = app.inventory.instances_in_group(self.id.as_str()).count();
                let text = tr!(language, "count-instances", n = users);
                Cell::meaning(text, if users == 0 { Meaning::Dim } else { Meaning::Plain })
            }
            Column::Mark => match self.rules_open_to_world().next() {
                Some(rule) => {
                    let what = rule.traffic.well_known().unwrap_or("TCP");
                    Cell::meaning(tr!(language, "mark-open-to-world", what = what), Meaning::Danger)
                }
                None => Cell::nothing(),
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
