//! Containers inside containers, for operations that look at all of them.

use super::{Collector, Part, WrittenNames};
use crate::names::name;
use crate::object::Object;
use crate::value::{ObjId, Value};
use std::collections::BTreeSet;

/// Containers inside one that are looked for; of larger ones only so many are found.
const CONTAINERS_MAX: usize = 1_000;

impl<W: WrittenNames + ?Sized> Collector<'_, W> {
    /// A value that is written out or compared: it and the containers inside it are read.
    pub(super) fn nested(&mut self, value: Value) {
        let mut seen: BTreeSet<ObjId> = BTreeSet::new();
        let mut left = vec![value];
        while let Some(value) = left.pop() {
            self.whole(value, false);
            let Value::Obj(id) = self.vm.heap.unwrap_payload(value) else { continue };
            if let Object::Exception(_) = self.vm.heap.get(id)
                && self.written.may_be_written(name::ARGS)
            {
                self.add(id, Part::Attr(name::ARGS), false);
            }
            if seen.len() < CONTAINERS_MAX && self.may_hold(id) && seen.insert(id) {
                self.add_inner(id, &mut left);
            }
        }
    }

    fn may_hold(&self, id: ObjId) -> bool {
        matches!(
            self.vm.heap.get(id),
            Object::List(_)
                | Object::Tuple(_)
                | Object::Dict(_)
                | Object::DictView(_)
                | Object::MappingProxy(_)
                | Object::Deque(_)
        )
    }

    /// Adds what a container holds that may be a container. Items of sets cannot change, nor can keys.
    fn add_inner(&self, id: ObjId, out: &mut Vec<Value>) {
        let heap = &self.vm.heap;
        let is_object = |value: &&Value| matches!(value, Value::Obj(_));
        match heap.get(id) {
            Object::List(items) => out.extend(items.iter().filter(is_object)),
            Object::Deque(deque) => out.extend(deque.items.iter().filter(is_object)),
            Object::Dict(dict) => out.extend(dict.iter().map(|entry| &entry.value).filter(is_object)),
            Object::DictView(view) => out.push(Value::Obj(view.dict)),
            Object::MappingProxy(dict) => out.push(Value::Obj(*dict)),
            Object::Tuple(_) => {
                let items = heap.tuple(Value::Obj(id)).unwrap_or_default();
                out.extend(items.iter().filter(is_object));
            }
            _ => {}
        }
    }
}
