//! gilsim's scheduler: interpreters, GIL models, virtual clock and cores, threads, locks, choices, events, outcomes.
//!
//! A [`simulation::Simulation`] is a plain value: one simulated machine that runs a Python program on green threads under
//! a simulated GIL, in virtual time. It can be cloned, compared, fingerprinted and stepped. A [`choice::Strategy`] answers
//! what could have gone otherwise, an [`event::Observer`] hears what happens; both are handed in at each call.
//!
//! * [`profile`], [`config`] and [`jitter`]: the CPython version, latencies and how they vary, limits;
//! * [`gil`]: the GIL as a pure state machine, and the trait for one of your own;
//! * [`timers`], [`cores`], [`sync`], [`threads`], [`wait_graph`]: the parts of the machine, pure data;
//! * [`simulation`]: the machine, and the order of things in one step;
//! * [`outcome`] and [`event`]: what comes out.
//!
//! The crate formats no text for people and reads no file; it knows neither who explores schedules nor who draws them.

pub mod choice;
mod chronicle;
pub mod config;
pub mod cores;
mod drive;
mod effects;
pub mod event;
pub mod fingerprint;
pub mod gil;
pub mod jitter;
pub mod outcome;
pub mod output;
pub mod profile;
pub mod simulation;
pub mod sync;
pub mod threads;
pub mod timers;
pub mod wait_graph;
