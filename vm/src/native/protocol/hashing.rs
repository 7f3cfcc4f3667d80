//! Hashes.

use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::compare::{Hash, hash_of, identity_hash};
use crate::text::hash::{hash_int, hash_tuple};
use crate::value::Value;

impl Cx<'_> {
    /// Python's `hash(value)`.
    ///
    /// # Errors
    /// TypeError "unhashable type: 'list'", and those of `__hash__`.
    #[inline]
    pub fn hash(&mut self, value: Value) -> Result<i64, Box<Stop>> {
        match hash_of(&self.vm.heap, value) {
            Hash::Known(hash) => Ok(hash),
            Hash::Unhashable(culprit) => {
                let message = format!("unhashable type: '{}'", self.type_name(culprit));
                Err(self.type_error(message))
            }
            Hash::AskPython => self.nest(|cx| cx.hash_by_python(value)),
        }
    }

    fn hash_by_python(&mut self, value: Value) -> Result<i64, Box<Stop>> {
        match self.object(value) {
            Some(Object::Tuple(items)) => {
                let items = items.to_vec();
                self.hash_items("hash", value, &items)
            }
            Some(Object::Slice(parts)) => {
                let parts = parts.to_vec();
                self.hash_items("hash", value, &parts)
            }
            Some(Object::BoundMethod(function, object)) => {
                let (function, object) = (*function, *object);
                Ok(self.hash(function)? ^ identity_hash(object))
            }
            Some(Object::GenericAlias(origin, args)) => {
                let (origin, args) = (*origin, *args);
                Ok(self.hash(origin)? ^ self.hash(args)?)
            }
            _ => self.hash_by_method(value),
        }
    }

    /// The hash of a tuple some of whose items have a `__hash__` written in Python.
    fn hash_items(&mut self, purpose: &'static str, of: Value, items: &[Value]) -> Result<i64, Box<Stop>> {
        let steps = match self.steps(purpose, [of, Value::Unbound]) {
            Ok(steps) => steps,
            Err(Value::Int(known)) => return Ok(known),
            Err(_) => unreachable!("the hash of a tuple is an integer"),
        };
        while let Some([item, _]) = self.step(&steps, |_, at| items.get(at).map(|item| [*item, Value::Unbound])) {
            let hash = self.hash(item)?;
            self.step_done(&steps, Some(Value::Int(hash)));
        }
        let hashes = self.steps_kept(&steps).iter().map(|kept| match kept {
            Value::Int(hash) => *hash,
            _ => 0,
        });
        let hash = hash_tuple(hashes);
        self.steps_end(&steps, Value::Int(hash));
        Ok(hash)
    }

    fn hash_by_method(&mut self, value: Value) -> Result<i64, Box<Stop>> {
        let Some(answer) = self.call_special(value, name::HASH, &[])? else { return Ok(identity_hash(value)) };
        match self.int_ref(answer) {
            Some(n) => Ok(match n.to_i64() {
                Some(-1) => -2,
                Some(hash) => hash,
                None => hash_int(n),
            }),
            None => Err(self.type_error("__hash__ method should return an integer")),
        }
    }
}
