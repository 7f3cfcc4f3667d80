//! List, tuple, set and dict displays, and unpacking into targets.

use super::super::flow::Loc;
use super::super::fold;
use super::{Compiler, STACK_USE_MAX};
use crate::code::{Const, Intrinsic1, Op};
use crate::source::codes;

use ruff_python_ast::{self as ast, Expr, ExprContext};

/// How a sequence display is built.
#[derive(Clone, Copy)]
pub(super) struct Building {
    pub build: Op,
    pub add: Op,
    pub extend: Op,
    /// The list becomes a tuple at the end.
    pub tuple: bool,
}

pub(super) const LIST: Building =
    Building { build: Op::BuildList, add: Op::ListAppend, extend: Op::ListExtend, tuple: false };
pub(super) const TUPLE: Building = Building { tuple: true, ..LIST };
pub(super) const SET: Building = Building { build: Op::BuildSet, add: Op::SetAdd, extend: Op::SetUpdate, tuple: false };

impl Compiler<'_> {
    pub(super) fn list(&mut self, node: &ast::ExprList, loc: Loc) {
        match node.ctx {
            ExprContext::Store => self.unpack_targets(&node.elts, loc),
            ExprContext::Load => self.sequence(&node.elts, 0, LIST, loc),
            ExprContext::Del | ExprContext::Invalid => self.exprs(&node.elts),
        }
    }

    pub(super) fn tuple(&mut self, node: &ast::ExprTuple, loc: Loc) {
        match node.ctx {
            ExprContext::Store => self.unpack_targets(&node.elts, loc),
            ExprContext::Load => self.sequence(&node.elts, 0, TUPLE, loc),
            ExprContext::Del | ExprContext::Invalid => self.exprs(&node.elts),
        }
    }

    pub(super) fn set(&mut self, node: &ast::ExprSet, loc: Loc) {
        self.sequence(&node.elts, 0, SET, loc);
    }

    /// Builds a sequence from `pushed` items on the stack and the elements.
    pub(super) fn sequence(&mut self, elements: &[Expr], pushed: u32, how: Building, loc: Loc) {
        if elements.len() > 2
            && let Some(items) = self.fold_all(elements)
        {
            return self.constant_sequence(items, pushed, how, loc);
        }
        let count = elements.len() as u32 + pushed;
        let is_big = count as usize > STACK_USE_MAX;
        if !is_big && !elements.iter().any(Expr::is_starred_expr) {
            self.exprs(elements);
            return self.op_arg(if how.tuple { Op::BuildTuple } else { how.build }, count, loc);
        }
        let mut is_built = is_big;
        if is_big {
            self.op_arg(how.build, pushed, loc);
        }
        for (index, element) in elements.iter().enumerate() {
            if let Expr::Starred(starred) = element {
                if !is_built {
                    self.op_arg(how.build, index as u32 + pushed, loc);
                    is_built = true;
                }
                self.expr(&starred.value);
                self.op_arg(how.extend, 1, loc);
            } else {
                self.expr(element);
                if is_built {
                    self.op_arg(how.add, 1, loc);
                }
            }
        }
        if how.tuple {
            self.op_arg(Op::CallIntrinsic1, Intrinsic1::ListToTuple as u32, loc);
        }
    }

    fn constant_sequence(&mut self, items: Vec<Const>, pushed: u32, how: Building, loc: Loc) {
        if how.tuple && pushed == 0 {
            return self.load_const(Const::Tuple(items), loc);
        }
        let is_set = how.build == Op::BuildSet;
        self.op_arg(how.build, pushed, loc);
        self.load_const(if is_set { fold::frozen_set(items) } else { Const::Tuple(items) }, loc);
        self.op_arg(how.extend, 1, loc);
        if how.tuple {
            self.op_arg(Op::CallIntrinsic1, Intrinsic1::ListToTuple as u32, loc);
        }
    }

    /// Pushes an expression that is only iterated over or tested with `in`: a list becomes a tuple, a set a frozen set.
    pub(super) fn iterated(&mut self, expression: &Expr) {
        let loc = self.loc(expression);
        match expression {
            Expr::List(node) if !node.elts.iter().any(Expr::is_starred_expr) => match self.fold_all(&node.elts) {
                Some(items) => self.load_const(Const::Tuple(items), loc),
                None => self.sequence(&node.elts, 0, TUPLE, loc),
            },
            Expr::Set(node) => match self.fold_all(&node.elts) {
                Some(items) => self.load_const(fold::frozen_set(items), loc),
                None => self.expr(expression),
            },
            _ => self.expr(expression),
        }
    }

    /// Unpacks the value on the stack into targets.
    fn unpack_targets(&mut self, targets: &[Expr], loc: Loc) {
        let starred: Vec<usize> =
            targets.iter().enumerate().filter(|(_, target)| target.is_starred_expr()).map(|(at, _)| at).collect();
        match starred[..] {
            [] => self.op_arg(Op::UnpackSequence, targets.len() as u32, loc),
            [at] => {
                let after = targets.len() - at - 1;
                if at >= 1 << 8 || after >= 1 << 23 {
                    self.error(codes::SYNTAX, &targets[at], "too many expressions in star-unpacking assignment");
                }
                self.op_arg(Op::UnpackEx, at as u32 + ((after as u32) << 8), loc);
            }
            [_, second, ..] => self.syntax_error(&targets[second], "multiple starred expressions in assignment"),
        }
        for target in targets {
            match target {
                Expr::Starred(starred) => self.expr(&starred.value),
                _ => self.expr(target),
            }
        }
    }

    pub(super) fn dict(&mut self, node: &ast::ExprDict, loc: Loc) {
        let mut has_dict = false;
        let mut start = 0;
        for (index, item) in node.items.iter().enumerate() {
            if item.key.is_none() {
                if start < index {
                    self.dict_part(&node.items[start..index], loc, has_dict);
                    has_dict = true;
                }
                if !has_dict {
                    self.op_arg(Op::BuildMap, 0, loc);
                    has_dict = true;
                }
                self.expr(&item.value);
                self.op_arg(Op::DictUpdate, 1, loc);
                start = index + 1;
            } else if (index - start) * 2 > STACK_USE_MAX {
                self.dict_part(&node.items[start..=index], loc, has_dict);
                has_dict = true;
                start = index + 1;
            }
        }
        if start < node.items.len() {
            self.dict_part(&node.items[start..], loc, has_dict);
            has_dict = true;
        }
        if !has_dict {
            self.op_arg(Op::BuildMap, 0, loc);
        }
    }

    /// Builds a dict from items that all have keys; merges it into the one before if there is one.
    fn dict_part(&mut self, items: &[ast::DictItem], loc: Loc, has_dict: bool) {
        let count = items.len();
        let is_big = count * 2 > STACK_USE_MAX;
        let keys: Option<Vec<Const>> =
            items.iter().map(|item| item.key.as_ref().and_then(|key| self.fold(key))).collect();
        if count > 1
            && !is_big
            && let Some(keys) = keys
        {
            items.iter().for_each(|item| self.expr(&item.value));
            self.load_const(Const::Tuple(keys), loc);
            self.op_arg(Op::BuildConstKeyMap, count as u32, loc);
        } else {
            if is_big {
                self.op_arg(Op::BuildMap, 0, loc);
            }
            for item in items {
                item.key.iter().for_each(|key| self.expr(key));
                self.expr(&item.value);
                if is_big {
                    self.op_arg(Op::MapAdd, 1, loc);
                }
            }
            if !is_big {
                self.op_arg(Op::BuildMap, count as u32, loc);
            }
        }
        if has_dict {
            self.op_arg(Op::DictUpdate, 1, loc);
        }
    }
}
