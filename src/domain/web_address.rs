//! Web addresses (of an endpoint, of the check-IP service), checked before anybody connects: what is wrong is said at
//! once, not at the first request.

use crate::text;
use crate::text::Text;

/// The parts of a web address that this program looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebAddress<'a> {
    /// Whether it is `https`.
    pub secure: bool,
    /// Name or address, without brackets.
    pub host: &'a str,
    /// Host and port as written.
    pub authority: &'a str,
}

impl WebAddress<'_> {
    /// Whether it is this machine itself.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Refuses what would cross the network in the clear.
    ///
    /// # Errors
    /// The sentence that asks for https.
    pub fn require_privacy(self) -> Result<Self, Text> {
        if self.secure || self.is_loopback() { Ok(self) } else { Err(text!("my-ip-url-not-https")) }
    }
}

/// Takes an address apart: http or https, a host, at most a port and a path.
///
/// # Errors
/// The sentence that says what is wrong with it.
pub fn parse(url: &str) -> Result<WebAddress<'_>, Text> {
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(text!("endpoint-bad-character"));
    }
    let (scheme, rest) = url.split_once("://").ok_or_else(|| text!("endpoint-not-http"))?;
    let secure = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => false,
        _ => return Err(text!("endpoint-not-http")),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(text!("endpoint-user"));
    }
    let (host, port) = split_port(authority).ok_or_else(|| text!("endpoint-no-host"))?;
    if !is_host(host) {
        return Err(text!("endpoint-no-host"));
    }
    if port.is_some_and(|port| !port.bytes().all(|b| b.is_ascii_digit()) || !port.parse().is_ok_and(|n: u16| n > 0)) {
        return Err(text!("endpoint-bad-port"));
    }
    Ok(WebAddress { secure, host, authority })
}

/// Separates host and port; an IPv6 address stands in brackets.
fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        return match after.strip_prefix(':') {
            Some(port) => Some((host, Some(port))),
            None => after.is_empty().then_some((host, None)),
        };
    }
    Some(match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    })
}

fn is_host(host: &str) -> bool {
    if host.parse::<std::net::IpAddr>().is_ok() {
        return true;
    }
    !host.is_empty()
        && host.len() <= 253
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_web_address_with_a_host() {
        for (url, host, secure) in [
            ("http://127.0.0.1:5000", "127.0.0.1", false),
            ("https://ec2.ap-northeast-2.amazonaws.com", "ec2.ap-northeast-2.amazonaws.com", true),
            ("HTTP://localhost:4566/", "localhost", false),
            ("http://[::1]:5000/path", "::1", false),
            (
                "https://vpce-0a1-b_2.ec2.us-east-1.vpce.amazonaws.com",
                "vpce-0a1-b_2.ec2.us-east-1.vpce.amazonaws.com",
                true,
            ),
        ] {
            let endpoint = parse(url).unwrap();
            assert_eq!((endpoint.host, endpoint.secure), (host, secure), "{url}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        for (url, key) in [
            ("", "endpoint-not-http"),
            ("127.0.0.1:5000", "endpoint-not-http"),
            ("ftp://host", "endpoint-not-http"),
            ("http://", "endpoint-no-host"),
            ("http://:5000", "endpoint-no-host"),
            ("http:///path", "endpoint-no-host"),
            ("http://a..b", "endpoint-no-host"),
            ("http://[zz]:1", "endpoint-no-host"),
            ("http://[::1]x", "endpoint-no-host"),
            ("http://host:", "endpoint-bad-port"),
            ("http://host:0", "endpoint-bad-port"),
            ("http://host:65536", "endpoint-bad-port"),
            ("http://host:+80", "endpoint-bad-port"),
            ("http://me:secret@host", "endpoint-user"),
            ("http://ho st", "endpoint-bad-character"),
            ("http://host\u{1b}[31m", "endpoint-bad-character"),
        ] {
            assert_eq!(parse(url).map_err(|text| text.key()), Err(key), "{url:?}");
        }
    }

    #[test]
    fn only_this_machine_is_asked_in_the_clear() {
        for (url, private) in [
            ("https://checkip.amazonaws.com", true),
            ("http://checkip.amazonaws.com", false),
            ("http://localhost:1", true),
            ("http://127.0.0.1", true),
            ("http://[::1]:1", true),
            ("http://localhost.example.com", false),
            ("http://127.0.0.1.example.com", false),
        ] {
            assert_eq!(parse(url).and_then(WebAddress::require_privacy).is_ok(), private, "{url}");
        }
    }
}
