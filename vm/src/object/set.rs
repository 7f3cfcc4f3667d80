//! `set` and `frozenset`: the table and the operations that need no Python code.

use super::compare::equal;
use crate::heap::Heap;
use crate::value::Value;

/// A set. Places are stable until the next change.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Set {
    entries: Vec<(i64, Value)>,
}

impl Set {
    /// Number of items.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without items.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Hash and item, in iteration order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, Value)> {
        self.entries.iter().copied()
    }

    /// One past the last place.
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    /// The item at a place, if there is one.
    pub fn item_at(&self, place: usize) -> Option<(i64, Value)> {
        self.entries.get(place).copied()
    }

    /// The place of an item: `same` is asked for items with an equal hash.
    pub fn find(&self, hash: i64, mut same: impl FnMut(Value) -> bool) -> Option<usize> {
        self.entries.iter().position(|(h, v)| *h == hash && same(*v))
    }

    /// Items with this hash, for items that are compared by Python code.
    pub fn candidates(&self, hash: i64) -> Vec<Value> {
        self.entries.iter().filter(|(h, _)| *h == hash).map(|(_, v)| *v).collect()
    }

    /// Adds an item that is not there yet.
    pub fn insert(&mut self, hash: i64, item: Value) {
        self.entries.push((hash, item));
    }

    /// Removes the item at a place.
    pub fn remove_at(&mut self, place: usize) -> Value {
        self.entries.remove(place).1
    }

    /// Adds an item whose equality needs no Python code, unless it is there.
    pub fn add_native(&mut self, heap: &Heap, hash: i64, item: Value) {
        if self.find(hash, |other| other.is(item) || equal(heap, other, item) == Some(true)).is_none() {
            self.insert(hash, item);
        }
    }

    /// Bytes of the table, an estimate.
    pub fn owned_bytes(&self) -> usize {
        size_of::<Set>() + self.entries.capacity() * 48
    }
}
