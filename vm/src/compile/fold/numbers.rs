//! Arithmetic on integer, float and complex constants, with CPython's limits on the size of folded integers.

use super::super::literals::integer_constant;
use crate::code::Const;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Pow, ToPrimitive, Zero};
use ruff_python_ast::Operator;

/// Largest folded result of `*`, `**` and `<<`, in bits.
const INTEGER_BITS_MAX: u64 = 128;

/// Operators on integers.
pub(super) fn integers(a: &BigInt, op: Operator, b: &BigInt) -> Option<Const> {
    let result = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult if a.bits() + b.bits() <= INTEGER_BITS_MAX || a.is_zero() || b.is_zero() => a * b,
        Operator::FloorDiv if !b.is_zero() => a.div_floor(b),
        Operator::Mod if !b.is_zero() => a.mod_floor(b),
        Operator::Div => return integer_quotient(a, b),
        Operator::Pow => return integer_power(a, b),
        Operator::LShift => return left_shift(a, b),
        Operator::RShift => right_shift(a, b)?,
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::BitAnd => a & b,
        _ => return None,
    };
    Some(integer_constant(result))
}

/// True division, left to run time unless both operands are exact as floats.
fn integer_quotient(a: &BigInt, b: &BigInt) -> Option<Const> {
    const EXACT_BITS: u64 = 53;
    if b.is_zero() || a.bits() > EXACT_BITS || b.bits() > EXACT_BITS {
        return None;
    }
    Some(Const::Float(a.to_f64()? / b.to_f64()?))
}

fn integer_power(a: &BigInt, b: &BigInt) -> Option<Const> {
    if b.sign() == Sign::Minus {
        return floats(a.to_f64()?, Operator::Pow, b.to_f64()?);
    }
    let exponent = b.to_u64()?;
    if !a.is_zero() && exponent > 0 && a.bits() > INTEGER_BITS_MAX / exponent {
        return None;
    }
    Some(integer_constant(Pow::pow(a, u32::try_from(exponent).ok()?)))
}

fn left_shift(a: &BigInt, b: &BigInt) -> Option<Const> {
    let shift = b.to_u64()?;
    if !a.is_zero() && shift > 0 && (shift > INTEGER_BITS_MAX || a.bits() > INTEGER_BITS_MAX - shift) {
        return None;
    }
    Some(integer_constant(if a.is_zero() { BigInt::zero() } else { a << shift }))
}

fn right_shift(a: &BigInt, b: &BigInt) -> Option<BigInt> {
    if b.sign() == Sign::Minus {
        return None;
    }
    Some(match b.to_u64().filter(|&shift| shift <= a.bits()) {
        Some(shift) => a >> shift,
        None if a.sign() == Sign::Minus => BigInt::from(-1),
        None => BigInt::zero(),
    })
}

/// A real number as a float, if one of the operands may be meant as a float.
pub(super) fn as_float(constant: &Const) -> Option<f64> {
    match constant {
        Const::Float(value) => Some(*value),
        _ => super::as_integer(constant).filter(|value| value.bits() <= 1023)?.to_f64(),
    }
}

/// Operators on floats.
pub(super) fn floats(a: f64, op: Operator, b: f64) -> Option<Const> {
    let result = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        Operator::FloorDiv if b != 0.0 => divide(a, b).0,
        Operator::Mod if b != 0.0 => divide(a, b).1,
        Operator::Pow => power(a, b)?,
        _ => return None,
    };
    Some(Const::Float(result))
}

/// Python's `divmod` of floats: the quotient rounded down, the remainder with the sign of the divisor.
fn divide(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder != 0.0 {
        if (b < 0.0) != (remainder < 0.0) {
            remainder += b;
            quotient -= 1.0;
        }
    } else {
        remainder = 0.0_f64.copysign(b);
    }
    let floor = if quotient == 0.0 {
        0.0_f64.copysign(a / b)
    } else if quotient - quotient.floor() > 0.5 {
        quotient.floor() + 1.0
    } else {
        quotient.floor()
    };
    (floor, remainder)
}

/// A finite real power of finite numbers; what raises or is complex is left to run time.
fn power(a: f64, b: f64) -> Option<f64> {
    if (a == 0.0 && b < 0.0) || (a < 0.0 && b.floor() != b) {
        return None;
    }
    let result = a.powf(b);
    (result.is_finite() && a.is_finite() && b.is_finite()).then_some(result)
}

/// A number as a complex number.
pub(super) fn as_complex(constant: &Const) -> Option<(f64, f64)> {
    match constant {
        Const::Complex(real, imaginary) => Some((*real, *imaginary)),
        _ => as_float(constant).map(|real| (real, 0.0)),
    }
}

/// Sums, differences and products of complex numbers; the rest is left to run time.
pub(super) fn complexes(a: (f64, f64), op: Operator, b: (f64, f64)) -> Option<Const> {
    let (real, imaginary) = match op {
        Operator::Add => (a.0 + b.0, a.1 + b.1),
        Operator::Sub => (a.0 - b.0, a.1 - b.1),
        Operator::Mult => (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0),
        _ => return None,
    };
    Some(Const::Complex(real, imaginary))
}
