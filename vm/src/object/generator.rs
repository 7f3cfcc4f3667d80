//! Generators: a frame that is kept on the heap between two resumptions.

use crate::interp::frame::Frame;
use crate::value::{MaybeObj, ObjId, Value};

/// Where a generator is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GeneratorState {
    /// Not started.
    Created,
    /// Waits at a `yield`.
    Suspended,
    /// Runs in some thread.
    Running,
    /// Ended.
    Finished,
}

/// A generator object.
#[derive(Clone, Debug, PartialEq)]
pub struct Generator {
    /// Where it is.
    pub state: GeneratorState,
    /// The frame, while not running.
    pub frame: Frame,
    /// Locals and operands of the frame, while not running.
    pub stack: Vec<Value>,
    /// The exception it was handling when it was suspended.
    pub handled: MaybeObj,
    /// While it runs: the exceptions that whoever resumed it was handling, its own and the one outside of it.
    pub outside: [MaybeObj; 2],
    /// `__name__`
    pub name: Value,
    /// `__qualname__`
    pub qualname: Value,
    /// The class it shows as: `generator`, or an iterator type of the library (`map`, `filter`, …).
    pub class: ObjId,
}

impl Generator {
    /// Bytes it owns.
    pub fn owned_bytes(&self) -> usize {
        size_of::<Generator>() + self.stack.len() * size_of::<Value>()
    }
}
