//! gilsim-trace: everything that listens to a run.
//!
//! A run emits only events (`gilsim_scheduler::event`). This crate records them ([`recording`]). Every picture is drawn from the one fold, so that no two pictures of a run can disagree. Nothing here
//! prints, opens files or looks at a clock: the same events give the same bytes everywhere.

pub mod analysis;
pub mod duration;
pub mod export;
pub mod fold;
pub mod gantt;
pub mod recording;
pub mod report;
pub mod text;
