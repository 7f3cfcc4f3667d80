//! Going through the executions of a machine.

pub mod bounded;
pub mod clock;
pub mod cycle;
pub mod dpor;
pub mod enumerate;
pub mod graph;
pub mod history;
pub mod parallel;
pub mod sample;
pub mod serial;
pub mod sleep;
pub mod stateful;
pub mod tree;
pub mod wakeup;
