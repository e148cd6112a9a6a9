//! The stories of Elastic IPs on moto, an EC2 that nobody here wrote: what exists afterwards is asked of the server.
//!
//! What moto (5.2.1) cannot do is told on the demo account only, in `addresses.rs`:
//! - it releases an address that is in use (EC2: `InvalidIPAddress.InUse`), so the tries until it is free are not seen;
//! - its instances run at once, so nothing has to be waited for;
//! - it has no limit of five addresses in a region, and no permissions to lack;
//! - its addresses are 127.x.x.x, and an instance that has lost its Elastic IP shows whatever moto gives it.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{Address, DomainType, Tag};

use crate::support::{Stage, Story, moto};

/// An address that is on nothing: its allocation and itself.
async fn given_address(server: &Client) -> (String, String) {
    let made = server.allocate_address().domain(DomainType::Vpc).send().await.expect("moto allocates");
    (made.allocation_id().expect("an id").to_owned(), made.public_ip().expect("an address").to_owned())
}

async fn put(server: &Client, allocation: &str, instance: &str) {
    let associate = server.associate_address().allocation_id(allocation).instance_id(instance);
    associate.allow_reassociation(true).send().await.expect("moto associates");
}

async fn addresses(server: &Client) -> Vec<Address> {
    server.describe_addresses().send().await.expect("moto lists addresses").addresses().to_vec()
}

/// The instance that an address is on, as the server has it.
async fn on(server: &Client, allocation: &str) -> Option<String> {
    let found = server.describe_addresses().allocation_ids(allocation).send().await.expect("moto has the address");
    found.addresses()[0].instance_id().filter(|id| !id.is_empty()).map(str::to_owned)
}

/// Two instances, `box` and `crate`, and the program with the addresses focused.
async fn two() -> (Client, String, String, Stage) {
    let stage = Stage::moto().await;
    let server = stage.server();
    let one = moto::given_instance(&server, "box", None).await;
    let other = moto::given_instance(&server, "crate", None).await;
    (server, one, other, stage)
}

async fn on_addresses(stage: Stage) -> Story {
    let mut story = stage.open().await;
    story.keys("3").await;
    story
}

#[tokio::test]
async fn on_moto_an_address_is_allocated_tagged_and_put_on_an_instance() {
    let (server, one, _, stage) = two().await;
    let mut story = on_addresses(stage).await;
    story.keys("n").await.says("allocate-costs");
    story.keys("y").await.sees_in_one_line(&["box", "running"]);
    let there = addresses(&server).await;
    assert_eq!(there.len(), 1);
    let marker = there[0].tags().iter().find(|tag| tag.key() == Some("ec2deck:request"));
    assert!(marker.is_some(), "{there:?}");
    story.keys("box<enter>").await.sees("u takes it back");
    let allocation = there[0].allocation_id().expect("an id");
    assert_eq!(on(&server, allocation).await, Some(one));

    story.keys("u").await.sees("Taken back");
    assert_eq!(on(&server, allocation).await, None);
}

#[tokio::test]
async fn on_moto_leaving_the_offer_leaves_one_idle_address() {
    let (server, _, _, stage) = two().await;
    let mut story = on_addresses(stage).await;
    story.keys("ny<esc>").await.sees("is idle and costs money").sees("1 idle IP");
    assert_eq!(addresses(&server).await.len(), 1);
}

#[tokio::test]
async fn on_moto_an_address_in_use_moves_only_after_the_question() {
    let (server, one, other, stage) = two().await;
    let (allocation, _) = given_address(&server).await;
    put(&server, &allocation, &one).await;
    let mut story = on_addresses(stage).await;
    story.keys("acrate<enter>").await.sees("it moves from box to crate");
    story.keys("n").await;
    assert_eq!(on(&server, &allocation).await.as_ref(), Some(&one));
    story.keys("acrate<enter>y").await.sees("u takes it back");
    assert_eq!(on(&server, &allocation).await, Some(other));
    story.keys("u").await.sees("Taken back");
    assert_eq!(on(&server, &allocation).await, Some(one));
}

#[tokio::test]
async fn on_moto_what_others_have_put_elsewhere_is_asked_about_with_the_list_as_it_is_now() {
    let (server, one, other, stage) = two().await;
    let (allocation, _) = given_address(&server).await;
    let mut story = on_addresses(stage).await;
    // Behind the program's back, after it has read the list.
    put(&server, &allocation, &one).await;
    story.keys("acrate<enter>").await.sees("it moves from box to crate");
    story.keys("y").await;
    assert_eq!(on(&server, &allocation).await, Some(other));
}

#[tokio::test]
async fn on_moto_an_address_is_taken_off_and_put_back() {
    let (server, one, _, stage) = two().await;
    let (allocation, _) = given_address(&server).await;
    put(&server, &allocation, &one).await;
    let mut story = on_addresses(stage).await;
    story.keys("x").await.sees("box loses this address");
    story.keys("y").await;
    assert_eq!(on(&server, &allocation).await, None);
    story.keys("u").await.sees("Taken back");
    assert_eq!(on(&server, &allocation).await, Some(one));
}

#[tokio::test]
async fn on_moto_an_address_is_released_after_it_was_typed() {
    let (server, _, _, stage) = two().await;
    let (_, ip) = given_address(&server).await;
    let mut story = on_addresses(stage).await;
    story.keys("d<enter>").await;
    assert_eq!(addresses(&server).await.len(), 1);
    story.keys(&ip).await.keys("<enter>").await.sees("was released");
    assert!(addresses(&server).await.is_empty());
}

#[tokio::test]
async fn on_moto_an_address_that_went_into_use_after_the_question_is_not_destroyed() {
    let (server, one, other, stage) = two().await;
    let (allocation, ip) = given_address(&server).await;
    let mut story = on_addresses(stage).await;
    story.keys("d").await.does_not_see("is taken off first");
    // Behind the program's back, while the question stands.
    put(&server, &allocation, &one).await;
    story.keys(&ip).await.keys("<enter>").await;
    assert_eq!(on(&server, &allocation).await.as_ref(), Some(&one));
    // What is asked now says what it is on; and that is not where it goes while this question stands.
    story.sees("Nothing was changed").sees("It is on box and is taken off first");
    put(&server, &allocation, &other).await;
    story.keys(&ip).await.keys("<enter>").await.sees("It is on crate and is taken off first");
    assert_eq!(on(&server, &allocation).await, Some(other));
    story.keys(&ip).await.keys("<enter>").await.until("was released").await;
    assert!(addresses(&server).await.is_empty());
}

#[tokio::test]
async fn on_moto_one_key_gives_a_fixed_address() {
    let (server, one, other, stage) = two().await;
    let (allocation, ip) = given_address(&server).await;
    let mut story = stage.open().await;
    // The idle one first, without a question; then a new one after it.
    story.select("box").await.keys("E").await.sees_in_one_line(&["box", &ip, "was idle"]);
    assert_eq!(on(&server, &allocation).await, Some(one));
    story.select("crate").await.keys("E").await.says("allocate-costs");
    story.keys("y").await.sees_in_one_line(&["crate", "is new"]);
    let there = addresses(&server).await;
    let new = there.iter().find(|address| address.instance_id() == Some(&other)).expect("crate has one");
    assert_eq!(there.len(), 2);
    let name = new.tags().iter().find(|tag| tag.key() == Some("Name")).and_then(Tag::value);
    assert_eq!(name, Some("crate"));
}

#[tokio::test]
async fn on_moto_terminating_releases_the_address_when_asked_to() {
    let (server, one, other, stage) = two().await;
    let (first, _) = given_address(&server).await;
    let (second, _) = given_address(&server).await;
    put(&server, &first, &one).await;
    put(&server, &second, &other).await;
    let mut story = stage.open().await;
    story.select("box").await.keys("dbox<enter>").await.until_one_line_has(&["box", "terminated"]).await;
    assert_eq!(addresses(&server).await.len(), 2, "the switch is off by default");
    story.select("crate").await.keys("d<tab>crate<enter>").await.until("was released").await;
    let left: Vec<_> =
        addresses(&server).await.iter().filter_map(|one| one.allocation_id().map(str::to_owned)).collect();
    assert_eq!(left, [first]);
    story.until_one_line_has(&["crate", "terminated"]).await;
}
