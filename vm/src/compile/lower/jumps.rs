//! Conditional jumps on expressions: `if`, `while`, `and`, `or`, `not`, chained comparisons.

use super::super::flow::{FlowOp, Label, Loc};
use super::Compiler;
use crate::code::{Op, Origin};

use ruff_python_ast::{self as ast, BoolOp, Expr, UnaryOp};

impl Compiler<'_> {
    /// Jumps to `target` if the truth value of the expression is `wanted`.
    pub(super) fn jump_if(&mut self, loc: Loc, expression: &Expr, target: Label, wanted: bool) {
        self.nested(|compiler| compiler.jump_if_inner(loc, expression, target, wanted));
    }

    fn jump_if_inner(&mut self, loc: Loc, expression: &Expr, target: Label, wanted: bool) {
        if self.fold(expression).is_none() {
            match expression {
                Expr::UnaryOp(node) if node.op == UnaryOp::Not && self.negated_test(node).is_none() => {
                    return self.jump_if(loc, &node.operand, target, !wanted);
                }
                Expr::BoolOp(node) => return self.jump_if_bool(loc, node, target, wanted),
                Expr::If(node) => return self.jump_if_conditional(loc, node, target, wanted),
                Expr::Compare(node) if node.ops.len() > 1 => return self.jump_if_chain(node, target, wanted),
                _ => {}
            }
        }
        self.expr(expression);
        let test = match expression {
            Expr::UnaryOp(node) if self.negated_test(node).is_some() => self.loc(&*node.operand),
            _ => self.loc(expression),
        };
        self.op_from(Op::ToBool, 0, test, Origin::BoolTest);
        self.jump(conditional(wanted), target, test);
    }

    fn jump_if_bool(&mut self, loc: Loc, node: &ast::ExprBoolOp, target: Label, wanted: bool) {
        let Some((last, others)) = node.values.split_last() else { return };
        let decides = node.op == BoolOp::Or;
        let early = if decides == wanted { target } else { self.label() };
        for value in others {
            self.jump_if(loc, value, early, decides);
        }
        self.jump_if(loc, last, target, wanted);
        if early != target {
            self.place(early);
        }
    }

    fn jump_if_conditional(&mut self, loc: Loc, node: &ast::ExprIf, target: Label, wanted: bool) {
        let (end, orelse) = (self.label(), self.label());
        self.jump_if(loc, &node.test, orelse, false);
        self.jump_if(loc, &node.body, target, wanted);
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(orelse);
        self.jump_if(loc, &node.orelse, target, wanted);
        self.place(end);
    }

    fn jump_if_chain(&mut self, node: &ast::ExprCompare, target: Label, wanted: bool) {
        self.check_comparison(node);
        let compare = self.loc(node);
        let cleanup = self.label();
        self.expr(&node.left);
        let last = node.ops.len() - 1;
        for (op, right) in node.ops[..last].iter().zip(&node.comparators) {
            self.expr(right);
            self.op_arg(Op::Swap, 2, compare);
            self.op_arg(Op::Copy, 2, compare);
            self.comparison(*op, compare);
            self.op_from(Op::ToBool, 0, compare, Origin::BoolTest);
            self.jump(FlowOp::Real(Op::PopJumpIfFalse), cleanup, compare);
        }
        self.last_comparator(node);
        self.comparison(node.ops[last], compare);
        self.op_from(Op::ToBool, 0, compare, Origin::BoolTest);
        self.jump(conditional(wanted), target, compare);
        let end = self.label();
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(cleanup);
        self.op(Op::PopTop, compare);
        if !wanted {
            self.jump(FlowOp::JumpNoInterrupt, target, Loc::NONE);
        }
        self.place(end);
    }
}

/// The jump that is taken on this truth value.
pub(super) fn conditional(wanted: bool) -> FlowOp {
    FlowOp::Real(if wanted { Op::PopJumpIfTrue } else { Op::PopJumpIfFalse })
}
