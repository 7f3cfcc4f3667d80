//! `str`: UTF-8 text with its length in code points and its hash, computed when first asked for.
//!
//! Text that is all ASCII is indexed in constant time; other text is walked. Lone surrogates cannot be represented; the
//! places where Python would make one raise an error instead (COMPATIBILITY.md).

use crate::text::hash::hash_str;
use std::sync::atomic::{AtomicI64, Ordering};

/// A Python string.
#[derive(Debug)]
pub struct PyStr {
    /// The text.
    pub text: Box<str>,
    /// A cache, 0 = not computed; not part of the value.
    hash: AtomicI64,
    /// Number of code points.
    chars: u32,
}

impl PyStr {
    /// A string with this text.
    pub fn new(text: Box<str>) -> PyStr {
        let chars = if text.is_ascii() { text.len() } else { text.chars().count() } as u32;
        PyStr { text, hash: AtomicI64::new(0), chars }
    }

    /// A string with this text, given Python's hash of its bytes, which is its own if it is ASCII.
    pub fn hashed(text: Box<str>, hash: u64) -> PyStr {
        let string = PyStr::new(text);
        if string.is_ascii() { PyStr { hash: AtomicI64::new(hash as i64), ..string } } else { string }
    }

    /// Number of code points.
    pub fn len(&self) -> usize {
        self.chars as usize
    }

    /// True for `""`.
    pub fn is_empty(&self) -> bool {
        self.chars == 0
    }

    /// True when every code point is one byte.
    pub fn is_ascii(&self) -> bool {
        self.chars as usize == self.text.len()
    }

    /// `hash()` of the string, never 0 for non-empty text in practice; an actual 0 is computed anew each time.
    pub fn hash(&self) -> i64 {
        let known = self.hash.load(Ordering::Relaxed);
        if known != 0 {
            return known;
        }
        let hash = hash_str(&self.text);
        self.hash.store(hash, Ordering::Relaxed);
        hash
    }
}

impl Clone for PyStr {
    fn clone(&self) -> PyStr {
        PyStr { text: self.text.clone(), hash: AtomicI64::new(self.hash.load(Ordering::Relaxed)), chars: self.chars }
    }
}

impl PartialEq for PyStr {
    fn eq(&self, other: &PyStr) -> bool {
        self.text == other.text
    }
}
