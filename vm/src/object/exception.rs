//! Exceptions and tracebacks.

use super::instance::Attrs;
use crate::value::{CodeId, ObjId, Value};

/// An exception instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Its class.
    pub class: ObjId,
    /// `args`, a tuple.
    pub args: Value,
    /// Attributes set by the program and those of builtin classes (`name`, `obj`, `value`, `errno`, …).
    pub attrs: Attrs,
    /// `__cause__`
    pub cause: Value,
    /// `__context__`
    pub context: Value,
    /// `__suppress_context__`
    pub suppress_context: bool,
    /// `__traceback__`: a traceback object or None
    pub traceback: Value,
}

/// One entry of a traceback, outermost first.
#[derive(Clone, Debug, PartialEq)]
pub struct Traceback {
    /// The frame's code.
    pub code: CodeId,
    /// Index of the instruction.
    pub instruction: u32,
    /// Globals of the frame (a dict).
    pub globals: ObjId,
    /// Next entry (towards the place of the raise) or None.
    pub next: Value,
    /// What the variables of the frame held when it was left, noted only while something is watched.
    pub locals: Box<[Value]>,
}
