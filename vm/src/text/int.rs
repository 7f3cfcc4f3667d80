//! Python integers as plain data: a machine word or a big integer, owned or borrowed.
//!
//! The VM keeps what fits an `i64` apart from what does not; the algorithms here take and give both shapes through these two
//! types. An [`Int`] is normalised: `Big` never holds what fits an `i64`.

use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive};

/// An owned integer, normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Int {
    /// Fits a machine word.
    Small(i64),
    /// Does not fit a machine word.
    Big(BigInt),
}

/// A borrowed integer (not necessarily normalised).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntRef<'a> {
    /// A machine word.
    Small(i64),
    /// A big integer.
    Big(&'a BigInt),
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self::Small(value)
    }
}

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Self {
        value.to_i64().map_or(Self::Big(value), Self::Small)
    }
}

impl From<i128> for Int {
    fn from(value: i128) -> Self {
        i64::try_from(value).map_or_else(|_| Self::Big(BigInt::from(value)), Self::Small)
    }
}

impl From<Int> for BigInt {
    fn from(value: Int) -> Self {
        match value {
            Int::Small(small) => Self::from(small),
            Int::Big(big) => big,
        }
    }
}

impl From<i64> for IntRef<'_> {
    fn from(value: i64) -> Self {
        Self::Small(value)
    }
}

impl<'a> From<&'a BigInt> for IntRef<'a> {
    fn from(value: &'a BigInt) -> Self {
        Self::Big(value)
    }
}

impl<'a> From<&'a Int> for IntRef<'a> {
    fn from(value: &'a Int) -> Self {
        value.as_ref()
    }
}

impl Int {
    /// Borrows it.
    pub fn as_ref(&self) -> IntRef<'_> {
        match self {
            Self::Small(small) => IntRef::Small(*small),
            Self::Big(big) => IntRef::Big(big),
        }
    }
}

impl IntRef<'_> {
    /// A copy as a big integer.
    pub fn to_big(self) -> BigInt {
        match self {
            Self::Small(small) => BigInt::from(small),
            Self::Big(big) => big.clone(),
        }
    }

    /// A normalised copy.
    pub fn to_int(self) -> Int {
        match self {
            Self::Small(small) => Int::Small(small),
            Self::Big(big) => big.to_i64().map_or_else(|| Int::Big(big.clone()), Int::Small),
        }
    }

    /// Its value if it fits a machine word.
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Self::Small(small) => Some(small),
            Self::Big(big) => big.to_i64(),
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        match self {
            Self::Small(small) => small < 0,
            Self::Big(big) => big.is_negative(),
        }
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Small(small) => small == 0,
            Self::Big(big) => big.sign() == Sign::NoSign,
        }
    }

    /// Number of bits of the absolute value (`int.bit_length`).
    pub fn bit_length(self) -> u64 {
        match self {
            Self::Small(small) => u64::from(64 - small.unsigned_abs().leading_zeros()),
            Self::Big(big) => big.bits(),
        }
    }

    /// The digits of the absolute value in `radix` (2 to 36), lower case.
    pub fn magnitude_digits(self, radix: u32) -> String {
        match (self, radix) {
            (Self::Small(small), 2) => format!("{:b}", small.unsigned_abs()),
            (Self::Small(small), 8) => format!("{:o}", small.unsigned_abs()),
            (Self::Small(small), 10) => small.unsigned_abs().to_string(),
            (Self::Small(small), 16) => format!("{:x}", small.unsigned_abs()),
            (_, _) => self.to_big().magnitude().to_str_radix(radix),
        }
    }
}
