//! `bytes.hex` and `bytes.fromhex`.
//!
//! Messages are CPython 3.13's.

use super::error::{TextError, check_text_size};
use super::int_parse::is_c_space;

/// `bytes.hex()`
pub fn to_hex(bytes: &[u8]) -> String {
    to_hex_grouped(bytes, '\0', 0)
}

/// The separator of `bytes.hex(sep)` if `text`, the argument's characters, is one.
pub fn hex_separator(text: &str) -> Result<char, TextError> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii() => Ok(c),
        (Some(_), None) => Err(TextError::value("sep must be ASCII.")),
        _ => Err(TextError::value("sep must be length 1.")),
    }
}

/// `bytes.hex(separator, group)`: groups of `group` bytes counted from the end, of `-group` from the start if negative; 0 for none.
pub fn to_hex_grouped(bytes: &[u8], separator: char, group: i64) -> String {
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = String::with_capacity(bytes.len() * 3);
    for (index, byte) in bytes.iter().enumerate() {
        let place = if group < 0 { index } else { bytes.len() - index };
        if index > 0 && size > 0 && place % size == 0 {
            out.push(separator);
        }
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    out
}

/// `bytes.fromhex(text)`: pairs of digits, with ASCII white space between them allowed.
pub fn from_hex(text: &str) -> Result<Vec<u8>, TextError> {
    let invalid = |position: usize| {
        TextError::value(format!("non-hexadecimal number found in fromhex() arg at position {position}"))
    };
    check_text_size(text.len())?;
    if let Some(position) = text.chars().position(|c| !c.is_ascii()) {
        return Err(invalid(position));
    }
    let bytes = text.as_bytes();
    let digit = |position: usize| {
        let value = bytes.get(position).and_then(|&byte| char::from(byte).to_digit(16));
        value.map(|value| value as u8).ok_or_else(|| invalid(position))
    };
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut position = 0;
    while position < bytes.len() {
        if is_c_space(bytes[position]) {
            position += 1;
            continue;
        }
        out.push(digit(position)? << 4 | digit(position + 1)?);
        position += 2;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_texts_are_cpythons() {
        let table = [
            (0, "0001020304050607"),
            (1, "00-01-02-03-04-05-06-07"),
            (2, "0001-0203-0405-0607"),
            (3, "0001-020304-050607"),
            (-2, "0001-0203-0405-0607"),
            (-3, "000102-030405-0607"),
            (9, "0001020304050607"),
        ];
        for (group, expected) in table {
            assert_eq!(to_hex_grouped(&[0, 1, 2, 3, 4, 5, 6, 7], '-', group), expected, "{group}");
        }
        assert_eq!(to_hex(b"\xffa"), "ff61");
        assert_eq!(hex_separator(":"), Ok(':'));
        assert_eq!(hex_separator("::").unwrap_err().message, "sep must be length 1.");
        assert_eq!(hex_separator("é").unwrap_err().message, "sep must be ASCII.");
    }

    #[test]
    fn bytes_from_texts_are_cpythons() {
        let table: &[(&str, Result<&[u8], &str>)] = &[
            ("", Ok(b"")),
            ("ab", Ok(b"\xab")),
            ("AB cd\n", Ok(b"\xab\xcd")),
            (" a b", Err("non-hexadecimal number found in fromhex() arg at position 2")),
            ("abc", Err("non-hexadecimal number found in fromhex() arg at position 3")),
            ("ab zz", Err("non-hexadecimal number found in fromhex() arg at position 3")),
            ("abé", Err("non-hexadecimal number found in fromhex() arg at position 2")),
            ("a", Err("non-hexadecimal number found in fromhex() arg at position 1")),
            ("ab\u{1c}cd", Err("non-hexadecimal number found in fromhex() arg at position 2")),
        ];
        for &(text, expected) in table {
            let result = from_hex(text);
            assert_eq!(result.as_deref().map_err(|error| &*error.message), expected, "{text:?}");
        }
    }
}
