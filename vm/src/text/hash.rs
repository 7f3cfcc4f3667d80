//! `hash()` of the builtin immutable types as 64-bit CPython 3.13 computes it under `PYTHONHASHSEED=0`.
//!
//! Numbers: the value modulo the prime 2^61 - 1, so that equal numbers of different types hash alike. Text and bytes:
//! SipHash-1-3 with a zero key over the bytes CPython stores (1, 2 or 4 per character, as the widest one needs). Tuples: xxHash
//! as `tuplehash`; frozensets: order independent as `frozenset_hash`. -1 is never a hash (it means error in C): -2 stands in.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use siphasher::sip::SipHasher13;
use std::hash::Hasher;

use super::int::IntRef;

const MODULUS: u64 = (1 << 61) - 1;
const HASH_INFINITY: i64 = 314_159;
const IMAGINARY_FACTOR: u64 = 1_000_003;

/// `hash(None)`
pub const HASH_NONE: i64 = 0xfca8_6420;

fn avoid_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// `hash(value)` of an int or bool.
pub fn hash_int(value: IntRef<'_>) -> i64 {
    match value {
        IntRef::Small(small) => hash_i64(small),
        IntRef::Big(big) => hash_big(big),
    }
}

/// `hash(value)` of an int that fits a machine word.
pub fn hash_i64(value: i64) -> i64 {
    let residue = (value.unsigned_abs() % MODULUS) as i64;
    avoid_minus_one(if value < 0 { -residue } else { residue })
}

fn hash_big(value: &BigInt) -> i64 {
    let residue = (value.magnitude() % MODULUS).to_i64().unwrap_or(0);
    avoid_minus_one(if value.sign() == Sign::Minus { -residue } else { residue })
}

/// `hash(value)` of a float. `nan_hash` is the hash of a NaN: CPython takes the object's identity, see [`hash_pointer`].
pub fn hash_float(value: f64, nan_hash: i64) -> i64 {
    if value.is_nan() {
        return nan_hash;
    }
    if value.is_infinite() {
        return if value > 0.0 { HASH_INFINITY } else { -HASH_INFINITY };
    }
    let bits = value.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) };
    // 2^61 is 1 modulo the modulus, so the exponent counts modulo 61.
    let shifted = u128::from(mantissa) << exponent.rem_euclid(61);
    let residue = (shifted % u128::from(MODULUS)) as i64;
    avoid_minus_one(if value < 0.0 { -residue } else { residue })
}

/// `hash(complex(re, im))`; `nan_hash` as for [`hash_float`].
pub fn hash_complex(re: f64, im: f64, nan_hash: i64) -> i64 {
    let imaginary = (hash_float(im, nan_hash) as u64).wrapping_mul(IMAGINARY_FACTOR);
    avoid_minus_one((hash_float(re, nan_hash) as u64).wrapping_add(imaginary) as i64)
}

/// `hash(object)` by identity: the address with its low four bits, which are zero, turned to the top.
pub fn hash_pointer(address: u64) -> i64 {
    avoid_minus_one(address.rotate_right(4) as i64)
}

fn sip(parts: impl FnOnce(&mut SipHasher13)) -> i64 {
    let mut hasher = SipHasher13::new_with_keys(0, 0);
    parts(&mut hasher);
    avoid_minus_one(hasher.finish() as i64)
}

/// `hash(value)` of bytes.
pub fn hash_bytes(value: &[u8]) -> i64 {
    if value.is_empty() { 0 } else { sip(|hasher| hasher.write(value)) }
}

/// `hash(value)` of a str.
pub fn hash_str(value: &str) -> i64 {
    if value.is_ascii() {
        return hash_bytes(value.as_bytes());
    }
    let widest = value.chars().max().map_or(0, |c| c as u32);
    let mut stored = Vec::with_capacity(value.len() * 2);
    for c in value.chars() {
        let code = (c as u32).to_le_bytes();
        stored.extend_from_slice(match widest {
            0..0x100 => &code[..1],
            0x100..0x1_0000 => &code[..2],
            _ => &code,
        });
    }
    sip(|hasher| hasher.write(&stored))
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;
const MINUS_ONE_MIXED: i64 = 1_546_275_796;

/// A tuple's hash in the making: feed the hashes of the items, then finish.
#[derive(Clone, Copy, Debug)]
pub struct TupleHasher {
    accumulator: u64,
    len: u64,
}

impl Default for TupleHasher {
    fn default() -> Self {
        Self { accumulator: PRIME_5, len: 0 }
    }
}

impl TupleHasher {
    /// Adds the next item's hash.
    pub fn push(&mut self, item_hash: i64) {
        let mixed = self.accumulator.wrapping_add((item_hash as u64).wrapping_mul(PRIME_2));
        self.accumulator = mixed.rotate_left(31).wrapping_mul(PRIME_1);
        self.len += 1;
    }

    /// The tuple's hash.
    pub fn finish(self) -> i64 {
        Self::never_minus_one(self.accumulator.wrapping_add(self.len ^ PRIME_5 ^ 3_527_539))
    }

    /// `hash(slice(…))` of the start, stop and step pushed: a tuple's hash without the length.
    pub fn finish_slice(self) -> i64 {
        Self::never_minus_one(self.accumulator)
    }

    fn never_minus_one(hash: u64) -> i64 {
        if hash == u64::MAX { MINUS_ONE_MIXED } else { hash as i64 }
    }
}

/// `hash(tuple)`, given the hashes of its items.
pub fn hash_tuple(item_hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut hasher = TupleHasher::default();
    item_hashes.into_iter().for_each(|hash| hasher.push(hash));
    hasher.finish()
}

/// `hash(range(start, …, step))`, given its length.
pub fn hash_range(len: IntRef<'_>, start: IntRef<'_>, step: IntRef<'_>) -> i64 {
    let (start, step) = match len.to_i64() {
        Some(0) => (HASH_NONE, HASH_NONE),
        Some(1) => (hash_int(start), HASH_NONE),
        _ => (hash_int(start), hash_int(step)),
    };
    hash_tuple([hash_int(len), start, step])
}

/// `hash(frozenset)`, given the hashes of its (distinct) members in any order.
pub fn hash_frozenset(member_hashes: impl IntoIterator<Item = i64>) -> i64 {
    let mut hash = 0u64;
    let mut count = 0u64;
    for member in member_hashes {
        let member = member as u64;
        hash ^= ((member ^ 89_869_747) ^ (member << 16)).wrapping_mul(3_644_798_167);
        count += 1;
    }
    hash ^= (count + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX { 590_923_713 } else { hash as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn str_hashes_are_cpythons() {
        let table: [(&str, i64); _] = [
            ("", 0),
            ("a", 4644417185603328019),
            ("hello", -2096571579003691106),
            ("abcdefg", 7904145750247929094),
            ("abcdefgh", 4574395652268504554),
            ("abcdefghi", -532774252720507163),
            ("\u{e9}", 6047309291227476195),
            ("\u{65e5}\u{672c}", 6243316497235261705),
            ("\u{1f600}", -3536540696076613844),
            ("x\u{100}", -5644413429485881736),
            ("\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}", -2129700217430894956),
            ("self", -9024399598115681238),
            ("0", 5313149338359954478),
        ];
        for (text, hash) in table {
            assert_eq!(hash_str(text), hash, "{text}");
        }
        assert_eq!(hash_bytes(b"abc"), hash_str("abc"));
        assert_eq!(hash_bytes(b"abc"), -4594863902769663758);
    }

    #[test]
    fn int_hashes_are_cpythons() {
        let table: [(i64, i64); _] = [
            (0, 0),
            (1, 1),
            (-1, -2),
            (-2, -2),
            (2305843009213693951, 0),
            (2305843009213693952, 1),
            (-2305843009213693952, -2),
            (2305843009213693950, 2305843009213693950),
            (i64::MAX, 3),
            (i64::MIN, -4),
        ];
        for (value, hash) in table {
            assert_eq!(hash_i64(value), hash);
            assert_eq!(hash_int(IntRef::Big(&BigInt::from(value))), hash);
        }
        let table = [
            ("1000000000000000000000000000000", 465258685558744706),
            ("-1000000000000000000000000000000", -465258685558744706),
            ("5316911983139663491615228241121378304", 1),
            ("-18446744073709551616", -8),
        ];
        for (text, hash) in table {
            assert_eq!(hash_int(IntRef::Big(&text.parse::<BigInt>().unwrap())), hash);
        }
    }

    #[test]
    fn float_and_complex_hashes_are_cpythons() {
        let table: [(f64, i64); _] = [
            (0.0, 0),
            (-0.0, 0),
            (1.0, 1),
            (-1.0, -2),
            (0.5, 1152921504606846976),
            (0.1, 230584300921369408),
            (1e300, 1224995262755759164),
            (-1e300, -1224995262755759164),
            (5e-324, 16777216),
            (1.5, 1152921504606846977),
            (2.305843009213694e18, 1),
            (f64::INFINITY, 314159),
            (f64::NEG_INFINITY, -314159),
        ];
        for (value, hash) in table {
            assert_eq!(hash_float(value, 7), hash);
            assert_eq!(hash_complex(value, 0.0, 7), hash);
        }
        assert_eq!(hash_float(f64::NAN, 7), 7);
        assert_eq!(hash_complex(1.0, 2.0, 7), 2000007);
        assert_eq!(hash_complex(0.0, -1.0, 7), -2000006);
        assert_eq!(hash_complex(0.5, -0.25, 7), -576460752303423488);
    }

    #[test]
    fn container_hashes_are_cpythons() {
        let set = |items: &[i64]| hash_frozenset(items.iter().copied());
        assert_eq!(hash_tuple([]), 5740354900026072187);
        assert_eq!(hash_tuple([1]), -6644214454873602895);
        assert_eq!(hash_tuple([1, 2, 3]), 529344067295497451);
        assert_eq!(hash_tuple([hash_str("a"), hash_i64(-1)]), -1166561649076852939);
        assert_eq!(hash_tuple([hash_tuple([]), hash_tuple([])]), 9028247024705308198);
        assert_eq!(hash_range(0.into(), 0.into(), 1.into()), 2676694398852732306);
        assert_eq!(hash_range(1.into(), 5.into(), 1.into()), -7048428680432378585);
        assert_eq!(hash_range(6.into(), 2.into(), 3.into()), 5634053841666455969);
        let mut slice = TupleHasher::default();
        (1..=3).for_each(|hash| slice.push(hash));
        assert_eq!(slice.finish_slice(), -2340833382717974474);
        assert_eq!(set(&[]), 133146708735736);
        assert_eq!(set(&[3, 1, 2]), -272375401224217160);
        assert_eq!(set(&[hash_str("c"), hash_str("a"), hash_str("b")]), 8636088911049444515);
        assert_eq!(set(&[set(&[]), hash_i64(-1)]), -6536999010230505751);
    }
}
