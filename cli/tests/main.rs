//! Black-box tests of the command: the real binary, its exit status and both streams.

mod calibrate;
mod compare;
mod decisions;
mod demos;
mod determinism;
mod engine;
mod explain;
mod explore;
mod export;
mod harness;
mod loading;
mod nasty;
mod replay;
mod run;
mod test;
mod usage;
