//! The program's standard streams on the host, byte for byte and in the order of its writes.
//!
//! Text for stdout is collected and written in blocks; it is flushed before anything goes to stderr, when the driver of
//! the run says so, and at once where stdout is a terminal. A reader that goes away is noted, not an error: the driver
//! then ends the run.

use gilsim_vm::effect::Stream;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Bytes collected before they are written.
const BLOCK_BYTES: usize = 64 << 10;

/// Where the program's text goes.
#[derive(Debug)]
pub enum Destination {
    /// To the host's streams.
    Host(BufWriter<StdoutLock<'static>>),
    /// Nowhere: stdout carries something else, which contains the text.
    Nowhere,
}

/// The two streams.
#[derive(Debug)]
pub struct Streams {
    stdout: Destination,
    is_terminal: bool,
    failure: Option<io::Error>,
}

impl Streams {
    /// The host's stdout and stderr.
    pub fn host() -> Streams {
        let stdout = io::stdout().lock();
        let is_terminal = stdout.is_terminal();
        Streams { stdout: Destination::Host(BufWriter::with_capacity(BLOCK_BYTES, stdout)), is_terminal, failure: None }
    }

    /// Text is dropped.
    pub fn nowhere() -> Streams {
        Streams { stdout: Destination::Nowhere, is_terminal: false, failure: None }
    }

    /// The program writes.
    pub fn write(&mut self, stream: Stream, text: &str) {
        let Destination::Host(stdout) = &mut self.stdout else { return };
        if self.failure.is_some() {
            return;
        }
        let result = match stream {
            Stream::Stdout if self.is_terminal => stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()),
            Stream::Stdout => stdout.write_all(text.as_bytes()),
            Stream::Stderr => {
                let flushed = stdout.flush();
                // A closed stderr is nobody's problem.
                let _ = io::stderr().write_all(text.as_bytes());
                flushed
            }
        };
        self.failure = result.err();
    }

    /// Writes out what was collected.
    pub fn flush(&mut self) {
        if let (Destination::Host(stdout), None) = (&mut self.stdout, &self.failure) {
            self.failure = stdout.flush().err();
        }
    }

    /// Why nothing can be written any more.
    pub fn failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Whether writing has failed.
    pub fn has_failed(&self) -> bool {
        self.failure.is_some()
    }
}
