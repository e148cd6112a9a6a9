//! From one form of private key file to the other: PuTTY's for every other form, and back again.

use std::io;
use std::path::{Path, PathBuf};

use rsa::pkcs1::{EncodeRsaPrivateKey, LineEnding};
use zeroize::Zeroizing;

use super::error::{KeyError, shown};
use super::material::{KeyMaterial, Pair};
use super::ppk::{self, Cost};
use super::{openssh, private, public, source, store};
use crate::domain::key_pair::{KeyFileForm, PpkVersion, PublicHalf};
use crate::domain::problem::{LocalCause, Problem};
use crate::domain::secret::Secret;
use crate::platform::file_mode;

/// The operation's name in a [`Problem`].
const OPERATION: &str = "ExportKey";

/// Which file to convert, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertRequest {
    /// The private key that is there. It stays as it is.
    pub from: PathBuf,
    /// The file to write.
    pub to: PathBuf,
    /// Opens `from`.
    pub input_passphrase: Option<Secret>,
    /// Encrypts `to`; `None` leaves it unencrypted.
    pub output_passphrase: Option<Secret>,
    /// Of a `.ppk` file that is written.
    pub ppk_version: PpkVersion,
    /// Whether `to` may be replaced.
    pub force: bool,
}

/// What has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// Where.
    pub path: PathBuf,
    /// In which form.
    pub form: KeyFileForm,
    /// The key's public half.
    pub public: PublicHalf,
    /// `SHA256:...` of the public half, as OpenSSH and PuTTY print it.
    pub fingerprint: String,
}

/// Converts a private key file: a `.ppk` file becomes PKCS#1 PEM (RSA) or OpenSSH's form (all others, and RSA too if it
/// is to be encrypted), any other form becomes a `.ppk` file. The comment goes along; a key without a place for one
/// gets its file's name in the `.ppk` file.
///
/// The new file is closed to others from its first moment (0400), flushed to disk and read back. Nothing is written,
/// and nothing replaced, if anything is wrong.
///
/// # Errors
/// [`LocalCause::NeedsPassphrase`] and [`LocalCause::WrongPassphrase`] for an encrypted file,
/// [`LocalCause::FileExists`], [`LocalCause::SymbolicLink`], [`LocalCause::SameFile`] for the file to write, and the
/// other causes of key files.
pub fn convert(request: &ConvertRequest) -> Result<Converted, Problem> {
    let ConvertRequest { from, to, .. } = request;
    if request.output_passphrase.as_ref().is_some_and(Secret::is_empty) {
        return Err(Problem::local(OPERATION, LocalCause::EmptyPassphrase, ""));
    }
    if file_mode::is_same_path(from, to) {
        return Err(Problem::local(OPERATION, LocalCause::SameFile(shown(to)), ""));
    }
    // Looked at before any work; creating the file exclusively is what decides.
    if !request.force
        && let Some(problem) = store::in_the_way(to, OPERATION)
    {
        return Err(problem);
    }
    let (text, converted) = converted(request, Cost::USUAL).map_err(|error| error.at(from, OPERATION))?;
    let check = |_: &Path| Ok::<(), io::Error>(());
    if request.force {
        store::replace(to, &text, OPERATION, check)?;
    } else {
        store::create(to, &text, OPERATION, check)?;
    }
    Ok(converted)
}

/// The new file's text, checked by reading it again.
fn converted(request: &ConvertRequest, cost: Cost) -> Result<(Zeroizing<String>, Converted), KeyError> {
    let file = source::read(&request.from)?;
    let (mut key, form) = private::open(&file, request.input_passphrase.as_ref()).map_err(|error| match error {
        KeyError::NotAKey if public::is_public(&file) => KeyError::PublicOnly,
        other => other,
    })?;
    let passphrase = request.output_passphrase.as_ref();
    let text = if form == KeyFileForm::Ppk {
        to_pem(&key, passphrase)?
    } else {
        key.comment.get_or_insert_with(|| name_of(&request.from));
        ppk::write(&key, request.ppk_version, passphrase, cost)?
    };
    let (again, form) = private::open(text.as_bytes(), passphrase)?;
    let public = key.public_half()?;
    if again.public_half()?.line != public.line {
        return Err(KeyError::Damaged("the converted key is not the same key"));
    }
    let converted = Converted { path: request.to.clone(), form, public, fingerprint: key.fingerprint()? };
    Ok((text, converted))
}

/// PEM of the kind that OpenSSH, and the EC2 console for Windows passwords, take.
pub(super) fn to_pem(key: &KeyMaterial, passphrase: Option<&Secret>) -> Result<Zeroizing<String>, KeyError> {
    match (&key.pair, passphrase) {
        (Pair::Rsa(rsa), None) => {
            rsa.to_pkcs1_pem(LineEnding::LF).map_err(|_| KeyError::Damaged("the key cannot be written in PKCS#1 form"))
        }
        // The old encryption of PEM is weak; OpenSSH's is not.
        _ => openssh::write(key, passphrase),
    }
}

/// The name of a file without its ending.
fn name_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
