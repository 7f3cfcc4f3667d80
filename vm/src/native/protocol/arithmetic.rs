//! The binary operators.
//!
//! Builtin numbers are computed at once; everything else goes the way of `Objects/abstract.c`: the reflected method of a
//! derived right operand first, then the left operand's method, then the right's; concatenation and repetition of
//! sequences after all of these; in-place methods before them. Only the way in which methods are found differs: by the
//! name in the type, where CPython has slots.

use super::numbers::{Number, number};
use crate::code::BinaryOperator;
use crate::names::name;
use crate::native::cx::INT_BITS_MAX;
use crate::native::registry::native;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::builtin::class_id as c;
use crate::text::bigint::{self, Bitwise};
use crate::text::float_ops::{self, Power};
use crate::text::int_float::{int_to_float, true_divide};
use crate::text::{ErrorKind, Int, TextError, complex_ops};
use crate::value::{ObjId, Value};
use BinaryOperator as Op;

/// The result of arithmetic on builtin numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Computed {
    /// `int`
    Int(Int),
    /// `bool`
    Bool(bool),
    /// `float`
    Float(f64),
    /// `complex`
    Complex(f64, f64),
    /// These numbers do not have this operator.
    NotImplemented,
}

impl Number<'_> {
    /// As a float; complex numbers are the caller's to keep away.
    ///
    /// # Errors
    /// OverflowError for huge integers.
    pub fn to_float(self) -> Result<f64, TextError> {
        match self {
            Number::Int(n) => int_to_float(n),
            Number::Float(f) => Ok(f),
            Number::Complex(re, _) => Ok(re),
        }
    }

    fn to_complex(self) -> Result<(f64, f64), TextError> {
        match self {
            Number::Complex(re, im) => Ok((re, im)),
            real => Ok((real.to_float()?, 0.0)),
        }
    }
}

/// The names of an operator's methods: plain, reflected, in-place.
pub const fn method_names(op: Op) -> (ObjId, ObjId, ObjId) {
    match op {
        Op::Add | Op::InplaceAdd => (name::ADD, name::RADD, name::IADD),
        Op::And | Op::InplaceAnd => (name::AND, name::RAND, name::IAND),
        Op::FloorDivide | Op::InplaceFloorDivide => (name::FLOORDIV, name::RFLOORDIV, name::IFLOORDIV),
        Op::Lshift | Op::InplaceLshift => (name::LSHIFT, name::RLSHIFT, name::ILSHIFT),
        Op::MatrixMultiply | Op::InplaceMatrixMultiply => (name::MATMUL, name::RMATMUL, name::IMATMUL),
        Op::Multiply | Op::InplaceMultiply => (name::MUL, name::RMUL, name::IMUL),
        Op::Remainder | Op::InplaceRemainder => (name::MOD, name::RMOD, name::IMOD),
        Op::Or | Op::InplaceOr => (name::OR, name::ROR, name::IOR),
        Op::Power | Op::InplacePower => (name::POW, name::RPOW, name::IPOW),
        Op::Rshift | Op::InplaceRshift => (name::RSHIFT, name::RRSHIFT, name::IRSHIFT),
        Op::Subtract | Op::InplaceSubtract => (name::SUB, name::RSUB, name::ISUB),
        Op::TrueDivide | Op::InplaceTrueDivide => (name::TRUEDIV, name::RTRUEDIV, name::ITRUEDIV),
        Op::Xor | Op::InplaceXor => (name::XOR, name::RXOR, name::IXOR),
    }
}

/// A plain operator on two builtin numbers.
///
/// # Errors
/// ZeroDivisionError, OverflowError, ValueError, MemoryError as the operator has it.
pub fn compute(op: Op, a: Number<'_>, b: Number<'_>) -> Result<Computed, TextError> {
    match (a, b) {
        (Number::Int(_), Number::Int(_)) => compute_ints(op, a, b),
        (Number::Complex(..), _) | (_, Number::Complex(..)) => compute_complex(op, a, b),
        _ => match op {
            Op::Add | Op::Subtract | Op::Multiply | Op::TrueDivide | Op::FloorDivide | Op::Remainder | Op::Power => {
                compute_floats(op, a.to_float()?, b.to_float()?)
            }
            _ => Ok(Computed::NotImplemented),
        },
    }
}

fn compute_ints(op: Op, a: Number<'_>, b: Number<'_>) -> Result<Computed, TextError> {
    let (Number::Int(x), Number::Int(y)) = (a, b) else { return Ok(Computed::NotImplemented) };
    let result = match op {
        Op::Add => bigint::add(x, y),
        Op::Subtract => bigint::subtract(x, y),
        Op::Multiply => bigint::multiply(x, y, INT_BITS_MAX)?,
        Op::FloorDivide => bigint::floor_divide(x, y)?,
        Op::Remainder => bigint::modulo(x, y)?,
        Op::Lshift => bigint::shift_left(x, y, INT_BITS_MAX)?,
        Op::Rshift => bigint::shift_right(x, y)?,
        Op::And => bigint::bitwise(Bitwise::And, x, y),
        Op::Or => bigint::bitwise(Bitwise::Or, x, y),
        Op::Xor => bigint::bitwise(Bitwise::Xor, x, y),
        Op::TrueDivide => return Ok(Computed::Float(true_divide(x, y)?)),
        Op::Power if y.is_negative() => return compute_floats(Op::Power, a.to_float()?, b.to_float()?),
        Op::Power => bigint::power(x, y, INT_BITS_MAX)?,
        _ => return Ok(Computed::NotImplemented),
    };
    Ok(Computed::Int(result))
}

/// An operator on two floats.
///
/// # Errors
/// ZeroDivisionError and OverflowError.
#[inline]
pub fn compute_floats(op: Op, a: f64, b: f64) -> Result<Computed, TextError> {
    let result = match op {
        Op::Add => a + b,
        Op::Subtract => a - b,
        Op::Multiply => a * b,
        Op::TrueDivide => float_ops::divide(a, b)?,
        Op::FloorDivide => float_ops::floor_divide(a, b)?,
        Op::Remainder => float_ops::modulo(a, b)?,
        Op::Power => match float_ops::power(a, b)? {
            Power::Real(power) => power,
            Power::Complex => {
                let (re, im) = complex_ops::power((a, 0.0), (b, 0.0))?;
                return Ok(Computed::Complex(re, im));
            }
        },
        _ => return Ok(Computed::NotImplemented),
    };
    Ok(Computed::Float(result))
}

fn compute_complex(op: Op, a: Number<'_>, b: Number<'_>) -> Result<Computed, TextError> {
    if !matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::TrueDivide | Op::Power) {
        return Ok(Computed::NotImplemented);
    }
    let (a, b) = (a.to_complex()?, b.to_complex()?);
    let (re, im) = match op {
        Op::Add => (a.0 + b.0, a.1 + b.1),
        Op::Subtract => (a.0 - b.0, a.1 - b.1),
        Op::Multiply => complex_ops::multiply(a, b),
        Op::TrueDivide => complex_ops::divide(a, b)?,
        _ => complex_ops::power(a, b)?,
    };
    Ok(Computed::Complex(re, im))
}

impl Cx<'_> {
    /// `a op b`, in place for the in-place operators.
    ///
    /// # Errors
    /// TypeError when no type supports it, and those of the operation.
    pub fn binary(&mut self, op: BinaryOperator, a: Value, b: Value) -> NativeResult {
        let (plain, in_place) = op.plain();
        if let (Some(_), Some(_)) = (number(&self.vm.heap, a), number(&self.vm.heap, b)) {
            let answer = self.number_binary(plain, a, b)?;
            if answer != Value::NotImplemented {
                return Ok(answer);
            }
            return Err(self.unsupported(op, a, b));
        }
        let (forward, reflected, own) = method_names(plain);
        if in_place && let Some(method) = self.lookup_special(a, own).filter(|m| !is_sequence_slot(plain, *m)) {
            let answer = self.call_found(method, a, &[b])?;
            if answer != Value::NotImplemented {
                return Ok(self.whole_again(a, answer));
            }
        }
        let answer = self.binary_by_slots((forward, reflected), a, b, |cx, a, b| cx.number_binary(plain, a, b))?;
        if answer != Value::NotImplemented {
            return Ok(answer);
        }
        let answer = self.sequence_binary(plain, in_place, a, b)?;
        if answer != Value::NotImplemented {
            return Ok(answer);
        }
        Err(self.unsupported(op, a, b))
    }

    /// The operator on two builtin numbers; `NotImplemented` if one is none.
    ///
    /// # Errors
    /// Those of the operation.
    pub fn number_binary(&mut self, op: BinaryOperator, a: Value, b: Value) -> NativeResult {
        if let (Value::Bool(x), Value::Bool(y)) = (a, b) {
            match op {
                Op::And => return Ok(Value::Bool(x & y)),
                Op::Or => return Ok(Value::Bool(x | y)),
                Op::Xor => return Ok(Value::Bool(x ^ y)),
                _ => {}
            }
        }
        let (Some(x), Some(y)) = (number(&self.vm.heap, a), number(&self.vm.heap, b)) else {
            return Ok(Value::NotImplemented);
        };
        match compute(op, x, y) {
            Ok(computed) => Ok(self.make(computed)),
            Err(error) => Err(self.math_error(error)),
        }
    }

    /// A computed number as a value.
    pub fn make(&mut self, computed: Computed) -> Value {
        match computed {
            Computed::Int(n) => self.from_int(n),
            Computed::Bool(b) => Value::Bool(b),
            Computed::Float(f) => Value::Float(f),
            Computed::Complex(re, im) => self.vm.heap.new_complex(re, im),
            Computed::NotImplemented => Value::NotImplemented,
        }
    }

    /// The exception of an arithmetic error. That of a power out of range has two arguments.
    pub fn math_error(&mut self, error: TextError) -> Box<Stop> {
        if error.kind == ErrorKind::OverflowError && error.message.starts_with("(34, ") {
            let text = self.vm.heap.new_str("Numerical result out of range");
            return self.raise_with(c::OVERFLOW_ERROR, vec![Value::Int(34), text]);
        }
        self.text_error(error)
    }

    /// `binary_op1` of CPython: forward and reflected methods of the two types in the right order. `native` computes for
    /// builtin numbers. The result may be `NotImplemented`.
    ///
    /// # Errors
    /// Those of the methods.
    pub fn binary_by_slots(
        &mut self,
        (forward, reflected): (ObjId, ObjId),
        a: Value,
        b: Value,
        native: impl Fn(&mut Self, Value, Value) -> NativeResult,
    ) -> NativeResult {
        let (inner_a, inner_b) = (self.vm.heap.unwrap_payload(a), self.vm.heap.unwrap_payload(b));
        let (class_a, class_b) = (self.vm.heap.class_of(a), self.vm.heap.class_of(b));
        let numbers = number(&self.vm.heap, inner_a).is_some() && number(&self.vm.heap, inner_b).is_some();
        let forward_method = self.vm.heap.lookup(class_a, forward).filter(|m| !is_any_sequence_slot(forward, *m));
        let mut reflected_method = None;
        if class_a != class_b {
            reflected_method = self.vm.heap.lookup(class_b, reflected).filter(|m| !is_any_sequence_slot(forward, *m));
        }
        let run = |cx: &mut Self, method: Value, receiver: Value, other: Value, swapped: bool| match method {
            Value::Native(_) if numbers && swapped => native(cx, inner_a, inner_b),
            Value::Native(_) if numbers => native(cx, inner_a, inner_b),
            _ => cx.call_found(method, receiver, &[other]),
        };
        if let Some(method) = reflected_method {
            let overridden = self.vm.heap.lookup(class_a, reflected) != Some(method);
            if self.vm.heap.is_subclass(class_b, class_a) && overridden {
                let answer = run(self, method, b, a, true)?;
                if answer != Value::NotImplemented {
                    return Ok(answer);
                }
                reflected_method = None;
            }
        }
        if let Some(method) = forward_method {
            let answer = run(self, method, a, b, false)?;
            if answer != Value::NotImplemented {
                return Ok(answer);
            }
        }
        match reflected_method {
            Some(method) => run(self, method, b, a, true),
            None => Ok(Value::NotImplemented),
        }
    }

    /// The TypeError of an operator that the types do not have.
    fn unsupported(&mut self, op: BinaryOperator, a: Value, b: Value) -> Box<Stop> {
        let shown = match op {
            Op::Power => "** or pow()",
            op => op.text(),
        };
        let (left, right) = (self.type_name(a), self.type_name(b));
        let hint = match (op, a) {
            (Op::Rshift, Value::Native(id)) if native(id).def.name == "print" && native(id).owner.is_none() => {
                ". Did you mean \"print(<message>, file=<output_stream>)\"?"
            }
            _ => "",
        };
        self.type_error(format!("unsupported operand type(s) for {shown}: '{left}' and '{right}'{hint}"))
    }
}

/// Builtin classes whose `+` and `*` are concatenation and repetition: CPython tries these after all number methods.
const SEQUENCES: [ObjId; 6] = [c::STR, c::BYTES, c::BYTEARRAY, c::LIST, c::TUPLE, c::DEQUE];

fn is_sequence_slot(op: Op, method: Value) -> bool {
    matches!(op, Op::Add | Op::Multiply) && is_method_of_sequence(method)
}

fn is_any_sequence_slot(forward: ObjId, method: Value) -> bool {
    (forward == name::ADD || forward == name::MUL) && is_method_of_sequence(method)
}

fn is_method_of_sequence(method: Value) -> bool {
    matches!(method, Value::Native(id) if native(id).owner.is_some_and(|owner| SEQUENCES.contains(&owner)))
}
