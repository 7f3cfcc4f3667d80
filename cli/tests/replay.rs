//! `gilsim replay`: schedules are followed exactly, through edits that change no step, and departures are told.

use crate::harness::{Folder, RACE};

/// The same steps with other names, comments and spaces.
const RENAMED: &str = "\
# the same
import threading

class State: value = 0
state = State()
def job():
    # adds one
    state.value  +=  1
all = [threading.Thread(target=job) for _ in range(2)]
for one in all: one.start()
for one in all: one.join()
assert state.value == 2, 'lost'
";

/// A folder with a program, its failing schedule in a file, and the code of it.
fn searched(others: &[(&str, &str)]) -> (Folder, String, String) {
    let folder = Folder::with(others);
    folder.write("race.py", RACE.as_bytes());
    let done = folder.gilsim(&["explore", "--save", "race.schedule", "race.py"]);
    assert_eq!(done.status, Some(4), "{done:?}");
    let code = done.stdout.lines().find_map(|line| line.trim().strip_prefix("replay: gilsim replay race.py "));
    let code = code.expect("a code").to_owned();
    (folder, code, done.stdout)
}

#[test]
fn file_and_code_reproduce_the_failure_byte_for_byte() {
    let (folder, code, report) = searched(&[]);
    let by_file = folder.gilsim(&["replay", "race.py", "race.schedule"]);
    let by_code = folder.gilsim(&["replay", "race.py", &code]);
    assert_eq!((by_file.status, by_code.status), (Some(4), Some(4)), "{by_file:?} {by_code:?}");
    assert_eq!(by_file.stdout, by_code.stdout);
    let told = by_file.stdout.strip_suffix("  1 preemption\n").expect("the preemptions come last");
    assert!(told.lines().count() >= 5 && report.starts_with(told), "{told}\n{report}");
}

#[test]
fn a_replay_can_be_recorded_and_exported() {
    let (folder, code, _) = searched(&[]);
    let plain = folder.gilsim(&["replay", "race.py", &code]);
    let done = folder.gilsim(&["replay", "--trace", "race.giltrace", "race.py", &code]);
    assert_eq!((done.status, &done.stdout), (Some(4), &plain.stdout), "{done:?}");
    for target in ["text", "chrome", "perfetto"] {
        let export = folder.gilsim(&["export", "race.giltrace", "--to", target, "-o", "out"]);
        assert_eq!((export.status, export.stderr.as_str()), (Some(0), ""), "{target}: {export:?}");
    }
    let text = folder.gilsim(&["export", "race.giltrace", "--to", "text"]).stdout;
    assert!(text.contains("Thread-2 (work)") && text.contains("8 switches"), "{text}");
}

#[test]
fn comments_spaces_and_names_may_change() {
    let (folder, code, _) = searched(&[("renamed.py", RENAMED)]);
    for guide in ["race.schedule", &code] {
        let done = folder.gilsim(&["replay", "renamed.py", guide]);
        assert_eq!(done.status, Some(4), "{done:?}");
        assert!(done.stdout.contains("writes value = 1"), "{}", done.stdout);
    }
}

#[test]
fn a_departure_is_told_with_both_sides() {
    let other = RACE.replace("    s.x += 1", "    s.x = 2\n    s.x += 1");
    let (folder, code, _) = searched(&[("other.py", &other)]);
    let done = folder.gilsim(&["replay", "other.py", "race.schedule"]);
    assert_eq!(done.status, Some(6), "{done:?}");
    for part in ["departs from the schedule at pick 13", "schedule: T1 reads #10", "program:  T1 writes #10"] {
        assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
    }
    assert_eq!(folder.gilsim(&["replay", "other.py", &code]).status, Some(6));
}

#[test]
fn a_changed_file_or_something_else_is_refused() {
    let (folder, _, _) = searched(&[]);
    let text = folder.read("race.schedule");
    let last = text.lines().last().expect("picks");
    folder.write("cut.schedule", text.replace(last, "nonsense").as_bytes());
    folder.write("changed.schedule", text.replace("| T1 T2 | reads", "| T1 T2 | writes").as_bytes());
    for (guide, part) in [
        ("cut.schedule", "neither a field nor a pick"),
        ("changed.schedule", "its checksum fits neither"),
        ("race.py", "no schedule file"),
        ("nothing", "no code of a schedule"),
    ] {
        let done = folder.gilsim(&["replay", "race.py", guide]);
        assert_eq!(done.status, Some(6), "{guide}: {done:?}");
        assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
    }
}
