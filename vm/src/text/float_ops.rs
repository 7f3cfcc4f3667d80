//! Float arithmetic that is more than a machine instruction: floor division, modulo, powers.
//!
//! As `Objects/floatobject.c` of CPython 3.13, messages included. Powers are the C library's `pow` by way of the standard library.

use super::error::TextError;

/// `left / right`
pub fn divide(left: f64, right: f64) -> Result<f64, TextError> {
    if right == 0.0 {
        return Err(TextError::zero_division("float division by zero"));
    }
    Ok(left / right)
}

/// Quotient and remainder of a floor division by a divisor that is not zero.
fn floor_div_mod(left: f64, right: f64) -> (f64, f64) {
    let mut remainder = left % right;
    // Not left / right: this is exact up to rounding of the quotient.
    let mut quotient = (left - remainder) / right;
    if remainder == 0.0 {
        remainder = 0.0f64.copysign(right);
    } else if (right < 0.0) != (remainder < 0.0) {
        remainder += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0f64.copysign(left / right), remainder);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, remainder)
}

/// `left // right`
pub fn floor_divide(left: f64, right: f64) -> Result<f64, TextError> {
    if right == 0.0 {
        return Err(TextError::zero_division("float floor division by zero"));
    }
    Ok(floor_div_mod(left, right).0)
}

/// `left % right`
pub fn modulo(left: f64, right: f64) -> Result<f64, TextError> {
    if right == 0.0 {
        return Err(TextError::zero_division("float modulo by zero"));
    }
    Ok(floor_div_mod(left, right).1)
}

/// `divmod(left, right)`
pub fn divide_modulo(left: f64, right: f64) -> Result<(f64, f64), TextError> {
    if right == 0.0 {
        return Err(TextError::zero_division("float divmod()"));
    }
    Ok(floor_div_mod(left, right))
}

/// Result of a power of floats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Power {
    /// A float.
    Real(f64),
    /// The base is negative and the exponent no integer: the result is complex, see `complex_ops::power`.
    Complex,
}

/// `base ** exponent`
pub fn power(base: f64, exponent: f64) -> Result<Power, TextError> {
    if exponent == 0.0 || base == 1.0 {
        return Ok(Power::Real(1.0));
    }
    if base.is_nan() || exponent.is_nan() || base.is_infinite() || exponent.is_infinite() {
        return Ok(Power::Real(base.powf(exponent)));
    }
    if base == 0.0 && exponent < 0.0 {
        return Err(TextError::zero_division("0.0 cannot be raised to a negative power"));
    }
    if base < 0.0 && exponent != exponent.floor() {
        return Ok(Power::Complex);
    }
    let result = base.powf(exponent);
    if result.is_infinite() {
        // The exception's arguments are the pair (34, 'Numerical result out of range'); this is their text.
        return Err(TextError::overflow("(34, 'Numerical result out of range')"));
    }
    Ok(Power::Real(result))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(result: &Result<f64, TextError>, expected: Result<f64, &str>) -> bool {
        match (result, expected) {
            (Ok(a), Ok(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
            (Err(a), Err(b)) => a.message == b,
            _ => false,
        }
    }

    /// Operands and what CPython 3.13 answers to `//`, `%` and `/`.
    #[test]
    fn divisions_are_cpythons() {
        type Row = (f64, f64, [Result<f64, &'static str>; 3]);
        let table: &[Row] = &[
            (7.0, 2.0, [Ok(3.0), Ok(1.0), Ok(3.5)]),
            (-7.0, 2.0, [Ok(-4.0), Ok(1.0), Ok(-3.5)]),
            (7.0, -2.0, [Ok(-4.0), Ok(-1.0), Ok(-3.5)]),
            (-0.0, 3.0, [Ok(-0.0), Ok(0.0), Ok(-0.0)]),
            (0.0, -3.0, [Ok(-0.0), Ok(-0.0), Ok(-0.0)]),
            (1.0, 0.1, [Ok(9.0), Ok(0.09999999999999995), Ok(10.0)]),
            (0.3, 0.1, [Ok(2.0), Ok(0.09999999999999998), Ok(2.9999999999999996)]),
            (1e+300, 1e-05, [Ok(1e+305), Ok(6.148232504163852e-06), Ok(1e+305)]),
            (5.5, f64::INFINITY, [Ok(0.0), Ok(5.5), Ok(0.0)]),
            (-5.5, f64::INFINITY, [Ok(-1.0), Ok(f64::INFINITY), Ok(-0.0)]),
            (f64::INFINITY, 2.0, [Ok(f64::NAN), Ok(f64::NAN), Ok(f64::INFINITY)]),
            (
                2.0,
                0.0,
                [Err("float floor division by zero"), Err("float modulo by zero"), Err("float division by zero")],
            ),
            (
                -2.0,
                0.0,
                [Err("float floor division by zero"), Err("float modulo by zero"), Err("float division by zero")],
            ),
        ];
        for &(left, right, expected) in table {
            let results = [floor_divide(left, right), modulo(left, right), divide(left, right)];
            for (result, expected) in results.iter().zip(expected) {
                assert!(same(result, expected), "{left} {right} {result:?} {expected:?}");
            }
            match divide_modulo(left, right) {
                Ok((quotient, remainder)) => {
                    assert!(same(&Ok(quotient), expected[0]) && same(&Ok(remainder), expected[1]));
                }
                Err(error) => assert_eq!(error.message, "float divmod()"),
            }
        }
    }

    /// Operands and what CPython 3.13 answers to `**`.
    #[test]
    fn powers_are_cpythons() {
        type Row = (f64, f64, Result<f64, &'static str>);
        let table: &[Row] = &[
            (6.25, 0.5, Ok(2.5)),
            (2.0, -1.0, Ok(0.5)),
            (0.0, -1.0, Err("0.0 cannot be raised to a negative power")),
            (0.0, 0.0, Ok(1.0)),
            (f64::NAN, 0.0, Ok(1.0)),
            (1.0, f64::NAN, Ok(1.0)),
            (-1.0, f64::INFINITY, Ok(1.0)),
            (10.0, 400.0, Err("(34, 'Numerical result out of range')")),
            (10.0, -400.0, Ok(0.0)),
            (-8.0, 3.0, Ok(-512.0)),
            (f64::NEG_INFINITY, 3.0, Ok(f64::NEG_INFINITY)),
            (0.5, f64::NEG_INFINITY, Ok(f64::INFINITY)),
        ];
        for &(base, exponent, expected) in table {
            let result = power(base, exponent).map(|power| match power {
                Power::Real(value) => value,
                Power::Complex => panic!("{base} ** {exponent}"),
            });
            assert!(same(&result, expected), "{base} {exponent} {result:?}");
        }
        assert_eq!(power(-8.0, 0.5), Ok(Power::Complex));
    }
}
