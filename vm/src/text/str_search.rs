//! `str.find`, `rfind`, `count`, `startswith`, `endswith`, `replace`, `partition`: searching text by code point index.
//!
//! Indices in arguments and results count code points. Searching is the standard library's two-way algorithm, linear in the
//! text. Optional bounds as in the Python methods.

use super::error::{TextError, check_text_size};
use super::slice::{char_len, char_range, search_range};

/// The part of `text` between the bounds and the index of its first code point.
fn window(text: &str, start: Option<i64>, end: Option<i64>) -> Option<(&str, usize)> {
    if start.is_none() && end.is_none() {
        return Some((text, 0));
    }
    let (start, end) = search_range(start, end, char_len(text))?;
    Some((char_range(text, start, end), start))
}

/// `text.find(needle, start, end)`: index of the first occurrence.
pub fn find(text: &str, needle: &str, start: Option<i64>, end: Option<i64>) -> Option<usize> {
    let (part, first) = window(text, start, end)?;
    part.find(needle).map(|offset| first + char_len(&part[..offset]))
}

/// `text.rfind(needle, start, end)`: index of the last occurrence.
pub fn rfind(text: &str, needle: &str, start: Option<i64>, end: Option<i64>) -> Option<usize> {
    let (part, first) = window(text, start, end)?;
    part.rfind(needle).map(|offset| first + char_len(&part[..offset]))
}

/// `text.count(needle, start, end)`: number of occurrences that do not overlap.
pub fn count(text: &str, needle: &str, start: Option<i64>, end: Option<i64>) -> usize {
    match window(text, start, end) {
        None => 0,
        Some((part, _)) if needle.is_empty() => char_len(part) + 1,
        Some((part, _)) => part.matches(needle).count(),
    }
}

/// `text.startswith(prefix, start, end)` for one prefix.
pub fn starts_with(text: &str, prefix: &str, start: Option<i64>, end: Option<i64>) -> bool {
    window(text, start, end).is_some_and(|(part, _)| part.starts_with(prefix))
}

/// `text.endswith(suffix, start, end)` for one suffix.
pub fn ends_with(text: &str, suffix: &str, start: Option<i64>, end: Option<i64>) -> bool {
    window(text, start, end).is_some_and(|(part, _)| part.ends_with(suffix))
}

/// `text.replace(old, new, count)`; a negative count means all.
pub fn replace(text: &str, old: &str, new: &str, count: i64) -> Result<String, TextError> {
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let found = if old.is_empty() { char_len(text) + 1 } else { text.matches(old).take(limit).count() };
    let times = found.min(limit);
    check_text_size(times.saturating_mul(new.len()).saturating_add(text.len()))?;
    Ok(text.replacen(old, new, times))
}

/// `text.partition(separator)`: before, separator, after; the whole and two empty texts if it is not found.
pub fn partition<'a>(text: &'a str, separator: &'a str) -> Result<[&'a str; 3], TextError> {
    check_separator(separator)?;
    Ok(text.split_once(separator).map_or([text, "", ""], |(before, after)| [before, separator, after]))
}

/// `text.rpartition(separator)`: as [`partition`] at the last occurrence; two empty texts and the whole if there is none.
pub fn rpartition<'a>(text: &'a str, separator: &'a str) -> Result<[&'a str; 3], TextError> {
    check_separator(separator)?;
    Ok(text.rsplit_once(separator).map_or(["", "", text], |(before, after)| [before, separator, after]))
}

/// `ValueError` for an empty separator.
pub(super) fn check_separator(separator: &str) -> Result<(), TextError> {
    if separator.is_empty() { Err(TextError::value("empty separator")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, needle, bounds; what CPython 3.13 answers to find, rfind, count, startswith and endswith.
    #[test]
    fn searches_are_cpythons() {
        type Row = (&'static str, &'static str, Option<i64>, Option<i64>, i64, i64, usize, bool, bool);
        let table: &[Row] = &[
            ("abcabc", "bc", None, None, 1, 4, 2, false, true),
            ("abcabc", "bc", Some(2), None, 4, 4, 1, false, true),
            ("abcabc", "bc", Some(-2), None, 4, 4, 1, true, true),
            ("abcabc", "bc", None, Some(-1), 1, 1, 1, false, false),
            ("abcabc", "", None, None, 0, 6, 7, true, true),
            ("abcabc", "", Some(6), None, 6, 6, 1, true, true),
            ("abcabc", "", Some(7), None, -1, -1, 0, false, false),
            ("é漢😀é", "é", None, None, 0, 3, 2, true, true),
            ("é漢😀é", "é", Some(1), None, 3, 3, 1, false, true),
            ("é漢😀é", "😀é", None, None, 2, 2, 1, false, true),
            ("aaaa", "aa", None, None, 0, 2, 2, true, true),
            ("abc", "abcd", None, None, -1, -1, 0, false, false),
            ("abc", "c", Some(-100), Some(100), 2, 2, 1, false, true),
            ("abc", "c", Some(2), Some(1), -1, -1, 0, false, false),
            ("", "", None, None, 0, 0, 1, true, true),
            ("", "", Some(1), None, -1, -1, 0, false, false),
        ];
        let index = |found: Option<usize>| found.map_or(-1, |at| at as i64);
        for &(text, needle, start, end, first, last, times, starts, ends) in table {
            assert_eq!(index(find(text, needle, start, end)), first, "{text} {needle} {start:?} {end:?}");
            assert_eq!(index(rfind(text, needle, start, end)), last, "{text} {needle} {start:?} {end:?}");
            assert_eq!(count(text, needle, start, end), times, "{text} {needle} {start:?} {end:?}");
            assert_eq!(starts_with(text, needle, start, end), starts, "{text} {needle} {start:?} {end:?}");
            assert_eq!(ends_with(text, needle, start, end), ends, "{text} {needle} {start:?} {end:?}");
        }
    }

    #[test]
    fn replacements_are_cpythons() {
        let table = [
            ("aaa", "a", "b", -1, "bbb"),
            ("aaa", "a", "b", 2, "bba"),
            ("aaa", "a", "b", 0, "aaa"),
            ("abc", "", "-", -1, "-a-b-c-"),
            ("abc", "", "-", 2, "-a-bc"),
            ("", "", "x", -1, "x"),
            ("", "a", "x", -1, ""),
            ("éaé", "é", "", -1, "a"),
            ("aaaa", "aa", "b", -1, "bb"),
        ];
        for (text, old, new, count, expected) in table {
            assert_eq!(replace(text, old, new, count).unwrap(), expected, "{text} {old} {new} {count}");
        }
        let error = replace(&"a".repeat(1 << 20), "a", &"b".repeat(1 << 20), -1).unwrap_err();
        assert_eq!(error, TextError::memory());
    }

    #[test]
    fn partitions_are_cpythons() {
        assert_eq!(partition("a.b.c", ".").unwrap(), ["a", ".", "b.c"]);
        assert_eq!(rpartition("a.b.c", ".").unwrap(), ["a.b", ".", "c"]);
        assert_eq!(partition("abc", ".").unwrap(), ["abc", "", ""]);
        assert_eq!(rpartition("abc", ".").unwrap(), ["", "", "abc"]);
        assert_eq!(partition("abc", "").unwrap_err().message, "empty separator");
    }
}
