//! Interned strings: one handle per text, for names. Names are compared by handle everywhere.

use crate::value::ObjId;
use std::collections::BTreeMap;

/// Text to handle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interner {
    by_text: BTreeMap<Box<str>, ObjId>,
}

impl Interner {
    /// The handle of a text that was interned before.
    pub fn find(&self, text: &str) -> Option<ObjId> {
        self.by_text.get(text).copied()
    }

    /// Records the handle of a text.
    pub fn add(&mut self, text: &str, id: ObjId) {
        self.by_text.insert(text.into(), id);
    }

    /// All handles, for the collector: interned strings live for ever.
    pub fn handles(&self) -> impl Iterator<Item = ObjId> {
        self.by_text.values().copied()
    }
}
