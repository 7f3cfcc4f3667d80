//! String literals.

use super::fstrings::FString;
use super::scanner::Scanner;
use super::{Kind, LexError, Token};

impl Scanner<'_> {
    /// A string whose prefix started at `start`; the scanner is at the quote.
    pub(super) fn string(&mut self, start: usize, is_fstring: bool) -> Result<Token, LexError> {
        let quote = self.peek(0);
        let is_raw = self.text[start..self.at].contains(['r', 'R']);
        let is_triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if is_triple { 3 } else { 1 };
        if is_fstring {
            self.open_fstring(FString::new(start as u32, quote, is_triple, is_raw))?;
            return Ok(self.token(Kind::FStringStart, start));
        }
        loop {
            if self.is_at_end() {
                return self.unterminated(start, quote, is_triple);
            }
            match self.peek(0) {
                b'\\' => self.at += 2,
                b'\n' if !is_triple => return self.unterminated(start, quote, is_triple),
                byte if byte == quote && (!is_triple || (self.peek(1) == quote && self.peek(2) == quote)) => {
                    self.at += if is_triple { 3 } else { 1 };
                    return Ok(self.token(Kind::String, start));
                }
                _ => self.at += 1,
            }
        }
    }

    fn unterminated(&mut self, start: usize, quote: u8, is_triple: bool) -> Result<Token, LexError> {
        if let Some(outer) = self.fstrings.last()
            && outer.quote == quote
            && outer.is_triple == is_triple
        {
            return self.error(start, "f-string: expecting '}'");
        }
        let line = self.detected_line();
        let kind = if is_triple { "triple-quoted string" } else { "string" };
        // Only the quote is marked: the rest may be anything.
        self.at = start + 1;
        self.error(start, format!("unterminated {kind} literal (detected at line {line})"))
    }

    /// The line at which a missing end is noticed.
    pub(super) fn detected_line(&self) -> u32 {
        let at = self.at.min(self.bytes.len());
        let line = self.source.line(at as u32);
        let after_last_line = at == self.bytes.len() && self.bytes.last() == Some(&b'\n') && line > 1;
        if after_last_line { line - 1 } else { line }
    }
}
