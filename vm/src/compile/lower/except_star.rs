//! `try … except*`: each clause takes its part of an exception group.
//!
//! The stack during the clauses: previous exception, original exception, list of exceptions raised by clauses, rest.

use super::super::flow::{FlowOp, Label, Loc};
use super::Compiler;
use super::blocks::FrameBlock;
use crate::code::{Intrinsic2, Op, Origin};

use ruff_python_ast::{self as ast, ExceptHandler};

impl<'a> Compiler<'a> {
    pub(super) fn try_star(&mut self, node: &'a ast::StmtTry, loc: Loc) {
        let (except, orelse, end) = (self.label(), self.label(), self.label());
        let (cleanup, reraise_star) = (self.label(), self.label());
        self.jump_from(FlowOp::SetupFinally, except, loc, Origin::SetupExcept);
        self.push_block(FrameBlock::TryExcept, node.range);
        self.statements(&node.body);
        self.pop_block();
        self.end_region(Loc::NONE, Origin::PopBlock);
        self.jump(FlowOp::JumpNoInterrupt, orelse, Loc::NONE);
        self.place(except);
        self.jump_from(FlowOp::SetupCleanup, cleanup, Loc::NONE, Origin::Artefact);
        self.op_from(Op::PushExcInfo, 0, Loc::NONE, Origin::HandlerEntry);
        self.push_block(FrameBlock::GroupHandler, node.range);
        let count = node.handlers.len();
        for (index, ExceptHandler::ExceptHandler(handler)) in node.handlers.iter().enumerate() {
            let loc = self.loc(handler);
            if index == 0 {
                self.op_arg(Op::BuildList, 0, loc);
                self.op_arg(Op::Copy, 2, loc);
            }
            self.star_clause(handler, loc, (index + 1 == count).then_some(reraise_star));
        }
        self.pop_block();
        self.place(reraise_star);
        self.finish_star(end);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(orelse);
        self.statements(&node.orelse);
        self.place(end);
    }

    /// One clause; the last one goes on at `last`.
    fn star_clause(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, loc: Loc, last: Option<Label>) {
        let (next, no_match, error, after) = (self.label(), self.label(), self.label(), self.label());
        if let Some(kind) = &handler.type_ {
            self.expr(kind);
            self.op(Op::CheckEgMatch, loc);
            self.op_arg(Op::Copy, 1, loc);
            self.jump(FlowOp::Real(Op::PopJumpIfNone), no_match, loc);
        }
        match &handler.name {
            Some(name) => self.store_name(name, loc),
            None => self.op(Op::PopTop, loc),
        }
        self.jump_from(FlowOp::SetupCleanup, error, loc, Origin::SetupFinally);
        let name = handler.name.as_ref().map(|name| name.as_str());
        self.push_block(FrameBlock::HandlerCleanup(name.map(Into::into)), handler.range);
        self.statements(&handler.body);
        self.pop_block();
        self.end_region(Loc::NONE, Origin::PopBlock);
        if let Some(name) = name {
            self.unbind(name);
        }
        self.jump(FlowOp::JumpNoInterrupt, next, Loc::NONE);
        // The clause raised: its exception joins the list.
        self.place(error);
        if let Some(name) = name {
            self.unbind(name);
        }
        self.op_arg(Op::ListAppend, 3, Loc::NONE);
        self.op(Op::PopTop, Loc::NONE);
        self.jump(FlowOp::JumpNoInterrupt, after, Loc::NONE);
        self.place(next);
        self.op(Op::Nop, Loc::NONE);
        self.jump(FlowOp::JumpNoInterrupt, after, Loc::NONE);
        self.place(no_match);
        self.op(Op::PopTop, loc);
        self.place(after);
        if let Some(target) = last {
            self.op_arg(Op::ListAppend, 1, Loc::NONE);
            self.jump(FlowOp::JumpNoInterrupt, target, Loc::NONE);
        }
    }

    /// Raises what is left, or goes on.
    fn finish_star(&mut self, end: Label) {
        let reraise = self.label();
        self.op_arg(Op::CallIntrinsic2, Intrinsic2::PrepReraiseStar as u32, Loc::NONE);
        self.op_arg(Op::Copy, 1, Loc::NONE);
        self.jump(FlowOp::Real(Op::PopJumpIfNotNone), reraise, Loc::NONE);
        self.op(Op::PopTop, Loc::NONE);
        self.end_region(Loc::NONE, Origin::Artefact);
        self.op(Op::PopExcept, Loc::NONE);
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(reraise);
        self.end_region(Loc::NONE, Origin::Artefact);
        self.op_arg(Op::Swap, 2, Loc::NONE);
        self.op_from(Op::PopExcept, 0, Loc::NONE, Origin::Artefact);
        self.op_from(Op::Reraise, 0, Loc::NONE, Origin::Artefact);
    }
}
