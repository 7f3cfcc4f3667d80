//! How long a search takes on the host, and when it has to stop.

use super::interrupt;

/// The host's time: it stops a search, and is told in the machine report; nothing else depends on it.
#[derive(Debug)]
pub struct Watch {
    #[expect(clippy::disallowed_types, reason = "how long a search may take is a matter of the host")]
    started: std::time::Instant,
    limit_ns: Option<u64>,
}

impl Watch {
    /// From now on, for so long.
    #[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "the host's time, as above")]
    pub fn start(limit_ns: Option<u64>) -> Watch {
        Watch { started: std::time::Instant::now(), limit_ns }
    }

    /// Whether there is time left, and nobody has asked to stop.
    pub fn go_on(&self) -> bool {
        let late = self.limit_ns.is_some_and(|limit_ns| self.started.elapsed().as_nanos() > u128::from(limit_ns));
        !late && !interrupt::requested()
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
