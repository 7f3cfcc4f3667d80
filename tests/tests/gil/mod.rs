//! Statements about CPython's GIL, each a program on the simulated machine and named after its number.
//!
//! `g01` to `g13` are about the request GIL (its state machine alone has tables in `gilsim_scheduler::gil`), `g14` to
//! `g18` about the convoy effect, `g20` to `g26` about where a running thread can be made to let go, `g27` to `g29` about
//! what races lose, `g33` to `g42` about releases, locks, the start and end of threads; `g19` and `g30` to `g34` are about
//! the tick GIL of 2.7. `eager` and `hand_overs` are about switches made in one piece.

mod checks;
mod convoy;
mod eager;
mod ends;
mod free;
mod hand_overs;
mod locks;
mod races;
mod releases;
mod slices;
mod ticks;
