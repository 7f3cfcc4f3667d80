//! The unary operators, and `abs`.

use super::numbers::{Number, number};
use crate::names::name;
use crate::native::{Cx, NativeResult};
use crate::text::{Int, IntRef, bigint, complex_ops};
use crate::value::{ObjId, Value};

/// A unary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOperator {
    /// `-a`
    Negative,
    /// `+a`
    Positive,
    /// `~a`
    Invert,
    /// `abs(a)`
    Abs,
}

impl UnaryOperator {
    /// Its special method.
    pub fn method(self) -> ObjId {
        match self {
            UnaryOperator::Negative => name::NEG,
            UnaryOperator::Positive => name::POS,
            UnaryOperator::Invert => name::INVERT,
            UnaryOperator::Abs => name::ABS,
        }
    }

    fn shown(self) -> &'static str {
        match self {
            UnaryOperator::Negative => "unary -",
            UnaryOperator::Positive => "unary +",
            UnaryOperator::Invert => "unary ~",
            UnaryOperator::Abs => "abs()",
        }
    }
}

fn of_int(op: UnaryOperator, n: IntRef<'_>) -> Int {
    match op {
        UnaryOperator::Positive => n.to_int(),
        UnaryOperator::Negative => bigint::negate(n),
        UnaryOperator::Invert => bigint::invert(n),
        UnaryOperator::Abs => bigint::absolute(n),
    }
}

fn of_float(op: UnaryOperator, f: f64) -> Option<f64> {
    match op {
        UnaryOperator::Negative => Some(-f),
        UnaryOperator::Positive => Some(f),
        UnaryOperator::Abs => Some(f.abs()),
        UnaryOperator::Invert => None,
    }
}

impl Cx<'_> {
    /// `op a`
    ///
    /// # Errors
    /// TypeError when the type does not support it, and those of the method.
    pub fn unary(&mut self, op: UnaryOperator, a: Value) -> NativeResult {
        if let Some(result) = self.unary_native(op, a)? {
            return Ok(result);
        }
        if let Some(method) = self.lookup_special(a, op.method()) {
            return match self.vm.heap.unwrap_payload(a) {
                inner if !Self::is_python_method(method) && inner != a => self.unary(op, inner),
                _ => self.call_found(method, a, &[]),
            };
        }
        let message = format!("bad operand type for {}: '{}'", op.shown(), self.type_name(a));
        Err(self.type_error(message))
    }

    /// `op a` of a builtin number; `None` for anything else, and where the number does not have the operator.
    ///
    /// # Errors
    /// OverflowError of `abs` of a complex number.
    pub fn unary_native(&mut self, op: UnaryOperator, a: Value) -> Result<Option<Value>, Box<crate::native::Stop>> {
        let result = match number(&self.vm.heap, a) {
            Some(Number::Int(n)) => {
                let n = of_int(op, n);
                Some(self.from_int(n))
            }
            Some(Number::Float(f)) => of_float(op, f).map(Value::Float),
            Some(Number::Complex(re, im)) => match op {
                UnaryOperator::Negative => Some(self.vm.heap.new_complex(-re, -im)),
                UnaryOperator::Positive => Some(a),
                UnaryOperator::Abs => {
                    Some(Value::Float(complex_ops::absolute((re, im)).map_err(|e| self.math_error(e))?))
                }
                UnaryOperator::Invert => None,
            },
            None => None,
        };
        Ok(result)
    }
}
