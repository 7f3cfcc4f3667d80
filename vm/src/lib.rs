//! gilsim's virtual machine: Python source to code objects to one instruction at a time.
//!
//! Knows no time, no GIL and no strategy. See ARCHITECTURE.md.

pub mod code;
pub mod compile;
pub mod effect;
pub mod source;
pub mod value;

pub mod text;
