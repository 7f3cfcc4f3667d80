//! Why an instruction was emitted: the fact that a profile's table needs beside the opcode.
//!
//! Opcodes are CPython 3.13's; other versions had other ones for the same construct (SETUP_FINALLY, POP_BLOCK, a jump that
//! tests truth itself). The origin names the construct, so that a table can give an instruction the eval check and cost
//! of the opcode it stands for, or none if that version had nothing in its place.

/// The construct behind an instruction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Origin {
    /// Nothing special: the opcode says it all.
    #[default]
    Plain,
    /// Truth test before a conditional jump (3.9: part of the jump).
    BoolTest,
    /// Jump on a value that stays on the stack, in `and`, `or` and chained comparisons (up to 3.11: JUMP_IF_FALSE_OR_POP).
    ValueTest,
    /// A conditional jump backwards, inverted to jump over the backward jump behind it.
    Inverted,
    /// Entry of a `try` with `finally` (up to 3.10: SETUP_FINALLY), or of what ends the name of an `except … as` clause.
    SetupFinally,
    /// Entry of a `try` with `except` (up to 3.7: SETUP_EXCEPT, then SETUP_FINALLY).
    SetupExcept,
    /// Entry of a `with` block (3.9: SETUP_WITH).
    SetupWith,
    /// End of a guarded region (3.9: POP_BLOCK).
    PopBlock,
    /// Call of `__exit__` on the normal way out, and what surrounds it.
    WithCleanup,
    /// The test of an `except` clause (3.9: JUMP_IF_NOT_EXC_MATCH).
    ExceptionMatch,
    /// Arrival of an exception at its handler.
    HandlerEntry,
    /// Bookkeeping that only 3.11+ has: cleanup handlers, artificial frames' instructions.
    Artefact,
    /// Load of a cell for a closure (3.9: LOAD_CLOSURE).
    LoadClosure,
    /// Back edge of a loop.
    BackEdge,
    /// The head of a loop over `range(…)`.
    RangeLoop,
    /// Inside `yield from`.
    YieldFrom,
    /// Entry of a function, class body or module.
    FrameStart,
}

impl Origin {
    /// All origins in ascending order.
    pub const ALL: &[Origin] = &[
        Origin::Plain,
        Origin::BoolTest,
        Origin::ValueTest,
        Origin::Inverted,
        Origin::SetupFinally,
        Origin::SetupExcept,
        Origin::SetupWith,
        Origin::PopBlock,
        Origin::WithCleanup,
        Origin::ExceptionMatch,
        Origin::HandlerEntry,
        Origin::Artefact,
        Origin::LoadClosure,
        Origin::BackEdge,
        Origin::RangeLoop,
        Origin::YieldFrom,
        Origin::FrameStart,
    ];
}
