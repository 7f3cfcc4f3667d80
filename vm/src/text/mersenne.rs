//! The Mersenne Twister MT19937 as CPython's `random.Random` uses it, and how `random.seed` makes a seed of a value.
//!
//! After Matsumoto and Nishimura's reference; `random()`, `getrandbits` and `seed` of `Modules/_randommodule.c` of CPython 3.13. Equal seeds give
//! equal numbers, bit for bit.

use num_bigint::{BigInt, BigUint, Sign};
use sha2::{Digest, Sha512};

use super::error::{TextError, check_text_size};
use super::int::{Int, IntRef};

/// Words of state.
pub const STATE_LEN: usize = 624;
const SHIFT_LEN: usize = 397;
const MATRIX: u32 = 0x9908_b0df;
const UPPER_MASK: u32 = 0x8000_0000;

/// The generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MersenneTwister {
    state: Box<[u32; STATE_LEN]>,
    /// Next word to give; [`STATE_LEN`] if all are used up.
    index: usize,
}

impl MersenneTwister {
    /// A generator seeded with one word, as the reference does.
    fn from_word(seed: u32) -> Self {
        let mut state = Box::new([seed; STATE_LEN]);
        for index in 1..STATE_LEN {
            let previous = state[index - 1];
            state[index] = 1_812_433_253u32.wrapping_mul(previous ^ previous >> 30).wrapping_add(index as u32);
        }
        Self { state, index: STATE_LEN }
    }

    /// A generator seeded with a list of words (`init_by_array`), which must not be empty.
    fn from_words(key: &[u32]) -> Self {
        let mut generator = Self::from_word(19_650_218);
        let state = &mut generator.state;
        let mix = |previous: u32| previous ^ previous >> 30;
        let (mut index, mut word) = (1, 0);
        for _ in 0..STATE_LEN.max(key.len()) {
            let mixed = state[index] ^ mix(state[index - 1]).wrapping_mul(1_664_525);
            state[index] = mixed.wrapping_add(key[word]).wrapping_add(word as u32);
            index += 1;
            word = (word + 1) % key.len();
            if index == STATE_LEN {
                state[0] = state[STATE_LEN - 1];
                index = 1;
            }
        }
        for _ in 1..STATE_LEN {
            let mixed = state[index] ^ mix(state[index - 1]).wrapping_mul(1_566_083_941);
            state[index] = mixed.wrapping_sub(index as u32);
            index += 1;
            if index == STATE_LEN {
                state[0] = state[STATE_LEN - 1];
                index = 1;
            }
        }
        state[0] = UPPER_MASK;
        generator
    }

    /// A generator seeded with an int: its absolute value in words of 32 bits, least significant first.
    pub fn from_seed(seed: IntRef<'_>) -> Self {
        match seed {
            IntRef::Small(small) => {
                let magnitude = small.unsigned_abs();
                let words = [magnitude as u32, (magnitude >> 32) as u32];
                Self::from_words(if words[1] == 0 { &words[..1] } else { &words })
            }
            IntRef::Big(big) => {
                let words = big.magnitude().to_u32_digits();
                Self::from_words(if words.is_empty() { &[0] } else { &words })
            }
        }
    }

    fn refill(&mut self) {
        let state = &mut self.state;
        for index in 0..STATE_LEN {
            let joined = state[index] & UPPER_MASK | state[(index + 1) % STATE_LEN] & !UPPER_MASK;
            let twist = if joined & 1 == 1 { MATRIX } else { 0 };
            state[index] = state[(index + SHIFT_LEN) % STATE_LEN] ^ joined >> 1 ^ twist;
        }
        self.index = 0;
    }

    /// The next 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.index >= STATE_LEN {
            self.refill();
        }
        let mut word = self.state[self.index];
        self.index += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }

    /// `random()`: a float in [0, 1) with 53 random bits.
    pub fn random(&mut self) -> f64 {
        let high = f64::from(self.next_u32() >> 5);
        let low = f64::from(self.next_u32() >> 6);
        (high * 67_108_864.0 + low) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// `getrandbits(count)`
    pub fn random_bits(&mut self, count: i64) -> Result<Int, TextError> {
        let count = u64::try_from(count).map_err(|_| TextError::value("number of bits must be non-negative"))?;
        if count == 0 {
            return Ok(Int::Small(0));
        }
        if count <= 32 {
            return Ok(Int::Small(i64::from(self.next_u32() >> (32 - count))));
        }
        check_text_size(usize::try_from(count / 8).unwrap_or(usize::MAX))?;
        let mut words = Vec::with_capacity(count.div_ceil(32) as usize);
        let mut rest = count;
        while rest > 0 {
            let word = self.next_u32();
            words.push(if rest < 32 { word >> (32 - rest) } else { word });
            rest = rest.saturating_sub(32);
        }
        Ok(Int::from(BigInt::from_biguint(Sign::Plus, BigUint::new(words))))
    }

    /// `getstate()` of `_random.Random`: the words and the index.
    pub fn state(&self) -> (&[u32; STATE_LEN], usize) {
        (&self.state, self.index)
    }

    /// `setstate()`; the index is from 0 to [`STATE_LEN`].
    pub fn set_state(&mut self, words: &[u32; STATE_LEN], index: i64) -> Result<(), TextError> {
        let index = usize::try_from(index).ok().filter(|&index| index <= STATE_LEN);
        self.index = index.ok_or_else(|| TextError::value("invalid state"))?;
        *self.state = *words;
        Ok(())
    }
}

/// The int that `random.seed(value)` (version 2) makes of bytes; of a str it takes the UTF-8 bytes.
pub fn seed_of_bytes(value: &[u8]) -> Int {
    let mut bytes = value.to_vec();
    bytes.extend_from_slice(&Sha512::digest(value));
    Int::from(BigInt::from_bytes_be(Sign::Plus, &bytes))
}

/// The int that `random.seed(value)` makes of any other hashable object, a float for one: its hash as an unsigned number.
pub fn seed_of_hash(hash: i64) -> Int {
    Int::from(i128::from(hash as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Int {
        Int::from(text.parse::<BigInt>().unwrap())
    }

    /// Seed; what CPython 3.13 then gives: three of `random()`, `getrandbits` of 1, 8, 32, 63 and 100, and `random()` after 1000 more.
    #[test]
    fn numbers_are_cpythons() {
        type Row = (&'static str, [f64; 3], [i64; 4], &'static str, f64);
        let table: &[Row] = &[
            (
                "0",
                [0.8444218515250481, 0.7579544029403025, 0.420571580830845],
                [0, 247, 2195908194, 3734858190654128613],
                "382660370606500376139569129395",
                0.8301443917589898,
            ),
            (
                "1",
                [0.13436424411240122, 0.8474337369372327, 0.763774618976614],
                [0, 30, 2127877499, 4145823292899356484],
                "980814166729821154279298502753",
                0.5093656416897084,
            ),
            (
                "42",
                [0.6394267984578837, 0.025010755222666936, 0.27502931836911926],
                [0, 35, 3163119785, 6241451104962158503],
                "122436551213992682217031886515",
                0.9490107882621376,
            ),
            (
                "-42",
                [0.6394267984578837, 0.025010755222666936, 0.27502931836911926],
                [0, 35, 3163119785, 6241451104962158503],
                "122436551213992682217031886515",
                0.9490107882621376,
            ),
            (
                "4294967296",
                [0.11299430095636409, 0.41782886486292836, 0.0166763664992291],
                [1, 224, 3460227584, 3057651061690483553],
                "633407377275933062904191707244",
                0.5136045197479069,
            ),
            (
                "18446744073709563961",
                [0.0006128515938171875, 0.9096583904676042, 0.955684959337701],
                [0, 9, 2848583268, 4494986117675997855],
                "658077703660532753122141763141",
                0.6096601097524066,
            ),
            (
                "10000000000000000000000000000000000000000",
                [0.34753796566513817, 0.7605339873511711, 0.19665955929032608],
                [0, 202, 748173131, 632023558497398098],
                "235404018644357336514356993128",
                0.9851435919233988,
            ),
        ];
        for &(seed, floats, bits, big, last) in table {
            let mut generator = MersenneTwister::from_seed(int(seed).as_ref());
            assert_eq!([(); 3].map(|()| generator.random()), floats, "{seed}");
            assert_eq!([1, 8, 32, 63].map(|count| generator.random_bits(count).unwrap()), bits.map(Int::Small));
            assert_eq!(generator.random_bits(100).unwrap(), int(big));
            let mut copy = MersenneTwister::from_seed(0.into());
            let (words, index) = generator.state();
            copy.set_state(words, index as i64).unwrap();
            (0..1000).for_each(|_| assert_eq!(generator.random(), copy.random()));
            assert_eq!(generator.random(), last, "{seed}");
        }
    }

    /// Text as a seed and the first `random()` of CPython 3.13.
    #[test]
    fn seeds_of_text_are_cpythons() {
        let table = [("", 0.9602256525641875), ("hello", 0.3537754404730722), ("é漢", 0.787667834194636)];
        for (text, first) in table {
            let mut generator = MersenneTwister::from_seed(seed_of_bytes(text.as_bytes()).as_ref());
            assert_eq!(generator.random(), first, "{text}");
        }
        let mut generator = MersenneTwister::from_seed(seed_of_hash(-1152921504606846977).as_ref());
        assert_eq!(generator.random(), 0.7101153317194698);
    }

    #[test]
    fn bad_arguments() {
        let mut generator = MersenneTwister::from_seed(0.into());
        assert_eq!(generator.random_bits(-1).unwrap_err().message, "number of bits must be non-negative");
        assert_eq!(generator.random_bits(i64::MAX), Err(TextError::memory()));
        let words = [1; STATE_LEN];
        assert_eq!(generator.set_state(&words, 625).unwrap_err().message, "invalid state");
    }
}
