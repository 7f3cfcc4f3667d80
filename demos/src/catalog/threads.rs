//! Chapter 1: how threads begin, run and end.

use super::{ALL, program, well};
use crate::{Demo, End, Program, Stdout};

pub const DEMOS: &[Demo] = &[
    Demo {
        name: "threads",
        title: "two threads take turns at counting",
        question: "Two threads count to three. What decides in which order their lines come?",
        program: program!("threads.py"),
        lesson: "A thread runs a function beside the main thread. Only one of them runs Python code at a time, the one \
                 that holds the GIL (global interpreter lock). A thread that sleeps, or writes a line to the terminal, \
                 lets go of it, and another one goes on. So the two pauses overlap, and both threads together take as \
                 long as the slower of them. `start()` begins a thread, `join()` waits for its end.",
        look_at: &[
            "The lanes `t1` and `t2` sleep at the same time; the whole takes 0.45 s, not 0.75 s.",
            "The lane of the GIL is nearly empty: it is needed for a moment at each line.",
            "The main thread is blocked in `join()` from the beginning to the end.",
            "`gilsim demos run threads --switch-interval 1ms` changes nothing: nobody has to ask for the GIL.",
        ],
        profile: "3.13",
        repaired_by: None,
        ends: &[well(
            450,
            &[
                "t1 counts 1",
                "t2 counts 1",
                "t1 counts 2",
                "t2 counts 2",
                "t1 counts 3",
                "t2 counts 3",
                "both together took 0.45 s",
            ],
        )],
    },
    Demo {
        name: "run-called",
        title: "run() is called instead of start(): everything happens in the main thread",
        question: "A class derived from Thread says what to do in run(). Why not call it?",
        program: program!("run_called.py"),
        lesson: "`run()` is an ordinary method. Who calls it executes it, here the main thread, once for each object \
                 and one after the other. No thread was started; the program is right in its results and wrong in its \
                 time, and so the mistake is easily overlooked.",
        look_at: &[
            "Every line says `MainThread`, and the timeline has no other lane.",
            "The pauses add up: 0.75 s.",
            "`gilsim demos run subclass` calls `start()`.",
        ],
        profile: "3.13",
        repaired_by: Some("subclass"),
        ends: &[well(
            750,
            &[
                "MainThread counts 1",
                "MainThread counts 2",
                "MainThread counts 3",
                "MainThread counts 1",
                "MainThread counts 2",
                "MainThread counts 3",
                "both together took 0.75 s",
            ],
        )],
    },
    Demo {
        name: "subclass",
        title: "a thread class of one's own, started",
        question: "What does start() do that run() does not?",
        program: program!("subclass.py"),
        lesson: "`start()` asks the operating system for a new thread, and that thread calls `run()`. A class of one's \
                 own can carry the thread's data (here the pause) as attributes. Without a name given it is called \
                 `Thread-1`, `Thread-2` and so on. For a single function, `Thread(target=...)` is shorter and does the \
                 same.",
        look_at: &[
            "The lines come from `Thread-1` and `Thread-2` now, and the pauses overlap: 0.45 s.",
            "The timeline is that of `gilsim demos run threads`.",
        ],
        profile: "3.13",
        repaired_by: None,
        ends: &[well(
            450,
            &[
                "Thread-1 counts 1",
                "Thread-2 counts 1",
                "Thread-1 counts 2",
                "Thread-2 counts 2",
                "Thread-1 counts 3",
                "Thread-2 counts 3",
                "both together took 0.45 s",
            ],
        )],
    },
    Demo {
        name: "counting",
        title: "how many threads are alive at each moment",
        question: "From when to when does a thread count as alive?",
        program: program!("counting.py"),
        lesson: "`threading.active_count()` and `threading.enumerate()` know the threads that have been started and \
                 have not ended. The main thread is one of them. A Thread object that was only made does not count, \
                 nor does one that has ended, whether it was joined or not: `join()` waits for an end, it does not \
                 cause it.",
        look_at: &[
            "Between `made` and `started` the number goes from 1 to 3.",
            "After 0.2 s the thread `short` has ended by itself; only then is it joined.",
            "In the timeline a thread's lane is as long as it was alive.",
        ],
        profile: "3.13",
        repaired_by: None,
        ends: &[well(
            300,
            &[
                "at the beginning:    1 alive: MainThread",
                "made, not started:   1 alive: MainThread",
                "both started:        3 alive: MainThread, short, long",
                "0.2 s later:         2 alive: MainThread, long",
                "both joined:         1 alive: MainThread",
            ],
        )],
    },
    Demo {
        name: "join-forgotten",
        title: "the sum is printed before the threads have fetched anything",
        question: "The program starts three threads and prints the sum of their results. Why is it 0?",
        program: program!("join_forgotten.py"),
        lesson: "`start()` comes back at once, and the main thread goes on with its next line while the others are \
                 still waiting for their answers. Nothing tells it that it is too early. At the very end of the \
                 program CPython does wait for all threads, but then the sum has long been printed.",
        look_at: &[
            "The sum is printed at the very beginning; the three lanes go on for 0.1 s more.",
            "The main thread is blocked at its end: CPython waits for the others before it exits.",
            "`gilsim demos run join` waits where it must.",
        ],
        profile: "3.13",
        repaired_by: Some("join"),
        ends: &[well(100, &["sum of 0 prices: 0"])],
    },
    Demo {
        name: "join",
        title: "the sum is printed when all threads have ended",
        question: "Does waiting for three threads in turn take three times as long?",
        program: program!("join.py"),
        lesson: "`join()` comes back when its thread has ended. The loop waits for one thread after the other, but they \
                 run at the same time: when the first has ended, so have the others, or nearly so. All starts first, \
                 then all joins; a `join()` right after each `start()` would make the threads run one after the other.",
        look_at: &[
            "The three lanes end together after 0.1 s; the main thread is blocked until then.",
            "The program takes no longer than without the joins, see `gilsim demos run join-forgotten`.",
        ],
        profile: "3.13",
        repaired_by: None,
        ends: &[well(100, &["sum of 3 prices: 60"])],
    },
    Demo {
        name: "daemon-joined",
        title: "an endless thread is joined: the program never ends",
        question: "A daemon thread does not keep a program alive. Why does this program go on for ever?",
        program: program!("daemon_joined.py"),
        lesson: "The program may end although a daemon thread is still running. But here it does not come to its end: \
                 the main thread stands in `join()` and waits for a loop that has no end. This is no deadlock, since \
                 the thread `saver` goes on and on; so gilsim stops the run only when its limit of virtual time is \
                 reached. CPython would run until somebody stops it.",
        look_at: &[
            "The last line is never printed, and the status is 5: stopped at a limit.",
            "`gilsim demos run daemon-joined --max-time 10s` stops earlier, with the same picture.",
            "`gilsim demos run daemon` does not join the daemon.",
        ],
        profile: "3.13",
        repaired_by: Some("daemon"),
        ends: &[End {
            profiles: ALL,
            status: 5,
            lasts_ms: Some(3_600_000),
            stdout: Stdout::Lines(&["the work is done"]),
            report: &["limit: the limit of 3600 s of virtual time was reached", "gilsim explain LIMIT-TIME"],
        }],
    },
    Demo {
        name: "daemon",
        title: "an endless thread is cut off when the program ends",
        question: "What becomes of a daemon thread when the main thread has nothing left to do?",
        program: program!("daemon.py"),
        lesson: "At its end the program waits for all threads but daemons. When the last of the others is done, daemons \
                 are cut off where they stand: no exception is raised in them, no `finally` is executed, nothing is \
                 tidied up. That is right for a thread that owns nothing, and wrong for one that has a file open. Then \
                 use an ordinary thread, and an Event that tells it to stop.",
        look_at: &[
            "The lane `saver` ends in the middle of its fourth pause.",
            "`the file is closed` is never printed, although it stands in a `finally`.",
        ],
        profile: "3.13",
        repaired_by: None,
        ends: &[well(700, &["the work is done", "saved 4 times; the main thread ends"])],
    },
    Demo {
        name: "timer",
        title: "functions that are called later, or cancelled",
        question: "How does one call a function in half a minute, and meanwhile do something else?",
        program: program!("timer.py"),
        lesson: "A Timer is a thread that waits and then calls a function, once. `cancel()` before that ends the wait, \
                 and the function is not called. A timer cannot be started again; what is to be repeated starts a new \
                 one from its own function. Every timer is a whole thread: for many of them one thread with a list of \
                 times is better. The half minute takes no time here, since the time is virtual.",
        look_at: &[
            "The timers are the lanes `Thread-1` (tea), `Thread-2` (alarm), `Thread-3` and `Thread-4` (heartbeats).",
            "The lane `Thread-2` ends after 10 s, when it is cancelled, and `wake up!` is never said.",
            "The program waits for the tea: a timer is no daemon unless it is told to be.",
        ],
        profile: "3.13",
        repaired_by: None,
        ends: &[well(
            30_000,
            &[
                "after  0 s: heartbeat 1",
                "after  7 s: heartbeat 2",
                "after 10 s: awake already, alarm cancelled",
                "after 14 s: heartbeat 3",
                "after 30 s: the tea is ready",
            ],
        )],
    },
];
