//! The walker of the first pass: its state, and how blocks and names are entered.

use super::super::literals;
use super::{
    ComprehensionKind, Facts, Resolution, Scope, ScopeId, ScopeKind, Scopes, Symbol, Symbols, analyze, mangle,
};
use crate::source::{Diagnostic, SourceFile, Span, codes};

use ruff_python_ast::{AtomicNodeIndex, Expr, Stmt};
use std::sync::Arc;

/// State of the walk.
pub(super) struct Builder<'a> {
    pub scopes: Scopes,
    /// Open scopes, innermost last.
    pub stack: Vec<ScopeId>,
    /// The class for private names.
    pub private: Option<Arc<str>>,
    /// `from __future__ import annotations`: annotations are not evaluated.
    pub future_annotations: bool,
    pub comprehension_is_call: bool,
    pub source: &'a SourceFile,
    pub problems: &'a mut Vec<Diagnostic>,
}

/// What is to be analysed.
pub(in crate::compile) struct Input<'a> {
    pub source: &'a SourceFile,
    /// Statements of a module.
    pub body: &'a [Stmt],
    /// The expression of `Mode::Eval`.
    pub expression: Option<&'a Expr>,
    pub future_annotations: bool,
    pub comprehension_is_call: bool,
}

/// Analyses all scopes of a file; problems are appended.
pub(in crate::compile) fn build(input: &Input<'_>, problems: &mut Vec<Diagnostic>) -> Scopes {
    let mut builder = Builder {
        scopes: Scopes { scopes: vec![] },
        stack: vec![],
        private: None,
        future_annotations: input.future_annotations,
        comprehension_is_call: input.comprehension_is_call,
        source: input.source,
        problems,
    };
    builder.push_scope(ScopeKind::Module);
    builder.statements(input.body);
    if let Some(expression) = input.expression {
        builder.expression(expression);
    }
    builder.stack.pop();
    let Builder { mut scopes, comprehension_is_call, problems, .. } = builder;
    analyze::analyze(&mut scopes, comprehension_is_call, problems);
    scopes
}

impl Builder<'_> {
    /// The innermost scope.
    pub fn current(&mut self) -> &mut Scope {
        let id = *self.stack.last().expect("the walk is inside the module");
        self.scopes.get_mut(id)
    }

    fn push_scope(&mut self, kind: ScopeKind) -> ScopeId {
        let id = ScopeId(self.scopes.scopes.len() as u32);
        // What is inside the iterable of a comprehension is inside it, be it in a lambda or another comprehension.
        let iterable_depth = self.stack.last().map_or(0, |&parent| self.scopes.get(parent).iterable_depth);
        let nested = self.stack.last().is_some_and(|&parent| {
            let parent = self.scopes.get_mut(parent);
            parent.children.push(id);
            parent.nested || parent.is_function()
        });
        self.scopes.scopes.push(Scope {
            kind,
            symbols: Symbols::default(),
            children: vec![],
            parameters: vec![],
            nested,
            is_generator: false,
            comprehension: None,
            inlined: false,
            needs_class_cell: false,
            sees_class: false,
            needs_class_dict: false,
            directives: vec![],
            in_iteration_target: false,
            iterable_depth,
        });
        self.stack.push(id);
        id
    }

    /// Walks the inside of a block that `node` opens.
    pub fn in_scope(&mut self, kind: ScopeKind, node: &AtomicNodeIndex, walk: impl FnOnce(&mut Self)) {
        self.push_scope(kind).store(node);
        walk(self);
        self.stack.pop();
    }

    /// Records an error.
    pub fn error(&mut self, span: Span, message: String) {
        self.problems.push(Diagnostic::error(codes::SYNTAX, span, message));
    }

    /// A string literal whose value cannot be represented is an error.
    pub fn check_string(&mut self, span: Span, value: &str) {
        if literals::has_lone_surrogate(self.source, span, value) {
            let message = "a lone surrogate in a string is not supported";
            self.problems.push(Diagnostic::error(codes::LONE_SURROGATE, span, message));
        }
    }

    /// The mangled form of a name.
    pub fn mangled(&self, name: &str) -> Arc<str> {
        mangle(self.private.as_deref(), name)
    }

    /// Facts about a name (not yet mangled) in the current scope.
    pub fn lookup(&mut self, name: &str) -> Facts {
        let name = self.mangled(name);
        self.current().facts(&name)
    }

    /// Adds facts about a name in the current scope.
    pub fn define(&mut self, name: &str, facts: Facts, span: Span) {
        let id = *self.stack.last().expect("the walk is inside the module");
        self.define_in(id, name, facts, span);
    }

    /// Adds facts about a name in a scope.
    pub fn define_in(&mut self, id: ScopeId, name: &str, facts: Facts, span: Span) {
        let name = self.mangled(name);
        if &*name == "__debug__" && facts.has(Facts::BOUND) {
            self.error(span, "cannot assign to __debug__".into());
        }
        let scope = self.scopes.get_mut(id);
        let known = scope.facts(&name);
        let mut all = known.with(facts);
        let duplicate = facts.has(Facts::PARAMETER) && known.has(Facts::PARAMETER);
        let conflict = scope.in_iteration_target && all.has(Facts(Facts::GLOBAL.0 | Facts::NONLOCAL.0));
        if scope.in_iteration_target {
            all = all.with(Facts::ITERATION_TARGET);
        }
        scope.symbols.set(&name, Symbol { facts: all, resolution: Resolution::Unknown });
        if facts.has(Facts::PARAMETER) && !duplicate {
            scope.parameters.push(name.clone());
        }
        if facts.has(Facts::GLOBAL) {
            let module = self.scopes.get_mut(ScopeId(0));
            let known = module.facts(&name);
            module.symbols.set(&name, Symbol { facts: known.with(facts), resolution: Resolution::Unknown });
        }
        if duplicate {
            self.error(span, format!("duplicate argument '{name}' in function definition"));
        }
        if conflict {
            let message = format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
            self.error(span, message);
        }
    }

    /// Remembers where a name was declared global or nonlocal.
    pub fn record_directive(&mut self, name: &str, span: Span) {
        let name = self.mangled(name);
        self.current().directives.push((name, span));
    }

    /// What kind of comprehension the walk is directly in.
    pub fn comprehension(&mut self) -> Option<ComprehensionKind> {
        self.current().comprehension
    }
}
