//! Statements: the dispatch, and the small ones.

use super::super::flow::{FlowOp, Loc};
use super::blocks::FrameBlock;
use super::{Compiler, jumps};
use crate::code::{Intrinsic1, Op, Origin};
use crate::source::codes;

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a> {
    pub(super) fn statements(&mut self, body: &'a [Stmt]) {
        for statement in body {
            self.nested(|compiler| compiler.statement(statement));
        }
    }

    /// The location of a statement; decorators do not belong to it.
    pub(super) fn statement_loc(&self, statement: &Stmt) -> Loc {
        match statement {
            Stmt::FunctionDef(node) => self.definition_loc(node.range.into(), &node.decorator_list),
            Stmt::ClassDef(node) => self.definition_loc(node.range.into(), &node.decorator_list),
            _ => self.loc(statement),
        }
    }

    fn statement(&mut self, statement: &'a Stmt) {
        let loc = self.loc(statement);
        match statement {
            Stmt::FunctionDef(node) => self.function(node),
            Stmt::ClassDef(node) => self.class(node),
            Stmt::Return(node) => self.return_statement(node, loc),
            Stmt::Delete(node) => self.exprs(&node.targets),
            Stmt::TypeAlias(node) => self.type_alias(node),
            Stmt::Assign(node) => self.assign(node, loc),
            Stmt::AugAssign(node) => self.augmented_assign(node, loc),
            Stmt::AnnAssign(node) => self.annotated_assign(node, loc),
            Stmt::For(node) => self.compound(|compiler| compiler.for_statement(node, loc)),
            Stmt::While(node) => self.compound(|compiler| compiler.while_statement(node, loc)),
            Stmt::If(node) => self.compound(|compiler| compiler.if_statement(node, loc)),
            Stmt::With(node) => self.compound(|compiler| compiler.with_statement(node)),
            Stmt::Match(node) => self.compound(|compiler| compiler.match_statement(node)),
            Stmt::Try(node) => self.compound(|compiler| compiler.try_statement(node, loc)),
            Stmt::Raise(node) => self.raise(node, loc),
            Stmt::Assert(node) => self.assert(node, loc),
            Stmt::Import(node) => self.import(node, loc),
            Stmt::ImportFrom(node) => self.import_from(node, loc),
            Stmt::Global(_) | Stmt::Nonlocal(_) => {}
            Stmt::Expr(node) => self.expression_statement(&node.value, loc),
            Stmt::Pass(_) => self.op(Op::Nop, loc),
            Stmt::Break(node) => self.break_statement(node),
            Stmt::Continue(node) => self.continue_statement(node),
            Stmt::IpyEscapeCommand(node) => self.syntax_error(node, "invalid syntax"),
        }
    }

    fn compound(&mut self, lower: impl FnOnce(&mut Self)) {
        self.unit().statement_depth += 1;
        lower(self);
        self.unit().statement_depth -= 1;
    }

    fn expression_statement(&mut self, value: &Expr, loc: Loc) {
        if self.interactive && self.unit().statement_depth == 0 && self.units.len() == 1 {
            self.expr(value);
            self.op_arg(Op::CallIntrinsic1, Intrinsic1::Print as u32, loc);
            return self.op(Op::PopTop, Loc::NONE);
        }
        if self.fold(value).is_some() {
            return self.op(Op::Nop, loc);
        }
        self.expr(value);
        self.op(Op::PopTop, Loc::NONE);
    }

    fn return_statement(&mut self, node: &ast::StmtReturn, statement: Loc) {
        if !self.scope().is_function() {
            self.syntax_error(node, "'return' outside function");
        }
        let constant = node.value.as_deref().and_then(|value| self.fold(value));
        let keeps_top = node.value.is_some() && constant.is_none();
        let mut loc = statement;
        if let Some(value) = node.value.as_deref() {
            if keeps_top {
                self.expr(value);
            } else {
                loc = self.loc(value);
                self.op(Op::Nop, loc);
            }
        }
        let value_line = node.value.as_deref().map(|value| self.loc(value).line);
        if value_line != Some(statement.line) {
            loc = statement;
            self.op(Op::Nop, loc);
        }
        self.unwind(&mut loc, keeps_top, false, node.range);
        match (&node.value, constant) {
            (None, _) => self.load_none(loc),
            (Some(_), Some(constant)) => self.load_const(constant, loc),
            (Some(_), None) => {}
        }
        self.op(Op::ReturnValue, loc);
    }

    fn for_statement(&mut self, node: &'a ast::StmtFor, _: Loc) {
        if node.is_async {
            return self.unsupported_async(node, "`async for`");
        }
        let (start, cleanup, exit) = (self.label(), self.label(), self.label());
        self.push_block(FrameBlock::For { start, exit }, node.range);
        self.iterated(&node.iter);
        let iterable = self.loc(&*node.iter);
        self.op(Op::GetIter, iterable);
        self.place(start);
        self.jump_from(FlowOp::Real(Op::ForIter), cleanup, iterable, loop_over(&node.iter));
        // A line of its own if the target stands on one.
        let target = self.loc(&*node.target);
        self.op(Op::Nop, target);
        self.expr(&node.target);
        self.statements(&node.body);
        self.jump(FlowOp::Jump, start, Loc::NONE);
        self.place(cleanup);
        self.op(Op::EndFor, Loc::NONE);
        self.op(Op::PopTop, Loc::NONE);
        self.pop_block();
        self.statements(&node.orelse);
        self.place(exit);
    }

    fn while_statement(&mut self, node: &'a ast::StmtWhile, loc: Loc) {
        let (start, body, anchor, exit) = (self.label(), self.label(), self.label(), self.label());
        self.place(start);
        self.push_block(FrameBlock::While { start, exit }, node.range);
        self.jump_if(loc, &node.test, anchor, false);
        self.place(body);
        self.statements(&node.body);
        self.jump_if(loc, &node.test, body, true);
        self.pop_block();
        self.place(anchor);
        self.statements(&node.orelse);
        self.place(exit);
    }

    fn if_statement(&mut self, node: &'a ast::StmtIf, loc: Loc) {
        let mut ends = Vec::new();
        let mut next = self.label();
        self.jump_if(loc, &node.test, next, false);
        self.statements(&node.body);
        for clause in &node.elif_else_clauses {
            let end = self.label();
            ends.push(end);
            self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
            self.place(next);
            next = self.label();
            if let Some(test) = &clause.test {
                let loc = self.loc(clause);
                self.jump_if(loc, test, next, false);
            }
            self.statements(&clause.body);
        }
        self.place(next);
        ends.into_iter().rev().for_each(|end| self.place(end));
    }

    fn raise(&mut self, node: &ast::StmtRaise, loc: Loc) {
        let values = [node.exc.as_deref(), node.cause.as_deref()];
        let count = values.iter().flatten().map(|value| self.expr(value)).count();
        self.op_arg(Op::RaiseVarargs, count as u32, loc);
    }

    fn assert(&mut self, node: &ast::StmtAssert, loc: Loc) {
        self.check_assertion(node);
        let end = self.label();
        self.jump_if(loc, &node.test, end, true);
        self.op(Op::LoadAssertionError, loc);
        if let Some(message) = &node.msg {
            self.expr(message);
            self.op_arg(Op::Call, 0, loc);
        }
        let test = self.loc(&*node.test);
        self.op_arg(Op::RaiseVarargs, 1, test);
        self.place(end);
    }

    /// `async` and `await` are not supported.
    pub(super) fn unsupported_async(&mut self, node: &impl Ranged, what: &str) {
        self.unsupported_async_with(node, what, None);
    }

    /// The same with advice of its own.
    pub(super) fn unsupported_async_with(&mut self, node: &impl Ranged, what: &str, help: Option<String>) {
        let start = node.range().start();
        let end = node.range().end();
        let first_line_end = self.source.line_start(self.source.line(start.into()) + 1).saturating_sub(1);
        let span = crate::source::Span::new(start.into(), u32::from(end).min(first_line_end.max(start.into())));
        let help = help.unwrap_or_else(|| "model concurrency with `threading` or `concurrent.futures`".to_string());
        let problem = crate::source::Diagnostic::error(codes::ASYNC, span, format!("{what} is not supported"))
            .with_label("coroutines run on one thread, so the GIL never changes hands here")
            .with_help(help)
            .with_note("supported language: `gilsim explain language`");
        self.problems.push(problem);
    }

    /// Jumps to `target` when the value on the stack is a bool of the wanted value.
    pub(super) fn jump_on_bool(&mut self, wanted: bool, target: super::super::flow::Label, loc: Loc) {
        self.jump(jumps::conditional(wanted), target, loc);
    }
}

/// What kind of loop a `for` over this is.
pub(super) fn loop_over(iterable: &Expr) -> Origin {
    let is_range = |call: &ast::ExprCall| matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "range");
    if iterable.as_call_expr().is_some_and(is_range) { Origin::RangeLoop } else { Origin::Plain }
}
