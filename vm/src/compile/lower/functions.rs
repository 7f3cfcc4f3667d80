//! Function definitions: defaults, annotations, bodies, closures, decorators.

use super::super::flow::{FlowOp, Loc};
use super::super::scope::{Resolution, ScopeId};
use super::super::text;
use super::Compiler;
use super::unit::UnitKind;
use crate::code::{Code, Const, Op, Origin};
use crate::source::Span;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// What of a function is on the stack below its code, in this order.
#[derive(Clone, Copy, Default)]
pub(super) struct Given {
    pub defaults: bool,
    pub keyword_defaults: bool,
    pub annotations: bool,
}

impl<'a> Compiler<'a> {
    pub(super) fn function(&mut self, node: &'a ast::StmtFunctionDef) {
        if node.is_async {
            let help = format!("use `threading.Thread(target={}, ...)` to model concurrent handlers", node.name);
            return self.unsupported_async_with(&node.name, "`async def`", Some(help));
        }
        self.decorators(&node.decorator_list);
        let loc = self.definition_loc(node.range.into(), &node.decorator_list);
        let first_line = node.decorator_list.first().map_or(loc.line, |first| self.loc(&first.expression).line);
        let given = self.default_arguments(loc, &node.parameters);
        match &node.type_params {
            None => self.function_object(node, loc, first_line, given),
            Some(params) => {
                self.in_type_params(params, &node.name, loc, |compiler| {
                    compiler.function_object(node, loc, first_line, Given::default());
                    compiler.set_type_params(loc);
                });
                self.set_function_attributes(loc, given);
            }
        }
        self.apply_decorators(&node.decorator_list);
        self.forbid_debug(&node.name, node);
        self.store_name(&node.name, loc);
    }

    /// The function itself, with its annotations; `given` is on the stack.
    fn function_object(&mut self, node: &'a ast::StmtFunctionDef, loc: Loc, first_line: u32, mut given: Given) {
        given.annotations = self.annotations(loc, &node.parameters, node.returns.as_deref());
        self.enter(UnitKind::Function, &node.name, ScopeId::of(&node.node_index), first_line);
        let docstring = text::docstring(&node.body);
        let first = docstring.as_ref().map_or(Const::None, |text| Const::Str(text.as_str().into()));
        self.reserve_first_constant(first);
        self.count_parameters(&node.parameters);
        self.statements(&node.body[usize::from(docstring.is_some())..]);
        if self.scope().is_generator {
            self.guard_stop_iteration();
        }
        let code = self.finish_unit(true);
        self.make_closure(loc, code, given);
    }

    /// The location of a definition without its decorators.
    pub(super) fn definition_loc(&self, span: Span, decorators: &[ast::Decorator]) -> Loc {
        let Some(last) = decorators.last() else { return self.loc_of(span) };
        let start = text::skip_space_and_comments(&self.source.text, last.range.end().into());
        self.loc_of(Span::new(start, span.end))
    }

    pub(super) fn decorators(&mut self, decorators: &[ast::Decorator]) {
        decorators.iter().for_each(|decorator| self.expr(&decorator.expression));
    }

    pub(super) fn apply_decorators(&mut self, decorators: &[ast::Decorator]) {
        for decorator in decorators.iter().rev() {
            let loc = self.loc(&decorator.expression);
            self.op_arg(Op::Call, 0, loc);
        }
    }

    /// Pushes defaults and keyword defaults.
    pub(super) fn default_arguments(&mut self, loc: Loc, parameters: &ast::Parameters) -> Given {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let defaults: Vec<&Expr> = positional.filter_map(|parameter| parameter.default.as_deref()).collect();
        if !defaults.is_empty() {
            defaults.iter().for_each(|default| self.expr(default));
            self.op_arg(Op::BuildTuple, defaults.len() as u32, loc);
        }
        let mut keys = Vec::new();
        for parameter in &parameters.kwonlyargs {
            if let Some(default) = &parameter.default {
                keys.push(Const::Str(self.mangled(&parameter.parameter.name)));
                self.expr(default);
            }
        }
        let count = keys.len() as u32;
        if count > 0 {
            self.load_const(Const::Tuple(keys), loc);
            self.op_arg(Op::BuildConstKeyMap, count, loc);
        }
        Given { defaults: !defaults.is_empty(), keyword_defaults: count > 0, annotations: false }
    }

    /// Pushes the tuple of annotations; returns whether there are any.
    fn annotations(&mut self, loc: Loc, parameters: &ast::Parameters, returns: Option<&Expr>) -> bool {
        let mut annotated: Vec<(&str, &Expr)> = Vec::new();
        let groups = parameters.args.iter().chain(&parameters.posonlyargs).map(|parameter| &parameter.parameter);
        let keyword_only = parameters.kwonlyargs.iter().map(|parameter| &parameter.parameter);
        let all = groups.chain(parameters.vararg.as_deref()).chain(keyword_only).chain(parameters.kwarg.as_deref());
        for parameter in all {
            if let Some(annotation) = &parameter.annotation {
                annotated.push((&parameter.name, annotation));
            }
        }
        annotated.extend(returns.map(|returns| ("return", returns)));
        for (name, annotation) in &annotated {
            let name = self.mangled(name);
            self.load_str(name, loc);
            self.annotation(annotation);
        }
        if !annotated.is_empty() {
            self.op_arg(Op::BuildTuple, annotated.len() as u32 * 2, loc);
        }
        !annotated.is_empty()
    }

    /// Pushes an annotation: its value, or its text under `from __future__ import annotations`.
    pub(super) fn annotation(&mut self, annotation: &Expr) {
        let loc = self.loc(annotation);
        if self.future_annotations {
            let source = super::super::unparse::unparse(annotation);
            return self.load_str(source, loc);
        }
        if let Expr::Starred(starred) = annotation {
            self.expr(&starred.value);
            return self.op_arg(Op::UnpackSequence, 1, loc);
        }
        self.expr(annotation);
    }

    /// Notes the parameters in the innermost unit.
    pub(super) fn count_parameters(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters {
            self.forbid_debug(parameter.name(), &parameter.range());
        }
        let unit = self.unit();
        unit.posonly_count = parameters.posonlyargs.len() as u32;
        unit.argcount = unit.posonly_count + parameters.args.len() as u32;
        unit.kwonly_count = parameters.kwonlyargs.len() as u32;
        unit.has_varargs = parameters.vararg.is_some();
        unit.has_varkeywords = parameters.kwarg.is_some();
    }

    /// Makes a function of finished code.
    pub(super) fn make_closure(&mut self, loc: Loc, code: Arc<Code>, given: Given) {
        let has_closure = !code.freevars.is_empty();
        if has_closure {
            for name in &code.freevars {
                let index = self.closure_index(name);
                self.unit().sequence.push_pseudo(FlowOp::LoadClosure, index, loc, Origin::LoadClosure);
            }
            self.op_arg(Op::BuildTuple, code.freevars.len() as u32, loc);
        }
        self.load_const(Const::Code(code), loc);
        self.op(Op::MakeFunction, loc);
        if has_closure {
            self.op_arg(Op::SetFunctionAttribute, 8, loc);
        }
        self.set_function_attributes(loc, given);
    }

    /// Gives a function what is on the stack below it.
    fn set_function_attributes(&mut self, loc: Loc, given: Given) {
        let attributes = [(given.annotations, 4), (given.keyword_defaults, 2), (given.defaults, 1)];
        for (_, attribute) in attributes.iter().filter(|row| row.0) {
            self.op_arg(Op::SetFunctionAttribute, *attribute, loc);
        }
    }

    /// The cell that a nested function's free variable refers to.
    fn closure_index(&mut self, name: &str) -> u32 {
        let unit = self.unit_ref();
        if unit.kind == UnitKind::Class && matches!(name, "__class__" | "__classdict__") {
            return unit.cellvars.get(name).unwrap_or(0);
        }
        let is_cell = self.scope().resolution(name) == Resolution::Cell;
        let cell = unit.cellvars.get(name).filter(|_| is_cell);
        cell.or_else(|| unit.freevars.get(name).map(|index| index + unit.cellvars.len() as u32)).unwrap_or(0)
    }
}
