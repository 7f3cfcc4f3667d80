//! Type parameters and type aliases: `def f[T]`, `class C[T]`, `type X[T] = ...` (PEP 695, Python/compile.c).
//!
//! The block of the type parameters becomes a function that is called at once and returns the function, class or alias.

use super::super::flow::Loc;
use super::super::scope::{ScopeId, blocks_of};
use super::Compiler;
use super::unit::UnitKind;
use crate::code::{Intrinsic1, Intrinsic2, Op};

use ruff_python_ast::{self as ast, AtomicNodeIndex, Expr, TypeParam};
use ruff_text_size::TextRange;

/// The name under which the block of a class keeps the tuple of its type parameters.
pub(super) const TYPE_PARAMS: &str = ".type_params";
/// The name under which it keeps `Generic[...]`.
pub(super) const GENERIC_BASE: &str = ".generic_base";

impl<'a> Compiler<'a> {
    /// Calls the block of the type parameters of `name`; `inside` lowers what it returns, with the tuple of the type
    /// parameters on the stack.
    pub(super) fn in_type_params(
        &mut self,
        params: &'a ast::TypeParams,
        name: &str,
        loc: Loc,
        inside: impl FnOnce(&mut Self),
    ) {
        let shown = format!("<generic parameters of {name}>");
        self.enter(UnitKind::TypeParams, &shown, ScopeId::of(&params.node_index), loc.line);
        params.iter().for_each(|param| self.type_param(param));
        self.op_arg(Op::BuildTuple, params.len() as u32, loc);
        inside(self);
        let code = self.finish_unit(false);
        self.make_closure(loc, code, super::functions::Given::default());
        self.op(Op::PushNull, loc);
        self.op_arg(Op::Call, 0, loc);
    }

    /// Makes one type parameter, binds it, and leaves it on the stack.
    fn type_param(&mut self, param: &'a TypeParam) {
        let loc = self.loc(param);
        let name = param.name().as_str();
        let (bound_node, default_node) = blocks_of(param);
        self.load_str(name, loc);
        let default = match param {
            TypeParam::TypeVar(param) => {
                self.type_var(bound_node, name, param.bound.as_deref(), loc);
                &param.default
            }
            TypeParam::ParamSpec(param) => {
                self.op_arg(Op::CallIntrinsic1, Intrinsic1::ParamSpec as u32, loc);
                &param.default
            }
            TypeParam::TypeVarTuple(param) => {
                self.op_arg(Op::CallIntrinsic1, Intrinsic1::TypeVarTuple as u32, loc);
                &param.default
            }
        };
        if let Some(default) = default {
            self.evaluator(default_node, name, default, loc);
            self.op_arg(Op::CallIntrinsic2, Intrinsic2::SetTypeParamDefault as u32, loc);
        }
        self.op_arg(Op::Copy, 1, loc);
        self.store_name(name, loc);
    }

    fn type_var(&mut self, node: &AtomicNodeIndex, name: &str, bound: Option<&'a Expr>, loc: Loc) {
        let Some(bound) = bound else {
            return self.op_arg(Op::CallIntrinsic1, Intrinsic1::TypeVar as u32, loc);
        };
        self.evaluator(node, name, bound, loc);
        let which = match bound {
            Expr::Tuple(_) => Intrinsic2::TypeVarWithConstraints,
            _ => Intrinsic2::TypeVarWithBound,
        };
        self.op_arg(Op::CallIntrinsic2, which as u32, loc);
    }

    /// A function that evaluates an expression when it is called.
    fn evaluator(&mut self, node: &AtomicNodeIndex, name: &str, expression: &'a Expr, loc: Loc) {
        let line = self.loc(expression).line;
        self.enter(UnitKind::Function, name, ScopeId::of(node), line);
        match expression {
            Expr::Starred(starred) => {
                let loc = self.loc(expression);
                self.expr(&starred.value);
                self.op_arg(Op::UnpackSequence, 1, loc);
            }
            expression => self.expr(expression),
        }
        let code = self.finish_unit(false);
        self.make_closure(loc, code, super::functions::Given::default());
    }

    /// `type X[T] = value`
    pub(super) fn type_alias(&mut self, node: &'a ast::StmtTypeAlias) {
        let loc = self.loc(node);
        let Expr::Name(name) = &*node.name else { return };
        let id = name.id.as_str();
        match &node.type_params {
            None => {
                self.load_str(id, loc);
                self.load_none(loc);
                self.alias_of(node, id, loc);
            }
            Some(params) => self.in_type_params(params, id, loc, |compiler| {
                compiler.load_str(id, loc);
                compiler.op_arg(Op::Swap, 2, loc);
                compiler.alias_of(node, id, loc);
            }),
        }
        self.forbid_debug(id, node);
        self.store_name(id, loc);
    }

    /// Name and type parameters are on the stack.
    fn alias_of(&mut self, node: &'a ast::StmtTypeAlias, name: &str, loc: Loc) {
        self.evaluator(&node.node_index, name, &node.value, loc);
        self.op_arg(Op::BuildTuple, 3, loc);
        self.op_arg(Op::CallIntrinsic1, Intrinsic1::TypeAlias as u32, loc);
    }

    /// Keeps the type parameters on the stack, and `Generic[...]` of them, for the class that follows.
    pub(super) fn keep_type_params(&mut self, loc: Loc) {
        self.op_arg(Op::Copy, 1, loc);
        self.store_name(TYPE_PARAMS, loc);
        self.op_arg(Op::CallIntrinsic1, Intrinsic1::SubscriptGeneric as u32, loc);
        self.store_name(GENERIC_BASE, loc);
    }

    /// The arguments of a generic class with `Generic[...]` as its last base.
    pub(super) fn with_generic_base(arguments: Option<&ast::Arguments>) -> ast::Arguments {
        let mut all = arguments.cloned().unwrap_or_else(|| ast::Arguments {
            range: TextRange::default(),
            node_index: AtomicNodeIndex::NONE,
            args: Box::default(),
            keywords: Default::default(),
        });
        let base = Expr::Name(ast::ExprName {
            range: all.range,
            node_index: AtomicNodeIndex::NONE,
            id: GENERIC_BASE.into(),
            ctx: ast::ExprContext::Load,
        });
        all.args = all.args.into_iter().chain([base]).collect();
        all
    }

    /// `__type_params__` of a class, in its body.
    pub(super) fn class_type_params(&mut self, params: Option<&ast::TypeParams>, loc: Loc) {
        if params.is_some() {
            self.load_name(TYPE_PARAMS, loc);
            self.store_name("__type_params__", loc);
        }
    }

    /// Makes the class body's names visible to the blocks of type parameters in it.
    pub(super) fn keep_class_dict(&mut self) {
        if self.scope().needs_class_dict {
            self.op(Op::LoadLocals, Loc::NONE);
            let index = self.unit_ref().cellvars.get("__classdict__").unwrap_or(0);
            self.op_arg(Op::StoreDeref, index, Loc::NONE);
        }
    }

    /// A function whose type parameters are on the stack, below it, gets them.
    pub(super) fn set_type_params(&mut self, loc: Loc) {
        self.op_arg(Op::Swap, 2, loc);
        self.op_arg(Op::CallIntrinsic2, Intrinsic2::SetFunctionTypeParams as u32, loc);
    }
}
