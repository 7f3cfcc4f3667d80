//! Attributes: inline caches here, everything else by protocol (`native::protocol::attributes`).

use super::slow;
use crate::heap::shape::ShapeId;
use crate::interp::Vm;
use crate::interp::cache::Cache;
use crate::interp::frame::{After, GreenThread};
use crate::interp::loaded::LoadedCode;
use crate::interp::run::Body;
use crate::names::name;
use crate::native::{NativeKind, registry};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

/// Where an attribute of an instance was found without running any code.
pub(crate) enum Found {
    /// A value.
    Value(Value),
    /// A function of the class, to be called with the object.
    Method(Value),
    /// Descriptors or `__getattr__` have to be asked.
    Ask,
}

impl Vm {
    #[inline]
    fn push_method(&mut self, t: &mut GreenThread, function: Value, object: Value, arg: u32) -> Body {
        if arg & 1 == 1 {
            t.stack.push(function);
            t.stack.push(object);
        } else {
            let method = self.bind_method(function, object);
            t.stack.push(method);
        }
        Ok(())
    }

    /// LOAD_ATTR when the cache does not know.
    pub(crate) fn op_load_attr(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        let object = t.pop();
        let cache = loaded.caches as usize + pc;
        let attr = loaded.names[(arg >> 1) as usize];
        match self.find_attr(object, attr, Some(cache)) {
            Found::Value(value) => t.stack.push(value),
            Found::Method(function) => return self.push_method(t, function, object, arg),
            Found::Ask => {
                let after = if arg & 1 == 0 { After::Push } else { After::PushCallable };
                if let Some(entered) = self.enter_property(t, object, attr, after.clone()) {
                    return entered;
                }
                return self.direct(t, &slow::GET_ATTR, &[object, Value::Obj(attr)], after);
            }
        }
        if arg & 1 == 1 {
            t.stack.push(Value::Unbound);
        }
        Ok(())
    }

    /// Looks an attribute up as far as that needs no code to run; fills the cache of the instruction if there is one.
    pub(crate) fn find_attr(&mut self, object: Value, attr: ObjId, cache: Option<usize>) -> Found {
        let class = self.heap.class_of(object);
        if let Value::Obj(id) = object {
            match self.heap.get(id) {
                Object::Instance(_) | Object::Exception(_) => return self.find_instance_attr(id, class, attr, cache),
                Object::Module(namespace) => {
                    let namespace = *namespace;
                    self.cache_module_attr(namespace, attr, cache);
                    return match self.heap.dict_get_name(namespace, attr) {
                        Some(value) => Found::Value(value),
                        None => Found::Ask,
                    };
                }
                Object::Class(_) | Object::Function(_) | Object::Super(..) | Object::GenericAlias(..) => {
                    return Found::Ask;
                }
                _ => {}
            }
        }
        match self.heap.lookup(class, attr) {
            Some(function @ Value::Native(native)) if registry::native(native).def.kind == NativeKind::Method => {
                let version = self.heap.class(class).version;
                if let (Some(cache), false) = (cache, self.heap.class(class).is_heap_type) {
                    self.caches.set(cache, Cache::NativeMethod { class, version, function });
                }
                Found::Method(function)
            }
            _ => Found::Ask,
        }
    }

    fn cache_module_attr(&mut self, namespace: ObjId, attr: ObjId, cache: Option<usize>) {
        let dict = self.heap.dict(namespace);
        let place = dict.find_interned(self.heap.name_hash(attr), attr);
        if let (Some(cache), Some(place)) = (cache, place) {
            self.caches.set(cache, Cache::ModuleAttr { version: dict.version, place: place as u32 });
        }
    }

    fn find_instance_attr(&mut self, id: ObjId, class: ObjId, attr: ObjId, cache: Option<usize>) -> Found {
        if self.has_custom_getattribute(class) || self.is_thread_local(class) {
            return Found::Ask;
        }
        let in_class = self.heap.lookup(class, attr);
        if in_class.is_some_and(|v| self.is_data_descriptor(v)) {
            return Found::Ask;
        }
        let attrs = self.heap.attrs(id).expect("an object with attributes");
        let shape = attrs.shape;
        let version = self.heap.class(class).version;
        if shape != ShapeId::DICT {
            if let Some(slot) = self.heap.shapes.slot(shape, attr) {
                let value = self.heap.attrs(id).expect("checked").slots[slot];
                if value.is_bound() {
                    if let Some(cache) = cache {
                        self.caches.set(cache, Cache::Slot { shape, version, slot: slot as u32 });
                    }
                    return Found::Value(value);
                }
            }
        } else if let Some(value) = self.get_slot(id, attr) {
            return Found::Value(value);
        }
        match in_class {
            Some(function) if self.binds(function) => {
                if let (Some(cache), false) = (cache, shape == ShapeId::DICT) {
                    self.caches.set(cache, Cache::Method { shape, version, function });
                }
                Found::Method(function)
            }
            Some(value) if !self.is_descriptor(value) => Found::Value(value),
            _ => Found::Ask,
        }
    }

    /// Whether a class value becomes a method when read through an instance: a Python function or a builtin method.
    pub(crate) fn binds(&self, value: Value) -> bool {
        match value {
            Value::Native(id) => registry::native(id).def.kind == NativeKind::Method,
            Value::Obj(id) => matches!(self.heap.get(id), Object::Function(_)),
            _ => false,
        }
    }

    /// Whether a value has `__get__`.
    pub(crate) fn is_descriptor(&self, value: Value) -> bool {
        match value {
            Value::Native(_) => false,
            Value::Obj(id) => match self.heap.get(id) {
                Object::Function(_)
                | Object::Property(_)
                | Object::StaticMethod(_)
                | Object::ClassMethod(_)
                | Object::Member(..)
                | Object::GetSet(..) => true,
                Object::Instance(instance) => {
                    self.heap.lookup(instance.class, name::GET).is_some()
                        || self.heap.payload(id).is_some_and(|v| self.is_descriptor(v))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a value has `__set__` or `__delete__`: then it comes before the instance's own attributes.
    pub(crate) fn is_data_descriptor(&self, value: Value) -> bool {
        let Value::Obj(id) = value else { return false };
        match self.heap.get(id) {
            Object::Property(_) | Object::Member(..) | Object::GetSet(..) => true,
            Object::Instance(instance) => {
                let class = instance.class;
                self.heap.lookup(class, name::SET).is_some()
                    || self.heap.lookup(class, name::DELETE).is_some()
                    || self.heap.payload(id).is_some_and(|v| self.is_data_descriptor(v))
            }
            _ => false,
        }
    }

    /// Whether a class has a `__getattribute__` written in Python.
    pub(crate) fn has_custom_getattribute(&self, class: ObjId) -> bool {
        self.heap.class(class).is_heap_type
            && !matches!(self.heap.lookup(class, name::GETATTRIBUTE), Some(Value::Native(_)) | None)
    }

    /// STORE_ATTR when the cache does not know: value, object
    pub(crate) fn op_store_attr(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        let (value, object) = t.pop_two();
        let cache = loaded.caches as usize + pc;
        let attr = loaded.names[arg as usize];
        if let Value::Obj(id) = object
            && let Object::Instance(instance) = self.heap.get(id)
        {
            let (class, before) = (instance.class, instance.attrs.shape);
            if self.stores_plainly(class, attr) {
                let version = self.heap.class(class).version;
                self.set_slot(id, attr, value);
                let after = self.heap.attrs(id).expect("an instance").shape;
                if after == before && after != ShapeId::DICT {
                    let slot = self.heap.shapes.slot(after, attr).expect("just stored") as u32;
                    self.caches.set(cache, Cache::Slot { shape: after, version, slot });
                } else if after != ShapeId::DICT {
                    self.caches.set(cache, Cache::Add { shape: before, version, to: after });
                }
                return Ok(());
            }
        }
        self.direct(t, &slow::SET_ATTR, &[object, Value::Obj(attr), value], After::Drop)
    }

    /// Whether storing an attribute of an instance of this class just stores it.
    pub(crate) fn stores_plainly(&self, class: ObjId, attr: ObjId) -> bool {
        self.heap.class(class).has_dict
            && matches!(self.heap.lookup(class, name::SETATTR), Some(Value::Native(_)) | None)
            && !self.heap.lookup(class, attr).is_some_and(|v| self.is_data_descriptor(v))
            && !self.is_thread_local(class)
            && attr != name::CLASS
            && attr != name::DICT
    }

    /// DELETE_ATTR
    pub(crate) fn op_delete_attr(&mut self, t: &mut GreenThread, loaded: &LoadedCode, pc: usize, arg: u32) -> Body {
        let object = t.pop();
        let cache = loaded.caches as usize + pc;
        let attr = loaded.names[arg as usize];
        if let Value::Obj(id) = object
            && (self.delete_cached_attr(id, cache) || self.delete_plainly(id, cache, attr))
        {
            return Ok(());
        }
        self.direct(t, &slow::DEL_ATTR, &[object, Value::Obj(attr)], After::Drop)
    }

    /// DELETE_ATTR where it was the last time.
    fn delete_cached_attr(&mut self, id: ObjId, cache: usize) -> bool {
        let Cache::Remove { shape, version, slot, to } = *self.caches.get(cache) else { return false };
        let Object::Instance(instance) = self.heap.get(id) else { return false };
        if instance.attrs.shape != shape || self.heap.class(instance.class).version != version {
            return false;
        }
        let attrs = self.heap.attrs_mut(id).expect("an instance");
        attrs.shape = to;
        attrs.slots.remove(slot as usize);
        self.heap.resized(size_of::<Value>(), 0);
        true
    }

    /// Deletes an attribute that is in a slot of an instance whose class has no say in it, and remembers how.
    fn delete_plainly(&mut self, id: ObjId, cache: usize, attr: ObjId) -> bool {
        let Object::Instance(instance) = self.heap.get(id) else { return false };
        let (class, shape) = (instance.class, instance.attrs.shape);
        let plain = matches!(self.heap.lookup(class, name::DELATTR), Some(Value::Native(_)) | None);
        let slot = if shape == ShapeId::DICT { None } else { self.heap.shapes.slot(shape, attr) };
        let Some(slot) = slot.filter(|_| plain && self.stores_plainly(class, attr)) else { return false };
        if !self.remove_slot(id, attr) {
            return false;
        }
        let to = self.heap.attrs(id).expect("an instance").shape;
        if to != ShapeId::DICT {
            let version = self.heap.class(class).version;
            self.caches.set(cache, Cache::Remove { shape, version, slot: slot as u32, to });
        }
        true
    }

    /// LOAD_SUPER_ATTR: super, class, self
    pub(crate) fn op_load_super_attr(&mut self, t: &mut GreenThread, loaded: &LoadedCode, arg: u32) -> Body {
        let (class, object) = t.pop_two();
        let callee = t.pop();
        let attr = loaded.names[(arg >> 2) as usize];
        if callee == Value::Obj(c::SUPER) {
            let of = self.as_class(class).and_then(|class| Some((class, self.super_class_of(class, object)?)));
            if let Some((class, of)) = of
                && let Some(value) = self.lookup_after(of, class, attr)
                && self.binds(value)
                && self.as_class(object).is_none_or(|o| o != of)
            {
                return self.push_method(t, value, object, arg & 1);
            }
        }
        let after = if arg & 1 == 1 { After::PushCallable } else { After::Push };
        let args = [callee, class, object, Value::Obj(attr), Value::Bool(arg & 2 != 0)];
        self.direct(t, &crate::native::types::super_object::SUPER_ATTR, &args, after)
    }

    /// The class whose resolution order `super(class, object)` follows.
    pub(crate) fn super_class_of(&self, class: ObjId, object: Value) -> Option<ObjId> {
        if let Some(object) = self.as_class(object)
            && self.heap.is_subclass(object, class)
        {
            return Some(object);
        }
        let of = self.heap.class_of(object);
        self.heap.is_subclass(of, class).then_some(of)
    }

    /// An attribute along the resolution order of `of`, from the class after `class` on.
    pub(crate) fn lookup_after(&self, of: ObjId, class: ObjId, attr: ObjId) -> Option<Value> {
        let mro = &self.heap.class(of).mro;
        let from = mro.iter().position(|k| *k == class)? + 1;
        mro[from..].iter().find_map(|k| self.heap.dict_get_name(self.heap.class(*k).dict, attr))
    }

    /// A special method found on the class, bound to the object.
    pub(crate) fn bind_special(&mut self, function: Value, object: Value) -> Value {
        let inner = match function {
            Value::Obj(id) => match self.heap.get(id) {
                Object::StaticMethod(f) => return *f,
                Object::ClassMethod(f) => Some((*f, Value::Obj(self.heap.class_of(object)))),
                _ => None,
            },
            _ => None,
        };
        match inner {
            Some((function, class)) => self.bind_method(function, class),
            None if self.binds(function) => self.bind_method(function, object),
            None => function,
        }
    }
}
