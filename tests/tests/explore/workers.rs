//! Several workers: the same report as one makes.

use super::origin;
use gilsim_explore::explore::{Options, explore, until_nothing_is_learned};
use gilsim_explore::machine::Machine;
use gilsim_explore::report::Report;
use gilsim_explore::search::dpor::{self, Counts, Verdict};
use gilsim_explore::search::history::History;
use gilsim_explore::search::parallel::{self, Pace};
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

#[test]
fn a_search_by_several_workers_can_be_stopped() {
    let options = Options { jobs: 2, ..Options::default() };
    let mut asked = 0;
    let report = explore(&origin(COUNTER), &options, &mut |covered| {
        asked += 1;
        covered.counts.executions < ALONE
    });
    assert_eq!(report.classes, None);
    assert!(asked > 500 && report.counts.executions >= 500, "{:?}", report.counts);
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
        let done = parallel::resume(&start, 1_000, &[], vec![(); workers], visit, &mut |_| Pace::Idle);
        let all = done.iter().fold(Counts::default(), |sum, (counts, ..)| sum.and(*counts));
        assert_eq!(all, alone, "{workers} workers");
    }
}
