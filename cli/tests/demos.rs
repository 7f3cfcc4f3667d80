//! Every demo ends as its catalogue says, under every profile it names.

use crate::harness::gilsim;

use gilsim_demos::{DEMOS, Demo, End, Stdout};

#[test]
fn demos_end_as_promised() {
    for demo in DEMOS {
        for end in demo.ends {
            check(demo, end);
        }
    }
}

fn check(demo: &Demo, end: &End) {
    let done = gilsim(&["demos", "run", demo.name, "--python", end.profile]);
    let what = format!("{} under {}", demo.name, end.profile);
    assert_eq!(done.status, Some(i32::from(end.status)), "{what}: {done:?}");
    let lines: Vec<&str> = done.stdout.lines().collect();
    match end.stdout {
        Stdout::Lines(expected) => assert_eq!(lines, expected, "{what}"),
        Stdout::Numbers(expected) => {
            assert_eq!(lines.len(), expected.len(), "{what}: {lines:?}");
            for (line, (begin, least, most)) in lines.iter().zip(expected) {
                let number = number(line, begin);
                assert!((*least..=*most).contains(&number), "{what}: {line:?} is not in {least}..={most}");
            }
        }
    }
    for part in end.report.iter().chain(&["virtual time ", "GIL", "MainThread", "What to look at:"]) {
        assert!(done.stderr.contains(part), "{what}: {part:?} is not in {}", done.stderr);
    }
}

/// The number after the beginning of a line.
fn number(line: &str, begin: &str) -> f64 {
    let rest = line.strip_prefix(begin).unwrap_or_else(|| panic!("{line:?} does not begin with {begin:?}"));
    let word = rest.split_whitespace().next().unwrap_or_default();
    word.parse().unwrap_or_else(|_| panic!("{line:?}: {word:?} is no number"))
}

#[test]
fn a_demo_runs_under_its_own_profile_unless_told_otherwise() {
    let own = gilsim(&["demos", "run", "data-race"]);
    assert_eq!(own.stdout, gilsim(&["demos", "run", "data-race", "--python", "3.9"]).stdout);
    assert!(own.stderr.contains("CPython 3.9"), "{}", own.stderr);
}

#[test]
fn a_copied_demo_runs_as_the_demo_does() {
    let folder = crate::harness::Folder::new();
    folder.gilsim(&["demos", "copy", "deadlock"]);
    let copy = folder.gilsim(&["run", "deadlock.py"]);
    let demo = folder.gilsim(&["demos", "run", "deadlock"]);
    assert_eq!((copy.status, &copy.stdout), (Some(3), &demo.stdout));
    assert_eq!(demo.status, Some(3));
    assert!(demo.stderr.starts_with(&copy.stderr), "{}\n---\n{}", copy.stderr, demo.stderr);
}

#[test]
fn quiet_demos_print_problems_only() {
    let good = gilsim(&["demos", "run", "lock-order", "-q"]);
    assert_eq!((good.status, good.stderr.as_str()), (Some(0), ""));
    let bad = gilsim(&["demos", "run", "deadlock", "-q"]);
    assert!(bad.stderr.contains("finding: deadlock DEADLOCK"), "{}", bad.stderr);
    assert!(!bad.stderr.contains("What to look at"), "{}", bad.stderr);
}
