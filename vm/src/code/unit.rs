//! A code object and its parts.

use super::{Check, Const, Op};
use crate::source::{SourceFile, Span};

use std::sync::Arc;

/// One instruction. Jump operands are absolute indices into [`Code::instrs`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Instr {
    /// What to do.
    pub op: Op,
    /// Where the profile's evaluation loop looks at the drop request.
    pub check: Check,
    /// Virtual time of the instruction itself, without what a native callee adds.
    pub cost_ns: u16,
    /// Operand; its meaning is [`Op::operand`].
    pub arg: u32,
}

/// One row of the handler table: an exception raised by an instruction in `start..end` unwinds the stack to `depth`,
/// pushes the instruction's index if `push_lasti`, pushes the exception and goes on at `target`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Handler {
    /// First guarded instruction.
    pub start: u32,
    /// One past the last guarded instruction.
    pub end: u32,
    /// First instruction of the handler.
    pub target: u32,
    /// Height of the stack (above the slots) on which the handler starts.
    pub depth: u32,
    /// Whether the index of the raising instruction is pushed below the exception.
    pub push_lasti: bool,
}

/// What a localsplus slot is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SlotKind {
    /// A local variable or parameter.
    Local,
    /// A parameter that is captured: MAKE_CELL wraps its value at frame start.
    LocalCell,
    /// A captured local variable.
    Cell,
    /// A variable of an enclosing scope.
    Free,
    /// A comprehension variable of an inlined comprehension, hidden from `locals()` outside of it.
    Hidden,
}

/// Flags of a code object. The low bits are CPython's `co_flags`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct CodeFlags(pub u32);

impl CodeFlags {
    /// Locals live in slots.
    pub const OPTIMIZED: CodeFlags = CodeFlags(0x1);
    /// A call makes a new local namespace.
    pub const NEWLOCALS: CodeFlags = CodeFlags(0x2);
    /// Has `*args`.
    pub const VARARGS: CodeFlags = CodeFlags(0x4);
    /// Has `**kwargs`.
    pub const VARKEYWORDS: CodeFlags = CodeFlags(0x8);
    /// Nested in a function.
    pub const NESTED: CodeFlags = CodeFlags(0x10);
    /// Generator function.
    pub const GENERATOR: CodeFlags = CodeFlags(0x20);
    /// `from __future__ import annotations` is in force.
    pub const FUTURE_ANNOTATIONS: CodeFlags = CodeFlags(0x100_0000);
    /// A comprehension or generator expression.
    pub const COMPREHENSION: CodeFlags = CodeFlags(0x2000_0000);
    /// From library source (`Flavour::Library` or `Flavour::Atomic`).
    pub const LIBRARY: CodeFlags = CodeFlags(0x4000_0000);
    /// From library source that stands for C code (`Flavour::Atomic`).
    pub const ATOMIC: CodeFlags = CodeFlags(0x8000_0000);

    /// Whether all bits of `flags` are set.
    pub const fn contains(self, flags: CodeFlags) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// The union.
    #[must_use]
    pub const fn with(self, flags: CodeFlags) -> CodeFlags {
        CodeFlags(self.0 | flags.0)
    }

    /// What `co_flags` shows.
    pub const fn python(self) -> u32 {
        self.0 & 0x1FFF_FFFF
    }
}

/// A code object: a module, class body, function, lambda or comprehension.
#[derive(Clone, PartialEq, Debug)]
pub struct Code {
    /// `co_name`.
    pub name: Arc<str>,
    /// `co_qualname`.
    pub qualname: Arc<str>,
    /// The file; spans point into it.
    pub file: Arc<SourceFile>,
    /// `co_firstlineno`: the line of the first decorator, or of the `def`.
    pub first_line: u32,
    /// Properties.
    pub flags: CodeFlags,
    /// Parameters that can be given by position, including the positional-only ones.
    pub argcount: u32,
    /// Positional-only parameters.
    pub posonly_count: u32,
    /// Keyword-only parameters.
    pub kwonly_count: u32,
    /// `co_varnames`: parameters (positional, keyword-only, `*args`, `**kwargs`), then other locals.
    pub varnames: Vec<Arc<str>>,
    /// `co_cellvars`.
    pub cellvars: Vec<Arc<str>>,
    /// `co_freevars`.
    pub freevars: Vec<Arc<str>>,
    /// The names of all slots of a frame: locals, then cells that are no parameters, then free variables.
    pub localsplus: Vec<Arc<str>>,
    /// What each slot is; as long as `localsplus`.
    pub slot_kinds: Vec<SlotKind>,
    /// Largest height of the stack above the slots.
    pub stack_size: u32,
    /// The instructions.
    pub instrs: Vec<Instr>,
    /// Whether each instruction is in a loop that does not make the code warm, in a version that specialises warm code only; empty if none is.
    pub cold_loops: Vec<bool>,
    /// The source range of each instruction; `None` for one that belongs to no place in the text.
    pub spans: Vec<Option<Span>>,
    /// Exception handlers; ascending, not overlapping: at most one row holds an instruction.
    pub handlers: Vec<Handler>,
    /// Constants.
    pub consts: Vec<Const>,
    /// Names of globals and attributes.
    pub names: Vec<Arc<str>>,
}

impl Code {
    /// The handler for an exception raised by instruction `index`.
    pub fn handler(&self, index: u32) -> Option<&Handler> {
        let after = self.handlers.partition_point(|row| row.end <= index);
        self.handlers.get(after).filter(|row| row.start <= index)
    }

    /// The line (from 1) of instruction `index`, if it has one.
    pub fn line(&self, index: usize) -> Option<u32> {
        let span = (*self.spans.get(index)?)?;
        Some(self.file.line(span.start))
    }
}
