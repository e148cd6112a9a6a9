use super::*;
use crate::domain::doctor::testing::shown;

fn failed(words: &str) -> LoginWords {
    LoginWords { status: Some(255), words: words.to_owned(), timed_out: false }
}

/// OpenSSH 9.2's own words, but for the folders.
const CHANGED: &str = "\
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
The fingerprint for the ED25519 key sent by the remote host is
SHA256:D1zgz10w05kp1Q3W3d+Ar6GI+FBSsZ//BVkH2FF7FRs.
Please contact your system administrator.
Host key for i-0123 has changed and you have requested strict checking.
Host key verification failed.";

const OPEN: &str = "\
@         WARNING: UNPROTECTED PRIVATE KEY FILE!          @
Permissions 0644 for 'user' are too open.
This private key will be ignored.
Load key \"user\": bad permissions
root@127.0.0.1: Permission denied (publickey).";

#[test]
fn ssh_is_understood() {
    let publickey = || Meaning::Denied("publickey".to_owned());
    for (words, meant) in [
        ("ec2-user@52.79.10.4: Permission denied (publickey).", publickey()),
        (
            "Warning: Permanently added 'i-1' (ED25519) to the list of known hosts.\nx: Permission denied (publickey).",
            publickey(),
        ),
        (
            "x: Permission denied (publickey,gssapi-keyex,gssapi-with-mic).",
            Meaning::Denied("publickey,gssapi-keyex,gssapi-with-mic".to_owned()),
        ),
        (OPEN, Meaning::KeyOpenToOthers),
        (
            "Warning: Identity file x.pem not accessible: No such file or directory.\nx: Permission denied (publickey).",
            Meaning::KeyMissing,
        ),
        ("Load key \"x.ppk\": error in libcrypto\nx: Permission denied (publickey).", Meaning::KeyUnreadable),
        ("Load key \"x.pem\": invalid format\nx: Permission denied (publickey).", Meaning::KeyUnreadable),
        (CHANGED, Meaning::HostKeyChanged(Some("SHA256:D1zgz10w05kp1Q3W3d+Ar6GI+FBSsZ//BVkH2FF7FRs".to_owned()))),
        (
            "No ED25519 host key is known for i-1 and you have requested strict checking.\nHost key verification failed.",
            Meaning::HostKeyUnknown,
        ),
        (
            "Received disconnect from 127.0.0.1 port 22:2: Too many authentication failures\nDisconnected from 127.0.0.1 port 22",
            Meaning::TooManyKeys,
        ),
        (
            "Unable to negotiate with 1.2.3.4 port 22: no matching host key type found. Their offer: ssh-rsa",
            Meaning::NothingInCommon,
        ),
        (
            "sign_and_send_pubkey: no mutual signature supported\nx: Permission denied (publickey).",
            Meaning::NothingInCommon,
        ),
        ("ssh: connect to host 1.2.3.4 port 22: Connection timed out", Meaning::TimedOut),
        ("ssh: connect to host 1.2.3.4 port 22: Operation timed out", Meaning::TimedOut),
        ("ssh: connect to host 1.2.3.4 port 22: Connection refused", Meaning::Refused),
        ("ssh: Could not resolve hostname x.invalid: Name or service not known", Meaning::NameUnknown),
        ("ssh: connect to host 1.2.3.4 port 22: No route to host", Meaning::NoWay),
        (
            "kex_exchange_identification: Connection closed by remote host\nConnection closed by 1.2.3.4 port 22",
            Meaning::HungUp,
        ),
        ("Connection reset by 1.2.3.4 port 22", Meaning::HungUp),
        (
            "/home/kim/.ssh/config: line 3: Bad configuration option: hostnam\n/home/kim/.ssh/config: terminating, 1 bad configuration options",
            Meaning::BadConfiguration("/home/kim/.ssh/config: line 3: Bad configuration option: hostnam".to_owned()),
        ),
        ("first\nsomething new\n\n", Meaning::Other("something new".to_owned())),
        ("", Meaning::Other(String::new())),
    ] {
        assert_eq!(meaning(&failed(words)), meant, "{words}");
    }
    let quiet = LoginWords { status: Some(0), words: String::new(), timed_out: false };
    assert_eq!(meaning(&quiet), Meaning::Accepted);
    let command = LoginWords { status: Some(5), words: "mkdir: Permission denied".to_owned(), timed_out: false };
    assert_eq!(meaning(&command), Meaning::Accepted, "it is the command that failed");
    let warned = LoginWords { status: Some(0), words: CHANGED.to_owned(), timed_out: false };
    assert_eq!(meaning(&warned), Meaning::Accepted);
    let root = "Please login as the user \"ec2-user\" rather than the user \"root\".";
    let root = LoginWords { status: Some(142), words: root.to_owned(), timed_out: false };
    assert_eq!(meaning(&root), Meaning::OtherUser("ec2-user".to_owned()));
    let hostile =
        LoginWords { status: Some(1), words: "Please login as the user \"-oProxyCommand=x\"".to_owned(), ..quiet };
    assert_eq!(meaning(&hostile), Meaning::Accepted, "no user's name");
    let late = LoginWords { status: None, words: String::new(), timed_out: true };
    assert_eq!(meaning(&late), Meaning::TimedOut);
}

fn found(login: &LoginWords, console: Option<&str>, earlier: &[Finding]) -> Finding {
    check(&Facts { service: Service::Ssh, user: "ec2-user", login: Some(login), console }, earlier)
}

#[test]
fn a_refused_key_is_explained_by_what_was_found_before() {
    let denied = failed("x: Permission denied (publickey).");
    let wrong_user =
        Finding::bad(Check::User, text!("words", words = "x")).mended_by(Mend::ChooseUser("ubuntu".to_owned()));
    let wrong_key = Finding::bad(Check::Key, text!("words", words = "x")).mended_by(Mend::FindKey);
    for (earlier, mend, words) in [
        (vec![], None, "another key"),
        (vec![wrong_key.clone()], Some(Mend::FindKey), "private key"),
        (vec![wrong_key, wrong_user], Some(Mend::ChooseUser("ubuntu".to_owned())), "login user"),
    ] {
        let finding = found(&denied, None, &earlier);
        assert_eq!((finding.verdict, &finding.mend), (Verdict::Bad, &mend), "{}", shown(&finding));
        assert!(shown(&finding).contains(words) && shown(&finding).contains("ec2-user"), "{}", shown(&finding));
    }
    let no_keys = found(&failed("x: Permission denied (password)."), None, &[]);
    assert!(shown(&no_keys).contains("password"), "{}", shown(&no_keys));
}

#[test]
fn a_changed_host_key_is_forgotten_only_when_the_console_tells_it() {
    let fingerprint = "SHA256:D1zgz10w05kp1Q3W3d+Ar6GI+FBSsZ//BVkH2FF7FRs";
    let block = |line: &str| {
        format!("-----BEGIN SSH HOST KEY FINGERPRINTS-----\n{line}\n-----END SSH HOST KEY FINGERPRINTS-----\n")
    };
    let told = block(&format!("256 {fingerprint} root@ip-172-31-4-19 (ED25519)"));
    let prefix_only = block(&format!("256 {fingerprint}AAAA root (ED25519)"));
    let of_somebodys_key = format!("sshd: Accepted publickey for kim ssh2: ED25519 {fingerprint}\n");
    for (console, mend) in [
        (Some(told.as_str()), Some(Mend::ForgetHostKey)),
        (Some(prefix_only.as_str()), None),
        (Some(of_somebodys_key.as_str()), None),
        (None, None),
    ] {
        let finding = found(&failed(CHANGED), console, &[]);
        assert_eq!((finding.verdict, &finding.mend), (Verdict::Bad, &mend), "{console:?}");
        assert!(shown(&finding).contains(fingerprint), "{}", shown(&finding));
    }
    let untold = found(&failed("Host key for i-1 has changed and you have requested strict checking."), None, &[]);
    assert!(untold.evidence.is_some() && untold.mend.is_none(), "{}", shown(&untold));
}

#[test]
fn every_meaning_has_words() {
    let open = Finding::bad(Check::Key, text!("words", words = "x")).mended_by(Mend::LockKey("/k".into()));
    let lock = found(&failed(OPEN), None, &[open]);
    assert_eq!(lock.mend, Some(Mend::LockKey("/k".into())));
    for words in [
        "Host key verification failed",
        "Identity file x not accessible: No such file",
        "Load key \"x\": invalid format",
        "Too many authentication failures",
        "Unable to negotiate",
        "Connection timed out",
        "Connection refused",
        "Connection reset",
        "Could not resolve hostname",
        "No route to host",
        "Bad owner or permissions on /home/kim/.ssh/config",
        "something new",
        "",
    ] {
        let finding = found(&failed(words), None, &[]);
        assert_eq!(finding.verdict, Verdict::Bad, "{words}");
        assert!(!shown(&finding).is_empty());
    }
    assert!(shown(&found(&failed("x\nsomething new"), None, &[])).contains("something new"));
    let works = found(&LoginWords { status: Some(0), words: String::new(), timed_out: false }, None, &[]);
    assert_eq!(works.verdict, Verdict::Good);
}

#[test]
fn what_is_not_tried_says_why() {
    let facts = Facts { service: Service::Ssh, user: "ec2-user", login: None, console: None };
    let tcp = |verdict| [Finding::new(Check::Tcp, verdict, text!("words", words = "x"))];
    for (facts, earlier, words) in [
        (facts, tcp(Verdict::Bad), "without a connection"),
        (facts, tcp(Verdict::Good), "not tried"),
        (Facts { service: Service::Rdp, ..facts }, tcp(Verdict::Good), "password"),
    ] {
        let finding = check(&facts, &earlier);
        assert_eq!(finding.verdict, Verdict::NotTried);
        assert!(shown(&finding).contains(words), "{}", shown(&finding));
    }
}
