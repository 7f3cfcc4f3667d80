//! `match` statements: cases, and the patterns without parts.
//!
//! A pattern consumes the subject on top of the stack. Captured values gather below the items still needed and are bound
//! only when the whole pattern has matched. A failing test jumps to a label that pops what lies on the stack there.

use super::super::flow::{FlowOp, Label, Loc};
use super::Compiler;
use super::jumps::conditional;
use crate::code::{Const, Op, Origin};

use ruff_python_ast::{self as ast, CmpOp, Expr, Pattern, Singleton};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// State while one case's pattern is lowered.
#[derive(Default)]
pub(super) struct PatternState {
    /// Captured names; their values lie on the stack in this order, the last one lowest.
    pub stores: Vec<Arc<str>>,
    /// A pattern that always matches may stand here.
    pub allow_irrefutable: bool,
    /// Label `n` pops `n` items and fails.
    pub fail_pop: Vec<Label>,
    /// Items above the captured values that are still needed.
    pub on_top: usize,
}

/// `_`.
pub(super) fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchAs(node) if node.pattern.is_none() && node.name.is_none())
}

/// `*_`.
pub(super) fn is_star_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::MatchStar(node) if node.name.is_none())
}

impl<'a> Compiler<'a> {
    pub(super) fn match_statement(&mut self, node: &'a ast::StmtMatch) {
        self.expr(&node.subject);
        let end = self.label();
        let count = node.cases.len();
        let has_default = count > 1 && node.cases.last().is_some_and(|case| is_wildcard(&case.pattern));
        let tested = count - usize::from(has_default);
        for (index, case) in node.cases[..tested].iter().enumerate() {
            let is_last_test = index + 1 == tested;
            self.case(case, is_last_test, index + 1 == count, end);
        }
        if let Some(case) = node.cases.last().filter(|_| has_default) {
            let loc = self.loc(&case.pattern);
            self.op(Op::Nop, loc);
            if let Some(guard) = &case.guard {
                self.jump_if(loc, guard, end, false);
            }
            self.statements(&case.body);
        }
        self.place(end);
    }

    fn case(&mut self, case: &'a ast::MatchCase, consumes: bool, is_last: bool, end: Label) {
        let loc = self.loc(&case.pattern);
        if !consumes {
            self.op_arg(Op::Copy, 1, loc);
        }
        let mut state = PatternState { allow_irrefutable: case.guard.is_some() || is_last, ..PatternState::default() };
        self.pattern(&case.pattern, &mut state);
        for name in std::mem::take(&mut state.stores) {
            self.store_name(&name, loc);
        }
        if let Some(guard) = &case.guard {
            self.ensure_fail_labels(&mut state, 0);
            self.jump_if(loc, guard, state.fail_pop[0], false);
        }
        if !consumes {
            self.op(Op::PopTop, loc);
        }
        self.statements(&case.body);
        self.jump(FlowOp::Jump, end, Loc::NONE);
        self.place_fail_labels(&mut state, loc);
    }

    fn ensure_fail_labels(&mut self, state: &mut PatternState, pops: usize) {
        while state.fail_pop.len() <= pops {
            let label = self.label();
            state.fail_pop.push(label);
        }
    }

    /// Jumps to where the pattern fails, with this instruction.
    pub(super) fn fail_with(&mut self, op: FlowOp, state: &mut PatternState, loc: Loc) {
        let pops = state.on_top + state.stores.len();
        self.ensure_fail_labels(state, pops);
        self.jump(op, state.fail_pop[pops], loc);
    }

    /// Fails if the bool on top of the stack is False.
    pub(super) fn fail_if_false(&mut self, state: &mut PatternState, loc: Loc) {
        self.fail_with(conditional(false), state, loc);
    }

    /// Emits the pops behind the fail labels.
    pub(super) fn place_fail_labels(&mut self, state: &mut PatternState, loc: Loc) {
        for (pops, label) in std::mem::take(&mut state.fail_pop).into_iter().enumerate().rev() {
            self.place(label);
            if pops > 0 {
                self.op(Op::PopTop, loc);
            }
        }
    }

    /// Moves the top item below `count - 1` others.
    pub(super) fn rotate(&mut self, count: usize, loc: Loc) {
        for depth in (2..=count).rev() {
            self.op_arg(Op::Swap, depth as u32, loc);
        }
    }

    /// Captures the top item under a name, or drops it.
    pub(super) fn capture(&mut self, name: Option<&ast::Identifier>, state: &mut PatternState, loc: Loc) {
        let Some(name) = name else { return self.op(Op::PopTop, loc) };
        self.forbid_debug(name, name);
        if state.stores.iter().any(|known| **known == *name.as_str()) {
            return self.syntax_error(name, format!("multiple assignments to name '{name}' in pattern"));
        }
        self.rotate(state.on_top + state.stores.len() + 1, loc);
        state.stores.push(name.as_str().into());
    }

    /// A pattern in which one that always matches is allowed.
    pub(super) fn subpattern(&mut self, pattern: &'a Pattern, state: &mut PatternState) {
        let outer = std::mem::replace(&mut state.allow_irrefutable, true);
        self.pattern(pattern, state);
        state.allow_irrefutable = outer;
    }

    pub(super) fn pattern(&mut self, pattern: &'a Pattern, state: &mut PatternState) {
        self.nested(|compiler| compiler.pattern_inner(pattern, state));
    }

    fn pattern_inner(&mut self, pattern: &'a Pattern, state: &mut PatternState) {
        let loc = self.loc(pattern);
        match pattern {
            Pattern::MatchValue(node) => self.value_pattern(&node.value, state, loc),
            Pattern::MatchSingleton(node) => {
                let value = match node.value {
                    Singleton::None => Const::None,
                    Singleton::True => Const::Bool(true),
                    Singleton::False => Const::Bool(false),
                };
                self.load_const(value, loc);
                self.comparison(CmpOp::Is, loc);
                self.fail_if_false(state, loc);
            }
            Pattern::MatchSequence(node) => self.sequence_pattern(node, state, loc),
            Pattern::MatchMapping(node) => self.mapping_pattern(node, state, loc),
            Pattern::MatchClass(node) => self.class_pattern(node, state, loc),
            Pattern::MatchStar(node) => self.capture(node.name.as_ref(), state, loc),
            Pattern::MatchAs(node) => self.as_pattern(node, state, loc),
            Pattern::MatchOr(node) => self.or_pattern(node, state, loc),
        }
    }

    fn value_pattern(&mut self, value: &Expr, state: &mut PatternState, loc: Loc) {
        let is_fstring = matches!(value, Expr::FString(_) | Expr::TString(_));
        if is_fstring || (self.fold(value).is_none() && !value.is_attribute_expr() && !is_any_literal(value)) {
            self.syntax_error(value, "patterns may only match literals and attribute lookups");
        }
        self.expr(value);
        self.comparison(CmpOp::Eq, loc);
        self.op_from(Op::ToBool, 0, loc, Origin::BoolTest);
        self.fail_if_false(state, loc);
    }

    fn as_pattern(&mut self, node: &'a ast::PatternMatchAs, state: &mut PatternState, loc: Loc) {
        let Some(pattern) = &node.pattern else {
            if !state.allow_irrefutable {
                let message = match &node.name {
                    Some(name) => format!("name capture '{name}' makes remaining patterns unreachable"),
                    None => "wildcard makes remaining patterns unreachable".to_string(),
                };
                self.syntax_error(&node.range(), message);
            }
            return self.capture(node.name.as_ref(), state, loc);
        };
        state.on_top += 1;
        self.op_arg(Op::Copy, 1, loc);
        self.pattern(pattern, state);
        state.on_top -= 1;
        self.capture(node.name.as_ref(), state, loc);
    }
}

/// A literal, whether or not something is wrong with it (which is reported elsewhere).
fn is_any_literal(expression: &Expr) -> bool {
    matches!(expression, Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_))
}
