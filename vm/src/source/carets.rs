//! The source lines of a traceback entry with the carets under them, as CPython 3.13's `traceback` module prints them.
//!
//! Carets are left out when they would say nothing: when the marked text is the whole line, or the value of a plain
//! `return f(…)` or `name = f(…)`. Of long statements only the lines that matter are shown.

use super::anchors::{Anchors, Place, anchors};
use super::{SourceFile, Span};

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthChar;

/// The indentation of source lines in a traceback.
const INDENT: &str = "    ";

/// The lines of a place, indented, each with its newline; nothing for a blank line. Without a span: the line alone.
pub fn source_lines(file: &SourceFile, span: Option<Span>, line: u32) -> String {
    let stripped = file.line_text(line).trim();
    if stripped.is_empty() {
        return String::new();
    }
    match span.filter(|span| !span.is_empty()) {
        Some(span) => Excerpt::new(file, span).render(),
        None => format!("{INDENT}{stripped}\n"),
    }
}

/// The lines of a span without their common indentation, and the span in characters of these lines.
struct Excerpt {
    lines: Vec<String>,
    /// First marked character of the first line.
    start: usize,
    /// One past the last marked character of the last line.
    end: usize,
}

/// What to draw.
struct Marking {
    anchors: Option<Anchors>,
    /// The columns of the anchors in their lines, counted in terminal cells.
    from: usize,
    to: usize,
    carets: bool,
}

impl Excerpt {
    fn new(file: &SourceFile, span: Span) -> Excerpt {
        let (first, last) = (file.line(span.start), file.line(span.end));
        let original: Vec<&str> = (first..=last).map(|line| file.line_text(line).trim_end()).collect();
        let lines: Vec<String> = dedent(&original.join("\n")).split('\n').map(str::to_string).collect();
        let removed = original[0].chars().count().saturating_sub(lines[0].chars().count());
        let column = |offset| (file.char_column(offset) as usize).saturating_sub(removed);
        Excerpt { start: column(span.start), end: column(span.end), lines }
    }

    fn render(&self) -> String {
        let marking = self.marking();
        let mut shown: BTreeSet<usize> = [0, self.lines.len() - 1].into();
        if let Some(anchors) = &marking.anchors {
            for line in [anchors.start.line, anchors.end.line] {
                shown.extend((line.saturating_sub(1)..=line + 1).filter(|&line| line < self.lines.len()));
            }
        }
        let mut out = String::new();
        let mut previous = None;
        for line in shown {
            match previous.map(|previous| line - previous) {
                Some(2) => self.line(line - 1, &marking, &mut out),
                Some(gap) if gap > 2 => out.push_str(&format!("...<{} lines>...\n", gap - 1)),
                _ => {}
            }
            self.line(line, &marking, &mut out);
            previous = Some(line);
        }
        let text = dedent(&out);
        text.split_inclusive('\n').map(|line| format!("{INDENT}{line}")).collect()
    }

    fn marking(&self) -> Marking {
        let anchors = anchors(&self.segment());
        let mut marking = Marking { anchors, from: 0, to: 0, carets: self.shows_carets(anchors.is_some()) };
        if let Some(anchors) = &anchors {
            marking.from = self.anchor_cells(anchors.start);
            marking.to = self.anchor_cells(anchors.end);
        }
        marking
    }

    /// The marked text.
    fn segment(&self) -> String {
        let text = self.lines.join("\n");
        let last = self.lines.last().map_or(0, |line| line.chars().count());
        let count = text.chars().count() - last.saturating_sub(self.end);
        text.chars().take(count).skip(self.start).collect()
    }

    /// The cell of a place in the segment, within its line.
    fn anchor_cells(&self, place: Place) -> usize {
        let shift = if place.line == 0 { self.start } else { 0 };
        cells(&self.lines[place.line], place.column + shift)
    }

    fn shows_carets(&self, anchored: bool) -> bool {
        if let Ok(parsed) = ruff_python_parser::parse_module(&self.lines.join("\n")) {
            let Some(statement) = parsed.suite().first() else { return false };
            if let Some(value) = plain_call(statement)
                && self.spans_all(value.range().into())
            {
                return false;
            }
        }
        let first: String = self.lines[0].chars().take(self.start).collect();
        let last: String = self.lines[self.lines.len() - 1].chars().skip(self.end).collect();
        anchored || !first.trim_start().is_empty() || !last.trim_end().is_empty()
    }

    /// Whether a range of the joined lines is exactly the marked text. CPython compares bytes with characters here.
    fn spans_all(&self, range: Span) -> bool {
        let text = self.lines.join("\n");
        let last_start = text.rfind('\n').map_or(0, |at| at + 1);
        let starts_in_first = !text[..range.start as usize].contains('\n');
        let ends_in_last = range.end as usize >= last_start;
        starts_in_first
            && ends_in_last
            && range.start as usize == self.start
            && range.end as usize - last_start == self.end
    }

    /// Writes one line, and the carets under it.
    fn line(&self, number: usize, marking: &Marking, out: &mut String) {
        let line = &self.lines[number];
        out.push_str(line);
        out.push('\n');
        if !marking.carets {
            return;
        }
        let indent = line.chars().take_while(|character| character.is_whitespace()).count();
        let is_last = number == self.lines.len() - 1;
        let length = line.chars().count();
        let count = cells(line, if is_last { self.end } else { length });
        let first = if number == 0 { cells(line, self.start) } else { 0 };
        for column in 0..count {
            out.push(match &marking.anchors {
                _ if column < indent || column < first => ' ',
                Some(anchors) if !is_between(anchors, number, column, marking) => '~',
                _ => '^',
            });
        }
        out.push('\n');
    }
}

/// Whether a cell lies within the anchors.
fn is_between(anchors: &Anchors, line: usize, column: usize, marking: &Marking) -> bool {
    let after = line > anchors.start.line || (line == anchors.start.line && column >= marking.from);
    let before = line < anchors.end.line || (line == anchors.end.line && column < marking.to);
    after && before
}

/// The value of `return name(…)` or `name = f(…)`.
fn plain_call(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Return(node) => {
            node.value.as_deref().filter(|value| matches!(value, Expr::Call(call) if call.func.is_name_expr()))
        }
        Stmt::Assign(node) => match &node.targets[..] {
            [Expr::Name(_)] => Some(&*node.value).filter(|value| value.is_call_expr()),
            _ => None,
        },
        _ => None,
    }
}

/// The terminal cells that the first `count` characters take: two for wide ones.
fn cells(line: &str, count: usize) -> usize {
    if line.is_ascii() {
        return count;
    }
    line.chars().take(count).map(|character| if character.width() == Some(2) { 2 } else { 1 }).sum()
}

/// The text without the white space that all lines with other text start with; blank lines become empty.
fn dedent(text: &str) -> String {
    let is_blank = |line: &str| line.chars().all(|character| character == ' ' || character == '\t');
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut margin: Option<&str> = None;
    for line in text.split('\n').filter(|line| !is_blank(line)) {
        let own = &line[..indent(line)];
        margin = Some(margin.map_or(own, |known| common_prefix(known, own)));
    }
    let margin = margin.unwrap_or("").len();
    let lines: Vec<&str> = text.split('\n').map(|line| if is_blank(line) { "" } else { &line[margin..] }).collect();
    lines.join("\n")
}

fn common_prefix<'a>(a: &'a str, b: &str) -> &'a str {
    let count = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    &a[..count]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Flavour;

    /// The excerpt for the part of `text` between `‹` and `›`.
    fn excerpt(text: &str) -> String {
        let start = text.find('‹').unwrap() as u32;
        let end = text.find('›').unwrap() as u32 - '‹'.len_utf8() as u32;
        let file = SourceFile::new("m", "m.py", &text.replace(['‹', '›'], ""), Flavour::User);
        source_lines(&file, Some(Span::new(start, end)), file.line(start))
    }

    /// Inputs with what CPython 3.13.0 prints.
    #[test]
    fn carets_are_cpythons() {
        let table = [
            ("x = ‹1 / 0›", "    x = 1 / 0\n        ~~^~~\n"),
            ("    ‹f(1)›", "    f(1)\n    ~^^^\n"),
            ("return ‹f(1)›", "    return f(1)\n"),
            ("x = ‹f.g(1)›", "    x = f.g(1)\n"),
            ("x = y + ‹f(1)›", "    x = y + f(1)\n            ~^^^\n"),
            ("‹raise ValueError(1)›", "    raise ValueError(1)\n"),
            ("d['a'] = ‹d['b']›", "    d['a'] = d['b']\n             ~^^^^^\n"),
            ("if ‹name›:", "    if name:\n       ^^^^\n"),
            ("x = '漢' + ‹a›", "    x = '漢' + a\n               ^\n"),
            (
                "  ‹f(a,\n    b,\n    c,\n    d,\n    e,\n    g)›",
                "    f(a,\n    ~^^^\n      b,\n      ^^\n    ...<2 lines>...\n      e,\n      ^^\n      g)\n      ^^\n",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(excerpt(text), expected, "{text}");
        }
    }

    #[test]
    fn without_a_span_the_line_stands_alone() {
        let file = SourceFile::new("m", "m.py", "   x = 1\n\n", Flavour::User);
        assert_eq!(source_lines(&file, None, 1), "    x = 1\n");
        assert_eq!(source_lines(&file, None, 2), "");
    }
}
