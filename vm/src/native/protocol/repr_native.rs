//! The reprs of builtin objects that need no Python code, written into one string.
//!
//! The forms are those of CPython 3.13, with addresses from [`crate::value::ObjId::address`].

use crate::heap::Heap;
use crate::interp::Vm;
use crate::names::name;
use crate::native::registry::{getsets, native};
use crate::native::{NativeKind, registry::Registered};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::dict::ViewKind;
use crate::object::sync::LockKind;
use crate::text::IntRef;
use crate::text::float_repr::{complex_repr, float_repr};
use crate::text::int_parse::int_to_str;
use crate::text::str_repr::{bytearray_repr, bytes_repr, str_repr};
use crate::value::{NativeId, ObjId, Value};
use std::fmt::Write;

/// How far writing got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// Everything is written.
    Done,
    /// Something needs Python code (or is an error): what was written is worthless.
    AskPython,
    /// Nested too deeply.
    TooDeep,
}

/// Writes reprs.
#[derive(Debug)]
pub struct ReprWriter<'v> {
    vm: &'v Vm,
    /// What was written.
    pub out: String,
    active: Vec<Value>,
    depth_left: u32,
}

/// The address that stands for a value in `id()` and reprs. Values in place have none; theirs are made up from the value.
pub fn address(value: Value) -> u64 {
    const SINGLE: u64 = 0x7e00_0000_0000;
    match value {
        Value::Obj(id) => id.address(),
        Value::Native(id) => SINGLE + 0x1000 + 16 * u64::from(id.0),
        Value::None | Value::Unbound => SINGLE,
        Value::Bool(b) => SINGLE + 16 + 16 * u64::from(b),
        Value::NotImplemented => SINGLE + 48,
        Value::Ellipsis => SINGLE + 64,
        Value::Int(i) => 0x7d00_0000_0000 + 32 * (i as u64 & 0x3f_ffff_ffff),
        Value::Float(f) => 0x7c00_0000_0000 + 16 * (f.to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32),
    }
}

impl<'v> ReprWriter<'v> {
    /// A writer that knows the containers whose repr is being written already.
    pub fn new(vm: &'v Vm, active: Vec<Value>, depth_left: u32) -> ReprWriter<'v> {
        ReprWriter { vm, out: String::new(), active, depth_left }
    }

    fn heap(&self) -> &'v Heap {
        &self.vm.heap
    }

    fn put(&mut self, text: &str) -> Pass {
        self.out.push_str(text);
        Pass::Done
    }

    fn put_fmt(&mut self, text: std::fmt::Arguments<'_>) -> Pass {
        let written = self.out.write_fmt(text);
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        Pass::Done
    }

    /// Writes a value; `class` is shown instead of its own if it is inside an instance of a derived class.
    pub fn write_shown_as(&mut self, value: Value, class: Option<ObjId>) -> Pass {
        match (value, class) {
            (Value::Obj(id), Some(class)) => self.write_payload(id, class),
            _ => self.write(value),
        }
    }

    fn write_payload(&mut self, id: ObjId, class: ObjId) -> Pass {
        let name = &self.heap().class(class).name;
        match self.heap().get(id) {
            Object::ByteArray(bytes) => {
                let text = bytearray_repr(name, bytes);
                self.put(&text)
            }
            Object::Set(set) | Object::FrozenSet(set) => self.write_set(id, set.len(), Some(name)),
            Object::Deque(_) => self.write_deque(id, name),
            _ => self.write(Value::Obj(id)),
        }
    }

    /// Writes a value.
    pub fn write(&mut self, value: Value) -> Pass {
        match value {
            Value::None => self.put("None"),
            Value::Bool(true) => self.put("True"),
            Value::Bool(false) => self.put("False"),
            Value::Int(i) => self.put_fmt(format_args!("{i}")),
            Value::Float(f) => self.put(&float_repr(f)),
            Value::NotImplemented => self.put("NotImplemented"),
            Value::Ellipsis => self.put("Ellipsis"),
            Value::Unbound => self.put("<NULL>"),
            Value::Native(id) => {
                let text = self.native_repr(id);
                self.put(&text)
            }
            Value::Obj(id) => {
                if self.depth_left == 0 {
                    return Pass::TooDeep;
                }
                self.depth_left -= 1;
                let pass = self.write_object(id);
                self.depth_left += 1;
                pass
            }
        }
    }

    fn write_object(&mut self, id: ObjId) -> Pass {
        match self.heap().get(id) {
            Object::Str(s) => self.put(&str_repr(&s.text)),
            Object::BigInt(n) => match int_to_str(IntRef::Big(n), self.vm.settings.int_digits_max) {
                Ok(text) => self.put(&text),
                Err(_) => Pass::AskPython,
            },
            Object::Complex(re, im) => self.put(&complex_repr(re.0, im.0)),
            Object::Bytes(bytes) => self.put(&bytes_repr(bytes)),
            Object::ByteArray(bytes) => self.put(&bytearray_repr("bytearray", bytes)),
            Object::Tuple(items) if items.len() == 1 => self.write_items(id, "(", items.iter().copied(), ",)"),
            Object::Tuple(items) => self.write_items(id, "(", items.iter().copied(), ")"),
            Object::List(items) => self.write_items(id, "[", items.iter().copied(), "]"),
            Object::Dict(dict) => self.write_pairs(id, "{", dict.iter().map(|e| (e.key, e.value)), "}"),
            Object::Set(set) | Object::FrozenSet(set) => self.write_set(id, set.len(), None),
            Object::Deque(_) => self.write_deque(id, "deque"),
            Object::DictView(_) => self.write_view(id),
            Object::MappingProxy(inner) => self.write_around("mappingproxy(", Value::Obj(*inner), ")"),
            Object::Slice(parts) => self.write_items(id, "slice(", parts.iter().copied(), ")"),
            Object::Range(start, stop, 1) => self.put_fmt(format_args!("range({start}, {stop})")),
            Object::Range(start, stop, step) => self.put_fmt(format_args!("range({start}, {stop}, {step})")),
            Object::Instance(_) => self.write_instance(id),
            Object::Exception(exception) => self.write_exception(id, exception.args),
            Object::Class(_) => match self.is_plain(id) {
                true => {
                    let name = self.qualified_class_name(id);
                    self.put_fmt(format_args!("<class '{name}'>"))
                }
                false => Pass::AskPython,
            },
            Object::StaticMethod(inner) => self.write_around("<staticmethod(", *inner, ")>"),
            Object::ClassMethod(inner) => self.write_around("<classmethod(", *inner, ")>"),
            Object::BoundMethod(function, object) => self.write_bound(*function, *object),
            Object::GenericAlias(..) | Object::Union(_) => Pass::AskPython,
            _ => {
                let text = self.opaque_repr(id);
                self.put(&text)
            }
        }
    }

    fn write_around(&mut self, open: &str, inner: Value, close: &str) -> Pass {
        self.out.push_str(open);
        match self.write(inner) {
            Pass::Done => self.put(close),
            other => other,
        }
    }

    /// Whether the class of an object has no `__repr__` written in Python.
    fn is_plain(&self, id: ObjId) -> bool {
        let class = self.heap().class_of_object(id);
        matches!(self.heap().lookup(class, name::REPR), None | Some(Value::Native(_)))
    }

    fn write_instance(&mut self, id: ObjId) -> Pass {
        let class = self.heap().class_of_object(id);
        match (self.heap().lookup(class, name::REPR), self.heap().payload(id)) {
            (Some(Value::Native(found)), Some(inner)) if native(found).owner != Some(c::OBJECT) => {
                self.write_shown_as(inner, Some(class))
            }
            (None, Some(inner)) => self.write_shown_as(inner, Some(class)),
            (None | Some(Value::Native(_)), _) => {
                let text = self.default_repr(Value::Obj(id));
                self.put(&text)
            }
            _ => Pass::AskPython,
        }
    }

    fn write_exception(&mut self, id: ObjId, args: Value) -> Pass {
        if !self.is_plain(id) {
            return Pass::AskPython;
        }
        let name = self.heap().type_name(Value::Obj(id));
        self.out.push_str(name);
        match self.heap().tuple(args) {
            Some([only]) => self.write_around("(", *only, ")"),
            _ => self.write(args),
        }
    }

    fn write_bound(&mut self, function: Value, object: Value) -> Pass {
        if let Value::Native(id) = function {
            let text = self.bound_native_repr(native(id), object);
            return self.put(&text);
        }
        let name = self.callable_name(function);
        self.write_around(&format!("<bound method {name} of "), object, ">")
    }

    /// What a container shows as inside itself.
    pub fn recursive(heap: &Heap, id: ObjId) -> String {
        match heap.get(id) {
            Object::List(_) | Object::Deque(_) => "[...]".to_owned(),
            Object::Tuple(_) => "(...)".to_owned(),
            Object::Dict(_) => "{...}".to_owned(),
            Object::Set(_) => "set(...)".to_owned(),
            Object::FrozenSet(_) => "frozenset(...)".to_owned(),
            _ => "...".to_owned(),
        }
    }

    fn enter(&mut self, id: ObjId) -> bool {
        if self.active.contains(&Value::Obj(id)) {
            let text = Self::recursive(self.heap(), id);
            self.out.push_str(&text);
            return false;
        }
        self.active.push(Value::Obj(id));
        true
    }

    fn write_items(&mut self, id: ObjId, open: &str, items: impl Iterator<Item = Value>, close: &str) -> Pass {
        if !self.enter(id) {
            return Pass::Done;
        }
        self.out.push_str(open);
        for (i, item) in items.enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            match self.write(item) {
                Pass::Done => {}
                other => return other,
            }
        }
        self.active.pop();
        self.put(close)
    }

    fn write_pairs(&mut self, id: ObjId, open: &str, pairs: impl Iterator<Item = (Value, Value)>, close: &str) -> Pass {
        if !self.enter(id) {
            return Pass::Done;
        }
        self.out.push_str(open);
        let (first, between, last) = if close == "}" { ("", ": ", "") } else { ("(", ", ", ")") };
        for (i, (key, value)) in pairs.enumerate() {
            self.out.push_str(if i > 0 { ", " } else { "" });
            self.out.push_str(first);
            match self.write(key) {
                Pass::Done => self.out.push_str(between),
                other => return other,
            }
            match self.write(value) {
                Pass::Done => self.out.push_str(last),
                other => return other,
            }
        }
        self.active.pop();
        self.put(close)
    }

    fn write_set(&mut self, id: ObjId, len: usize, shown: Option<&str>) -> Pass {
        let (set, own) = match self.heap().get(id) {
            Object::Set(set) => (set, "set"),
            Object::FrozenSet(set) => (set, "frozenset"),
            _ => return Pass::Done,
        };
        let name = shown.unwrap_or(own);
        if len == 0 {
            return self.put_fmt(format_args!("{name}()"));
        }
        let items = set.iter().map(|(_, item)| item);
        if name == "set" && shown.is_none() {
            return self.write_items(id, "{", items, "}");
        }
        self.write_items(id, &format!("{name}({{"), items, "})")
    }

    fn write_deque(&mut self, id: ObjId, name: &str) -> Pass {
        let Object::Deque(deque) = self.heap().get(id) else { return Pass::Done };
        let end = match deque.most {
            Some(most) => format!("], maxlen={most})"),
            None => "])".to_owned(),
        };
        self.write_items(id, &format!("{name}(["), deque.items.iter().copied(), &end)
    }

    fn write_view(&mut self, id: ObjId) -> Pass {
        let Object::DictView(view) = self.heap().get(id) else { return Pass::Done };
        let dict = self.heap().dict(view.dict);
        match view.kind {
            ViewKind::Keys => self.write_items(id, "dict_keys([", dict.iter().map(|e| e.key), "])"),
            ViewKind::Values => self.write_items(id, "dict_values([", dict.iter().map(|e| e.value), "])"),
            ViewKind::Items => self.write_pairs(id, "dict_items([", dict.iter().map(|e| (e.key, e.value)), "])"),
        }
    }

    /// `module.qualname` of a class; without the module for builtins.
    pub fn qualified_class_name(&self, id: ObjId) -> String {
        let class = self.heap().class(id);
        let module = self.heap().dict_get_name(class.dict, name::MODULE).unwrap_or(class.module);
        match self.heap().str(module) {
            Some(module) if module != "builtins" => format!("{module}.{}", class.qualname),
            _ => class.qualname.to_string(),
        }
    }

    /// `<__main__.A object at 0x…>`
    pub fn default_repr(&self, value: Value) -> String {
        let name = self.qualified_class_name(self.heap().class_of(value));
        format!("<{name} object at {:#x}>", address(value))
    }

    /// `__qualname__` (or `__name__`) of a callable; `?` if it has neither.
    pub fn callable_name(&self, callable: Value) -> String {
        match callable {
            Value::Native(id) => native(id).def.name.to_owned(),
            Value::Obj(id) => match self.heap().get(id) {
                Object::Function(function) => self.heap().str(function.qualname).unwrap_or("?").to_owned(),
                Object::Class(class) => class.qualname.to_string(),
                Object::BoundMethod(function, _) => self.callable_name(*function),
                _ => "?".to_owned(),
            },
            _ => "?".to_owned(),
        }
    }

    fn native_repr(&self, id: NativeId) -> String {
        let Registered { def, owner, .. } = native(id);
        let Some(owner) = owner else { return format!("<built-in function {}>", def.name) };
        let class = &self.heap().class(*owner).name;
        match def.kind {
            NativeKind::Method if def.name.starts_with("__") && def.name.ends_with("__") => {
                format!("<slot wrapper '{}' of '{class}' objects>", def.name)
            }
            NativeKind::Method | NativeKind::ClassMethod => format!("<method '{}' of '{class}' objects>", def.name),
            NativeKind::Function | NativeKind::StaticMethod | NativeKind::New => {
                format!("<built-in method {} of type object at {:#x}>", def.name, owner.address())
            }
        }
    }

    fn bound_native_repr(&self, registered: &Registered, object: Value) -> String {
        let def = registered.def;
        let class = &self.heap().class(self.heap().class_of(object)).name;
        let at = address(object);
        match def.kind {
            NativeKind::Method if def.name.starts_with("__") && def.name.ends_with("__") => {
                format!("<method-wrapper '{}' of {class} object at {at:#x}>", def.name)
            }
            _ => format!("<built-in method {} of {class} object at {at:#x}>", def.name),
        }
    }

    /// Objects that show what they are and where.
    fn opaque_repr(&self, id: ObjId) -> String {
        let heap = self.heap();
        let at = id.address();
        match heap.get(id) {
            Object::Function(f) => format!("<function {} at {at:#x}>", heap.str(f.qualname).unwrap_or("?")),
            Object::Generator(g) if g.class == c::GENERATOR => {
                format!("<generator object {} at {at:#x}>", heap.str(g.qualname).unwrap_or("?"))
            }
            Object::Code(code) => {
                let code = &self.vm.codes[code.0 as usize].code;
                let (file, line) = (&code.file.path, code.first_line);
                format!("<code object {} at {at:#x}, file \"{file}\", line {line}>", code.name)
            }
            Object::FrameView(frame) => {
                let code = &self.vm.codes[frame.code.0 as usize].code;
                let file = str_repr(&code.file.path);
                format!("<frame at {at:#x}, file {file}, line {}, code {}>", frame.line, code.name)
            }
            Object::Module(namespace) => self.module_repr(*namespace),
            Object::Cell(Value::Unbound) => format!("<cell at {at:#x}: empty>"),
            Object::Cell(inner) => {
                format!("<cell at {at:#x}: {} object at {:#x}>", heap.type_name(*inner), address(*inner))
            }
            Object::Super(class, object, kind) => {
                let class = &heap.class(*class).name;
                match object.is_bound() && !object.is_none() {
                    true => format!("<super: <class '{class}'>, <{} object>>", heap.class(*kind).name),
                    false => format!("<super: <class '{class}'>, NULL>"),
                }
            }
            Object::Member(owner, member) => {
                format!("<member '{}' of '{}' objects>", heap.name(*member), heap.class(*owner).name)
            }
            Object::GetSet(owner, index) => {
                let attribute = getsets().get(*index as usize).map_or("?", |(_, def)| def.name);
                format!("<attribute '{attribute}' of '{}' objects>", heap.class(*owner).name)
            }
            _ => self.opaque_repr_of_native_state(id),
        }
    }

    fn opaque_repr_of_native_state(&self, id: ObjId) -> String {
        let heap = self.heap();
        let at = id.address();
        match heap.get(id) {
            Object::Lock(lock) => {
                let state = if lock.holder.is_some() { "locked" } else { "unlocked" };
                match lock.kind {
                    LockKind::Plain => format!("<{state} _thread.lock object at {at:#x}>"),
                    LockKind::Reentrant => {
                        let owner = lock.holder.map_or(0, Vm::ident);
                        format!("<{state} _thread.RLock object owner={owner} count={} at {at:#x}>", lock.depth)
                    }
                }
            }
            Object::ThreadHandle(handle) => {
                let ident = handle.thread.map_or(0, Vm::ident);
                format!("<_thread._ThreadHandle object: ident={ident}>")
            }
            Object::TextIo(io) => {
                let name = match io.stream {
                    crate::effect::Stream::Stdout => "<stdout>",
                    crate::effect::Stream::Stderr => "<stderr>",
                };
                format!("<_io.TextIOWrapper name='{name}' mode='w' encoding='utf-8'>")
            }
            Object::WeakRef(Value::None, _) => format!("<weakref at {at:#x}; dead>"),
            Object::WeakRef(target, _) => self.weakref_repr(at, *target),
            Object::MemoryView(view) if view.released => format!("<released memory at {at:#x}>"),
            Object::MemoryView(_) => format!("<memory at {at:#x}>"),
            _ => self.default_repr(Value::Obj(id)),
        }
    }

    fn weakref_repr(&self, at: u64, target: Value) -> String {
        let class = self.heap().class_of(target);
        let kind = match self.heap().class(class).is_heap_type {
            true => self.heap().class(class).name.to_string(),
            false => self.qualified_class_name(class),
        };
        let name = match target.obj().map(|id| self.heap().get(id)) {
            Some(Object::Function(f)) => self.heap().str(f.name).map(|name| format!(" ({name})")),
            Some(Object::Class(class)) => Some(format!(" ({})", class.name)),
            _ => None,
        };
        format!("<weakref at {at:#x}; to '{kind}' at {:#x}{}>", address(target), name.unwrap_or_default())
    }

    fn module_repr(&self, namespace: ObjId) -> String {
        let heap = self.heap();
        let text = |name| heap.dict_get_name(namespace, name).and_then(|value| heap.str(value)).map(str_repr);
        let module = text(name::NAME).unwrap_or_else(|| "'?'".to_owned());
        let is_native = crate::modules::table(module.trim_matches('\'')).is_some();
        match text(name::FILE) {
            Some(file) => format!("<module {module} from {file}>"),
            None if is_native => format!("<module {module} (built-in)>"),
            None => format!("<module {module}>"),
        }
    }
}
