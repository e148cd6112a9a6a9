//! How a rule's protocol and ports are called: the console's names where it has them.

use super::security_group::Traffic;
use crate::text;
use crate::text::Text;

/// Ports by the console's name for what listens there, the same in every language.
const WELL_KNOWN: &[(Traffic, &str)] = &[
    (Traffic::Tcp(22, 22), "SSH"),
    (Traffic::Tcp(3389, 3389), "RDP"),
    (Traffic::Tcp(80, 80), "HTTP"),
    (Traffic::Tcp(443, 443), "HTTPS"),
    (Traffic::Tcp(25, 25), "SMTP"),
    (Traffic::Tcp(465, 465), "SMTPS"),
    (Traffic::Tcp(110, 110), "POP3"),
    (Traffic::Tcp(995, 995), "POP3S"),
    (Traffic::Tcp(143, 143), "IMAP"),
    (Traffic::Tcp(993, 993), "IMAPS"),
    (Traffic::Tcp(53, 53), "DNS (TCP)"),
    (Traffic::Udp(53, 53), "DNS (UDP)"),
    (Traffic::Tcp(389, 389), "LDAP"),
    (Traffic::Tcp(445, 445), "SMB"),
    (Traffic::Tcp(2049, 2049), "NFS"),
    (Traffic::Tcp(1433, 1433), "MSSQL"),
    (Traffic::Tcp(3306, 3306), "MySQL"),
    (Traffic::Tcp(5432, 5432), "PostgreSQL"),
    (Traffic::Tcp(5439, 5439), "Redshift"),
    (Traffic::Tcp(1521, 1521), "Oracle"),
    (Traffic::Tcp(6379, 6379), "Redis"),
    (Traffic::Tcp(27017, 27017), "MongoDB"),
    (Traffic::Tcp(9200, 9200), "Elasticsearch"),
    (Traffic::Tcp(5985, 5985), "WinRM-HTTP"),
    (Traffic::Tcp(5986, 5986), "WinRM-HTTPS"),
];

impl Traffic {
    /// The console's short name for common ports, the same in every language (`SSH`, `HTTPS` ...).
    #[must_use]
    pub fn well_known(self) -> Option<&'static str> {
        WELL_KNOWN.iter().find(|(traffic, _)| *traffic == self).map(|(_, name)| *name)
    }

    /// All that have a name, in the order in which people look for them.
    pub fn all_well_known() -> impl Iterator<Item = (Self, &'static str)> {
        WELL_KNOWN.iter().copied()
    }

    /// The name of the rule's type: `SSH`, `TCP`, "all traffic".
    #[must_use]
    pub fn type_text(self) -> Text {
        match (self.well_known(), self) {
            (Some(name), _) => text!("words", words = name),
            (None, Self::Tcp(..)) => text!("words", words = "TCP"),
            (None, Self::Udp(..)) => text!("words", words = "UDP"),
            (None, Self::Icmp(..)) => text!("words", words = "ICMP"),
            (None, Self::Icmpv6(..)) => text!("words", words = "ICMPv6"),
            (None, Self::All) => text!("rule-all-traffic"),
            (None, Self::Protocol(number)) => text!("rule-protocol", n = number),
        }
    }

    /// The ports; "all" where EC2 ignores what the rule says.
    #[must_use]
    pub fn ports_text(self) -> Text {
        match self {
            Self::Tcp(0, u16::MAX) | Self::Udp(0, u16::MAX) => text!("rule-all-ports"),
            Self::Tcp(from, to) | Self::Udp(from, to) if from == to => text!("words", words = from.to_string()),
            Self::Tcp(from, to) | Self::Udp(from, to) => text!("words", words = format!("{from}-{to}")),
            Self::Icmp(kind, _) | Self::Icmpv6(kind, _) if kind >= 0 => text!("rule-icmp-type", n = kind),
            Self::All | Self::Protocol(_) | Self::Icmp(..) | Self::Icmpv6(..) => text!("rule-all-ports"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn ports_say_all_where_ec2_ignores_them() {
        for (traffic, name, shown) in [
            (Traffic::Tcp(22, 22), "SSH", "22"),
            (Traffic::Tcp(8000, 8100), "TCP", "8000-8100"),
            (Traffic::Tcp(0, 65535), "TCP", "all"),
            (Traffic::All, "all traffic", "all"),
            (Traffic::Protocol(50), "protocol 50", "all"),
            (Traffic::Icmp(-1, -1), "ICMP", "all"),
            (Traffic::Icmp(8, 0), "ICMP", "type 8"),
        ] {
            assert_eq!(traffic.type_text().say(Language::English), name);
            assert_eq!(traffic.ports_text().say(Language::English), shown);
        }
    }
}
