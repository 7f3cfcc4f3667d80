//! Chapter 3: what goes wrong with shared data, and what guards it.

use super::{ALL, deadlock, program, well};
use crate::{Demo, End, Program, Stdout};

pub const DEMOS: &[Demo] = &[
    DATA_RACE,
    LOCK,
    LOST_UPDATE,
    CRITICAL_SECTION,
    LOCK_TWICE,
    RLOCK,
    MIXED_REQUESTS,
    THREAD_LOCAL,
    INIT_TWICE,
    DOUBLE_CHECKED,
    HALF_MADE,
    MADE_READY,
];

const DATA_RACE: Demo = Demo {
    name: "data-race",
    title: "two threads add to one counter, and updates get lost",
    question: "Is `counter += 1` safe, given that only one thread runs at a time?",
    program: program!("data_race.py"),
    lesson: "`counter += 1` is four instructions: load the counter, load 1, add, store. If the GIL changes hands \
             between the load and the store, the other thread counts on, and the store then writes an old number over \
             it: all that the other thread added meanwhile is lost. CPython 3.9 can switch before nearly every \
             instruction. Since CPython 3.10 the drop request is looked at only at calls and at the ends of loops, \
             never between these four: there this program loses nothing. That is luck, not a promise of the language.",
    look_at: &[
        "Under 3.9 the timeline shows a new holder of the GIL every 5 ms, and updates are lost at such a switch.",
        "`gilsim demos run data-race --python 3.13` loses nothing: the same switches, but at the end of the loop only.",
        "`gilsim demos run data-race --switch-interval 1ms` switches more often: is more lost, or less?",
        "`gilsim demos run lock` guards the counter.",
    ],
    profile: "3.9",
    repaired_by: Some("lock"),
    ends: &[
        End {
            profiles: &["3.9"],
            status: 0,
            lasts_ms: None,
            stdout: Stdout::Numbers(&[("expected", 1_000_000.0, 1_000_000.0), ("lost", 1.0, 999_998.0)]),
            report: &["Thread-1 (work)", "Thread-2 (work)"],
        },
        End {
            profiles: &["3.13"],
            status: 0,
            lasts_ms: None,
            stdout: Stdout::Lines(&["expected 1000000", "lost 0"]),
            report: &[],
        },
    ],
};

const LOCK: Demo = Demo {
    name: "lock",
    title: "the counter guarded by a lock: nothing is lost, and it takes longer",
    question: "What does a lock cost, and what does it buy?",
    program: program!("lock.py"),
    lesson: "With `with counter_lock:` around the update a thread that finds the lock taken waits, releasing the GIL, \
             until the holder has stored the new value. A switch can still fall between load and store, but the thread \
             that gets the GIL cannot enter: it blocks on the lock, and the GIL goes back. The result is exact under \
             every version of CPython, at the price of two more calls per update.",
    look_at: &[
        "Nothing is lost, under 3.9 and under 3.13.",
        "It does a tenth of the work of `gilsim demos run data-race`: compare the virtual times.",
        "The column `blocked` of the table: how long a thread waited for the lock itself.",
    ],
    profile: "3.9",
    repaired_by: None,
    ends: &[End {
        profiles: ALL,
        status: 0,
        lasts_ms: None,
        stdout: Stdout::Lines(&["expected 100000", "lost 0"]),
        report: &[],
    }],
};

const LOST_UPDATE: Demo = Demo {
    name: "lost-update",
    title: "read, wait, write: three visitors, one is counted",
    question: "The GIL lets one thread run at a time. How can two visitors go missing?",
    program: program!("lost_update.py"),
    lesson: "Each thread reads the number, waits, and writes the number it has read plus one. While one of them waits \
             it does not hold the GIL, and the others read the same old 0. Then all three write 1. Here the switch \
             falls between reading and writing every time, under every version of CPython; in `data-race` it takes bad \
             luck. The mistake is the same: what was read is no longer true when it is used.",
    look_at: &[
        "All three doors sleep at the same time: each has read, none has written.",
        "The result is wrong, and fast: 0.2 s.",
        "`gilsim demos run critical-section` lets one door look at a time.",
    ],
    profile: "3.13",
    repaired_by: Some("critical-section"),
    ends: &[well(200, &["3 came in, 1 counted", "it took 0.2 s"])],
};

const CRITICAL_SECTION: Demo = Demo {
    name: "critical-section",
    title: "read, wait and write under a lock: all three are counted, in turn",
    question: "What has to stand inside `with visitors_lock:`, and what does it cost?",
    program: program!("critical_section.py"),
    lesson: "From reading the old number to writing the new one no other thread may read: this stretch is a critical \
             section, and every thread that enters it takes the same lock first. The result is exact. The price: what \
             stands inside is done by one thread at a time, here three times 0.2 s. So keep critical sections short, \
             and wait outside of them where that is possible.",
    look_at: &[
        "`door-2` and `door-3` are blocked until the lock is theirs, in the order in which they came.",
        "0.6 s now: the threads have become a queue. See `gilsim demos run short-lock` for a way out.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(600, &["3 came in, 3 counted", "it took 0.6 s"])],
};

const LOCK_TWICE: Demo = Demo {
    name: "lock-twice",
    title: "a thread takes its lock a second time, and waits for itself",
    question: "Who could release the lock that the thread `first` waits for?",
    program: program!("lock_twice.py"),
    lesson: "A Lock does not know who holds it; it is free or taken. When `dig` calls itself, the lock is taken, by the \
             same thread, and that thread waits for a release that only it could bring about. It waits for ever, and \
             all others with it. This happens where a method that locks calls another method that locks, too.",
    look_at: &[
        "The report says `first` waits for a lock which it holds itself, since which line.",
        "The status is 3: deadlock.",
        "`gilsim demos run rlock` uses a lock that knows its owner.",
    ],
    profile: "3.13",
    repaired_by: Some("rlock"),
    ends: &[deadlock(
        100,
        &["first is at 1 m"],
        &["finding: deadlock SELF-DEADLOCK first waits for itself", "which it holds itself since line 10"],
    )],
};

const RLOCK: Demo = Demo {
    name: "rlock",
    title: "a reentrant lock lets its owner in again",
    question: "When does the second thread get an RLock that the first one took three times?",
    program: program!("rlock.py"),
    lesson: "An RLock remembers its owner and counts: the owner may take it again, and it is free when it was released \
             as often as it was taken. Other threads wait until then. It makes functions that lock callable from each \
             other; but it also hides that the inner one finds the data in the middle of the outer one's change. Better \
             still are inner functions that leave the locking to their callers.",
    look_at: &[
        "`first` goes down to 3 m and comes back before `second` is let in, at 0.3 s.",
        "Compare with `gilsim demos run lock-twice`: one letter differs.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        400,
        &[
            "first is at 1 m",
            "first is at 2 m",
            "first is at 3 m",
            "first is back at 3 m",
            "first is back at 2 m",
            "first is back at 1 m",
            "second is at 3 m",
            "second is back at 3 m",
        ],
    )],
};

const MIXED_REQUESTS: Demo = Demo {
    name: "mixed-requests",
    title: "a global note of the user names the wrong one",
    question: "Each thread notes its user before it begins. Why does Ben end Anna's request?",
    program: program!("mixed_requests.py"),
    lesson: "All threads of a process share its global objects. Anna's thread notes its user and waits; meanwhile Ben's \
             thread writes its own user to the same place. When Anna's thread goes on, it finds Ben there. A lock does \
             not help: it would have to be held for the whole request. What is needed is a place for each thread.",
    look_at: &[
        "The third line says `[Ben] Anna's request ends`.",
        "The main thread, which never noted a user, has one as well.",
        "`gilsim demos run thread-local` gives each thread notes of its own.",
    ],
    profile: "3.13",
    repaired_by: Some("thread-local"),
    ends: &[well(
        150,
        &[
            "[Anna] Anna's request begins",
            "[Ben] Ben's request begins",
            "[Ben] Anna's request ends",
            "[Ben] Ben's request ends",
            "the main thread has a user: True",
        ],
    )],
};

const THREAD_LOCAL: Demo = Demo {
    name: "thread-local",
    title: "one object, other attributes in each thread",
    question: "How can a function know its user without being told by an argument?",
    program: program!("thread_local.py"),
    lesson: "An object of `threading.local` has attributes as any other, but each thread sees only those that it has \
             set itself. So there is nothing to share and nothing to guard, and `log` finds the right user however it \
             was called. A thread that has set nothing finds nothing: the attribute does not exist there.",
    look_at: &[
        "The third line says `[Anna] Anna's request ends` now.",
        "The main thread has no user.",
        "Compare with `gilsim demos run mixed-requests`: one line differs, and the timeline is the same.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        150,
        &[
            "[Anna] Anna's request begins",
            "[Ben] Ben's request begins",
            "[Anna] Anna's request ends",
            "[Ben] Ben's request ends",
            "the main thread has a user: False",
        ],
    )],
};

const INIT_TWICE: Demo = Demo {
    name: "init-twice",
    title: "three threads make three connections, in spite of a lock",
    question: "The connection is made under a lock. Why is it made three times?",
    program: program!("init_twice.py"),
    lesson: "All three threads look before the first connection exists, and all three go on to the lock. It lets them \
             in one after the other, and each does what it came for: it makes a connection. What a thread saw before \
             it had the lock may no longer be true when it has it; the lock guards the making, but not the decision.",
    look_at: &[
        "`user-2` and `user-3` wait for the lock, and then sleep 0.1 s each: they make another connection.",
        "`gilsim demos run double-checked` looks again under the lock.",
    ],
    profile: "3.13",
    repaired_by: Some("double-checked"),
    ends: &[well(300, &["connections made: 3", "the threads use the same one: False", "it took 0.3 s"])],
};

const DOUBLE_CHECKED: Demo = Demo {
    name: "double-checked",
    title: "look, lock, look again: one connection for all",
    question: "Why look before the lock, if one has to look again anyway?",
    program: program!("double_checked.py"),
    lesson: "The second look, under the lock, makes it right: those who waited find the connection and use it. The \
             first look only makes it fast: once the connection exists, nobody takes the lock any more. It is sound in \
             CPython because an assignment to a global name is seen by others as a whole, before or after. If in \
             doubt, leave out the first look, or make the connection before the threads start.",
    look_at: &[
        "`user-2` and `user-3` wait for the lock until 0.1 s, and are done a moment later.",
        "Compare with `gilsim demos run init-twice`: one line more.",
        "`gilsim demos run half-made` shows how it goes wrong all the same.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(100, &["connections made: 1", "the threads use the same one: True", "it took 0.1 s"])],
};

const HALF_MADE: Demo = Demo {
    name: "half-made",
    title: "a connection is used before it is ready",
    question: "The connection is made once, and looked for twice. What is wrong this time?",
    program: program!("half_made.py"),
    lesson: "The connection gets its global name first and is logged in afterwards. The first look is made without the \
             lock, so another thread finds the name, takes the connection and uses it, while the first is still busy \
             with it. Whatever is visible to others without a lock has to be complete.",
    look_at: &[
        "The thread `second` ends at 0.05 s, with a connection that is logged in at 0.1 s only.",
        "`gilsim demos run made-ready` assigns the name last.",
    ],
    profile: "3.13",
    repaired_by: Some("made-ready"),
    ends: &[well(
        100,
        &["the first thread's connection is logged in: True", "the second thread's connection is logged in: False"],
    )],
};

const MADE_READY: Demo = Demo {
    name: "made-ready",
    title: "a connection gets its name when it is ready",
    question: "Where may the line `connection = new` stand?",
    program: program!("made_ready.py"),
    lesson: "The connection is made and logged in under a local name, which no other thread can see. The assignment to \
             the global name comes last: before it the others find None and wait for the lock, after it they find a \
             connection that is ready.",
    look_at: &[
        "The thread `second` waits from 0.05 s to 0.1 s for the lock, and then looks again.",
        "Compare with `gilsim demos run half-made`: the same lines in another order.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        100,
        &["the first thread's connection is logged in: True", "the second thread's connection is logged in: True"],
    )],
};
