//! Source files, byte spans, line lookup and diagnostics: what every later stage points back into.
//!
//! Promises: positions are byte offsets into [`SourceFile::text`]; lines and columns are computed on demand from one
//! index of line starts; every diagnostic code is a row of one table ([`codes::CODES`]).

pub mod codes;
pub mod diagnostic;
pub mod file;
pub mod span;

pub use codes::{CODES, CodeInfo, DiagnosticCode};
pub use diagnostic::{Diagnostic, EndColumn, Severity};
pub use file::{Flavour, LineColumn, SourceFile};
pub use span::Span;
pub mod anchors;
pub mod carets;
