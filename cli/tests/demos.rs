//! Every demo ends as its catalogue says, under every profile it names.

use crate::harness::{Done, gilsim};

use gilsim_demos::{COURSE, Demo, End, Stdout};

/// What computing, starting threads and late wake-ups may add to the pauses of a demo, in ms.
const ADDED_MS: f64 = 10.0;

/// One test for each chapter, so that they run side by side.
macro_rules! chapters {
    ($($test:ident: $chapter:literal $title:literal;)+) => {
        $(
            #[test]
            fn $test() {
                assert_eq!(COURSE[$chapter].title, $title);
                for demo in COURSE[$chapter].demos {
                    demo.ends.iter().for_each(|end| check(demo, end));
                }
            }
        )+

        #[test]
        fn every_chapter_is_tested() {
            assert_eq!(COURSE.len(), [$($title),+].len());
        }
    };
}

chapters! {
    threads_end_as_promised: 0 "Threads";
    speed_is_as_promised: 1 "What threads are good for";
    shared_data_ends_as_promised: 2 "Shared data";
    signals_end_as_promised: 3 "Threads that wait for each other";
    work_ends_as_promised: 4 "Work for several threads";
    deadlocks_end_as_promised: 5 "Deadlocks";
    convoys_end_as_promised: 6 "Convoys";
}

fn check(demo: &Demo, end: &End) {
    for profile in end.profiles {
        let done = gilsim(&["demos", "run", demo.name, "--python", profile]);
        check_run(&done, end, &format!("{} under {profile}", demo.name));
    }
}

fn check_run(done: &Done, end: &End, what: &str) {
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
    if let Some(lasts_ms) = end.lasts_ms {
        let (virtual_ms, lasts_ms) = (virtual_ms(&done.stderr), lasts_ms as f64);
        assert!((lasts_ms..lasts_ms + ADDED_MS).contains(&virtual_ms), "{what}: {virtual_ms} ms, not {lasts_ms} ms");
    }
    for part in end.report.iter().chain(&["virtual time ", "MainThread", "What to look at:"]) {
        assert!(done.stderr.contains(part), "{what}: {part:?} is not in {}", done.stderr);
    }
}

/// The number after the beginning of a line.
fn number(line: &str, begin: &str) -> f64 {
    let rest = line.strip_prefix(begin).unwrap_or_else(|| panic!("{line:?} does not begin with {begin:?}"));
    let word = rest.split_whitespace().next().unwrap_or_default();
    word.parse().unwrap_or_else(|_| panic!("{line:?}: {word:?} is no number"))
}

/// The virtual time that a report names (to four digits), in ms.
fn virtual_ms(report: &str) -> f64 {
    let (_, rest) = report.split_once("virtual time ").expect("a report names its virtual time");
    let mut words = rest.split_whitespace();
    let number: f64 = words.next().and_then(|word| word.parse().ok()).expect("a number");
    let unit = match words.next() {
        Some("s") => 1000.0,
        Some("ms") => 1.0,
        Some("µs") => 0.001,
        unit => panic!("{unit:?} is no unit of time"),
    };
    number * unit
}

#[test]
fn a_repaired_demo_ends_well() {
    let broken = |demo: &&Demo| demo.repaired_by.is_some();
    for demo in gilsim_demos::demos().filter(broken) {
        let repair = gilsim_demos::find(demo.repaired_by.unwrap_or_default()).expect("it exists");
        assert!(repair.ends.iter().all(|end| end.status == 0), "{}", repair.name);
        let differs = |a: &Stdout, b: &Stdout| format!("{a:?}") != format!("{b:?}");
        assert!(differs(&demo.ends[0].stdout, &repair.ends[0].stdout), "{}: nothing is repaired", demo.name);
    }
}

#[test]
fn a_demo_runs_under_its_own_profile_unless_told_otherwise() {
    let own = gilsim(&["demos", "run", "data-race"]);
    assert_eq!(own.stdout, gilsim(&["demos", "run", "data-race", "--python", "3.9"]).stdout);
    assert!(own.stderr.contains("CPython 3.9"), "{}", own.stderr);
}

#[test]
fn a_demo_that_is_shown_says_how_it_ends() {
    let shown = gilsim(&["demos", "show", "deadlock"]).stdout;
    assert!(
        shown.contains("How it ends:\n  - CPython 3.13 and 3.9: with status 3 (deadlock), after 10 ms\n"),
        "{shown}"
    );
    let shown = gilsim(&["demos", "show", "data-race"]).stdout;
    assert!(shown.contains("  - CPython 3.9: well\n  - CPython 3.13: well\n"), "{shown}");
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
