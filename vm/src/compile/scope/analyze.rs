//! The second pass: resolves every name of every block.

use super::{Facts, Resolution, ScopeId, ScopeKind, Scopes, Symbol};
use crate::source::{Diagnostic, Span, codes};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Names = BTreeSet<Arc<str>>;

/// Resolves the names of all scopes; problems are appended.
pub(super) fn analyze(scopes: &mut Scopes, comprehension_is_call: bool, problems: &mut Vec<Diagnostic>) {
    let mut analysis = Analysis { scopes, comprehension_is_call, problems };
    analysis.block(ScopeId(0), None, &Names::new());
}

struct Analysis<'a> {
    scopes: &'a mut Scopes,
    comprehension_is_call: bool,
    problems: &'a mut Vec<Diagnostic>,
}

/// What is known while one block is resolved.
struct Block {
    id: ScopeId,
    /// Names bound in enclosing functions; `None` at module level.
    bound: Option<Names>,
    /// Names declared global around.
    global: Names,
    local: Names,
    free: Names,
    resolutions: BTreeMap<Arc<str>, Resolution>,
}

impl Analysis<'_> {
    /// Resolves one block and those inside it; returns its free names.
    fn block(&mut self, id: ScopeId, bound: Option<&Names>, global: &Names) -> Names {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.block_inner(id, bound, global))
    }

    fn block_inner(&mut self, id: ScopeId, bound: Option<&Names>, global: &Names) -> Names {
        let kind = self.scopes.get(id).kind;
        let (outer_bound, outer_global) = (bound.cloned(), global.clone());
        let mut block = Block {
            id,
            bound: bound.cloned(),
            global: global.clone(),
            local: Names::new(),
            free: Names::new(),
            resolutions: BTreeMap::new(),
        };
        for name in self.scopes.get(id).symbols.names().to_vec() {
            self.name(&mut block, &name);
        }
        // A class body's own names are not seen by the functions in it.
        let mut inner_bound = match kind {
            ScopeKind::Class => outer_bound.clone().unwrap_or_default(),
            _ => block.bound.clone().unwrap_or_default(),
        };
        let inner_global = if kind == ScopeKind::Class { outer_global } else { block.global.clone() };
        match kind {
            ScopeKind::Function => inner_bound.extend(block.local.iter().cloned()),
            ScopeKind::Class => {
                inner_bound.insert("__class__".into());
                inner_bound.insert("__classdict__".into());
            }
            ScopeKind::Module => {}
        }
        let (mut new_free, inlined_cells) = self.children(&mut block, &inner_bound, &inner_global);
        match kind {
            ScopeKind::Function => find_cells(&mut block.resolutions, &mut new_free, &inlined_cells),
            ScopeKind::Class => {
                let needed = new_free.remove("__class__");
                self.scopes.get_mut(id).needs_class_cell = needed;
                self.scopes.get_mut(id).needs_class_dict = new_free.remove("__classdict__");
            }
            ScopeKind::Module => {}
        }
        self.update(&block, outer_bound.as_ref(), &new_free, &inlined_cells, kind == ScopeKind::Class);
        block.free.extend(new_free);
        block.free
    }

    /// Resolves the blocks inside; returns their free names and the cells of inlined comprehensions.
    fn children(&mut self, block: &mut Block, bound: &Names, global: &Names) -> (Names, Names) {
        let mut new_free = Names::new();
        let mut inlined_cells = Names::new();
        let mut spliced = Vec::new();
        for child in self.scopes.get(block.id).children.clone() {
            let mut child_free = self.block(child, Some(bound), global);
            let scope = self.scopes.get(child);
            let inline = scope.comprehension.is_some() && !scope.is_generator && !self.comprehension_is_call;
            if inline {
                self.inline(block, child, &mut child_free, &mut inlined_cells);
                self.scopes.get_mut(child).inlined = true;
                spliced.extend(self.scopes.get(child).children.clone());
            } else {
                spliced.push(child);
            }
            new_free.extend(child_free);
        }
        self.scopes.get_mut(block.id).children = spliced;
        (new_free, inlined_cells)
    }

    /// Resolves one name of a block.
    fn name(&mut self, block: &mut Block, name: &Arc<str>) {
        let facts = self.scopes.get(block.id).facts(name);
        let resolution = if facts.has(Facts::GLOBAL) {
            if facts.has(Facts::NONLOCAL) {
                self.directive_error(block.id, name, format!("name '{name}' is nonlocal and global"));
            }
            block.global.insert(name.clone());
            if let Some(bound) = &mut block.bound {
                bound.remove(name);
            }
            Resolution::GlobalExplicit
        } else if facts.has(Facts::NONLOCAL) {
            match &block.bound {
                None => self.directive_error(block.id, name, "nonlocal declaration not allowed at module level".into()),
                Some(bound) if !bound.contains(name) => {
                    self.directive_error(block.id, name, format!("no binding for nonlocal '{name}' found"));
                }
                Some(_) => {}
            }
            block.free.insert(name.clone());
            Resolution::Free
        } else if facts.has(Facts::BOUND) {
            block.local.insert(name.clone());
            block.global.remove(name);
            Resolution::Local
        } else if block.bound.as_ref().is_some_and(|bound| bound.contains(name)) {
            block.free.insert(name.clone());
            Resolution::Free
        } else {
            Resolution::GlobalImplicit
        };
        block.resolutions.insert(name.clone(), resolution);
    }

    fn directive_error(&mut self, id: ScopeId, name: &Arc<str>, message: String) {
        let directives = &self.scopes.get(id).directives;
        let span = directives.iter().find(|(known, _)| known == name).map_or(Span::default(), |(_, span)| *span);
        self.problems.push(Diagnostic::error(codes::SYNTAX, span, message));
    }

    /// Merges the names of a comprehension into the block around it.
    fn inline(&mut self, block: &mut Block, child: ScopeId, child_free: &mut Names, inlined_cells: &mut Names) {
        let symbols: Vec<(Arc<str>, Symbol)> =
            self.scopes.get(child).symbols.iter().map(|(name, symbol)| (name.clone(), symbol)).collect();
        let in_class = self.scopes.get(block.id).kind == ScopeKind::Class;
        for (name, symbol) in symbols {
            if symbol.facts.has(Facts::PARAMETER) {
                continue;
            }
            let mut resolution = symbol.resolution;
            if resolution == Resolution::Cell || symbol.facts.has(Facts::COMPREHENSION_CELL) {
                inlined_cells.insert(name.clone());
            }
            if resolution == Resolution::Free && in_class && &*name == "__class__" {
                resolution = Resolution::GlobalImplicit;
                self.scopes.get_mut(child).symbols.remove("__class__");
                // CPython 3.13.0 ends with a SystemError where a function in the comprehension uses it; 3.11 does not.
                if !self.is_free_in_children(child, &name) {
                    child_free.remove(&name);
                }
            }
            match self.scopes.get(block.id).symbols.get(&name) {
                None => {
                    let symbol = Symbol { facts: symbol.facts, resolution: Resolution::Unknown };
                    self.scopes.get_mut(block.id).symbols.set(&name, symbol);
                    block.resolutions.insert(name, resolution);
                }
                Some(existing) => {
                    let becomes_local =
                        existing.facts.has(Facts::BOUND) && !in_class && !self.is_free_in_children(child, &name);
                    if becomes_local {
                        child_free.remove(&name);
                    }
                }
            }
        }
    }

    fn is_free_in_children(&self, id: ScopeId, name: &str) -> bool {
        let is_free = |child: &ScopeId| self.scopes.get(*child).resolution(name) == Resolution::Free;
        self.scopes.get(id).children.iter().any(is_free)
    }

    /// Writes the results back and adds names that only inner blocks use.
    fn update(&mut self, block: &Block, bound: Option<&Names>, free: &Names, cells: &Names, is_class: bool) {
        let scope = self.scopes.get_mut(block.id);
        for name in scope.symbols.names().to_vec() {
            let mut facts = scope.facts(&name);
            if cells.contains(&name) {
                facts = facts.with(Facts::COMPREHENSION_CELL);
            }
            let resolution = block.resolutions.get(&name).copied().unwrap_or_default();
            scope.symbols.set(&name, Symbol { facts, resolution });
        }
        for name in free {
            match scope.symbols.get(name) {
                Some(known) if is_class => {
                    scope.symbols.set(name, Symbol { facts: known.facts.with(Facts::FREE_IN_CLASS), ..known });
                }
                Some(_) => {}
                None if bound.is_some_and(|bound| !bound.contains(name)) => {}
                None => {
                    scope.symbols.set(name, Symbol { facts: Facts::default(), resolution: Resolution::Free });
                }
            }
        }
    }
}

/// Locals that inner blocks use become cells.
fn find_cells(resolutions: &mut BTreeMap<Arc<str>, Resolution>, free: &mut Names, inlined_cells: &Names) {
    for (name, resolution) in resolutions {
        if *resolution == Resolution::Local && (free.contains(name) || inlined_cells.contains(name)) {
            *resolution = Resolution::Cell;
            free.remove(name);
        }
    }
}
