//! Generated programs: the other searches find what plain enumeration finds.
//!
//! Each program has two or three threads that do a few things with shared attributes, items, locks, a condition, an event
//! and a semaphore. Enumeration takes every schedule and counts the classes among them. The reduction must make exactly
//! one execution of each class, give up none, and see the same ends, by one worker and by several. The search by states
//! must see the same ends, and the one by sleep sets the same ends and number of executions. All of these take steps at
//! places that are known to be shared; so the ends are also compared with those of the finest steps, which depend on
//! nothing that was learned. In every third program timeouts fire in the order of time. Programs with too many schedules
//! are left out.
//! `GILSIM_CASES` sets the number of programs.

use super::origin;
use gilsim_explore::explore::{failure_of, until_nothing_is_learned};
use gilsim_explore::machine::Machine;
use gilsim_explore::machine::knowledge::Knowledge;
use gilsim_explore::machine::timeouts::Timeouts;
use gilsim_explore::search::dpor::{self, Counts, Verdict};
use gilsim_explore::search::history::History;
use gilsim_explore::search::parallel::{self, Pace};
use gilsim_explore::search::tree::Tree;
use gilsim_explore::search::{enumerate, sleep, stateful};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::collections::BTreeSet;

const SCHEDULES_MAX: u64 = 1_500;
const STEPS_MAX: usize = 400;
const FINEST_STATES_MAX: u32 = 1_000;

const BEGIN: &str = "import threading, time
class S:
    x = y = 0
s = S()
s.x = s.y = 0
d, xs = {0: 0, 1: 0}, [0, 0]
a, b, r = threading.Lock(), threading.Lock(), threading.RLock()
cond, event, sem = threading.Condition(threading.Lock()), threading.Event(), threading.Semaphore(1)
";

/// What a thread can do; `{n}` is a small number.
const DEEDS: &[&str] = &[
    "s.x = {n}",
    "s.x += {n}",
    "s.y = s.x + {n}",
    "if s.x == {n}: s.y = {n}",
    "d[{n}] = s.x",
    "s.y = d.get({n})",
    "d[2 + {n}] = {n}",
    "if {n} in d: s.x = 1",
    "xs[{n}] = s.y",
    "s.x = xs[{n}]",
    "xs.append({n})",
    "s.y = len(xs)",
    "with a: s.x += 1",
    "with b: s.y += 1",
    "with a:\n        with b: s.x = {n}",
    "with b:\n        with a: s.y = {n}",
    "with r:\n        with r: s.x = {n}",
    "if a.acquire(False):\n        s.x = {n}; a.release()",
    "with cond:\n        s.x = {n}; cond.notify()",
    "with cond:\n        while s.x != {n}: cond.wait()",
    "with cond:\n        if s.x == 0: cond.wait(1)",
    "event.set()",
    "event.wait()",
    "if event.is_set(): s.y = {n}",
    "event.clear()",
    "with sem: s.x = {n}",
    "sem.release()",
    "sem.acquire()",
    "time.sleep(0.{n})",
    "time.sleep(0.2)",
    "if a.acquire(timeout=0.1):\n        s.x = {n}; a.release()",
    "with b: time.sleep(0.2)",
    "s.x = int(event.wait(0.1))",
    "if sem.acquire(timeout=0.2): s.x += 1",
    "with cond:\n        s.y = int(cond.wait(0.1))",
];

fn program(seed: u64) -> String {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut below = |n: u32| random.next_u32() % n;
    let threads = 2 + below(2);
    let mut text = BEGIN.to_owned();
    for thread in 0..threads {
        text.push_str(&format!("def t{thread}():\n"));
        for _ in 0..1 + below(if threads == 2 { 3 } else { 2 }) {
            let deed = DEEDS[below(DEEDS.len() as u32) as usize].replace("{n}", &below(2).to_string());
            text.push_str(&format!("    {deed}\n"));
        }
    }
    let names: Vec<String> = (0..threads).map(|thread| format!("t{thread}")).collect();
    text.push_str(&format!("ts = [threading.Thread(target=t) for t in ({},)]\n", names.join(", ")));
    text.push_str("for t in ts: t.start()\n");
    if below(4) == 0 {
        text.push_str(["s.y = s.x\n", "time.sleep(0.2)\ns.y = s.x\n", "xs[0] = len(d)\n"][below(3) as usize]);
    }
    // The end of the program waits for those that it does not join.
    text.push_str(if below(5) == 0 { "ts[0].join()\ns.x = s.y\n" } else { "for t in ts: t.join()\n" });
    text
}

/// The way an execution ended and what it left behind.
fn end(machine: &Machine) -> String {
    let values = ["s", "d", "xs"].map(|name| match machine.global(name) {
        Some(gilsim_vm::value::Value::Obj(id)) => match machine.vm().heap.get(id) {
            gilsim_vm::object::Object::Instance(instance) => format!("{:?}", instance.attrs.slots),
            gilsim_vm::object::Object::List(items) => format!("{items:?}"),
            other => format!("{:?}", other.owned_bytes()),
        },
        _ => String::new(),
    });
    format!("{:?} {values:?}", failure_of(machine))
}

#[derive(Clone, Debug, PartialEq)]
struct Found {
    ends: BTreeSet<String>,
    classes: BTreeSet<u64>,
}

type Search = fn(&mut Machine, usize, &mut dyn FnMut(&Machine, &History) -> Verdict) -> (bool, Counts);

/// What a search finds, in the last of its rounds; `None` when there are too many executions.
fn found(start: &Machine, search: Search) -> Option<(Found, Counts)> {
    until_nothing_is_learned(start, |machine| {
        let (mut ends, mut classes, mut executions) = (BTreeSet::new(), BTreeSet::new(), 0);
        let (finished, counts) = search(machine, STEPS_MAX, &mut |machine, history| {
            executions += 1;
            ends.insert(end(machine));
            classes.insert(history.class());
            let go_on = !machine.knowledge.changed && executions <= SCHEDULES_MAX && machine.ending.cut.is_none();
            if go_on { Verdict::GoOn } else { Verdict::Stop }
        });
        finished.then_some((Found { ends, classes }, counts))
    })
}

/// What several workers find.
fn by_workers(start: &Machine, workers: usize) -> (Found, Counts) {
    until_nothing_is_learned(start, |machine| {
        let visit = |found: &mut Found, machine: &Machine, history: &History| {
            found.ends.insert(end(machine));
            found.classes.insert(history.class());
            go_on(machine)
        };
        let empty = || Found { ends: BTreeSet::new(), classes: BTreeSet::new() };
        let visitors = std::iter::repeat_with(empty).take(workers).collect();
        let (done, _) =
            parallel::resume(machine, STEPS_MAX, Tree::of_frames(&[]), visitors, visit, &mut |_| Pace::Idle);
        let (mut all, mut sum) = (empty(), Counts::default());
        for (counts, found, worker) in done {
            sum = sum.and(counts);
            all.ends.extend(found.ends);
            all.classes.extend(found.classes);
            machine.knowledge.join(&worker.knowledge);
        }
        (all, sum)
    })
}

/// The verdict of a visitor that wants all executions.
fn go_on(machine: &Machine) -> Verdict {
    if machine.knowledge.changed { Verdict::Stop } else { Verdict::GoOn }
}

/// The ends found by sleep sets, and the number of complete executions.
fn asleep(start: &Machine) -> (BTreeSet<String>, u64) {
    until_nothing_is_learned(start, |machine| {
        let mut ends = BTreeSet::new();
        let (_, counts) = sleep::explore(machine, STEPS_MAX, &mut |machine, schedule, _| {
            ends.extend(schedule.map(|_| end(machine)));
            go_on(machine)
        });
        (ends, counts.executions)
    })
}

/// The ends found by going through the states.
fn by_states(start: &Machine) -> BTreeSet<String> {
    until_nothing_is_learned(start, |machine| {
        let mut ends = BTreeSet::new();
        let (finished, _) = stateful::explore(machine, STEPS_MAX, &mut |machine, _| {
            if machine.enabled().next().is_none() {
                ends.insert(end(machine));
            }
            go_on(machine)
        });
        assert!(finished || machine.knowledge.changed, "nobody stops it");
        ends
    })
}

/// The ends found with the finest steps, unless there are too many states.
fn finest(start: &Machine) -> Option<BTreeSet<String>> {
    let mut machine = start.clone();
    machine.knowledge = Knowledge::of_everything();
    machine.begin();
    let mut ends = BTreeSet::new();
    let (finished, _) = stateful::explore(&mut machine, STEPS_MAX * 10, &mut |machine, state| {
        if machine.enabled().next().is_none() {
            ends.insert(end(machine));
        }
        if state < FINEST_STATES_MAX { Verdict::GoOn } else { Verdict::Stop }
    });
    finished.then_some(ends)
}

#[test]
fn the_reduction_finds_every_class_once_and_every_end() {
    #[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
    let cases = std::env::var("GILSIM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(100);
    let (mut compared, mut with_finest) = (0, 0);
    for seed in 0..cases {
        let text = program(seed);
        let mut start = origin(&text);
        start.set_timeouts(if seed % 3 == 2 { Timeouts::Virtual } else { Timeouts::Free });
        let Some((all, _)) = found(&start, enumerate::enumerate) else { continue };
        let Some((reduced, counts)) = found(&start, dpor::explore) else {
            panic!("seed {seed}: more executions than schedules\n{text}")
        };
        assert_eq!(reduced.ends, all.ends, "seed {seed}\n{text}");
        assert_eq!(counts.executions, all.classes.len() as u64, "seed {seed}\n{text}");
        assert_eq!(reduced.classes, all.classes, "seed {seed}\n{text}");
        assert_eq!(counts.blocked, 0, "seed {seed}\n{text}");
        assert_eq!(by_states(&start), all.ends, "seed {seed}, by states\n{text}");
        for workers in [2, 4] {
            assert_eq!(
                by_workers(&start, workers),
                (reduced.clone(), counts),
                "seed {seed}, {workers} workers\n{text}"
            );
        }
        let (ends, executions) = asleep(&start);
        assert_eq!((&ends, executions), (&all.ends, all.classes.len() as u64), "seed {seed}, by sleep sets\n{text}");
        if let Some(finest) = finest(&start) {
            assert_eq!(all.ends, finest, "seed {seed}, with the finest steps\n{text}");
            with_finest += 1;
        }
        compared += 1;
    }
    println!("{compared} of {cases} programs compared, {with_finest} also with the finest steps");
    assert!(with_finest * 4 > cases, "many programs are small enough for that: {with_finest} of {cases}");
    assert!(compared * 2 > cases, "most programs are small enough: {compared} of {cases}");
}
