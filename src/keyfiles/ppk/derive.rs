//! From a passphrase to the keys of a file: Argon2 in version 3, SHA-1 in version 2.

use argon2::{Algorithm, Argon2, Params, Version};
use rand_core::{OsRng, RngCore};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use crate::domain::secret::Secret;
use crate::keyfiles::error::KeyError;

/// What a file may ask for. PuTTY writes 8 MiB and tunes the passes to a tenth of a second (8 to 34); this is enough
/// for files that were made to take five seconds, and no file can exhaust memory or hold the program up for minutes.
const MOST_MEMORY_KIB: u32 = 256 * 1024;
const MOST_WORK_KIB: u64 = 16 * 1024 * 1024; // memory times passes
const MOST_LANES: u32 = 64;

/// AES-256 key, initial value of the chain, key of the MAC.
const CIPHER_KEY: usize = 32;
const IV: usize = 16;
const MAC_KEY: usize = 32;

/// How much work it shall be to try a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::keyfiles) struct Cost {
    /// In KiB.
    pub(in crate::keyfiles) memory: u32,
    pub(in crate::keyfiles) passes: u32,
}

impl Cost {
    /// PuTTY's memory, and a number of passes in the middle of those that it chooses.
    pub(in crate::keyfiles) const USUAL: Self = Self { memory: 8192, passes: 13 };
}

/// The derivation of a file of version 3, as its five lines tell it.
pub(super) struct Argon {
    pub(super) flavour: Algorithm,
    pub(super) cost: Cost,
    pub(super) lanes: u32,
    pub(super) salt: Vec<u8>,
}

impl Argon {
    /// A new one with a salt of its own.
    pub(super) fn new(cost: Cost) -> Self {
        let mut salt = vec![0; 16];
        OsRng.fill_bytes(&mut salt);
        Self { flavour: Algorithm::Argon2id, cost, lanes: 1, salt }
    }

    /// Whether a file may ask for that much.
    pub(super) fn check(&self) -> Result<(), KeyError> {
        let Cost { memory, passes } = self.cost;
        let work = u64::from(memory) * u64::from(passes);
        if memory > MOST_MEMORY_KIB || work > MOST_WORK_KIB || self.lanes > MOST_LANES {
            return Err(KeyError::TooCostly);
        }
        Ok(())
    }

    pub(super) fn keys(&self, passphrase: &Secret) -> Result<Keys, KeyError> {
        const LENGTH: usize = CIPHER_KEY + IV + MAC_KEY;
        self.check()?;
        let damaged = |_| KeyError::Damaged("these Argon2 parameters cannot be used");
        let parameters = Params::new(self.cost.memory, self.cost.passes, self.lanes, Some(LENGTH)).map_err(damaged)?;
        let mut output = Zeroizing::new([0; LENGTH]);
        Argon2::new(self.flavour, Version::V0x13, parameters)
            .hash_password_into(passphrase.as_bytes(), &self.salt, &mut *output)
            .map_err(damaged)?;
        let mut keys = Keys::empty();
        keys.cipher.copy_from_slice(&output[..CIPHER_KEY]);
        keys.iv.copy_from_slice(&output[CIPHER_KEY..CIPHER_KEY + IV]);
        keys.mac.extend_from_slice(&output[CIPHER_KEY + IV..]);
        Ok(keys)
    }
}

/// What a passphrase becomes.
pub(super) struct Keys {
    pub(super) cipher: Zeroizing<[u8; CIPHER_KEY]>,
    pub(super) iv: Zeroizing<[u8; IV]>,
    pub(super) mac: Zeroizing<Vec<u8>>,
}

impl Keys {
    fn empty() -> Self {
        Self {
            cipher: Zeroizing::new([0; CIPHER_KEY]),
            iv: Zeroizing::new([0; IV]),
            mac: Zeroizing::new(Vec::with_capacity(MAC_KEY)),
        }
    }

    /// Those of version 2: SHA-1 of a counter and the passphrase, twice; the chain begins with zeros.
    pub(super) fn of_version_2(passphrase: &Secret) -> Self {
        let mut keys = Self::empty();
        let mut both = Zeroizing::new([0; 40]);
        for (counter, half) in (0_u32..).zip(both.chunks_exact_mut(20)) {
            half.copy_from_slice(
                &Sha1::new().chain_update(counter.to_be_bytes()).chain_update(passphrase.as_bytes()).finalize(),
            );
        }
        keys.cipher.copy_from_slice(&both[..CIPHER_KEY]);
        keys.mac.extend_from_slice(&*mac_key_of_version_2(passphrase.as_bytes()));
        keys
    }
}

/// The key of version 2's MAC; that of a file which is not encrypted has an empty passphrase in it.
pub(super) fn mac_key_of_version_2(passphrase: &[u8]) -> Zeroizing<[u8; 20]> {
    let digest = Sha1::new().chain_update(b"putty-private-key-file-mac-key").chain_update(passphrase).finalize();
    Zeroizing::new(digest.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_machine_should_be_asked_for_is_refused_before_any_work() {
        let argon = |memory, passes, lanes| Argon {
            flavour: Algorithm::Argon2id,
            cost: Cost { memory, passes },
            lanes,
            salt: vec![0; 16],
        };
        for (memory, passes, lanes) in
            [(u32::MAX, 1, 1), (256 * 1024 + 1, 1, 1), (8192, u32::MAX, 1), (8192, 2049, 1), (8192, 1, 65)]
        {
            let refused = argon(memory, passes, lanes).keys(&Secret::new("x".to_owned()));
            assert!(matches!(refused, Err(KeyError::TooCostly)), "{memory} {passes} {lanes}");
        }
        assert!(argon(8192, 2048, 64).check().is_ok() && argon(256 * 1024, 64, 1).check().is_ok());
        // Below what Argon2 itself takes.
        for (memory, passes, lanes) in [(0, 1, 1), (8192, 0, 1), (8192, 1, 0), (8, 1, 2)] {
            let refused = argon(memory, passes, lanes).keys(&Secret::new("x".to_owned()));
            assert!(matches!(refused, Err(KeyError::Damaged(_))), "{memory} {passes} {lanes}");
        }
    }
}
