//! Code that is valid but surely not meant: what CPython's compiler reports as SyntaxWarning.

use super::super::messages;
use super::Compiler;
use crate::source::{Diagnostic, codes};

use ruff_python_ast::{self as ast, CmpOp, Expr};
use ruff_text_size::Ranged;

/// Whether an expression is a literal whose identity says nothing (not None, True, False, `...`).
fn is_plain_literal(expression: &Expr) -> bool {
    match expression {
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => true,
        Expr::Tuple(node) => node.elts.iter().all(is_literal),
        _ => false,
    }
}

fn is_literal(expression: &Expr) -> bool {
    is_plain_literal(expression)
        || matches!(expression, Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_))
}

/// The type of an expression that is never callable, or never subscriptable with what it is given.
fn display_type(expression: &Expr) -> Option<&'static str> {
    Some(match expression {
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp(_) => "list",
        Expr::Dict(_) | Expr::DictComp(_) => "dict",
        Expr::Set(_) | Expr::SetComp(_) => "set",
        Expr::Generator(_) => "generator",
        Expr::Lambda(_) => "function",
        Expr::FString(_) => "str",
        _ => return messages::literal_type(expression),
    })
}

impl Compiler<'_> {
    fn warn(&mut self, node: &impl Ranged, message: String) {
        let warning = Diagnostic::warning(codes::SUSPICIOUS, node.range().into(), message);
        self.warnings.push(warning);
    }

    /// `x is 1`.
    pub(super) fn check_comparison(&mut self, node: &ast::ExprCompare) {
        let mut left = &*node.left;
        for (op, right) in node.ops.iter().zip(&node.comparators) {
            if matches!(op, CmpOp::Is | CmpOp::IsNot) {
                let literal = [left, right].into_iter().find(|side| is_plain_literal(side));
                if let Some(kind) = literal.and_then(display_type) {
                    let (op, meant) = if *op == CmpOp::Is { ("is", "==") } else { ("is not", "!=") };
                    self.warn(node, format!("\"{op}\" with '{kind}' literal. Did you mean \"{meant}\"?"));
                    return;
                }
            }
            left = right;
        }
    }

    /// `"text"(…)`.
    pub(super) fn check_callee(&mut self, callee: &Expr) {
        if matches!(callee, Expr::Lambda(_)) {
            return;
        }
        if let Some(kind) = display_type(callee) {
            self.warn(callee, format!("'{kind}' object is not callable; perhaps you missed a comma?"));
        }
    }

    /// `1[0]`, `[1, 2]["x"]`.
    pub(super) fn check_subscript(&mut self, node: &ast::ExprSubscript) {
        match &*node.value {
            Expr::NoneLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::Set(_)
            | Expr::SetComp(_)
            | Expr::Generator(_)
            | Expr::Lambda(_) => {
                let kind = display_type(&node.value).unwrap_or("object");
                self.warn(&*node.value, format!("'{kind}' object is not subscriptable; perhaps you missed a comma?"));
            }
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::Tuple(_)
            | Expr::List(_)
            | Expr::ListComp(_)
            | Expr::FString(_) => {
                let Some(index) = display_type(&node.slice).filter(|kind| !matches!(*kind, "int" | "bool")) else {
                    return;
                };
                let kind = display_type(&node.value).unwrap_or("object");
                let message =
                    format!("{kind} indices must be integers or slices, not {index}; perhaps you missed a comma?");
                self.warn(&*node.value, message);
            }
            _ => {}
        }
    }

    /// `assert (condition, "message")`.
    pub(super) fn check_assertion(&mut self, node: &ast::StmtAssert) {
        if matches!(&*node.test, Expr::Tuple(tuple) if !tuple.elts.is_empty()) {
            self.warn(node, "assertion is always true, perhaps remove parentheses?".into());
        }
    }
}
