//! Instance types of the demo account, from a table of real ones.

use std::sync::LazyLock;

use aws_sdk_ec2::operation::describe_instance_type_offerings::{
    DescribeInstanceTypeOfferingsInput, DescribeInstanceTypeOfferingsOutput,
};
use aws_sdk_ec2::operation::describe_instance_types::{DescribeInstanceTypesInput, DescribeInstanceTypesOutput};
use aws_sdk_ec2::types;

use super::fault::Fault;
use super::query::{keep, page, passes};
use super::table;
use super::tags::Tags;
use super::world::World;

/// One type of the table.
#[derive(Clone, Debug)]
pub(super) struct TypeRow {
    /// For example `t3.micro`.
    pub name: String,
    /// Virtual processors.
    pub vcpus: u32,
    /// Memory.
    pub memory_mib: u32,
    /// AWS's words.
    pub network: String,
    /// EC2's words.
    pub architectures: Vec<String>,
    /// `burst`, `free`, `old`, `metal`; see the table.
    pub flags: Vec<&'static str>,
    /// Local disk, GB.
    pub disk_gb: u32,
    /// Letters of the zones that lack it.
    pub not_in: Vec<char>,
}

static TYPES: LazyLock<Vec<TypeRow>> = LazyLock::new(|| {
    table::rows(include_str!("../../assets/demo/instance_types.tsv"))
        .map(|row| TypeRow {
            name: row.text(0).to_owned(),
            vcpus: row.number(1).unwrap_or_default(),
            memory_mib: row.number(2).unwrap_or_default(),
            network: row.text(3).to_owned(),
            architectures: row.list(4).into_iter().map(str::to_owned).collect(),
            flags: row.list(5),
            disk_gb: row.number(6).unwrap_or_default(),
            not_in: row.text(7).chars().collect(),
        })
        .collect()
});

/// The type with this name.
pub(super) fn find(name: &str) -> Option<&'static TypeRow> {
    TYPES.iter().find(|row| row.name == name)
}

/// Its virtual processors.
pub(super) fn vcpus(name: &str) -> u32 {
    find(name).map_or(0, |row| row.vcpus)
}

impl TypeRow {
    /// Has CPU credits.
    pub fn is_burstable(&self) -> bool {
        self.flags.contains(&"burst")
    }

    /// Free-tier eligible.
    pub fn is_eligible(&self) -> bool {
        self.flags.contains(&"free")
    }

    /// Previous generation.
    fn is_old(&self) -> bool {
        self.flags.contains(&"old")
    }

    /// Bare metal.
    fn is_metal(&self) -> bool {
        self.flags.contains(&"metal")
    }

    /// Whether a zone has it.
    pub fn is_in(&self, zone: &str) -> bool {
        zone.chars().last().is_some_and(|letter| !self.not_in.contains(&letter))
    }

    fn hypervisor(&self) -> types::InstanceTypeHypervisor {
        let xen = ["t1", "t2", "m3", "m4", "c4"].iter().any(|family| self.name.split('.').next() == Some(family));
        if xen { types::InstanceTypeHypervisor::Xen } else { types::InstanceTypeHypervisor::Nitro }
    }

    fn to_sdk(&self) -> types::InstanceTypeInfo {
        let vcpus = i32::try_from(self.vcpus).unwrap_or(i32::MAX);
        let architectures =
            self.architectures.iter().map(|word| types::ArchitectureType::from(word.as_str())).collect();
        let storage = (self.disk_gb > 0).then(|| {
            types::InstanceStorageInfo::builder()
                .total_size_in_gb(self.disk_gb.into())
                .disks(types::DiskInfo::builder().count(1).size_in_gb(self.disk_gb.into()).build())
                .build()
        });
        types::InstanceTypeInfo::builder()
            .instance_type(types::InstanceType::from(self.name.as_str()))
            .current_generation(!self.is_old())
            .free_tier_eligible(self.is_eligible())
            .supported_usage_classes(types::UsageClassType::OnDemand)
            .supported_usage_classes(types::UsageClassType::Spot)
            .supported_root_device_types(types::RootDeviceType::Ebs)
            .supported_virtualization_types(types::VirtualizationType::Hvm)
            .bare_metal(self.is_metal())
            .set_hypervisor((!self.is_metal()).then(|| self.hypervisor()))
            .processor_info(types::ProcessorInfo::builder().set_supported_architectures(Some(architectures)).build())
            .v_cpu_info(types::VCpuInfo::builder().default_v_cpus(vcpus).build())
            .memory_info(types::MemoryInfo::builder().size_in_mib(self.memory_mib.into()).build())
            .instance_storage_supported(self.disk_gb > 0)
            .set_instance_storage_info(storage)
            .network_info(types::NetworkInfo::builder().network_performance(&self.network).ipv6_supported(true).build())
            .burstable_performance_supported(self.is_burstable())
            .hibernation_supported(false)
            .build()
    }

    fn filter_values(&self, name: &str) -> Option<Vec<String>> {
        let one = |text: String| Some(vec![text]);
        match name {
            "instance-type" => one(self.name.clone()),
            "current-generation" => one((!self.is_old()).to_string()),
            "free-tier-eligible" => one(self.is_eligible().to_string()),
            "bare-metal" => one(self.is_metal().to_string()),
            "burstable-performance-supported" => one(self.is_burstable().to_string()),
            "processor-info.supported-architecture" => Some(self.architectures.clone()),
            "hypervisor" if self.is_metal() => Some(vec![]),
            "hypervisor" => one(self.hypervisor().as_str().to_owned()),
            "supported-virtualization-type" => one("hvm".to_owned()),
            "supported-root-device-type" => one("ebs".to_owned()),
            "supported-usage-class" => Some(vec!["on-demand".to_owned(), "spot".to_owned()]),
            "vcpu-info.default-vcpus" => one(self.vcpus.to_string()),
            "memory-info.size-in-mib" => one(self.memory_mib.to_string()),
            "instance-storage-supported" => one((self.disk_gb > 0).to_string()),
            _ => None,
        }
    }
}

/// `DescribeInstanceTypes`
pub(super) fn describe_types(
    _: &mut World,
    input: &DescribeInstanceTypesInput,
) -> Result<DescribeInstanceTypesOutput, Fault> {
    let asked: Vec<&str> = input.instance_types().iter().map(types::InstanceType::as_str).collect();
    if let Some(unknown) = asked.iter().find(|name| find(name).is_none()) {
        return Err(Fault::new(
            "InvalidInstanceType",
            format!("The following supplied instance types do not exist: [{unknown}]"),
        ));
    }
    let listed = TYPES.iter().filter(|row| asked.is_empty() || asked.contains(&row.name.as_str())).collect();
    let listed = keep(listed, |row: &&TypeRow| passes(input.filters(), &Tags::new(), |name| row.filter_values(name)))?;
    let paged = page(listed, input.max_results(), input.next_token(), (5, 100))?;
    let rows = paged.rows.into_iter().map(TypeRow::to_sdk).collect();
    Ok(DescribeInstanceTypesOutput::builder().set_instance_types(Some(rows)).set_next_token(paged.next_token).build())
}

/// `DescribeInstanceTypeOfferings`: by region, zone name or zone id.
pub(super) fn describe_offerings(
    world: &mut World,
    input: &DescribeInstanceTypeOfferingsInput,
) -> Result<DescribeInstanceTypeOfferingsOutput, Fault> {
    let kind = input.location_type().cloned().unwrap_or(types::LocationType::Region);
    let zones: Vec<(String, String)> = world.region.zone_names().collect();
    let mut offers: Vec<(&TypeRow, String)> = Vec::new();
    for row in TYPES.iter() {
        match kind {
            types::LocationType::AvailabilityZone => {
                offers.extend(zones.iter().filter(|(name, _)| row.is_in(name)).map(|(name, _)| (row, name.clone())));
            }
            types::LocationType::AvailabilityZoneId => {
                offers.extend(zones.iter().filter(|(name, _)| row.is_in(name)).map(|(_, id)| (row, id.clone())));
            }
            _ => offers.push((row, world.region.code.clone())),
        }
    }
    let offers = keep(offers, |(row, location)| {
        passes(input.filters(), &Tags::new(), |name| match name {
            "instance-type" => Some(vec![row.name.clone()]),
            "location" => Some(vec![location.clone()]),
            _ => None,
        })
    })?;
    let paged = page(offers, input.max_results(), input.next_token(), (5, 1000))?;
    let offers = paged.rows.into_iter().map(|(row, location)| {
        types::InstanceTypeOffering::builder()
            .instance_type(types::InstanceType::from(row.name.as_str()))
            .location_type(kind.clone())
            .location(location)
            .build()
    });
    let offers = offers.collect();
    Ok(DescribeInstanceTypeOfferingsOutput::builder()
        .set_instance_type_offerings(Some(offers))
        .set_next_token(paged.next_token)
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_whole() {
        assert!(TYPES.len() >= 60);
        for row in TYPES.iter() {
            assert!(row.name.contains('.') && row.vcpus > 0 && row.memory_mib >= 512, "{row:?}");
            assert!(!row.network.is_empty() && !row.architectures.is_empty(), "{row:?}");
            assert!(row.architectures.iter().all(|a| ["i386", "x86_64", "arm64"].contains(&a.as_str())), "{row:?}");
        }
    }

    #[test]
    fn the_eligible_types_are_the_six_of_newer_accounts() {
        let mut eligible: Vec<&str> =
            TYPES.iter().filter(|row| row.is_eligible()).map(|row| row.name.as_str()).collect();
        eligible.sort_unstable();
        assert_eq!(eligible, ["c7i-flex.large", "m7i-flex.large", "t3.micro", "t3.small", "t4g.micro", "t4g.small"]);
    }
}
