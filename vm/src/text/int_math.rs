//! The integer functions of `math`: gcd, lcm, isqrt, factorial, perm, comb.
//!
//! Exact; products are made by halves so that the factors stay balanced. The size limit is `bigint.rs`'s, whose tests cover these
//! functions too. Messages are CPython 3.13's.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::bigint::check_bits;
use super::error::TextError;
use super::int::{Int, IntRef};

/// `math.gcd(left, right)`
pub fn gcd(left: IntRef<'_>, right: IntRef<'_>) -> Int {
    Int::from(left.to_big().gcd(&right.to_big()))
}

/// `math.lcm(left, right)`
pub fn lcm(left: IntRef<'_>, right: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    check_bits(left.bit_length() + right.bit_length(), bits_max)?;
    Ok(Int::from(left.to_big().lcm(&right.to_big()).abs()))
}

/// `math.isqrt(value)`
pub fn isqrt(value: IntRef<'_>) -> Result<Int, TextError> {
    if value.is_negative() {
        return Err(TextError::value("isqrt() argument must be nonnegative"));
    }
    Ok(match value {
        IntRef::Small(small) => Int::Small(small.isqrt()),
        IntRef::Big(big) => Int::from(big.sqrt()),
    })
}

/// The product `first * (first + 1) * … * last`, by halves so that the factors stay balanced.
fn product(first: u64, last: u64) -> BigUint {
    if last < first {
        return BigUint::one();
    }
    if last - first < 8 {
        return (first..=last).map(BigUint::from).product();
    }
    let middle = first + (last - first) / 2;
    product(first, middle) * product(middle + 1, last)
}

fn bits_of(value: u64) -> u64 {
    u64::from(u64::BITS - value.leading_zeros())
}

fn positive(value: BigUint) -> Int {
    Int::from(BigInt::from_biguint(Sign::Plus, value))
}

/// `math.factorial(value)`
pub fn factorial(value: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    let Some(count) = value.to_i64() else {
        return Err(if value.is_negative() {
            TextError::value("factorial() not defined for negative values")
        } else {
            TextError::overflow("factorial() argument should not exceed 9223372036854775807")
        });
    };
    let count = u64::try_from(count).map_err(|_| TextError::value("factorial() not defined for negative values"))?;
    // n! > (n / 3)^n
    check_bits((bits_of(count / 3).saturating_sub(1)).saturating_mul(count), bits_max)?;
    Ok(positive(product(2, count)))
}

/// `math.perm(n, k)`
pub fn permutations(n: IntRef<'_>, k: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    falling_product(n, k, bits_max, "k must not exceed 9223372036854775807").map(Int::from)
}

fn check_non_negative(n: IntRef<'_>, k: IntRef<'_>) -> Result<(), TextError> {
    if n.is_negative() {
        return Err(TextError::value("n must be a non-negative integer"));
    }
    if k.is_negative() {
        return Err(TextError::value("k must be a non-negative integer"));
    }
    Ok(())
}

/// `n * (n - 1) * … * (n - k + 1)`
fn falling_product(n: IntRef<'_>, k: IntRef<'_>, bits_max: u64, too_many: &'static str) -> Result<BigInt, TextError> {
    check_non_negative(n, k)?;
    if n.to_big() < k.to_big() {
        return Ok(BigInt::zero());
    }
    let k = k.to_i64().ok_or_else(|| TextError::overflow(too_many))? as u64;
    // Each factor is at least n - k + 1.
    let least = n.to_big() - k + 1u32;
    check_bits((least.bits() - 1).max(bits_of(k / 3).saturating_sub(1)).saturating_mul(k), bits_max)?;
    if let Some(n) = n.to_i64() {
        return Ok(BigInt::from(product(n as u64 - k + 1, n as u64)));
    }
    let mut factors: Vec<BigInt> = (0..k).map(|offset| &least + offset).collect();
    while factors.len() > 1 {
        factors = factors.chunks(2).map(|pair| pair.iter().product()).collect();
    }
    Ok(factors.pop().unwrap_or_else(BigInt::one))
}

/// `math.comb(n, k)`
pub fn combinations(n: IntRef<'_>, k: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    check_non_negative(n, k)?;
    let (n_big, k_big) = (n.to_big(), k.to_big());
    if n_big < k_big {
        return Ok(Int::Small(0));
    }
    let fewer = Int::from(k_big.clone().min(n_big - k_big));
    let too_many = "min(n - k, k) must not exceed 9223372036854775807";
    let numerator = falling_product(n, fewer.as_ref(), bits_max, too_many)?;
    let count = fewer.as_ref().to_i64().unwrap_or(0).unsigned_abs();
    Ok(Int::from(numerator / BigInt::from(product(2, count))))
}
