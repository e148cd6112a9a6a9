//! Identifiers as newtypes, so that a subnet can never be passed where a group is meant.

use std::fmt;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the identifier as EC2 (or, for names, a person) wrote it.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier as text, as the API takes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )+};
}

ids! {
    /// `i-` and 17 (formerly 8) hexadecimal digits.
    InstanceId,
    /// `sg-...`
    GroupId,
    /// `sgr-...`, one security group rule.
    RuleId,
    /// `eipalloc-...`, an Elastic IP that belongs to the account.
    AllocationId,
    /// `eipassoc-...`, an Elastic IP on an interface.
    AssociationId,
    /// `key-...`
    KeyPairId,
    /// `ami-...`, valid in one region.
    ImageId,
    /// `vpc-...`
    VpcId,
    /// `subnet-...`
    SubnetId,
    /// `vol-...`
    VolumeId,
    /// `snap-...`
    SnapshotId,
    /// `eni-...`, a network interface.
    InterfaceId,
    /// `pl-...`, a managed prefix list.
    PrefixListId,
    /// `rtb-...`
    RouteTableId,
    /// `acl-...`
    NetworkAclId,
}
