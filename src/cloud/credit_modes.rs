//! Whether instances with CPU credits are slowed or billed when those are used up.

use std::collections::BTreeMap;

use super::Cloud;
use super::convert::{following, words};
use super::send::ask;
use crate::domain::id::InstanceId;
use crate::domain::instance_type::CreditMode;
use crate::domain::problem::Problem;

/// Ids that one call takes at most (EC2 API reference, `DescribeInstanceCreditSpecifications`).
const MOST_NAMED: usize = 1_000;

impl Cloud {
    /// `DescribeInstanceCreditSpecifications`. A word that this program does not know is left out.
    pub(super) async fn credit_modes(&self, ids: &[InstanceId]) -> Result<BTreeMap<InstanceId, CreditMode>, Problem> {
        let mut modes = BTreeMap::new();
        for ids in ids.chunks(MOST_NAMED) {
            let names: Vec<String> = ids.iter().map(|id| id.as_str().to_owned()).collect();
            let mut token = None;
            loop {
                let request = self
                    .ec2()
                    .describe_instance_credit_specifications()
                    .set_instance_ids(Some(names.clone()))
                    .set_next_token(token.clone());
                let page = ask!(self, "DescribeInstanceCreditSpecifications", request)?;
                token = following(page.next_token(), token.as_ref());
                modes.extend(page.instance_credit_specifications().iter().filter_map(|one| {
                    let mode = match one.cpu_credits()? {
                        "standard" => CreditMode::Standard,
                        "unlimited" => CreditMode::Unlimited,
                        _ => return None,
                    };
                    Some((InstanceId::new(words(Some(one.instance_id()?))), mode))
                }));
                if token.is_none() {
                    break;
                }
            }
        }
        Ok(modes)
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::describe_instance_credit_specifications::DescribeInstanceCreditSpecificationsOutput;
    use aws_sdk_ec2::types::InstanceCreditSpecification;
    use aws_smithy_mocks::mock;

    use super::*;
    use crate::cloud::test_support::{cloud_of, read_all};
    use crate::message::{Found, Read};

    #[tokio::test]
    async fn modes_come_by_instance_and_unknown_words_are_left_out() {
        let modes = mock!(aws_sdk_ec2::Client::describe_instance_credit_specifications)
            .match_requests(|asked| asked.instance_ids() == ["i-1", "i-2", "i-3"])
            .then_output(|| {
                let told = [("i-1", "standard"), ("i-2", "unlimited"), ("i-3", "sometimes")]
                    .map(|(id, mode)| InstanceCreditSpecification::builder().instance_id(id).cpu_credits(mode).build());
                DescribeInstanceCreditSpecificationsOutput::builder()
                    .set_instance_credit_specifications(Some(told.into()))
                    .build()
            });
        let ids = ["i-1", "i-2", "i-3"].map(InstanceId::new).to_vec();
        let found = read_all(&cloud_of(&[&modes]), Read::CreditModes(ids)).await.unwrap();
        let expected =
            [(InstanceId::new("i-1"), CreditMode::Standard), (InstanceId::new("i-2"), CreditMode::Unlimited)];
        assert_eq!(found, [Found::CreditModes(expected.into())]);
    }
}
