//! Scope analysis: which variable each name means.
//!
//! Two passes, as in CPython 3.13's `Python/symtable.c`: [`build`] walks the syntax tree and records what each block does
//! with each name; `analyze` resolves names from the outside in and carries free variables from the inside out, and
//! merges list, set and dict comprehensions into their surroundings (PEP 709). The scope's number is stored in the tree
//! node that opens it, so that lowering finds it again.

mod analyze;
mod build;
mod expressions;
mod statements;
mod type_params;

pub(super) use build::{Input, build};
pub(super) use type_params::blocks_of;

use crate::source::Span;
use ruff_python_ast::{AtomicNodeIndex, NodeIndex};

use std::collections::BTreeMap;
use std::sync::Arc;

/// A scope's number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct ScopeId(pub u32);

impl ScopeId {
    /// Remembers the scope in the node that opens it.
    fn store(self, node: &AtomicNodeIndex) {
        node.set(NodeIndex::from(self.0 + 1));
    }

    /// The scope that a node opens.
    ///
    /// # Panics
    /// If the node opens none: lowering and scope analysis disagree.
    pub fn of(node: &AtomicNodeIndex) -> ScopeId {
        ScopeId(node.load().as_u32().expect("scope analysis visited the node") - 1)
    }
}

/// What opens a scope.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ScopeKind {
    Module,
    Class,
    /// A function, lambda or comprehension.
    Function,
}

/// The kinds of comprehension.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ComprehensionKind {
    List,
    Set,
    Dict,
    Generator,
}

/// What a block does with a name: a set of facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Facts(u16);

impl Facts {
    pub const GLOBAL: Facts = Facts(1);
    pub const LOCAL: Facts = Facts(2);
    pub const PARAMETER: Facts = Facts(4);
    pub const NONLOCAL: Facts = Facts(8);
    pub const USED: Facts = Facts(16);
    /// Free in a method and also bound in the class body around it.
    pub const FREE_IN_CLASS: Facts = Facts(64);
    pub const IMPORTED: Facts = Facts(128);
    pub const ANNOTATED: Facts = Facts(256);
    /// Target of a comprehension's `for`.
    pub const ITERATION_TARGET: Facts = Facts(512);
    /// A cell because of an inlined comprehension.
    pub const COMPREHENSION_CELL: Facts = Facts(2048);
    /// Bound in the block.
    pub const BOUND: Facts = Facts(2 | 4 | 128);

    /// Whether any of `facts` holds.
    pub fn has(self, facts: Facts) -> bool {
        self.0 & facts.0 != 0
    }

    pub fn with(self, facts: Facts) -> Facts {
        Facts(self.0 | facts.0)
    }
}

/// How a name is resolved in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Resolution {
    #[default]
    Unknown,
    Local,
    GlobalExplicit,
    GlobalImplicit,
    Free,
    Cell,
}

/// A name in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Symbol {
    pub facts: Facts,
    pub resolution: Resolution,
}

/// The names of a block in order of first mention.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    order: Vec<Arc<str>>,
    map: BTreeMap<Arc<str>, Symbol>,
}

impl Symbols {
    pub fn get(&self, name: &str) -> Option<Symbol> {
        self.map.get(name).copied()
    }

    pub fn set(&mut self, name: &Arc<str>, symbol: Symbol) {
        if self.map.insert(name.clone(), symbol).is_none() {
            self.order.push(name.clone());
        }
    }

    pub fn remove(&mut self, name: &str) {
        if self.map.remove(name).is_some() {
            self.order.retain(|known| &**known != name);
        }
    }

    pub fn names(&self) -> &[Arc<str>] {
        &self.order
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, Symbol)> {
        self.order.iter().map(|name| (name, self.map[name]))
    }
}

/// One block.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub kind: ScopeKind,
    pub symbols: Symbols,
    pub children: Vec<ScopeId>,
    /// Parameters in order: positional, keyword-only, `*args`, `**kwargs`.
    pub parameters: Vec<Arc<str>>,
    /// Inside a function.
    pub nested: bool,
    pub is_generator: bool,
    pub comprehension: Option<ComprehensionKind>,
    /// The comprehension is part of its surroundings.
    pub inlined: bool,
    /// A method uses `__class__` or `super`.
    pub needs_class_cell: bool,
    /// The block of a type parameter, in which the names of the class body around it are seen.
    pub sees_class: bool,
    /// A block in this class body sees its names.
    pub needs_class_dict: bool,
    /// Where names were declared global or nonlocal, for errors found later.
    directives: Vec<(Arc<str>, Span)>,
    /// The walk is in the target of a comprehension's `for`.
    in_iteration_target: bool,
    /// The walk is in the iterable of a comprehension's `for` (nesting depth).
    iterable_depth: u32,
}

impl Scope {
    pub fn is_function(&self) -> bool {
        self.kind == ScopeKind::Function
    }

    pub fn resolution(&self, name: &str) -> Resolution {
        self.symbols.get(name).unwrap_or_default().resolution
    }

    pub fn facts(&self, name: &str) -> Facts {
        self.symbols.get(name).unwrap_or_default().facts
    }

    /// The names for which `wanted` holds, sorted.
    pub fn sorted(&self, wanted: impl Fn(Symbol) -> bool) -> Vec<Arc<str>> {
        self.symbols.map.iter().filter(|(_, symbol)| wanted(**symbol)).map(|(name, _)| name.clone()).collect()
    }
}

/// All blocks of a file; number 0 is the module.
#[derive(Debug)]
pub(super) struct Scopes {
    pub scopes: Vec<Scope>,
}

impl Scopes {
    pub fn get(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub fn get_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }
}

/// The name that `name` stands for in a class body of the class `class` (private name mangling).
pub(super) fn mangle(class: Option<&str>, name: &str) -> Arc<str> {
    let private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
    let class = class.map(|class| class.trim_start_matches('_')).filter(|class| private && !class.is_empty());
    match class {
        Some(class) => format!("_{class}{name}").into(),
        None => name.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_names_are_mangled() {
        let table = [
            (Some("C"), "__x", "_C__x"),
            (Some("_C"), "__x", "_C__x"),
            (Some("__"), "__x", "__x"),
            (Some("C"), "__x__", "__x__"),
            (Some("C"), "_x", "_x"),
            (Some("C"), "__a.b", "__a.b"),
            (None, "__x", "__x"),
        ];
        for (class, name, expected) in table {
            assert_eq!(&*mangle(class, name), expected);
        }
    }
}
