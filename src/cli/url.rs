//! URLs on the command line: enough of a check to say at once what would fail much later.

use std::net::{IpAddr, Ipv6Addr};

/// A URL that has a scheme and a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Checked<'a> {
    encrypted: bool,
    host: &'a str,
}

/// Takes `http://` and `https://` URLs with a host, and says what is wrong with others.
pub(super) fn check(url: &str) -> Result<Checked<'_>, &'static str> {
    if !url.chars().all(|c| c.is_ascii_graphic()) {
        return Err("it holds a space or another character that no URL has");
    }
    let (scheme, rest) = url.split_once("://").ok_or("it does not begin with http:// or https://")?;
    let encrypted = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => false,
        _ => return Err("it does not begin with http:// or https://"),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("it must not hold a user name or password");
    }
    let host = host(authority)?;
    Ok(Checked { encrypted, host })
}

impl Checked<'_> {
    /// Refuses what would cross the network in the clear.
    pub(super) fn secure(self) -> Result<Self, &'static str> {
        let address = self.host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let own_machine =
            self.host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback());
        if self.encrypted || own_machine { Ok(self) } else { Err("it must begin with https://") }
    }
}

/// The host in front of a port, if there is one.
fn host(authority: &str) -> Result<&str, &'static str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (inner, after) = rest.split_once(']').ok_or("its host is not closed by a bracket")?;
            inner.parse::<Ipv6Addr>().map_err(|_| "its host is not an IPv6 address")?;
            let port = match after {
                "" => None,
                after => Some(after.strip_prefix(':').ok_or("its port is not a number up to 65535")?),
            };
            (&authority[..inner.len() + 2], port)
        }
        None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    if port.is_some_and(|port| !port.bytes().all(|c| c.is_ascii_digit()) || port.parse::<u16>().is_err()) {
        return Err("its port is not a number up to 65535");
    }
    let named =
        |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c));
    if host.is_empty() {
        Err("it has no host")
    } else if host.starts_with('[') || host.trim_end_matches('.').split('.').all(named) {
        Ok(host)
    } else {
        Err("its host is not a name or address")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_with_a_host_are_taken() {
        for (url, host) in [
            ("http://localhost:5000", "localhost"),
            ("https://ec2.ap-northeast-2.amazonaws.com", "ec2.ap-northeast-2.amazonaws.com"),
            ("HTTPS://example.com/path?x=1", "example.com"),
            ("http://127.0.0.1:8080/", "127.0.0.1"),
            ("http://[::1]:5000/x", "[::1]"),
            ("http://moto_server:5000", "moto_server"),
        ] {
            assert_eq!(check(url).map(|checked| checked.host), Ok(host), "{url}");
        }
    }

    #[test]
    fn others_are_refused() {
        for url in [
            "",
            "localhost:5000",
            "ftp://example.com",
            "http://",
            "http:///path",
            "http://:5000",
            "http://host:port",
            "http://host:70000",
            "http://host:",
            "http://host:+80",
            "http://a b",
            "http://user:secret@host",
            "http://[::1",
            "http://[host]",
            "http://[::1]5000",
            "http://a..b",
            "http://한글.example",
        ] {
            assert!(check(url).is_err(), "{url}");
        }
    }

    #[test]
    fn only_this_machine_is_asked_in_the_clear() {
        for (url, secure) in [
            ("https://checkip.amazonaws.com", true),
            ("http://checkip.amazonaws.com", false),
            ("http://localhost:1", true),
            ("http://127.0.0.1", true),
            ("http://[::1]:1", true),
            ("http://localhost.example.com", false),
            ("http://127.0.0.1.example.com", false),
        ] {
            assert_eq!(check(url).and_then(Checked::secure).is_ok(), secure, "{url}");
        }
    }
}
