//! What lookups along the method resolution order found: a cache without meaning.
//!
//! As CPython's type attribute cache: a table of fixed size, indexed by the class's version and the name. A version is never
//! given out twice and changes with every change of the class or of one above it. An entry says where the name was found,
//! which the reader checks against the name there, so an entry of another name cannot be taken for it.

use crate::value::ObjId;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// Entries; a power of two.
const SIZE: usize = 2048;
/// In the place of a class's number: no class has the name, whose handle stands in the place of the entry.
const ABSENT: u64 = 0xff;
const ENTRY_BITS: u32 = 24;

/// What is known about a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// No class on the method resolution order has this name.
    Absent(ObjId),
    /// The class on the method resolution order, and the place in its dict.
    At(usize, usize),
}

/// The cache of one heap: version, class and entry in each word; 0 is empty.
pub struct Lookups(Box<[AtomicU64]>);

impl Lookups {
    /// What is known at the place of a name in the class of a version; it may be another name's.
    #[inline(always)]
    pub fn get(&self, version: u32, name: ObjId) -> Option<Known> {
        let word = self.0[place(version, name)].load(Ordering::Relaxed);
        if word >> 32 != u64::from(version) || version == 0 {
            return None;
        }
        let (class, entry) = (word >> ENTRY_BITS & 0xff, word & ((1 << ENTRY_BITS) - 1));
        Some(if class == ABSENT {
            Known::Absent(ObjId(entry as u32))
        } else {
            Known::At(class as usize, entry as usize)
        })
    }

    /// Notes what was found, if it fits. Version 0 is that of classes in the making.
    #[inline]
    pub fn note(&self, version: u32, name: ObjId, known: Known) {
        let (class, entry) = match known {
            Known::Absent(name) => (ABSENT, u64::from(name.0)),
            Known::At(class, entry) if (class as u64) < ABSENT => (class as u64, entry as u64),
            Known::At(..) => return,
        };
        if version != 0 && entry >> ENTRY_BITS == 0 {
            let word = u64::from(version) << 32 | class << ENTRY_BITS | entry;
            self.0[place(version, name)].store(word, Ordering::Relaxed);
        }
    }
}

#[inline(always)]
fn place(version: u32, name: ObjId) -> usize {
    (version.wrapping_mul(31) ^ name.0) as usize % SIZE
}

impl Default for Lookups {
    fn default() -> Lookups {
        Lookups((0..SIZE).map(|_| AtomicU64::new(0)).collect())
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
