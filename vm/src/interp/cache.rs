//! Inline caches: what an instruction found the last time.
//!
//! A cache carries no meaning: every entry is checked against versions and shapes before it is believed, a clone of a
//! machine starts with none, and two machines that differ only in caches are equal.

use crate::heap::shape::ShapeId;
use crate::value::{NativeId, ObjId, Value};
use std::fmt;

/// What an instruction found the last time.
#[derive(Clone, Copy, Debug, Default)]
pub enum Cache {
    /// Nothing.
    #[default]
    Empty,
    /// A global: place in the module's dict.
    Global {
        /// Version of the dict's keys.
        version: u32,
        /// Place.
        place: u32,
    },
    /// A builtin: the module's dict does not have the name, the builtins' dict has it at this place.
    Builtin {
        /// Version of the module dict's keys.
        version: u32,
        /// Version of the builtin dict's keys.
        builtins: u32,
        /// Place.
        place: u32,
    },
    /// An attribute in a slot of the instance (no data descriptor in the class).
    Slot {
        /// Shape of the instance.
        shape: ShapeId,
        /// Version of the class.
        version: u32,
        /// Slot.
        slot: u32,
    },
    /// Storing adds the attribute: the instance goes to another shape.
    Add {
        /// Shape before.
        shape: ShapeId,
        /// Version of the class.
        version: u32,
        /// Shape after.
        to: ShapeId,
    },
    /// Deleting takes the attribute in a slot away: the instance goes to another shape.
    Remove {
        /// Shape before.
        shape: ShapeId,
        /// Version of the class.
        version: u32,
        /// Slot.
        slot: u32,
        /// Shape after.
        to: ShapeId,
    },
    /// A function found in the class, not shadowed by the instance.
    Method {
        /// Shape of the instance.
        shape: ShapeId,
        /// Version of the class.
        version: u32,
        /// The function.
        function: Value,
    },
    /// An attribute of a module: place in the module's dict.
    ModuleAttr {
        /// Version of the dict's keys.
        version: u32,
        /// Place.
        place: u32,
    },
    /// Calling a class makes a plain instance and runs this `__init__`.
    Construct {
        /// The class.
        class: ObjId,
        /// Its version.
        version: u32,
        /// The function.
        init: ObjId,
    },
    /// `__enter__` and `__exit__` of a class, both native.
    With {
        /// The class.
        class: ObjId,
        /// Its version.
        version: u32,
        /// `__enter__`
        enter: NativeId,
        /// `__exit__`
        exit: NativeId,
    },
    /// A method of a builtin class, by class alone.
    NativeMethod {
        /// The class.
        class: ObjId,
        /// Its version.
        version: u32,
        /// The function.
        function: Value,
    },
}

/// Instructions that share a page of caches.
const PAGE: usize = 32;

/// What the instructions of a page found, the last time and before that.
type Page = [[Cache; 2]; PAGE];

/// The caches of a machine, two entries an instruction, in pages made when first used: a clone runs little of the code it
/// shares, and may be one of many.
#[derive(Default)]
pub struct Caches {
    pages: Vec<Option<Box<Page>>>,
}

/// What is cached decides nothing, so it shows nowhere: not in copies, comparisons, fingerprints.
impl fmt::Debug for Caches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Caches")
    }
}

impl Clone for Caches {
    fn clone(&self) -> Caches {
        Caches::default()
    }
}

impl PartialEq for Caches {
    fn eq(&self, _other: &Caches) -> bool {
        true
    }
}

impl Caches {
    /// What was found last at an index.
    #[inline(always)]
    pub fn get(&self, at: usize) -> &Cache {
        self.both(at).map_or(&Cache::Empty, |known| &known[0])
    }

    /// What was found before that: instructions that see objects of two kinds are common.
    #[inline(always)]
    pub fn second(&self, at: usize) -> &Cache {
        self.both(at).map_or(&Cache::Empty, |known| &known[1])
    }

    #[inline(always)]
    fn both(&self, at: usize) -> Option<&[Cache; 2]> {
        match self.pages.get(at / PAGE) {
            Some(Some(page)) => Some(&page[at % PAGE]),
            _ => None,
        }
    }

    /// Remembers something at an index.
    #[cold]
    pub fn set(&mut self, at: usize, cache: Cache) {
        if at / PAGE >= self.pages.len() {
            self.pages.resize_with(at / PAGE + 1, || None);
        }
        let page = self.pages[at / PAGE].get_or_insert_with(|| Box::new([[Cache::Empty; 2]; PAGE]));
        page[at % PAGE] = [cache, page[at % PAGE][0]];
    }
}
