//! The tokenizer's state and main loop.

use super::fstrings::FString;
use super::indentation::Indentation;
use super::{Bracket, Kind, LexError, Token};
use crate::source::{EndColumn, SourceFile, Span, codes};
use crate::text::unicode;

/// CPython's limit on nested brackets.
const BRACKETS_MAX: usize = 200;

/// Reads tokens one by one; ends after the first error or the end of the file.
pub(in crate::compile) struct Scanner<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Open brackets, outermost first.
    pub(super) brackets: Vec<Bracket>,
    /// Open f-strings, outermost first.
    pub(super) fstrings: Vec<FString>,
    indentation: Indentation,
    at_line_start: bool,
    /// Dedents still to be given out.
    dedents: usize,
    /// The current logical line has a token.
    line_has_token: bool,
    done: bool,
}

type Scanned = Result<Option<Token>, LexError>;

impl<'a> Scanner<'a> {
    pub fn new(source: &'a SourceFile) -> Scanner<'a> {
        Scanner {
            source,
            text: &source.text,
            bytes: source.text.as_bytes(),
            at: 0,
            brackets: vec![],
            fstrings: vec![],
            indentation: Indentation::default(),
            at_line_start: true,
            dedents: 0,
            line_has_token: false,
            done: false,
        }
    }

    /// The brackets that are open, outermost first.
    pub fn open_brackets(&self) -> &[Bracket] {
        &self.brackets
    }

    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(super) fn token(&self, kind: Kind, start: usize) -> Token {
        Token { kind, start: start as u32, end: self.at as u32 }
    }

    pub(super) fn error<T>(&self, start: usize, message: impl Into<String>) -> Result<T, LexError> {
        let end = self.at.max(start + 1).min(self.bytes.len());
        Err(LexError {
            end: EndColumn::Start,
            in_fstring: !self.fstrings.is_empty(),
            ..LexError::syntax(Span::new(start as u32, end as u32), message)
        })
    }

    /// Spaces, comments, joined lines and blank lines; then one token.
    fn step(&mut self) -> Scanned {
        if self.dedents > 0 {
            self.dedents -= 1;
            return Ok(Some(self.token(Kind::Dedent, self.at)));
        }
        if self.in_fstring_text() {
            return self.fstring_text().map(Some);
        }
        if self.at_line_start {
            self.at_line_start = false;
            if let Some(token) = self.line_start()? {
                return Ok(Some(token));
            }
            if self.dedents > 0 {
                return self.step();
            }
        }
        self.skip_space()?;
        if self.is_at_end() {
            return Ok(self.end_of_file());
        }
        self.one_token()
    }

    /// The indentation of a new logical line: INDENT, or sets `dedents`.
    fn line_start(&mut self) -> Scanned {
        loop {
            let measured = self.indentation.measure(&self.bytes[self.at..]);
            let rest = self.at + measured.bytes;
            match self.bytes.get(rest) {
                Some(b'\n') => self.at = rest + 1,
                Some(b'#') => {
                    self.at = rest;
                    self.skip_comment();
                    self.at = (self.at + 1).min(self.bytes.len());
                }
                None => {
                    self.at = rest;
                    return Ok(None);
                }
                // A joined line as the first one of a statement: its indentation counts as is.
                Some(_) => {
                    let start = self.at;
                    self.at = rest;
                    let span = Span::new(start as u32, rest as u32);
                    let change = self.indentation.enter(measured, span).map_err(|error| self.at_line(error))?;
                    self.dedents = change.dedents;
                    return Ok(change.indents.then(|| self.token(Kind::Indent, start)));
                }
            }
            if self.is_at_end() {
                return Ok(None);
            }
        }
    }

    /// Where CPython places an error of a line's indentation.
    fn at_line(&self, error: LexError) -> LexError {
        match error.code {
            codes::INDENTATION => {
                let rest = &self.bytes[self.at..];
                let end = self.at + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
                LexError { span: Span::at(end as u32), end: EndColumn::Minus, ..error }
            }
            _ => LexError { end: EndColumn::Zero, ..error },
        }
    }

    fn skip_comment(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
    }

    fn skip_space(&mut self) -> Result<(), LexError> {
        loop {
            match self.peek(0) {
                b' ' | b'\t' | b'\x0c' => self.at += 1,
                b'#' => self.skip_comment(),
                b'\n' if !self.brackets.is_empty() => self.at += 1,
                b'\\' => {
                    let start = self.at;
                    self.at += 1;
                    match self.bytes.get(self.at) {
                        Some(b'\n') => self.at += 1,
                        Some(_) => {
                            let error = LexError::unclosed(
                                Span::new(start as u32 + 1, start as u32 + 2),
                                "unexpected character after line continuation character",
                            );
                            return Err(error);
                        }
                        None => {}
                    }
                    if self.is_at_end() {
                        let span = Span::at(start as u32 + 1);
                        let error = LexError::syntax(span, "unexpected EOF while parsing");
                        return Err(LexError { end: EndColumn::Minus, ..error });
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn end_of_file(&mut self) -> Option<Token> {
        // Inside brackets a line does not end, not even with the file.
        if std::mem::replace(&mut self.line_has_token, false) && self.brackets.is_empty() {
            return Some(self.token(Kind::Newline, self.at));
        }
        if let Some(count) = self.indentation.close() {
            self.dedents = count - 1;
            return Some(self.token(Kind::Dedent, self.at));
        }
        if std::mem::replace(&mut self.done, true) { None } else { Some(self.token(Kind::End, self.at)) }
    }

    fn one_token(&mut self) -> Scanned {
        let start = self.at;
        let byte = self.peek(0);
        if byte == b'\n' {
            self.at += 1;
            self.at_line_start = true;
            self.line_has_token = false;
            return Ok(Some(Token { kind: Kind::Newline, start: start as u32, end: start as u32 + 1 }));
        }
        self.line_has_token = true;
        let token = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name_or_string()?,
            b'0'..=b'9' => self.number()?,
            b'.' if self.peek(1).is_ascii_digit() => self.number()?,
            b'"' | b'\'' => self.string(start, false)?,
            b'(' | b'[' | b'{' => self.open_bracket()?,
            b')' | b']' | b'}' => self.close()?,
            _ => self.operator()?,
        };
        Ok(Some(token))
    }

    fn name_or_string(&mut self) -> Result<Token, LexError> {
        let start = self.at;
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        self.at += self.bytes[start..].iter().take_while(|byte| is_name(byte)).count();
        let name = &self.text[start..self.at];
        if matches!(self.peek(0), b'"' | b'\'') {
            match name.to_ascii_lowercase().as_str() {
                "r" | "u" | "b" | "br" | "rb" => return self.string(start, false),
                "f" | "fr" | "rf" => return self.string(start, true),
                _ => {}
            }
        }
        if !name.is_ascii() {
            self.check_name(start, name)?;
        }
        Ok(self.token(Kind::Name, start))
    }

    pub(super) fn check_name(&self, start: usize, name: &str) -> Result<(), LexError> {
        let is_valid = |at: usize, c: char| {
            if at == 0 { c == '_' || unicode::is_xid_start(c) } else { unicode::is_xid_continue(c) }
        };
        match name.char_indices().find(|&(at, character)| !is_valid(at, character)) {
            None => Ok(()),
            Some((at, character)) => {
                let begin = (start + at) as u32;
                let span = Span::new(begin, begin + character.len_utf8() as u32);
                Err(LexError { end: EndColumn::Start, ..LexError::syntax(span, invalid_character(character)) })
            }
        }
    }

    pub(super) fn open_bracket(&mut self) -> Result<Token, LexError> {
        let start = self.at;
        if self.brackets.len() >= BRACKETS_MAX {
            let span = Span::new(start as u32, start as u32 + 1);
            return Err(LexError::new(codes::NESTING, span, "too many nested parentheses"));
        }
        self.brackets.push(Bracket { byte: self.peek(0), at: start as u32 });
        self.at += 1;
        Ok(self.token(Kind::Open, start))
    }

    fn close(&mut self) -> Result<Token, LexError> {
        let start = self.at;
        let byte = self.peek(0);
        self.at += 1;
        let prefix = if self.fstrings.is_empty() { "" } else { "f-string: " };
        if byte == b'}' && self.ends_field() {
            return Ok(self.token(Kind::Close, start));
        }
        let shown = char::from(byte);
        let Some(open) = self.brackets.pop() else { return self.error(start, format!("{prefix}unmatched '{shown}'")) };
        if matches!((open.byte, byte), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
            return Ok(self.token(Kind::Close, start));
        }
        if self.is_field_bracket(open) {
            return self.error(start, format!("f-string: unmatched '{shown}'"));
        }
        let opened = char::from(open.byte);
        let (open_line, line) = (self.source.line(open.at), self.source.line(start as u32));
        let place = if open_line == line { String::new() } else { format!(" on line {open_line}") };
        let message = format!("closing parenthesis '{shown}' does not match opening parenthesis '{opened}'{place}");
        self.error(start, message)
    }

    fn operator(&mut self) -> Result<Token, LexError> {
        let start = self.at;
        let (first, second, third) = (self.peek(0), self.peek(1), self.peek(2));
        if (first == b':' || (first == b'!' && second != b'=')) && self.field_continues(first) {
            return Ok(self.token(Kind::Operator, start));
        }
        let length = match (first, second, third) {
            (b'*', b'*', b'=') | (b'/', b'/', b'=') | (b'<', b'<', b'=') | (b'>', b'>', b'=') | (b'.', b'.', b'.') => 3,
            (b'*', b'*', _)
            | (b'/', b'/', _)
            | (b'<', b'<', _)
            | (b'>', b'>', _)
            | (b'-', b'>', _)
            | (b'<', b'>', _) => 2,
            (
                b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'=' | b'!' | b'<' | b'>' | b'@' | b':',
                b'=',
                _,
            ) => 2,
            _ => 1,
        };
        self.at += length;
        if first < b' ' || first == 0x7f {
            return self.error(start, invalid_character(char::from(first)));
        }
        Ok(self.token(Kind::Operator, start))
    }
}

/// CPython's message for a character that starts no token.
fn invalid_character(character: char) -> String {
    let code = character as u32;
    match unicode::is_printable(character) {
        true => format!("invalid character '{character}' (U+{code:04X})"),
        false => format!("invalid non-printable character U+{code:04X}"),
    }
}

impl Iterator for Scanner<'_> {
    type Item = Result<Token, LexError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let result = self.step();
        if result.is_err() {
            self.done = true;
        }
        result.transpose()
    }
}
