//! A refusal as EC2 words it, and the HTTP reply that carries it: errors go through the SDK's own parsing, so that
//! code, message, request id and status are where the real service has them.

use aws_smithy_cbor::Encoder;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use super::http::{OUTAGE_HEADER, Outage};

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// For example `InvalidGroup.Duplicate`.
    pub code: String,
    /// EC2's sentence.
    pub message: String,
}

/// Which protocol wraps the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// EC2's own.
    Ec2,
    /// The query protocol of STS and older services.
    Query,
    /// JSON, as newer services have it.
    Json,
    /// CBOR, as CloudWatch has it.
    Cbor,
}

impl Fault {
    /// A refusal with this code and message.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// `InvalidParameterValue`
    pub fn value(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterValue", message)
    }

    /// `InvalidParameterCombination`
    pub fn combination(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterCombination", message)
    }

    /// `MissingParameter`
    pub fn missing(parameter: &str) -> Self {
        Self::new("MissingParameter", format!("The request must contain the parameter {parameter}"))
    }

    /// The HTTP status that EC2 sends with the code.
    fn status(&self) -> u16 {
        match self.code.as_str() {
            "AuthFailure" => 401,
            "UnauthorizedOperation" | "ExpiredToken" | "OptInRequired" => 403,
            "DryRunOperation" => 412,
            "EC2InstanceNotFoundException" | "ResourceNotFoundException" => 404,
            "ConflictException" => 409,
            "AccessDeniedException" => 403,
            "EC2InstanceUnavailableException" => 503,
            "RequestLimitExceeded" | "Unavailable" | "ServiceUnavailable" => 503,
            "InternalError" | "InternalFailure" | "InsufficientInstanceCapacity" => 500,
            _ => 400,
        }
    }

    /// The reply as it comes over the wire.
    pub fn to_response(&self, dialect: Dialect, request_id: &str) -> HttpResponse {
        let (code, message) = (escape(&self.code), escape(&self.message));
        let body = match dialect {
            Dialect::Cbor => self.to_cbor(),
            Dialect::Ec2 => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{code}</Code>\
                 <Message>{message}</Message></Error></Errors><RequestID>{request_id}</RequestID></Response>"
            )
            .into_bytes(),
            Dialect::Query => format!(
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
                 <Code>{code}</Code><Message>{message}</Message></Error><RequestId>{request_id}</RequestId>\
                 </ErrorResponse>"
            )
            .into_bytes(),
            Dialect::Json => {
                // A string's `Debug` is JSON's form of it for all that these messages hold.
                format!("{{\"__type\":{:?},\"message\":{:?}}}", self.code, self.message).into_bytes()
            }
        };
        let mut response = HttpResponse::new(status(self.status()), SdkBody::from(body));
        response.headers_mut().insert("x-amzn-requestid", request_id.to_owned());
        if dialect == Dialect::Cbor {
            response.headers_mut().insert("smithy-protocol", "rpc-v2-cbor");
        }
        response
    }

    fn to_cbor(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::new());
        encoder.map(2).str("__type").str(&self.code).str("message").str(&self.message);
        encoder.into_writer()
    }
}

/// A reply that never arrives: [`super::http`] turns it into a failure of the connection.
pub(super) fn outage(outage: Outage) -> HttpResponse {
    let mut response = HttpResponse::new(status(504), SdkBody::empty());
    response.headers_mut().insert(OUTAGE_HEADER, outage.as_str());
    response
}

fn status(code: u16) -> StatusCode {
    match StatusCode::try_from(code) {
        Ok(status) => status,
        Err(_) => unreachable!("every status in this file has three digits"),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
