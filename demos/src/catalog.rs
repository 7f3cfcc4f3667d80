//! The demos in the order of a course: from the first thread to the subtleties of the GIL.

mod convoys;
mod deadlocks;
mod sharing;
mod signals;
mod speed;
mod threads;
mod work;

use crate::{Chapter, End, ProfileName, Stdout};

/// The course.
pub const COURSE: &[Chapter] = &[
    Chapter { title: "Threads", demos: threads::DEMOS },
    Chapter { title: "What threads are good for", demos: speed::DEMOS },
    Chapter { title: "Shared data", demos: sharing::DEMOS },
    Chapter { title: "Threads that wait for each other", demos: signals::DEMOS },
    Chapter { title: "Work for several threads", demos: work::DEMOS },
    Chapter { title: "Deadlocks", demos: deadlocks::DEMOS },
    Chapter { title: "Convoys", demos: convoys::DEMOS },
];

/// The profiles under which every demo is tested.
const ALL: &[ProfileName] = &["3.13", "3.9"];

/// Ends well under every profile, with these lines.
const fn well(lasts_ms: u64, lines: &'static [&'static str]) -> End {
    End { profiles: ALL, status: 0, lasts_ms: Some(lasts_ms), stdout: Stdout::Lines(lines), report: &[] }
}

/// Ends in a deadlock under every profile, with these lines and these parts of the report.
const fn deadlock(lasts_ms: u64, lines: &'static [&'static str], report: &'static [&'static str]) -> End {
    End { profiles: ALL, status: 3, lasts_ms: Some(lasts_ms), stdout: Stdout::Lines(lines), report }
}

/// A demo, from its name and its file.
macro_rules! program {
    ($file:literal) => {
        Program { file: $file, source: include_str!(concat!("../../programs/", $file)) }
    };
}
use program;
