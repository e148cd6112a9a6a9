//! The free-tier storage allowance, as far as it can be known without billing data.

use super::volume::Volume;

/// GiB-months of EBS storage that accounts opened before 15 July 2025 had each month, over all regions. Newer accounts
/// live on credits instead; the screen says so next to the meter.
pub const STORAGE_ALLOWANCE_GIB: u32 = 30;

/// GiB of volumes in the region that the allowance would count.
#[must_use]
pub fn storage_used_gib<'a>(volumes: impl IntoIterator<Item = &'a Volume>) -> u32 {
    volumes
        .into_iter()
        .filter(|volume| volume.counts_for_allowance())
        .fold(0, |sum, volume| sum.saturating_add(volume.size_gib))
}

/// What is left of the allowance for one more root volume, GiB; 0 when it is used up.
#[must_use]
pub fn storage_left_gib(used: u32) -> u32 {
    STORAGE_ALLOWANCE_GIB.saturating_sub(used)
}
