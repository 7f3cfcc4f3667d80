//! The bodies of instructions, by family. Each takes its operands from the thread's stack and leaves its result there.

mod arithmetic;
mod attributes;
mod build;
mod functions;
mod globals;
mod imports;
mod iteration;
mod patterns;
mod slots;
pub(crate) mod slow;
mod subscripts;
