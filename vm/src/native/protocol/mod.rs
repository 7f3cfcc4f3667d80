//! Python's protocols as methods of [`super::Cx`]: truth, length, iteration, equality, order, hash, text, arithmetic,
//! subscription, attributes. Each takes the native path for builtin types and asks for the special method of classes
//! written in Python.

pub mod arithmetic;
pub mod attributes;
mod class_checks;
mod codecs;
pub mod container_compare;
pub mod container_ops;
pub mod convert;
mod descriptors;
pub mod dicts;
pub mod dispatch;
pub mod displays;
pub mod equality;
pub mod exception_text;
pub mod hashing;
pub mod iterate;
pub mod membership;
pub mod numbers;
pub mod order;
pub mod power;
pub mod repr;
pub mod repr_native;
pub mod sequences;
mod set_attributes;
pub mod sets;
pub mod slices;
pub mod special;
pub mod subscript;
pub mod text;
pub mod truth;
pub mod unary;

/// Native code nests at most so deep (`repr` or `==` of lists in lists): CPython's limit is about ten times that, but this
/// has to fit the smallest stack the simulator runs on.
pub const NESTING_MAX: u32 = 1000;
