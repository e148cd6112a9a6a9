//! Key pairs. Only public halves pass here: the private one never leaves the machine it was made on.

use aws_sdk_ec2::primitives::Blob;
use aws_sdk_ec2::types as sdk;

use super::Cloud;
use super::convert::{made_by, maybe, tagged, tags, time, words};
use super::error::Call;
use super::send::{Repeat, ask, change};
use crate::domain::id::KeyPairId;
use crate::domain::key_pair::{KeyKind, KeyPair};
use crate::domain::problem::Problem;
use crate::message::{Found, Page, Written};

impl Cloud {
    /// `DescribeKeyPairs` with the public keys; it has no pages.
    pub(super) async fn key_pairs(&self, found: &mut (dyn FnMut(Found) + Send)) -> Result<(), Problem> {
        let request = self.ec2().describe_key_pairs().include_public_key(true);
        let answer = ask!(self, "DescribeKeyPairs", request)?;
        let rows = answer.key_pairs().iter().filter_map(key_pair).collect();
        found(Found::KeyPairs(Page { rows, more: false }));
        Ok(())
    }

    /// The key pairs that a request of this program made.
    pub(super) async fn key_pairs_made_by(&self, marker: &str) -> Result<Vec<KeyPairId>, Problem> {
        let request = self.ec2().describe_key_pairs().filters(made_by(marker));
        let answer = ask!(self, "DescribeKeyPairs", request)?;
        Ok(answer.key_pairs().iter().filter_map(|pair| maybe(pair.key_pair_id())).map(KeyPairId::new).collect())
    }

    /// `ImportKeyPair`.
    pub(super) async fn import_key_pair(&self, name: &str, public_key: &str, marker: &str) -> Result<Written, Problem> {
        let request = self
            .ec2()
            .import_key_pair()
            .key_name(name)
            .public_key_material(Blob::new(public_key.trim()))
            .set_tag_specifications(tagged(sdk::ResourceType::KeyPair, &[], Some(marker)).map(|tags| vec![tags]));
        let answer = change!(self, Repeat::Never, "ImportKeyPair", request)?;
        match maybe(answer.key_pair_id()) {
            Some(id) => Ok(Written::KeyPair(KeyPairId::new(id))),
            None => Err(Call::write("ImportKeyPair", &self.hosts, Repeat::Never, true).unreadable("KeyPairId")),
        }
    }

    /// `DeleteKeyPair` by id: a name could have been given to another pair meanwhile.
    pub(super) async fn delete_key_pair(&self, id: &KeyPairId) -> Result<Written, Problem> {
        let request = self.ec2().delete_key_pair().key_pair_id(id.as_str());
        change!(self, Repeat::Never, "DeleteKeyPair", request)?;
        Ok(Written::Done)
    }
}

fn key_pair(from: &sdk::KeyPairInfo) -> Option<KeyPair> {
    Some(KeyPair {
        id: KeyPairId::new(words(Some(from.key_pair_id()?))),
        name: words(from.key_name()),
        kind: match from.key_type() {
            Some(sdk::KeyType::Ed25519) => KeyKind::Ed25519,
            Some(sdk::KeyType::Rsa) => KeyKind::Rsa,
            _ => KeyKind::Other,
        },
        fingerprint: words(from.key_fingerprint()),
        created: time(from.create_time()),
        public_key: from.public_key().and_then(without_comment),
        tags: tags(from.tags()),
    })
}

/// Algorithm and key of an OpenSSH line.
fn without_comment(line: &str) -> Option<String> {
    let mut parts = line.split_ascii_whitespace();
    let (algorithm, key) = (parts.next()?, parts.next()?);
    maybe(Some(&format!("{algorithm} {key}")))
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::import_key_pair::{ImportKeyPairError, ImportKeyPairOutput};
    use aws_smithy_mocks::mock;
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::cloud_of;
    use crate::domain::problem::Cause;
    use crate::domain::tag;

    #[test]
    fn a_public_key_loses_its_comment() {
        let from = sdk::KeyPairInfo::builder()
            .key_pair_id("key-1")
            .key_name("laptop")
            .key_type(sdk::KeyType::Ed25519)
            .public_key("ssh-ed25519 AAAAC3Nz me@laptop\u{1b}\n")
            .build();
        let pair = key_pair(&from).unwrap();
        assert_eq!(pair.public_key.as_deref(), Some("ssh-ed25519 AAAAC3Nz"));
        assert_eq!(pair.kind, KeyKind::Ed25519);
        assert_eq!(without_comment("garbage"), None);
    }

    #[tokio::test]
    async fn an_import_sends_the_line_and_the_request_tag() {
        let rule = mock!(aws_sdk_ec2::Client::import_key_pair)
            .match_requests(|asked| {
                asked.key_name() == Some("laptop")
                    && asked.public_key_material().unwrap().as_ref() == b"ssh-ed25519 AAAA laptop"
                    && asked.tag_specifications()[0].resource_type() == Some(&sdk::ResourceType::KeyPair)
                    && asked.tag_specifications()[0].tags()[0].key() == Some(tag::REQUEST)
                    && asked.tag_specifications()[0].tags()[0].value() == Some("marker-1")
            })
            .then_output(|| ImportKeyPairOutput::builder().key_pair_id("key-1").build());
        let written = cloud_of(&[&rule]).import_key_pair("laptop", "ssh-ed25519 AAAA laptop\n", "marker-1").await;
        assert_eq!(written, Ok(Written::KeyPair(KeyPairId::new("key-1"))));
    }

    #[tokio::test]
    async fn an_import_is_never_sent_twice_and_a_failing_server_leaves_it_open() {
        let rule = mock!(aws_sdk_ec2::Client::import_key_pair).then_http_response(|| {
            let body = "<Response><Errors><Error><Code>InternalError</Code><Message>oops</Message></Error></Errors></Response>";
            HttpResponse::new(StatusCode::try_from(500).unwrap(), SdkBody::from(body))
        });
        let problem = cloud_of(&[&rule]).import_key_pair("laptop", "ssh-ed25519 AAAA", "m").await.unwrap_err();
        assert_eq!(problem.cause, Cause::UnclearOutcome);
        assert_eq!(problem.code, "InternalError");
        assert_eq!(rule.num_calls(), 1);
    }

    #[tokio::test]
    async fn a_taken_name_is_a_plain_answer() {
        let rule = mock!(aws_sdk_ec2::Client::import_key_pair).then_error(|| {
            ImportKeyPairError::generic(
                ErrorMetadata::builder().code("InvalidKeyPair.Duplicate").message("exists").build(),
            )
        });
        let problem = cloud_of(&[&rule]).import_key_pair("laptop", "ssh-ed25519 AAAA", "m").await.unwrap_err();
        assert_eq!(problem.cause, Cause::Service);
        assert!(problem.is("InvalidKeyPair.Duplicate"));
    }
}
