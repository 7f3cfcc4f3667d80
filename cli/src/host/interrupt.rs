//! Ctrl-C, and where there are such signals SIGTERM and SIGHUP: the first one asks the run to stop at the next
//! opportunity, so that nothing unfinished is left behind; a later one ends the command at once. Signals that come
//! together count as one: a sender may tell the process and its group (timeout(1) does), and a finger may bounce.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "how fast two signals follow each other is a matter of the host"
)]

use crate::exit::Status;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How long after the first signal another counts as the same.
const TOGETHER: Duration = Duration::from_millis(300);

static ASKED_AT: OnceLock<Instant> = OnceLock::new();

/// From now on these are noticed. Where the system does not allow it, they kill the command as usual.
pub fn listen() {
    let handler = || {
        let now = Instant::now();
        if now.duration_since(*ASKED_AT.get_or_init(|| now)) > TOGETHER {
            std::process::exit(i32::from(Status::Interrupted.code()));
        }
    };
    let _ = ctrlc::set_handler(handler);
}

/// Whether the run is to stop.
pub fn requested() -> bool {
    ASKED_AT.get().is_some()
}
