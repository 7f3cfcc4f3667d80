//! The search over schedules: does any order of the threads' steps make a program fail, and if not, can that be proved?
//!
//! [`machine`] is a program with several threads whose next steps are known: a plain state machine without time and
//! without a GIL, in which a *step* is everything a thread does up to its next access to something that another thread
//! can reach. [`search`] goes through its executions: all of them up to the order of independent steps
//! ([`search::dpor`]), all of them ([`search::enumerate`]), or some. Step rules, dependence and what is not modelled are
//! described where they are implemented.

pub mod cause;
pub mod checkpoint;
pub mod explore;
pub mod machine;
pub mod profiles;
pub mod races;
pub mod report;
pub(crate) mod rounds;
pub mod schedule;
pub mod search;
pub mod single;
pub mod story;
pub mod strategy;
