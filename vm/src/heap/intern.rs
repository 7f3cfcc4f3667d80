//! Interned strings: one handle per text, for names. Names are compared by handle everywhere.
//!
//! A hash table, whose order nobody can see: the handles are only given to the collector, which marks them.

use crate::text::hash::hash_bytes;
use crate::value::ObjId;
use hashbrown::HashTable;

/// Text to handle.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    by_text: HashTable<Interned>,
}

#[derive(Clone, Debug)]
struct Interned {
    hash: u64,
    text: Box<str>,
    id: ObjId,
}

/// What texts are found by: Python's hash of the bytes.
pub(super) fn hash_of(text: &str) -> u64 {
    hash_bytes(text.as_bytes()) as u64
}

impl Interner {
    /// The handle of a text that was interned before.
    pub fn find(&self, text: &str) -> Option<ObjId> {
        self.find_hashed(text, hash_of(text))
    }

    /// The same, given the text's [`hash_of`].
    pub(super) fn find_hashed(&self, text: &str, hash: u64) -> Option<ObjId> {
        self.by_text.find(hash, |known| *known.text == *text).map(|known| known.id)
    }

    /// Makes room for so many more texts.
    pub fn reserve(&mut self, texts: usize) {
        self.by_text.reserve(texts, |known| known.hash);
    }

    /// Records the handle of a text.
    pub fn add(&mut self, text: &str, id: ObjId) {
        self.add_hashed(text, hash_of(text), id);
    }

    /// The same, given the text's [`hash_of`].
    pub(super) fn add_hashed(&mut self, text: &str, hash: u64, id: ObjId) {
        let entry = self.by_text.entry(hash, |known| *known.text == *text, |known| known.hash);
        entry.insert(Interned { hash, text: text.into(), id });
    }

    /// All handles, for the collector: interned strings live for ever.
    pub fn handles(&self) -> impl Iterator<Item = ObjId> {
        self.by_text.iter().map(|known| known.id)
    }
}

impl PartialEq for Interner {
    fn eq(&self, other: &Interner) -> bool {
        self.by_text.len() == other.by_text.len()
            && self.by_text.iter().all(|known| other.find(&known.text) == Some(known.id))
    }
}
