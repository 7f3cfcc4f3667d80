//! What lookups along the method resolution order found: a cache without meaning.
//!
//! As CPython's type attribute cache: a table of fixed size, indexed by the class's version and the name. A version is never
//! given out twice and changes with every change of the class or of one above it, so an entry is right as long as it is found.

use crate::value::{ObjId, Value};
use std::cell::Cell;
use std::fmt;

/// Entries; a power of two.
const SIZE: usize = 1024;

/// What was found: the value and the class that has it, or that there is none.
pub type Found = Option<(Value, ObjId)>;

#[derive(Clone, Copy)]
struct Entry {
    version: u32,
    name: ObjId,
    found: Found,
}

/// The cache of one heap.
pub struct Lookups(Box<[Cell<Entry>]>);

impl Lookups {
    /// What is known about a name in the class of a version.
    #[inline(always)]
    pub fn get(&self, version: u32, name: ObjId) -> Option<Found> {
        let entry = self.0[place(version, name)].get();
        (entry.version == version && entry.name == name).then_some(entry.found)
    }

    /// Notes what was found. Version 0 is that of classes in the making.
    #[inline]
    pub fn note(&self, version: u32, name: ObjId, found: Found) {
        if version != 0 {
            self.0[place(version, name)].set(Entry { version, name, found });
        }
    }
}

#[inline(always)]
fn place(version: u32, name: ObjId) -> usize {
    (version.wrapping_mul(31) ^ name.0) as usize % SIZE
}

impl Default for Lookups {
    fn default() -> Lookups {
        let empty = Entry { version: 0, name: ObjId(0), found: None };
        Lookups((0..SIZE).map(|_| Cell::new(empty)).collect())
    }
}

impl Clone for Lookups {
    fn clone(&self) -> Lookups {
        Lookups::default()
    }
}

impl PartialEq for Lookups {
    fn eq(&self, _other: &Lookups) -> bool {
        true
    }
}

impl fmt::Debug for Lookups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookups")
    }
}
