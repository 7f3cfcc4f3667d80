//! `container[key]`, its assignment and deletion (`PyObject_GetItem` and so on of `Objects/abstract.c`).

use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::Int;
use crate::text::slice::{char_at, item_index};
use crate::value::{ObjId, Value};

/// Builtin classes that can be parametrised: `list[int]`.
const GENERIC: &[ObjId] = &[
    c::TYPE,
    c::TUPLE,
    c::LIST,
    c::DICT,
    c::SET,
    c::FROZENSET,
    c::DEQUE,
    c::ENUMERATE,
    c::SIMPLE_QUEUE,
    c::WEAKREF,
    c::MAPPING_PROXY,
    c::STATICMETHOD,
    c::CLASSMETHOD,
    c::BASE_EXCEPTION_GROUP,
    c::EXCEPTION_GROUP,
    c::SLICE,
    c::GENERATOR,
];

impl Cx<'_> {
    /// `container[key]`
    ///
    /// # Errors
    /// TypeError, IndexError, KeyError as the container has them, and those of `__getitem__`.
    pub fn get_item(&mut self, container: Value, key: Value) -> NativeResult {
        if let Value::Obj(id) = container {
            match self.vm.heap.get(id) {
                Object::Class(_) => return self.get_class_item(id, key),
                Object::Instance(_) | Object::Exception(_) => {
                    if let Some(method) = self.lookup_special(container, name::GETITEM) {
                        return match self.vm.heap.payload(id) {
                            Some(Value::Obj(inner)) if !Self::is_python_method(method) => {
                                self.get_payload_item(container, inner, key)
                            }
                            _ => self.call_found(method, container, &[key]),
                        };
                    }
                }
                _ => {
                    let found = self.get_builtin_item(id, key)?;
                    if found.is_bound() {
                        return Ok(found);
                    }
                }
            }
        }
        if let Some(method) = self.lookup_special(container, name::GETITEM) {
            return self.call_found(method, container, &[key]);
        }
        let message = format!("'{}' object is not subscriptable", self.type_name(container));
        Err(self.type_error(message))
    }

    /// `container[key]`, or `None` if that raises an exception of class `missing`.
    ///
    /// # Errors
    /// All others.
    pub fn get_item_or_none(
        &mut self,
        container: Value,
        key: Value,
        missing: ObjId,
    ) -> Result<Option<Value>, Box<Stop>> {
        if let Some(method) = self.lookup_special(container, name::GETITEM).filter(|m| Self::is_python_method(*m)) {
            return Ok(self.call_catching(method, &[container, key], missing)?.ok());
        }
        match self.get_item(container, key) {
            Ok(item) => Ok(Some(item)),
            Err(stop) => match *stop {
                Stop::Raise(exception) if self.vm.exception_is(exception, missing) => Ok(None),
                other => Err(Box::new(other)),
            },
        }
    }

    /// An item of the builtin container inside an instance; missing keys of dicts go to `__missing__`.
    fn get_payload_item(&mut self, whole: Value, inner: ObjId, key: Value) -> NativeResult {
        if let (Object::Dict(_), Some(missing)) = (self.vm.heap.get(inner), self.lookup_special(whole, name::MISSING)) {
            return match self.dict_get(inner, key)? {
                Some(value) => Ok(value),
                None => self.call_found(missing, whole, &[key]),
            };
        }
        self.get_item(Value::Obj(inner), key)
    }

    /// An item of a builtin container; `Unbound` for objects that have no items.
    fn get_builtin_item(&mut self, id: ObjId, key: Value) -> NativeResult {
        match self.vm.heap.get(id) {
            Object::Dict(_) => match self.dict_get(id, key)? {
                Some(value) => Ok(value),
                None => Err(self.key_error(key)),
            },
            Object::MappingProxy(inner) => {
                let inner = *inner;
                self.get_builtin_item(inner, key)
            }
            Object::List(_)
            | Object::Tuple(_)
            | Object::Str(_)
            | Object::Bytes(_)
            | Object::ByteArray(_)
            | Object::Range(..)
            | Object::MemoryView(_)
            | Object::Deque(_) => self.get_sequence_item(id, key),
            _ => Ok(Value::Unbound),
        }
    }

    fn get_sequence_item(&mut self, id: ObjId, key: Value) -> NativeResult {
        if let Object::MemoryView(view) = self.vm.heap.get(id)
            && view.released
        {
            return Err(self.value_error("operation forbidden on released memoryview object"));
        }
        if let (Some(parts), false) = (self.slice_parts(key), matches!(self.vm.heap.get(id), Object::Deque(_))) {
            return self.get_slice(id, parts);
        }
        let index = self.sequence_index(id, key)?;
        let item = index.and_then(|index| self.item_at(id, index));
        match item {
            Some(Picked::Value(value)) => Ok(value),
            Some(Picked::Char(ch)) => Ok(self.vm.char_str(ch)),
            None => {
                let message = match self.vm.heap.get(id) {
                    Object::List(_) => "list index out of range",
                    Object::Tuple(_) => "tuple index out of range",
                    Object::Str(_) => "string index out of range",
                    Object::ByteArray(_) => "bytearray index out of range",
                    Object::Range(..) => "range object index out of range",
                    Object::Deque(_) => "deque index out of range",
                    Object::MemoryView(_) => "index out of bounds on dimension 1",
                    _ => "index out of range",
                };
                Err(self.index_error(message))
            }
        }
    }

    fn item_at(&self, id: ObjId, index: i64) -> Option<Picked> {
        let at = |len: usize| item_index(index, len);
        let heap = &self.vm.heap;
        Some(match heap.get(id) {
            Object::List(items) => Picked::Value(items[at(items.len())?]),
            Object::Tuple(items) => Picked::Value(items[at(items.len())?]),
            Object::Deque(deque) => Picked::Value(deque.items[at(deque.items.len())?]),
            Object::Str(s) => Picked::Char(char_at(&s.text, index)?),
            Object::Range(start, stop, step) => {
                let len = i128::from(crate::object::compare::range_len(*start, *stop, *step));
                let at = if index < 0 { i128::from(index) + len } else { i128::from(index) };
                if !(0..len).contains(&at) {
                    return None;
                }
                Picked::Value(Value::Int((i128::from(*start) + at * i128::from(*step)) as i64))
            }
            _ => {
                let bytes = heap.bytes(id)?;
                Picked::Value(Value::Int(i64::from(bytes[at(bytes.len())?])))
            }
        })
    }

    /// The index into a builtin sequence; `None` for integers beyond 64 bits of a range.
    fn sequence_index(&mut self, id: ObjId, key: Value) -> Result<Option<i64>, Box<Stop>> {
        if let Value::Int(i) = key {
            return Ok(Some(i));
        }
        match self.index_or_none(key)? {
            Some(Int::Small(i)) => Ok(Some(i)),
            Some(Int::Big(_)) if matches!(self.vm.heap.get(id), Object::Range(..)) => Ok(None),
            Some(Int::Big(_)) => {
                let message = format!("cannot fit '{}' into an index-sized integer", self.type_name(key));
                Err(self.index_error(message))
            }
            None => {
                let kind = self.type_name(key);
                let what = match self.vm.heap.get(id) {
                    Object::List(_) => "list",
                    Object::Tuple(_) => "tuple",
                    Object::Bytes(_) => "byte",
                    Object::ByteArray(_) => "bytearray",
                    Object::Range(..) => "range",
                    Object::Str(_) => {
                        return Err(self.type_error(format!("string indices must be integers, not '{kind}'")));
                    }
                    Object::MemoryView(_) => return Err(self.type_error("memoryview: invalid slice key")),
                    _ => return Err(self.type_error(format!("sequence index must be integer, not '{kind}'"))),
                };
                Err(self.type_error(format!("{what} indices must be integers or slices, not {kind}")))
            }
        }
    }

    /// `list[int]`, or whatever the metaclass or `__class_getitem__` make of it.
    fn get_class_item(&mut self, class: ObjId, key: Value) -> NativeResult {
        let whole = Value::Obj(class);
        if let Some(method) = self.lookup_special(whole, name::GETITEM) {
            return self.call_found(method, whole, &[key]);
        }
        if let Some(method) = self.vm.heap.lookup(class, name::CLASS_GETITEM) {
            return match self.object(method) {
                Some(Object::ClassMethod(function)) => {
                    let function = *function;
                    self.call(function, &[whole, key])
                }
                Some(Object::StaticMethod(function)) => {
                    let function = *function;
                    self.call(function, &[key])
                }
                _ => self.call(method, &[key]),
            };
        }
        let generic = self.vm.heap.class(class).mro.iter().any(|base| *base != c::TYPE && GENERIC.contains(base));
        if generic || class == c::TYPE {
            let args = if self.vm.heap.tuple(key).is_some() { key } else { self.new_tuple(vec![key]) };
            return Ok(Value::Obj(self.vm.heap.alloc(Object::GenericAlias(whole, args))));
        }
        let message = format!("type '{}' is not subscriptable", self.vm.heap.class(class).name);
        Err(self.type_error(message))
    }

    /// `container[key] = value`
    ///
    /// # Errors
    /// TypeError, IndexError, ValueError as the container has them, and those of `__setitem__`.
    pub fn set_item(&mut self, container: Value, key: Value, value: Value) -> Result<(), Box<Stop>> {
        if self.change_item(container, key, Some(value))? {
            return Ok(());
        }
        let message = format!("'{}' object does not support item assignment", self.type_name(container));
        Err(self.type_error(message))
    }

    /// `del container[key]`
    ///
    /// # Errors
    /// TypeError, IndexError, KeyError as the container has them, and those of `__delitem__`.
    pub fn del_item(&mut self, container: Value, key: Value) -> Result<(), Box<Stop>> {
        if self.change_item(container, key, None)? {
            return Ok(());
        }
        let not = if self.has_sequence_slots(container) && self.has_index(key) { "doesn't" } else { "does not" };
        let message = format!("'{}' object {not} support item deletion", self.type_name(container));
        Err(self.type_error(message))
    }

    /// Whether CPython's type has a table of sequence functions, which decides between two wordings.
    fn has_sequence_slots(&self, value: Value) -> bool {
        match self.object(value) {
            Some(object) => matches!(
                object,
                Object::Instance(_)
                    | Object::Exception(_)
                    | Object::Str(_)
                    | Object::Bytes(_)
                    | Object::Tuple(_)
                    | Object::Set(_)
                    | Object::FrozenSet(_)
                    | Object::Range(..)
                    | Object::DictView(_)
                    | Object::MappingProxy(_)
            ),
            None => false,
        }
    }

    /// Sets or deletes an item; false if the container has no such thing.
    fn change_item(&mut self, container: Value, key: Value, value: Option<Value>) -> Result<bool, Box<Stop>> {
        let Value::Obj(id) = container else { return Ok(false) };
        if self.change_builtin_item(id, key, value)? {
            return Ok(true);
        }
        let special = if value.is_some() { name::SETITEM } else { name::DELITEM };
        let Some(method) = self.lookup_special(container, special) else { return Ok(false) };
        if let (false, Some(Value::Obj(inner))) = (Self::is_python_method(method), self.vm.heap.payload(id)) {
            return self.change_builtin_item(inner, key, value);
        }
        match value {
            Some(value) => self.call_found(method, container, &[key, value])?,
            None => self.call_found(method, container, &[key])?,
        };
        Ok(true)
    }

    fn change_builtin_item(&mut self, id: ObjId, key: Value, value: Option<Value>) -> Result<bool, Box<Stop>> {
        match self.vm.heap.get(id) {
            Object::List(_) => self.change_list_item(id, key, value)?,
            Object::Dict(_) => match value {
                Some(value) => self.dict_set(id, key, value)?,
                None => {
                    if self.dict_del(id, key)?.is_none() {
                        return Err(self.key_error(key));
                    }
                }
            },
            Object::ByteArray(_) => self.change_bytearray_item(id, key, value)?,
            Object::MemoryView(_) => self.change_memory_item(id, key, value)?,
            Object::Deque(_) => self.change_deque_item(id, key, value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn change_list_item(&mut self, id: ObjId, key: Value, value: Option<Value>) -> Result<(), Box<Stop>> {
        if let Some(parts) = self.slice_parts(key) {
            let bounds = self.slice_bounds(parts)?;
            let items = match value {
                Some(value) if !self.is_iterable(value) => {
                    return Err(self.type_error("must assign iterable to extended slice"));
                }
                Some(value) => Some(self.iterate(value)?),
                None => None,
            };
            return self.set_list_slice(id, bounds, items);
        }
        let index = self.sequence_index(id, key)?;
        if let Object::List(items) = self.vm.heap.get_mut(id)
            && let Some(at) = index.and_then(|index| item_index(index, items.len()))
        {
            match value {
                Some(value) => items[at] = value,
                None => {
                    items.remove(at);
                }
            }
            return Ok(());
        }
        Err(self.index_error("list assignment index out of range"))
    }

    fn change_deque_item(&mut self, id: ObjId, key: Value, value: Option<Value>) -> Result<(), Box<Stop>> {
        let index = self.sequence_index(id, key)?;
        if let Object::Deque(deque) = self.vm.heap.get_mut(id)
            && let Some(at) = index.and_then(|index| item_index(index, deque.items.len()))
        {
            match value {
                Some(value) => deque.items[at] = value,
                None => {
                    deque.items.remove(at);
                    deque.version += 1;
                }
            }
            return Ok(());
        }
        Err(self.index_error("deque index out of range"))
    }

    fn change_bytearray_item(&mut self, id: ObjId, key: Value, value: Option<Value>) -> Result<(), Box<Stop>> {
        if let Some(parts) = self.slice_parts(key) {
            let bounds = self.slice_bounds(parts)?;
            let bytes = match value {
                Some(value) => Some(self.bytes_to_assign(value)?),
                None => None,
            };
            return self.set_bytes_slice(id, bounds, bytes);
        }
        let index = self.sequence_index(id, key)?;
        let len = self.builtin_len(id).unwrap_or(0);
        let Some(at) = index.and_then(|index| item_index(index, len)) else {
            return Err(self.index_error("bytearray index out of range"));
        };
        let byte = match value {
            Some(value) => Some(self.byte_of(value)?),
            None => None,
        };
        if let Object::ByteArray(bytes) = self.vm.heap.get_mut(id) {
            match byte {
                Some(byte) if at < bytes.len() => bytes[at] = byte,
                None if at < bytes.len() => {
                    bytes.remove(at);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A value as a byte.
    ///
    /// # Errors
    /// ValueError outside 0 to 255, TypeError for what is no integer, and those of `__index__`.
    pub fn byte_of(&mut self, value: Value) -> Result<u8, Box<Stop>> {
        let n = self.index(value)?;
        let byte = n.as_ref().to_i64().and_then(|n| u8::try_from(n).ok());
        byte.ok_or_else(|| self.value_error("byte must be in range(0, 256)"))
    }

    /// The bytes of a bytes-like object (also inside an instance of a derived class).
    pub fn bytes_ref(&self, value: Value) -> Option<&[u8]> {
        self.vm.heap.unwrap_payload(value).obj().and_then(|id| self.vm.heap.bytes(id))
    }

    fn bytes_to_assign(&mut self, value: Value) -> Result<Vec<u8>, Box<Stop>> {
        if let Some(bytes) = self.bytes_ref(value) {
            return Ok(bytes.to_vec());
        }
        if self.as_str(value).is_some() || self.is_number(value) {
            let message = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
            return Err(self.type_error(message));
        }
        self.bytes_of_iterable(value, "bytearray")
    }

    /// Whether a value counts as a number (`PyNumber_Check`).
    pub fn is_number(&self, value: Value) -> bool {
        [name::INDEX, name::INT, name::FLOAT].into_iter().any(|method| self.lookup_special(value, method).is_some())
            || matches!(self.object(self.vm.heap.unwrap_payload(value)), Some(Object::Complex(..)))
    }

    /// The bytes that an iterable of integers gives; `kind` is the type that is made of them.
    ///
    /// # Errors
    /// TypeError for what is not iterable or gives other things, ValueError for integers that are no bytes.
    pub fn bytes_of_iterable(&mut self, value: Value, kind: &str) -> Result<Vec<u8>, Box<Stop>> {
        if !self.is_iterable(value) {
            let message = format!("cannot convert '{}' object to {kind}", self.type_name(value));
            return Err(self.type_error(message));
        }
        let items = self.iterate(value)?;
        let mut bytes = Vec::with_capacity(items.len());
        for item in items {
            let n = self.index(item)?;
            match n.as_ref().to_i64().and_then(|n| u8::try_from(n).ok()) {
                Some(byte) => bytes.push(byte),
                None if kind == "bytes" => return Err(self.value_error("bytes must be in range(0, 256)")),
                None => return Err(self.value_error("byte must be in range(0, 256)")),
            }
        }
        Ok(bytes)
    }

    fn change_memory_item(&mut self, id: ObjId, key: Value, value: Option<Value>) -> Result<(), Box<Stop>> {
        let Object::MemoryView(view) = self.vm.heap.get(id) else { return Ok(()) };
        let view = (**view).clone();
        if view.released {
            return Err(self.value_error("operation forbidden on released memoryview object"));
        }
        if view.readonly {
            return Err(self.type_error("cannot modify read-only memory"));
        }
        let Some(value) = value else { return Err(self.type_error("cannot delete memory")) };
        if let Some(parts) = self.slice_parts(key) {
            let at = self.slice_bounds(parts)?.fit(view.len);
            let Some(new) = self.bytes_ref(value).map(<[u8]>::to_vec) else {
                let kind = self.type_name(value);
                return Err(self.type_error(format!("a bytes-like object is required, not '{kind}'")));
            };
            if new.len() != at.count {
                let message = "memoryview assignment: lvalue and rvalue have different structures";
                return Err(self.value_error(message));
            }
            at.indices().zip(new).for_each(|(i, byte)| self.poke(&view.base, view.start + i, byte));
            return Ok(());
        }
        let index = self.sequence_index(id, key)?;
        let Some(at) = index.and_then(|index| item_index(index, view.len)) else {
            return Err(self.index_error("index out of bounds on dimension 1"));
        };
        let n = match self.index_or_none(value)? {
            Some(n) => n.as_ref().to_i64().and_then(|n| u8::try_from(n).ok()),
            None => return Err(self.type_error("memoryview: invalid type for format 'B'")),
        };
        match n {
            Some(byte) => self.poke(&view.base, view.start + at, byte),
            None => return Err(self.value_error("memoryview: invalid value for format 'B'")),
        }
        Ok(())
    }

    fn poke(&mut self, base: &Value, at: usize, byte: u8) {
        if let Value::Obj(id) = base
            && let Object::ByteArray(bytes) = self.vm.heap.get_mut(*id)
            && let Some(place) = bytes.get_mut(at)
        {
            *place = byte;
        }
    }
}

/// An item, or the character that becomes one.
enum Picked {
    Value(Value),
    Char(char),
}
