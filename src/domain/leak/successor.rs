//! A cheaper type that is at least as good: by what `DescribeInstanceTypes` and the Price List say, not by a table of
//! names.

use crate::domain::image::Architecture;
use crate::domain::instance_type::InstanceType;
use crate::domain::money::Money;
use crate::domain::price::Prices;

/// The type that is to take the place of a previous-generation one, and what the old one costs more an hour; nothing
/// when the API does not call it previous, or nothing cheaper is as good.
#[must_use]
pub fn successor<'a>(
    old: &InstanceType,
    architecture: Option<Architecture>,
    operation: &str,
    types: &'a [InstanceType],
    prices: &Prices,
) -> Option<(&'a InstanceType, Money)> {
    if old.current_generation {
        return None;
    }
    let price = prices.instance_hour(operation, &old.name)?;
    let rank = |one: &InstanceType, hour: Money| {
        (
            class(one.family()) != class(old.family()),
            size(&one.name) != size(&old.name),
            attributes(one.family()) != attributes(old.family()),
            hour,
            one.name.clone(),
        )
    };
    types
        .iter()
        .filter(|one| is_as_good(one, old, architecture))
        .filter_map(|one| Some((one, prices.instance_hour(operation, &one.name)?)))
        .filter(|(_, hour)| *hour < price)
        .min_by_key(|(one, hour)| rank(one, *hour))
        .map(|(one, hour)| (one, price - hour))
}

fn is_as_good(one: &InstanceType, old: &InstanceType, architecture: Option<Architecture>) -> bool {
    one.current_generation
        && one.hvm
        && !one.bare_metal
        && one.burstable == old.burstable
        && one.vcpus >= old.vcpus
        && one.memory_mib >= old.memory_mib
        && one.instance_storage_gb >= old.instance_storage_gb
        // Whose processor AWS itself slows down below full use; no field of the API tells these.
        && !one.family().contains("-flex")
        && match architecture {
            Some(architecture) => one.fits(architecture),
            None => old.architectures.iter().all(|each| one.fits(*each)),
        }
}

/// `t` of `t3a`, `m` of `m6i`: what the family is for.
fn class(family: &str) -> &str {
    family.split(|c: char| c.is_ascii_digit()).next().unwrap_or(family)
}

/// `a` of `t3a`, nothing of `t3`: what is special about the family.
fn attributes(family: &str) -> &str {
    family.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches(|c: char| c.is_ascii_digit())
}

fn size(name: &str) -> &str {
    name.split_once('.').map_or("", |(_, size)| size)
}
