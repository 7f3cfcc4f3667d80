//! `dict`: an insertion-ordered hash table.
//!
//! Entries stand in a vector in insertion order; deleted ones leave a hole until the table is resized, which happens when as
//! many entries were added as CPython's table of the same history takes (Objects/dictobject.c: 5 at first, then two thirds
//! of the power of two that holds three times the keys). So a program that changes a dict while it iterates over it sees
//! the entries that it sees on CPython. An index from hash to entry is kept from the ninth entry on. The table does not know
//! Python's `==`: lookups get a closure that compares keys, so that the caller can decide what to do about keys whose `__eq__`
//! is Python code. `version` changes whenever a key is added or removed or entries move; inline caches rely on it.

use super::room;
use crate::value::{ObjId, Value};
use hashbrown::HashTable;
use std::fmt;

/// Up to this number of entries a linear scan over the hashes is faster than an index.
const SMALL: usize = 8;

/// Entries that fit in CPython's smallest table.
const LEAST_ROOM: u32 = 5;

/// An entry and its place in the index.
const ENTRY_BYTES: usize = size_of::<Entry>() + 5;

/// One entry; `key` is `Unbound` where an entry was deleted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Hash of the key.
    pub hash: i64,
    /// Key.
    pub key: Value,
    /// Value.
    pub value: Value,
}

/// A Python dict.
#[derive(Clone, Default)]
pub struct Dict {
    entries: Vec<Entry>,
    index: HashTable<u32>,
    live: usize,
    /// Entries that can be added before the table is resized; 0 in a dict that never had any.
    room: u32,
    /// Changes with the set of keys; 0 = never changed.
    pub version: u32,
}

impl PartialEq for Dict {
    fn eq(&self, other: &Dict) -> bool {
        self.entries == other.entries && self.room == other.room && self.version == other.version
    }
}

/// Without the index, which follows from the entries and shows the history of the host's table.
impl fmt::Debug for Dict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Dict { entries, index: _, live: _, room, version } = self;
        f.debug_struct("Dict").field("entries", entries).field("room", room).field("version", version).finish()
    }
}

impl Dict {
    /// Number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.live
    }

    /// True without keys.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Number of entry places in use, holes included; places below it can be read with [`Dict::entry_at`].
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    /// The entry at a place, unless it is a hole or past the end.
    #[inline(always)]
    pub fn entry_at(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place).filter(|e| e.key.is_bound())
    }

    /// Entries in insertion order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|e| e.key.is_bound())
    }

    /// The place of a key: `same` is asked for entries with an equal hash.
    #[inline(always)]
    pub fn find(&self, hash: i64, mut same: impl FnMut(Value) -> bool) -> Option<usize> {
        if self.entries.len() <= SMALL {
            return self.entries.iter().position(|e| e.hash == hash && e.key.is_bound() && same(e.key));
        }
        self.index
            .find(spread(hash), |i| {
                let e = &self.entries[*i as usize];
                e.hash == hash && same(e.key)
            })
            .map(|i| *i as usize)
    }

    /// The place of an interned-string key, found by identity alone.
    #[inline(always)]
    pub fn find_interned(&self, hash: i64, name: ObjId) -> Option<usize> {
        self.find(hash, |key| key == Value::Obj(name))
    }

    /// Places of all entries with this hash, for keys that are compared by Python code.
    pub fn candidates(&self, hash: i64) -> Vec<usize> {
        let mut places: Vec<usize> = if self.entries.len() <= SMALL {
            (0..self.entries.len())
                .filter(|i| self.entries[*i].hash == hash && self.entries[*i].key.is_bound())
                .collect()
        } else {
            self.index.iter_hash(spread(hash)).map(|i| *i as usize).filter(|i| self.entries[*i].hash == hash).collect()
        };
        places.sort_unstable();
        places
    }

    /// The value at a place.
    #[inline(always)]
    pub fn value_at(&self, place: usize) -> Value {
        self.entries[place].value
    }

    /// The key at a place.
    #[inline(always)]
    pub fn key_at(&self, place: usize) -> Value {
        self.entries[place].key
    }

    /// Replaces the value at a place.
    #[inline(always)]
    pub fn set_value_at(&mut self, place: usize, value: Value) {
        self.entries[place].value = value;
    }

    /// Adds a key that is not there yet. Returns the growth in bytes. The caller sets `version`.
    pub fn push(&mut self, hash: i64, key: Value, value: Value) -> usize {
        let before = room(self.entries.len());
        if self.room == 0 {
            self.resize();
        }
        self.room -= 1;
        let place = self.entries.len() as u32;
        self.entries.push(Entry { hash, key, value });
        self.live += 1;
        if self.entries.len() > SMALL {
            if self.entries.len() == SMALL + 1 {
                self.reindex();
            } else {
                let entries = &self.entries;
                self.index.insert_unique(spread(hash), place, |i| spread(entries[*i as usize].hash));
            }
        }
        room(self.entries.len()).saturating_sub(before) * ENTRY_BYTES
    }

    /// Puts equal keys (same hash, same text) in place of the keys.
    pub fn map_keys(&mut self, mut equal_key: impl FnMut(Value) -> Value) {
        for entry in &mut self.entries {
            entry.key = equal_key(entry.key);
        }
    }

    /// Removes the entry at a place and returns it. The caller sets `version`.
    pub fn remove_at(&mut self, place: usize) -> Entry {
        let entry = self.entries[place];
        if self.entries.len() > SMALL
            && let Ok(found) = self.index.find_entry(spread(entry.hash), |i| *i as usize == place)
        {
            found.remove();
        }
        self.entries[place].key = Value::Unbound;
        self.entries[place].value = Value::Unbound;
        self.live -= 1;
        entry
    }

    /// Removes the last entry and returns it (`popitem`); unlike [`Dict::remove_at`] its place can be used again. The
    /// caller sets `version`.
    pub fn pop_last(&mut self) -> Option<Entry> {
        let place = self.entries.iter().rposition(|e| e.key.is_bound())?;
        let entry = self.remove_at(place);
        let indexed = self.entries.len() > SMALL;
        self.entries.truncate(place);
        if indexed && self.entries.len() <= SMALL {
            self.index = HashTable::new();
        }
        Some(entry)
    }

    /// Removes everything. The caller sets `version`.
    pub fn clear(&mut self) {
        self.entries = Vec::new();
        self.index = HashTable::new();
        self.live = 0;
        self.room = 0;
    }

    /// Bytes of the table.
    pub fn owned_bytes(&self) -> usize {
        size_of::<Dict>() + room(self.entries.len()) * ENTRY_BYTES
    }

    /// Closes the holes and makes room as CPython does (`insertion_resize`).
    fn resize(&mut self) {
        if self.live == 0 && self.entries.is_empty() {
            self.room = LEAST_ROOM;
            return;
        }
        if self.live < self.entries.len() {
            self.entries.retain(|e| e.key.is_bound());
            self.reindex();
        }
        let size = (self.live as u64 * 3).next_power_of_two().max(8);
        self.room = (size * 2 / 3) as u32 - self.live as u32;
    }

    fn reindex(&mut self) {
        self.index = HashTable::new();
        if self.entries.len() <= SMALL {
            return;
        }
        let entries = &self.entries;
        self.index.reserve(entries.len(), |_| 0);
        for (i, entry) in entries.iter().enumerate().filter(|(_, e)| e.key.is_bound()) {
            self.index.insert_unique(spread(entry.hash), i as u32, |j| spread(entries[*j as usize].hash));
        }
    }
}

/// Python's hashes of integers are the integers themselves; the index wants the bits spread (Fibonacci hashing).
#[inline(always)]
fn spread(hash: i64) -> u64 {
    (hash as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32)
}

/// Which view of a dict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewKind {
    /// `dict.keys()`
    Keys,
    /// `dict.values()`
    Values,
    /// `dict.items()`
    Items,
}

/// A view of a dict.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DictView {
    /// The dict object.
    pub dict: ObjId,
    /// Which view.
    pub kind: ViewKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_through_removals_and_growth() {
        let mut dict = Dict::default();
        for i in 0..100i64 {
            dict.push(i, Value::Int(i), Value::Int(i * i));
        }
        for i in (0..100i64).filter(|i| i % 3 != 0) {
            let place = dict.find(i, |k| k == Value::Int(i)).expect("present");
            dict.remove_at(place);
        }
        let keys: Vec<Value> = dict.iter().map(|e| e.key).collect();
        assert_eq!(keys, (0..100i64).step_by(3).map(Value::Int).collect::<Vec<_>>());
        assert_eq!(dict.len(), 34);
        for i in (0..100i64).step_by(3) {
            let place = dict.find(i, |k| k == Value::Int(i)).expect("still found");
            assert_eq!(dict.value_at(place), Value::Int(i * i));
        }
    }

    #[test]
    fn holes_stay_until_as_many_keys_were_added_as_cpythons_table_takes() {
        let mut dict = Dict::default();
        for i in 0..5i64 {
            dict.push(i, Value::Int(i), Value::None);
        }
        dict.remove_at(0);
        assert_eq!(dict.places(), 5);
        dict.push(9, Value::Int(9), Value::None);
        assert_eq!(dict.places(), 5, "the sixth insertion closed the hole");
        assert_eq!(dict.pop_last().map(|e| e.key), Some(Value::Int(9)));
        assert_eq!(dict.places(), 4);
    }

    #[test]
    fn shrinking_to_a_small_dict_and_growing_again_keeps_the_index_right() {
        let mut dict = Dict::default();
        for round in 0..3 {
            for i in 0..40i64 {
                dict.push(i, Value::Int(i), Value::Int(round));
            }
            for i in (0..40i64).rev() {
                let place = dict.find(i, |k| k == Value::Int(i)).expect("present");
                dict.remove_at(place);
            }
            assert!(dict.is_empty());
        }
    }
}
