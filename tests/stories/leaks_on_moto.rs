//! The stories of leaks on moto, an EC2 that nobody here wrote: what exists afterwards is asked of the server.
//!
//! What moto (5.2.1) cannot do is told on the demo account only, in `leaks.rs`: it has no Price List that these clients
//! ask, no measurements of its instances, and no credit modes to change; all costs are unknown here, and the leaks that
//! follow from prices (previous generation) or use (idle, surplus) are not found.

use aws_sdk_ec2::Client;

use crate::support::{Stage, Story, moto};

async fn on(story: &mut Story, id: &str) {
    story.keys("g").await;
    for _ in 0..story.app().leaks().len() {
        if story.app().shown_leak().is_some_and(|leak| leak.what.id() == id) {
            return;
        }
        story.keys("j").await;
    }
    panic!("no leak of {id}:\n{}", story.screen());
}

async fn leaks_of(stage: Stage) -> Story {
    let mut story = stage.size(140, 40).open().await;
    story.keys("M").await;
    story
}

async fn given_volume(server: &Client) -> String {
    let made =
        server.create_volume().size(5).availability_zone("ap-northeast-2a").send().await.expect("moto makes one");
    made.volume_id().expect("an id").to_owned()
}

async fn volumes(server: &Client) -> Vec<String> {
    let found = server.describe_volumes().send().await.expect("moto lists volumes");
    found.volumes().iter().filter_map(|volume| volume.volume_id().map(str::to_owned)).collect()
}

#[tokio::test]
async fn on_moto_an_idle_address_is_released() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let made = server.allocate_address().domain("vpc".into()).send().await.expect("moto allocates");
    let (id, ip) = (made.allocation_id().expect("an id"), made.public_ip().expect("an address"));
    let mut story = leaks_of(stage).await;
    on(&mut story, id).await;
    story.sees("unknown");
    story.keys("x").await.keys(ip).await.keys("<enter>").await.until("was released").await;
    let left = server.describe_addresses().send().await.expect("moto lists addresses");
    assert!(left.addresses().is_empty());
}

#[tokio::test]
async fn on_moto_a_volume_that_nothing_uses_is_deleted() {
    let stage = Stage::moto().await;
    let server = stage.server();
    moto::given_instance(&server, "box", None).await;
    let id = given_volume(&server).await;
    let before = volumes(&server).await;
    let mut story = leaks_of(stage).await;
    on(&mut story, &id).await;
    story.keys("x").await.sees("5 GiB");
    story.keys(&id).await.keys("<enter>").await.until("was deleted").await;
    assert_eq!(volumes(&server).await, before.into_iter().filter(|one| *one != id).collect::<Vec<_>>());
}

#[tokio::test]
async fn on_moto_a_snapshot_is_an_orphan_once_its_image_is_gone() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let instance = moto::given_instance(&server, "box", None).await;
    let volume = given_volume(&server).await;
    let image = server.create_image().instance_id(&instance).name("golden").send().await.expect("moto makes an image");
    let image = image.image_id().expect("an id").to_owned();
    let description = format!("Created by CreateImage({instance}) for {image} from {volume}");
    let snapshot =
        server.create_snapshot().volume_id(&volume).description(description).send().await.expect("moto copies");
    let snapshot = snapshot.snapshot_id().expect("an id").to_owned();
    let mut story = leaks_of(stage).await;
    assert!(story.app().leaks().iter().all(|leak| leak.what.id() != snapshot), "its image is there");
    server.deregister_image().image_id(&image).send().await.expect("moto deregisters");
    story.keys("r").await;
    on(&mut story, &snapshot).await;
    story.keys("x").await.says("delete-snapshot-final");
    story.keys("y").await.until("was deleted").await;
    let left = server.describe_snapshots().owner_ids("self").send().await.expect("moto lists snapshots");
    assert!(left.snapshots().iter().all(|one| one.snapshot_id() != Some(snapshot.as_str())));
}

#[tokio::test]
async fn on_moto_a_stopped_instance_is_terminated_with_its_volumes() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let id = moto::given_instance(&server, "box", None).await;
    server.stop_instances().instance_ids(&id).send().await.expect("moto stops");
    let mut story = leaks_of(stage).await;
    on(&mut story, &id).await;
    story.keys("x").await.sees("vol-");
    story.keys("box<enter>").await;
    story.until_one_line_has(&["box", "terminated"]).await;
    let left = server.describe_instances().instance_ids(&id).send().await.expect("moto lists instances");
    let state = left.reservations()[0].instances()[0].state().and_then(|state| state.name()).cloned();
    assert_eq!(state, Some(aws_sdk_ec2::types::InstanceStateName::Terminated));
}
