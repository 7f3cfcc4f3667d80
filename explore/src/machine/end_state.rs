//! The state in which a program ends: what it has written, and the values of its global variables.
//!
//! A value is a text that is equal for equal values: containers with what is in them, instances with their attributes by
//! name, functions with the variables they have captured. The order of dicts and sets does not count, nor do handles. An
//! object that is met again within one variable is named by its number there, so circles end. Of objects that belong to
//! classes of the library only the public attributes count: how often a lock inside them was used is nobody's business.
//! What it can miss: local variables of functions that have returned, what lies deeper than `DEPTH_MAX` or behind
//! `TEXT_BYTES_MAX` bytes of one variable, where native iterators stand.

use super::Machine;
use gilsim_vm::heap::gc::each_child;
use gilsim_vm::heap::shape::ShapeId;
use gilsim_vm::interp::Vm;
use gilsim_vm::object::Object;
use gilsim_vm::object::dict::Dict;
use gilsim_vm::source::Flavour;
use gilsim_vm::value::{ObjId, Value};
use std::collections::BTreeMap;

/// Objects within objects.
const DEPTH_MAX: usize = 100;

/// Of the text of one variable.
const TEXT_BYTES_MAX: usize = 1 << 20;

/// Names and values: `output` first, then the variables of each module of the program.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct EndState(pub Vec<(String, String)>);

impl Machine {
    /// The state in which the program has ended.
    pub fn end_state(&self) -> EndState {
        let mut parts = vec![("output".to_owned(), format!("{:?}", self.text()))];
        let vm = &self.vm;
        for file in vm.files.iter().filter(|file| file.flavour == Flavour::User) {
            let Some(Value::Obj(module)) = vm.module(&file.name) else { continue };
            let Object::Module(namespace) = *vm.heap.get(module) else { continue };
            let prefix = if &*file.name == "__main__" { String::new() } else { format!("{}.", file.name) };
            for (name, value) in named(vm, namespace) {
                let mut writer = Writer::new(vm);
                writer.variable(value);
                parts.push((format!("{prefix}{name}"), writer.text));
            }
        }
        EndState(parts)
    }
}

/// Entries of a namespace by name, but for those that Python makes itself.
fn named(vm: &Vm, namespace: ObjId) -> BTreeMap<&str, Value> {
    let Object::Dict(dict) = vm.heap.get(namespace) else { return BTreeMap::new() };
    let entries = dict.iter().filter_map(|entry| Some((vm.heap.str(entry.key)?, entry.value)));
    entries.filter(|(name, _)| !name.starts_with("__")).collect()
}

struct Writer<'a> {
    vm: &'a Vm,
    text: String,
    /// Objects met so far, with their numbers.
    met: BTreeMap<ObjId, usize>,
    depth: usize,
}

impl<'a> Writer<'a> {
    fn new(vm: &'a Vm) -> Writer<'a> {
        Writer { vm, text: String::new(), met: BTreeMap::new(), depth: 0 }
    }

    /// The value of a variable: of a class also its attributes.
    fn variable(&mut self, value: Value) {
        self.value(value);
        if let Value::Obj(id) = value
            && let Object::Class(class) = self.vm.heap.get(id)
            && !self.is_of_library(id)
        {
            self.fields(named(self.vm, class.dict));
        }
    }

    fn value(&mut self, value: Value) {
        match value {
            Value::Unbound => self.text.push_str("unbound"),
            Value::None => self.text.push_str("None"),
            Value::Bool(true) => self.text.push_str("True"),
            Value::Bool(false) => self.text.push_str("False"),
            Value::Int(number) => self.text.push_str(&number.to_string()),
            Value::Float(number) => self.text.push_str(&gilsim_vm::text::float_repr::float_repr(number)),
            Value::NotImplemented => self.text.push_str("NotImplemented"),
            Value::Ellipsis => self.text.push_str("..."),
            Value::Native(_) => self.text.push_str("builtin"),
            Value::Obj(_) if self.depth >= DEPTH_MAX || self.text.len() >= TEXT_BYTES_MAX => self.text.push_str("..."),
            Value::Obj(id) => {
                self.depth += 1;
                self.object(id);
                self.depth -= 1;
            }
        }
    }

    fn object(&mut self, id: ObjId) {
        match self.vm.heap.get(id) {
            Object::Str(text) => self.text.push_str(&format!("{:?}", &*text.text)),
            Object::BigInt(number) => self.text.push_str(&number.to_string()),
            Object::Bytes(bytes) => self.text.push_str(&format!("{bytes:?}")),
            Object::Tuple(items) => self.items('(', items.iter().copied(), ')'),
            Object::FrozenSet(items) => self.unordered(items.iter().map(|(_, item)| item).collect()),
            object => match self.met.get(&id) {
                Some(number) => self.text.push_str(&format!("#{number}")),
                None => {
                    self.met.insert(id, self.met.len() + 1);
                    self.mutable(id, object);
                }
            },
        }
    }

    /// An object that can change or has an identity.
    fn mutable(&mut self, id: ObjId, object: &Object) {
        match object {
            Object::List(items) => self.items('[', items.iter().copied(), ']'),
            Object::Set(items) => self.unordered(items.iter().map(|(_, item)| item).collect()),
            Object::Dict(dict) => self.dict(dict),
            Object::Lock(lock) => {
                self.text.push_str(if lock.holder.is_some() { "lock, held" } else { "lock, free" });
            }
            Object::Class(class) => self.text.push_str(&format!("class {}", class.qualname)),
            Object::Function(function) => {
                self.class_name(id);
                self.items('(', function.closure.iter().map(|cell| Value::Obj(*cell)), ')');
            }
            Object::Instance(_) => self.instance(id),
            Object::Exception(exception) => {
                self.class_name(id);
                self.value(exception.args);
            }
            Object::Generator(generator) => {
                self.text.push_str(&format!("generator {:?} ", generator.state));
                self.items('(', generator.stack.iter().copied(), ')');
            }
            Object::ByteArray(bytes) => self.text.push_str(&format!("{bytes:?}")),
            Object::Module(_) | Object::ThreadHandle(_) | Object::TextIo(_) => self.class_name(id),
            other => {
                self.class_name(id);
                let mut children = Vec::new();
                each_child(other, &mut |child| children.push(child));
                self.items('(', children.into_iter(), ')');
            }
        }
    }

    fn class_name(&mut self, id: ObjId) {
        let class = self.vm.heap.class_of_object(id);
        self.text.push_str(&self.vm.heap.class(class).qualname);
    }

    fn items(&mut self, open: char, items: impl Iterator<Item = Value>, close: char) {
        self.text.push(open);
        for (at, item) in items.enumerate() {
            if at > 0 {
                self.text.push_str(", ");
            }
            self.value(item);
        }
        self.text.push(close);
    }

    /// The text of a key or an item of a set, alone.
    fn alone(&self, value: Value) -> String {
        let mut writer = Writer { depth: self.depth, ..Writer::new(self.vm) };
        writer.value(value);
        writer.text
    }

    fn unordered(&mut self, items: Vec<Value>) {
        let mut texts: Vec<String> = items.into_iter().map(|item| self.alone(item)).collect();
        texts.sort_unstable();
        self.text.push_str(&format!("{{{}}}", texts.join(", ")));
    }

    fn dict(&mut self, dict: &Dict) {
        let mut entries: Vec<(String, Value)> = dict.iter().map(|entry| (self.alone(entry.key), entry.value)).collect();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.text.push('{');
        for (at, (key, value)) in entries.into_iter().enumerate() {
            self.text.push_str(if at > 0 { ", " } else { "" });
            self.text.push_str(&key);
            self.text.push_str(": ");
            self.value(value);
        }
        self.text.push('}');
    }

    fn instance(&mut self, id: ObjId) {
        let vm = self.vm;
        let class = vm.heap.class_of_object(id);
        self.class_name(id);
        if let Some(payload) = vm.heap.payload(id) {
            self.value(payload);
        }
        let Some(attrs) = vm.heap.attrs(id) else { return };
        let mut fields = match (attrs.shape, attrs.slots.first()) {
            (ShapeId::DICT, Some(Value::Obj(dict))) => named(vm, *dict),
            (ShapeId::DICT, _) => BTreeMap::new(),
            (shape, _) => {
                let names = vm.heap.shapes.get(shape).names.iter();
                let fields = names.zip(&attrs.slots);
                let fields = fields.filter_map(|(name, value)| Some((vm.heap.str(Value::Obj(*name))?, *value)));
                fields.filter(|(_, value)| value.is_bound()).collect()
            }
        };
        if vm.heap.class(class).mro.iter().any(|class| self.is_of_library(*class)) {
            fields.retain(|name, _| !name.starts_with('_'));
        }
        self.fields(fields);
    }

    fn fields(&mut self, fields: BTreeMap<&str, Value>) {
        self.text.push('(');
        for (at, (name, value)) in fields.into_iter().enumerate() {
            self.text.push_str(if at > 0 { ", " } else { "" });
            self.text.push_str(name);
            self.text.push('=');
            self.value(value);
        }
        self.text.push(')');
    }

    /// Whether a class is written in Python, in the library.
    fn is_of_library(&self, class: ObjId) -> bool {
        let heap = &self.vm.heap;
        let named = heap.interned.find("__module__").and_then(|name| heap.dict_get_name(heap.class(class).dict, name));
        let Some(module) = named.and_then(|module| heap.str(module)) else { return false };
        self.vm.files.iter().any(|file| file.flavour == Flavour::Library && *file.name == *module)
    }
}
