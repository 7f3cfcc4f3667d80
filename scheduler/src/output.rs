//! What the program has written to its standard streams, kept for reports and comparisons.
//!
//! The observer hears every write as it happens; this copy is bounded by the limit of the configuration. A clone shares
//! the text until one of the two writes.

use gilsim_vm::effect::Stream;
use std::sync::Arc;

/// All text written so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    stdout: Arc<String>,
    stderr: Arc<String>,
}

impl Output {
    /// Adds text.
    pub fn push(&mut self, stream: Stream, text: &str) {
        let whole = match stream {
            Stream::Stdout => &mut self.stdout,
            Stream::Stderr => &mut self.stderr,
        };
        Arc::make_mut(whole).push_str(text);
    }

    /// The whole text of one stream.
    pub fn text(&self, stream: Stream) -> &str {
        match stream {
            Stream::Stdout => &self.stdout,
            Stream::Stderr => &self.stderr,
        }
    }

    /// Bytes written to all streams.
    pub fn bytes(&self) -> u64 {
        (self.stdout.len() + self.stderr.len()) as u64
    }
}
