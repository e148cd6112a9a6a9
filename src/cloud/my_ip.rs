//! The address this machine is seen under: asked of a check-IP service over HTTPS, and believed only if the answer is
//! nothing but a public address.
//!
//! Proxies of the environment are not used: `ssh` would not go through them either, so their address would be the
//! wrong one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::byte_stream::ByteStream;

use super::{Settings, error};
use crate::domain::problem::{Cause, Problem};
use crate::domain::web_address::{self, WebAddress};

/// For the whole question, connection and answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// An address with its line break is shorter; a captive portal's page is not.
const LONGEST_ANSWER: usize = 64;

/// Where this machine's own address comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MyIp {
    /// The person said it.
    Fixed(IpAddr),
    /// A service says it.
    Ask {
        /// Answers with the caller's address as plain text.
        url: String,
    },
}

impl MyIp {
    /// As the command line decides.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        match settings.my_ip {
            Some(address) => Self::Fixed(address),
            None => Self::Ask { url: settings.my_ip_url.clone() },
        }
    }

    /// The address.
    ///
    /// # Errors
    /// The service does not answer in three seconds, or its answer is no public address.
    pub(super) async fn ask(&self) -> Result<IpAddr, Problem> {
        match self {
            Self::Fixed(address) => Ok(*address),
            Self::Ask { url } => ask(url).await,
        }
    }
}

async fn ask(url: &str) -> Result<IpAddr, Problem> {
    let Ok(parts) = web_address::parse(url).and_then(WebAddress::require_privacy) else {
        return Err(failed(Cause::Unreadable, url));
    };
    let host = parts.authority.to_owned();
    let unreachable = |message: &str| failed(Cause::Unreachable { host: host.clone() }, message);
    match tokio::time::timeout(PATIENCE, get(url)).await {
        Err(_) => Err(unreachable("3 s")),
        Ok(Err(Failure::Connection(message))) => Err(unreachable(&message)),
        Ok(Err(Failure::Answer(message))) => Err(failed(Cause::Unreadable, &message)),
        Ok(Ok(body)) => {
            let answer = String::from_utf8_lossy(&body);
            parse(&answer).ok_or_else(|| failed(Cause::Unreadable, &answer))
        }
    }
}

enum Failure {
    Connection(String),
    Answer(String),
}

/// One GET; redirects are not followed, since whoever redirects is not the service.
async fn get(url: &str) -> Result<Vec<u8>, Failure> {
    let request = HttpRequest::get(url).map_err(|failure| Failure::Answer(error::chain(&failure)))?;
    // Building it reads the system's certificates.
    let connector = tokio::task::spawn_blocking(|| {
        Connector::builder().tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::AwsLc)).build()
    })
    .await
    .map_err(|failure| Failure::Connection(error::chain(&failure)))?;
    let answer = connector.call(request).await.map_err(|failure| Failure::Connection(error::chain(&failure)))?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Failure::Answer(format!("HTTP {status}")));
    }
    let mut body = ByteStream::new(answer.into_body());
    let mut bytes = Vec::new();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|failure| Failure::Connection(error::chain(&failure)))?;
        bytes.extend_from_slice(&piece);
        if bytes.len() > LONGEST_ANSWER {
            bytes.truncate(LONGEST_ANSWER);
            return Err(Failure::Answer(String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(bytes)
}

/// The public address that the whole text is, apart from white space around it.
fn parse(answer: &str) -> Option<IpAddr> {
    if answer.len() > LONGEST_ANSWER {
        return None;
    }
    let address = answer.trim_matches([' ', '\t', '\r', '\n']).parse().ok()?;
    let public = match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    };
    public.then_some(address)
}

/// Whether the address can be seen on the internet. Ranges for documentation count: the demo uses them.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let carrier_nat = first == 100 && (64..128).contains(&second);
    !(first == 0
        || first >= 240
        || carrier_nat
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast())
}

/// Whether the address is a global one: `2000::/3` (RFC 4291).
fn is_public_v6(address: Ipv6Addr) -> bool {
    address.segments()[0] & 0xe000 == 0x2000
}

fn failed(cause: Cause, message: &str) -> Problem {
    Problem {
        cause,
        operation: "MyIp".to_owned(),
        code: String::new(),
        message: error::tidy(message),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn an_answer_is_a_public_address_and_nothing_else() {
        for (answer, address) in [
            ("203.0.113.7\n", Some("203.0.113.7")),
            ("  52.79.10.4\r\n", Some("52.79.10.4")),
            ("2600:1f18::1\n", Some("2600:1f18::1")),
            ("2001:db8::7", Some("2001:db8::7")),
            ("", None),
            ("203.0.113.7 extra", None),
            ("203.0.113.7/32", None),
            ("203.0.113.007", None),
            ("<html>203.0.113.7</html>", None),
            ("10.0.0.1", None),
            ("172.16.4.1", None),
            ("192.168.0.10", None),
            ("127.0.0.1", None),
            ("100.64.0.1", None),
            ("100.127.255.254", None),
            ("100.128.0.1", Some("100.128.0.1")),
            ("169.254.169.254", None),
            ("0.0.0.0", None),
            ("224.0.0.1", None),
            ("255.255.255.255", None),
            ("::1", None),
            ("::", None),
            ("fe80::1", None),
            ("fd00::1", None),
            ("ff02::1", None),
            ("::ffff:203.0.113.7", None),
        ] {
            assert_eq!(parse(answer), address.map(|a| a.parse().unwrap()), "{answer:?}");
        }
        assert_eq!(parse(&format!("{}203.0.113.7", " ".repeat(60))), None);
    }

    #[test]
    fn the_service_must_be_https_unless_it_is_this_machine() {
        for (url, good) in [
            ("https://checkip.amazonaws.com", true),
            ("https://checkip.example:8443/ip", true),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:8080/", true),
            ("http://localhost:8080", true),
            ("http://checkip.amazonaws.com", false),
            ("http://127.0.0.1.example.com", false),
            ("ftp://127.0.0.1", false),
            ("checkip.amazonaws.com", false),
        ] {
            let checked = web_address::parse(url).and_then(WebAddress::require_privacy);
            assert_eq!(checked.is_ok(), good, "{url}");
        }
    }

    /// A service that answers once with these bytes.
    async fn service(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = connection.read(&mut request).await.unwrap();
            connection.write_all(answer.as_bytes()).await.unwrap();
        });
        url
    }

    #[tokio::test]
    async fn a_service_is_believed_only_with_a_plain_200() {
        let good = service("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n203.0.113.7\n").await;
        assert_eq!(ask(&good).await, Ok("203.0.113.7".parse().unwrap()));

        for answer in [
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\ncontent-length: 11\r\n\r\n203.0.113.7",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 11\r\n\r\n203.0.113.7",
            "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n10.0.0.138",
            "HTTP/1.1 200 OK\r\n\r\n<html><head><title>Welcome to the hotel, please sign in to go on</title></head></html>",
        ] {
            let problem = ask(&service(answer).await).await.unwrap_err();
            assert_eq!(problem.cause, Cause::Unreadable, "{answer}");
        }
    }

    #[tokio::test]
    async fn nobody_there_is_told_with_the_host() {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let problem = ask(&format!("http://{free}/")).await.unwrap_err();
        assert_eq!(problem.cause, Cause::Unreachable { host: free.to_string() });
    }

    #[tokio::test]
    async fn a_fixed_address_asks_nobody() {
        let fixed = MyIp::Fixed("198.51.100.7".parse().unwrap());
        assert_eq!(fixed.ask().await, Ok("198.51.100.7".parse().unwrap()));
    }
}
