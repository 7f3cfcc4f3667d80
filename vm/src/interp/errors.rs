//! Making exceptions inside the machine.

use super::Vm;
use super::run::Trap;
use crate::names::name;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

impl Vm {
    /// An exception of a builtin class with a message, ready to be raised.
    #[cold]
    pub(crate) fn error(&mut self, class: ObjId, message: impl Into<Box<str>>) -> Trap {
        let text = self.heap.new_str(message);
        Trap::Raise(self.new_exception(class, vec![text]))
    }

    /// `TypeError`
    #[cold]
    pub(crate) fn type_error(&mut self, message: impl Into<Box<str>>) -> Trap {
        self.error(c::TYPE_ERROR, message)
    }

    /// `NameError` for a global name.
    #[cold]
    pub(crate) fn name_error(&mut self, missing: ObjId) -> Trap {
        let message = format!("name '{}' is not defined", self.heap.name(missing));
        let text = self.heap.new_str(message);
        let exception = self.new_exception(c::NAME_ERROR, vec![text]);
        self.set_exception_field(exception, name::OBJ_NAME, Value::Obj(missing));
        Trap::Raise(exception)
    }

    /// `UnboundLocalError`
    #[cold]
    pub(crate) fn unbound_local_error(&mut self, missing: ObjId) -> Trap {
        let message = format!(
            "cannot access local variable '{}' where it is not associated with a value",
            self.heap.name(missing)
        );
        self.error(c::UNBOUND_LOCAL_ERROR, message)
    }

    /// `NameError` for an empty cell of an enclosing function.
    #[cold]
    pub(crate) fn unbound_free_error(&mut self, missing: ObjId) -> Trap {
        let name = self.heap.name(missing);
        let message =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        self.error(c::NAME_ERROR, message)
    }
}
