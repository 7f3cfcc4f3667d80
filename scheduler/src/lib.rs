//! gilsim's scheduler: interpreters, GIL models, virtual clock and cores, threads, locks, choices, events, outcomes.

pub mod choice;
pub mod config;
pub mod cores;
pub mod event;
pub mod fingerprint;
pub mod gil;
pub mod outcome;
pub mod output;
pub mod profile;
#[cfg(test)]
pub mod sync;
pub mod timers;
pub mod wait_graph;
