//! Descriptors: what a value found in a class gives for an object, and what setting or deleting through it does.
//!
//! Native descriptors (functions, properties, members, getters) are bound here; those of classes written in Python are
//! asked by their `__get__`, `__set__`, `__delete__`.

use crate::names::name;
use crate::native::registry::getsets;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::Layout;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// The getter of a property.
    pub(super) fn python_getter(&self, descriptor: Value) -> Option<Value> {
        match self.object(self.vm.heap.unwrap_payload(descriptor)) {
            Some(Object::Property(parts)) => Some(parts[0]).filter(|g| !g.is_none()),
            _ => None,
        }
    }

    /// Whether a data descriptor says how it is read; one with `__set__` only lets the object's own attribute be read.
    pub(super) fn has_getter(&self, descriptor: Value) -> bool {
        match self.object(descriptor) {
            Some(Object::Instance(_)) => {
                self.lookup_special(descriptor, name::GET).is_some()
                    || self.vm.heap.unwrap_payload(descriptor) != descriptor
            }
            _ => true,
        }
    }

    /// What a value found in a class gives when read through `object` (`Unbound`: through the class itself).
    ///
    /// # Errors
    /// What the descriptor's code raises.
    pub fn descriptor_get(&mut self, value: Value, object: Value, class: Value) -> NativeResult {
        if self.vm.binds(value) {
            return Ok(if object.is_bound() { self.vm.bind_method(value, object) } else { value });
        }
        let Value::Obj(id) = value else { return Ok(value) };
        match *self.vm.heap.get(id) {
            Object::StaticMethod(function) => Ok(function),
            Object::ClassMethod(function) => Ok(self.vm.bind_method(function, class)),
            Object::Property(ref parts) => {
                let getter = parts[0];
                if !object.is_bound() {
                    return Ok(value);
                }
                if getter.is_none() {
                    return Err(self.no_accessor(value, object, "getter"));
                }
                self.call(getter, &[object])
            }
            Object::Member(owner, member) => self.member_get(value, owner, member, object),
            Object::GetSet(_, index) => {
                if !object.is_bound() {
                    return Ok(value);
                }
                let (owner, def) = getsets()[index as usize];
                let receiver =
                    if self.vm.heap.class_of(object) == owner { object } else { self.getset_receiver(owner, object) };
                (def.get)(self, &Args { pos: &[receiver], kw: &[] })
            }
            Object::Instance(_) => self.instance_descriptor_get(value, object, class),
            _ => Ok(value),
        }
    }

    fn getset_receiver(&self, owner: ObjId, object: Value) -> Value {
        match self.vm.heap.class(owner).layout {
            Layout::Native => self.vm.heap.unwrap_payload(object),
            _ => object,
        }
    }

    fn instance_descriptor_get(&mut self, value: Value, object: Value, class: Value) -> NativeResult {
        if let Some(get) = self.lookup_special(value, name::GET) {
            let object = if object.is_bound() { object } else { Value::None };
            return self.call_found(get, value, &[object, class]);
        }
        // An instance of a class derived from `property` or `classmethod` is read like these; any other value is itself.
        match self.vm.heap.unwrap_payload(value) {
            inner if inner != value && self.is_descriptor_object(inner) => self.descriptor_get(inner, object, class),
            _ => Ok(value),
        }
    }

    fn is_descriptor_object(&self, value: Value) -> bool {
        matches!(self.object(value), Some(Object::Property(_) | Object::StaticMethod(_) | Object::ClassMethod(_)))
    }

    fn member_get(&mut self, descriptor: Value, owner: ObjId, member: ObjId, object: Value) -> NativeResult {
        let Value::Obj(id) = object else { return Ok(descriptor) };
        if !self.vm.heap.is_instance(object, owner) {
            let message = format!(
                "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
                self.vm.heap.name(member),
                self.vm.heap.class(owner).name,
                self.vm.heap.type_name(object)
            );
            return Err(self.type_error(message));
        }
        match self.vm.get_slot(id, member) {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(object, member)),
        }
    }

    fn no_accessor(&mut self, property: Value, object: Value, kind: &str) -> Box<Stop> {
        let class = self.vm.heap.class_of(object);
        let of_name = self.property_name(property, class);
        let message = match of_name {
            Some(text) => format!("property '{text}' of '{}' object has no {kind}", self.vm.heap.class(class).qualname),
            None => format!("property of '{}' object has no {kind}", self.vm.heap.class(class).qualname),
        };
        self.raise(c::ATTRIBUTE_ERROR, message)
    }

    /// Under which name a property stands in a class.
    fn property_name(&self, property: Value, class: ObjId) -> Option<String> {
        let heap = &self.vm.heap;
        let entry =
            |base: &ObjId| heap.dict(heap.class(*base).dict).iter().find(|e| e.value == property).map(|e| e.key);
        let key = heap.class(class).mro.iter().find_map(entry)?;
        heap.str(key).map(str::to_owned)
    }

    /// Stores through a data descriptor (`Unbound` deletes).
    pub(super) fn descriptor_set(
        &mut self,
        descriptor: Value,
        object: Value,
        attr: ObjId,
        value: Value,
    ) -> Result<(), Box<Stop>> {
        let inner = self.vm.heap.unwrap_payload(descriptor);
        let Value::Obj(id) = inner else { unreachable!("a descriptor is an object") };
        match *self.vm.heap.get(id) {
            Object::Property(ref parts) => {
                let (accessor, kind) = if value.is_bound() { (parts[1], "setter") } else { (parts[2], "deleter") };
                if accessor.is_none() {
                    return Err(self.no_accessor(descriptor, object, kind));
                }
                let args = if value.is_bound() { vec![object, value] } else { vec![object] };
                self.call(accessor, &args).map(|_| ())
            }
            Object::Member(_, member) => {
                let target = object.obj().expect("an instance");
                if !value.is_bound() && self.vm.get_slot(target, member).is_none() {
                    let name = self.vm.heap.name(member).to_owned();
                    return Err(self.raise(c::ATTRIBUTE_ERROR, name));
                }
                self.vm.set_slot(target, member, value);
                Ok(())
            }
            Object::GetSet(_, index) => {
                let (owner, def) = getsets()[index as usize];
                match def.set {
                    Some(set) => set(self, &Args { pos: &[object, value], kw: &[] }).map(|_| ()),
                    None => {
                        let owner = &self.vm.heap.class(owner).name;
                        let message =
                            format!("attribute '{}' of '{owner}' objects is not writable", self.vm.heap.name(attr));
                        Err(self.raise(c::ATTRIBUTE_ERROR, message))
                    }
                }
            }
            _ => {
                let special = if value.is_bound() { name::SET } else { name::DELETE };
                match self.lookup_special(descriptor, special) {
                    Some(method) if value.is_bound() => {
                        self.call_found(method, descriptor, &[object, value]).map(|_| ())
                    }
                    Some(method) => self.call_found(method, descriptor, &[object]).map(|_| ()),
                    None => {
                        let which = if value.is_bound() { "__set__" } else { "__delete__" };
                        Err(self.raise(c::ATTRIBUTE_ERROR, which))
                    }
                }
            }
        }
    }
}
