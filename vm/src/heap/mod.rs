//! The heap: objects behind `u32` handles in copy-on-write pages.
//!
//! A page holds [`PAGE`] objects. A page is *owned* (written in place) or *shared* (between clones; copied on the first
//! write). [`Heap::freeze`] turns owned pages into shared ones, so that the clones taken afterwards cost one pointer per
//! page; cloning a heap that was not frozen copies its owned pages. All writes pass [`Heap::get_mut`], where the undo log
//! of a search is kept ([`journal`]). Freed handles are reused last-in first-out, so handles, and with them `id()`, depend
//! on nothing but the program. There are no reference counts: `gc` marks and sweeps at points that depend on allocation counts
//! only, and `watch` and `reach` find the end of those objects whose end a program can see.

pub mod base;
pub mod gc;
pub mod intern;
pub mod journal;
pub mod lookups;
pub mod reach;
pub mod shape;
pub mod watch;

use crate::object::Object;
use crate::object::string::PyStr;
use crate::value::{ObjId, Value};
use std::fmt;
use std::sync::Arc;

/// Objects per page.
pub const PAGE: usize = 64;

type Slots = [Object; PAGE];

enum Page {
    Owned(Box<Slots>),
    Shared(Arc<Slots>),
    /// Owned, and the journal saves what is overwritten.
    Logged(Box<Slots>),
}

fn empty_slots() -> Slots {
    std::array::from_fn(|_| Object::Free)
}

/// What is on it; whether it is shared shows nowhere.
impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.slots()).finish()
    }
}

impl Clone for Page {
    fn clone(&self) -> Page {
        match self {
            Page::Owned(slots) => Page::Owned(slots.clone()),
            Page::Logged(slots) => Page::Logged(slots.clone()),
            Page::Shared(slots) => Page::Shared(Arc::clone(slots)),
        }
    }
}

impl Page {
    fn slots(&self) -> &Slots {
        match self {
            Page::Owned(slots) | Page::Logged(slots) => slots,
            Page::Shared(slots) => slots,
        }
    }
}

impl PartialEq for Page {
    fn eq(&self, other: &Page) -> bool {
        match (self, other) {
            (Page::Shared(a), Page::Shared(b)) if Arc::ptr_eq(a, b) => true,
            _ => self.slots() == other.slots(),
        }
    }
}

/// Objects, interned strings and shapes of one interpreter.
#[derive(Clone, Debug, PartialEq)]
pub struct Heap {
    pages: Vec<Page>,
    free: Vec<ObjId>,
    next: u32,
    /// Interned strings: one handle per text.
    pub interned: Arc<intern::Interner>,
    /// Hidden classes of instances.
    pub shapes: Arc<shape::Shapes>,
    /// Bytes in use, estimated: objects and the contents they own.
    pub used_bytes: usize,
    /// The next collection runs when `used_bytes` passes this.
    pub collect_at_bytes: usize,
    /// `used_bytes` may not pass this (limit of the heap).
    pub limit_bytes: usize,
    /// The one weak reference without a callback to each object that has one.
    pub weak_refs: std::collections::BTreeMap<ObjId, ObjId>,
    /// Objects whose end a program can see.
    pub watch: watch::Watch,
    /// From so many used bytes on the loop asks what is the matter: a collection, or a watched object.
    attention_at_bytes: usize,
    /// What the library consists of, known since the first look for ended objects.
    base: Option<Arc<base::Base>>,
    /// Pages that the base knows and that were written since.
    written: Vec<u32>,
    next_version: u32,
    /// What lookups in classes found.
    pub lookups: lookups::Lookups,
    journal: Option<Box<journal::Journal>>,
    /// Whose attributes a dict has that was taken as a `__dict__`; kept on request.
    pub(crate) owners: Option<std::collections::BTreeMap<ObjId, ObjId>>,
}

/// The smallest amount of growth after which a collection is worth its time.
const COLLECT_STEP_BYTES: usize = 32 << 20;

impl Heap {
    /// An empty heap that may grow to `limit_bytes`.
    pub fn new(limit_bytes: usize) -> Heap {
        Heap {
            pages: Vec::new(),
            free: Vec::new(),
            next: 0,
            interned: Arc::default(),
            shapes: Arc::default(),
            used_bytes: 0,
            collect_at_bytes: COLLECT_STEP_BYTES.min(limit_bytes),
            limit_bytes,
            weak_refs: std::collections::BTreeMap::new(),
            watch: watch::Watch::default(),
            attention_at_bytes: COLLECT_STEP_BYTES.min(limit_bytes),
            base: None,
            written: Vec::new(),
            next_version: 1,
            lookups: lookups::Lookups::default(),
            journal: None,
            owners: None,
        }
    }

    /// Puts an object on the heap.
    pub fn alloc(&mut self, object: Object) -> ObjId {
        self.used_bytes += size_of::<Object>() + object.owned_bytes();
        if self.journal.is_some() {
            return self.alloc_in_arena(object);
        }
        if let Some(id) = self.free.pop() {
            *self.get_mut(id) = object;
            return id;
        }
        let id = ObjId(self.next);
        self.next += 1;
        if id.0 as usize / PAGE == self.pages.len() {
            self.pages.push(Page::Owned(Box::new(empty_slots())));
        }
        *self.get_mut(id) = object;
        id
    }

    /// The object behind a handle.
    #[inline(always)]
    pub fn get(&self, id: ObjId) -> &Object {
        &self.pages[id.0 as usize / PAGE].slots()[id.0 as usize % PAGE]
    }

    /// The object behind a handle, for writing: the one door of all heap writes.
    #[inline(always)]
    pub fn get_mut(&mut self, id: ObjId) -> &mut Object {
        match self.pages[id.0 as usize / PAGE] {
            Page::Owned(_) => {}
            Page::Shared(_) | Page::Logged(_) => return self.get_mut_logged(id),
        }
        match &mut self.pages[id.0 as usize / PAGE] {
            Page::Owned(slots) => &mut slots[id.0 as usize % PAGE],
            Page::Shared(_) | Page::Logged(_) => unreachable!("seen above"),
        }
    }

    /// Makes every page shared, so that clones taken from now on are cheap.
    pub fn freeze(&mut self) {
        for page in &mut self.pages {
            if let Page::Owned(slots) = page {
                let slots = std::mem::replace(slots, Box::new(empty_slots()));
                *page = Page::Shared(Arc::from(slots));
            }
        }
    }

    /// Notes that an object's contents grew by so many bytes.
    #[inline(always)]
    pub fn grew(&mut self, bytes: usize) {
        self.used_bytes += bytes;
    }

    /// Notes that an object's contents changed from so many bytes to so many.
    pub fn resized(&mut self, before: usize, after: usize) {
        self.used_bytes = (self.used_bytes + after).saturating_sub(before);
    }

    /// True when a further `bytes` would pass the limit.
    pub fn would_exceed(&self, bytes: usize) -> bool {
        self.used_bytes.saturating_add(bytes) > self.limit_bytes
    }

    /// True when the loop has to look up: a collection is wanted, or something is watched.
    #[inline(always)]
    pub fn wants_attention(&self) -> bool {
        self.used_bytes > self.attention_at_bytes
    }

    /// True when enough was allocated since the last collection for another one.
    #[inline(always)]
    pub fn wants_collection(&self) -> bool {
        self.used_bytes > self.collect_at_bytes
    }

    /// True when a further `bytes` would be enough for a collection.
    #[inline(always)]
    pub fn wants_collection_after(&self, bytes: usize) -> bool {
        self.used_bytes + bytes > self.collect_at_bytes
    }

    /// A number that was never given out before: versions of classes and of key sets of dicts.
    #[inline(always)]
    pub fn fresh_version(&mut self) -> u32 {
        self.next_version =
            self.next_version.checked_add(1).expect("fewer than 2^32 changes of classes and namespaces");
        self.next_version
    }

    /// All objects with their handles, in the order of those.
    pub fn objects(&self) -> impl Iterator<Item = (ObjId, &Object)> {
        (0..self.next).map(ObjId).map(|id| (id, self.get(id)))
    }

    /// Number of handles ever used.
    pub fn capacity(&self) -> usize {
        self.next as usize
    }

    /// The handle of the one string object with this text; makes it if need be.
    pub fn intern(&mut self, text: &str) -> ObjId {
        let hash = intern::hash_of(text);
        if let Some(id) = self.interned.find_hashed(text, hash) {
            return id;
        }
        let arena = self.enter_permanent();
        let id = self.alloc(Object::Str(PyStr::hashed(text.into(), hash)));
        self.leave_permanent(arena);
        Arc::make_mut(&mut self.interned).add_hashed(text, hash, id);
        id
    }

    /// A new string object.
    pub fn new_str(&mut self, text: impl Into<Box<str>>) -> Value {
        Value::Obj(self.alloc(Object::new_str(text.into())))
    }

    /// A new tuple.
    pub fn new_tuple(&mut self, items: Vec<Value>) -> Value {
        Value::Obj(self.alloc(Object::Tuple(items.into_boxed_slice())))
    }

    /// A new list.
    pub fn new_list(&mut self, items: Vec<Value>) -> Value {
        Value::Obj(self.alloc(Object::List(items)))
    }

    /// Frees one object outside a collection.
    fn free_now(&mut self, id: ObjId) {
        let bytes = size_of::<Object>() + self.get(id).owned_bytes();
        self.used_bytes = self.used_bytes.saturating_sub(bytes);
        self.release(id);
    }

    fn release(&mut self, id: ObjId) {
        *self.get_mut(id) = Object::Free;
        self.free.push(id);
    }
}

/// Makes a page owned: moves the contents if nobody else has them, copies them otherwise.
fn unshare(page: &mut Page) {
    let taken = std::mem::replace(page, Page::Owned(Box::new(empty_slots())));
    if let Page::Shared(slots) = taken {
        let slots = Arc::try_unwrap(slots).unwrap_or_else(|shared| (*shared).clone());
        *page = Page::Owned(Box::new(slots));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_heap_and_its_clone_do_not_see_each_others_writes() {
        let mut heap = Heap::new(1 << 20);
        let id = heap.alloc(Object::Cell(Value::Int(1)));
        heap.freeze();
        let mut clone = heap.clone();
        assert_eq!(heap, clone);
        *clone.get_mut(id) = Object::Cell(Value::Int(2));
        assert_eq!(*heap.get(id), Object::Cell(Value::Int(1)));
        assert_ne!(heap, clone);
    }

    #[test]
    fn interning_gives_one_handle_per_text() {
        let mut heap = Heap::new(1 << 20);
        let a = heap.intern("spam");
        let b = heap.intern("eggs");
        assert_eq!(heap.intern("spam"), a);
        assert_ne!(a, b);
    }
}
