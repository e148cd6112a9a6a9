//! `c`: on to the server by the system's own ssh, with a host key that belongs to the instance and not to an address.
//!
//! On moto, whose Elastic IPs are in 127.0.0.0/8, a real sshd answers at the very address that the instance has. moto's
//! console output is a canned text without host keys, so what is compared with it is tested in `app::tasks::connect`.

use std::net::Ipv4Addr;
use std::process::{Command, Stdio};

use aws_sdk_ec2::Client;
use aws_sdk_ec2::primitives::Blob;
use aws_sdk_ec2::types::DomainType;
use ec2deck::domain::id::InstanceId;
use ec2deck::domain::image_family::ImageFamily;
use ec2deck::domain::program::{Ended, Program};
use ec2deck::domain::remembered::Remembered;
use ec2deck::ssh::settings;

use crate::support::sshd::{self, Sshd};
use crate::support::{Stage, Story, moto};

/// An instance `box` with an Elastic IP at which a real sshd answers.
async fn a_server(stage: &Stage, server: &Client) -> Option<(Sshd, String)> {
    let address = server.allocate_address().domain(DomainType::Vpc).send().await.expect("moto allocates");
    let ip: Ipv4Addr = address.public_ip().unwrap().parse().unwrap();
    let sshd = Sshd::start_at(ip)?;
    std::fs::create_dir_all(stage.key_folder()).unwrap();
    let key = stage.key_folder().join("under another name");
    std::fs::copy(sshd.user_key(), &key).unwrap();
    let public = std::fs::read(sshd.user_key().with_extension("pub")).unwrap();
    let import = server.import_key_pair().key_name("box").public_key_material(Blob::new(public));
    import.send().await.expect("moto imports");
    let id = moto::given_instance_with_key(server, "box", "box").await;
    let associate = server.associate_address().allocation_id(address.allocation_id().unwrap()).instance_id(&id);
    associate.send().await.expect("moto associates");
    let mut remembered = Remembered::default();
    remembered.set_user(ImageFamily::AmazonLinux2023, &sshd::me()).unwrap();
    remembered.set_port(InstanceId::new(&id), sshd.port).unwrap();
    settings::write(&stage.ssh_places().settings, &remembered).unwrap();
    Some((sshd, id))
}

/// Runs what would have had the terminal, with a command of the test's own.
fn run(program: &Program, command: &str) -> (Ended, String) {
    let outcome = Command::new(&program.name)
        .args(["-F", "none", "-o", "BatchMode=yes"])
        .args(&program.arguments)
        .arg(command)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [outcome.stdout, outcome.stderr].concat();
    (outcome.status.code().map_or(Ended::Killed, Ended::Status), String::from_utf8_lossy(&said).into_owned())
}

fn only(story: &mut Story) -> Program {
    let mut programs = story.programs();
    assert_eq!(programs.len(), 1, "{programs:?}\n{}", story.screen());
    programs.remove(0)
}

#[tokio::test]
async fn on_moto_c_gets_in_and_a_rebuilt_server_is_refused() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let Some((sshd, id)) = a_server(&stage, &server).await else { return };
    let known_hosts = stage.ssh_places().known_hosts;
    let mut story = stage.open().await;
    story.select("box").await.keys("c").await;
    let program = only(&mut story);
    assert_eq!(program.name, "ssh");
    assert!(program.says.contains("could not be compared"), "{}", program.says);
    assert!(program.arguments.contains(&format!("HostKeyAlias={id}")), "{:?}", program.arguments);
    assert!(program.arguments.contains(&"IdentitiesOnly=yes".to_owned()), "{:?}", program.arguments);
    let (ended, said) = run(&program, "echo in; exit 7");
    assert_eq!(ended, Ended::Status(7), "{said}");
    assert!(said.contains("in\n"), "{said}");
    story.program_ends(ended).await.sees("has ended");
    story.sees_in_one_line(&["box", "running"]);
    let known = std::fs::read_to_string(&known_hosts).unwrap();
    assert!(known.contains(&id) && !known.contains("127."), "the key is the instance's, not the address's: {known}");

    // The second time it is known, and nothing is asked.
    story.keys("c").await;
    let program = only(&mut story);
    assert!(program.says.contains("known from before"), "{}", program.says);
    let _sshd = sshd.rebuilt();
    let (ended, said) = run(&program, "true");
    assert_eq!(ended, Ended::Status(255));
    assert!(said.contains("HOST IDENTIFICATION HAS CHANGED"), "{said}");
    story.program_ends(ended).await.sees("D says why");
}

#[tokio::test]
async fn on_moto_a_server_that_does_not_answer_is_told_before_ssh_hangs() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let Some((sshd, _)) = a_server(&stage, &server).await else { return };
    drop(sshd);
    let mut story = stage.open().await;
    story.select("box").await.keys("c").await.sees("does not answer");
    assert!(story.programs().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_does_not_run_cannot_be_connected_to() {
    let mut story = Stage::demo().open().await;
    story.select("old-db").await.keys("c").await.says("why-not-running");
    assert!(story.programs().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_login_is_edited_and_remembered_in_one_file() {
    let stage = Stage::demo();
    let file = stage.ssh_places().settings;
    let mut story = stage.open().await;
    story.select("web-1").await.keys("L").await.sees("ec2-user");
    story.retype("-oProxyCommand=x").await.keys("<enter>").await;
    assert!(!file.exists(), "a word that ssh would obey was taken");
    story.retype("kim").await.keys("<tab>").await;
    story.retype("2222").await.keys("<enter>").await.sees("Remembered for web-1");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("kim") && text.contains("2222"), "{text}");
    story.keys("W").await.sees("kim@203.0.113.10");
    story.keys("copy: ssh<enter>").await;
    assert!(story.copied().last().unwrap().contains("-p 2222 kim@203.0.113.10"), "{:?}", story.copied());
}

#[tokio::test(start_paused = true)]
async fn a_settings_file_that_cannot_be_read_is_told_with_its_line_and_never_written_over() {
    let stage = Stage::demo();
    let file = stage.ssh_places().settings;
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "[users]\nal2023 = oops\n").unwrap();
    let mut story = stage.open().await;
    story.select("web-1").await.keys("L").await.sees("connect.toml");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "[users]\nal2023 = oops\n");
}

#[tokio::test]
async fn on_moto_the_command_line_runs_a_command_there() {
    let stage = Stage::moto().await;
    let server = stage.server();
    let Some((_sshd, id)) = a_server(&stage, &server).await else { return };
    let (home, endpoint) = (stage.home(), stage.endpoint());
    let run = move |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_ec2deck"))
            .args(["--region", "ap-northeast-2", "--endpoint-url", endpoint, "--my-ip", "198.51.100.7"])
            .args(words)
            .env("HOME", &home)
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_STATE_HOME")
            .envs([("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing"), ("LANG", "C.UTF-8")])
            .stdin(Stdio::null())
            .output()
            .unwrap()
    };
    let outcome = tokio::task::spawn_blocking(move || {
        [
            run(&["connect", "box", "--", "echo from there; exit 3"]),
            run(&["connect", &id, "--", "cat no-such-file"]),
            run(&["doctor", "--json", "box"]),
        ]
    });
    let [by_name, by_id, doctor] = outcome.await.unwrap();
    assert_eq!(
        String::from_utf8_lossy(&by_name.stdout),
        "from there\n",
        "{}",
        String::from_utf8_lossy(&by_name.stderr)
    );
    assert_eq!(by_name.status.code(), Some(3));
    assert_eq!(by_id.status.code(), Some(1), "{}", String::from_utf8_lossy(&by_id.stderr));
    assert!(String::from_utf8_lossy(&by_id.stderr).contains("known from before"));
    let said = String::from_utf8_lossy(&doctor.stdout);
    assert!(doctor.status.success() && said.contains("\"well\":true"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn a_jump_host_and_the_private_address_are_remembered_for_the_vpc() {
    let stage = Stage::demo();
    let file = stage.ssh_places().settings;
    let mut story = stage.open().await;
    story.select("web-1").await;
    let private = story.app().selected_instance().unwrap().private_ip.unwrap().to_string();
    story.keys("L<tab><tab>").await;
    story.retype("me@bastion.example.com").await.keys("<tab><right><enter>").await.sees("Remembered for web-1");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("me@bastion.example.com") && text.contains("vpc-"), "{text}");
    story.keys("c").await;
    let program = only(&mut story);
    let end = ["-J", "me@bastion.example.com", "--", &private].map(str::to_owned);
    assert!(program.arguments.ends_with(&end), "{:?}", program.arguments);
    assert!(!program.says.contains("is the one that"), "nothing was compared past the jump host: {}", program.says);
    assert_eq!(story.calls_of("GetConsoleOutput"), 0);

    // Another instance of the VPC goes the same way.
    story.program_ends(Ended::Status(0)).await.select("웹-테스트").await.keys("c").await;
    assert!(only(&mut story).arguments.contains(&"me@bastion.example.com".to_owned()));
}
