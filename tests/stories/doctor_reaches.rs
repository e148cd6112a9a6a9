//! Why can't I connect? With a real SSH server on loopback under the address of a demo instance, and the real `ssh`:
//! what only trying can tell, and five things broken at once that are mended one key at a time.

use std::net::{Ipv4Addr, TcpListener};

use ec2deck::domain::doctor::{Check, Verdict, is_well};
use ec2deck::domain::id::InstanceId;
use ec2deck::ssh::{known_hosts, scan_host_keys};

use crate::support::sshd::{self, Sshd};
use crate::support::{Stage, Story, tools};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// The same, and a rule lets in whoever comes on that port.
async fn reaching(server: &Sshd, port: u16, user: &str) -> Story {
    let story = shut(server, port, user).await;
    let number = i32::from(port);
    assert!(story.demo().given_rule("web", "tcp", number, number, "198.51.100.7/32", "").is_some());
    story
}

/// web-1 is reached at 127.0.0.1 on this port, as this user, with this server's key.
async fn shut(server: &Sshd, port: u16, user: &str) -> Story {
    let stage = Stage::demo().size(130, 40);
    let folder = stage.key_folder();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(server.user_key(), folder.join("laptop.pem")).unwrap();
    tools::set_mode(&folder.join("laptop.pem"), 0o600);
    let mut story = stage.open().await;
    let half = std::fs::read_to_string(server.user_key().with_extension("pub")).unwrap();
    assert!(story.demo().set_public_key("laptop", half.trim()));
    assert!(story.demo().set_public_address("web-1", Some(Ipv4Addr::LOCALHOST)));
    story.select("web-1").await;
    let settings = story.app().environment.ssh_places.clone().unwrap().settings;
    std::fs::create_dir_all(settings.parent().unwrap()).unwrap();
    let id = web_1(&story);
    std::fs::write(&settings, format!("[users]\nal2023 = \"{user}\"\n\n[ports]\n{id} = {port}\n")).unwrap();
    story
}

fn web_1(story: &Story) -> InstanceId {
    story.app().selected_instance().expect("web-1 is selected").id.clone()
}

fn console_of(server: &Sshd) -> String {
    let fingerprint = tools::output("ssh-keygen", &["-lf", tools::argument(&server.host_key_file())]).unwrap();
    format!(
        "-----BEGIN SSH HOST KEY FINGERPRINTS-----\n{fingerprint}-----END SSH HOST KEY FINGERPRINTS-----\n\
         -----BEGIN SSH HOST KEY KEYS-----\n{}-----END SSH HOST KEY KEYS-----\n",
        server.host_key()
    )
}

/// Records the server's present host key as the instance's.
fn remember_host_key(story: &Story, port: u16) {
    let keys = scan_host_keys("127.0.0.1", port, PATIENCE).unwrap();
    let file = story.app().environment.ssh_places.clone().unwrap().known_hosts;
    known_hosts::record(&file, &web_1(story), &keys).unwrap();
}

#[track_caller]
fn verdict(story: &Story, check: Check) -> Verdict {
    let doctor = story.app().doctor().expect("the doctor is there");
    doctor.findings.iter().find(|finding| finding.check == check).expect("it was done").verdict
}

#[tokio::test]
async fn the_key_is_accepted_and_all_is_well() {
    let Some(server) = Sshd::start() else { return };
    let mut story = reaching(&server, server.port, &sshd::me()).await;
    story.keys("D").await.sees("ssh logs in as").sees("Everything is fine: you get in.");
    story.sees(&format!("127.0.0.1:{} answers", server.port)).sees("SSH-2.0-OpenSSH");
    assert!(is_well(&story.app().doctor().unwrap().findings));
    let known = known_hosts::known(&story.app().environment.ssh_places.clone().unwrap().known_hosts, &web_1(&story));
    assert_eq!(known.unwrap(), [], "a key that nobody has compared is not kept");
}

#[tokio::test]
async fn another_user_or_another_key_is_denied() {
    let Some(server) = Sshd::start() else { return };
    let mut story = reaching(&server, server.port, "ubuntu").await;
    story.keys("D").await.sees("the server does not take the key for ubuntu");
    story.sees("is usually entered as ec2-user, not as ubuntu").sees("Press L.");
    assert_eq!(verdict(&story, Check::Login), Verdict::Bad);

    let Some(other) = Sshd::start() else { return };
    let mut story = reaching(&other, server.port, "ec2-user").await;
    story.keys("D").await.sees("The first cause: the server does not take the key for ec2-user");
}

#[tokio::test]
async fn a_closed_port_and_a_silent_one_are_told_apart() {
    let Some(server) = Sshd::start() else { return };
    let mut story = reaching(&server, sshd::free_port(), "ec2-user").await;
    story.keys("D").await.sees("refuses: reached, but nothing listens").sees("The first cause: 127.0.0.1:");

    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = silent.local_addr().unwrap().port();
    let mut story = reaching(&server, port, "ec2-user").await;
    story.keys("D").await.sees("accepts, but says nothing").sees("login not tried");
    assert_eq!(verdict(&story, Check::Tcp), Verdict::Bad);
}

#[tokio::test]
async fn a_changed_host_key_is_forgotten_only_when_the_console_names_the_new_one() {
    let Some(server) = Sshd::start() else { return };
    let mut story = reaching(&server, server.port, &sshd::me()).await;
    remember_host_key(&story, server.port);
    let server = server.rebuilt();
    story.keys("D").await.sees("another host key than before").sees("go on only if you know why");
    story.does_not_see("F  forget");

    assert!(story.demo().set_console("web-1", &console_of(&server)));
    story.keys("D").await.sees_in_one_line(&["another host key than before", "F"]);
    story.keys("F").await.sees("Everything is fine: you get in.");
}

#[tokio::test(start_paused = true)]
async fn five_things_are_broken_and_mended_one_key_at_a_time() {
    let Some(server) = Sshd::start() else { return };
    let mut story = shut(&server, server.port, &sshd::me()).await;
    // Once it has its address, the remembered hosts are brought up to date, and that must not mend what is broken next.
    story.until_one_line_has(&["batch-2", "running"]).await;
    let places = story.app().environment.ssh_places.clone().unwrap();
    let (id, key) = (web_1(&story), story.key_folder().join("laptop.pem"));

    // The host key was another one, the remembered host leads to an old address, others can read the key, the rule is
    // for yesterday's address, and the instance is stopped.
    remember_host_key(&story, server.port);
    let server = server.rebuilt();
    let entry = format!(
        "# ec2deck: {id} region=ap-northeast-2 profile=demo\nHost web-1\n    HostName 203.0.113.99\n    User old\n"
    );
    std::fs::create_dir_all(places.hosts().parent().unwrap()).unwrap();
    std::fs::write(places.hosts(), &entry).unwrap();
    tools::set_mode(&key, 0o644);
    let (port, own) = (i32::from(server.port), "ec2deck kim@laptop (7f3a2c1d) 2026-01-01");
    assert!(story.demo().given_rule("web", "tcp", port, port, "203.0.113.50/32", own).is_some());
    story.keys("1Sy").await.until_one_line_has(&["web-1", "stopped"]).await;
    assert!(story.demo().set_console("web-1", &console_of(&server)));

    tokio::time::resume();
    story.keys("D").await.sees("The first cause: the instance is not running: stopped").sees("Press s.");
    for check in [Check::Running, Check::Address, Check::Rule, Check::Key, Check::Login] {
        assert_eq!(verdict(&story, check), Verdict::Bad, "{check:?}:\n{}", story.screen());
    }

    tokio::time::pause();
    story.keys("sy").await.until_one_line_has(&["running, status checks"]).await;
    tokio::time::resume();
    // The console begins anew with the boot.
    assert!(story.demo().set_console("web-1", &console_of(&server)));
    // The entry has followed the instance by itself, until somebody writes the old address back.
    assert!(std::fs::read_to_string(places.hosts()).unwrap().contains("HostName 127.0.0.1"));
    std::fs::write(places.hosts(), &entry).unwrap();
    story.keys("D").await.sees("The first cause: the remembered host names 203.0.113.99").sees("Press H.");

    story.keys("H").await.sees("lets your earlier address 203.0.113.50/32 in").sees("Press i.");
    let written = std::fs::read_to_string(places.hosts()).unwrap();
    assert!(written.contains("Host web-1\n    HostName 127.0.0.1\n"), "{written}");

    story.keys("i").await.sees("The first cause: others can read").sees("Press m.");
    assert!(
        story
            .demo()
            .rules_of("web")
            .iter()
            .any(|rule| rule.peer == "198.51.100.7/32" && rule.ports == Some((port, port)))
    );

    story.keys("m").await.sees_in_one_line(&["another host key than before", "F"]);
    story.keys("F").await.sees("Everything is fine: you get in.");
    assert!(is_well(&story.app().doctor().unwrap().findings));
}
