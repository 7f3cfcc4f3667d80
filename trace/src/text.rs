//! Text for people: control characters made visible, display width, cutting.
//!
//! Names and output come from programs that may be hostile to a terminal, so they pass [`visible`] where the trace is
//! written and again where one is read. Escaping is idempotent (a backslash is not doubled), hence a recording that is
//! read and written again stays the same.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether line breaks and tabs may stay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Breaks {
    /// A name or title: one line.
    Escape,
    /// Program output: line breaks and tabs are part of it.
    Keep,
}

/// True for characters that could move the cursor, change colours or reorder text: C0, DEL, C1, bidirectional controls,
/// line and paragraph separators, the byte order mark.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The text with control characters written as in a Python literal (`\x1b`, `\u202e`).
pub fn visible(text: &str, breaks: Breaks) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' if breaks == Breaks::Keep => out.push(c),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_control(c) && u32::from(c) < 0x100 => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if is_control(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// True if [`visible`] would change nothing.
pub fn is_visible(text: &str, breaks: Breaks) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    text.chars().all(|c| !is_control(c) || (breaks == Breaks::Keep && matches!(c, '\n' | '\t')))
}

/// Columns the text takes in a terminal; wide characters count two.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut to at most `columns` columns, the last of them `mark` if something was cut.
pub fn cut(text: &str, columns: usize, mark: char) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > columns - 1 {
            break;
        }
        used += wide;
        out.push(c);
    }
    out.push(mark);
    out
}

/// The text, cut or filled with spaces on the right to exactly `columns` columns.
pub fn fit_left(text: &str, columns: usize, mark: char) -> String {
    let mut out = cut(text, columns, mark);
    let used = width(&out);
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
    out
}

/// The text, filled with spaces on the left to at least `columns` columns.
pub fn fit_right(text: &str, columns: usize) -> String {
    let mut out = " ".repeat(columns.saturating_sub(width(text)));
    out.push_str(text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible_and_stay_so() {
        let table = [
            ("plain é 漢", "plain é 漢"),
            ("\x1b[31mred", "\\x1b[31mred"),
            ("a\nb\tc\r", "a\\nb\\tc\\r"),
            ("\u{202e}evil\u{7f}\u{85}", "\\u202eevil\\x7f\\x85"),
            ("back\\slash", "back\\slash"),
        ];
        for (raw, expected) in table {
            let once = visible(raw, Breaks::Escape);
            assert_eq!(once, expected);
            assert_eq!(visible(&once, Breaks::Escape), once);
            assert!(is_visible(&once, Breaks::Escape));
        }
        assert_eq!(visible("a\nb\x07", Breaks::Keep), "a\nb\\x07");
    }

    #[test]
    fn cutting_counts_wide_characters_twice() {
        assert_eq!(cut("MainThread", 10, '…'), "MainThread");
        assert_eq!(cut("MainThread", 5, '…'), "Main…");
        assert_eq!(cut("漢字漢字", 5, '…'), "漢字…");
        assert_eq!(cut("漢字漢字", 4, '…'), "漢…");
        assert_eq!(fit_left("漢字漢字", 4, '…'), "漢… ");
        assert_eq!(fit_right("7", 3), "  7");
        assert_eq!(cut("abc", 0, '…'), "");
    }
}
