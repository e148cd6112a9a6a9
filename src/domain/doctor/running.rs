//! Check 1: the instance is there, runs, and its status checks have passed.

use super::{Check, Finding, Looked, Mend};
use crate::domain::instance::{CheckResult, Instance, InstanceState, InstanceStatus};
use crate::text;
use crate::text::Text;

const CHECK: Check = Check::Running;

/// Looks at state and status checks. `instance` is `None` when there is none of that name; `status` holds `None` while
/// EC2 has none.
#[must_use]
pub fn check(instance: Option<&Instance>, status: Looked<Option<&InstanceStatus>>) -> Finding {
    let Some(instance) = instance else { return Finding::bad(CHECK, text!("doctor-running-gone")) };
    let not_running = || {
        let state = Text::new(instance.state.text_key(), vec![]);
        let finding = Finding::bad(CHECK, text!("doctor-running-not", state = state));
        match &instance.state_reason {
            Some(reason) => finding.showing(text!("words", words = reason)),
            None => finding,
        }
    };
    match instance.state {
        InstanceState::Running => of_status(status),
        InstanceState::Pending | InstanceState::Stopping => not_running().mended_by(Mend::Wait),
        InstanceState::Stopped => not_running().mended_by(Mend::Start),
        InstanceState::ShuttingDown | InstanceState::Terminated => not_running(),
        InstanceState::Unknown => {
            let state = Text::new(instance.state.text_key(), vec![]);
            Finding::unknown(CHECK, text!("doctor-running-not", state = state))
        }
    }
}

fn of_status(status: Looked<Option<&InstanceStatus>>) -> Finding {
    let status = match status {
        Ok(status) => status,
        Err(missing) => {
            return Finding::unknown(CHECK, text!("doctor-running-unchecked")).showing(missing.evidence());
        }
    };
    let Some(status) = status else {
        return Finding::unknown(CHECK, text!("doctor-running-initializing")).mended_by(Mend::Wait);
    };
    let finding = if status.system == CheckResult::Impaired {
        // Another start lands on other hardware; a reboot stays on this one.
        Finding::bad(CHECK, text!("doctor-running-system-impaired")).mended_by(Mend::StopAndStart)
    } else if status.instance == CheckResult::Impaired {
        Finding::bad(CHECK, text!("doctor-running-instance-impaired")).mended_by(Mend::Reboot)
    } else if status.is_initializing() {
        Finding::unknown(CHECK, text!("doctor-running-initializing")).mended_by(Mend::Wait)
    } else if status.passed() == 2 {
        Finding::good(CHECK, text!("doctor-running-passed"))
    } else {
        Finding::unknown(CHECK, text!("doctor-running-unchecked"))
    };
    match status.events.first() {
        Some(event) => finding.showing(text!("doctor-running-event", event = event)),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::testing::{instance, no_permission, shown};
    use crate::domain::doctor::{Missing, Verdict};
    use crate::domain::id::InstanceId;

    fn status(system: CheckResult, of_instance: CheckResult) -> InstanceStatus {
        InstanceStatus { id: InstanceId::new("i-1"), system, instance: of_instance, events: vec![] }
    }

    #[test]
    fn each_state_has_its_verdict_and_its_mend() {
        use InstanceState::{Pending, Running, ShuttingDown, Stopped, Stopping, Terminated, Unknown};
        let passed = status(CheckResult::Ok, CheckResult::Ok);
        for (state, verdict, mend) in [
            (Pending, Verdict::Bad, Some(Mend::Wait)),
            (Running, Verdict::Good, None),
            (Stopping, Verdict::Bad, Some(Mend::Wait)),
            (Stopped, Verdict::Bad, Some(Mend::Start)),
            (ShuttingDown, Verdict::Bad, None),
            (Terminated, Verdict::Bad, None),
            (Unknown, Verdict::Unknown, None),
        ] {
            let mut instance = instance();
            instance.state = state;
            let finding = check(Some(&instance), Ok(Some(&passed)));
            assert_eq!((finding.verdict, finding.mend), (verdict, mend), "{state:?}");
        }
        assert_eq!(check(None, Ok(None)).verdict, Verdict::Bad);
    }

    #[test]
    fn a_running_one_is_judged_by_its_status_checks() {
        use CheckResult::{Impaired, Initializing, Ok as Passed, Unknown as Nothing};
        for (system, of_instance, verdict, mend) in [
            (Passed, Passed, Verdict::Good, None),
            (Passed, Initializing, Verdict::Unknown, Some(Mend::Wait)),
            (Impaired, Passed, Verdict::Bad, Some(Mend::StopAndStart)),
            (Impaired, Impaired, Verdict::Bad, Some(Mend::StopAndStart)),
            (Passed, Impaired, Verdict::Bad, Some(Mend::Reboot)),
            (Nothing, Passed, Verdict::Unknown, None),
        ] {
            let finding = check(Some(&instance()), Ok(Some(&status(system, of_instance))));
            assert_eq!((finding.verdict, finding.mend), (verdict, mend), "{system:?} {of_instance:?}");
        }
        let none_yet = check(Some(&instance()), Ok(None));
        assert_eq!((none_yet.verdict, none_yet.mend), (Verdict::Unknown, Some(Mend::Wait)));
    }

    #[test]
    fn what_aws_has_announced_and_what_cannot_be_seen_is_shown() {
        let mut status = status(CheckResult::Ok, CheckResult::Ok);
        status.events.push("system-reboot tomorrow".to_owned());
        let finding = check(Some(&instance()), Ok(Some(&status)));
        assert!(shown(&finding).contains("system-reboot tomorrow"), "{}", shown(&finding));
        let blind = check(Some(&instance()), Err(no_permission("ec2:DescribeInstanceStatus")));
        assert_eq!(blind.verdict, Verdict::Unknown);
        assert!(shown(&blind).contains("ec2:DescribeInstanceStatus"), "{}", shown(&blind));
        let failed = check(Some(&instance()), Err(Missing::Failed("timed out".to_owned())));
        assert!(shown(&failed).contains("timed out"));
    }
}
