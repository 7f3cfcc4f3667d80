//! What a stage of the compiler says about a source file: data only, no rendering.

use super::{DiagnosticCode, SourceFile, Span};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The file cannot run.
    Error,
    /// The file runs; CPython would print a `SyntaxWarning`.
    Warning,
}

/// The end column that CPython gives in a SyntaxError.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum EndColumn {
    /// That of the span's end.
    #[default]
    OfSpan,
    /// That of the start: the text was not read further.
    Start,
    /// 0: the end is not known.
    Zero,
    /// 0 for the start too: the end of the text.
    Nothing,
    /// -1: the place is no token.
    Minus,
}

/// One problem of one file. Ordering and equality are by position first, so that a sorted list reads top to bottom.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What CPython gives as the end column.
    pub end: EndColumn,
    /// Which problem; a row of [`CODES`](super::CODES).
    pub code: DiagnosticCode,
    /// How bad.
    pub severity: Severity,
    /// One sentence without the code; for syntax errors CPython's own wording.
    pub message: String,
    /// Text beside the marked span; may be empty.
    pub label: String,
    /// What to do instead.
    pub help: Option<String>,
    /// Further remarks, one line each.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// Line, column, end line and end column as in CPython's SyntaxError.
    pub fn cpython_place(&self, file: &SourceFile) -> [i64; 4] {
        let line = i64::from(file.line(self.span.start));
        let column = i64::from(file.char_column(self.span.start)) + 1;
        match self.end {
            EndColumn::Start => [line, column, line, column],
            EndColumn::Zero => [line, column, line, 0],
            EndColumn::Nothing => [line, 0, line, 0],
            EndColumn::Minus => [line, column, line, -1],
            EndColumn::OfSpan => {
                // A line's end belongs to its line.
                let ends_line =
                    !self.span.is_empty() && file.text.as_bytes().get(self.span.end as usize - 1) == Some(&b'\n');
                let end = self.span.end - u32::from(ends_line);
                let column_after = i64::from(file.char_column(end)) + 1 + i64::from(ends_line);
                [line, column, file.line(end).into(), column_after]
            }
        }
    }

    /// An error without label, help and notes.
    pub fn error(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic {
            span,
            end: EndColumn::OfSpan,
            code,
            severity: Severity::Error,
            message,
            label: String::new(),
            help: None,
            notes: vec![],
        }
    }

    /// A warning without label, help and notes.
    pub fn warning(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// The same with a text beside the span.
    #[must_use]
    pub fn with_label(self, label: impl Into<String>) -> Diagnostic {
        Diagnostic { label: label.into(), ..self }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// The same with one more remark.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }
}
