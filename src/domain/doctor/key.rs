//! Check 6: the private key is on this machine, belongs to the key pair, and only its owner can read it.

use jiff::Timestamp;

use super::{Check, Finding, Looked, Mend, Service};
use crate::domain::clean::clean;
use crate::domain::key_pair::{KeyFileForm, KeyPair, LocalKey};
use crate::text;

const CHECK: Check = Check::Key;

/// What is known about the key.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// What answers behind the port.
    pub service: Service,
    /// The key pair that the instance was launched with.
    pub name: Option<&'a str>,
    /// When the instance was last launched or started.
    pub launched_at: Option<Timestamp>,
    /// The key pair of that name in EC2; `None`: it was deleted there.
    pub pair: Looked<Option<&'a KeyPair>>,
    /// The file that a connection would use, if there is one.
    pub local: Looked<Option<&'a LocalKey>>,
}

/// Looks at the key, and at its file's mode before ssh does: for some keys ssh complains only after the server has
/// accepted the public half.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Finding {
    if facts.service == Service::Rdp {
        return Finding::not_tried(CHECK, text!("doctor-key-rdp"));
    }
    let local = match &facts.local {
        Ok(local) => *local,
        Err(missing) => return Finding::blind(CHECK, missing),
    };
    let Some(name) = facts.name else {
        let finding = Finding::unknown(CHECK, text!("doctor-key-without-pair"));
        return match local.and_then(of_file) {
            Some(file) => file,
            None => finding,
        };
    };
    let Some(local) = local else {
        return Finding::bad(CHECK, text!("doctor-key-missing", name = name)).mended_by(Mend::FindKey);
    };
    of_file(local).unwrap_or_else(|| of_pair(name, local, facts))
}

/// What is wrong with the file itself.
fn of_file(local: &LocalKey) -> Option<Finding> {
    let path = clean(&local.path.display().to_string());
    if local.form == KeyFileForm::Ppk {
        let finding = Finding::bad(CHECK, text!("doctor-key-ppk", path = path));
        return Some(finding.mended_by(Mend::ConvertKey(local.path.clone())));
    }
    if local.open_to_others {
        let finding = Finding::bad(CHECK, text!("doctor-key-open", path = path));
        return Some(finding.mended_by(Mend::LockKey(local.path.clone())));
    }
    None
}

/// Whether the file belongs to the pair.
fn of_pair(name: &str, local: &LocalKey, facts: &Facts<'_>) -> Finding {
    let path = || clean(&local.path.display().to_string());
    let pair = match &facts.pair {
        Ok(pair) => *pair,
        Err(missing) => {
            return Finding::unknown(CHECK, text!("doctor-key-unproven", path = path(), name = name))
                .showing(missing.evidence());
        }
    };
    let Some(pair) = pair else {
        return Finding::unknown(CHECK, text!("doctor-key-unproven", path = path(), name = name))
            .showing(text!("doctor-key-pair-gone", name = name));
    };
    if local.public_key.is_none() && local.fingerprints.is_empty() {
        return Finding::unknown(CHECK, text!("doctor-key-unproven", path = path(), name = name))
            .showing(text!("doctor-key-encrypted"));
    }
    if !local.matches(pair) {
        return Finding::bad(CHECK, text!("doctor-key-other", path = path(), name = name))
            .showing(text!("words", words = &pair.fingerprint))
            .mended_by(Mend::FindKey);
    }
    // The server got its public half when it was made. A pair of the same name that came later may be another one.
    if let (Some(created), Some(launched)) = (pair.created, facts.launched_at)
        && created > launched
    {
        return Finding::unknown(CHECK, text!("doctor-key-fits", path = path(), name = name))
            .showing(text!("doctor-key-newer", name = name));
    }
    Finding::good(CHECK, text!("doctor-key-good", path = path(), name = name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::testing::{no_permission, shown};
    use crate::domain::doctor::{Missing, Verdict};
    use crate::domain::id::KeyPairId;
    use crate::domain::key_pair::KeyKind;

    const OURS: &str = "ssh-ed25519 AAAAours";

    fn local() -> LocalKey {
        LocalKey {
            path: "/home/kim/.ssh/laptop.pem".into(),
            form: KeyFileForm::OpenSsh,
            kind: KeyKind::Ed25519,
            public_key: Some(OURS.to_owned()),
            fingerprints: vec!["ours".to_owned()],
            open_to_others: false,
        }
    }

    fn pair(public_key: &str, created: &str) -> KeyPair {
        KeyPair {
            id: KeyPairId::new("key-1"),
            name: "laptop".to_owned(),
            kind: KeyKind::Ed25519,
            fingerprint: "theirs".to_owned(),
            created: created.parse().ok(),
            public_key: Some(public_key.to_owned()),
            tags: vec![],
        }
    }

    fn found(local: Option<&LocalKey>, pair: Looked<Option<&KeyPair>>) -> Finding {
        let launched_at = "2026-11-20T09:00:00Z".parse().ok();
        check(&Facts { service: Service::Ssh, name: Some("laptop"), launched_at, pair, local: Ok(local) })
    }

    #[test]
    fn file_and_pair_are_held_against_each_other() {
        let good = pair(OURS, "2026-11-01T09:00:00Z");
        let other = pair("ssh-ed25519 AAAAtheirs", "2026-11-01T09:00:00Z");
        let newer = pair(OURS, "2026-11-21T09:00:00Z");
        let file = local();
        let path = file.path.clone();
        let open = LocalKey { open_to_others: true, ..local() };
        let ppk = LocalKey { form: KeyFileForm::Ppk, ..local() };
        let encrypted = LocalKey { public_key: None, fingerprints: vec![], ..local() };
        for (local, pair, verdict, mend, words) in [
            (Some(&file), Ok(Some(&good)), Verdict::Good, None, "laptop.pem"),
            (None, Ok(Some(&good)), Verdict::Bad, Some(Mend::FindKey), "not on this machine"),
            (Some(&file), Ok(Some(&other)), Verdict::Bad, Some(Mend::FindKey), "theirs"),
            (Some(&open), Ok(Some(&good)), Verdict::Bad, Some(Mend::LockKey(path.clone())), "read"),
            (Some(&ppk), Ok(Some(&good)), Verdict::Bad, Some(Mend::ConvertKey(path.clone())), "PuTTY"),
            (Some(&encrypted), Ok(Some(&good)), Verdict::Unknown, None, "passphrase"),
            (Some(&file), Ok(None), Verdict::Unknown, None, "deleted"),
            (Some(&file), Ok(Some(&newer)), Verdict::Unknown, None, "after"),
            (Some(&file), Err(no_permission("ec2:DescribeKeyPairs")), Verdict::Unknown, None, "ec2:DescribeKeyPairs"),
        ] {
            let finding = found(local, pair);
            assert_eq!((finding.verdict, finding.mend.clone()), (verdict, mend), "{}", shown(&finding));
            assert!(shown(&finding).contains(words), "{}", shown(&finding));
        }
    }

    #[test]
    fn without_a_pair_or_for_remote_desktop_there_is_less_to_see() {
        let file = local();
        let facts =
            Facts { service: Service::Ssh, name: None, launched_at: None, pair: Ok(None), local: Ok(Some(&file)) };
        assert_eq!(check(&facts).verdict, Verdict::Unknown);
        let open = LocalKey { open_to_others: true, ..local() };
        assert_eq!(check(&Facts { local: Ok(Some(&open)), ..facts.clone() }).verdict, Verdict::Bad);
        let failed = Err(Missing::Failed("no such folder".to_owned()));
        assert!(shown(&check(&Facts { local: failed, ..facts.clone() })).contains("no such folder"));
        let rdp = check(&Facts { service: Service::Rdp, ..facts });
        assert_eq!(rdp.verdict, Verdict::NotTried);
        assert!(shown(&rdp).contains("password"), "{}", shown(&rdp));
    }
}
