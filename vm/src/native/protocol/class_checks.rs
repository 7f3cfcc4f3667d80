//! `isinstance` and `issubclass`: classes, tuples and unions of them, and the hooks `__instancecheck__` and
//! `__subclasscheck__`.

use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

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
