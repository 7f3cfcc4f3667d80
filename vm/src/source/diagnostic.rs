//! What a stage of the compiler says about a source file: data only, no rendering.

use super::{DiagnosticCode, Span};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The file cannot run.
    Error,
    /// The file runs; CPython would print a `SyntaxWarning`.
    Warning,
}

/// One problem of one file. Ordering and equality are by position first, so that a sorted list reads top to bottom.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
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
    /// An error without label, help and notes.
    pub fn error(code: DiagnosticCode, span: Span, message: impl Into<String>) -> Diagnostic {
        let message = message.into();
        Diagnostic { span, code, severity: Severity::Error, message, label: String::new(), help: None, notes: vec![] }
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
