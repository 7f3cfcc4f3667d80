//! Chapter 5: how work is handed to several threads.

use super::{deadlock, program, well};
use crate::{Demo, Program};

pub const DEMOS: &[Demo] =
    &[ENDLESS_CONSUMER, PRODUCER_CONSUMER, TASK_NOT_DONE, THREAD_POOL, EXECUTOR, POOL_STARVED, TWO_POOLS];

const ENDLESS_CONSUMER: Demo = Demo {
    name: "endless-consumer",
    title: "a consumer waits for an item that never comes",
    question: "All rolls are eaten. Why does the program not end?",
    program: program!("endless_consumer.py"),
    lesson: "`get()` waits until there is something to get. The baker has gone home, but the queue does not know: \
             empty for now and empty for ever look the same. So the customer waits, and the main thread waits for the \
             customer. To ask `empty()` first does not help: at that moment the next roll may be in the oven.",
    look_at: &[
        "The lane `baker` ends at 0.5 s; `customer` gets its last roll at 0.9 s and waits again at 1.1 s.",
        "The report says that `customer` waits in `Queue.get()`, and that nobody is left to wake it.",
        "`gilsim demos run producer-consumer` says when it is over.",
    ],
    profile: "3.13",
    repaired_by: Some("producer-consumer"),
    ends: &[deadlock(
        1100,
        &[
            "roll 1 eaten after 0.3 s",
            "roll 2 eaten after 0.5 s",
            "roll 3 eaten after 0.7 s",
            "roll 4 eaten after 0.9 s",
            "roll 5 eaten after 1.1 s",
        ],
        &[
            "customer waits in Queue.get() since line 18",
            "finding: deadlock DEADLOCK MainThread and customer wait for something that cannot happen",
        ],
    )],
};

const PRODUCER_CONSUMER: Demo = Demo {
    name: "producer-consumer",
    title: "a queue between producer and consumer, with an end",
    question: "The baker is twice as fast as the customer. Who waits, and where are the rolls?",
    program: program!("producer_consumer.py"),
    lesson: "A Queue takes items from one thread and gives them to another, with all the locking inside. The end is an \
             item as well, here None: when it comes, the customer stops. With several consumers each needs one. A \
             queue with a `maxsize` makes a fast producer wait; without one the items pile up in memory.",
    look_at: &[
        "`customer` is blocked at first, until the first roll is there, and never again.",
        "`baker` bakes until 0.5 s and is then blocked in `put()`: the counter is full.",
        "Compare with `gilsim demos run endless-consumer`.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        1100,
        &[
            "roll 1 eaten after 0.3 s",
            "roll 2 eaten after 0.5 s",
            "roll 3 eaten after 0.7 s",
            "roll 4 eaten after 0.9 s",
            "roll 5 eaten after 1.1 s",
            "all rolls are eaten",
        ],
    )],
};

const TASK_NOT_DONE: Demo = Demo {
    name: "task-not-done",
    title: "an order that is not checked off keeps join() waiting",
    question: "Every order was handled. What is tasks.join() still waiting for?",
    program: program!("task_not_done.py"),
    lesson: "`tasks.join()` does not wait for the queue to be empty, nor for the workers; it waits until `task_done()` \
             was called as often as `put()`. On one way through the loop the call is left out, and an exception would \
             leave it out as well (and end the worker). Then one is missing for ever.",
    look_at: &[
        "All orders are done after 0.6 s, and the last line is not printed.",
        "The report: the main thread waits in `Queue.join()`, the workers in `Queue.get()`.",
        "`gilsim demos run thread-pool` checks off each order, whatever becomes of it.",
    ],
    profile: "3.13",
    repaired_by: Some("thread-pool"),
    ends: &[deadlock(
        600,
        &[
            "order 1 done after 0.1 s",
            "a faulty order is skipped",
            "order 2 done after 0.2 s",
            "order 3 done after 0.4 s",
            "order 4 done after 0.6 s",
        ],
        &[
            "MainThread waits in Queue.join() since line 25",
            "worker-1 waits in Queue.get() since line 12",
            "finding: deadlock DEADLOCK MainThread, worker-1 and worker-2 wait for something that cannot happen",
        ],
    )],
};

const THREAD_POOL: Demo = Demo {
    name: "thread-pool",
    title: "a thread pool by hand: two workers and a queue of orders",
    question: "Who decides which worker handles which order?",
    program: program!("thread_pool.py"),
    lesson: "To start a thread for each order costs more than the order may be worth, and a thousand at once help \
             nobody. A pool starts a few workers, and each takes the next order when it is free: a long one does not \
             hold up the rest. `task_done()` in a `finally` is reached on every way. The workers are daemons, so the \
             program may end while they wait for more.",
    look_at: &[
        "`worker-1` handles the orders 1 and 3 (and the faulty one), `worker-2` the orders 2 and 4.",
        "0.1 + 0.2 + 0.3 + 0.4 s of work are done after 0.6 s.",
        "`gilsim demos run executor` has all this ready-made.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        600,
        &[
            "order 1 done after 0.1 s",
            "a faulty order is skipped",
            "order 2 done after 0.2 s",
            "order 3 done after 0.4 s",
            "order 4 done after 0.6 s",
            "all orders are done",
        ],
    )],
};

const EXECUTOR: Demo = Demo {
    name: "executor",
    title: "ThreadPoolExecutor: the ready-made pool, its results and its errors",
    question: "What comes back from a pool, and when?",
    program: program!("executor.py"),
    lesson: "`submit()` hands over a call and gives a Future at once, a promise of its result. `result()` waits for it. \
             `map()` gives the results in the order of the orders, so a slow first one holds up the rest; \
             `as_completed()` gives each as it comes. An exception is kept in the future and raised where the result is \
             asked for; who never asks never hears of it. The `with` block waits for all.",
    look_at: &[
        "With `map()` all three lines come at 0.5 s, although two dishes were ready before.",
        "With `as_completed()` the dish of 1 minute comes first, the first order last.",
        "Two lanes `cook_0` and `cook_1` do the work of both rounds.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        1000,
        &[
            "map: in the order of the orders",
            "  0.5 s: dish of 5 minutes",
            "  0.5 s: dish of 1 minutes",
            "  0.5 s: dish of 2 minutes",
            "as_completed: in the order of their ends",
            "  0.6 s: dish of 1 minutes",
            "  0.8 s: dish of 2 minutes",
            "  1.0 s: dish of 5 minutes",
            "error in the thread: ValueError('cannot cook back in time')",
        ],
    )],
};

const POOL_STARVED: Demo = Demo {
    name: "pool-starved",
    title: "all workers of a pool wait for tasks that no worker is left for",
    question: "Two cooks, two menus, four tasks. Why is nothing served?",
    program: program!("pool_starved.py"),
    lesson: "Each menu occupies a cook, and waits for a side dish that is a task of the same pool. Both cooks wait, and \
             the side dishes wait for a cook. With three cooks it works, until there are three menus: the mistake \
             shows under load. A task of a pool should not wait for another task of the same pool.",
    look_at: &[
        "Both lanes end blocked at 0.1 s; the main thread waits for the first menu.",
        "The report: both cooks wait in `Future.result()`.",
        "`gilsim demos run two-pools` gives the side dishes a cook of their own.",
    ],
    profile: "3.13",
    repaired_by: Some("two-pools"),
    ends: &[deadlock(
        100,
        &["fish is ready and waits for the rice", "steak is ready and waits for the salad"],
        &[
            "cook_0 waits in Future.result() since line 14",
            "cook_1 waits in Future.result() since line 14",
            "finding: deadlock DEADLOCK MainThread, cook_0 and cook_1 wait for something that cannot happen",
        ],
    )],
};

const TWO_POOLS: Demo = Demo {
    name: "two-pools",
    title: "a pool for tasks that wait, another for those they wait for",
    question: "Which task waits for which pool now?",
    program: program!("two_pools.py"),
    lesson: "The side dishes have a pool of their own, and its tasks wait for nobody. So each of them is done some day, \
             and then the menus go on. In general: let pools wait for each other in one direction only, as with the \
             order of locks.",
    look_at: &[
        "`helper_0` makes the rice and then the salad; both cooks are blocked meanwhile.",
        "Compare with `gilsim demos run pool-starved`: one line differs.",
    ],
    profile: "3.13",
    repaired_by: None,
    ends: &[well(
        300,
        &[
            "fish is ready and waits for the rice",
            "steak is ready and waits for the salad",
            "fish with rice",
            "steak with salad",
        ],
    )],
};
