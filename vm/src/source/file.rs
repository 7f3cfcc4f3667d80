//! One source file: its text, its names, and an index of line starts.
//!
//! A line ends at `\n`, `\r\n` or a lone `\r`. When the file is made, a byte order mark at the start is dropped and all
//! line terminators become `\n`, as CPython's tokenizer does, so that string literals over several lines have the same
//! value everywhere; offsets are into that text.

use super::Span;

use std::borrow::Cow;
use std::sync::Arc;

/// Who wrote a code unit, which decides how the scheduler and tracebacks treat it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Flavour {
    /// The user's program and the modules beside it.
    #[default]
    User,
    /// Library source that CPython also writes in Python: preemptible, shown in tracebacks.
    Library,
    /// Library source for what CPython writes in C: no eval checks, cheap, hidden from tracebacks.
    Atomic,
}

impl Flavour {
    /// The flavour of a library file: [`Flavour::Atomic`] if its first line is `# gilsim: atomic`.
    pub fn of_library(text: &str) -> Flavour {
        match text.lines().next() {
            Some(line) if line.trim_end() == "# gilsim: atomic" => Flavour::Atomic,
            _ => Flavour::Library,
        }
    }
}

/// A position for people: 1-based line, 0-based columns.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 0 (what CPython's `co_positions` counts).
    pub column: u32,
}

/// A source file. Compared by content; two clones of one `Arc` compare by address first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// The module's name (`__main__`, `queue`, `pkg.mod`).
    pub name: Arc<str>,
    /// The path as tracebacks and `__file__` show it.
    pub path: Arc<str>,
    /// The program text, without a byte order mark, every line terminator `\n`.
    pub text: Arc<str>,
    /// Who wrote it.
    pub flavour: Flavour,
    /// Byte offset of the first byte of each line; never empty.
    line_starts: Vec<u32>,
    /// Whether every character is one byte, so that columns need no counting.
    is_ascii: bool,
}

impl SourceFile {
    /// Largest text accepted, in bytes (spans are 32-bit, and the parser refuses more than 4 GB).
    pub const TEXT_BYTES_MAX: usize = u32::MAX as usize / 2;

    /// A source file. A text longer than [`Self::TEXT_BYTES_MAX`] is cut there; callers check before.
    pub fn new(name: &str, path: &str, text: &str, flavour: Flavour) -> SourceFile {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut cut = text.len().min(Self::TEXT_BYTES_MAX);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let text = unify_line_ends(&text[..cut]);
        let text = text.as_ref();
        let line_starts = line_starts(text);
        let is_ascii = text.is_ascii();
        SourceFile { name: name.into(), path: path.into(), text: text.into(), flavour, line_starts, is_ascii }
    }

    /// Whether the text was made while the program ran (`<string>`), so that no file has its lines.
    pub fn is_nameless(&self) -> bool {
        self.path.starts_with('<') && self.path.ends_with('>')
    }

    /// Number of lines; a text that ends with a line terminator has an empty last line that counts.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The line (from 1) that holds byte `offset`; offsets past the end give the last line.
    pub fn line(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|&start| start <= offset) as u32
    }

    /// Line and byte column of `offset`.
    pub fn position(&self, offset: u32) -> LineColumn {
        let line = self.line(offset);
        LineColumn { line, column: offset - self.line_start(line) }
    }

    /// Column of `offset` in characters (Unicode scalar values) from 0, as tracebacks count.
    pub fn char_column(&self, offset: u32) -> u32 {
        let start = self.line_start(self.line(offset)) as usize;
        let end = (offset as usize).min(self.text.len());
        if self.is_ascii {
            return end.saturating_sub(start) as u32;
        }
        self.text.get(start..end).map_or(0, |head| head.chars().count() as u32)
    }

    /// Byte offset of the first byte of `line` (from 1); past the last line, the end of the text.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = (line.max(1) - 1) as usize;
        self.line_starts.get(index).copied().unwrap_or(self.text.len() as u32)
    }

    /// The text of `line` (from 1) without its terminator; empty past the last line.
    pub fn line_text(&self, line: u32) -> &str {
        let start = self.line_start(line) as usize;
        let end = self.line_start(line.saturating_add(1)) as usize;
        self.text[start..end].trim_end_matches('\n')
    }

    /// The text of a span, clipped to the file; empty if the span cuts a character.
    pub fn slice(&self, span: Span) -> &str {
        let end = (span.end as usize).min(self.text.len());
        self.text.get(span.start as usize..end).unwrap_or("")
    }
}

/// The text with `\r\n` and `\r` replaced by `\n`.
fn unify_line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Offsets at which lines start.
fn line_starts(text: &str) -> Vec<u32> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("m", "m.py", text, Flavour::User)
    }

    #[test]
    fn lines_end_at_lf_crlf_and_cr() {
        let file = file("a\nbb\r\nccc\rd");
        assert_eq!(file.line_count(), 4);
        assert_eq!((1..=5).map(|line| file.line_text(line)).collect::<Vec<_>>(), ["a", "bb", "ccc", "d", ""]);
        assert_eq!(&*file.text, "a\nbb\nccc\nd");
        assert_eq!(file.position(4), LineColumn { line: 2, column: 2 });
        assert_eq!(file.position(5), LineColumn { line: 3, column: 0 });
        assert_eq!(file.position(99).line, 4);
    }

    #[test]
    fn columns_count_bytes_and_characters() {
        let file = file("x = 'äö' + y\n");
        let at = file.text.find('y').unwrap() as u32;
        assert_eq!((file.position(at).column, file.char_column(at)), (13, 11));
    }

    #[test]
    fn byte_order_mark_is_dropped() {
        assert_eq!(&*file("\u{feff}x").text, "x");
    }

    #[test]
    fn first_line_marks_atomic_library() {
        assert_eq!(Flavour::of_library("# gilsim: atomic\nx=1"), Flavour::Atomic);
        assert_eq!(Flavour::of_library("x=1"), Flavour::Library);
        assert_eq!(Flavour::of_library(""), Flavour::Library);
    }
}
