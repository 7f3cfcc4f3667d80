//! Integer arithmetic, exact at every size up to [`INT_BITS_MAX`] bits.
//!
//! `//` and `%` round towards minus infinity; `/` gives the correctly rounded float (half to even), also where neither
//! operand fits a float. Messages are CPython 3.13's. What is larger than the limit is refused with MemoryError.

use crate::native::cx::INT_BITS_MAX;
use crate::text::{Int, IntRef, TextError};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

fn check_bits(bits: u64) -> Result<(), TextError> {
    if bits > INT_BITS_MAX { Err(TextError::memory()) } else { Ok(()) }
}

/// `a + b`
pub fn add(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        return Ok(Int::from(i128::from(x) + i128::from(y)));
    }
    check_bits(a.bit_length().max(b.bit_length()) + 1)?;
    Ok(Int::from(a.to_big() + b.to_big()))
}

/// `a - b`
pub fn sub(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        return Ok(Int::from(i128::from(x) - i128::from(y)));
    }
    check_bits(a.bit_length().max(b.bit_length()) + 1)?;
    Ok(Int::from(a.to_big() - b.to_big()))
}

/// `a * b`
pub fn mul(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        return Ok(Int::from(i128::from(x) * i128::from(y)));
    }
    check_bits(a.bit_length() + b.bit_length())?;
    Ok(Int::from(a.to_big() * b.to_big()))
}

/// `divmod(a, b)`
pub fn div_mod(a: IntRef<'_>, b: IntRef<'_>) -> Result<(Int, Int), TextError> {
    if b.is_zero() {
        return Err(TextError::zero_division("integer division or modulo by zero"));
    }
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        let (quotient, rest) = i128::from(x).div_mod_floor(&i128::from(y));
        return Ok((Int::from(quotient), Int::from(rest)));
    }
    let (quotient, rest) = a.to_big().div_mod_floor(&b.to_big());
    Ok((Int::from(quotient), Int::from(rest)))
}

/// `a % b`
pub fn modulo(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    if b.is_zero() {
        return Err(TextError::zero_division("integer modulo by zero"));
    }
    div_mod(a, b).map(|(_, rest)| rest)
}

/// `a << b`
pub fn shift_left(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    if b.is_negative() {
        return Err(TextError::value("negative shift count"));
    }
    if a.is_zero() {
        return Ok(Int::Small(0));
    }
    let Some(count) = b.to_i64() else { return Err(TextError::overflow("too many digits in integer")) };
    check_bits(a.bit_length().saturating_add(count as u64))?;
    if let (IntRef::Small(x), true) = (a, count < 64) {
        return Ok(Int::from(i128::from(x) << count));
    }
    Ok(Int::from(a.to_big() << count as u64))
}

/// `a >> b`
pub fn shift_right(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    if b.is_negative() {
        return Err(TextError::value("negative shift count"));
    }
    let beyond = Int::Small(if a.is_negative() { -1 } else { 0 });
    let Some(count) = b.to_i64() else { return Ok(beyond) };
    match a {
        IntRef::Small(x) => Ok(Int::Small(x >> count.min(63))),
        IntRef::Big(x) if count as u64 > x.bits() => Ok(beyond),
        IntRef::Big(x) => Ok(Int::from(x >> count as u64)),
    }
}

/// A bitwise operator.
pub fn bitwise(
    a: IntRef<'_>,
    b: IntRef<'_>,
    small: impl FnOnce(i64, i64) -> i64,
    big: impl FnOnce(BigInt, BigInt) -> BigInt,
) -> Int {
    match (a, b) {
        (IntRef::Small(x), IntRef::Small(y)) => Int::Small(small(x, y)),
        _ => Int::from(big(a.to_big(), b.to_big())),
    }
}

/// `a ** b` for `b >= 0`
pub fn power(a: IntRef<'_>, b: IntRef<'_>) -> Result<Int, TextError> {
    let unit = match a.to_i64() {
        Some(0) => Some(i64::from(b.is_zero())),
        Some(1) => Some(1),
        Some(-1) => Some(if is_odd(b) { -1 } else { 1 }),
        _ => None,
    };
    if let Some(unit) = unit {
        return Ok(Int::Small(unit));
    }
    let Some(exponent) = b.to_i64().and_then(|b| u32::try_from(b).ok()) else { return Err(TextError::memory()) };
    if let Some(small) = a.to_i64().and_then(|a| a.checked_pow(exponent)) {
        return Ok(Int::Small(small));
    }
    // |a|^b has more than (bits - 1)·b bits and at most bits·b.
    check_bits((a.bit_length() - 1).saturating_mul(u64::from(exponent)))?;
    Ok(Int::from(num_traits::Pow::pow(a.to_big(), exponent)))
}

fn is_odd(n: IntRef<'_>) -> bool {
    match n {
        IntRef::Small(n) => n & 1 == 1,
        IntRef::Big(n) => n.bit(0),
    }
}

/// `pow(a, b, c)`
pub fn power_modulo(a: IntRef<'_>, b: IntRef<'_>, c: IntRef<'_>) -> Result<Int, TextError> {
    if c.is_zero() {
        return Err(TextError::value("pow() 3rd argument cannot be 0"));
    }
    let modulus = c.to_big().abs();
    let mut base = a.to_big().mod_floor(&modulus);
    let mut exponent = b.to_big();
    if exponent.is_negative() {
        let inverse = base.modinv(&modulus);
        // Everything is congruent modulo 1, so 0 is invertible there.
        base = match inverse {
            Some(inverse) => inverse,
            None if modulus.is_one() => BigInt::zero(),
            None => return Err(TextError::value("base is not invertible for the given modulus")),
        };
        exponent = -exponent;
    }
    let mut result = base.modpow(&exponent, &modulus);
    if c.is_negative() && !result.is_zero() {
        result -= &modulus;
    }
    Ok(Int::from(result))
}

/// `a / b`: the float nearest to the exact quotient.
pub fn true_divide(a: IntRef<'_>, b: IntRef<'_>) -> Result<f64, TextError> {
    if b.is_zero() {
        return Err(TextError::zero_division("division by zero"));
    }
    if let (IntRef::Small(x), IntRef::Small(y)) = (a, b) {
        const EXACT: u64 = 1 << 53;
        if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT {
            return Ok(x as f64 / y as f64);
        }
    }
    let negative = a.is_negative() != b.is_negative();
    let magnitude = divide_magnitudes(a.to_big().magnitude(), b.to_big().magnitude())?;
    Ok(if negative { -magnitude } else { magnitude })
}

fn divide_magnitudes(a: &BigUint, b: &BigUint) -> Result<f64, TextError> {
    let too_large = || TextError::overflow("integer division result too large for a float");
    let difference = a.bits() as i64 - b.bits() as i64;
    if a.is_zero() || difference < -1080 {
        return Ok(0.0);
    }
    if difference > 1025 {
        return Err(too_large());
    }
    // A quotient of 66 or 67 bits, the lowest set if anything is left over: enough to round once, correctly.
    let shift = 66 - difference;
    let (quotient, rest) =
        if shift >= 0 { (a << shift as u64).div_rem(b) } else { a.div_rem(&(b << shift.unsigned_abs())) };
    let quotient = quotient.to_u128().unwrap_or(u128::MAX) | u128::from(!rest.is_zero());
    let result = round_scaled(quotient, -shift);
    if result.is_infinite() { Err(too_large()) } else { Ok(result) }
}

/// `mantissa · 2^exponent`, rounded half to even once, also where the result is subnormal.
pub fn round_scaled(mantissa: u128, exponent: i64) -> f64 {
    let bits = i64::from(128 - mantissa.leading_zeros());
    let top = bits + exponent;
    let keep = 53.min(top + 1074);
    if keep < 0 {
        return 0.0;
    }
    let drop = (bits - keep).max(0);
    let mut kept = if drop >= 128 { 0 } else { mantissa >> drop };
    if drop > 0 {
        let half = 1u128 << (drop - 1);
        let rest = mantissa & ((half << 1).wrapping_sub(1));
        if rest > half || (rest == half && kept & 1 == 1) {
            kept += 1;
        }
    }
    scale(kept as f64, exponent + drop)
}

/// `value · 2^exponent` where the result is exact or infinite.
pub fn scale(mut value: f64, mut exponent: i64) -> f64 {
    while exponent > 1000 {
        value *= 2f64.powi(1000);
        exponent -= 1000;
        if value.is_infinite() {
            return value;
        }
    }
    while exponent < -1000 {
        value *= 2f64.powi(-1000);
        exponent += 1000;
    }
    value * 2f64.powi(exponent as i32)
}

/// The integer nearest to `a / 10^digits · 10^digits` (half to even): `round(a, -digits)`.
pub fn round_to_power_of_ten(a: IntRef<'_>, digits: u64) -> Int {
    let bits = a.bit_length();
    // 10^digits > 2·|a| rounds to 0; a power of ten beyond that need not be computed.
    if digits > bits / 3 + 2 {
        return Int::Small(0);
    }
    let unit = num_traits::Pow::pow(BigInt::from(10), digits);
    let (quotient, rest) = a.to_big().div_mod_floor(&unit);
    let twice: BigInt = &rest << 1u32;
    let up = twice > unit || (twice == unit && quotient.bit(0));
    let quotient = if up { quotient + 1 } else { quotient };
    Int::from(quotient * unit)
}

/// The exact value of a float that is an integer or is cut towards zero: `int(f)`.
///
/// # Errors
/// OverflowError for infinities, ValueError for NaN.
pub fn float_to_int(f: f64) -> Result<Int, TextError> {
    if f.is_nan() {
        return Err(TextError::value("cannot convert float NaN to integer"));
    }
    if f.is_infinite() {
        return Err(TextError::overflow("cannot convert float infinity to integer"));
    }
    let f = f.trunc();
    if f.abs() < 9e18 {
        return Ok(Int::Small(f as i64));
    }
    let (mantissa, exponent) = decompose(f.abs());
    let magnitude = BigUint::from(mantissa) << exponent.max(0) as u64;
    Ok(Int::from(BigInt::from_biguint(if f < 0.0 { Sign::Minus } else { Sign::Plus }, magnitude)))
}

/// A finite non-negative float as `mantissa · 2^exponent`.
pub fn decompose(f: f64) -> (u64, i64) {
    let bits = f.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52) & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased as i64 - 1075),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_of_integers_is_correctly_rounded() {
        let big = |text: &str| text.parse::<BigInt>().expect("digits");
        let table: &[(&str, &str, f64)] = &[
            ("10000000000000000000000000000001", "10000000000000000000000000000000", 1.0),
            ("9007199254740993", "1", 9007199254740992.0),
            ("9007199254740995", "1", 9007199254740996.0),
            ("-123456789012345678901234567890", "7", -1.763668414462081e28),
            ("1", "3", 0.3333333333333333),
        ];
        for (a, b, expected) in table {
            let (a, b) = (big(a), big(b));
            assert_eq!(true_divide(IntRef::Big(&a), IntRef::Big(&b)), Ok(*expected), "{a} / {b}");
        }
        let tiny = BigInt::from(1) << 1074u32;
        assert_eq!(true_divide(IntRef::Small(1), IntRef::Big(&tiny)), Ok(5e-324));
        let tinier = BigInt::from(1) << 1075u32;
        assert_eq!(true_divide(IntRef::Small(1), IntRef::Big(&tinier)), Ok(0.0));
        assert_eq!(true_divide(IntRef::Small(3), IntRef::Big(&tinier)), Ok(1e-323));
    }
}
