//! Turns an SDK error into a [`Problem`]: what was tried, why it failed, and the raw words for "details".
//!
//! The codes and what they mean: EC2 API reference, "Error codes for the Amazon EC2 API".

use std::error::Error;

use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ec2::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::Hosts;
use super::send::Repeat;
use crate::domain::clean::clean;
use crate::domain::problem::{Cause, Problem};

/// The request behind a failure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    service: &'static str,
    operation: &'static str,
    hosts: &'a Hosts,
    /// `None`: a question.
    repeat: Option<Repeat>,
    /// Whether an earlier try may have reached AWS.
    maybe_sent: bool,
}

impl<'a> Call<'a> {
    /// A question to a service, by the name that its permissions begin with (`ec2`, `sts`, `pricing`).
    pub(super) fn read(service: &'static str, operation: &'static str, hosts: &'a Hosts) -> Self {
        Self { service, operation, hosts, repeat: None, maybe_sent: false }
    }

    /// A change in EC2.
    pub(super) fn write(operation: &'static str, hosts: &'a Hosts, repeat: Repeat, maybe_sent: bool) -> Self {
        Self { service: "ec2", operation, hosts, repeat: Some(repeat), maybe_sent }
    }

    /// The same to another service, by the name that its permissions begin with.
    pub(super) fn of_service(self, service: &'static str) -> Self {
        Self { service, ..self }
    }

    fn host(&self) -> &str {
        match self.service {
            "sts" => &self.hosts.sts,
            "ec2-instance-connect" => &self.hosts.instance_connect,
            "freetier" => &self.hosts.free_tier,
            "pricing" => &self.hosts.pricing,
            "cloudwatch" => &self.hosts.cloudwatch,
            "scheduler" => &self.hosts.scheduler,
            _ => &self.hosts.ec2,
        }
    }

    fn is_write(&self) -> bool {
        self.repeat.is_some()
    }

    fn problem(&self, cause: Cause, message: &str) -> Problem {
        Problem {
            cause,
            operation: self.operation.to_owned(),
            code: String::new(),
            message: tidy(message),
            request_id: None,
        }
    }

    /// What a reply that makes no sense comes to: a change may have happened.
    pub(super) fn unreadable(&self, message: &str) -> Problem {
        self.problem(if self.is_write() { Cause::UnclearOutcome } else { Cause::Unreadable }, message)
    }

    /// No answer after something was, or may have been, sent.
    fn lost(&self) -> Cause {
        if self.is_write() { Cause::UnclearOutcome } else { Cause::Unreachable { host: self.host().to_owned() } }
    }
}

/// The problem behind an SDK error.
pub(super) fn problem<E>(error: &SdkError<E, HttpResponse>, call: &Call<'_>) -> Problem
where
    E: ProvideErrorMetadata + Error + Send + Sync + 'static,
{
    let mut problem = match error {
        SdkError::ServiceError(context) => {
            let code = context.err().code().unwrap_or_default();
            let message = context.err().message().unwrap_or_default();
            let cause = of_code(code, message, context.raw().status().as_u16(), call);
            let mut problem = call.problem(cause, without_encoded_blob(message));
            problem.code = clean(code);
            if code.is_empty() && message.is_empty() {
                problem.message = format!("HTTP {}", context.raw().status().as_u16());
            }
            problem
        }
        SdkError::TimeoutError(_) => call.problem(call.lost(), &below(error)),
        SdkError::ResponseError(_) => call.unreadable(&below(error)),
        SdkError::DispatchFailure(context) => {
            let words = below(error);
            let cause = of_credentials(&words, call).unwrap_or_else(|| match context.as_connector_error() {
                Some(connector) if was_never_connected(connector) => {
                    Cause::Unreachable { host: call.host().to_owned() }
                }
                _ => call.lost(),
            });
            call.problem(cause, &words)
        }
        _ => {
            let words = below(error);
            let cause = of_credentials(&words, call).unwrap_or(Cause::Unreadable);
            call.problem(cause, &words)
        }
    };
    problem.request_id = error.request_id().map(clean);
    if call.maybe_sent && matches!(problem.cause, Cause::Unreachable { .. } | Cause::Throttled) {
        problem.cause = Cause::UnclearOutcome;
    }
    problem
}

/// Whether the connection was never made, so that nothing can have been sent: name resolution, refused, TLS.
pub(super) fn was_never_connected(error: &(dyn Error + 'static)) -> bool {
    let words = chain(error).to_ascii_lowercase();
    ["client error (connect)", "connect timeout", "dns error", "tcp connect error"]
        .iter()
        .any(|sign| words.contains(sign))
}

/// The cause behind a code that a service answered with.
fn of_code(code: &str, message: &str, status: u16, call: &Call<'_>) -> Cause {
    match code {
        "UnauthorizedOperation" | "Client.UnauthorizedOperation" | "AccessDenied" | "AccessDeniedException" => {
            Cause::NotAllowed { action: denied_action(message, call) }
        }
        "ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired" | "RequestExpired" => {
            Cause::ExpiredCredentials
        }
        // The same code is used when a resource belongs to somebody else: then the message names the resource.
        "AuthFailure" if !message.is_empty() && !message.contains("credentials") => Cause::Service,
        "AuthFailure"
        | "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "SignatureDoesNotMatch"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "MissingAuthenticationToken"
        | "InvalidAccessKeyId" => Cause::RejectedCredentials,
        // Also: the account is still being activated, or a marketplace product's terms wait to be accepted.
        "OptInRequired" if message.to_ascii_lowercase().contains("region") => Cause::RegionNotEnabled,
        "RegionDisabledException" => Cause::RegionNotEnabled,
        "RequestLimitExceeded"
        | "Client.RequestLimitExceeded"
        | "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "TooManyRequestsException"
        | "EC2ThrottledException"
        | "RequestThrottled" => Cause::Throttled,
        // The instance does not answer the service, which says so with 503.
        "EC2InstanceUnavailableException" => Cause::Service,
        // AWS lacks hardware or addresses: nothing was done, although the status says 500.
        code if code.starts_with("Insufficient") => Cause::Service,
        "" if status < 500 => call.unreadable("").cause,
        "" | "InternalError" | "InternalFailure" | "InternalServerError" | "Unavailable" | "ServiceUnavailable" => {
            server_side(call)
        }
        _ if status >= 500 => server_side(call),
        _ => Cause::Service,
    }
}

/// AWS failed on its own side: a change that cannot be repeated freely may have happened before that.
fn server_side(call: &Call<'_>) -> Cause {
    match call.repeat {
        None | Some(Repeat::Freely) => Cause::ServiceFailed,
        Some(Repeat::ByToken | Repeat::Never) => Cause::UnclearOutcome,
    }
}

/// The permission that is missing: named in newer messages, else that of the operation.
fn denied_action(message: &str, call: &Call<'_>) -> String {
    const BEFORE: &str = "not authorized to perform: ";
    message
        .split_once(BEFORE)
        .and_then(|(_, rest)| rest.split(|c: char| c.is_whitespace() || c == ',').next())
        .map(|action| action.trim_end_matches('.'))
        .filter(|action| action.contains(':'))
        .map_or_else(|| format!("{}:{}", call.service, call.operation), clean)
}

/// The cause when credentials could not be had. The SDK's own types for this are private or many; its words are not.
fn of_credentials(chain: &str, call: &Call<'_>) -> Option<Cause> {
    let words = chain.to_ascii_lowercase().replace('\\', "/");
    let has = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    if !has(&["credential", "identity resolver", "access token", "sso token", "login token", "no auth scheme"]) {
        return None;
    }
    if has(&[
        // The token's file is missing: nobody has signed in yet.
        "/sso/cache/",
        "/login/cache/",
        "cached sso token",
        "cached login token",
        "sso token has expired",
        "token is expired",
        "token has expired",
        "session token not found or invalid",
        "unauthorizedexception",
        "expiredtoken",
        "session has expired",
    ]) {
        return Some(Cause::ExpiredCredentials);
    }
    if has(&["not authorized to perform: "]) {
        return Some(Cause::NotAllowed { action: denied_action(chain, call) });
    }
    if has(&["invalidclienttokenid", "signaturedoesnotmatch", "unrecognizedclient"]) {
        return Some(Cause::RejectedCredentials);
    }
    // The instance metadata service is asked last, when nothing else has credentials.
    if has(&["no providers in chain", "was not enabled", "imds", "no credentials", "no auth scheme"]) {
        return Some(Cause::NoCredentials);
    }
    if has(&["timed out", "timeout", "dns error", "client error (connect)"]) {
        // Without a host it is a `credential_process` that takes too long.
        return Some(match &call.hosts.credentials {
            Some(host) => Cause::Unreachable { host: host.clone() },
            None => Cause::BadProfile,
        });
    }
    Some(Cause::BadProfile)
}

/// The message without the blob that only `sts:DecodeAuthorizationMessage` can read.
fn without_encoded_blob(message: &str) -> &str {
    message.split("Encoded authorization failure message").next().unwrap_or(message).trim()
}

/// What an SDK error came from: its own words (`dispatch failure: other`) tell a person nothing.
fn below(error: &(dyn Error + 'static)) -> String {
    let words = error.source().map_or_else(|| chain(error), chain);
    words.strip_prefix("other: ").map_or(words.clone(), str::to_owned)
}

/// An error and what it came from, each saying once what it says.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let word = error.to_string();
        if !word.is_empty() && !words.iter().any(|said| said.contains(&word)) {
            words.push(word);
        }
        next = error.source();
    }
    words.join(": ")
}

/// Fit to be shown: on one line, cleaned, and not longer than a screen.
pub(super) fn tidy(message: &str) -> String {
    const MOST: usize = 1_000;
    let message = clean(&message.split_whitespace().collect::<Vec<_>>().join(" "));
    match message.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_ec2::operation::run_instances::RunInstancesError;
    use aws_smithy_runtime_api::client::result::ConnectorError;
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::error::ErrorMetadata;

    use super::*;
    use crate::cloud::test_support::hosts;

    type Failure = SdkError<RunInstancesError, HttpResponse>;

    fn answered(status: u16, code: &str, message: &str) -> Failure {
        let mut meta = ErrorMetadata::builder();
        if !code.is_empty() {
            meta = meta.code(code);
        }
        let mut raw = HttpResponse::new(StatusCode::try_from(status).unwrap(), SdkBody::empty());
        raw.headers_mut().insert("x-amzn-requestid", "req-1");
        SdkError::service_error(RunInstancesError::generic(meta.message(message).build()), raw)
    }

    fn refused() -> Failure {
        SdkError::dispatch_failure(ConnectorError::io("client error (Connect): tcp connect error: refused".into()))
    }

    fn cut_off() -> Failure {
        SdkError::dispatch_failure(ConnectorError::io("connection closed before message completed".into()))
    }

    fn read_cause(failure: &Failure) -> Cause {
        problem(failure, &Call::read("ec2", "DescribeInstances", &hosts())).cause
    }

    fn write_cause(failure: &Failure, repeat: Repeat) -> Cause {
        problem(failure, &Call::write("RunInstances", &hosts(), repeat, false)).cause
    }

    fn ec2() -> Cause {
        Cause::Unreachable { host: "ec2.ap-northeast-2.amazonaws.com".to_owned() }
    }

    #[test]
    fn codes_come_to_causes() {
        let not_allowed = |action: &str| Cause::NotAllowed { action: action.to_owned() };
        for (status, code, message, cause) in [
            (
                403,
                "UnauthorizedOperation",
                "You are not authorized to perform this operation.",
                not_allowed("ec2:DescribeInstances"),
            ),
            (
                403,
                "AccessDenied",
                "User: x is not authorized to perform: ec2:CreateTags on resource: y",
                not_allowed("ec2:CreateTags"),
            ),
            (400, "ExpiredToken", "", Cause::ExpiredCredentials),
            (400, "RequestExpired", "Request has expired.", Cause::ExpiredCredentials),
            (
                401,
                "AuthFailure",
                "AWS was not able to validate the provided access credentials",
                Cause::RejectedCredentials,
            ),
            (401, "AuthFailure", "", Cause::RejectedCredentials),
            (401, "AuthFailure", "The address '203.0.113.1' does not belong to you.", Cause::Service),
            (403, "InvalidClientTokenId", "", Cause::RejectedCredentials),
            (403, "SignatureDoesNotMatch", "", Cause::RejectedCredentials),
            (401, "OptInRequired", "You are not subscribed to this region", Cause::RegionNotEnabled),
            (
                401,
                "OptInRequired",
                "In order to use this AWS Marketplace product you need to accept terms",
                Cause::Service,
            ),
            (503, "RequestLimitExceeded", "", Cause::Throttled),
            (500, "InsufficientInstanceCapacity", "", Cause::Service),
            (503, "Unavailable", "", Cause::ServiceFailed),
            (500, "InternalError", "", Cause::ServiceFailed),
            (502, "", "", Cause::ServiceFailed),
            (403, "", "", Cause::Unreadable),
            (400, "InvalidParameterValue", "bad", Cause::Service),
        ] {
            assert_eq!(read_cause(&answered(status, code, message)), cause, "{code} {message}");
        }
    }

    #[test]
    fn what_a_lost_answer_means_depends_on_what_was_asked() {
        assert_eq!(read_cause(&cut_off()), ec2());
        assert_eq!(read_cause(&refused()), ec2());
        assert_eq!(read_cause(&SdkError::timeout_error("30 s")), ec2());
        for repeat in [Repeat::Never, Repeat::ByToken, Repeat::Freely] {
            assert_eq!(write_cause(&cut_off(), repeat), Cause::UnclearOutcome);
            assert_eq!(write_cause(&SdkError::timeout_error("30 s"), repeat), Cause::UnclearOutcome);
            assert_eq!(write_cause(&refused(), repeat), ec2());
        }
        assert_eq!(write_cause(&answered(500, "InternalError", ""), Repeat::Never), Cause::UnclearOutcome);
        assert_eq!(write_cause(&answered(500, "InternalError", ""), Repeat::ByToken), Cause::UnclearOutcome);
        assert_eq!(write_cause(&answered(500, "InternalError", ""), Repeat::Freely), Cause::ServiceFailed);
    }

    #[test]
    fn an_earlier_lost_try_outweighs_a_last_one_that_never_left() {
        let hosts = hosts();
        let call = Call::write("RunInstances", &hosts, Repeat::ByToken, true);
        assert_eq!(problem(&refused(), &call).cause, Cause::UnclearOutcome);
        // The token makes a definite last answer final.
        let full = answered(500, "InsufficientInstanceCapacity", "");
        assert_eq!(problem(&full, &call).cause, Cause::Service);
    }

    #[test]
    fn texts_are_cleaned_and_the_encoded_blob_is_gone() {
        let failure = answered(
            403,
            "UnauthorizedOperation",
            "You may\u{1b}[31m not.\n Encoded authorization failure message: ABCDEF0123",
        );
        let problem = problem(&failure, &Call::read("ec2", "DescribeInstances", &hosts()));
        assert_eq!(problem.message, "You may\u{fffd}[31m not.");
        assert_eq!(problem.request_id.as_deref(), Some("req-1"));
        assert_eq!(problem.operation, "DescribeInstances");
        assert_eq!(tidy(&"x".repeat(2_000)).chars().count(), 1_001);
    }

    #[test]
    fn credentials_that_cannot_be_had_are_told_apart() {
        let sso = Cause::Unreachable { host: "portal.sso.us-east-1.amazonaws.com".to_owned() };
        for (words, cause) in [
            (
                "the credential provider was not enabled: no providers in chain provided credentials",
                Cause::NoCredentials,
            ),
            (
                "an error occurred while loading credentials: failed to load IMDS session token: HTTP connect timeout",
                Cause::NoCredentials,
            ),
            (
                "an error occurred while loading credentials: the SSO token has expired and cannot be refreshed",
                Cause::ExpiredCredentials,
            ),
            (
                r"an error occurred while loading credentials: failed to read `C:\Users\me\.aws\login\cache\1.json`",
                Cause::ExpiredCredentials,
            ),
            (
                "an error occurred while loading credentials: service error: unhandled error (ExpiredToken)",
                Cause::ExpiredCredentials,
            ),
            (
                "an error occurred while loading credentials: User: x is not authorized to perform: sts:AssumeRole on resource: y",
                Cause::NotAllowed { action: "sts:AssumeRole".to_owned() },
            ),
            ("an error occurred while loading credentials: io error: client error (Connect): dns error", sso.clone()),
            ("identity resolver timed out after 20s", sso),
            ("the credentials provider was not properly configured: missing key", Cause::BadProfile),
        ] {
            let failure: Failure = SdkError::dispatch_failure(ConnectorError::other(words.into(), None));
            assert_eq!(read_cause(&failure), cause, "{words}");
            // Nothing was sent, so nothing is unclear.
            assert_eq!(write_cause(&failure, Repeat::Never), cause, "{words}");
        }
    }
}
