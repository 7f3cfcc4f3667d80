//! Schedule files: text, one line for each pick.
//!
//! ```text
//! gilsim schedule 1
//! points: shared
//! profile: 3.13
//! preemptions: 1
//! T1 | T0 T1 | reads #1 | 9c0f3a55 | x, line 6
//! ```
//!
//! A line `timeouts: virtual` stands there if they fired in the order of time. Who goes on, who could, what it does, the checksum up to here, and a note for people. Empty lines and lines that begin
//! with `#` say nothing.

use super::{Checksum, Pick, Schedule, listed};
use crate::machine::Points;
use crate::machine::timeouts::Timeouts;
use gilsim_vm::value::ThreadId;
use std::fmt::Write;

const FIRST_LINE: &str = "gilsim schedule 1";

/// Why a text is no schedule: the line, counted from 1, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// The line.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Whether a text claims to be a schedule.
pub fn is_schedule(text: &str) -> bool {
    text.starts_with("gilsim schedule ")
}

/// The file of a schedule; `about` becomes comments.
pub fn write(schedule: &Schedule, about: &[String]) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for line in about {
        let _ = writeln!(text, "# {line}");
    }
    let _ = writeln!(text, "points: {}", schedule.points.name());
    if schedule.timeouts != Timeouts::default() {
        let _ = writeln!(text, "timeouts: {}", schedule.timeouts.name());
    }
    let _ = writeln!(text, "profile: {}", schedule.profile);
    let _ = writeln!(text, "preemptions: {}", schedule.preemptions);
    for pick in &schedule.picks {
        let (could, note) = (listed(&pick.candidates), pick.note.replace(['\n', '|'], " "));
        let _ = writeln!(text, "T{} | {could} | {} | {:08x} | {note}", pick.thread.0, pick.deed, pick.checksum);
    }
    text
}

/// Reads a schedule file.
///
/// # Errors
/// If a line is none of a schedule file.
pub fn read(text: &str) -> Result<Schedule, Malformed> {
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end()));
    let malformed = |line: usize, what: &str| Malformed { line, what: what.to_owned() };
    match lines.next() {
        Some((_, FIRST_LINE)) => {}
        Some((_, other)) if is_schedule(other) => {
            return Err(malformed(1, "it is of another version; this one reads version 1"));
        }
        _ => return Err(malformed(1, "it is no schedule file: the first line must be `gilsim schedule 1`")),
    }
    let (points, timeouts) = (Points::default(), Timeouts::default());
    let mut schedule = Schedule { points, timeouts, profile: String::new(), preemptions: 0, picks: Vec::new() };
    let mut sum = Checksum::default();
    for (at, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        if let Some(pick) = pick(line) {
            if sum.add(pick.thread, &pick.candidates, &pick.deed) != pick.checksum {
                return Err(malformed(at, "its checksum fits neither this pick nor those before it"));
            }
            schedule.picks.push(pick);
            continue;
        }
        let known = line.split_once(": ").and_then(|(key, value)| field(&mut schedule, key, value));
        known.ok_or_else(|| malformed(at, "it is neither a field nor a pick"))?;
    }
    Ok(schedule)
}

fn field(schedule: &mut Schedule, key: &str, value: &str) -> Option<()> {
    match key {
        "points" => schedule.points = Points::by_name(value)?,
        "timeouts" => schedule.timeouts = Timeouts::by_name(value)?,
        "profile" => value.clone_into(&mut schedule.profile),
        "preemptions" => schedule.preemptions = value.parse().ok()?,
        _ => return None,
    }
    Some(())
}

fn pick(line: &str) -> Option<Pick> {
    let mut fields = line.splitn(5, " | ");
    let thread = |text: &str| Some(ThreadId(text.strip_prefix('T')?.parse().ok()?));
    let pick = Pick {
        thread: thread(fields.next()?)?,
        candidates: fields.next()?.split(' ').map(thread).collect::<Option<_>>()?,
        deed: fields.next()?.to_owned(),
        checksum: u32::from_str_radix(fields.next()?.trim_end_matches(" |"), 16).ok()?,
        note: fields.next().unwrap_or_default().to_owned(),
    };
    Some(pick)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule() -> Schedule {
        let (thread, candidates, deed) = (ThreadId(1), vec![ThreadId(1), ThreadId(12)], "reads #1 #2".to_owned());
        let mut sum = Checksum::default();
        let mut pick = |note: &str| Pick {
            thread,
            candidates: candidates.clone(),
            deed: deed.clone(),
            checksum: sum.add(thread, &candidates, &deed),
            note: note.to_owned(),
        };
        let picks = vec![pick("x, line 6"), pick("")];
        let (points, timeouts) = (Points::Shared, Timeouts::Virtual);
        Schedule { points, timeouts, profile: "3.13".to_owned(), preemptions: 2, picks }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let about = ["of a program".to_owned()];
        assert_eq!(read(&write(&schedule(), &about)), Ok(schedule()));
    }

    #[test]
    fn what_is_no_schedule_is_refused_with_its_line() {
        let line = |text: &str| read(text).map_err(|problem| problem.line).expect_err(text);
        assert_eq!(line(""), 1);
        assert_eq!(line("gilsim schedule 2\n"), 1);
        assert_eq!(line("gilsim schedule 1\npoints: shared\nT1 | T1\n"), 3);
        assert_eq!(line("gilsim schedule 1\npoints: everywhere\n"), 2);
    }
}
