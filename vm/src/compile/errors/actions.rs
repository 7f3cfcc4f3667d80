//! What the rules for common mistakes say: message and place, by the name of the action in `grammar.peg`.

use super::Raised;
use super::parser::{Parsed, Parser};
use crate::compile::messages::expression_kind;
use crate::compile::tokens::Kind;
use crate::source::{EndColumn, Span, codes};

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// Tokens from `start` to before `end`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub start: usize,
    pub end: usize,
}

/// What an alternative has named.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Captures {
    a: Range,
    b: Range,
}

impl Captures {
    pub fn set(&mut self, name: u8, range: Range) {
        match name {
            b'a' => self.a = range,
            _ => self.b = range,
        }
    }
}

/// Where an error is shown.
#[derive(Clone, Copy)]
enum Place {
    A,
    /// From the start of `b` to the end of the alternative.
    BToEnd,
    /// At the start of `a`.
    AStart,
    /// The token after the alternative.
    Next,
    /// From the start of `a` to the end of `b`.
    AToB,
    /// From the start of `a` to where the text was read.
    FromA,
    /// The furthest token.
    Last,
}

/// Actions that always fail: their place and message.
const PLAIN: &[(&str, Place, &str)] = &[
    ("after_kwds", Place::A, "arguments cannot follow var-keyword argument"),
    ("assign_yield", Place::A, "assignment to yield expression not possible"),
    ("annotated_tuple", Place::A, "only single target (not tuple) can be annotated"),
    ("assign_generator", Place::AToB, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    ("bare_star", Place::A, "named arguments must follow bare *"),
    ("bare_star_here", Place::Last, "named arguments must follow bare *"),
    ("comma_between", Place::A, "expected comma between / and *"),
    ("conversion_invalid", Place::Next, "f-string: invalid conversion character"),
    ("conversion_missing", Place::Next, "f-string: missing conversion character"),
    ("default_order", Place::A, "parameter without a default follows parameter with a default"),
    ("dict_unpacking", Place::A, "dict unpacking cannot be used in dict comprehension"),
    ("dict_value_expected", Place::A, "expression expected after dictionary key and ':'"),
    ("double_starred_group", Place::A, "cannot use double starred expression here"),
    ("except_star_types", Place::Last, "expected one or more exception types"),
    ("expected_colon", Place::Last, "expected ':'"),
    ("expected_default", Place::A, "expected default value expression"),
    ("expected_else", Place::AToB, "expected 'else' after 'if' expression"),
    ("expected_except", Place::Last, "expected 'except' or 'finally' block"),
    ("expected_value", Place::AToB, "expected argument value expression"),
    ("field_before_bang", Place::A, "f-string: valid expression required before '!'"),
    ("field_before_brace", Place::A, "f-string: valid expression required before '}'"),
    ("field_before_colon", Place::A, "f-string: valid expression required before ':'"),
    ("field_before_equals", Place::A, "f-string: valid expression required before '='"),
    ("field_end", Place::Next, "f-string: expecting '=', or '!', or ':', or '}'"),
    ("field_end_brace", Place::Next, "f-string: expecting '}'"),
    ("field_end_conversion", Place::Next, "f-string: expecting ':' or '}'"),
    ("field_end_equals", Place::Next, "f-string: expecting '!', or ':', or '}'"),
    ("field_end_format", Place::Next, "f-string: expecting '}', or format specs"),
    ("field_expression", Place::Next, "f-string: expecting a valid expression after '{'"),
    ("fstring_lambda", Place::AToB, "f-string: lambda expressions are not allowed without parentheses"),
    ("illegal_annotation", Place::A, "illegal target for annotation"),
    ("import_from_order", Place::FromA, "Did you mean to use 'from ... import ...' instead?"),
    ("import_nothing", Place::AStart, "Expected one or more names after 'import'"),
    ("in_expected", Place::Last, "'in' expected after for-loop variables"),
    ("invalid_star", Place::Last, "Invalid star expression"),
    ("iterable_unpacking", Place::AToB, "cannot assign to iterable argument unpacking"),
    ("keyword_expression", Place::AToB, "expression cannot contain assignment, perhaps you meant \"==\"?"),
    ("keyword_unpacking", Place::AToB, "cannot assign to keyword argument unpacking"),
    ("kwds_default", Place::A, "var-keyword argument cannot have default value"),
    ("mixed_except", Place::A, "cannot have both 'except' and 'except*' on the same 'try'"),
    ("mixed_except_star", Place::AToB, "cannot have both 'except' and 'except*' on the same 'try'"),
    ("multiple_exceptions", Place::FromA, "multiple exception types must be parenthesized"),
    ("parenthesized_lambda", Place::AToB, "Lambda expression parameters cannot be parenthesized"),
    ("parenthesized_parameters", Place::AToB, "Function parameters cannot be parenthesized"),
    ("pattern_target", Place::A, "invalid pattern target"),
    ("positional_patterns", Place::A, "positional patterns follow keyword patterns"),
    ("slash_after_star", Place::A, "/ must be ahead of *"),
    ("slash_first", Place::A, "at least one argument must precede /"),
    ("slash_twice", Place::A, "/ may appear only once"),
    ("star_default", Place::A, "var-positional argument cannot have default value"),
    ("star_twice", Place::A, "* argument may appear only once"),
    ("starred_dict_value", Place::FromA, "cannot use a starred expression in a dictionary value"),
    ("starred_group", Place::A, "cannot use starred expression here"),
    ("target_parentheses", Place::AToB, "did you forget parentheses around the comprehension target?"),
    ("trailing_comma", Place::Last, "trailing comma not allowed without surrounding parentheses"),
    ("type_params_empty", Place::FromA, "Type parameter list cannot be empty"),
    ("unpacking_after_keyword", Place::BToEnd, "iterable argument unpacking follows keyword argument unpacking"),
    ("unpacking_in_comprehension", Place::A, "iterable unpacking cannot be used in comprehension"),
    ("unparenthesized_generator", Place::AToB, "Generator expression must be parenthesized"),
    ("wildcard_target", Place::A, "cannot use '_' as a target"),
];

/// `expected an indented block after …`, by what follows the block's name in the action.
const BLOCKS: &[(&str, &str)] = &[
    ("block_case", "'case' statement"),
    ("block_class", "class definition"),
    ("block_def", "function definition"),
    ("block_elif", "'elif' statement"),
    ("block_else", "'else' statement"),
    ("block_except", "'except' statement"),
    ("block_except_star", "'except*' statement"),
    ("block_finally", "'finally' statement"),
    ("block_for", "'for' statement"),
    ("block_if", "'if' statement"),
    ("block_match", "'match' statement"),
    ("block_try", "'try' statement"),
    ("block_while", "'while' statement"),
    ("block_with", "'with' statement"),
];

/// Which targets are looked into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Targets {
    Assignment,
    Deletion,
    For,
}

impl Parser<'_> {
    /// Runs an action: the error it raises, or the end of the match, or that its rule does not match after all.
    pub(super) fn act(&mut self, action: &str, captures: &Captures, all: Range) -> Parsed {
        if let Some((_, place, message)) = PLAIN.iter().find(|(name, ..)| *name == action) {
            return Err(self.raise(*place, captures, all, *message));
        }
        if let Some((_, what)) = BLOCKS.iter().find(|(name, _)| *name == action) {
            let line = self.source.line(self.tokens[captures.a.start].start);
            let message = format!("expected an indented block after {what} on line {line}");
            return Err(self.at_last(codes::INDENTATION, &message));
        }
        match self.special(action, captures, all) {
            Some(raised) => Err(raised),
            None if matches!(action, "conversion" | "strings") => Ok(Some(all.end)),
            None => Ok(None),
        }
    }

    fn raise(&self, place: Place, captures: &Captures, all: Range, message: impl Into<String>) -> Raised {
        let Captures { a, b } = *captures;
        let span = match place {
            Place::A => self.span(a),
            Place::BToEnd => self.span(Range { start: b.start, end: all.end }),
            Place::AStart => return Raised { end: EndColumn::Start, ..Raised::syntax(self.span(a), message) },
            Place::Next => return self.at(all.end, codes::SYNTAX, &message.into()),
            Place::AToB => Span::new(self.span(a).start, self.span(b).end),
            Place::FromA => Span::new(self.span(a).start, self.tokens[self.fill - 1].end.saturating_sub(1)),
            Place::Last => return self.at_last(codes::SYNTAX, &message.into()),
        };
        Raised::syntax(span, message)
    }

    /// The bytes of a range; parentheses around an expression are no part of it.
    fn span(&self, range: Range) -> Span {
        let is_open = |at: usize, text: &str| self.tokens.get(at).is_some_and(|t| t.text(&self.source.text) == text);
        if range.end > range.start + 2
            && is_open(range.start, "(")
            && is_open(range.end - 1, ")")
            && let Some((tree, start)) = self.tree(range)
        {
            let at = |offset: TextSize| (start + offset.to_u32()).saturating_sub(1);
            return Span::new(at(tree.start()), at(tree.end()));
        }
        self.plain_span(range)
    }

    fn plain_span(&self, range: Range) -> Span {
        let last = self.tokens[range.end.max(range.start + 1) - 1];
        Span::new(self.tokens[range.start].start, last.end)
    }

    fn text(&self, range: Range) -> &str {
        let span = self.plain_span(range);
        &self.source.text[span.start as usize..span.end as usize]
    }

    /// Actions that look closer.
    fn special(&mut self, action: &str, captures: &Captures, all: Range) -> Option<Raised> {
        let Captures { a, b } = *captures;
        let raise = |place, message: String| Some(self.raise(place, captures, all, message));
        match action {
            "indented_block" => Some(self.at_last(codes::INDENTATION, "expected an indented block")),
            "forgot_comma" => self.forgot_comma(a, b),
            "legacy" => {
                let name = self.text(a);
                if !matches!(name, "print" | "exec") {
                    return None;
                }
                let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
                raise(Place::AToB, message)
            }
            "maybe_equals" => raise(Place::AToB, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?".into()),
            "maybe_equals_instead" => {
                let kind = self.kind(a)?;
                raise(Place::A, format!("cannot assign to {kind} here. Maybe you meant '==' instead of '='?"))
            }
            "walrus_target" => {
                let kind = self.kind(a)?;
                raise(Place::A, format!("cannot use assignment expressions with {kind}"))
            }
            "conversion" => {
                let name = self.text(a);
                if matches!(name, "s" | "r" | "a") {
                    return None;
                }
                let message = format!("f-string: invalid conversion character '{name}': expected 's', 'r', or 'a'");
                raise(Place::A, message)
            }
            "strings" => self.bad_strings(a),
            "assign_constant" => raise(Place::AToB, format!("cannot assign to {}", self.text(a))),
            "annotated_target" => {
                let kind = self.kind(a)?;
                raise(Place::A, format!("only single target (not {kind}) can be annotated"))
            }
            "augmented_target" => {
                let kind = self.kind(a)?;
                raise(Place::A, format!("'{kind}' is an illegal expression for augmented assignment"))
            }
            "invalid_target" => self.bad_target(a, Targets::Assignment, "assign to"),
            "with_target" => self.bad_target(a, Targets::Assignment, "assign to"),
            "for_target" => self.bad_target(a, Targets::For, "assign to"),
            "del_target" => self.bad_target(a, Targets::Deletion, "delete"),
            "nonparen_genexp" | "last_generator" => self.bare_generator(action, a, b),
            "positional_after" => {
                let unpacks = self.has_double_star(a);
                let what = if unpacks { "keyword argument unpacking" } else { "keyword argument" };
                raise(Place::Last, format!("positional argument follows {what}"))
            }
            "dict_colon_expected" => {
                let last = self.tokens[a.end - 1];
                let span = Span::at(last.end.saturating_sub(1));
                Some(Raised { end: EndColumn::Zero, ..Raised::syntax(span, "':' expected after dictionary key") })
            }
            _ => None,
        }
    }

    /// Two expressions side by side, inside brackets.
    fn forgot_comma(&self, a: Range, b: Range) -> Option<Raised> {
        // `print x` has a rule of its own.
        if b.start == a.start + 1 && matches!(self.text(a), "print" | "exec") {
            return None;
        }
        // CPython asks whether a bracket is open after the second one.
        let read = &self.tokens[..b.end];
        let opened = read.iter().filter(|token| token.kind == Kind::Open).count();
        let closed = read.iter().filter(|token| token.kind == Kind::Close).count();
        if opened <= closed {
            return None;
        }
        let span = Span::new(self.span(a).start, self.span(b).end);
        Some(Raised::syntax(span, "invalid syntax. Perhaps you forgot a comma?"))
    }

    /// What is wrong with string literals side by side.
    fn bad_strings(&self, range: Range) -> Option<Raised> {
        let is_bytes = |at: usize| {
            let token = self.tokens[at];
            let prefix = token.text(&self.source.text).split(['"', '\'']).next().unwrap_or_default();
            token.kind == Kind::String && prefix.contains(['b', 'B'])
        };
        let literals =
            (range.start..range.end).filter(|&at| matches!(self.tokens[at].kind, Kind::String | Kind::FStringStart));
        let (bytes, text): (Vec<usize>, Vec<usize>) = literals.partition(|&at| is_bytes(at));
        if let Some(at) = bytes.iter().find(|&&at| !self.tokens[at].text(&self.source.text).is_ascii()) {
            let message = "bytes can only contain ASCII literal characters";
            return Some(Raised::syntax(self.tokens[*at].span(), message));
        }
        let is_mixed = !bytes.is_empty() && !text.is_empty();
        is_mixed.then(|| self.at_last(codes::SYNTAX, "cannot mix bytes and nonbytes literals"))
    }

    /// A generator expression without parentheses that is not the only argument.
    fn bare_generator(&self, action: &str, a: Range, b: Range) -> Option<Raised> {
        let first = if action == "last_generator" { a.start } else { self.last_argument(a)? };
        let span = Span::new(self.tokens[first].start, self.tokens[b.end - 1].end);
        Some(Raised::syntax(span, "Generator expression must be parenthesized"))
    }

    /// Where the last of several arguments starts; nothing if there is one only.
    fn last_argument(&self, arguments: Range) -> Option<usize> {
        let mut depth = 0;
        let mut start = None;
        for at in arguments.start..arguments.end {
            match self.tokens[at].kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ if depth == 0 && self.tokens[at].text(&self.source.text) == "," => start = Some(at + 1),
                _ => {}
            }
        }
        start.filter(|&start| start < arguments.end)
    }

    /// Whether the last argument is `**x`.
    fn has_double_star(&self, arguments: Range) -> bool {
        let first = self.last_argument(arguments).unwrap_or(arguments.start);
        self.tokens[first].text(&self.source.text) == "**"
    }

    /// The syntax tree of a range, made by the other parser, and what to add to its offsets.
    fn tree(&self, range: Range) -> Option<(Expr, u32)> {
        let text = self.text(range);
        let ends = if text.starts_with('*') && !text.ends_with(',') { ",)" } else { ")" };
        let parsed = ruff_python_parser::parse_module(&format!("({text}\n{ends}")).ok()?;
        let Some(Stmt::Expr(statement)) = parsed.into_suite().into_iter().next() else { return None };
        let expression = match *statement.value {
            Expr::Tuple(tuple) if ends == ",)" && tuple.elts.len() == 1 => tuple.elts.into_iter().next()?,
            expression => expression,
        };
        Some((expression, self.plain_span(range).start))
    }

    fn kind(&self, range: Range) -> Option<&'static str> {
        self.tree(range).map(|(tree, _)| expression_kind(&tree))
    }

    /// The first part of a target that cannot be one.
    fn bad_target(&self, range: Range, targets: Targets, verb: &str) -> Option<Raised> {
        let (tree, start) = self.tree(range)?;
        let bad = invalid_target(&tree, targets)?;
        let whole = self.plain_span(range);
        let place = |at: TextSize| (at.to_u32() + start).saturating_sub(1).clamp(whole.start, whole.end);
        let bounds: TextRange = bad.range();
        let span = Span::new(place(bounds.start()), place(bounds.end()));
        let kind = expression_kind(bad);
        // A single wrong target of an assignment may be meant as a comparison.
        Some(Raised::syntax(span, format!("cannot {verb} {kind}")))
    }
}

/// The first expression in a target that cannot be assigned to (or deleted).
fn invalid_target(expression: &Expr, targets: Targets) -> Option<&Expr> {
    match expression {
        Expr::List(list) => list.elts.iter().find_map(|item| invalid_target(item, targets)),
        Expr::Tuple(tuple) => tuple.elts.iter().find_map(|item| invalid_target(item, targets)),
        Expr::Starred(_) if targets == Targets::Deletion => Some(expression),
        Expr::Starred(starred) => invalid_target(&starred.value, targets),
        Expr::Compare(compare) if targets == Targets::For => {
            let is_in = compare.ops.first() == Some(&ruff_python_ast::CmpOp::In);
            if is_in { invalid_target(&compare.left, targets) } else { None }
        }
        Expr::Name(_) | Expr::Subscript(_) | Expr::Attribute(_) => None,
        other => Some(other),
    }
}
