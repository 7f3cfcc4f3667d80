//! `try … except … else … finally` and `with`.

use super::super::flow::{FlowOp, Label, Loc};
use super::Compiler;
use super::blocks::FrameBlock;
use crate::code::{Op, Origin};

use ruff_python_ast::{self as ast, ExceptHandler, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn try_statement(&mut self, node: &'a ast::StmtTry, loc: Loc) {
        if !node.finalbody.is_empty() {
            return self.try_finally(node, loc);
        }
        self.try_handlers(node, loc);
    }

    /// The part without `finally`.
    fn try_handlers(&mut self, node: &'a ast::StmtTry, loc: Loc) {
        match node.is_star {
            true => self.try_star(node, loc),
            false => self.try_except(node, loc),
        }
    }

    fn try_finally(&mut self, node: &'a ast::StmtTry, loc: Loc) {
        let (end, exit, cleanup) = (self.label(), self.label(), self.label());
        self.jump_from(FlowOp::SetupFinally, end, loc, Origin::SetupFinally);
        self.push_block(FrameBlock::FinallyTry(&node.finalbody), node.range);
        match node.handlers.is_empty() {
            true => self.statements(&node.body),
            false => self.try_handlers(node, loc),
        }
        self.end_region(Loc::NONE, Origin::PopBlock);
        self.pop_block();
        self.statements(&node.finalbody);
        self.jump(FlowOp::JumpNoInterrupt, exit, Loc::NONE);
        self.place(end);
        self.push_block(FrameBlock::FinallyEnd, node.range);
        self.jump_from(FlowOp::SetupCleanup, cleanup, Loc::NONE, Origin::Artefact);
        self.op_from(Op::PushExcInfo, 0, Loc::NONE, Origin::HandlerEntry);
        self.statements(&node.finalbody);
        self.pop_block();
        self.op_arg(Op::Reraise, 0, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
    }

    /// Restores the exception handled before and raises the current one again.
    pub(super) fn pop_except_and_reraise(&mut self) {
        self.op_from(Op::Copy, 3, Loc::NONE, Origin::Artefact);
        self.op_from(Op::PopExcept, 0, Loc::NONE, Origin::Artefact);
        self.op_from(Op::Reraise, 1, Loc::NONE, Origin::Artefact);
    }

    fn try_except(&mut self, node: &'a ast::StmtTry, loc: Loc) {
        let (except, end, cleanup) = (self.label(), self.label(), self.label());
        self.jump_from(FlowOp::SetupFinally, except, loc, Origin::SetupExcept);
        self.push_block(FrameBlock::TryExcept, node.range);
        self.statements(&node.body);
        self.pop_block();
        self.end_region(Loc::NONE, Origin::PopBlock);
        self.statements(&node.orelse);
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(except);
        self.jump_from(FlowOp::SetupCleanup, cleanup, Loc::NONE, Origin::Artefact);
        self.op_from(Op::PushExcInfo, 0, Loc::NONE, Origin::HandlerEntry);
        self.push_block(FrameBlock::ExceptionHandler, node.range);
        let count = node.handlers.len();
        for (index, ExceptHandler::ExceptHandler(handler)) in node.handlers.iter().enumerate() {
            if handler.type_.is_none() && index + 1 < count {
                self.syntax_error(handler, "default 'except:' must be last");
            }
            self.handler(handler, end);
        }
        self.pop_block();
        self.op_from(Op::Reraise, 0, Loc::NONE, Origin::Artefact);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(end);
    }

    /// One `except` clause.
    fn handler(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, end: Label) {
        let loc = self.loc(handler);
        let next = self.label();
        if let Some(kind) = &handler.type_ {
            self.expr(kind);
            self.op_from(Op::CheckExcMatch, 0, loc, Origin::ExceptionMatch);
            self.jump_from(FlowOp::Real(Op::PopJumpIfFalse), next, loc, Origin::ExceptionMatch);
        }
        match &handler.name {
            Some(name) => self.named_handler(handler, name, loc, end),
            None => {
                self.push_block(FrameBlock::HandlerCleanup(None), handler.range);
                self.op(Op::PopTop, loc);
                self.statements(&handler.body);
                self.pop_block();
                self.end_region(Loc::NONE, Origin::Artefact);
                self.op(Op::PopExcept, Loc::NONE);
                self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
            }
        }
        self.place(next);
    }

    /// `except … as name`: the name is unbound at the end, whatever happens.
    fn named_handler(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, name: &str, loc: Loc, end: Label) {
        let cleanup = self.label();
        self.store_name(name, loc);
        self.jump_from(FlowOp::SetupCleanup, cleanup, loc, Origin::SetupFinally);
        self.push_block(FrameBlock::HandlerCleanup(Some(name.into())), handler.range);
        self.statements(&handler.body);
        self.pop_block();
        self.end_region(Loc::NONE, Origin::PopBlock);
        self.end_region(Loc::NONE, Origin::Artefact);
        self.op(Op::PopExcept, Loc::NONE);
        self.unbind(name);
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(cleanup);
        self.unbind(name);
        self.op_from(Op::Reraise, 1, Loc::NONE, Origin::Artefact);
    }

    /// `name = None; del name`.
    pub(super) fn unbind(&mut self, name: &str) {
        self.load_none(Loc::NONE);
        self.store_name(name, Loc::NONE);
        self.delete_name(name, Loc::NONE);
    }

    pub(super) fn with_statement(&mut self, node: &'a ast::StmtWith) {
        if node.is_async {
            return self.unsupported_async(node, "`async with`");
        }
        self.with_items(node, &node.items, &node.body);
    }

    fn with_items(&mut self, node: &'a ast::StmtWith, items: &'a [ast::WithItem], body: &'a [Stmt]) {
        let Some((item, rest)) = items.split_first() else { return self.statements(body) };
        let (handler, exit, cleanup) = (self.label(), self.label(), self.label());
        self.expr(&item.context_expr);
        let loc = self.loc(&item.context_expr);
        self.op_from(Op::BeforeWith, 0, loc, Origin::SetupWith);
        self.jump_from(FlowOp::SetupWith, handler, loc, Origin::Artefact);
        self.push_block(FrameBlock::With(loc), node.range);
        match &item.optional_vars {
            Some(target) => self.expr(target),
            None => self.op(Op::PopTop, loc),
        }
        self.nested(|compiler| compiler.with_items(node, rest, body));
        self.end_region(Loc::NONE, Origin::PopBlock);
        self.pop_block();
        self.call_exit_with_nones(loc);
        self.op_from(Op::PopTop, 0, loc, Origin::WithCleanup);
        self.jump(FlowOp::Jump, exit, loc);
        self.place(handler);
        self.jump_from(FlowOp::SetupCleanup, cleanup, loc, Origin::Artefact);
        self.op_from(Op::PushExcInfo, 0, loc, Origin::HandlerEntry);
        self.op(Op::WithExceptStart, loc);
        self.finish_with(cleanup);
        self.place(exit);
    }

    /// After `__exit__` was called for an exception: goes on if its result is true, else raises again.
    fn finish_with(&mut self, cleanup: Label) {
        let (suppress, exit) = (self.label(), self.label());
        self.op_from(Op::ToBool, 0, Loc::NONE, Origin::BoolTest);
        self.jump_on_bool(true, suppress, Loc::NONE);
        self.op_from(Op::Reraise, 2, Loc::NONE, Origin::Artefact);
        self.place(suppress);
        self.op(Op::PopTop, Loc::NONE);
        self.end_region(Loc::NONE, Origin::Artefact);
        self.op(Op::PopExcept, Loc::NONE);
        self.op(Op::PopTop, Loc::NONE);
        self.op(Op::PopTop, Loc::NONE);
        self.jump(FlowOp::JumpNoInterrupt, exit, Loc::NONE);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
    }
}
