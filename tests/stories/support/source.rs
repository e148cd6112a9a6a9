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
            let region = region.as_str().to_owned();
            let credentials = Credentials::new("test", "test", None, None, "stories");
            let ec2 = aws_sdk_ec2::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(region.clone()))
                .credentials_provider(credentials.clone())
                .retry_config(RetryConfig::disabled())
                .http_client(self)
                .build();
            let instance_connect = aws_sdk_ec2instanceconnect::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(region.clone()))
                .credentials_provider(credentials.clone())
                .retry_config(RetryConfig::disabled())
                .http_client(self)
                .build();
            let sts = aws_sdk_sts::Config::builder()
                .behavior_version(aws_sdk_sts::config::BehaviorVersion::latest())
                .region(aws_sdk_sts::config::Region::new(region))
                .credentials_provider(credentials)
                .retry_config(RetryConfig::disabled())
                .http_client(self)
                .build();
            Clients {
                ec2: aws_sdk_ec2::Client::from_conf(ec2),
                instance_connect: aws_sdk_ec2instanceconnect::Client::from_conf(instance_connect),
                sts: aws_sdk_sts::Client::from_conf(sts),
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
