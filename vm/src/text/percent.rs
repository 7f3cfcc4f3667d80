//! Parsing of `%` formats (`str % args`, `bytes % args`): literal text and conversions `%(key)#0- +width.precision type`.
//!
//! The grammar and the words of every error are `unicode_format_arg_parse`'s and `_PyBytes_FormatEx`'s of CPython 3.13. Pieces come one at a
//! time, so that an error in a later piece shows up after the effects of the earlier ones, as in CPython; within one conversion a
//! syntax error comes before the fetching of its key and its `*`, where CPython goes from left to right. Fetching arguments is the
//! caller's; what a conversion makes of its argument is in `percent_format.rs`.

use std::ops::Range;

use num_traits::ToPrimitive;

use super::error::TextError;
use super::int::IntRef;

/// Width or precision of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Not given.
    None,
    /// Given in the format.
    Given(usize),
    /// `*`: the next argument, an int (`TypeError: * wants int`), see [`width_argument`] and [`precision_argument`].
    Argument,
}

/// Flags of a conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-`
    pub left: bool,
    /// `+`
    pub plus: bool,
    /// A space.
    pub space: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
}

/// One conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// Where in the format the mapping key stands, if there is one.
    pub key: Option<Range<usize>>,
    /// Its flags.
    pub flags: Flags,
    /// Least width.
    pub width: Count,
    /// Precision.
    pub precision: Count,
    /// The conversion type, any character (a byte of `bytes` as the character of that code): the caller fetches the argument before it
    /// rejects an unknown one with [`Conversion::unsupported`].
    pub kind: char,
    /// Index of the type in the format (code points of a str, bytes of a bytes).
    pub index: usize,
}

impl Conversion {
    /// Whether it has a type only: no key, flags, width or precision.
    pub fn is_bare(&self) -> bool {
        self.key.is_none()
            && self.flags == Flags::default()
            && self.width == Count::None
            && self.precision == Count::None
    }
}

/// A piece of a format; ranges are byte ranges of the format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands for itself (`%%` gives the range of one `%`).
    Literal(Range<usize>),
    /// A conversion.
    Conversion(Conversion),
}

const NEEDS_MAPPING: &str = "format requires a mapping";
/// `TypeError` of too few arguments.
pub const TOO_FEW: &str = "not enough arguments for format string";
/// `TypeError` of too many arguments for a str; bytes say [`TOO_MANY_BYTES`].
pub const TOO_MANY: &str = "not all arguments converted during string formatting";
/// `TypeError` of too many arguments for bytes.
pub const TOO_MANY_BYTES: &str = "not all arguments converted during bytes formatting";
/// `TypeError` of an argument for `*` that is no int.
pub const STAR_WANTS_INT: &str = "* wants int";

/// The width an int argument for `*` gives, and whether it asks for left alignment.
pub fn width_argument(value: IntRef<'_>) -> Result<(usize, bool), TextError> {
    let too_large = || TextError::overflow("Python int too large to convert to C ssize_t");
    let width = value.to_i64().ok_or_else(too_large)?;
    Ok((usize::try_from(width.unsigned_abs()).map_err(|_| too_large())?, width < 0))
}

/// The precision an int argument for `*` gives.
pub fn precision_argument(value: IntRef<'_>) -> Result<usize, TextError> {
    let precision = value.to_i64().and_then(|value| value.to_i32());
    let precision = precision.ok_or_else(|| TextError::overflow("Python int too large to convert to C int"))?;
    Ok(usize::try_from(precision).unwrap_or(0))
}

/// Whether a format is str or bytes: they differ in the words of some errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatKind {
    /// `str % …`
    Str,
    /// `bytes % …`
    Bytes,
}

/// Iterator over the pieces of a format; ends after the first error.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    format: &'a [u8],
    kind: FormatKind,
    has_mapping: bool,
    position: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of a str; `has_mapping` says whether the right operand is a mapping (and no tuple or str), as keys need.
    pub fn of_str(format: &'a str, has_mapping: bool) -> Self {
        Self { format: format.as_bytes(), kind: FormatKind::Str, has_mapping, position: 0 }
    }

    /// The pieces of bytes; `has_mapping` says whether the right operand is a mapping (and no tuple, bytes, bytearray or str).
    pub fn of_bytes(format: &'a [u8], has_mapping: bool) -> Self {
        Self { format, kind: FormatKind::Bytes, has_mapping, position: 0 }
    }

    /// The next character and its length in bytes.
    fn peek(&self) -> Result<(char, usize), TextError> {
        let rest = &self.format[self.position..];
        let incomplete = || TextError::value("incomplete format");
        match self.kind {
            FormatKind::Bytes => rest.first().map(|&byte| (char::from(byte), 1)).ok_or_else(incomplete),
            FormatKind::Str => {
                let head = &rest[..rest.len().min(4)];
                let valid = head.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
                valid.map(|c| (c, c.len_utf8())).ok_or_else(incomplete)
            }
        }
    }

    fn next_is(&mut self, wanted: u8) -> bool {
        let found = self.format.get(self.position) == Some(&wanted);
        self.position += usize::from(found);
        found
    }

    fn key(&mut self) -> Result<Option<Range<usize>>, TextError> {
        if !self.next_is(b'(') {
            return Ok(None);
        }
        if !self.has_mapping {
            return Err(TextError::type_error(NEEDS_MAPPING));
        }
        let start = self.position;
        let mut depth = 1;
        for (offset, &byte) in self.format[start..].iter().enumerate() {
            depth += match byte {
                b'(' => 1,
                b')' => -1,
                _ => 0,
            };
            if depth == 0 {
                self.position = start + offset + 1;
                return Ok(Some(start..start + offset));
            }
        }
        Err(TextError::value("incomplete format key"))
    }

    fn flags(&mut self) -> Flags {
        let mut flags = Flags::default();
        loop {
            let flag = match self.format.get(self.position) {
                Some(b'-') => &mut flags.left,
                Some(b'+') => &mut flags.plus,
                Some(b' ') => &mut flags.space,
                Some(b'#') => &mut flags.alternate,
                Some(b'0') => &mut flags.zero,
                _ => return flags,
            };
            *flag = true;
            self.position += 1;
        }
    }

    fn count(&mut self, limit: usize, too_big: &'static str) -> Result<Count, TextError> {
        if self.next_is(b'*') {
            return Ok(Count::Argument);
        }
        let mut count = Count::None;
        while let Some(digit) = self.format.get(self.position).filter(|byte| byte.is_ascii_digit()) {
            let digit = usize::from(digit - b'0');
            let value = if let Count::Given(value) = count { value } else { 0 };
            if value > (limit - digit) / 10 {
                return Err(TextError::value(too_big));
            }
            count = Count::Given(value * 10 + digit);
            self.position += 1;
        }
        Ok(count)
    }

    fn conversion(&mut self) -> Result<Conversion, TextError> {
        let key = self.key()?;
        let flags = self.flags();
        let width = self.count(isize::MAX as usize, "width too big")?;
        let mut precision = Count::None;
        if self.next_is(b'.') {
            let too_big = if self.kind == FormatKind::Str { "precision too big" } else { "prec too big" };
            precision = match self.count(i32::MAX as usize, too_big)? {
                Count::None => Count::Given(0),
                given => given,
            };
        }
        // One C length modifier is ignored.
        if matches!(self.format.get(self.position), Some(b'h' | b'l' | b'L')) {
            self.position += 1;
        }
        let (kind, len) = self.peek()?;
        let index = match self.kind {
            FormatKind::Str => String::from_utf8_lossy(&self.format[..self.position]).chars().count(),
            FormatKind::Bytes => self.position,
        };
        self.position += len;
        Ok(Conversion { key, flags, width, precision, kind, index })
    }
}

impl Iterator for Pieces<'_> {
    type Item = Result<Piece, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.position;
        let rest = &self.format[start..];
        if rest.is_empty() {
            return None;
        }
        let literal = rest.iter().position(|&byte| byte == b'%').unwrap_or(rest.len());
        if literal > 0 {
            self.position += literal;
            return Some(Ok(Piece::Literal(start..start + literal)));
        }
        self.position += 1;
        if self.next_is(b'%') {
            return Some(Ok(Piece::Literal(start..start + 1)));
        }
        let conversion = self.conversion();
        if conversion.is_err() {
            self.position = self.format.len();
        }
        Some(conversion.map(Piece::Conversion))
    }
}

impl Conversion {
    /// The `TypeError` of an argument of class `type_name` that is no number of the kind the conversion needs.
    pub fn wrong_type(&self, format: FormatKind, type_name: &str) -> TextError {
        TextError::type_error(match (self.kind, format) {
            ('o' | 'x' | 'X', _) => format!("%{} format: an integer is required, not {type_name}", self.kind),
            ('i', FormatKind::Bytes) => format!("%d format: a real number is required, not {type_name}"),
            ('d' | 'i' | 'u', _) => format!("%{} format: a real number is required, not {type_name}", self.kind),
            ('c', FormatKind::Str) => "%c requires int or char".to_owned(),
            ('c', FormatKind::Bytes) => "%c requires an integer in range(256) or a single byte".to_owned(),
            ('s' | 'b', _) => {
                format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{type_name}'")
            }
            (_, FormatKind::Str) => format!("must be real number, not {type_name}"),
            (_, FormatKind::Bytes) => format!("float argument required, not {type_name}"),
        })
    }

    /// The error of a conversion type that does not exist.
    pub fn unsupported(&self, format: FormatKind) -> TextError {
        let code = self.kind as u32;
        if format == FormatKind::Bytes && code > 0x7f {
            // A signed char in C: CPython fails to print the character.
            return TextError::overflow("character argument not in range(0x110000)");
        }
        let shown = if (31..=126).contains(&code) { self.kind } else { '?' };
        TextError::value(format!("unsupported format character '{shown}' (0x{code:x}) at index {}", self.index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_taken_apart() {
        let pieces: Vec<Piece> = Pieces::of_str("é%(a(b)c)-+ #0*.*ls!", true).map(Result::unwrap).collect();
        let flags = Flags { left: true, plus: true, space: true, alternate: true, zero: true };
        let expected = Conversion {
            key: Some(4..9),
            flags,
            width: Count::Argument,
            precision: Count::Argument,
            kind: 's',
            index: 18,
        };
        assert_eq!(pieces, [Piece::Literal(0..2), Piece::Conversion(expected), Piece::Literal(20..21)]);
    }

    #[test]
    fn bytes_have_words_of_their_own() {
        let error = |format: &'static [u8]| Pieces::of_bytes(format, false).find_map(Result::err).unwrap();
        assert_eq!(error(b"%.9999999999d").message, "prec too big");
        assert_eq!(error(b"%(a)s"), TextError::type_error("format requires a mapping"));
        let Some(Ok(Piece::Conversion(conversion))) = Pieces::of_bytes(b"%\xe9", false).next() else {
            panic!("no conversion");
        };
        let message = conversion.unsupported(FormatKind::Bytes).message;
        assert_eq!(message, "character argument not in range(0x110000)");
    }

    #[test]
    fn arguments_for_counts() {
        assert_eq!(width_argument((-5).into()), Ok((5, true)));
        assert_eq!(precision_argument((-5).into()), Ok(0));
        let big: num_bigint::BigInt = num_bigint::BigInt::from(1) << 70;
        assert_eq!(width_argument((&big).into()).unwrap_err().message, "Python int too large to convert to C ssize_t");
        assert_eq!(
            precision_argument((1 << 40).into()).unwrap_err().message,
            "Python int too large to convert to C int"
        );
    }
}
