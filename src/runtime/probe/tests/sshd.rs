//! ssh against the system's own server on loopback: what is said here is what the doctor reads. Without sshd the tests
//! say so and pass; in CI they fail.

use std::net::Ipv4Addr;
use std::os::fd::OwnedFd;

use tempfile::TempDir;
use tokio::net::TcpListener;

use super::super::*;
use crate::domain::doctor::login::{Facts, Meaning, check, meaning};
use crate::domain::doctor::{Finding, Mend, Service, Verdict};

const SSHD: &str = "/usr/sbin/sshd";
const PLENTY: Duration = Duration::from_secs(30);

/// A folder with keys, and servers that know one of them.
struct Setting {
    folder: TempDir,
    user: String,
}

impl Setting {
    fn new() -> Option<Self> {
        if !Path::new(SSHD).exists() {
            assert!(std::env::var_os("CI").is_none(), "{SSHD} is missing, and CI must not skip its tests");
            eprintln!("skipped: {SSHD} is missing");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let setting = Self { user: said_by("id", &["-un"]), folder };
        if setting.user == "root" {
            // Where the package's own service would make it.
            std::fs::create_dir_all("/run/sshd").unwrap();
        }
        for name in ["host", "other-host", "laptop", "stranger"] {
            said_by("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", &setting.at(name)]);
        }
        std::fs::copy(setting.at("laptop.pub"), setting.at("authorized")).unwrap();
        Some(setting)
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A server with this host key: each connection gets a process of its own, as under inetd.
    async fn serve(&self, host_key: &str) -> SocketAddr {
        let config = self.at(&format!("{host_key}.conf"));
        let lines = [
            format!("HostKey {}", self.at(host_key)),
            format!("AuthorizedKeysFile {}", self.at("authorized")),
            "PasswordAuthentication no".to_owned(),
            "KbdInteractiveAuthentication no".to_owned(),
            "UsePAM no".to_owned(),
            "StrictModes no".to_owned(),
            "LogLevel QUIET".to_owned(),
        ];
        std::fs::write(&config, lines.join("\n") + "\n").unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let connection = connection.into_std().unwrap();
                connection.set_nonblocking(false).unwrap();
                let (input, output) = (connection.try_clone().unwrap(), connection);
                let mut server = Command::new(SSHD)
                    .args(["-i", "-f", &config])
                    .stdin(OwnedFd::from(input))
                    .stdout(OwnedFd::from(output))
                    .kill_on_drop(true)
                    .spawn()
                    .unwrap();
                tokio::spawn(async move { server.wait().await });
            }
        });
        address
    }

    /// As the program does it: this key only, the instance's own name for the host key, never a question.
    async fn try_login(&self, address: SocketAddr, user: &str, key: &str, unknown: &str) -> LoginWords {
        let options = [
            "BatchMode=yes".to_owned(),
            "ConnectTimeout=5".to_owned(),
            "IdentitiesOnly=yes".to_owned(),
            "IdentityAgent=none".to_owned(),
            "HostKeyAlias=i-0123456789abcdef0".to_owned(),
            "GlobalKnownHostsFile=none".to_owned(),
            format!("UserKnownHostsFile={}", self.at("known")),
            format!("StrictHostKeyChecking={unknown}"),
        ];
        let mut arguments: Vec<OsString> =
            vec!["-F".into(), "none".into(), "-p".into(), address.port().to_string().into()];
        arguments.extend(options.iter().flat_map(|option| ["-o".into(), option.into()]));
        arguments.extend(["-i".into(), self.at(key).into(), "-l".into(), user.into(), "--".into()]);
        arguments.extend([address.ip().to_string().into(), "true".into()]);
        let tried = super::super::try_login(Path::new("ssh"), &arguments, PLENTY).await.unwrap();
        assert!(!tried.timed_out, "{tried:?}");
        tried
    }
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    let run = std::process::Command::new(program).args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(run.status.success(), "{program} {arguments:?}: {run:?}");
    String::from_utf8(run.stdout).unwrap().trim().to_owned()
}

fn judged(login: &LoginWords, console: Option<&str>) -> Finding {
    check(&Facts { service: Service::Ssh, user: "me", login: Some(login), console }, &[])
}

#[tokio::test]
async fn the_right_key_gets_in_and_nobody_else() {
    let Some(setting) = Setting::new() else { return };
    let server = setting.serve("host").await;
    let greeting = reach(server, PLENTY).await;
    assert!(matches!(&greeting, Reach::Banner(banner) if banner.starts_with("SSH-2.0-OpenSSH")), "{greeting:?}");

    let accepted = setting.try_login(server, &setting.user, "laptop", "accept-new").await;
    assert_eq!((accepted.status, meaning(&accepted)), (Some(0), Meaning::Accepted), "{accepted:?}");
    assert_eq!(judged(&accepted, None).verdict, Verdict::Good);

    for (user, key) in [(setting.user.as_str(), "stranger"), ("nobody-of-that-name", "laptop")] {
        let denied = setting.try_login(server, user, key, "accept-new").await;
        assert_eq!(meaning(&denied), Meaning::Denied("publickey".to_owned()), "{user} {key}: {denied:?}");
        assert_eq!(judged(&denied, None).verdict, Verdict::Bad);
    }
    let missing = setting.try_login(server, &setting.user, "nowhere", "accept-new").await;
    assert_eq!(meaning(&missing), Meaning::KeyMissing, "{missing:?}");
    assert_eq!(judged(&missing, None).mend, Some(Mend::FindKey));
}

#[tokio::test]
async fn files_that_ssh_leaves_aside_are_told_apart() {
    use std::os::unix::fs::PermissionsExt;
    let Some(setting) = Setting::new() else { return };
    let server = setting.serve("host").await;
    // Without its public half beside it, ssh must read the file at once.
    std::fs::remove_file(setting.at("laptop.pub")).unwrap();
    std::fs::set_permissions(setting.at("laptop"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = setting.try_login(server, &setting.user, "laptop", "accept-new").await;
    assert_eq!(meaning(&open), Meaning::KeyOpenToOthers, "{open:?}");

    std::fs::write(setting.at("damaged"), "PuTTY-User-Key-File-3: ssh-ed25519\n").unwrap();
    std::fs::set_permissions(setting.at("damaged"), std::fs::Permissions::from_mode(0o600)).unwrap();
    let damaged = setting.try_login(server, &setting.user, "damaged", "accept-new").await;
    assert_eq!(meaning(&damaged), Meaning::KeyUnreadable, "{damaged:?}");
}

#[tokio::test]
async fn a_changed_host_key_is_noticed_wherever_the_server_is() {
    let Some(setting) = Setting::new() else { return };
    let (server, other) = (setting.serve("host").await, setting.serve("other-host").await);
    let unknown = setting.try_login(server, &setting.user, "laptop", "yes").await;
    assert_eq!(meaning(&unknown), Meaning::HostKeyUnknown, "{unknown:?}");
    let first = setting.try_login(server, &setting.user, "laptop", "accept-new").await;
    assert_eq!(meaning(&first), Meaning::Accepted, "{first:?}");

    let changed = setting.try_login(other, &setting.user, "laptop", "accept-new").await;
    let told = said_by("ssh-keygen", &["-l", "-f", &setting.at("other-host.pub")]);
    let fingerprint = told.split_whitespace().find(|word| word.starts_with("SHA256:")).unwrap().to_owned();
    assert_eq!(meaning(&changed), Meaning::HostKeyChanged(Some(fingerprint)), "{changed:?}");
    // What ssh-keygen prints is what cloud-init prints on the console.
    let console =
        format!("-----BEGIN SSH HOST KEY FINGERPRINTS-----\n{told}\n-----END SSH HOST KEY FINGERPRINTS-----\n");
    assert_eq!(judged(&changed, Some(&console)).mend, Some(Mend::ForgetHostKey));
    let unproven = judged(&changed, Some("login: "));
    assert_eq!((unproven.verdict, unproven.mend), (Verdict::Bad, None));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_in_sshs_words() {
    let Some(setting) = Setting::new() else { return };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let refused = setting.try_login(closed, &setting.user, "laptop", "accept-new").await;
    assert_eq!(meaning(&refused), Meaning::Refused, "{refused:?}");

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let hanging_up = listener.local_addr().unwrap();
    let serving = async { drop(listener.accept().await.unwrap()) };
    let (hung_up, ()) = tokio::join!(setting.try_login(hanging_up, &setting.user, "laptop", "accept-new"), serving);
    assert_eq!(meaning(&hung_up), Meaning::HungUp, "{hung_up:?}");

    // The system accepts for a listener that never does: no banner comes, and ssh gives up by itself.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let silent = listener.local_addr().unwrap();
    let late = setting.try_login(silent, &setting.user, "laptop", "accept-new").await;
    assert_eq!(meaning(&late), Meaning::TimedOut, "{late:?}");
    assert_eq!(judged(&late, None).verdict, Verdict::Bad);
    drop(listener);
}
