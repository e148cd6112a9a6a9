//! The network part of step 3: VPC and subnet follow what the region has, and what is missing is named.

use super::{DetailsStep, PUBLIC_IP, SUBNET, VPC};
use crate::app::catalog::Catalog;
use crate::app::form::Choice;
use crate::domain::id::{SubnetId, VpcId};
use crate::domain::launch_plan::PublicIp;
use crate::domain::network::{Networks, Subnet, Vpc};
use crate::text;
use crate::text::Text;

impl DetailsStep {
    /// The chosen VPC; `None`: the default one.
    #[must_use]
    pub fn vpc(&self, catalog: &Catalog) -> Option<VpcId> {
        let chosen = self.form.value(VPC);
        let networks = catalog.networks.value.as_ref()?;
        networks.vpcs.iter().find(|vpc| vpc.id.as_str() == chosen && !vpc.is_default).map(|vpc| vpc.id.clone())
    }

    /// The chosen subnet; `None`: EC2 picks one of the default VPC's.
    #[must_use]
    pub fn subnet(&self) -> Option<SubnetId> {
        let chosen = self.form.value(SUBNET);
        (!chosen.is_empty()).then(|| SubnetId::new(chosen))
    }

    /// The chosen subnet, with all that is known of it.
    #[must_use]
    pub fn chosen_subnet<'a>(&self, catalog: &'a Catalog) -> Option<&'a Subnet> {
        let chosen = self.form.value(SUBNET);
        catalog.networks.value.as_ref()?.subnets.iter().find(|subnet| subnet.id.as_str() == chosen)
    }

    /// Whether the instance gets a public IPv4 address: as the form says or, when that is left to the subnet, as the
    /// subnet says. EC2 picks a default subnet where none is named; those give one unless somebody has changed them.
    #[must_use]
    pub fn gets_public_ip(&self, catalog: &Catalog) -> bool {
        match self.public_ip() {
            PublicIp::Yes => true,
            PublicIp::No => false,
            PublicIp::AsSubnet => match (self.chosen_subnet(catalog), &catalog.networks.value) {
                (Some(subnet), _) => subnet.public_by_default,
                (None, Some(networks)) => {
                    networks.subnets.iter().filter(|subnet| subnet.is_default).any(|subnet| subnet.public_by_default)
                }
                (None, None) => true,
            },
        }
    }

    /// What is missing for a launch in these networks: a region without default VPC needs a VPC and a subnet, a VPC
    /// other than the default one needs a subnet.
    #[must_use]
    pub fn missing_network(&self, catalog: &Catalog) -> Option<Text> {
        let networks = catalog.networks.value.as_ref()?;
        match self.shown_vpc(networks) {
            None => Some(text!("launch-details-vpc-needed")),
            Some(vpc) if networks.subnets_of(&vpc.id).next().is_none() => Some(text!("launch-details-no-subnet")),
            Some(vpc) if !vpc.is_default && self.subnet().is_none() => Some(text!("launch-details-subnet-needed")),
            Some(_) => None,
        }
    }

    /// The VPC that the form shows: the chosen one, or the default one when the choice is empty.
    pub(super) fn shown_vpc<'a>(&self, networks: &'a Networks) -> Option<&'a Vpc> {
        let chosen = self.form.value(VPC);
        networks.vpcs.iter().find(|vpc| vpc.id.as_str() == chosen)
    }

    /// Fits VPC and subnet to what the region has; what was chosen stays chosen if it is still there.
    pub(super) fn follow_networks(&mut self, catalog: &Catalog) {
        let Some(networks) = catalog.networks.value.as_ref() else {
            let note = catalog.networks.problem.as_ref().map(|problem| {
                let why = if problem.message.is_empty() { &problem.code } else { &problem.message };
                text!("launch-details-networks-failed", why = why)
            });
            if let Some(field) = self.form.field_mut(VPC) {
                field.note = note.or_else(|| Some(text!("launch-details-networks-wait")));
            }
            return;
        };
        let default = networks.default_vpc();
        let mut vpcs: Vec<Choice> = networks.vpcs.iter().map(vpc_choice).collect();
        if default.is_none() {
            vpcs.insert(0, Choice { value: String::new(), label: text!("launch-details-choose-vpc") });
        }
        if let Some(field) = self.form.field_mut(VPC) {
            // The placeholder of the time before the answer stands for the default VPC.
            if let Some(default) = default.filter(|_| field.value().is_empty()) {
                field.set_options(vpcs);
                field.set_value(default.id.as_str());
            } else {
                field.set_options(vpcs);
            }
            field.note = default.is_none().then(|| text!("launch-details-no-default-vpc"));
        }
        let vpc = self.shown_vpc(networks);
        let none = match vpc {
            Some(vpc) if networks.subnets_of(&vpc.id).next().is_none() => text!("launch-details-no-subnet"),
            Some(vpc) if vpc.is_default => text!("launch-details-any-subnet"),
            _ => text!("launch-details-choose-subnet"),
        };
        let mut subnets = vec![Choice { value: String::new(), label: none }];
        if let Some(vpc) = vpc {
            let mut of_vpc: Vec<&Subnet> = networks.subnets_of(&vpc.id).collect();
            of_vpc.sort_by(|a, b| (&a.zone, &a.id).cmp(&(&b.zone, &b.id)));
            subnets.extend(of_vpc.into_iter().map(subnet_choice));
        }
        if let Some(field) = self.form.field_mut(SUBNET) {
            field.set_options(subnets);
        }
        self.follow_public_ip(catalog);
    }

    /// Says what "as the subnet" means for the chosen subnet.
    pub(super) fn follow_public_ip(&mut self, catalog: &Catalog) {
        let networks = catalog.networks.value.as_ref();
        let known = match (self.chosen_subnet(catalog), networks.and_then(|networks| self.shown_vpc(networks))) {
            (Some(subnet), _) => Some(subnet.public_by_default),
            // Without a preference EC2 takes a default subnet.
            (None, Some(vpc)) if vpc.is_default => networks.and_then(|networks| {
                let mut defaults = networks.subnets_of(&vpc.id).filter(|subnet| subnet.is_default);
                let first = defaults.next()?.public_by_default;
                defaults.all(|subnet| subnet.public_by_default == first).then_some(first)
            }),
            _ => None,
        };
        let label = match known {
            Some(true) => text!("launch-details-public-ip-as-subnet-yes"),
            Some(false) => text!("launch-details-public-ip-as-subnet-no"),
            None => text!("launch-details-public-ip-as-subnet"),
        };
        if let Some(field) = self.form.field_mut(PUBLIC_IP) {
            field.set_options(vec![
                Choice { value: String::new(), label },
                Choice { value: "yes".to_owned(), label: text!("launch-details-yes") },
                Choice { value: "no".to_owned(), label: text!("launch-details-no") },
            ]);
        }
    }
}

fn vpc_choice(vpc: &Vpc) -> Choice {
    let mut words = vpc.id.to_string();
    for part in [vpc.name.clone(), vpc.cidr.map(|cidr| cidr.to_string())].into_iter().flatten() {
        words.push_str("  ");
        words.push_str(&part);
    }
    let label = if vpc.is_default {
        text!("launch-details-default-vpc-named", vpc = words)
    } else {
        text!("words", words = words)
    };
    Choice { value: vpc.id.to_string(), label }
}

fn subnet_choice(subnet: &Subnet) -> Choice {
    let mut words = subnet.id.to_string();
    if let Some(name) = &subnet.name {
        words.push_str("  ");
        words.push_str(name);
    }
    let label = text!("launch-details-subnet-named", zone = &subnet.zone, subnet = words, free = subnet.free_addresses);
    Choice { value: subnet.id.to_string(), label }
}
