//! Comprehensions lowered in place (PEP 709): their variables are fast locals that are saved around them.

use super::super::flow::{FlowOp, Label, Loc};
use super::super::scope::{Facts, Resolution, ScopeId, Symbol};
use super::Compiler;
use crate::code::{Op, Origin};

use std::sync::Arc;

/// What must be undone after an inlined comprehension.
pub(super) struct Inlined {
    /// Variables whose outer values lie on the stack.
    pushed: Vec<Arc<str>>,
    /// Outer meanings of names that the comprehension resolves differently.
    replaced: Vec<(Arc<str>, Option<Symbol>)>,
    /// Names that became fast locals for the time of the comprehension.
    hidden: Vec<Arc<str>>,
    cleanup: Label,
    end: Label,
}

impl Compiler<'_> {
    /// Saves what the comprehension's variables would overwrite; the outermost iterator is on the stack.
    pub(super) fn enter_inlined(&mut self, loc: Loc, comprehension: ScopeId) -> Inlined {
        let in_class = self.in_class_body() && self.unit().inlined_depth == 0;
        self.unit().inlined_depth += 1;
        let (cleanup, end) = (self.label(), self.label());
        let mut state = Inlined { pushed: vec![], replaced: vec![], hidden: vec![], cleanup, end };
        let symbols: Vec<(Arc<str>, Symbol)> =
            self.scopes.get(comprehension).symbols.iter().map(|(name, symbol)| (name.clone(), symbol)).collect();
        for (name, symbol) in symbols {
            let is_own = symbol.facts.has(Facts::LOCAL) && !symbol.facts.has(Facts::NONLOCAL);
            let outer = self.scope().symbols.get(&name);
            self.replace_symbol(&name, symbol, in_class, &mut state);
            if is_own || in_class {
                self.save_variable(loc, &name, symbol, outer.unwrap_or_default().resolution, &mut state);
            }
        }
        if !state.pushed.is_empty() {
            self.op_arg(Op::Swap, state.pushed.len() as u32 + 1, loc);
            self.jump_from(FlowOp::SetupFinally, cleanup, loc, Origin::Artefact);
        }
        state
    }

    /// Makes the name mean inside what the comprehension resolves it to.
    fn replace_symbol(&mut self, name: &Arc<str>, symbol: Symbol, in_class: bool, state: &mut Inlined) {
        let outer = self.scope().symbols.get(name);
        let (inside, outside) = (symbol.resolution, outer.unwrap_or_default().resolution);
        let is_free_cell = inside == Resolution::Cell && outside == Resolution::Free;
        if (inside != outside && inside != Resolution::Free && !is_free_cell) || in_class {
            self.scope_mut().symbols.set(name, symbol);
            state.replaced.push((name.clone(), outer));
        }
    }

    /// Saves the outer value of a variable of the comprehension.
    fn save_variable(&mut self, loc: Loc, name: &Arc<str>, symbol: Symbol, outside: Resolution, state: &mut Inlined) {
        if !self.scope().is_function() && self.unit().hidden.get(name) != Some(&true) {
            self.unit().hidden.insert(name.clone(), true);
            state.hidden.push(name.clone());
        }
        let slot = self.unit().varnames.add(name);
        self.op_from(Op::LoadFastAndClear, slot, loc, Origin::Artefact);
        if symbol.resolution == Resolution::Cell {
            let unit = self.unit_ref();
            let cell = match outside {
                Resolution::Free => unit.freevars.get(name).map(|index| index + unit.cellvars.len() as u32),
                _ => unit.cellvars.get(name),
            };
            self.op_from(Op::MakeCell, cell.unwrap_or(0), loc, Origin::Artefact);
        }
        state.pushed.push(name.clone());
    }

    /// Restores the saved variables, on the usual way and after an exception.
    pub(super) fn leave_inlined(&mut self, loc: Loc, state: Inlined) {
        self.unit().inlined_depth -= 1;
        for (name, outer) in state.replaced.into_iter().rev() {
            match outer {
                Some(symbol) => self.scope_mut().symbols.set(&name, symbol),
                None => self.scope_mut().symbols.remove(&name),
            }
        }
        if !state.pushed.is_empty() {
            self.pseudo(FlowOp::PopBlock, Loc::NONE, Origin::Artefact);
            self.jump(FlowOp::JumpNoInterrupt, state.end, Loc::NONE);
            self.place(state.cleanup);
            // The unfinished result lies below the exception.
            self.op_from(Op::Swap, 2, Loc::NONE, Origin::Artefact);
            self.op_from(Op::PopTop, 0, Loc::NONE, Origin::Artefact);
            self.restore_variables(loc, &state.pushed);
            self.op_from(Op::Reraise, 0, Loc::NONE, Origin::Artefact);
            self.place(state.end);
            self.restore_variables(loc, &state.pushed);
        }
        for name in state.hidden {
            self.unit().hidden.insert(name, false);
        }
    }

    fn restore_variables(&mut self, loc: Loc, names: &[Arc<str>]) {
        self.op_from(Op::Swap, names.len() as u32 + 1, loc, Origin::Artefact);
        for name in names.iter().rev() {
            let slot = self.unit().varnames.add(name);
            self.unit().sequence.push_pseudo(FlowOp::StoreFastMaybeNull, slot, loc, Origin::Artefact);
        }
    }
}
