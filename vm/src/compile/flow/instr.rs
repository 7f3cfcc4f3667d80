//! Instructions before assembly: real opcodes and the pseudo-opcodes that the passes resolve.

use crate::code::{Op, Origin};
use crate::source::Span;

/// Where an instruction comes from: a span and its line, or nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::compile) struct Loc {
    /// Line of the span's start, from 1; 0 for no location.
    pub line: u32,
    /// The source range.
    pub span: Span,
}

impl Loc {
    /// No location: taken from the surroundings when lines are resolved.
    pub const NONE: Loc = Loc { line: 0, span: Span { start: 0, end: 0 } };

    /// Whether there is no location.
    pub fn is_none(self) -> bool {
        self.line == 0
    }
}

/// An opcode before assembly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::compile) enum FlowOp {
    /// An instruction of the final code.
    Real(Op),
    /// A jump whose direction is not known yet.
    Jump,
    /// The same, never an eval check.
    JumpNoInterrupt,
    /// Start of a region guarded by a handler.
    SetupFinally,
    /// The same; the handler wants the index of the raising instruction.
    SetupCleanup,
    /// The same, and the region is a `with` block: a result of `__enter__` lies on the stack.
    SetupWith,
    /// End of the innermost guarded region.
    PopBlock,
    /// STORE_FAST whose value may be NULL.
    StoreFastMaybeNull,
    /// LOAD_FAST of a cell.
    LoadClosure,
}

/// One instruction of the graph.
#[derive(Clone, Copy, Debug)]
pub(in crate::compile) struct FlowInstr {
    /// The opcode.
    pub op: FlowOp,
    /// The operand; for jumps and block pushes unused.
    pub arg: u32,
    /// Label (in a sequence) or block (in a graph) that a jump or block push names.
    pub target: Option<u32>,
    /// The source range.
    pub loc: Loc,
    /// The construct behind it.
    pub origin: Origin,
    /// The block that handles exceptions of this instruction.
    pub handler: Option<u32>,
    /// A removed instruction that the profile checks after stood directly behind this one.
    pub check_after: bool,
}

impl FlowInstr {
    /// An instruction without target.
    pub fn new(op: FlowOp, arg: u32, loc: Loc, origin: Origin) -> FlowInstr {
        FlowInstr { op, arg, target: None, loc, origin, handler: None, check_after: false }
    }

    /// Turns the instruction into a NOP that keeps its location.
    pub fn make_nop(&mut self) {
        self.op = FlowOp::Real(Op::Nop);
        self.arg = 0;
        self.target = None;
    }

    /// Whether it is the real opcode `op`.
    pub fn is(&self, op: Op) -> bool {
        self.op == FlowOp::Real(op)
    }

    /// Whether it starts a guarded region.
    pub fn is_block_push(&self) -> bool {
        matches!(self.op, FlowOp::SetupFinally | FlowOp::SetupCleanup | FlowOp::SetupWith)
    }

    /// Whether control always goes to the target.
    pub fn is_unconditional_jump(&self) -> bool {
        matches!(
            self.op,
            FlowOp::Jump
                | FlowOp::JumpNoInterrupt
                | FlowOp::Real(Op::JumpForward | Op::JumpBackward | Op::JumpBackwardNoInterrupt)
        )
    }

    /// Whether it can go to a target in normal flow.
    pub fn is_jump(&self) -> bool {
        self.is_unconditional_jump()
            || matches!(
                self.op,
                FlowOp::Real(
                    Op::PopJumpIfFalse
                        | Op::PopJumpIfTrue
                        | Op::PopJumpIfNone
                        | Op::PopJumpIfNotNone
                        | Op::ForIter
                        | Op::Send
                )
            )
    }

    /// Whether it leaves the frame or goes to a handler.
    pub fn is_scope_exit(&self) -> bool {
        matches!(self.op, FlowOp::Real(Op::ReturnValue | Op::ReturnConst | Op::RaiseVarargs | Op::Reraise))
    }

    /// Whether it ends a basic block.
    pub fn is_terminator(&self) -> bool {
        self.is_jump() || self.is_scope_exit()
    }

    /// Whether CPython looks at its eval breaker there (for the line numbers of such blocks).
    pub fn has_eval_break(&self) -> bool {
        matches!(
            self.op,
            FlowOp::Jump | FlowOp::Real(Op::JumpBackward | Op::Resume | Op::Call | Op::CallFunctionEx | Op::CallKw)
        )
    }

    /// The constant index that it loads, if it is LOAD_CONST.
    pub fn loaded_constant(&self) -> Option<u32> {
        self.is(Op::LoadConst).then_some(self.arg)
    }

    /// The slot that it stores into, if it is a store into a fast local.
    pub fn stored_slot(&self) -> Option<u32> {
        matches!(self.op, FlowOp::Real(Op::StoreFast) | FlowOp::StoreFastMaybeNull).then_some(self.arg)
    }
}
