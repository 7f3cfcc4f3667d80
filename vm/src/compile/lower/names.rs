//! Reading, binding and unbinding names.

use super::super::flow::Loc;
use super::super::scope::{Resolution, ScopeKind};
use super::Compiler;
use crate::code::Op;

use ruff_python_ast::ExprContext;
use std::sync::Arc;

/// What is done with a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Load,
    Store,
    Delete,
}

/// Where a name lives.
enum Place {
    Fast,
    Cell,
    Free,
    Global,
    Namespace,
}

impl Compiler<'_> {
    /// Uses a name as its context in the tree says.
    pub(super) fn use_name(&mut self, name: &str, context: ExprContext, loc: Loc) {
        match context {
            ExprContext::Load | ExprContext::Invalid => self.load_name(name, loc),
            ExprContext::Store => self.store_name(name, loc),
            ExprContext::Del => self.delete_name(name, loc),
        }
    }

    pub(super) fn load_name(&mut self, name: &str, loc: Loc) {
        self.name_op(name, Use::Load, loc);
    }

    pub(super) fn store_name(&mut self, name: &str, loc: Loc) {
        self.name_op(name, Use::Store, loc);
    }

    pub(super) fn delete_name(&mut self, name: &str, loc: Loc) {
        self.name_op(name, Use::Delete, loc);
    }

    fn place_of(&self, name: &str) -> Place {
        let unit = self.unit_ref();
        let is_function = self.scope().is_function();
        match self.scope().resolution(name) {
            Resolution::Free => Place::Free,
            Resolution::Cell => Place::Cell,
            Resolution::Local if is_function || unit.hidden.get(name) == Some(&true) => Place::Fast,
            Resolution::GlobalImplicit if is_function => Place::Global,
            Resolution::GlobalExplicit => Place::Global,
            _ => Place::Namespace,
        }
    }

    fn name_op(&mut self, name: &str, usage: Use, loc: Loc) {
        let name = self.mangled(name);
        match self.place_of(&name) {
            Place::Fast => {
                let op = match usage {
                    Use::Load => Op::LoadFast,
                    Use::Store => Op::StoreFast,
                    Use::Delete => Op::DeleteFast,
                };
                let slot = self.unit().varnames.add(&name);
                self.op_arg(op, slot, loc);
            }
            Place::Cell | Place::Free => self.cell_op(&name, usage, loc),
            Place::Global => {
                let index = self.unit().names.add(&name);
                match usage {
                    Use::Load if self.scope().sees_class => {
                        self.load_class_dict(loc);
                        self.op_arg(Op::LoadFromDictOrGlobals, index, loc);
                    }
                    Use::Load => self.op_arg(Op::LoadGlobal, index << 1, loc),
                    Use::Store => self.op_arg(Op::StoreGlobal, index, loc),
                    Use::Delete => self.op_arg(Op::DeleteGlobal, index, loc),
                }
            }
            Place::Namespace => {
                let index = self.unit().names.add(&name);
                match usage {
                    // Inside an inlined comprehension the class namespace is not visible.
                    Use::Load if self.in_class_body() && self.unit().inlined_depth > 0 => {
                        self.op_arg(Op::LoadGlobal, index << 1, loc);
                    }
                    Use::Load => self.op_arg(Op::LoadName, index, loc),
                    Use::Store => self.op_arg(Op::StoreName, index, loc),
                    Use::Delete => self.op_arg(Op::DeleteName, index, loc),
                }
            }
        }
    }

    fn cell_op(&mut self, name: &Arc<str>, usage: Use, loc: Loc) {
        let op = match usage {
            Use::Load if self.in_class_body() && self.unit().inlined_depth == 0 => {
                self.op(Op::LoadLocals, loc);
                Op::LoadFromDictOrDeref
            }
            Use::Load if self.scope().sees_class && self.scope().resolution(name) == Resolution::Free => {
                self.load_class_dict(loc);
                Op::LoadFromDictOrDeref
            }
            Use::Load => Op::LoadDeref,
            Use::Store => Op::StoreDeref,
            Use::Delete => Op::DeleteDeref,
        };
        let index = self.cell_index(name);
        self.op_arg(op, index, loc);
    }

    /// The namespace of the class body around the block of a type parameter.
    fn load_class_dict(&mut self, loc: Loc) {
        let index = self.cell_index("__classdict__");
        self.op_arg(Op::LoadDeref, index, loc);
    }

    /// The index of a cell or free variable: cells first, then free variables.
    pub(super) fn cell_index(&mut self, name: &str) -> u32 {
        let unit = self.unit_ref();
        let is_cell = self.scope().resolution(name) != Resolution::Free;
        let cell = unit.cellvars.get(name).filter(|_| is_cell);
        let free = || unit.freevars.get(name).map(|index| index + unit.cellvars.len() as u32);
        cell.or_else(free).or_else(|| unit.cellvars.get(name)).unwrap_or(0)
    }

    /// Whether the innermost unit is a class body.
    pub(super) fn in_class_body(&self) -> bool {
        self.scope().kind == ScopeKind::Class
    }
}
