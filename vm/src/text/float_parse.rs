//! `float("…")`, `complex("…")` and `float.fromhex`.
//!
//! The decimal grammar is `PyOS_string_to_double`'s with white space around it and single underscores between digits; decimal digits of
//! any script count. Conversions are correctly rounded, too large values become infinite (`fromhex` refuses them). Messages are
//! CPython 3.13's.

use num_bigint::BigUint;
use num_traits::{Num, Zero};

use super::error::TextError;
use super::int_float::scaled_to_float;
use super::int_parse::{is_c_space, to_ascii_digits};
use super::str_repr::str_repr;

fn trim(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_c_space(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_c_space(*last)
    {
        text = rest;
    }
    text
}

fn count_digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Length of the sign at the start of `text`.
fn sign_len(text: &[u8]) -> usize {
    usize::from(matches!(text.first(), Some(b'+' | b'-')))
}

fn starts_with_word(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word)
}

/// Infinity or NaN (unsigned) at the start of `text` and its length.
fn scan_special(text: &[u8]) -> Option<(f64, usize)> {
    let words: [(&[u8], f64); 3] = [(b"infinity", f64::INFINITY), (b"inf", f64::INFINITY), (b"nan", f64::NAN)];
    words.into_iter().find(|(word, _)| starts_with_word(text, word)).map(|(word, value)| (value, word.len()))
}

/// The longest number at the start of `text` and its length.
fn scan_float(text: &[u8]) -> Option<(f64, usize)> {
    let sign = sign_len(text);
    let negative = text.first() == Some(&b'-');
    let body = &text[sign..];
    if let Some((value, length)) = scan_special(body) {
        return Some((if negative { -value } else { value }, sign + length));
    }
    let whole = count_digits(body);
    let mut end = whole;
    let mut fraction = 0;
    if body.get(end) == Some(&b'.') {
        fraction = count_digits(&body[end + 1..]);
        end += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(body.get(end), Some(b'e' | b'E')) {
        let exponent_sign = sign_len(&body[end + 1..]);
        let digits = count_digits(&body[end + 1 + exponent_sign..]);
        if digits > 0 {
            end += 1 + exponent_sign + digits;
        }
    }
    let value: f64 = std::str::from_utf8(&body[..end]).ok()?.parse().ok()?;
    Some((if negative { -value } else { value }, sign + end))
}

/// The text without its underscores; `None` if one does not stand between digits.
fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut previous = 0u8;
    for &byte in text {
        let misplaced = if byte == b'_' {
            !previous.is_ascii_digit()
        } else {
            out.push(byte);
            previous == b'_' && !byte.is_ascii_digit()
        };
        if misplaced {
            return None;
        }
        previous = byte;
    }
    (previous != b'_').then_some(out)
}

/// `float(text)` for bytes; `None` if they are no number.
pub fn parse_float_bytes(text: &[u8]) -> Option<f64> {
    if text.contains(&b'_') {
        return parse_float_bytes(&without_underscores(text)?);
    }
    let text = trim(text);
    scan_float(text).filter(|&(_, length)| length == text.len()).map(|(value, _)| value)
}

/// `float(text)`; `None` if it is no number.
pub fn parse_float_str(text: &str) -> Option<f64> {
    if text.is_ascii() {
        parse_float_bytes(text.as_bytes())
    } else {
        parse_float_bytes(to_ascii_digits(text).as_bytes())
    }
}

/// The factor of a lone `j` after `text`'s sign, and the sign's length.
fn unit_imaginary(text: &[u8]) -> (f64, usize) {
    (if text.first() == Some(&b'-') { -1.0 } else { 1.0 }, sign_len(text))
}

fn take_j(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'j' | b'J', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Real and imaginary part at the start of `text`, and what follows.
fn scan_complex(text: &[u8]) -> Option<(f64, f64, &[u8])> {
    let Some((first, length)) = scan_float(text) else {
        let (imaginary, length) = unit_imaginary(text);
        return Some((0.0, imaginary, take_j(&text[length..])?));
    };
    let rest = &text[length..];
    if matches!(rest.first(), Some(b'+' | b'-')) {
        let (imaginary, length) = scan_float(rest).unwrap_or_else(|| unit_imaginary(rest));
        return Some((first, imaginary, take_j(&rest[length..])?));
    }
    Some(take_j(rest).map_or((first, 0.0, rest), |rest| (0.0, first, rest)))
}

/// `complex(text)`: real and imaginary part.
pub fn parse_complex_str(text: &str) -> Result<(f64, f64), TextError> {
    let mut ascii = to_ascii_digits(text).into_bytes();
    if ascii.contains(&b'_') {
        ascii = without_underscores(&ascii)
            .ok_or_else(|| TextError::value(format!("could not convert string to complex: {}", str_repr(text))))?;
    }
    let malformed = || TextError::value("complex() arg is a malformed string");
    let mut body = trim(&ascii);
    if let [b'(', inner @ .., b')'] = body {
        body = trim(inner);
    }
    match scan_complex(body) {
        Some((re, im, [])) => Ok((re, im)),
        _ => Err(malformed()),
    }
}

/// The number in hexadecimal digits at the start of `text`: value times `2^exponent`, and what follows.
fn scan_hex_digits(text: &[u8]) -> Option<(BigUint, i64, &[u8])> {
    let is_hex = |byte: &&u8| byte.is_ascii_hexdigit();
    let whole = text.iter().take_while(is_hex).count();
    let mut digits = text[..whole].to_vec();
    let mut rest = &text[whole..];
    let mut exponent = 0;
    if let [b'.', after @ ..] = rest {
        let fraction = after.iter().take_while(is_hex).count();
        digits.extend_from_slice(&after[..fraction]);
        exponent = -4 * fraction as i64;
        rest = &after[fraction..];
    }
    let value = BigUint::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?;
    Some((value, exponent, rest))
}

/// `p±dd` at the start of `text`, if any, and what follows; a far too large exponent is cut.
fn scan_binary_exponent(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'p' | b'P', rest @ ..] = text else { return Some((0, text)) };
    let negative = rest.first() == Some(&b'-');
    let digits = &rest[sign_len(rest)..];
    let count = count_digits(digits);
    if count == 0 {
        return None;
    }
    let value = digits[..count].iter().fold(0i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(1 << 40));
    Some((if negative { -value } else { value }, &digits[count..]))
}

/// `float.fromhex(text)`
pub fn float_from_hex(text: &str) -> Result<f64, TextError> {
    let invalid = || TextError::value("invalid hexadecimal floating-point string");
    let text = trim(text.as_bytes());
    let negative = text.first() == Some(&b'-');
    let signed = |value: f64| if negative { -value } else { value };
    let mut body = &text[sign_len(text)..];
    if let Some((value, length)) = scan_special(body) {
        return if length == body.len() { Ok(signed(value)) } else { Err(invalid()) };
    }
    if starts_with_word(body, b"0x") {
        body = &body[2..];
    }
    let (value, scale, rest) = scan_hex_digits(body).ok_or_else(invalid)?;
    let (exponent, rest) = scan_binary_exponent(rest).ok_or_else(invalid)?;
    if !rest.is_empty() {
        return Err(invalid());
    }
    if value.is_zero() {
        return Ok(signed(0.0));
    }
    scaled_to_float(&value, scale + exponent, false)
        .map(signed)
        .ok_or_else(|| TextError::overflow("hexadecimal value too large to represent as a float"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(result: &Result<f64, TextError>, expected: Result<f64, &str>) -> bool {
        match (result, expected) {
            (Ok(a), Ok(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
            (Err(a), Err(b)) => a.message == b,
            _ => false,
        }
    }

    /// Text and what CPython 3.13's `float` answers.
    #[test]
    fn floats_are_cpythons() {
        type Row = (&'static str, Option<f64>);
        let table: &[Row] = &[
            ("1.5", Some(1.5)),
            (" 1.5\n", Some(1.5)),
            ("1_000.5", Some(1000.5)),
            ("1__0", None),
            ("_1", None),
            ("1_", None),
            ("1_.5", None),
            ("1._5", None),
            ("1e5", Some(100000.0)),
            ("1e", None),
            ("1e+", None),
            ("1e1_0", Some(10000000000.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            (".", None),
            ("", None),
            ("inf", Some(f64::INFINITY)),
            ("-Infinity", Some(f64::NEG_INFINITY)),
            ("nan", Some(f64::NAN)),
            ("+NaN", Some(f64::NAN)),
            ("infinit", None),
            ("1e400", Some(f64::INFINITY)),
            ("-1e400", Some(f64::NEG_INFINITY)),
            ("1e-400", Some(0.0)),
            ("٣.٤", Some(3.4)),
            ("\u{2003}1\u{2003}", Some(1.0)),
            ("1,5", None),
            ("0x10", None),
            ("1 2", None),
            ("2.2250738585072011e-308", Some(2.225073858507201e-308)),
            ("9007199254740993", Some(9007199254740992.0)),
            ("1e99999999999999999999", Some(f64::INFINITY)),
        ];
        for &(text, expected) in table {
            let result = parse_float_str(text);
            assert_eq!(result.map(f64::to_bits), expected.map(f64::to_bits), "{text:?} {result:?}");
        }
        assert_eq!(parse_float_bytes(b"x"), None);
    }

    /// Text and what CPython 3.13's `float.fromhex` answers.
    #[test]
    fn hexadecimal_floats_are_cpythons() {
        type Row = (&'static str, Result<f64, &'static str>);
        let table: &[Row] = &[
            ("0x1.8p1", Ok(3.0)),
            ("-0x1p-1074", Ok(-5e-324)),
            ("0x1p-1075", Ok(0.0)),
            ("0x1.8p-1074", Ok(1e-323)),
            ("0x1.fffffffffffff8p1023", Err("hexadecimal value too large to represent as a float")),
            ("0x1.fffffffffffff7fp1023", Ok(1.7976931348623157e+308)),
            ("1.8", Ok(1.5)),
            ("ff", Ok(255.0)),
            ("-inf", Ok(f64::NEG_INFINITY)),
            ("nan", Ok(f64::NAN)),
            ("", Err("invalid hexadecimal floating-point string")),
            ("0x", Err("invalid hexadecimal floating-point string")),
            ("p1", Err("invalid hexadecimal floating-point string")),
            ("0x1p", Err("invalid hexadecimal floating-point string")),
            ("0x1p5x", Err("invalid hexadecimal floating-point string")),
            (" 0x1p4 ", Ok(16.0)),
            ("0x0p99999", Ok(0.0)),
            ("0x1p99999", Err("hexadecimal value too large to represent as a float")),
            ("0x1.00000000000008p0", Ok(1.0)),
            ("0x1.000000000000081p0", Ok(1.0000000000000002)),
            ("0x.8", Ok(0.5)),
        ];
        for &(text, expected) in table {
            let result = float_from_hex(text);
            assert!(same(&result, expected), "{text:?} {result:?}");
        }
    }

    /// Text and what CPython 3.13's `complex` answers.
    #[test]
    fn complex_numbers_are_cpythons() {
        type Row = (&'static str, Result<(f64, f64), &'static str>);
        let table: &[Row] = &[
            ("1+2j", Ok((1.0, 2.0))),
            ("(1+2j)", Ok((1.0, 2.0))),
            (" ( 1-2.5e1J ) ", Ok((1.0, -25.0))),
            ("j", Ok((0.0, 1.0))),
            ("-j", Ok((0.0, -1.0))),
            ("1", Ok((1.0, 0.0))),
            ("1e5j", Ok((0.0, 100000.0))),
            ("1+j", Ok((1.0, 1.0))),
            ("1_0+1_0j", Ok((10.0, 10.0))),
            ("1__0j", Err("could not convert string to complex: '1__0j'")),
            ("1 + 2j", Err("complex() arg is a malformed string")),
            ("(1+2j", Err("complex() arg is a malformed string")),
            ("", Err("complex() arg is a malformed string")),
            ("()", Err("complex() arg is a malformed string")),
            ("nan+infj", Ok((f64::NAN, f64::INFINITY))),
            ("1+2", Err("complex() arg is a malformed string")),
            ("1j+2", Err("complex() arg is a malformed string")),
        ];
        for &(text, expected) in table {
            let result = parse_complex_str(text);
            assert!(same(&result.clone().map(|value| value.0), expected.map(|value| value.0)), "{text:?} {result:?}");
            assert!(same(&result.clone().map(|value| value.1), expected.map(|value| value.1)), "{text:?} {result:?}");
        }
    }
}
