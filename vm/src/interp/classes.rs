//! Making classes, and storing attributes by shape.

use super::Vm;
use crate::heap::shape::{MOST_SLOTS, ShapeId};
use crate::names::name;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::{Class, Layout};
use crate::value::{ObjId, Value};
use std::sync::Arc;

impl Vm {
    /// The linearisation of a class (C3), itself excluded; `None` if the bases cannot be ordered.
    pub fn linearise(&self, bases: &[ObjId]) -> Option<Vec<ObjId>> {
        let mut sequences: Vec<Vec<ObjId>> = bases.iter().map(|b| self.heap.class(*b).mro.clone()).collect();
        sequences.push(bases.to_vec());
        let mut order = Vec::new();
        loop {
            sequences.retain(|s| !s.is_empty());
            if sequences.is_empty() {
                return Some(order);
            }
            let head = sequences.iter().map(|s| s[0]).find(|h| !sequences.iter().any(|s| s[1..].contains(h)))?;
            order.push(head);
            for sequence in &mut sequences {
                if sequence[0] == head {
                    sequence.remove(0);
                }
            }
        }
    }

    /// Puts a new class on the heap. The caller has checked bases and layout.
    pub fn new_class(&mut self, class: Class) -> ObjId {
        let bases = class.bases.clone();
        let own_layout = class.layout;
        let id = self.heap.alloc(Object::Class(Box::new(class)));
        self.heap.class_mut(id).mro.insert(0, id);
        for base in bases {
            self.heap.class_mut(base).subclasses.push(id);
        }
        let mut root = Arc::make_mut(&mut self.heap.shapes).new_root();
        if let Layout::Value(_) = own_layout {
            root = Arc::make_mut(&mut self.heap.shapes).add_child(root, name::HIDDEN_VALUE);
        }
        let version = self.heap.fresh_version();
        let class = self.heap.class_mut(id);
        class.root_shape = root;
        class.version = version;
        id
    }

    /// Notes that the namespace of a class changed: caches about it and its subclasses become invalid.
    pub fn class_changed(&mut self, class: ObjId) {
        let mut todo = vec![class];
        while let Some(id) = todo.pop() {
            let version = self.heap.fresh_version();
            let class = self.heap.class_mut(id);
            class.version = version;
            todo.extend_from_slice(&class.subclasses.clone());
        }
    }

    /// Sets an entry of a class's namespace.
    pub fn set_class_attr(&mut self, class: ObjId, name: ObjId, value: Value) {
        let dict = self.heap.class(class).dict;
        if name == name::DEL {
            self.heap.found_del();
        }
        self.heap.dict_set_name(dict, name, value);
        self.class_changed(class);
    }

    /// The value of an attribute that is stored with the object itself.
    #[inline]
    pub fn get_slot(&self, object: ObjId, name: ObjId) -> Option<Value> {
        let attrs = self.heap.attrs(object)?;
        if attrs.shape == ShapeId::DICT {
            return self.heap.dict_get_name(attrs.slots[0].obj()?, name);
        }
        let slot = self.heap.shapes.slot(attrs.shape, name)?;
        Some(attrs.slots[slot]).filter(|v| v.is_bound())
    }

    /// Stores an attribute with the object itself. The object has attributes by shape.
    pub fn set_slot(&mut self, object: ObjId, name: ObjId, value: Value) {
        let Some(attrs) = self.heap.attrs(object) else { return };
        let shape = attrs.shape;
        if shape == ShapeId::DICT {
            let dict = attrs.slots[0].obj().expect("a dict");
            return self.heap.dict_set_name(dict, name, value);
        }
        if let Some(slot) = self.heap.shapes.slot(shape, name) {
            self.heap.attrs_mut(object).expect("checked").slots[slot] = value;
            return;
        }
        if attrs.slots.len() >= MOST_SLOTS {
            let dict = self.attrs_to_dict(object).expect("checked");
            return self.heap.dict_set_name(dict, name, value);
        }
        let to = match self.heap.shapes.child(shape, name) {
            Some(to) => to,
            None => Arc::make_mut(&mut self.heap.shapes).add_child(shape, name),
        };
        let attrs = self.heap.attrs_mut(object).expect("checked");
        attrs.shape = to;
        attrs.slots.push(value);
        self.heap.grew(size_of::<Value>());
    }

    /// Removes an attribute stored with the object itself; false if there is none.
    pub fn remove_slot(&mut self, object: ObjId, name: ObjId) -> bool {
        if self.get_slot(object, name).is_none() {
            return false;
        }
        if let Some(shape) = self.shape_without(object, name) {
            let slot = self.heap.attrs(object).and_then(|attrs| self.heap.shapes.slot(attrs.shape, name));
            let attrs = self.heap.attrs_mut(object).expect("it has the attribute");
            attrs.shape = shape;
            attrs.slots.remove(slot.expect("it has the attribute"));
            self.heap.resized(size_of::<Value>(), 0);
            return true;
        }
        match self.attrs_to_dict(object) {
            Some(dict) => self.heap.dict_remove_name(dict, name),
            None => false,
        }
    }

    /// The shape that an object has after an attribute was deleted; none if its attributes have to become a dict.
    fn shape_without(&mut self, object: ObjId, name: ObjId) -> Option<ShapeId> {
        let shape = self.heap.attrs(object)?.shape;
        if shape == ShapeId::DICT {
            return None;
        }
        if let Some(known) = self.heap.shapes.without(shape, name) {
            return Some(known);
        }
        let root = self.heap.class(self.heap.class_of_object(object)).root_shape;
        Arc::make_mut(&mut self.heap.shapes).add_without(root, shape, name)
    }

    /// The object's `__dict__`: its attributes become a real dict, which stays theirs from now on.
    pub fn attrs_to_dict(&mut self, object: ObjId) -> Option<ObjId> {
        let attrs = self.heap.attrs(object)?;
        if attrs.shape == ShapeId::DICT {
            return attrs.slots[0].obj();
        }
        let names = self.heap.shapes.get(attrs.shape).names.clone();
        let values = attrs.slots.clone();
        let dict = self.heap.new_dict();
        let mut inner = None;
        for (name, value) in names.into_iter().zip(values) {
            if name == name::HIDDEN_VALUE {
                inner = Some(value);
            } else if value.is_bound() {
                self.heap.dict_set_name(dict, name, value);
            }
        }
        let attrs = self.heap.attrs_mut(object).expect("checked");
        attrs.shape = ShapeId::DICT;
        attrs.slots = vec![Value::Obj(dict)];
        attrs.slots.extend(inner);
        self.heap.note_owner(dict, object);
        Some(dict)
    }

    /// Whether instances of the class keep their attributes per thread (`threading.local`).
    pub fn is_thread_local(&self, class: ObjId) -> bool {
        self.heap.is_subclass(class, c::THREAD_LOCAL)
    }
}
