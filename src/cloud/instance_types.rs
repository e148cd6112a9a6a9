//! Instance types that the region offers.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{amount, architecture, following, words};
use super::send::ask;
use crate::domain::instance_type::InstanceType;
use crate::domain::problem::Problem;
use crate::message::{Found, Page};

/// The largest page that this call takes.
const PAGE: i32 = 100;

/// The most values that a filter takes.
pub(super) const MOST_NAMED: usize = 200;

impl Cloud {
    /// `DescribeInstanceTypes`, page by page: all, or some by name (as a filter, which refuses no unknown name).
    pub(super) async fn instance_types(
        &self,
        names: Option<&[String]>,
        found: &mut (dyn FnMut(Found) + Send),
    ) -> Result<(), Problem> {
        let named = names
            .map(|names| vec![sdk::Filter::builder().name("instance-type").set_values(Some(names.to_vec())).build()]);
        let mut token = None;
        loop {
            let request = self
                .ec2()
                .describe_instance_types()
                .max_results(PAGE)
                .set_filters(named.clone())
                .set_next_token(token.clone());
            let page = ask!(self, "DescribeInstanceTypes", request)?;
            token = following(page.next_token(), token.as_ref());
            let rows = page.instance_types().iter().filter_map(instance_type).collect();
            found(Found::InstanceTypes(Page { rows, more: token.is_some() }));
            if token.is_none() {
                return Ok(());
            }
        }
    }
}

fn instance_type(from: &sdk::InstanceTypeInfo) -> Option<InstanceType> {
    let size = |number: Option<i64>| number.and_then(|number| number.try_into().ok()).unwrap_or_default();
    Some(InstanceType {
        name: words(Some(from.instance_type()?.as_str())),
        vcpus: amount(from.v_cpu_info().and_then(sdk::VCpuInfo::default_v_cpus)),
        memory_mib: size(from.memory_info().and_then(sdk::MemoryInfo::size_in_mib)),
        network: words(from.network_info().and_then(sdk::NetworkInfo::network_performance)),
        architectures: from
            .processor_info()
            .map(|processor| processor.supported_architectures().iter().map(|one| architecture(one.as_str())).collect())
            .unwrap_or_default(),
        free_tier_eligible: from.free_tier_eligible().unwrap_or_default(),
        current_generation: from.current_generation().unwrap_or_default(),
        burstable: from.burstable_performance_supported().unwrap_or_default(),
        hvm: from.supported_virtualization_types().contains(&sdk::VirtualizationType::Hvm),
        bare_metal: from.bare_metal().unwrap_or_default(),
        instance_storage_gb: size(from.instance_storage_info().and_then(sdk::InstanceStorageInfo::total_size_in_gb)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::image::Architecture;

    #[test]
    fn a_type_keeps_the_accounts_own_mark() {
        let from = sdk::InstanceTypeInfo::builder()
            .instance_type(sdk::InstanceType::T3Micro)
            .v_cpu_info(sdk::VCpuInfo::builder().default_v_cpus(2).build())
            .memory_info(sdk::MemoryInfo::builder().size_in_mib(1024).build())
            .processor_info(
                sdk::ProcessorInfo::builder()
                    .supported_architectures(sdk::ArchitectureType::I386)
                    .supported_architectures(sdk::ArchitectureType::X8664)
                    .build(),
            )
            .supported_virtualization_types(sdk::VirtualizationType::Hvm)
            .free_tier_eligible(true)
            .burstable_performance_supported(true)
            .build();
        let made = instance_type(&from).unwrap();
        assert_eq!((made.name.as_str(), made.vcpus, made.memory_mib), ("t3.micro", 2, 1024));
        assert!(made.free_tier_eligible && made.burstable && made.hvm && !made.bare_metal);
        assert_eq!(made.architectures, [Architecture::Other, Architecture::X86_64]);
    }
}
