//! How requests are sent: who may be repeated by the SDK, and whether a lost answer leaves the outcome open.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_ec2::config::retry::RetryConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use super::error;

/// Whether the SDK may send a change again on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Doing it twice is doing it once: start, stop, terminate, delete by id.
    Freely,
    /// The request's `ClientToken` makes a second try return what the first one made.
    ByToken,
    /// A second try would do it a second time, or fail because the first one worked.
    Never,
}

impl Repeat {
    /// The settings that differ from the client's own for this one request.
    pub(super) fn config(self) -> aws_sdk_ec2::config::Builder {
        let config = aws_sdk_ec2::config::Builder::new();
        match self {
            Self::Freely | Self::ByToken => config,
            Self::Never => config.retry_config(RetryConfig::disabled()),
        }
    }
}

/// Notes whether any try of a request may have reached AWS without an answer. The SDK reports the last try only: a
/// time-out followed by a refused connection would look as if nothing had ever been sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Track(Arc<AtomicBool>);

impl Track {
    /// Whether a try is out of sight.
    pub(super) fn maybe_sent(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Intercept for Track {
    fn name(&self) -> &'static str {
        "Track"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(Err(failure)) = context.output_or_error() else { return Ok(()) };
        let lost = if let Some(connector) = failure.as_connector_error() {
            !error::was_never_connected(connector)
        } else if failure.is_operation_error() {
            // 503 is EC2's "slow down": nothing was done.
            context.response().is_some_and(|answer| matches!(answer.status().as_u16(), 500 | 502 | 504))
        } else {
            failure.is_timeout_error() || failure.is_response_error()
        };
        if lost {
            self.0.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// Asks EC2; the SDK repeats on its own what is worth repeating.
macro_rules! ask {
    ($cloud:expr, $operation:literal, $request:expr) => {
        $request.send().await.map_err(|failure| {
            $crate::cloud::error::problem(&failure, &$crate::cloud::error::Call::read("ec2", $operation, &$cloud.hosts))
        })
    };
}

/// Changes something in EC2 under a [`Repeat`] policy.
macro_rules! change {
    ($cloud:expr, $repeat:expr, $operation:expr, $request:expr) => {{
        let track = $crate::cloud::send::Track::default();
        let repeat: $crate::cloud::send::Repeat = $repeat;
        $request.customize().config_override(repeat.config()).interceptor(track.clone()).send().await.map_err(
            |failure| {
                let call = $crate::cloud::error::Call::write($operation, &$cloud.hosts, repeat, track.maybe_sent());
                $crate::cloud::error::problem(&failure, &call)
            },
        )
    }};
}

pub(super) use {ask, change};
