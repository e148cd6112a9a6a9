//! The doctor's last sentence: the first cause, and what mends it.

use super::{Check, Finding, Mend, Verdict, of, verdict};
use crate::text;
use crate::text::Text;

/// Whether a connection works: nothing stands in the way, and that has been shown by trying.
#[must_use]
pub fn is_well(findings: &[Finding]) -> bool {
    connects(findings) && cause(findings).is_none()
}

/// The first cause and what mends it, or that all is well.
#[must_use]
pub fn conclusion(findings: &[Finding]) -> (Text, Option<Mend>) {
    if let Some(cause) = cause(findings) {
        let said = cause.said.clone();
        return match &cause.mend {
            Some(mend) => (text!("doctor-cause-and-mend", cause = said, mend = mend.text()), Some(mend.clone())),
            None => (text!("doctor-cause", cause = said), None),
        };
    }
    if connects(findings) {
        return (text!("doctor-well"), None);
    }
    // Nothing is wrong as far as was seen. What time will tell goes first, then what could not be looked at.
    if let Some(waiting) = findings.iter().find(|finding| finding.mend == Some(Mend::Wait)) {
        return (
            text!("doctor-cause-and-mend", cause = waiting.said.clone(), mend = Mend::Wait.text()),
            Some(Mend::Wait),
        );
    }
    let unseen = findings.iter().filter(|finding| finding.verdict == Verdict::Unknown).count();
    (text!("doctor-nothing-found", n = unseen), None)
}

/// Whether trying has shown that one gets in: by a login, or by an open port where no login is tried.
fn connects(findings: &[Finding]) -> bool {
    let login_applies = verdict(findings, Check::User) != Some(Verdict::NotTried);
    let last = if login_applies { Check::Login } else { Check::Tcp };
    verdict(findings, last) == Some(Verdict::Good)
}

/// The finding that the others come from.
fn cause(findings: &[Finding]) -> Option<&Finding> {
    let bad = |check: Check| of(findings, check).filter(|finding| finding.verdict == Verdict::Bad);
    if connects(findings) {
        // One gets in, so nothing stands in the way, whatever it looked like; but a host that remembers another address
        // leads somebody else astray.
        return bad(Check::Address).filter(|finding| finding.mend == Some(Mend::RewriteHost));
    }
    let first =
        findings.iter().filter(|finding| finding.verdict == Verdict::Bad).min_by_key(|finding| finding.check)?;
    // That the system does not answer may be told by its console.
    let is_symptom = match first.check {
        Check::Tcp | Check::Login => true,
        Check::Running => first.mend == Some(Mend::Reboot),
        _ => false,
    };
    if is_symptom { bad(Check::Console).or(Some(first)) } else { Some(first) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn finding(check: Check, verdict: Verdict) -> Finding {
        Finding::new(check, verdict, text!("words", words = check.as_str()))
    }

    /// All good, but for these.
    fn findings(others: &[(Check, Verdict, Option<Mend>)]) -> Vec<Finding> {
        let all = Check::ALL.map(|check| finding(check, Verdict::Good));
        let changed = all.into_iter().map(|one| match others.iter().find(|(check, ..)| *check == one.check) {
            Some((_, verdict, mend)) => Finding { verdict: *verdict, mend: mend.clone(), ..one },
            None => one,
        });
        changed.collect()
    }

    #[test]
    fn the_first_cause_is_named_and_mended() {
        use Verdict::{Bad, Good, NotTried, Unknown};
        let user = || Mend::ChooseUser("ubuntu".to_owned());
        for (others, said, mend) in [
            (vec![], None, None),
            // Everything that follows from the missing rule is silent about itself.
            (
                vec![
                    (Check::Rule, Bad, Some(Mend::AllowMyIp)),
                    (Check::Key, Bad, Some(Mend::FindKey)),
                    (Check::Tcp, Bad, None),
                    (Check::Login, NotTried, None),
                ],
                Some("rule"),
                Some(Mend::AllowMyIp),
            ),
            (
                vec![(Check::Route, Bad, None), (Check::Tcp, Bad, None), (Check::Login, NotTried, None)],
                Some("route"),
                None,
            ),
            // The console tells more than silence does.
            (
                vec![
                    (Check::Tcp, Bad, Some(Mend::Reboot)),
                    (Check::Login, NotTried, None),
                    (Check::Console, Bad, None),
                ],
                Some("console"),
                None,
            ),
            (
                vec![
                    (Check::Running, Bad, Some(Mend::Reboot)),
                    (Check::Tcp, Bad, None),
                    (Check::Login, NotTried, None),
                    (Check::Console, Bad, None),
                ],
                Some("console"),
                None,
            ),
            (
                vec![
                    (Check::Running, Bad, Some(Mend::Start)),
                    (Check::Login, NotTried, None),
                    (Check::Console, Bad, None),
                ],
                Some("running"),
                Some(Mend::Start),
            ),
            (vec![(Check::User, Bad, Some(user())), (Check::Login, Bad, Some(user()))], Some("user"), Some(user())),
            (vec![(Check::Login, Bad, None)], Some("login"), None),
            // Who gets in needs no guesses.
            (
                vec![(Check::User, Bad, Some(user())), (Check::Console, Bad, None), (Check::Acl, Unknown, None)],
                None,
                None,
            ),
            (vec![(Check::Address, Bad, Some(Mend::RewriteHost))], Some("address"), Some(Mend::RewriteHost)),
            // Remote Desktop: no login is tried.
            (
                vec![(Check::Key, NotTried, None), (Check::User, NotTried, None), (Check::Login, NotTried, None)],
                None,
                None,
            ),
            (
                vec![(Check::User, NotTried, None), (Check::Tcp, Bad, None), (Check::Login, NotTried, None)],
                Some("tcp"),
                None,
            ),
            (vec![(Check::Running, Good, None)], None, None),
        ] {
            let findings = findings(&others);
            let (sentence, mended) = conclusion(&findings);
            assert_eq!(mended, mend, "{others:?}");
            assert_eq!(is_well(&findings), said.is_none(), "{others:?}");
            for language in [Language::English, Language::Korean] {
                let words = sentence.say(language);
                assert!(said.is_none_or(|cause| words.contains(cause)), "{words}");
                assert!(!words.contains('{'), "{words}");
            }
        }
    }

    #[test]
    fn nothing_found_is_not_all_well() {
        let not_tried = [(Check::Acl, Verdict::Unknown, None), (Check::Login, Verdict::NotTried, None)];
        let (said, _) = conclusion(&findings(&not_tried));
        assert_eq!(said.key(), "doctor-nothing-found");
        assert!(!is_well(&findings(&not_tried)));
        let booting = [(Check::Running, Verdict::Unknown, Some(Mend::Wait)), (Check::Login, Verdict::NotTried, None)];
        assert_eq!(conclusion(&findings(&booting)).1, Some(Mend::Wait));
        assert!(!is_well(&[]));
    }
}
