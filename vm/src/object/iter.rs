//! Native iterators: those over builtin containers, whose next item needs no Python code.

use super::dict::ViewKind;
use crate::value::{ObjId, Value};

/// A native iterator.
#[derive(Clone, Debug, PartialEq)]
pub enum Iter {
    /// Over a list, by index; ends for good when the index passes the length.
    List {
        /// List.
        list: ObjId,
        /// Next index; an exhausted one becomes `Done`.
        at: usize,
    },
    /// Over a list, backwards.
    ListReversed {
        /// List.
        list: ObjId,
        /// Items still to come; index of the next plus one.
        left: usize,
    },
    /// Over a tuple.
    Tuple {
        /// Tuple.
        tuple: ObjId,
        /// Next index.
        at: usize,
    },
    /// Over the code points of a string.
    Str {
        /// String.
        string: ObjId,
        /// Next byte offset.
        byte: usize,
    },
    /// Over bytes, bytearray or memoryview, giving ints.
    Bytes {
        /// Object.
        bytes: ObjId,
        /// Next index.
        at: usize,
    },
    /// Over a range.
    Range {
        /// Next value.
        next: i64,
        /// Step.
        step: i64,
        /// Values still to come.
        left: u64,
    },
    /// Over a dict.
    Dict {
        /// Dict.
        dict: ObjId,
        /// What is given.
        kind: ViewKind,
        /// Next place.
        place: usize,
        /// Length when the iteration began; `usize::MAX` once it was found to have changed.
        len: usize,
        /// Items still expected.
        left: usize,
        /// True for `reversed(d)`: `place` counts down, place plus one.
        reversed: bool,
    },
    /// Over a set or frozenset.
    Set {
        /// Set.
        set: ObjId,
        /// Next place in the table.
        place: usize,
        /// Length when the iteration began; `usize::MAX` once it was found to have changed.
        len: usize,
    },
    /// Over a deque.
    Deque {
        /// Deque.
        deque: ObjId,
        /// Next index.
        at: usize,
        /// Its version when the iteration began.
        version: u64,
        /// From the right end.
        reversed: bool,
    },
    /// `enumerate` over a native iterator.
    Enumerate {
        /// Iterator.
        inner: ObjId,
        /// Next number.
        next: i64,
    },
    /// `zip` over native iterators.
    Zip {
        /// Iterators.
        inner: Vec<ObjId>,
        /// `strict=True`
        strict: bool,
    },
    /// One item, then those of another native iterator: what a native loop hands over when it needs Python code.
    Chain {
        /// The item, until it is given.
        first: Option<Value>,
        /// The iterator.
        rest: ObjId,
    },
    /// Items prepared beforehand (`reversed(range)`, `dict.items()` of a copy, …).
    Items {
        /// Items.
        items: Vec<Value>,
        /// Next index.
        at: usize,
        /// The class it shows as.
        class: ObjId,
    },
    /// Ended.
    Done {
        /// The class it shows as.
        class: ObjId,
    },
}
