//! Rich comparison of builtin values, without looking at methods: what `type(a).__lt__(a, b)` and so on do for builtin types.
//!
//! Sequences compare item by item as in `Objects/listobject.c`: the first pair that is neither identical nor equal
//! decides. Items whose `__eq__` is Python code are compared by a loop that survives changes of the list.

use super::numbers::{Number, number};
use crate::code::Comparison;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::compare::equal;
use crate::text::IntRef;
use crate::text::int_float::compare_int_float;
use crate::value::{ObjId, Value};
use std::cmp::Ordering;

/// Whether an ordering satisfies a comparison; `None` (unordered) satisfies only `!=`.
pub fn holds(op: Comparison, ordering: Option<Ordering>) -> bool {
    match op {
        Comparison::Less => ordering == Some(Ordering::Less),
        Comparison::LessEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Equal => ordering == Some(Ordering::Equal),
        Comparison::NotEqual => ordering != Some(Ordering::Equal),
        Comparison::Greater => ordering == Some(Ordering::Greater),
        Comparison::GreaterEqual => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
    }
}

/// The comparison with its sides exchanged.
pub fn swapped(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
        same => same,
    }
}

fn is_equality(op: Comparison) -> bool {
    matches!(op, Comparison::Equal | Comparison::NotEqual)
}

/// Exact comparison of integers of any size.
pub fn compare_ints(a: IntRef<'_>, b: IntRef<'_>) -> Ordering {
    match (a, b) {
        (IntRef::Small(x), IntRef::Small(y)) => x.cmp(&y),
        _ => a.to_big().cmp(&b.to_big()),
    }
}

/// Compares two real numbers.
pub fn compare_numbers(a: Number<'_>, b: Number<'_>) -> Option<Ordering> {
    match (a, b) {
        (Number::Int(x), Number::Int(y)) => Some(compare_ints(x, y)),
        (Number::Int(x), Number::Float(y)) => compare_int_float(x, y),
        (Number::Float(x), Number::Int(y)) => compare_int_float(y, x).map(Ordering::reverse),
        (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
        (Number::Complex(..), _) | (_, Number::Complex(..)) => None,
    }
}

impl Cx<'_> {
    /// `type(a).__op__(a, b)` for values of builtin types, which may be `NotImplemented`. Instances count as what they
    /// carry inside.
    ///
    /// # Errors
    /// Those of comparing items.
    pub fn compare_native(&mut self, op: Comparison, a: Value, b: Value) -> NativeResult {
        let (a, b) = (self.vm.heap.unwrap_payload(a), self.vm.heap.unwrap_payload(b));
        let heap = &self.vm.heap;
        match (number(heap, a), number(heap, b)) {
            (Some(x), Some(y)) => return Ok(compare_number_values(op, x, y)),
            (Some(_), None) | (None, Some(_)) => return Ok(Value::NotImplemented),
            (None, None) => {}
        }
        let (Value::Obj(x), Value::Obj(y)) = (a, b) else { return Ok(by_identity(op, a, b)) };
        match (heap.get(x), heap.get(y)) {
            (Object::Str(s), Object::Str(t)) => Ok(Value::Bool(holds(op, Some(s.text.cmp(&t.text))))),
            (Object::List(_), Object::List(_))
            | (Object::Tuple(_), Object::Tuple(_))
            | (Object::Deque(_), Object::Deque(_)) => {
                self.nest_while(" in comparison", |cx| cx.compare_sequences(op, x, y)).map(Value::Bool)
            }
            (Object::Slice(_), Object::Slice(_)) => {
                self.nest_while(" in comparison", |cx| cx.compare_sequences(op, x, y)).map(Value::Bool)
            }
            (Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_), _) => Ok(self.compare_bytes(op, x, y)),
            (Object::MappingProxy(inner), _) => {
                let inner = Value::Obj(*inner);
                self.compare(op, inner, b)
            }
            (Object::Range(..), Object::Range(..))
            | (Object::BoundMethod(..), Object::BoundMethod(..))
            | (Object::GenericAlias(..), Object::GenericAlias(..))
                if is_equality(op) =>
            {
                match equal(heap, a, b) {
                    Some(same) => Ok(Value::Bool(same == (op == Comparison::Equal))),
                    None => Ok(by_identity(op, a, b)),
                }
            }
            _ => self.compare_tables(op, x, y).map(|answer| answer.unwrap_or(by_identity(op, a, b))),
        }
    }

    /// bytes with bytes; bytearray with any bytes-like; memoryview only for equality.
    fn compare_bytes(&self, op: Comparison, x: ObjId, y: ObjId) -> Value {
        let heap = &self.vm.heap;
        let allowed = match (heap.get(x), heap.get(y)) {
            (Object::Bytes(_), Object::Bytes(_)) => true,
            (Object::ByteArray(_), Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_)) => true,
            (Object::MemoryView(_), Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_)) => is_equality(op),
            _ => false,
        };
        match (heap.bytes(x), heap.bytes(y)) {
            (Some(s), Some(t)) if allowed => Value::Bool(holds(op, Some(s.cmp(t)))),
            _ => by_identity(op, Value::Obj(x), Value::Obj(y)),
        }
    }

    fn compare_sequences(&mut self, op: Comparison, x: ObjId, y: ObjId) -> Result<bool, Box<Stop>> {
        let of = [Value::Obj(x), Value::Obj(y)];
        if !self.in_loop(op.text(), of) {
            let (len_x, len_y) = (self.builtin_len(x).unwrap_or(3), self.builtin_len(y).unwrap_or(3));
            if len_x != len_y && is_equality(op) {
                return Ok(op == Comparison::NotEqual);
            }
            if let Some(at) = self.first_difference_natively(x, y) {
                return self.decide(op, x, y, at);
            }
        }
        let steps = match self.steps(op.text(), of) {
            Ok(steps) => steps,
            Err(known) => return Ok(known == Value::Bool(true)),
        };
        let mut at = 0;
        while let Some([a, b]) = self.step(&steps, |cx, i| {
            at = i;
            Some([cx.item_of(x, i)?, cx.item_of(y, i)?])
        }) {
            if !self.is_or_eq(a, b)? {
                let answer = match op {
                    Comparison::Equal => false,
                    Comparison::NotEqual => true,
                    _ => {
                        let answer = self.compare(op, a, b)?;
                        self.truth(answer)?
                    }
                };
                self.steps_end(&steps, Value::Bool(answer));
                return Ok(answer);
            }
            self.step_done(&steps, None);
        }
        let answer = self.decide(op, x, y, at)?;
        self.steps_end(&steps, Value::Bool(answer));
        Ok(answer)
    }

    /// The place of the first pair of items that differ (or where the shorter sequence ends), if that can be told without
    /// Python code.
    fn first_difference_natively(&self, x: ObjId, y: ObjId) -> Option<usize> {
        let heap = &self.vm.heap;
        let mut at = 0;
        loop {
            let (Some(a), Some(b)) = (self.item_of(x, at), self.item_of(y, at)) else { return Some(at) };
            if !a.is(b) && !equal(heap, a, b)? {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Compares two sequences whose items before `at` are equal and whose items there, if any, differ.
    fn decide(&mut self, op: Comparison, x: ObjId, y: ObjId, at: usize) -> Result<bool, Box<Stop>> {
        match (self.item_of(x, at), self.item_of(y, at)) {
            (Some(_), Some(_)) if is_equality(op) => Ok(op == Comparison::NotEqual),
            (Some(a), Some(b)) => {
                let answer = self.compare(op, a, b)?;
                self.truth(answer)
            }
            (a, b) => Ok(holds(op, Some(a.is_some().cmp(&b.is_some())))),
        }
    }

    /// Item `at` of a list, tuple, deque, or the parts of a slice.
    pub fn item_of(&self, sequence: ObjId, at: usize) -> Option<Value> {
        match self.vm.heap.get(sequence) {
            Object::List(items) => items.get(at).copied(),
            Object::Tuple(items) => items.get(at).copied(),
            Object::Deque(deque) => deque.items.get(at).copied(),
            Object::Slice(parts) => parts.get(at).copied(),
            _ => None,
        }
    }
}

fn compare_number_values(op: Comparison, a: Number<'_>, b: Number<'_>) -> Value {
    match (a, b) {
        (Number::Complex(re, im), Number::Complex(re2, im2)) if is_equality(op) => {
            Value::Bool((re == re2 && im == im2) == (op == Comparison::Equal))
        }
        (Number::Complex(re, im), real) | (real, Number::Complex(re, im)) if is_equality(op) => {
            let same = im == 0.0 && compare_numbers(real, Number::Float(re)) == Some(Ordering::Equal);
            Value::Bool(same == (op == Comparison::Equal))
        }
        (Number::Complex(..), _) | (_, Number::Complex(..)) => Value::NotImplemented,
        _ => Value::Bool(holds(op, compare_numbers(a, b))),
    }
}

/// `object.__eq__`: identical objects are equal, about others nothing is known.
fn by_identity(op: Comparison, a: Value, b: Value) -> Value {
    match op {
        Comparison::Equal if a.is(b) => Value::Bool(true),
        Comparison::NotEqual if a.is(b) => Value::Bool(false),
        _ => Value::NotImplemented,
    }
}
