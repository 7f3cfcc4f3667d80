//! Standard streams: the buffering of CPython's `TextIOWrapper` over a simulated file descriptor.

use crate::effect::Stream;

/// When text goes to the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Buffering {
    /// At every newline (a terminal; standard error).
    Line,
    /// When 8192 bytes have gathered (a pipe or file).
    Block,
}

/// A text stream.
#[derive(Clone, PartialEq, Debug)]
pub struct TextIo {
    /// Which stream of the process.
    pub stream: Stream,
    /// Buffering.
    pub buffering: Buffering,
    /// Text not written yet.
    pub pending: String,
    /// Whether `close` was called.
    pub closed: bool,
}

/// Size of the buffer of a block-buffered stream.
pub const BLOCK_BYTES: usize = 8192;

impl TextIo {
    /// Takes text; returns what has to be written to the file now, if anything.
    pub fn write(&mut self, text: &str) -> Option<String> {
        self.pending.push_str(text);
        let due = match self.buffering {
            Buffering::Line => text.contains(['\n', '\r']),
            Buffering::Block => self.pending.len() > BLOCK_BYTES,
        };
        if due { self.flush() } else { None }
    }

    /// Whether so many bytes more would make a block-buffered stream write.
    pub fn is_nearly_full(&self, bytes: usize) -> bool {
        self.buffering == Buffering::Block && self.pending.len() + bytes > BLOCK_BYTES
    }

    /// Everything not written yet.
    pub fn flush(&mut self) -> Option<String> {
        if self.pending.is_empty() { None } else { Some(std::mem::take(&mut self.pending)) }
    }
}
