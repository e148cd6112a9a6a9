//! The ways in besides plain ssh: each says what it needs or why it cannot work, and runs what it says.

use std::path::PathBuf;

use ec2deck::domain::login::SshPath;
use ec2deck::domain::program::Ended;
use ec2deck::domain::tools::Tools;

use crate::support::sshd::{self, Sshd};
use crate::support::{Stage, Story, tools};

/// A key that nobody has.
const HOST_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBlUDfPIGnx6CjjYztRyL8velnpj66juJBR08Q6RKeXB";
/// A server of the demo with Ubuntu and a public address.
const PLAIN: &str = "웹-테스트";

fn installed(aws: bool, plugin: bool) -> Tools {
    let path = |is_there: bool, name: &str| is_there.then(|| PathBuf::from(format!("/usr/bin/{name}")));
    Tools { aws: path(aws, "aws"), session_manager_plugin: path(plugin, "session-manager-plugin"), ..Tools::default() }
}

fn id_of(story: &Story, name: &str) -> String {
    let rows = &story.app().inventory.instances.rows;
    rows.iter().find(|one| one.label() == name).expect("the instance").id.to_string()
}

fn once(story: &Story) -> PathBuf {
    story.app().environment.ssh_places.as_ref().unwrap().one_time_keys()
}

/// The keys for one connection that are there.
fn keys_there(story: &Story) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(once(story)) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The host key of an instance is known already, so that nobody is asked for it.
fn knows_the_host(story: &Story, name: &str) -> String {
    let file = &story.app().environment.ssh_places.as_ref().unwrap().known_hosts;
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, format!("{} {HOST_KEY}\n", id_of(story, name))).unwrap();
    SshPath::of_file(file).unwrap().quoted()
}

#[tokio::test(start_paused = true)]
async fn each_way_says_what_it_needs_or_why_it_cannot_work() {
    let mut story = Stage::demo().open().await;
    assert!(story.demo().set_profile("web-1", "web-role"));
    story.keys("r").await;
    story.select("web-1").await.keys_at_once("W").says("why-looking-for-tools");
    // This machine's own answer first.
    story.settle().await;
    story.has_tools(installed(false, false)).await;
    story.sees_in_one_line(&["EC2 Instance Connect", "the image takes it"]);
    story.sees_in_one_line(&["Session Manager", "Needs the AWS CLI"]);
    story.has_tools(installed(true, false)).await.sees_in_one_line(&["ssh over Session Manager", "Needs session-man"]);
    story.has_tools(installed(true, true)).await;
    story.sees_in_one_line(&["ssh over Session Manager", "by the instance profile web-role"]);
    story.keys("<esc>").await.select(PLAIN).await.keys("W").await;
    story.sees_in_one_line(&["EC2 Instance Connect", "Ubuntu mostly takes it"]).says("way-no-profile");
    story.keys("<esc>").await.select("old-db").await.keys("W").await;
    for label in ["ssh, in this terminal", "EC2 Instance Connect", "ssh over Session Manager"] {
        story.sees_in_one_line(&[label, "It does not run."]);
    }
    story.keys("<enter>").await.says("why-not-running");
    assert!(story.programs().is_empty());
    story.keys("<esc>").await.select("win-office").await.keys("W").await;
    story.says("way-agent-never").sees_in_one_line(&["Session Manager (PowerShell)", "no instance profile"]);
    story.does_not_see("ssh over");
}

#[tokio::test(start_paused = true)]
async fn in_read_only_mode_no_key_is_sent() {
    let mut story = Stage::demo().read_only().open().await;
    story.select("web-1").await.keys("W").await.sees_in_one_line(&["EC2 Instance Connect", "Read-only mode"]);
    story.keys("Instance<enter>").await.says("why-read-only");
    assert_eq!(story.calls_of("SendSSHPublicKey"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_made_sent_used_and_removed() {
    let mut story = Stage::demo().open().await;
    let (id, known_hosts) = (id_of(&story, PLAIN), knows_the_host(&story, PLAIN));
    let address = story.app().inventory.instances.get(&id).unwrap().public_ip.unwrap().to_string();
    story.select(PLAIN).await.keys("WInstance<enter>").await;

    let [path] = keys_there(&story).try_into().expect("one key");
    assert_eq!((tools::mode(&path), tools::mode(&once(&story))), (0o400, 0o700));
    let sent = story.demo().sent_keys().remove(0);
    assert_eq!((sent.instance.as_str(), sent.user.as_str()), (id.as_str(), "ubuntu"));
    if let Some(public) = tools::output("ssh-keygen", &["-y", "-f", tools::argument(&path)]) {
        assert_eq!(tools::half(&public), sent.public_key, "the public half of the key that ssh is given");
    }

    let [program] = story.programs().try_into().expect("one program");
    assert_eq!(program.name, "ssh");
    let expected = [
        "-o",
        "IdentitiesOnly=yes",
        "-i",
        tools::argument(&path),
        "-o",
        &format!("HostKeyAlias={id}"),
        "-o",
        &format!("UserKnownHostsFile={known_hosts}"),
        "-o",
        "HashKnownHosts=no",
        "-o",
        "CheckHostIP=no",
        "-o",
        "StrictHostKeyChecking=accept-new",
        "-o",
        "ControlPath=none",
        "-p",
        "22",
        "-l",
        "ubuntu",
        "--",
        &address,
    ];
    assert_eq!(program.arguments, expected);

    // The private half is in its file and nowhere else.
    let private = std::fs::read_to_string(&path).unwrap();
    let state = format!("{:?} {program:?} {:?}", story.app(), story.demo().sent_keys());
    for line in private.lines().filter(|line| !line.starts_with("--")).skip(1) {
        assert!(!state.contains(line), "{line}");
    }

    story.program_ends(Ended::Status(0)).await.sees("has ended");
    assert_eq!(keys_there(&story), Vec::<PathBuf>::new());
    assert!(story.app().tasks.is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_key_goes_however_ssh_ends() {
    let mut story = Stage::demo().open().await;
    knows_the_host(&story, PLAIN);
    story.select(PLAIN).await;
    for (ended, words) in [
        (Ended::Status(255), "may lack the agent"),
        (Ended::Status(130), "has ended"),
        (Ended::Killed, "has ended"),
        (Ended::NotFound, "no program named ssh"),
        (Ended::NotRun, "did not let the program run"),
    ] {
        story.keys("WInstance<enter>").await;
        assert_eq!((story.programs().len(), keys_there(&story).len()), (1, 1), "{ended:?}");
        story.program_ends(ended).await.sees(words);
        assert!(keys_there(&story).is_empty(), "{ended:?}");
    }
    let keys = story.demo().sent_keys();
    assert!(keys[0].public_key != keys[1].public_key, "each connection has a key of its own");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_explained_and_the_key_is_gone() {
    let mut story = Stage::demo().open().await;
    knows_the_host(&story, PLAIN);
    story.select(PLAIN).await;
    let denied = "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: \
                  ec2-instance-connect:SendSSHPublicKey on resource: *";
    for (code, message, words) in [
        ("AccessDeniedException", denied, "ec2-instance-connect:SendSSHPublicKey"),
        ("EC2InstanceUnavailableException", "raw", "does not answer EC2 Instance Connect"),
        ("EC2InstanceStateInvalidException", "raw", "in a state in which"),
        ("EC2InstanceNotFoundException", "raw", "no such instance"),
        ("AuthException", "raw", "EC2 Instance Connect refuses"),
        ("ThrottlingException", "raw", "slow"),
    ] {
        story.demo().fail_next("SendSSHPublicKey", code, message, 1);
        story.keys("WInstance<enter>").await.says("problem-what-send-key").sees(words);
        assert!(keys_there(&story).is_empty() && story.programs().is_empty(), "{code}");
        story.keys("<esc>").await;
    }
    story.demo().lose_reply("SendSSHPublicKey");
    story.keys("WInstance<enter>").await.says("problem-unclear");
    assert!(keys_there(&story).is_empty() && story.programs().is_empty());
}

/// The instance of the demo is at 127.0.0.1, where a real server runs, and ssh is run for real.
#[tokio::test(start_paused = true)]
async fn a_real_server_lets_the_key_in() {
    let Some(server) = Sshd::start() else { return };
    let mut story = Stage::demo().open().await;
    assert!(story.demo().set_public_address(PLAIN, Some(std::net::Ipv4Addr::LOCALHOST)));
    let console = server.host_key().replace('\n', "\r\n");
    let console = format!("-----BEGIN SSH HOST KEY KEYS-----\r\n{console}-----END SSH HOST KEY KEYS-----\r\n");
    assert!(story.demo().set_console(PLAIN, &console));
    story.keys("r").await.select(PLAIN).await.keys("L").await;
    story.retype(&sshd::me()).await.keys("<tab>").await;
    story.retype(&server.port.to_string()).await.keys("<enter>").await;

    story.keys("WInstance<enter>").await;
    let calls = story.demo().calls();
    let place = |name: &str| calls.iter().position(|call| call == name).expect("was called");
    assert!(place("GetConsoleOutput") < place("SendSSHPublicKey"), "the minute begins after everything else");
    let [program] = story.programs().try_into().expect("one program");
    assert!(program.arguments.contains(&"StrictHostKeyChecking=yes".to_owned()), "{:?}", program.arguments);
    assert!(program.says.contains("is the one that the instance's console told"), "{}", program.says);
    let words: Vec<&str> = ["-F", "none", "-o", "BatchMode=yes"]
        .into_iter()
        .chain(program.arguments.iter().map(String::as_str))
        .chain(["echo", "in"])
        .collect();

    let outcome = tools::outcome(&program.name, &words).unwrap();
    assert_eq!(outcome.status.code(), Some(255), "the server has not been told the key");
    server.let_in(&story.demo().sent_keys()[0].public_key);
    let outcome = tools::outcome(&program.name, &words).unwrap();
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), "in\n", "{}", String::from_utf8_lossy(&outcome.stderr));
    let status = outcome.status.code().unwrap();
    story.program_ends(Ended::Status(status)).await.sees("has ended");
    assert!(keys_there(&story).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_session_is_the_aws_clis_own() {
    let mut story = Stage::demo().open().await;
    story.has_tools(installed(true, true)).await;
    for (name, profile) in [(PLAIN, None), ("win-office", None), (PLAIN, Some("my team's 5%"))] {
        if let Some(profile) = profile {
            story = Stage::demo().with(move |environment| environment.profile = Some(profile.to_owned())).open().await;
            story.has_tools(installed(true, true)).await;
        }
        let id = id_of(&story, name);
        story.select(name).await.keys("WSession Manager<enter>").await;
        let [program] = story.programs().try_into().expect("one program");
        let mut expected = vec!["ssm", "start-session", "--target", &id, "--region", "ap-northeast-2"];
        expected.extend(profile.iter().flat_map(|profile| ["--profile", profile]));
        assert_eq!(
            (program.name.as_str(), &program.arguments),
            ("aws", &expected.iter().map(|word| (*word).to_owned()).collect())
        );
        assert!(program.says.contains(&id));
        story.program_ends(Ended::Status(0)).await.sees("has ended");
    }
    for (ended, words) in [(Ended::Status(254), "status 254"), (Ended::NotFound, "Needs the AWS CLI")] {
        assert_eq!(story.keys("WSession Manager<enter>").await.programs().len(), 1);
        story.program_ends(ended).await.sees(words);
    }
}

#[tokio::test(start_paused = true)]
async fn ssh_over_a_session_needs_no_address_and_asks_no_server() {
    let profile = "my team's 5%";
    let mut story = Stage::demo().with(move |environment| environment.profile = Some(profile.to_owned())).open().await;
    story.has_tools(installed(true, true)).await;
    let id = id_of(&story, PLAIN);
    story.select(PLAIN).await.keys("Wssh over<enter>").await;
    let [program] = story.programs().try_into().expect("one program");
    let proxy = "ProxyCommand=aws ssm start-session --target %h --document-name AWS-StartSSHSession \
                 --parameters portNumber=%p --region ap-northeast-2 --profile 'my team'\\''s 5%%'";
    let end = ["-o", "ControlPath=none", "-p", "22", "-l", "ubuntu", "--", &id];
    assert_eq!((program.name.as_str(), &program.arguments[..2]), ("ssh", &["-o".to_owned(), proxy.to_owned()][..]));
    assert_eq!(program.arguments[program.arguments.len() - end.len()..], end);
    assert!(program.arguments.contains(&format!("HostKeyAlias={id}")));
    assert!(program.arguments.contains(&"StrictHostKeyChecking=accept-new".to_owned()));
    assert_eq!((story.calls_of("GetConsoleOutput"), story.calls_of("SendSSHPublicKey")), (0, 0));
    story.program_ends(Ended::Status(255)).await.sees("did not get in");
}

#[tokio::test(start_paused = true)]
async fn the_list_speaks_korean() {
    let mut story = Stage::demo().korean().open().await;
    story.has_tools(installed(true, false)).await.select("web-1").await.keys("W").await;
    story
        .sees_in_one_line(&["EC2 Instance Connect", "1분 동안만 쓰는 키로 ssh"])
        .sees("session-manager-plugin이 필요합니다");
}
