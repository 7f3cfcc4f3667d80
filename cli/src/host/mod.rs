//! What a run touches of the host: standard streams, the trace file, Ctrl-C, its clock.

pub mod interrupt;
pub mod listener;
pub mod progress;
pub mod stdin;
pub mod streams;
pub mod trace_file;
pub mod watch;
