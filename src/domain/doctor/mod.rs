//! "Why can't I connect?": ten checks in the order in which a connection meets them, each on plain facts, each with a
//! verdict, the evidence and, where there is one, what mends it. Nothing is asked from here: whoever runs the doctor
//! brings the facts, and says why one is [`Missing`].
//!
//! The table behind the checks: EC2 user guide, "Troubleshoot issues connecting to your Amazon EC2 Linux instance".

pub mod acl;
pub mod address;
mod conclusion;
pub mod console;
pub mod key;
pub mod login;
mod mend;
pub mod route;
pub mod rule;
pub mod running;
pub mod tcp;
#[cfg(test)]
pub(in crate::domain) mod testing;
pub mod user;

use std::net::IpAddr;

pub use self::conclusion::{conclusion, is_well};
pub use self::login::LoginWords;
pub use self::mend::Mend;
pub use self::tcp::Reach;
use super::instance::Platform;
use super::problem::{Cause, Problem};
use crate::text;
use crate::text::Text;

/// One of the ten checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The instance exists and runs, and its status checks have passed.
    Running,
    /// It has an address, and the remembered host names the same one.
    Address,
    /// Its subnet leads to the internet.
    Route,
    /// The network ACL lets the port in and the replies out.
    Acl,
    /// A rule of its security groups lets one's own address in.
    Rule,
    /// The private key is here, fits, and is closed to others.
    Key,
    /// The login user is the image's.
    User,
    /// The port answers.
    Tcp,
    /// ssh gets in.
    Login,
    /// The console shows no failed boot.
    Console,
}

impl Check {
    /// All, in their order.
    pub const ALL: [Self; 10] = [
        Self::Running,
        Self::Address,
        Self::Route,
        Self::Acl,
        Self::Rule,
        Self::Key,
        Self::User,
        Self::Tcp,
        Self::Login,
        Self::Console,
    ];

    /// Its name for programs; never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Address => "address",
            Self::Route => "route",
            Self::Acl => "acl",
            Self::Rule => "rule",
            Self::Key => "key",
            Self::User => "user",
            Self::Tcp => "tcp",
            Self::Login => "login",
            Self::Console => "console",
        }
    }

    /// What it looks at, for a line whose finding is not there yet.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Running => text!("doctor-running"),
            Self::Address => text!("doctor-address"),
            Self::Route => text!("doctor-route"),
            Self::Acl => text!("doctor-acl"),
            Self::Rule => text!("doctor-rule"),
            Self::Key => text!("doctor-key"),
            Self::User => text!("doctor-user"),
            Self::Tcp => text!("doctor-tcp"),
            Self::Login => text!("doctor-login"),
            Self::Console => text!("doctor-console"),
        }
    }
}

/// What a check comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing stands in the way here.
    Good,
    /// This stands in the way.
    Bad,
    /// It could not be looked at, or there is nothing to see yet.
    Unknown,
    /// It does not apply, or something before it makes it pointless.
    NotTried,
}

impl Verdict {
    /// Its name for programs; never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
            Self::NotTried => "not-tried",
        }
    }
}

/// What a check has found. Texts are phrases without a full stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// What it comes to.
    pub verdict: Verdict,
    /// What is so.
    pub said: Text,
    /// What shows it, or what it may come from.
    pub evidence: Option<Text>,
    /// What mends it.
    pub mend: Option<Mend>,
}

impl Finding {
    fn new(check: Check, verdict: Verdict, said: Text) -> Self {
        Self { check, verdict, said, evidence: None, mend: None }
    }

    fn good(check: Check, said: Text) -> Self {
        Self::new(check, Verdict::Good, said)
    }

    fn bad(check: Check, said: Text) -> Self {
        Self::new(check, Verdict::Bad, said)
    }

    fn unknown(check: Check, said: Text) -> Self {
        Self::new(check, Verdict::Unknown, said)
    }

    fn not_tried(check: Check, said: Text) -> Self {
        Self::new(check, Verdict::NotTried, said)
    }

    /// What is said where it stands alone: what was not tried names itself, for its words are the same for several.
    #[must_use]
    pub fn line(&self) -> Text {
        match self.said.key() {
            "doctor-without-address" | "doctor-private-way" | "doctor-tcp-not-tried" => {
                text!("doctor-line", what = self.check.title(), said = self.said.clone())
            }
            _ => self.said.clone(),
        }
    }

    /// It could not be looked at, and why.
    #[must_use]
    pub fn blind(check: Check, missing: &Missing) -> Self {
        Self::unknown(check, text!("doctor-blind", what = check.title())).showing(missing.evidence())
    }

    fn showing(mut self, evidence: Text) -> Self {
        self.evidence = Some(evidence);
        self
    }

    fn mended_by(mut self, mend: Mend) -> Self {
        self.mend = Some(mend);
        self
    }
}

/// A fact, or why it is not there.
pub type Looked<T> = Result<T, Missing>;

/// Why a fact is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// These credentials lack a permission.
    NotAllowed {
        /// The IAM action, for example `ec2:DescribeRouteTables`.
        action: String,
    },
    /// The question failed for another reason; the raw words.
    Failed(String),
}

impl Missing {
    fn evidence(&self) -> Text {
        match self {
            Self::NotAllowed { action } => text!("doctor-needs-permission", action = action),
            Self::Failed(words) => text!("words", words = words),
        }
    }
}

impl From<&Problem> for Missing {
    fn from(problem: &Problem) -> Self {
        if let Cause::NotAllowed { action } = &problem.cause {
            return Self::NotAllowed { action: action.clone() };
        }
        let words = [&problem.message, &problem.code, &problem.operation];
        Self::Failed(words.into_iter().find(|words| !words.is_empty()).cloned().unwrap_or_default())
    }
}

/// What answers behind the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// SSH: keys and login users.
    Ssh,
    /// Remote Desktop: a password, and silence until the client speaks.
    Rdp,
}

impl Service {
    /// How an instance of this platform is reached.
    #[must_use]
    pub fn of(platform: Platform) -> Self {
        match platform {
            Platform::Linux => Self::Ssh,
            Platform::Windows => Self::Rdp,
        }
    }
}

/// The finding of one check, if it is there already.
fn of(findings: &[Finding], check: Check) -> Option<&Finding> {
    findings.iter().find(|finding| finding.check == check)
}

fn verdict(findings: &[Finding], check: Check) -> Option<Verdict> {
    of(findings, check).map(|finding| finding.verdict)
}

/// One's own address as the server would see it; where it is of the other family than the server's, nothing is known.
fn facing(check: Check, me: &Looked<IpAddr>, target: IpAddr) -> Result<IpAddr, Finding> {
    match me {
        Ok(me) if me.is_ipv4() == target.is_ipv4() => Ok(*me),
        Ok(me) => Err(Finding::unknown(check, text!("doctor-blind", what = check.title())).showing(text!(
            "doctor-other-family",
            me = *me,
            target = target
        ))),
        Err(missing) => Err(Finding::blind(check, missing)),
    }
}

/// Whether an address is one of a private network (RFC 1918, RFC 4193, RFC 6598, link-local): the internet does not
/// lead there, and the way there is not EC2's alone.
#[must_use]
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            v4.is_private() || v4.is_link_local() || (first == 100 && second & 0xc0 == 64)
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}
