//! Choosing among the security groups that the VPC has already.

use std::net::IpAddr;

use super::rules::MyIp;
use crate::app::inventory::Inventory;
use crate::domain::id::{GroupId, VpcId};
use crate::domain::limits::GROUPS_PER_INTERFACE;
use crate::domain::security_group::SecurityGroup;

/// The chosen groups, and the cursor in the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExistingGroups {
    /// In the order in which they were chosen.
    pub chosen: Vec<GroupId>,
    /// The row under the cursor.
    pub cursor: usize,
}

impl ExistingGroups {
    /// The groups of a VPC by name; of all VPCs when it is not known.
    #[must_use]
    pub fn offered<'a>(inventory: &'a Inventory, vpc: Option<&VpcId>) -> Vec<&'a SecurityGroup> {
        let in_vpc = |group: &&SecurityGroup| vpc.is_none() || group.vpc.is_none() || group.vpc.as_ref() == vpc;
        let mut groups: Vec<_> = inventory.groups.rows.iter().filter(in_vpc).collect();
        groups.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        groups
    }

    /// Chooses the group under the cursor, or lets it go; `false` when that would be one too many.
    pub fn toggle(&mut self, offered: &[&SecurityGroup]) -> bool {
        let Some(group) = offered.get(self.cursor) else { return true };
        if let Some(index) = self.chosen.iter().position(|id| *id == group.id) {
            self.chosen.remove(index);
            return true;
        }
        if self.chosen.len() >= GROUPS_PER_INTERFACE {
            return false;
        }
        self.chosen.push(group.id.clone());
        true
    }

    /// Forgets what is not offered (any more).
    pub fn keep_offered(&mut self, offered: &[&SecurityGroup]) {
        self.chosen.retain(|id| offered.iter().any(|group| group.id == *id));
        self.cursor = self.cursor.min(offered.len().saturating_sub(1));
    }

    /// Whether one of the chosen groups lets me reach a port; `None` when my address is not known.
    #[must_use]
    pub fn lets_me_in(&self, inventory: &Inventory, my_ip: MyIp, port: u16) -> Option<bool> {
        let MyIp::Known(address) = my_ip else { return None };
        Some(
            self.chosen
                .iter()
                .filter_map(|id| inventory.groups.get(id.as_str()))
                .any(|group| admits(group, address, port)),
        )
    }
}

/// Whether a group has a rule that lets `address` reach `port`.
#[must_use]
pub fn admits(group: &SecurityGroup, address: IpAddr, port: u16) -> bool {
    group.inbound.iter().any(|rule| rule.admits(address, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, vpc: &str) -> SecurityGroup {
        SecurityGroup {
            id: GroupId::new(id),
            name: id.to_owned(),
            description: String::new(),
            vpc: Some(VpcId::new(vpc)),
            inbound: vec![],
            outbound: vec![],
            tags: vec![],
        }
    }

    #[test]
    fn five_groups_and_no_more() {
        let groups: Vec<_> = (0..6).map(|n| group(&format!("sg-{n}"), "vpc-1")).collect();
        let offered: Vec<_> = groups.iter().collect();
        let mut existing = ExistingGroups::default();
        for cursor in 0..5 {
            existing.cursor = cursor;
            assert!(existing.toggle(&offered));
        }
        existing.cursor = 5;
        assert!(!existing.toggle(&offered));
        assert_eq!(existing.chosen.len(), 5);
        existing.cursor = 0;
        assert!(existing.toggle(&offered));
        assert_eq!(existing.chosen.len(), 4);
    }

    #[test]
    fn only_groups_of_the_vpc_are_offered() {
        let mut inventory = Inventory::default();
        inventory.groups.put([group("sg-b", "vpc-1"), group("sg-x", "vpc-2"), group("sg-a", "vpc-1")]);
        let names: Vec<_> =
            ExistingGroups::offered(&inventory, Some(&VpcId::new("vpc-1"))).iter().map(|g| g.name.clone()).collect();
        assert_eq!(names, ["sg-a", "sg-b"]);
    }
}
