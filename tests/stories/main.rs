//! The program as people use it: one file per story, told with keys and screens on the demo account and on moto.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod addresses;
mod addresses_on_moto;
mod auto_stop;
mod auto_stop_on_moto;
mod connecting;
mod doctor;
mod doctor_door;
#[cfg(unix)]
mod doctor_on_moto;
#[cfg(unix)]
mod doctor_reaches;
mod door;
mod first_frame;
mod free_tier;
#[cfg(unix)]
mod getting_in;
mod groups;
mod groups_on_moto;
mod guest_timer;
#[cfg(unix)]
mod hosts;
mod house;
mod interruptions;
mod key_files;
mod key_imports;
mod key_pairs;
mod key_pairs_on_moto;
mod launch;
mod launch_failures;
mod leaks;
mod leaks_on_moto;
mod lifecycle;
mod looking;
mod metrics;
mod no_wait;
#[cfg(unix)]
mod outside_ways;
mod prices;
mod readme;
mod sessions;
mod snapshots;
mod support;
mod texts;
#[cfg(unix)]
mod ways;
