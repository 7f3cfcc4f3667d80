//! What the next instruction of a thread reads and writes that other threads can reach.
//!
//! A search over schedules switches only before such an instruction, and calls two of them dependent when they touch the
//! same place and one writes it. The places are derived from the instruction and its operands without executing it:
//! attributes by object and name, list items by index, dict entries by the key's hash, whole containers where an operation
//! looks at all of one, variables that closures share. Locals, constants and the making of objects touch nothing. Where it
//! is not known what native code does with a container, it is taken to read all of it, and a function that stands for C
//! code to write all of it: too much costs time, too little would hide an order of events. Where containers are written
//! out or compared, those inside them are read too (`nested.rs`). What the library's Python code does with the program's
//! containers is taken to happen where it is called, and only for the modules that are listed in `calls.rs`. What this
//! misses: what a thread does with an iterator that it has made and passed on; other library code that keeps or walks the program's containers, and other native calls that walk containers
//! inside containers.

mod calls;
mod library;
mod nested;

use super::Vm;
use super::frame::GreenThread;
use super::groups::Mark;
use super::loaded::LoadedCode;
use crate::code::{BinaryOperator, Instr, Op};
use crate::names::name;
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::compare::{Hash, hash_of};
use crate::object::iter::Iter;
use crate::value::{ObjId, Value};

/// A part of an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// All of it.
    All,
    /// All its attributes: where they are looked at as a dict.
    Names,
    /// An attribute, or the value of a name in a namespace.
    Attr(ObjId),
    /// The item at an index.
    Index(i64),
    /// The entry whose key has this hash.
    Key(i64),
}

/// A read or write of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Access {
    /// The object.
    pub object: ObjId,
    /// Which part of it.
    pub part: Part,
    /// Whether it is written.
    pub write: bool,
}

impl Access {
    /// Whether the order of the two can matter.
    #[inline]
    pub fn conflicts(&self, other: &Access) -> bool {
        self.object == other.object
            && (self.write || other.write)
            && (self.part == other.part || self.part.is_everything() || other.part.is_everything())
    }
}

impl Part {
    fn is_everything(self) -> bool {
        matches!(self, Part::All | Part::Names)
    }
}

/// Which names may be written once several threads run: reads of all others touch nothing that changes.
pub trait WrittenNames {
    /// Whether this name may be written.
    fn may_be_written(&self, name: ObjId) -> bool;

    /// Whether a class may be given this name.
    fn may_be_written_in_class(&self, name: ObjId) -> bool;
}

/// Where a run stops so that somebody can look at the next instruction.
#[derive(Clone, Copy)]
pub struct Stops<'a> {
    /// By the number of the code.
    pub marks: &'a [Mark],
    /// Before an instruction marked as touching something only if it does.
    pub written: &'a dyn WrittenNames,
    /// Whether a lock is a thread's own affair where it is now: then the loop takes it if it is free, or gives it back.
    pub has_own: &'a dyn Fn(&GreenThread, ObjId) -> bool,
}

/// Collects the accesses of one instruction.
struct Collector<'a, W: ?Sized> {
    vm: &'a Vm,
    thread: &'a GreenThread,
    written: &'a W,
    out: &'a mut Vec<Access>,
}

impl Vm {
    /// Adds what the next instruction of a thread touches; nothing if it has none.
    pub fn accesses<W: WrittenNames + ?Sized>(&self, thread: &GreenThread, written: &W, out: &mut Vec<Access>) {
        let Some(frame) = thread.frames.last() else { return };
        let loaded = &self.codes[frame.code.0 as usize];
        let Some(instr) = loaded.code.instrs.get(frame.pc as usize) else { return };
        if !may_touch(instr.op) {
            return;
        }
        Collector { vm: self, thread, written, out }.instruction(loaded, *instr);
    }

    /// Whether the next instruction, before which the loop would stop, is one that touches nothing after all.
    pub(super) fn touches_nothing(&self, thread: &GreenThread, stops: Option<Stops<'_>>) -> bool {
        let Some(Stops { marks, written, .. }) = stops else { return true };
        let mark = thread.frames.last().and_then(|frame| marks.get(frame.code.0 as usize));
        if !matches!(mark, Some(Mark::Touching | Mark::Calling)) {
            return false;
        }
        let mut found = Vec::new();
        self.accesses(thread, written, &mut found);
        found.is_empty()
    }
}

/// Whether an instruction can touch what others can reach: those that the collector below knows.
pub(super) fn may_touch(op: Op) -> bool {
    matches!(
        op,
        Op::LoadGlobal
            | Op::LoadName
            | Op::LoadFromDictOrGlobals
            | Op::StoreGlobal
            | Op::DeleteGlobal
            | Op::StoreName
            | Op::DeleteName
            | Op::LoadAttr
            | Op::StoreAttr
            | Op::DeleteAttr
            | Op::LoadDeref
            | Op::LoadFromDictOrDeref
            | Op::StoreDeref
            | Op::DeleteDeref
            | Op::BinarySubscr
            | Op::StoreSubscr
            | Op::DeleteSubscr
            | Op::BinarySlice
            | Op::StoreSlice
            | Op::ContainsOp
            | Op::GetIter
            | Op::ForIter
            | Op::CompareOp
            | Op::BinaryOp
            | Op::ToBool
            | Op::UnaryNot
            | Op::UnpackSequence
            | Op::UnpackEx
            | Op::GetLen
            | Op::FormatSimple
            | Op::FormatWithSpec
            | Op::ConvertValue
            | Op::ListExtend
            | Op::SetUpdate
            | Op::DictUpdate
            | Op::DictMerge
            | Op::Call
            | Op::CallKw
            | Op::CallFunctionEx
            | Op::YieldValue
            | Op::Send
            | Op::MatchClass
            | Op::MatchKeys
            | Op::LoadSuperAttr
            | Op::ImportFrom
    )
}

/// Iterators inside iterators that are looked at.
const ITERATORS_MAX: usize = 16;

impl<W: WrittenNames + ?Sized> Collector<'_, W> {
    fn top(&self, n: usize) -> Value {
        let stack = &self.thread.stack;
        stack.len().checked_sub(n).map_or(Value::Unbound, |at| stack[at])
    }

    fn add(&mut self, object: ObjId, part: Part, write: bool) {
        let (object, part) = match (self.namespace(object), part) {
            (Some(owner), Part::All | Part::Key(_)) => (owner, Part::Names),
            (Some(owner), part) => (owner, part),
            (None, part) => (object, part),
        };
        self.out.push(Access { object, part, write });
    }

    /// What has the entries of a dict as attributes: an object whose `__dict__` it is, or the dict itself if it has the
    /// globals of the function.
    fn namespace(&self, dict: ObjId) -> Option<ObjId> {
        let Object::Dict(_) = self.vm.heap.get(dict) else { return None };
        let is_globals = self.thread.frames.last().is_some_and(|frame| frame.globals == dict);
        if is_globals { Some(dict) } else { self.vm.heap.owner_of(dict) }
    }

    fn instruction(&mut self, loaded: &LoadedCode, instr: Instr) {
        let arg = instr.arg as usize;
        match instr.op {
            Op::LoadGlobal => self.global(loaded.names[arg >> 1], false),
            Op::LoadName | Op::LoadFromDictOrGlobals => self.global(loaded.names[arg], false),
            Op::StoreGlobal | Op::DeleteGlobal | Op::StoreName | Op::DeleteName => self.global(loaded.names[arg], true),
            Op::LoadAttr => self.attribute(self.top(1), loaded.names[arg >> 1], false),
            Op::StoreAttr | Op::DeleteAttr => self.attribute(self.top(1), loaded.names[arg], true),
            Op::LoadDeref | Op::LoadFromDictOrDeref => self.cell(arg, loaded.slots[arg], false),
            Op::StoreDeref | Op::DeleteDeref => self.cell(arg, loaded.slots[arg], true),
            Op::BinarySubscr => self.item(self.top(2), self.top(1), false),
            Op::StoreSubscr | Op::DeleteSubscr => self.stored_item(instr.op),
            Op::BinarySlice => self.whole(self.top(3), false),
            Op::StoreSlice => self.whole(self.top(3), true),
            Op::ContainsOp => self.membership(self.top(1), self.top(2)),
            Op::GetIter => {
                self.get_iter(self.top(1));
                self.special(self.top(1), name::ITER, false);
            }
            Op::ForIter => self.next_item(self.top(1)),
            Op::Send => self.next_item(self.top(2)),
            Op::MatchClass => self.matched(arg),
            Op::MatchKeys => self.matched_keys(),
            Op::LoadSuperAttr => self.inherited(loaded.names[arg >> 2]),
            Op::ImportFrom => self.attribute(self.top(1), loaded.names[arg], false),
            Op::CompareOp => {
                self.nested(self.top(2));
                self.nested(self.top(1));
            }
            Op::BinaryOp => self.binary(instr.arg),
            Op::ToBool
            | Op::UnaryNot
            | Op::UnpackSequence
            | Op::UnpackEx
            | Op::GetLen
            | Op::ListExtend
            | Op::SetUpdate
            | Op::DictUpdate
            | Op::DictMerge => self.whole(self.top(1), false),
            Op::FormatSimple | Op::ConvertValue => self.nested(self.top(1)),
            Op::FormatWithSpec => self.nested(self.top(2)),
            Op::Call => self.call(arg, 0),
            Op::CallKw => self.call(arg, 1),
            Op::CallFunctionEx => self.call_ex(arg),
            Op::YieldValue => self.suspension(),
            _ => {}
        }
    }

    /// A generator that runs until its next `yield`: nobody else can ask it for a value meanwhile.
    fn suspension(&mut self) {
        if let Some(generator) = self.thread.frames.last().and_then(|frame| frame.owner.obj()) {
            self.add(generator, Part::All, true);
        }
    }

    /// A name looked up in the namespaces of the frame.
    fn global(&mut self, name: ObjId, write: bool) {
        if !write && !self.written.may_be_written(name) {
            return;
        }
        let Some(frame) = self.thread.frames.last() else { return };
        let heap = &self.vm.heap;
        match frame.namespace.obj() {
            Some(namespace) if namespace != frame.globals => {
                self.add(namespace, Part::Attr(name), write);
                let is_own =
                    matches!(heap.get(namespace), Object::Dict(_)) && heap.dict_get_name(namespace, name).is_some();
                if !write && !is_own {
                    self.add(frame.globals, Part::Attr(name), false);
                }
            }
            _ => self.add(frame.globals, Part::Attr(name), write),
        }
    }

    fn cell(&mut self, slot: usize, name: ObjId, write: bool) {
        if !write && !self.written.may_be_written(name) {
            return;
        }
        let Some(frame) = self.thread.frames.last() else { return };
        if let Value::Obj(cell) = self.thread.stack[frame.base as usize + slot] {
            self.add(cell, Part::Attr(name), write);
        }
    }

    fn attribute(&mut self, owner: Value, name: ObjId, write: bool) {
        if !write && !self.written.may_be_written(name) {
            return;
        }
        let Value::Obj(id) = owner else { return };
        let heap = &self.vm.heap;
        if write && name == name::DICT {
            return self.add(id, Part::Names, true);
        }
        match heap.get(id) {
            Object::Module(namespace) => self.add(*namespace, Part::Attr(name), write),
            Object::Class(_) => {
                self.add(id, Part::Attr(name), write);
                if !write {
                    let owner = heap.lookup_with_owner(id, name).map(|(_, owner)| owner);
                    self.classes(&heap.class(id).mro[1..], owner, name);
                }
            }
            _ => self.instance_attribute(id, name, write),
        }
    }

    fn instance_attribute(&mut self, id: ObjId, name: ObjId, write: bool) {
        let heap = &self.vm.heap;
        let class = heap.class_of_object(id);
        if heap.is_subclass(class, c::THREAD_LOCAL) {
            return;
        }
        let found = heap.lookup_with_owner(class, name);
        let computed = found.is_some_and(|(value, _)| match value {
            Value::Obj(descriptor) => matches!(heap.get(descriptor), Object::Property(_)),
            _ => false,
        });
        if !computed {
            self.add(id, Part::Attr(name), write);
        }
        if !write {
            self.classes(&heap.class(class).mro, found.map(|(_, owner)| owner), name);
        }
    }

    /// A name looked for in classes up to the one that has it: another could be given it first.
    fn classes(&mut self, classes: &[ObjId], owner: Option<ObjId>, name: ObjId) {
        if !self.written.may_be_written_in_class(name) {
            return;
        }
        for class in classes {
            if self.vm.heap.class(*class).is_heap_type {
                self.add(*class, Part::Attr(name), false);
            }
            if Some(*class) == owner {
                return;
            }
        }
    }

    /// The builtin container behind a value, if it is one that can change.
    fn container(&self, value: Value) -> Option<ObjId> {
        let Value::Obj(id) = self.vm.heap.unwrap_payload(value) else { return None };
        match self.vm.heap.get(id) {
            Object::List(_)
            | Object::Dict(_)
            | Object::Set(_)
            | Object::Deque(_)
            | Object::ByteArray(_)
            | Object::SimpleQueue(_) => Some(id),
            Object::DictView(view) => Some(view.dict),
            Object::MappingProxy(dict) => Some(*dict),
            Object::Iter(_) => self.iterated(id),
            Object::MemoryView(view) => self.container(view.base),
            _ => None,
        }
    }

    /// The container that a native iterator walks.
    fn iterated(&self, iterator: ObjId) -> Option<ObjId> {
        let Object::Iter(iterator) = self.vm.heap.get(iterator) else { return None };
        match **iterator {
            Iter::List { list, .. } | Iter::ListReversed { list, .. } => Some(list),
            Iter::Dict { dict, .. } => Some(dict),
            Iter::Set { set, .. } => Some(set),
            Iter::Deque { deque, .. } => Some(deque),
            Iter::Enumerate { inner, .. } | Iter::Chain { rest: inner, .. } => self.iterated(inner),
            _ => None,
        }
    }

    fn whole(&mut self, value: Value, write: bool) {
        self.passed_on(value);
        if let Some(container) = self.container(value) {
            self.add(container, Part::All, write);
        }
    }

    /// An iterator is changed by whoever takes an item from it. One that the thread itself has made is taken to be its own.
    fn passed_on(&mut self, value: Value) {
        let Value::Obj(id) = value else { return };
        let is_changed = match self.vm.heap.get(id) {
            Object::Iter(_) => self.vm.heap.maker_of(id) != Some(self.thread.id.0),
            Object::Generator(_) => true,
            Object::Instance(instance) if self.iterates_in_c(instance.class) => {
                self.taken_from(id);
                true
            }
            _ => false,
        };
        if is_changed {
            self.add(id, Part::All, true);
        }
    }

    /// The attributes that a class pattern looks at: so many positional ones, and those named on top.
    fn matched(&mut self, positional: usize) {
        let (subject, class, names) = (self.top(3), self.top(2), self.top(1));
        let heap = &self.vm.heap;
        let mut found = heap.tuple(names).map(<[Value]>::to_vec).unwrap_or_default();
        if let Value::Obj(class) = class
            && let Object::Class(_) = heap.get(class)
            && let Some(arguments) = heap.lookup(class, name::MATCH_ARGS)
        {
            found.extend(heap.tuple(arguments).unwrap_or_default().iter().take(positional));
        }
        found.into_iter().for_each(|name| self.named(subject, &[name], false));
        self.whole(subject, false);
    }

    /// The entries that a mapping pattern looks for: the mapping below their keys.
    fn matched_keys(&mut self) {
        let (subject, keys) = (self.top(2), self.top(1));
        let keys = self.vm.heap.tuple(keys).map(<[Value]>::to_vec).unwrap_or_default();
        keys.into_iter().for_each(|key| self.item(subject, key, false));
    }

    /// A name looked for after a class (`super().name`).
    fn inherited(&mut self, name: ObjId) {
        if !self.written.may_be_written(name) {
            return;
        }
        let (Value::Obj(class), Value::Obj(object)) = (self.top(2), self.top(1)) else { return };
        let heap = &self.vm.heap;
        let of = if let Object::Class(_) = heap.get(object) { object } else { heap.class_of_object(object) };
        let mro = &heap.class(of).mro;
        let Some(at) = mro.iter().position(|base| *base == class) else { return };
        let found = mro[at + 1..].iter().find(|base| heap.dict_get_name(heap.class(**base).dict, name).is_some());
        self.classes(&mro[at + 1..], found.copied(), name);
    }

    /// What an iterator that stands for C code takes its items from: what it has as attributes, and what these have.
    fn taken_from(&mut self, iterator: ObjId) {
        let mut left = vec![Value::Obj(iterator)];
        for _ in 0..ITERATORS_MAX {
            let Some(value) = left.pop() else { return };
            let Value::Obj(id) = value else { continue };
            match self.vm.heap.get(id) {
                Object::Instance(inner) if self.iterates_in_c(inner.class) => {
                    // `map` has a list of iterators.
                    for value in &inner.attrs.slots {
                        match value {
                            Value::Obj(list) if let Object::List(items) = self.vm.heap.get(*list) => {
                                left.extend(items.iter().take(ITERATORS_MAX));
                            }
                            _ => left.push(*value),
                        }
                    }
                }
                Object::Instance(_) => {}
                _ => self.whole(value, false),
            }
        }
    }

    /// Whether an object is an iterator that stands for C code.
    fn iterates_in_c(&self, class: ObjId) -> bool {
        let next = self.vm.heap.lookup(class, name::NEXT);
        next.is_some_and(|next| self.stands_for_c(next))
    }

    fn both(&mut self, write: bool) {
        self.whole(self.top(2), write);
        self.whole(self.top(1), false);
    }

    /// BINARY_OP; the in-place forms change their left operand.
    fn binary(&mut self, operator: u32) {
        let operator = BinaryOperator::from_number(operator).map(BinaryOperator::plain);
        self.both(operator.is_some_and(|(_, in_place)| in_place));
        // `"%s" % (x,)` writes out what is in the tuple.
        if operator.is_some_and(|(plain, _)| plain == BinaryOperator::Remainder) {
            self.nested(self.top(1));
        }
    }

    /// The part of a container that an index or key selects.
    fn selected(&self, container: ObjId, key: Value) -> Part {
        let heap = &self.vm.heap;
        let len = match heap.get(container) {
            Object::List(items) => items.len(),
            Object::Deque(deque) => deque.items.len(),
            Object::ByteArray(bytes) => bytes.len(),
            Object::Dict(_) if self.namespace(container).is_some() => {
                let text = if let Value::Obj(key) = key { heap.str_of(key) } else { None };
                return text.and_then(|text| heap.interned.find(text)).map_or(Part::Names, Part::Attr);
            }
            Object::Dict(_) | Object::Set(_) => {
                return match hash_of(heap, key) {
                    Hash::Known(hash) => Part::Key(hash),
                    _ => Part::All,
                };
            }
            _ => return Part::All,
        };
        match key {
            Value::Int(index) if index < 0 => Part::Index(index.saturating_add(len as i64)),
            Value::Int(index) => Part::Index(index),
            Value::Bool(index) => Part::Index(i64::from(index)),
            _ => Part::All,
        }
    }

    fn item(&mut self, container: Value, key: Value, write: bool) {
        self.special(container, if write { name::SETITEM } else { name::GETITEM }, write);
        if let Some(id) = self.container(container) {
            let part = self.selected(id, key);
            let adds = !write && self.adds_missing(container, id, part);
            self.add(id, part, write || adds);
        }
    }

    /// Whether a look for a key adds it, as in a `defaultdict`.
    fn adds_missing(&self, container: Value, dict: ObjId, part: Part) -> bool {
        let heap = &self.vm.heap;
        let (Value::Obj(id), Part::Key(hash), Object::Dict(entries)) = (container, part, heap.get(dict)) else {
            return false;
        };
        let Object::Instance(instance) = heap.get(id) else { return false };
        let missing = heap.lookup(instance.class, name::MISSING);
        missing.is_some_and(|missing| self.stands_for_c(missing)) && entries.find(hash, |_| true).is_none()
    }

    /// Deleting shifts the items of a list, so it touches all of it.
    fn stored_item(&mut self, op: Op) {
        let (container, key) = (self.top(2), self.top(1));
        self.special(container, if op == Op::DeleteSubscr { name::DELITEM } else { name::SETITEM }, true);
        let Some(id) = self.container(container) else { return };
        let keyed = matches!(self.vm.heap.get(id), Object::Dict(_));
        let part = if op == Op::DeleteSubscr && !keyed { Part::All } else { self.selected(id, key) };
        self.add(id, part, true);
    }

    fn membership(&mut self, container: Value, item: Value) {
        self.passed_on(container);
        self.special(container, name::CONTAINS, false);
        let Some(id) = self.container(container) else { return };
        let part = match self.vm.heap.get(id) {
            Object::Dict(_) | Object::Set(_) => self.selected(id, item),
            _ => Part::All,
        };
        self.add(id, part, false);
    }

    /// Getting an iterator looks at the size of a dict or set; that of a list looks at nothing yet.
    fn get_iter(&mut self, value: Value) {
        let Some(id) = self.container(value) else { return };
        if matches!(self.vm.heap.get(id), Object::Dict(_) | Object::Set(_)) && !self.is_iterator(value) {
            self.add(id, Part::All, false);
        }
    }

    fn is_iterator(&self, value: Value) -> bool {
        matches!(value, Value::Obj(id) if matches!(self.vm.heap.get(id), Object::Iter(_)))
    }

    /// One step of a native iterator.
    fn next_item(&mut self, iterator: Value) {
        let Value::Obj(id) = iterator else { return };
        self.passed_on(iterator);
        let Object::Iter(iter) = self.vm.heap.get(id) else { return };
        match **iter {
            Iter::List { list, at } => self.add(list, Part::Index(at as i64), false),
            Iter::ListReversed { list, left } => self.add(list, Part::Index(left as i64 - 1), false),
            Iter::Deque { deque: container, .. }
            | Iter::Dict { dict: container, .. }
            | Iter::Set { set: container, .. } => self.add(container, Part::All, false),
            Iter::Enumerate { inner, .. } | Iter::Chain { rest: inner, .. } => self.next_item(Value::Obj(inner)),
            Iter::Zip { ref inner, .. } => {
                for inner in inner.clone() {
                    self.next_item(Value::Obj(inner));
                }
            }
            _ => {}
        }
    }
}
