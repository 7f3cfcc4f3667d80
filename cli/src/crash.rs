//! What happens when gilsim itself has a defect: a panic is caught, reported in one piece and ends with status 70.

use crate::exit::Status;

use std::io::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::OnceLock;

/// The seed of this run, for the report.
static SEED: OnceLock<u64> = OnceLock::new();

/// Remembers the seed for the report.
pub fn remember_seed(seed: u64) {
    // A second run in one process keeps the first seed; there is no such thing today.
    let _ = SEED.set(seed);
}

/// From now on a panic prints a request to report it.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| {
        let text = report(&reason(info), info.location().map(ToString::to_string).as_deref());
        let _ = std::io::stderr().write_all(text.as_bytes());
    }));
}

/// Runs `work`; a panic becomes [`Status::Internal`], its report has been printed by the hook.
pub fn guard(work: impl FnOnce() -> Status) -> Status {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Status::Internal)
}

fn reason(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".into())
}

fn report(reason: &str, location: Option<&str>) -> String {
    let seed = SEED.get().map(|seed| format!(" · seed {seed}")).unwrap_or_default();
    let words: Vec<String> = std::env::args().collect();
    format!(
        "\ninternal error: {reason}\n  at {}\n  gilsim {}{seed} · command: {words:?}\n\
         This is a defect of gilsim. Please report it with this text and the program.\n",
        location.unwrap_or("an unknown place"),
        env!("CARGO_PKG_VERSION"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_status_70() {
        assert_eq!(guard(|| panic!("the frame stack is empty")), Status::Internal);
        assert_eq!(guard(|| Status::Ok), Status::Ok);
    }

    #[test]
    fn the_report_has_what_is_needed() {
        let text = report("the frame stack is empty", Some("vm/src/frame.rs:7:3"));
        for part in ["the frame stack is empty", "vm/src/frame.rs:7:3", env!("CARGO_PKG_VERSION"), "command:"] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
