//! Names short enough for the blocks of the GIL lane.

use crate::fold::ThreadSummary;
use crate::text;
use std::collections::BTreeMap;

/// For each lane, the names a block may carry, longest first.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    candidates: Vec<Vec<String>>,
}

impl Labels {
    /// The full name; the name without the ` (target)` that `threading` adds; a code such as `T1`, where no other thread
    /// has the same one.
    pub fn new(threads: &[ThreadSummary]) -> Labels {
        let codes: Vec<Option<String>> = threads.iter().map(|thread| code(&thread.name)).collect();
        let mut uses: BTreeMap<&str, u32> = BTreeMap::new();
        codes.iter().flatten().for_each(|code| *uses.entry(code).or_default() += 1);
        let candidates = threads
            .iter()
            .zip(&codes)
            .map(|(thread, code)| {
                let mut names = vec![thread.name.clone()];
                names.extend(thread.name.split_once(" (").map(|(base, _)| base.to_owned()));
                names.extend(code.clone().filter(|code| uses[code.as_str()] == 1));
                names.dedup();
                names
            })
            .collect();
        Labels { candidates }
    }

    /// The names for a lane; `+` for the threads beyond the lanes.
    fn of(&self, lane: usize) -> Vec<String> {
        self.candidates.get(lane).cloned().unwrap_or_else(|| vec!["+".to_owned()])
    }

    /// The name for the blocks of a lane, given their room in columns: the longest that fits with a filled column on
    /// either side into blocks that make up most of the lane's time, so that the blocks of one thread carry the same name where they can.
    pub fn choose(&self, lane: usize, rooms: &[usize]) -> Vec<String> {
        let names = self.of(lane);
        let total: usize = rooms.iter().sum();
        let fits = |name: &String| {
            let held: usize = rooms.iter().filter(|room| **room >= text::width(name) + 2).sum();
            held * 5 >= total * 3
        };
        let first = names.iter().position(fits).unwrap_or(names.len() - 1);
        names[first..].to_vec()
    }

    /// The shortest name of a lane.
    pub fn shortest(&self, lane: usize) -> String {
        self.of(lane).pop().unwrap_or_default()
    }
}

/// First letter and last number: `T1` for `Thread-1 (work)`, `w12` for `worker-12`, `M` for `MainThread`.
fn code(name: &str) -> Option<String> {
    let base = name.split_once(" (").map_or(name, |(base, _)| base);
    let first = base.chars().next().filter(|c| c.is_alphanumeric())?;
    let start = base.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let code = format!("{first}{}", &base[start.max(first.len_utf8())..]);
    (text::width(&code) < text::width(base)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_first_letter_and_last_number() {
        let table = [
            ("Thread-1 (work)", Some("T1")),
            ("MainThread", Some("M")),
            ("worker-12", Some("w12")),
            ("T1", None),
            ("7", None),
            ("42", None),
            ("漢字-3", Some("漢3")),
            ("", None),
            ("<b>", None),
        ];
        for (name, expected) in table {
            assert_eq!(code(name).as_deref(), expected, "{name}");
        }
    }
}
