//! A packrat parser that walks the grammar as CPython's generated one does: same order, same look-ahead, hence the same
//! furthest token, which is where a plain "invalid syntax" is reported.

use super::Raised;
use super::actions::{Captures, Range};
use super::grammar::{Alternative, GRAMMAR, Item};
use super::memo::Memo;
use crate::compile::tokens::{Kind, LexError, Token};
use crate::source::{EndColumn, SourceFile, Span, codes};

/// Words that are no names.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Where a match ends, or no match; or the error that ends the parse.
pub(super) type Parsed = Result<Option<usize>, Raised>;

pub(super) struct Parser<'a> {
    pub source: &'a SourceFile,
    pub tokens: Vec<Token>,
    /// What follows the tokens if they do not reach the end.
    lex_error: Option<LexError>,
    /// One past the furthest token that was looked at.
    pub fill: usize,
    second_pass: bool,
    /// The rule in which the rules for mistakes do not take part.
    without_invalid: usize,
    memo: Memo,
}

impl<'a> Parser<'a> {
    pub fn new(source: &'a SourceFile, tokens: Vec<Token>, lex_error: Option<LexError>) -> Parser<'a> {
        Parser {
            source,
            memo: Memo::new(tokens.len()),
            tokens,
            lex_error,
            fill: 0,
            second_pass: false,
            without_invalid: GRAMMAR.rule("expression_without_invalid"),
        }
    }

    /// What is wrong with the text; `None` if the grammar accepts it.
    pub fn explain(mut self, start: &str) -> Option<Raised> {
        let rule = GRAMMAR.rule(start);
        match self.rule(rule, 0) {
            Ok(Some(_)) => return None,
            Err(raised) => return Some(self.or_later_lex_error(raised)),
            Ok(None) => {}
        }
        let last = self.fill.saturating_sub(1);
        self.second_pass = true;
        self.memo.clear();
        match self.rule(rule, 0) {
            Err(raised) => Some(self.or_later_lex_error(raised)),
            Ok(_) => {
                let raised = self.generic(last);
                if raised.code == codes::INDENTATION { Some(raised) } else { Some(self.or_later_lex_error(raised)) }
            }
        }
    }

    /// Text that is no token, further on, is reported instead of what the parser found, except inside f-strings and for
    /// a bracket that was opened on a later line.
    fn or_later_lex_error(&self, raised: Raised) -> Raised {
        let Some(error) = self.lex_error.as_ref().filter(|error| error.message != raised.message) else {
            return raised;
        };
        let last = self.fill.saturating_sub(1).min(self.tokens.len().saturating_sub(1));
        let line = self.tokens.get(last).map_or(1, |token| self.source.line(token.start));
        let is_later = error.end == EndColumn::Zero
            && error.message.ends_with("was never closed")
            && self.source.line(error.span.start) >= line;
        if is_later || error.in_fstring { raised } else { self.lexical(error) }
    }

    fn lexical(&self, error: &LexError) -> Raised {
        Raised { code: error.code, span: error.span, end: error.end, message: error.message.clone() }
    }

    /// No rule knows better.
    fn generic(&self, last: usize) -> Raised {
        let Some(token) = self.tokens.get(last) else { return Raised::syntax(Span::at(0), "invalid syntax") };
        match token.kind {
            Kind::Indent => self.at_last(codes::INDENTATION, "unexpected indent"),
            Kind::Dedent => self.at_last(codes::INDENTATION, "unexpected unindent"),
            Kind::End => Raised { end: EndColumn::Nothing, ..Raised::syntax(self.span_of(*token), "invalid syntax") },
            _ => Raised { end: self.end_of(*token), ..Raised::syntax(self.span_of(*token), "invalid syntax") },
        }
    }

    /// An error at the furthest token.
    pub fn at_last(&self, code: crate::source::DiagnosticCode, message: &str) -> Raised {
        self.at(self.fill.clamp(1, self.tokens.len()) - 1, code, message)
    }

    /// An error at a token.
    pub fn at(&self, at: usize, code: crate::source::DiagnosticCode, message: &str) -> Raised {
        let token = self.tokens[at.min(self.tokens.len() - 1)];
        Raised { code, end: self.end_of(token), ..Raised::syntax(self.span_of(token), message) }
    }

    /// Tokens without text stand before the place up to which the text was read.
    fn span_of(&self, token: Token) -> Span {
        match token.kind {
            Kind::Indent | Kind::Dedent | Kind::End => Span::at(token.end.saturating_sub(1)),
            _ => token.span(),
        }
    }

    fn end_of(&self, token: Token) -> EndColumn {
        match token.kind {
            Kind::Indent | Kind::Dedent | Kind::End => EndColumn::Minus,
            _ => EndColumn::OfSpan,
        }
    }

    /// The token at a place; asking for it counts as having read it.
    fn token(&mut self, at: usize) -> Result<Token, Raised> {
        match self.tokens.get(at) {
            Some(token) => {
                self.fill = self.fill.max(at + 1);
                Ok(*token)
            }
            None => Err(match &self.lex_error {
                Some(error) => self.lexical(error),
                None => Raised::syntax(Span::at(self.source.text.len() as u32), "unexpected EOF while parsing"),
            }),
        }
    }

    fn rule(&mut self, number: usize, at: usize) -> Parsed {
        let rule = &GRAMMAR.rules[number];
        if number == self.without_invalid && self.second_pass {
            self.second_pass = false;
            let end = self.rule(number, at);
            self.second_pass = true;
            return end;
        }
        if rule.is_invalid && !self.second_pass {
            return Ok(None);
        }
        if let Some(known) = self.memo.get(number, self.second_pass, at) {
            return Ok(known);
        }
        if !rule.is_recursive {
            let end = stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.alternatives(&rule.alternatives, at))?;
            self.memo.set(number, self.second_pass, at, end);
            return Ok(end);
        }
        // Left recursion: start with no match and grow it.
        let mut best = None;
        loop {
            self.memo.set(number, self.second_pass, at, best);
            let end = stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.alternatives(&rule.alternatives, at))?;
            if end.is_none() || end <= best {
                self.memo.set(number, self.second_pass, at, best);
                return Ok(best);
            }
            best = end;
        }
    }

    fn alternatives(&mut self, alternatives: &'static [Alternative], at: usize) -> Parsed {
        for alternative in alternatives {
            let mut captures = Captures::default();
            let mut cut = false;
            let end = self.sequence(&alternative.items, at, &mut captures, &mut cut)?;
            if let Some(end) = end {
                return match alternative.action {
                    None => Ok(Some(end)),
                    Some(action) => self.act(action, &captures, Range { start: at, end }),
                };
            }
            if cut {
                return Ok(None);
            }
        }
        Ok(None)
    }

    fn sequence(&mut self, items: &'static [Item], at: usize, captures: &mut Captures, cut: &mut bool) -> Parsed {
        let mut now = at;
        for item in items {
            match item {
                Item::Cut => *cut = true,
                Item::Named(name, item) => {
                    let Some(end) = self.item(item, now)? else { return Ok(None) };
                    captures.set(*name, Range { start: now, end });
                    now = end;
                }
                item => match self.item(item, now)? {
                    Some(end) => now = end,
                    None => return Ok(None),
                },
            }
        }
        Ok(Some(now))
    }

    fn item(&mut self, item: &'static Item, at: usize) -> Parsed {
        Ok(match item {
            Item::Token(text) => self.is_token(at, text)?.then_some(at + 1),
            Item::Soft(text) => {
                let token = self.token(at)?;
                (token.kind == Kind::Name && token.text(&self.source.text) == *text).then_some(at + 1)
            }
            Item::Kind(kind) => self.is_kind(at, kind)?.then_some(at + 1),
            Item::Rule(number) => self.rule(*number, at)?,
            Item::Group(alternatives) => self.alternatives(alternatives, at)?,
            Item::Optional(item) => Some(self.item(item, at)?.unwrap_or(at)),
            Item::Repeat(item, least) => return self.repeat(item, *least, at),
            Item::Gather(separator, item) => return self.gather(separator, item, at),
            Item::Ahead(item, wanted) => (self.item(item, at)?.is_some() == *wanted).then_some(at),
            Item::Forced(text) => {
                if !self.is_token(at, text)? {
                    let token = self.tokens[at];
                    let span = self.span_of(token);
                    return Err(Raised {
                        end: self.end_of(token),
                        ..Raised::syntax(span, format!("expected '{text}'"))
                    });
                }
                Some(at + 1)
            }
            Item::Named(_, item) => self.item(item, at)?,
            Item::Cut => Some(at),
        })
    }

    fn repeat(&mut self, item: &'static Item, least: usize, at: usize) -> Parsed {
        let (mut now, mut count) = (at, 0);
        while let Some(end) = self.item(item, now)? {
            if end == now {
                break;
            }
            now = end;
            count += 1;
        }
        Ok((count >= least).then_some(now))
    }

    fn gather(&mut self, separator: &'static Item, item: &'static Item, at: usize) -> Parsed {
        let Some(mut now) = self.item(item, at)? else { return Ok(None) };
        while let Some(after) = self.item(separator, now)? {
            match self.item(item, after)? {
                Some(end) => now = end,
                None => break,
            }
        }
        Ok(Some(now))
    }

    fn is_token(&mut self, at: usize, text: &str) -> Result<bool, Raised> {
        let token = self.token(at)?;
        let is_text = matches!(token.kind, Kind::Name | Kind::Operator | Kind::Open | Kind::Close);
        Ok(is_text && token.text(&self.source.text) == text)
    }

    fn is_kind(&mut self, at: usize, kind: &str) -> Result<bool, Raised> {
        let token = self.token(at)?;
        let text = token.text(&self.source.text);
        Ok(match token.kind {
            Kind::Name => match kind {
                "NAME" => KEYWORDS.binary_search(&text).is_err(),
                "SOFT_KEYWORD" => matches!(text, "_" | "case" | "match" | "type"),
                _ => false,
            },
            Kind::Number => kind == "NUMBER",
            Kind::String => kind == "STRING",
            Kind::FStringStart => kind == "FSTRING_START",
            Kind::FStringMiddle => kind == "FSTRING_MIDDLE",
            Kind::FStringEnd => kind == "FSTRING_END",
            Kind::Newline => kind == "NEWLINE",
            Kind::Indent => kind == "INDENT",
            Kind::Dedent => kind == "DEDENT",
            Kind::End => kind == "ENDMARKER",
            Kind::Operator | Kind::Open | Kind::Close => false,
        })
    }
}
