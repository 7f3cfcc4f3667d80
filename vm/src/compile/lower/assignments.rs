//! Assignment statements: plain, augmented, annotated.

use super::super::flow::Loc;
use super::super::scope::ScopeKind;
use super::Compiler;
use super::operators::binary_operator;
use crate::code::{Const, Op};

use ruff_python_ast::{self as ast, Expr};

impl Compiler<'_> {
    pub(super) fn assign(&mut self, node: &ast::StmtAssign, loc: Loc) {
        self.expr(&node.value);
        for (index, target) in node.targets.iter().enumerate() {
            if index + 1 < node.targets.len() {
                self.op_arg(Op::Copy, 1, loc);
            }
            self.expr(target);
        }
    }

    pub(super) fn augmented_assign(&mut self, node: &ast::StmtAugAssign, statement: Loc) {
        let target = self.loc(&*node.target);
        match &*node.target {
            Expr::Attribute(attribute) => self.augmented_attribute(node, attribute, statement),
            Expr::Subscript(subscript) => self.augmented_subscript(node, subscript, statement),
            Expr::Name(name) => {
                self.load_name(&name.id, target);
                self.augment(node, statement);
                self.store_name(&name.id, target);
            }
            other => {
                let kind = super::super::messages::expression_kind(other);
                self.syntax_error(other, format!("'{kind}' is an illegal expression for augmented assignment"));
            }
        }
    }

    /// The operand and the operator.
    fn augment(&mut self, node: &ast::StmtAugAssign, loc: Loc) {
        self.expr(&node.value);
        self.op_arg(Op::BinaryOp, binary_operator(node.op).in_place() as u32, loc);
    }

    fn augmented_attribute(&mut self, node: &ast::StmtAugAssign, attribute: &ast::ExprAttribute, statement: Loc) {
        let target = self.loc(attribute);
        self.expr(&attribute.value);
        self.op_arg(Op::Copy, 1, target);
        let loc = self.attribute_loc(target, attribute);
        let index = self.name_index(&attribute.attr);
        self.op_arg(Op::LoadAttr, index << 1, loc);
        self.augment(node, statement);
        self.op_arg(Op::Swap, 2, loc);
        self.op_arg(Op::StoreAttr, index, loc);
    }

    fn augmented_subscript(&mut self, node: &ast::StmtAugAssign, subscript: &ast::ExprSubscript, statement: Loc) {
        let loc = self.loc(subscript);
        self.expr(&subscript.value);
        let slice = subscript.slice.as_slice_expr().filter(|slice| slice.step.is_none());
        let (depth, load, store) = match slice {
            Some(slice) => {
                self.slice_parts(slice);
                (3, Op::BinarySlice, Op::StoreSlice)
            }
            None => {
                self.expr(&subscript.slice);
                (2, Op::BinarySubscr, Op::StoreSubscr)
            }
        };
        for _ in 0..depth {
            self.op_arg(Op::Copy, depth, loc);
        }
        self.op(load, loc);
        self.augment(node, statement);
        for depth in (2..=depth + 1).rev() {
            self.op_arg(Op::Swap, depth, loc);
        }
        self.op(store, loc);
    }

    pub(super) fn annotated_assign(&mut self, node: &ast::StmtAnnAssign, loc: Loc) {
        if let Some(value) = &node.value {
            self.expr(value);
            self.expr(&node.target);
        }
        let stores = self.scope().kind != ScopeKind::Function;
        match &*node.target {
            Expr::Name(name) => {
                self.forbid_debug(&name.id, name);
                if node.simple && stores {
                    self.annotation(&node.annotation);
                    self.op_name(Op::LoadName, "__annotations__", loc);
                    let mangled = self.mangled(&name.id);
                    self.load_const(Const::Str(mangled), loc);
                    self.op(Op::StoreSubscr, loc);
                }
            }
            Expr::Attribute(attribute) => {
                self.forbid_debug(&attribute.attr, attribute);
                if node.value.is_none() {
                    self.evaluate(&attribute.value);
                }
            }
            Expr::Subscript(subscript) if node.value.is_none() => {
                self.evaluate(&subscript.value);
                self.evaluate_index(&subscript.slice);
            }
            _ => {}
        }
        if !self.future_annotations && !node.simple && stores {
            self.evaluate(&node.annotation);
        }
    }

    /// Evaluates an expression for its effects.
    fn evaluate(&mut self, expression: &Expr) {
        self.expr(expression);
        let loc = self.loc(expression);
        self.op(Op::PopTop, loc);
    }

    /// Evaluates the parts of an index for their effects.
    fn evaluate_index(&mut self, index: &Expr) {
        match index {
            Expr::Slice(slice) => {
                let parts = [&slice.lower, &slice.upper, &slice.step];
                parts.into_iter().flatten().for_each(|part| self.evaluate(part));
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| self.evaluate_index(element)),
            _ => self.evaluate(index),
        }
    }
}
