//! Calls of the library that a search does not execute do what they would have done.

use super::origin;
use gilsim_explore::explore::until_nothing_is_learned;
use gilsim_explore::machine::Machine;
use gilsim_explore::search::dpor::{self, Verdict};
use std::collections::BTreeSet;

/// Programs, with what each prints in the end and its exit status, whatever the schedule.
const PROGRAMS: &[(&str, &str, i32)] = &[
    ("import atexit\natexit.register(print, 'bye')\nrun()\n", "bye\n", 0),
    ("threading._register_atexit(print, 'bye')\nrun()\n", "bye\n", 0),
    ("run()\nprint('held back', end='')\n", "held back", 0),
    ("import sys\nrun()\nsys.exit(3)\n", "", 3),
    ("import sys\nrun()\nsys.exit('why')\n", "why\n", 1),
    ("t, u = run()\nt.join()\nu.join(1)\nprint(t.is_alive())\n", "False\n", 0),
    // What the program has put in the place of the library's is called.
    (
        "t, u = run()\nreal = threading.current_thread\ndef asked():\n    print('asked')\n    return real()\n\
         threading.current_thread = asked\nt.join()\n",
        "asked\n",
        0,
    ),
    ("def last():\n    print('last')\nrun()\nthreading._shutdown = last\n", "last\n", 0),
    // Each look of a join can find something else.
    (
        "run()\nt = threading.Thread()\ntry:\n    t.join()\nexcept RuntimeError as e:\n    print(e)\n",
        "cannot join thread before it is started\n",
        0,
    ),
    (
        "run()\ntry:\n    threading.main_thread().join()\nexcept RuntimeError as e:\n    print(e)\n",
        "cannot join current thread\n",
        0,
    ),
    // A thread that ends leaves the library's list, in whatever way that is written.
    ("run()\nprint(threading.active_count(), len(threading.enumerate()))\n", "1 1\n", 0),
    (
        "class Told(dict):\n    def __delitem__(self, key):\n        print('gone')\n        super().__delitem__(key)\n\
         threading._active = Told(threading._active)\nrun()\n",
        "gone\ngone\n",
        0,
    ),
];

const BEGIN: &str = "import threading\nx = 0\ndef work():\n    global x\n    x += 1\ndef run():\n    \
                     ts = [threading.Thread(target=work) for _ in range(2)]\n    for t in ts:\n        t.start()\n    \
                     for t in ts:\n        t.join()\n    return ts\n";

/// What the executions of a program print, and their exit statuses.
fn ends(origin: &Machine) -> BTreeSet<(String, Option<i32>)> {
    until_nothing_is_learned(origin, |machine| {
        let mut ends = BTreeSet::new();
        dpor::explore(machine, 1_000, &mut |machine, _| {
            ends.insert((machine.text(), machine.ending.exit));
            if machine.knowledge.changed { Verdict::Stop } else { Verdict::GoOn }
        });
        ends
    })
}

#[test]
fn programs_end_as_if_all_were_executed() {
    for (text, printed, status) in PROGRAMS {
        let mut origin = origin(&format!("{BEGIN}{text}"));
        let right = BTreeSet::from([((*printed).to_owned(), Some(*status))]);
        assert_eq!(ends(&origin), right, "{text}");
        // With a log, the end of the program is executed.
        origin.keep_log();
        assert_eq!(ends(&origin), right, "{text}, logged");
    }
}
