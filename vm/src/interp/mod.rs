//! The machine: loads code, runs threads one instruction at a time, calls, unwinds.
//!
//! `vm` holds the state of an interpreter; `run` is the loop; `ops` has the bodies of instructions by family; `call` and
//! `natives` do calls of Python and native functions; `unwind` exceptions; `generators` suspended frames; `import` modules.

pub mod access;
mod bind;
pub mod boot;
pub mod cache;
pub mod call;
pub mod classes;
pub mod collect;
mod destroy;
mod drops;
pub mod errors;
pub(crate) mod fast;
pub mod frame;
pub mod generators;
pub mod groups;
pub mod import;
pub mod loaded;
pub mod locks;
mod loss;
pub mod main;
mod naming;
pub mod native_calls;
mod native_replies;
pub mod natives;
pub mod ops;
mod perform;
pub mod place;
mod prelude;
mod progress;
pub mod run;
pub mod settings;
mod special;
pub mod stack;
pub mod traceback;
pub mod turns;
pub mod unwind;
pub mod vm;
mod warm_up;

pub use frame::GreenThread;
pub use place::Place;
pub use run::{Budget, Progress, Step};
pub use vm::Vm;
