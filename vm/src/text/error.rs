//! The error of the pure text and number algorithms: which Python exception, with which words.
//!
//! The modules of `text` know no heap, so they cannot make an exception object; they return this and the caller raises.
//! The messages are CPython 3.13's.

use std::borrow::Cow;

/// The builtin exception a [`TextError`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    ValueError,
    /// `OverflowError`
    OverflowError,
    /// `TypeError`
    TypeError,
    /// `ZeroDivisionError`
    ZeroDivisionError,
    /// `IndexError`
    IndexError,
    /// `KeyError`
    KeyError,
    /// `LookupError`
    LookupError,
    /// `OSError`; the message is its text with the number in it
    OsError,
    /// `MemoryError`: the result would pass a size limit of the simulator, see [`TEXT_BYTES_MAX`]
    MemoryError,
}

/// Longest text (in bytes) any function here builds. CPython stops at the host's memory; a simulation must not.
pub const TEXT_BYTES_MAX: usize = 1 << 28;

/// A Python exception to raise: its type and its message (empty for `MemoryError`, as in CPython).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Type of the exception.
    pub kind: ErrorKind,
    /// Its only argument.
    pub message: Cow<'static, str>,
}

impl TextError {
    /// An error of `kind` saying `message`.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into() }
    }

    /// `ValueError(message)`
    pub fn value(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::ValueError, message)
    }

    /// `TypeError(message)`
    pub fn type_error(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::TypeError, message)
    }

    /// `OverflowError(message)`
    pub fn overflow(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::OverflowError, message)
    }

    /// `ZeroDivisionError(message)`
    pub fn zero_division(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::ZeroDivisionError, message)
    }

    /// `MemoryError()`
    pub fn memory() -> Self {
        Self::new(ErrorKind::MemoryError, "")
    }
}

/// Refuses a text of `bytes` bytes that would pass [`TEXT_BYTES_MAX`].
pub fn check_text_size(bytes: usize) -> Result<(), TextError> {
    if bytes > TEXT_BYTES_MAX { Err(TextError::memory()) } else { Ok(()) }
}
