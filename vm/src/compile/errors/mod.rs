//! Syntax errors in CPython's words and places.
//!
//! The syntax tree is made by another parser, whose messages are its own. So when a file is refused, it is parsed once
//! more, by CPython's grammar (`grammar.peg`) in CPython's way (a packrat parser over tokens, run twice: the second time
//! with the rules for common mistakes), and what that finds is reported. What it can miss: a text that this grammar
//! accepts and the other parser does not; then the other parser's message stays. Long texts are not explained.

mod actions;
mod grammar;
mod memo;
mod parser;

use super::tokens::{Kind, LexError, Scanner, Token};
use crate::source::{Diagnostic, SourceFile, Span, codes};
use parser::Parser;

/// More tokens than this are not parsed again.
const TOKENS_MAX: usize = 200_000;

/// What CPython says about a text that is not Python; `None` if the grammar accepts it.
pub(super) fn explain(source: &SourceFile, is_expression: bool) -> Option<Diagnostic> {
    let (tokens, lex_error) = tokens(source)?;
    let start = if is_expression { "eval" } else { "file" };
    let raised = Parser::new(source, tokens, lex_error).explain(start)?;
    Some(Diagnostic { end: raised.end, ..Diagnostic::error(raised.code, raised.span, raised.message) })
}

/// All tokens up to the first text that is none, and what is wrong with it.
fn tokens(source: &SourceFile) -> Option<(Vec<Token>, Option<LexError>)> {
    let mut scanner = Scanner::new(source);
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next() {
        match token {
            Ok(token) if token.kind == Kind::End => {
                if let Some(open) = scanner.open_brackets().last() {
                    let span = Span::new(open.at, open.at + 1);
                    let message = format!("'{}' was never closed", char::from(open.byte));
                    return Some((tokens, Some(LexError::unclosed(span, message))));
                }
                tokens.push(token);
            }
            Ok(token) if tokens.len() < TOKENS_MAX => tokens.push(token),
            Ok(_) => return None,
            Err(error) => return Some((tokens, Some(error))),
        }
    }
    Some((tokens, None))
}

/// An error with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Raised {
    code: crate::source::DiagnosticCode,
    span: Span,
    end: crate::source::EndColumn,
    message: String,
}

impl Raised {
    fn syntax(span: Span, message: impl Into<String>) -> Raised {
        Raised { code: codes::SYNTAX, span, end: crate::source::EndColumn::OfSpan, message: message.into() }
    }
}
