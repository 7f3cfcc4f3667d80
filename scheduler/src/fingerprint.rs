//! Fingerprints: 64 bits that are equal for equal states, on every machine and in every build.
//!
//! The text of a value's `Debug` form is fed into FNV-1a (Fowler, Noll, Vo; the 64-bit parameters). Everything in a
//! simulation is plain data whose `Debug` form shows all of it in a fixed order, so equal values give equal prints;
//! different values give different ones but for a chance of 2^-64. It is not meant to resist an adversary.

use std::fmt::{self, Debug, Write};

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A fingerprint in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Fingerprint {
        Fingerprint::new()
    }
}

impl Fingerprint {
    /// Of nothing yet.
    pub fn new() -> Fingerprint {
        Fingerprint(OFFSET)
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    /// Adds the `Debug` form of a value, and a separator.
    pub fn debug(&mut self, value: &dyn Debug) {
        // Writing into a fingerprint cannot fail.
        let _ = write!(self, "{value:?};");
    }

    /// The 64 bits.
    pub fn finish(&self) -> u64 {
        self.0
    }
}

impl Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_fnv_1a() {
        let mut print = Fingerprint::new();
        assert_eq!(print.finish(), 0xcbf2_9ce4_8422_2325);
        print.bytes(b"foobar");
        assert_eq!(print.finish(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn parts_are_separated() {
        let print = |values: &[&str]| {
            let mut print = Fingerprint::new();
            values.iter().for_each(|value| print.debug(value));
            print.finish()
        };
        assert_ne!(print(&["ab", "c"]), print(&["a", "bc"]));
    }
}
