//! `str.center`, `ljust`, `rjust`, `zfill`, `expandtabs`: text of a given width.
//!
//! Widths count code points. Results beyond the size limit are refused before they are built.

use super::error::{TextError, check_text_size};
use super::slice::char_len;

/// Where the text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Justify {
    /// `ljust`
    Left,
    /// `rjust`
    Right,
    /// `center`
    Center,
}

/// `(left, right)` padding that brings a text of `len` to `width`.
pub(super) fn padding(len: usize, width: i64, justify: Justify) -> (usize, usize) {
    let width = usize::try_from(width).unwrap_or(0);
    let total = width.saturating_sub(len);
    match justify {
        Justify::Left => (0, total),
        Justify::Right => (total, 0),
        // CPython's rule: an odd remainder goes left if the width is odd.
        Justify::Center => {
            let left = total / 2 + (total & width & 1);
            (left, total - left)
        }
    }
}

/// `text.ljust(width, fill)`, `rjust`, `center`.
pub fn justify(text: &str, width: i64, fill: char, justify: Justify) -> Result<String, TextError> {
    let (left, right) = padding(char_len(text), width, justify);
    check_text_size((left + right).saturating_mul(fill.len_utf8()).saturating_add(text.len()))?;
    let mut out = String::with_capacity(text.len() + (left + right) * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    Ok(out)
}

/// `text.zfill(width)`: zeros after the sign.
pub fn zfill(text: &str, width: i64) -> Result<String, TextError> {
    let (zeros, _) = padding(char_len(text), width, Justify::Right);
    check_text_size(zeros.saturating_add(text.len()))?;
    let sign = usize::from(zeros > 0 && text.starts_with(['+', '-']));
    Ok(format!("{}{}{}", &text[..sign], "0".repeat(zeros), &text[sign..]))
}

/// `text.expandtabs(tab_size)`: spaces up to the next multiple of the tab size in the line.
pub fn expand_tabs(text: &str, tab_size: i64) -> Result<String, TextError> {
    let tab_size = usize::try_from(tab_size).unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    let mut column = 0usize;
    for c in text.chars() {
        if c == '\t' {
            if tab_size > 0 {
                let spaces = tab_size - column % tab_size;
                check_text_size(out.len().saturating_add(spaces))?;
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
        } else {
            out.push(c);
            column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text and width; what CPython 3.13 answers to ljust, rjust and center (with `*`) and zfill.
    #[test]
    fn padded_texts_are_cpythons() {
        let table = [
            ("ab", 5, ["ab***", "***ab", "**ab*", "000ab"]),
            ("ab", 6, ["ab****", "****ab", "**ab**", "0000ab"]),
            ("abc", 6, ["abc***", "***abc", "*abc**", "000abc"]),
            ("abc", 7, ["abc****", "****abc", "**abc**", "0000abc"]),
            ("abc", 2, ["abc", "abc", "abc", "abc"]),
            ("abc", -5, ["abc", "abc", "abc", "abc"]),
            ("", 3, ["***", "***", "***", "000"]),
            ("漢字", 5, ["漢字***", "***漢字", "**漢字*", "000漢字"]),
            ("-42", 6, ["-42***", "***-42", "*-42**", "-00042"]),
            ("+é", 5, ["+é***", "***+é", "**+é*", "+000é"]),
            ("--1", 5, ["--1**", "**--1", "*--1*", "-00-1"]),
        ];
        for (text, width, expected) in table {
            let pad = |side| justify(text, width, '*', side).unwrap();
            let results = [pad(Justify::Left), pad(Justify::Right), pad(Justify::Center), zfill(text, width).unwrap()];
            assert_eq!(results, expected, "{text} {width}");
        }
        assert_eq!(justify("a", i64::MAX, ' ', Justify::Left), Err(TextError::memory()));
        assert_eq!(zfill("a", i64::MAX), Err(TextError::memory()));
    }

    #[test]
    fn tabs_are_cpythons() {
        let table = [
            ("a\tb", 8, "a       b"),
            ("a\tb", 4, "a   b"),
            ("\t", 8, "        "),
            ("abcdefgh\ti", 8, "abcdefgh        i"),
            ("a\n\tb", 4, "a\n    b"),
            ("a\r\tb\t", 4, "a\r    b   "),
            ("é\tb", 3, "é  b"),
            ("a\tb", 0, "ab"),
            ("a\tb", -1, "ab"),
            ("a\tb", 1, "a b"),
        ];
        for (text, size, expected) in table {
            assert_eq!(expand_tabs(text, size).unwrap(), expected, "{text:?} {size}");
        }
        assert_eq!(expand_tabs("\t", i64::MAX), Err(TextError::memory()));
    }
}
