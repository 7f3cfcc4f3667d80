//! Calling special methods, and running native functions from native functions.

use crate::names::name;
use crate::native::args::bind;
use crate::native::registry::native;
use crate::native::{Args, Cx, NativeKind, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{NativeId, ObjId, Value};

use super::NESTING_MAX;

impl Cx<'_> {
    /// What the type of a value has under a name; not bound.
    pub fn lookup_special(&self, value: Value, name: ObjId) -> Option<Value> {
        self.vm.heap.lookup(self.vm.heap.class_of(value), name)
    }

    /// `type(value).name(value, *args)`, or `None` if the type has no such method. Native methods run at once.
    ///
    /// # Errors
    /// Those of the method; `Stop::Call` when it is Python code.
    pub fn call_special(&mut self, value: Value, name: ObjId, args: &[Value]) -> Result<Option<Value>, Box<Stop>> {
        match self.lookup_special(value, name) {
            Some(method) => self.call_found(method, value, args).map(Some),
            None => Ok(None),
        }
    }

    /// Binds what was found in the type of `value`, as the descriptor protocol does, and calls it.
    ///
    /// # Errors
    /// Those of the method; `Stop::Call` when it is Python code.
    pub fn call_found(&mut self, method: Value, value: Value, args: &[Value]) -> NativeResult {
        let class = Value::Obj(self.vm.heap.class_of(value));
        let with_first = |first: Value| -> Vec<Value> { std::iter::once(first).chain(args.iter().copied()).collect() };
        let id = match method {
            Value::Native(_) if matches!(self.object(value), Some(Object::Generator(_))) => {
                return self.call(method, &with_first(value));
            }
            Value::Native(id) if native(id).def.kind == NativeKind::Method => {
                return self.run_native(id, &with_first(value));
            }
            Value::Native(id) => return self.run_native(id, args),
            Value::Obj(id) => id,
            _ => return self.call(method, args),
        };
        match *self.vm.heap.get(id) {
            Object::Function(_) => self.call(method, &with_first(value)),
            Object::StaticMethod(function) => self.call(function, args),
            Object::ClassMethod(function) => self.call(function, &with_first(class)),
            Object::Property(ref parts) => {
                let getter = parts[0];
                let bound = self.call(getter, &[value])?;
                self.call(bound, args)
            }
            Object::Instance(_) => match self.call_special(method, name::GET, &[value, class])? {
                Some(bound) => self.call(bound, args),
                None => self.call(method, args),
            },
            _ => self.call(method, args),
        }
    }

    /// Runs a native function inside the one that runs now. Methods of builtin types get the builtin value inside an
    /// instance of a derived class.
    ///
    /// # Errors
    /// Those of the function, and the TypeError for arguments that do not fit.
    pub fn run_native(&mut self, id: NativeId, args: &[Value]) -> NativeResult {
        let registered = native(id);
        let mut args = args.to_vec();
        if registered.def.kind == NativeKind::Method
            && registered.owner != Some(c::OBJECT)
            && let Some(receiver) = args.first_mut()
        {
            *receiver = self.vm.heap.unwrap_payload(*receiver);
        }
        let shown = || match registered.owner {
            Some(owner) => format!("{}.{}", self.vm.heap.class(owner).name, registered.def.name),
            None => registered.def.name.to_owned(),
        };
        let bound = bind(registered.def, shown, &args, &[], |_| "");
        let bound = match bound {
            Ok(bound) => bound.unwrap_or(args),
            Err(message) => return Err(self.type_error(message)),
        };
        self.nest(|cx| match (registered.def.run)(cx, &Args { pos: &bound, kw: &[] }) {
            Err(stop) => match *stop {
                Stop::TailCall { callee, args, kwargs } => cx.call_kw(callee, &args, &kwargs),
                other => Err(Box::new(other)),
            },
            done => done,
        })
    }

    /// Runs something one level deeper.
    ///
    /// # Errors
    /// RecursionError when native code is nested too deeply.
    pub fn nest<T>(&mut self, run: impl FnOnce(&mut Self) -> Result<T, Box<Stop>>) -> Result<T, Box<Stop>> {
        self.nest_while("", run)
    }

    /// As [`Cx::nest`]; `doing` completes the message: " in comparison".
    ///
    /// # Errors
    /// RecursionError when native code is nested too deeply.
    pub fn nest_while<T>(
        &mut self,
        doing: &str,
        run: impl FnOnce(&mut Self) -> Result<T, Box<Stop>>,
    ) -> Result<T, Box<Stop>> {
        if self.depth >= NESTING_MAX {
            return Err(self.raise(c::RECURSION_ERROR, format!("maximum recursion depth exceeded{doing}")));
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }

    /// Whether a method found in a type is written in Python (or anything else that is not the builtin one).
    pub fn is_python_method(method: Value) -> bool {
        !matches!(method, Value::Native(_))
    }

    /// Whether a method found in a type is that of `object`.
    pub fn is_object_method(method: Value) -> bool {
        matches!(method, Value::Native(id) if native(id).owner == Some(c::OBJECT))
    }
}
