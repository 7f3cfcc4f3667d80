//! The values of a thread's frames: a stack that a running loop can also address by position.
//!
//! It is used like a vector. Its storage above the top is initialised too, though without meaning, so that the interpreter's loop can keep the
//! height in a register, read and write by index, and set the length afterwards; no unsafe code is needed for that. Two
//! stacks are equal when the values below their tops are; a clone copies only those.

use crate::value::Value;
use std::ops::{Deref, DerefMut};

/// A stack of values.
#[derive(Default)]
pub struct ValueStack {
    /// Storage; at least `top` values long.
    slots: Vec<Value>,
    /// How many values there are.
    top: usize,
}

/// Slots that storage grows by at least.
const LEAST_GROWTH: usize = 16;

impl ValueStack {
    /// An empty stack without storage.
    pub const fn new() -> ValueStack {
        ValueStack { slots: Vec::new(), top: 0 }
    }

    /// Number of values.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.top
    }

    /// True without values.
    pub fn is_empty(&self) -> bool {
        self.top == 0
    }

    /// Sets the height of a stack that was written by [`ValueStack::put`]: the slots below it have been.
    #[inline(always)]
    pub(crate) fn set_len(&mut self, len: usize) {
        debug_assert!(len <= self.slots.len(), "the height is within the storage");
        self.top = len;
    }

    /// The value in a slot, which may lie above the top.
    #[inline(always)]
    pub(crate) fn at(&self, slot: usize) -> Value {
        self.slots[slot]
    }

    /// Writes a slot, which may lie above the top, at most by one more than the storage has.
    #[inline(always)]
    pub(crate) fn put(&mut self, slot: usize, value: Value) {
        match self.slots.get_mut(slot) {
            Some(place) => *place = value,
            None => {
                self.grow(slot + 1);
                self.slots[slot] = value;
            }
        }
    }

    /// Makes room for `needed` values: half as much again, so that pushing is amortised.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, needed: usize) {
        let size = needed.max(self.slots.len() + (self.slots.len() / 2).max(LEAST_GROWTH));
        self.slots.resize(size, Value::Unbound);
    }

    /// Gives back storage above the top that a thread may never need again. By a copy, since in place an allocator would keep
    /// most of it; and in steps, so that threads that wait in different places have storage of the same size, and what
    /// one gives back suits the next.
    pub fn shrink(&mut self) {
        let kept = self.top.next_multiple_of(LEAST_GROWTH);
        if kept < self.slots.len() {
            self.slots = self.slots[..kept].to_vec();
        }
    }

    /// Makes this stack equal to another, in the storage it has.
    pub fn copy_from(&mut self, other: &ValueStack) {
        self.top = 0;
        self.extend_from_slice(other);
    }

    /// Adds a value.
    #[inline(always)]
    pub fn push(&mut self, value: Value) {
        self.put(self.top, value);
        self.top += 1;
    }

    /// Takes the last value.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<Value> {
        self.top = self.top.checked_sub(1)?;
        Some(self.slots[self.top])
    }

    /// Drops the values above a height; nothing happens if there are none.
    #[inline(always)]
    pub fn truncate(&mut self, len: usize) {
        self.top = self.top.min(len);
    }

    /// Cuts to a height, or fills up to it with a value.
    #[inline(always)]
    pub fn resize(&mut self, len: usize, value: Value) {
        if len > self.slots.len() {
            self.grow(len);
        }
        if len > self.top {
            self.slots[self.top..len].fill(value);
        }
        self.top = len;
    }

    /// Adds values.
    pub fn extend_from_slice(&mut self, values: &[Value]) {
        let end = self.top + values.len();
        if end > self.slots.len() {
            self.grow(end);
        }
        self.slots[self.top..end].copy_from_slice(values);
        self.top = end;
    }

    /// Moves all values of a vector here.
    pub fn append(&mut self, values: &mut Vec<Value>) {
        self.extend_from_slice(values);
        values.clear();
    }

    /// Takes the values above a height.
    pub fn split_off(&mut self, at: usize) -> Vec<Value> {
        let values = self.slots[at..self.top].to_vec();
        self.top = at;
        values
    }

    /// Inserts a value; those above move up.
    pub fn insert(&mut self, at: usize, value: Value) {
        self.push(value);
        self.slots[at..self.top].rotate_right(1);
    }
}

impl Extend<Value> for ValueStack {
    fn extend<I: IntoIterator<Item = Value>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl<'a> Extend<&'a Value> for ValueStack {
    fn extend<I: IntoIterator<Item = &'a Value>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(*value));
    }
}

impl Deref for ValueStack {
    type Target = [Value];

    #[inline(always)]
    fn deref(&self) -> &[Value] {
        &self.slots[..self.top]
    }
}

impl DerefMut for ValueStack {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [Value] {
        &mut self.slots[..self.top]
    }
}

impl Clone for ValueStack {
    fn clone(&self) -> ValueStack {
        ValueStack { slots: self.to_vec(), top: self.top }
    }
}

impl PartialEq for ValueStack {
    fn eq(&self, other: &ValueStack) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for ValueStack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_above_the_top_does_not_count() {
        let mut a = ValueStack::new();
        a.push(Value::Int(1));
        let b = a.clone();
        a.push(Value::Int(2));
        assert_ne!(a, b);
        assert_eq!(a.pop(), Some(Value::Int(2)));
        assert_eq!(a, b);
        assert_eq!(format!("{a:?}"), "[Int(1)]");
        a.resize(3, Value::None);
        assert_eq!(*a, [Value::Int(1), Value::None, Value::None]);
    }

    #[test]
    fn it_behaves_like_a_vector() {
        let (mut stack, mut model) = (ValueStack::new(), Vec::new());
        let mut random = 12345u64;
        let mut below = |n: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % n
        };
        for _ in 0..20_000 {
            let n = below(40);
            let value = Value::Int(n as i64);
            let at = n.min(model.len());
            match below(8) {
                0..=2 => (stack.push(value), model.push(value)).0,
                3 => assert_eq!(stack.pop(), model.pop()),
                4 => (stack.truncate(n), model.truncate(n)).0,
                5 => (stack.resize(n, value), model.resize(n, value)).0,
                6 => (stack.insert(at, value), model.insert(at, value)).0,
                _ => assert_eq!(stack.split_off(at), model.split_off(at)),
            }
            assert_eq!(*stack, *model);
            assert_eq!(stack.len(), model.len());
        }
    }
}
