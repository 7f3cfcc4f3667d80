//! Chapter 7: threads that march in step, behind the GIL or behind a lock.

use super::{ALL, program, well};
use crate::{Demo, End, Program, Stdout};

pub const DEMOS: &[Demo] = &[CONVOY, LOCK_CONVOY, SHORT_LOCK];

const CONVOY: Demo = Demo {
    name: "convoy",
    title: "short waits beside a computing thread: each answer is late by a switch interval",
    question: "Why does a server answer slowly as soon as another thread computes?",
    program: program!("convoy.py"),
    lesson: "The main thread needs the GIL for a moment only, but each time its input has arrived it must wait for it: \
             the computing thread gives it up only when it is asked, and it is asked after one switch interval (5 ms). \
             So every answer is late by about that time, however many cores there are. A shorter interval makes the \
             answers faster and the computing slower. This is known as the convoy effect.",
    look_at: &[
        "The delays that the program measured: almost none alone, then 1, 5 and 20 ms with the interval.",
        "The lane `MainThread`: a short sleep, a long wait for the GIL, again and again.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[End {
        profiles: ALL,
        status: 0,
        lasts_ms: None,
        stdout: Stdout::Numbers(&[
            ("alone:", 0.0, 0.3),
            ("beside computing, interval  1 ms:", 1.0, 1.4),
            ("beside computing, interval  5 ms:", 5.0, 5.4),
            ("beside computing, interval 20 ms:", 20.0, 20.4),
        ]),
        report: &["computing", "wants GIL"],
    }],
};

const LOCK_CONVOY: Demo = Demo {
    name: "lock-convoy",
    title: "four clerks behind one ledger: a lock that everybody needs sets the pace",
    question: "Four clerks, each with 0.2 s per customer. Why do 16 customers take 1.7 s, not 0.8 s?",
    program: program!("lock_convoy.py"),
    lesson: "Each clerk needs the ledger for half of his time; four together need it for twice the time there is. A \
             queue forms at the lock, and it does not go away: a clerk who is done soon stands at its end again. All \
             move in convoy, at the pace of the lock: one customer each 0.1 s, and a fifth clerk would only make the \
             queue longer. It is a convoy behind a lock, not behind the GIL, which nobody needs here.",
    look_at: &[
        "The lanes show steps: each clerk sleeps for 0.2 s (talks or prints) and is blocked for 0.2 s.",
        "The column `blocked`: nearly as long as `sleeps`.",
        "`gilsim demos run short-lock` prints the receipt outside of the lock.",
    ],
    profile: "3.13",
    repaired_by: Some("short-lock"),
    ends: &[well(1700, &["16 customers served in 1.7 s"])],
};

const SHORT_LOCK: Demo = Demo {
    name: "short-lock",
    title: "the lock is held for the entry only, and the clerks do not meet",
    question: "What really has to happen under the lock?",
    program: program!("short_lock.py"),
    lesson: "The receipt concerns one customer and nobody else; only the entry goes to the shared ledger. With the long \
             pause outside, the lock is held for a moment, and hardly anybody meets anybody there. The rule: under a \
             lock only what touches the shared data, and no waiting at all for input, output or other threads.",
    look_at: &[
        "Nothing is blocked but the main thread, in `join()`; 0.8 s for all.",
        "Compare with `gilsim demos run lock-convoy`: one line has moved.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(800, &["16 customers served in 0.8 s"])],
};
