//! The recording: the native `*.giltrace` file.
//!
//! JSON lines, UTF-8, `\n`. The first line is the [`Header`]; `def` lines define threads, objects, files and positions
//! before their first use; then one line per event; one `end` line with totals and the SHA-256 of every byte before it.
//! `schema/giltrace.schema.json` describes each line. [`Writer`] writes it as a stream, [`Recorder`] is the observer that
//! feeds it at a level of detail, [`read`] takes such a file back, however it was damaged.

mod decode;
mod encode;
mod end;
mod header;
mod line;
mod reader;
mod recorder;
mod words;
mod writer;

pub(crate) use encode::{limit_name, object_of, stream_name};
pub use end::{Ending, LimitName, RunEnd};
pub use header::{CostModel, Detail, GilMode, Header, SourceText, sha256_hex};
pub use reader::{Integrity, ObjectDef, ReadError, ReadLimits, Recording, read};
pub use recorder::{EVENTS_MAX_DEFAULT, Recorder};
pub(crate) use words::{
    drop_reason as drop_reason_word, object_kind as object_kind_word, wake_cause as wake_cause_word,
};
pub use writer::Writer;

/// Version of the format: `[major, minor]`. A reader refuses a higher major and ignores what a higher minor adds.
pub const VERSION: [u32; 2] = [1, 0];
/// Longest name (thread, object, code, class) kept, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// Longest text of one `out` or `mark` event, in characters; the rest is cut and the event says so.
pub const TEXT_CHARS_MAX: usize = 65_536;
