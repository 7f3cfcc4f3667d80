//! The language against CPython 3.13: small programs with their recorded outputs.
//!
//! `tests/corpus/*.py` hold many cases each, `*.expected` beside them what CPython 3.13 answered: standard output, standard
//! error, exit status. Every case runs on the simulator and is compared with the record. With `GILSIM_CPYTHON313` naming an
//! interpreter, the record is compared with a live run too, and `GILSIM_RECORD=1` writes it anew (CONTRIBUTING.md).

pub mod case;
mod deviations;
mod normal;
pub mod parallel;
pub mod python;
mod record;
pub mod simulated;

use case::{Answer, Case};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder of the corpus.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The files of the corpus without their endings, sorted.
fn files() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).expect("the corpus can be listed");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the corpus can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "py"))
        .map(|path| path.with_extension(""))
        .collect();
    files.sort();
    files
}

/// A case, its record and the simulator's answer.
struct Compared {
    file: String,
    case: Case,
    recorded: Answer,
    simulated: Answer,
}

/// Runs the whole corpus on the simulator.
fn compare() -> Vec<Compared> {
    let mut all = Vec::new();
    for file in files() {
        let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let cases = case::read(&file.with_extension("py"));
        let records = record::read(&file.with_extension("expected"));
        let unknown = records.keys().find(|record| !cases.iter().any(|case| case.name == **record));
        assert_eq!(unknown, None, "{name}.expected has a record of no case");
        for case in cases {
            let Some(recorded) = records.get(&case.name).cloned() else {
                panic!("{name}.py: case {} has no record; record it (CONTRIBUTING.md)", case.name)
            };
            all.push((name.clone(), case, recorded));
        }
    }
    parallel::map(all, |(file, case, recorded)| {
        let simulated = simulated::run(&case);
        Compared { file, case, recorded, simulated }
    })
}

#[test]
fn the_corpus_agrees_with_cpython() {
    if let Some(python) = python::interpreter() {
        check_records(&python);
    } else {
        println!("skipped: comparing the records with a live CPython 3.13 (GILSIM_CPYTHON313 is not set)");
    }
    let all = compare();
    let mut wrong = String::new();
    let mut count = 0;
    for Compared { file, case, recorded, simulated } in &all {
        match (recorded == simulated, &case.deviation) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => {
                count += 1;
                wrong += &format!("{file}.py: {}: agrees; is the deviation \"{reason}\" gone?\n", case.name);
            }
            (false, None) => {
                count += 1;
                wrong += &format!("{file}.py: {}\n{}\n", case.name, record::difference(recorded, simulated));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}{count} of {} cases differ from CPython 3.13", all.len());
    assert!(all.len() >= 600, "the corpus has {} cases only", all.len());
}

/// Runs every case on CPython and compares with the record, or writes the record.
fn check_records(python: &Path) {
    let write = python::record_wanted();
    for file in files() {
        let cases = case::read(&file.with_extension("py"));
        let names: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
        let answers = parallel::map(cases, |case| python::run(python, &case));
        let live: BTreeMap<String, Answer> = names.iter().cloned().zip(answers).collect();
        let path = file.with_extension("expected");
        if write {
            record::write(&path, &names, &live);
            continue;
        }
        for (name, recorded) in record::read(&path) {
            let live = &live[&name];
            assert!(recorded == *live, "{}: {name}\n{}", path.display(), record::difference(live, &recorded));
        }
    }
}
