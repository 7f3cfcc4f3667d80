//! Complex arithmetic as `Objects/complexobject.c` of CPython 3.13 computes it.
//!
//! Division by Smith's method, powers by repeated multiplication for small integer exponents and in polar form otherwise. The
//! elementary functions are the C library's by way of the standard library.

use super::error::TextError;

/// Real and imaginary part.
pub type Complex = (f64, f64);

/// `left * right`
pub fn multiply(left: Complex, right: Complex) -> Complex {
    (left.0 * right.0 - left.1 * right.1, left.0 * right.1 + left.1 * right.0)
}

/// The quotient; `None` for a divisor of zero.
fn quotient(left: Complex, right: Complex) -> Option<Complex> {
    let (abs_re, abs_im) = (right.0.abs(), right.1.abs());
    if abs_re >= abs_im {
        if abs_re == 0.0 {
            return None;
        }
        let ratio = right.1 / right.0;
        let denominator = right.0 + right.1 * ratio;
        return Some(((left.0 + left.1 * ratio) / denominator, (left.1 - left.0 * ratio) / denominator));
    }
    if abs_im >= abs_re {
        let ratio = right.0 / right.1;
        let denominator = right.0 * ratio + right.1;
        return Some(((left.0 * ratio + left.1) / denominator, (left.1 * ratio - left.0) / denominator));
    }
    Some((f64::NAN, f64::NAN))
}

/// `left / right`
pub fn divide(left: Complex, right: Complex) -> Result<Complex, TextError> {
    quotient(left, right).ok_or_else(|| TextError::zero_division("complex division by zero"))
}

/// `abs(value)`
pub fn absolute(value: Complex) -> Result<f64, TextError> {
    let result = value.0.hypot(value.1);
    if result.is_infinite() && value.0.is_finite() && value.1.is_finite() {
        return Err(TextError::overflow("absolute value too large"));
    }
    Ok(result)
}

fn zero_to_negative() -> TextError {
    TextError::zero_division("0.0 to a negative or complex power")
}

/// `base` to a small integer power; `None` if that divides by zero.
fn integer_power(base: Complex, exponent: i32) -> Option<Complex> {
    let mut result = (1.0, 0.0);
    let mut square = base;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            result = multiply(result, square);
        }
        rest >>= 1;
        square = multiply(square, square);
    }
    if exponent > 0 { Some(result) } else { quotient((1.0, 0.0), result) }
}

fn polar_power(base: Complex, exponent: Complex) -> Option<Complex> {
    if exponent == (0.0, 0.0) {
        return Some((1.0, 0.0));
    }
    if base == (0.0, 0.0) {
        return (exponent.1 == 0.0 && exponent.0 >= 0.0).then_some((0.0, 0.0));
    }
    let modulus = base.0.hypot(base.1);
    let angle = base.1.atan2(base.0);
    let mut length = modulus.powf(exponent.0);
    let mut phase = angle * exponent.0;
    if exponent.1 != 0.0 {
        length /= (angle * exponent.1).exp();
        phase += exponent.1 * modulus.ln();
    }
    // The C library reports a domain error for an infinite phase, which CPython takes for the other one.
    (!phase.is_infinite()).then(|| (length * phase.cos(), length * phase.sin()))
}

/// `base ** exponent`
pub fn power(base: Complex, exponent: Complex) -> Result<Complex, TextError> {
    let small_integer = exponent.1 == 0.0 && exponent.0 == exponent.0.floor() && exponent.0.abs() <= 100.0;
    let result = if small_integer { integer_power(base, exponent.0 as i32) } else { polar_power(base, exponent) };
    let result = result.ok_or_else(zero_to_negative)?;
    if result.0.is_infinite() || result.1.is_infinite() {
        return Err(TextError::overflow("complex exponentiation"));
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(result: &Result<Complex, TextError>, expected: Result<Complex, &str>) -> bool {
        let equal = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        match (result, expected) {
            (Ok(a), Ok(b)) => equal(a.0, b.0) && equal(a.1, b.1),
            (Err(a), Err(b)) => a.message == b,
            _ => false,
        }
    }

    /// Operands and what CPython 3.13 answers to `/` and `**`.
    #[test]
    fn results_are_cpythons() {
        type Row = (Complex, Complex, [Result<Complex, &'static str>; 2]);
        let table: &[Row] = &[
            ((1.0, 2.0), (3.0, -4.0), [Ok((-0.2, 0.4)), Ok((932.1391946432212, 95.9465336603415))]),
            ((1.0, 2.0), (2.0, 0.0), [Ok((0.5, 1.0)), Ok((-3.0, 4.0))]),
            ((0.0, 1.0), (0.0, 0.0), [Err("complex division by zero"), Ok((1.0, 0.0))]),
            ((0.0, 0.0), (-1.0, 0.0), [Ok((-0.0, -0.0)), Err("0.0 to a negative or complex power")]),
            ((0.0, 0.0), (0.0, 1.0), [Ok((0.0, 0.0)), Err("0.0 to a negative or complex power")]),
            ((0.0, 0.0), (0.0, 0.0), [Err("complex division by zero"), Ok((1.0, 0.0))]),
            ((2.0, 3.0), (0.5, 1.0), [Ok((3.2, -0.4)), Ok((-0.14332822881609453, 0.6960599701108857))]),
            ((-8.0, 0.0), (0.3333333333333333, 0.0), [Ok((-24.0, 0.0)), Ok((1.0000000000000002, 1.7320508075688772))]),
            ((1e+200, 1e+200), (2.0, 0.0), [Ok((5e+199, 5e+199)), Ok((f64::NAN, f64::NAN))]),
            ((1.0, 1.0), (100.0, 0.0), [Ok((0.01, 0.01)), Ok((-1125899906842624.0, 0.0))]),
            ((1.0, 1.0), (-3.0, 0.0), [Ok((-0.3333333333333333, -0.3333333333333333)), Ok((-0.25, -0.25))]),
            (
                (1.0, f64::INFINITY),
                (0.0, 1.0),
                [Ok((f64::INFINITY, f64::NAN)), Err("0.0 to a negative or complex power")],
            ),
        ];
        for &(left, right, expected) in table {
            for (result, expected) in [divide(left, right), power(left, right)].iter().zip(expected) {
                assert!(same(result, expected), "{left:?} {right:?} {result:?} {expected:?}");
            }
        }
        assert_eq!(multiply((1.0, 2.0), (3.0, -4.0)), (11.0, 2.0));
        assert_eq!(absolute((3.0, -4.0)), Ok(5.0));
        assert_eq!(absolute((1e308, 1.5e308)).unwrap_err().message, "absolute value too large");
    }
}
