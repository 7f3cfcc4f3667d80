//! Python source to code objects.
//!
//! Pipeline: nesting limits on tokens (`limits`), the parser, scope analysis (`scope`), lowering (`lower`), and the
//! passes over the control flow graph (`flow`). The result for a profile is CPython 3.13's code without
//! super-instructions, with that profile's eval checks and costs baked in. Every problem of a file is reported, sorted.

mod constants;
mod errors;
mod flow;
mod fold;
mod library_code;
mod literals;
mod lower;
mod messages;
mod scope;
mod text;
mod tokens;
mod unparse;

pub use library_code::library_code;

use crate::code::{Code, CodeRules};
use crate::source::{Diagnostic, Flavour, SourceFile, Span, codes};
use lower::Compiler;

use ruff_python_ast::{Expr, PythonVersion, Stmt};
use ruff_python_parser::{ParseOptions, parse_unchecked};
use std::sync::Arc;

/// What a text is compiled as, as in Python's `compile(…, mode)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A module: statements (`exec`).
    Module,
    /// One expression, whose value the code returns (`eval`).
    Eval,
    /// Interactive statements: values of expression statements are displayed (`single`).
    Single,
}

/// Weight of expressions (see [`tokens::nesting`]) up to which any stack is large enough.
const SHALLOW: u32 = 300;

/// Stack for the deepest trees that are compiled, in bytes: address space, pages are used as needed.
const DEEP_STACK_BYTES: usize = 1 << 29;

/// A compiled file.
#[derive(Clone, PartialEq, Debug)]
pub struct Compiled {
    /// The code of the file.
    pub code: Arc<Code>,
    /// What CPython would print as SyntaxWarning, sorted.
    pub warnings: Vec<Diagnostic>,
}

/// Compiles a file under the rules of a profile.
///
/// # Errors
/// All problems of the file, sorted by position, each once.
pub fn compile(source: &Arc<SourceFile>, mode: Mode, rules: &CodeRules) -> Result<Arc<Code>, Vec<Diagnostic>> {
    compile_with_warnings(source, mode, rules).map(|compiled| compiled.code)
}

/// As [`compile`], with the warnings.
///
/// # Errors
/// As [`compile`].
pub fn compile_with_warnings(
    source: &Arc<SourceFile>,
    mode: Mode,
    rules: &CodeRules,
) -> Result<Compiled, Vec<Diagnostic>> {
    // gilsim's own files are known to be shallow; what a program makes is not.
    if source.flavour != Flavour::User {
        return parse_and_lower(source, mode, rules);
    }
    let weight = tokens::nesting::check(source).map_err(|error| {
        let lexical = Diagnostic { end: error.end, ..Diagnostic::error(error.code, error.span, error.message) };
        let explained = (error.code != codes::NESTING).then(|| explain(source, mode)).flatten();
        vec![on_characters(source, explained.unwrap_or(lexical))]
    })?;
    if weight < SHALLOW {
        return parse_and_lower(source, mode, rules);
    }
    stacker::grow(DEEP_STACK_BYTES, || parse_and_lower(source, mode, rules))
}

/// What CPython would say about a text that is refused.
fn explain(source: &SourceFile, mode: Mode) -> Option<Diagnostic> {
    errors::explain(source, mode == Mode::Eval).map(|problem| on_characters(source, problem))
}

/// The problem with a span that cuts no character: columns are sometimes found by counting bytes back.
fn on_characters(source: &SourceFile, problem: Diagnostic) -> Diagnostic {
    let floor = |at: u32| source.text.floor_char_boundary(at as usize) as u32;
    Diagnostic { span: Span::new(floor(problem.span.start), floor(problem.span.end)), ..problem }
}

/// Makes, walks and drops the tree: all of it recursive, so on a stack that is large enough for its depth.
fn parse_and_lower(source: &Arc<SourceFile>, mode: Mode, rules: &CodeRules) -> Result<Compiled, Vec<Diagnostic>> {
    let parser_mode = match mode {
        Mode::Module | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    let options = ParseOptions::from(parser_mode).with_target_version(PythonVersion::PY313);
    let parsed = parse_unchecked(&source.text, options);
    if let Some(first) = parsed.errors().first() {
        let span = first.location.into();
        let explained = explain(source, mode);
        return Err(vec![explained.unwrap_or_else(|| Diagnostic::error(codes::SYNTAX, span, first.error.to_string()))]);
    }
    // What later versions allow, such as `except A, B:`.
    if !parsed.unsupported_syntax_errors().is_empty()
        && let Some(problem) = explain(source, mode)
    {
        return Err(vec![problem]);
    }
    let (body, expression): (&[Stmt], Option<&Expr>) = match parsed.syntax() {
        ruff_python_ast::Mod::Module(module) => (&module.body, None),
        ruff_python_ast::Mod::Expression(module) => (&[], Some(&module.body)),
    };
    lower_file(source, mode, rules, body, expression)
}

fn lower_file(
    source: &Arc<SourceFile>,
    mode: Mode,
    rules: &CodeRules,
    body: &[Stmt],
    expression: Option<&Expr>,
) -> Result<Compiled, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let future_annotations = has_future_annotations(body);
    let input = scope::Input {
        source,
        body,
        expression,
        future_annotations,
        comprehension_is_call: rules.comprehension_is_call,
    };
    let scopes = scope::build(&input, &mut problems);
    let mut compiler = Compiler::new(source, rules, scopes, problems);
    compiler.future_annotations = future_annotations;
    let code = match (mode, expression) {
        (Mode::Eval, Some(expression)) => compiler.expression_unit(expression),
        (Mode::Single, _) => compiler.interactive_unit(body),
        _ => compiler.module(body),
    };
    let Compiler { problems, warnings, .. } = compiler;
    if !problems.is_empty() {
        return Err(sorted(problems));
    }
    Ok(Compiled { code, warnings: sorted(warnings) })
}

/// By position, each problem once.
fn sorted(mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.sort();
    problems.dedup();
    problems
}

/// Whether the file starts with `from __future__ import annotations` (among other imports from there).
fn has_future_annotations(body: &[Stmt]) -> bool {
    let imports = body.iter().filter_map(|statement| statement.as_import_from_stmt());
    imports
        .filter(|import| import.module.as_ref().is_some_and(|module| module.as_str() == "__future__"))
        .any(|import| import.names.iter().any(|alias| alias.name.as_str() == "annotations"))
}
