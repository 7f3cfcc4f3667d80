//! Chapter 4: threads that tell each other when to go on.

use super::{deadlock, program, well};
use crate::{Demo, Program};

pub const DEMOS: &[Demo] = &[SLEEP_SYNC, EVENT, TRAFFIC_LIGHT, MISSED_NOTIFY, WAIT_FOR, CONDITION, BARRIER, SEMAPHORE];

const SLEEP_SYNC: Demo = Demo {
    name: "sleep-sync",
    title: "sleeping is not synchronising: the pause was too short today",
    question: "How long does a thread have to sleep to be sure that another one is done?",
    program: program!("sleep_sync.py"),
    lesson: "A pause says how long to wait, not what for. It was long enough when the program was written; today the \
             network is slower, and the seller is too early. A longer pause makes the mistake rarer and every good day \
             slower. No length is right, because the two threads do not know of each other.",
    look_at: &[
        "`seller` ends its pause at 0.4 s, `loader` loads until 0.5 s: tea costs None.",
        "`gilsim demos run event` waits for the prices, not for a time.",
    ],
    profile: "3.13",
    repaired_by: Some("event"),
    ends: &[well(500, &["after 0.4 s tea costs None"])],
};

const EVENT: Demo = Demo {
    name: "event",
    title: "an event says that something has happened",
    question: "What does a thread wait for in `loaded.wait()`?",
    program: program!("event.py"),
    lesson: "An Event is a flag that threads can wait for. `set()` raises it, wakes all who wait, and it stays up: who \
             asks later does not wait at all. The seller goes on as soon as the prices are there, whether that takes \
             0.3 s or 5 s, and it does not use the GIL while it waits.",
    look_at: &[
        "`seller` is blocked until `loader` has set the event, and goes on in the same moment.",
        "Compare with `gilsim demos run sleep-sync`: change the 0.5 s there and here.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(500, &["after 0.5 s tea costs 3"])],
};

const TRAFFIC_LIGHT: Demo = Demo {
    name: "traffic-light",
    title: "an event is set and cleared: all who wait pass at once",
    question: "Which cars have to wait, and which of them pass together?",
    program: program!("traffic_light.py"),
    lesson: "`set()` lets all waiting cars go at once, and those that come while it is green do not stop. `clear()` \
             makes it red again, for those that come later; it holds up nobody who has passed. The order in which the \
             waiting cars go on is not promised.",
    look_at: &[
        "Cars 1, 2 and 3 come at different times and pass together at 0.5 s.",
        "Car 4 comes while it is green: its lane has no blocked part.",
        "Car 5 comes after `clear()` and waits for the second green.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        1500,
        &[
            "car 1 arrives at 0.0 s and passes at 0.5 s",
            "car 2 arrives at 0.1 s and passes at 0.5 s",
            "car 3 arrives at 0.3 s and passes at 0.5 s",
            "car 4 arrives at 0.7 s and passes at 0.7 s",
            "car 5 arrives at 1.2 s and passes at 1.5 s",
        ],
    )],
};

const MISSED_NOTIFY: Demo = Demo {
    name: "missed-notify",
    title: "who waits after the call has come waits for ever",
    question: "The cook calls once. Who hears it?",
    program: program!("missed_notify.py"),
    lesson: "`notify_all()` wakes those who wait at that moment; nothing remembers it. The late waiter begins to wait \
             when the call is over, and no other will come. A condition is not a message, only a wake-up: the thing \
             that one waits for has to be written down elsewhere, and looked at before waiting.",
    look_at: &[
        "`early` waits from 0.1 s on and is woken at 0.2 s; `late` begins to wait at 0.3 s.",
        "The report says where `late` waits, and that nobody is left to wake it.",
        "`gilsim demos run wait-for` looks before it waits.",
    ],
    profile: "3.13",
    repaired_by: Some("wait-for"),
    ends: &[deadlock(
        300,
        &["the soup is ready!", "early serves after 0.2 s"],
        &[
            "late waits in Condition.wait() since line 12",
            "finding: deadlock DEADLOCK MainThread and late wait for something that cannot happen",
        ],
    )],
};

const WAIT_FOR: Demo = Demo {
    name: "wait-for",
    title: "a condition with a state: nobody comes too late",
    question: "What does the late waiter look at before it waits?",
    program: program!("wait_for.py"),
    lesson: "The soup on the table is the state, `soup_ready`; the call only says that the state has changed. \
             `wait_for()` looks at the state first, under the lock, and waits only if it is not as wanted; after each \
             call it looks again. The same by hand: `while not soup_ready: kitchen.wait()`. With `if` in place of \
             `while` a waiter could go on although another one has eaten the soup meanwhile.",
    look_at: &[
        "`late` comes at 0.3 s and is never blocked: it finds the soup.",
        "Compare with `gilsim demos run missed-notify`: the state is new.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(300, &["the soup is ready!", "early serves after 0.2 s", "late serves after 0.3 s"])],
};

const CONDITION: Demo = Demo {
    name: "condition",
    title: "a condition wakes one or all, and they go on one after the other",
    question: "Both threads are woken at the same time. Why does one go on 0.2 s later?",
    program: program!("condition.py"),
    lesson: "There are two queues. In the first a thread waits to be notified; `wait()` has given back the lock for \
             that. Once notified, it needs the lock again and stands in the second queue: behind the notifier, who \
             still holds it, and behind the others that were woken. So threads woken by a condition go on in turn, \
             other than those woken by an event. `notify()` wakes one. A timeout ends the first queue only: even then \
             the lock comes first.",
    look_at: &[
        "Notified after 0.1 s, but the notifier keeps the lock until 0.5 s; the second thread goes on at 0.7 s.",
        "In the second round one is woken, the other gives up after 1 s.",
        "In the third round both have waited long enough after 1 s, and one gets the lock at 1.2 s.",
        "`gilsim demos run traffic-light` for comparison: there all go on at once.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        3500,
        &[
            "notify_all after 0.1 s",
            "  woken after 0.5 s",
            "  woken after 0.7 s",
            "notify after 0.1 s",
            "  woken after 0.5 s",
            "  time is up after 1.0 s",
            "neither after 0.1 s",
            "  time is up after 1.0 s",
            "  time is up after 1.2 s",
        ],
    )],
};

const BARRIER: Demo = Demo {
    name: "barrier",
    title: "players wait until their team is complete",
    question: "Three make a team. What becomes of the seventh player?",
    program: program!("barrier.py"),
    lesson: "A Barrier for three holds each thread until the third has come; then one of them calls the action, and all \
             go on together. After that it stands again, for the next three. With a timeout a thread that has waited \
             too long breaks the barrier: it and all who wait there get BrokenBarrierError, and so do those who come \
             later, until somebody calls `reset()`. Without a timeout the seventh player would wait for ever.",
    look_at: &[
        "The lanes of a team are blocked for different times, and end together.",
        "Player 7 is blocked for one second and goes home at 2.4 s.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        2400,
        &[
            "0.2 s: player 1 arrives",
            "0.4 s: player 2 arrives",
            "0.6 s: player 3 arrives",
            "0.6 s: a team is complete, all start",
            "0.8 s: player 4 arrives",
            "1.0 s: player 5 arrives",
            "1.2 s: player 6 arrives",
            "1.2 s: a team is complete, all start",
            "1.4 s: player 7 arrives",
            "2.4 s: player 7 has waited 1.0 s and goes home",
        ],
    )],
};

const SEMAPHORE: Demo = Demo {
    name: "semaphore",
    title: "three places for eight visitors",
    question: "How does one let in no more than three threads at a time?",
    program: program!("semaphore.py"),
    lesson: "A Semaphore is a number of free places. `acquire()` takes one, or waits while there is none; `release()` \
             gives one back. A lock is a semaphore of one. A plain Semaphore believes every release and would have four \
             places after one too many; a BoundedSemaphore knows how many there were and raises ValueError. Use it for \
             connections, downloads, or whatever the other side can bear only so many of.",
    look_at: &[
        "After they have come, never more than three lanes sleep, that is, visit, at the same time.",
        "From visitor 4 on each enters when another one leaves.",
        "The last line is the error of the release that nobody was entitled to.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        1500,
        &[
            "0.05 s: visitor 1 enters, 1 inside",
            "0.10 s: visitor 2 enters, 2 inside",
            "0.15 s: visitor 3 enters, 3 inside",
            "0.55 s: visitor 4 enters, 3 inside",
            "0.85 s: visitor 5 enters, 3 inside",
            "1.00 s: visitor 6 enters, 3 inside",
            "1.15 s: visitor 7 enters, 3 inside",
            "1.30 s: visitor 8 enters, 3 inside",
            "one release too many: Semaphore released too many times",
        ],
    )],
};
