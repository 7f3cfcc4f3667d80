//! Operators, comparisons, attributes and subscripts.

use super::super::flow::{FlowOp, Loc};
use super::Compiler;
use crate::code::{BinaryOperator, Comparison, Intrinsic1, Op, Origin};

use ruff_python_ast::{self as ast, CmpOp, Expr, ExprContext, Operator, UnaryOp};
use ruff_text_size::Ranged;

/// The instruction operand of a binary operator.
pub(super) fn binary_operator(operator: Operator) -> BinaryOperator {
    match operator {
        Operator::Add => BinaryOperator::Add,
        Operator::Sub => BinaryOperator::Subtract,
        Operator::Mult => BinaryOperator::Multiply,
        Operator::MatMult => BinaryOperator::MatrixMultiply,
        Operator::Div => BinaryOperator::TrueDivide,
        Operator::Mod => BinaryOperator::Remainder,
        Operator::Pow => BinaryOperator::Power,
        Operator::LShift => BinaryOperator::Lshift,
        Operator::RShift => BinaryOperator::Rshift,
        Operator::BitOr => BinaryOperator::Or,
        Operator::BitXor => BinaryOperator::Xor,
        Operator::BitAnd => BinaryOperator::And,
        Operator::FloorDiv => BinaryOperator::FloorDivide,
    }
}

impl Compiler<'_> {
    pub(super) fn binary(&mut self, node: &ast::ExprBinOp, loc: Loc) {
        if self.percent_format(node, loc) {
            return;
        }
        self.expr(&node.left);
        self.expr(&node.right);
        self.op_arg(Op::BinaryOp, binary_operator(node.op) as u32, loc);
    }

    pub(super) fn unary(&mut self, node: &ast::ExprUnaryOp, loc: Loc) {
        if let Some((comparison, op)) = self.negated_test(node) {
            self.expr(&comparison.left);
            self.last_comparator(comparison);
            let loc = self.loc(comparison);
            return self.comparison(op, loc);
        }
        self.expr(&node.operand);
        match node.op {
            UnaryOp::Invert => self.op(Op::UnaryInvert, loc),
            UnaryOp::UAdd => self.op_arg(Op::CallIntrinsic1, Intrinsic1::UnaryPositive as u32, loc),
            UnaryOp::USub => self.op(Op::UnaryNegative, loc),
            UnaryOp::Not => {
                self.op(Op::ToBool, loc);
                self.op(Op::UnaryNot, loc);
            }
        }
    }

    /// `not a is b`, `not a in b` and their negations are single comparisons: the comparison and its operator.
    pub(super) fn negated_test<'e>(&self, node: &'e ast::ExprUnaryOp) -> Option<(&'e ast::ExprCompare, CmpOp)> {
        let Expr::Compare(comparison) = &*node.operand else { return None };
        if node.op != UnaryOp::Not || comparison.ops.len() != 1 {
            return None;
        }
        let op = match comparison.ops[0] {
            CmpOp::Is => CmpOp::IsNot,
            CmpOp::IsNot => CmpOp::Is,
            CmpOp::In => CmpOp::NotIn,
            CmpOp::NotIn => CmpOp::In,
            _ => return None,
        };
        Some((comparison, op))
    }

    /// Emits one comparison of the two top items.
    pub(super) fn comparison(&mut self, op: CmpOp, loc: Loc) {
        let rich = match op {
            CmpOp::Is => return self.op_arg(Op::IsOp, 0, loc),
            CmpOp::IsNot => return self.op_arg(Op::IsOp, 1, loc),
            CmpOp::In => return self.op_arg(Op::ContainsOp, 0, loc),
            CmpOp::NotIn => return self.op_arg(Op::ContainsOp, 1, loc),
            CmpOp::Eq => Comparison::Equal,
            CmpOp::NotEq => Comparison::NotEqual,
            CmpOp::Lt => Comparison::Less,
            CmpOp::LtE => Comparison::LessEqual,
            CmpOp::Gt => Comparison::Greater,
            CmpOp::GtE => Comparison::GreaterEqual,
        };
        self.op_arg(Op::CompareOp, rich.operand(), loc);
    }

    /// Pushes the last operand of a comparison; a display tested with `in` becomes a constant where possible.
    pub(super) fn last_comparator(&mut self, node: &ast::ExprCompare) {
        let (Some(op), Some(last)) = (node.ops.last(), node.comparators.last()) else { return };
        match op {
            CmpOp::In | CmpOp::NotIn => self.iterated(last),
            _ => self.expr(last),
        }
    }

    pub(super) fn compare(&mut self, node: &ast::ExprCompare, loc: Loc) {
        self.check_comparison(node);
        self.expr(&node.left);
        let last = node.ops.len() - 1;
        if last == 0 {
            self.last_comparator(node);
            return self.comparison(node.ops[0], loc);
        }
        let cleanup = self.label();
        for (op, right) in node.ops[..last].iter().zip(&node.comparators) {
            self.expr(right);
            self.op_arg(Op::Swap, 2, loc);
            self.op_arg(Op::Copy, 2, loc);
            self.comparison(*op, loc);
            self.op_arg(Op::Copy, 1, loc);
            self.op_from(Op::ToBool, 0, loc, Origin::BoolTest);
            self.jump_from(FlowOp::Real(Op::PopJumpIfFalse), cleanup, loc, Origin::ValueTest);
            self.op(Op::PopTop, loc);
        }
        self.last_comparator(node);
        self.comparison(node.ops[last], loc);
        let end = self.label();
        self.jump(FlowOp::JumpNoInterrupt, end, Loc::NONE);
        self.place(cleanup);
        self.op_arg(Op::Swap, 2, loc);
        self.op(Op::PopTop, loc);
        self.place(end);
    }

    pub(super) fn attribute(&mut self, node: &ast::ExprAttribute) {
        if node.ctx == ExprContext::Load
            && let Some(call) = self.super_call(node)
        {
            self.super_arguments(call);
            let bits = if call.arguments.args.is_empty() { 0 } else { 2 };
            let index = self.name_index(&node.attr) << 2;
            let loc = self.attribute_loc(self.loc(node), node);
            return self.op_arg(Op::LoadSuperAttr, index | bits, loc);
        }
        self.expr(&node.value);
        let loc = self.attribute_loc(self.loc(node), node);
        match node.ctx {
            ExprContext::Load | ExprContext::Invalid => {
                let index = self.name_index(&node.attr) << 1;
                self.op_arg(Op::LoadAttr, index, loc);
            }
            ExprContext::Store => {
                self.forbid_debug(&node.attr, node);
                self.note_static_attribute(node);
                self.op_name(Op::StoreAttr, &node.attr, loc);
            }
            ExprContext::Del => self.op_name(Op::DeleteAttr, &node.attr, loc),
        }
    }

    /// `__debug__` cannot be bound.
    pub(super) fn forbid_debug(&mut self, name: &str, node: &impl Ranged) {
        if name == "__debug__" {
            self.syntax_error(node, "cannot assign to __debug__");
        }
    }

    /// Where an attribute's instruction points: if the attribute stands on another line than the start of the
    /// expression, at the attribute's name.
    pub(super) fn attribute_loc(&self, loc: Loc, node: &ast::ExprAttribute) -> Loc {
        let end = u32::from(node.range.end());
        let line = self.source.line(end);
        if loc.line == line {
            return loc;
        }
        let start = u32::from(node.attr.range.start());
        Loc { line, span: crate::source::Span::new(start, loc.span.end.max(start)) }
    }

    pub(super) fn subscript(&mut self, node: &ast::ExprSubscript, loc: Loc) {
        if node.ctx == ExprContext::Load {
            self.check_subscript(node);
        }
        self.expr(&node.value);
        if let Expr::Slice(slice) = &*node.slice
            && slice.step.is_none()
            && node.ctx != ExprContext::Del
        {
            self.slice_parts(slice);
            let store = node.ctx == ExprContext::Store;
            return self.op(if store { Op::StoreSlice } else { Op::BinarySlice }, loc);
        }
        self.expr(&node.slice);
        match node.ctx {
            ExprContext::Load | ExprContext::Invalid => self.op(Op::BinarySubscr, loc),
            ExprContext::Store => self.op(Op::StoreSubscr, loc),
            ExprContext::Del => self.op(Op::DeleteSubscr, loc),
        }
    }
}
