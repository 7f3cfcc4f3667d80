//! Finds the import statements of a module in its syntax tree.
//!
//! An import counts as *guarded* if it stands in the body of a `try` that catches ImportError or a wider class, in a
//! `with suppress(ImportError)`, or under `if TYPE_CHECKING:` (which never runs): then a module that is not there is no
//! error before the run. A function body starts anew: it runs when it is called, where no handler need be.

use gilsim_vm::source::Span;
use ruff_python_ast::statement_visitor::{StatementVisitor, walk_stmt};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtTry};
use ruff_text_size::Ranged;

/// One module that an import statement names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// Leading dots of a relative import.
    pub level: u32,
    /// Dotted name; empty for `from . import x`.
    pub module: String,
    /// Names taken from it (`from m import a, b`), which can be modules themselves.
    pub names: Vec<String>,
    /// `from m import *`
    pub star: bool,
    /// Where the module is named.
    pub span: Span,
    /// Whether ImportError is caught around it.
    pub guarded: bool,
}

/// The imports of a module, in the order of the text.
pub fn imports(body: &[Stmt]) -> Vec<Import> {
    let mut finder = Finder { found: Vec::new(), guarded: false };
    finder.visit_body(body);
    finder.found
}

/// Whether the text may import modules by computed names.
pub fn is_dynamic(text: &str) -> bool {
    ["__import__", "importlib", "pkgutil", "runpy"].iter().any(|word| text.contains(word))
}

/// What is taken from a module that is imported as a whole: `name` in `module.name`, wherever it stands.
pub fn attributes(body: &[Stmt], module: &str) -> Vec<(String, Span)> {
    let mut finder = Attributes { module, bound: Vec::new(), found: Vec::new() };
    finder.visit_body(body);
    let Attributes { bound, found, .. } = finder;
    found.into_iter().filter(|(of, ..)| bound.contains(of)).map(|(_, name, span)| (name, span)).collect()
}

struct Attributes<'a> {
    module: &'a str,
    /// Names the module is bound to.
    bound: Vec<&'a str>,
    /// Attributes of names: of which, its name, where.
    found: Vec<(&'a str, String, Span)>,
}

impl<'a> Visitor<'a> for Attributes<'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::Import(import) = statement {
            let whole = import.names.iter().filter(|alias| alias.name.as_str() == self.module);
            self.bound.extend(whole.map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str()));
        }
        visitor::walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Attribute(attribute) = expression
            && let Expr::Name(of) = &*attribute.value
        {
            self.found.push((of.id.as_str(), attribute.attr.to_string(), attribute.attr.range().into()));
        }
        visitor::walk_expr(self, expression);
    }
}

struct Finder {
    found: Vec<Import>,
    guarded: bool,
}

impl Finder {
    fn guarded_by(&mut self, guarded: bool, body: &[Stmt]) {
        let outer = std::mem::replace(&mut self.guarded, guarded);
        self.visit_body(body);
        self.guarded = outer;
    }

    fn visit_try(&mut self, statement: &StmtTry) {
        let catches = statement.handlers.iter().any(catches_import_error);
        self.guarded_by(self.guarded || catches, &statement.body);
        for ExceptHandler::ExceptHandler(handler) in &statement.handlers {
            self.visit_body(&handler.body);
        }
        self.visit_body(&statement.orelse);
        self.visit_body(&statement.finalbody);
    }

    fn push(&mut self, import: Import) {
        self.found.push(import);
    }
}

impl<'a> StatementVisitor<'a> for Finder {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.push(Import {
                        level: 0,
                        module: alias.name.to_string(),
                        names: Vec::new(),
                        star: false,
                        span: alias.name.range().into(),
                        guarded: self.guarded,
                    });
                }
            }
            Stmt::ImportFrom(import) => {
                let names: Vec<String> = import.names.iter().map(|alias| alias.name.to_string()).collect();
                let named = import.module.as_ref();
                self.push(Import {
                    level: import.level,
                    module: named.map(ToString::to_string).unwrap_or_default(),
                    star: names.iter().any(|name| name == "*"),
                    names,
                    span: named.map_or_else(|| import.range().into(), |name| name.range().into()),
                    guarded: self.guarded,
                });
            }
            Stmt::Try(statement) => self.visit_try(statement),
            Stmt::FunctionDef(function) => self.guarded_by(false, &function.body),
            Stmt::With(with) => {
                let suppresses = with.items.iter().any(|item| suppresses_import_error(&item.context_expr));
                self.guarded_by(self.guarded || suppresses, &with.body);
            }
            Stmt::If(condition) => {
                self.guarded_by(self.guarded || last_name(&condition.test) == Some("TYPE_CHECKING"), &condition.body);
                for clause in &condition.elif_else_clauses {
                    self.visit_body(&clause.body);
                }
            }
            _ => walk_stmt(self, statement),
        }
    }
}

/// The name, or the last attribute of a dotted one.
fn last_name(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

fn is_wide(class: &Expr) -> bool {
    const WIDE: [&str; 4] = ["ImportError", "ModuleNotFoundError", "Exception", "BaseException"];
    match class {
        Expr::Tuple(classes) => classes.elts.iter().any(is_wide),
        other => last_name(other).is_some_and(|name| WIDE.contains(&name)),
    }
}

fn catches_import_error(handler: &ExceptHandler) -> bool {
    let ExceptHandler::ExceptHandler(handler) = handler;
    handler.type_.as_deref().is_none_or(is_wide)
}

fn suppresses_import_error(context: &Expr) -> bool {
    let Expr::Call(call) = context else { return false };
    last_name(&call.func) == Some("suppress") && call.arguments.args.iter().any(is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_a_whole_module_are_found_under_its_name() {
        let text = "import a, b as c, a.d\ndef f():\n    a.one(c.two).three\na.d.four\nb.five\n";
        let parsed = ruff_python_parser::parse_module(text).expect(text);
        let names = |module| attributes(parsed.suite(), module).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("a"), ["one", "d"]);
        assert_eq!(names("b"), ["two"]);
    }

    fn found(text: &str) -> Vec<String> {
        let parsed = ruff_python_parser::parse_module(text).expect(text);
        let show = |import: &Import| {
            let dots = ".".repeat(import.level as usize);
            let names = if import.names.is_empty() { String::new() } else { format!(" ({})", import.names.join(" ")) };
            format!("{dots}{}{names}{}", import.module, if import.guarded { " guarded" } else { "" })
        };
        imports(parsed.suite()).iter().map(show).collect()
    }

    #[test]
    fn imports_are_found_wherever_they_stand() {
        let cases: &[(&str, &[&str])] = &[
            ("import a, b.c as d", &["a", "b.c"]),
            ("from a.b import c, d as e", &["a.b (c d)"]),
            ("from . import x\nfrom ..y import *", &[". (x)", "..y (*)"]),
            ("def f():\n  class C:\n    import a", &["a"]),
            ("for x in y:\n  import a\nelse:\n  import b", &["a", "b"]),
            ("match x:\n  case 1:\n    import a", &["a"]),
            ("import_module = 1", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn guards() {
        let cases: &[(&str, &[&str])] = &[
            ("try:\n  import a\nexcept ImportError:\n  import b", &["a guarded", "b"]),
            ("try:\n  import a\nexcept (OSError, ModuleNotFoundError) as e:\n  pass", &["a guarded"]),
            ("try:\n  import a\nexcept:\n  pass\nelse:\n  import b\nfinally:\n  import c", &["a guarded", "b", "c"]),
            ("try:\n  import a\nexcept builtins.Exception:\n  pass", &["a guarded"]),
            ("try:\n  import a\nexcept KeyError:\n  pass", &["a"]),
            ("try:\n  import a\nfinally:\n  pass", &["a"]),
            ("try:\n  try:\n    pass\n  except KeyError:\n    import a\nexcept ImportError:\n  pass", &["a guarded"]),
            ("try:\n  def f():\n    import a\nexcept ImportError:\n  pass", &["a"]),
            ("try:\n  class C:\n    import a\nexcept ImportError:\n  pass", &["a guarded"]),
            ("with contextlib.suppress(ImportError):\n  import a", &["a guarded"]),
            ("with suppress(KeyError):\n  import a", &["a"]),
            ("if TYPE_CHECKING:\n  import a\nelse:\n  import b", &["a guarded", "b"]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), *expected, "{text}");
        }
    }
}
