//! Functions written in Python.

use crate::value::{CodeId, ObjId, Value};

/// A function object.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its code.
    pub code: CodeId,
    /// Namespace of the module (a dict).
    pub globals: ObjId,
    /// Defaults of the last positional parameters.
    pub defaults: Box<[Value]>,
    /// Defaults of keyword-only parameters: a dict, or `None`.
    pub kw_defaults: Value,
    /// Cells of the free variables.
    pub closure: Box<[ObjId]>,
    /// `__name__`
    pub name: Value,
    /// `__qualname__`
    pub qualname: Value,
    /// `__module__`
    pub module: Value,
    /// `__doc__`
    pub doc: Value,
    /// `__annotations__`: a dict, or `Unbound` while none was asked for.
    pub annotations: Value,
    /// Further attributes: a dict, or `Unbound`.
    pub dict: Value,
    /// `__type_params__`: a tuple, or `Unbound` for an empty one.
    pub type_params: Value,
    /// The iterator type that a generator made by this function poses as (library generators), or `Unbound`.
    pub poses_as: Value,
}
