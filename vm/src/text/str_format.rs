//! Parsing of `str.format` templates: literal text and replacement fields `{name.attribute[item]!conversion:spec}`.
//!
//! As `MarkupIterator_next`, `parse_field` and `FieldNameIterator_next` of CPython 3.13, words of errors included. Everything comes one at
//! a time, so that an error in a later part shows up after the effects of the earlier ones, as in CPython. Looking values up is the
//! caller's.

use super::error::TextError;
use super::unicode::decimal_value;

/// How deep specs may nest: a template is expanded with this depth, the spec of its fields with one less, and with 0
/// CPython raises [`TOO_DEEP`].
pub const RECURSION_DEPTH: usize = 2;
/// `ValueError` of specs nested too deeply.
pub const TOO_DEEP: &str = "Max string recursion exceeded";
/// `ValueError` of a positional field in `str.format_map`.
pub const POSITIONAL_IN_MAP: &str = "Format string contains positional fields";

/// A replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// All before `!` and `:`; see [`split_name`].
    pub name: &'a str,
    /// The character after `!`, if any; only `r`, `s` and `a` are known, see [`unknown_conversion`].
    pub conversion: Option<char>,
    /// The format spec.
    pub spec: &'a str,
    /// Whether the spec is a template itself and must be expanded first.
    pub spec_is_template: bool,
}

/// Literal text and the field that follows it, if any. Doubled braces end a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Text that stands for itself.
    pub literal: &'a str,
    /// The field behind it.
    pub field: Option<Field<'a>>,
}

/// Iterator over the segments of a template; ends after the first error.
#[derive(Clone, Debug)]
pub struct Segments<'a> {
    rest: &'a str,
}

impl<'a> Segments<'a> {
    /// The segments of `template`.
    pub fn new(template: &'a str) -> Self {
        Self { rest: template }
    }

    fn segment(&mut self) -> Result<Segment<'a>, TextError> {
        let text = self.rest;
        let Some(at) = text.find(['{', '}']) else {
            self.rest = "";
            return Ok(Segment { literal: text, field: None });
        };
        let (brace, after) = (text.as_bytes()[at], &text[at + 1..]);
        if after.as_bytes().first() == Some(&brace) {
            self.rest = &after[1..];
            return Ok(Segment { literal: &text[..=at], field: None });
        }
        if brace == b'}' {
            return Err(TextError::value("Single '}' encountered in format string"));
        }
        if after.is_empty() {
            return Err(TextError::value("Single '{' encountered in format string"));
        }
        let (field, rest) = parse_field(after)?;
        self.rest = rest;
        Ok(Segment { literal: &text[..at], field: Some(field) })
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Result<Segment<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let segment = self.segment();
        if segment.is_err() {
            self.rest = "";
        }
        Some(segment)
    }
}

/// Byte offset of the character that ends the field name at the start of `text`: `}`, `:` or `!`.
fn name_end(text: &str) -> Result<usize, TextError> {
    let mut in_brackets = false;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b']' if in_brackets => in_brackets = false,
            _ if in_brackets => {}
            b'[' => in_brackets = true,
            b'{' => return Err(TextError::value("unexpected '{' in field name")),
            b'}' | b':' | b'!' => return Ok(offset),
            _ => {}
        }
    }
    Err(TextError::value("expected '}' before end of string"))
}

/// Parses the field behind an opening brace; gives it and what follows its closing brace.
fn parse_field(text: &str) -> Result<(Field<'_>, &str), TextError> {
    let end = name_end(text)?;
    let mut field = Field { name: &text[..end], conversion: None, spec: "", spec_is_template: false };
    let mut rest = &text[end + 1..];
    match text.as_bytes()[end] {
        b'}' => return Ok((field, rest)),
        b'!' => {
            let mut chars = rest.chars();
            let conversion = chars.next();
            field.conversion = Some(
                conversion.ok_or_else(|| TextError::value("end of string while looking for conversion specifier"))?,
            );
            let after = chars.next();
            rest = chars.as_str();
            match after {
                Some('}') => return Ok((field, rest)),
                Some(':') | None => {}
                Some(_) => return Err(TextError::value("expected ':' after conversion specifier")),
            }
        }
        _ => {}
    }
    let mut depth = 1;
    for (offset, byte) in rest.bytes().enumerate() {
        match byte {
            b'{' => {
                field.spec_is_template = true;
                depth += 1;
            }
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            field.spec = &rest[..offset];
            return Ok((field, &rest[offset + 1..]));
        }
    }
    Err(TextError::value("unmatched '{' in format spec"))
}

/// The error of a conversion other than `r`, `s` and `a`.
pub fn unknown_conversion(conversion: char) -> TextError {
    let shown = match conversion {
        '!'..='~' => conversion.to_string(),
        _ => format!("\\x{:x}", conversion as u32),
    };
    TextError::value(format!("Unknown conversion specifier {shown}"))
}

/// The numbering of the fields of a template (and of the specs inside it).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// No numbered field yet.
    #[default]
    Unknown,
    /// `{}`: the next number.
    Automatic(usize),
    /// `{0}`
    Manual,
}

/// What a field name begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstKey<'a> {
    /// A positional argument.
    Index(usize),
    /// A keyword argument.
    Name(&'a str),
}

/// `IndexError` of a positional argument that is not there.
pub fn index_error(index: usize) -> TextError {
    let message = format!("Replacement index {index} out of range for positional args tuple");
    TextError::new(super::error::ErrorKind::IndexError, message)
}

/// A number in decimal digits of any script; `None` if `text` is something else.
fn parse_index(text: &str) -> Result<Option<usize>, TextError> {
    let mut value: Option<usize> = None;
    for c in text.chars() {
        let Some(digit) = decimal_value(c) else { return Ok(None) };
        let next = value.unwrap_or(0).checked_mul(10).and_then(|v| v.checked_add(usize::from(digit)));
        let next = next.filter(|&v| v <= isize::MAX as usize);
        value = Some(next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?);
    }
    Ok(value)
}

/// Splits a field name into its first key and the path behind it; `numbering` is brought forward.
pub fn split_name<'a>(name: &'a str, numbering: &mut Numbering) -> Result<(FirstKey<'a>, Path<'a>), TextError> {
    let (first, path) = name.split_at(name.find(['.', '[']).unwrap_or(name.len()));
    let path = Path { rest: path };
    let index = parse_index(first)?;
    if index.is_none() && !first.is_empty() {
        return Ok((FirstKey::Name(first), path));
    }
    if *numbering == Numbering::Unknown {
        *numbering = if first.is_empty() { Numbering::Automatic(0) } else { Numbering::Manual };
    }
    match (numbering, index) {
        (Numbering::Manual, Some(index)) => Ok((FirstKey::Index(index), path)),
        (Numbering::Automatic(next), None) => {
            *next += 1;
            Ok((FirstKey::Index(*next - 1), path))
        }
        (Numbering::Manual, None) => {
            Err(TextError::value("cannot switch from manual field specification to automatic field numbering"))
        }
        (_, _) => Err(TextError::value("cannot switch from automatic field numbering to manual field specification")),
    }
}

/// A step from a value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// `.name`
    Attribute(&'a str),
    /// `[5]`
    Index(usize),
    /// `[name]`
    Item(&'a str),
}

/// Iterator over the steps behind the first key of a field name; ends after the first error.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    rest: &'a str,
}

impl<'a> Path<'a> {
    fn step(&mut self) -> Result<Step<'a>, TextError> {
        let empty = || TextError::value("Empty attribute in format string");
        let body = &self.rest[self.rest.chars().next().map_or(0, char::len_utf8)..];
        if self.rest.starts_with('.') {
            let end = body.find(['.', '[']).unwrap_or(body.len());
            self.rest = &body[end..];
            return if end == 0 { Err(empty()) } else { Ok(Step::Attribute(&body[..end])) };
        }
        if !self.rest.starts_with('[') {
            return Err(TextError::value("Only '.' or '[' may follow ']' in format field specifier"));
        }
        let (item, rest) = body.split_once(']').ok_or_else(|| TextError::value("Missing ']' in format string"))?;
        self.rest = rest;
        if item.is_empty() {
            return Err(empty());
        }
        Ok(parse_index(item)?.map_or(Step::Item(item), Step::Index))
    }
}

impl<'a> Iterator for Path<'a> {
    type Item = Result<Step<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let step = self.step();
        if step.is_err() {
            self.rest = "";
        }
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expands a template; a field becomes `<path|spec>`, a value is named by its path, there are five positional arguments and `x`.
    fn expand(template: &str, depth: usize, numbering: &mut Numbering) -> Result<String, TextError> {
        if depth == 0 {
            return Err(TextError::value(TOO_DEEP));
        }
        let mut out = String::new();
        for segment in Segments::new(template) {
            let segment = segment?;
            out.push_str(segment.literal);
            let Some(field) = segment.field else { continue };
            let (key, path) = split_name(field.name, numbering)?;
            let mut value = match key {
                FirstKey::Index(index) if index < 5 => format!("A{index}"),
                FirstKey::Index(index) => return Err(index_error(index)),
                FirstKey::Name("x") => "X".to_owned(),
                FirstKey::Name(name) => return Err(TextError::value(name.to_owned())),
            };
            for step in path {
                value.push_str(&match step? {
                    Step::Attribute(name) => format!(".{name}"),
                    Step::Index(index) => format!("[{index}]"),
                    Step::Item(item) => format!("['{item}']"),
                });
            }
            value = match field.conversion {
                None => value,
                Some(c @ ('r' | 's' | 'a')) => format!("{c}({value})"),
                Some(c) => return Err(unknown_conversion(c)),
            };
            let spec =
                if field.spec_is_template { expand(field.spec, depth - 1, numbering)? } else { field.spec.to_owned() };
            out.push_str(&format!("<{value}|{spec}>"));
        }
        Ok(out)
    }

    /// Template and what CPython 3.13 makes of it with arguments that show how they were reached.
    #[test]
    fn expansions_are_cpythons() {
        type Row = (&'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            ("", Ok("")),
            ("a{{b}}c", Ok("a{b}c")),
            ("{}{}", Ok("<A0|><A1|>")),
            ("{0}{2}", Ok("<A0|><A2|>")),
            ("{x}", Ok("<X|>")),
            ("{x!r:>5}", Ok("<r(X)|>5>")),
            ("{0!s}", Ok("<s(A0)|>")),
            ("{:a{x}b}", Ok("<A0|a<X|>b>")),
            ("{0:{1}{2}}", Ok("<A0|<A1|><A2|>>")),
            ("{0.a.b[c][5].d}", Ok("<A0.a.b['c'][5].d|>")),
            ("{0[a.b!:}]}", Ok("<A0['a.b!:}']|>")),
            ("{[0]}", Ok("<A0[0]|>")),
            ("{.a}", Ok("<A0.a|>")),
            ("{٣}", Ok("<A3|>")),
            ("{5}", Err("Replacement index 5 out of range for positional args tuple")),
            ("{y}", Err("y")),
            ("{", Err("Single '{' encountered in format string")),
            ("}", Err("Single '}' encountered in format string")),
            ("{}}", Err("Single '}' encountered in format string")),
            ("{{}", Err("Single '}' encountered in format string")),
            ("{0", Err("expected '}' before end of string")),
            ("{0!", Err("end of string while looking for conversion specifier")),
            ("{0!r", Err("unmatched '{' in format spec")),
            ("{0!rx}", Err("expected ':' after conversion specifier")),
            ("{0!x}", Err("Unknown conversion specifier x")),
            ("{0!\u{80}}", Err("Unknown conversion specifier \\x80")),
            ("{0:{", Err("unmatched '{' in format spec")),
            ("{0:{}", Err("unmatched '{' in format spec")),
            ("{0:{1:{2}}}", Err("Max string recursion exceeded")),
            ("{a{b}}", Err("unexpected '{' in field name")),
            ("{0.}", Err("Empty attribute in format string")),
            ("{0[}", Err("expected '}' before end of string")),
            ("{0[]}", Err("Empty attribute in format string")),
            ("{0[a]b}", Err("Only '.' or '[' may follow ']' in format field specifier")),
            ("{}{0}", Err("cannot switch from automatic field numbering to manual field specification")),
            ("{0}{}", Err("cannot switch from manual field specification to automatic field numbering")),
            ("{0:{}}", Err("cannot switch from manual field specification to automatic field numbering")),
            ("{99999999999999999999}", Err("Too many decimal digits in format string")),
            ("{0[99999999999999999999]}", Err("Too many decimal digits in format string")),
            ("{ 0}", Err(" 0")),
            ("{0:{{}}}", Ok("<A0|{}>")),
            ("{0!}", Err("unmatched '{' in format spec")),
        ];
        for &(template, expected) in table {
            let result = expand(template, RECURSION_DEPTH, &mut Numbering::default());
            assert_eq!(result.as_deref().map_err(|error| &*error.message), expected, "{template}");
        }
    }
}
