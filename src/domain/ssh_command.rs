//! The ssh command for a server, ready to be pasted into a shell.

use super::login::{check_host, check_user};
use super::shell::quote_path;

/// `ssh -i KEY USER@HOST`, quoted for a POSIX shell.
///
/// `None` when the user or the host is not shaped like one: a DNS name or an image's name comes from outside, and a
/// word such as `-oProxyCommand=...` would be an order to ssh, not a name.
#[must_use]
pub fn ssh_command(user: &str, host: &str, key_path: Option<&str>) -> Option<String> {
    check_user(user).ok()?;
    check_host(host).ok()?;
    Some(match key_path {
        Some(path) => format!("ssh -i {} {user}@{host}", quote_path(path)),
        None => format!("ssh {user}@{host}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_named_and_quoted_where_it_must_be() {
        for (host, key, command) in [
            ("52.79.10.4", None, "ssh ec2-user@52.79.10.4"),
            ("52.79.10.4", Some("~/.ssh/web.pem"), "ssh -i ~/.ssh/web.pem ec2-user@52.79.10.4"),
            ("2001:db8::1", Some("/k/my key.pem"), "ssh -i '/k/my key.pem' ec2-user@2001:db8::1"),
            ("h.example", Some("~/a'b"), r"ssh -i ~/'a'\''b' ec2-user@h.example"),
        ] {
            assert_eq!(ssh_command("ec2-user", host, key).as_deref(), Some(command));
        }
    }

    #[test]
    fn words_that_ssh_or_the_shell_would_obey_are_refused() {
        for (user, host) in [
            ("", "h"),
            ("-oProxyCommand=x", "h"),
            ("root;reboot", "h"),
            ("a@b", "h"),
            ("root", ""),
            ("root", "-h"),
            ("root", "h;reboot"),
            ("root", "$(reboot)"),
            ("root", "a b"),
        ] {
            assert_eq!(ssh_command(user, host, None), None, "{user}@{host}");
        }
    }
}
