//! What a new server is sent to stop by itself, put before those who will read it: sh, systemd (where it is installed),
//! and the parser that cloud-init reads user data with. The program that the script leaves behind is run for real.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64ct::{Base64, Encoding as _};

use ec2deck::domain::auto_stop::{AutoStop, Ending};
use ec2deck::domain::guest_timer::{TimerProblem, parts};
use ec2deck::domain::instance::Platform;
use ec2deck::domain::launch_plan::UserData;
use ec2deck::domain::limits::USER_DATA_BYTES;

fn auto_stop() -> AutoStop {
    AutoStop { ending: Ending::Stop, at: "2028-02-29T14:00:00Z".parse().unwrap() }
}

fn linux_script() -> String {
    parts(&auto_stop(), Platform::Linux, None).unwrap().before
}

fn merged(own: &[u8]) -> Result<Vec<u8>, TimerProblem> {
    let own = UserData::new(own.to_vec());
    let around = parts(&auto_stop(), Platform::Linux, Some(&own))?;
    Ok(around.together(Some(&own)).as_bytes().to_vec())
}

/// What a program says of its input; `None` where the program is not installed.
fn said(program: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let words = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {arguments:?}: {words}");
    Some(words)
}

/// The document behind `cat >FILE <<'END'` in the script.
fn written(script: &str, file: &str) -> String {
    let (_, rest) = script.split_once(&format!(">{file} <<'END'\n")).unwrap();
    rest.split_once("END\n").unwrap().0.to_owned()
}

#[test]
fn the_script_is_one_that_sh_takes() {
    let script = linux_script();
    assert!(script.starts_with("#!/bin/sh\n"), "{script}");
    for placeholder in ["{WORD}", "{CALENDAR}", "{EPOCH}"] {
        assert!(!script.contains(placeholder), "{placeholder}");
    }
    assert!(script.len() < 3_000, "{} bytes", script.len());
    if cfg!(unix) {
        assert_eq!(said("sh", &["-n"], script.as_bytes()).as_deref(), Some(""));
        let program = written(&script, "/usr/local/sbin/ec2deck-auto-stop");
        assert_eq!(said("sh", &["-n"], program.as_bytes()).as_deref(), Some(""));
    }
}

/// The units as systemd itself sees them, where it is installed.
#[test]
#[cfg(target_os = "linux")]
fn systemd_takes_the_units_and_means_the_same_moment() {
    let script = linux_script();
    let timer = written(&script, "/etc/systemd/system/ec2deck-auto-stop.timer");
    assert!(!timer.contains("Persistent"), "a start after the moment would end at once");
    let calendar = timer.lines().find_map(|line| line.strip_prefix("OnCalendar=")).unwrap();
    assert_eq!(calendar, "2028-02-29 14:00:00 UTC");
    let before = "--base-time=2026-11-24 00:00:00 UTC";
    let Some(next) = said("systemd-analyze", &["calendar", before, calendar], b"") else {
        assert!(std::env::var_os("CI").is_none(), ".ci/run installs systemd");
        return;
    };
    assert!(next.contains("2028-02-29 14:00:00 UTC"), "{next}");
    let after = "--base-time=2028-02-29 14:00:01 UTC";
    let next = said("systemd-analyze", &["calendar", after, calendar], b"").unwrap();
    assert!(next.contains("never"), "it would come again: {next}");
    let folder = tempfile::tempdir().unwrap();
    let service = written(&script, "/etc/systemd/system/ec2deck-auto-stop.service");
    for (name, unit) in [("ec2deck-auto-stop.timer", &timer), ("ec2deck-auto-stop.service", &service)] {
        std::fs::write(folder.path().join(name), unit).unwrap();
    }
    let path = folder.path().join("ec2deck-auto-stop.timer");
    said("systemd-analyze", &["verify", path.to_str().unwrap()], b"");
}

/// A server in a folder: its clock, its instance id, and programs that write down how they are called.
#[cfg(unix)]
struct Server {
    folder: tempfile::TempDir,
}

#[cfg(unix)]
impl Server {
    fn new(directories: &[&str]) -> Self {
        use std::os::unix::fs::PermissionsExt as _;
        let server = Self { folder: tempfile::tempdir().unwrap() };
        for directory in ["/var/lib/cloud/data", "/usr/local/sbin", "/bin"].iter().chain(directories) {
            std::fs::create_dir_all(server.here(directory)).unwrap();
        }
        let root = server.here("");
        for (name, script) in [
            ("date", format!("cat {root}/clock")),
            ("shutdown", format!("echo shutdown \"$@\" >>{root}/called")),
            ("systemctl", format!("echo systemctl \"$@\" >>{root}/called")),
        ] {
            let path = server.here(&format!("/bin/{name}"));
            std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        server
    }

    fn here(&self, path: &str) -> String {
        format!("{}{path}", self.folder.path().to_str().unwrap())
    }

    fn run(&self, input: &str, arguments: &[&str]) {
        let path = format!("{}:{}", self.here("/bin"), std::env::var("PATH").unwrap());
        let mut child = Command::new("sh")
            .arg("-s")
            .arg("--")
            .args(arguments)
            .env("PATH", &path)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
    }

    fn clock(&self, second: i64) {
        std::fs::write(self.here("/clock"), second.to_string()).unwrap();
    }

    fn id(&self, id: &str) {
        std::fs::write(self.here("/var/lib/cloud/data/instance-id"), id).unwrap();
    }

    fn has(&self, path: &str) -> bool {
        std::fs::exists(self.here(path)).unwrap()
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.here(path)).unwrap()
    }

    /// The first start, an hour before the time.
    fn starts(&self) {
        self.starts_at(auto_stop().at.as_second() - 3_600);
    }

    /// The first start: everything that the script touches is below the folder.
    fn starts_at(&self, second: i64) {
        let script = ["/var/lib", "/usr/local", "/etc/cron.d", "/etc/systemd", "/run/systemd"]
            .iter()
            .fold(linux_script(), |script, path| script.replace(path, &self.here(path)));
        self.clock(second);
        self.id("i-1");
        self.run(&script, &[]);
    }

    /// The program that the script has left behind.
    fn program(&self, arguments: &[&str]) {
        self.run(&self.read("/usr/local/sbin/ec2deck-auto-stop"), arguments);
    }

    /// The calls since the last time.
    fn called(&self) -> Vec<String> {
        let called = std::fs::read_to_string(self.here("/called")).unwrap_or_default();
        let _ = std::fs::remove_file(self.here("/called"));
        called.lines().map(str::to_owned).collect()
    }
}

#[test]
#[cfg(unix)]
fn without_systemd_cron_runs_the_program_which_shuts_down_once_and_only_in_its_time_and_place() {
    const CRON: &str = "/etc/cron.d/ec2deck-auto-stop";
    let (server, at) = (Server::new(&["/etc/cron.d"]), auto_stop().at.as_second());
    server.starts();
    assert!(server.read(CRON).starts_with("* * * * * root "));
    server.program(&[]);
    assert!(server.called().is_empty() && server.has(CRON), "before its time");
    server.clock(at + 30);
    server.program(&[]);
    assert_eq!(server.called(), ["shutdown -P now"]);
    assert!(!server.has(CRON), "once");

    server.starts();
    server.clock(at + 86_400);
    server.program(&[]);
    assert!(server.called().is_empty() && !server.has(CRON), "somebody has started it since");

    server.starts();
    server.id("i-2");
    server.clock(at + 30);
    server.program(&[]);
    assert!(server.called().is_empty(), "an image of the server");

    server.starts();
    server.program(&["off"]);
    assert!(server.called().is_empty() && !server.has(CRON));
}

#[test]
#[cfg(unix)]
fn with_systemd_its_timer_runs_the_program_which_powers_off() {
    const TIMER: &str = "ec2deck-auto-stop.timer";
    let directories = ["/etc/cron.d", "/etc/systemd/system", "/run/systemd/system"];
    let (server, at) = (Server::new(&directories), auto_stop().at.as_second());
    server.starts();
    let enabled = ["daemon-reload".to_owned(), format!("enable {TIMER}"), format!("start {TIMER}")];
    assert_eq!(server.called(), enabled.map(|call| format!("systemctl {call}")));
    assert!(server.has("/etc/systemd/system/ec2deck-auto-stop.timer"));
    assert!(!server.has("/etc/cron.d/ec2deck-auto-stop"), "one of them is enough");
    server.program(&[]);
    assert!(server.called().is_empty(), "before its time");
    server.clock(at + 1);
    server.program(&[]);
    let disable = format!("systemctl disable {TIMER}");
    assert_eq!(server.called(), [disable.clone(), "systemctl poweroff".to_owned()]);
    server.program(&["off"]);
    assert_eq!(server.called(), [disable, format!("systemctl stop {TIMER}")]);
}

#[test]
#[cfg(unix)]
fn a_first_start_that_takes_longer_than_that_shuts_down_at_once() {
    let server = Server::new(&["/etc/systemd/system", "/run/systemd/system"]);
    server.starts_at(auto_stop().at.as_second() + 600);
    assert_eq!(server.called().last().map(String::as_str), Some("systemctl poweroff"));
}

#[test]
fn windows_gets_a_task_in_utc_and_nothing_beside_it() {
    let alone = parts(&auto_stop(), Platform::Windows, None).unwrap();
    let script = String::from_utf8(alone.together(None).as_bytes().to_vec()).unwrap();
    assert!(script.starts_with("<powershell>\n") && script.ends_with("</powershell>\n"));
    assert!(script.contains("StartBoundary = '2028-02-29T14:00:00Z'"));
    let own = UserData::new(b"<powershell>x</powershell>".to_vec());
    assert_eq!(parts(&auto_stop(), Platform::Windows, Some(&own)), Err(TimerProblem::Windows));
}

#[test]
fn what_cloud_init_would_not_take_is_refused() {
    for (own, problem) in [
        (&b"\x1f\x8b\x08rest"[..], TimerProblem::Compressed),
        (b"#!/bin/sh\n\xff", TimerProblem::Binary),
        (b"#!/bin/sh\n\0", TimerProblem::Binary),
        (b"echo hello", TimerProblem::UnknownKind),
        (b"[settings.host]", TimerProblem::UnknownKind),
        (b"From nobody\nMIME-Version: 1.0\n", TimerProblem::OddMime),
    ] {
        assert_eq!(merged(own).unwrap_err(), problem, "{}", String::from_utf8_lossy(own));
    }
    let large = [b"#!/bin/sh\n".as_slice(), &vec![b'#'; USER_DATA_BYTES - 10]].concat();
    let Err(TimerProblem::TooLarge { total, own }) = merged(&large) else { panic!("it fits") };
    assert!(total > USER_DATA_BYTES && own == USER_DATA_BYTES);
}

/// Python's parser, which is what cloud-init reads user data with: types and bodies of all parts, in base64.
const READ_MIME: &str = "
import sys, email, base64
raw = sys.stdin.buffer.read()
for part in email.message_from_string(raw.decode('utf-8')).walk():
    if part.get_content_maintype() != 'multipart':
        print(part.get_content_type(), base64.b64encode(part.get_payload(decode=True)).decode())
";

#[test]
fn both_parts_come_out_of_pythons_parser_as_they_went_in() {
    let nested = "Content-Type: multipart/mixed; boundary=\"===ec2deck-auto-stop\"\nMIME-Version: 1.0\n\n\
                  --===ec2deck-auto-stop\nContent-Type: text/cloud-config\n\n#cloud-config\nx: 1\n\
                  --===ec2deck-auto-stop--\n";
    let script = linux_script();
    for (own, kind, body) in [
        ("#!/bin/bash\necho hi\n", "text/x-shellscript", None),
        ("#!/bin/bash\necho no newline", "text/x-shellscript", None),
        ("#!/bin/bash\r\necho windows\r\n", "text/x-shellscript", None),
        ("#!/bin/bash\n# 한국어 설명\necho 안녕\n", "text/x-shellscript", None),
        ("#cloud-config\npackages: [nginx]\n", "text/cloud-config", None),
        ("#cloud-config-archive\n- x\n", "text/cloud-config-archive", None),
        ("#include-once\nhttps://example.com/x\n", "text/x-include-once-url", None),
        ("#!/bin/sh\n--===ec2deck-auto-stop\n--===ec2deck-auto-stop--\n", "text/x-shellscript", None),
        (nested, "text/cloud-config", Some("#cloud-config\nx: 1")),
    ] {
        let merged = merged(own.as_bytes()).unwrap();
        let Some(parts) = said("python3", &["-c", READ_MIME], &merged) else { return };
        let line = |kind: &str, body: &str| format!("{kind} {}\n", Base64::encode_string(body.as_bytes()));
        let expected = line("text/x-shellscript", &script) + &line(kind, body.unwrap_or(own));
        assert_eq!(parts, expected, "{own:?}");
    }
}
