//! Classes, builtin and written in Python.

use crate::heap::shape::ShapeId;
use crate::value::{NativeId, ObjId, Value};

/// What an instance is made of: the kind of heap object that the constructor of the nearest builtin base makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// `Object::Instance` with attributes only.
    Plain,
    /// `Object::Exception`
    Exception,
    /// `Object::Class` (metaclasses).
    Class,
    /// An instance that carries a builtin value (`int`, `str`, `list`, `dict`, …) in the hidden attribute slot 0; the
    /// handle is that of the builtin class.
    Value(ObjId),
    /// Instances are made by native code only (`function`, `generator`, …), or are values in place.
    Native,
}

/// A class.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// `__name__`
    pub name: Box<str>,
    /// `__qualname__`
    pub qualname: Box<str>,
    /// `__bases__`
    pub bases: Vec<ObjId>,
    /// `__mro__`, itself first.
    pub mro: Vec<ObjId>,
    /// Namespace (a dict).
    pub dict: ObjId,
    /// `type(cls)`
    pub metaclass: ObjId,
    /// What an instance is made of.
    pub layout: Layout,
    /// Written in Python (or made by `type(…)`): attributes can be set.
    pub is_heap_type: bool,
    /// Can be a base class.
    pub is_base_type: bool,
    /// Instances have a `__dict__`.
    pub has_dict: bool,
    /// Changes whenever the namespace of this class or of one of its bases changes.
    pub version: u32,
    /// Shape of an instance without attributes.
    pub root_shape: ShapeId,
    /// Direct subclasses, in order of creation.
    pub subclasses: Vec<ObjId>,
    /// Native constructor of a builtin class: called with the class as first argument.
    pub native_new: Option<NativeId>,
    /// `tp_name` with the module, for reprs of builtin classes (`collections.deque`).
    pub module: Value,
}
