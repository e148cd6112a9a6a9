//! Check 8: the port answers; and what its answer, or its silence, means after what the checks before have found.

use std::net::IpAddr;

use super::{Check, Finding, Mend, Service, Verdict, of, verdict};
use crate::text;
use crate::text::Text;

const CHECK: Check = Check::Tcp;

/// What a port did with a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It accepted and greeted; the greeting's line that tells most, safe to print.
    Banner(String),
    /// It accepted and stayed silent.
    NoBanner,
    /// It refused: the machine is there, nothing listens.
    Refused,
    /// No answer.
    TimedOut,
    /// It broke the connection off.
    Reset,
    /// This machine knows no way there; the system's words.
    Unreachable(String),
    /// It accepted and hung up without a word.
    Closed,
}

/// Explains what the port did. `target` and port are what was tried, `earlier` what the checks before have found.
#[must_use]
pub fn check(
    target: Option<IpAddr>,
    port: u16,
    service: Service,
    reach: Option<&Reach>,
    earlier: &[Finding],
) -> Finding {
    let Some(target) = target else { return Finding::not_tried(CHECK, text!("doctor-without-address")) };
    let Some(reach) = reach else { return Finding::not_tried(CHECK, text!("doctor-tcp-not-tried")) };
    let at = match target {
        IpAddr::V4(v4) => format!("{v4}:{port}"),
        IpAddr::V6(v6) => format!("[{v6}]:{port}"),
    };
    match (reach, service) {
        (Reach::Banner(banner), Service::Ssh) if banner.starts_with("SSH-") => {
            Finding::good(CHECK, text!("doctor-tcp-answers", at = at)).showing(text!("words", words = banner))
        }
        (Reach::Banner(banner), Service::Ssh) => {
            Finding::bad(CHECK, text!("doctor-tcp-other-service", at = at)).showing(text!("words", words = banner))
        }
        // Remote Desktop waits for the client to speak first.
        (Reach::Banner(_) | Reach::NoBanner, Service::Rdp) => {
            Finding::good(CHECK, text!("doctor-tcp-accepts", at = at))
        }
        (Reach::NoBanner, Service::Ssh) => silent(at, earlier),
        (Reach::Refused, _) => refused(at, earlier),
        (Reach::TimedOut, _) => timed_out(at, earlier),
        (Reach::Reset | Reach::Closed, _) => hung_up(at, reach, earlier),
        (Reach::Unreachable(words), _) => Finding::bad(CHECK, text!("doctor-tcp-unreachable", at = at))
            .showing(text!("doctor-tcp-unreachable-why", words = words)),
    }
}

/// Nothing came back: packets are dropped on the way. Expected, if a check before has found where.
fn timed_out(at: String, earlier: &[Finding]) -> Finding {
    let dropped_by = [Check::Running, Check::Address, Check::Route, Check::Acl, Check::Rule]
        .into_iter()
        .find(|check| verdict(earlier, *check) == Some(Verdict::Bad));
    if let Some(check) = dropped_by {
        return Finding::bad(CHECK, text!("doctor-tcp-timed-out-expected", at = at, because = because(check)));
    }
    let finding = Finding::bad(CHECK, text!("doctor-tcp-timed-out", at = at));
    if is_booting(earlier) {
        return finding.showing(text!("doctor-tcp-still-booting")).mended_by(Mend::Wait);
    }
    let unseen = [Check::Route, Check::Acl, Check::Rule]
        .into_iter()
        .find(|check| verdict(earlier, *check) == Some(Verdict::Unknown));
    match unseen {
        Some(check) => finding.showing(text!("doctor-tcp-unseen", what = check.title())),
        None => finding.showing(text!("doctor-tcp-timed-out-why")),
    }
}

fn because(check: Check) -> Text {
    match check {
        Check::Running => text!("doctor-because-running"),
        Check::Address => text!("doctor-because-address"),
        Check::Route => text!("doctor-because-route"),
        Check::Acl => text!("doctor-because-acl"),
        _ => text!("doctor-because-rule"),
    }
}

/// Somebody answered no. EC2's own filters drop silently, so the packets came through, or never got there.
fn refused(at: String, earlier: &[Finding]) -> Finding {
    let finding = Finding::bad(CHECK, text!("doctor-tcp-refused", at = at));
    let filtered =
        [Check::Route, Check::Acl, Check::Rule].into_iter().any(|check| verdict(earlier, check) == Some(Verdict::Bad));
    if is_booting(earlier) {
        finding.showing(text!("doctor-tcp-still-booting")).mended_by(Mend::Wait)
    } else if filtered {
        finding.showing(text!("doctor-tcp-refused-before"))
    } else {
        finding.showing(text!("doctor-tcp-refused-why"))
    }
}

fn silent(at: String, earlier: &[Finding]) -> Finding {
    let finding = Finding::bad(CHECK, text!("doctor-tcp-silent", at = at));
    if is_booting(earlier) {
        return finding.showing(text!("doctor-tcp-still-booting")).mended_by(Mend::Wait);
    }
    finding.showing(text!("doctor-tcp-silent-why")).mended_by(Mend::Reboot)
}

fn hung_up(at: String, reach: &Reach, earlier: &[Finding]) -> Finding {
    let said = match reach {
        Reach::Reset => text!("doctor-tcp-reset", at = at),
        _ => text!("doctor-tcp-closed", at = at),
    };
    let finding = Finding::bad(CHECK, said);
    if is_booting(earlier) {
        return finding.showing(text!("doctor-tcp-still-booting")).mended_by(Mend::Wait);
    }
    finding.showing(text!("doctor-tcp-hung-up-why"))
}

/// Whether check 1 has said that time will tell.
fn is_booting(earlier: &[Finding]) -> bool {
    of(earlier, Check::Running).is_some_and(|finding| finding.mend == Some(Mend::Wait))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::testing::{ADDRESS, shown};

    fn finding(check: Check, verdict: Verdict) -> Finding {
        Finding::new(check, verdict, text!("words", words = "x"))
    }

    fn found(reach: &Reach, earlier: &[Finding]) -> Finding {
        check(Some(ADDRESS), 22, Service::Ssh, Some(reach), earlier)
    }

    #[test]
    fn each_answer_is_told_apart() {
        let banner = Reach::Banner("SSH-2.0-OpenSSH_9.2".to_owned());
        let mail = Reach::Banner("220 mail ESMTP".to_owned());
        let no_way = Reach::Unreachable("Network is unreachable".to_owned());
        for (reach, verdict, mend, words) in [
            (&banner, Verdict::Good, None, "SSH-2.0-OpenSSH_9.2"),
            (&mail, Verdict::Bad, None, "220 mail"),
            (&Reach::NoBanner, Verdict::Bad, Some(Mend::Reboot), "says nothing"),
            (&Reach::Refused, Verdict::Bad, None, "nothing listens"),
            (&Reach::TimedOut, Verdict::Bad, None, "timed out"),
            (&Reach::Reset, Verdict::Bad, None, "breaks"),
            (&Reach::Closed, Verdict::Bad, None, "hangs up"),
            (&no_way, Verdict::Bad, None, "Network is unreachable"),
        ] {
            let finding = found(reach, &[finding(Check::Running, Verdict::Good)]);
            assert_eq!((finding.verdict, finding.mend.clone()), (verdict, mend), "{}", shown(&finding));
            assert!(
                shown(&finding).contains(words) && shown(&finding).contains("52.79.10.4:22"),
                "{}",
                shown(&finding)
            );
        }
    }

    #[test]
    fn a_time_out_is_held_against_what_was_found_before() {
        for (check, words) in [
            (Check::Running, "not running"),
            (Check::Address, "address"),
            (Check::Route, "route"),
            (Check::Acl, "ACL"),
            (Check::Rule, "rule"),
        ] {
            let expected = found(&Reach::TimedOut, &[finding(check, Verdict::Bad)]);
            assert!(shown(&expected).contains("as expected"), "{}", shown(&expected));
            assert!(shown(&expected).contains(words), "{}", shown(&expected));
        }
        let unseen = found(&Reach::TimedOut, &[finding(Check::Acl, Verdict::Unknown)]);
        assert!(shown(&unseen).contains("network ACL"), "{}", shown(&unseen));
        let surprising = found(&Reach::TimedOut, &[finding(Check::Key, Verdict::Bad)]);
        assert!(shown(&surprising).contains("firewall"), "{}", shown(&surprising));
    }

    #[test]
    fn what_is_still_booting_wants_time() {
        let booting = finding(Check::Running, Verdict::Unknown).mended_by(Mend::Wait);
        for reach in [Reach::Refused, Reach::TimedOut, Reach::NoBanner, Reach::Reset, Reach::Closed] {
            let finding = found(&reach, std::slice::from_ref(&booting));
            assert_eq!(finding.mend, Some(Mend::Wait), "{reach:?}");
            assert!(shown(&finding).contains("boot"), "{}", shown(&finding));
        }
    }

    #[test]
    fn a_refusal_that_should_not_have_come_is_from_somebody_else() {
        let refused = found(&Reach::Refused, &[finding(Check::Rule, Verdict::Bad)]);
        assert!(shown(&refused).contains("something on the way"), "{}", shown(&refused));
    }

    #[test]
    fn remote_desktop_is_silent_when_it_is_well() {
        let rdp = |reach: &Reach| check(Some(ADDRESS), 3389, Service::Rdp, Some(reach), &[]);
        assert_eq!(rdp(&Reach::NoBanner).verdict, Verdict::Good);
        assert!(shown(&rdp(&Reach::NoBanner)).contains("52.79.10.4:3389"));
        assert_eq!(rdp(&Reach::Refused).verdict, Verdict::Bad);
        let v6 = check("2001:db8::5".parse().ok(), 22, Service::Ssh, Some(&Reach::Refused), &[]);
        assert!(shown(&v6).contains("[2001:db8::5]:22"));
    }

    #[test]
    fn without_an_address_nothing_is_tried() {
        assert_eq!(check(None, 22, Service::Ssh, Some(&Reach::Refused), &[]).verdict, Verdict::NotTried);
        let not_yet = check(Some(ADDRESS), 22, Service::Ssh, None, &[]);
        assert_eq!(not_yet.verdict, Verdict::NotTried);
        assert!(!shown(&not_yet).is_empty());
    }
}
