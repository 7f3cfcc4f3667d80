//! Class definitions.

use super::super::flow::{FlowOp, Loc};
use super::super::scope::ScopeId;
use super::super::text;
use super::Compiler;
use super::unit::UnitKind;
use crate::code::{Const, Op, Origin};

use ruff_python_ast::{self as ast, Expr, Stmt};

impl<'a> Compiler<'a> {
    pub(super) fn class(&mut self, node: &'a ast::StmtClassDef) {
        self.decorators(&node.decorator_list);
        let loc = self.definition_loc(node.range.into(), &node.decorator_list);
        let first_line = node.decorator_list.first().map_or(loc.line, |first| self.loc(&first.expression).line);
        if let Some(arguments) = &node.arguments {
            self.check_keywords(&arguments.keywords);
        }
        match &node.type_params {
            None => self.class_object(node, loc, first_line, node.arguments.as_deref()),
            Some(params) => self.in_type_params(params, &node.name, loc, |compiler| {
                compiler.keep_type_params(loc);
                let arguments = Self::with_generic_base(node.arguments.as_deref());
                compiler.class_object(node, loc, first_line, Some(&arguments));
            }),
        }
        self.apply_decorators(&node.decorator_list);
        self.forbid_debug(&node.name, node);
        self.store_name(&node.name, loc);
    }

    fn class_object(
        &mut self,
        node: &'a ast::StmtClassDef,
        loc: Loc,
        first_line: u32,
        arguments: Option<&ast::Arguments>,
    ) {
        let code = self.class_body(node, first_line);
        self.op(Op::LoadBuildClass, loc);
        self.op(Op::PushNull, loc);
        self.make_closure(loc, code, super::functions::Given::default());
        self.load_str(node.name.as_str(), loc);
        self.call_with(loc, 2, arguments);
    }

    fn class_body(&mut self, node: &'a ast::StmtClassDef, first_line: u32) -> std::sync::Arc<crate::code::Code> {
        self.enter(UnitKind::Class, &node.name, ScopeId::of(&node.node_index), first_line);
        self.unit().private = Some(node.name.as_str().into());
        let loc = self.line_loc(first_line);
        self.load_name("__name__", loc);
        self.store_name("__module__", loc);
        let qualname = self.unit().qualname.clone();
        self.load_str(qualname, loc);
        self.store_name("__qualname__", loc);
        self.class_type_params(node.type_params.as_deref(), loc);
        self.keep_class_dict();
        self.load_const(Const::Int(i64::from(first_line)), loc);
        self.store_name("__firstlineno__", loc);
        self.body(&node.body);
        let attributes = std::mem::take(&mut self.unit().static_attributes);
        self.load_const(Const::Tuple(attributes.into_iter().map(Const::Str).collect()), Loc::NONE);
        self.store_name("__static_attributes__", Loc::NONE);
        if self.scope().needs_class_cell {
            let index = self.unit().cellvars.get("__class__").unwrap_or(0);
            self.unit().sequence.push_pseudo(FlowOp::LoadClosure, index, Loc::NONE, Origin::LoadClosure);
            self.op_arg(Op::Copy, 1, Loc::NONE);
            self.store_name("__classcell__", Loc::NONE);
            return self.finish_unit(false);
        }
        self.finish_unit(true)
    }

    /// The statements of a module or class body, with `__annotations__` and `__doc__`.
    pub(super) fn body(&mut self, statements: &'a [Stmt]) {
        let unit = self.unit_ref();
        let loc = match statements.first() {
            Some(first) if unit.kind == UnitKind::Module => self.statement_loc(first),
            _ => self.line_loc(unit.first_line),
        };
        self.annotations_dict(statements, loc);
        let docstring = text::docstring(statements);
        if let (Some(docstring), Some(Stmt::Expr(first))) = (&docstring, statements.first()) {
            let loc = self.loc(&*first.value);
            self.load_str(docstring.as_str(), loc);
            self.store_name("__doc__", Loc::NONE);
        }
        self.statements(&statements[usize::from(docstring.is_some())..]);
    }

    /// Emits SETUP_ANNOTATIONS if a statement annotates a name.
    pub(super) fn annotations_dict(&mut self, statements: &[Stmt], loc: Loc) {
        if has_annotation(statements) {
            self.op(Op::SetupAnnotations, loc);
        }
    }

    /// `self.name = …` in a method: the name goes into the class's `__static_attributes__`.
    pub(super) fn note_static_attribute(&mut self, node: &ast::ExprAttribute) {
        let Expr::Name(object) = &*node.value else { return };
        if object.id != "self" {
            return;
        }
        let (_, outer) = self.units.split_last_mut().expect("lowering is inside a unit");
        if let Some(class) = outer.iter_mut().rev().find(|unit| unit.kind == UnitKind::Class) {
            class.static_attributes.insert(node.attr.as_str().into());
        }
    }
}

/// Whether a block annotates something, not counting nested functions and classes.
fn has_annotation(statements: &[Stmt]) -> bool {
    statements.iter().any(|statement| match statement {
        Stmt::AnnAssign(_) => true,
        Stmt::For(node) => has_annotation(&node.body) || has_annotation(&node.orelse),
        Stmt::While(node) => has_annotation(&node.body) || has_annotation(&node.orelse),
        Stmt::If(node) => {
            has_annotation(&node.body) || node.elif_else_clauses.iter().any(|clause| has_annotation(&clause.body))
        }
        Stmt::With(node) => has_annotation(&node.body),
        Stmt::Match(node) => node.cases.iter().any(|case| has_annotation(&case.body)),
        Stmt::Try(node) => {
            let in_handler = |handler: &ast::ExceptHandler| {
                let ast::ExceptHandler::ExceptHandler(handler) = handler;
                has_annotation(&handler.body)
            };
            has_annotation(&node.body)
                || node.handlers.iter().any(in_handler)
                || has_annotation(&node.orelse)
                || has_annotation(&node.finalbody)
        }
        _ => false,
    })
}
