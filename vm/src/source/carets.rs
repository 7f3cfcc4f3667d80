//! Carets.
use super::{SourceFile, Span};
/// The lines of a place.
pub fn source_lines(file: &SourceFile, _span: Option<Span>, line: u32) -> String {
    format!("    {}\n", file.line_text(line).trim())
}
