//! Chapter 2: waiting overlaps, computing does not.

use super::{ALL, program, well};
use crate::{Demo, End, Program, Stdout};

pub const DEMOS: &[Demo] = &[IO_BOUND, CPU_BOUND];

const IO_BOUND: Demo = Demo {
    name: "io-bound",
    title: "five downloads on five threads take as long as one",
    question: "Are five threads faster than one when all wait for the network?",
    program: program!("io_bound.py"),
    lesson: "A thread that waits for input or output does not hold the GIL: it lets go before it waits. So the others \
             run up to their own waiting, and all five wait at the same time. Waiting overlaps, computing does not; \
             this is what threads of CPython are good for.",
    look_at: &[
        "In the first second only the main thread is there, and it sleeps five times in turn.",
        "Then five lanes sleep at once: 0.2 s for all of them.",
        "The lane of the GIL is almost empty: nobody needs it.",
        "`gilsim demos run io-bound --cores 1` is as fast: waiting needs no core.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(1200, &["one after the other: 1.0 s", "on five threads: 0.2 s", "speed-up: 5.0"])],
};

const CPU_BOUND: Demo = Demo {
    name: "cpu-bound",
    title: "a computation on two threads is no faster",
    question: "Are two threads faster than one when both compute?",
    program: program!("cpu_bound.py"),
    lesson: "Both threads want to run Python code all the time, and only the one that holds the GIL can. Every switch \
             interval the waiting thread asks for it, and they change places: the work is done in turns, on one core \
             at a time, however many there are. Threads of CPython do not speed up computing; processes do.",
    look_at: &[
        "The lanes `left` and `right` in the second half: one runs, the other wants the GIL, every 5 ms the other way \
         round.",
        "The speed-up is 1.0, although the simulated machine has four cores.",
        "`gilsim demos run cpu-bound --cores 1` gives the same: the other cores had nothing to do.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[End {
        profiles: ALL,
        status: 0,
        lasts_ms: None,
        stdout: Stdout::Numbers(&[
            ("one after the other:", 10.0, 500.0),
            ("on two threads:", 10.0, 500.0),
            ("speed-up:", 0.9, 1.0),
        ]),
        report: &["left", "right"],
    }],
};
