//! Attribute access: `getattr`, `setattr`, `delattr`, descriptors, `isinstance`.
//!
//! The order is CPython's (`Objects/object.c`): data descriptors of the class, the object's own attributes, other
//! descriptors and values of the class, `__getattr__`.

use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `getattr(object, name)`
    ///
    /// # Errors
    /// AttributeError, or what the program's own code raises.
    pub fn getattr(&mut self, object: Value, attr: ObjId) -> NativeResult {
        if let Some(function) = self.module_getattr(object, attr) {
            return self.call(function, &[Value::Obj(attr)]);
        }
        let class = self.vm.heap.class_of(object);
        let custom = self.vm.has_custom_getattribute(class);
        let fallback = self.getattr_fallback(class);
        match (custom, fallback) {
            (false, None) => self.generic_getattr(object, attr),
            (true, None) => {
                let method = self.vm.heap.lookup(class, name::GETATTRIBUTE).expect("has one");
                self.call_found(method, object, &[Value::Obj(attr)])
            }
            (custom, Some(fallback)) => {
                let found = if custom {
                    let method = self.vm.heap.lookup(class, name::GETATTRIBUTE).expect("has one");
                    self.call_catching(method, &[object, Value::Obj(attr)], c::ATTRIBUTE_ERROR)?
                } else {
                    self.generic_getattr_catching(object, attr)?
                };
                match found {
                    Ok(value) => Ok(value),
                    Err(_) => self.call_found(fallback, object, &[Value::Obj(attr)]),
                }
            }
        }
    }

    /// `__getattr__` of a module that lacks the attribute (PEP 562).
    fn module_getattr(&self, object: Value, attr: ObjId) -> Option<Value> {
        let Some(Object::Module(namespace)) = self.object(object) else { return None };
        let heap = &self.vm.heap;
        let missing = heap.dict_get_name(*namespace, attr).is_none() && heap.lookup(c::MODULE, attr).is_none();
        if missing { heap.dict_get_name(*namespace, name::GETATTR) } else { None }
    }

    /// `__getattr__` of the class (of the metaclass for classes).
    fn getattr_fallback(&self, class: ObjId) -> Option<Value> {
        if self.vm.heap.class(class).is_heap_type {
            return self.vm.heap.lookup(class, name::GETATTR);
        }
        None
    }

    /// The generic lookup; an AttributeError of its own (or of a property it runs) is given back.
    fn generic_getattr_catching(&mut self, object: Value, attr: ObjId) -> Result<Result<Value, Value>, Box<Stop>> {
        let class = self.vm.heap.class_of(object);
        if let Some(value) = self.vm.heap.lookup(class, attr)
            && self.vm.is_data_descriptor(value)
            && let Some(getter) = self.python_getter(value)
        {
            return self.call_catching(getter, &[object], c::ATTRIBUTE_ERROR);
        }
        match self.generic_getattr(object, attr) {
            Ok(value) => Ok(Ok(value)),
            Err(stop) => match *stop {
                Stop::Raise(e) if self.vm.exception_is(e, c::ATTRIBUTE_ERROR) => Ok(Err(e)),
                other => Err(Box::new(other)),
            },
        }
    }

    /// `getattr(object, name, None)`, with `None` for "not there".
    ///
    /// # Errors
    /// Everything but AttributeError.
    pub fn getattr_or_none(&mut self, object: Value, attr: ObjId) -> Result<Option<Value>, Box<Stop>> {
        if let Some(function) = self.module_getattr(object, attr) {
            return Ok(self.call_catching(function, &[Value::Obj(attr)], c::ATTRIBUTE_ERROR)?.ok());
        }
        let class = self.vm.heap.class_of(object);
        let custom = self.vm.has_custom_getattribute(class);
        let fallback = self.getattr_fallback(class);
        let found = if custom {
            let method = self.vm.heap.lookup(class, name::GETATTRIBUTE).expect("has one");
            self.call_catching(method, &[object, Value::Obj(attr)], c::ATTRIBUTE_ERROR)?
        } else {
            self.generic_getattr_catching(object, attr)?
        };
        match (found, fallback) {
            (Ok(value), _) => Ok(Some(value)),
            (Err(_), None) => Ok(None),
            (Err(_), Some(fallback)) => {
                Ok(self.call_catching(fallback, &[object, Value::Obj(attr)], c::ATTRIBUTE_ERROR)?.ok())
            }
        }
    }

    /// `object.__getattribute__`
    ///
    /// # Errors
    /// AttributeError, or what a descriptor raises.
    pub fn generic_getattr(&mut self, object: Value, attr: ObjId) -> NativeResult {
        let class = self.vm.heap.class_of(object);
        if let Value::Obj(id) = object {
            match self.vm.heap.get(id) {
                Object::Class(_) => return self.class_getattr(id, attr),
                Object::Super(..) => return self.super_getattr(id, attr),
                Object::GenericAlias(origin, _) if !is_dunder(self.vm.heap.name(attr)) => {
                    let origin = *origin;
                    return self.getattr(origin, attr);
                }
                _ => {}
            }
        }
        let in_class = self.vm.heap.lookup(class, attr);
        if let Some(value) = in_class
            && self.vm.is_data_descriptor(value)
            && self.has_getter(value)
        {
            return self.descriptor_get(value, object, Value::Obj(class));
        }
        if let Some(value) = self.own_attr(object, class, attr)? {
            return Ok(value);
        }
        match in_class {
            Some(value) => self.descriptor_get(value, object, Value::Obj(class)),
            None => Err(self.no_attribute(object, attr)),
        }
    }

    /// An attribute stored with the object itself.
    fn own_attr(&mut self, object: Value, class: ObjId, attr: ObjId) -> Result<Option<Value>, Box<Stop>> {
        let Value::Obj(id) = object else { return Ok(None) };
        if self.vm.is_thread_local(class) {
            let dict = self.thread_local_dict(id)?;
            return Ok(self.vm.heap.dict_get_name(dict, attr));
        }
        Ok(match self.vm.heap.get(id) {
            Object::Instance(_) | Object::Exception(_) => self.vm.get_slot(id, attr),
            Object::Module(namespace) => self.vm.heap.dict_get_name(*namespace, attr),
            Object::Function(function) => function.dict.obj().and_then(|dict| self.vm.heap.dict_get_name(dict, attr)),
            Object::BoundMethod(function, _) if !self.vm.is_native(*function) => {
                let function = *function;
                return self.getattr_or_none(function, attr);
            }
            _ => None,
        })
    }

    /// The dict that holds the current thread's attributes of a `threading.local`; makes it (and runs `__init__`) at the
    /// thread's first access.
    pub(crate) fn thread_local_dict(&mut self, id: ObjId) -> Result<ObjId, Box<Stop>> {
        let by_thread = self.vm.attrs_to_dict(id).expect("an instance");
        let key = i64::from(self.thread.id.0);
        let hash = key;
        if let Some(place) = self.vm.heap.dict(by_thread).find(hash, |k| k == Value::Int(key)) {
            return Ok(self.vm.heap.dict(by_thread).value_at(place).obj().expect("a dict"));
        }
        let dict = self.vm.heap.new_dict();
        self.vm.heap.dict_push(by_thread, hash, Value::Int(key), Value::Obj(dict));
        let class = self.vm.heap.class_of(Value::Obj(id));
        if let Some(init) = self.vm.heap.lookup(class, name::INIT).filter(|init| !self.vm.is_native(*init)) {
            let arguments = self.vm.heap.intern("local arguments");
            let args = self.vm.heap.dict_get_name(by_thread, arguments).unwrap_or(self.vm.empty_tuple);
            let mut all = vec![Value::Obj(id)];
            all.extend(self.vm.heap.tuple(args).map(<[Value]>::to_vec).unwrap_or_default());
            self.call(init, &all)?;
        }
        Ok(dict)
    }

    /// An attribute of a class: data descriptors of the metaclass, the resolution order, the metaclass.
    fn class_getattr(&mut self, class: ObjId, attr: ObjId) -> NativeResult {
        let metaclass = self.vm.heap.class(class).metaclass;
        let in_meta = self.vm.heap.lookup(metaclass, attr);
        if let Some(value) = in_meta
            && self.vm.is_data_descriptor(value)
        {
            return self.descriptor_get(value, Value::Obj(class), Value::Obj(metaclass));
        }
        if let Some(value) = self.vm.heap.lookup(class, attr) {
            return self.descriptor_get(value, Value::Unbound, Value::Obj(class));
        }
        match in_meta {
            Some(value) => self.descriptor_get(value, Value::Obj(class), Value::Obj(metaclass)),
            None => {
                let message = format!(
                    "type object '{}' has no attribute '{}'",
                    self.vm.heap.class(class).name,
                    self.vm.heap.name(attr)
                );
                Err(self.attribute_error(message, Value::Obj(attr), Value::Obj(class)))
            }
        }
    }

    fn super_getattr(&mut self, id: ObjId, attr: ObjId) -> NativeResult {
        let Object::Super(class, object, of) = *self.vm.heap.get(id) else { unreachable!("a super object") };
        if attr != name::CLASS
            && let Some(value) = self.vm.lookup_after(of, class, attr)
        {
            let through_class = self.vm.as_class(object) == Some(of);
            let instance = if through_class { Value::Unbound } else { object };
            return self.descriptor_get(value, instance, Value::Obj(of));
        }
        match self.vm.heap.lookup(c::SUPER, attr) {
            Some(value) => self.descriptor_get(value, Value::Obj(id), Value::Obj(c::SUPER)),
            None => {
                let message = format!("'super' object has no attribute '{}'", self.vm.heap.name(attr));
                Err(self.attribute_error(message, Value::Obj(attr), Value::Obj(id)))
            }
        }
    }

    /// The AttributeError for an attribute that an object does not have.
    pub fn no_attribute(&mut self, object: Value, attr: ObjId) -> Box<Stop> {
        let heap = &self.vm.heap;
        let text = heap.name(attr);
        let message = match self.object(object) {
            Some(Object::Module(namespace)) => {
                match heap.dict_get_name(*namespace, name::NAME).and_then(|n| heap.str(n)) {
                    Some(module) => format!("module '{module}' has no attribute '{text}'"),
                    None => format!("module has no attribute '{text}'"),
                }
            }
            _ => format!("'{}' object has no attribute '{text}'", self.type_name(object)),
        };
        self.attribute_error(message, Value::Obj(attr), object)
    }
}

fn is_dunder(text: &str) -> bool {
    text.starts_with("__") && text.ends_with("__")
}
