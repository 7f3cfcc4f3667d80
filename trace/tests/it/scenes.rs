//! Scripted runs for pictures.

use crate::world::{Act, World};

const MS: u64 = 1_000_000;

fn spawn(name: &str, script: Vec<Act>) -> Act {
    Act::Spawn(name.into(), script)
}

fn world(main: Vec<Act>) -> World {
    let mut world = World::new(main, 5 * MS, 12_000);
    world.run();
    world
}

/// Two threads that only compute.
pub fn two_busy_threads() -> World {
    let work = || vec![Act::Run(20 * MS)];
    world(vec![spawn("Thread-1 (count)", work()), spawn("Thread-2 (count)", work()), Act::JoinAll])
}

/// A thread that answers requests beside one that computes.
pub fn convoy() -> World {
    let busy = vec![Act::Run(60 * MS)];
    let answers = (0..10).flat_map(|_| [Act::Io(300_000), Act::Run(50_000)]).collect();
    world(vec![spawn("cpu", busy), spawn("io", answers), Act::JoinAll])
}

/// Two threads that take two locks in opposite order.
pub fn deadlock() -> World {
    let one = vec![Act::Lock(0), Act::Sleep(10 * MS), Act::Lock(1), Act::Unlock(1), Act::Unlock(0)];
    let two = vec![Act::Lock(1), Act::Sleep(10 * MS), Act::Lock(0), Act::Unlock(0), Act::Unlock(1)];
    world(vec![spawn("Thread-1 (transfer)", one), spawn("Thread-2 (transfer)", two), Act::JoinAll])
}

/// Twenty threads of all sorts.
pub fn twenty_threads() -> World {
    let mut main: Vec<Act> = (0..20)
        .map(|number: u64| {
            let script = match number % 4 {
                0 => vec![Act::Run(8 * MS), Act::Sleep(10 * MS), Act::Run(4 * MS)],
                1 => vec![Act::Lock(0), Act::Run(3 * MS), Act::Unlock(0), Act::Io(20 * MS), Act::Run(MS)],
                2 => vec![Act::Run(2 * MS), Act::Native(30 * MS), Act::Run(2 * MS)],
                _ => vec![Act::Sleep(60 * MS), Act::Run(6 * MS)],
            };
            spawn(&format!("worker-{number}"), script)
        })
        .collect();
    main.push(Act::JoinAll);
    world(main)
}

/// Threads that wait for the network, side by side.
pub fn overlapping_waits() -> World {
    let fetch = |wait| vec![Act::Run(200_000), Act::Sleep(wait * MS), Act::Run(300_000)];
    let mut main: Vec<Act> = (1..=4).map(|n| spawn(&format!("Thread-{n} (fetch)"), fetch(700 + 100 * n))).collect();
    main.push(Act::JoinAll);
    world(main)
}

/// Two threads over many switch intervals.
pub fn long_run() -> World {
    let work = || vec![Act::Run(2_000 * MS)];
    let tail = vec![Act::Run(1500 * MS)];
    let mut main = vec![spawn("Thread-1 (count)", work()), spawn("Thread-2 (count)", work()), Act::JoinAll];
    main.extend(tail);
    world(main)
}

/// One thread only.
pub fn single_thread() -> World {
    world(vec![Act::Run(3 * MS), Act::Print("done\n".into()), Act::Sleep(MS), Act::Run(MS)])
}

/// Names that take two columns per character, and a wide cast of states.
pub fn wide_names() -> World {
    let work = || vec![Act::Run(9 * MS), Act::Native(4 * MS), Act::Lock(0), Act::Run(2 * MS), Act::Unlock(0)];
    world(vec![spawn("漢字の名前のとても長いスレッド", work()), spawn("a\u{1b}[31mb", work()), Act::JoinAll])
}

/// A name and what makes the run.
type Scene = (&'static str, fn() -> World);

/// All scenes by name.
pub const SCENES: [Scene; 8] = [
    ("two-busy-threads", two_busy_threads),
    ("convoy", convoy),
    ("deadlock", deadlock),
    ("twenty-threads", twenty_threads),
    ("overlapping-waits", overlapping_waits),
    ("long-run", long_run),
    ("single-thread", single_thread),
    ("wide-names", wide_names),
];
