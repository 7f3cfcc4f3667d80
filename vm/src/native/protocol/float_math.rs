//! Float arithmetic where Python is not the machine: floor division, modulo, powers, rounding.
//!
//! The steps are those of `Objects/floatobject.c`. Powers use the C library's `pow` as CPython does.

use super::int_math::{decompose, round_scaled};
use crate::text::TextError;

/// What arithmetic raises.
#[derive(Clone, Debug, PartialEq)]
pub enum MathError {
    /// An exception with a message.
    Text(TextError),
    /// `OverflowError(34, 'Numerical result out of range')`
    Range,
}

impl From<TextError> for MathError {
    fn from(error: TextError) -> MathError {
        MathError::Text(error)
    }
}

/// `divmod(a, b)`
pub fn div_mod(a: f64, b: f64, message: &'static str) -> Result<(f64, f64), TextError> {
    if b == 0.0 {
        return Err(TextError::zero_division(message));
    }
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Ok((0f64.copysign(a / b), rest));
    }
    let mut floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor += 1.0;
    }
    Ok((floor, rest))
}

/// `a % b`
pub fn modulo(a: f64, b: f64) -> Result<f64, TextError> {
    if b == 0.0 {
        return Err(TextError::zero_division("float modulo by zero"));
    }
    let rest = a % b;
    Ok(match rest {
        0.0 => 0f64.copysign(b),
        _ if (b < 0.0) != (rest < 0.0) => rest + b,
        _ => rest,
    })
}

/// The result of a power of floats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Power {
    /// A float.
    Real(f64),
    /// A negative base with a broken exponent: the result is complex.
    Complex,
}

/// `a ** b`
pub fn power(a: f64, b: f64) -> Result<Power, MathError> {
    let odd = (b.abs() % 2.0) == 1.0;
    if let Some(special) = power_of_special(a, b, odd) {
        return Ok(Power::Real(special));
    }
    if a == 0.0 {
        if b < 0.0 {
            return Err(TextError::zero_division("0.0 cannot be raised to a negative power").into());
        }
        return Ok(Power::Real(if odd { a } else { 0.0 }));
    }
    if a < 0.0 && b != b.floor() {
        return Ok(Power::Complex);
    }
    let negate = a < 0.0 && odd;
    let magnitude = if a.abs() == 1.0 { 1.0 } else { a.abs().powf(b) };
    if magnitude.is_infinite() {
        return Err(MathError::Range);
    }
    Ok(Power::Real(if negate { -magnitude } else { magnitude }))
}

/// Powers with an exponent 0, NaNs and infinities.
fn power_of_special(a: f64, b: f64, odd: bool) -> Option<f64> {
    if b == 0.0 {
        return Some(1.0);
    }
    if a.is_nan() {
        return Some(a);
    }
    if b.is_nan() {
        return Some(if a == 1.0 { 1.0 } else { b });
    }
    if b.is_infinite() {
        let a = a.abs();
        return Some(if a == 1.0 {
            1.0
        } else if (b > 0.0) == (a > 1.0) {
            b.abs()
        } else {
            0.0
        });
    }
    if a.is_infinite() {
        return Some(match (b > 0.0, odd) {
            (true, true) => a,
            (true, false) => a.abs(),
            (false, true) => 0f64.copysign(a),
            (false, false) => 0.0,
        });
    }
    None
}

/// `round(value)` as a float: half to even.
pub fn round_half_even(value: f64) -> f64 {
    value.round_ties_even()
}

/// `round(value, digits)`: the float nearest to the exact value rounded to so many decimal places, half to even.
///
/// # Errors
/// OverflowError when rounding passes the largest float.
pub fn round_to_digits(value: f64, digits: i64) -> Result<f64, TextError> {
    // Beyond these, every float is an integer multiple of 10^-digits, or less than half of it.
    const MOST: i64 = 323;
    const LEAST: i64 = -308;
    if !value.is_finite() || digits > MOST || value == 0.0 {
        return Ok(value);
    }
    if digits < LEAST {
        return Ok(0f64.copysign(value));
    }
    let rounded = round_exactly(value.abs(), digits);
    if rounded.is_infinite() {
        return Err(TextError::overflow("rounded value too large to represent"));
    }
    Ok(rounded.copysign(value))
}

/// Rounds to decimal places by the exact decimal digits of the value.
fn round_exactly(value: f64, digits: i64) -> f64 {
    use num_bigint::BigInt;
    use num_integer::Integer;
    use num_traits::Pow;
    let (mantissa, exponent) = decompose(value);
    let ten = |n: u64| -> BigInt { Pow::pow(BigInt::from(10), n) };
    // value · 10^digits = numerator / denominator
    let mut numerator = BigInt::from(mantissa) << exponent.max(0) as u64;
    let mut denominator = BigInt::from(1) << (-exponent).max(0) as u64;
    if digits >= 0 {
        numerator *= ten(digits as u64);
    } else {
        denominator *= ten(digits.unsigned_abs());
    }
    let (quotient, rest) = numerator.div_mod_floor(&denominator);
    let twice: BigInt = rest << 1u32;
    let quotient =
        if twice > denominator || (twice == denominator && quotient.bit(0)) { quotient + 1 } else { quotient };
    // The nearest float of quotient / 10^digits, by the correctly rounded reading of its decimal text.
    format!("{quotient}e{}", -digits).parse().unwrap_or(f64::INFINITY)
}

/// `value · 2^exponent` for integers, rounded once.
pub fn from_parts(mantissa: u128, exponent: i64) -> f64 {
    round_scaled(mantissa, exponent)
}
