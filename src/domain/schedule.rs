//! A one-time schedule of EventBridge Scheduler that stops or terminates one instance, and the role that it needs: AWS
//! acts at that hour as this role, so the role must trust the scheduler and may do no more than that.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::auto_stop::{AutoStop, Ending};
use super::id::InstanceId;
use super::region::{Region, partition};

/// What the names of this program's schedules begin with.
pub const PREFIX: &str = "ec2deck-";

/// A schedule as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSchedule {
    /// For which instance; its name follows from that.
    pub instance: InstanceId,
    /// What and when.
    pub auto_stop: AutoStop,
    /// As whom.
    pub role: RoleArn,
}

/// A schedule of this program's name as AWS has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// For which instance, by its name.
    pub instance: InstanceId,
    /// What and when; `None` when somebody has made something else of it.
    pub auto_stop: Option<AutoStop>,
    /// As whom, when it is a role's ARN.
    pub role: Option<RoleArn>,
    /// Its expression in AWS's words, cleaned.
    pub expression: String,
}

/// The schedules of a region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedules {
    /// Those that were looked at.
    pub known: Vec<Schedule>,
    /// Instances that have one that was not looked at: there are too many.
    pub unread: BTreeSet<InstanceId>,
}

impl Schedules {
    /// That of an instance, if it was looked at.
    #[must_use]
    pub fn of(&self, instance: &InstanceId) -> Option<&Schedule> {
        self.known.iter().find(|one| one.instance == *instance)
    }

    /// Takes what was looked at since.
    pub fn learn(&mut self, instance: &InstanceId, schedule: Option<Schedule>) {
        self.unread.remove(instance);
        self.known.retain(|one| one.instance != *instance);
        self.known.extend(schedule);
    }

    /// Whether an instance has one.
    #[must_use]
    pub fn has(&self, instance: &InstanceId) -> bool {
        self.of(instance).is_some() || self.unread.contains(instance)
    }
}

impl Schedule {
    /// The same, to be made again; `None` when it is not as this program makes them.
    #[must_use]
    pub fn again(&self) -> Option<NewSchedule> {
        let (auto_stop, role) = (self.auto_stop?, self.role.clone()?);
        Some(NewSchedule { instance: self.instance.clone(), auto_stop, role })
    }
}

/// The name of an instance's schedule.
#[must_use]
pub fn name(instance: &InstanceId) -> String {
    format!("{PREFIX}{instance}")
}

/// The instance behind a schedule's name.
#[must_use]
pub fn instance_of(name: &str) -> Option<InstanceId> {
    let id = name.strip_prefix(PREFIX)?;
    let digits = id.strip_prefix("i-")?;
    let shaped = (8..=17).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    shaped.then(|| InstanceId::new(id))
}

/// The expression of a moment, in UTC.
#[must_use]
pub fn expression(auto_stop: &AutoStop) -> String {
    auto_stop.at.strftime("at(%Y-%m-%dT%H:%M:%S)").to_string()
}

/// The moment of an expression that comes once; none for what recurs.
#[must_use]
pub fn moment_of(expression: &str, zone: &str) -> Option<jiff::Timestamp> {
    let inner = expression.trim().strip_prefix("at(")?.strip_suffix(')')?;
    let zone = if zone.is_empty() || zone == "UTC" { TimeZone::UTC } else { TimeZone::get(zone).ok()? };
    let local = DateTime::strptime("%Y-%m-%dT%H:%M:%S", inner.trim()).ok()?;
    Some(local.to_zoned_datetime(zone).ok()?.timestamp())
}

/// The universal target of an ending: the call that AWS makes.
#[must_use]
pub fn target(ending: Ending, region: &Region) -> String {
    let call = match ending {
        Ending::Stop => "stopInstances",
        Ending::Terminate => "terminateInstances",
    };
    format!("arn:{}:scheduler:::aws-sdk:ec2:{call}", partition(region))
}

/// The ending behind a target.
#[must_use]
pub fn ending_of(target: &str) -> Option<Ending> {
    let call = target.split_once(":scheduler:::aws-sdk:ec2:")?.1;
    match call {
        "stopInstances" => Some(Ending::Stop),
        "terminateInstances" => Some(Ending::Terminate),
        _ => None,
    }
}

/// The parameters of that call.
#[must_use]
pub fn input(instance: &InstanceId) -> String {
    serde_json::json!({ "InstanceIds": [instance.as_str()] }).to_string()
}

/// Whether the parameters of a call name this instance and no other.
#[must_use]
pub fn is_input_for(input: &str, instance: &InstanceId) -> bool {
    serde_json::from_str::<serde_json::Value>(input)
        .is_ok_and(|value| value == serde_json::json!({ "InstanceIds": [instance.as_str()] }))
}

/// The ARN of an IAM role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleArn(String);

impl RoleArn {
    /// `arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`, and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", partition, "iam", "", account, resource] = parts.as_slice() else { return None };
        let name = resource.strip_prefix("role/")?;
        let shaped = (*partition == "aws" || partition.starts_with("aws-"))
            && partition.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            && account.len() == 12
            && account.bytes().all(|b| b.is_ascii_digit())
            && (1..=576).contains(&name.len())
            && !name.ends_with('/')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+=,.@_-/".contains(&b));
        shaped.then(|| Self(text.to_owned()))
    }

    /// As AWS takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The account that it belongs to.
    #[must_use]
    pub fn account(&self) -> &str {
        self.0.split(':').nth(4).unwrap_or_default()
    }

    /// Its part of AWS.
    #[must_use]
    pub fn partition(&self) -> &str {
        self.0.split(':').nth(1).unwrap_or_default()
    }
}

/// Whom the role trusts. The account keeps others from borrowing the scheduler for it.
#[must_use]
pub fn trust_policy(account: Option<&str>) -> String {
    let mut statement = serde_json::json!({
        "Effect": "Allow",
        "Principal": { "Service": "scheduler.amazonaws.com" },
        "Action": "sts:AssumeRole",
    });
    if let Some(account) = account {
        statement["Condition"] = serde_json::json!({ "StringEquals": { "aws:SourceAccount": account } });
    }
    serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
}

/// What the role may do.
#[must_use]
pub fn permission_policy(region: &Region, account: Option<&str>) -> String {
    let instances = format!("arn:{}:ec2:{region}:{}:instance/*", partition(region), account.unwrap_or("*"));
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": ["ec2:StopInstances", "ec2:TerminateInstances"],
            "Resource": instances,
        }],
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(code: &str) -> Region {
        Region::parse(code).unwrap()
    }

    #[test]
    fn a_role_is_an_arn_of_iam() {
        for good in [
            "arn:aws:iam::123456789012:role/ec2deck",
            " arn:aws-cn:iam::123456789012:role/team/auto-stop ",
            "arn:aws-us-gov:iam::123456789012:role/x",
        ] {
            let role = RoleArn::parse(good).unwrap();
            assert_eq!(role.account(), "123456789012");
            assert_eq!(format!("arn:{}", role.partition()), good.trim().rsplitn(5, ':').last().unwrap());
        }
        for bad in [
            "",
            "ec2deck",
            "arn:aws:iam::123456789012:user/x",
            "arn:aws:iam::12345678901:role/x",
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:role/x/",
            "arn:aws:iam::123456789012:role/x y",
            "arn:aws:iam::123456789012:role/x\u{1b}",
            "arn:aws:iam:us-east-1:123456789012:role/x",
            "arn:gcp:iam::123456789012:role/x",
        ] {
            assert_eq!(RoleArn::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_made_reads_back() {
        let auto_stop = AutoStop { ending: Ending::Terminate, at: "2028-02-29T23:59:00Z".parse().unwrap() };
        let expression = expression(&auto_stop);
        assert_eq!(expression, "at(2028-02-29T23:59:00)");
        assert_eq!(moment_of(&expression, "UTC"), Some(auto_stop.at));
        assert_eq!(moment_of("at(2028-03-01T08:59:00)", "Asia/Seoul"), Some(auto_stop.at), "by hand, in the console");
        for other in ["rate(1 day)", "cron(0 0 * * ? *)", "at(soon)", ""] {
            assert_eq!(moment_of(other, "UTC"), None, "{other}");
        }
        let id = InstanceId::new("i-0123456789abcdef0");
        assert_eq!(instance_of(&name(&id)), Some(id.clone()));
        assert_eq!(instance_of("ec2deck-backup"), None);
        assert_eq!(input(&id), "{\"InstanceIds\":[\"i-0123456789abcdef0\"]}");
        assert!(is_input_for(&input(&id), &id));
        assert!(!is_input_for("{\"InstanceIds\":[\"i-0123456789abcdef0\",\"i-1\"]}", &id));
    }

    #[test]
    fn arns_follow_the_partition() {
        for (code, arn) in [
            ("ap-northeast-2", "arn:aws:scheduler:::aws-sdk:ec2:stopInstances"),
            ("cn-north-1", "arn:aws-cn:scheduler:::aws-sdk:ec2:stopInstances"),
            ("us-gov-west-1", "arn:aws-us-gov:scheduler:::aws-sdk:ec2:stopInstances"),
        ] {
            assert_eq!(target(Ending::Stop, &region(code)), arn);
            assert_eq!(ending_of(arn), Some(Ending::Stop));
        }
        assert_eq!(ending_of("arn:aws:scheduler:::aws-sdk:ec2:rebootInstances"), None);
        let policy = permission_policy(&region("cn-north-1"), Some("123456789012"));
        assert!(policy.contains("arn:aws-cn:ec2:cn-north-1:123456789012:instance/*"), "{policy}");
        assert!(trust_policy(Some("123456789012")).contains("scheduler.amazonaws.com"));
    }
}
