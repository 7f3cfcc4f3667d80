//! `collections.deque`

use crate::value::Value;
use std::collections::VecDeque;

/// A double-ended queue.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Deque {
    /// Items from left to right.
    pub items: VecDeque<Value>,
    /// `maxlen`
    pub most: Option<usize>,
    /// Changes with every mutation, so that iterators notice.
    pub version: u64,
}
