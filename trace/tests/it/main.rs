//! Tests of the trace crate over synthetic runs.

mod exports;
mod fold;
mod golden;
mod pictures;
mod recording;
mod reports;
mod scenes;
mod schema;
mod world;
