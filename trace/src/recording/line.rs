//! One JSON line, built key by key without intermediate values.

use crate::text::{Breaks, is_visible, visible};
use std::io::Write;

/// A JSON object under construction; the buffer is reused from line to line.
#[derive(Debug, Default)]
pub(super) struct Line {
    bytes: Vec<u8>,
}

impl Line {
    /// Starts an object with its kind.
    pub fn start(&mut self, kind: &str) -> &mut Line {
        self.bytes.clear();
        self.bytes.extend_from_slice(b"{\"k\":\"");
        self.bytes.extend_from_slice(kind.as_bytes());
        self.bytes.push(b'"');
        self
    }

    fn key(&mut self, key: &str) {
        self.bytes.extend_from_slice(b",\"");
        self.bytes.extend_from_slice(key.as_bytes());
        self.bytes.extend_from_slice(b"\":");
    }

    /// A whole number.
    pub fn number(&mut self, key: &str, value: impl Into<i128>) -> &mut Line {
        self.key(key);
        self.raw_number(value.into());
        self
    }

    fn raw_number(&mut self, value: i128) {
        match u64::try_from(value) {
            Ok(value) => self.raw_digits(value),
            Err(_) => write!(self.bytes, "{value}").expect("writing to memory cannot fail"),
        }
    }

    /// Most of a line is numbers, hence by hand: the standard formatter takes several times as long.
    fn raw_digits(&mut self, mut value: u64) {
        let mut digits = [0u8; 20];
        let mut start = digits.len();
        loop {
            start -= 1;
            digits[start] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[start..]);
    }

    /// A whole number, if there is one.
    pub fn maybe_number(&mut self, key: &str, value: Option<impl Into<i128>>) -> &mut Line {
        match value {
            Some(value) => self.number(key, value),
            None => self,
        }
    }

    /// A truth value.
    pub fn truth(&mut self, key: &str, value: bool) -> &mut Line {
        self.key(key);
        self.bytes.extend_from_slice(if value { b"true" } else { b"false" });
        self
    }

    /// A word of the format itself.
    pub fn word(&mut self, key: &str, value: &str) -> &mut Line {
        self.key(key);
        self.raw_text(value);
        self
    }

    /// A name from the program: one line, cut.
    pub fn name(&mut self, key: &str, value: &str) -> &mut Line {
        self.key(key);
        self.raw_name(value);
        self
    }

    /// Text from the program; says so when it had to be cut.
    pub fn text(&mut self, key: &str, value: &str) -> &mut Line {
        self.key(key);
        match value.char_indices().nth(super::TEXT_CHARS_MAX) {
            None => self.raw_visible(value, Breaks::Keep),
            Some((end, _)) => {
                self.raw_visible(&value[..end], Breaks::Keep);
                self.number("cut_bytes", (value.len() - end) as u64);
            }
        }
        self
    }

    /// A list of whole numbers.
    pub fn numbers(&mut self, key: &str, values: impl Iterator<Item = u32>) -> &mut Line {
        self.key(key);
        self.bytes.push(b'[');
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.bytes.push(b',');
            }
            self.raw_number(i128::from(value));
        }
        self.bytes.push(b']');
        self
    }

    /// A position: `[file, line, column, end column, code, instruction]`.
    pub fn position(&mut self, key: &str, at: &gilsim_scheduler::event::Position) -> &mut Line {
        self.key(key);
        write!(self.bytes, "[{},{},{},{},", at.file, at.line, at.column, at.end_column)
            .expect("writing to memory cannot fail");
        self.raw_name(&at.code);
        write!(self.bytes, ",{}]", at.instruction).expect("writing to memory cannot fail");
        self
    }

    fn raw_name(&mut self, value: &str) {
        let end = value.char_indices().nth(super::NAME_CHARS_MAX).map_or(value.len(), |(end, _)| end);
        self.raw_visible(&value[..end], Breaks::Escape);
    }

    fn raw_visible(&mut self, value: &str, breaks: Breaks) {
        if is_visible(value, breaks) {
            self.raw_text(value);
        } else {
            self.raw_text(&visible(value, breaks));
        }
    }

    fn raw_text(&mut self, value: &str) {
        let plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
        if value.bytes().all(plain) {
            self.bytes.push(b'"');
            self.bytes.extend_from_slice(value.as_bytes());
            self.bytes.push(b'"');
        } else {
            serde_json::to_writer(&mut self.bytes, value).expect("a string is always JSON");
        }
    }

    /// Closes the object and gives the finished line with its line break.
    pub fn finish(&mut self) -> &[u8] {
        self.bytes.extend_from_slice(b"}\n");
        &self.bytes
    }
}
