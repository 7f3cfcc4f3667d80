//! Ctrl-C, and where there are such signals SIGTERM and SIGHUP: the first one asks the run to stop at the next
//! opportunity, so that nothing unfinished is left behind; the second ends the command at once.

use crate::exit::Status;

use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on these are noticed. Where the system does not allow it, they kill the command as usual.
pub fn listen() {
    let handler = || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Status::Interrupted.code()));
        }
    };
    let _ = ctrlc::set_handler(handler);
}

/// Whether the run is to stop.
pub fn requested() -> bool {
    STOP.load(Ordering::Relaxed)
}
