//! The methods of bytes that treat them as ASCII text: case, predicates, padding, white space, translation.
//!
//! White space is C's `isspace`, letters and digits are ASCII's; lines end with `\n`, `\r` or `\r\n` only. A negative `maxsplit` means no
//! limit.

use super::error::{TextError, check_text_size};
use super::int_parse::is_c_space;
use super::str_pad::{Justify, padding};
use super::str_split::StripSide;

fn space(byte: &u8) -> bool {
    is_c_space(*byte)
}

/// `bytes.split(None, max_split)`
pub fn split_whitespace(bytes: &[u8], max_split: i64) -> Vec<&[u8]> {
    let limit = usize::try_from(max_split).unwrap_or(usize::MAX);
    let mut words = Vec::new();
    let mut rest = strip(bytes, None, StripSide::Left);
    while !rest.is_empty() {
        let end = if words.len() == limit { rest.len() } else { rest.iter().position(space).unwrap_or(rest.len()) };
        words.push(&rest[..end]);
        rest = strip(&rest[end..], None, StripSide::Left);
    }
    words
}

/// `bytes.rsplit(None, max_split)`
pub fn rsplit_whitespace(bytes: &[u8], max_split: i64) -> Vec<&[u8]> {
    let limit = usize::try_from(max_split).unwrap_or(usize::MAX);
    let mut words = Vec::new();
    let mut rest = strip(bytes, None, StripSide::Right);
    while !rest.is_empty() {
        let start = if words.len() == limit { 0 } else { rest.iter().rposition(space).map_or(0, |at| at + 1) };
        words.push(&rest[start..]);
        rest = strip(&rest[..start], None, StripSide::Right);
    }
    words.reverse();
    words
}

/// `bytes.splitlines(keep_ends)`
pub fn split_lines(bytes: &[u8], keep_ends: bool) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            lines.push(rest);
            break;
        };
        let next = end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        lines.push(&rest[..if keep_ends { next } else { end }]);
        rest = &rest[next..];
    }
    lines
}

/// `bytes.strip(chars)`, `lstrip`, `rstrip`; `None` strips white space.
pub fn strip<'a>(bytes: &'a [u8], chars: Option<&[u8]>, side: StripSide) -> &'a [u8] {
    let keep = |byte: &u8| !chars.map_or_else(|| space(byte), |chars| chars.contains(byte));
    let start = if side == StripSide::Right { 0 } else { bytes.iter().position(keep).unwrap_or(bytes.len()) };
    let bytes = &bytes[start..];
    let end = if side == StripSide::Left { bytes.len() } else { bytes.iter().rposition(keep).map_or(0, |at| at + 1) };
    &bytes[..end]
}

/// `bytes.capitalize()`
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

/// `bytes.swapcase()`
pub fn swapcase(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte }).collect()
}

/// `bytes.title()`
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut in_word = false;
    let change = |byte: &u8| {
        let changed = if in_word { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        in_word = byte.is_ascii_alphabetic();
        changed
    };
    bytes.iter().map(change).collect()
}

fn all(bytes: &[u8], property: impl Fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(property)
}

/// `bytes.isalpha()`
pub fn is_alpha(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_alphabetic)
}

/// `bytes.isdigit()`
pub fn is_digit(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_digit)
}

/// `bytes.isalnum()`
pub fn is_alnum(bytes: &[u8]) -> bool {
    all(bytes, u8::is_ascii_alphanumeric)
}

/// `bytes.isspace()`
pub fn is_space(bytes: &[u8]) -> bool {
    all(bytes, space)
}

/// `bytes.islower()`
pub fn is_lower(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.isupper()`
pub fn is_upper(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// `bytes.istitle()`
pub fn is_title(bytes: &[u8]) -> bool {
    let mut in_word = false;
    for byte in bytes {
        if (byte.is_ascii_uppercase() && in_word) || (byte.is_ascii_lowercase() && !in_word) {
            return false;
        }
        in_word = byte.is_ascii_alphabetic();
    }
    bytes.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.ljust(width, fill)`, `rjust`, `center`
pub fn justify(bytes: &[u8], width: i64, fill: u8, justify: Justify) -> Result<Vec<u8>, TextError> {
    let (left, right) = padding(bytes.len(), width, justify);
    check_text_size(left.saturating_add(right).saturating_add(bytes.len()))?;
    Ok([&vec![fill; left], bytes, &vec![fill; right]].concat())
}

/// `bytes.zfill(width)`
pub fn zfill(bytes: &[u8], width: i64) -> Result<Vec<u8>, TextError> {
    let (zeros, _) = padding(bytes.len(), width, Justify::Right);
    check_text_size(zeros.saturating_add(bytes.len()))?;
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    Ok([&bytes[..sign], &vec![b'0'; zeros], &bytes[sign..]].concat())
}

/// `bytes.expandtabs(tab_size)`
pub fn expand_tabs(bytes: &[u8], tab_size: i64) -> Result<Vec<u8>, TextError> {
    let tab_size = usize::try_from(tab_size).unwrap_or(0);
    let mut out = Vec::with_capacity(bytes.len());
    let mut column = 0usize;
    for &byte in bytes {
        if byte == b'\t' {
            let spaces = if tab_size > 0 { tab_size - column % tab_size } else { 0 };
            check_text_size(out.len().saturating_add(spaces))?;
            out.resize(out.len() + spaces, b' ');
            column += spaces;
        } else {
            out.push(byte);
            column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
        }
    }
    Ok(out)
}

/// `bytes.translate(table, delete)`; no table changes nothing.
pub fn translate(bytes: &[u8], table: Option<&[u8]>, delete: &[u8]) -> Result<Vec<u8>, TextError> {
    if table.is_some_and(|table| table.len() != 256) {
        return Err(TextError::value("translation table must be 256 characters long"));
    }
    let kept = bytes.iter().filter(|byte| !delete.contains(byte));
    Ok(kept.map(|&byte| table.map_or(byte, |table| table[usize::from(byte)])).collect())
}

/// `bytes.maketrans(from, to)`: the table for [`translate`].
pub fn make_translation(from: &[u8], to: &[u8]) -> Result<Vec<u8>, TextError> {
    if from.len() != to.len() {
        return Err(TextError::value("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    from.iter().zip(to).for_each(|(&from, &to)| table[usize::from(from)] = to);
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Bytes = &'static [u8];

    /// Bytes; what CPython 3.13 answers to capitalize, swapcase, title and to seven predicates.
    #[test]
    fn letters_are_cpythons() {
        let table: &[(Bytes, [Bytes; 3], &str)] = &[
            (b"Hello wORLD", [b"Hello world", b"hELLO World", b"Hello World"], "0000000"),
            (b"they're bill's", [b"They're bill's", b"THEY'RE BILL'S", b"They'Re Bill'S"], "0000100"),
            (b"A\xc9b", [b"A\xc9b", b"a\xc9B", b"A\xc9B"], "0000000"),
            (b"", [b"", b"", b""], "0000000"),
            (b"  \x09\x0a", [b"  \x09\x0a", b"  \x09\x0a", b"  \x09\x0a"], "0001000"),
            (b"123", [b"123", b"123", b"123"], "0110000"),
            (b"a1", [b"A1", b"A1", b"A1"], "0010100"),
            (b"ABC", [b"Abc", b"abc", b"Abc"], "1010010"),
            (b"Ab Cd", [b"Ab cd", b"aB cD", b"Ab Cd"], "0000001"),
        ];
        for &(bytes, cases, answers) in table {
            assert_eq!([capitalize(bytes), swapcase(bytes), title(bytes)], cases);
            let predicates = [is_alpha, is_digit, is_alnum, is_space, is_lower, is_upper, is_title];
            let shown: String = predicates.iter().map(|holds| if holds(bytes) { '1' } else { '0' }).collect();
            assert_eq!(shown, answers, "{bytes:?}");
        }
    }

    /// Bytes, maxsplit; what CPython 3.13 answers to split and rsplit.
    #[test]
    fn splits_are_cpythons() {
        let table: &[(Bytes, i64, &[Bytes], &[Bytes])] = &[
            (b" a  b c ", -1, &[b"a", b"b", b"c"], &[b"a", b"b", b"c"]),
            (b" a  b c ", 1, &[b"a", b"b c "], &[b" a  b", b"c"]),
            (b" a  b c ", 0, &[b"a  b c "], &[b" a  b c"]),
            (b"", -1, &[], &[]),
            (b"a\x0bb\x1cc\x85d", -1, &[b"a", b"b\x1cc\x85d"], &[b"a", b"b\x1cc\x85d"]),
        ];
        for &(bytes, limit, forward, backward) in table {
            assert_eq!(split_whitespace(bytes, limit), forward, "{bytes:?} {limit}");
            assert_eq!(rsplit_whitespace(bytes, limit), backward, "{bytes:?} {limit}");
        }
        let lines: &[Bytes] = &[b"a", b"b", b"c", b"d\x0be\x1cf"];
        assert_eq!(split_lines(b"a\x0ab\x0d\x0ac\x0dd\x0be\x1cf\x0a", false), lines);
        assert_eq!(
            split_lines(b"a\x0ab\x0d\x0ac\x0dd\x0be\x1cf\x0a", true).concat(),
            b"a\x0ab\x0d\x0ac\x0dd\x0be\x1cf\x0a"
        );
        assert_eq!(strip(b"xyaxy", Some(b"yx"), StripSide::Left), b"axy");
        assert_eq!(strip(b" \ta\n", None, StripSide::Both), b"a");
        assert_eq!(strip(b"xx", Some(b"x"), StripSide::Right), b"");
    }

    /// Bytes, width; what CPython 3.13 answers to ljust, rjust, center (with `*`) and zfill.
    #[test]
    fn padding_is_cpythons() {
        let table: &[(Bytes, i64, &[Bytes])] = &[
            (b"ab", 5, &[b"ab***", b"***ab", b"**ab*", b"000ab"]),
            (b"abc", 6, &[b"abc***", b"***abc", b"*abc**", b"000abc"]),
            (b"abc", 7, &[b"abc****", b"****abc", b"**abc**", b"0000abc"]),
            (b"-42", 6, &[b"-42***", b"***-42", b"*-42**", b"-00042"]),
            (b"+x", 1, &[b"+x", b"+x", b"+x", b"+x"]),
        ];
        for &(bytes, width, expected) in table {
            let pad = |side| justify(bytes, width, b'*', side).unwrap();
            let results = [pad(Justify::Left), pad(Justify::Right), pad(Justify::Center), zfill(bytes, width).unwrap()];
            assert_eq!(results, expected, "{bytes:?} {width}");
        }
        assert_eq!(zfill(b"a", i64::MAX), Err(TextError::memory()));
        assert_eq!(expand_tabs(b"a\tb\n\tc", 4).unwrap(), b"a   b\n    c");
    }

    #[test]
    fn translations_are_cpythons() {
        let table = make_translation(b"ab", b"xy").unwrap();
        assert_eq!(translate(b"aabbcc", Some(&table), b"c").unwrap(), b"xxyy");
        assert_eq!(translate(b"abc", None, b"b").unwrap(), b"ac");
        let error = translate(b"", Some(b"x"), b"").unwrap_err();
        assert_eq!(error.message, "translation table must be 256 characters long");
        assert!(make_translation(b"a", b"").is_err());
    }
}
