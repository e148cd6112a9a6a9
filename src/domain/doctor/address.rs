//! Check 2: there is an address to connect to, and what this machine remembers of the instance names the same one.

use std::net::IpAddr;

use super::{Check, Finding, Looked, Mend, is_private};
use crate::domain::address::Address;
use crate::domain::instance::{Instance, InstanceState};
use crate::text;

const CHECK: Check = Check::Address;

/// What is known about the address.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// The address that a connection goes to; `None`: there is none that could be used.
    pub target: Option<IpAddr>,
    /// The Elastic IP on the instance, if there is one.
    pub elastic: Looked<Option<&'a Address>>,
    /// What the remembered host has as its `HostName`, if there is such a host.
    pub remembered: Option<&'a str>,
}

/// Looks at the address.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Finding {
    let Some(target) = facts.target else { return without_address(facts.instance) };
    if let Some(remembered) = facts.remembered.filter(|remembered| names_another(remembered, target, facts.instance)) {
        let said = text!("doctor-address-remembered-other", remembered = remembered, target = target);
        return Finding::bad(CHECK, said).mended_by(Mend::RewriteHost);
    }
    let finding = match &facts.elastic {
        _ if is_private(target) => Finding::good(CHECK, text!("doctor-address-private", target = target)),
        Ok(Some(elastic)) if IpAddr::from(elastic.ip) == target => {
            Finding::good(CHECK, text!("doctor-address-elastic", target = target))
        }
        _ if target.is_ipv6() => Finding::good(CHECK, text!("doctor-address-v6", target = target)),
        Ok(_) => Finding::good(CHECK, text!("doctor-address-changing", target = target)),
        // It is known, but not whether it stays.
        Err(missing) => {
            let said = text!("doctor-address-maybe-changing", target = target);
            return Finding::unknown(CHECK, said).showing(missing.evidence());
        }
    };
    match facts.remembered {
        Some(name) if name.parse() == Ok(target) => finding.showing(text!("doctor-address-remembered")),
        Some(name) if is_its_name(name, facts.instance) => finding.showing(text!("doctor-address-remembered")),
        // A name of one's own: whether it leads here, the system's resolver decides when ssh asks it.
        Some(name) => finding.showing(text!("doctor-address-named", name = name)),
        None => finding,
    }
}

fn without_address(instance: &Instance) -> Finding {
    let finding = match instance.state {
        InstanceState::Running => Finding::bad(CHECK, text!("doctor-address-none")).mended_by(Mend::GiveFixedAddress),
        _ => Finding::not_tried(CHECK, text!("doctor-address-when-running")),
    };
    match instance.private_ip {
        Some(private) => finding.showing(text!("doctor-address-only-private", private = private)),
        None => finding,
    }
}

/// Whether a remembered host leads somewhere else for certain: another address than this one and than any that the
/// instance has.
fn names_another(remembered: &str, target: IpAddr, instance: &Instance) -> bool {
    let Ok(remembered) = remembered.parse::<IpAddr>() else { return false };
    let is_own = match remembered {
        IpAddr::V4(v4) => {
            let private = instance.interfaces.iter().flat_map(|interface| &interface.private_ips);
            instance.public_ip == Some(v4) || private.chain(&instance.private_ip).any(|own| *own == v4)
        }
        IpAddr::V6(v6) => instance.ipv6.contains(&v6),
    };
    remembered != target && !is_own
}

fn is_its_name(name: &str, instance: &Instance) -> bool {
    [&instance.public_dns, &instance.private_dns].into_iter().flatten().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::Verdict;
    use crate::domain::doctor::testing::{ADDRESS, instance, no_permission, shown};
    use crate::domain::id::AllocationId;

    fn elastic() -> Address {
        let ip = "52.79.10.4".parse().unwrap();
        Address {
            id: AllocationId::new("eipalloc-1"),
            ip,
            name: None,
            association: None,
            tags: vec![],
            own_pool: false,
        }
    }

    #[test]
    fn an_address_that_others_agree_on_is_good() {
        let (instance, elastic) = (instance(), elastic());
        let v6: IpAddr = "2001:db8::5".parse().unwrap();
        let private = "172.31.4.19".parse().unwrap();
        for (target, elastic, remembered, words) in [
            (ADDRESS, Some(&elastic), None, "Elastic IP"),
            (ADDRESS, Some(&elastic), Some("52.79.10.4"), "remembered host"),
            (ADDRESS, None, None, "changes"),
            (ADDRESS, None, instance.public_dns.as_deref(), "remembered host"),
            (ADDRESS, None, Some("shop.example"), "shop.example"),
            (ADDRESS, Some(&elastic), Some("172.31.4.19"), "172.31.4.19"),
            (private, Some(&elastic), None, "private"),
            (v6, None, None, "IPv6"),
        ] {
            let finding = check(&Facts { instance: &instance, target: Some(target), elastic: Ok(elastic), remembered });
            assert_eq!((finding.verdict, &finding.mend), (Verdict::Good, &None), "{target} {remembered:?}");
            assert!(shown(&finding).contains(words), "{}", shown(&finding));
        }
    }

    #[test]
    fn an_old_address_that_is_remembered_is_rewritten() {
        let (instance, elastic) = (instance(), elastic());
        for elastic in [Ok(Some(&elastic)), Ok(None), Err(no_permission("ec2:DescribeAddresses"))] {
            let remembered = Some("3.35.88.120");
            let finding = check(&Facts { instance: &instance, target: Some(ADDRESS), elastic, remembered });
            assert_eq!((finding.verdict, &finding.mend), (Verdict::Bad, &Some(Mend::RewriteHost)));
            assert!(shown(&finding).contains("3.35.88.120") && shown(&finding).contains("52.79.10.4"));
        }
    }

    #[test]
    fn without_an_address_one_is_given_unless_it_is_only_stopped() {
        let mut instance = instance();
        instance.public_ip = None;
        for (state, verdict, mend) in [
            (InstanceState::Running, Verdict::Bad, Some(Mend::GiveFixedAddress)),
            (InstanceState::Stopped, Verdict::NotTried, None),
        ] {
            instance.state = state;
            let finding = check(&Facts { instance: &instance, target: None, elastic: Ok(None), remembered: None });
            assert_eq!((finding.verdict, &finding.mend), (verdict, &mend));
            assert!(shown(&finding).contains("172.31.4.19"));
        }
    }

    #[test]
    fn whether_it_stays_may_be_unknown() {
        let instance = instance();
        let elastic = Err(no_permission("ec2:DescribeAddresses"));
        let finding = check(&Facts { instance: &instance, target: Some(ADDRESS), elastic, remembered: None });
        assert_eq!(finding.verdict, Verdict::Unknown);
        assert!(shown(&finding).contains("ec2:DescribeAddresses"), "{}", shown(&finding));
    }
}
