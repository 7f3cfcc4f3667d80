//! Problems of source files, for people (with the snippet renderer that rustc uses) and for machines.
//!
//! Only the lines that a span touches are handed to the renderer, at most [`LINES_MAX`] of them, and long lines are cut
//! to a window around the span, so that a line of many megabytes costs nothing and never floods the terminal.

use crate::failure::printable;
use crate::load::Problems;
use crate::render::terminal::Terminal;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use gilsim_vm::source::{Diagnostic, Severity, SourceFile};
use serde_json::{Value, json};
use std::ops::Range;

/// Most lines shown of one span.
const LINES_MAX: u32 = 6;
/// Longer lines are cut.
const LINE_BYTES_MAX: usize = 400;
/// Bytes kept on each side of the span in a line that is cut.
const AROUND_BYTES: usize = 60;

/// All problems, in the order given, for people.
pub fn human(problems: &[Problems], terminal: &Terminal) -> String {
    let renderer = if terminal.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(terminal.width).decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for Problems { file, diagnostics } in problems {
        for diagnostic in diagnostics {
            text.push_str(&one(file, diagnostic, &renderer));
            text.push('\n');
        }
    }
    text
}

fn one(file: &SourceFile, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let code = diagnostic.code.to_string();
    let title = level.primary_title(printable(&diagnostic.message)).id(code);
    let extract = Extract::of(file, diagnostic);
    let path = shown_path(file);
    let annotation = AnnotationKind::Primary.span(extract.span.clone());
    let annotation =
        if diagnostic.label.is_empty() { annotation } else { annotation.label(printable(&diagnostic.label)) };
    let column_shown = extract.text[..extract.span.start].chars().count() + 1;
    let snippet = Snippet::source(extract.text).line_start(extract.first_line as usize).path(path.as_str());
    let mut group = Group::with_title(title).element(snippet.annotation(annotation));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(printable(note)));
    }
    let text = renderer.render(&[group]);
    if !extract.is_cut {
        return text;
    }
    // The renderer counts columns in the text that it is given, which here is a part of the line.
    let column = file.char_column(diagnostic.span.start) + 1;
    let place = |column: usize| format!("{path}:{}:{column}", extract.first_line);
    text.replacen(&place(column_shown), &place(column as usize), 1)
}

/// The path relative to the working directory where it lies in it.
pub fn shown_path(file: &SourceFile) -> String {
    let path = std::path::Path::new(&*file.path);
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok());
    printable(&relative.unwrap_or(path).display().to_string())
}

/// The lines around a span.
#[derive(Debug, PartialEq, Eq)]
struct Extract {
    text: String,
    /// Line number of the first line of `text`.
    first_line: u32,
    /// The span within `text`, in bytes.
    span: Range<usize>,
    is_cut: bool,
}

impl Extract {
    fn of(file: &SourceFile, diagnostic: &Diagnostic) -> Extract {
        let text_end = file.text.len() as u32;
        let (start, end) = (diagnostic.span.start.min(text_end), diagnostic.span.end.min(text_end));
        let first_line = file.line(start);
        let last_line = file.line(end.max(start + 1) - 1).min(first_line + LINES_MAX - 1);
        let from = file.line_start(first_line);
        let to = file.line_start(last_line) + file.line_text(last_line).len() as u32;
        let end = end.clamp(start, to.max(start));
        let whole = &file.text[from as usize..to.max(from) as usize];
        let span = (start - from) as usize..(end - from) as usize;
        if whole.len() <= LINE_BYTES_MAX * LINES_MAX as usize && whole.lines().all(|line| line.len() <= LINE_BYTES_MAX)
        {
            let span = span.start.min(whole.len())..span.end.min(whole.len());
            return Extract { text: whole.to_string(), first_line, span, is_cut: false };
        }
        Extract::cut(file, first_line, span)
    }

    /// A window of the first line only.
    fn cut(file: &SourceFile, line: u32, span: Range<usize>) -> Extract {
        let whole = file.line_text(line);
        let start = span.start.min(whole.len());
        let end = span.end.min(whole.len()).min(start + LINE_BYTES_MAX / 2);
        let from = boundary_before(whole, start.saturating_sub(AROUND_BYTES));
        let to = boundary_before(whole, (end + AROUND_BYTES).min(whole.len()));
        let end = boundary_before(whole, end).max(start);
        let (head, tail) = (if from > 0 { "..." } else { "" }, if to < whole.len() { "..." } else { "" });
        let text = format!("{head}{}{tail}", &whole[from..to]);
        let shift = head.len();
        Extract { text, first_line: line, span: start - from + shift..end - from + shift, is_cut: true }
    }
}

fn boundary_before(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All problems for machines: one object.
pub fn json(problems: &[Problems]) -> Value {
    let diagnostics: Vec<Value> = problems
        .iter()
        .flat_map(|Problems { file, diagnostics }| diagnostics.iter().map(move |diagnostic| json_one(file, diagnostic)))
        .collect();
    json!({ "format": "gilsim-diagnostics", "version": [1, 0], "diagnostics": diagnostics })
}

fn json_one(file: &SourceFile, diagnostic: &Diagnostic) -> Value {
    json!({
        "code": diagnostic.code.to_string(),
        "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.help,
        "notes": diagnostic.notes,
        "span": {
            "file": shown_path(file),
            "start": json_place(file, diagnostic.span.start),
            "end": json_place(file, diagnostic.span.end),
        },
    })
}

/// A place: byte offset, line from 1; columns from 1 in characters, in UTF-16 units, and in columns of a terminal.
fn json_place(file: &SourceFile, offset: u32) -> Value {
    let offset = offset.min(file.text.len() as u32);
    let line = file.line(offset);
    let before = file.text.get(file.line_start(line) as usize..offset as usize).unwrap_or("");
    json!({
        "byte": offset,
        "line": line,
        "column": before.chars().count() + 1,
        "utf16": before.encode_utf16().count() + 1,
        "display": textwrap::core::display_width(before) + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gilsim_vm::source::codes::ASYNC;
    use gilsim_vm::source::{Flavour, Span};
    use std::sync::Arc;

    fn plain() -> Terminal {
        Terminal { width: 100, color: false, unicode: true }
    }

    fn problems(text: &str, start: u32, end: u32) -> Vec<Problems> {
        let file = Arc::new(SourceFile::new("__main__", "/p/server.py", text, Flavour::User));
        let diagnostic = Diagnostic::error(ASYNC, Span::new(start, end), "`async def` is not supported")
            .with_label("coroutines run on one thread")
            .with_help("use `threading.Thread`")
            .with_note("supported language: `gilsim explain language`");
        vec![Problems { file, diagnostics: vec![diagnostic] }]
    }

    #[test]
    fn a_problem_looks_as_in_rustc() {
        let text = human(&problems("import x\r\n\tasync def handle(req):\r\n\t\tpass\r\n", 10, 15), &plain());
        let expected = "\
error[GS0112]: `async def` is not supported
 --> /p/server.py:2:2
  |
2 |     async def handle(req):
  |     ^^^^^ coroutines run on one thread
  |
  = help: use `threading.Thread`
  = note: supported language: `gilsim explain language`
";
        assert_eq!(text, expected);
    }

    #[test]
    fn an_empty_span_at_the_end_is_shown() {
        for text in ["x = (", "x = (\n", ""] {
            let end = text.len() as u32;
            let text = human(&problems(text, end, end), &plain());
            assert!(text.contains("--> /p/server.py"), "{text}");
        }
    }

    #[test]
    fn long_lines_are_cut_and_control_characters_are_not_written() {
        let text = format!("x = '{}' \u{1b}[31m ERR {}", "é".repeat(5_000_000), "y".repeat(1000));
        let at = text.find("ERR").expect("it is there") as u32;
        let shown = human(&problems(&text, at, at + 3), &plain());
        assert!(shown.len() < 1000, "{}", shown.len());
        assert!(shown.contains("server.py:1:5000014"), "{shown}");
        assert!(shown.contains("^^^ coroutines"), "{shown}");
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }

    #[test]
    fn a_span_of_many_lines_is_cut() {
        let text = "f(\n".repeat(1000);
        let shown = human(&problems(&text, 0, text.len() as u32), &plain());
        assert!(shown.lines().count() < 20, "{shown}");
    }

    #[test]
    fn machines_get_four_kinds_of_columns() {
        let value = json(&problems("日本 = 𝄞; async", 14, 19));
        let start = &value["diagnostics"][0]["span"]["start"];
        assert_eq!(*start, json!({ "byte": 14, "line": 1, "column": 8, "utf16": 9, "display": 10 }));
        assert_eq!(value["diagnostics"][0]["code"], "GS0112");
    }
}
