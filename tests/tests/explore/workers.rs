//! Several workers: the same report as one makes.

use super::origin;
use gilsim_explore::checkpoint::Checkpoint;
use gilsim_explore::explore::{Options, explore, explore_stopping, until_nothing_is_learned};
use gilsim_explore::machine::Machine;
use gilsim_explore::report::Report;
use gilsim_explore::search::dpor::{self, Counts, Covered, Verdict};
use gilsim_explore::search::history::History;
use gilsim_explore::search::parallel::{self, Pace};
use gilsim_explore::search::tree::Tree;
use gilsim_vm::value::Value;
use std::collections::BTreeMap;

/// Two threads that each add to a counter four times: some thousand classes. `seen` is what the second one has read.
const COUNTER: &str = "import threading
class S: x = 0
seen = 0
def add(me):
    global seen
    for i in range(4):
        x = S.x
        if me: seen = seen * 10 + x
        S.x = x + 1
ts = [threading.Thread(target=add, args=(me,)) for me in range(2)]
for t in ts: t.start()
for t in ts: t.join()
";

/// After so many executions of one worker the others have been called, and random ones are made beside.
const ALONE: u64 = 2_000;

fn report(end: &str, jobs: usize, after_failure: u64) -> Report {
    let options = Options { jobs, after_failure, ..Options::default() };
    explore(&origin(&format!("{COUNTER}{end}")), &options, &mut |_| true)
}

/// A value of `seen` that the reduction meets late.
fn met_late() -> i64 {
    let first_met = until_nothing_is_learned(&origin(COUNTER), |machine| {
        let (mut first_met, mut executions) = (BTreeMap::new(), 0);
        dpor::explore(machine, 1_000, &mut |end, _| {
            executions += 1;
            let Some(Value::Int(seen)) = end.global("seen") else { panic!("it is a number") };
            first_met.entry(seen).or_insert(executions);
            if end.knowledge.changed { Verdict::Stop } else { Verdict::GoOn }
        });
        first_met
    });
    let latest = first_met.iter().max_by_key(|(_, execution)| **execution).expect("there are executions");
    assert!(*latest.1 > ALONE, "some class is met late");
    *latest.0
}

#[test]
fn the_report_is_the_same_for_every_number_of_workers() {
    let late = format!("assert seen != {}", met_late());
    for (end, after_failure) in [("", 1_000), ("assert S.x == 8", u64::MAX), (&*late, 1_000), (&*late, u64::MAX)] {
        let alone = report(end, 1, after_failure);
        assert!(alone.counts.executions > ALONE, "{end}: {:?}", alone.counts);
        for jobs in [2, 3] {
            assert_eq!(report(end, jobs, after_failure), alone, "{end:?} with {jobs} workers");
        }
    }
}

/// The report of a search that is stopped again and again, each time after so many executions more, and goes on from its
/// checkpoint with these numbers of workers in turn; and how often it was stopped.
fn report_in_parts(end: &str, jobs: &[usize], after_failure: u64) -> (Report, u64) {
    let origin = origin(&format!("{COUNTER}{end}"));
    let (mut from, mut stops): (Option<Checkpoint>, u64) = (None, 0);
    for jobs in jobs.iter().cycle() {
        let options = Options { jobs: *jobs, after_failure, ..Options::default() };
        let enough = (stops + 1) * PART;
        let mut go_on = |covered: &Covered| covered.counts.executions < enough;
        let (report, kept) = explore_stopping(&origin, &options, from.as_ref(), &mut go_on);
        let Some(kept) = kept else { return (report, stops) };
        assert!(report.counts.executions >= enough, "{:?}", report.counts);
        let kept = serde_json::to_string(&kept).expect("it is data");
        from = Some(serde_json::from_str(&kept).expect("it is a checkpoint"));
        stops += 1;
    }
    unreachable!("there are numbers of workers")
}

/// Executions between two stops.
const PART: u64 = 1_000;

#[test]
fn stopped_workers_lose_nothing() {
    for (end, after_failure) in [("", 1_000), ("assert S.x == 8", u64::MAX)] {
        let whole = report(end, 1, after_failure);
        for jobs in [&[2][..], &[3, 1, 2], &[1, 2]] {
            let (in_parts, stops) = report_in_parts(end, jobs, after_failure);
            assert_eq!(in_parts, whole, "{end:?} with {jobs:?} workers");
            let fewest = whole.counts.executions / PART / 2;
            assert!(stops >= fewest, "each part went on from the last: {stops} stops");
        }
    }
}

/// One thread looks for the last zero while seven others fill: (7 + 3) * 2^(7 - 2) classes. Here something sleeps at inner
/// states of plans when a worker is there already and another still plans to pass through.
const LAST_ZERO: &str = "import threading
a = [0] * 8
def look():
    at = 7
    while a[at] != 0:
        at -= 1
def fill(at):
    a[at] = a[at - 1] + 1
ts = [threading.Thread(target=look)]
ts += [threading.Thread(target=fill, args=(at,)) for at in range(1, 8)]
for t in ts: t.start()
for t in ts: t.join()
";

#[test]
fn a_plan_that_comes_late_still_reaches_the_inner_states_of_others() {
    let (start, alone) = until_nothing_is_learned(&origin(LAST_ZERO), |machine| {
        let start = machine.clone();
        let go_on = |machine: &Machine| if machine.knowledge.changed { Verdict::Stop } else { Verdict::GoOn };
        (start, dpor::explore(machine, 1_000, &mut |machine, _| go_on(machine)).1)
    });
    assert_eq!((alone.executions, alone.blocked), (320, 0));
    for workers in [1, 2, 3, 4].repeat(3) {
        let visit = |(): &mut (), _: &Machine, _: &History| Verdict::GoOn;
        let (done, _) =
            parallel::resume(&start, 1_000, Tree::of_frames(&[]), vec![(); workers], visit, &mut |_| Pace::Idle);
        let all = done.iter().fold(Counts::default(), |sum, (counts, ..)| sum.and(*counts));
        assert_eq!(all, alone, "{workers} workers");
    }
}
