//! `repr` of str and bytes, and `ascii()`.
//!
//! Quotes: single, unless the text holds single quotes and no double ones. Escapes as `unicode_repr` and `bytes_repr` of
//! CPython; what is printable is Unicode 15.1's opinion (see `unicode.rs`).

use super::unicode::is_printable;

fn quote_for(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

/// Appends `c` as it appears between `quote`s if it needs an escape that all kinds share.
fn push_common(out: &mut String, c: char, quote: char) -> bool {
    match c {
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\\' => out.push_str("\\\\"),
        _ if c == quote => {
            out.push('\\');
            out.push(c);
        }
        ' '..='~' => out.push(c),
        _ => return false,
    }
    true
}

/// Appends `\xhh`, `\uhhhh` or `\Uhhhhhhhh`, whichever is the shortest for `code`.
pub fn push_code_escape(out: &mut String, code: u32) {
    let escape = match code {
        0..0x100 => format!("\\x{code:02x}"),
        0x100..0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    };
    out.push_str(&escape);
}

fn quoted(text: &str, shown: impl Fn(char) -> bool) -> String {
    let quote = quote_for(text.contains('\''), text.contains('"'));
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        if !push_common(&mut out, c, quote) {
            if shown(c) {
                out.push(c);
            } else {
                push_code_escape(&mut out, c as u32);
            }
        }
    }
    out.push(quote);
    out
}

/// `repr(text)` of a str.
pub fn str_repr(text: &str) -> String {
    quoted(text, is_printable)
}

/// `ascii(text)` of a str: as `repr` but with every non-ASCII character escaped.
pub fn str_ascii(text: &str) -> String {
    quoted(text, |_| false)
}

/// `ascii(object)`, given `repr(object)`: the non-ASCII characters escaped.
pub fn escape_non_ascii(repr: &str) -> String {
    let mut out = String::with_capacity(repr.len());
    for c in repr.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            push_code_escape(&mut out, c as u32);
        }
    }
    out
}

fn push_byte(out: &mut String, byte: u8, quote: char) {
    if !push_common(out, char::from(byte), quote) {
        push_code_escape(out, u32::from(byte));
    }
}

/// `repr(bytes)`: `b'…'`.
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(quote);
    bytes.iter().for_each(|&byte| push_byte(&mut out, byte, quote));
    out.push(quote);
    out
}

/// `repr(bytearray)` of an object whose class is called `class_name`: `bytearray(b'…')`. Unlike `repr(bytes)` it escapes
/// single quotes whatever the quote.
pub fn bytearray_repr(class_name: &str, bytes: &[u8]) -> String {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = format!("{class_name}(b{quote}");
    bytes.iter().for_each(|&byte| push_byte(&mut out, byte, '\''));
    out.push(quote);
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn str_reprs_are_cpythons() {
        let table = [
            ("", "''"),
            ("it's", "\"it's\""),
            ("say \"hi\"", "'say \"hi\"'"),
            ("it's \"x\"", "'it\\'s \"x\"'"),
            ("a\tb\nc\rd\\e", "'a\\tb\\nc\\rd\\\\e'"),
            ("\0\x1b\x7f", "'\\x00\\x1b\\x7f'"),
            ("é\u{a0}\u{ad}", "'é\\xa0\\xad'"),
            ("\u{2028}\u{feff}漢", "'\\u2028\\ufeff漢'"),
            ("😀\u{e0001}\u{10ffff}", "'😀\\U000e0001\\U0010ffff'"),
            ("\u{378}", "'\\u0378'"),
        ];
        for (text, repr) in table {
            assert_eq!(str_repr(text), repr);
        }
        assert_eq!(str_ascii("é漢😀'"), "\"\\xe9\\u6f22\\U0001f600'\"");
        assert_eq!(escape_non_ascii("[é]"), "[\\xe9]");
    }

    #[test]
    fn bytes_reprs_are_cpythons() {
        assert_eq!(bytes_repr(b"a'b\x00\xff\t\"\\"), "b'a\\'b\\x00\\xff\\t\"\\\\'");
        assert_eq!(bytes_repr(b"it's"), "b\"it's\"");
        assert_eq!(bytearray_repr("bytearray", b"it's"), "bytearray(b\"it\\'s\")");
    }
}
