//! Programs as people write them, in `tests/everyday`: the first line of each says how the search must answer, and why.

use super::origin;
use gilsim_explore::explore::{Options, explore};
use gilsim_explore::report::Verdict;
use std::path::Path;

/// Executions of one program at most.
const EXECUTIONS_MAX: u64 = 20_000;

#[test]
fn programs_of_every_day_are_answered_as_their_first_line_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("everyday");
    let entries = std::fs::read_dir(&folder).expect("the folder is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() > 20, "{} programs", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a program");
        let first = text.lines().next().unwrap_or_default().trim_start_matches("# ");
        let expected = first.split(':').next().unwrap_or_default();
        let options = Options { after_failure: 0, executions_max: EXECUTIONS_MAX, ..Options::default() };
        let report = explore(&origin(&text), &options, &mut |_| true);
        let found = match (&report.verdict, &report.failure) {
            (Verdict::Holds, _) => "holds".to_owned(),
            (Verdict::Fails, Some(failure)) => failure.kind.name().to_owned(),
            (verdict, _) => format!("{verdict:?}"),
        };
        assert_eq!(found, expected, "{}: {first}", file.display());
    }
}
