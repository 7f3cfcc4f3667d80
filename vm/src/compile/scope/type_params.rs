//! First pass over type parameters: `def f[T]`, `class C[T]`, `type X[T] = ...` (PEP 695, Python/symtable.c).
//!
//! Type parameters live in a block of their own around the function, class or alias. Bounds, defaults and the value of an
//! alias are evaluated when somebody asks for them, so each is a block too. In a class these blocks see the names of the
//! class body, through the cell `__classdict__`.

use super::build::Builder;
use super::{Facts, ScopeKind};

use ruff_python_ast::{self as ast, AtomicNodeIndex, Expr, TypeParam};
use ruff_text_size::Ranged;

impl Builder<'_> {
    /// Walks `walk` inside the block of the type parameters, if there are any.
    pub fn with_type_params(&mut self, params: Option<&ast::TypeParams>, walk: impl FnOnce(&mut Self)) {
        let Some(params) = params else { return walk(self) };
        self.annotation_scope(&params.node_index, |builder| {
            for param in params.iter() {
                builder.type_param(param);
            }
            walk(builder);
        });
    }

    /// A block whose code is a function without parameters.
    pub fn annotation_scope(&mut self, node: &AtomicNodeIndex, walk: impl FnOnce(&mut Self)) {
        let sees_class = self.current().kind == ScopeKind::Class || self.current().sees_class;
        self.in_scope(ScopeKind::Function, node, |builder| {
            builder.current().sees_class = sees_class;
            if sees_class {
                builder.define("__classdict__", Facts::USED, Default::default());
            }
            walk(builder);
        });
    }

    fn type_param(&mut self, param: &TypeParam) {
        let name = param.name();
        if self.lookup(name).has(Facts::LOCAL) {
            self.error(param.range().into(), format!("duplicate type parameter '{name}'"));
        }
        self.define(name, Facts::LOCAL, param.range().into());
        let (bound, default) = match param {
            TypeParam::TypeVar(param) => (param.bound.as_deref(), param.default.as_deref()),
            TypeParam::ParamSpec(param) => (None, param.default.as_deref()),
            TypeParam::TypeVarTuple(param) => (None, param.default.as_deref()),
        };
        let (bound_node, default_node) = blocks_of(param);
        let bound_place =
            if bound.is_some_and(Expr::is_tuple_expr) { "a TypeVar constraint" } else { "a TypeVar bound" };
        self.evaluator(bound_node, bound, bound_place);
        let default_place = match param {
            TypeParam::TypeVar(_) => "a TypeVar default",
            TypeParam::ParamSpec(_) => "a ParamSpec default",
            TypeParam::TypeVarTuple(_) => "a TypeVarTuple default",
        };
        self.evaluator(default_node, default, default_place);
    }

    fn evaluator(&mut self, node: &AtomicNodeIndex, expression: Option<&Expr>, place: &str) {
        if let Some(expression) = expression {
            self.forbid_yields(expression, place);
            self.annotation_scope(node, |builder| match expression {
                Expr::Starred(starred) => builder.expression(&starred.value),
                expression => builder.expression(expression),
            });
        }
    }
}

/// Where the numbers of a type parameter's blocks are kept: that of its bound, and that of its default.
pub(in crate::compile) fn blocks_of(param: &TypeParam) -> (&AtomicNodeIndex, &AtomicNodeIndex) {
    match param {
        TypeParam::TypeVar(param) => (&param.node_index, &param.name.node_index),
        TypeParam::ParamSpec(param) => (&param.node_index, &param.name.node_index),
        TypeParam::TypeVarTuple(param) => (&param.node_index, &param.name.node_index),
    }
}
