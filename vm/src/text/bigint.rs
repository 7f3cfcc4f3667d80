//! Integer arithmetic with Python's rules: floor division, powers, shifts, and a bound on the size of results.
//!
//! Numbers are exact; machine words are used where both operands and the result fit. An operation whose result could pass
//! `bits_max` bits is refused with `MemoryError` before it is computed, so that `10**10**8` costs nothing. Messages are CPython
//! 3.13's. Multiplication is `num-bigint`'s (Toom-Cook), division its schoolbook: quadratic, as CPython's.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::error::TextError;
use super::int::{Int, IntRef};

/// A bound for results that keeps any single operation within a few seconds: about ten million decimal digits.
pub const INT_BITS_MAX: u64 = 1 << 25;

/// Refuses a result of up to `bits` bits if that passes `bits_max`.
pub(super) fn check_bits(bits: u64, bits_max: u64) -> Result<(), TextError> {
    if bits > bits_max { Err(TextError::memory()) } else { Ok(()) }
}

/// `left + right`
pub fn add(left: IntRef<'_>, right: IntRef<'_>) -> Int {
    match (left, right) {
        (IntRef::Small(a), IntRef::Small(b)) => Int::from(i128::from(a) + i128::from(b)),
        (IntRef::Big(a), IntRef::Small(b)) => Int::from(a + b),
        (IntRef::Small(a), IntRef::Big(b)) => Int::from(a + b),
        (IntRef::Big(a), IntRef::Big(b)) => Int::from(a + b),
    }
}

/// `left - right`
pub fn subtract(left: IntRef<'_>, right: IntRef<'_>) -> Int {
    match (left, right) {
        (IntRef::Small(a), IntRef::Small(b)) => Int::from(i128::from(a) - i128::from(b)),
        (IntRef::Big(a), IntRef::Small(b)) => Int::from(a - b),
        (IntRef::Small(a), IntRef::Big(b)) => Int::from(a - b),
        (IntRef::Big(a), IntRef::Big(b)) => Int::from(a - b),
    }
}

/// `left * right`
pub fn multiply(left: IntRef<'_>, right: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    if let (IntRef::Small(a), IntRef::Small(b)) = (left, right) {
        return Ok(Int::from(i128::from(a) * i128::from(b)));
    }
    check_bits(left.bit_length() + right.bit_length(), bits_max)?;
    Ok(match (left, right) {
        (IntRef::Big(a), IntRef::Big(b)) => Int::from(a * b),
        (IntRef::Big(big), IntRef::Small(small)) | (IntRef::Small(small), IntRef::Big(big)) => Int::from(big * small),
        (IntRef::Small(a), IntRef::Small(b)) => Int::from(i128::from(a) * i128::from(b)),
    })
}

/// `-value`
pub fn negate(value: IntRef<'_>) -> Int {
    match value {
        IntRef::Small(small) => Int::from(-i128::from(small)),
        IntRef::Big(big) => Int::from(-big),
    }
}

/// `abs(value)`
pub fn absolute(value: IntRef<'_>) -> Int {
    if value.is_negative() { negate(value) } else { value.to_int() }
}

/// `~value`
pub fn invert(value: IntRef<'_>) -> Int {
    match value {
        IntRef::Small(small) => Int::Small(!small),
        IntRef::Big(big) => Int::from(-big - 1),
    }
}

/// `left // right`
pub fn floor_divide(left: IntRef<'_>, right: IntRef<'_>) -> Result<Int, TextError> {
    divide_with_remainder(left, right, "integer division or modulo by zero").map(|(quotient, _)| quotient)
}

/// `left % right`
pub fn modulo(left: IntRef<'_>, right: IntRef<'_>) -> Result<Int, TextError> {
    divide_with_remainder(left, right, "integer modulo by zero").map(|(_, remainder)| remainder)
}

/// `divmod(left, right)`
pub fn divide_modulo(left: IntRef<'_>, right: IntRef<'_>) -> Result<(Int, Int), TextError> {
    divide_with_remainder(left, right, "integer division or modulo by zero")
}

fn divide_with_remainder(left: IntRef<'_>, right: IntRef<'_>, by_zero: &'static str) -> Result<(Int, Int), TextError> {
    if right.is_zero() {
        return Err(TextError::zero_division(by_zero));
    }
    if let (IntRef::Small(a), IntRef::Small(b)) = (left, right) {
        let (quotient, remainder) = i128::from(a).div_mod_floor(&i128::from(b));
        return Ok((Int::from(quotient), Int::from(remainder)));
    }
    let (quotient, remainder) = left.to_big().div_mod_floor(&right.to_big());
    Ok((Int::from(quotient), Int::from(remainder)))
}

/// `left & right`, `left | right` or `left ^ right`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bitwise {
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
}

/// `left op right` on two's complement numbers without end.
pub fn bitwise(op: Bitwise, left: IntRef<'_>, right: IntRef<'_>) -> Int {
    if let (IntRef::Small(a), IntRef::Small(b)) = (left, right) {
        return Int::Small(match op {
            Bitwise::And => a & b,
            Bitwise::Or => a | b,
            Bitwise::Xor => a ^ b,
        });
    }
    let (a, b) = (left.to_big(), right.to_big());
    Int::from(match op {
        Bitwise::And => a & b,
        Bitwise::Or => a | b,
        Bitwise::Xor => a ^ b,
    })
}

fn check_shift(count: IntRef<'_>) -> Result<(), TextError> {
    if count.is_negative() { Err(TextError::value("negative shift count")) } else { Ok(()) }
}

/// `value << count`
pub fn shift_left(value: IntRef<'_>, count: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    check_shift(count)?;
    if value.is_zero() {
        return Ok(Int::Small(0));
    }
    let count = count.to_i64().ok_or_else(|| TextError::overflow("too many digits in integer"))? as u64;
    check_bits(value.bit_length().saturating_add(count), bits_max)?;
    match value {
        IntRef::Small(small) if count < 64 => Ok(Int::from(i128::from(small) << count)),
        _ => Ok(Int::from(value.to_big() << count)),
    }
}

/// `value >> count`
pub fn shift_right(value: IntRef<'_>, count: IntRef<'_>) -> Result<Int, TextError> {
    check_shift(count)?;
    let count = count.to_i64().unwrap_or(i64::MAX) as u64;
    if count >= value.bit_length() {
        return Ok(Int::Small(if value.is_negative() { -1 } else { 0 }));
    }
    match value {
        IntRef::Small(small) => Ok(Int::Small(small >> count)),
        IntRef::Big(big) => Ok(Int::from(big >> count)),
    }
}

/// `base ** exponent` for an exponent that is not negative (otherwise the result is a float: see `float_ops::power`).
pub fn power(base: IntRef<'_>, exponent: IntRef<'_>, bits_max: u64) -> Result<Int, TextError> {
    if let (IntRef::Small(base), Some(exponent)) = (base, exponent.to_i64()) {
        match base {
            _ if exponent == 0 => return Ok(Int::Small(1)),
            0 | 1 => return Ok(Int::Small(base)),
            -1 => return Ok(Int::Small(if exponent % 2 == 0 { 1 } else { -1 })),
            _ => {}
        }
        if let Some(result) = u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent)) {
            return Ok(Int::Small(result));
        }
    }
    let trivial = match base {
        IntRef::Small(base) if base.unsigned_abs() <= 1 => Some(base),
        _ => None,
    };
    if let Some(base) = trivial {
        let odd = exponent.to_big().is_odd();
        return Ok(Int::Small(if base == -1 && !odd { 1 } else { base }));
    }
    // (2^(n-1))^e <= |base|^e: what is surely too large is refused; the upper bound is at most twice that.
    let exponent = exponent.to_i64().ok_or_else(TextError::memory)? as u64;
    let magnitude = base.to_big();
    let bits_at_least = (magnitude.bits() - 1).saturating_mul(exponent);
    check_bits(bits_at_least, bits_max)?;
    let exponent = u32::try_from(exponent).map_err(|_| TextError::memory())?;
    let result = magnitude.pow(exponent);
    check_bits(result.bits(), bits_max)?;
    Ok(Int::from(result))
}

/// `pow(base, exponent, modulus)`
pub fn power_modulo(base: IntRef<'_>, exponent: IntRef<'_>, modulus: IntRef<'_>) -> Result<Int, TextError> {
    if modulus.is_zero() {
        return Err(TextError::value("pow() 3rd argument cannot be 0"));
    }
    let modulus = modulus.to_big();
    let magnitude = modulus.magnitude();
    if magnitude.is_one() {
        return Ok(Int::Small(0));
    }
    let mut base = base.to_big().mod_floor(&BigInt::from(magnitude.clone()));
    if exponent.is_negative() {
        base = inverse(&base, &BigInt::from(magnitude.clone()))?;
    }
    let exponent = exponent.to_big();
    let result = BigInt::from(base.magnitude().modpow(exponent.magnitude(), magnitude));
    Ok(Int::from(result.mod_floor(&modulus)))
}

/// The inverse of `value` modulo `modulus` > 1.
fn inverse(value: &BigInt, modulus: &BigInt) -> Result<BigInt, TextError> {
    let extended = value.extended_gcd(modulus);
    if !extended.gcd.is_one() {
        return Err(TextError::value("base is not invertible for the given modulus"));
    }
    Ok(extended.x.mod_floor(modulus))
}

/// `value.bit_count()`: ones in the absolute value.
pub fn bit_count(value: IntRef<'_>) -> u64 {
    match value {
        IntRef::Small(small) => u64::from(small.unsigned_abs().count_ones()),
        IntRef::Big(big) => big.magnitude().count_ones(),
    }
}

/// `round(value, digits)` for negative `digits`: to a multiple of `10**-digits`, ties to even. For other `digits` the result is `value`.
pub fn round_to_digits(value: IntRef<'_>, digits: IntRef<'_>) -> Result<Int, TextError> {
    if !digits.is_negative() {
        return Ok(value.to_int());
    }
    // |value| < 2^bits <= 10^(bits * 0.302): from there on everything rounds to zero.
    let places = digits.to_i64().map_or(u64::MAX, i64::unsigned_abs);
    if places > value.bit_length() / 3 + 2 {
        return Ok(Int::Small(0));
    }
    let unit = BigInt::from(10).pow(u32::try_from(places).map_err(|_| TextError::memory())?);
    let value = value.to_big();
    let (quotient, remainder) = value.div_mod_floor(&unit);
    let up = match (&remainder * 2i32).cmp(&unit) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => quotient.is_odd(),
    };
    Ok(Int::from(value - &remainder + if up { unit } else { BigInt::zero() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::int_math::*;

    fn int(text: &str) -> Int {
        Int::from(text.parse::<BigInt>().unwrap())
    }

    fn apply(op: &str, left: IntRef<'_>, right: IntRef<'_>) -> Result<Int, TextError> {
        match op {
            "+" => Ok(add(left, right)),
            "-" => Ok(subtract(left, right)),
            "*" => multiply(left, right, INT_BITS_MAX),
            "//" => floor_divide(left, right),
            "%" => modulo(left, right),
            "&" => Ok(bitwise(Bitwise::And, left, right)),
            "|" => Ok(bitwise(Bitwise::Or, left, right)),
            "^" => Ok(bitwise(Bitwise::Xor, left, right)),
            "<<" => shift_left(left, right, INT_BITS_MAX),
            ">>" => shift_right(left, right),
            "**" => power(left, right, INT_BITS_MAX),
            "round" => round_to_digits(left, right),
            "gcd" => Ok(gcd(left, right)),
            "lcm" => lcm(left, right, INT_BITS_MAX),
            "comb" => combinations(left, right, INT_BITS_MAX),
            "perm" => permutations(left, right, INT_BITS_MAX),
            "isqrt" => isqrt(left),
            "factorial" => factorial(left, INT_BITS_MAX),
            _ => panic!("no operation {op}"),
        }
    }

    fn shown(result: Result<Int, TextError>) -> Result<String, String> {
        result.map(|value| BigInt::from(value).to_string()).map_err(|error| error.message.into_owned())
    }

    /// Operation, operands and what CPython 3.13 answers.
    #[test]
    fn results_are_cpythons() {
        type Row = (&'static str, &'static str, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            ("//", "7", "3", Ok("2")),
            ("%", "7", "3", Ok("1")),
            ("*", "7", "3", Ok("21")),
            ("//", "-7", "3", Ok("-3")),
            ("%", "-7", "3", Ok("2")),
            ("*", "-7", "3", Ok("-21")),
            ("//", "7", "-3", Ok("-3")),
            ("%", "7", "-3", Ok("-2")),
            ("*", "7", "-3", Ok("-21")),
            ("//", "-7", "-3", Ok("2")),
            ("%", "-7", "-3", Ok("-1")),
            ("*", "-7", "-3", Ok("21")),
            ("//", "1000000000000000000000000000000", "7", Ok("142857142857142857142857142857")),
            ("%", "1000000000000000000000000000000", "7", Ok("1")),
            ("*", "1000000000000000000000000000000", "7", Ok("7000000000000000000000000000000")),
            ("//", "-1000000000000000000000000000000", "7", Ok("-142857142857142857142857142858")),
            ("%", "-1000000000000000000000000000000", "7", Ok("6")),
            ("*", "-1000000000000000000000000000000", "7", Ok("-7000000000000000000000000000000")),
            ("//", "7", "-1000000000000000000000000000000", Ok("-1")),
            ("%", "7", "-1000000000000000000000000000000", Ok("-999999999999999999999999999993")),
            ("*", "7", "-1000000000000000000000000000000", Ok("-7000000000000000000000000000000")),
            ("//", "1000000000000000000000000000001", "1000000000000000000000000000000", Ok("1")),
            ("%", "1000000000000000000000000000001", "1000000000000000000000000000000", Ok("1")),
            (
                "*",
                "1000000000000000000000000000001",
                "1000000000000000000000000000000",
                Ok("1000000000000000000000000000001000000000000000000000000000000"),
            ),
            ("//", "1", "0", Err("integer division or modulo by zero")),
            ("%", "1", "0", Err("integer modulo by zero")),
            ("//", "-9223372036854775808", "-1", Ok("9223372036854775808")),
            ("%", "-9223372036854775808", "-1", Ok("0")),
            ("*", "-9223372036854775808", "-1", Ok("9223372036854775808")),
            ("//", "9223372036854775807", "9223372036854775807", Ok("1")),
            ("%", "9223372036854775807", "9223372036854775807", Ok("0")),
            ("*", "9223372036854775807", "9223372036854775807", Ok("85070591730234615847396907784232501249")),
            ("+", "9223372036854775807", "1", Ok("9223372036854775808")),
            ("-", "9223372036854775807", "1", Ok("9223372036854775806")),
            ("+", "-9223372036854775808", "-1", Ok("-9223372036854775809")),
            ("-", "-9223372036854775808", "-1", Ok("-9223372036854775807")),
            ("+", "1000000000000000000000000000000", "-1000000000000000000000000000000", Ok("0")),
            (
                "-",
                "1000000000000000000000000000000",
                "-1000000000000000000000000000000",
                Ok("2000000000000000000000000000000"),
            ),
            ("&", "6", "3", Ok("2")),
            ("|", "6", "3", Ok("7")),
            ("^", "6", "3", Ok("5")),
            ("&", "-6", "3", Ok("2")),
            ("|", "-6", "3", Ok("-5")),
            ("^", "-6", "3", Ok("-7")),
            ("&", "1000000000000000000000000000000", "-1", Ok("1000000000000000000000000000000")),
            ("|", "1000000000000000000000000000000", "-1", Ok("-1")),
            ("^", "1000000000000000000000000000000", "-1", Ok("-1000000000000000000000000000001")),
            ("&", "-1000000000000000000000000000000", "255", Ok("0")),
            ("|", "-1000000000000000000000000000000", "255", Ok("-999999999999999999999999999745")),
            ("^", "-1000000000000000000000000000000", "255", Ok("-999999999999999999999999999745")),
            ("<<", "1", "62", Ok("4611686018427387904")),
            ("<<", "1", "63", Ok("9223372036854775808")),
            ("<<", "-1", "64", Ok("-18446744073709551616")),
            ("<<", "3", "100", Ok("3802951800684688204490109616128")),
            ("<<", "1", "-1", Err("negative shift count")),
            ("<<", "0", "1180591620717411303424", Ok("0")),
            ("<<", "1", "1180591620717411303424", Err("too many digits in integer")),
            ("<<", "-5", "1", Ok("-10")),
            (">>", "1000000000000000000000000000000", "70", Ok("847032947")),
            (">>", "-1000000000000000000000000000000", "70", Ok("-847032948")),
            (">>", "-1", "1180591620717411303424", Ok("-1")),
            (">>", "5", "1180591620717411303424", Ok("0")),
            (">>", "-5", "1", Ok("-3")),
            (">>", "5", "-1", Err("negative shift count")),
            (">>", "-9223372036854775808", "63", Ok("-1")),
            (">>", "-9223372036854775808", "62", Ok("-2")),
            ("**", "2", "10", Ok("1024")),
            ("**", "2", "62", Ok("4611686018427387904")),
            ("**", "2", "63", Ok("9223372036854775808")),
            ("**", "-2", "63", Ok("-9223372036854775808")),
            ("**", "3", "100", Ok("515377520732011331036461129765621272702107522001")),
            ("**", "10", "30", Ok("1000000000000000000000000000000")),
            ("**", "0", "0", Ok("1")),
            ("**", "0", "5", Ok("0")),
            ("**", "1", "1180591620717411303424", Ok("1")),
            ("**", "-1", "1180591620717411303424", Ok("1")),
            ("**", "-1", "1180591620717411303425", Ok("-1")),
            (
                "**",
                "-1000000000000000000000000000000",
                "3",
                Ok("-1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"),
            ),
            ("round", "15", "-1", Ok("20")),
            ("round", "25", "-1", Ok("20")),
            ("round", "35", "-1", Ok("40")),
            ("round", "-15", "-1", Ok("-20")),
            ("round", "-25", "-1", Ok("-20")),
            ("round", "-26", "-1", Ok("-30")),
            ("round", "12345", "-2", Ok("12300")),
            ("round", "1050000000000000000000000000000", "-29", Ok("1000000000000000000000000000000")),
            ("round", "5", "-5", Ok("0")),
            ("round", "50", "-2", Ok("0")),
            ("round", "51", "-2", Ok("100")),
            ("round", "149", "2", Ok("149")),
            ("round", "1000000000000000000000000000000", "-40", Ok("0")),
            ("gcd", "12", "18", Ok("6")),
            ("lcm", "12", "18", Ok("36")),
            ("gcd", "-12", "18", Ok("6")),
            ("lcm", "-12", "18", Ok("36")),
            ("gcd", "0", "0", Ok("0")),
            ("lcm", "0", "0", Ok("0")),
            ("gcd", "1000000000000000000000000000000", "15", Ok("5")),
            ("lcm", "1000000000000000000000000000000", "15", Ok("3000000000000000000000000000000")),
            ("comb", "5", "2", Ok("10")),
            ("perm", "5", "2", Ok("20")),
            ("comb", "5", "0", Ok("1")),
            ("perm", "5", "0", Ok("1")),
            ("comb", "5", "6", Ok("0")),
            ("perm", "5", "6", Ok("0")),
            ("comb", "52", "5", Ok("2598960")),
            ("perm", "52", "5", Ok("311875200")),
            (
                "comb",
                "1000000000000000000000000000000",
                "2",
                Ok("499999999999999999999999999999500000000000000000000000000000"),
            ),
            (
                "perm",
                "1000000000000000000000000000000",
                "2",
                Ok("999999999999999999999999999999000000000000000000000000000000"),
            ),
            ("comb", "-1", "2", Err("n must be a non-negative integer")),
            ("perm", "-1", "2", Err("n must be a non-negative integer")),
            ("comb", "5", "-1", Err("k must be a non-negative integer")),
            ("perm", "5", "-1", Err("k must be a non-negative integer")),
            ("comb", "100", "98", Ok("4950")),
            (
                "perm",
                "100",
                "98",
                Ok(
                    "46663107721972076340849619428133350245357984132190810734296481947608799996614957804470731988078259143126848960413611879125592605458432000000000000000000000000",
                ),
            ),
            ("comb", "0", "0", Ok("1")),
            ("perm", "0", "0", Ok("1")),
            ("isqrt", "0", "0", Ok("0")),
            ("isqrt", "1", "0", Ok("1")),
            ("isqrt", "2", "0", Ok("1")),
            ("isqrt", "3", "0", Ok("1")),
            ("isqrt", "4", "0", Ok("2")),
            ("isqrt", "1000000000000000000", "0", Ok("1000000000")),
            ("isqrt", "1000000000000000000000000000000", "0", Ok("1000000000000000")),
            ("isqrt", "340282366920938463463374607431768211455", "0", Ok("18446744073709551615")),
            ("isqrt", "-1", "0", Err("isqrt() argument must be nonnegative")),
            ("factorial", "0", "0", Ok("1")),
            ("factorial", "1", "0", Ok("1")),
            ("factorial", "5", "0", Ok("120")),
            ("factorial", "20", "0", Ok("2432902008176640000")),
            ("factorial", "21", "0", Ok("51090942171709440000")),
            ("factorial", "30", "0", Ok("265252859812191058636308480000000")),
            ("factorial", "-1", "0", Err("factorial() not defined for negative values")),
        ];
        for &(op, left, right, expected) in table {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            let (left, right) = (int(left), int(right));
            assert_eq!(shown(apply(op, left.as_ref(), right.as_ref())), expected, "{left:?} {op} {right:?}");
        }
    }

    /// Base, exponent, modulus and what CPython 3.13's `pow` answers.
    #[test]
    fn modular_powers_are_cpythons() {
        type Row = (&'static str, &'static str, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            ("2", "10", "1000", Ok("24")),
            ("2", "-1", "5", Ok("3")),
            ("2", "-1", "4", Err("base is not invertible for the given modulus")),
            ("3", "1000000000000000000000000000000", "7", Ok("4")),
            ("-3", "3", "7", Ok("1")),
            ("3", "3", "-7", Ok("-1")),
            ("5", "0", "1", Ok("0")),
            ("5", "0", "-1", Ok("0")),
            ("5", "3", "0", Err("pow() 3rd argument cannot be 0")),
            (
                "1000000000000000000000000000000",
                "5",
                "1000000000000000000000000000001",
                Ok("1000000000000000000000000000000"),
            ),
            ("0", "0", "5", Ok("1")),
        ];
        for &(base, exponent, modulus, expected) in table {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            let result = power_modulo(int(base).as_ref(), int(exponent).as_ref(), int(modulus).as_ref());
            assert_eq!(shown(result), expected, "pow({base}, {exponent}, {modulus})");
        }
    }

    #[test]
    fn too_large_results_are_refused_at_once() {
        let huge = BigInt::from(1) << 33_000_000u32;
        let refused: [Result<Int, TextError>; _] = [
            power(10.into(), 100_000_000.into(), INT_BITS_MAX),
            power((&huge).into(), 1_000_000_000_000.into(), INT_BITS_MAX),
            power(2.into(), (&huge).into(), INT_BITS_MAX),
            shift_left(1.into(), (1 << 40).into(), INT_BITS_MAX),
            multiply((&huge).into(), (&huge).into(), INT_BITS_MAX),
            factorial(i64::MAX.into(), INT_BITS_MAX),
            factorial(10_000_000.into(), INT_BITS_MAX),
            combinations(i64::MAX.into(), 1_000_000_000.into(), INT_BITS_MAX),
            permutations((&huge).into(), 1_000_000.into(), INT_BITS_MAX),
        ];
        for result in refused {
            assert_eq!(result, Err(TextError::memory()));
        }
    }
}
