//! Instance types, and the CPU credits of the T families.

use super::image::Architecture;

/// One instance type as `DescribeInstanceTypes` tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct InstanceType {
    /// For example `t3.micro`.
    pub name: String,
    /// Default number of virtual processors.
    pub vcpus: u32,
    /// Memory, MiB.
    pub memory_mib: u64,
    /// AWS's own words, such as `Up to 5 Gigabit`.
    pub network: String,
    /// Processor families it runs.
    pub architectures: Vec<Architecture>,
    /// The account's own mark, never a list in the code. It says nothing about credit that is left.
    pub free_tier_eligible: bool,
    /// Newest generation of its family.
    pub current_generation: bool,
    /// Has CPU credits (T families).
    pub burstable: bool,
    /// Runs Windows images with `hvm` virtualisation, as all we offer do.
    pub hvm: bool,
    /// No hypervisor: minutes to start, and dear.
    pub bare_metal: bool,
    /// Local disks, GB; 0 when there are none.
    pub instance_storage_gb: u64,
}

impl InstanceType {
    /// Whether it runs images of this architecture.
    #[must_use]
    pub fn fits(&self, architecture: Architecture) -> bool {
        self.architectures.contains(&architecture)
    }

    /// `t3` of `t3.micro`.
    #[must_use]
    pub fn family(&self) -> &str {
        family(&self.name)
    }

    /// What orders types from small to large: memory, processors, name. Current generations come first among equals.
    #[must_use]
    pub fn size_order(&self) -> (u64, u32, bool, &str) {
        (self.memory_mib, self.vcpus, !self.current_generation, &self.name)
    }
}

/// `t3` of `t3.micro`.
#[must_use]
pub fn family(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The smallest eligible type for the architecture: the launch flow's default. Without any eligible one, nothing:
/// the person chooses.
#[must_use]
pub fn smallest_eligible(types: &[InstanceType], architecture: Architecture) -> Option<&InstanceType> {
    types
        .iter()
        .filter(|t| t.free_tier_eligible && t.fits(architecture) && !t.bare_metal)
        .min_by_key(|t| t.size_order())
}

/// What happens when CPU credits are used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditMode {
    /// Slowed to the baseline; never costs more.
    Standard,
    /// Full speed, possibly billed.
    Unlimited,
}

impl CreditMode {
    /// The API's word (`CreditSpecification.CpuCredits`).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Unlimited => "unlimited",
        }
    }

    /// What EC2 takes when nothing is said (`RunInstances`, `CreditSpecification`): T2 standard, later families
    /// unlimited. An account can change it.
    #[must_use]
    pub fn default_of(instance_type: &str) -> Self {
        if family(instance_type) == "t2" { Self::Standard } else { Self::Unlimited }
    }
}

/// A T type's credits. One credit is one virtual processor at 100 % for one minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CreditRate {
    /// Credits earned per hour.
    pub earned_per_hour: f64,
    /// Speed that earning pays for, percent of each virtual processor.
    pub baseline_percent: f64,
    /// The most that is kept: 24 hours of earning.
    pub most: f64,
}

/// The rate of a T type. Source: EC2 user guide, burstable-credits-baseline-concepts, read November 2026.
#[must_use]
pub fn credit_rate(instance_type: &str) -> Option<CreditRate> {
    let (family, size) = instance_type.split_once('.')?;
    let (earned_per_hour, baseline_percent) = match (family, size) {
        ("t2", "nano") => (3.0, 5.0),
        ("t2", "micro") => (6.0, 10.0),
        ("t2", "small") => (12.0, 20.0),
        ("t2", "medium") => (24.0, 20.0),
        ("t2", "large") => (36.0, 30.0),
        ("t2", "xlarge") => (54.0, 22.5),
        ("t2", "2xlarge") => (81.6, 17.0),
        ("t3" | "t3a" | "t4g", "nano") => (6.0, 5.0),
        ("t3" | "t3a" | "t4g", "micro") => (12.0, 10.0),
        ("t3" | "t3a" | "t4g", "small") => (24.0, 20.0),
        ("t3" | "t3a" | "t4g", "medium") => (24.0, 20.0),
        ("t3" | "t3a" | "t4g", "large") => (36.0, 30.0),
        ("t3" | "t3a" | "t4g", "xlarge") => (96.0, 40.0),
        ("t3" | "t3a" | "t4g", "2xlarge") => (192.0, 40.0),
        _ => return None,
    };
    Some(CreditRate { earned_per_hour, baseline_percent, most: earned_per_hour * 24.0 })
}
