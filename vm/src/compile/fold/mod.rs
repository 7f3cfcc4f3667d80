//! Constant folding on the syntax tree: the value of an expression that CPython 3.13 computes at compile time.
//!
//! Follows `Python/ast_opt.c`: operators on constants with its size limits, tuples and subscripts of constants, `__debug__`.
//! What would raise is left to run time.

mod binary;
mod numbers;
mod sequences;

use super::literals;
use crate::code::Const;

use num_bigint::BigInt;
use num_traits::One;
use ruff_python_ast::{Expr, ExprContext, UnaryOp};

/// The constant that an expression is, if it is one.
pub(super) fn fold(expression: &Expr) -> Option<Const> {
    match expression {
        Expr::BinOp(node) => {
            let left = nested(&node.left)?;
            binary::fold(&left, node.op, &nested(&node.right)?)
        }
        Expr::UnaryOp(node) => unary(node.op, &nested(&node.operand)?),
        Expr::Tuple(node) if node.ctx == ExprContext::Load => {
            node.elts.iter().map(nested).collect::<Option<Vec<_>>>().map(Const::Tuple)
        }
        Expr::Subscript(node) if node.ctx == ExprContext::Load => {
            let container = nested(&node.value)?;
            sequences::subscript(&container, &nested(&node.slice)?)
        }
        Expr::Name(node) if node.ctx == ExprContext::Load && node.id == "__debug__" => Some(Const::Bool(true)),
        _ => literals::literal(expression),
    }
}

fn nested(expression: &Expr) -> Option<Const> {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || fold(expression))
}

fn unary(op: UnaryOp, operand: &Const) -> Option<Const> {
    if op == UnaryOp::Not {
        return Some(Const::Bool(!operand.is_true()));
    }
    match operand {
        Const::Float(value) => match op {
            UnaryOp::USub => Some(Const::Float(-value)),
            UnaryOp::UAdd => Some(Const::Float(*value)),
            _ => None,
        },
        Const::Complex(real, imaginary) => match op {
            UnaryOp::USub => Some(Const::Complex(-real, -imaginary)),
            UnaryOp::UAdd => Some(operand.clone()),
            _ => None,
        },
        _ => {
            let value = as_integer(operand)?;
            Some(literals::integer_constant(match op {
                UnaryOp::USub => -value,
                UnaryOp::Invert => -(value + BigInt::one()),
                _ => value,
            }))
        }
    }
}

/// An int or bool as an integer.
fn as_integer(constant: &Const) -> Option<BigInt> {
    match constant {
        Const::Bool(value) => Some(BigInt::from(u8::from(*value))),
        Const::Int(value) => Some(BigInt::from(*value)),
        Const::BigInt(value) => Some(value.clone()),
        _ => None,
    }
}

/// A frozen set of constants: equal ones once, the first staying.
pub(super) fn frozen_set(items: Vec<Const>) -> Const {
    Const::FrozenSet(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        let parsed = ruff_python_parser::parse_expression(text).unwrap();
        fold(parsed.expr()).map(|constant| crate::code::const_repr::constant_repr(&constant))
    }

    #[test]
    fn operators_on_constants_are_computed() {
        let table = [
            ("1 + 2 * 3", "7"),
            ("-1", "-1"),
            ("~5", "-6"),
            ("not ''", "True"),
            ("'a' + 'b' * 3", "'abbb'"),
            ("(1, 2) + (3,)", "(1, 2, 3)"),
            ("7 // -2", "-4"),
            ("7 % -2", "-1"),
            ("-7.5 % 2", "0.5"),
            ("7.5 // 2", "3.0"),
            ("1 / 4", "0.25"),
            ("2 ** 60", "1152921504606846976"),
            ("2 ** -1", "0.5"),
            ("1 << 10", "1024"),
            ("True + True", "2"),
            ("True & False", "False"),
            ("3 & 1.0", ""),
            ("1 + 2j", "(1+2j)"),
            ("'abc'[1]", "'b'"),
            ("(1, 2)[-1]", "2"),
            ("b'ab'[0]", "97"),
            ("__debug__", "True"),
        ];
        for (text, expected) in table {
            assert_eq!(value(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn what_raises_or_is_large_is_left_alone() {
        let table = [
            "1 / 0",
            "1 % 0",
            "1 << 1000",
            "2 ** 100",
            "'a' * 5000",
            "'%d' % 1",
            "(1, 2)[5]",
            "1 << -1",
            "x + 1",
            "[1]",
        ];
        for text in table {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
