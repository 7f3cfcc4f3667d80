//! Comparison of any two values: `a == b`, `a < b`, with the methods of both sides (`do_richcompare` of `Objects/object.c`).

use super::numbers::number;
use super::order::{compare_numbers, holds, swapped};
use crate::code::Comparison;
use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::compare::equal;
use crate::value::{ObjId, Value};

/// The special method of a comparison.
pub fn method_name(op: Comparison) -> ObjId {
    match op {
        Comparison::Less => name::LT,
        Comparison::LessEqual => name::LE,
        Comparison::Equal => name::EQ,
        Comparison::NotEqual => name::NE,
        Comparison::Greater => name::GT,
        Comparison::GreaterEqual => name::GE,
    }
}

impl Cx<'_> {
    /// The truth of `a == b`.
    ///
    /// # Errors
    /// Those of `__eq__`.
    #[inline]
    pub fn eq(&mut self, a: Value, b: Value) -> Result<bool, Box<Stop>> {
        match equal(&self.vm.heap, a, b) {
            Some(same) => Ok(same),
            None => {
                let answer = self.compare(Comparison::Equal, a, b)?;
                self.truth(answer)
            }
        }
    }

    /// The truth of `a is b or a == b`: how containers compare their items.
    ///
    /// # Errors
    /// Those of `__eq__`.
    #[inline]
    pub fn is_or_eq(&mut self, a: Value, b: Value) -> Result<bool, Box<Stop>> {
        if a.is(b) { Ok(true) } else { self.eq(a, b) }
    }

    /// The truth of `a < b`.
    ///
    /// # Errors
    /// TypeError when the types have no order, and those of `__lt__`.
    pub fn lt(&mut self, a: Value, b: Value) -> Result<bool, Box<Stop>> {
        let answer = self.compare(Comparison::Less, a, b)?;
        self.truth(answer)
    }

    /// `a op b`
    ///
    /// # Errors
    /// TypeError when the types have no order, and those of the methods.
    pub fn compare(&mut self, op: Comparison, a: Value, b: Value) -> NativeResult {
        if let (Some(x), Some(y)) = (number(&self.vm.heap, a), number(&self.vm.heap, b)) {
            use super::numbers::Number::Complex;
            if !matches!((x, y), (Complex(..), _) | (_, Complex(..))) {
                return Ok(Value::Bool(holds(op, compare_numbers(x, y))));
            }
        }
        let (class_a, class_b) = (self.vm.heap.class_of(a), self.vm.heap.class_of(b));
        let reverse_first = class_a != class_b && self.vm.heap.is_subclass(class_b, class_a);
        if reverse_first {
            let answer = self.rich_compare(swapped(op), b, a)?;
            if answer != Value::NotImplemented {
                return Ok(answer);
            }
        }
        let answer = self.rich_compare(op, a, b)?;
        if answer != Value::NotImplemented {
            return Ok(answer);
        }
        if !reverse_first {
            let answer = self.rich_compare(swapped(op), b, a)?;
            if answer != Value::NotImplemented {
                return Ok(answer);
            }
        }
        match op {
            Comparison::Equal => Ok(Value::Bool(a.is(b))),
            Comparison::NotEqual => Ok(Value::Bool(!a.is(b))),
            _ => {
                let (left, right) = (self.type_name(a), self.type_name(b));
                let text = op.text();
                Err(self.type_error(format!("'{text}' not supported between instances of '{left}' and '{right}'")))
            }
        }
    }

    /// `type(a).__op__(a, b)`, which may be `NotImplemented`.
    ///
    /// # Errors
    /// Those of the method.
    pub fn rich_compare(&mut self, op: Comparison, a: Value, b: Value) -> NativeResult {
        let by_class = matches!(self.object(a), Some(Object::Instance(_) | Object::Exception(_) | Object::Class(_)));
        if !by_class {
            return self.compare_native(op, a, b);
        }
        match self.lookup_special(a, method_name(op)) {
            Some(method) if Self::is_python_method(method) => self.call_found(method, a, &[b]),
            Some(method) if !Self::is_object_method(method) && self.vm.heap.unwrap_payload(a) != a => {
                self.compare_native(op, a, b)
            }
            _ => self.compare_as_object(op, a, b),
        }
    }

    /// The comparisons of `object`: `==` is identity, `!=` the opposite of whatever `==` says.
    ///
    /// # Errors
    /// Those of `__eq__`.
    pub fn compare_as_object(&mut self, op: Comparison, a: Value, b: Value) -> NativeResult {
        match op {
            Comparison::Equal if a.is(b) => Ok(Value::Bool(true)),
            Comparison::NotEqual => {
                let answer = self.rich_compare(Comparison::Equal, a, b)?;
                if answer == Value::NotImplemented {
                    return Ok(answer);
                }
                Ok(Value::Bool(!self.truth(answer)?))
            }
            _ => Ok(Value::NotImplemented),
        }
    }
}
