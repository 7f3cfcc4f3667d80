//! f-strings, and `'…' % (…)` with a literal format.

use super::super::flow::Loc;
use super::{Compiler, STACK_USE_MAX};
use crate::code::{Const, Op};
use crate::source::Span;

use ruff_python_ast::{self as ast, ConversionFlag, Expr, FStringPart, InterpolatedStringElement, Operator};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// One piece of the result.
enum Piece<'e> {
    /// Text; its place is taken from the surroundings if it has none.
    Text(String, Option<Span>),
    Value {
        value: &'e Expr,
        conversion: u32,
        spec: Spec<'e>,
        span: Span,
    },
}

/// A format specification.
enum Spec<'e> {
    None,
    /// Written in an f-string, possibly with replacement fields.
    Fields(&'e ast::InterpolatedStringFormatSpec),
    /// Made from a `%` format.
    Text(String),
}

/// The operand of CONVERT_VALUE; 0 for none.
fn conversion_number(flag: ConversionFlag) -> u32 {
    match flag {
        ConversionFlag::None => 0,
        ConversionFlag::Str => 1,
        ConversionFlag::Repr => 2,
        ConversionFlag::Ascii => 3,
    }
}

/// Appends text, joining it to text before it.
fn add_text(pieces: &mut Vec<Piece<'_>>, text: &str, span: Option<Span>) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(known, known_span)) => {
            known.push_str(text);
            *known_span = known_span.zip(span).map(|(known, span)| known.cover(span));
        }
        _ => pieces.push(Piece::Text(text.to_string(), span)),
    }
}

impl Compiler<'_> {
    pub(super) fn fstring(&mut self, node: &ast::ExprFString, loc: Loc) {
        let mut pieces = Vec::new();
        for part in &node.value {
            match part {
                FStringPart::Literal(literal) => {
                    add_text(&mut pieces, &literal.value, Some(literal.range.into()));
                }
                FStringPart::FString(part) => self.collect(&part.elements, &mut pieces),
            }
        }
        self.join(&pieces, loc);
    }

    fn collect<'e>(&mut self, elements: &'e [InterpolatedStringElement], pieces: &mut Vec<Piece<'e>>) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    add_text(pieces, &literal.value, Some(literal.range.into()));
                }
                InterpolatedStringElement::Interpolation(element) => {
                    let span: Span = element.range.into();
                    let mut conversion = conversion_number(element.conversion);
                    if let Some(debug) = &element.debug_text {
                        let start = span.start + 1;
                        let text = Span::new(start, start + debug.as_str().len() as u32);
                        add_text(pieces, debug.as_str(), Some(text));
                        if conversion == 0 && element.format_spec.is_none() {
                            conversion = conversion_number(ConversionFlag::Repr);
                        }
                    }
                    let spec = element.format_spec.as_deref().map_or(Spec::None, Spec::Fields);
                    pieces.push(Piece::Value { value: &element.expression, conversion, spec, span });
                }
            }
        }
    }

    /// Pushes the concatenation of the pieces.
    fn join(&mut self, pieces: &[Piece<'_>], loc: Loc) {
        if pieces.len() > STACK_USE_MAX {
            self.load_str("", loc);
            let index = self.name_index("join") << 1;
            self.op_arg(Op::LoadAttr, index | 1, loc);
            self.op_arg(Op::BuildList, 0, loc);
            for piece in pieces {
                self.piece(piece);
                self.op_arg(Op::ListAppend, 1, loc);
            }
            return self.op_arg(Op::Call, 1, loc);
        }
        pieces.iter().for_each(|piece| self.piece(piece));
        match pieces.len() {
            0 => self.load_str("", loc),
            1 => {}
            count => self.op_arg(Op::BuildString, count as u32, loc),
        }
    }

    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Text(text, span) => {
                let loc = span.map_or(Loc::NONE, |span| self.loc_of(span));
                self.load_str(text.as_str(), loc);
            }
            Piece::Value { value, conversion, spec, span } => {
                let loc = self.loc_of(*span);
                self.expr(value);
                if *conversion != 0 {
                    self.op_arg(Op::ConvertValue, *conversion, loc);
                }
                match spec {
                    Spec::None => return self.op(Op::FormatSimple, loc),
                    Spec::Text(text) => self.load_str(text.as_str(), Loc::NONE),
                    Spec::Fields(spec) => self.format_spec(spec),
                }
                self.op(Op::FormatWithSpec, loc);
            }
        }
    }

    fn format_spec(&mut self, spec: &ast::InterpolatedStringFormatSpec) {
        let mut pieces = Vec::new();
        self.collect(&spec.elements, &mut pieces);
        // The colon belongs to the format.
        let span: Span = spec.range().into();
        let loc = self.loc_of(Span::new(span.start.saturating_sub(1), span.end));
        self.nested(|compiler| compiler.join(&pieces, loc));
    }

    /// `'text %s' % (a, b)` with only `%s`, `%r`, `%a` is an f-string in effect; returns whether it was one.
    pub(super) fn percent_format(&mut self, node: &ast::ExprBinOp, loc: Loc) -> bool {
        let Expr::Tuple(values) = &*node.right else { return false };
        if node.op != Operator::Mod || self.fold(&node.right).is_some() || values.elts.iter().any(Expr::is_starred_expr)
        {
            return false;
        }
        let Some(Const::Str(format)) = self.fold(&node.left) else { return false };
        let Some(pieces) = percent_pieces(&format, &values.elts) else { return false };
        self.join(&pieces, loc);
        true
    }
}

/// The pieces of a `%` format, or `None` if it is not of the simple kind.
fn percent_pieces<'e>(format: &Arc<str>, values: &'e [Expr]) -> Option<Vec<Piece<'e>>> {
    let mut pieces = Vec::new();
    let mut values = values.iter();
    let mut rest = &**format;
    while let Some(at) = rest.find('%') {
        add_text(&mut pieces, &rest[..at], None);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            add_text(&mut pieces, "%", None);
            rest = after;
            continue;
        }
        let (conversion, spec) = percent_field(&mut rest)?;
        let value = values.next()?;
        pieces.push(Piece::Value { value, conversion, spec, span: value.range().into() });
    }
    add_text(&mut pieces, rest, None);
    values.next().is_none().then_some(pieces)
}

/// Reads what follows the `%` of one field: `-`, width, precision and one of `s`, `r`, `a`.
fn percent_field<'e>(rest: &mut &str) -> Option<(u32, Spec<'e>)> {
    let text = *rest;
    let flags = text.len() - text.trim_start_matches('-').len();
    let mut at = flags;
    if text[at..].starts_with('0') {
        return None; // a flag that the format language writes differently
    }
    let width = number(text, &mut at)?;
    let mut spec = String::new();
    if let Some(width) = width {
        spec = format!("{}{width}", if flags == 0 { ">" } else { "" });
    }
    if text[at..].starts_with('.') {
        at += 1;
        let precision = number(text, &mut at)?;
        spec.push_str(&format!(".{}", precision.unwrap_or(0)));
    }
    let conversion = match text.as_bytes().get(at)? {
        b's' => 1,
        b'r' => 2,
        b'a' => 3,
        _ => return None,
    };
    *rest = &text[at + 1..];
    Some((conversion, if spec.is_empty() { Spec::None } else { Spec::Text(spec) }))
}

/// A number of at most two digits, if there is one; `None` if there are more digits.
fn number(text: &str, at: &mut usize) -> Option<Option<u32>> {
    const DIGITS_MAX: usize = 2;
    let count = text[*at..].bytes().take_while(u8::is_ascii_digit).count();
    if count > DIGITS_MAX {
        return None;
    }
    let digits = &text[*at..*at + count];
    *at += count;
    Some(digits.parse().ok())
}
