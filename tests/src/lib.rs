//! Tests that span crates are in `tests/main.rs`; this library is empty.
