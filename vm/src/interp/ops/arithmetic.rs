//! Operators and comparisons: small integers and floats here, everything else by protocol.

use super::slow;
use crate::code::{BinaryOperator, Comparison};
use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::Body;
use crate::value::Value;

/// The numbers of `BinaryOperator`, plain and in-place, for matching on the operand.
mod number {
    use super::BinaryOperator as B;
    pub const ADD: u32 = B::Add as u32;
    pub const SUB: u32 = B::Subtract as u32;
    pub const MUL: u32 = B::Multiply as u32;
    pub const AND: u32 = B::And as u32;
    pub const OR: u32 = B::Or as u32;
    pub const XOR: u32 = B::Xor as u32;
    pub const MOD: u32 = B::Remainder as u32;
    pub const FLOOR: u32 = B::FloorDivide as u32;
    pub const SHR: u32 = B::Rshift as u32;
    pub const DIV: u32 = B::TrueDivide as u32;
    pub const IN_PLACE: u32 = B::InplaceAdd as u32;
}

impl Vm {
    /// BINARY_OP
    #[inline]
    pub(crate) fn op_binary(&mut self, t: &mut GreenThread, arg: u32) -> Body {
        let top = t.stack.len() - 1;
        let (a, b) = (t.stack[top - 1], t.stack[top]);
        let plain = if arg >= number::IN_PLACE { arg - number::IN_PLACE } else { arg };
        let result = match (a, b) {
            (Value::Int(x), Value::Int(y)) => int_operation(plain, x, y),
            (Value::Float(x), Value::Float(y)) => float_operation(plain, x, y),
            (Value::Float(x), Value::Int(y)) if y.unsigned_abs() < 1 << 53 => float_operation(plain, x, y as f64),
            (Value::Int(x), Value::Float(y)) if x.unsigned_abs() < 1 << 53 => float_operation(plain, x as f64, y),
            _ => None,
        };
        if let Some(value) = result {
            t.stack.truncate(top);
            t.stack[top - 1] = value;
            return Ok(());
        }
        t.drop_top(2);
        self.direct(t, &slow::BINARY, &[Value::Int(i64::from(arg)), a, b], After::Push)
    }

    /// COMPARE_OP
    #[inline]
    pub(crate) fn op_compare(&mut self, t: &mut GreenThread, arg: u32) -> Body {
        let (a, b) = t.pop_two();
        let order = match (a, b) {
            (Value::Int(x), Value::Int(y)) => Some(x.cmp(&y)),
            (Value::Float(x), Value::Float(y)) => x.partial_cmp(&y),
            _ => None,
        };
        if let Some(order) = order {
            // The low bits of the operand are the outcomes for which the comparison holds: 2 less, 4 greater, 8 equal.
            let outcome = match order {
                std::cmp::Ordering::Less => 2,
                std::cmp::Ordering::Greater => 4,
                std::cmp::Ordering::Equal => 8,
            };
            t.stack.push(Value::Bool(arg & outcome != 0));
            return Ok(());
        }
        self.compare_slow(t, arg, a, b)
    }

    #[inline(never)]
    fn compare_slow(&mut self, t: &mut GreenThread, arg: u32, a: Value, b: Value) -> Body {
        let equality = matches!(Comparison::from_operand(arg), Some(Comparison::Equal | Comparison::NotEqual));
        if equality
            && !matches!((a, b), (Value::Float(_), _) | (_, Value::Float(_)))
            && let Some(equal) = crate::object::compare::equal(&self.heap, a, b)
        {
            t.stack.push(Value::Bool(equal == (arg & 8 != 0)));
            return Ok(());
        }
        self.direct(t, &slow::COMPARE, &[Value::Int(i64::from(arg)), a, b], After::Push)
    }

    /// TO_BOOL of anything but a bool
    #[inline]
    pub(crate) fn op_to_bool(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        let known = match value {
            Value::Int(i) => Some(i != 0),
            Value::None => Some(false),
            Value::Float(f) => Some(f != 0.0),
            Value::Obj(id) => match self.heap.get(id) {
                crate::object::Object::Str(s) => Some(!s.is_empty()),
                crate::object::Object::List(items) => Some(!items.is_empty()),
                crate::object::Object::Dict(dict) => Some(!dict.is_empty()),
                crate::object::Object::Tuple(items) => Some(!items.is_empty()),
                _ => None,
            },
            _ => None,
        };
        match known {
            Some(truth) => {
                t.stack.push(Value::Bool(truth));
                Ok(())
            }
            None => self.direct(t, &slow::TRUTH, &[value], After::Push),
        }
    }

    /// CONTAINS_OP
    pub(crate) fn op_contains(&mut self, t: &mut GreenThread, invert: u32) -> Body {
        let (item, container) = t.pop_two();
        let after = if invert == 1 { After::PushNot } else { After::Push };
        self.direct(t, &slow::CONTAINS, &[item, container], after)
    }

    /// UNARY_NEGATIVE
    pub(crate) fn op_negative(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        match value {
            Value::Int(i) if i != i64::MIN => t.stack.push(Value::Int(-i)),
            Value::Float(f) => t.stack.push(Value::Float(-f)),
            _ => return self.direct(t, &slow::NEGATIVE, &[value], After::Push),
        }
        Ok(())
    }

    /// UNARY_INVERT
    pub(crate) fn op_invert(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        if let Value::Int(i) = value {
            t.stack.push(Value::Int(!i));
            return Ok(());
        }
        self.direct(t, &slow::INVERT, &[value], After::Push)
    }
}

/// Operations on small integers whose result is a small integer; `None`: the general way (overflow, errors, others).
#[inline(always)]
fn int_operation(op: u32, x: i64, y: i64) -> Option<Value> {
    let result = match op {
        number::ADD => x.checked_add(y)?,
        number::SUB => x.checked_sub(y)?,
        number::MUL => x.checked_mul(y)?,
        number::AND => x & y,
        number::OR => x | y,
        number::XOR => x ^ y,
        number::MOD if y > 0 => x.rem_euclid(y),
        number::FLOOR if y > 0 => x.div_euclid(y),
        number::SHR if (0..64).contains(&y) => x >> y,
        number::DIV if y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 => {
            return Some(Value::Float(x as f64 / y as f64));
        }
        _ => return None,
    };
    Some(Value::Int(result))
}

#[inline(always)]
fn float_operation(op: u32, x: f64, y: f64) -> Option<Value> {
    let result = match op {
        number::ADD => x + y,
        number::SUB => x - y,
        number::MUL => x * y,
        number::DIV if y != 0.0 => x / y,
        _ => return None,
    };
    Some(Value::Float(result))
}
