//! Why a command stops early: data, printed in one place ([`Failure::report`]).

use crate::exit::Status;

use std::io::{self, Write};
use std::path::Path;

/// A command stops.
#[derive(Debug)]
pub enum Failure {
    /// With a message.
    Message {
        /// One sentence.
        text: String,
        /// What to do.
        help: Option<String>,
        /// How the command ends.
        status: Status,
    },
    /// Nobody reads standard output any more.
    PipeClosed,
}

impl Failure {
    /// Could not start, with one sentence.
    pub fn usage(text: impl Into<String>) -> Failure {
        Failure::Message { text: text.into(), help: None, status: Status::CouldNotStart }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_help(self, advice: impl Into<String>) -> Failure {
        match self {
            Failure::Message { text, status, .. } => Failure::Message { text, help: Some(advice.into()), status },
            other => other,
        }
    }

    /// A file operation failed; `deed` is like `read` or `write`.
    pub fn file(deed: &str, path: &Path, error: &io::Error) -> Failure {
        Failure::usage(format!("cannot {deed} `{}`: {}", printable(&path.display().to_string()), describe(error)))
    }

    /// Prints what there is to print and tells how the command ends.
    pub fn report(self) -> Status {
        match self {
            Failure::Message { text, help, status } => {
                let help = help.map(|help| format!("  = help: {help}\n")).unwrap_or_default();
                // Nothing can be done when stderr itself is closed.
                let _ = write!(io::stderr(), "error: {text}\n{help}");
                status
            }
            Failure::PipeClosed => Status::PipeClosed,
        }
    }
}

/// Writing to stdout failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::PipeClosed,
            _ => Failure::usage(format!("cannot write to standard output: {}", describe(&error))),
        }
    }
}

/// The operating system's reason in lower case, without its number.
pub fn describe(error: &io::Error) -> String {
    let text = match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_string(),
        io::ErrorKind::PermissionDenied => "permission denied".to_string(),
        io::ErrorKind::IsADirectory => "it is a directory".to_string(),
        io::ErrorKind::NotADirectory => "a part of the path is not a directory".to_string(),
        io::ErrorKind::AlreadyExists => "it is there already".to_string(),
        io::ErrorKind::StorageFull => "no space left".to_string(),
        _ => error.to_string(),
    };
    printable(&text)
}

/// The text with control characters escaped, so that a name cannot drive the terminal.
pub fn printable(text: &str) -> String {
    text.chars().fold(String::new(), |mut shown, c| {
        if c.is_control() {
            shown.extend(c.escape_default())
        } else {
            shown.push(c)
        }
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_drive_the_terminal() {
        assert_eq!(printable("a\u{1b}[31m\nb"), "a\\u{1b}[31m\\nb");
        assert_eq!(printable("naïve 日本"), "naïve 日本");
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let closed = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(closed.report(), Status::PipeClosed);
    }
}
