use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::login::LoginParts;

fn known_hosts() -> SshPath {
    SshPath::of_file(Path::new("/home/me/.local/state/ec2deck/known_hosts")).unwrap()
}

fn login(number: u32, host: &str) -> Login {
    Login::new(LoginParts {
        instance: InstanceId::new(format!("i-0123456789a{number:06x}")),
        host: host.to_owned(),
        port: 22,
        user: "ec2-user".to_owned(),
        key: Some("/home/me/.ssh/my key.pem".into()),
        jump: None,
    })
    .unwrap()
}

fn seoul(hosts: &[(&str, Login)]) -> RegionHosts {
    RegionHosts {
        profile: "my office".to_owned(),
        account: None,
        region: Region::parse("ap-northeast-2").unwrap(),
        hosts: hosts.iter().map(|(name, login)| (Some((*name).to_owned()), login.clone())).collect(),
        asleep: BTreeSet::new(),
    }
}

fn updated(existing: &str, of_region: &RegionHosts) -> UpdatedHosts {
    update(existing, of_region, &Taken::new([]), &known_hosts())
}

#[test]
fn an_entry_has_all_that_ssh_needs() {
    let written = updated("", &seoul(&[("web 1", login(1, "203.0.113.10"))]));
    let expected = format!(
        "{HEADER}
# ec2deck: i-0123456789a000001 region=ap-northeast-2 profile=my%20office
Host web-1
    HostName 203.0.113.10
    User ec2-user
    IdentityFile \"/home/me/.ssh/my key.pem\"
    IdentitiesOnly yes
    HostKeyAlias i-0123456789a000001
    UserKnownHostsFile \"/home/me/.local/state/ec2deck/known_hosts\"
    HashKnownHosts no
    CheckHostIP no
    StrictHostKeyChecking accept-new
"
    );
    assert_eq!(written.text, expected);
    assert_eq!(written.aliases, [(InstanceId::new("i-0123456789a000001"), "web-1".to_owned())]);
    assert_eq!(updated(&written.text, &seoul(&[("web 1", login(1, "203.0.113.10"))])), written);
}

#[test]
fn an_entry_follows_its_address_and_goes_with_its_instance() {
    let both = updated("", &seoul(&[("web", login(1, "203.0.113.10")), ("db", login(2, "203.0.113.11"))]));
    let moved = updated(&both.text, &seoul(&[("web", login(1, "203.0.113.99"))]));
    assert_eq!(remembered_host(&moved.text, login(1, "h").instance()).as_deref(), Some("203.0.113.99"));
    assert_eq!(remembered_host(&moved.text, login(2, "h").instance()), None);
    assert!(!moved.text.contains("203.0.113.10"), "{}", moved.text);

    let mut asleep = seoul(&[]);
    asleep.asleep.insert(login(1, "h").instance().clone());
    assert_eq!(updated(&moved.text, &asleep), moved, "who is only asleep keeps the entry");
}

#[test]
fn other_profiles_and_regions_keep_their_entries() {
    let here = updated("", &seoul(&[("web", login(1, "203.0.113.10"))]));
    let mut tokyo = seoul(&[("web", login(2, "203.0.113.20"))]);
    tokyo.region = Region::parse("ap-northeast-1").unwrap();
    let both = updated(&here.text, &tokyo);
    let names: Vec<_> = aliases(&both.text).into_iter().map(|(_, alias)| alias).collect();
    assert_eq!(names, ["web", "web-0002"], "unique among all");
    let gone = updated(&both.text, &seoul(&[]));
    assert_eq!(aliases(&gone.text), both.aliases);
}

#[test]
fn another_account_under_the_same_profile_leaves_entries_alone() {
    let of = |account: Option<&str>, hosts: &[(&str, Login)]| RegionHosts {
        account: account.map(str::to_owned),
        ..seoul(hosts)
    };
    let first = updated("", &of(Some("123456789012"), &[("web", login(1, "203.0.113.10"))]));
    assert!(first.text.contains(" profile=my%20office account=123456789012\n"), "{}", first.text);
    let other = updated(&first.text, &of(Some("210987654321"), &[("web", login(2, "203.0.113.20"))]));
    assert_eq!(other.aliases, [(login(2, "h").instance().clone(), "web-0002".into())]);
    assert_eq!(aliases(&other.text).len(), 2);
    // Whose account is not known removes nothing, and an entry of theirs keeps its account.
    assert_eq!(updated(&other.text, &of(None, &[])).text, other.text);
    let moved = updated(&first.text, &of(None, &[("web", login(1, "203.0.113.99"))]));
    assert_eq!(moved.text, first.text.replace("203.0.113.10", "203.0.113.99"));
    assert_eq!(updated(&first.text, &of(Some("123456789012"), &[])).text, HEADER);
    // Entries of an earlier version are those of the profile and region.
    let old = updated("", &seoul(&[("web", login(1, "203.0.113.10"))])).text;
    assert_eq!(updated(&old, &of(Some("123456789012"), &[])).text, HEADER);
    assert_eq!(updated(&old, &of(Some("123456789012"), &[("web", login(1, "203.0.113.10"))])), first);
}

#[test]
fn the_same_instance_through_another_profile_has_one_entry() {
    let one = updated("", &seoul(&[("web", login(1, "203.0.113.10"))]));
    let mut again = seoul(&[("web", login(1, "203.0.113.10"))]);
    again.profile = "admin".to_owned();
    let two = updated(&one.text, &again);
    assert_eq!(two.text.matches("HostName").count(), 1);
    assert!(two.text.contains("profile=admin"));
}

#[test]
fn a_newcomer_of_the_same_name_takes_nothing_away() {
    let first = updated("", &seoul(&[("web", login(9, "203.0.113.9"))]));
    let both = updated(&first.text, &seoul(&[("WEB", login(1, "203.0.113.1")), ("web", login(9, "203.0.113.9"))]));
    assert_eq!(
        both.aliases,
        [(login(9, "h").instance().clone(), "web".into()), (login(1, "h").instance().clone(), "WEB-0001".into())]
    );
}

#[test]
fn what_leads_elsewhere_today_keeps_leading_there() {
    let taken = Taken::new(["web".to_owned()]);
    let written = update("", &seoul(&[("web", login(1, "203.0.113.10"))]), &taken, &known_hosts());
    assert_eq!(written.aliases[0].1, "web-0001");
}

#[test]
fn ours_is_what_begins_as_it_was_written() {
    let written = updated("", &seoul(&[("web", login(1, "203.0.113.10"))])).text;
    let without_header = &written[HEADER.len()..];
    for ours in ["", "\n \n", HEADER, &written, &written.replace('\n', "\r\n"), without_header] {
        assert!(is_ours(ours), "{ours}");
    }
    for theirs in ["Host a\n", "# mine\n", "# ec2deck: nonsense\n", &format!("Host a\n{written}")] {
        assert!(!is_ours(theirs), "{theirs}");
    }
}

#[test]
fn a_file_damaged_by_hand_is_mended() {
    let damaged = "Host *\n  ProxyCommand x\n# ec2deck: nonsense\n# ec2deck: i-1 region=r profile=p\n  User x\n";
    assert_eq!(updated(damaged, &seoul(&[])).text, HEADER);
}

proptest! {
    #[test]
    fn any_name_gives_a_safe_and_unique_alias(names in proptest::collection::vec(".{0,60}", 1..6)) {
        let hosts: Vec<_> = names.iter().zip(1..).map(|(name, number)| (name.as_str(), login(number, "203.0.113.1"))).collect();
        let written = updated("", &seoul(&hosts));
        prop_assert_eq!(written.aliases.len(), names.len());
        let mut seen = BTreeSet::new();
        for (_, alias) in &written.aliases {
            prop_assert!(alias.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)), "{}", alias);
            prop_assert!(alias.chars().any(|c| c.is_ascii_alphabetic()) && !alias.starts_with(['-', '.']));
            prop_assert!(seen.insert(alias.to_ascii_lowercase()), "{} twice", alias);
        }
        prop_assert_eq!(aliases(&written.text), written.aliases.clone());
        prop_assert_eq!(updated(&written.text, &seoul(&hosts)), written);
    }

    #[test]
    fn nothing_but_one_line_is_added(existing in proptest::collection::vec(any::<u8>(), 0..200)) {
        let plan = plan_include(&existing, INCLUDED);
        let after = plan.apply(&existing);
        if plan.already_there {
            prop_assert_eq!(after, existing);
        } else {
            let at = if existing.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let added = after.len() - existing.len();
            prop_assert_eq!([&after[..at], &after[at + added..]].concat(), existing);
            prop_assert!(plan_include(&after, INCLUDED).already_there);
        }
    }
}
