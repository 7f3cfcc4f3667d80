//! Text encodings: UTF-8, ASCII, Latin-1, UTF-16 and UTF-32, with CPython's error handlers.
//!
//! Positions and reasons of errors are those of CPython 3.13's decoders (`Objects/unicodeobject.c`). Lone surrogates
//! cannot be represented, so the handlers `surrogateescape` and `surrogatepass` are refused when they would make one.
//! Other encodings are unknown.

use crate::text::str_repr::push_code_escape;
use std::fmt::Write;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodecError {
    /// `LookupError`
    Lookup(String),
    /// A handler would make a lone surrogate.
    Unsupported(String),
    /// `UnicodeEncodeError` or `UnicodeDecodeError`
    Invalid {
        /// Name of the encoding in the message.
        encoding: &'static str,
        /// First bad code point or byte.
        start: usize,
        /// One past the last.
        end: usize,
        /// Why.
        reason: &'static str,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Encoding {
    Utf8,
    Utf8Sig,
    Ascii,
    Latin1,
    /// UTF-16: big-endian, and whether a byte order mark is written and read.
    Utf16(bool, bool),
    /// UTF-32, likewise.
    Utf32(bool, bool),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Handler {
    Strict,
    Ignore,
    Replace,
    XmlCharRef,
    Backslash,
    Surrogate,
    Unknown,
}

const ENCODINGS: &[(&[&str], Encoding)] = &[
    (&["utf_8", "utf8", "u8", "utf", "utf8_ucs2", "utf8_ucs4", "cp65001"], Encoding::Utf8),
    (&["utf_8_sig"], Encoding::Utf8Sig),
    (&["ascii", "us_ascii", "646", "ansi_x3.4_1968", "iso646_us", "us", "cp367", "iso_ir_6"], Encoding::Ascii),
    (
        &[
            "latin_1",
            "latin1",
            "iso_8859_1",
            "iso8859_1",
            "iso8859",
            "8859",
            "l1",
            "latin",
            "cp819",
            "iso_ir_100",
            "88591",
        ],
        Encoding::Latin1,
    ),
    (&["utf_16", "utf16", "u16"], Encoding::Utf16(false, true)),
    (&["utf_16_le", "utf_16le"], Encoding::Utf16(false, false)),
    (&["utf_16_be", "utf_16be"], Encoding::Utf16(true, false)),
    (&["utf_32", "utf32", "u32"], Encoding::Utf32(false, true)),
    (&["utf_32_le", "utf_32le"], Encoding::Utf32(false, false)),
    (&["utf_32_be", "utf_32be"], Encoding::Utf32(true, false)),
];

fn encoding(name: &str) -> Result<Encoding, CodecError> {
    let plain: String =
        name.chars().map(|ch| if matches!(ch, '-' | ' ') { '_' } else { ch.to_ascii_lowercase() }).collect();
    let found = ENCODINGS.iter().find(|(names, _)| names.contains(&plain.as_str()));
    found.map(|(_, encoding)| *encoding).ok_or_else(|| CodecError::Lookup(format!("unknown encoding: {name}")))
}

fn handler(name: &str) -> Handler {
    match name {
        "strict" => Handler::Strict,
        "ignore" => Handler::Ignore,
        "replace" => Handler::Replace,
        "xmlcharrefreplace" => Handler::XmlCharRef,
        "backslashreplace" => Handler::Backslash,
        "surrogateescape" | "surrogatepass" => Handler::Surrogate,
        _ => Handler::Unknown,
    }
}

fn unknown_handler(name: &str) -> CodecError {
    CodecError::Lookup(format!("unknown error handler name '{name}'"))
}

/// `text.encode(encoding, errors)`
///
/// # Errors
/// See [`CodecError`].
pub fn encode(text: &str, name: &str, errors: &str) -> Result<Vec<u8>, CodecError> {
    Ok(match encoding(name)? {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Sig => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        Encoding::Ascii => return encode_narrow(text, 0x80, errors),
        Encoding::Latin1 => return encode_narrow(text, 0x100, errors),
        Encoding::Utf16(big, mark) => {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        }
        Encoding::Utf32(big, mark) => {
            let codes = mark.then_some(0xfeff).into_iter().chain(text.chars().map(u32::from));
            codes.flat_map(|code| if big { code.to_be_bytes() } else { code.to_le_bytes() }).collect()
        }
    })
}

fn encode_narrow(text: &str, limit: u32, errors: &str) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::with_capacity(text.len());
    let mut chars = text.chars().enumerate().peekable();
    while let Some((start, ch)) = chars.next() {
        if u32::from(ch) < limit {
            out.push(u32::from(ch) as u8);
            continue;
        }
        let mut bad = vec![ch];
        while let Some((_, ch)) = chars.next_if(|(_, ch)| u32::from(*ch) >= limit) {
            bad.push(ch);
        }
        match handler(errors) {
            Handler::Strict | Handler::Surrogate => {
                let (encoding, reason) = match limit {
                    0x80 => ("ascii", "ordinal not in range(128)"),
                    _ => ("latin-1", "ordinal not in range(256)"),
                };
                return Err(CodecError::Invalid { encoding, start, end: start + bad.len(), reason });
            }
            Handler::Ignore => {}
            Handler::Replace => out.extend(bad.iter().map(|_| b'?')),
            Handler::XmlCharRef => {
                let mut text = String::new();
                for ch in bad {
                    let written = write!(text, "&#{};", u32::from(ch));
                    debug_assert!(written.is_ok(), "writing to a string cannot fail");
                }
                out.extend_from_slice(text.as_bytes());
            }
            Handler::Backslash => {
                let mut text = String::new();
                bad.iter().for_each(|ch| push_code_escape(&mut text, u32::from(*ch)));
                out.extend_from_slice(text.as_bytes());
            }
            Handler::Unknown => return Err(unknown_handler(errors)),
        }
    }
    Ok(out)
}

/// `bytes.decode(encoding, errors)`
///
/// # Errors
/// See [`CodecError`].
pub fn decode(bytes: &[u8], name: &str, errors: &str) -> Result<String, CodecError> {
    let mut out = Decoder { bytes, errors, out: String::with_capacity(bytes.len()) };
    match encoding(name)? {
        Encoding::Utf8 => out.utf8(0)?,
        Encoding::Utf8Sig => out.utf8(if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 })?,
        Encoding::Ascii => out.ascii()?,
        Encoding::Latin1 => out.out.extend(bytes.iter().map(|byte| char::from(*byte))),
        Encoding::Utf16(big, mark) => out.utf16(big, mark)?,
        Encoding::Utf32(big, mark) => out.utf32(big, mark)?,
    }
    Ok(out.out)
}

struct Decoder<'b> {
    bytes: &'b [u8],
    errors: &'b str,
    out: String,
}

impl Decoder<'_> {
    fn bad(
        &mut self,
        encoding: &'static str,
        start: usize,
        end: usize,
        reason: &'static str,
    ) -> Result<(), CodecError> {
        match handler(self.errors) {
            Handler::Strict | Handler::XmlCharRef => Err(CodecError::Invalid { encoding, start, end, reason }),
            Handler::Ignore => Ok(()),
            Handler::Replace => {
                self.out.push('\u{fffd}');
                Ok(())
            }
            Handler::Backslash => {
                self.bytes[start..end].iter().for_each(|byte| push_code_escape(&mut self.out, u32::from(*byte)));
                Ok(())
            }
            Handler::Surrogate => {
                let message = format!("gilsim: the error handler '{}' is not supported", self.errors);
                Err(CodecError::Unsupported(message))
            }
            Handler::Unknown => Err(unknown_handler(self.errors)),
        }
    }

    fn ascii(&mut self) -> Result<(), CodecError> {
        for (i, byte) in self.bytes.iter().enumerate() {
            match byte.is_ascii() {
                true => self.out.push(char::from(*byte)),
                false => self.bad("ascii", i, i + 1, "ordinal not in range(128)")?,
            }
        }
        Ok(())
    }

    fn utf8(&mut self, first: usize) -> Result<(), CodecError> {
        let mut at = first;
        while at < self.bytes.len() {
            match std::str::from_utf8(&self.bytes[at..]) {
                Ok(rest) => {
                    self.out.push_str(rest);
                    return Ok(());
                }
                Err(error) => {
                    let good = error.valid_up_to();
                    self.out.push_str(std::str::from_utf8(&self.bytes[at..at + good]).unwrap_or_default());
                    let start = at + good;
                    let (end, reason) = match error.error_len() {
                        None => (self.bytes.len(), "unexpected end of data"),
                        Some(len) if is_start(self.bytes[start]) => (start + len, "invalid continuation byte"),
                        Some(_) => (start + 1, "invalid start byte"),
                    };
                    self.bad("utf-8", start, end, reason)?;
                    at = end;
                }
            }
        }
        Ok(())
    }

    fn utf16(&mut self, big: bool, mark: bool) -> Result<(), CodecError> {
        let (mut at, mut big) = (0, big);
        if mark && self.bytes.len() >= 2 {
            match self.bytes[..2] {
                [0xff, 0xfe] => (at, big) = (2, false),
                [0xfe, 0xff] => (at, big) = (2, true),
                _ => {}
            }
        }
        let encoding = if mark {
            "utf-16"
        } else if big {
            "utf-16-be"
        } else {
            "utf-16-le"
        };
        let unit = |bytes: &[u8], at: usize| -> Option<u16> {
            let pair = [*bytes.get(at)?, *bytes.get(at + 1)?];
            Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
        };
        while at < self.bytes.len() {
            let Some(first) = unit(self.bytes, at) else {
                return self.bad(encoding, at, self.bytes.len(), "truncated data");
            };
            let second = unit(self.bytes, at + 2);
            match char::decode_utf16([first].into_iter().chain(second)).next() {
                Some(Ok(ch)) => {
                    self.out.push(ch);
                    at += 2 * ch.len_utf16();
                }
                _ if (0xd800..0xdc00).contains(&first) && second.is_none() => {
                    return self.bad(encoding, at, self.bytes.len(), "unexpected end of data");
                }
                _ => {
                    let low = (0xdc00..0xe000).contains(&first);
                    let reason = if low { "illegal encoding" } else { "illegal UTF-16 surrogate" };
                    self.bad(encoding, at, at + 2, reason)?;
                    at += 2;
                }
            }
        }
        Ok(())
    }

    fn utf32(&mut self, big: bool, mark: bool) -> Result<(), CodecError> {
        let (mut at, mut big) = (0, big);
        if mark && self.bytes.len() >= 4 {
            match self.bytes[..4] {
                [0xff, 0xfe, 0, 0] => (at, big) = (4, false),
                [0, 0, 0xfe, 0xff] => (at, big) = (4, true),
                _ => {}
            }
        }
        let encoding = if mark {
            "utf-32"
        } else if big {
            "utf-32-be"
        } else {
            "utf-32-le"
        };
        while at < self.bytes.len() {
            let Some(Ok(four)) = self.bytes.get(at..at + 4).map(<[u8; 4]>::try_from) else {
                return self.bad(encoding, at, self.bytes.len(), "truncated data");
            };
            let code = if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
            match char::from_u32(code) {
                Some(ch) => self.out.push(ch),
                None if code < 0x11_0000 => {
                    self.bad(encoding, at, at + 4, "code point in surrogate code point range(0xd800, 0xe000)")?;
                }
                None => self.bad(encoding, at, at + 4, "code point not in range(0x110000)")?,
            }
            at += 4;
        }
        Ok(())
    }
}

/// Whether a byte can start a sequence of several bytes in UTF-8.
fn is_start(byte: u8) -> bool {
    (0xc2..0xf5).contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_utf8_is_reported_where_cpython_reports_it() {
        let table: &[(&[u8], usize, usize, &str)] = &[
            (b"\xff\xfe", 0, 1, "invalid start byte"),
            (b"\xe2\x82", 0, 2, "unexpected end of data"),
            (b"\xe2\x82x", 0, 2, "invalid continuation byte"),
            (b"a\xf8\x88", 1, 2, "invalid start byte"),
            (b"\xed\xa0\x80", 0, 1, "invalid continuation byte"),
            (b"\xc0\x80", 0, 1, "invalid start byte"),
            (b"\xf4\x90\x80\x80", 0, 1, "invalid continuation byte"),
        ];
        for (bytes, start, end, reason) in table {
            let expected = CodecError::Invalid { encoding: "utf-8", start: *start, end: *end, reason };
            assert_eq!(decode(bytes, "utf-8", "strict"), Err(expected), "{bytes:?}");
        }
    }

    #[test]
    fn handlers_do_what_cpythons_do() {
        assert_eq!(decode(b"a\xffb", "utf8", "ignore").unwrap(), "ab");
        assert_eq!(decode(b"a\xffb", "U8", "replace").unwrap(), "a\u{fffd}b");
        assert_eq!(decode(b"a\xffb", "utf-8", "backslashreplace").unwrap(), "a\\xffb");
        assert_eq!(encode("é€", "latin-1", "xmlcharrefreplace").unwrap(), b"\xe9&#8364;");
        assert_eq!(encode("é€", "ascii", "backslashreplace").unwrap(), b"\\xe9\\u20ac");
        assert_eq!(encode("ab", "utf-16", "strict").unwrap(), b"\xff\xfea\0b\0");
        assert_eq!(decode(b"a\0b\0", "utf-16", "strict").unwrap(), "ab");
        assert_eq!(encode("a", "foo", "strict"), Err(CodecError::Lookup("unknown encoding: foo".to_owned())));
    }
}
