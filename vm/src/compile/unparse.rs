//! Source text of expressions, for annotations under `from __future__ import annotations`.
//!
//! The text is the one that CPython 3.13's `Python/ast_unparse.c` makes: one space around operators, brackets only where
//! precedence needs them, strings as their `repr`.

use crate::code::Const;
use crate::code::const_repr::constant_repr;

use ruff_python_ast::{self as ast, BoolOp, CmpOp, ConversionFlag, Expr, InterpolatedStringElement, Operator, UnaryOp};

/// Precedence levels, weakest first.
mod level {
    pub const NAMED: u8 = 0;
    pub const TUPLE: u8 = 1;
    pub const TEST: u8 = 2;
    pub const OR: u8 = 3;
    pub const AND: u8 = 4;
    pub const NOT: u8 = 5;
    pub const CMP: u8 = 6;
    pub const BOR: u8 = 7;
    pub const BXOR: u8 = 8;
    pub const BAND: u8 = 9;
    pub const SHIFT: u8 = 10;
    pub const ARITH: u8 = 11;
    pub const TERM: u8 = 12;
    pub const FACTOR: u8 = 13;
    pub const POWER: u8 = 14;
    pub const AWAIT: u8 = 15;
    pub const ATOM: u8 = 16;
}

/// The source text of an expression.
pub(super) fn unparse(expression: &Expr) -> String {
    let mut writer = Writer(String::new());
    writer.expr(expression, level::TEST);
    writer.0
}

struct Writer(String);

impl Writer {
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Writes in brackets if `condition`.
    fn bracketed(&mut self, condition: bool, write: impl FnOnce(&mut Self)) {
        if condition {
            self.text("(");
        }
        write(self);
        if condition {
            self.text(")");
        }
    }

    fn list(&mut self, expressions: &[Expr], at: u8) {
        for (index, expression) in expressions.iter().enumerate() {
            self.text(if index > 0 { ", " } else { "" });
            self.expr(expression, at);
        }
    }

    fn expr(&mut self, expression: &Expr, at: u8) {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_inner(expression, at));
    }

    fn expr_inner(&mut self, expression: &Expr, at: u8) {
        match expression {
            Expr::BoolOp(node) => self.bool_op(node, at),
            Expr::Named(node) => self.bracketed(at > level::NAMED, |w| {
                w.expr(&node.target, level::ATOM);
                w.text(" := ");
                w.expr(&node.value, level::ATOM);
            }),
            Expr::BinOp(node) => self.binary(node, at),
            Expr::UnaryOp(node) => self.unary(node, at),
            Expr::Lambda(node) => self.lambda(node, at),
            Expr::If(node) => self.bracketed(at > level::TEST, |w| {
                w.expr(&node.body, level::TEST + 1);
                w.text(" if ");
                w.expr(&node.test, level::TEST + 1);
                w.text(" else ");
                w.expr(&node.orelse, level::TEST);
            }),
            Expr::Dict(node) => self.dict(node),
            Expr::Set(node) => self.enclosed("{", &node.elts, "}"),
            Expr::List(node) => self.enclosed("[", &node.elts, "]"),
            Expr::Tuple(node) => self.tuple(node, at),
            Expr::ListComp(node) => self.comprehension("[", &[&node.elt], &node.generators, "]"),
            Expr::SetComp(node) => self.comprehension("{", &[&node.elt], &node.generators, "}"),
            Expr::Generator(node) => self.comprehension("(", &[&node.elt], &node.generators, ")"),
            Expr::DictComp(node) => {
                let parts: Vec<&Expr> = node.key.as_deref().into_iter().chain([&*node.value]).collect();
                self.comprehension("{", &parts, &node.generators, "}");
            }
            Expr::Await(node) => self.bracketed(at > level::AWAIT, |w| {
                w.text("await ");
                w.expr(&node.value, level::ATOM);
            }),
            Expr::Yield(node) => {
                self.text("(yield");
                if let Some(value) = &node.value {
                    self.text(" ");
                    self.expr(value, level::TEST);
                }
                self.text(")");
            }
            Expr::YieldFrom(node) => {
                self.text("(yield from ");
                self.expr(&node.value, level::TEST);
                self.text(")");
            }
            Expr::Compare(node) => self.compare(node, at),
            Expr::Call(node) => self.call(node),
            Expr::FString(node) => self.fstring(node),
            Expr::Attribute(node) => {
                self.expr(&node.value, level::ATOM);
                let is_int = matches!(&*node.value, Expr::NumberLiteral(n) if n.value.is_int());
                self.text(if is_int { " ." } else { "." });
                self.text(&node.attr);
            }
            Expr::Subscript(node) => {
                self.expr(&node.value, level::ATOM);
                self.text("[");
                self.expr(&node.slice, level::TUPLE);
                self.text("]");
            }
            Expr::Starred(node) => {
                self.text("*");
                self.expr(&node.value, level::BOR);
            }
            Expr::Name(node) => self.text(&node.id),
            Expr::Slice(node) => self.slice(node),
            Expr::EllipsisLiteral(_) => self.text("..."),
            Expr::TString(_) | Expr::IpyEscapeCommand(_) => {}
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_) => {
                let constant = super::literals::literal(expression).unwrap_or(Const::None);
                self.text(&constant_repr(&constant).replace("inf", "1e309"));
            }
        }
    }

    fn enclosed(&mut self, open: &str, elements: &[Expr], close: &str) {
        self.text(open);
        self.list(elements, level::TEST);
        self.text(close);
    }

    fn bool_op(&mut self, node: &ast::ExprBoolOp, at: u8) {
        let (word, own) = match node.op {
            BoolOp::And => (" and ", level::AND),
            BoolOp::Or => (" or ", level::OR),
        };
        self.bracketed(at > own, |w| {
            for (index, value) in node.values.iter().enumerate() {
                w.text(if index > 0 { word } else { "" });
                w.expr(value, own + 1);
            }
        });
    }

    fn binary(&mut self, node: &ast::ExprBinOp, at: u8) {
        let own = match node.op {
            Operator::Add | Operator::Sub => level::ARITH,
            Operator::Mult | Operator::MatMult | Operator::Div | Operator::Mod | Operator::FloorDiv => level::TERM,
            Operator::LShift | Operator::RShift => level::SHIFT,
            Operator::BitOr => level::BOR,
            Operator::BitXor => level::BXOR,
            Operator::BitAnd => level::BAND,
            Operator::Pow => level::POWER,
        };
        let is_power = u8::from(node.op == Operator::Pow);
        self.bracketed(at > own, |w| {
            w.expr(&node.left, own + is_power);
            w.text(" ");
            w.text(node.op.as_str());
            w.text(" ");
            w.expr(&node.right, own + 1 - is_power);
        });
    }

    fn unary(&mut self, node: &ast::ExprUnaryOp, at: u8) {
        let (word, own) = match node.op {
            UnaryOp::Not => ("not ", level::NOT),
            UnaryOp::Invert => ("~", level::FACTOR),
            UnaryOp::UAdd => ("+", level::FACTOR),
            UnaryOp::USub => ("-", level::FACTOR),
        };
        self.bracketed(at > own, |w| {
            w.text(word);
            w.expr(&node.operand, own);
        });
    }

    fn compare(&mut self, node: &ast::ExprCompare, at: u8) {
        self.bracketed(at > level::CMP, |w| {
            w.expr(&node.left, level::CMP + 1);
            for (op, right) in node.ops.iter().zip(&node.comparators) {
                w.text(match op {
                    CmpOp::Eq => " == ",
                    CmpOp::NotEq => " != ",
                    CmpOp::Lt => " < ",
                    CmpOp::LtE => " <= ",
                    CmpOp::Gt => " > ",
                    CmpOp::GtE => " >= ",
                    CmpOp::Is => " is ",
                    CmpOp::IsNot => " is not ",
                    CmpOp::In => " in ",
                    CmpOp::NotIn => " not in ",
                });
                w.expr(right, level::CMP + 1);
            }
        });
    }

    fn lambda(&mut self, node: &ast::ExprLambda, at: u8) {
        self.bracketed(at > level::TEST, |w| {
            w.text("lambda");
            if let Some(parameters) = &node.parameters {
                w.text(" ");
                w.parameters(parameters);
            }
            w.text(": ");
            w.expr(&node.body, level::TEST);
        });
    }

    fn parameters(&mut self, parameters: &ast::Parameters) {
        let mut parts: Vec<String> = Vec::new();
        let with_default = |parameter: &ast::ParameterWithDefault| match &parameter.default {
            Some(default) => format!("{}={}", parameter.parameter.name, unparse(default)),
            None => parameter.parameter.name.to_string(),
        };
        parts.extend(parameters.posonlyargs.iter().map(with_default));
        if !parameters.posonlyargs.is_empty() {
            parts.push("/".into());
        }
        parts.extend(parameters.args.iter().map(with_default));
        match &parameters.vararg {
            Some(vararg) => parts.push(format!("*{}", vararg.name)),
            None if !parameters.kwonlyargs.is_empty() => parts.push("*".into()),
            None => {}
        }
        parts.extend(parameters.kwonlyargs.iter().map(with_default));
        parts.extend(parameters.kwarg.iter().map(|kwarg| format!("**{}", kwarg.name)));
        self.text(&parts.join(", "));
    }

    fn dict(&mut self, node: &ast::ExprDict) {
        self.text("{");
        for (index, item) in node.items.iter().enumerate() {
            self.text(if index > 0 { ", " } else { "" });
            match &item.key {
                Some(key) => {
                    self.expr(key, level::TEST);
                    self.text(": ");
                    self.expr(&item.value, level::TEST);
                }
                None => {
                    self.text("**");
                    self.expr(&item.value, level::BOR);
                }
            }
        }
        self.text("}");
    }

    fn tuple(&mut self, node: &ast::ExprTuple, at: u8) {
        if node.elts.is_empty() {
            return self.text("()");
        }
        self.bracketed(at > level::TUPLE, |w| {
            w.list(&node.elts, level::TEST);
            w.text(if node.elts.len() == 1 { "," } else { "" });
        });
    }

    fn comprehension(&mut self, open: &str, parts: &[&Expr], generators: &[ast::Comprehension], close: &str) {
        self.text(open);
        for (index, part) in parts.iter().enumerate() {
            self.text(if index > 0 { ": " } else { "" });
            self.expr(part, level::TEST);
        }
        for generator in generators {
            self.text(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, level::TUPLE);
            self.text(" in ");
            self.expr(&generator.iter, level::TEST + 1);
            for condition in &generator.ifs {
                self.text(" if ");
                self.expr(condition, level::TEST + 1);
            }
        }
        self.text(close);
    }

    fn call(&mut self, node: &ast::ExprCall) {
        self.expr(&node.func, level::ATOM);
        let (args, keywords) = (&node.arguments.args, &node.arguments.keywords);
        if let ([only @ Expr::Generator(_)], []) = (&args[..], &keywords[..]) {
            return self.expr(only, level::TEST);
        }
        self.text("(");
        self.list(args, level::TEST);
        for (index, keyword) in keywords.iter().enumerate() {
            self.text(if index > 0 || !args.is_empty() { ", " } else { "" });
            match &keyword.arg {
                Some(name) => {
                    self.text(name);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, level::TEST);
        }
        self.text(")");
    }

    fn slice(&mut self, node: &ast::ExprSlice) {
        if let Some(lower) = &node.lower {
            self.expr(lower, level::TEST);
        }
        self.text(":");
        if let Some(upper) = &node.upper {
            self.expr(upper, level::TEST);
        }
        if let Some(step) = &node.step {
            self.text(":");
            self.expr(step, level::TEST);
        }
    }

    fn fstring(&mut self, node: &ast::ExprFString) {
        let mut body = String::new();
        for part in &node.value {
            match part {
                ast::FStringPart::Literal(literal) => push_literal(&mut body, &literal.value),
                ast::FStringPart::FString(part) => push_elements(&mut body, &part.elements),
            }
        }
        self.text("f");
        self.text(&constant_repr(&Const::Str(body.into())));
    }
}

fn push_literal(body: &mut String, text: &str) {
    body.push_str(&text.replace('{', "{{").replace('}', "}}"));
}

fn push_elements(body: &mut String, elements: &[InterpolatedStringElement]) {
    for element in elements {
        match element {
            InterpolatedStringElement::Literal(literal) => push_literal(body, &literal.value),
            InterpolatedStringElement::Interpolation(element) => {
                let mut conversion = element.conversion;
                if let Some(debug) = &element.debug_text {
                    push_literal(body, debug.as_str());
                    if element.format_spec.is_none() && conversion == ConversionFlag::None {
                        conversion = ConversionFlag::Repr;
                    }
                }
                let mut writer = Writer(String::new());
                writer.expr(&element.expression, level::TEST + 1);
                body.push_str(if writer.0.starts_with('{') { "{ " } else { "{" });
                body.push_str(&writer.0);
                body.push_str(match conversion {
                    ConversionFlag::None => "",
                    ConversionFlag::Str => "!s",
                    ConversionFlag::Repr => "!r",
                    ConversionFlag::Ascii => "!a",
                });
                if let Some(spec) = &element.format_spec {
                    body.push(':');
                    push_elements(body, &spec.elements);
                }
                body.push('}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_normalized() {
        let table = [
            ("list [ int ]", "list[int]"),
            ("dict[str,int]|None", "dict[str, int] | None"),
            ("Callable[[int], 'x']", "Callable[[int], 'x']"),
            ("(a, b)[1:2, ::3]", "(a, b)[1:2, ::3]"),
            ("tuple[int, ...]", "tuple[int, ...]"),
            ("-(1 + 2) ** 3", "-(1 + 2) ** 3"),
            ("(a or b) and not c", "(a or b) and not c"),
            ("lambda x, *, y=1: x if y else 2", "lambda x, *, y=1: x if y else 2"),
            ("f(*a, k=1, **b)(x for x in y if z)", "f(*a, k=1, **b)(x for x in y if z)"),
            ("f'{x!r:>{w}}a{{'", "f'{x!r:>{w}}a{{'"),
            ("1 .real", "1 .real"),
        ];
        for (source, expected) in table {
            let parsed = ruff_python_parser::parse_expression(source).unwrap();
            assert_eq!(unparse(parsed.expr()), expected);
        }
    }
}
