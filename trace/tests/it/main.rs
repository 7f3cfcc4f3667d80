//! Tests of the trace crate over synthetic runs.

mod fold;
mod golden;
mod pictures;
mod recording;
mod reports;
mod scenes;
mod world;
