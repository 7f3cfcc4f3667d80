//! f-strings: text, replacement fields and format specifications, nested to any depth.

use super::scanner::Scanner;
use super::{Bracket, Kind, LexError, Token};
use crate::source::{Span, codes};

/// CPython's limit on f-strings inside each other.
const FSTRINGS_MAX: usize = 150;

/// An open f-string.
pub(in crate::compile) struct FString {
    start: u32,
    pub quote: u8,
    pub is_triple: bool,
    is_raw: bool,
    /// For each open field, the number of open brackets including its own brace.
    fields: Vec<usize>,
    /// The scanner is in text (of the string, or of a format specification), not in an expression.
    in_text: bool,
}

impl FString {
    pub fn new(start: u32, quote: u8, is_triple: bool, is_raw: bool) -> FString {
        FString { start, quote, is_triple, is_raw, fields: vec![], in_text: true }
    }
}

impl Scanner<'_> {
    pub(super) fn open_fstring(&mut self, fstring: FString) -> Result<(), LexError> {
        if self.fstrings.len() >= FSTRINGS_MAX {
            let span = Span::new(fstring.start, self.at as u32);
            return Err(LexError::new(codes::NESTING, span, "too many nested f-strings"));
        }
        self.fstrings.push(fstring);
        Ok(())
    }

    pub(super) fn in_fstring_text(&self) -> bool {
        self.fstrings.last().is_some_and(|fstring| fstring.in_text)
    }

    /// Whether a bracket is the brace of a replacement field.
    pub(super) fn is_field_bracket(&self, bracket: Bracket) -> bool {
        let depth = self.brackets.len() + 1;
        bracket.byte == b'{' && self.fstrings.last().is_some_and(|fstring| fstring.fields.last() == Some(&depth))
    }

    /// A `}` in an expression: ends the innermost field if no bracket inside it is open.
    pub(super) fn ends_field(&mut self) -> bool {
        let depth = self.brackets.len();
        let Some(fstring) = self.fstrings.last_mut().filter(|fstring| fstring.fields.last() == Some(&depth)) else {
            return false;
        };
        fstring.fields.pop();
        fstring.in_text = true;
        self.brackets.pop();
        true
    }

    /// A `:` or `!` in an expression: what follows is a format specification, or a conversion.
    pub(super) fn field_continues(&mut self, byte: u8) -> bool {
        let depth = self.brackets.len();
        let Some(fstring) = self.fstrings.last_mut().filter(|fstring| fstring.fields.last() == Some(&depth)) else {
            return false;
        };
        self.at += 1;
        fstring.in_text = byte == b':';
        true
    }

    /// The next token of an f-string's text.
    pub(super) fn fstring_text(&mut self) -> Result<Token, LexError> {
        let start = self.at;
        loop {
            let Some(fstring) = self.fstrings.last() else { return Ok(self.token(Kind::FStringMiddle, start)) };
            let (quote, is_triple, is_raw) = (fstring.quote, fstring.is_triple, fstring.is_raw);
            let in_format = !fstring.fields.is_empty();
            if self.is_at_end() {
                return self.unterminated_fstring();
            }
            let byte = self.peek(0);
            let ends = byte == quote && (!is_triple || (self.peek(1) == quote && self.peek(2) == quote));
            match byte {
                b'\n' if !is_triple => return self.unterminated_fstring(),
                _ if ends && self.at == start => {
                    self.at += if is_triple { 3 } else { 1 };
                    let open = self.fstrings.pop().map_or(0, |fstring| fstring.fields.len());
                    self.brackets.truncate(self.brackets.len() - open);
                    return Ok(self.token(Kind::FStringEnd, start));
                }
                b'{' if self.peek(1) == b'{' && !in_format => self.at += 2,
                b'{' if self.at == start => return self.open_field(),
                b'}' if in_format && self.at == start => {
                    self.at += 1;
                    self.ends_field();
                    return Ok(self.token(Kind::Close, start));
                }
                b'}' if self.peek(1) == b'}' && !in_format => self.at += 2,
                b'}' if !in_format => return self.error(self.at, "f-string: single '}' is not allowed"),
                _ if ends || byte == b'{' || byte == b'}' => return Ok(self.token(Kind::FStringMiddle, start)),
                b'\\' if is_raw && matches!(self.peek(1), b'{' | b'}') => self.at += 1,
                b'\\' if self.peek(1) == b'N' && self.peek(2) == b'{' && !is_raw => {
                    let rest = &self.bytes[self.at..];
                    self.at += rest.iter().position(|&byte| byte == b'}').unwrap_or(2) + 1;
                }
                b'\\' if matches!(self.peek(1), b'{' | b'}') => self.at += 1,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    fn open_field(&mut self) -> Result<Token, LexError> {
        let token = self.open_bracket()?;
        let depth = self.brackets.len();
        if let Some(fstring) = self.fstrings.last_mut() {
            fstring.fields.push(depth);
            fstring.in_text = false;
        }
        Ok(token)
    }

    fn unterminated_fstring(&mut self) -> Result<Token, LexError> {
        let Some(fstring) = self.fstrings.last() else { return self.error(self.at, "f-string: expecting '}'") };
        let (start, in_format) = (fstring.start as usize, !fstring.fields.is_empty());
        let kind = if fstring.is_triple { "triple-quoted f-string" } else { "f-string" };
        if in_format && !self.is_at_end() {
            return self
                .error(self.at, "f-string: newlines are not allowed in format specifiers for single quoted f-strings");
        }
        let line = self.detected_line();
        self.at = start + 2;
        self.error(start, format!("unterminated {kind} literal (detected at line {line})"))
    }
}
