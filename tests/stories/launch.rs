//! The whole launch: type a name and press Enter through the steps, or choose everything; then ask the account, not
//! the program, what exists.

use std::path::Path;
use std::process::Command;

use aws_sdk_ec2::types::{Filter, Instance, SecurityGroup, Tag, Volume};

use crate::support::{Stage, Story, moto};

/// From the dashboard to Review, with the defaults and a name.
pub async fn to_review(story: &mut Story, name: &str) {
    story.keys("n<enter><enter><enter><enter>").await.keys(name).await.keys("<enter><enter>").await;
    story.says("launch-step-review");
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step.number()), Some(7), "{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn on_the_demo_a_name_and_enter_are_a_launch() {
    let mut story = Stage::demo().open().await;
    to_review(&mut story, "shop").await;
    story.sees("shop").sees("t3.micro").sees("shop-sg");
    assert_eq!(story.calls_of("RunInstances (dry run)"), 1, "the dry run is asked before anything is made");
    assert_eq!(story.calls_of("RunInstances"), 0);

    story.keys("<enter>").await.until("ssh -i").await;
    story.sees("ec2-user@").sees("shop.pem");
    for (call, times) in
        [("ImportKeyPair", 1), ("CreateSecurityGroup", 1), ("AuthorizeSecurityGroupIngress", 1), ("RunInstances", 1)]
    {
        assert_eq!(story.calls_of(call), times, "{call}");
    }
    opens_with_ssh_keygen(&story.key_folder().join("shop.pem"));

    story.keys("<enter>").await;
    assert!(story.app().launch.is_none());
    assert_eq!(story.app().selected_label().as_deref(), Some("shop"));
    story.until_one_line_has(&["shop", "running", "t3.micro"]).await;
    let volumes = story.app().selected_instance().map(|one| one.volumes.len());
    assert_eq!(volumes, Some(1), "the root volume under another name would be a second one");
}

#[tokio::test(start_paused = true)]
async fn every_step_can_be_gone_back_to_and_keeps_its_answers() {
    let mut story = Stage::demo().open().await;
    to_review(&mut story, "shop").await;
    story.keys("<shift-tab><shift-tab><shift-tab><shift-tab><shift-tab><shift-tab>").await;
    story.sees("Amazon Linux 2023");
    story.keys("<enter><enter><enter><enter>").await.sees("shop");
    story.keys("<enter><enter>").await.sees("shop-sg");
    assert_eq!(story.calls_of("RunInstances"), 0);
}

#[tokio::test(start_paused = true)]
async fn the_plan_can_be_read_as_aws_commands_before_it_is_sent() {
    let mut story = Stage::demo().size(160, 45).open().await;
    to_review(&mut story, "shop").await;
    story.keys("<ctrl-p>").await;
    story.sees("aws ec2 run-instances").sees("aws ec2 create-security-group").sees("t3.micro");
    story.keys("<esc>").await.does_not_see("aws ec2 run-instances");
    assert_eq!(story.calls_of("RunInstances"), 0);
}

#[tokio::test(start_paused = true)]
async fn ssh_open_to_the_world_wants_an_explicit_yes() {
    let mut story = Stage::demo().open().await;
    story.keys("n<enter><enter><enter><enter>shop<enter>").await;
    // Into the rules; the first one is SSH from my address, one turn further is from anywhere.
    story.keys("<tab><tab><tab>m<enter>").await;
    story.says("group-world-title");
    story.keys("<enter>").await;
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step.number()), Some(6), "Enter took Yes");
    story.keys("<enter>y<enter>").await;
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step.number()), Some(7), "{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn without_a_default_vpc_the_details_ask_for_a_subnet() {
    let account = |clock| ec2deck::demo::DemoAccount::empty(clock).without_default_vpc();
    let mut story = Stage::demo_of(account).open().await;
    story.keys("n<enter><enter><enter>").await;
    assert_eq!(story.app().launch.as_ref().map(|launch| launch.step.number()), Some(3), "{}", story.screen());
}

#[tokio::test(start_paused = true)]
async fn leaving_a_launch_asks_before_it_throws_the_answers_away() {
    let mut story = Stage::demo().open().await;
    story.keys("n<enter><esc>").await.says("launch-leave-title");
    story.keys("<enter>").await;
    assert!(story.app().launch.is_some(), "Enter took Yes");
    story.keys("<esc>y").await;
    assert!(story.app().launch.is_none());
}

#[tokio::test]
async fn on_moto_a_name_and_enter_are_a_launch() {
    let mut story = Stage::moto().await.open().await;
    to_review(&mut story, "web-1").await;
    story.keys("<enter>").await.until("ssh -i").await;

    let server = story.server();
    let instance = the_only_instance(&server).await;
    assert_eq!(
        instance.image_id(),
        Some(moto::newest_image(&server, "al2023-ami-2023.*-kernel-6.1-x86_64").await.as_str())
    );
    assert_eq!(instance.instance_type().map(aws_sdk_ec2::types::InstanceType::as_str), Some("t3.micro"));
    assert_eq!(tag(instance.tags(), "Name"), Some("web-1"));
    let group = the_group_of(&server, &instance).await;
    assert_eq!(group.group_name(), Some("web-1-sg"));
    assert_eq!(rules(&group), ["tcp 22-22 198.51.100.7/32"]);
    the_key_fits(&server, &instance, &story.key_folder().join("web-1.pem")).await;
}

#[tokio::test]
async fn on_moto_everything_that_was_chosen_exists_afterwards() {
    let mut story = Stage::moto().await.size(160, 45).open().await;
    story.keys("n<enter><enter><enter>").await;
    story.keys("f<enter>").await;
    story.keys("web-1<tab>팀<tab>플랫폼<tab>env<tab>prod<enter>").await;
    story.keys("st<enter>").await;
    story.sees("30 GiB").sees("플랫폼").sees("8080");
    story.keys("<enter>").await.until("ssh -i").await;

    let server = story.server();
    let instance = the_only_instance(&server).await;
    assert_eq!(instance.instance_type().map(aws_sdk_ec2::types::InstanceType::as_str), Some("t3.micro"));
    let image = moto::newest_image(&server, "al2023-ami-2023.*-kernel-6.1-x86_64").await;
    assert_eq!(instance.image_id(), Some(image.as_str()));

    let volumes = volumes_of(&server, &instance).await;
    let shapes: Vec<_> =
        volumes.iter().map(|one| (one.size(), one.volume_type().map(aws_sdk_ec2::types::VolumeType::as_str))).collect();
    assert_eq!(shapes, [(Some(30), Some("gp3"))], "one volume: a second device name would have made two");
    let devices: Vec<_> = instance.block_device_mappings().iter().map(|one| one.device_name()).collect();
    assert_eq!(devices, [Some(root_device(&server, &image).await.as_str())]);
    for tags in [instance.tags(), volumes[0].tags()] {
        for (key, value) in [("Name", "web-1"), ("팀", "플랫폼"), ("env", "prod")] {
            assert_eq!(tag(tags, key), Some(value), "{key} among {tags:?}");
        }
    }

    let group = the_group_of(&server, &instance).await;
    assert_eq!(group.group_name(), Some("web-1-sg"));
    assert_eq!(rules(&group), ["tcp 22-22 198.51.100.7/32", "tcp 443-443 0.0.0.0/0", "tcp 8080-8080 198.51.100.7/32"]);
    the_key_fits(&server, &instance, &story.key_folder().join("web-1.pem")).await;
}

#[tokio::test]
async fn on_moto_existing_groups_and_key_pairs_can_be_used() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let folder = stage.key_folder();
    let made = server.create_key_pair().key_name("laptop").send().await.expect("moto makes a key pair");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("laptop.pem"), made.key_material().expect("its private half")).unwrap();
    let mut story = stage.open().await;

    story.keys("n<enter><enter><enter><enter>web-1<enter>").await;
    // Existing instead of new, then the only group of the account: the default one.
    story.keys("<right><tab><space><enter>").await;
    story.sees("laptop");
    story.keys("<enter>").await.until("ssh -i").await;

    let instance = the_only_instance(&server).await;
    assert_eq!(instance.key_name(), Some("laptop"));
    assert_eq!(the_group_of(&server, &instance).await.group_name(), Some("default"));
    let pairs = server.describe_key_pairs().send().await.expect("moto lists key pairs");
    assert_eq!(pairs.key_pairs().len(), 1, "a second key pair was made");
}

async fn the_only_instance(server: &aws_sdk_ec2::Client) -> Instance {
    let found = server.describe_instances().send().await.expect("moto lists instances");
    let instances: Vec<Instance> = found.reservations().iter().flat_map(|one| one.instances().to_vec()).collect();
    assert_eq!(instances.len(), 1, "{instances:#?}");
    instances.into_iter().next().expect("one instance")
}

async fn root_device(server: &aws_sdk_ec2::Client, image: &str) -> String {
    let found = server.describe_images().image_ids(image).send().await.expect("moto knows the image");
    found.images()[0].root_device_name().expect("a root device").to_owned()
}

async fn volumes_of(server: &aws_sdk_ec2::Client, instance: &Instance) -> Vec<Volume> {
    let attached =
        Filter::builder().name("attachment.instance-id").values(instance.instance_id().expect("an id")).build();
    server.describe_volumes().filters(attached).send().await.expect("moto lists volumes").volumes().to_vec()
}

async fn the_group_of(server: &aws_sdk_ec2::Client, instance: &Instance) -> SecurityGroup {
    let ids: Vec<_> = instance.security_groups().iter().filter_map(|group| group.group_id()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let found = server.describe_security_groups().group_ids(ids[0]).send().await.expect("moto knows the group");
    found.security_groups()[0].clone()
}

/// `tcp 22-22 198.51.100.7/32`, in order.
fn rules(group: &SecurityGroup) -> Vec<String> {
    let mut rules: Vec<(i32, String)> = group
        .ip_permissions()
        .iter()
        .flat_map(|rule| {
            let (from, to) = (rule.from_port().unwrap_or(-1), rule.to_port().unwrap_or(-1));
            let protocol = rule.ip_protocol().unwrap_or_default();
            rule.ip_ranges()
                .iter()
                .map(move |range| (from, format!("{protocol} {from}-{to} {}", range.cidr_ip().unwrap_or_default())))
        })
        .collect();
    rules.sort();
    rules.into_iter().map(|(_, rule)| rule).collect()
}

fn tag<'a>(tags: &'a [Tag], key: &str) -> Option<&'a str> {
    tags.iter().find(|tag| tag.key() == Some(key)).and_then(|tag| tag.value())
}

/// The private key opens, and its public half is the one that EC2 has under the instance's key name.
async fn the_key_fits(server: &aws_sdk_ec2::Client, instance: &Instance, file: &Path) {
    let name = instance.key_name().expect("a key name");
    let found = server.describe_key_pairs().key_names(name).include_public_key(true).send().await;
    let found = found.expect("moto knows the key pair");
    let imported = found.key_pairs()[0].public_key().expect("its public half").to_owned();
    let ours = opens_with_ssh_keygen(file);
    let half = |line: &str| line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(half(&ours), half(&imported));
}

/// The public half that `ssh-keygen` reads from a private key file, which nobody else may read.
pub fn opens_with_ssh_keygen(file: &Path) -> String {
    let output = Command::new("ssh-keygen").arg("-y").arg("-f").arg(file).output().expect("ssh-keygen runs");
    assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(file), 0o400, "{}", file.display());
        assert_eq!(mode(file.parent().unwrap()), 0o700, "its folder");
    }
    String::from_utf8(output.stdout).expect("a line of text")
}
