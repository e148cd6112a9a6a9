//! The words of a problem: what happened, why, and what to do next. Raw code, message and request id stay with the
//! [`Problem`], for "details".

mod codes;
mod operations;

use super::problem::{Cause, LocalCause, Problem};
use super::region::{MAIN, Region, partition};
use super::shell::quote;
use crate::text;
use crate::text::Text;

/// A problem in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// What did not happen, or that this is not known.
    pub what: Text,
    /// Why not.
    pub why: Text,
    /// What the person can do about it.
    pub next: Option<Text>,
}

/// What the words depend on besides the problem.
#[derive(Clone, Copy, Debug)]
pub struct Explaining<'a> {
    /// The profile in use.
    pub profile: &'a str,
    /// The region in use.
    pub region: Option<&'a Region>,
    /// Whether the profile signs in through IAM Identity Center.
    pub sso: bool,
    /// Types that AWS has marked as eligible for this account, small ones first; empty: not known.
    pub eligible: &'a [String],
}

/// The code of a [`Cause::BadProfile`] when no file has the profile that the message names.
pub const NO_SUCH_PROFILE: &str = "NoSuchProfile";

/// The words of a problem.
#[must_use]
pub fn explain(problem: &Problem, session: &Explaining<'_>) -> Explained {
    let (why, next) = why_and_next(problem, session);
    // "It was not done" would be a guess.
    let what = match problem.cause {
        Cause::UnclearOutcome => text!("problem-what-unclear"),
        _ => operations::what(&problem.operation),
    };
    Explained { what, why, next }
}

fn why_and_next(problem: &Problem, session: &Explaining<'_>) -> (Text, Option<Text>) {
    match &problem.cause {
        Cause::NoCredentials => (
            text!("problem-no-credentials", profile = session.profile),
            Some(text!("problem-no-credentials-next", command = configure(session.profile))),
        ),
        Cause::ExpiredCredentials => expired(problem, session),
        Cause::RejectedCredentials => (
            text!("problem-rejected", profile = session.profile),
            Some(text!("problem-rejected-next", command = configure(session.profile))),
        ),
        Cause::BadProfile => bad_profile(problem, session),
        Cause::RegionNotEnabled => match session.region {
            Some(region) => {
                (text!("problem-region", region = region), Some(text!("problem-region-next", region = region)))
            }
            None => (text!("problem-region-unknown"), Some(text!("problem-region-unknown-next"))),
        },
        // Captive portals and inspecting proxies answer with a certificate of their own.
        Cause::Unreachable { host } if problem.message.contains("certificate") => {
            (text!("problem-certificate", host = host), Some(text!("problem-certificate-next")))
        }
        Cause::Unreachable { host } if problem.operation.contains("Schedule") => {
            (text!("problem-scheduler-unreachable", host = host), Some(text!("problem-schedule-instead")))
        }
        // Outside AWS's main part some services have no host at all.
        Cause::Unreachable { host }
            if session.region.is_some_and(|region| partition(region) != MAIN)
                && operations::is_of_other_service(&problem.operation) =>
        {
            (text!("problem-unreachable-service", host = host), Some(text!("problem-unreachable-next")))
        }
        Cause::Unreachable { host } => (
            text!("problem-unreachable", host = host),
            Some(if problem.operation == operations::MY_IP {
                text!("problem-my-ip-next")
            } else {
                text!("problem-unreachable-next")
            }),
        ),
        Cause::UnclearOutcome => (text!("problem-unclear"), Some(text!("problem-unclear-next"))),
        Cause::NotAllowed { action } if action == "iam:PassRole" => {
            (text!("problem-pass-role"), Some(text!("problem-schedule-instead")))
        }
        Cause::NotAllowed { action } if problem.operation.contains("Schedule") => {
            (text!("problem-not-allowed", action = action), Some(text!("problem-schedule-instead")))
        }
        Cause::NotAllowed { action } => {
            (text!("problem-not-allowed", action = action), Some(text!("problem-not-allowed-next", action = action)))
        }
        Cause::Throttled => (text!("problem-throttled"), Some(text!("problem-throttled-next"))),
        Cause::ServiceFailed => (text!("problem-service-failed"), Some(text!("problem-service-failed-next"))),
        Cause::ReadOnly => (text!("problem-read-only"), Some(text!("problem-read-only-next"))),
        Cause::Unreadable if problem.operation == operations::MY_IP => {
            (text!("problem-my-ip-unreadable"), Some(text!("problem-my-ip-next")))
        }
        Cause::Unreadable => (text!("problem-unreadable"), Some(text!("problem-unreadable-next"))),
        Cause::Local(cause) => local(cause, problem),
        Cause::Service => match codes::why_and_next(problem) {
            // Which types the account may launch is told, once they are known.
            (why, Some(next)) if next.key() == codes::FREE_PLAN_NEXT && !session.eligible.is_empty() => {
                (why, Some(text!("code-free-plan-next-types", types = session.eligible.join(", "))))
            }
            told => told,
        },
    }
}

fn bad_profile(problem: &Problem, session: &Explaining<'_>) -> (Text, Option<Text>) {
    if problem.is(NO_SUCH_PROFILE) {
        return (
            text!("problem-no-profile", profile = &problem.message),
            Some(text!("problem-no-profile-next", command = "aws configure list-profiles")),
        );
    }
    (
        text!("problem-bad-profile", message = or_code(problem)),
        Some(text!("problem-bad-profile-next", command = for_profile("aws configure list", session.profile))),
    )
}

fn expired(problem: &Problem, session: &Explaining<'_>) -> (Text, Option<Text>) {
    // EC2 uses this code for temporary keys past their time, and for a clock that is more than five minutes off.
    let why = if problem.is("RequestExpired") { text!("problem-expired-or-clock") } else { text!("problem-expired") };
    let next = if session.sso {
        text!("problem-expired-sso-next", command = for_profile("aws sso login", session.profile))
    } else {
        text!(
            "problem-expired-next",
            login = for_profile("aws login", session.profile),
            configure = configure(session.profile),
        )
    };
    (why, Some(next))
}

fn local(cause: &LocalCause, problem: &Problem) -> (Text, Option<Text>) {
    match cause {
        LocalCause::FileExists(path) if problem.operation == operations::EXPORT_KEY => {
            (text!("problem-output-exists", path = path), Some(text!("problem-output-exists-next")))
        }
        LocalCause::FileExists(path) if problem.operation == operations::WRITE_HOSTS => {
            (text!("problem-hosts-not-ours", path = path), Some(text!("problem-hosts-not-ours-next")))
        }
        LocalCause::FileExists(path) => {
            (text!("problem-file-exists", path = path), Some(text!("problem-file-exists-next")))
        }
        LocalCause::SymbolicLink(path) => {
            (text!("problem-symbolic-link", path = path), Some(text!("problem-symbolic-link-next")))
        }
        LocalCause::System(path) if path.is_empty() => (text!("words", words = &problem.message), None),
        LocalCause::System(path) => (text!("problem-system", path = path, message = &problem.message), None),
        LocalCause::TooLarge { path, limit } => {
            (text!("problem-too-large", path = path, limit = *limit), Some(text!("problem-too-large-next")))
        }
        LocalCause::Login(problem) => (problem.text(), None),
        LocalCause::NoProgram(name) => {
            (text!("problem-no-program", name = name), Some(text!("problem-no-program-next", name = name)))
        }
        LocalCause::Setting { path, line, column, fault } => (
            text!("problem-setting", path = path, line = *line, column = *column, fault = fault.text()),
            Some(text!("problem-setting-next")),
        ),
        LocalCause::NotAFile(path) => {
            (text!("problem-not-a-file", path = path), Some(text!("problem-other-file-next")))
        }
        LocalCause::SameFile(path) => (text!("problem-same-file", path = path), Some(text!("problem-same-file-next"))),
        LocalCause::NotOurs(path) => (text!("problem-not-ours", path = path), Some(text!("problem-not-ours-next"))),
        LocalCause::EmptyPassphrase => {
            (text!("problem-empty-passphrase"), Some(text!("problem-empty-passphrase-next")))
        }
        LocalCause::PublicKeyOnly(path) => {
            (text!("problem-public-only", path = path), Some(text!("problem-public-only-next")))
        }
        LocalCause::TruncatedKey(path) => {
            (text!("problem-truncated-key", path = path), Some(text!("problem-copy-again-next")))
        }
        LocalCause::DamagedKey(path) => {
            (text!("problem-damaged-key", path = path), Some(text!("problem-copy-again-next")))
        }
        LocalCause::ChangedKey(path) => {
            (text!("problem-changed-key", path = path), Some(text!("problem-copy-again-next")))
        }
        LocalCause::NeedsPassphrase(path) => {
            (text!("problem-needs-passphrase", path = path), Some(text!("problem-needs-passphrase-next")))
        }
        LocalCause::WrongPassphrase(path) => {
            (text!("problem-wrong-passphrase", path = path), Some(text!("problem-wrong-passphrase-next")))
        }
        LocalCause::TooCostlyKey(path) => {
            (text!("problem-too-costly-key", path = path), Some(text!("problem-too-costly-key-next")))
        }
        LocalCause::WrongKey(path) => (text!("problem-wrong-key", path = path), Some(text!("problem-wrong-key-next"))),
        LocalCause::NotRsa(path) => (text!("problem-not-rsa", path = path), Some(text!("problem-wrong-key-next"))),
        LocalCause::UnsupportedKey(path) => (
            text!("problem-unsupported-key", path = path, what = &problem.message),
            Some(text!("problem-unsupported-key-next")),
        ),
        LocalCause::NotForEc2(path) => (
            text!("problem-not-for-ec2", path = path, kind = &problem.message),
            Some(text!("problem-not-for-ec2-next")),
        ),
        LocalCause::NotAKey(path) => (text!("problem-not-a-key", path = path), Some(text!("problem-not-a-key-next"))),
    }
}

/// The message, or the code where there is none.
fn or_code(problem: &Problem) -> &str {
    if problem.message.is_empty() { &problem.code } else { &problem.message }
}

fn configure(profile: &str) -> String {
    for_profile("aws configure", profile)
}

/// The command as it must be typed for a profile; the default one needs no name.
fn for_profile(command: &str, profile: &str) -> String {
    if profile.is_empty() || profile == "default" {
        command.to_owned()
    } else {
        format!("{command} --profile {}", quote(profile))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::login::{LoginPart, LoginProblem, Refusal};
    use crate::domain::remembered::SettingFault;
    use crate::text::Language;

    fn problem(cause: Cause, operation: &str, code: &str, message: &str) -> Problem {
        Problem {
            cause,
            operation: operation.to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
            request_id: None,
        }
    }

    const OFFICE: Explaining<'_> = Explaining { profile: "my office", region: None, sso: true, eligible: &[] };

    fn said(problem: &Problem, session: &Explaining<'_>, language: Language) -> String {
        let Explained { what, why, next } = explain(problem, session);
        [Some(what), Some(why), next]
            .into_iter()
            .flatten()
            .map(|text| text.say(language))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_service_that_a_part_of_aws_lacks_is_not_taken_for_a_bad_network() {
        let of = |region: &str| {
            let region = Region::parse(region).unwrap();
            let cause = Cause::Unreachable { host: "freetier.example".to_owned() };
            let session = Explaining { region: Some(&region), ..OFFICE };
            explain(&problem(cause, "GetFreeTierUsage", "", ""), &session).why.key()
        };
        assert_eq!(of("us-gov-west-1"), "problem-unreachable-service");
        assert_eq!(of("ap-northeast-2"), "problem-unreachable");
    }

    #[test]
    fn an_expired_sso_session_names_the_exact_command() {
        let expired = problem(Cause::ExpiredCredentials, "DescribeInstances", "", "");
        for language in [Language::English, Language::Korean] {
            let words = said(&expired, &OFFICE, language);
            assert!(words.contains("aws sso login --profile 'my office'"), "{words}");
        }
        let keys = Explaining { profile: "default", sso: false, ..OFFICE };
        let words = said(&expired, &keys, Language::English);
        assert!(words.contains("aws login") && !words.contains("sso") && !words.contains("--profile"), "{words}");
        let clock = problem(Cause::ExpiredCredentials, "DescribeInstances", "RequestExpired", "");
        assert!(said(&clock, &keys, Language::English).contains("clock"));
    }

    #[test]
    fn every_cause_has_words_in_both_languages() {
        let path = || "/home/me/.ssh/laptop.pem".to_owned();
        let refused = LoginProblem { part: LoginPart::User, refusal: Refusal::Option };
        let fault = |fault| LocalCause::Setting { path: path(), line: 3, column: 7, fault };
        for cause in [
            Cause::NoCredentials,
            Cause::ExpiredCredentials,
            Cause::RejectedCredentials,
            Cause::BadProfile,
            Cause::RegionNotEnabled,
            Cause::Unreachable { host: "ec2.example".to_owned() },
            Cause::UnclearOutcome,
            Cause::NotAllowed { action: "ec2:RunInstances".to_owned() },
            Cause::Throttled,
            Cause::ServiceFailed,
            Cause::ReadOnly,
            Cause::Unreadable,
            Cause::Local(LocalCause::FileExists(path())),
            Cause::Local(LocalCause::SymbolicLink(path())),
            Cause::Local(LocalCause::System(path())),
            Cause::Local(LocalCause::System(String::new())),
            Cause::Local(LocalCause::TooLarge { path: path(), limit: 16_384 }),
            Cause::Local(LocalCause::Login(refused)),
            Cause::Local(LocalCause::NoProgram("ssh-keyscan".to_owned())),
            Cause::Local(fault(SettingFault::Syntax("expected `=`".to_owned()))),
            Cause::Local(fault(SettingFault::NotATable("users"))),
            Cause::Local(fault(SettingFault::NotText)),
            Cause::Local(fault(SettingFault::NotAPort)),
            Cause::Local(fault(SettingFault::NotYesOrNo)),
            Cause::Local(fault(SettingFault::Refused(refused))),
            Cause::Local(LocalCause::NotAFile(path())),
            Cause::Local(LocalCause::SameFile(path())),
            Cause::Local(LocalCause::NotOurs(path())),
            Cause::Local(LocalCause::NotAKey(path())),
            Cause::Local(LocalCause::PublicKeyOnly(path())),
            Cause::Local(LocalCause::TruncatedKey(path())),
            Cause::Local(LocalCause::DamagedKey(path())),
            Cause::Local(LocalCause::ChangedKey(path())),
            Cause::Local(LocalCause::NeedsPassphrase(path())),
            Cause::Local(LocalCause::WrongPassphrase(path())),
            Cause::Local(LocalCause::EmptyPassphrase),
            Cause::Local(LocalCause::TooCostlyKey(path())),
            Cause::Local(LocalCause::UnsupportedKey(path())),
            Cause::Local(LocalCause::WrongKey(path())),
            Cause::Local(LocalCause::NotRsa(path())),
            Cause::Service,
        ] {
            for operation in ["RunInstances", operations::MY_IP, operations::EXPORT_KEY, operations::WRITE_HOSTS] {
                let problem = problem(cause.clone(), operation, "SomeCode", "some message");
                for language in [Language::English, Language::Korean] {
                    let words = said(&problem, &OFFICE, language);
                    assert!(!words.contains("Unknown localization") && !words.contains("{$"), "{cause:?}: {words}");
                }
            }
        }
    }

    #[test]
    fn an_unclear_outcome_is_never_headed_as_a_fact() {
        for operation in ["AllocateAddress", "ReleaseAddress", "TerminateInstances", "RunInstances"] {
            let explained = explain(&problem(Cause::UnclearOutcome, operation, "", ""), &OFFICE);
            assert_eq!(explained.what.key(), "problem-what-unclear", "{operation}");
            let refused = explain(&problem(Cause::Service, operation, "SomeCode", ""), &OFFICE);
            assert_ne!(refused.what.key(), "problem-what-unclear", "{operation}");
        }
    }

    #[test]
    fn a_foreign_certificate_is_told_apart_from_silence() {
        let cause = Cause::Unreachable { host: "ec2.example".to_owned() };
        let portal = problem(cause.clone(), "DescribeInstances", "", "TLS: invalid peer certificate: UnknownIssuer");
        assert!(said(&portal, &OFFICE, Language::English).contains("not trusted"));
        let silent = problem(cause, "DescribeInstances", "", "dns error");
        assert!(said(&silent, &OFFICE, Language::English).contains("ec2.example does not answer"));
    }

    #[test]
    fn a_profile_that_is_missing_is_told_by_its_name() {
        let missing = problem(Cause::BadProfile, "OpenSession", NO_SUCH_PROFILE, "wrok");
        let words = said(&missing, &OFFICE, Language::English);
        assert!(words.contains("named wrok") && words.contains("list-profiles"), "{words}");
    }

    #[test]
    fn an_unknown_code_speaks_in_the_apis_own_words() {
        let words = |code: &str, message: &str| {
            explain(&problem(Cause::Service, "RunInstances", code, message), &OFFICE).why.say(Language::English)
        };
        assert_eq!(words("Strange.Code", "Something odd."), "Something odd.");
        assert!(words("Strange.Code", "").contains("Strange.Code"));
    }
}
