//! Loops, guarded regions and handlers around the current place, and leaving them by return, break or continue.

use super::super::flow::{FlowOp, Label, Loc};
use super::Compiler;
use crate::code::{Const, Op, Origin};
use crate::source::codes;

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};
use std::sync::Arc;

/// CPython's limit on statically nested blocks in a function.
const BLOCKS_MAX: usize = 21;

/// What a block is, and what leaving it takes.
#[derive(Clone)]
pub(super) enum FrameBlock<'a> {
    While {
        start: Label,
        exit: Label,
    },
    For {
        start: Label,
        exit: Label,
    },
    TryExcept,
    /// The body of a `try … finally`, with the `finally` suite: it is lowered into every way out of the `try`.
    FinallyTry(&'a [Stmt]),
    /// The `finally` suite after an exception.
    FinallyEnd,
    With(Loc),
    /// The body of an `except` clause with the name it binds.
    HandlerCleanup(Option<Arc<str>>),
    /// An exception is being handled.
    ExceptionHandler,
    /// An exception group is being handled.
    GroupHandler,
    /// A value lies on the stack.
    PopValue,
}

impl<'a> Compiler<'a> {
    /// Enters a block. Too many at once are an error at `range`.
    pub(super) fn push_block(&mut self, block: FrameBlock<'a>, range: TextRange) {
        let reported = self.problems.last().is_some_and(|problem| problem.code == codes::NESTING);
        if self.unit().blocks.len() == BLOCKS_MAX && !reported {
            self.error(codes::NESTING, &range, "too many statically nested blocks");
        }
        self.unit().blocks.push(block);
    }

    pub(super) fn pop_block(&mut self) {
        self.unit().blocks.pop();
    }

    /// Emits POP_BLOCK.
    pub(super) fn end_region(&mut self, loc: Loc, origin: Origin) {
        self.pseudo(FlowOp::PopBlock, loc, origin);
    }

    /// Emits what leaving one block takes. `keeps_top`: the top of the stack survives.
    pub(super) fn unwind_block(&mut self, loc: &mut Loc, block: &FrameBlock<'a>, keeps_top: bool) {
        match block {
            FrameBlock::While { .. } | FrameBlock::ExceptionHandler | FrameBlock::GroupHandler => {}
            FrameBlock::For { .. } | FrameBlock::PopValue => {
                self.swap_if(keeps_top, *loc);
                self.op(Op::PopTop, *loc);
            }
            FrameBlock::TryExcept => self.end_region(*loc, Origin::PopBlock),
            FrameBlock::FinallyTry(suite) => {
                self.end_region(*loc, Origin::PopBlock);
                if keeps_top {
                    self.unit().blocks.push(FrameBlock::PopValue);
                }
                self.statements(suite);
                if keeps_top {
                    self.pop_block();
                }
                *loc = Loc::NONE;
            }
            FrameBlock::FinallyEnd => {
                self.swap_if(keeps_top, *loc);
                self.op(Op::PopTop, *loc);
                self.swap_if(keeps_top, *loc);
                self.end_region(*loc, Origin::Artefact);
                self.op(Op::PopExcept, *loc);
            }
            FrameBlock::With(with_loc) => {
                *loc = *with_loc;
                self.end_region(*loc, Origin::PopBlock);
                self.swap_if(keeps_top, *loc);
                self.call_exit_with_nones(*loc);
                self.op_from(Op::PopTop, 0, *loc, Origin::WithCleanup);
                *loc = Loc::NONE;
            }
            FrameBlock::HandlerCleanup(name) => {
                if name.is_some() {
                    self.end_region(*loc, Origin::PopBlock);
                }
                self.swap_if(keeps_top, *loc);
                self.end_region(*loc, Origin::Artefact);
                self.op(Op::PopExcept, *loc);
                if let Some(name) = name {
                    self.load_none(*loc);
                    self.store_name(name, *loc);
                    self.delete_name(name, *loc);
                }
            }
        }
    }

    fn swap_if(&mut self, keeps_top: bool, loc: Loc) {
        if keeps_top {
            self.op_arg(Op::Swap, 2, loc);
        }
    }

    /// `exit(None, None, None)`.
    pub(super) fn call_exit_with_nones(&mut self, loc: Loc) {
        let none = self.unit().consts.add(Const::None);
        for _ in 0..3 {
            self.op_from(Op::LoadConst, none, loc, Origin::WithCleanup);
        }
        self.op_from(Op::Call, 2, loc, Origin::WithCleanup);
    }

    /// Leaves blocks from the inside out, up to the innermost loop if `to_loop`; returns that loop.
    pub(super) fn unwind(
        &mut self,
        loc: &mut Loc,
        keeps_top: bool,
        to_loop: bool,
        at: TextRange,
    ) -> Option<FrameBlock<'a>> {
        let mut left = Vec::new();
        let mut found = None;
        while let Some(block) = self.unit().blocks.last().cloned() {
            match block {
                FrameBlock::GroupHandler => {
                    self.syntax_error(&at, "'break', 'continue' and 'return' cannot appear in an except* block");
                    break;
                }
                FrameBlock::While { .. } | FrameBlock::For { .. } if to_loop => {
                    found = Some(block);
                    break;
                }
                _ => {}
            }
            self.pop_block();
            self.unwind_block(loc, &block, keeps_top);
            left.push(block);
        }
        self.unit().blocks.extend(left.into_iter().rev());
        found
    }

    /// `break`.
    pub(super) fn break_statement(&mut self, node: &impl Ranged) {
        let mut loc = self.loc(node);
        self.op(Op::Nop, loc);
        let before = self.problems.len();
        let Some(block) = self.unwind(&mut loc, false, true, node.range()) else {
            if self.problems.len() == before {
                self.syntax_error(node, "'break' outside loop");
            }
            return;
        };
        self.unwind_block(&mut loc, &block, false);
        if let FrameBlock::While { exit, .. } | FrameBlock::For { exit, .. } = block {
            self.jump(FlowOp::Jump, exit, loc);
        }
    }

    /// `continue`.
    pub(super) fn continue_statement(&mut self, node: &impl Ranged) {
        let mut loc = self.loc(node);
        self.op(Op::Nop, loc);
        let before = self.problems.len();
        match self.unwind(&mut loc, false, true, node.range()) {
            Some(FrameBlock::While { start, .. } | FrameBlock::For { start, .. }) => {
                self.jump(FlowOp::Jump, start, loc);
            }
            _ if self.problems.len() == before => self.syntax_error(node, "'continue' not properly in loop"),
            _ => {}
        }
    }
}
