//! EC2 Instance Connect: a service of its own, with one operation that is of use here.

use super::Cloud;
use super::error::{Call, problem};
use super::send::{Repeat, Track};
use crate::domain::id::InstanceId;
use crate::domain::problem::{Cause, Problem};
use crate::message::Written;

/// The operation.
pub(super) const OPERATION: &str = "SendSSHPublicKey";

impl Cloud {
    /// `ec2-instance-connect:SendSSHPublicKey`: the instance takes this key of this user for 60 seconds. Sending it again
    /// begins the minute again and does nothing else.
    pub(super) async fn send_ssh_public_key(
        &self,
        instance: &InstanceId,
        user: &str,
        public_key: &str,
    ) -> Result<Written, Problem> {
        let track = Track::default();
        let request = self.clients.instance_connect.send_ssh_public_key();
        let request = request.instance_id(instance.as_str()).instance_os_user(user).ssh_public_key(public_key);
        let answer = request.customize().interceptor(track.clone()).send().await.map_err(|failure| {
            let call = Call::write(OPERATION, &self.hosts, Repeat::Freely, track.maybe_sent());
            problem(&failure, &call.of_service("ec2-instance-connect"))
        })?;
        if answer.success() {
            return Ok(Written::Done);
        }
        Err(Problem {
            cause: Cause::Service,
            operation: OPERATION.to_owned(),
            code: "NoSuccess".to_owned(),
            message: String::new(),
            request_id: answer.request_id().map(crate::domain::clean::clean),
        })
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2instanceconnect::error::ErrorMetadata;
    use aws_sdk_ec2instanceconnect::operation::send_ssh_public_key::{SendSSHPublicKeyError, SendSshPublicKeyOutput};
    use aws_smithy_mocks::{Rule, mock};

    use super::*;
    use crate::cloud::test_support::cloud_of;
    use crate::message::Write;

    const KEY: &str = "ssh-ed25519 AAAA";

    async fn send(rule: &Rule) -> Result<Written, Problem> {
        let (instance, user) = (InstanceId::new("i-1"), "ec2-user".to_owned());
        cloud_of(&[rule]).write(Write::SendSshPublicKey { instance, user, public_key: KEY.to_owned() }).await
    }

    fn refused(code: &'static str, message: &'static str) -> Rule {
        mock!(aws_sdk_ec2instanceconnect::Client::send_ssh_public_key).then_error(move || {
            SendSSHPublicKeyError::generic(ErrorMetadata::builder().code(code).message(message).build())
        })
    }

    #[tokio::test]
    async fn instance_user_and_key_are_sent_and_nothing_else() {
        let rule = mock!(aws_sdk_ec2instanceconnect::Client::send_ssh_public_key)
            .match_requests(|asked| {
                (asked.instance_id(), asked.instance_os_user(), asked.ssh_public_key(), asked.availability_zone())
                    == (Some("i-1"), Some("ec2-user"), Some(KEY), None)
            })
            .then_output(|| SendSshPublicKeyOutput::builder().success(true).build());
        assert_eq!(send(&rule).await, Ok(Written::Done));
        assert_eq!(rule.num_calls(), 1);
    }

    #[tokio::test]
    async fn a_refusal_names_the_services_own_permission() {
        for message in
            ["", "User: x is not authorized to perform: ec2-instance-connect:SendSSHPublicKey on resource: y"]
        {
            let problem = send(&refused("AccessDeniedException", message)).await.unwrap_err();
            let action = "ec2-instance-connect:SendSSHPublicKey".to_owned();
            assert_eq!((problem.cause, problem.operation.as_str()), (Cause::NotAllowed { action }, OPERATION));
        }
    }

    #[tokio::test]
    async fn its_codes_are_told_apart() {
        for (code, cause) in [
            ("EC2InstanceNotFoundException", Cause::Service),
            ("EC2InstanceStateInvalidException", Cause::Service),
            ("EC2InstanceUnavailableException", Cause::Service),
            ("AuthException", Cause::Service),
            ("ThrottlingException", Cause::Throttled),
            ("UnrecognizedClientException", Cause::RejectedCredentials),
        ] {
            assert_eq!(send(&refused(code, "raw")).await.unwrap_err().cause, cause, "{code}");
        }
    }

    #[tokio::test]
    async fn an_answer_without_success_is_a_problem() {
        let rule = mock!(aws_sdk_ec2instanceconnect::Client::send_ssh_public_key)
            .then_output(|| SendSshPublicKeyOutput::builder().success(false).build());
        assert_eq!(send(&rule).await.unwrap_err().cause, Cause::Service);
    }

    #[tokio::test]
    async fn in_read_only_mode_it_stays_here() {
        let rule = mock!(aws_sdk_ec2instanceconnect::Client::send_ssh_public_key)
            .then_output(|| SendSshPublicKeyOutput::builder().success(true).build());
        let mut cloud = cloud_of(&[&rule]);
        cloud.read_only = true;
        let (instance, user) = (InstanceId::new("i-1"), "me".to_owned());
        let write = Write::SendSshPublicKey { instance, user, public_key: KEY.to_owned() };
        let problem = cloud.write(write).await.unwrap_err();
        assert_eq!((problem.cause, problem.operation.as_str(), rule.num_calls()), (Cause::ReadOnly, OPERATION, 0));
    }
}
