//! What was tried, by API operation or local task.

use crate::domain::remembered::READ_REMEMBERED;
use crate::text;
use crate::text::Text;

/// The question for this machine's own address; no API operation.
pub(super) const MY_IP: &str = "MyIp";

/// The conversion of a private key file, whose place may be taken if the person says so.
pub(super) const EXPORT_KEY: &str = "ExportKey";

/// Writing the remembered hosts.
pub(super) const WRITE_HOSTS: &str = "WriteHosts";

/// Whether it is an operation of a service that some parts of AWS do not have.
pub(super) fn is_of_other_service(operation: &str) -> bool {
    matches!(operation, "GetAccountPlanState" | "GetFreeTierUsage" | "GetProducts")
}

/// What did not happen.
pub(super) fn what(operation: &str) -> Text {
    match operation {
        "OpenSession" => text!("problem-what-open-session"),
        "GetCallerIdentity" => text!("problem-what-account"),
        "DescribeRegions" => text!("problem-what-regions"),
        "DescribeInstances" => text!("problem-what-instances"),
        "DescribeInstanceStatus" => text!("problem-what-statuses"),
        "DescribeInstanceAttribute" => text!("problem-what-protection"),
        "DescribeSecurityGroups" | "DescribeSecurityGroupRules" => text!("problem-what-groups"),
        "DescribeAddresses" => text!("problem-what-addresses"),
        "DescribeKeyPairs" => text!("problem-what-key-pairs"),
        "DescribeVolumes" => text!("problem-what-volumes"),
        "DescribeSnapshots" => text!("problem-what-snapshots"),
        "DeleteVolume" => text!("problem-what-delete-volume"),
        "DeleteSnapshot" => text!("problem-what-delete-snapshot"),
        "ModifyInstanceAttribute" => text!("problem-what-change-type"),
        "ModifyInstanceCreditSpecification" => text!("problem-what-credit-mode"),
        "DescribeImages" => text!("problem-what-images"),
        "DescribeInstanceTypes" => text!("problem-what-types"),
        "GetProducts" => text!("problem-what-prices"),
        "DescribeSpotPriceHistory" => text!("problem-what-spot-prices"),
        "WritePrices" => text!("problem-what-write-prices"),
        "DescribeVpcs" | "DescribeSubnets" => text!("problem-what-networks"),
        "DescribeNetworkInterfaces" => text!("problem-what-interfaces"),
        "DescribeManagedPrefixLists" | "GetManagedPrefixListEntries" => text!("problem-what-prefix-lists"),
        "DescribeRouteTables" => text!("problem-what-routes"),
        "DescribeNetworkAcls" => text!("problem-what-acls"),
        "GetMetricData" => text!("problem-what-metrics"),
        "DescribeInstanceCreditSpecifications" => text!("problem-what-credit-modes"),
        "GetConsoleOutput" => text!("problem-what-console"),
        "GetPasswordData" | "DecryptPassword" => text!("problem-what-password"),
        "TryLogin" => text!("problem-what-try-login"),
        MY_IP => text!("problem-what-my-ip"),
        "StartInstances" => text!("problem-what-start"),
        "StopInstances" => text!("problem-what-stop"),
        "RebootInstances" => text!("problem-what-reboot"),
        "TerminateInstances" => text!("problem-what-terminate"),
        "ImportKeyPair" => text!("problem-what-import-key"),
        "SendSSHPublicKey" => text!("problem-what-send-key"),
        "DeleteKeyPair" => text!("problem-what-delete-key"),
        "CreateSecurityGroup" => text!("problem-what-create-group"),
        "AuthorizeSecurityGroupIngress" | "AuthorizeSecurityGroupEgress" => text!("problem-what-authorize"),
        "ModifySecurityGroupRules" => text!("problem-what-modify-rules"),
        "RevokeSecurityGroupIngress" | "RevokeSecurityGroupEgress" => text!("problem-what-revoke"),
        "DeleteSecurityGroup" => text!("problem-what-delete-group"),
        "ModifyNetworkInterfaceAttribute" => text!("problem-what-set-groups"),
        "CreateTags" | "DeleteTags" => text!("problem-what-tags"),
        "AllocateAddress" => text!("problem-what-allocate"),
        "AssociateAddress" => text!("problem-what-associate"),
        "DisassociateAddress" => text!("problem-what-disassociate"),
        "ReleaseAddress" => text!("problem-what-release"),
        "CreateSchedule" | "UpdateSchedule" => text!("problem-what-schedule"),
        "DeleteSchedule" => text!("problem-what-unschedule"),
        "GetSchedule" | "ListSchedules" => text!("problem-what-schedules"),
        "RunInstances" => text!("problem-what-launch"),
        "LaunchDryRun" => text!("problem-what-dry-run"),
        "GenerateKey" => text!("problem-what-generate-key"),
        EXPORT_KEY => text!("problem-what-export-key"),
        "ReadPublicKey" => text!("problem-what-public-key"),
        "LockKey" => text!("problem-what-lock-key"),
        "ScanKeys" => text!("problem-what-scan-keys"),
        "ReadUserData" => text!("problem-what-user-data"),
        READ_REMEMBERED => text!("problem-what-read-remembered"),
        "WriteRemembered" => text!("problem-what-write-remembered"),
        WRITE_HOSTS => text!("problem-what-write-hosts"),
        "WritePuttySession" => text!("problem-what-write-putty"),
        "ScanHostKeys" => text!("problem-what-scan-host-keys"),
        "MakeOneTimeKey" => text!("problem-what-make-one-time-key"),
        "RemoveOneTimeKey" => text!("problem-what-remove-one-time-key"),
        "KnownHosts" => text!("problem-what-known-hosts"),
        other => text!("problem-what-other", operation = other),
    }
}
