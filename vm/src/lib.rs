//! gilsim's virtual machine: Python source to code objects to one instruction at a time.
//!
//! Knows no time, no GIL and no strategy. See ARCHITECTURE.md.

pub mod code;
pub mod compile;
pub mod config;
pub mod effect;
pub mod heap;
pub mod interp;
pub mod library;
pub mod modules;
pub mod names;
pub mod native;
pub mod object;
pub mod source;
pub mod stdlib;
pub mod text;
pub mod value;
