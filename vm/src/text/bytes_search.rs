//! `bytes.find`, `rfind`, `count`, `startswith`, `endswith`, `replace`, `partition`, `split`, `rsplit`: searching bytes.
//!
//! The counterpart of `str_search.rs` and `str_split.rs`. Searching is `memchr`'s two-way algorithm, linear in the bytes.

use memchr::memmem;

use super::error::{TextError, check_text_size};
use super::slice::search_range;

fn window(bytes: &[u8], start: Option<i64>, end: Option<i64>) -> Option<(&[u8], usize)> {
    let (start, end) = search_range(start, end, bytes.len())?;
    Some((&bytes[start..end], start))
}

/// `bytes.find(needle, start, end)`: index of the first occurrence.
pub fn find(bytes: &[u8], needle: &[u8], start: Option<i64>, end: Option<i64>) -> Option<usize> {
    let (part, first) = window(bytes, start, end)?;
    memmem::find(part, needle).map(|offset| first + offset)
}

/// `bytes.rfind(needle, start, end)`: index of the last occurrence.
pub fn rfind(bytes: &[u8], needle: &[u8], start: Option<i64>, end: Option<i64>) -> Option<usize> {
    let (part, first) = window(bytes, start, end)?;
    memmem::rfind(part, needle).map(|offset| first + offset)
}

/// `bytes.count(needle, start, end)`: number of occurrences that do not overlap.
pub fn count(bytes: &[u8], needle: &[u8], start: Option<i64>, end: Option<i64>) -> usize {
    match window(bytes, start, end) {
        None => 0,
        Some((part, _)) if needle.is_empty() => part.len() + 1,
        Some((part, _)) => memmem::find_iter(part, needle).count(),
    }
}

/// `bytes.startswith(prefix, start, end)` for one prefix.
pub fn starts_with(bytes: &[u8], prefix: &[u8], start: Option<i64>, end: Option<i64>) -> bool {
    window(bytes, start, end).is_some_and(|(part, _)| part.starts_with(prefix))
}

/// `bytes.endswith(suffix, start, end)` for one suffix.
pub fn ends_with(bytes: &[u8], suffix: &[u8], start: Option<i64>, end: Option<i64>) -> bool {
    window(bytes, start, end).is_some_and(|(part, _)| part.ends_with(suffix))
}

/// Where `needle` stands, at most `limit` times; an empty one stands everywhere.
fn occurrences(bytes: &[u8], needle: &[u8], limit: usize) -> Vec<usize> {
    if needle.is_empty() {
        return (0..=bytes.len()).take(limit).collect();
    }
    memmem::find_iter(bytes, needle).take(limit).collect()
}

/// `bytes.replace(old, new, count)`; a negative count means all.
pub fn replace(bytes: &[u8], old: &[u8], new: &[u8], count: i64) -> Result<Vec<u8>, TextError> {
    let found = occurrences(bytes, old, usize::try_from(count).unwrap_or(usize::MAX));
    check_text_size(found.len().saturating_mul(new.len()).saturating_add(bytes.len()))?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut copied = 0;
    for at in found {
        out.extend_from_slice(&bytes[copied..at]);
        out.extend_from_slice(new);
        copied = at + old.len();
    }
    out.extend_from_slice(&bytes[copied..]);
    Ok(out)
}

fn check_separator(separator: &[u8]) -> Result<(), TextError> {
    if separator.is_empty() { Err(TextError::value("empty separator")) } else { Ok(()) }
}

/// `bytes.partition(separator)`: before, separator, after; the whole and two empty ones if it is not found.
pub fn partition<'a>(bytes: &'a [u8], separator: &'a [u8]) -> Result<[&'a [u8]; 3], TextError> {
    check_separator(separator)?;
    Ok(match memmem::find(bytes, separator) {
        Some(at) => [&bytes[..at], separator, &bytes[at + separator.len()..]],
        None => [bytes, b"", b""],
    })
}

/// `bytes.rpartition(separator)`: as [`partition`] at the last occurrence; two empty ones and the whole if there is none.
pub fn rpartition<'a>(bytes: &'a [u8], separator: &'a [u8]) -> Result<[&'a [u8]; 3], TextError> {
    check_separator(separator)?;
    Ok(match memmem::rfind(bytes, separator) {
        Some(at) => [&bytes[..at], separator, &bytes[at + separator.len()..]],
        None => [b"", b"", bytes],
    })
}

/// `bytes.split(separator, max_split)`; a negative `max_split` means no limit.
pub fn split<'a>(bytes: &'a [u8], separator: &[u8], max_split: i64) -> Result<Vec<&'a [u8]>, TextError> {
    check_separator(separator)?;
    let mut parts = Vec::new();
    let mut start = 0;
    for at in occurrences(bytes, separator, usize::try_from(max_split).unwrap_or(usize::MAX)) {
        parts.push(&bytes[start..at]);
        start = at + separator.len();
    }
    parts.push(&bytes[start..]);
    Ok(parts)
}

/// `bytes.rsplit(separator, max_split)`: as [`split`] from the end.
pub fn rsplit<'a>(bytes: &'a [u8], separator: &[u8], max_split: i64) -> Result<Vec<&'a [u8]>, TextError> {
    check_separator(separator)?;
    let mut parts = Vec::new();
    let mut end = bytes.len();
    for at in memmem::rfind_iter(bytes, separator).take(usize::try_from(max_split).unwrap_or(usize::MAX)) {
        parts.push(&bytes[at + separator.len()..end]);
        end = at;
    }
    parts.push(&bytes[..end]);
    parts.reverse();
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Bytes = &'static [u8];

    /// Bytes, needle, bounds; what CPython 3.13 answers to find, rfind, count, startswith and endswith.
    #[test]
    fn searches_are_cpythons() {
        type Row = (Bytes, Bytes, Option<i64>, Option<i64>, i64, i64, usize, bool, bool);
        let table: &[Row] = &[
            (b"abcabc", b"bc", None, None, 1, 4, 2, false, true),
            (b"abcabc", b"bc", Some(2), None, 4, 4, 1, false, true),
            (b"abcabc", b"bc", Some(-2), None, 4, 4, 1, true, true),
            (b"abcabc", b"", Some(6), None, 6, 6, 1, true, true),
            (b"abcabc", b"", Some(7), None, -1, -1, 0, false, false),
            (b"aaaa", b"aa", None, None, 0, 2, 2, true, true),
            (b"abc", b"c", Some(-100), Some(100), 2, 2, 1, false, true),
            (b"abc", b"c", Some(2), Some(1), -1, -1, 0, false, false),
            (b"", b"", None, None, 0, 0, 1, true, true),
        ];
        let index = |found: Option<usize>| found.map_or(-1, |at| at as i64);
        for &(bytes, needle, start, end, first, last, times, starts, ends) in table {
            assert_eq!(index(find(bytes, needle, start, end)), first, "{bytes:?} {needle:?} {start:?} {end:?}");
            assert_eq!(index(rfind(bytes, needle, start, end)), last, "{bytes:?} {needle:?} {start:?} {end:?}");
            assert_eq!(count(bytes, needle, start, end), times, "{bytes:?} {needle:?} {start:?} {end:?}");
            assert_eq!(starts_with(bytes, needle, start, end), starts, "{bytes:?} {needle:?} {start:?} {end:?}");
            assert_eq!(ends_with(bytes, needle, start, end), ends, "{bytes:?} {needle:?} {start:?} {end:?}");
        }
    }

    /// Bytes, separator, maxsplit; what CPython 3.13 answers to split, rsplit, partition and rpartition.
    #[test]
    fn splits_are_cpythons() {
        type Row = (Bytes, Bytes, i64, &'static [Bytes], &'static [Bytes], &'static [Bytes], &'static [Bytes]);
        let table: &[Row] = &[
            (
                b"a,b,,c",
                b",",
                -1,
                &[b"a", b"b", b"", b"c"],
                &[b"a", b"b", b"", b"c"],
                &[b"a", b",", b"b,,c"],
                &[b"a,b,", b",", b"c"],
            ),
            (b"a,b,,c", b",", 1, &[b"a", b"b,,c"], &[b"a,b,", b"c"], &[b"a", b",", b"b,,c"], &[b"a,b,", b",", b"c"]),
            (b"", b",", -1, &[b""], &[b""], &[b"", b"", b""], &[b"", b"", b""]),
            (b",", b",", -1, &[b"", b""], &[b"", b""], &[b"", b",", b""], &[b"", b",", b""]),
            (b"aaa", b"aa", -1, &[b"", b"a"], &[b"a", b""], &[b"", b"aa", b"a"], &[b"a", b"aa", b""]),
        ];
        for &(bytes, separator, limit, forward, backward, first, last) in table {
            assert_eq!(split(bytes, separator, limit).unwrap(), forward, "{bytes:?}");
            assert_eq!(rsplit(bytes, separator, limit).unwrap(), backward, "{bytes:?}");
            assert_eq!(partition(bytes, separator).unwrap(), first, "{bytes:?}");
            assert_eq!(rpartition(bytes, separator).unwrap(), last, "{bytes:?}");
        }
        assert_eq!(split(b"a", b"", -1).unwrap_err().message, "empty separator");
    }

    #[test]
    fn replacements_are_cpythons() {
        let table: &[(Bytes, Bytes, Bytes, i64, Bytes)] = &[
            (b"aaa", b"a", b"b", 2, b"bba"),
            (b"abc", b"", b"-", -1, b"-a-b-c-"),
            (b"abc", b"", b"-", 2, b"-a-bc"),
            (b"aaaa", b"aa", b"", -1, b""),
        ];
        for &(bytes, old, new, count, expected) in table {
            assert_eq!(replace(bytes, old, new, count).unwrap(), expected, "{bytes:?} {old:?} {new:?} {count}");
        }
    }
}
