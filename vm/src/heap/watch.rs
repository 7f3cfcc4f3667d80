//! Watched objects: those whose end a program can see.
//!
//! An object is watched while it has something to do at its end: its class has `__del__`, a weak reference points to it,
//! or it is a generator that is suspended inside a `try` or `with`. `interp::destroy` finds out when one of them has
//! lost its last reference; as long as none exists, nothing is looked for and nothing is paid.

use crate::value::{ObjId, ThreadId, Value};
use std::collections::BTreeMap;

/// Work (objects looked at) that a program may ask for at once.
const CREDIT_MAX: i64 = 200_000_000;
/// Virtual time of instructions between two looks at everything that is watched, for references that went unseen.
const ROUND_NS: u64 = 1_000_000;
/// Work that each round adds to what may be spent.
const CREDIT_PER_ROUND: i64 = 1_000_000;

/// What is to be done at the end of one object.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Watched {
    /// Its place in the order in which objects came to be watched.
    pub born: u64,
    /// `__del__` has to be called, or the generator to be closed.
    pub finaliser: bool,
    /// Weak references to it, oldest first.
    pub refs: Vec<ObjId>,
}

/// What the next look at the heap is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Request {
    /// Nothing was asked for.
    #[default]
    None,
    /// Everything that is watched may have lost its last reference.
    All,
    /// `gc.collect()`: also what only cycles of garbage keep.
    Collect,
    /// The program ends: what its module holds goes.
    Exit,
}

/// How an object ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `__del__` is called.
    Finaliser,
    /// The generator is closed.
    Close,
    /// Callbacks of weak references are called.
    Callbacks,
}

/// A call that is due because an object has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// What is done.
    pub ending: Ending,
    /// The object.
    pub object: ObjId,
    /// References, each before its callback.
    pub refs: Vec<Value>,
    /// The thread that lost the last reference, and how many frames it had; `None`: whichever runs next.
    pub by: Option<(ThreadId, usize)>,
}

/// All watched objects of a heap.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Watch {
    objects: BTreeMap<ObjId, Watched>,
    /// Calls that are due; the next one is the last.
    pub due: Vec<Due>,
    /// Some class has `__del__`: new instances are asked for it.
    pub any_del: bool,
    /// Some weak reference was made.
    pub any_ref: bool,
    /// What was asked for.
    pub request: Request,
    /// What the last `gc.collect()` found.
    pub collected: i64,
    /// Objects that came to be watched with the last instruction: it may have let go of them before.
    pub fresh: Vec<ObjId>,
    /// Set while a file of the machine's own is loaded: nothing ends meanwhile.
    pub paused: bool,
    born: u64,
    spent: i64,
    round_ns: u64,
    lapsed: bool,
}

impl Watch {
    /// Whether instructions have to be looked at.
    #[inline]
    pub fn is_active(&self) -> bool {
        !self.paused && (!self.objects.is_empty() || !self.due.is_empty() || self.request != Request::None)
    }

    /// Whether all that can be watched are suspended generators, which nearly every program has at some time: then only
    /// what lets go of a variable or a frame is looked at, and not deeply.
    pub fn only_generators(&self) -> bool {
        !self.any_del && !self.any_ref
    }

    /// Whether an object is watched.
    pub fn get(&self, id: ObjId) -> Option<&Watched> {
        self.objects.get(&id)
    }

    /// All watched objects.
    pub fn iter(&self) -> impl Iterator<Item = (ObjId, &Watched)> {
        self.objects.iter().map(|(id, watched)| (*id, watched))
    }

    /// The entry of an object, made if need be.
    pub(super) fn entry(&mut self, id: ObjId) -> &mut Watched {
        let born = self.born + 1;
        let entry = self.objects.entry(id).or_insert_with(|| Watched { born, ..Watched::default() });
        if entry.born == born {
            self.born = born;
        }
        entry
    }

    /// An object has nothing more to do at its end.
    pub fn forget(&mut self, id: ObjId) {
        self.objects.remove(&id);
        self.lapsed |= self.objects.is_empty();
    }

    /// Its `__del__` is going to be called: only weak references are left to be dealt with.
    pub(super) fn finalised(&mut self, id: ObjId) {
        if let Some(watched) = self.objects.get_mut(&id) {
            watched.finaliser = false;
            if watched.refs.is_empty() {
                self.forget(id);
            }
        }
    }

    /// Takes the references to an object away; it is watched on only for its finaliser.
    pub(super) fn take_refs(&mut self, id: ObjId) -> Vec<ObjId> {
        let Some(watched) = self.objects.get_mut(&id) else { return Vec::new() };
        let refs = std::mem::take(&mut watched.refs);
        if !watched.finaliser {
            self.forget(id);
        }
        refs
    }

    /// Whether something has to be done about what is watched, right after the instruction that comes to an end now.
    #[inline]
    pub fn wants_attention(&self) -> bool {
        let idle = self.due.is_empty() && self.fresh.is_empty() && self.request == Request::None;
        !self.paused && !idle
    }

    /// Virtual time until the next round.
    pub fn round_left_ns(&self) -> u64 {
        ROUND_NS - self.round_ns
    }

    /// Instructions took so much time. True at the end of a round, if something was watched all the while.
    pub fn advance(&mut self, cost_ns: u64, watched: bool) -> bool {
        let lapsed = std::mem::take(&mut self.lapsed);
        self.round_ns += cost_ns;
        if self.round_ns < ROUND_NS {
            return false;
        }
        self.round_ns %= ROUND_NS;
        self.spent = (self.spent - CREDIT_PER_ROUND).max(0);
        watched && !lapsed
    }

    /// Notes work; false when so much was done lately that the program has to go on first.
    pub fn spend(&mut self, objects: usize) -> bool {
        if self.spent > CREDIT_MAX {
            return false;
        }
        self.spent += objects as i64;
        true
    }
}

impl super::Heap {
    /// Watches an instance whose class has `__del__`, or a suspended generator.
    pub fn watch_end(&mut self, id: ObjId) {
        if self.keeps_journal() {
            return;
        }
        self.watch.entry(id).finaliser = true;
        self.watch.fresh.push(id);
        self.set_attention();
    }

    /// Watches the target of a weak reference.
    pub fn watch_reference(&mut self, target: ObjId, reference: ObjId) {
        if self.keeps_journal() {
            return;
        }
        self.watch.any_ref = true;
        self.watch.entry(target).refs.push(reference);
        self.watch.fresh.push(target);
        self.set_attention();
    }

    /// A generator has come to its end: it need not be closed.
    pub fn generator_ended(&mut self, id: ObjId) {
        self.watch.finalised(id);
    }

    /// Asks for a look at the heap before the next instruction.
    pub fn request(&mut self, request: Request) {
        if self.keeps_journal() {
            return;
        }
        self.watch.request = request;
        self.set_attention();
    }

    /// Sets from when on the loop has to ask what is the matter.
    pub fn set_attention(&mut self) {
        self.attention_at_bytes = if self.watch.wants_attention() { 0 } else { self.collect_at_bytes };
    }

    /// A class with `__del__` was made: from now on more instructions are looked at.
    pub fn found_del(&mut self) {
        self.watch.any_del = true;
        if self.watch.is_active() {
            self.attention_at_bytes = 0;
        }
    }
}
