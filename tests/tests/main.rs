//! All tests that span crates, in one binary.

mod claims;
mod decisions;
mod dependencies;
mod differential;
mod explore;
mod generated;
mod gil;
mod lock_names;
mod machine;
mod programs;
mod properties;
mod syntax_errors;
