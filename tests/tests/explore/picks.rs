//! Schedules made by proptest: whatever they are, a program guarded by a lock ends well, and the search knows each end of
//! one that is not.

use super::origin;
use gilsim_explore::explore::failure_of;
use gilsim_explore::machine::Machine;
use gilsim_explore::picks::schedules;
use gilsim_explore::search::dpor::{self, Verdict};
use gilsim_vm::value::Value;
use proptest::prelude::*;
use std::collections::BTreeSet;

const PROGRAM: &str = "
import threading
class S: x = 0
lock = threading.Lock()
def add():
    with lock: S.x += 1
threads = [threading.Thread(target=add) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
result = S.x
";

fn result(machine: &Machine) -> Option<i64> {
    match machine.global("result") {
        Some(Value::Int(result)) => Some(result),
        _ => None,
    }
}

/// The results of all classes of executions.
fn results(start: &Machine) -> BTreeSet<Option<i64>> {
    gilsim_explore::explore::until_nothing_is_learned(start, |machine| {
        let mut results = BTreeSet::new();
        dpor::explore(machine, 1_000, &mut |end, _| {
            results.insert(result(end));
            Verdict::GoOn
        });
        results
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_schedule_ends_as_the_search_says(picks in schedules(40, 4)) {
        let racy = PROGRAM.replace("with lock: ", "");
        for (text, guarded) in [(PROGRAM, true), (racy.as_str(), false)] {
            let start = origin(text);
            let run = picks.run(&start, 1_000);
            prop_assert_eq!(failure_of(&run.machine), None);
            prop_assert!(!guarded || result(&run.machine) == Some(3));
            prop_assert!(results(&start).contains(&result(&run.machine)));
        }
    }
}
