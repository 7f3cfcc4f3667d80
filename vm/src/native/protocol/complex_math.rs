//! Complex arithmetic: the formulas of `Objects/complexobject.c` (CPython 3.13), step by step, so that rounding and signed
//! zeros come out alike.

use super::float_math::MathError;
use crate::text::TextError;

/// Real and imaginary part.
pub type Complex = (f64, f64);

/// `a * b`
pub fn mul(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// `a / b` by Smith's method; `None` for a division by zero.
fn quotient(a: Complex, b: Complex) -> Option<Complex> {
    let (re, im) = (b.0.abs(), b.1.abs());
    if re >= im {
        if re == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        return Some(((a.0 + a.1 * ratio) / denominator, (a.1 - a.0 * ratio) / denominator));
    }
    if im >= re {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        return Some(((a.0 * ratio + a.1) / denominator, (a.1 * ratio - a.0) / denominator));
    }
    Some((f64::NAN, f64::NAN))
}

/// `a / b`
pub fn div(a: Complex, b: Complex) -> Result<Complex, MathError> {
    quotient(a, b).ok_or_else(|| TextError::zero_division("complex division by zero").into())
}

/// `a ** b`
pub fn power(a: Complex, b: Complex) -> Result<Complex, MathError> {
    let whole = b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0;
    let result = if whole { power_of_integer(a, b.0 as i64) } else { general_power(a, b) };
    let Some(result) = result else {
        return Err(TextError::zero_division("0.0 to a negative or complex power").into());
    };
    if result.0.is_infinite() || result.1.is_infinite() {
        return Err(TextError::overflow("complex exponentiation").into());
    }
    Ok(result)
}

fn power_of_integer(a: Complex, n: i64) -> Option<Complex> {
    let magnitude = unsigned_power(a, n.unsigned_abs());
    if n > 0 { Some(magnitude) } else { quotient((1.0, 0.0), magnitude) }
}

fn unsigned_power(a: Complex, n: u64) -> Complex {
    let (mut result, mut square) = ((1.0, 0.0), a);
    let mut mask = 1;
    while n >= mask {
        if n & mask != 0 {
            result = mul(result, square);
        }
        mask <<= 1;
        square = mul(square, square);
    }
    result
}

fn general_power(a: Complex, b: Complex) -> Option<Complex> {
    if b == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if a == (0.0, 0.0) {
        return if b.1 != 0.0 || b.0 < 0.0 { None } else { Some((0.0, 0.0)) };
    }
    let size = a.0.hypot(a.1);
    let mut len = size.powf(b.0);
    let angle = a.1.atan2(a.0);
    let mut phase = angle * b.0;
    if b.1 != 0.0 {
        len *= (-angle * b.1).exp();
        phase += b.1 * size.ln();
    }
    Some((len * phase.cos(), len * phase.sin()))
}

/// `abs(a)`
pub fn abs(a: Complex) -> Result<f64, MathError> {
    let size = a.0.hypot(a.1);
    if size.is_infinite() && a.0.is_finite() && a.1.is_finite() {
        return Err(TextError::overflow("absolute value too large").into());
    }
    Ok(size)
}
