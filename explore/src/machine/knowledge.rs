//! What is known of the places that threads share, learned from the executions seen so far.
//!
//! A place is *shared* when two threads have touched it in any execution since the first thread was started, and one of
//! them has written it. Only accesses to shared places are steps. When an execution shows a place to be shared that was
//! not known to be, the search begins again with this knowledge, until nothing new is learned. Then every access that
//! conflicts with another is a step: the first one that was not would have been met in an execution that was searched,
//! because everything before it was ordered in every possible way.

use gilsim_vm::interp::access::{Access, Part, WrittenNames};
use gilsim_vm::value::{ObjId, ThreadId};
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasherDefault, Hasher};

/// Hashes one number by a multiplication: the order of the map is never seen.
#[derive(Clone, Copy, Debug, Default)]
struct Multiply(u64);

impl Hasher for Multiply {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// Who has touched a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// The first thread that touched the place, plus one.
    first: u32,
    several: bool,
    written: bool,
}

/// Knowledge as data in a fixed order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    written_names: Vec<u32>,
    written_in_classes: Vec<u32>,
    attributes: Vec<(u64, Touch)>,
    objects: Vec<(u32, Touch)>,
    taken_whole: Vec<u32>,
    watches_ends: bool,
    waits_for_many: bool,
    clock_readers: Vec<u32>,
}

impl Touch {
    fn is_shared(self) -> bool {
        self.several && self.written
    }

    /// Takes in what another search has seen; whether the place has become shared by it.
    fn join(&mut self, other: Touch) -> bool {
        let before = self.is_shared();
        self.several |= other.several || (self.first != 0 && other.first != 0 && self.first != other.first);
        self.written |= other.written;
        if self.first == 0 {
            self.first = other.first;
        }
        !before && self.is_shared()
    }

    /// Records an access; whether the place has become shared by it.
    fn by(&mut self, thread: ThreadId, write: bool) -> bool {
        let before = self.is_shared();
        if self.first == 0 {
            self.first = thread.0 + 1;
        }
        self.several |= self.first != thread.0 + 1;
        self.written |= write;
        !before && self.is_shared()
    }
}

/// What is known.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Names that were written: an attribute or global of another name is constant. By handle.
    written_names: Vec<bool>,
    /// Those that a class was given: only then is a class that others look through a place. By handle.
    written_in_classes: Vec<bool>,
    /// By handle of the object and of the name.
    attributes: HashMap<u64, Touch, BuildHasherDefault<Multiply>>,
    objects: Vec<Touch>,
    /// Objects whose attributes are looked at as a dict, by handle: their attributes count as parts of one place too.
    taken_whole: Vec<bool>,
    /// Whether the program asks if a thread has ended, other than by waiting for it.
    pub watches_ends: bool,
    /// Whether the program waits for many futures at once.
    pub waits_for_many: bool,
    /// By thread: whether it, or one that it has started, has asked for the time. The clocks of others are no part of a state.
    clock_readers: Vec<bool>,
    /// Whether the program may end wherever daemons are, as a step; else it waits until they wait.
    pub leaves_daemons: bool,
    /// Whether something was learned since this was last cleared.
    pub changed: bool,
    /// Whether every place counts as shared: nothing is to be learned.
    everything: bool,
}

/// Every name may be written.
#[derive(Clone, Copy, Debug)]
pub struct Everything;

impl WrittenNames for Everything {
    fn may_be_written(&self, _name: ObjId) -> bool {
        true
    }

    fn may_be_written_in_class(&self, _name: ObjId) -> bool {
        true
    }
}

impl WrittenNames for Knowledge {
    fn may_be_written(&self, name: ObjId) -> bool {
        self.everything || is_set(&self.written_names, name.0)
    }

    fn may_be_written_in_class(&self, name: ObjId) -> bool {
        self.everything || is_set(&self.written_in_classes, name.0)
    }
}

impl Knowledge {
    /// This as data.
    pub fn record(&self) -> Record {
        let mut attributes: Vec<(u64, Touch)> = self.attributes.iter().map(|(at, touch)| (*at, *touch)).collect();
        attributes.sort_unstable_by_key(|(at, _)| *at);
        let touched = self.objects.iter().enumerate().filter(|(_, touch)| **touch != Touch::default());
        Record {
            written_names: numbers_of(&self.written_names),
            written_in_classes: numbers_of(&self.written_in_classes),
            attributes,
            objects: touched.map(|(object, touch)| (object as u32, *touch)).collect(),
            taken_whole: numbers_of(&self.taken_whole),
            watches_ends: self.watches_ends,
            waits_for_many: self.waits_for_many,
            clock_readers: numbers_of(&self.clock_readers),
        }
    }

    /// Takes in what another search of the same program knows.
    pub fn join(&mut self, other: &Knowledge) {
        self.changed |= add(&mut self.written_names, &numbers_of(&other.written_names));
        self.changed |= add(&mut self.written_in_classes, &numbers_of(&other.written_in_classes));
        self.changed |= add(&mut self.taken_whole, &numbers_of(&other.taken_whole));
        for (at, touch) in &other.attributes {
            let learned = self.attributes.entry(*at).or_default().join(*touch);
            self.changed |= learned;
        }
        for (object, touch) in other.objects.iter().enumerate() {
            let learned = self.object(ObjId(object as u32)).join(*touch);
            self.changed |= learned;
        }
        self.changed |= other.watches_ends && !self.watches_ends;
        self.watches_ends |= other.watches_ends;
        self.changed |= other.waits_for_many && !self.waits_for_many;
        self.waits_for_many |= other.waits_for_many;
    }

    /// From data.
    pub fn of_record(record: &Record) -> Knowledge {
        let mut knowledge = Knowledge {
            watches_ends: record.watches_ends,
            waits_for_many: record.waits_for_many,
            ..Knowledge::default()
        };
        add(&mut knowledge.written_names, &record.written_names);
        add(&mut knowledge.written_in_classes, &record.written_in_classes);
        add(&mut knowledge.taken_whole, &record.taken_whole);
        add(&mut knowledge.clock_readers, &record.clock_readers);
        knowledge.attributes.extend(record.attributes.iter().copied());
        for (object, touch) in &record.objects {
            *knowledge.object(ObjId(*object)) = *touch;
        }
        knowledge
    }

    /// Every access is one to a shared place, and so is the end of a thread: the finest steps, which depend on nothing
    /// that was learned.
    pub fn of_everything() -> Knowledge {
        let known = Knowledge { watches_ends: true, waits_for_many: true, ..Knowledge::default() };
        Knowledge { everything: true, leaves_daemons: true, ..known }
    }

    /// Whether every access counts as one to a shared place.
    pub fn is_of_everything(&self) -> bool {
        self.everything
    }

    /// Records an access and says whether it is one to a shared place.
    pub fn is_step(&mut self, thread: ThreadId, access: &Access) -> bool {
        self.everything || self.touch(thread, access)
    }

    /// Records an access and says whether its place has been touched by several threads and written.
    pub fn touch(&mut self, thread: ThreadId, access: &Access) -> bool {
        match access.part {
            Part::Attr(name) => {
                if access.write {
                    self.changed |= set(&mut self.written_names, name.0);
                }
                let touch = self.attributes.entry(attribute(access.object, name)).or_default();
                self.changed |= touch.by(thread, access.write);
                touch.is_shared() || self.is_taken_whole(access.object) && self.touch_object(thread, access)
            }
            Part::Names => {
                self.changed |= set(&mut self.taken_whole, access.object.0);
                self.touch_object(thread, access)
            }
            Part::All | Part::Index(_) | Part::Key(_) => self.touch_object(thread, access),
        }
    }

    fn touch_object(&mut self, thread: ThreadId, access: &Access) -> bool {
        let touch = self.object(access.object);
        let learned = touch.by(thread, access.write);
        let is_shared = touch.is_shared();
        self.changed |= learned;
        is_shared
    }

    fn is_taken_whole(&self, object: ObjId) -> bool {
        is_set(&self.taken_whole, object.0)
    }

    fn object(&mut self, object: ObjId) -> &mut Touch {
        let at = object.0 as usize;
        if at >= self.objects.len() {
            self.objects.resize(at + 1, Touch::default());
        }
        &mut self.objects[at]
    }

    /// Whether the place of an access has been touched by several threads and written.
    pub fn is_shared(&self, access: &Access) -> bool {
        let of_object = || self.objects.get(access.object.0 as usize).is_some_and(|touch| touch.is_shared());
        match access.part {
            Part::Attr(name) => {
                let own = self.attributes.get(&attribute(access.object, name));
                own.is_some_and(|touch| touch.is_shared()) || self.is_taken_whole(access.object) && of_object()
            }
            Part::All | Part::Names | Part::Index(_) | Part::Key(_) => of_object(),
        }
    }

    /// Whether the clock of a thread can matter.
    pub fn reads_clock(&self, thread: ThreadId) -> bool {
        is_set(&self.clock_readers, thread.0)
    }

    /// Records that a thread, or one that it has started, asks for the time.
    pub fn note_clock_reader(&mut self, thread: ThreadId) {
        self.changed |= set(&mut self.clock_readers, thread.0) && !self.everything;
    }

    /// Records that a class is given a name.
    pub fn note_written_in_class(&mut self, name: ObjId) {
        self.changed |= set(&mut self.written_in_classes, name.0) && !self.everything;
    }
}

/// The number of an attribute of an object.
fn attribute(object: ObjId, name: ObjId) -> u64 {
    u64::from(object.0) << 32 | u64::from(name.0)
}

/// Sets a flag by number; whether that is new.
fn set(flags: &mut Vec<bool>, number: u32) -> bool {
    let at = number as usize;
    if at >= flags.len() {
        flags.resize(at + 1, false);
    }
    !std::mem::replace(&mut flags[at], true)
}

/// Whether a flag is set.
fn is_set(flags: &[bool], number: u32) -> bool {
    flags.get(number as usize).copied().unwrap_or(false)
}

/// Sets flags by number; whether one of them is new.
fn add(flags: &mut Vec<bool>, numbers: &[u32]) -> bool {
    let mut is_new = false;
    for number in numbers {
        is_new |= set(flags, *number);
    }
    is_new
}

/// The numbers of the flags that are set.
fn numbers_of(flags: &[bool]) -> Vec<u32> {
    flags.iter().enumerate().filter(|(_, set)| **set).map(|(number, _)| number as u32).collect()
}
