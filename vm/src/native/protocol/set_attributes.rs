//! Setting and deleting attributes: `setattr`, `delattr`, and the namespaces in which objects keep their own.
//!
//! The order is CPython's (`_PyObject_GenericSetAttrWithDict`): data descriptors of the class, then the object's own
//! namespace; classes and modules have theirs.

use crate::heap::shape::ShapeId;
use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `setattr(object, name, value)`
    ///
    /// # Errors
    /// AttributeError, or what the program's own code raises.
    pub fn setattr(&mut self, object: Value, attr: ObjId, value: Value) -> Result<(), Box<Stop>> {
        if let Some(method) = self.python_special(object, name::SETATTR) {
            return self.call_found(method, object, &[Value::Obj(attr), value]).map(|_| ());
        }
        self.generic_setattr(object, attr, value)
    }

    /// `delattr(object, name)`
    ///
    /// # Errors
    /// AttributeError, or what the program's own code raises.
    pub fn delattr(&mut self, object: Value, attr: ObjId) -> Result<(), Box<Stop>> {
        if let Some(method) = self.python_special(object, name::DELATTR) {
            return self.call_found(method, object, &[Value::Obj(attr)]).map(|_| ());
        }
        self.generic_setattr(object, attr, Value::Unbound)
    }

    /// `object.__setattr__`, and with `Unbound` `object.__delattr__`.
    ///
    /// # Errors
    /// AttributeError, or what a descriptor raises.
    pub fn generic_setattr(&mut self, object: Value, attr: ObjId, value: Value) -> Result<(), Box<Stop>> {
        let class = self.vm.heap.class_of(object);
        if let Some(descriptor) = self.vm.heap.lookup(class, attr)
            && self.vm.is_data_descriptor(descriptor)
        {
            return self.descriptor_set(descriptor, object, attr, value);
        }
        let Value::Obj(id) = object else { return Err(self.cannot_set(object, attr)) };
        if self.vm.is_thread_local(class) {
            let dict = self.thread_local_dict(id)?;
            return self.store_in_dict(dict, object, attr, value);
        }
        match *self.vm.heap.get(id) {
            Object::Instance(_) | Object::Exception(_) => self.set_own(id, class, attr, value),
            Object::Class(_) => self.set_of_class(id, attr, value),
            Object::Module(namespace) => self.store_in_dict(namespace, object, attr, value),
            Object::Function(ref function) => {
                let dict = match function.dict {
                    Value::Obj(dict) => dict,
                    _ => {
                        let dict = self.vm.heap.new_dict();
                        if let Object::Function(function) = self.vm.heap.get_mut(id) {
                            function.dict = Value::Obj(dict);
                        }
                        dict
                    }
                };
                self.store_in_dict(dict, object, attr, value)
            }
            _ => Err(self.cannot_set(object, attr)),
        }
    }

    fn set_own(&mut self, id: ObjId, class: ObjId, attr: ObjId, value: Value) -> Result<(), Box<Stop>> {
        if !self.vm.heap.class(class).has_dict {
            return Err(self.cannot_set(Value::Obj(id), attr));
        }
        if value.is_bound() {
            self.vm.set_slot(id, attr, value);
            return Ok(());
        }
        if self.vm.remove_slot(id, attr) { Ok(()) } else { Err(self.no_attribute(Value::Obj(id), attr)) }
    }

    fn store_in_dict(&mut self, dict: ObjId, object: Value, attr: ObjId, value: Value) -> Result<(), Box<Stop>> {
        if value.is_bound() {
            self.vm.heap.dict_set_name(dict, attr, value);
            return Ok(());
        }
        if self.vm.heap.dict_remove_name(dict, attr) { Ok(()) } else { Err(self.no_attribute(object, attr)) }
    }

    fn set_of_class(&mut self, class: ObjId, attr: ObjId, value: Value) -> Result<(), Box<Stop>> {
        let data = self.vm.heap.class(class);
        if !data.is_heap_type {
            let message =
                format!("cannot set '{}' attribute of immutable type '{}'", self.vm.heap.name(attr), data.name);
            return Err(self.type_error(message));
        }
        let dict = data.dict;
        if value.is_bound() {
            self.vm.set_class_attr(class, attr, value);
            return Ok(());
        }
        if !self.vm.heap.dict_remove_name(dict, attr) {
            let message = format!(
                "type object '{}' has no attribute '{}'",
                self.vm.heap.class(class).name,
                self.vm.heap.name(attr)
            );
            return Err(self.attribute_error(message, Value::Obj(attr), Value::Obj(class)));
        }
        self.vm.class_changed(class);
        Ok(())
    }

    fn cannot_set(&mut self, object: Value, attr: ObjId) -> Box<Stop> {
        let heap = &self.vm.heap;
        let class = heap.class_of(object);
        let (shown, text) = (heap.class(class).name.clone(), heap.name(attr).to_owned());
        let message = match heap.lookup(class, attr) {
            Some(_) => format!("'{shown}' object attribute '{text}' is read-only"),
            None => format!("'{shown}' object has no attribute '{text}' and no __dict__ for setting new attributes"),
        };
        self.attribute_error(message, Value::Obj(attr), object)
    }

    /// `object.__dict__` as a real dict, for objects that have one.
    pub fn instance_dict(&mut self, object: Value) -> Result<Option<ObjId>, Box<Stop>> {
        let Value::Obj(id) = object else { return Ok(None) };
        let class = self.vm.heap.class_of(object);
        if self.vm.is_thread_local(class) {
            return self.thread_local_dict(id).map(Some);
        }
        Ok(match *self.vm.heap.get(id) {
            Object::Instance(_) | Object::Exception(_) if self.vm.heap.class(class).has_dict => {
                self.vm.attrs_to_dict(id)
            }
            Object::Module(namespace) => Some(namespace),
            Object::Function(ref function) => match function.dict {
                Value::Obj(dict) => Some(dict),
                _ => {
                    let dict = self.vm.heap.new_dict();
                    if let Object::Function(function) = self.vm.heap.get_mut(id) {
                        function.dict = Value::Obj(dict);
                    }
                    Some(dict)
                }
            },
            _ => None,
        })
    }

    /// Names of the attributes stored with an object, in order, without turning them into a dict.
    pub fn own_names(&self, object: Value) -> Vec<Value> {
        let Value::Obj(id) = object else { return Vec::new() };
        let heap = &self.vm.heap;
        match heap.attrs(id) {
            Some(attrs) if attrs.shape == ShapeId::DICT => {
                attrs.slots[0].obj().map(|d| heap.dict(d).iter().map(|e| e.key).collect()).unwrap_or_default()
            }
            Some(attrs) => {
                let names = &heap.shapes.get(attrs.shape).names;
                names
                    .iter()
                    .zip(&attrs.slots)
                    .filter(|(n, v)| **n != name::HIDDEN_VALUE && v.is_bound())
                    .map(|(n, _)| Value::Obj(*n))
                    .collect()
            }
            None => Vec::new(),
        }
    }
}
