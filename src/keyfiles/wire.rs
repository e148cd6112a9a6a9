//! SSH's own encoding of strings and numbers (RFC 4251, section 5), in which OpenSSH and PuTTY keep keys.

use zeroize::Zeroizing;

/// Takes values from the front of some bytes; `None` where they end too early.
pub(super) struct WireReader<'a>(&'a [u8]);

impl<'a> WireReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// So many bytes as they are.
    pub(super) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A 32-bit number.
    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.bytes(4)?.try_into().ok()?))
    }

    /// A string: its length, then its bytes.
    pub(super) fn string(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.bytes(usize::try_from(length).ok()?)
    }

    /// A number of any size that is not negative, without the zeros at its front. They need not be the fewest: some
    /// programs write numbers in a fixed width.
    pub(super) fn mpint(&mut self) -> Option<&'a [u8]> {
        let bytes = self.string()?;
        if bytes.first().is_some_and(|first| *first >= 0x80) {
            return None;
        }
        Some(without_zeros(bytes))
    }

    /// What has not been taken yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }
}

/// The number without the zeros at its front.
pub(super) fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

/// Puts values one after the other, in memory that is wiped, also where it has grown.
pub(super) struct WireWriter(Zeroizing<Vec<u8>>);

impl WireWriter {
    pub(super) fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(2048)))
    }

    /// Bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            // Not left to the vector, which would not wipe the memory that it leaves.
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * (self.0.len() + bytes.len())));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    /// A string: its length, then its bytes.
    pub(super) fn string(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.bytes(bytes);
    }

    /// A number of any size, in the fewest bytes.
    pub(super) fn mpint(&mut self, number: &[u8]) {
        let number = without_zeros(number);
        // A first bit that is set would mean "negative".
        let sign = number.first().is_some_and(|first| *first >= 0x80);
        self.length(number.len() + usize::from(sign));
        if sign {
            self.bytes(&[0]);
        }
        self.bytes(number);
    }

    pub(super) fn finish(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    fn length(&mut self, length: usize) {
        // Key files are smaller than 64 KiB.
        self.bytes(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_the_fewest_bytes() {
        for (number, expected) in [
            (&[][..], &[0, 0, 0, 0][..]),
            (&[0], &[0, 0, 0, 0]),
            (&[0x7f], &[0, 0, 0, 1, 0x7f]),
            (&[0x80], &[0, 0, 0, 2, 0, 0x80]),
            (&[0, 0, 1, 0], &[0, 0, 0, 2, 1, 0]),
        ] {
            let mut writer = WireWriter::new();
            writer.mpint(number);
            let written = writer.finish();
            assert_eq!(*written, expected);
            assert_eq!(WireReader::new(&written).mpint(), Some(without_zeros(number)));
        }
    }

    #[test]
    fn what_ends_too_early_or_is_negative_is_nothing() {
        assert_eq!(WireReader::new(&[0, 0, 0, 2, 1]).string(), None);
        assert_eq!(WireReader::new(&[0xff, 0xff, 0xff, 0xff]).string(), None);
        assert_eq!(WireReader::new(&[0, 0, 0, 1, 0x80]).mpint(), None);
        assert_eq!(WireReader::new(&[0, 0, 0]).number(), None);
    }

    #[test]
    fn a_writer_that_grows_keeps_what_it_has() {
        let mut writer = WireWriter::new();
        writer.string(b"first");
        writer.string(&[7; 5000]);
        let written = writer.finish();
        let mut reader = WireReader::new(&written);
        assert_eq!((reader.string(), reader.string()), (Some(&b"first"[..]), Some(&[7; 5000][..])));
        assert_eq!(reader.rest(), b"");
    }
}
