//! The list of claims is complete and true: every number once, every program and test in the row of its claim.

use super::{gil, programs};
use std::collections::BTreeSet;

/// Claims in the list.
const CLAIMS: usize = 127;

/// A row: number, claim, what shows it.
fn rows() -> Vec<(usize, String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/claims.md");
    let text = std::fs::read_to_string(path).expect("the list is there");
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, claim, shown] = cells[..] else { return None };
        Some((number.parse().ok()?, claim.to_owned(), shown.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

/// The names of tests in a cell: words in back quotes.
fn tests(shown: &str) -> Vec<&str> {
    shown.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_claim_has_one_row() {
    let numbers: Vec<usize> = rows().iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=CLAIMS).collect::<Vec<_>>());
}

#[test]
fn every_row_names_tests_that_exist_or_says_why_there_is_none() {
    let known: BTreeSet<&str> = programs::PROGRAMS.iter().chain(gil::TESTS).copied().collect();
    let mut named = BTreeSet::new();
    for (number, claim, shown) in rows() {
        assert!(!claim.is_empty(), "{number}");
        if tests(&shown).is_empty() {
            assert!(shown.starts_with("not shown: "), "{number}: {shown}");
        }
        for test in tests(&shown) {
            assert!(known.contains(test), "{number} names `{test}`, which is no test");
            assert!(test.starts_with(&format!("claim_{number:03}_")), "{number} names `{test}`");
            named.insert(test.to_owned());
        }
    }
    let missing: Vec<&str> = known.iter().filter(|test| !named.contains(**test)).copied().collect();
    assert!(missing.is_empty(), "not in the list: {missing:?}");
}

#[test]
fn every_program_is_a_test() {
    let files = std::fs::read_dir(programs::folder()).expect("programs").map(|entry| entry.expect("a file").path());
    let there: BTreeSet<String> =
        files.map(|path| format!("claim_{}", path.file_stem().expect("a name").to_string_lossy())).collect();
    let tested: BTreeSet<String> = programs::PROGRAMS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(there, tested);
}
