//! A switch at every instruction changes no output of a program without races.

use crate::machine::{Machine, PROFILES};
use crate::programs::PROGRAMS;
use gilsim_demos::{Demo, demos};
use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::Switching;
use gilsim_scheduler::event::Deaf;
use gilsim_scheduler::outcome::Outcome;
use std::mem::discriminant;

/// Threads that share what they share under locks, through queues, events and conditions.
const WITHOUT_RACES: &str = r#"
import queue, threading
from concurrent.futures import ThreadPoolExecutor

lock, total = threading.Lock(), 0

def add(times):
    global total
    for _ in range(times):
        with lock:
            total += 1

threads = [threading.Thread(target=add, args=(60,)) for _ in range(5)]
for t in threads: t.start()
for t in threads: t.join()

jobs, done = queue.Queue(maxsize=2), queue.Queue()

def serve():
    while (job := jobs.get()) is not None:
        done.put(job * job)

servers = [threading.Thread(target=serve) for _ in range(3)]
for t in servers: t.start()
for job in range(20): jobs.put(job)
for _ in servers: jobs.put(None)
for t in servers: t.join()
squares = sorted(done.get() for _ in range(20))

ready, turn, order = threading.Event(), threading.Condition(), []

def in_turn(me):
    ready.wait()
    with turn:
        turn.wait_for(lambda: len(order) == me)
        order.append(me)
        turn.notify_all()

threads = [threading.Thread(target=in_turn, args=(i,)) for i in range(6)]
for t in threads: t.start()
ready.set()
for t in threads: t.join()

with ThreadPoolExecutor(3) as pool:
    lengths = list(pool.map(len, ["a" * n for n in range(12)]))
# What CPython does in C is never interrupted, though it is Python here.
import itertools, collections
tickets, taken = itertools.count(), collections.deque()

def take():
    for _ in range(40):
        taken.append(next(tickets))

threads = [threading.Thread(target=take) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(total, squares, order, lengths, sorted(taken) == list(range(160)))
"#;

fn output(machine: &Machine) -> (Outcome, String, u64) {
    let mut simulation = machine.simulation();
    let outcome = simulation.run(&mut Faithful, &mut Deaf);
    (outcome, format!("{:?}", simulation.output()), simulation.steps())
}

#[test]
fn a_program_without_races_does_not_notice() {
    for profile in PROFILES {
        let calm = output(&Machine::new(profile, WITHOUT_RACES));
        let eager = Machine::new(profile, WITHOUT_RACES).with(|config| config.switching = Switching::EveryInstruction);
        let eager = output(&eager);
        assert_eq!((&calm.0, &calm.1), (&eager.0, &eager.1));
        assert!(calm.1.contains("300 ") && calm.1.contains("True"), "{}", calm.1);
    }
}

/// Demos whose output tells of a race or of computing time, which a switch at every instruction changes.
const TELLS_OF_SWITCHES: [&str; 3] = ["data-race", "convoy", "cpu-bound"];

/// A program twice, with the switches of the GIL and with one at every instruction: how both ended and what they printed.
fn calm_and_eager(profile: &str, text: &str) -> [(std::mem::Discriminant<Outcome>, String); 2] {
    [Switching::OnRequest, Switching::EveryInstruction].map(|switching| {
        let (outcome, text, _) = output(&Machine::new(profile, text).with(|config| config.switching = switching));
        (discriminant(&outcome), text)
    })
}

#[test]
fn the_programs_of_the_tests_do_not_notice() {
    for profile in ["3.13", "3.10", "3.9", "3.8"] {
        for (name, text) in PROGRAMS {
            let [calm, eager] = calm_and_eager(profile, text);
            assert_eq!(calm, eager, "{name} under {profile}");
        }
    }
}

#[test]
fn the_demos_without_races_do_not_notice() {
    let is_steady = |demo: &&Demo| !TELLS_OF_SWITCHES.contains(&demo.name);
    for demo in demos().filter(is_steady) {
        let [calm, eager] = calm_and_eager("3.13", demo.program.source);
        assert_eq!(calm, eager, "{}", demo.name);
    }
}

#[test]
fn a_lost_update_shows_at_once() {
    const RACE: &str = "
import threading
n = 0
def add():
    global n
    for _ in range(3000):
        n += 1
threads = [threading.Thread(target=add) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print('lost' if n < 6000 else 'kept')
";
    let eager = Machine::new("3.13", RACE).with(|config| config.switching = Switching::EveryInstruction);
    assert!(output(&eager).1.contains("lost"));
    assert!(output(&Machine::new("3.13", RACE)).1.contains("kept"));
}

#[test]
fn stepping_and_running_agree() {
    for (_, text) in PROGRAMS.iter().take(4) {
        for (wake_ns, cores) in [(0, 1), (0, 4), (12_000, 1), (12_000, 4)] {
            let machine = Machine::new("3.13", text).with(|config| {
                config.switching = Switching::EveryInstruction;
                config.latencies.wake_ns = wake_ns;
                config.cores = cores;
            });
            let (mut batched, mut singly) = (machine.simulation(), machine.simulation());
            let outcome = batched.run(&mut Faithful, &mut Deaf);
            let outcome_singly = loop {
                if let Some(outcome) = singly.step(&mut Faithful, &mut Deaf) {
                    break outcome;
                }
            };
            assert_eq!(outcome, outcome_singly);
            assert!(batched == singly);
        }
    }
}
