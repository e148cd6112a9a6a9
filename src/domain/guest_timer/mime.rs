//! Two pieces of user data in one: MIME multipart, the form that cloud-init takes. The timer comes first, so that a
//! script that takes long, or fails, does not hold it up.
//!
//! A person's file goes in as it is where it is plain ASCII; else as base64, because cloud-init reads the whole as text
//! and would hand other characters on as escapes. A file that is MIME already is nested: cloud-init walks into it.
//! What the first lines mean: cloud-init's documentation, "User data formats".

use base64ct::{Base64, Encoding as _};

use super::TimerProblem;
use crate::domain::launch_plan::UserData;

/// The longest line of base64 in MIME.
const LINE: usize = 76;

/// First lines that cloud-init knows; of those that begin alike the longer first.
const KINDS: [(&str, &str); 10] = [
    ("#cloud-config-archive", "text/cloud-config-archive"),
    ("#cloud-config-jsonp", "text/cloud-config-jsonp"),
    ("#cloud-boothook", "text/cloud-boothook"),
    ("#cloud-config", "text/cloud-config"),
    ("#include-once", "text/x-include-once-url"),
    ("#include", "text/x-include-url"),
    ("#part-handler", "text/part-handler"),
    ("#upstart-job", "text/upstart-job"),
    ("## template: jinja", "text/jinja2"),
    ("#!", "text/x-shellscript"),
];

/// What stands before and behind a person's own user data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Before it.
    pub before: String,
    /// Behind it; empty when there is none of theirs.
    pub after: String,
    /// Whether theirs stands between as base64, in lines of 76.
    pub base64: bool,
}

impl Parts {
    /// User data with nothing of the person's.
    pub(super) fn alone(script: String) -> Self {
        Self { before: script, after: String::new(), base64: false }
    }

    /// All of it, as it is sent.
    #[must_use]
    pub fn together(&self, own: Option<&UserData>) -> UserData {
        let mut bytes = self.before.clone().into_bytes();
        match own {
            Some(own) if self.base64 => bytes.extend(folded(own.as_bytes()).into_bytes()),
            Some(own) => bytes.extend_from_slice(own.as_bytes()),
            None => {}
        }
        bytes.extend_from_slice(self.after.as_bytes());
        UserData::new(bytes)
    }
}

/// Base64 in lines, each with its end.
fn folded(bytes: &[u8]) -> String {
    let text = Base64::encode_string(bytes);
    let mut lines = String::with_capacity(text.len() + text.len() / LINE + 1);
    for (index, c) in text.chars().enumerate() {
        if index > 0 && index % LINE == 0 {
            lines.push('\n');
        }
        lines.push(c);
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

/// The script and a place for the person's own user data, side by side.
///
/// # Errors
/// When cloud-init would not take it.
pub(super) fn around(script: &str, own: &[u8]) -> Result<Parts, TimerProblem> {
    if own.starts_with(&[0x1f, 0x8b]) {
        return Err(TimerProblem::Compressed);
    }
    let text = std::str::from_utf8(own).map_err(|_| TimerProblem::Binary)?;
    if text.contains('\0') {
        return Err(TimerProblem::Binary);
    }
    // As cloud-init finds out: anywhere in the first 4096 bytes.
    let head = own[..own.len().min(4096)].to_ascii_lowercase();
    let is_mime = head.windows(13).any(|window| window == b"mime-version:");
    let (headers, base64) = if is_mime {
        let begins = |name: &str| head.starts_with(name.as_bytes());
        if !(begins("content-type:") || begins("mime-version:")) {
            return Err(TimerProblem::OddMime);
        }
        // Its own headers become those of its part.
        (String::new(), false)
    } else {
        let start = text.to_lowercase();
        let kind = KINDS.iter().find(|(first, _)| start.trim_start().starts_with(first));
        let (_, kind) = kind.ok_or(TimerProblem::UnknownKind)?;
        if text.is_ascii() {
            (format!("Content-Type: {kind}; charset=\"us-ascii\"\nContent-Transfer-Encoding: 7bit\n\n"), false)
        } else {
            (format!("Content-Type: {kind}; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n"), true)
        }
    };
    let boundary = boundary(text);
    let before = format!(
        "Content-Type: multipart/mixed; boundary=\"{boundary}\"\nMIME-Version: 1.0\n\n--{boundary}\n\
         Content-Type: text/x-shellscript; charset=\"us-ascii\"\nContent-Transfer-Encoding: 7bit\n\
         Content-Disposition: attachment; filename=\"ec2deck-auto-stop.sh\"\n\n{script}\n--{boundary}\n{headers}"
    );
    Ok(Parts { before, after: format!("\n--{boundary}--\n"), base64 })
}

/// A boundary that stands nowhere in the person's own text.
fn boundary(own: &str) -> String {
    let mut boundary = "===ec2deck-auto-stop".to_owned();
    while own.contains(&boundary) {
        boundary.push('=');
    }
    boundary
}
