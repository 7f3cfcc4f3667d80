//! The usual cases of the usual instructions: what the loop tries before it calls an instruction's body.
//!
//! Each function here either does the whole work and says so, or has changed nothing; then the body in `ops` (or `call`,
//! `generators`) does it by protocol, with every error. None of them raises, runs Python code or asks the world for
//! anything. What an instruction found the last time is in the inline caches, which are checked against shapes and versions.

use super::Vm;
use super::cache::Cache;
use super::frame::{Frame, GreenThread, OnReturn};
use super::run::Body;
use crate::code::BinaryOperator as B;
use crate::heap::Heap;
use crate::native::registry::{Specialised, native};
use crate::object::Object;
use crate::object::compare::{Hash, equal, hash_of};
use crate::object::iter::Iter;
use crate::value::{CodeId, MaybeObj, ObjId, Value};
use std::cmp::Ordering;

/// Frames beyond the recursion limit that the machine's own code may use.
pub(super) const HIDDEN_FRAMES: usize = 1;

/// What FOR_ITER finds.
pub(super) enum Next {
    /// An item.
    Item(Value),
    /// The end.
    End,
    /// It has to be asked by protocol.
    Ask,
}

/// A list with more items than this has its items outside of the core's own cache (1 MiB of references).
const NEAR_ITEMS_MAX: usize = 1 << 17;

/// Where a subscript found its item, which says what it costs beyond the instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reach {
    /// In a short list, a tuple, a text.
    Near,
    /// In a list that is larger than the caches.
    Far,
    /// In a dict, by the key's hash, under the same object.
    Dict,
    /// In a dict, under another object that had to be compared.
    DictEqual,
}

impl Reach {
    /// How many there are.
    pub(crate) const COUNT: usize = Reach::DictEqual as usize + 1;

    /// Of a list with so many items.
    #[inline(always)]
    fn of_list(len: usize) -> Reach {
        if len > NEAR_ITEMS_MAX { Reach::Far } else { Reach::Near }
    }

    /// Of a key that is in a dict as this one. CPython keeps small integers; larger ones are made anew each time they are computed.
    #[inline(always)]
    pub(crate) fn of_key(key: Value, found: Value) -> Reach {
        let is_same = match key {
            Value::Int(i) => (-5..=256).contains(&i),
            Value::Obj(_) => key == found,
            Value::Float(_) => false,
            _ => true,
        };
        if is_same { Reach::Dict } else { Reach::DictEqual }
    }
}

/// The numbers of the operators, for matching on the operand.
mod number {
    use super::B;
    pub const ADD: u32 = B::Add as u32;
    pub const SUB: u32 = B::Subtract as u32;
    pub const MUL: u32 = B::Multiply as u32;
    pub const AND: u32 = B::And as u32;
    pub const OR: u32 = B::Or as u32;
    pub const XOR: u32 = B::Xor as u32;
    pub const MOD: u32 = B::Remainder as u32;
    pub const FLOOR: u32 = B::FloorDivide as u32;
    pub const SHR: u32 = B::Rshift as u32;
    pub const DIV: u32 = B::TrueDivide as u32;
    pub const IN_PLACE: u32 = B::InplaceAdd as u32;
}

/// BINARY_OP of numbers that fit.
#[inline(always)]
pub(super) fn operation(op: u32, a: Value, b: Value) -> Option<Value> {
    binary(if op >= number::IN_PLACE { op - number::IN_PLACE } else { op }, a, b)
}

/// An operator, without the difference of operating in place, between numbers that fit.
#[inline(always)]
pub(super) fn binary(plain: u32, a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => int_operation(plain, x, y),
        (Value::Float(x), Value::Float(y)) => float_operation(plain, x, y),
        (Value::Float(x), Value::Int(y)) if y.unsigned_abs() < 1 << 53 => float_operation(plain, x, y as f64),
        (Value::Int(x), Value::Float(y)) if x.unsigned_abs() < 1 << 53 => float_operation(plain, x as f64, y),
        _ => None,
    }
}

/// Operations on small integers whose result is a small integer; `None`: the general way (overflow, errors, others).
#[inline(always)]
fn int_operation(op: u32, x: i64, y: i64) -> Option<Value> {
    let result = match op {
        number::ADD => x.checked_add(y)?,
        number::SUB => x.checked_sub(y)?,
        number::MUL if is_narrow(x) && is_narrow(y) => x * y,
        number::AND => x & y,
        number::OR => x | y,
        number::XOR => x ^ y,
        number::MOD if y > 0 && is_narrow(y) && is_narrow(x) => modulo(x as i32, y as i32),
        number::FLOOR if y > 0 && is_narrow(y) && is_narrow(x) => floor_divide(x as i32, y as i32),
        number::SHR if (0..64).contains(&y) => x >> y,
        number::DIV if y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 => {
            return Some(Value::Float(x as f64 / y as f64));
        }
        _ => return None,
    };
    Some(Value::Int(result))
}

/// Whether CPython stores the integer in one digit of 30 bits, where its multiplication and division are fast.
#[inline(always)]
fn is_narrow(x: i64) -> bool {
    const HALF: i64 = 1 << 30;
    x > -HALF && x < HALF
}

/// The remainder by a positive number; 32-bit division is several times faster than 64-bit.
#[inline(always)]
fn modulo(x: i32, y: i32) -> i64 {
    i64::from(x.rem_euclid(y))
}

/// The quotient by a positive number, rounded down.
#[inline(always)]
fn floor_divide(x: i32, y: i32) -> i64 {
    i64::from(x.div_euclid(y))
}

/// Multiplication and division of integers of more than 30 bits, and whether it was a division. `None`: the general way.
pub(crate) fn wide(op: u32, x: i64, y: i64) -> Option<(Value, bool)> {
    let plain = if op >= number::IN_PLACE { op - number::IN_PLACE } else { op };
    let (result, divides) = match plain {
        number::MUL => (x.checked_mul(y)?, false),
        number::MOD if y > 0 => (x.rem_euclid(y), true),
        number::FLOOR if y > 0 => (x.div_euclid(y), true),
        _ => return None,
    };
    Some((Value::Int(result), divides))
}

#[inline(always)]
fn float_operation(op: u32, x: f64, y: f64) -> Option<Value> {
    let result = match op {
        number::ADD => x + y,
        number::SUB => x - y,
        number::MUL => x * y,
        number::DIV if y != 0.0 => x / y,
        _ => return None,
    };
    Some(Value::Float(result))
}

/// COMPARE_OP of numbers of one kind, and of text.
#[inline(always)]
pub(super) fn outcome(heap: &Heap, arg: u32, a: Value, b: Value) -> Option<bool> {
    // The low bits of the operand are the outcomes for which the comparison holds: 2 less, 4 greater, 8 equal.
    let (less, greater) = match (a, b) {
        (Value::Int(x), Value::Int(y)) => (x < y, x > y),
        (Value::Float(x), Value::Float(y)) if !x.is_nan() && !y.is_nan() => (x < y, x > y),
        (Value::Obj(x), Value::Obj(y)) => return text_outcome(heap, arg, x, y),
        _ => return None,
    };
    let bit = if less { 1 } else { 3 - u32::from(greater) };
    Some(arg >> bit & 1 == 1)
}

/// COMPARE_OP of text: the order of UTF-8 is that of code points.
fn text_outcome(heap: &Heap, arg: u32, x: ObjId, y: ObjId) -> Option<bool> {
    let (Object::Str(s), Object::Str(t)) = (heap.get(x), heap.get(y)) else { return None };
    let bit = match x == y {
        true => 3,
        false => match s.text.cmp(&t.text) {
            Ordering::Less => 1,
            Ordering::Greater => 2,
            Ordering::Equal => 3,
        },
    };
    Some(arg >> bit & 1 == 1)
}

/// UNARY_NEGATIVE of numbers.
#[inline(always)]
pub(super) fn negative(value: Value) -> Option<Value> {
    match value {
        Value::Int(i) => i.checked_neg().map(Value::Int),
        Value::Float(f) => Some(Value::Float(-f)),
        _ => None,
    }
}

/// TO_BOOL of what needs no protocol.
#[inline(always)]
pub(super) fn truth(heap: &Heap, value: Value) -> Option<bool> {
    Some(match value {
        Value::Bool(b) => b,
        Value::Int(i) => i != 0,
        Value::None => false,
        Value::Float(f) => f != 0.0,
        Value::Obj(id) => match heap.get(id) {
            Object::Str(s) => !s.is_empty(),
            Object::List(items) => !items.is_empty(),
            Object::Dict(dict) => !dict.is_empty(),
            Object::Tuple(items) => !items.is_empty(),
            _ => return None,
        },
        _ => return None,
    })
}

/// BINARY_SUBSCR of lists, tuples, ASCII text and dicts; the strings of one ASCII character begin at `ascii`.
#[inline(always)]
pub(super) fn item(heap: &Heap, ascii: ObjId, container: Value, key: Value) -> Option<(Value, Reach)> {
    let Value::Obj(id) = container else { return None };
    match (heap.get(id), key) {
        (Object::List(items), Value::Int(i)) => {
            position(items.len(), i).map(|at| (items[at], Reach::of_list(items.len())))
        }
        (Object::Tuple(items), Value::Int(i)) => position(items.len(), i).map(|at| (items[at], Reach::Near)),
        (Object::Str(text), Value::Int(i)) if text.is_ascii() => {
            let character = |at: usize| Value::Obj(ObjId(ascii.0 + u32::from(text.text.as_bytes()[at])));
            position(text.len(), i).map(|at| (character(at), Reach::Near))
        }
        (Object::Dict(dict), _) => match dict_place(heap, id, key) {
            Place::At(place) => Some((dict.value_at(place), Reach::of_key(key, dict.key_at(place)))),
            _ => None,
        },
        _ => None,
    }
}

/// STORE_SUBSCR of lists, and of dicts that have the key. `None`: it is not done.
#[inline(always)]
pub(super) fn set_item(heap: &mut Heap, container: Value, key: Value, value: Value) -> Option<Reach> {
    let Value::Obj(id) = container else { return None };
    match (heap.get_mut(id), key) {
        (Object::List(items), Value::Int(i)) => {
            let at = position(items.len(), i)?;
            items[at] = value;
            Some(Reach::of_list(items.len()))
        }
        (Object::Dict(_), _) => match dict_place(heap, id, key) {
            Place::At(place) => {
                let dict = heap.dict_mut(id);
                dict.set_value_at(place, value);
                Some(Reach::of_key(key, dict.key_at(place)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// CONTAINS_OP of dicts, lists, tuples and text; `invert` 1: `not in`.
#[inline(always)]
pub(super) fn contains(heap: &Heap, item: Value, container: Value, invert: u32) -> Option<(Value, Reach)> {
    let Value::Obj(id) = container else { return None };
    let (found, reach) = match heap.get(id) {
        Object::Dict(dict) => match dict_place(heap, id, item) {
            Place::At(place) => (true, Reach::of_key(item, dict.key_at(place))),
            Place::Missing => (false, Reach::Near),
            Place::Unknown => return None,
        },
        Object::Str(text) => (text.text.contains(heap.str(item)?), Reach::Near),
        Object::Tuple(items) => (among(heap, item, items)?, Reach::Near),
        Object::List(items) => (among(heap, item, items)?, Reach::Near),
        _ => return None,
    };
    Some((Value::Bool(found == (invert == 0)), reach))
}

/// Whether an item is among others, when that needs no Python code.
fn among(heap: &Heap, item: Value, others: &[Value]) -> Option<bool> {
    for other in others {
        if other.is(item) || equal(heap, *other, item)? {
            return Some(true);
        }
    }
    Some(false)
}

enum Place {
    At(usize),
    Missing,
    /// Python code has to tell.
    Unknown,
}

/// The place of a key in a dict, when that needs no Python code.
#[inline(never)]
fn dict_place(heap: &Heap, dict: ObjId, key: Value) -> Place {
    let Hash::Known(hash) = hash_of(heap, key) else { return Place::Unknown };
    let mut unknown = false;
    let found = heap.dict(dict).find(hash, |other| {
        other == key || {
            let same = equal(heap, other, key);
            unknown |= same.is_none();
            same == Some(true)
        }
    });
    match found {
        Some(_) if unknown => Place::Unknown,
        Some(place) => Place::At(place),
        None if unknown => Place::Unknown,
        None => Place::Missing,
    }
}

/// The position an index means in a sequence of this length, if it is inside.
#[inline(always)]
pub(crate) fn position(len: usize, index: i64) -> Option<usize> {
    let at = if index < 0 { index + len as i64 } else { index };
    (at >= 0 && (at as usize) < len).then_some(at as usize)
}

/// FOR_ITER of ranges, lists and tuples.
#[inline(always)]
pub(super) fn next(heap: &mut Heap, iterator: Value) -> Next {
    let Value::Obj(id) = iterator else { return Next::Ask };
    let Object::Iter(iter) = heap.get_mut(id) else { return Next::Ask };
    match &mut **iter {
        Iter::Range { left: 0, .. } => Next::End,
        Iter::Range { next, step, left } => {
            let value = *next;
            *left -= 1;
            *next = value.wrapping_add(*step);
            Next::Item(Value::Int(value))
        }
        Iter::List { list, at } => {
            let (list, index) = (*list, *at);
            *at = index.wrapping_add(usize::from(index != usize::MAX));
            match heap.get(list) {
                Object::List(items) if index < items.len() => Next::Item(items[index]),
                _ => list_exhausted(heap, id),
            }
        }
        Iter::Tuple { tuple, at } => {
            let (tuple, index) = (*tuple, *at);
            *at += 1;
            match heap.get(tuple) {
                Object::Tuple(items) if index < items.len() => Next::Item(items[index]),
                _ => tuple_exhausted(heap, id),
            }
        }
        _ => Next::Ask,
    }
}

/// The next item of a range, list or tuple, if there is one; otherwise nothing has changed.
#[inline(always)]
pub(super) fn next_item(heap: &mut Heap, iterator: Value) -> Option<Value> {
    let Value::Obj(id) = iterator else { return None };
    let Object::Iter(iter) = heap.get_mut(id) else { return None };
    match &mut **iter {
        Iter::Range { next, step, left } if *left != 0 => {
            let value = *next;
            *left -= 1;
            *next = value.wrapping_add(*step);
            Some(Value::Int(value))
        }
        Iter::List { list, at } => {
            let (list, index) = (*list, *at);
            let Object::List(items) = heap.get(list) else { return None };
            let value = *items.get(index)?;
            if let Object::Iter(iter) = heap.get_mut(id)
                && let Iter::List { at, .. } = &mut **iter
            {
                *at += 1;
            }
            Some(value)
        }
        _ => None,
    }
}

/// A list iterator that is exhausted stays so, even if the list grows.
#[cold]
fn list_exhausted(heap: &mut Heap, iterator: ObjId) -> Next {
    if let Object::Iter(iter) = heap.get_mut(iterator)
        && let Iter::List { at, .. } = &mut **iter
    {
        *at = usize::MAX;
    }
    Next::End
}

/// The index of an exhausted iterator over a tuple stays at its end.
#[cold]
fn tuple_exhausted(heap: &mut Heap, iterator: ObjId) -> Next {
    if let Object::Iter(iter) = heap.get_mut(iterator)
        && let Iter::Tuple { at, .. } = &mut **iter
    {
        *at -= 1;
    }
    Next::End
}

/// LOAD_DEREF of a filled cell.
#[inline(always)]
pub(super) fn cell(heap: &Heap, cell: Value) -> Option<Value> {
    match cell {
        Value::Obj(id) => match heap.get(id) {
            Object::Cell(value) if value.is_bound() => Some(*value),
            _ => None,
        },
        _ => None,
    }
}

impl Vm {
    /// LOAD_GLOBAL where it was the last time.
    #[inline(always)]
    pub(super) fn cached_global(&self, globals: ObjId, cache: usize) -> Option<Value> {
        match *self.caches.get(cache) {
            Cache::Global { version, place } => {
                let dict = self.heap.dict(globals);
                (dict.version == version).then(|| dict.value_at(place as usize))
            }
            Cache::Builtin { version, builtins, place } => {
                let dict = self.heap.dict(self.builtins);
                (self.heap.dict(globals).version == version && dict.version == builtins)
                    .then(|| dict.value_at(place as usize))
            }
            _ => None,
        }
    }

    /// STORE_GLOBAL where it was the last time.
    #[inline(always)]
    pub(super) fn store_cached_global(&mut self, globals: ObjId, cache: usize, value: Value) -> bool {
        let Cache::Global { version, place } = *self.caches.get(cache) else { return false };
        let dict = self.heap.dict_mut(globals);
        let known = dict.version == version;
        if known {
            dict.set_value_at(place as usize, value);
        }
        known
    }

    /// LOAD_ATTR where it was the last time: what is pushed, and what is pushed above it before a call.
    #[inline(always)]
    pub(super) fn cached_attr(&self, object: Value, cache: usize, arg: u32) -> Option<(Value, Value)> {
        let known = self.cached_attr_by(object, self.caches.get(cache), arg);
        if known.is_some() { known } else { self.cached_attr_by(object, self.caches.second(cache), arg) }
    }

    #[inline(always)]
    fn cached_attr_by(&self, object: Value, cache: &Cache, arg: u32) -> Option<(Value, Value)> {
        let Value::Obj(id) = object else { return None };
        match *cache {
            Cache::Slot { shape, version, slot } => {
                let Object::Instance(instance) = self.heap.get(id) else { return None };
                let known = instance.attrs.shape == shape && self.heap.class(instance.class).version == version;
                let value = if known { instance.attrs.slots[slot as usize] } else { Value::Unbound };
                value.is_bound().then_some((value, Value::Unbound))
            }
            Cache::Method { shape, version, function } if arg & 1 == 1 => {
                let Object::Instance(instance) = self.heap.get(id) else { return None };
                let known = instance.attrs.shape == shape && self.heap.class(instance.class).version == version;
                known.then_some((function, object))
            }
            Cache::NativeMethod { class, version, function } if arg & 1 == 1 => {
                let known = self.heap.is_of_class(object, class) && self.heap.class(class).version == version;
                known.then_some((function, object))
            }
            Cache::ModuleAttr { version, place } => {
                let Object::Module(namespace) = self.heap.get(id) else { return None };
                let dict = self.heap.dict(*namespace);
                (dict.version == version).then(|| (dict.value_at(place as usize), Value::Unbound))
            }
            _ => None,
        }
    }

    /// STORE_ATTR where it was the last time.
    #[inline(always)]
    pub(super) fn store_cached_attr(&mut self, object: Value, cache: usize, value: Value) -> bool {
        let (first, second) = (*self.caches.get(cache), *self.caches.second(cache));
        self.store_cached_attr_by(object, first, value) || self.store_cached_attr_by(object, second, value)
    }

    /// As [`Vm::store_cached_attr`], unless the heap could want a collection after it.
    #[inline(always)]
    pub(super) fn store_attr_in_group(&mut self, object: Value, cache: usize, value: Value) -> Option<()> {
        let near = self.heap.wants_collection_after(size_of::<Value>());
        (!near && self.store_cached_attr(object, cache, value)).then_some(())
    }

    #[inline(always)]
    fn store_cached_attr_by(&mut self, object: Value, cache: Cache, value: Value) -> bool {
        let Value::Obj(id) = object else { return false };
        let Object::Instance(instance) = self.heap.get(id) else { return false };
        let (class, known) = (instance.class, instance.attrs.shape);
        match cache {
            Cache::Slot { shape, version, slot } if known == shape && self.heap.class(class).version == version => {
                if let Object::Instance(instance) = self.heap.get_mut(id) {
                    instance.attrs.slots[slot as usize] = value;
                }
                true
            }
            Cache::Add { shape, version, to } if known == shape && self.heap.class(class).version == version => {
                if let Object::Instance(instance) = self.heap.get_mut(id) {
                    instance.attrs.shape = to;
                    instance.attrs.slots.push(value);
                }
                self.heap.grew(size_of::<Value>());
                true
            }
            _ => false,
        }
    }

    /// CALL of a Python function, of a method of one, or of a class with `__init__`, whose parameters are all given by position:
    /// pushes the frame and returns its code.
    #[inline(always)]
    pub(super) fn enter(&mut self, t: &mut GreenThread, count: u32, cache: usize) -> Option<CodeId> {
        let start = t.stack.len() - count as usize - 2;
        let Value::Obj(callee) = t.stack[start] else { return None };
        let first = start + 2 - usize::from(t.stack[start + 1].is_bound());
        match self.heap.get(callee) {
            Object::Function(_) => self.enter_at(t, callee, start, first, None),
            Object::BoundMethod(Value::Obj(function), object) if first == start + 2 => {
                let (function, object) = (*function, *object);
                let Object::Function(_) = self.heap.get(function) else { return None };
                let free = t.stack[start + 1];
                t.stack[start + 1] = object;
                let entered = self.enter_at(t, function, start, start + 1, None);
                if entered.is_none() {
                    t.stack[start + 1] = free;
                }
                entered
            }
            Object::Class(class) if first == start + 2 => match *self.caches.get(cache) {
                Cache::Construct { class: known, version, init } if known == callee && class.version == version => {
                    self.enter_at(t, init, start, start + 1, Some(callee))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Pushes the frame of a function whose arguments are the stack from `first` on, if they suit it; those that are left out
    /// have defaults. `construct`: a new
    /// instance of this class becomes the first of them.
    #[inline(always)]
    fn enter_at(
        &mut self,
        t: &mut GreenThread,
        function: ObjId,
        start: usize,
        first: usize,
        construct: Option<ObjId>,
    ) -> Option<CodeId> {
        if !self.complete_arguments(t, function, first) {
            return None;
        }
        let (owner, on_return) = match construct {
            Some(class) => {
                let instance = self.new_instance(class);
                self.extra_ns += self.native_costs.instance_ns;
                t.stack[first] = Value::Obj(instance);
                (MaybeObj::from(instance), OnReturn::Init)
            }
            None => (MaybeObj::NONE, OnReturn::Push),
        };
        Some(self.push_plain_frame(t, function, first, start, owner, on_return))
    }

    /// Whether the stack from `first` on suits the parameters of a function and there is room for its frame; arguments that
    /// are left out and have defaults are added.
    #[inline(always)]
    pub(super) fn complete_arguments(&self, t: &mut GreenThread, function: ObjId, first: usize) -> bool {
        let data = self.heap.function(function);
        let entry = self.codes[data.code.0 as usize].entry;
        let deep = t.frames.len() >= self.settings.recursion_max as usize + HIDDEN_FRAMES;
        let missing = (entry.arguments as usize).wrapping_sub(t.stack.len() - first);
        if missing > data.defaults.len() || deep {
            return false;
        }
        t.stack.extend_from_slice(&data.defaults[data.defaults.len() - missing..]);
        true
    }

    /// Pushes the frame of a function whose arguments are complete, and returns its code.
    #[inline(always)]
    pub(super) fn push_plain_frame(
        &mut self,
        t: &mut GreenThread,
        function: ObjId,
        first: usize,
        floor: usize,
        owner: MaybeObj,
        on_return: OnReturn,
    ) -> CodeId {
        let data = self.heap.function(function);
        let (code, globals) = (data.code, data.globals);
        self.native_returned = false;
        t.stack.resize(first + self.codes[code.0 as usize].entry.slots as usize, Value::Unbound);
        t.frames.push(Frame {
            code,
            pc: 0,
            base: first as u32,
            floor: floor as u32,
            globals,
            function: MaybeObj::from(function),
            namespace: MaybeObj::NONE,
            owner,
            on_return,
        });
        code
    }

    /// CALL of a native function that is not bound to an object, with arguments that suit it as they are.
    #[inline(always)]
    pub(super) fn call_native(&mut self, t: &mut GreenThread, count: u32) -> Option<Body> {
        let start = t.stack.len() - count as usize - 2;
        let Value::Native(id) = t.stack[start] else { return None };
        let first = start + 2 - usize::from(t.stack[start + 1].is_bound());
        let registered = native(id);
        let suits = registered.takes(t.stack.len() - first)
            && registered.owner.is_none_or(|owner| self.heap.is_of_class(t.stack[first], owner));
        if !suits {
            return None;
        }
        self.extra_ns += self.native_costs.ns(id);
        if let Some(value) = registered.specialised.and_then(|which| self.specialised_call(which, &t.stack[first..])) {
            self.native_returned = true;
            self.specialised = true;
            t.stack.truncate(start);
            t.stack.push(value);
            return Some(Ok(()));
        }
        self.native_returned = false;
        self.specialised = false;
        Some(self.run_on_stack(t, registered.def, start, first, registered.specialised.is_some()))
    }

    /// What the calls that CPython specialises give for the types that it specialises them for.
    #[inline(always)]
    fn specialised_call(&mut self, which: Specialised, args: &[Value]) -> Option<Value> {
        let Value::Obj(id) = args[0] else { return None };
        match (which, self.heap.get(id)) {
            (Specialised::Append, Object::List(_)) => {
                self.list_push(id, args[1]);
                Some(Value::None)
            }
            (Specialised::Len, Object::List(items)) => Some(Value::Int(items.len() as i64)),
            (Specialised::Len, Object::Tuple(items)) => Some(Value::Int(items.len() as i64)),
            (Specialised::Len, Object::Str(text)) => Some(Value::Int(text.len() as i64)),
            (Specialised::Len, Object::Dict(dict)) => Some(Value::Int(dict.len() as i64)),
            _ => None,
        }
    }

    /// Whether a Python frame waits for what the call in the top frame returns.
    pub fn can_return_from_call(&self, t: &GreenThread) -> bool {
        matches!(&t.frames[..], [.., _, frame] if frame.on_return == OnReturn::Push && frame.owner.is_none())
    }

    /// Ends the call in the top frame with a value, as if it had returned it; false if no Python frame waits for that.
    pub fn return_from_call(&mut self, t: &mut GreenThread, value: Value) -> bool {
        self.can_return_from_call(t) && self.leave(t, value).is_some()
    }

    /// RETURN_VALUE into a Python frame: removes the frame and returns the code of the one below.
    #[inline(always)]
    pub(super) fn leave(&mut self, t: &mut GreenThread, value: Value) -> Option<CodeId> {
        let [.., caller, frame] = &t.frames[..] else { return None };
        let result = match frame.on_return {
            OnReturn::Push if frame.owner.is_none() => value,
            OnReturn::Init if value.is_none() => frame.owner.value(),
            OnReturn::Native => return self.leave_special(t, value),
            _ => return None,
        };
        let (code, floor) = (caller.code, frame.floor as usize);
        self.native_returned = self.ends_native_call(frame.on_return);
        t.frames.pop();
        t.stack.truncate(floor);
        t.stack.push(result);
        Some(code)
    }
}
