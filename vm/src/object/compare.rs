//! Hashes and equality that need no Python code.
//!
//! Both answer "ask Python" when an instance with its own `__hash__` or `__eq__` is involved; then the caller goes the slow
//! way through `native::Cx`. The numbers are CPython 3.13's under `PYTHONHASHSEED=0`.

use super::Object;
use super::builtin::class_id as c;
use super::dict::ViewKind;
use crate::heap::Heap;
use crate::names::name;
use crate::text::{IntRef, hash};
use crate::value::{ObjId, Value};
use num_bigint::BigInt;

/// The hash of every NaN. CPython uses the object's address, so that NaNs differ; floats here have no address.
const NAN_HASH: i64 = 0x7ff8;

/// Containers nested more deeply than this are left to the slow way, which counts levels and ends in RecursionError.
const NESTING_MAX: u32 = 50;

/// What is known of a hash without running Python code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// The hash.
    Known(i64),
    /// A class written in Python defines it.
    AskPython,
    /// The value (or one inside it) is not hashable.
    Unhashable(Value),
}

/// The hash of a value, as far as it is known without Python code.
#[inline]
pub fn hash_of(heap: &Heap, value: Value) -> Hash {
    hash_within(heap, value, NESTING_MAX)
}

/// As [`hash_of`], within so many more levels of containers.
#[inline]
fn hash_within(heap: &Heap, value: Value, levels: u32) -> Hash {
    match value {
        Value::Obj(id) => match heap.get(id) {
            Object::Str(s) => Hash::Known(s.hash()),
            object => hash_object(heap, id, object, levels),
        },
        Value::Int(i) => Hash::Known(hash::hash_i64(i)),
        Value::Bool(b) => Hash::Known(i64::from(b)),
        Value::Float(f) => Hash::Known(hash::hash_float(f, NAN_HASH)),
        Value::None => Hash::Known(0xfca8_6420),
        Value::Ellipsis => Hash::Known(0x0e11_1951),
        Value::NotImplemented => Hash::Known(0x0e11_1961),
        Value::Native(n) => Hash::Known(0x7e00_0000 + i64::from(n.0)),
        Value::Unbound => Hash::Unhashable(value),
    }
}

fn hash_object(heap: &Heap, id: ObjId, object: &Object, levels: u32) -> Hash {
    match object {
        Object::BigInt(n) => Hash::Known(hash::hash_int(IntRef::Big(n))),
        Object::Complex(re, im) => Hash::Known(hash::hash_complex(re.0, im.0, NAN_HASH)),
        Object::Bytes(b) => Hash::Known(hash::hash_bytes(b)),
        Object::MemoryView(view) if view.readonly && !view.released => {
            Hash::Known(hash::hash_bytes(heap.bytes(id).unwrap_or_default()))
        }
        Object::MemoryView(_) => Hash::AskPython,
        Object::Tuple(items) => hash_tuple(heap, items, levels),
        Object::FrozenSet(set) => Hash::Known(hash::hash_frozenset(set.iter().map(|(h, _)| h))),
        Object::Range(start, stop, step) => hash_range(*start, *stop, *step),
        Object::Slice(parts) => hash_slice(heap, &parts[..], levels),
        Object::DictView(view) if view.kind == ViewKind::Values => Hash::Known(identity_hash(Value::Obj(id))),
        Object::BoundMethod(f, obj) => match (hash_within(heap, *f, levels), identity_hash(*obj)) {
            (Hash::Known(f), obj) => Hash::Known(f ^ obj),
            (other, _) => other,
        },
        Object::GenericAlias(origin, args) => {
            match (hash_within(heap, *origin, levels), hash_within(heap, *args, levels)) {
                (Hash::Known(a), Hash::Known(b)) => Hash::Known(a ^ b),
                (Hash::Known(_), other) | (other, _) => other,
            }
        }
        Object::List(_)
        | Object::Dict(_)
        | Object::Set(_)
        | Object::ByteArray(_)
        | Object::Deque(_)
        | Object::DictView(_)
        | Object::MappingProxy(_) => Hash::Unhashable(Value::Obj(id)),
        Object::Instance(_) | Object::Exception(_) | Object::Class(_) => hash_by_class(heap, id, levels),
        _ => Hash::Known(identity_hash(Value::Obj(id))),
    }
}

/// Instances: by identity unless a class on the way defines `__hash__` (or `__eq__`, which makes it None).
fn hash_by_class(heap: &Heap, id: ObjId, levels: u32) -> Hash {
    let class = heap.class_of(Value::Obj(id));
    match heap.lookup(class, name::HASH) {
        Some(Value::Native(_)) => match heap.payload(id) {
            Some(inner) => hash_within(heap, inner, levels),
            None => Hash::Known(identity_hash(Value::Obj(id))),
        },
        Some(Value::None) => Hash::Unhashable(Value::Obj(id)),
        Some(_) => Hash::AskPython,
        None => Hash::Known(identity_hash(Value::Obj(id))),
    }
}

/// `object.__hash__`: the address rotated by four bits, as in CPython.
pub fn identity_hash(value: Value) -> i64 {
    match value {
        Value::Obj(id) => (id.address() as i64).rotate_right(4),
        _ => 0,
    }
}

fn hash_tuple(heap: &Heap, items: &[Value], levels: u32) -> Hash {
    let Some(levels) = levels.checked_sub(1) else { return Hash::AskPython };
    let mut hashes = Vec::with_capacity(items.len());
    for item in items {
        match hash_within(heap, *item, levels) {
            Hash::Known(h) => hashes.push(h),
            other => return other,
        }
    }
    Hash::Known(hash::hash_tuple(hashes))
}

fn hash_slice(heap: &Heap, parts: &[Value], levels: u32) -> Hash {
    let Some(levels) = levels.checked_sub(1) else { return Hash::AskPython };
    let mut hasher = hash::TupleHasher::default();
    for part in parts {
        match hash_within(heap, *part, levels) {
            Hash::Known(h) => hasher.push(h),
            other => return other,
        }
    }
    Hash::Known(hasher.finish_slice())
}

fn hash_range(start: i64, stop: i64, step: i64) -> Hash {
    let len = range_len(start, stop, step);
    let none = 0xfca8_6420;
    let parts = match len {
        0 => [0, none, none],
        1 => [1, hash::hash_i64(start), none],
        _ => [hash::hash_i64(len as i64), hash::hash_i64(start), hash::hash_i64(step)],
    };
    Hash::Known(hash::hash_tuple(parts))
}

/// Number of values in a range.
pub fn range_len(start: i64, stop: i64, step: i64) -> u64 {
    let (low, high, step) = if step > 0 { (start, stop, step as i128) } else { (stop, start, -(step as i128)) };
    if low >= high { 0 } else { ((i128::from(high) - i128::from(low) - 1) / step + 1) as u64 }
}

/// Python's `==` as far as it needs no Python code; `None` means "ask Python".
#[inline]
pub fn equal(heap: &Heap, a: Value, b: Value) -> Option<bool> {
    equal_within(heap, a, b, NESTING_MAX)
}

/// As [`equal`], within so many more levels of containers.
#[inline]
fn equal_within(heap: &Heap, a: Value, b: Value, levels: u32) -> Option<bool> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => Some(x == y),
        (Value::Obj(x), Value::Obj(y)) => equal_objects(heap, x, y, levels),
        (Value::Float(x), Value::Float(y)) => Some(x == y),
        _ => equal_mixed(heap, a, b, levels),
    }
}

fn equal_mixed(heap: &Heap, a: Value, b: Value, levels: u32) -> Option<bool> {
    match (a, b) {
        (Value::Obj(id), other) | (other, Value::Obj(id)) => match heap.get(id) {
            Object::BigInt(n) => Some(match other {
                Value::Float(f) => big_equals_float(n, f),
                _ => false,
            }),
            Object::Complex(re, im) => Some(im.0 == 0.0 && number(other).is_some_and(|n| n.is_equal_float(re.0))),
            Object::Instance(_) | Object::Exception(_) | Object::Class(_) => by_instance(heap, id, other, levels),
            _ => Some(false),
        },
        _ => match (number(a), number(b)) {
            (Some(x), Some(y)) => Some(x.equals(y)),
            _ => Some(a == b),
        },
    }
}

fn by_instance(heap: &Heap, id: ObjId, other: Value, levels: u32) -> Option<bool> {
    if !plain_equality(heap, id) {
        return None;
    }
    match heap.payload(id) {
        Some(inner) => equal_within(heap, inner, other, levels),
        None => Some(false),
    }
}

/// Whether `==` of an instance is that of `object` or of the builtin value inside.
fn plain_equality(heap: &Heap, id: ObjId) -> bool {
    let class = heap.class_of(Value::Obj(id));
    matches!(heap.lookup(class, name::EQ), Some(Value::Native(_)) | None)
        && matches!(heap.lookup(class, name::NE), Some(Value::Native(_)) | None)
}

fn equal_objects(heap: &Heap, x: ObjId, y: ObjId, levels: u32) -> Option<bool> {
    let (a, b) = (heap.get(x), heap.get(y));
    if let (Object::Str(s), Object::Str(t)) = (a, b) {
        return Some(x == y || s.text == t.text);
    }
    match (a, b) {
        (Object::Instance(_) | Object::Exception(_) | Object::Class(_), _) => equal_instances(heap, x, y, levels),
        (_, Object::Instance(_) | Object::Exception(_) | Object::Class(_)) => equal_instances(heap, y, x, levels),
        (Object::Tuple(s), Object::Tuple(t)) => equal_items(heap, s, t, levels),
        (Object::List(s), Object::List(t)) => equal_items(heap, s, t, levels),
        (Object::BigInt(s), Object::BigInt(t)) => Some(s == t),
        (Object::Complex(r, i), Object::Complex(q, j)) => Some(r.0 == q.0 && i.0 == j.0),
        (Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_), _) => {
            Some(match (heap.bytes(x), heap.bytes(y)) {
                (Some(s), Some(t)) => s == t,
                _ => false,
            })
        }
        (Object::Range(a, b, c), Object::Range(d, e, f)) => {
            let (m, n) = (range_len(*a, *b, *c), range_len(*d, *e, *f));
            Some(m == n && (m == 0 || (a == d && (m == 1 || c == f))))
        }
        (Object::Slice(s), Object::Slice(t)) => equal_items(heap, &s[..], &t[..], levels),
        (Object::BoundMethod(f, s), Object::BoundMethod(g, t)) => Some(f == g && s == t),
        (Object::GenericAlias(o, p), Object::GenericAlias(q, r)) => {
            Some(equal_within(heap, *o, *q, levels)? && equal_within(heap, *p, *r, levels)?)
        }
        (
            Object::Set(_)
            | Object::FrozenSet(_)
            | Object::Dict(_)
            | Object::DictView(_)
            | Object::Deque(_)
            | Object::MappingProxy(_)
            | Object::Union(_),
            _,
        ) if x != y => None,
        _ => Some(x == y),
    }
}

fn equal_instances(heap: &Heap, instance: ObjId, other: ObjId, levels: u32) -> Option<bool> {
    if !plain_equality(heap, instance) {
        return None;
    }
    if matches!(heap.get(other), Object::Instance(_) | Object::Exception(_) | Object::Class(_))
        && !plain_equality(heap, other)
    {
        return None;
    }
    match (heap.payload(instance), heap.payload(other)) {
        (None, None) => Some(instance == other),
        (Some(a), Some(b)) => equal_within(heap, a, b, levels),
        (Some(a), None) => equal_within(heap, a, Value::Obj(other), levels),
        (None, Some(b)) => equal_within(heap, Value::Obj(instance), b, levels),
    }
}

fn equal_items(heap: &Heap, a: &[Value], b: &[Value], levels: u32) -> Option<bool> {
    if a.len() != b.len() {
        return Some(false);
    }
    let levels = levels.checked_sub(1)?;
    for (x, y) in a.iter().zip(b) {
        if !x.is(*y) && !equal_within(heap, *x, *y, levels)? {
            return Some(false);
        }
    }
    Some(true)
}

/// A small number, for comparisons across types.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    fn equals(self, other: Number) -> bool {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => a == b,
            (Number::Float(a), b) => b.is_equal_float(a),
            (a, Number::Float(b)) => a.is_equal_float(b),
        }
    }

    fn is_equal_float(self, f: f64) -> bool {
        match self {
            Number::Int(i) => int_equals_float(i, f),
            Number::Float(g) => f == g,
        }
    }
}

fn number(value: Value) -> Option<Number> {
    match value {
        Value::Int(i) => Some(Number::Int(i)),
        Value::Bool(b) => Some(Number::Int(i64::from(b))),
        Value::Float(f) => Some(Number::Float(f)),
        _ => None,
    }
}

/// Exact comparison of an integer with a float.
pub fn int_equals_float(i: i64, f: f64) -> bool {
    (-9.3e18..9.3e18).contains(&f) && f.fract() == 0.0 && f as i128 == i128::from(i)
}

fn big_equals_float(n: &BigInt, f: f64) -> bool {
    use num_traits::FromPrimitive;
    f.is_finite() && f.fract() == 0.0 && BigInt::from_f64(f).is_some_and(|g| g == *n)
}

impl Heap {
    /// `type(value)`
    pub fn class_of(&self, value: Value) -> ObjId {
        match value {
            Value::Int(_) => c::INT,
            Value::Bool(_) => c::BOOL,
            Value::Float(_) => c::FLOAT,
            Value::None | Value::Unbound => c::NONE_TYPE,
            Value::NotImplemented => c::NOT_IMPLEMENTED_TYPE,
            Value::Ellipsis => c::ELLIPSIS_TYPE,
            Value::Native(n) => crate::native::registry::class_of_native(n),
            Value::Obj(id) => self.class_of_object(id),
        }
    }
}
