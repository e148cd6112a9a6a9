//! VPCs and subnets, as far as a launch needs them.

use ipnet::Ipv4Net;

use super::id::{SubnetId, VpcId};

/// One VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    /// The id.
    pub id: VpcId,
    /// The `Name` tag.
    pub name: Option<String>,
    /// Primary address block.
    pub cidr: Option<Ipv4Net>,
    /// The one that EC2 takes when none is named.
    pub is_default: bool,
}

/// One subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// The id.
    pub id: SubnetId,
    /// Its VPC.
    pub vpc: VpcId,
    /// The `Name` tag.
    pub name: Option<String>,
    /// For example `ap-northeast-2a`.
    pub zone: String,
    /// Its address block.
    pub cidr: Option<Ipv4Net>,
    /// Free private addresses.
    pub free_addresses: u32,
    /// Whether instances get a public address unless told otherwise.
    pub public_by_default: bool,
    /// The zone's default subnet.
    pub is_default: bool,
}

/// The networks of a region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks {
    /// All VPCs, the default one first.
    pub vpcs: Vec<Vpc>,
    /// All subnets.
    pub subnets: Vec<Subnet>,
}

impl Networks {
    /// The default VPC, if the region still has one.
    #[must_use]
    pub fn default_vpc(&self) -> Option<&Vpc> {
        self.vpcs.iter().find(|vpc| vpc.is_default)
    }

    /// The subnets of a VPC.
    pub fn subnets_of<'a>(&'a self, vpc: &'a VpcId) -> impl Iterator<Item = &'a Subnet> {
        self.subnets.iter().filter(move |subnet| &subnet.vpc == vpc)
    }
}
