//! Constants of a code object, independent of any heap; the VM materialises them when code is loaded.

use super::Code;

use num_bigint::BigInt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A compile-time constant. Equality is by type and exact value, so that `0.0`, `-0.0`, `0` and `False` differ and a NaN
/// equals itself.
#[derive(Clone, Debug)]
pub enum Const {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `True`, `False`.
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// Any other integer.
    BigInt(BigInt),
    /// A float.
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string.
    Str(Arc<str>),
    /// A byte string.
    Bytes(Arc<[u8]>),
    /// A tuple of constants.
    Tuple(Vec<Const>),
    /// A frozen set of constants in source order, possibly with duplicates.
    FrozenSet(Vec<Const>),
    /// Code of a nested function or class body.
    Code(Arc<Code>),
}

impl PartialEq for Const {
    fn eq(&self, other: &Const) -> bool {
        match (self, other) {
            (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
            (Const::Bool(a), Const::Bool(b)) => a == b,
            (Const::Int(a), Const::Int(b)) => a == b,
            (Const::BigInt(a), Const::BigInt(b)) => a == b,
            (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
            (Const::Complex(a, b), Const::Complex(c, d)) => a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits(),
            (Const::Str(a), Const::Str(b)) => a == b,
            (Const::Bytes(a), Const::Bytes(b)) => a == b,
            (Const::Tuple(a), Const::Tuple(b)) | (Const::FrozenSet(a), Const::FrozenSet(b)) => a == b,
            (Const::Code(a), Const::Code(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Const {}

impl Hash for Const {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Const::None | Const::Ellipsis => {}
            Const::Bool(value) => value.hash(state),
            Const::Int(value) => value.hash(state),
            Const::BigInt(value) => value.hash(state),
            Const::Float(value) => value.to_bits().hash(state),
            Const::Complex(real, imaginary) => (real.to_bits(), imaginary.to_bits()).hash(state),
            Const::Str(value) => value.hash(state),
            Const::Bytes(value) => value.hash(state),
            Const::Tuple(items) | Const::FrozenSet(items) => items.hash(state),
            Const::Code(code) => (&code.qualname, code.first_line, code.instrs.len()).hash(state),
        }
    }
}

impl Const {
    /// Python's truth value.
    pub fn is_true(&self) -> bool {
        match self {
            Const::None => false,
            Const::Ellipsis | Const::Code(_) => true,
            Const::Bool(value) => *value,
            Const::Int(value) => *value != 0,
            Const::BigInt(value) => *value != BigInt::ZERO,
            Const::Float(value) => *value != 0.0,
            Const::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Const::Str(value) => !value.is_empty(),
            Const::Bytes(value) => !value.is_empty(),
            Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        }
    }
}
