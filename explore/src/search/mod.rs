//! Going through the executions of a machine.

pub mod clock;
pub mod dpor;
pub mod enumerate;
pub mod history;
pub mod wakeup;
