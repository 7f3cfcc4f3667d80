//! The whole human report: header line, picture, table.

use super::table::{gil_line, lock_lines, thread_table};
use crate::duration;
use crate::fold::{Bins, Summary};
use crate::gantt::{self, Finding, Style};
use crate::recording::{GilMode, Header};
use crate::text;

/// What was run, for the header line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunInfo {
    /// Name of the program.
    pub program: String,
    /// CPython version.
    pub profile: String,
    /// Kind of GIL.
    pub gil: GilMode,
    /// Switch interval, virtual nanoseconds.
    pub switch_interval_ns: u64,
    /// Simulated cores.
    pub cores: u32,
    /// Seed.
    pub seed: u64,
}

impl From<&Header> for RunInfo {
    fn from(header: &Header) -> RunInfo {
        RunInfo {
            program: header.argv.first().cloned().unwrap_or_default(),
            profile: header.profile.clone(),
            gil: header.gil,
            switch_interval_ns: header.switch_interval_ns,
            cores: header.cores,
            seed: header.seed,
        }
    }
}

/// `counter.py  CPython 3.13 · switch interval 5 ms · 4 cores · seed 0        virtual time 41.83 ms`, the time at the right
/// edge. What does not fit is left out from the back of the settings; the program's name is cut last.
pub fn header_line(info: &RunInfo, time_ns: u64, style: &Style) -> String {
    let time = ascii_units(&format!("virtual time {}", duration::plain(time_ns)), style);
    let dot = if style.ascii { ", " } else { " · " };
    let interval = match info.gil {
        GilMode::Requests | GilMode::Custom => {
            Some(ascii_units(&format!("switch interval {}", duration::plain(info.switch_interval_ns)), style))
        }
        GilMode::Ticks => Some("switches by ticks".to_owned()),
        GilMode::Free => Some("no GIL".to_owned()),
    };
    let cores = format!("{} core{}", info.cores, if info.cores == 1 { "" } else { "s" });
    let mut settings: Vec<String> = [Some(format!("CPython {}", info.profile)), interval, Some(cores)]
        .into_iter()
        .flatten()
        .chain([format!("seed {}", info.seed)])
        .collect();
    let name = text::visible(&info.program, text::Breaks::Escape);
    let mark = if style.ascii { '~' } else { '…' };
    let room = style.width.saturating_sub(text::width(&time) + 2);
    while !settings.is_empty() && text::width(&name) + 2 + text::width(&settings.join(dot)) > room {
        settings.pop();
    }
    let left = match settings.is_empty() {
        true => text::cut(&name, room, mark),
        false => format!("{name}  {}", settings.join(dot)),
    };
    let fill = " ".repeat(style.width.saturating_sub(text::width(&left) + text::width(&time)).max(2));
    format!("{left}{fill}{time}")
}

/// `us` for `µs` where only ASCII is wanted.
pub(super) fn ascii_units(text: &str, style: &Style) -> String {
    if style.ascii { text.replace("µs", "us") } else { text.to_owned() }
}

/// The report that `run` prints when the program has ended: the header line, the picture and, with more than one thread,
/// the table of threads and a line on the GIL and on each contended lock. Each line ends with a line break. A program
/// of one thread takes at most five lines.
pub fn human_report(info: &RunInfo, summary: &Summary, bins: &Bins, findings: &[Finding], style: &Style) -> String {
    let mut lines = vec![header_line(info, summary.end_ns, style)];
    lines.extend(gantt::draw(summary, bins, findings, style));
    if summary.thread_count() > 1 {
        lines.extend(thread_table(summary, bins.lanes_max(), style));
        lines.extend(gil_line(summary, style));
        lines.extend(lock_lines(summary, style));
    }
    if summary.known_ns < summary.end_ns {
        let known = duration::plain(summary.known_ns);
        lines.push(ascii_units(&format!("  recorded only up to {known}: the recording was cut"), style));
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> RunInfo {
        RunInfo {
            program: "counter.py".into(),
            profile: "3.9".into(),
            gil: GilMode::Requests,
            switch_interval_ns: 5_000_000,
            cores: 4,
            seed: 0,
        }
    }

    #[test]
    fn the_header_fits_its_width_and_always_tells_the_time() {
        let at = |width| header_line(&info(), 41_834_567, &Style { width, ..Style::default() });
        assert_eq!(
            at(96),
            "counter.py  CPython 3.9 · switch interval 5 ms · 4 cores · seed 0          virtual time 41.83 ms"
        );
        for width in 24..140 {
            let line = at(width);
            assert_eq!(text::width(&line), width, "{line}");
            assert!(line.ends_with("virtual time 41.83 ms"));
        }
        assert_eq!(at(50), "counter.py  CPython 3.9      virtual time 41.83 ms");
        assert_eq!(at(28), "coun…  virtual time 41.83 ms");
    }

    #[test]
    fn ascii_and_other_gils_have_their_words() {
        let style = Style { ascii: true, ..Style::default() };
        let line = header_line(&RunInfo { gil: GilMode::Ticks, cores: 1, ..info() }, 1_500, &style);
        assert!(line.starts_with("counter.py  CPython 3.9, switches by ticks, 1 core, seed 0  "), "{line}");
        assert!(line.ends_with("virtual time 1.5 us"));
        assert!(header_line(&RunInfo { gil: GilMode::Free, ..info() }, 0, &style).contains(", no GIL, "));
    }
}
