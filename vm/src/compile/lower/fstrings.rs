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
    Text(String, Span),
    Value { value: &'e Expr, conversion: u32, spec: Option<&'e ast::InterpolatedStringFormatSpec>, span: Span },
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
fn add_text(pieces: &mut Vec<Piece<'_>>, text: &str, span: Span) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(known, known_span)) => {
            known.push_str(text);
            *known_span = known_span.cover(span);
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
                    add_text(&mut pieces, &literal.value, literal.range.into());
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
                    add_text(pieces, &literal.value, literal.range.into());
                }
                InterpolatedStringElement::Interpolation(element) => {
                    let span = element.range.into();
                    let mut conversion = conversion_number(element.conversion);
                    if let Some(debug) = &element.debug_text {
                        add_text(pieces, debug.as_str(), span);
                        if conversion == 0 && element.format_spec.is_none() {
                            conversion = conversion_number(ConversionFlag::Repr);
                        }
                    }
                    let spec = element.format_spec.as_deref();
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
                let loc = self.loc_of(*span);
                self.load_str(text.as_str(), loc);
            }
            Piece::Value { value, conversion, spec, span } => {
                let loc = self.loc_of(*span);
                self.expr(value);
                if *conversion != 0 {
                    self.op_arg(Op::ConvertValue, *conversion, loc);
                }
                let Some(spec) = spec else { return self.op(Op::FormatSimple, loc) };
                let mut pieces = Vec::new();
                self.collect(&spec.elements, &mut pieces);
                let spec_loc = self.loc_of(spec.range().into());
                self.nested(|compiler| compiler.join(&pieces, spec_loc));
                self.op(Op::FormatWithSpec, loc);
            }
        }
    }

    /// `'text %s' % (a, b)` with only `%s`, `%r`, `%a` is an f-string in effect; returns whether it was one.
    pub(super) fn percent_format(&mut self, node: &ast::ExprBinOp, loc: Loc) -> bool {
        let Expr::Tuple(values) = &*node.right else { return false };
        if node.op != Operator::Mod || values.elts.iter().any(Expr::is_starred_expr) {
            return false;
        }
        let Some(Const::Str(format)) = self.fold(&node.left) else { return false };
        let Some(pieces) = percent_pieces(&format, &values.elts, loc.span) else { return false };
        self.join(&pieces, loc);
        true
    }
}

/// The pieces of a `%` format, or `None` if it is not of the simple kind.
fn percent_pieces<'e>(format: &Arc<str>, values: &'e [Expr], span: Span) -> Option<Vec<Piece<'e>>> {
    let mut pieces = Vec::new();
    let mut values = values.iter();
    let mut rest = &**format;
    while let Some(at) = rest.find('%') {
        add_text(&mut pieces, &rest[..at], span);
        rest = &rest[at + 1..];
        let conversion = match rest.chars().next()? {
            '%' => {
                add_text(&mut pieces, "%", span);
                rest = &rest[1..];
                continue;
            }
            's' => 1,
            'r' => 2,
            'a' => 3,
            _ => return None,
        };
        rest = &rest[1..];
        let value = values.next()?;
        pieces.push(Piece::Value { value, conversion, spec: None, span: value.range().into() });
    }
    add_text(&mut pieces, rest, span);
    values.next().is_none().then_some(pieces)
}
