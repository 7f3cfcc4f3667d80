//! `bytes.decode` and `str.encode` for UTF-8, ASCII, Latin-1, UTF-16 and UTF-32.
//!
//! Names and aliases of encodings, ranges and reasons of errors and the error handlers `strict`, `ignore`, `replace`, `backslashreplace` and
//! `xmlcharrefreplace` are CPython 3.13's. Other encodings are unknown here. `surrogateescape` and `surrogatepass` act where no lone surrogate
//! comes up; where CPython would make one, decoding fails, for strings here have none.

use super::codec_wide::{decode_wide, encode_wide};
use super::error::{ErrorKind, TextError};
use super::str_repr::push_code_escape;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `utf-8`
    Utf8,
    /// `utf-8-sig`: UTF-8 with a byte order mark in front.
    Utf8Signature,
    /// `ascii`
    Ascii,
    /// `iso8859-1`
    Latin1,
    /// Units of 2 or 4 bytes.
    Wide(Wide),
}

/// UTF-16 or UTF-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide {
    /// Bytes of a unit: 2 or 4.
    pub unit: usize,
    /// Byte order; `None`: little, with a byte order mark.
    pub order: Option<super::int_bytes::ByteOrder>,
}

/// Why a text was not decoded or encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodecError {
    /// `UnicodeDecodeError` or `UnicodeEncodeError`: the object is the argument of the call.
    Unicode(UnicodeProblem),
    /// Any other exception.
    Other(TextError),
}

/// Data of a `UnicodeError`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnicodeProblem {
    /// Its attribute `encoding`.
    pub encoding: &'static str,
    /// Its attribute `object` is the argument from this byte on: not 0 only behind the mark of `utf-8-sig`.
    pub object_start: usize,
    /// First byte or code point that is the problem.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// Its attribute `reason`.
    pub reason: &'static str,
}

impl From<TextError> for CodecError {
    fn from(error: TextError) -> Self {
        Self::Other(error)
    }
}

/// Aliases, normalised, beside the names of [`Encoding::name`].
const ALIASES: [(&[&str], &str); 5] = [
    (&["utf8", "utf", "u8", "utf8_ucs2", "utf8_ucs4", "cp65001"], "utf_8"),
    (
        &[
            "646",
            "ansi_x3.4_1968",
            "ansi_x3_4_1968",
            "ansi_x3.4_1986",
            "cp367",
            "csascii",
            "ibm367",
            "iso646_us",
            "iso_646.irv_1991",
            "iso_ir_6",
            "us",
            "us_ascii",
        ],
        "ascii",
    ),
    (
        &[
            "8859",
            "cp819",
            "csisolatin1",
            "ibm819",
            "iso8859",
            "iso8859_1",
            "iso_8859_1",
            "iso_8859_1_1987",
            "iso_ir_100",
            "l1",
            "latin",
            "latin1",
        ],
        "latin_1",
    ),
    (&["u16", "utf16"], "utf_16"),
    (&["u32", "utf32"], "utf_32"),
];

/// Lower case, runs of other characters than letters, digits and dots as one underscore.
fn normalize(name: &str) -> String {
    let mut out = String::new();
    let mut pending = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            if pending && !out.is_empty() {
                out.push('_');
            }
            pending = false;
            out.push(c.to_ascii_lowercase());
        } else {
            pending = true;
        }
    }
    out
}

impl Encoding {
    /// The encoding called `name`; `LookupError` if it is unknown.
    pub fn lookup(name: &str) -> Result<Self, TextError> {
        use super::int_bytes::ByteOrder::{Big, Little};
        if name.contains('\0') {
            return Err(TextError::value("embedded null character"));
        }
        let normalized = normalize(name);
        let alias = ALIASES.iter().find(|(aliases, _)| aliases.contains(&normalized.as_str()));
        let wide = |unit, order| Ok(Self::Wide(Wide { unit, order }));
        match alias.map_or(normalized.as_str(), |(_, name)| name) {
            "utf_8" => Ok(Self::Utf8),
            "utf_8_sig" => Ok(Self::Utf8Signature),
            "ascii" => Ok(Self::Ascii),
            "latin_1" => Ok(Self::Latin1),
            "utf_16" => wide(2, None),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => wide(2, Some(Little)),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => wide(2, Some(Big)),
            "utf_32" => wide(4, None),
            "utf_32_le" | "utf_32le" => wide(4, Some(Little)),
            "utf_32_be" | "utf_32be" => wide(4, Some(Big)),
            _ => Err(TextError::new(ErrorKind::LookupError, format!("unknown encoding: {name}"))),
        }
    }

    /// Its canonical name, `codecs.lookup(…).name`.
    pub fn name(self) -> &'static str {
        use super::int_bytes::ByteOrder::{Big, Little};
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Signature => "utf-8-sig",
            Self::Ascii => "ascii",
            Self::Latin1 => "iso8859-1",
            Self::Wide(Wide { unit: 2, order: None }) => "utf-16",
            Self::Wide(Wide { unit: 2, order: Some(Little) }) => "utf-16-le",
            Self::Wide(Wide { unit: 2, order: Some(Big) }) => "utf-16-be",
            Self::Wide(Wide { order: None, .. }) => "utf-32",
            Self::Wide(Wide { order: Some(Little), .. }) => "utf-32-le",
            Self::Wide(Wide { order: Some(Big), .. }) => "utf-32-be",
        }
    }
}

const SIGNATURE: &[u8] = b"\xef\xbb\xbf";

/// `data.decode(encoding, errors)`
pub fn decode(data: &[u8], encoding: Encoding, errors: &str) -> Result<String, CodecError> {
    match encoding {
        Encoding::Utf8 => decode_utf8(data, 0, errors),
        Encoding::Utf8Signature if data.starts_with(SIGNATURE) => decode_utf8(data, SIGNATURE.len(), errors),
        Encoding::Utf8Signature => decode_utf8(data, 0, errors),
        Encoding::Ascii => decode_ascii(data, errors),
        Encoding::Latin1 => Ok(data.iter().map(|&byte| char::from(byte)).collect()),
        Encoding::Wide(wide) => decode_wide(data, wide, errors),
    }
}

/// Appends what the handler `errors` makes of a decoding problem.
pub(super) fn handle_decoding(
    out: &mut String,
    data: &[u8],
    problem: UnicodeProblem,
    errors: &str,
) -> Result<(), CodecError> {
    match errors {
        "strict" => return Err(CodecError::Unicode(problem)),
        "ignore" => {}
        "replace" => out.push(char::REPLACEMENT_CHARACTER),
        "backslashreplace" => {
            data[problem.start..problem.end].iter().for_each(|&byte| push_code_escape(out, u32::from(byte)));
        }
        "xmlcharrefreplace" | "namereplace" => {
            let message = "don't know how to handle UnicodeDecodeError in error callback";
            return Err(TextError::type_error(message).into());
        }
        "surrogateescape" | "surrogatepass" => {
            let message = format!("error handler '{errors}' would make a lone surrogate, which is not supported");
            return Err(TextError::new(ErrorKind::LookupError, message).into());
        }
        _ => return Err(unknown_handler(errors).into()),
    }
    Ok(())
}

fn unknown_handler(errors: &str) -> TextError {
    TextError::new(ErrorKind::LookupError, format!("unknown error handler name '{errors}'"))
}

fn decode_utf8(data: &[u8], object_start: usize, errors: &str) -> Result<String, CodecError> {
    let data = &data[object_start..];
    let mut out = String::with_capacity(data.len());
    let mut position = 0;
    for chunk in data.utf8_chunks() {
        out.push_str(chunk.valid());
        let start = position + chunk.valid().len();
        position = start + chunk.invalid().len();
        let Some(&lead) = chunk.invalid().first() else { continue };
        // An invalid sequence at the end is incomplete if more bytes could have made it valid.
        let incomplete = position == data.len()
            && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        let reason = match lead {
            _ if incomplete => "unexpected end of data",
            0xc2..=0xf4 => "invalid continuation byte",
            _ => "invalid start byte",
        };
        let problem = UnicodeProblem { encoding: "utf-8", object_start, start, end: position, reason };
        handle_decoding(&mut out, data, problem, errors)?;
    }
    Ok(out)
}

fn decode_ascii(data: &[u8], errors: &str) -> Result<String, CodecError> {
    let mut out = String::with_capacity(data.len());
    for (start, &byte) in data.iter().enumerate() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            let reason = "ordinal not in range(128)";
            let problem = UnicodeProblem { encoding: "ascii", object_start: 0, start, end: start + 1, reason };
            handle_decoding(&mut out, data, problem, errors)?;
        }
    }
    Ok(out)
}

/// `text.encode(encoding, errors)`
pub fn encode(text: &str, encoding: Encoding, errors: &str) -> Result<Vec<u8>, CodecError> {
    match encoding {
        Encoding::Utf8 => Ok(text.as_bytes().to_vec()),
        Encoding::Utf8Signature => Ok([SIGNATURE, text.as_bytes()].concat()),
        Encoding::Ascii => encode_narrow(text, "ascii", 0x80, "ordinal not in range(128)", errors),
        Encoding::Latin1 => encode_narrow(text, "latin-1", 0x100, "ordinal not in range(256)", errors),
        Encoding::Wide(wide) => Ok(encode_wide(text, wide)),
    }
}

/// Encodes code points below `limit` as bytes; runs of others are one problem.
fn encode_narrow(
    text: &str,
    encoding: &'static str,
    limit: u32,
    reason: &'static str,
    errors: &str,
) -> Result<Vec<u8>, CodecError> {
    let mut out = Vec::with_capacity(text.len());
    let mut chars = text.chars().enumerate().peekable();
    while let Some((start, c)) = chars.next() {
        if (c as u32) < limit {
            out.push(c as u32 as u8);
            continue;
        }
        let mut run = vec![c];
        while let Some((_, c)) = chars.next_if(|&(_, c)| c as u32 >= limit) {
            run.push(c);
        }
        match errors {
            "strict" | "surrogateescape" | "surrogatepass" => {
                let end = start + run.len();
                return Err(CodecError::Unicode(UnicodeProblem { encoding, object_start: 0, start, end, reason }));
            }
            "ignore" => {}
            "replace" => out.resize(out.len() + run.len(), b'?'),
            "backslashreplace" => {
                let mut escapes = String::new();
                run.iter().for_each(|&c| push_code_escape(&mut escapes, c as u32));
                out.extend_from_slice(escapes.as_bytes());
            }
            "xmlcharrefreplace" => {
                run.iter().for_each(|&c| out.extend_from_slice(format!("&#{};", c as u32).as_bytes()));
            }
            _ => return Err(unknown_handler(errors).into()),
        }
    }
    Ok(out)
}

impl UnicodeProblem {
    /// `str()` of the `UnicodeDecodeError` about `data`, the whole argument.
    pub fn decode_message(&self, data: &[u8]) -> String {
        let Self { encoding, object_start, start, end, reason } = self;
        match data.get(object_start + start) {
            Some(byte) if end - start == 1 => {
                format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
            }
            _ => format!("'{encoding}' codec can't decode bytes in position {start}-{}: {reason}", end - 1),
        }
    }

    /// `str()` of the `UnicodeEncodeError` about `text`.
    pub fn encode_message(&self, text: &str) -> String {
        let Self { encoding, start, end, reason, .. } = self;
        match text.chars().nth(*start) {
            Some(c) if end - start == 1 => {
                let mut shown = String::new();
                push_code_escape(&mut shown, c as u32);
                format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
            }
            _ => format!("'{encoding}' codec can't encode characters in position {start}-{}: {reason}", end - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes, encoding, error handler and what CPython 3.13's `decode` answers.
    #[test]
    fn decoding_is_cpythons() {
        type Row = (&'static [u8], &'static str, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            (
                b"a\xff",
                "utf-8",
                "strict",
                Err("'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"),
            ),
            (
                b"\xe2\x82",
                "utf-8",
                "strict",
                Err("'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"),
            ),
            (b"\xe2\x82a", "utf-8", "replace", Ok("�a")),
            (b"\xf0\x80\x80a", "utf-8", "replace", Ok("���a")),
            (b"\xed\xa0\x80", "utf-8", "backslashreplace", Ok("\\xed\\xa0\\x80")),
            (b"\xc3\xa9", "utf-8", "strict", Ok("é")),
            (
                b"\xef\xbb\xbfa\xff",
                "utf-8-sig",
                "strict",
                Err("'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"),
            ),
            (b"\xef\xbb\xbfab", "utf-8-sig", "strict", Ok("ab")),
            (
                b"a\xff",
                "ascii",
                "strict",
                Err("'ascii' codec can't decode byte 0xff in position 1: ordinal not in range(128)"),
            ),
            (b"a\xffb", "ascii", "ignore", Ok("ab")),
            (b"a\xffb", "us-ascii", "backslashreplace", Ok("a\\xffb")),
            (b"a\xff", "latin-1", "strict", Ok("aÿ")),
            (b"\xff\xfea\x00", "utf-16", "strict", Ok("a")),
            (b"\xfe\xff\x00a", "utf-16", "strict", Ok("a")),
            (b"a\x00", "utf-16", "strict", Ok("a")),
            (
                b"\xff\xfea\x00b",
                "utf-16",
                "strict",
                Err("'utf-16-le' codec can't decode byte 0x62 in position 4: truncated data"),
            ),
            (
                b"\x00\xd8",
                "utf-16-le",
                "strict",
                Err("'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"),
            ),
            (b"\x00\xd8a\x00", "utf-16-le", "replace", Ok("�a")),
            (
                b"\x00\xdc",
                "utf-16-le",
                "strict",
                Err("'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"),
            ),
            (b"\xd8=\xde\x00", "utf-16-be", "strict", Ok("😀")),
            (b"a\x00\x00\x00", "utf-32", "strict", Ok("a")),
            (
                b"a\x00\x00\x00b",
                "utf-32-le",
                "strict",
                Err("'utf-32-le' codec can't decode byte 0x62 in position 4: truncated data"),
            ),
            (
                b"\x00\xd8\x00\x00",
                "utf-32-le",
                "strict",
                Err(
                    "'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point range(0xd800, 0xe000)",
                ),
            ),
            (
                b"\x00\x11\x00\x00",
                "utf-32-be",
                "strict",
                Err("'utf-32-be' codec can't decode bytes in position 0-3: code point not in range(0x110000)"),
            ),
            (b"a", "foo", "strict", Err("unknown encoding: foo")),
            (b"\xff", "ascii", "foo", Err("unknown error handler name 'foo'")),
            (b"a", "ascii", "foo", Ok("a")),
            (
                b"\xff",
                "ascii",
                "xmlcharrefreplace",
                Err("don't know how to handle UnicodeDecodeError in error callback"),
            ),
        ];
        for &(data, encoding, errors, expected) in table {
            let found = Encoding::lookup(encoding).map_err(CodecError::from);
            let result = found.and_then(|encoding| decode(data, encoding, errors)).map_err(|error| match error {
                CodecError::Unicode(problem) => problem.decode_message(data),
                CodecError::Other(error) => error.message.into_owned(),
            });
            assert_eq!(result, expected.map(str::to_owned).map_err(str::to_owned), "{data:?} {encoding} {errors}");
        }
        let error = decode(b"\xff", Encoding::Ascii, "surrogateescape").unwrap_err();
        assert!(matches!(error, CodecError::Other(TextError { kind: ErrorKind::LookupError, .. })));
    }

    /// Text, encoding, error handler and what CPython 3.13's `encode` answers.
    #[test]
    fn encoding_is_cpythons() {
        type Row = (&'static str, &'static str, &'static str, Result<&'static [u8], &'static str>);
        let table: &[Row] = &[
            ("aé", "utf-8", "strict", Ok(b"a\xc3\xa9")),
            ("aé", "utf-8-sig", "strict", Ok(b"\xef\xbb\xbfa\xc3\xa9")),
            (
                "aé漢b",
                "ascii",
                "strict",
                Err("'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)"),
            ),
            (
                "é",
                "ascii",
                "strict",
                Err("'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"),
            ),
            (
                "😀",
                "latin-1",
                "strict",
                Err("'latin-1' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(256)"),
            ),
            ("é漢", "latin-1", "replace", Ok(b"\xe9?")),
            ("é漢😀", "ascii", "backslashreplace", Ok(b"\\xe9\\u6f22\\U0001f600")),
            ("é漢😀", "ascii", "xmlcharrefreplace", Ok(b"&#233;&#28450;&#128512;")),
            ("aé", "ascii", "ignore", Ok(b"a")),
            (
                "é",
                "ascii",
                "surrogateescape",
                Err("'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"),
            ),
            ("é", "ascii", "foo", Err("unknown error handler name 'foo'")),
            ("a", "ascii", "foo", Ok(b"a")),
            ("a😀", "utf-16", "strict", Ok(b"\xff\xfea\x00=\xd8\x00\xde")),
            ("a😀", "utf-16-be", "strict", Ok(b"\x00a\xd8=\xde\x00")),
            ("a😀", "utf-32-le", "strict", Ok(b"a\x00\x00\x00\x00\xf6\x01\x00")),
            ("a", "utf-32", "strict", Ok(b"\xff\xfe\x00\x00a\x00\x00\x00")),
        ];
        for &(text, encoding, errors, expected) in table {
            let found = Encoding::lookup(encoding).map_err(CodecError::from);
            let result = found.and_then(|encoding| encode(text, encoding, errors)).map_err(|error| match error {
                CodecError::Unicode(problem) => problem.encode_message(text),
                CodecError::Other(error) => error.message.into_owned(),
            });
            assert_eq!(result.as_deref().map_err(|error| &**error), expected, "{text} {encoding} {errors}");
        }
    }

    #[test]
    fn names_are_cpythons() {
        let table: &[(&str, Result<&str, &str>)] = &[
            ("UTF-8", Ok("utf-8")),
            ("utf 8", Ok("utf-8")),
            ("utf--8", Ok("utf-8")),
            ("latin 1", Ok("iso8859-1")),
            ("ISO-8859-1", Ok("iso8859-1")),
            ("8859", Ok("iso8859-1")),
            ("646", Ok("ascii")),
            ("ANSI_X3.4-1968", Ok("ascii")),
            ("u16", Ok("utf-16")),
            ("UTF-16LE", Ok("utf-16-le")),
            ("utf_32_be", Ok("utf-32-be")),
            ("unicodebigunmarked", Ok("utf-16-be")),
            ("utf8mb4", Err("unknown encoding: utf8mb4")),
            ("", Err("unknown encoding: ")),
            ("utf.8", Err("unknown encoding: utf.8")),
            ("ISO_8859-1:1987", Ok("iso8859-1")),
            ("utf8\u{0}", Err("embedded null character")),
            ("utf-8-sig", Ok("utf-8-sig")),
            ("u32", Ok("utf-32")),
        ];
        for &(name, expected) in table {
            let result = Encoding::lookup(name).map(Encoding::name);
            assert_eq!(result.as_ref().copied().map_err(|error| &*error.message), expected, "{name:?}");
        }
    }
}
