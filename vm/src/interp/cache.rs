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

/// The caches of a machine, two entries an instruction, grown when first used.
#[derive(Default)]
pub struct Caches {
    entries: Vec<[Cache; 2]>,
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
        self.entries.get(at).map_or(&Cache::Empty, |known| &known[0])
    }

    /// What was found before that: instructions that see objects of two kinds are common.
    #[inline(always)]
    pub fn second(&self, at: usize) -> &Cache {
        self.entries.get(at).map_or(&Cache::Empty, |known| &known[1])
    }

    /// Remembers something at an index.
    #[cold]
    pub fn set(&mut self, at: usize, cache: Cache) {
        if at >= self.entries.len() {
            self.entries.resize(at + 256, [Cache::Empty; 2]);
        }
        self.entries[at] = [cache, self.entries[at][0]];
    }
}
