//! Mark and sweep.
//!
//! Runs only between instructions, when the scheduler finds `Heap::wants_collection`; when that is the case depends on
//! what was allocated, never on time or addresses. Builtin classes, names and interned strings are never freed. Weak
//! references to what is freed become None.

use super::Heap;
use crate::object::Object;
use crate::value::{ObjId, Value};
use std::collections::BTreeSet;

/// The marks of one collection.
#[derive(Clone, Debug)]
pub struct Marker {
    marked: Vec<u64>,
    todo: Vec<ObjId>,
}

impl Marker {
    /// No marks yet, for a heap with so many handles.
    pub fn new(handles: usize) -> Marker {
        Marker { marked: vec![0; handles.div_ceil(64)], todo: Vec::new() }
    }

    /// Marks an object that must survive.
    pub fn mark(&mut self, id: ObjId) {
        let (word, bit) = (id.0 as usize / 64, 1 << (id.0 % 64));
        if self.marked[word] & bit == 0 {
            self.marked[word] |= bit;
            self.todo.push(id);
        }
    }

    /// Takes an object for marked without looking at what it refers to.
    pub fn skip(&mut self, id: ObjId) {
        self.marked[id.0 as usize / 64] |= 1 << (id.0 % 64);
    }

    /// Takes all objects of a set for marked.
    pub(super) fn skip_all(&mut self, part: &[u64]) {
        self.marked.iter_mut().zip(part).for_each(|(word, bits)| *word |= bits);
    }

    /// Marks the object behind a value.
    pub fn mark_value(&mut self, value: Value) {
        if let Value::Obj(id) = value {
            self.mark(id);
        }
    }

    /// Whether an object was reached.
    pub fn is_marked(&self, id: ObjId) -> bool {
        self.marked[id.0 as usize / 64] & (1 << (id.0 % 64)) != 0
    }
}

impl Marker {
    /// Marks everything that can be reached from what was marked.
    pub fn run(&mut self, heap: &Heap) {
        while let Some(id) = self.todo.pop() {
            each_child(heap.get(id), &mut |value| self.mark_value(value));
        }
    }

    /// As `run`, but stops when all of `wanted` were reached; whether that is so.
    pub fn run_until(&mut self, heap: &Heap, wanted: &BTreeSet<ObjId>) -> bool {
        let mut missing = wanted.iter().filter(|id| !self.is_marked(**id)).count();
        while missing > 0 {
            let Some(id) = self.todo.pop() else { return false };
            each_child(heap.get(id), &mut |value| {
                if let Value::Obj(child) = value
                    && !self.is_marked(child)
                {
                    self.mark(child);
                    missing -= usize::from(wanted.contains(&child));
                }
            });
        }
        true
    }
}

impl Heap {
    /// Frees everything that cannot be reached from what was marked.
    pub fn collect(&mut self, mut marker: Marker) {
        for id in self.interned.handles() {
            marker.mark(id);
        }
        marker.run(self);
        self.forget_base();
        self.sweep(&marker);
        self.set_attention();
    }

    fn sweep(&mut self, marker: &Marker) {
        let mut used = 0;
        for i in (0..self.capacity() as u32).rev() {
            let id = ObjId(i);
            match self.get(id) {
                Object::Free => {}
                _ if !marker.is_marked(id) => self.release(id),
                object => {
                    used += size_of::<Object>() + object.owned_bytes();
                    if let Object::WeakRef(Value::Obj(target), callback) = *object
                        && !marker.is_marked(target)
                    {
                        *self.get_mut(id) = Object::WeakRef(Value::None, callback);
                    }
                }
            }
        }
        self.weak_refs.retain(|target, reference| marker.is_marked(*target) && marker.is_marked(*reference));
        self.used_bytes = used;
        let step = used.max(super::COLLECT_STEP_BYTES);
        self.collect_at_bytes =
            used.saturating_add(step).min(self.limit_bytes.max(used + super::COLLECT_STEP_BYTES / 8));
    }
}

/// Calls `visit` with every value an object refers to. Weak references do not count.
pub fn each_child(object: &Object, visit: &mut impl FnMut(Value)) {
    match object {
        Object::Tuple(items) => items.iter().copied().for_each(visit),
        Object::List(items) => items.iter().copied().for_each(visit),
        Object::Dict(dict) => dict.iter().for_each(|e| {
            visit(e.key);
            visit(e.value);
        }),
        Object::Set(set) | Object::FrozenSet(set) => set.iter().for_each(|(_, item)| visit(item)),
        Object::Deque(deque) => deque.items.iter().copied().for_each(visit),
        Object::SimpleQueue(queue) => queue.items.iter().copied().for_each(visit),
        Object::Slice(parts) => parts.iter().copied().for_each(visit),
        Object::Property(parts) => parts.iter().copied().for_each(visit),
        Object::Instance(instance) => {
            visit(Value::Obj(instance.class));
            instance.attrs.slots.iter().copied().for_each(visit);
        }
        Object::Cell(v) | Object::StaticMethod(v) | Object::ClassMethod(v) | Object::WeakRef(_, v) => visit(*v),
        Object::BoundMethod(a, b) | Object::GenericAlias(a, b) => {
            visit(*a);
            visit(*b);
        }
        Object::DictView(view) => visit(Value::Obj(view.dict)),
        Object::MappingProxy(id) | Object::Module(id) | Object::Union(id) => visit(Value::Obj(*id)),
        Object::Super(class, object, kind) => {
            visit(Value::Obj(*class));
            visit(*object);
            visit(Value::Obj(*kind));
        }
        Object::Member(owner, name) => {
            visit(Value::Obj(*owner));
            visit(Value::Obj(*name));
        }
        Object::GetSet(owner, _) => visit(Value::Obj(*owner)),
        Object::MemoryView(view) => visit(view.base),
        Object::FrameView(view) => {
            visit(Value::Obj(view.globals));
            visit(view.back);
        }
        Object::Traceback(entry) => {
            visit(Value::Obj(entry.globals));
            visit(entry.next);
            entry.locals.iter().copied().for_each(visit);
        }
        Object::Function(_) | Object::Class(_) | Object::Exception(_) | Object::Generator(_) | Object::Iter(_) => {
            each_child_of_large(object, visit);
        }
        Object::Free
        | Object::Str(_)
        | Object::BigInt(_)
        | Object::Complex(..)
        | Object::Bytes(_)
        | Object::ByteArray(_)
        | Object::Range(..)
        | Object::Code(_)
        | Object::Lock(_)
        | Object::ThreadHandle(_)
        | Object::Random(_)
        | Object::TextIo(_) => {}
    }
}

fn each_child_of_large(object: &Object, visit: &mut impl FnMut(Value)) {
    match object {
        Object::Function(f) => {
            visit(Value::Obj(f.globals));
            f.defaults.iter().copied().for_each(&mut *visit);
            f.closure.iter().for_each(|cell| visit(Value::Obj(*cell)));
            let attributes = [f.kw_defaults, f.name, f.qualname, f.module, f.doc, f.annotations, f.dict];
            for value in attributes.into_iter().chain([f.type_params, f.poses_as]) {
                visit(value);
            }
        }
        Object::Class(class) => {
            for id in class.bases.iter().chain(&class.mro).chain(&class.subclasses) {
                visit(Value::Obj(*id));
            }
            visit(Value::Obj(class.dict));
            visit(Value::Obj(class.metaclass));
            visit(class.module);
        }
        Object::Exception(e) => {
            visit(Value::Obj(e.class));
            e.attrs.slots.iter().copied().for_each(&mut *visit);
            for value in [e.args, e.cause, e.context, e.traceback] {
                visit(value);
            }
        }
        Object::Generator(g) => {
            g.frame.each_value(visit);
            g.stack.iter().copied().for_each(&mut *visit);
            let [own, outer] = g.outside;
            for value in [g.handled.value(), own.value(), outer.value(), g.name, g.qualname, Value::Obj(g.class)] {
                visit(value);
            }
        }
        Object::Iter(iter) => each_child_of_iter(iter, visit),
        _ => {}
    }
}

fn each_child_of_iter(iter: &crate::object::iter::Iter, visit: &mut impl FnMut(Value)) {
    use crate::object::iter::Iter;
    match iter {
        Iter::List { list: id, .. }
        | Iter::ListReversed { list: id, .. }
        | Iter::Tuple { tuple: id, .. }
        | Iter::Str { string: id, .. }
        | Iter::Bytes { bytes: id, .. }
        | Iter::Dict { dict: id, .. }
        | Iter::Set { set: id, .. }
        | Iter::Deque { deque: id, .. }
        | Iter::Enumerate { inner: id, .. }
        | Iter::Done { class: id } => visit(Value::Obj(*id)),
        Iter::Range { .. } => {}
        Iter::Zip { inner, .. } => inner.iter().for_each(|id| visit(Value::Obj(*id))),
        Iter::Chain { first, rest } => {
            first.iter().copied().for_each(&mut *visit);
            visit(Value::Obj(*rest));
        }
        Iter::Items { items, class, .. } => {
            items.iter().copied().for_each(&mut *visit);
            visit(Value::Obj(*class));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_marked_is_freed_and_its_handle_reused() {
        let mut heap = Heap::new(1 << 30);
        let inner = heap.new_list(vec![]);
        let outer = heap.alloc(Object::Cell(inner));
        let lost = heap.alloc(Object::Cell(Value::Int(1)));
        let mut marker = Marker::new(heap.capacity());
        marker.mark(outer);
        heap.collect(marker);
        assert_eq!(*heap.get(lost), Object::Free);
        assert_eq!(*heap.get(outer), Object::Cell(inner));
        assert_eq!(heap.alloc(Object::Cell(Value::None)), lost);
    }
}
