//! A month's allowances as FreeTier counts them (`GetFreeTierUsage`): only those of which something was used are told,
//! so that a missing one proves nothing.

/// One allowance and its use in this month, over all regions.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// What it is of; `None`: of no concern to a server.
    pub meter: Option<Meter>,
    /// AWS's word, such as `Global-BoxUsage:freetier.micro`.
    pub usage_type: String,
    /// Used so far, by AWS's count, which is some hours behind.
    pub used: f64,
    /// What AWS expects by the end of the month.
    pub expected: f64,
    /// What the month allows.
    pub limit: f64,
    /// AWS's word, such as `Hrs` or `GB-Mo`.
    pub unit: String,
    /// AWS's words, such as `12 Months Free`.
    pub offer: String,
}

/// What a server uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meter {
    /// Hours of Linux instances of eligible types.
    LinuxHours,
    /// Hours of Windows instances of eligible types, counted for themselves.
    WindowsHours,
    /// Hours of public IPv4 addresses in use.
    AddressHours,
    /// GiB-months of EBS volumes.
    Storage,
}

impl Meter {
    /// The meter behind AWS's words for a use (`usageType` and `operation`), which begin with a region's code or
    /// `Global-`.
    #[must_use]
    pub fn of(usage_type: &str, operation: &str) -> Option<Self> {
        let usage = usage_type.to_ascii_lowercase();
        if usage.contains("boxusage") {
            // `RunInstances:0002` is Windows.
            return Some(if operation.contains(":0002") { Self::WindowsHours } else { Self::LinuxHours });
        }
        if usage.contains("publicipv4:inuse") {
            return Some(Self::AddressHours);
        }
        (usage.contains("ebs:volumeusage") && !usage.contains("snapshot")).then_some(Self::Storage)
    }

    /// The text key of its name.
    #[must_use]
    pub fn text_key(self) -> &'static str {
        match self {
            Self::LinuxHours => "meter-linux-hours",
            Self::WindowsHours => "meter-windows-hours",
            Self::AddressHours => "meter-address-hours",
            Self::Storage => "meter-storage",
        }
    }
}

/// The allowances of accounts that were opened before 15 July 2025 (AWS, "AWS Free Tier", legacy): hours of instances
/// and addresses, GiB-months of volumes. Used only where the person has said that the account is one of those and AWS
/// tells nothing.
#[must_use]
pub fn documented_limit(meter: Meter) -> f64 {
    match meter {
        Meter::LinuxHours | Meter::WindowsHours | Meter::AddressHours => 750.0,
        Meter::Storage => f64::from(super::free_tier::STORAGE_ALLOWANCE_GIB),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_told_by_its_words() {
        for (usage_type, operation, meter) in [
            ("Global-BoxUsage:freetier.micro", "RunInstances", Some(Meter::LinuxHours)),
            ("APN2-BoxUsage:freetier.micro", "RunInstances:0002", Some(Meter::WindowsHours)),
            ("Global-PublicIPv4:InUseAddress", "AllocateAddressVPC", Some(Meter::AddressHours)),
            ("PublicIPv4:IdleAddress", "", None),
            ("Global-EBS:VolumeUsage", "", Some(Meter::Storage)),
            ("EBS:VolumeIOUsage", "", None),
            ("EBS:SnapshotUsage", "", None),
            ("Global-DataTransfer-Out-Bytes", "", None),
        ] {
            assert_eq!(Meter::of(usage_type, operation), meter, "{usage_type}");
        }
    }
}
