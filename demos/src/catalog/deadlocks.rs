//! Chapter 6: circles of threads that wait for each other, and three ways out.

use super::{deadlock, program, well};
use crate::{Demo, Program};

pub const DEMOS: &[Demo] = &[DEADLOCK, LOCK_ORDER, TIMEOUTS, PHILOSOPHERS, PHILOSOPHERS_ORDERED];

const DEADLOCK: Demo = Demo {
    name: "deadlock",
    title: "two threads, two locks, opposite orders",
    question: "Why does the program stop, although every lock is released by a `with` statement?",
    program: program!("deadlock.py"),
    lesson: "One transfer holds Anna's lock and wants Ben's, the other holds Ben's and wants Anna's. Neither gives up \
             what it has, so neither can get what it wants, and the main thread waits for both. In CPython the program \
             hangs until someone kills it; gilsim notices that no thread can ever run again, says who waits for whom \
             and since which line, and ends with status 3.",
    look_at: &[
        "The report names the circle: who holds which lock, who waits for it, since which line.",
        "The timeline ends when the second of them blocks, a moment after the first: nothing can happen after that.",
        "`gilsim demos run lock-order` takes the locks in the same order everywhere.",
        "`gilsim demos run timeouts` lets a thread give up.",
    ],
    profile: "3.13",
    repaired_by: Some("lock-order"),
    ends: &[deadlock(
        10,
        &["there has locked Anna's account", "back has locked Ben's account"],
        &[
            "finding: deadlock DEADLOCK there and back wait for each other",
            "there waits for `ben.lock`",
            "back waits for `anna.lock`",
            "held by back since line 14",
        ],
    )],
};

const LOCK_ORDER: Demo = Demo {
    name: "lock-order",
    title: "the same transfers with one order of locking",
    question: "Which rule makes a deadlock of this kind impossible?",
    program: program!("lock_order.py"),
    lesson: "Both transfers now lock the two accounts in the order of their owners' names, whatever the direction of \
             the transfer. A circle of threads that wait for each other would need a thread that holds a later lock \
             and wants an earlier one; with one order for all there is none. The second transfer simply waits until \
             the first is done.",
    look_at: &[
        "`back` is blocked once, while `there` holds Anna's lock, and then does its work.",
        "Compare the program with that of `gilsim demos show deadlock`: one line is new.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        20,
        &["there has locked Anna's account", "back has locked Anna's account", "Anna has 120 and Ben has 80"],
    )],
};

const TIMEOUTS: Demo = Demo {
    name: "timeouts",
    title: "who waits too long gives up what it has, and tries again",
    question: "Is it enough to wait for a lock for a limited time?",
    program: program!("timeouts.py"),
    lesson: "`acquire(timeout=...)` says whether the lock was got. If not, the thread must not go on as if it had it, \
             nor release it; it lets go of its first lock and tries again later. That breaks the circle. Both must not \
             do so in step, or they meet again and again: here they have different patience. It costs time and lost \
             work, so it is the way for locks that one cannot put in order.",
    look_at: &[
        "Both are blocked at 0.1 s, each with the lock that the other one wants.",
        "`there` gives up at 0.3 s and lets go of Anna's lock: `back` is done at once.",
        "`gilsim demos run lock-order` needs no luck and no time.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        600,
        &["there gives up, and will try again", "back is done", "there is done", "Anna has 120 and Ben has 80"],
    )],
};

const PHILOSOPHERS: Demo = Demo {
    name: "philosophers",
    title: "five philosophers, each with one fork in hand",
    question: "Each of them needs two forks, and there are five. Who eats?",
    program: program!("philosophers.py"),
    lesson: "All five sit down, take the fork on their left, think for a moment, and then want the fork on their right. \
             That one is in the neighbour's left hand. Each waits for the next, all around the table: the same circle \
             as with two locks, only larger, so that no single line of the program looks wrong. Without the moment of \
             thinking it would go well nearly every time.",
    look_at: &[
        "The report names the circle of five: each waits for a fork that the next one holds.",
        "`gilsim demos run philosophers-ordered` numbers the forks.",
    ],
    profile: "3.13",
    repaired_by: Some("philosophers-ordered"),
    ends: &[deadlock(
        100,
        &[],
        &[
            "Epicurus waits for `forks[0]`",
            "held by Aristotle since line 12",
            "finding: deadlock DEADLOCK Aristotle, Bacon, Confucius, Descartes and Epicurus wait for each other",
        ],
    )],
};

const PHILOSOPHERS_ORDERED: Demo = Demo {
    name: "philosophers-ordered",
    title: "five philosophers, who take the fork with the lower number first",
    question: "Four of them do what they did before. Why is one enough?",
    program: program!("philosophers_ordered.py"),
    lesson: "Only Epicurus changes his habit: his right fork has the lower number, and he takes it first. He waits for \
             it with empty hands, so the fork on his other side is free, his neighbour eats, and then the next. With \
             one order for all forks there is always someone who holds the highest fork that is taken and can get the \
             other one.",
    look_at: &[
        "`Epicurus` is blocked from the start, without a fork; `Descartes` eats first.",
        "They eat one after the other: no deadlock, but not much at the same time either.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        1200,
        &[
            "Descartes has eaten",
            "Confucius has eaten",
            "Bacon has eaten",
            "Aristotle has eaten",
            "Epicurus has eaten",
            "all have eaten",
        ],
    )],
};
