//! Attribute access: `getattr`, `setattr`, `delattr`, descriptors, `isinstance`.
//!
//! The order is CPython's (`Objects/object.c`): data descriptors of the class, the object's own attributes, other
//! descriptors and values of the class, `__getattr__`.

use crate::heap::shape::ShapeId;
use crate::names::name;
use crate::native::registry::getsets;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::Layout;
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

    /// The getter of a property.
    fn python_getter(&self, descriptor: Value) -> Option<Value> {
        match self.object(self.vm.heap.unwrap_payload(descriptor)) {
            Some(Object::Property(parts)) => Some(parts[0]).filter(|g| !g.is_none()),
            _ => None,
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

    /// Whether a data descriptor says how it is read; one with `__set__` only lets the object's own attribute be read.
    fn has_getter(&self, descriptor: Value) -> bool {
        match self.object(descriptor) {
            Some(Object::Instance(_)) => {
                self.lookup_special(descriptor, name::GET).is_some()
                    || self.vm.heap.unwrap_payload(descriptor) != descriptor
            }
            _ => true,
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

    /// Stores through a data descriptor (`Unbound` deletes).
    fn descriptor_set(&mut self, descriptor: Value, object: Value, attr: ObjId, value: Value) -> Result<(), Box<Stop>> {
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

    /// `isinstance(object, kind)`
    ///
    /// # Errors
    /// TypeError for what is no class, or what `__instancecheck__` raises.
    pub fn isinstance(&mut self, object: Value, kind: Value) -> Result<bool, Box<Stop>> {
        self.check_class(object, kind, true)
    }

    /// `issubclass(class, kind)`
    ///
    /// # Errors
    /// TypeError for what is no class, or what `__subclasscheck__` raises.
    pub fn issubclass(&mut self, class: Value, kind: Value) -> Result<bool, Box<Stop>> {
        if self.vm.as_class(class).is_none() {
            return Err(self.type_error("issubclass() arg 1 must be a class"));
        }
        self.check_class(class, kind, false)
    }

    fn check_class(&mut self, object: Value, kind: Value, is_instance: bool) -> Result<bool, Box<Stop>> {
        if let Some(kind) = self.vm.as_class(kind) {
            let of = if is_instance { self.vm.heap.class_of(object) } else { object.obj().expect("a class") };
            let special = if is_instance { name::INSTANCECHECK } else { name::SUBCLASSCHECK };
            if of == kind {
                return Ok(true);
            }
            return match self.python_special(Value::Obj(kind), special) {
                Some(method) => {
                    let answer = self.call_found(method, Value::Obj(kind), &[object])?;
                    self.truth(answer)
                }
                None => Ok(self.vm.heap.is_subclass(of, kind)),
            };
        }
        let kinds = match self.object(kind) {
            Some(Object::Tuple(kinds)) => Some(kinds.to_vec()),
            Some(Object::Union(args)) => self.vm.heap.tuple(Value::Obj(*args)).map(<[Value]>::to_vec),
            _ => None,
        };
        match kinds {
            Some(kinds) => {
                for kind in kinds {
                    let kind = if kind.is_none() { Value::Obj(c::NONE_TYPE) } else { kind };
                    if self.check_class(object, kind, is_instance)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            None => {
                if let Some(method) =
                    self.python_special(kind, if is_instance { name::INSTANCECHECK } else { name::SUBCLASSCHECK })
                {
                    let answer = self.call_found(method, kind, &[object])?;
                    return self.truth(answer);
                }
                Err(self.not_a_class(kind, is_instance))
            }
        }
    }

    fn not_a_class(&mut self, kind: Value, is_instance: bool) -> Box<Stop> {
        if matches!(self.object(kind), Some(Object::GenericAlias(..))) {
            let which = if is_instance { "isinstance" } else { "issubclass" };
            return self.type_error(format!("{which}() argument 2 cannot be a parameterized generic"));
        }
        match is_instance {
            true => self.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"),
            false => self.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"),
        }
    }
}

fn is_dunder(text: &str) -> bool {
    text.starts_with("__") && text.ends_with("__")
}
