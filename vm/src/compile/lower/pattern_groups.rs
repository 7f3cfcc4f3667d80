//! Patterns with parts: sequences, mappings, classes, alternatives.

use super::super::flow::{FlowOp, Loc};
use super::Compiler;
use super::patterns::{PatternState, is_star_wildcard, is_wildcard};
use crate::code::{BinaryOperator, Const, Op};

use ruff_python_ast::{self as ast, CmpOp, Pattern};
use ruff_text_size::Ranged;
use std::sync::Arc;

impl<'a> Compiler<'a> {
    pub(super) fn sequence_pattern(&mut self, node: &'a ast::PatternMatchSequence, state: &mut PatternState, loc: Loc) {
        let patterns = &node.patterns[..];
        let stars: Vec<usize> = (0..patterns.len()).filter(|&at| patterns[at].is_match_star()).collect();
        if let [_, second, ..] = stars[..] {
            return self.syntax_error(&patterns[second], "multiple starred names in sequence pattern");
        }
        let star = stars.first().copied();
        state.on_top += 1;
        self.op(Op::MatchSequence, loc);
        self.fail_if_false(state, loc);
        match star {
            None => self.test_length(patterns.len(), CmpOp::Eq, state, loc),
            Some(_) if patterns.len() > 1 => self.test_length(patterns.len() - 1, CmpOp::GtE, state, loc),
            Some(_) => {}
        }
        state.on_top -= 1;
        if patterns.iter().all(|pattern| is_wildcard(pattern) || is_star_wildcard(pattern)) {
            self.op(Op::PopTop, loc);
        } else if let Some(star) = star.filter(|&star| is_star_wildcard(&patterns[star])) {
            self.index_items(patterns, star, state, loc);
        } else {
            self.unpack_items(patterns, star, state, loc);
        }
    }

    fn test_length(&mut self, length: usize, op: CmpOp, state: &mut PatternState, loc: Loc) {
        self.op(Op::GetLen, loc);
        self.load_const(Const::Int(length as i64), loc);
        self.comparison(op, loc);
        self.fail_if_false(state, loc);
    }

    fn unpack_items(&mut self, patterns: &'a [Pattern], star: Option<usize>, state: &mut PatternState, loc: Loc) {
        match star {
            None => self.op_arg(Op::UnpackSequence, patterns.len() as u32, loc),
            Some(at) => {
                let after = patterns.len() - at - 1;
                if at >= 1 << 8 || after >= 1 << 23 {
                    self.syntax_error(&patterns[at], "too many expressions in star-unpacking sequence pattern");
                }
                self.op_arg(Op::UnpackEx, at as u32 + ((after as u32) << 8), loc);
            }
        }
        state.on_top += patterns.len();
        for pattern in patterns {
            state.on_top -= 1;
            self.subpattern(pattern, state);
        }
    }

    /// With `*_` only the items that matter are fetched.
    fn index_items(&mut self, patterns: &'a [Pattern], star: usize, state: &mut PatternState, loc: Loc) {
        state.on_top += 1;
        for (index, pattern) in patterns.iter().enumerate() {
            if index == star || is_wildcard(pattern) {
                continue;
            }
            self.op_arg(Op::Copy, 1, loc);
            if index < star {
                self.load_const(Const::Int(index as i64), loc);
            } else {
                self.op(Op::GetLen, loc);
                self.load_const(Const::Int((patterns.len() - index) as i64), loc);
                self.op_arg(Op::BinaryOp, BinaryOperator::Subtract as u32, loc);
            }
            self.op(Op::BinarySubscr, loc);
            self.subpattern(pattern, state);
        }
        state.on_top -= 1;
        self.op(Op::PopTop, loc);
    }

    /// Tests that the top item is not None.
    fn fail_if_none(&mut self, state: &mut PatternState, loc: Loc) {
        self.op_arg(Op::Copy, 1, loc);
        self.load_none(loc);
        self.comparison(CmpOp::IsNot, loc);
        self.fail_if_false(state, loc);
    }

    pub(super) fn class_pattern(&mut self, node: &'a ast::PatternMatchClass, state: &mut PatternState, loc: Loc) {
        let (positional, keywords) = (&node.arguments.patterns[..], &node.arguments.keywords[..]);
        for (index, keyword) in keywords.iter().enumerate() {
            if keywords[..index].iter().any(|earlier| earlier.attr.id == keyword.attr.id) {
                let message = format!("attribute name repeated in class pattern: {}", keyword.attr);
                self.syntax_error(keyword, message);
            }
        }
        self.expr(&node.cls);
        let names = keywords.iter().map(|keyword| Const::Str(keyword.attr.as_str().into())).collect();
        self.load_const(Const::Tuple(names), loc);
        self.op_arg(Op::MatchClass, positional.len() as u32, loc);
        state.on_top += 1;
        // The item itself is counted while it is tested.
        self.fail_if_none(state, loc);
        let all: Vec<&'a Pattern> = positional.iter().chain(keywords.iter().map(|keyword| &keyword.pattern)).collect();
        self.op_arg(Op::UnpackSequence, all.len() as u32, loc);
        state.on_top += all.len();
        state.on_top -= 1;
        for pattern in all {
            state.on_top -= 1;
            match is_wildcard(pattern) {
                true => self.op(Op::PopTop, loc),
                false => self.subpattern(pattern, state),
            }
        }
    }

    pub(super) fn mapping_pattern(&mut self, node: &'a ast::PatternMatchMapping, state: &mut PatternState, loc: Loc) {
        let size = node.keys.len();
        state.on_top += 1;
        self.op(Op::MatchMapping, loc);
        self.fail_if_false(state, loc);
        if size == 0 && node.rest.is_none() {
            state.on_top -= 1;
            return self.op(Op::PopTop, loc);
        }
        if size > 0 {
            self.test_length(size, CmpOp::GtE, state, loc);
        }
        self.mapping_keys(node);
        self.op_arg(Op::BuildTuple, size as u32, loc);
        self.op(Op::MatchKeys, loc);
        state.on_top += 2;
        self.fail_if_none(state, loc);
        self.op_arg(Op::UnpackSequence, size as u32, loc);
        state.on_top += size;
        state.on_top -= 1;
        for pattern in &node.patterns {
            state.on_top -= 1;
            self.subpattern(pattern, state);
        }
        state.on_top -= 2;
        match &node.rest {
            Some(rest) => self.mapping_rest(size, rest, state, loc),
            None => {
                self.op(Op::PopTop, loc);
                self.op(Op::PopTop, loc);
            }
        }
    }

    fn mapping_keys(&mut self, node: &ast::PatternMatchMapping) {
        let mut seen: Vec<Const> = Vec::new();
        for key in &node.keys {
            match self.fold(key) {
                Some(constant) if seen.contains(&constant) => {
                    let text = crate::code::const_repr::constant_repr(&constant);
                    self.syntax_error(&node.range(), format!("mapping pattern checks duplicate key ({text})"));
                }
                Some(constant) => seen.push(constant),
                None if !key.is_attribute_expr() => {
                    let message = "mapping pattern keys may only match literals and attribute lookups";
                    self.syntax_error(key, message);
                }
                None => {}
            }
            self.expr(key);
        }
    }

    /// `**rest`: a copy of the mapping without the keys.
    fn mapping_rest(&mut self, size: usize, rest: &ast::Identifier, state: &mut PatternState, loc: Loc) {
        self.op_arg(Op::BuildMap, 0, loc);
        self.op_arg(Op::Swap, 3, loc);
        self.op_arg(Op::DictUpdate, 2, loc);
        self.op_arg(Op::UnpackSequence, size as u32, loc);
        for remaining in (1..=size).rev() {
            self.op_arg(Op::Copy, 1 + remaining as u32, loc);
            self.op_arg(Op::Swap, 2, loc);
            self.op(Op::DeleteSubscr, loc);
        }
        self.capture(Some(rest), state, loc);
    }

    pub(super) fn or_pattern(&mut self, node: &'a ast::PatternMatchOr, state: &mut PatternState, loc: Loc) {
        let end = self.label();
        let mut control: Option<Vec<Arc<str>>> = None;
        let count = node.patterns.len();
        for (index, alternative) in node.patterns.iter().enumerate() {
            let at = self.loc(alternative);
            let mut inner = PatternState {
                allow_irrefutable: index + 1 == count && state.allow_irrefutable,
                ..PatternState::default()
            };
            self.op_arg(Op::Copy, 1, at);
            self.pattern(alternative, &mut inner);
            match &control {
                None => control = Some(std::mem::take(&mut inner.stores)),
                Some(control) => {
                    if !self.reorder_captures(control, &mut inner.stores, at) {
                        return self.syntax_error(&node.range(), "alternative patterns bind different names");
                    }
                }
            }
            self.jump(FlowOp::JumpNoInterrupt, end, at);
            self.place_fail_labels(&mut inner, at);
        }
        self.op(Op::PopTop, loc);
        self.fail_with(FlowOp::Jump, state, loc);
        self.place(end);
        let control = control.unwrap_or_default();
        let rotations = control.len() + 1 + state.on_top + state.stores.len();
        for name in control {
            self.rotate(rotations, loc);
            if state.stores.contains(&name) {
                self.syntax_error(&node.range(), format!("multiple assignments to name '{name}' in pattern"));
            }
            state.stores.push(name);
        }
        self.op(Op::PopTop, loc);
    }

    /// Brings the captured values into the order of the first alternative; false if the names differ.
    fn reorder_captures(&mut self, control: &[Arc<str>], stores: &mut Vec<Arc<str>>, loc: Loc) -> bool {
        if stores.len() != control.len() {
            return false;
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = stores.iter().position(|name| *name == control[wanted]) else { return false };
            if found == wanted {
                continue;
            }
            let rotated: Vec<Arc<str>> = stores.drain(..=found).collect();
            let at = wanted - found;
            let count = rotated.len();
            stores.splice(at..at, rotated);
            for _ in 0..count {
                self.rotate(wanted + 1, loc);
            }
        }
        true
    }
}
