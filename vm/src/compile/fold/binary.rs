//! Binary operators on constants.

use super::{as_integer, numbers, sequences};
use crate::code::Const;

use ruff_python_ast::Operator;

/// The value of `left op right`, if CPython computes it at compile time.
pub(super) fn fold(left: &Const, op: Operator, right: &Const) -> Option<Const> {
    if let (Some(a), Some(b)) = (as_integer(left), as_integer(right)) {
        if let (Const::Bool(a), Const::Bool(b)) = (left, right) {
            match op {
                Operator::BitAnd => return Some(Const::Bool(a & b)),
                Operator::BitOr => return Some(Const::Bool(a | b)),
                Operator::BitXor => return Some(Const::Bool(a ^ b)),
                _ => {}
            }
        }
        return numbers::integers(&a, op, &b);
    }
    if let (Some(a), Some(b)) = (numbers::as_float(left), numbers::as_float(right)) {
        return numbers::floats(a, op, b);
    }
    if let (Some(a), Some(b)) = (numbers::as_complex(left), numbers::as_complex(right)) {
        return numbers::complexes(a, op, b);
    }
    match op {
        Operator::Add => sequences::concatenate(left, right),
        Operator::Mult => sequences::repeat(left, right),
        _ => None,
    }
}
