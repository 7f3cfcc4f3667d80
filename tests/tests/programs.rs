//! The threaded programs in `tests/programs`, used by properties and by the determinism tests of the command.

/// Name and text.
pub const PROGRAMS: &[(&str, &str)] = &[
    ("bounded_buffer", include_str!("../programs/bounded_buffer.py")),
    ("counter", include_str!("../programs/counter.py")),
    ("crossed_locks", include_str!("../programs/crossed_locks.py")),
    ("failures", include_str!("../programs/failures.py")),
    ("pipeline", include_str!("../programs/pipeline.py")),
    ("pool", include_str!("../programs/pool.py")),
    ("rendezvous", include_str!("../programs/rendezvous.py")),
    ("starvation", include_str!("../programs/starvation.py")),
];
