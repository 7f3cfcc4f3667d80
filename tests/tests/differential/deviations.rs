//! The known deviations of the corpus are those that COMPATIBILITY.md lists.

use super::{case, files};
use std::collections::BTreeSet;
use std::path::Path;

/// The heading of the list.
const HEADING: &str = "### Differences in programs";

#[test]
fn the_list_of_deviations_is_the_corpus() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../COMPATIBILITY.md");
    let text = std::fs::read_to_string(path).expect("COMPATIBILITY.md can be read");
    let section = text.split_once(HEADING).expect("COMPATIBILITY.md has the list of differences").1;
    let section = section.split("\n#").next().unwrap_or_default();
    let listed: BTreeSet<String> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .filter_map(|row| row.split(" | ").next())
        .filter(|cell| !matches!(*cell, "difference") && !cell.starts_with(':'))
        .map(str::to_owned)
        .collect();
    let cases = files().into_iter().flat_map(|file| case::read(&file.with_extension("py")));
    let known: BTreeSet<String> = cases.filter_map(|case| case.deviation).collect();
    assert_eq!(listed, known, "COMPATIBILITY.md (left) and the notes of the corpus (right)");
}
