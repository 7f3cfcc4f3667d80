//! Number literals.

use super::scanner::Scanner;
use super::{Kind, LexError, Token};
use crate::source::Span;

/// Keywords that may follow a number without a space.
const KEYWORDS_AFTER: &[&str] = &["and", "else", "for", "if", "in", "is", "or", "not"];

impl Scanner<'_> {
    pub(super) fn number(&mut self) -> Result<Token, LexError> {
        let start = self.at;
        match (self.peek(0), self.peek(1).to_ascii_lowercase()) {
            (b'0', b'x') => self.based("hexadecimal", |byte| byte.is_ascii_hexdigit())?,
            (b'0', b'o') => self.based("octal", |byte| matches!(byte, b'0'..=b'7'))?,
            (b'0', b'b') => self.based("binary", |byte| matches!(byte, b'0' | b'1'))?,
            _ => self.decimal(start)?,
        }
        Ok(self.token(Kind::Number, start))
    }

    /// Digits with a prefix.
    fn based(&mut self, kind: &str, is_digit: impl Fn(u8) -> bool) -> Result<(), LexError> {
        self.at += 2;
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            if !is_digit(self.peek(0)) {
                let byte = self.peek(0);
                if byte.is_ascii_digit() {
                    self.at += 1;
                    return self.error(self.at - 1, format!("invalid digit '{}' in {kind} literal", char::from(byte)));
                }
                return self.error(self.at - 1, format!("invalid {kind} literal"));
            }
            while is_digit(self.peek(0)) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                break;
            }
        }
        if self.peek(0).is_ascii_digit() {
            let digit = char::from(self.peek(0));
            self.at += 1;
            return self.error(self.at - 1, format!("invalid digit '{digit}' in {kind} literal"));
        }
        self.check_end(kind)
    }

    fn digits(&mut self) -> Result<(), LexError> {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return self.error(self.at - 1, "invalid decimal literal");
            }
        }
    }

    fn decimal(&mut self, start: usize) -> Result<(), LexError> {
        let mut is_integer = true;
        self.digits()?;
        let digits = self.at;
        if self.peek(0) == b'.' {
            is_integer = false;
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.digits()?;
            }
        }
        let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
        if self.peek(0).eq_ignore_ascii_case(&b'e') && self.peek(1 + sign).is_ascii_digit() {
            is_integer = false;
            self.at += 1 + sign;
            self.digits()?;
        }
        if self.peek(0).eq_ignore_ascii_case(&b'e') && sign == 1 && !self.peek(2).is_ascii_digit() {
            return self.error(self.at + 1, "invalid decimal literal");
        }
        if self.peek(0).eq_ignore_ascii_case(&b'j') {
            self.at += 1;
            return self.check_end("imaginary");
        }
        let text = &self.text[start..digits];
        if is_integer && text.starts_with('0') && text.bytes().any(|byte| byte != b'0' && byte != b'_') {
            let message = "leading zeros in decimal integer literals are not permitted; \
                           use an 0o prefix for octal integers";
            let zeros = text.bytes().take_while(|byte| *byte == b'0').count();
            let span = Span::new(start as u32, (start + zeros) as u32);
            return Err(LexError::syntax(span, message));
        }
        self.check_end("decimal")
    }

    /// What follows a number must not look like a part of it.
    fn check_end(&mut self, kind: &str) -> Result<(), LexError> {
        let byte = self.peek(0);
        if !(byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80) {
            return Ok(());
        }
        if byte >= 0x80 {
            let rest = &self.text[self.at..];
            let end = rest.find(|c: char| c.is_ascii() && !(c.is_ascii_alphanumeric() || c == '_'));
            self.check_name(self.at, &rest[..end.unwrap_or(rest.len())])?;
        }
        let rest = &self.bytes[self.at..];
        if KEYWORDS_AFTER.iter().any(|keyword| rest.starts_with(keyword.as_bytes())) {
            return Ok(());
        }
        self.error(self.at - 1, format!("invalid {kind} literal"))
    }
}
