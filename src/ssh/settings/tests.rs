use super::*;
use crate::domain::login::{LoginPart, Refusal};
use crate::domain::problem::Cause;

const BY_HAND: &str = r#"# mine
[users] # who
ubuntu = 'me'   # not the usual
debian = "admin"
"other:123456789012" = "deploy"

[ports]
i-0123456789abcdef0 = 2222

[jump]
vpc-0a1 = "me@bastion:2222" # the office

[private]
vpc-0a1 = true
vpc-0b2 = false
"#;

fn mistake(text: &str) -> (usize, usize, SettingFault) {
    let mistake = parse(text).unwrap_err();
    let (line, column) = place(text, mistake.at);
    (line, column, mistake.fault)
}

#[test]
fn a_file_by_hand_is_read() {
    let file = parse(BY_HAND).unwrap();
    let vpc = |id: &str| Some(VpcId::new(id));
    assert_eq!(file.unknown, []);
    assert_eq!(file.remembered.user(&ImageFamily::Ubuntu), "me");
    assert_eq!(file.remembered.user(&ImageFamily::Other("123456789012".to_owned())), "deploy");
    assert_eq!(file.remembered.port(&InstanceId::new("i-0123456789abcdef0")), 2222);
    assert_eq!(file.remembered.jump(vpc("vpc-0a1").as_ref()), Some("me@bastion:2222"));
    assert!(file.remembered.prefers_private(vpc("vpc-0a1").as_ref()));
    assert!(!file.remembered.prefers_private(vpc("vpc-0b2").as_ref()));
    assert_eq!(parse("").unwrap(), RememberedFile::default());
}

#[test]
fn writing_what_was_read_changes_no_byte() {
    let file = parse(BY_HAND).unwrap();
    assert_eq!(render(BY_HAND, &file.remembered).unwrap(), BY_HAND);
}

#[test]
fn a_change_keeps_comments_and_everything_else() {
    let mut remembered = parse(BY_HAND).unwrap().remembered;
    remembered.set_user(ImageFamily::Ubuntu, "you").unwrap();
    remembered.set_user(ImageFamily::Rocky, "me").unwrap();
    remembered.set_port(InstanceId::new("i-0123456789abcdef0"), 22).unwrap();
    remembered.set_jump(VpcId::new("vpc-0a1"), Some("bastion")).unwrap();
    remembered.set_private(VpcId::new("vpc-0a1"), false);
    let after = render(BY_HAND, &remembered).unwrap();
    assert_eq!(parse(&after).unwrap().remembered, remembered);
    let expected = BY_HAND
        .replace("ubuntu = 'me' ", "ubuntu = \"you\" ")
        .replace("\"deploy\"\n", "\"deploy\"\nrocky = \"me\"\n")
        .replace("i-0123456789abcdef0 = 2222\n", "")
        .replace("me@bastion:2222", "bastion")
        .replace("vpc-0a1 = true\n", "");
    assert_eq!(after, expected);
}

#[test]
fn a_new_file_says_what_may_stand_in_it() {
    let mut remembered = Remembered::default();
    remembered.set_user(ImageFamily::Other("123".to_owned()), "me").unwrap();
    let text = render("", &remembered).unwrap();
    assert_eq!(text, format!("{HEADER}\n[users]\n\"other:123\" = \"me\"\n"));
    assert_eq!(parse(&text).unwrap().remembered, remembered);
    assert_eq!(render("", &Remembered::default()).unwrap(), "", "nothing to remember makes no file");
    assert_eq!(render("# mine\n", &Remembered::default()).unwrap(), "# mine\n");
    assert_eq!(render("# mine\n", &remembered).unwrap(), "# mine\n\n[users]\n\"other:123\" = \"me\"\n");
}

#[test]
fn mistakes_have_a_line_and_a_column() {
    let (line, column, fault) = mistake("[users]\nubuntu = me\n");
    assert_eq!((line, column), (2, 10), "{fault:?}");
    assert!(matches!(fault, SettingFault::Syntax(words) if !words.is_empty()));

    assert_eq!(mistake("[users]\nubuntu = 7\n"), (2, 10, SettingFault::NotText));
    assert_eq!(mistake("users = 7\n"), (1, 9, SettingFault::NotATable("users")));
    assert_eq!(mistake("[ports]\ni-0123456789abcdef0 = 70000\n"), (2, 23, SettingFault::NotAPort));
    assert_eq!(mistake("[ports]\ni-0123456789abcdef0 = 0\n"), (2, 23, SettingFault::NotAPort));
    assert_eq!(mistake("[private]\nvpc-1 = 'yes'\n"), (2, 9, SettingFault::NotYesOrNo));
    assert!(matches!(mistake("[users]\na = 1\na = 2\n"), (3, 1, SettingFault::Syntax(_))));
}

#[test]
fn hostile_values_are_mistakes() {
    for (text, line, part, refusal) in [
        ("[users]\nubuntu = '-oProxyCommand=x'", 2, LoginPart::User, Refusal::Option),
        ("\n\n[users]\nubuntu = \"a\\nProxyCommand x\"", 4, LoginPart::User, Refusal::Character('\n')),
        ("[jump]\nvpc-1 = '-oProxyCommand=x'", 2, LoginPart::Jump, Refusal::Option),
        ("[jump]\nvpc-1 = 'a;reboot'", 2, LoginPart::Jump, Refusal::Character(';')),
    ] {
        let (at, _, fault) = mistake(text);
        assert_eq!(at, line);
        assert_eq!(fault, SettingFault::Refused(crate::domain::login::LoginProblem { part, refusal }), "{text}");
    }
}

#[test]
fn unknown_keys_are_told_and_stay() {
    let text = "colour = 1\n[users]\nplan9 = 'glenda'\nubuntu = 'me'\n[future]\nx = 1\n";
    let file = parse(text).unwrap();
    let told: Vec<_> = file.unknown.iter().map(|one| (one.line, one.column, one.key.as_str())).collect();
    assert_eq!(told, [(1, 1, "colour"), (3, 1, "plan9"), (5, 2, "future")]);
    assert_eq!(render(text, &file.remembered).unwrap(), text);
    assert_eq!(render(text, &Remembered::default()).unwrap(), text.replace("ubuntu = 'me'\n", ""));
}

#[test]
fn a_file_that_cannot_be_read_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ec2deck/connect.toml");
    assert_eq!(read(&path).unwrap(), RememberedFile::default());
    let mut remembered = Remembered::default();
    remembered.set_user(ImageFamily::Debian, "me").unwrap();
    write(&path, &remembered).unwrap();
    assert_eq!(read(&path).unwrap().remembered, remembered);

    for damaged in [b"[users\n".as_slice(), b"# \xff\n"] {
        std::fs::write(&path, damaged).unwrap();
        for problem in [read(&path).unwrap_err(), write(&path, &remembered).unwrap_err()] {
            assert!(matches!(problem.cause, Cause::Local(LocalCause::Setting { line: 1, .. })), "{problem:?}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), damaged);
    }
}
