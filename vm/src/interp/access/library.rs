//! What is touched where the program calls the library's Python code, or uses an object of a class written there.
//!
//! Functions that stand for C code touch what they are given as a whole. Of others it is listed by module whether they look
//! at what they are given, at the attributes of objects too, or keep and change a receiver that several threads may have:
//! such a call counts as one touch of everything, where it is called. The classes that synchronise threads are not listed:
//! the search knows their methods one by one. What this misses: modules that are not listed.

use super::{Collector, Part, WrittenNames};
use crate::code::CodeFlags;
use crate::heap::shape::ShapeId;
use crate::names::name;
use crate::object::Object;
use crate::source::Flavour;
use crate::value::{ObjId, Value};

/// Modules whose functions look at what is in their arguments.
const LOOKING: &[&str] = &["collections", "copy", "dataclasses", "json", "pprint", "random", "statistics"];

/// Modules whose functions look at the attributes of their arguments too.
const LOOKING_AT_NAMES: &[&str] = &["copy", "dataclasses"];

/// Modules whose methods change the object that they are called on.
const CHANGING: &[&str] = &["collections", "csv", "graphlib", "os", "sched", "weakref"];

/// The first part of a module's name.
fn root(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}

impl<W: WrittenNames + ?Sized> Collector<'_, W> {
    /// A call of an object that is no function: `partial` calls another; what else the library has of the kind looks at
    /// its arguments (`operator.itemgetter`).
    pub(super) fn called_instance(&mut self, id: ObjId, arguments: &[Value]) {
        let Object::Instance(instance) = self.vm.heap.get(id) else { return };
        let Some(call) = self.vm.heap.lookup(instance.class, name::CALL) else { return };
        if !self.stands_for_c(call) {
            return;
        }
        match self.partial(id) {
            Some((function, mut first)) => {
                first.extend_from_slice(arguments);
                self.called(function, Value::Unbound, &first);
            }
            None => {
                for argument in arguments {
                    self.nested(*argument);
                    self.names_of(*argument);
                }
            }
        }
    }

    /// The function and the arguments of a `partial`.
    fn partial(&self, id: ObjId) -> Option<(Value, Vec<Value>)> {
        let attribute = |text: &str| self.vm.heap.instance_attribute(id, self.vm.heap.interned.find(text)?);
        let arguments = self.vm.heap.tuple(attribute("_args")?)?;
        Some((attribute("_func")?, arguments.to_vec()))
    }

    /// A function that the library writes in Python.
    pub(super) fn library_call(&mut self, module: &str, function: &str, arguments: &[Value]) {
        let module = root(module);
        if LOOKING.contains(&module) {
            arguments.iter().for_each(|argument| self.nested(*argument));
        }
        if LOOKING_AT_NAMES.contains(&module) {
            arguments.iter().for_each(|argument| self.names_of(*argument));
        }
        if module == "random" && function.ends_with("shuffle") {
            arguments.last().into_iter().for_each(|shuffled| self.whole(*shuffled, true));
        }
        if let Some(receiver) = arguments.first().filter(|_| CHANGING.contains(&module)) {
            self.whole(*receiver, true);
            self.receiver(*receiver, true);
        }
    }

    /// Instances of classes that stand for C code are touched as a whole by their methods.
    pub(super) fn library_objects(&mut self, arguments: &[Value]) {
        let Some(Value::Obj(id)) = arguments.first() else { return };
        if let Object::Instance(_) = self.vm.heap.get(*id) {
            self.add(*id, Part::All, true);
        }
    }

    /// An operation on an object by a special method that one of the listed modules writes.
    pub(super) fn special(&mut self, value: Value, slot: ObjId, write: bool) {
        let Value::Obj(id) = value else { return };
        let Object::Instance(instance) = self.vm.heap.get(id) else { return };
        let Some(Value::Obj(method)) = self.vm.heap.lookup(instance.class, slot) else { return };
        let Object::Function(function) = self.vm.heap.get(method) else { return };
        let code = &self.vm.codes[function.code.0 as usize].code;
        if code.file.flavour != Flavour::User && CHANGING.contains(&root(&code.file.name)) {
            self.receiver(value, write);
        }
    }

    /// An object of the library with the containers that are its attributes, such as the `data` of a UserDict.
    fn receiver(&mut self, value: Value, write: bool) {
        let Value::Obj(id) = value else { return };
        let Object::Instance(instance) = self.vm.heap.get(id) else { return };
        let values = match instance.attrs.shape {
            ShapeId::DICT => Vec::new(),
            _ => instance.attrs.slots.clone(),
        };
        self.add(id, Part::All, write);
        for value in values {
            self.nested(value);
            self.whole(value, write);
        }
    }

    /// The attributes of an object of the program, all of them read.
    pub(super) fn names_of(&mut self, value: Value) {
        if let Value::Obj(id) = value
            && let Object::Instance(_) = self.vm.heap.get(id)
        {
            self.add(id, Part::Names, false);
        }
    }

    /// Printing calls the `write` of its file.
    pub(super) fn written_to(&mut self, arguments: &[Value]) {
        for argument in arguments {
            let Value::Obj(id) = *argument else { continue };
            let Object::Instance(instance) = self.vm.heap.get(id) else { continue };
            let write = self.vm.heap.lookup(instance.class, name::WRITE);
            if write.is_some_and(|write| self.stands_for_c(write)) {
                self.add(id, Part::All, true);
            }
        }
    }

    /// Whether a function of the library stands for C code.
    pub(super) fn stands_for_c(&self, function: Value) -> bool {
        let Value::Obj(function) = function else { return false };
        match self.vm.heap.get(function) {
            Object::Function(function) => {
                self.vm.codes[function.code.0 as usize].code.flags.contains(CodeFlags::ATOMIC)
            }
            _ => false,
        }
    }
}
