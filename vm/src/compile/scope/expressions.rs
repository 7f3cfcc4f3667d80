//! First pass over expressions, parameters and comprehensions.

use super::build::Builder;
use super::{ComprehensionKind, Facts, ScopeKind};
use crate::source::Span;

use ruff_python_ast::helpers::any_over_expr;
use ruff_python_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext, FStringPart, InterpolatedStringElement};
use ruff_text_size::Ranged;

/// A comprehension of any kind, taken apart. `first` is the element or the key.
struct Parts<'a> {
    kind: ComprehensionKind,
    node: &'a AtomicNodeIndex,
    generators: &'a [ast::Comprehension],
    first: Option<&'a Expr>,
    value: Option<&'a Expr>,
}

impl Builder<'_> {
    pub fn expressions(&mut self, expressions: &[Expr]) {
        expressions.iter().for_each(|expression| self.expression(expression));
    }

    pub fn optional(&mut self, expression: Option<&Expr>) {
        if let Some(expression) = expression {
            self.expression(expression);
        }
    }

    pub fn expression(&mut self, expression: &Expr) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expression_inner(expression));
    }

    fn expression_inner(&mut self, expression: &Expr) {
        match expression {
            Expr::BoolOp(node) => self.expressions(&node.values),
            Expr::Named(node) => self.named(node),
            Expr::BinOp(node) => {
                self.expression(&node.left);
                self.expression(&node.right);
            }
            Expr::UnaryOp(node) => self.expression(&node.operand),
            Expr::Lambda(node) => {
                if let Some(parameters) = &node.parameters {
                    self.defaults(parameters);
                }
                self.in_scope(ScopeKind::Function, &node.node_index, |builder| {
                    if let Some(parameters) = &node.parameters {
                        builder.parameters(parameters);
                    }
                    builder.expression(&node.body);
                });
            }
            Expr::If(node) => {
                self.expression(&node.test);
                self.expression(&node.body);
                self.expression(&node.orelse);
            }
            Expr::Dict(node) => {
                node.items.iter().for_each(|item| self.optional(item.key.as_ref()));
                node.items.iter().for_each(|item| self.expression(&item.value));
            }
            Expr::Set(node) => self.expressions(&node.elts),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.comprehension_expression(expression);
            }
            Expr::Await(node) => self.expression(&node.value),
            Expr::Yield(node) => {
                self.optional(node.value.as_deref());
                self.yields(node.range.into());
            }
            Expr::YieldFrom(node) => {
                self.expression(&node.value);
                self.yields(node.range.into());
            }
            Expr::Compare(node) => {
                self.expression(&node.left);
                self.expressions(&node.comparators);
            }
            Expr::Call(node) => {
                self.expression(&node.func);
                self.expressions(&node.arguments.args);
                node.arguments.keywords.iter().for_each(|keyword| self.expression(&keyword.value));
            }
            Expr::FString(node) => {
                for part in &node.value {
                    match part {
                        FStringPart::Literal(part) => self.check_string(part.range.into(), &part.value),
                        FStringPart::FString(part) => self.elements(&part.elements),
                    }
                }
            }
            Expr::Attribute(node) => self.expression(&node.value),
            Expr::Subscript(node) => {
                self.expression(&node.value);
                self.expression(&node.slice);
            }
            Expr::Starred(node) => self.expression(&node.value),
            Expr::Name(node) => self.name(node),
            Expr::List(node) => self.expressions(&node.elts),
            Expr::Tuple(node) => self.expressions(&node.elts),
            Expr::Slice(node) => {
                self.optional(node.lower.as_deref());
                self.optional(node.upper.as_deref());
                self.optional(node.step.as_deref());
            }
            Expr::StringLiteral(node) => {
                node.value.iter().for_each(|part| self.check_string(part.range.into(), &part.value));
            }
            Expr::TString(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => {}
        }
    }

    /// An annotation. Under `from __future__ import annotations` it is text: its names mean nothing.
    pub fn annotation(&mut self, annotation: &Expr) {
        if !self.future_annotations {
            return self.expression(annotation);
        }
        self.forbid_yields(annotation, "an annotation");
    }

    /// What is evaluated in a place of its own, such as `an annotation`, cannot yield nor bind names.
    pub fn forbid_yields(&mut self, expression: &Expr, place: &str) {
        let mut found: Option<(Span, &str)> = None;
        any_over_expr(expression, |inner| {
            let kind = match inner {
                Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
                Expr::Named(_) => "named expression",
                Expr::Await(_) => "await expression",
                _ => return false,
            };
            found = Some((inner.range().into(), kind));
            true
        });
        if let Some((span, kind)) = found {
            self.error(span, format!("{kind} cannot be used within {place}"));
        }
    }

    fn elements(&mut self, elements: &[InterpolatedStringElement]) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(element) => self.check_string(element.range.into(), &element.value),
                InterpolatedStringElement::Interpolation(element) => {
                    self.expression(&element.expression);
                    if let Some(spec) = &element.format_spec {
                        self.elements(&spec.elements);
                    }
                }
            }
        }
    }

    fn name(&mut self, node: &ast::ExprName) {
        let span = node.range.into();
        match node.ctx {
            ExprContext::Load => self.define(&node.id, Facts::USED, span),
            ExprContext::Store | ExprContext::Del | ExprContext::Invalid => self.define(&node.id, Facts::LOCAL, span),
        }
        if node.ctx == ExprContext::Load && node.id == "super" && self.current().is_function() {
            self.define("__class__", Facts::USED, span);
        }
    }

    fn named(&mut self, node: &ast::ExprNamed) {
        if let Expr::Name(target) = &*node.target {
            if self.current().iterable_depth > 0 {
                let message = "assignment expression cannot be used in a comprehension iterable expression";
                self.error(node.range.into(), message.into());
            } else if self.comprehension().is_some() {
                self.bind_outside_comprehension(&target.id, node.range.into());
            }
        }
        self.expression(&node.value);
        self.expression(&node.target);
    }

    /// `:=` in a comprehension binds in the function or module around it.
    fn bind_outside_comprehension(&mut self, name: &str, span: Span) {
        for id in self.stack.clone().into_iter().rev() {
            let mangled = self.mangled(name);
            let scope = self.scopes.get(id);
            let known = scope.facts(&mangled);
            if scope.comprehension.is_some() {
                if known.has(Facts::ITERATION_TARGET) && known.has(Facts::LOCAL) {
                    let message =
                        format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                    return self.error(span, message);
                }
                continue;
            }
            let (here, there) = match scope.kind {
                ScopeKind::Function if known.has(Facts::GLOBAL) => (Facts::GLOBAL, Facts::LOCAL),
                ScopeKind::Function => (Facts::NONLOCAL, Facts::LOCAL),
                ScopeKind::Module => (Facts::GLOBAL, Facts::GLOBAL),
                ScopeKind::Class => {
                    let message = "assignment expression within a comprehension cannot be used in a class body";
                    return self.error(span, message.into());
                }
            };
            self.define(name, here, span);
            self.record_directive(name, span);
            return self.define_in(id, name, there, span);
        }
    }

    /// `yield` and `yield from`.
    fn yields(&mut self, span: Span) {
        let scope = self.current();
        scope.is_generator = true;
        let place = match scope.comprehension {
            None => return,
            Some(ComprehensionKind::List) => "list comprehension",
            Some(ComprehensionKind::Set) => "set comprehension",
            Some(ComprehensionKind::Dict) => "dict comprehension",
            Some(ComprehensionKind::Generator) => "generator expression",
        };
        self.error(span, format!("'yield' inside {place}"));
    }

    /// Default values, evaluated outside the function.
    pub fn defaults(&mut self, parameters: &ast::Parameters) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        for parameter in positional.chain(&parameters.kwonlyargs) {
            self.optional(parameter.default.as_deref());
        }
    }

    /// The names of parameters, inside the function.
    pub fn parameters(&mut self, parameters: &ast::Parameters) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let named = positional.chain(&parameters.kwonlyargs).map(|parameter| &parameter.parameter);
        let all = named.chain(parameters.vararg.as_deref()).chain(parameters.kwarg.as_deref());
        for parameter in all {
            self.define(&parameter.name, Facts::PARAMETER, parameter.range.into());
        }
    }

    fn comprehension_expression(&mut self, expression: &Expr) {
        use ComprehensionKind::{Dict, Generator, List, Set};
        let parts = match expression {
            Expr::ListComp(n) => {
                Parts { kind: List, node: &n.node_index, generators: &n.generators, first: Some(&n.elt), value: None }
            }
            Expr::SetComp(n) => {
                Parts { kind: Set, node: &n.node_index, generators: &n.generators, first: Some(&n.elt), value: None }
            }
            Expr::Generator(n) => Parts {
                kind: Generator,
                node: &n.node_index,
                generators: &n.generators,
                first: Some(&n.elt),
                value: None,
            },
            Expr::DictComp(n) => Parts {
                kind: Dict,
                node: &n.node_index,
                generators: &n.generators,
                first: n.key.as_deref(),
                value: Some(&n.value),
            },
            _ => return,
        };
        self.comprehension_parts(&parts);
    }

    fn comprehension_parts(&mut self, parts: &Parts<'_>) {
        let Some((outermost, inner)) = parts.generators.split_first() else { return };
        self.iterable(&outermost.iter);
        self.in_scope(ScopeKind::Function, parts.node, |builder| {
            let scope = builder.current();
            scope.comprehension = Some(parts.kind);
            builder.define(".0", Facts::PARAMETER, outermost.iter.range().into());
            builder.iteration_target(&outermost.target);
            builder.expressions(&outermost.ifs);
            for generator in inner {
                builder.iteration_target(&generator.target);
                builder.iterable(&generator.iter);
                builder.expressions(&generator.ifs);
            }
            builder.optional(parts.value);
            builder.optional(parts.first);
            builder.current().is_generator = parts.kind == ComprehensionKind::Generator;
        });
    }

    fn iterable(&mut self, expression: &Expr) {
        self.current().iterable_depth += 1;
        self.expression(expression);
        self.current().iterable_depth -= 1;
    }

    fn iteration_target(&mut self, target: &Expr) {
        self.current().in_iteration_target = true;
        self.expression(target);
        self.current().in_iteration_target = false;
    }
}
