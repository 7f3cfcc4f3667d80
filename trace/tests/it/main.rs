//! Tests of the trace crate over synthetic runs.

mod fold;
mod recording;
mod world;
