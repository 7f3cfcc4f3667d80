//! The list of demos, in the order in which a lecture would use them.

use crate::{Demo, End, Stdout};

/// All demos.
pub const DEMOS: &[Demo] = &[DATA_RACE, LOCK, DEADLOCK, LOCK_ORDER, CPU_BOUND, IO_BOUND, CONVOY];

const DATA_RACE: Demo = Demo {
    name: "data-race",
    title: "two threads add to one counter, and updates get lost",
    question: "Is `counter += 1` safe, given that only one thread runs at a time?",
    file: "data_race.py",
    source: include_str!("../programs/data_race.py"),
    lesson: "`counter += 1` is four instructions: load the counter, load 1, add, store. If the GIL changes hands \
             between the load and the store, the other thread counts on, and the store then writes an old number \
             over it: all that the other thread added meanwhile is lost. CPython 3.9 can switch before nearly every \
             instruction. Since CPython 3.10 the drop request is looked at only at calls and at the ends of loops, \
             never between these four: there this program loses nothing. That is luck, not a promise of the \
             language.",
    look_at: &[
        "Under 3.9 the timeline shows a new holder of the GIL every 5 ms, and updates are lost at such a switch.",
        "`gilsim demos run data-race --python 3.13` loses nothing: the same switches, but at the end of the loop \
         only.",
        "`gilsim demos run data-race --switch-interval 1ms` switches more often: is more lost, or less?",
        "`gilsim demos run lock` guards the counter.",
    ],
    profile: "3.9",
    repaired_by: Some("lock"),
    ends: &[
        End {
            profile: "3.9",
            status: 0,
            stdout: Stdout::Numbers(&[("expected", 400_000.0, 400_000.0), ("lost", 1.0, 399_998.0)]),
            report: &[],
        },
        End { profile: "3.13", status: 0, stdout: Stdout::Lines(&["expected 400000", "lost 0"]), report: &[] },
    ],
};

const LOCK: Demo = Demo {
    name: "lock",
    title: "the counter guarded by a lock: nothing is lost, and it takes longer",
    question: "What does a lock cost, and what does it buy?",
    file: "lock.py",
    source: include_str!("../programs/lock.py"),
    lesson: "With `with counter_lock:` around the update a thread that finds the lock taken waits, releasing the \
             GIL, until the holder has stored the new value. A switch can still fall between load and store, but \
             the thread that gets the GIL cannot enter: it blocks on the lock, and the GIL goes back. The result is \
             exact under every version of CPython, at the price of two more calls per update.",
    look_at: &[
        "Nothing is lost, under 3.9 and under 3.13.",
        "It does a quarter of the work of `gilsim demos run data-race`: compare the virtual times.",
        "The column `blocked` of the table: how long a thread waited for the lock itself.",
    ],
    profile: "3.9",
    repaired_by: None,
    ends: &[
        End { profile: "3.9", status: 0, stdout: Stdout::Lines(&["expected 100000", "lost 0"]), report: &[] },
        End { profile: "3.13", status: 0, stdout: Stdout::Lines(&["expected 100000", "lost 0"]), report: &[] },
    ],
};

const DEADLOCK: Demo = Demo {
    name: "deadlock",
    title: "two threads, two locks, opposite orders",
    question: "Why does the program stop, although every lock is released by a `with` statement?",
    file: "deadlock.py",
    source: include_str!("../programs/deadlock.py"),
    lesson: "One transfer holds Anna's lock and wants Ben's, the other holds Ben's and wants Anna's. Neither gives \
             up what it has, so neither can get what it wants, and the main thread waits for both. In CPython the \
             program hangs until someone kills it; gilsim notices that no thread can ever run again, says who waits \
             for whom and since which line, and ends with status 3.",
    look_at: &[
        "The report names the circle: who holds which lock, who waits for it, since which line.",
        "In the timeline all lanes end in `blocked`.",
        "`gilsim demos run lock-order` takes the locks in the same order everywhere.",
    ],
    profile: "3.13",
    repaired_by: Some("lock-order"),
    ends: &[
        End {
            profile: "3.13",
            status: 3,
            stdout: Stdout::Lines(&["there has locked Anna's account", "back has locked Ben's account"]),
            report: &["deadlock", "there", "back"],
        },
        End {
            profile: "3.9",
            status: 3,
            stdout: Stdout::Lines(&["there has locked Anna's account", "back has locked Ben's account"]),
            report: &["deadlock", "there", "back"],
        },
    ],
};

const LOCK_ORDER: Demo = Demo {
    name: "lock-order",
    title: "the same transfers with one order of locking",
    question: "Which rule makes a deadlock of this kind impossible?",
    file: "lock_order.py",
    source: include_str!("../programs/lock_order.py"),
    lesson: "Both transfers now lock the two accounts in the order of their owners' names, whatever the direction \
             of the transfer. A circle of threads that wait for each other would need a thread that holds a later \
             lock and wants an earlier one; with one order for all there is none. The second transfer simply waits \
             until the first is done.",
    look_at: &[
        "`back` is blocked once, while `there` holds Anna's lock, and then does its work.",
        "Compare the program with that of `gilsim demos show deadlock`: one line differs.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[
        End { profile: "3.13", status: 0, stdout: Stdout::Lines(LOCK_ORDER_OUTPUT), report: &[] },
        End { profile: "3.9", status: 0, stdout: Stdout::Lines(LOCK_ORDER_OUTPUT), report: &[] },
    ],
};

const LOCK_ORDER_OUTPUT: &[&str] =
    &["there has locked Anna's account", "back has locked Anna's account", "Anna has 120 and Ben has 80"];

const CPU_BOUND: Demo = Demo {
    name: "cpu-bound",
    title: "a computation on two threads is no faster",
    question: "Are two threads faster than one when both compute?",
    file: "cpu_bound.py",
    source: include_str!("../programs/cpu_bound.py"),
    lesson: "Both threads want to run Python code all the time, and only the one that holds the GIL can. Every \
             switch interval the waiting thread asks for it, and they change places: the work is done in turns, on \
             one core at a time, however many there are. Threads of CPython do not speed up computing; processes \
             do.",
    look_at: &[
        "The lanes `left` and `right` in the second half: one runs, the other wants the GIL, every 5 ms the other \
         way round.",
        "The speed-up is 1.0, although the simulated machine has four cores.",
        "`gilsim demos run cpu-bound --cores 1` gives the same: the other cores had nothing to do.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[
        End {
            profile: "3.13",
            status: 0,
            stdout: Stdout::Numbers(&[
                ("one after the other:", 10.0, 500.0),
                ("on two threads:", 10.0, 500.0),
                ("speed-up:", 0.9, 1.0),
            ]),
            report: &[],
        },
        End {
            profile: "3.9",
            status: 0,
            stdout: Stdout::Numbers(&[
                ("one after the other:", 10.0, 500.0),
                ("on two threads:", 10.0, 500.0),
                ("speed-up:", 0.9, 1.0),
            ]),
            report: &[],
        },
    ],
};

const IO_BOUND: Demo = Demo {
    name: "io-bound",
    title: "five downloads on five threads take as long as one",
    question: "Are five threads faster than one when all wait for the network?",
    file: "io_bound.py",
    source: include_str!("../programs/io_bound.py"),
    lesson: "A thread that waits for input or output does not hold the GIL: it lets go before it waits. So the \
             others run up to their own waiting, and all five wait at the same time. Waiting overlaps, computing \
             does not; this is what threads of CPython are good for.",
    look_at: &[
        "In the first second only the main thread is there, and it sleeps five times in turn.",
        "Then five lanes sleep at once: 0.2 s for all of them.",
        "The lane of the GIL is almost empty: nobody needs it.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[
        End { profile: "3.13", status: 0, stdout: Stdout::Lines(IO_BOUND_OUTPUT), report: &[] },
        End { profile: "3.9", status: 0, stdout: Stdout::Lines(IO_BOUND_OUTPUT), report: &[] },
    ],
};

const IO_BOUND_OUTPUT: &[&str] = &["one after the other: 1.0 s", "on five threads: 0.2 s", "speed-up: 5.0"];

const CONVOY: Demo = Demo {
    name: "convoy",
    title: "short waits beside a computing thread: each answer is late by a switch interval",
    question: "Why does a server answer slowly as soon as another thread computes?",
    file: "convoy.py",
    source: include_str!("../programs/convoy.py"),
    lesson: "The main thread needs the GIL for a moment only, but each time its input has arrived it must wait for \
             it: the computing thread gives it up only when it is asked, and it is asked after one switch interval \
             (5 ms). So every answer is late by about that time, however many cores there are. A shorter interval \
             makes the answers faster and the computing slower. This is known as the convoy effect.",
    look_at: &[
        "The delays that the program measured: almost none alone, then 1, 5 and 20 ms with the interval.",
        "The lane `MainThread`: a short sleep, a long wait for the GIL, again and again.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[
        End { profile: "3.13", status: 0, stdout: Stdout::Numbers(CONVOY_DELAYS), report: &[] },
        End { profile: "3.9", status: 0, stdout: Stdout::Numbers(CONVOY_DELAYS), report: &[] },
    ],
};

const CONVOY_DELAYS: &[(&str, f64, f64)] = &[
    ("alone:", 0.0, 0.3),
    ("beside computing, interval  1 ms:", 1.0, 1.4),
    ("beside computing, interval  5 ms:", 5.0, 5.4),
    ("beside computing, interval 20 ms:", 20.0, 20.4),
];
