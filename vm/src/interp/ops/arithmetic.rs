//! Operators and comparisons by protocol; the usual cases of numbers are in `interp::fast`.

use super::slow;
use crate::code::Comparison;
use crate::interp::Vm;
use crate::interp::fast;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::Body;
use crate::native::protocol::sequences::join_two;
use crate::native::types::str_percent;
use crate::object::Object;
use crate::value::Value;

impl Vm {
    /// BINARY_OP of anything but numbers that fit
    pub(crate) fn op_binary(&mut self, t: &mut GreenThread, arg: u32) -> Body {
        let (a, b) = t.pop_two();
        if let (Value::Int(x), Value::Int(y)) = (a, b)
            && let Some((value, divides)) = fast::wide(arg, x, y)
        {
            let costs = &self.native_costs;
            self.extra_ns += if divides { costs.wide_divide_ns } else { costs.wide_multiply_ns };
            t.stack.push(value);
            return Ok(());
        }
        if let Some(entered) = self.enter_operator(t, arg, a, b) {
            return entered;
        }
        self.extra_ns += self.operator_ns(arg, a);
        if let Some(text) = self.join_text(arg, a, b).or_else(|| self.format_text(arg, a, b)) {
            t.stack.push(text);
            return Ok(());
        }
        self.direct(t, &slow::BINARY, &[Value::Int(i64::from(arg)), a, b], After::Push)
    }

    /// `a + b` of two texts that are not empty, if there is room.
    fn join_text(&mut self, arg: u32, a: Value, b: Value) -> Option<Value> {
        use crate::code::BinaryOperator as B;
        let (B::Add | B::InplaceAdd) = B::from_number(arg)? else { return None };
        let (s, t) = (self.heap.str(a)?, self.heap.str(b)?);
        if s.is_empty() || t.is_empty() || self.heap.would_exceed(s.len() + t.len()) {
            return None;
        }
        let text = join_two(s, t);
        Some(self.heap.new_str(text))
    }

    /// `format % values` in its usual case.
    fn format_text(&mut self, arg: u32, a: Value, b: Value) -> Option<Value> {
        use crate::code::BinaryOperator as B;
        let (B::Remainder | B::InplaceRemainder) = B::from_number(arg)? else { return None };
        let text = str_percent::usual(&self.heap, a, b)?;
        Some(self.heap.new_str(text))
    }

    /// What an operator's work takes beyond the instruction, for operands whose work does not grow with the data.
    fn operator_ns(&self, arg: u32, left: Value) -> u64 {
        use crate::code::BinaryOperator as B;
        let sequence = matches!(left, Value::Obj(id) if matches!(
            self.heap.get(id),
            Object::Str(_) | Object::List(_) | Object::Tuple(_) | Object::Bytes(_) | Object::ByteArray(_)
        ));
        match B::from_number(arg) {
            Some(B::Add | B::InplaceAdd) if sequence => self.native_costs.concatenate_ns,
            Some(B::Remainder | B::InplaceRemainder) if sequence => self.native_costs.str_format_ns,
            Some(B::Power | B::InplacePower) => self.native_costs.power_ns,
            _ => 0,
        }
    }

    /// COMPARE_OP of anything but numbers of one kind
    pub(crate) fn op_compare(&mut self, t: &mut GreenThread, arg: u32) -> Body {
        let (a, b) = t.pop_two();
        let equality = matches!(Comparison::from_operand(arg), Some(Comparison::Equal | Comparison::NotEqual));
        if equality
            && !matches!((a, b), (Value::Float(_), _) | (_, Value::Float(_)))
            && let Some(equal) = crate::object::compare::equal(&self.heap, a, b)
        {
            t.stack.push(Value::Bool(equal == (arg & 8 != 0)));
            return Ok(());
        }
        if let Some(entered) = self.enter_comparison(t, arg, a, b) {
            return entered;
        }
        self.direct(t, &slow::COMPARE, &[Value::Int(i64::from(arg)), a, b], After::Push)
    }

    /// TO_BOOL of what has a protocol for it
    pub(crate) fn op_to_bool(&mut self, t: &mut GreenThread) -> Body {
        let value = t.pop();
        self.direct(t, &slow::TRUTH, &[value], After::Push)
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
        self.direct(t, &slow::NEGATIVE, &[value], After::Push)
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
