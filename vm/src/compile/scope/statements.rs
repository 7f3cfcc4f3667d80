//! First pass over statements and patterns.

use super::build::Builder;
use super::{Facts, ScopeKind};

use ruff_python_ast::{self as ast, ExceptHandler, Pattern, Stmt};
use ruff_text_size::Ranged;

/// Where the bases of generic classes and the annotations of generic functions are.
const GENERIC: &str = "the definition of a generic";

impl Builder<'_> {
    /// Walks a block of statements.
    pub fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.statement_inner(statement));
    }

    fn statement_inner(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FunctionDef(def) => self.function(def),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Return(node) => self.optional(node.value.as_deref()),
            Stmt::Delete(node) => self.expressions(&node.targets),
            Stmt::TypeAlias(node) => self.type_alias(node),
            Stmt::IpyEscapeCommand(_) | Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) => {}
            Stmt::Assign(node) => {
                self.expressions(&node.targets);
                self.expression(&node.value);
            }
            Stmt::AugAssign(node) => {
                self.expression(&node.target);
                self.expression(&node.value);
            }
            Stmt::AnnAssign(node) => self.annotated(node),
            Stmt::For(node) => {
                self.expression(&node.target);
                self.expression(&node.iter);
                self.statements(&node.body);
                self.statements(&node.orelse);
            }
            Stmt::While(node) => {
                self.expression(&node.test);
                self.statements(&node.body);
                self.statements(&node.orelse);
            }
            Stmt::If(node) => {
                self.expression(&node.test);
                self.statements(&node.body);
                for clause in &node.elif_else_clauses {
                    self.optional(clause.test.as_ref());
                    self.statements(&clause.body);
                }
            }
            Stmt::With(node) => {
                for item in &node.items {
                    self.expression(&item.context_expr);
                    self.optional(item.optional_vars.as_deref());
                }
                self.statements(&node.body);
            }
            Stmt::Match(node) => self.match_statement(node),
            Stmt::Raise(node) => {
                self.optional(node.exc.as_deref());
                self.optional(node.cause.as_deref());
            }
            Stmt::Try(node) => self.try_statement(node),
            Stmt::Assert(node) => {
                self.expression(&node.test);
                self.optional(node.msg.as_deref());
            }
            Stmt::Import(node) => node.names.iter().for_each(|alias| self.alias(alias)),
            Stmt::ImportFrom(node) => node.names.iter().for_each(|alias| self.alias(alias)),
            Stmt::Global(node) => self.declare(&node.names, Facts::GLOBAL, "global", node.range.into()),
            Stmt::Nonlocal(node) => self.declare(&node.names, Facts::NONLOCAL, "nonlocal", node.range.into()),
            Stmt::Expr(node) => self.expression(&node.value),
        }
    }

    fn function(&mut self, def: &ast::StmtFunctionDef) {
        self.define(&def.name, Facts::LOCAL, def.range.into());
        self.defaults(&def.parameters);
        def.decorator_list.iter().for_each(|decorator| self.expression(&decorator.expression));
        self.with_type_params(def.type_params.as_deref(), |builder| {
            let annotations = def.parameters.iter().filter_map(ast::AnyParameterRef::annotation);
            for annotation in annotations.chain(def.returns.as_deref()) {
                if def.type_params.is_some() && !builder.future_annotations {
                    builder.forbid_yields(annotation, GENERIC);
                }
                builder.annotation(annotation);
            }
            builder.in_scope(ScopeKind::Function, &def.node_index, |builder| {
                builder.parameters(&def.parameters);
                builder.statements(&def.body);
            });
        });
    }

    fn class(&mut self, class: &ast::StmtClassDef) {
        self.define(&class.name, Facts::LOCAL, class.range.into());
        class.decorator_list.iter().for_each(|decorator| self.expression(&decorator.expression));
        let is_generic = class.type_params.is_some();
        if let (true, Some(arguments)) = (is_generic, &class.arguments) {
            let keywords = arguments.keywords.iter().map(|keyword| &keyword.value);
            arguments.args.iter().chain(keywords).for_each(|base| self.forbid_yields(base, GENERIC));
        }
        self.with_type_params(class.type_params.as_deref(), |builder| {
            if is_generic {
                builder.define(".type_params", Facts::LOCAL, class.range.into());
                builder.define(".generic_base", Facts::LOCAL, class.range.into());
            }
            if let Some(arguments) = &class.arguments {
                builder.expressions(&arguments.args);
                arguments.keywords.iter().for_each(|keyword| builder.expression(&keyword.value));
            }
            let outer = builder.private.replace(class.name.as_str().into());
            builder.in_scope(ScopeKind::Class, &class.node_index, |builder| {
                if is_generic {
                    builder.define(".type_params", Facts::USED, class.range.into());
                    builder.define("__type_params__", Facts::LOCAL, class.range.into());
                }
                builder.statements(&class.body);
            });
            builder.private = outer;
        });
    }

    fn type_alias(&mut self, node: &ast::StmtTypeAlias) {
        self.expression(&node.name);
        self.with_type_params(node.type_params.as_deref(), |builder| {
            builder.forbid_yields(&node.value, "a type alias");
            builder.annotation_scope(&node.node_index, |builder| builder.expression(&node.value));
        });
    }

    fn annotated(&mut self, node: &ast::StmtAnnAssign) {
        if let ast::Expr::Name(name) = &*node.target {
            let known = self.lookup(&name.id);
            let is_module = self.stack.len() == 1;
            let kind = if known.has(Facts::GLOBAL) { "global" } else { "nonlocal" };
            if known.has(Facts::GLOBAL.with(Facts::NONLOCAL)) && !is_module && node.simple {
                self.error(node.range.into(), format!("annotated name '{}' can't be {kind}", name.id));
            } else if node.simple {
                self.define(&name.id, Facts::ANNOTATED.with(Facts::LOCAL), node.range.into());
            } else if node.value.is_some() {
                self.define(&name.id, Facts::LOCAL, node.range.into());
            }
        } else {
            self.expression(&node.target);
        }
        self.annotation(&node.annotation);
        self.optional(node.value.as_deref());
    }

    fn try_statement(&mut self, node: &ast::StmtTry) {
        self.statements(&node.body);
        for ExceptHandler::ExceptHandler(handler) in &node.handlers {
            self.optional(handler.type_.as_deref());
            if let Some(name) = &handler.name {
                self.define(name, Facts::LOCAL, handler.range.into());
            }
            self.statements(&handler.body);
        }
        self.statements(&node.orelse);
        self.statements(&node.finalbody);
    }

    fn alias(&mut self, alias: &ast::Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if name.as_str() == "*" {
            if self.stack.len() > 1 {
                self.error(alias.range.into(), "import * only allowed at module level".into());
            }
            return;
        }
        let first = name.split('.').next().unwrap_or(name);
        self.define(first, Facts::IMPORTED, alias.range.into());
    }

    /// `global` and `nonlocal`: an earlier use of the name in the block is an error.
    fn declare(&mut self, names: &[ast::Identifier], facts: Facts, word: &str, span: crate::source::Span) {
        for name in names {
            let known = self.lookup(name);
            let problem = if known.has(Facts::PARAMETER) {
                Some(format!("name '{name}' is parameter and {word}"))
            } else if known.has(Facts::USED) {
                Some(format!("name '{name}' is used prior to {word} declaration"))
            } else if known.has(Facts::ANNOTATED) {
                Some(format!("annotated name '{name}' can't be {word}"))
            } else if known.has(Facts::LOCAL) {
                Some(format!("name '{name}' is assigned to before {word} declaration"))
            } else {
                None
            };
            if let Some(message) = problem {
                self.error(span, message);
                continue;
            }
            self.define(name, facts, span);
            self.record_directive(name, span);
        }
    }

    fn match_statement(&mut self, node: &ast::StmtMatch) {
        self.expression(&node.subject);
        for case in &node.cases {
            self.pattern(&case.pattern);
            self.optional(case.guard.as_deref());
            self.statements(&case.body);
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.pattern_inner(pattern));
    }

    fn pattern_inner(&mut self, pattern: &Pattern) {
        let span = pattern.range().into();
        let capture = |builder: &mut Self, name: &Option<ast::Identifier>| {
            if let Some(name) = name {
                builder.define(name, Facts::LOCAL, span);
            }
        };
        match pattern {
            Pattern::MatchValue(node) => self.expression(&node.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(node) => node.patterns.iter().for_each(|inner| self.pattern(inner)),
            Pattern::MatchMapping(node) => {
                self.expressions(&node.keys);
                node.patterns.iter().for_each(|inner| self.pattern(inner));
                capture(self, &node.rest);
            }
            Pattern::MatchClass(node) => {
                self.expression(&node.cls);
                node.arguments.patterns.iter().for_each(|inner| self.pattern(inner));
                node.arguments.keywords.iter().for_each(|keyword| self.pattern(&keyword.pattern));
            }
            Pattern::MatchStar(node) => capture(self, &node.name),
            Pattern::MatchAs(node) => {
                if let Some(inner) = &node.pattern {
                    self.pattern(inner);
                }
                capture(self, &node.name);
            }
            Pattern::MatchOr(node) => node.patterns.iter().for_each(|inner| self.pattern(inner)),
        }
    }
}
