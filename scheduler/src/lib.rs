//! gilsim's scheduler: interpreters, GIL models, virtual clock and cores, threads, locks, choices, events, outcomes.

pub mod event;
