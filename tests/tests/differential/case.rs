//! Cases: small programs in one file, each behind a line `# case: name`.
//!
//! Lines `# stdin: text` right after it are what the program reads, a line `# known deviation: reason` says that the
//! simulator is known to answer otherwise. The rest, up to the next case, is the program; it is called `name.py`, so that
//! tracebacks agree wherever it stands. What stands before the first case begins every program of the file.

use std::path::Path;

/// A small program.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its name, unique in its file.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it reads from standard input.
    pub stdin: String,
    /// Why the simulator answers otherwise than CPython, if it does.
    pub deviation: Option<String>,
}

/// What a program did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// Exit status.
    pub status: i32,
    /// Text on standard output.
    pub stdout: String,
    /// Text on standard error.
    pub stderr: String,
}

/// Reads the cases of a file.
pub fn read(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut cases: Vec<Case> = Vec::new();
    let mut head = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("# case: ") {
            let name = name.trim().to_owned();
            let is_new = cases.iter().all(|case| case.name != name);
            assert!(is_new, "{}: case {name} stands there twice", path.display());
            cases.push(Case { name, text: String::new(), stdin: String::new(), deviation: None });
            continue;
        }
        let Some(case) = cases.last_mut() else {
            head.push_str(line);
            continue;
        };
        match (line.strip_prefix("# stdin: "), line.strip_prefix("# known deviation: ")) {
            (Some(line), _) if case.text.is_empty() => case.stdin.push_str(line),
            (_, Some(reason)) if case.text.is_empty() => case.deviation = Some(reason.trim().to_owned()),
            _ => case.text.push_str(line),
        }
    }
    assert!(!cases.is_empty(), "{} has no case", path.display());
    cases.iter_mut().for_each(|case| case.text.insert_str(0, &head));
    cases
}
