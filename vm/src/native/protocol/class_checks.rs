//! `isinstance` and `issubclass`: classes, tuples and unions of them, the hooks `__instancecheck__` and
//! `__subclasscheck__`, and objects that say by `__class__` and `__bases__` what they are (Objects/abstract.c).

use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

impl Cx<'_> {
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
        self.check_class(class, kind, false)
    }

    fn check_class(&mut self, object: Value, kind: Value, is_instance: bool) -> Result<bool, Box<Stop>> {
        if let Some(kind) = self.vm.as_class(kind) {
            let of = if is_instance { Some(self.vm.heap.class_of(object)) } else { self.vm.as_class(object) };
            let special = if is_instance { name::INSTANCECHECK } else { name::SUBCLASSCHECK };
            if of == Some(kind) {
                return Ok(true);
            }
            return match self.python_special(Value::Obj(kind), special) {
                Some(method) => {
                    let answer = self.call_found(method, Value::Obj(kind), &[object])?;
                    self.truth(answer)
                }
                None if of.is_some_and(|of| self.vm.heap.is_subclass(of, kind)) => Ok(true),
                None if is_instance => self.claims_class(object, kind),
                None if of.is_some() => Ok(false),
                None => self.is_abstract_subclass_of(object, Value::Obj(kind)),
            };
        }
        let kinds = match self.object(kind) {
            Some(Object::Tuple(kinds)) => Some(kinds.to_vec()),
            Some(Object::Union(args)) => self.vm.heap.tuple(Value::Obj(*args)).map(<[Value]>::to_vec),
            _ => None,
        };
        match kinds {
            Some(kinds) => {
                let doing = if is_instance { " in __instancecheck__" } else { " in __subclasscheck__" };
                for kind in kinds {
                    let kind = if kind.is_none() { Value::Obj(c::NONE_TYPE) } else { kind };
                    if self.nest_while(doing, |cx| cx.check_class(object, kind, is_instance))? {
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
                if matches!(self.object(kind), Some(Object::GenericAlias(..))) || self.bases(kind)?.is_none() {
                    return Err(self.not_a_class(kind, is_instance));
                }
                if !is_instance {
                    return self.is_abstract_subclass_of(object, kind);
                }
                let own = self.vm.heap.intern("__class__");
                match self.getattr_or_none(object, own)? {
                    Some(own) => self.is_abstract_subclass(own, kind),
                    None => Ok(false),
                }
            }
        }
    }

    /// Whether an object that is no instance of a class says by its `__class__` that it is one.
    fn claims_class(&mut self, object: Value, kind: ObjId) -> Result<bool, Box<Stop>> {
        let of = self.vm.heap.class_of(object);
        if !self.vm.heap.class(of).is_heap_type {
            return Ok(false);
        }
        let own = self.vm.heap.intern("__class__");
        let claimed = self.getattr_or_none(object, own)?.and_then(|claimed| self.vm.as_class(claimed));
        Ok(claimed.is_some_and(|claimed| claimed != of && self.vm.heap.is_subclass(claimed, kind)))
    }

    /// `issubclass` where one of the two is no class, but has `__bases__`.
    fn is_abstract_subclass_of(&mut self, derived: Value, kind: Value) -> Result<bool, Box<Stop>> {
        if self.bases(derived)?.is_none() {
            return Err(self.type_error("issubclass() arg 1 must be a class"));
        }
        self.is_abstract_subclass(derived, kind)
    }

    fn is_abstract_subclass(&mut self, derived: Value, kind: Value) -> Result<bool, Box<Stop>> {
        if derived.is(kind) {
            return Ok(true);
        }
        for base in self.bases(derived)?.unwrap_or_default() {
            if self.nest_while(" in __subclasscheck__", |cx| cx.is_abstract_subclass(base, kind))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `__bases__`, if it is a tuple.
    fn bases(&mut self, class: Value) -> Result<Option<Vec<Value>>, Box<Stop>> {
        let bases = self.vm.heap.intern("__bases__");
        let bases = self.getattr_or_none(class, bases)?;
        Ok(bases.and_then(|bases| self.vm.heap.tuple(bases)).map(<[Value]>::to_vec))
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
