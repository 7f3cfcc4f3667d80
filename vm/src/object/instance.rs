//! Instances: a class, attributes, and for classes derived from builtin ones the builtin value inside.

use crate::heap::shape::ShapeId;
use crate::value::{ObjId, Value};

/// Attributes by shape; see [`crate::heap::shape`].
#[derive(Clone, Debug, PartialEq)]
pub struct Attrs {
    /// Which attribute is in which slot.
    pub shape: ShapeId,
    /// Values; `Unbound` for an unset `__slots__` member.
    pub slots: Vec<Value>,
}

impl Attrs {
    /// No attributes yet, of a class with this root shape.
    pub fn new(shape: ShapeId) -> Attrs {
        Attrs { shape, slots: Vec::new() }
    }
}

/// An instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Attributes.
    pub attrs: Attrs,
    /// The class.
    pub class: ObjId,
}
