//! Special methods written in Python.

use crate::native::Cx;
use crate::object::Object;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// The special method of a value's class, but only if it is not that of a builtin class: Python code has to run.
    pub fn python_special(&self, value: Value, name: ObjId) -> Option<Value> {
        let Value::Obj(id) = value else { return None };
        match self.vm.heap.get(id) {
            Object::Instance(_) | Object::Exception(_) | Object::Class(_) => {}
            _ => return None,
        }
        self.lookup_special(value, name).filter(|method| !self.vm.is_native(*method))
    }
}
