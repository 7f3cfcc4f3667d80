//! What calls of native functions touch.

use super::{Collector, Part, WrittenNames};
use crate::code::CodeFlags;
use crate::names::name;
use crate::native::registry::{Registered, native};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::source::Flavour;
use crate::value::{ObjId, Value};

/// How a method of a container touches it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Touch {
    Nothing,
    ReadAll,
    WriteAll,
    /// The entry of the first argument.
    ReadKey,
    WriteKey,
    ReadIndex,
    WriteIndex,
}

/// Methods by class and name; those not listed read all of their container.
const METHODS: &[(ObjId, &[&str], Touch)] = &[
    (
        c::LIST,
        &[
            "append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort", "__iadd__", "__imul__",
            "__init__",
        ],
        Touch::WriteAll,
    ),
    (c::DICT, &["get"], Touch::ReadKey),
    (c::DICT, &["setdefault", "pop"], Touch::WriteKey),
    (c::DICT, &["clear", "popitem", "update", "__init__", "__ior__"], Touch::WriteAll),
    (c::DICT, &["items", "keys", "values", "fromkeys"], Touch::Nothing),
    (c::SET, &["add", "discard", "remove"], Touch::WriteKey),
    (
        c::SET,
        &[
            "clear",
            "pop",
            "update",
            "difference_update",
            "intersection_update",
            "symmetric_difference_update",
            "__init__",
            "__ior__",
            "__iand__",
            "__isub__",
            "__ixor__",
        ],
        Touch::WriteAll,
    ),
    (
        c::DEQUE,
        &[
            "append",
            "appendleft",
            "clear",
            "extend",
            "extendleft",
            "insert",
            "pop",
            "popleft",
            "remove",
            "reverse",
            "rotate",
            "__init__",
            "__iadd__",
            "__imul__",
        ],
        Touch::WriteAll,
    ),
    // These ask for a step of their own.
    (c::SIMPLE_QUEUE, &["put", "get", "put_nowait", "get_nowait"], Touch::Nothing),
    (c::BYTEARRAY, &["append", "clear", "extend", "insert", "pop", "remove", "reverse", "__init__"], Touch::WriteAll),
];

/// Slots that every container has under the same name.
const SLOTS: &[(&str, Touch)] = &[
    ("__getitem__", Touch::ReadIndex),
    ("__setitem__", Touch::WriteIndex),
    ("__delitem__", Touch::WriteAll),
    ("__contains__", Touch::ReadAll),
    ("__iter__", Touch::Nothing),
];

/// Builtin functions that write out or compare their arguments, with what is in them.
const NESTED: &[&str] = &["print", "repr", "ascii", "format", "sorted", "min", "max", "sum"];

/// Builtin functions that look at no contents of their arguments.
const BLIND: &[&str] = &["isinstance", "issubclass", "id", "callable", "super", "hash"];

fn touch_of(owner: ObjId, name: &str) -> Touch {
    let listed = METHODS.iter().find(|(class, names, _)| *class == owner && names.contains(&name));
    let slot = || SLOTS.iter().find(|(slot, _)| *slot == name).map(|(_, touch)| *touch);
    listed.map(|(_, _, touch)| *touch).or_else(slot).unwrap_or(Touch::ReadAll)
}

impl<W: WrittenNames + ?Sized> Collector<'_, W> {
    /// CALL and CALL_KW: the callable, `self` or nothing, the arguments, perhaps the names of keywords on top.
    pub(super) fn call(&mut self, count: usize, above: usize) {
        let arguments: Vec<Value> = (0..count).map(|i| self.top(count + above - i)).collect();
        self.called(self.top(count + above + 2), self.top(count + above + 1), &arguments);
    }

    /// CALL_FUNCTION_EX: the callable, nothing, a tuple of arguments, perhaps a dict of keywords.
    pub(super) fn call_ex(&mut self, flags: usize) {
        let above = flags & 1;
        let arguments = self.vm.heap.tuple(self.top(above + 1)).map(<[Value]>::to_vec).unwrap_or_default();
        self.called(self.top(above + 3), Value::Unbound, &arguments);
    }

    pub(super) fn called(&mut self, callee: Value, bound: Value, arguments: &[Value]) {
        let mut all: Vec<Value> = Vec::with_capacity(arguments.len() + 1);
        let mut callee = callee;
        if let Value::Obj(id) = callee
            && let Object::BoundMethod(function, receiver) = self.vm.heap.get(id)
        {
            all.push(*receiver);
            callee = *function;
        }
        if bound.is_bound() {
            all.push(bound);
        }
        all.extend_from_slice(arguments);
        match callee {
            Value::Native(id) => self.native_call(native(id), &all),
            Value::Obj(id) => self.object_call(id, &all),
            _ => {}
        }
    }

    fn object_call(&mut self, callee: ObjId, arguments: &[Value]) {
        match self.vm.heap.get(callee) {
            // `list(x)`, `dict(x)`: what is given is walked; `str(x)`: it is written out.
            Object::Class(_) if callee == c::STR => arguments.iter().for_each(|argument| self.nested(*argument)),
            Object::Class(_) => self.each(arguments, false),
            Object::Function(function) => {
                let code = &self.vm.codes[function.code.0 as usize].code;
                if self.vm.is_in_atomic(self.thread) {
                    // A part of C code is no call.
                } else if code.flags.contains(CodeFlags::ATOMIC) {
                    self.each(arguments, true);
                    self.library_objects(arguments);
                } else if code.file.flavour == Flavour::Library {
                    self.library_call(&code.file.name, &code.qualname, arguments);
                }
            }
            Object::Instance(_) => self.called_instance(callee, arguments),
            _ => {}
        }
    }

    fn each(&mut self, arguments: &[Value], write: bool) {
        for argument in arguments {
            self.whole(*argument, write);
        }
    }

    fn native_call(&mut self, callee: &Registered, arguments: &[Value]) {
        match callee.owner {
            Some(owner) => self.method_call(owner, callee.def.name, arguments),
            None => self.function_call(callee.def.name, arguments),
        }
    }

    fn method_call(&mut self, owner: ObjId, name: &str, arguments: &[Value]) {
        let Some((receiver, rest)) = arguments.split_first() else { return };
        match (owner, name) {
            (c::OBJECT, "__getattribute__") => return self.named(*receiver, rest, false),
            (c::OBJECT, "__setattr__" | "__delattr__") => return self.named(*receiver, rest, true),
            (c::LOCK | c::RLOCK, "locked") => return self.state(*receiver),
            (c::STR, "format" | "format_map") => return rest.iter().for_each(|argument| self.nested(*argument)),
            _ => {}
        }
        let key = rest.first().copied().unwrap_or(Value::Unbound);
        match touch_of(owner, name) {
            Touch::Nothing => {}
            Touch::ReadAll => self.whole(*receiver, false),
            Touch::WriteAll => self.whole(*receiver, true),
            Touch::ReadKey | Touch::ReadIndex => self.item(*receiver, key, false),
            Touch::WriteKey | Touch::WriteIndex => self.item(*receiver, key, true),
        }
        self.each(rest, false);
    }

    /// Whether a lock is taken.
    fn state(&mut self, lock: Value) {
        if let Value::Obj(lock) = lock {
            self.add(lock, Part::All, false);
        }
    }

    fn function_call(&mut self, function: &str, arguments: &[Value]) {
        match (function, arguments) {
            ("next", [iterator, ..]) => self.next_item(*iterator),
            ("iter", [value, ..]) => self.get_iter(*value),
            ("getattr" | "hasattr", [object, rest @ ..]) => self.named(*object, rest, false),
            ("setattr" | "delattr", [object, rest @ ..]) => self.named(*object, rest, true),
            // What is done with the dict is what counts.
            ("vars", [Value::Obj(object)]) if matches!(self.vm.heap.get(*object), Object::Instance(_)) => {}
            ("vars", [Value::Obj(object)]) => self.add(*object, Part::All, false),
            (function, _) if BLIND.contains(&function) => {}
            (function, _) if NESTED.contains(&function) => {
                arguments.iter().for_each(|argument| self.nested(*argument));
                if function == "print" {
                    self.written_to(arguments);
                }
            }
            ("len", [value]) => {
                self.whole(*value, false);
                self.special(*value, name::LEN, false);
            }
            _ => self.each(arguments, false),
        }
    }

    /// An attribute whose name is a value.
    pub(super) fn named(&mut self, object: Value, rest: &[Value], write: bool) {
        let Some(Value::Obj(name)) = rest.first() else { return };
        let interned = self.vm.heap.str_of(*name).and_then(|text| self.vm.heap.interned.find(text));
        match (interned, object) {
            (Some(name), _) => self.attribute(object, name, write),
            // A name that was never interned is no attribute of anything yet.
            (None, Value::Obj(object)) if write => self.add(object, Part::All, true),
            (None, _) => {}
        }
    }
}
