//! EC2's error codes in plain words. Source: EC2 API reference, "Error codes for the Amazon EC2 API", read November
//! 2026.

use super::super::problem::Problem;
use super::or_code;
use crate::text;
use crate::text::Text;

/// The key of what to do about a type that the Free Plan does not take.
pub(super) const FREE_PLAN_NEXT: &str = "code-free-plan-next";

/// Why, and what to do; a code that is not in the table speaks in AWS's own words.
#[expect(clippy::too_many_lines, reason = "a table of codes reads better whole")]
pub(super) fn why_and_next(problem: &Problem) -> (Text, Option<Text>) {
    let message = problem.message.as_str();
    let (why, next) = match problem.code.as_str() {
        "VcpuLimitExceeded" | "InstanceLimitExceeded" => (
            match limit_in(message) {
                Some(limit) => text!("code-vcpu-limit", limit = limit),
                None => text!("code-vcpu-limit-unknown"),
            },
            text!("code-vcpu-limit-next"),
        ),
        "InsufficientInstanceCapacity" | "InsufficientHostCapacity" => {
            (text!("code-capacity"), text!("code-capacity-next"))
        }
        "InvalidParameterCombination" if is_about_free_plan(message) => {
            (text!("code-free-plan"), Text::new(FREE_PLAN_NEXT, Vec::new()))
        }
        "ConflictException" => (text!("code-schedule-conflict"), text!("code-schedule-conflict-next")),
        "ResourceNotFoundException" => (text!("code-schedule-gone"), text!("code-refresh-next")),
        "ValidationException" if message.contains("assume") => {
            (text!("code-schedule-role"), text!("code-schedule-role-next"))
        }
        "AddressLimitExceeded" => (text!("code-address-limit"), text!("code-address-limit-next")),
        "InsufficientAddressCapacity" => (text!("code-address-capacity"), text!("code-later-next")),
        "InvalidKeyPair.Duplicate" => (text!("code-key-duplicate"), text!("code-key-duplicate-next")),
        "InvalidKeyPair.NotFound" => (text!("code-key-not-found"), text!("code-key-not-found-next")),
        "InvalidKey.Format" | "InvalidKeyPair.Format" => (text!("code-key-format"), text!("code-key-format-next")),
        "InvalidGroup.Duplicate" => (text!("code-group-duplicate"), text!("code-group-duplicate-next")),
        "InvalidGroup.Reserved" => (text!("code-group-reserved"), text!("code-change-next")),
        "InvalidGroup.NotFound"
        | "InvalidGroupId.NotFound"
        | "InvalidGroupId.Malformed"
        | "InvalidSecurityGroupID.NotFound" => (text!("code-group-not-found"), text!("code-refresh-next")),
        "InvalidGroup.InUse" | "DependencyViolation" => (text!("code-in-use"), text!("code-in-use-next")),
        "CannotDelete" => return (text!("code-cannot-delete"), None),
        "InvalidPermission.Duplicate" => return (text!("code-rule-duplicate"), None),
        "InvalidPermission.NotFound" | "InvalidSecurityGroupRuleId.NotFound" => {
            (text!("code-rule-not-found"), text!("code-refresh-next"))
        }
        "InvalidPermission.Malformed" => (text!("code-rule-malformed"), text!("code-change-next")),
        "RulesPerSecurityGroupLimitExceeded" => (text!("code-rules-limit"), text!("code-rules-limit-next")),
        "SecurityGroupsPerInterfaceLimitExceeded" | "SecurityGroupsPerInstanceLimitExceeded" => {
            (text!("code-groups-per-interface"), text!("code-groups-per-interface-next"))
        }
        "SecurityGroupLimitExceeded" => (text!("code-groups-limit"), text!("code-groups-limit-next")),
        "InsufficientFreeAddressesInSubnet" => (text!("code-subnet-full"), text!("code-subnet-next")),
        // The message says which types or zones would do.
        "Unsupported" | "UnsupportedOperation" | "InstanceTypeNotSupported" => {
            (text!("words", words = or_code(problem)), text!("code-unsupported-next"))
        }
        "InvalidAMIID.NotFound" | "InvalidAMIID.Malformed" | "InvalidAMIID.Unavailable" => {
            (text!("code-image-not-found"), text!("code-image-not-found-next"))
        }
        // EC2 Instance Connect, a service of its own with codes of its own.
        "EC2InstanceNotFoundException" => (text!("code-instance-not-found"), text!("code-refresh-next")),
        "EC2InstanceStateInvalidException" => (text!("code-state"), text!("code-state-next")),
        "EC2InstanceUnavailableException" => {
            (text!("code-connect-unavailable"), text!("code-connect-unavailable-next"))
        }
        "AuthException" => (text!("code-connect-auth"), text!("code-connect-auth-next")),
        "InvalidInstanceID.NotFound" | "InvalidInstanceID.Malformed" => {
            (text!("code-instance-not-found"), text!("code-refresh-next"))
        }
        "InvalidAllocationID.NotFound" | "InvalidAddress.NotFound" | "InvalidAddressID.NotFound" => {
            (text!("code-address-not-found"), text!("code-refresh-next"))
        }
        "InvalidNetworkInterfaceID.NotFound" | "InvalidNetworkInterfaceId.NotFound" => {
            (text!("code-interface-not-found"), text!("code-refresh-next"))
        }
        "InvalidPrefixListID.NotFound" | "InvalidPrefixListId.NotFound" => {
            (text!("code-prefix-list-not-found"), text!("code-prefix-list-next"))
        }
        // Tags take the id of anything.
        "InvalidID" => (text!("code-gone"), text!("code-refresh-next")),
        "InvalidAssociationID.NotFound" => (text!("code-association-not-found"), text!("code-refresh-next")),
        "InvalidIPAddress.InUse" => (text!("code-address-in-use"), text!("code-address-in-use-next")),
        "Resource.AlreadyAssociated" => (text!("code-address-taken"), text!("code-address-taken-next")),
        "IncorrectInstanceState" | "IncorrectState" => (text!("code-state"), text!("code-state-next")),
        // An Elastic IP does not go on an instance that has only just been launched.
        "InvalidInstanceID" if message.contains("not in a valid state") => {
            (text!("code-state"), text!("code-state-next"))
        }
        "OperationNotPermitted" => (text!("code-protected"), text!("code-protected-next")),
        "InvalidSnapshot.NotFound" => (text!("code-snapshot-not-found"), text!("code-image-not-found-next")),
        "InvalidVolume.NotFound" => (text!("code-volume-not-found"), text!("code-refresh-next")),
        "VolumeInUse" => (text!("code-volume-in-use"), text!("code-volume-in-use-next")),
        "InvalidSnapshot.InUse" => (text!("code-snapshot-in-use"), text!("code-snapshot-in-use-next")),
        "VolumeLimitExceeded" | "MaxIOPSLimitExceeded" => (text!("code-volume-limit"), text!("code-quota-next")),
        "InvalidBlockDeviceMapping" => (text!("code-mapping"), text!("code-mapping-next")),
        "InvalidSubnetID.NotFound" | "InvalidVpcID.NotFound" => {
            (text!("code-subnet-not-found"), text!("code-subnet-next"))
        }
        "VPCIdNotSpecified" | "VPCResourceNotSpecified" | "DefaultVpcDoesNotExist" => {
            (text!("code-no-default-vpc"), text!("code-no-default-vpc-next"))
        }
        "InvalidUserData.Malformed" => (text!("code-user-data"), text!("code-user-data-next")),
        "IdempotentParameterMismatch" => (text!("code-token"), text!("code-token-next")),
        "AuthFailure" => (text!("code-not-ours"), text!("code-refresh-next")),
        "OptInRequired" => (text!("code-opt-in"), text!("code-opt-in-next")),
        "PendingVerification" => (text!("code-pending-verification"), text!("code-later-next")),
        "Blocked" => (text!("code-blocked"), text!("code-blocked-next")),
        "MaxSpotInstanceCountExceeded" => (text!("code-spot-limit"), text!("code-quota-next")),
        "TagLimitExceeded" => (text!("code-tag-limit"), text!("code-change-next")),
        "InvalidAction" | "NotImplemented" => return (text!("code-not-implemented"), None),
        "InvalidParameterValue"
        | "InvalidParameterCombination"
        | "InvalidParameter"
        | "MissingParameter"
        | "InvalidInput" => (text!("words", words = or_code(problem)), text!("code-change-next")),
        code if message.is_empty() => return (text!("code-only", code = code), None),
        _ => return (text!("words", words = message), None),
    };
    (why, Some(next))
}

/// "The specified instance type is not eligible for Free Tier": the account is on the Free Plan, which refuses every
/// type without the mark.
fn is_about_free_plan(message: &str) -> bool {
    message.to_ascii_lowercase().contains("not eligible for free tier")
}

/// The number in "... your current vCPU limit of 5 allows ...".
fn limit_in(message: &str) -> Option<u32> {
    let (_, rest) = message.split_once("limit of ")?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::problem::Cause;
    use super::*;
    use crate::text::Language;

    fn problem(code: &str, message: &str) -> Problem {
        Problem {
            cause: Cause::Service,
            operation: "RunInstances".to_owned(),
            code: code.to_owned(),
            message: message.to_owned(),
            request_id: None,
        }
    }

    #[test]
    fn the_limit_is_told_with_its_number() {
        let message = "You have requested more vCPU capacity than your current vCPU limit of 5 allows for the instance \
                       bucket that the specified instance type belongs to.";
        let (why, _) = why_and_next(&problem("VcpuLimitExceeded", message));
        assert!(why.say(Language::English).contains('5') && why.say(Language::Korean).contains('5'));
        assert_eq!(limit_in("no number"), None);
    }

    #[test]
    fn the_free_plan_is_told_apart_from_other_bad_combinations() {
        let free = problem(
            "InvalidParameterCombination",
            "The specified instance type is not eligible for Free Tier. For a list ...",
        );
        assert_eq!(why_and_next(&free).0.key(), "code-free-plan");
        let other = problem("InvalidParameterCombination", "Enhanced networking is required.");
        assert_eq!(why_and_next(&other).0.say(Language::English), "Enhanced networking is required.");
    }

    #[test]
    fn an_instance_that_is_too_new_for_an_address_is_told_apart_from_other_bad_instances() {
        let message = "The pending instance 'i-1' is not in a valid state for this operation.";
        assert_eq!(why_and_next(&problem("InvalidInstanceID", message)).0.key(), "code-state");
        let message = "There are multiple interfaces attached to instance 'i-1'.";
        assert_eq!(why_and_next(&problem("InvalidInstanceID", message)).0.say(Language::English), message);
    }

    /// The table of the facts, each row of which must have words of its own in both languages.
    #[test]
    fn known_codes_do_not_fall_back_to_the_apis_words() {
        for code in [
            "VcpuLimitExceeded",
            "InsufficientInstanceCapacity",
            "AddressLimitExceeded",
            "InsufficientAddressCapacity",
            "InvalidKeyPair.Duplicate",
            "InvalidKeyPair.NotFound",
            "InvalidKey.Format",
            "InvalidGroup.Duplicate",
            "InvalidGroup.Reserved",
            "InvalidGroup.NotFound",
            "DependencyViolation",
            "CannotDelete",
            "InvalidPermission.Duplicate",
            "InvalidPermission.NotFound",
            "InvalidPermission.Malformed",
            "RulesPerSecurityGroupLimitExceeded",
            "SecurityGroupsPerInterfaceLimitExceeded",
            "SecurityGroupLimitExceeded",
            "InsufficientFreeAddressesInSubnet",
            "InvalidAMIID.NotFound",
            "InvalidInstanceID.NotFound",
            "EC2InstanceNotFoundException",
            "EC2InstanceStateInvalidException",
            "EC2InstanceUnavailableException",
            "AuthException",
            "InvalidAllocationID.NotFound",
            "InvalidNetworkInterfaceID.NotFound",
            "InvalidPrefixListID.NotFound",
            "InvalidID",
            "InvalidAssociationID.NotFound",
            "InvalidIPAddress.InUse",
            "Resource.AlreadyAssociated",
            "IncorrectInstanceState",
            "OperationNotPermitted",
            "InvalidSnapshot.NotFound",
            "VolumeLimitExceeded",
            "InvalidVolume.NotFound",
            "VolumeInUse",
            "InvalidSnapshot.InUse",
            "InvalidBlockDeviceMapping",
            "InvalidSubnetID.NotFound",
            "VPCIdNotSpecified",
            "InvalidUserData.Malformed",
            "IdempotentParameterMismatch",
            "AuthFailure",
            "OptInRequired",
            "PendingVerification",
            "Blocked",
            "MaxSpotInstanceCountExceeded",
            "TagLimitExceeded",
            "InvalidAction",
        ] {
            let (why, next) = why_and_next(&problem(code, "raw words"));
            for text in [Some(why), next].into_iter().flatten() {
                for language in [Language::English, Language::Korean] {
                    let words = text.say(language);
                    assert!(!words.contains("raw words") && !words.contains("localization"), "{code}: {words}");
                }
            }
        }
    }
}
