//! What the command line takes, and the line it answers with when it does not.

use super::*;
use crate::domain::key_pair::PpkVersion;

fn options(arguments: &[&str]) -> Result<Options, String> {
    let arguments = Arguments::try_parse_from(std::iter::once("ec2deck").chain(arguments.iter().copied()));
    arguments
        .map_err(|error| BadInput::of_clap(&error))
        .and_then(|arguments| arguments.into_options(|_| None))
        .map_err(|bad| bad.to_string())
}

#[test]
fn nothing_said_means_the_defaults() {
    let options = options(&[]).unwrap();
    assert!(!options.demo && !options.read_only && !options.ascii);
    assert_eq!((options.profile.clone(), options.region.clone(), options.endpoint_url.clone()), (None, None, None));
    assert_eq!(options.refresh, Duration::from_secs(30));
    assert_eq!((options.key_folder, options.more_key_folders), (folders::ssh(), vec![]));
    assert_eq!((options.my_ip, options.my_ip_url.as_str()), (None, "https://checkip.amazonaws.com"));
    assert_eq!((options.language, options.log_file.clone()), (Language::English, None));
}

#[test]
fn everything_can_be_said() {
    let options = options(&[
        "--demo",
        "--profile",
        "work",
        "--region=ap-northeast-2",
        "--endpoint-url",
        "http://localhost:5000",
        "--read-only",
        "--lang",
        "ko",
        "--refresh",
        "5",
        "--key-dir",
        "/keys",
        "--also-keys-in",
        "/more",
        "--also-keys-in=/even-more",
        "--my-ip",
        "198.51.100.7",
        "--my-ip-url",
        "http://127.0.0.1:1/",
        "--log-file",
        "/tmp/log",
        "--ascii",
    ])
    .unwrap();
    assert!(options.demo && options.read_only && options.ascii);
    assert_eq!(options.profile.as_deref(), Some("work"));
    assert_eq!(options.region.as_ref().map(Region::as_str), Some("ap-northeast-2"));
    assert_eq!(options.endpoint_url.as_deref(), Some("http://localhost:5000"));
    assert_eq!((options.language, options.refresh), (Language::Korean, Duration::from_secs(5)));
    assert_eq!((options.key_folder.to_str(), options.my_ip_url.as_str()), (Some("/keys"), "http://127.0.0.1:1/"));
    assert_eq!(options.more_key_folders, [PathBuf::from("/more"), PathBuf::from("/even-more")]);
    assert_eq!(options.my_ip, Some("198.51.100.7".parse().unwrap()));
    assert_eq!(options.log_file, Some(PathBuf::from("/tmp/log")));
}

#[test]
fn bad_input_is_one_line_that_says_what_and_why() {
    for (arguments, expected) in [
        (&["--bogus"][..], "ec2deck: unexpected argument '--bogus' found; see ec2deck --help"),
        (&["--dem"], "ec2deck: unexpected argument '--dem' found; did you mean '--demo'?; see ec2deck --help"),
        (&["word"], "ec2deck: unrecognized subcommand 'word'; see ec2deck --help"),
        (
            &["--region"],
            "ec2deck: a value is required for '--region <REGION>' but none was supplied; see ec2deck --help",
        ),
        (
            &["--lang", "fr"],
            "ec2deck: invalid value 'fr' for '--lang <LANGUAGE>' (possible values: en, ko); see ec2deck --help",
        ),
        (
            &["--refresh", "4"],
            "ec2deck: invalid value '4' for '--refresh <SECONDS>': 4 is not in 5..=86400; see ec2deck --help",
        ),
        (
            &["--region", "seoul"],
            "ec2deck: cannot use --region 'seoul': there is no such region; did you mean ap-northeast-2?",
        ),
        (
            &["--endpoint-url", "localhost"],
            "ec2deck: cannot use --endpoint-url 'localhost': An address here begins with http:// or https://.",
        ),
        (&["--my-ip", "here"], "ec2deck: cannot use --my-ip 'here': it is not an IP address"),
        (&["--my-ip", "0.0.0.0"], "ec2deck: cannot use --my-ip '0.0.0.0': nobody reaches a server from that address"),
        (
            &["--my-ip-url", "http://example.com"],
            "ec2deck: cannot use --my-ip-url 'http://example.com': The service that tells your IP address must use https.",
        ),
        (&["--profile", ""], "ec2deck: cannot use --profile '': it is empty"),
    ] {
        assert_eq!(options(arguments).unwrap_err(), expected);
    }
}

#[test]
fn a_key_to_convert_is_named_with_its_place() {
    let command = |arguments: &[&str]| {
        let arguments = ["ec2deck", "convert-key"].iter().chain(arguments);
        let parsed = Arguments::try_parse_from(arguments).map_err(|error| BadInput::of_clap(&error).to_string())?;
        match parsed.command {
            Some(Command::ConvertKey(words)) => Ok(words),
            _ => Err(String::new()),
        }
    };
    let words = command(&["laptop.pem", "-o", "laptop.ppk"]).unwrap();
    assert_eq!((words.from.to_str(), words.output.to_str()), (Some("laptop.pem"), Some("laptop.ppk")));
    assert_eq!(PpkVersion::from(words.ppk_version), PpkVersion::default());
    assert!(!words.force && words.passphrase_file.is_none() && words.input_passphrase_file.is_none());
    for (arguments, word) in [
        (&[][..], "required arguments were not provided: --output <OUT>, <IN>; see ec2deck --help"),
        (&["a"], "not provided: --output <OUT>; see"),
        (&["a", "-o", "b", "c"], "'c'"),
        (&["a", "-o", "b", "--ppk-version", "4"], "(possible values: 2, 3)"),
    ] {
        let line = command(arguments).unwrap_err();
        assert!(line.contains(word) && line.lines().count() == 1, "{line}");
    }
}

#[test]
fn an_argument_with_a_line_break_still_gives_one_line() {
    for arguments in [&["--bo\ngus"][..], &["--lang", "a\nb"], &["--region", "a\nb"]] {
        let line = options(arguments).unwrap_err();
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.starts_with("ec2deck: "), "{line}");
    }
}

#[test]
fn an_unknown_profile_is_named_with_its_neighbour() {
    let known = ["default".to_owned(), "staging".to_owned()];
    let with = |arguments: &[&str]| options(arguments).unwrap().check_profile(&known).map_err(|bad| bad.to_string());
    assert_eq!(with(&["--profile", "staging"]), Ok(()));
    assert_eq!(with(&[]), Ok(()));
    assert_eq!(with(&["--demo", "--profile", "anything"]), Ok(()));
    assert_eq!(
        with(&["--profile", "stagin"]).unwrap_err(),
        "ec2deck: cannot use --profile 'stagin': no such profile in ~/.aws/config or credentials; did you mean 'staging'?"
    );
    assert!(with(&["--profile", "nowhere"]).unwrap_err().ends_with("credentials"));
}

#[test]
fn clap_finds_no_fault_with_its_own_table() {
    use clap::CommandFactory;
    Arguments::command().debug_assert();
}
