//! `set` and `frozenset`: CPython's table (`text::set_order`) with values as elements.
//!
//! Like `dict`, the table does not know Python's `==`: searches get a closure, or give the candidates to a caller whose
//! comparison is Python code. Positions are places in the table, stable until the next change.

use super::compare::equal;
use crate::heap::Heap;
use crate::text::set_order::SetTable;
use crate::value::Value;

/// A set.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Set {
    table: SetTable<Value>,
}

/// Bytes of a slot of the table.
const SLOT_BYTES: usize = 32;

impl Set {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// True without items.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Hash and item, in iteration order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, Value)> {
        self.table.iter()
    }

    /// The first item at a position or behind it, and the position behind that item.
    pub fn next_from(&self, position: usize) -> Option<(usize, Value)> {
        self.table.next_from(position).map(|(next, _, item)| (next, item))
    }

    /// The item of the set that is equal to another one: `same` is asked for items with an equal hash.
    pub fn find(&self, hash: i64, mut same: impl FnMut(Value) -> bool) -> Option<Value> {
        self.table.candidates(hash).find(|item| same(*item))
    }

    /// Items with this hash, in the order of the search, for items that are compared by Python code.
    pub fn candidates(&self, hash: i64) -> Vec<Value> {
        self.table.candidates(hash).collect()
    }

    /// Adds an item that is not there yet.
    pub fn insert(&mut self, hash: i64, item: Value) {
        self.table.add_new(hash, item);
    }

    /// Removes this very item.
    pub fn remove(&mut self, hash: i64, item: Value) {
        self.table.discard(hash, item, |_, _| false);
    }

    /// Removes some item (`set.pop`).
    pub fn pop(&mut self) -> Option<Value> {
        self.table.pop().map(|(_, item)| item)
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.table.clear();
    }

    /// `set.copy()`: the order can differ from the original's.
    pub fn copy(&self) -> Set {
        Set { table: self.table.copied() }
    }

    /// Takes over the items of another set into an empty one.
    pub fn fill_empty(&mut self, other: &Set) {
        self.table.merge(&other.table, |_, _| false);
    }

    /// Makes room for so many items of a set or dict, before they are added one by one.
    pub fn reserve(&mut self, count: usize) {
        if count > 0 {
            self.table.reserve_for_dict(count);
        }
    }

    /// What an operation that took out many items does last.
    pub fn shrink_after_difference(&mut self) {
        self.table.shrink_after_difference();
    }

    /// Adds an item whose equality needs no Python code, unless it is there.
    pub fn add_native(&mut self, heap: &Heap, hash: i64, item: Value) {
        if self.find(hash, |other| other.is(item) || equal(heap, other, item) == Some(true)).is_none() {
            self.insert(hash, item);
        }
    }

    /// Number of slots, for `sys.getsizeof`.
    pub fn slot_count(&self) -> usize {
        self.table.slot_count()
    }

    /// Bytes of the table.
    pub fn owned_bytes(&self) -> usize {
        size_of::<Set>() + self.table.slot_count() * SLOT_BYTES
    }
}
