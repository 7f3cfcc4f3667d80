//! `str.split`, `rsplit`, `splitlines`, `strip` and kin: cutting text.
//!
//! White space is what `str.isspace` says (Unicode 15.1), line ends are what `str.splitlines` says. A negative `maxsplit` means no
//! limit. Results borrow from the text.

use super::error::TextError;
use super::str_search::check_separator;
use super::unicode::{is_line_break, is_space};

fn limit_of(max_split: i64) -> usize {
    usize::try_from(max_split).unwrap_or(usize::MAX)
}

/// `text.split(None, max_split)`: words between white space.
pub fn split_whitespace(text: &str, max_split: i64) -> Vec<&str> {
    let limit = limit_of(max_split);
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        if words.len() == limit {
            words.push(rest);
            break;
        }
        let end = rest.find(is_space).unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(is_space);
    }
    words
}

/// `text.rsplit(None, max_split)`: as [`split_whitespace`] counted from the end.
pub fn rsplit_whitespace(text: &str, max_split: i64) -> Vec<&str> {
    let limit = limit_of(max_split);
    let mut words = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        if words.len() == limit {
            words.push(rest);
            break;
        }
        let word = rest.rsplit(is_space).next().unwrap_or(rest);
        words.push(word);
        rest = rest[..rest.len() - word.len()].trim_end_matches(is_space);
    }
    words.reverse();
    words
}

/// `text.split(separator, max_split)`.
pub fn split<'a>(text: &'a str, separator: &str, max_split: i64) -> Result<Vec<&'a str>, TextError> {
    check_separator(separator)?;
    Ok(text.splitn(limit_of(max_split).saturating_add(1), separator).collect())
}

/// `text.rsplit(separator, max_split)`.
pub fn rsplit<'a>(text: &'a str, separator: &str, max_split: i64) -> Result<Vec<&'a str>, TextError> {
    check_separator(separator)?;
    let mut parts: Vec<&str> = text.rsplitn(limit_of(max_split).saturating_add(1), separator).collect();
    parts.reverse();
    Ok(parts)
}

/// `text.splitlines(keep_ends)`.
pub fn split_lines(text: &str, keep_ends: bool) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some((end, stop)) = rest.char_indices().find(|&(_, c)| is_line_break(c)) else {
            lines.push(rest);
            break;
        };
        let next = if rest[end..].starts_with("\r\n") { end + 2 } else { end + stop.len_utf8() };
        lines.push(&rest[..if keep_ends { next } else { end }]);
        rest = &rest[next..];
    }
    lines
}

/// Which ends a strip method cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StripSide {
    /// `strip`
    Both,
    /// `lstrip`
    Left,
    /// `rstrip`
    Right,
}

/// `text.strip(chars)`, `lstrip`, `rstrip`; `None` strips white space.
pub fn strip<'a>(text: &'a str, chars: Option<&str>, side: StripSide) -> &'a str {
    let cut = |c: char| chars.map_or_else(|| is_space(c), |chars| chars.contains(c));
    let text = if side == StripSide::Right { text } else { text.trim_start_matches(cut) };
    if side == StripSide::Left { text } else { text.trim_end_matches(cut) }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (&'static str, Option<&'static str>, i64, &'static [&'static str], &'static [&'static str]);

    /// Text, separator, maxsplit; what CPython 3.13's split and rsplit answer.
    #[test]
    fn splits_are_cpythons() {
        let table: &[Row] = &[
            (" a  b c ", None, -1, &["a", "b", "c"], &["a", "b", "c"]),
            (" a  b c ", None, 1, &["a", "b c "], &[" a  b", "c"]),
            (" a  b c ", None, 0, &["a  b c "], &[" a  b c"]),
            ("", None, -1, &[], &[]),
            ("  ", None, -1, &[], &[]),
            ("a\u{2003}b\u{85}c", None, -1, &["a", "b", "c"], &["a", "b", "c"]),
            ("a,b,,c", Some(","), -1, &["a", "b", "", "c"], &["a", "b", "", "c"]),
            ("a,b,,c", Some(","), 1, &["a", "b,,c"], &["a,b,", "c"]),
            ("", Some(","), -1, &[""], &[""]),
            (",", Some(","), -1, &["", ""], &["", ""]),
            ("aaa", Some("aa"), -1, &["", "a"], &["a", ""]),
            ("a漢b漢c", Some("漢"), 1, &["a", "b漢c"], &["a漢b", "c"]),
            ("a b", Some("  "), -1, &["a b"], &["a b"]),
        ];
        for &(text, separator, limit, forward, backward) in table {
            let (first, second) = match separator {
                None => (split_whitespace(text, limit), rsplit_whitespace(text, limit)),
                Some(separator) => (split(text, separator, limit).unwrap(), rsplit(text, separator, limit).unwrap()),
            };
            assert_eq!(first, forward, "{text:?} {separator:?} {limit}");
            assert_eq!(second, backward, "{text:?} {separator:?} {limit}");
        }
        assert_eq!(split("a", "", -1).unwrap_err().message, "empty separator");
    }

    #[test]
    fn lines_and_ends_are_cpythons() {
        let text = "a\nb\r\nc\rd\u{b}e\u{c}f\u{1c}g\u{85}h\u{2028}i\n\n";
        assert_eq!(split_lines(text, false), ["a", "b", "c", "d", "e", "f", "g", "h", "i", ""]);
        assert_eq!(
            split_lines(text, true),
            ["a\n", "b\r\n", "c\r", "d\u{b}", "e\u{c}", "f\u{1c}", "g\u{85}", "h\u{2028}", "i\n", "\n"]
        );
        assert_eq!(split_lines("", true), [""; 0]);
        assert_eq!(strip("\u{2003} a b\t\n", None, StripSide::Both), "a b");
        assert_eq!(strip("xyaxy", Some("yx"), StripSide::Left), "axy");
        assert_eq!(strip("xyaxy", Some("yx"), StripSide::Right), "xya");
        assert_eq!(strip("xx", Some("x"), StripSide::Both), "");
    }
}
