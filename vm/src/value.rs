//! Values: what a Python name refers to, in 16 bytes that can be copied.
//!
//! Small things (None, bools, 64-bit integers, floats) are stored in place; everything else is a handle into the [`Heap`](crate::heap::Heap)
//! (`crate::heap`). There are no reference counts and no pointers, so a value means the same in a clone of the heap and
//! a simulation can be copied, compared and fingerprinted as data. Integers that do not fit in 64 bits are heap objects;
//! the arithmetic in `interp` normalises, so that `Int` is used whenever the number fits.

use std::fmt;

/// Handle of a heap object; also its identity (`id()`), see [`ObjId::address`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ObjId(pub u32);

impl ObjId {
    /// The address that `id()` and default reprs show: `0x7f0000000000 + 16 · handle`.
    pub fn address(self) -> u64 {
        0x7f00_0000_0000 + 16 * u64::from(self.0)
    }
}

/// A heap object or none, in four bytes: for records that are kept many times over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MaybeObj(u32);

/// As the value: whoever compares states by their text knows handles by their form there.
impl fmt::Debug for MaybeObj {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

impl MaybeObj {
    /// No object.
    pub const NONE: MaybeObj = MaybeObj(u32::MAX);

    /// The object, if there is one.
    #[inline(always)]
    pub fn obj(self) -> Option<ObjId> {
        self.is_some().then_some(ObjId(self.0))
    }

    /// Whether there is an object.
    #[inline(always)]
    pub fn is_some(self) -> bool {
        self != MaybeObj::NONE
    }

    /// Whether there is none.
    #[inline(always)]
    pub fn is_none(self) -> bool {
        !self.is_some()
    }

    /// The object as a value; the empty slot if there is none.
    #[inline(always)]
    pub fn value(self) -> Value {
        self.obj().map_or(Value::Unbound, Value::Obj)
    }

    /// The object as a value; `None` if there is none.
    #[inline(always)]
    pub fn value_or_none(self) -> Value {
        self.obj().map_or(Value::None, Value::Obj)
    }
}

impl From<Option<ObjId>> for MaybeObj {
    #[inline(always)]
    fn from(id: Option<ObjId>) -> MaybeObj {
        id.map_or(MaybeObj::NONE, MaybeObj::from)
    }
}

impl From<ObjId> for MaybeObj {
    #[inline(always)]
    fn from(id: ObjId) -> MaybeObj {
        debug_assert!(id.0 != u32::MAX, "handles stay below the limit of the heap");
        MaybeObj(id.0)
    }
}

/// Index of a builtin function or method in the native table (`crate::native`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NativeId(pub u32);

/// Index of a loaded code object in its interpreter's code table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CodeId(pub u32);

/// Number of a simulated thread, in order of creation; the main thread is 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ThreadId(pub u32);

/// A Python value: a word that tells the kind, and a word of payload, so that either is read and written at once.
#[derive(Clone, Copy, Debug, Default)]
#[repr(u64)]
pub enum Value {
    /// No value: an unassigned local, an empty call slot (`NULL` in CPython).
    #[default]
    Unbound,
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer that fits in 64 bits.
    Int(i64),
    /// A float.
    Float(f64),
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// A builtin function, or a method of a builtin type not yet bound to an object.
    Native(NativeId),
    /// Everything else.
    Obj(ObjId),
}

impl Value {
    /// The handle, if this is a heap object.
    #[inline(always)]
    pub fn obj(self) -> Option<ObjId> {
        match self {
            Value::Obj(id) => Some(id),
            _ => None,
        }
    }

    /// True for everything but the empty slot.
    #[inline(always)]
    pub fn is_bound(self) -> bool {
        !matches!(self, Value::Unbound)
    }

    /// True for `None`.
    #[inline(always)]
    pub fn is_none(self) -> bool {
        matches!(self, Value::None)
    }

    /// Python's `is`. Equal small values are one object, as in CPython for None, bools and small integers; floats are
    /// identical when their bits are.
    #[inline(always)]
    pub fn is(self, other: Value) -> bool {
        self == other
    }
}

/// Equality of representation (identity), not Python's `==`: floats are compared by their bits.
impl PartialEq for Value {
    #[inline]
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Unbound, Value::Unbound)
            | (Value::None, Value::None)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Native(a), Value::Native(b)) => a == b,
            (Value::Obj(a), Value::Obj(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}

impl std::hash::Hash for Value {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Value::Bool(b) => b.hash(state),
            Value::Int(i) => i.hash(state),
            Value::Float(f) => f.to_bits().hash(state),
            Value::Native(n) => n.hash(state),
            Value::Obj(o) => o.hash(state),
            Value::Unbound | Value::None | Value::NotImplemented | Value::Ellipsis => {}
        }
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Value {
        Value::Bool(b)
    }
}

impl From<i64> for Value {
    fn from(i: i64) -> Value {
        Value::Int(i)
    }
}

impl From<f64> for Value {
    fn from(f: f64) -> Value {
        Value::Float(f)
    }
}

impl From<ObjId> for Value {
    fn from(id: ObjId) -> Value {
        Value::Obj(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_sixteen_bytes_and_copy() {
        assert_eq!(size_of::<Value>(), 16);
        assert_eq!(size_of::<Option<Value>>(), 16);
    }

    #[test]
    fn a_handle_looks_the_same_in_four_bytes_as_in_a_value() {
        // The explorer numbers handles anew in the text of a state, by the form `ObjId(7)`.
        assert_eq!(format!("{:?}", MaybeObj::from(ObjId(7))), "Obj(ObjId(7))");
        assert_eq!(format!("{:?}", MaybeObj::NONE), "Unbound");
    }

    #[test]
    fn identity_compares_floats_by_bits() {
        assert!(Value::Float(f64::NAN).is(Value::Float(f64::NAN)));
        assert!(!Value::Float(0.0).is(Value::Float(-0.0)));
        assert!(!Value::Int(1).is(Value::Bool(true)));
    }
}
