//! Two runs in two processes give the same bytes: standard output, report and trace, for every demo and every program of
//! `tests/programs`, under every profile.

use crate::harness::{Done, Folder};

use gilsim_demos::demos;
use std::path::Path;

const PROFILES: [&str; 2] = ["3.13", "3.9"];

/// Name and text of every program.
fn programs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/programs");
    let mut programs: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a program"))
        })
        .collect();
    programs.sort();
    programs.extend(demos().map(|demo| (demo.program.file.to_owned(), demo.program.source.to_owned())));
    programs
}

fn run(folder: &Folder, name: &str, profile: &str, flags: &[&str]) -> (Done, String) {
    let arguments = [&["run", "--python", profile, "--trace", "run.giltrace"], flags, &[name]].concat();
    let done = folder.gilsim(&arguments);
    (done, folder.read("run.giltrace"))
}

fn assert_equal(name: &str, text: &str, profile: &str, flags: &[&str]) {
    let folder = Folder::with(&[(name, text)]);
    let (first, first_trace) = run(&folder, name, profile, flags);
    let (second, second_trace) = run(&folder, name, profile, flags);
    let what = format!("{name} under {profile} with {flags:?}");
    assert!(matches!(first.status, Some(0 | 1 | 3 | 5)), "{what}: {first:?}");
    assert_eq!(first.status, second.status, "{what}");
    assert!(first.stdout == second.stdout, "{what}: {}\n---\n{}", first.stdout, second.stdout);
    assert!(first.stderr == second.stderr, "{what}: {}\n---\n{}", first.stderr, second.stderr);
    assert!(first_trace == second_trace, "{what}: the traces differ");
}

#[test]
fn every_program_gives_the_same_bytes_twice() {
    for (name, text) in programs() {
        for profile in PROFILES {
            assert_equal(&name, &text, profile, &[]);
        }
    }
}

#[test]
fn jitter_and_details_are_reproducible_too() {
    for (name, text) in programs().into_iter().take(3) {
        assert_equal(&name, &text, "3.13", &["--jitter", "--seed", "7", "--cores", "1", "--detail", "line"]);
        assert_equal(&name, &text, "3.9", &["--jitter", "--seed", "8", "--format", "json"]);
    }
}
