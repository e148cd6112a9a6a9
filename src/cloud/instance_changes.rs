//! What an instance is: its type, and what happens when its CPU credits are used up.

use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::words;
use super::send::{Repeat, change};
use crate::domain::id::InstanceId;
use crate::domain::instance_type::CreditMode;
use crate::domain::problem::{Cause, Problem};
use crate::message::Written;

/// What changes the credit mode.
pub(super) const CREDITS: &str = "ModifyInstanceCreditSpecification";

impl Cloud {
    /// `ModifyInstanceAttribute`: another type, which EC2 takes of a stopped instance only.
    pub(super) async fn set_instance_type(&self, id: &InstanceId, instance_type: &str) -> Result<Written, Problem> {
        let value = sdk::AttributeValue::builder().value(instance_type).build();
        let request = self.ec2().modify_instance_attribute().instance_id(id.as_str()).instance_type(value);
        // The same type again is the same instance.
        change!(self, Repeat::Freely, "ModifyInstanceAttribute", request)?;
        Ok(Written::Done)
    }

    /// `ModifyInstanceCreditSpecification`. EC2 answers 200 also when it has refused: the refusal is in the answer.
    pub(super) async fn set_credit_mode(&self, id: &InstanceId, mode: CreditMode) -> Result<Written, Problem> {
        let asked = sdk::InstanceCreditSpecificationRequest::builder()
            .instance_id(id.as_str())
            .cpu_credits(mode.as_str())
            .build();
        let request = self.ec2().modify_instance_credit_specification().instance_credit_specifications(asked);
        let answer = change!(self, Repeat::Freely, CREDITS, request)?;
        match answer.unsuccessful_instance_credit_specifications().iter().find_map(|item| item.error()) {
            None => Ok(Written::Done),
            Some(refusal) => Err(Problem {
                cause: Cause::Service,
                operation: CREDITS.to_owned(),
                code: words(refusal.code().map(sdk::UnsuccessfulInstanceCreditSpecificationErrorCode::as_str)),
                message: words(refusal.message()),
                request_id: None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::modify_instance_attribute::ModifyInstanceAttributeOutput;
    use aws_smithy_mocks::mock;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;

    use super::*;
    use crate::cloud::test_support::cloud_of;

    #[tokio::test]
    async fn a_new_type_is_the_only_attribute_that_is_sent() {
        let rule = mock!(aws_sdk_ec2::Client::modify_instance_attribute)
            .match_requests(|asked| {
                asked.instance_id() == Some("i-1")
                    && asked.instance_type().and_then(sdk::AttributeValue::value) == Some("t3.micro")
                    && asked.disable_api_stop().is_none()
            })
            .then_output(|| ModifyInstanceAttributeOutput::builder().build());
        let done = cloud_of(&[&rule]).set_instance_type(&InstanceId::new("i-1"), "t3.micro").await;
        assert_eq!(done, Ok(Written::Done));
    }

    #[tokio::test]
    async fn a_refusal_inside_a_good_answer_is_a_refusal() {
        let body = |refused: bool| {
            let item = if refused {
                "<item><instanceId>i-1</instanceId><error><code>IncorrectInstanceState</code><message>no</message></error></item>"
            } else {
                ""
            };
            format!(
                "<ModifyInstanceCreditSpecificationResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
                 <unsuccessfulInstanceCreditSpecificationSet>{item}</unsuccessfulInstanceCreditSpecificationSet>\
                 </ModifyInstanceCreditSpecificationResponse>"
            )
        };
        for refused in [false, true] {
            let rule = mock!(aws_sdk_ec2::Client::modify_instance_credit_specification)
                .match_requests(|asked| {
                    let one = &asked.instance_credit_specifications()[0];
                    one.instance_id() == Some("i-1") && one.cpu_credits() == Some("standard")
                })
                .then_http_response(move || {
                    HttpResponse::new(StatusCode::try_from(200).unwrap(), SdkBody::from(body(refused)))
                });
            let done = cloud_of(&[&rule]).set_credit_mode(&InstanceId::new("i-1"), CreditMode::Standard).await;
            match done {
                Ok(done) => assert!(!refused && done == Written::Done),
                Err(problem) => assert!(refused && problem.is("IncorrectInstanceState"), "{problem:?}"),
            }
        }
    }
}
