//! The demo account asked through the real SDK client, on a paused clock.

mod addresses;
mod changes;
mod cloud;
mod doctor;
mod faults;
mod groups;
mod instances;
mod keys;
mod launch;
mod metrics;
mod seed;

use std::time::Duration;

use aws_sdk_ec2::Client;
use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ec2::types::{BlockDeviceMapping, EbsBlockDevice, Filter, Instance, InstanceStateName, InstanceType};

use super::DemoAccount;
use crate::clock::Clock;
use crate::cloud::Clients;
use crate::domain::region::Region;

/// The clock shows this when a test begins.
const START: &str = "2026-11-23T09:00:00Z";

fn clock() -> Clock {
    Clock::starting_at(START.parse().unwrap())
}

fn clients(account: &DemoAccount, region: &str) -> Clients {
    account.ready_clients()(&Region::parse(region).unwrap())
}

fn seoul(account: &DemoAccount) -> Client {
    clients(account, "ap-northeast-2").ec2
}

async fn pass(seconds: u64) {
    tokio::time::advance(Duration::from_secs(seconds)).await;
}

/// The code of a refusal; `(lost)` when no reply came.
fn code<T, E: ProvideErrorMetadata, R>(outcome: Result<T, SdkError<E, R>>) -> String {
    match outcome {
        Ok(_) => "(done)".to_owned(),
        Err(SdkError::ServiceError(context)) => context.err().code().unwrap_or_default().to_owned(),
        Err(SdkError::DispatchFailure(failure)) if failure.is_timeout() => "(lost)".to_owned(),
        Err(SdkError::DispatchFailure(failure)) if failure.is_io() => "(unreachable)".to_owned(),
        Err(_) => "(other)".to_owned(),
    }
}

fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}

async fn instance(client: &Client, id: &str) -> Instance {
    let reply = client.describe_instances().instance_ids(id).send().await.unwrap();
    reply.reservations()[0].instances()[0].clone()
}

async fn named(client: &Client, name: &str) -> Instance {
    let reply = client.describe_instances().filters(filter("tag:Name", name)).send().await.unwrap();
    reply.reservations()[0].instances()[0].clone()
}

fn id(instance: &Instance) -> String {
    instance.instance_id().unwrap().to_owned()
}

async fn state(client: &Client, id: &str) -> InstanceStateName {
    instance(client, id).await.state().unwrap().name().unwrap().clone()
}

async fn public_ip(client: &Client, id: &str) -> Option<String> {
    instance(client, id).await.public_ip_address().map(str::to_owned)
}

/// The newest image with a name like this.
async fn image(client: &Client, owner: &str, pattern: &str) -> String {
    let reply = client.describe_images().owners(owner).filters(filter("name", pattern)).send().await.unwrap();
    let newest = reply.images().iter().max_by_key(|image| image.creation_date().unwrap().to_owned()).unwrap();
    newest.image_id().unwrap().to_owned()
}

async fn amazon_linux(client: &Client) -> String {
    image(client, "amazon", "al2023-ami-2023.*-x86_64").await
}

fn disk(device: &str, gib: i32) -> BlockDeviceMapping {
    let ebs = EbsBlockDevice::builder().volume_size(gib).build();
    BlockDeviceMapping::builder().device_name(device).ebs(ebs).build()
}

/// One `t3.micro`, launched.
async fn launch(client: &Client) -> String {
    let image = amazon_linux(client).await;
    let reply = client
        .run_instances()
        .image_id(image)
        .instance_type(InstanceType::T3Micro)
        .min_count(1)
        .max_count(1)
        .send()
        .await
        .unwrap();
    id(&reply.instances()[0])
}
