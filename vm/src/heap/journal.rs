//! The undo log of a heap: what a search needs to step back.
//!
//! While a journal is kept, the first write of an object in each *stretch* saves the object as it was; [`Heap::undo`] puts
//! saved objects back, last first. New objects come from *arenas*, one per simulated thread: an arena's handles depend on
//! nothing but the allocations of its own thread, so the same thread with the same history has the same handles in
//! whatever order the threads run. Names and constants live in an arena of their own that is never undone. What this
//! costs: nothing without a journal; with one, a comparison per write and a copy per object and stretch. What it does not
//! cover: the collector, which must not run meanwhile.

use super::{Heap, PAGE, Page};
use crate::object::Object;
use crate::value::ObjId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Arenas: one for what is never undone, and one for each thread.
pub const ARENAS: usize = 128;

/// Threads that can have arenas of their own.
pub const THREADS: usize = ARENAS - 1;

/// One saved fact.
#[derive(Clone, Debug)]
enum Undo {
    Object(ObjId, Object),
    Arena(u32, u32),
    WeakRef(ObjId, Option<ObjId>),
}

/// A place in the journal to return to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    entries: usize,
    used_bytes: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Arena {
    used: u32,
    saved_in: u64,
}

/// The journal.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    entries: Vec<Undo>,
    /// The stretch in which each object was saved, or made.
    saved_in: Vec<u64>,
    stretch: u64,
    arenas: Vec<Arena>,
    active: u32,
    first_page: u32,
    empty: Arc<super::Slots>,
}

/// Always equal: how a state was reached is not part of it.
impl PartialEq for Journal {
    fn eq(&self, _other: &Journal) -> bool {
        true
    }
}

impl Journal {
    /// The handle of the n-th object of an arena.
    fn handle(&self, arena: u32, n: u32) -> ObjId {
        let page = self.first_page + (n / PAGE as u32) * ARENAS as u32 + arena;
        ObjId(page * PAGE as u32 + n % PAGE as u32)
    }

    /// Whether an object has to be saved before it is written.
    #[inline]
    fn must_save(&mut self, id: ObjId) -> bool {
        let at = id.0 as usize;
        if at >= self.saved_in.len() {
            self.saved_in.resize(at + 1, 0);
        }
        std::mem::replace(&mut self.saved_in[at], self.stretch) != self.stretch
    }
}

/// Makes the writes of an owned page go through the journal. A shared page becomes owned first, at its first write.
fn log(page: &mut Page) {
    if let Page::Owned(slots) = page {
        let slots = std::mem::replace(slots, Box::new(super::empty_slots()));
        *page = Page::Logged(slots);
    }
}

impl Heap {
    /// Begins to keep a journal.
    pub fn begin_journal(&mut self) {
        // The ends of objects are not looked for meanwhile: what is known of them is not undone.
        self.watch.paused = true;
        self.set_attention();
        self.pages.iter_mut().for_each(log);
        self.journal = Some(Box::new(Journal {
            entries: Vec::new(),
            saved_in: vec![0; self.pages.len() * PAGE],
            stretch: 1,
            arenas: vec![Arena::default(); ARENAS],
            active: 0,
            first_page: self.pages.len() as u32,
            empty: Arc::new(super::empty_slots()),
        }));
    }

    /// Whether a journal is kept.
    pub fn keeps_journal(&self) -> bool {
        self.journal.is_some()
    }

    fn journal_mut(&mut self) -> &mut Journal {
        self.journal.as_mut().expect("a journal is kept")
    }

    /// Begins a new stretch; returns the place to undo it to.
    pub fn mark(&mut self) -> Mark {
        let used_bytes = self.used_bytes;
        let journal = self.journal_mut();
        journal.stretch += 1;
        Mark { entries: journal.entries.len(), used_bytes }
    }

    /// Undoes everything since a mark.
    pub fn undo(&mut self, mark: Mark) {
        self.used_bytes = mark.used_bytes;
        let mut journal = self.journal.take().expect("a journal is kept");
        journal.stretch += 1;
        while journal.entries.len() > mark.entries {
            match journal.entries.pop() {
                Some(Undo::Object(id, object)) => {
                    let Page::Logged(slots) = &mut self.pages[id.0 as usize / PAGE] else {
                        unreachable!("all pages that were written are logged")
                    };
                    slots[id.0 as usize % PAGE] = object;
                }
                Some(Undo::Arena(arena, used)) => journal.arenas[arena as usize].used = used,
                Some(Undo::WeakRef(target, Some(reference))) => {
                    self.weak_refs.insert(target, reference);
                }
                Some(Undo::WeakRef(target, None)) => {
                    self.weak_refs.remove(&target);
                }
                None => unreachable!("the journal is longer than the mark"),
            }
        }
        self.journal = Some(journal);
    }

    /// The objects that there were when the journal was begun and that were written since, by handle, each as it was then.
    pub fn written(&self) -> BTreeMap<ObjId, &Object> {
        let mut written = BTreeMap::new();
        for entry in self.journal.iter().flat_map(|journal| &journal.entries) {
            if let Undo::Object(id, before) = entry
                && !self.is_of_thread(*id)
            {
                written.entry(*id).or_insert(before);
            }
        }
        written
    }

    /// Whether an object was made for a thread since the journal was begun.
    #[inline]
    pub fn is_of_thread(&self, id: ObjId) -> bool {
        let page = id.0 / PAGE as u32;
        let first = self.journal.as_ref().map_or(u32::MAX, |journal| journal.first_page);
        page >= first && !(page - first).is_multiple_of(ARENAS as u32)
    }

    /// The objects to which weak references were made since the journal was begun, each with its reference now.
    pub fn changed_weak_refs(&self) -> BTreeMap<ObjId, Option<ObjId>> {
        let entries = self.journal.iter().flat_map(|journal| &journal.entries);
        let targets = entries.filter_map(|entry| match entry {
            Undo::WeakRef(target, _) => Some(*target),
            Undo::Object(..) | Undo::Arena(..) => None,
        });
        targets.map(|target| (target, self.weak_refs.get(&target).copied())).collect()
    }

    /// The thread in whose arena an object was made; none for what is older than the journal, or permanent.
    pub fn maker_of(&self, id: ObjId) -> Option<u32> {
        let journal = self.journal.as_ref()?;
        let page = (id.0 / PAGE as u32).checked_sub(journal.first_page)?;
        (page % ARENAS as u32).checked_sub(1)
    }

    /// Objects are made for this thread from now on.
    pub fn use_arena_of(&mut self, thread: u32) {
        self.journal_mut().active = thread + 1;
    }

    /// From now on objects are never undone (names, constants of code), until [`Heap::leave_permanent`] is given what
    /// this returns.
    #[must_use]
    pub fn enter_permanent(&mut self) -> u32 {
        self.journal.as_mut().map_or(0, |journal| std::mem::replace(&mut journal.active, 0))
    }

    /// Ends what [`Heap::enter_permanent`] began.
    pub fn leave_permanent(&mut self, before: u32) {
        if let Some(journal) = &mut self.journal {
            journal.active = before;
        }
    }

    /// Records the weak reference without a callback to an object.
    pub fn set_weak_ref(&mut self, target: ObjId, reference: ObjId) {
        let before = self.weak_refs.insert(target, reference);
        if let Some(journal) = &mut self.journal {
            journal.entries.push(Undo::WeakRef(target, before));
        }
    }

    /// Puts an object into the active arena.
    pub(super) fn alloc_in_arena(&mut self, object: Object) -> ObjId {
        let journal = self.journal.as_mut().expect("a journal is kept");
        let (active, stretch) = (journal.active, journal.stretch);
        let arena = &mut journal.arenas[active as usize];
        let n = arena.used;
        arena.used += 1;
        if active > 0 && std::mem::replace(&mut arena.saved_in, stretch) != stretch {
            journal.entries.push(Undo::Arena(active, n));
        }
        let id = journal.handle(active, n);
        let _ = journal.must_save(id);
        let page = id.0 as usize / PAGE;
        while self.pages.len() <= page {
            self.pages.push(Page::Shared(Arc::clone(&journal.empty)));
        }
        if let Page::Shared(_) = self.pages[page] {
            self.pages[page] = Page::Logged(Box::new(super::empty_slots()));
        }
        self.next = self.next.max(id.0 + 1);
        let Page::Logged(slots) = &mut self.pages[page] else { unreachable!("it was just made") };
        slots[id.0 as usize % PAGE] = object;
        id
    }

    /// [`Heap::get_mut`] of an object on a page that is not simply owned.
    #[cold]
    #[inline(never)]
    pub(super) fn get_mut_logged(&mut self, id: ObjId) -> &mut Object {
        let page = &mut self.pages[id.0 as usize / PAGE];
        if let Page::Shared(_) = page {
            super::unshare(page);
            if self.journal.is_some() {
                log(page);
            }
            if let Some(base) = &self.base {
                base.note_written(id.0 / PAGE as u32, &mut self.written);
            }
        }
        match page {
            Page::Owned(slots) => &mut slots[id.0 as usize % PAGE],
            Page::Logged(slots) => {
                let object = &mut slots[id.0 as usize % PAGE];
                if let Some(journal) = &mut self.journal
                    && journal.must_save(id)
                {
                    journal.entries.push(Undo::Object(id, object.clone()));
                }
                object
            }
            Page::Shared(_) => unreachable!("the page was made owned"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn cell(heap: &Heap, id: ObjId) -> i64 {
        match heap.get(id) {
            Object::Cell(Value::Int(value)) => *value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn undo_restores_objects_and_handles_step_by_step() {
        let mut heap = Heap::new(1 << 20);
        let old = heap.alloc(Object::Cell(Value::Int(1)));
        heap.begin_journal();
        heap.use_arena_of(0);
        let first = heap.mark();
        *heap.get_mut(old) = Object::Cell(Value::Int(2));
        let new = heap.alloc(Object::Cell(Value::Int(10)));
        let second = heap.mark();
        *heap.get_mut(old) = Object::Cell(Value::Int(3));
        *heap.get_mut(old) = Object::Cell(Value::Int(4));
        *heap.get_mut(new) = Object::Cell(Value::Int(11));
        heap.undo(second);
        assert_eq!((cell(&heap, old), cell(&heap, new)), (2, 10));
        heap.undo(first);
        assert_eq!(cell(&heap, old), 1);
        assert_eq!(heap.alloc(Object::Cell(Value::Int(12))), new, "the handle is given out again");
    }

    #[test]
    fn handles_of_a_thread_do_not_depend_on_the_others() {
        let handles = |order: &[u32]| {
            let mut heap = Heap::new(1 << 20);
            heap.begin_journal();
            let mut made: Vec<(u32, ObjId)> = Vec::new();
            for thread in order {
                heap.use_arena_of(*thread);
                made.push((*thread, heap.alloc(Object::Cell(Value::None))));
            }
            made.sort_unstable();
            made
        };
        assert_eq!(handles(&[0, 0, 1, 2, 1]), handles(&[1, 2, 0, 1, 0]));
    }

    #[test]
    fn names_are_never_undone() {
        let mut heap = Heap::new(1 << 20);
        heap.begin_journal();
        heap.use_arena_of(3);
        let mark = heap.mark();
        let name = heap.intern("spam");
        heap.undo(mark);
        assert_eq!(heap.intern("spam"), name);
        assert_eq!(heap.str_of(name), Some("spam"));
    }
}
