//! Check 4: the subnet's network ACL lets the port in and the replies out.

use std::net::IpAddr;

use super::{Check, Finding, Looked, facing, is_private};
use crate::domain::id::SubnetId;
use crate::domain::network_acl::{Denial, NetworkAcl, acl_of};
use crate::domain::security_group::Direction;
use crate::text;
use crate::text::Text;

const CHECK: Check = Check::Acl;

/// The ports that replies go to: those from which desktop systems connect (Linux 32768 to 60999, Windows and macOS from
/// 49152). AWS's own example of an ACL lets just these out.
const REPLIES: (u16, u16) = (32_768, 65_535);

/// What is known about the ACL.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The instance's subnet.
    pub subnet: Option<&'a SubnetId>,
    /// The address that a connection goes to.
    pub target: Option<IpAddr>,
    /// The port.
    pub port: u16,
    /// One's own address.
    pub me: Looked<IpAddr>,
    /// The network ACLs of the VPC.
    pub acls: Looked<&'a [NetworkAcl]>,
}

/// Looks at both directions, entry by entry.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Finding {
    let Some(target) = facts.target else { return Finding::not_tried(CHECK, text!("doctor-without-address")) };
    if is_private(target) {
        return Finding::not_tried(CHECK, text!("doctor-private-way"));
    }
    let acls = match &facts.acls {
        Ok(acls) => *acls,
        Err(missing) => return Finding::blind(CHECK, missing),
    };
    let me = match facing(CHECK, &facts.me, target) {
        Ok(me) => me,
        Err(finding) => return finding,
    };
    let Some(acl) = facts.subnet.and_then(|subnet| acl_of(acls, subnet)) else {
        return Finding::unknown(CHECK, text!("doctor-acl-none"));
    };
    let port = facts.port;
    if let Some(denial) = acl.denial(Direction::Inbound, me, port, port) {
        let said = text!("doctor-acl-in", acl = &acl.id, me = me, port = port.to_string());
        return Finding::bad(CHECK, said).showing(because(denial));
    }
    let (from, to) = REPLIES;
    if let Some(denial) = acl.denial(Direction::Outbound, me, from, to) {
        let said = text!("doctor-acl-out", acl = &acl.id, me = me, port = denial.port.to_string());
        return Finding::bad(CHECK, said).showing(because(denial));
    }
    Finding::good(CHECK, text!("doctor-acl-open", acl = &acl.id, port = port.to_string()))
}

fn because(denial: Denial<'_>) -> Text {
    match denial.entry {
        Some(entry) => text!("doctor-acl-entry", entry = entry.label(), block = entry.block.to_string()),
        None => text!("doctor-acl-no-entry"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::doctor::testing::{ADDRESS, ME, no_permission, shown};
    use crate::domain::doctor::{Missing, Verdict};
    use crate::domain::id::NetworkAclId;
    use crate::domain::network_acl::{AclEntry, AclProtocol};

    fn entry(number: u16, direction: Direction, allows: bool, block: &str, ports: Option<(u16, u16)>) -> AclEntry {
        let protocol = if ports.is_some() { AclProtocol::Number(6) } else { AclProtocol::All };
        AclEntry { number, direction, allows, protocol, block: block.parse().unwrap(), ports }
    }

    fn acl(entries: Vec<AclEntry>) -> NetworkAcl {
        let subnets = vec![SubnetId::new("subnet-1")];
        NetworkAcl { id: NetworkAclId::new("acl-1"), name: None, is_default: true, subnets, entries }
    }

    fn found(entries: Vec<AclEntry>, me: Looked<IpAddr>) -> Finding {
        let (subnet, acls) = (SubnetId::new("subnet-1"), [acl(entries)]);
        check(&Facts { subnet: Some(&subnet), target: Some(ADDRESS), port: 22, me, acls: Ok(&acls) })
    }

    #[test]
    fn both_ways_must_be_open() {
        use Direction::{Inbound, Outbound};
        let everything = |direction| entry(100, direction, true, "0.0.0.0/0", None);
        let catch_all = |direction| entry(32767, direction, false, "0.0.0.0/0", None);
        for (entries, verdict, words) in [
            (vec![everything(Inbound), everything(Outbound)], Verdict::Good, "acl-1"),
            (
                vec![everything(Inbound), entry(90, Outbound, true, "0.0.0.0/0", Some((32768, 65535)))],
                Verdict::Good,
                "22",
            ),
            (vec![catch_all(Inbound), everything(Outbound)], Verdict::Bad, "entry *"),
            (vec![everything(Outbound)], Verdict::Bad, "no entry"),
            (
                vec![
                    entry(50, Inbound, false, "198.51.100.0/24", Some((22, 22))),
                    everything(Inbound),
                    everything(Outbound),
                ],
                Verdict::Bad,
                "entry 50",
            ),
            (vec![everything(Inbound), catch_all(Outbound)], Verdict::Bad, "32768"),
            (
                vec![everything(Inbound), entry(90, Outbound, true, "0.0.0.0/0", Some((1024, 60999)))],
                Verdict::Bad,
                "61000",
            ),
        ] {
            let finding = found(entries, Ok(ME));
            assert_eq!((finding.verdict, &finding.mend), (verdict, &None), "{}", shown(&finding));
            assert!(shown(&finding).contains(words), "{}", shown(&finding));
        }
    }

    #[test]
    fn what_cannot_be_judged_is_not() {
        let blind = found(vec![], Err(Missing::Failed("no answer".to_owned())));
        assert_eq!(blind.verdict, Verdict::Unknown);
        let v6 = found(vec![], "2001:db8::9".parse().map_err(|_| Missing::Failed(String::new())));
        assert_eq!(v6.verdict, Verdict::Unknown);
        assert!(shown(&v6).contains("2001:db8::9"), "{}", shown(&v6));

        let subnet = SubnetId::new("subnet-1");
        let facts = Facts { subnet: Some(&subnet), target: Some(ADDRESS), port: 22, me: Ok(ME), acls: Ok(&[]) };
        let not_allowed = check(&Facts { acls: Err(no_permission("ec2:DescribeNetworkAcls")), ..facts.clone() });
        assert_eq!(not_allowed.verdict, Verdict::Unknown);
        assert!(shown(&not_allowed).contains("ec2:DescribeNetworkAcls"));
        for (facts, verdict) in [
            (facts.clone(), Verdict::Unknown),
            (Facts { target: None, ..facts.clone() }, Verdict::NotTried),
            (Facts { target: "192.168.0.9".parse().ok(), ..facts.clone() }, Verdict::NotTried),
        ] {
            assert_eq!(check(&facts).verdict, verdict);
        }
    }
}
