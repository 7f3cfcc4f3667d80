//! `x in container` (`PySequence_Contains` of `Objects/abstract.c`).

use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::compare::equal;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `item in container`
    ///
    /// # Errors
    /// TypeError for what is no container or cannot hold the item, and those of `__contains__` and `__eq__`.
    pub fn contains(&mut self, container: Value, item: Value) -> Result<bool, Box<Stop>> {
        if let Value::Obj(id) = container {
            if let Some(answer) = self.builtin_contains(id, item)? {
                return Ok(answer);
            }
            if let Some(method) = self.lookup_special(container, name::CONTAINS) {
                if method.is_none() {
                    let message = format!("'{}' object is not a container", self.type_name(container));
                    return Err(self.type_error(message));
                }
                if let (false, Some(inner)) = (Self::is_python_method(method), self.vm.heap.payload(id)) {
                    return self.contains(inner, item);
                }
                let answer = self.call_found(method, container, &[item])?;
                return self.truth(answer);
            }
        }
        if !self.is_iterable(container) {
            let message = format!("argument of type '{}' is not iterable", self.type_name(container));
            return Err(self.type_error(message));
        }
        let search = self.vm.prelude("contains");
        let answer = self.call(search, &[container, item])?;
        self.truth(answer)
    }

    /// Whether an object of a builtin kind contains an item; `None` for kinds that have to be searched by iterating.
    fn builtin_contains(&mut self, id: ObjId, item: Value) -> Result<Option<bool>, Box<Stop>> {
        let answer = match self.vm.heap.get(id) {
            Object::List(_) | Object::Tuple(_) | Object::Deque(_) => self.sequence_contains(id, item)?,
            Object::Str(_) => self.str_contains(id, item)?,
            Object::Bytes(_) | Object::ByteArray(_) => self.bytes_contain(id, item)?,
            Object::MemoryView(_) => self.memory_contains(id, item)?,
            _ => return self.table_contains(id, item),
        };
        Ok(Some(answer))
    }

    fn sequence_contains(&mut self, id: ObjId, item: Value) -> Result<bool, Box<Stop>> {
        let of = [Value::Obj(id), item];
        if !self.in_loop("contains", of)
            && let Some(answer) = self.contains_natively(id, item)
        {
            return Ok(answer);
        }
        let steps = match self.steps("contains", of) {
            Ok(steps) => steps,
            Err(known) => return Ok(known == Value::Bool(true)),
        };
        while let Some([other, _]) = self.step(&steps, |cx, at| Some([cx.item_of(id, at)?, Value::Unbound])) {
            if self.is_or_eq(other, item)? {
                self.steps_end(&steps, Value::Bool(true));
                return Ok(true);
            }
            self.step_done(&steps, None);
        }
        self.steps_end(&steps, Value::Bool(false));
        Ok(false)
    }

    fn contains_natively(&self, id: ObjId, item: Value) -> Option<bool> {
        let heap = &self.vm.heap;
        let mut at = 0;
        while let Some(other) = self.item_of(id, at) {
            if other.is(item) || equal(heap, other, item)? {
                return Some(true);
            }
            at += 1;
        }
        Some(false)
    }

    fn str_contains(&mut self, id: ObjId, item: Value) -> Result<bool, Box<Stop>> {
        match (self.vm.heap.str_of(id), self.as_str(item)) {
            (Some(text), Some(part)) => Ok(text.contains(part)),
            _ => {
                let kind = self.type_name(item);
                Err(self.type_error(format!("'in <string>' requires string as left operand, not {kind}")))
            }
        }
    }

    fn bytes_contain(&mut self, id: ObjId, item: Value) -> Result<bool, Box<Stop>> {
        if self.has_index(item) {
            let byte = self.byte_of(item)?;
            return Ok(self.vm.heap.bytes(id).is_some_and(|bytes| bytes.contains(&byte)));
        }
        match (self.vm.heap.bytes(id), self.bytes_ref(item)) {
            (Some(_), Some([])) => Ok(true),
            (Some(bytes), Some(part)) => Ok(bytes.windows(part.len()).any(|window| window == part)),
            _ => {
                let kind = self.type_name(item);
                Err(self.type_error(format!("a bytes-like object is required, not '{kind}'")))
            }
        }
    }

    /// A memoryview is searched like any sequence of integers.
    fn memory_contains(&mut self, id: ObjId, item: Value) -> Result<bool, Box<Stop>> {
        let bytes = self.vm.heap.bytes(id).unwrap_or_default().to_vec();
        for byte in bytes {
            if self.eq(Value::Int(i64::from(byte)), item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
