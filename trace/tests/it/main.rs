//! Tests of the trace crate over synthetic runs.

mod recording;
mod world;
