//! How long a key and the frame after it take, with twenty instances and with a thousand, on each of the screens that
//! look at all of them. What counts are the ratios within one run: fifty times as many rows should cost a few times as
//! much, since a screen shows forty of them.
//!
//! `cargo bench --profile dev --bench frames` (the release profile would build aws-sdk-ec2 anew).

#![allow(missing_docs, clippy::expect_used)]

#[allow(dead_code, clippy::expect_used, clippy::unwrap_used, clippy::print_stderr)]
#[path = "../tests/stories/support/mod.rs"]
mod support;

use std::time::Duration;

use divan::Bencher;
use ec2deck::demo::DemoAccount;
use support::{Stage, Story};

const INSTANCES: [usize; 2] = [20, 1_000];

fn main() {
    divan::main();
}

/// The account is on credits, so that the header says what is left; the screen is opened by these keys.
fn key_and_frame(bencher: Bencher<'_, '_>, instances: usize, keys: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    let runtime = runtime.expect("a runtime");
    let mut story = runtime.block_on(opened(instances, keys));
    let _inside = runtime.enter();
    let mut steps = ["j", "k"].into_iter().cycle();
    bencher.bench_local(move || {
        story.keys_at_once(steps.next().unwrap_or_default());
        story.screen()
    });
}

async fn opened(instances: usize, keys: &str) -> Story {
    let stage = Stage::demo_of(move |clock| DemoAccount::large(clock, instances).on_credits(83.1, 79));
    let mut story = stage.size(160, 45).open().await;
    story.elapse(Duration::from_mins(1)).await.keys(keys).await;
    story
}

#[divan::bench(args = INSTANCES)]
fn dashboard(bencher: Bencher<'_, '_>, instances: usize) {
    key_and_frame(bencher, instances, "");
}

#[divan::bench(args = INSTANCES)]
fn zoomed(bencher: Bencher<'_, '_>, instances: usize) {
    key_and_frame(bencher, instances, "z");
}

#[divan::bench(args = INSTANCES)]
fn costs(bencher: Bencher<'_, '_>, instances: usize) {
    key_and_frame(bencher, instances, "$");
}

#[divan::bench(args = INSTANCES)]
fn leaks(bencher: Bencher<'_, '_>, instances: usize) {
    key_and_frame(bencher, instances, "M");
}
