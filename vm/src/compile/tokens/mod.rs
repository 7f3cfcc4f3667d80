//! A tokenizer of our own, for what the parser does not do: CPython's limits on nesting, and CPython's messages for text
//! that has no tokens.
//!
//! It follows `Parser/lexer/lexer.c` of CPython 3.13 in the order in which errors are found. Trees are made by the parser's
//! own lexer; this one runs before it, over every file, and its tokens also serve to explain syntax errors.

mod fstrings;
mod indentation;
pub(super) mod nesting;
mod numbers;
mod scanner;
mod strings;

pub(super) use scanner::Scanner;

use crate::source::{DiagnosticCode, EndColumn, Span, codes};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Name,
    Number,
    String,
    FStringStart,
    FStringMiddle,
    FStringEnd,
    /// An operator or other punctuation.
    Operator,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// The end of a logical line.
    Newline,
    Indent,
    Dedent,
    /// The end of the file.
    End,
}

/// A token: its kind and bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
}

impl Token {
    pub fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    pub fn text(self, source: &str) -> &str {
        &source[self.start as usize..self.end as usize]
    }
}

/// Text that is no token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LexError {
    pub code: DiagnosticCode,
    pub span: Span,
    /// What CPython gives as the end column.
    pub end: EndColumn,
    pub message: String,
    /// Found inside an f-string: does not replace what the parser found before.
    pub in_fstring: bool,
}

impl LexError {
    pub fn syntax(span: Span, message: impl Into<String>) -> LexError {
        LexError::new(codes::SYNTAX, span, message)
    }

    pub fn new(code: DiagnosticCode, span: Span, message: impl Into<String>) -> LexError {
        LexError { code, span, end: EndColumn::OfSpan, message: message.into(), in_fstring: false }
    }

    /// A bracket without its partner.
    pub fn unclosed(span: Span, message: impl Into<String>) -> LexError {
        LexError { end: EndColumn::Zero, ..LexError::syntax(span, message) }
    }
}

/// An open bracket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bracket {
    pub byte: u8,
    pub at: u32,
}
