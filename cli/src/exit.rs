//! Exit statuses: the closed list of ways in which the command can end, and what each number means.
//!
//! The numbers are a promise (scripts test them), so they stand in one table, from which `--help` and
//! `gilsim explain exit-codes` are made.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// All went well; for `run`, the program ended well.
    Ok,
    /// The program ended by itself with this status: 1 after an uncaught exception, n after `sys.exit(n)`.
    Program(u8),
    /// Could not start: wrong usage, unreadable file, syntax error, unsupported Python.
    CouldNotStart,
    /// No thread of the program can ever run again.
    Deadlock,
    /// A search has found what it looked for.
    Finding,
    /// A limit ended the run.
    Limit,
    /// A trace or schedule file cannot be read, or the program departs from its schedule.
    BadRecord,
    /// A defect of gilsim.
    Internal,
    /// Ctrl-C.
    Interrupted,
    /// Nobody reads standard output any more.
    PipeClosed,
}

impl Status {
    /// The number given to the operating system.
    pub fn code(self) -> u8 {
        match self {
            Status::Ok => 0,
            Status::Program(code) => code,
            Status::CouldNotStart => 2,
            Status::Deadlock => 3,
            Status::Finding => 4,
            Status::Limit => 5,
            Status::BadRecord => 6,
            Status::Internal => 70,
            Status::Interrupted => 130,
            Status::PipeClosed => 141,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(status.code())
    }
}

/// One row of the table of statuses: the number as text, its meaning in a few words, and a paragraph.
pub struct StatusRow {
    /// The number, or `n`.
    pub code: &'static str,
    /// A few words.
    pub meaning: &'static str,
    /// More about it.
    pub detail: &'static str,
}

/// All statuses.
pub const STATUSES: &[StatusRow] = &[
    StatusRow {
        code: "0",
        meaning: "the program ended well",
        detail: "Also: help was asked for, a check found no problem.",
    },
    StatusRow {
        code: "1",
        meaning: "an uncaught exception ended the program",
        detail: "The traceback is on stderr, in CPython's form.",
    },
    StatusRow {
        code: "n",
        meaning: "the program called sys.exit(n)",
        detail: "As in CPython, n is taken modulo 256. A program can use any number, also one that has a meaning \
                 below; the report says how the run ended.",
    },
    StatusRow {
        code: "2",
        meaning: "could not start: usage, file, syntax error, unsupported Python",
        detail: "Nothing of the program has run. All problems of all files are printed at once.",
    },
    StatusRow {
        code: "3",
        meaning: "deadlock: no thread can ever run again",
        detail: "The report says who holds what, who waits for what, and since which line.",
    },
    StatusRow {
        code: "4",
        meaning: "a finding: a schedule that fails (`explore`), a race (`run --deny`)",
        detail: "`replay` ends with it when the schedule makes the program fail, `run --deny race` if nothing orders some \
                 accesses of two threads. `run` alone never does: a deadlock that really happens has status 3.",
    },
    StatusRow {
        code: "5",
        meaning: "a limit was reached: steps, time, heap, output; a search not finished",
        detail: "The report names the limit and the flag that raises it.",
    },
    StatusRow {
        code: "6",
        meaning: "a trace or schedule is damaged, or does not fit the program",
        detail: "A trace that was cut off is still exported as far as it goes, with a note and this status. Where a \
                 program departs from its schedule, `replay` names the first pick that does not fit, with both sides.",
    },
    StatusRow {
        code: "70",
        meaning: "internal error of gilsim",
        detail: "A defect: please report it with the text that is printed.",
    },
    StatusRow {
        code: "130, 141",
        meaning: "stopped by Ctrl-C; the reader of stdout went away",
        detail: "The same numbers that a shell shows for a command stopped by the signals INT and PIPE. After \
                 Ctrl-C the report tells what is known so far.",
    },
];

/// The table for `--help`.
pub fn table() -> String {
    let rows = STATUSES.iter().map(|row| format!("  {:<9} {}\n", row.code, row.meaning));
    format!("Exit status:\n{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fixed_status_is_in_the_table() {
        let listed =
            |code: u8| STATUSES.iter().any(|row| row.code.split(", ").any(|listed| listed == code.to_string()));
        let fixed = [
            Status::Ok,
            Status::CouldNotStart,
            Status::Deadlock,
            Status::Finding,
            Status::Limit,
            Status::BadRecord,
            Status::Internal,
            Status::Interrupted,
            Status::PipeClosed,
        ];
        for status in fixed {
            assert!(listed(status.code()), "{status:?} is not in the table");
        }
    }
}
