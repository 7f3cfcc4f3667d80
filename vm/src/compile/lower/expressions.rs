//! Expressions: the dispatch, and the small ones.

use super::super::flow::{FlowOp, Loc};
use super::super::scope::ScopeId;
use super::Compiler;
use super::jumps::conditional;
use super::unit::UnitKind;
use crate::code::{Const, Op, Origin};
use crate::source::codes;

use ruff_python_ast::{self as ast, BoolOp, Expr, ExprContext};

impl Compiler<'_> {
    /// Pushes the value of an expression (or assigns to it or deletes it, as its context says).
    pub(super) fn expr(&mut self, expression: &Expr) {
        self.nested(|compiler| compiler.expr_inner(expression));
    }

    /// Pushes the values of several expressions.
    pub(super) fn exprs(&mut self, expressions: &[Expr]) {
        for expression in expressions {
            self.expr(expression);
        }
    }

    fn expr_inner(&mut self, expression: &Expr) {
        let loc = self.loc(expression);
        if let Some(constant) = self.fold(expression) {
            return self.load_const(constant, loc);
        }
        match expression {
            Expr::BoolOp(node) => self.bool_op(node, loc),
            Expr::Named(node) => {
                self.expr(&node.value);
                self.op_arg(Op::Copy, 1, loc);
                self.expr(&node.target);
            }
            Expr::BinOp(node) => self.binary(node, loc),
            Expr::UnaryOp(node) => self.unary(node, loc),
            Expr::Lambda(node) => self.lambda(node),
            Expr::If(node) => self.conditional_expression(node, loc),
            Expr::Dict(node) => self.dict(node, loc),
            Expr::Set(node) => self.set(node, loc),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.comprehension(expression, loc);
            }
            Expr::Await(node) => self.unsupported_async(node, "`await`"),
            Expr::Yield(node) => self.yield_expression(node, loc),
            Expr::YieldFrom(node) => self.yield_from_expression(node, loc),
            Expr::Compare(node) => self.compare(node, loc),
            Expr::Call(node) => self.call(node),
            Expr::FString(node) => self.fstring(node, loc),
            Expr::TString(node) => self.error(codes::TEMPLATE_STRING, node, "template strings need Python 3.14"),
            Expr::Attribute(node) => self.attribute(node),
            Expr::Subscript(node) => self.subscript(node, loc),
            Expr::Starred(node) => {
                let message = match node.ctx {
                    ExprContext::Store => "starred assignment target must be in a list or tuple",
                    _ => "can't use starred expression here",
                };
                self.syntax_error(node, message);
            }
            Expr::Name(node) => self.use_name(&node.id, node.ctx, loc),
            Expr::List(node) => self.list(node, loc),
            Expr::Tuple(node) => self.tuple(node, loc),
            Expr::Slice(node) => {
                let parts = self.slice_parts(node);
                self.op_arg(Op::BuildSlice, parts, loc);
            }
            Expr::IpyEscapeCommand(node) => self.syntax_error(node, "invalid syntax"),
            // Literals are constants unless something is wrong with them.
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_) => self.literal_problem(expression),
        }
    }

    fn bool_op(&mut self, node: &ast::ExprBoolOp, loc: Loc) {
        let Some((last, others)) = node.values.split_last() else { return };
        let end = self.label();
        for value in others {
            self.expr(value);
            self.op_arg(Op::Copy, 1, loc);
            self.op_from(Op::ToBool, 0, loc, Origin::BoolTest);
            self.jump_from(conditional(node.op == BoolOp::Or), end, loc, Origin::ValueTest);
            self.op(Op::PopTop, loc);
        }
        self.expr(last);
        self.place(end);
    }

    fn conditional_expression(&mut self, node: &ast::ExprIf, loc: Loc) {
        let (end, orelse) = (self.label(), self.label());
        self.jump_if(loc, &node.test, orelse, false);
        self.expr(&node.body);
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(orelse);
        self.expr(&node.orelse);
        self.place(end);
    }

    fn lambda(&mut self, node: &ast::ExprLambda) {
        let loc = self.loc(node);
        let none = ast::Parameters::default();
        let parameters = node.parameters.as_deref().unwrap_or(&none);
        let given = self.default_arguments(loc, parameters);
        self.enter(UnitKind::Lambda, "<lambda>", ScopeId::of(&node.node_index), loc.line);
        self.reserve_first_constant(Const::None);
        self.count_parameters(parameters);
        self.expr(&node.body);
        let returns_none = !self.scope().is_generator;
        if returns_none {
            let body = self.loc(&*node.body);
            self.op(Op::ReturnValue, body);
        }
        let code = self.finish_unit(returns_none);
        self.make_closure(loc, code, given);
    }

    /// Emits `yield` of the value on the stack.
    pub(super) fn emit_yield(&mut self, loc: Loc) {
        self.op_arg(Op::YieldValue, 0, loc);
        self.op_arg(Op::Resume, 1, loc);
    }

    fn yield_expression(&mut self, node: &ast::ExprYield, loc: Loc) {
        if !self.scope().is_function() {
            self.syntax_error(node, "'yield' outside function");
        }
        match &node.value {
            Some(value) => self.expr(value),
            None => self.load_none(loc),
        }
        self.emit_yield(loc);
    }

    fn yield_from_expression(&mut self, node: &ast::ExprYieldFrom, loc: Loc) {
        if !self.scope().is_function() {
            self.syntax_error(node, "'yield from' outside function");
        }
        self.expr(&node.value);
        self.op(Op::GetYieldFromIter, loc);
        self.load_none(loc);
        let (send, fail, exit) = (self.label(), self.label(), self.label());
        let origin = Origin::YieldFrom;
        self.place(send);
        self.jump_from(FlowOp::Real(Op::Send), exit, loc, origin);
        // An exception thrown in here may be a StopIteration: then its value is the result.
        self.jump_from(FlowOp::SetupFinally, fail, loc, Origin::Artefact);
        self.op_from(Op::YieldValue, 1, loc, origin);
        self.pseudo(FlowOp::PopBlock, Loc::NONE, Origin::Artefact);
        self.op_from(Op::Resume, 2, loc, origin);
        self.jump_from(FlowOp::JumpNoInterrupt, send, loc, origin);
        self.place(fail);
        self.op_from(Op::CleanupThrow, 0, loc, origin);
        self.place(exit);
        self.op_from(Op::EndSend, 0, loc, origin);
    }

    /// Pushes start, stop and step if there is one; returns how many.
    pub(super) fn slice_parts(&mut self, node: &ast::ExprSlice) -> u32 {
        let loc = self.loc(node);
        for bound in [&node.lower, &node.upper] {
            match bound {
                Some(bound) => self.expr(bound),
                None => self.load_none(loc),
            }
        }
        match &node.step {
            None => 2,
            Some(step) => {
                self.expr(step);
                3
            }
        }
    }
}
