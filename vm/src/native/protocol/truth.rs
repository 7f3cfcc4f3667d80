//! Truth values and lengths.

use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::compare::range_len;
use crate::text::Int;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// Python's `bool(value)`.
    ///
    /// # Errors
    /// Those of `__bool__` or `__len__`.
    #[inline]
    pub fn truth(&mut self, value: Value) -> Result<bool, Box<Stop>> {
        match value {
            Value::Bool(b) => Ok(b),
            Value::None => Ok(false),
            Value::Int(i) => Ok(i != 0),
            Value::Float(f) => Ok(f != 0.0),
            Value::Obj(id) => self.truth_of_object(id),
            Value::NotImplemented | Value::Ellipsis | Value::Native(_) | Value::Unbound => Ok(true),
        }
    }

    fn truth_of_object(&mut self, id: ObjId) -> Result<bool, Box<Stop>> {
        match self.vm.heap.get(id) {
            Object::Complex(re, im) => Ok(re.0 != 0.0 || im.0 != 0.0),
            Object::Instance(_) | Object::Exception(_) | Object::Class(_) => self.truth_of_instance(id),
            _ => Ok(self.builtin_len(id).is_none_or(|len| len != 0)),
        }
    }

    fn truth_of_instance(&mut self, id: ObjId) -> Result<bool, Box<Stop>> {
        let value = Value::Obj(id);
        match self.lookup_special(value, name::BOOL) {
            Some(method) if Self::is_python_method(method) => {
                let answer = self.call_found(method, value, &[])?;
                match answer {
                    Value::Bool(b) => Ok(b),
                    other => {
                        let message = format!("__bool__ should return bool, returned {}", self.type_name(other));
                        Err(self.type_error(message))
                    }
                }
            }
            Some(_) => match self.vm.heap.payload(id) {
                Some(inner) => self.truth(inner),
                None => Ok(true),
            },
            None => match self.lookup_special(value, name::LEN) {
                Some(_) => Ok(self.len(value)? != 0),
                None => Ok(true),
            },
        }
    }

    /// Python's `len(value)`.
    ///
    /// # Errors
    /// TypeError for values without length, and those of `__len__`.
    pub fn len(&mut self, value: Value) -> Result<usize, Box<Stop>> {
        if let Some(Object::MemoryView(view)) = self.object(value)
            && view.released
        {
            return Err(self.value_error("operation forbidden on released memoryview object"));
        }
        if let Value::Obj(id) = value {
            if let Some(len) = self.builtin_len(id) {
                return Ok(len);
            }
            match self.lookup_special(value, name::LEN) {
                Some(method) if Self::is_python_method(method) => return self.len_by_python(method, value),
                Some(_) => {
                    if let Some(Value::Obj(inner)) = self.vm.heap.payload(id) {
                        return self.len(Value::Obj(inner));
                    }
                }
                None => {}
            }
        }
        let message = format!("object of type '{}' has no len()", self.type_name(value));
        Err(self.type_error(message))
    }

    fn len_by_python(&mut self, method: Value, value: Value) -> Result<usize, Box<Stop>> {
        let answer = self.call_found(method, value, &[])?;
        let len = self.index(answer)?;
        if len.as_ref().is_negative() {
            return Err(self.value_error("__len__() should return >= 0"));
        }
        match len {
            Int::Small(len) => Ok(len as usize),
            Int::Big(_) => Err(self.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    }

    /// The length of an object of a builtin kind that has one.
    pub fn builtin_len(&self, id: ObjId) -> Option<usize> {
        let heap = &self.vm.heap;
        match heap.get(id) {
            Object::Str(s) => Some(s.len()),
            Object::List(items) => Some(items.len()),
            Object::Tuple(items) => Some(items.len()),
            Object::Dict(dict) => Some(dict.len()),
            Object::Set(set) | Object::FrozenSet(set) => Some(set.len()),
            Object::Bytes(bytes) => Some(bytes.len()),
            Object::ByteArray(bytes) => Some(bytes.len()),
            Object::MemoryView(view) => Some(view.len),
            Object::Range(start, stop, step) => {
                Some(usize::try_from(range_len(*start, *stop, *step)).unwrap_or(usize::MAX))
            }
            Object::Deque(deque) => Some(deque.items.len()),
            Object::DictView(view) => Some(heap.dict(view.dict).len()),
            Object::MappingProxy(mapping) => self.builtin_len(*mapping),
            _ => None,
        }
    }
}
