//! Which watched objects have ended: reachability, and what reference counts would say of the rest.
//!
//! An object that cannot be reached has ended in CPython only if no cycle of garbage holds it. So the unreachable part of
//! the heap is peeled: whoever has no reference from within it goes, and takes its own references along. What remains
//! are cycles and what hangs on them; these end in `gc.collect()` and with the program.

use super::Heap;
use super::gc::{Marker, each_child};
use super::watch::{Due, Ending};
use crate::object::Object;
use crate::value::{ObjId, Value};
use std::collections::{BTreeSet, VecDeque};

/// The unreachable part of a heap, being peeled.
struct Peel<'a> {
    heap: &'a Heap,
    marker: &'a Marker,
    /// References to an unreachable object from unreachable ones that have not gone.
    held: Vec<u32>,
    gone: Vec<bool>,
    /// In the order in which they went.
    went: Vec<ObjId>,
    ended: Vec<ObjId>,
}

/// What the end of unreferenced objects comes to.
pub(crate) struct Ended {
    /// Watched objects, in CPython's order.
    pub watched: Vec<ObjId>,
    /// Objects that went and have nothing more to do.
    pub gone: Vec<ObjId>,
    /// Objects that only cycles of garbage keep.
    pub kept: Vec<ObjId>,
}

/// Whether an object can hold others. What cannot is left to the collector.
pub(crate) fn can_hold(object: &Object) -> bool {
    !matches!(
        object,
        Object::Free
            | Object::Str(_)
            | Object::BigInt(_)
            | Object::Complex(..)
            | Object::Bytes(_)
            | Object::ByteArray(_)
            | Object::Range(..)
            | Object::Code(_)
            | Object::ThreadHandle(_)
            | Object::Random(_)
            | Object::TextIo(_)
    )
}

impl Peel<'_> {
    fn is_garbage(&self, id: ObjId) -> bool {
        !self.marker.is_marked(id) && can_hold(self.heap.get(id))
    }

    /// Lets an object go that nothing refers to, and whatever goes with it, in the order of CPython's deallocators.
    fn drop(&mut self, root: ObjId) {
        if !self.is_garbage(root) || self.held[root.0 as usize] != 0 || self.gone[root.0 as usize] {
            return;
        }
        let mut edges = Vec::new();
        self.go(root, &mut edges);
        while let Some(id) = edges.pop() {
            if !self.is_garbage(id) {
                continue;
            }
            let held = &mut self.held[id.0 as usize];
            *held = held.saturating_sub(1);
            if *held == 0 && !self.gone[id.0 as usize] {
                self.go(id, &mut edges);
            }
        }
    }

    fn go(&mut self, id: ObjId, edges: &mut Vec<ObjId>) {
        self.gone[id.0 as usize] = true;
        if self.heap.watch.get(id).is_some() {
            self.ended.push(id);
            if self.heap.has_call_at_end(id, |reference| !self.gone[reference.0 as usize]) {
                // What it holds stays until its calls have been made.
                return;
            }
        }
        self.went.push(id);
        let mut children = self.heap.children_as_dropped(id);
        children.reverse();
        edges.extend(children);
    }
}

impl Heap {
    /// The children of an object in the order in which CPython lets them go: sequences from the end.
    fn children_as_dropped(&self, id: ObjId) -> Vec<ObjId> {
        let object = self.get(id);
        let mut children = Vec::new();
        each_child(object, &mut |value| children.extend(value.obj()));
        if matches!(object, Object::List(_) | Object::Tuple(_)) {
            children.reverse();
        }
        children
    }

    /// Whether Python code runs at the end of an object; `lives`: which references still exist.
    fn has_call_at_end(&self, id: ObjId, lives: impl Fn(ObjId) -> bool) -> bool {
        self.watch.get(id).is_some_and(|watched| {
            watched.finaliser || watched.refs.iter().any(|r| lives(*r) && self.callback(*r).is_some())
        })
    }

    fn callback(&self, reference: ObjId) -> Option<Value> {
        match self.get(reference) {
            Object::WeakRef(_, callback) if !callback.is_none() => Some(*callback),
            _ => None,
        }
    }

    /// The watched objects that have ended, in CPython's order; `dropped` are the values whose references were given up,
    /// in order.
    pub(crate) fn ended(&self, marker: &Marker, dropped: &[Value]) -> Ended {
        let capacity = self.capacity();
        let mut peel = Peel {
            heap: self,
            marker,
            held: vec![0; capacity],
            gone: vec![false; capacity],
            went: Vec::new(),
            ended: Vec::new(),
        };
        let garbage: Vec<ObjId> = (0..capacity as u32).map(ObjId).filter(|id| peel.is_garbage(*id)).collect();
        for id in &garbage {
            each_child(self.get(*id), &mut |value| {
                if let Value::Obj(child) = value {
                    peel.held[child.0 as usize] += 1;
                }
            });
        }
        let first: Vec<ObjId> = dropped.iter().filter_map(|value| value.obj()).collect();
        let mut later: BTreeSet<ObjId> = first.iter().copied().collect();
        // Garbage of earlier instructions has gone before what is dropped now, which therefore is held until its turn.
        later.iter().for_each(|id| peel.held[id.0 as usize] += 1);
        garbage.iter().for_each(|id| peel.drop(*id));
        for id in &first {
            if later.remove(id) {
                peel.held[id.0 as usize] -= 1;
            }
            peel.drop(*id);
        }
        let (gone, watched) = (peel.went, peel.ended);
        let kept = garbage.into_iter().filter(|id| !peel.gone[id.0 as usize]).collect();
        Ended { watched, gone, kept }
    }

    /// Frees objects that went, those of kinds that no cache of the machine knows by handle.
    pub(crate) fn free_gone(&mut self, gone: &[ObjId]) {
        for id in gone {
            let is_plain = matches!(
                self.get(*id),
                Object::Instance(_)
                    | Object::List(_)
                    | Object::Tuple(_)
                    | Object::Set(_)
                    | Object::FrozenSet(_)
                    | Object::Deque(_)
                    | Object::BoundMethod(..)
                    | Object::Iter(_)
                    | Object::Exception(_)
                    | Object::Traceback(_)
                    | Object::Slice(_)
            );
            if is_plain && self.watch.get(*id).is_none() {
                self.free_now(*id);
            }
        }
    }

    /// Unreachable watched objects in the order in which the end of a program comes to them: breadth first from `start`.
    pub(crate) fn in_order_of_exit(&self, start: &[ObjId], keeps: &Marker) -> Vec<ObjId> {
        let mut seen = vec![false; self.capacity()];
        let mut queue: VecDeque<ObjId> = start.iter().copied().collect();
        let mut found = Vec::new();
        while let Some(id) = queue.pop_front() {
            if std::mem::replace(&mut seen[id.0 as usize], true) || keeps.is_marked(id) {
                continue;
            }
            if self.watch.get(id).is_some_and(|watched| watched.finaliser) {
                found.push(id);
            }
            queue.extend(self.children_as_dropped(id));
        }
        found
    }

    /// An object ends: its weak references die, and what has to be called for it is returned.
    pub(crate) fn end(&mut self, id: ObjId, lives: impl Fn(&Heap, ObjId) -> bool) -> Option<Due> {
        let due = |ending, refs| Due { ending, object: id, refs, by: None };
        if self.watch.get(id).is_some_and(|watched| watched.finaliser) {
            self.watch.finalised(id);
            let ending = match self.get(id) {
                Object::Generator(_) => Ending::Close,
                _ => Ending::Finaliser,
            };
            return Some(due(ending, Vec::new()));
        }
        let refs = self.watch.take_refs(id);
        self.weak_refs.remove(&id);
        let mut calls = Vec::new();
        for reference in refs.into_iter().rev() {
            let callback = self.callback(reference).filter(|_| lives(self, reference));
            if let Object::WeakRef(target, _) = self.get_mut(reference) {
                *target = Value::None;
            }
            calls.extend(callback.map(|callback| [Value::Obj(self.shown_reference(reference)), callback]));
        }
        (!calls.is_empty()).then(|| due(Ending::Callbacks, calls.concat()))
    }

    /// The reference as programs know it: an instance of a class derived from `weakref.ref`, if it is inside of one.
    fn shown_reference(&self, reference: ObjId) -> ObjId {
        let holds = |id: &ObjId| {
            matches!(self.get(*id), Object::Instance(instance) if instance.attrs.slots.contains(&Value::Obj(reference)))
                && self.unwrap_payload(Value::Obj(*id)) == Value::Obj(reference)
        };
        (0..self.capacity() as u32).map(ObjId).find(holds).unwrap_or(reference)
    }
}
