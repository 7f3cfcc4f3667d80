//! What a run touches of the host: standard streams, the trace file, Ctrl-C.

pub mod interrupt;
pub mod listener;
pub mod stdin;
pub mod streams;
pub mod trace_file;
