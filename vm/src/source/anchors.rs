//! Where in an expression a traceback points: the operator of a binary operation, the brackets of a subscript or call.
//!
//! The rules are those of CPython 3.13's `traceback._extract_caret_anchors_from_line_segment`. The parser finds the parts;
//! the operator or bracket is then searched in the text behind the first part. Positions are lines (from 0) and
//! characters.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextSize};

/// A place in a segment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Line of the segment, from 0.
    pub line: usize,
    /// Character of the line, from 0.
    pub column: usize,
}

/// The part of a segment that gets `^` while the rest gets `~`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchors {
    /// Its first character.
    pub start: Place,
    /// One past its last character.
    pub end: Place,
}

/// What stands before the segment when it is parsed: brackets make several lines one expression.
const PREFIX: &str = "(\n";

/// The anchors of an expression's text, if it is a binary operation, a subscript or a call.
pub fn anchors(segment: &str) -> Option<Anchors> {
    let wrapped = format!("{PREFIX}{segment}\n)");
    let parsed = ruff_python_parser::parse_module(&wrapped).ok()?;
    let [Stmt::Expr(statement)] = &parsed.suite()[..] else { return None };
    let text = Lines::new(segment);
    match &*statement.value {
        Expr::BinOp(node) => {
            let start =
                text.skip_until(text.valid(text.place(node.left.end())?)?, |c| !c.is_whitespace() && c != ')')?;
            let right = text.place(node.right.start())?;
            let second = Place { column: start.column + 1, ..start };
            let is_two = text.at(second).is_some_and(|c| !c.is_whitespace() && c != '\\' && c != '#') && second < right;
            Some(Anchors { start, end: Place { column: second.column + usize::from(is_two), ..second } })
        }
        Expr::Subscript(node) => text.bracket(node.value.end(), node.end(), '['),
        Expr::Call(node) => text.bracket(node.func.end(), node.end(), '('),
        _ => None,
    }
}

/// A segment cut into lines of characters.
struct Lines<'a> {
    text: &'a str,
    lines: Vec<Vec<char>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Lines<'a> {
        Lines { text, lines: text.split('\n').map(|line| line.chars().collect()).collect() }
    }

    /// The place of an offset into the wrapped text.
    fn place(&self, offset: TextSize) -> Option<Place> {
        let head = self.text.get(..offset.to_usize().checked_sub(PREFIX.len())?)?;
        let line_start = head.rfind('\n').map_or(0, |at| at + 1);
        Some(Place { line: head.matches('\n').count(), column: head[line_start..].chars().count() })
    }

    fn at(&self, place: Place) -> Option<char> {
        self.lines.get(place.line)?.get(place.column).copied()
    }

    /// The place itself, or the start of the next line that is not empty if it lies behind its line.
    fn valid(&self, mut place: Place) -> Option<Place> {
        while place.column >= self.lines.get(place.line)?.len() {
            place = Place { line: place.line + 1, column: 0 };
        }
        Some(place)
    }

    /// The first place from `place` on, not in a comment or line continuation, whose character satisfies `stop`.
    fn skip_until(&self, mut place: Place, stop: impl Fn(char) -> bool) -> Option<Place> {
        loop {
            let character = self.at(place)?;
            place = match character {
                '\\' | '#' => self.valid(Place { line: place.line + 1, column: 0 })?,
                _ if stop(character) => return Some(place),
                _ => self.valid(Place { column: place.column + 1, ..place })?,
            };
        }
    }

    /// From the opening bracket behind `first` to the end of the expression.
    fn bracket(&self, first: TextSize, end: TextSize, open: char) -> Option<Anchors> {
        let start = self.skip_until(self.valid(self.place(first)?)?, |character| character == open)?;
        Some(Anchors { start, end: self.place(end)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters under `^`, line by line, joined by `|`.
    fn marked(segment: &str) -> Option<String> {
        let anchors = anchors(segment)?;
        let mut out = String::new();
        for (number, line) in segment.split('\n').enumerate() {
            for (column, character) in line.chars().enumerate() {
                let place = Place { line: number, column };
                if anchors.start <= place && place < anchors.end {
                    out.push(character);
                }
            }
            if anchors.start.line <= number && number < anchors.end.line {
                out.push('|');
            }
        }
        Some(out)
    }

    #[test]
    fn operators_and_brackets_are_marked() {
        let table = [
            ("a + b", Some("+")),
            ("(a) ** (b)", Some("**")),
            ("a//b", Some("//")),
            ("a %-b", Some("%")),
            ("a # + \n + b", Some("+")),
            ("f(x)(y, z)", Some("(y, z)")),
            ("(f) (x,\n  y)", Some("(x,|  y)")),
            ("a[1][2]", Some("[2]")),
            ("ä['ö']", Some("['ö']")),
            ("a < b", None),
            ("x = 1", None),
            ("a and b", None),
            ("1 +", None),
        ];
        for (segment, expected) in table {
            assert_eq!(marked(segment).as_deref(), expected, "{segment}");
        }
    }
}
