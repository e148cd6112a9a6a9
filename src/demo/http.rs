//! The wire under the mocked SDK clients: it lets AWS's own mock client answer, adds a clear refusal for operations
//! that the demo does not know, and makes connections fail when a test asks for it.

use std::fmt;
use std::io;

use aws_smithy_mocks::create_mock_http_client;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::fault::{Dialect, Fault};

/// Marks a mocked response that must not arrive.
pub(super) const OUTAGE_HEADER: &str = "x-ec2deck-demo-outage";

/// What a mocked response without an answer gets from `aws-smithy-mocks`.
const NO_ANSWER: u16 = 418;

/// How a connection fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outage {
    /// The request went out, the reply never came.
    ReplyLost,
    /// Nothing was sent: the connection was refused.
    Unreachable,
}

impl Outage {
    /// The header's value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReplyLost => "reply-lost",
            Self::Unreachable => "unreachable",
        }
    }

    fn to_error(self) -> ConnectorError {
        match self {
            Self::ReplyLost => {
                ConnectorError::timeout(io::Error::new(io::ErrorKind::TimedOut, "the demo lost the reply").into())
            }
            Self::Unreachable => ConnectorError::io(
                io::Error::new(
                    io::ErrorKind::ConnectionRefused,
                    "client error (Connect): tcp connect error: the demo refuses the connection",
                )
                .into(),
            )
            .never_connected(),
        }
    }
}

/// The HTTP client of a demo client.
#[derive(Clone)]
pub(super) struct DemoHttp {
    inner: SharedHttpClient,
    dialect: Dialect,
}

impl DemoHttp {
    /// A client whose refusals are worded in `dialect`.
    pub fn new(dialect: Dialect) -> Self {
        Self { inner: create_mock_http_client(), dialect }
    }
}

impl fmt::Debug for DemoHttp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DemoHttp({:?})", self.dialect)
    }
}

impl HttpClient for DemoHttp {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(DemoConnector {
            inner: self.inner.http_connector(settings, components),
            dialect: self.dialect,
        })
    }
}

#[derive(Debug)]
struct DemoConnector {
    inner: SharedHttpConnector,
    dialect: Dialect,
}

impl HttpConnector for DemoConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let action = action(&request);
        let dialect = self.dialect;
        let answer = self.inner.call(request);
        HttpConnectorFuture::new(async move {
            let response = answer.await?;
            match response.headers().get(OUTAGE_HEADER) {
                Some(outage) if outage == Outage::ReplyLost.as_str() => Err(Outage::ReplyLost.to_error()),
                Some(_) => Err(Outage::Unreachable.to_error()),
                // A typed answer replaces this one later; only an operation without a rule shows it.
                None if response.status().as_u16() == NO_ANSWER => Ok(Fault::new(
                    "UnsupportedOperation",
                    format!("The demo account does not answer the operation {action}."),
                )
                .to_response(dialect, "00000000-0000-4000-8000-000000000000")),
                None => Ok(response),
            }
        })
    }
}

/// The operation's name in a query request's body.
fn action(request: &HttpRequest) -> String {
    request
        .body()
        .bytes()
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .and_then(|body| body.split('&').find_map(|pair| pair.strip_prefix("Action=")))
        .unwrap_or("(unnamed)")
        .to_owned()
}
