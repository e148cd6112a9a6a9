//! Clouds that misbehave on the wire: one that never answers, one that nobody listens for.

use std::sync::Arc;

use aws_sdk_ec2::config::retry::RetryConfig;
use aws_sdk_ec2::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use ec2deck::cloud::{Clients, MyIp, ReadyClients};

/// How a connection behaves.
#[derive(Clone, Copy, Debug)]
pub enum Wire {
    /// The request goes out and nothing ever comes back.
    Silent,
    /// The connection is refused.
    Refused,
}

impl Wire {
    /// Clients whose every request meets this.
    pub fn clients(self) -> ReadyClients {
        Arc::new(move |region: &ec2deck::domain::region::Region| {
            macro_rules! client {
                ($sdk:ident) => {
                    $sdk::Client::from_conf(
                        $sdk::Config::builder()
                            .behavior_version(BehaviorVersion::latest())
                            .region(Region::new(region.as_str().to_owned()))
                            .credentials_provider(Credentials::new("test", "test", None, None, "stories"))
                            .retry_config(RetryConfig::disabled())
                            .http_client(self)
                            .build(),
                    )
                };
            }
            Clients {
                ec2: client!(aws_sdk_ec2),
                instance_connect: client!(aws_sdk_ec2instanceconnect),
                sts: client!(aws_sdk_sts),
                free_tier: client!(aws_sdk_freetier),
                pricing: client!(aws_sdk_pricing),
                cloudwatch: client!(aws_sdk_cloudwatch),
                scheduler: client!(aws_sdk_scheduler),
                my_ip: MyIp::Fixed(std::net::Ipv4Addr::new(198, 51, 100, 7).into()),
            }
        })
    }
}

impl HttpClient for Wire {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(*self)
    }
}

impl HttpConnector for Wire {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        let wire = *self;
        HttpConnectorFuture::new(async move {
            match wire {
                Self::Silent => std::future::pending().await,
                Self::Refused => {
                    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
                    Err(ConnectorError::io(refused.into()).never_connected())
                }
            }
        })
    }
}
