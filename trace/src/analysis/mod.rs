//! What a run shows beyond its numbers: where threads were made to let go, how long they waited after input and output, and
//! findings about convoys and starvation.
//!
//! [`study`] is an observer that needs only the events of switches; [`findings()`] turns what it noted into sentences.

pub mod findings;
pub mod study;

pub use findings::{Circumstances, findings};
pub use study::{Place, Study};
