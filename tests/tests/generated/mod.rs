//! Generated programs against CPython 3.13.
//!
//! A program is made from its number by proptest's strategies with a fixed generator, so the same numbers mean the same
//! programs everywhere. `tests/generated.hashes` has, line by line, the FNV-1a hash of what CPython 3.13 printed for the
//! programs 0, 1, 2, …; with `GILSIM_CPYTHON313` outputs are compared whole with a live run, for as many programs as
//! `GILSIM_CASES` says, and `GILSIM_RECORD=1` writes the hashes anew (CONTRIBUTING.md).

mod expressions;
mod program;

use crate::differential::case::Case;
use crate::differential::{parallel, python, simulated};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Programs with a recorded answer.
const RECORDED: u64 = 2000;
/// Programs that one CPython process runs.
const BATCH: u64 = 500;

fn hashes_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("generated.hashes")
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// Programs that one simulated process runs: a machine takes longer to make than a program to run.
const TOGETHER: usize = 25;

/// What the simulator prints for each of some programs.
fn simulate(numbers: &[u64]) -> Vec<String> {
    let texts = numbers.iter().map(|number| format!("print(end='\\0')\n{}", program::text(*number)));
    let case = Case { name: "generated".to_owned(), text: texts.collect(), ..Case::default() };
    let answer = simulated::run(&case);
    if answer.status == 0 && answer.stderr.is_empty() {
        return answer.stdout.split('\0').skip(1).map(str::to_owned).collect();
    }
    match numbers {
        [_] => vec![format!("{}status {}\n{}", answer.stdout, answer.status, answer.stderr)],
        _ => numbers.iter().flat_map(|number| simulate(&[*number])).collect(),
    }
}

#[test]
fn generated_programs_agree_with_cpython() {
    let wrong = match python::interpreter() {
        Some(python) => compare_live(&python, python::number("GILSIM_CASES").unwrap_or(RECORDED)),
        None => {
            println!("skipped: comparing generated programs with a live CPython 3.13 (GILSIM_CPYTHON313 is not set)");
            compare_recorded()
        }
    };
    assert!(wrong.is_empty(), "{} programs differ from CPython 3.13; the first ones:\n{}", wrong.len(), shown(&wrong));
}

fn shown(wrong: &[String]) -> String {
    wrong.iter().take(5).fold(String::new(), |mut all, one| {
        let _ = writeln!(all, "{one}");
        all
    })
}

fn compare_recorded() -> Vec<String> {
    let recorded = std::fs::read_to_string(hashes_path()).expect("generated.hashes can be read");
    let recorded: Vec<(u64, String)> = (0..).zip(recorded.lines().map(str::to_owned)).collect();
    assert!(recorded.len() as u64 >= RECORDED, "generated.hashes has {} lines", recorded.len());
    let groups: Vec<Vec<(u64, String)>> = recorded.chunks(TOGETHER).map(<[_]>::to_vec).collect();
    let answers = parallel::map(groups, |group| {
        let outputs = simulate(&group.iter().map(|(number, _)| *number).collect::<Vec<_>>());
        let differ =
            group.iter().zip(&outputs).filter(|((_, recorded), output)| format!("{:016x}", hash(output)) != *recorded);
        differ.map(|((number, _), output)| report(*number, output, None)).collect::<Vec<_>>()
    });
    answers.into_iter().flatten().collect()
}

fn report(number: u64, got: &str, expected: Option<&str>) -> String {
    let expected = expected.map(|text| format!("--- CPython 3.13:\n{text}")).unwrap_or_default();
    format!("=== program {number}\n{}--- gilsim:\n{got}{expected}", program::text(number))
}

fn compare_live(python: &Path, count: u64) -> Vec<String> {
    let batches: Vec<u64> = (0..count).step_by(BATCH as usize).collect();
    let done = parallel::map(batches, |first| {
        let numbers: Vec<u64> = (first..count.min(first + BATCH)).collect();
        let texts: Vec<String> = numbers.iter().map(|number| program::text(*number)).collect();
        let live = python::run_batch(python, &texts);
        assert_eq!(live.len(), numbers.len(), "CPython answers every program");
        let hashes: Vec<String> = live.iter().map(|output| format!("{:016x}", hash(output))).collect();
        let got: Vec<String> = numbers.chunks(TOGETHER).flat_map(simulate).collect();
        let differ = numbers.iter().zip(got.iter().zip(&live)).filter(|(_, (got, expected))| got != expected);
        let wrong: Vec<String> = differ.map(|(number, (got, live))| report(*number, got, Some(live))).collect();
        (hashes, wrong)
    });
    if python::record_wanted() {
        let lines: Vec<String> = done.iter().flat_map(|(hashes, _)| hashes.iter().cloned()).collect();
        std::fs::write(hashes_path(), lines.join("\n") + "\n").expect("generated.hashes can be written");
    }
    done.into_iter().flat_map(|(_, wrong)| wrong).collect()
}
