//! The format mini-language, first half: parsing `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
//!
//! The order of the fields, what each rules out and the words of every `ValueError` are `parse_internal_render_format_spec`'s of
//! CPython 3.13. What a type makes of a spec is in `format_str.rs`, `format_int.rs` and `format_float.rs`; padding and digit
//! grouping, which they share, in `format_layout.rs`.

use super::error::TextError;
use super::unicode::decimal_value;

/// Where a value stands in a field wider than it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: padding between sign and digits
    AfterSign,
}

impl Align {
    fn of(c: char) -> Option<Self> {
        Some(match c {
            '<' => Self::Left,
            '>' => Self::Right,
            '^' => Self::Center,
            '=' => Self::AfterSign,
            _ => return None,
        })
    }
}

/// Which sign a number that is not negative gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignRule {
    /// Not said: none.
    Unspecified,
    /// `-`: none.
    Minus,
    /// `+`
    Plus,
    /// A space.
    Space,
}

/// Separator of digit groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// None.
    None,
    /// `,` every three digits.
    Comma,
    /// `_` every three digits.
    Underscore,
    /// `_` every four digits (binary, octal and hexadecimal).
    UnderscoreFour,
}

/// A parsed format spec. Width and precision count characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    /// Character to pad with.
    pub fill: char,
    /// Alignment, the type's default if not given.
    pub align: Align,
    /// Sign rule.
    pub sign: SignRule,
    /// `z`: a negative zero loses its sign.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// Least width.
    pub width: Option<usize>,
    /// Digit grouping.
    pub grouping: Grouping,
    /// Digits after `.`.
    pub precision: Option<usize>,
    /// Presentation type; `None` if not given.
    pub kind: Option<char>,
}

struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn skip(&mut self, c: char) {
        self.rest = &self.rest[c.len_utf8()..];
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.skip(c);
        }
        found
    }

    /// Decimal digits of any script as a number.
    fn integer(&mut self) -> Result<Option<usize>, TextError> {
        let mut value: Option<usize> = None;
        while let Some((c, digit)) = self.peek().and_then(|c| Some((c, decimal_value(c)?))) {
            self.skip(c);
            let next = value.unwrap_or(0).checked_mul(10).and_then(|v| v.checked_add(usize::from(digit)));
            value = Some(
                next.filter(|&v| v <= isize::MAX as usize)
                    .ok_or_else(|| TextError::value("Too many decimal digits in format string"))?,
            );
        }
        Ok(value)
    }
}

/// `Unknown format code …`: the presentation type `code` does not suit the type.
pub fn unknown_code(code: char, type_name: &str) -> TextError {
    let shown = show_code(code);
    TextError::value(format!("Unknown format code '{shown}' for object of type '{type_name}'"))
}

fn show_code(code: char) -> String {
    if ('!'..='\x7f').contains(&code) { code.to_string() } else { format!("\\x{:x}", code as u32) }
}

fn parse_fill_and_align(cursor: &mut Cursor<'_>, spec: &mut FormatSpec) -> (bool, bool) {
    let mut chars = cursor.rest.chars();
    let (first, second) = (chars.next(), chars.next());
    if let (Some(fill), Some(c)) = (first, second)
        && let Some(align) = Align::of(c)
    {
        spec.fill = fill;
        spec.align = align;
        cursor.skip(fill);
        cursor.skip(c);
        return (true, true);
    }
    if let Some(c) = first
        && let Some(align) = Align::of(c)
    {
        spec.align = align;
        cursor.skip(c);
        return (false, true);
    }
    (false, false)
}

fn parse_grouping(cursor: &mut Cursor<'_>) -> Result<Grouping, TextError> {
    let both = || TextError::value("Cannot specify both ',' and '_'.");
    let mut grouping = Grouping::None;
    if cursor.take(',') {
        grouping = Grouping::Comma;
    }
    if cursor.take('_') {
        if grouping == Grouping::Comma {
            return Err(both());
        }
        grouping = Grouping::Underscore;
    }
    if cursor.peek() == Some(',') && grouping == Grouping::Underscore {
        return Err(both());
    }
    Ok(grouping)
}

fn check_grouping(spec: &mut FormatSpec) -> Result<(), TextError> {
    if spec.grouping == Grouping::None {
        return Ok(());
    }
    match spec.kind {
        None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
        Some('b' | 'o' | 'x' | 'X') if spec.grouping == Grouping::Underscore => {
            spec.grouping = Grouping::UnderscoreFour;
            Ok(())
        }
        Some(code) => {
            let separator = if spec.grouping == Grouping::Comma { ',' } else { '_' };
            Err(TextError::value(format!("Cannot specify '{separator}' with '{}'.", show_code(code))))
        }
    }
}

impl FormatSpec {
    /// Parses `text` for a value of class `type_name` (named in errors). `default_kind` is `Some('s')` for str, `Some('d')` for
    /// int and `None` for floats; `default_align` is left for str and right for numbers.
    pub fn parse(
        text: &str,
        type_name: &str,
        default_kind: Option<char>,
        default_align: Align,
    ) -> Result<Self, TextError> {
        let mut spec = Self {
            fill: ' ',
            align: default_align,
            sign: SignRule::Unspecified,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: Grouping::None,
            precision: None,
            kind: default_kind,
        };
        let mut cursor = Cursor { rest: text };
        let (has_fill, has_align) = parse_fill_and_align(&mut cursor, &mut spec);
        for (c, rule) in [('+', SignRule::Plus), ('-', SignRule::Minus), (' ', SignRule::Space)] {
            if spec.sign == SignRule::Unspecified && cursor.take(c) {
                spec.sign = rule;
            }
        }
        spec.no_negative_zero = cursor.take('z');
        spec.alternate = cursor.take('#');
        if !has_fill && cursor.take('0') {
            spec.fill = '0';
            if !has_align && default_align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = cursor.integer()?;
        spec.grouping = parse_grouping(&mut cursor)?;
        if cursor.take('.') {
            let precision = cursor.integer()?;
            spec.precision = Some(precision.ok_or_else(|| TextError::value("Format specifier missing precision"))?);
        }
        let mut rest = cursor.rest.chars();
        if let Some(code) = rest.next() {
            if rest.next().is_some() {
                return Err(TextError::value(format!(
                    "Invalid format specifier '{text}' for object of type '{type_name}'"
                )));
            }
            spec.kind = Some(code);
        }
        check_grouping(&mut spec)?;
        Ok(spec)
    }
}
