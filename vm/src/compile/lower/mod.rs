//! Lowering: syntax tree to instruction sequences, one code unit at a time.
//!
//! What each construct becomes is CPython 3.13's `Python/compile.c`, so that listings, line numbers and the places where
//! a thread can be switched are CPython's. Files follow the syntax: one family each. Lowering never fails: a problem is
//! recorded and something harmless is emitted, so that all problems of a file are found in one pass; units are only
//! optimized and assembled while no problem is known.

mod assignments;
mod blocks;
mod calls;
mod classes;
mod comprehensions;
mod displays;
mod except_star;
mod expressions;
mod fstrings;
mod functions;
mod imports;
mod inlined;
mod jumps;
mod names;
mod operators;
mod pattern_groups;
mod patterns;
mod statements;
mod tries;
mod type_params;
mod unit;
mod warnings;

use super::flow::{FlowOp, Label, Loc};
use super::scope::{Scope, ScopeId, Scopes, mangle};
use crate::code::{Code, CodeRules, Const, Op, Origin};
use crate::source::{Diagnostic, DiagnosticCode, SourceFile, Span, codes};
use unit::Unit;

use ruff_text_size::Ranged;
use std::sync::Arc;

/// More values than this are not put on the stack at once but added one by one.
const STACK_USE_MAX: usize = 30;

/// State of lowering one file.
pub(super) struct Compiler<'a> {
    pub source: &'a Arc<SourceFile>,
    pub rules: &'a CodeRules,
    pub scopes: Scopes,
    /// Open units, innermost last.
    units: Vec<Unit<'a>>,
    pub problems: Vec<Diagnostic>,
    /// What CPython would print as SyntaxWarning.
    pub warnings: Vec<Diagnostic>,
    /// `from __future__ import annotations`.
    pub future_annotations: bool,
    /// `Mode::Single`: values of expression statements are displayed.
    pub interactive: bool,
}

impl<'a> Compiler<'a> {
    /// A compiler for one file whose scopes are known.
    pub fn new(source: &'a Arc<SourceFile>, rules: &'a CodeRules, scopes: Scopes, problems: Vec<Diagnostic>) -> Self {
        Compiler {
            source,
            rules,
            scopes,
            units: vec![],
            problems,
            warnings: vec![],
            future_annotations: false,
            interactive: false,
        }
    }

    /// The innermost unit.
    fn unit(&mut self) -> &mut Unit<'a> {
        self.units.last_mut().expect("lowering is inside a unit")
    }

    /// The innermost unit, to read.
    fn unit_ref(&self) -> &Unit<'a> {
        self.units.last().expect("lowering is inside a unit")
    }

    /// The scope of the innermost unit.
    fn scope(&self) -> &Scope {
        self.scopes.get(self.unit_ref().scope)
    }

    /// The scope of the innermost unit, to change.
    fn scope_mut(&mut self) -> &mut Scope {
        let id: ScopeId = self.unit_ref().scope;
        self.scopes.get_mut(id)
    }

    /// The mangled form of a name in the innermost unit.
    fn mangled(&self, name: &str) -> Arc<str> {
        mangle(self.unit_ref().private.as_deref(), name)
    }

    /// The location of a span.
    fn loc_of(&self, span: Span) -> Loc {
        Loc { line: self.source.line(span.start), span }
    }

    /// The location of a node.
    fn loc(&self, node: &impl Ranged) -> Loc {
        self.loc_of(node.range().into())
    }

    /// Records an error in CPython's words.
    fn syntax_error(&mut self, node: &impl Ranged, message: impl Into<String>) {
        self.error(codes::SYNTAX, node, message);
    }

    /// Records an error.
    fn error(&mut self, code: DiagnosticCode, node: &impl Ranged, message: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, node.range().into(), message));
    }

    // Emission into the innermost unit.

    /// Emits an instruction without operand.
    fn op(&mut self, op: Op, loc: Loc) {
        self.op_arg(op, 0, loc);
    }

    /// Emits an instruction.
    fn op_arg(&mut self, op: Op, arg: u32, loc: Loc) {
        self.op_from(op, arg, loc, Origin::Plain);
    }

    /// Emits an instruction that stands for a construct.
    fn op_from(&mut self, op: Op, arg: u32, loc: Loc, origin: Origin) {
        self.unit().sequence.push(op, arg, loc, origin);
    }

    /// Emits a pseudo-instruction without operand.
    fn pseudo(&mut self, op: FlowOp, loc: Loc, origin: Origin) {
        self.unit().sequence.push_pseudo(op, 0, loc, origin);
    }

    /// Emits an instruction with a target.
    fn jump(&mut self, op: FlowOp, target: Label, loc: Loc) {
        self.jump_from(op, target, loc, Origin::Plain);
    }

    /// Emits an instruction with a target that stands for a construct.
    fn jump_from(&mut self, op: FlowOp, target: Label, loc: Loc, origin: Origin) {
        self.unit().sequence.push_jump(op, target, loc, origin);
    }

    fn label(&mut self) -> Label {
        self.unit().sequence.label()
    }

    fn place(&mut self, label: Label) {
        self.unit().sequence.place(label);
    }

    /// Emits a load of a constant.
    fn load_const(&mut self, constant: Const, loc: Loc) {
        let index = self.unit().consts.add(constant);
        self.op_arg(Op::LoadConst, index, loc);
    }

    /// Emits a load of None.
    fn load_none(&mut self, loc: Loc) {
        self.load_const(Const::None, loc);
    }

    /// Emits a load of a string constant.
    fn load_str(&mut self, text: impl Into<Arc<str>>, loc: Loc) {
        self.load_const(Const::Str(text.into()), loc);
    }

    /// The index of a name (mangled) in `co_names`.
    fn name_index(&mut self, name: &str) -> u32 {
        let name = self.mangled(name);
        self.unit().names.add(&name)
    }

    /// Emits an instruction whose operand is a name.
    fn op_name(&mut self, op: Op, name: &str, loc: Loc) {
        let index = self.name_index(name);
        self.op_arg(op, index, loc);
    }

    /// Runs `work` on a stack that is large enough for one more level of nesting.
    fn nested<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || work(self))
    }

    /// Lowers a module.
    pub fn module(&mut self, body: &'a [ruff_python_ast::Stmt]) -> Arc<Code> {
        self.enter_module();
        self.body(body);
        self.finish_unit(true)
    }

    /// Lowers an expression whose value the code returns.
    pub fn expression_unit(&mut self, expression: &ruff_python_ast::Expr) -> Arc<Code> {
        self.enter_module();
        self.expr(expression);
        self.finish_unit(false)
    }

    /// Lowers interactive statements.
    pub fn interactive_unit(&mut self, body: &'a [ruff_python_ast::Stmt]) -> Arc<Code> {
        self.interactive = true;
        self.enter_module();
        self.annotations_dict(body, Loc::NONE);
        self.statements(body);
        self.finish_unit(true)
    }
}

impl Compiler<'_> {
    /// The constant that an expression is, if it is one.
    fn fold(&self, expression: &ruff_python_ast::Expr) -> Option<Const> {
        super::fold::fold(expression)
    }

    /// The constants that expressions are, if all are.
    fn fold_all(&self, expressions: &[ruff_python_ast::Expr]) -> Option<Vec<Const>> {
        expressions.iter().map(|expression| self.fold(expression)).collect()
    }

    /// Reports what is wrong with a literal that is no constant.
    fn literal_problem(&mut self, expression: &ruff_python_ast::Expr) {
        self.syntax_error(expression, super::literals::problem(expression));
    }
}
