//! The report of a run: which parts are printed, in which order, and what the exit status is.
//!
//! The parts themselves (timeline, table, sentences) are made by `gilsim-trace`.

use crate::exit::Status;
use crate::render::terminal::Terminal;

use gilsim_explore::single::{Single, Unordered};
use gilsim_scheduler::config::Config;
use gilsim_scheduler::event::{Limit, Stream};
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::output::Output;
use gilsim_scheduler::wait_graph::WaitGraph;
use gilsim_trace::fold::{Bins, Summary};
use gilsim_trace::recording::Ending;
use gilsim_trace::report::{
    ExitReport, FindingReport, OutputReport, Report, RunInfo, RunReport, deadlock_findings, describe_deadlock,
    describe_limit, header_line, human_report,
};

/// Sentences about blocked threads that are printed; the rest is counted.
const SENTENCES_MAX: usize = 20;

/// A run that has ended.
pub struct Ended<'a> {
    /// What was run.
    pub info: RunInfo,
    /// `sys.argv`.
    pub argv: &'a [String],
    /// How it was run.
    pub config: &'a Config,
    /// How it ended.
    pub outcome: &'a Outcome,
    /// Its numbers.
    pub summary: Summary,
    /// Findings about speed.
    pub findings: Vec<FindingReport>,
    /// Its picture.
    pub bins: Bins,
    /// Names of the source files by index.
    pub files: Vec<String>,
    /// What the program wrote.
    pub output: &'a Output,
    /// Where the threads were that were not blocked: name and place.
    pub running: Vec<(String, String)>,
    /// Races, if they were looked for.
    pub races: Option<&'a Single>,
    /// Whether they change the exit status.
    pub denies_races: bool,
}

/// The exit status of a run that ended so.
fn status(outcome: &Outcome) -> Status {
    match outcome {
        Outcome::Finished { exit: 0 } => Status::Ok,
        // As the operating system does, only the low byte counts.
        Outcome::Finished { exit } | Outcome::Uncaught { exit, .. } => Status::Program(exit.to_le_bytes()[0]),
        Outcome::Deadlock(_) => Status::Deadlock,
        Outcome::Livelock | Outcome::Limit { .. } => Status::Limit,
        Outcome::Abandoned => Status::Interrupted,
    }
}

/// The end as a recording tells it.
pub fn ending(outcome: &Outcome) -> Ending {
    match outcome {
        Outcome::Finished { exit } => Ending::Finished { exit: *exit },
        Outcome::Uncaught { class, .. } => Ending::Uncaught { class: class.clone() },
        Outcome::Deadlock(_) => Ending::Deadlock,
        Outcome::Livelock => Ending::Livelock,
        Outcome::Limit { limit, .. } => Ending::Limit { which: (*limit).into() },
        Outcome::Abandoned => Ending::Abandoned,
    }
}

/// The page of `explain` about a limit.
pub fn limit_page(limit: Limit) -> &'static str {
    match limit {
        Limit::Steps => "LIMIT-STEPS",
        Limit::Time => "LIMIT-TIME",
        Limit::Heap => "LIMIT-HEAP",
        Limit::Threads => "LIMIT-THREADS",
        Limit::Output => "LIMIT-OUTPUT",
        Limit::Events => "LIMIT-EVENTS",
    }
}

fn race(race: &Unordered) -> FindingReport {
    let lines: Vec<String> = race.lines.iter().map(u32::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    FindingReport {
        tag: "race".into(),
        code: race.code().into(),
        title: format!("nothing orders the accesses of threads to {} ({word} {})", race.place, lines.join(", ")),
        details: Vec::new(),
    }
}

impl Ended<'_> {
    /// For people. With `quiet` only how it ended, if it did not end well, after the header line.
    pub fn human(&self, quiet: bool, terminal: &Terminal) -> String {
        let style = terminal.picture_style();
        let mut text = if quiet {
            format!("{}\n", header_line(&self.info, self.summary.end_ns, &style))
        } else {
            human_report(&self.info, &self.summary, &self.bins, &[], &style)
        };
        if !quiet {
            self.speed_findings().iter().for_each(|line| text.extend([line, "\n"]));
        }
        for line in self.how_it_ended() {
            text.push_str(&line);
            text.push('\n');
        }
        if quiet && matches!(self.outcome, Outcome::Finished { .. } | Outcome::Uncaught { .. }) {
            text.clear();
        }
        for finding in self.races() {
            text.push_str(&format!("finding: {} {} {}\n", finding.tag, finding.code, finding.title));
        }
        if let Some(Single { cut: Some(_), .. }) = self.races {
            text.push_str("note: the program is too long to look for races in all of it\n");
        }
        text
    }

    /// The exit status: that of the run, or that something denied was found.
    pub fn status(&self) -> Status {
        match status(self.outcome) {
            Status::Ok if self.denies_races && !self.races().is_empty() => Status::Finding,
            status => status,
        }
    }

    fn races(&self) -> Vec<FindingReport> {
        let unordered = self.races.map_or(&[][..], |single| &single.unordered);
        unordered.iter().map(race).collect()
    }

    /// Lines about convoys and the like, each with where to read more.
    fn speed_findings(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for finding in &self.findings {
            lines.push(format!("finding: {} {} {}", finding.tag, finding.code, finding.title));
            lines.extend(finding.details.iter().map(|detail| format!("  {detail}")));
        }
        let mut codes: Vec<&str> = self.findings.iter().map(|finding| finding.code.as_str()).collect();
        codes.dedup();
        lines.extend(codes.iter().map(|code| format!("  = help: see `gilsim explain {code}`")));
        lines
    }

    /// Lines about an end that was not the program's own.
    fn how_it_ended(&self) -> Vec<String> {
        match self.outcome {
            Outcome::Finished { .. } | Outcome::Uncaught { .. } => Vec::new(),
            Outcome::Deadlock(graph) => {
                let mut lines = vec!["deadlock: no thread can ever run again".to_string()];
                lines.extend(self.blocked(graph));
                lines.extend(deadlock_findings(graph));
                let is_alone = !graph.cycles.is_empty() && graph.cycles.iter().all(|cycle| cycle.len() == 1);
                let page = if is_alone { "SELF-DEADLOCK" } else { "DEADLOCK" };
                lines.push(format!("  = help: see `gilsim explain {page}`"));
                lines
            }
            Outcome::Livelock => vec!["livelock: the same states repeat for ever".into()],
            Outcome::Limit { limit, blocked } => {
                let mut lines = vec![format!("limit: {}", describe_limit(*limit, &self.config.limits))];
                let places = self.running.iter().take(SENTENCES_MAX);
                lines.extend(places.map(|(thread, place)| format!("  {thread} was at {place}")));
                if !blocked.cycles.is_empty() {
                    lines.extend(self.blocked(blocked));
                    lines.extend(deadlock_findings(blocked));
                }
                lines.push(format!("  = help: see `gilsim explain {}`", limit_page(*limit)));
                lines
            }
            Outcome::Abandoned => vec!["stopped by Ctrl-C: this is what is known so far".into()],
        }
    }

    fn blocked(&self, graph: &WaitGraph) -> Vec<String> {
        let sentences = describe_deadlock(graph, &self.files);
        let more = sentences.len().saturating_sub(SENTENCES_MAX);
        let mut lines: Vec<String> =
            sentences.into_iter().take(SENTENCES_MAX).map(|line| format!("  {line}")).collect();
        if more > 0 {
            lines.push(format!("  and {more} more blocked threads"));
        }
        lines
    }

    /// For machines: one line of JSON.
    pub fn machine(&self, status: Status) -> String {
        let run = RunReport {
            tool: concat!("gilsim ", env!("CARGO_PKG_VERSION")).into(),
            argv: self.argv.to_vec(),
            profile: self.info.profile.clone(),
            gil: self.info.gil,
            switch_interval_ns: self.info.switch_interval_ns,
            cores: self.info.cores,
            seed: self.info.seed,
            virtual_time_ns: self.summary.end_ns,
            thread_count: self.summary.thread_count(),
            fairness_ppm: self.summary.fairness_ppm(),
        };
        let output = OutputReport {
            stdout: self.output.text(Stream::Stdout).into(),
            stderr: self.output.text(Stream::Stderr).into(),
        };
        let exit = ExitReport { status: i32::from(status.code()), ending: ending(self.outcome) };
        Report::new(run, &self.summary, self.all_findings(), output, exit).to_json()
    }

    fn all_findings(&self) -> Vec<FindingReport> {
        self.deadlocks().into_iter().chain(self.findings.iter().cloned()).chain(self.races()).collect()
    }

    fn deadlocks(&self) -> Vec<FindingReport> {
        let (Outcome::Deadlock(graph) | Outcome::Limit { blocked: graph, .. }) = self.outcome else {
            return Vec::new();
        };
        if graph.cycles.is_empty() && !matches!(self.outcome, Outcome::Deadlock(_)) {
            return Vec::new();
        }
        let details = self.blocked(graph).iter().map(|line| line.trim_start().to_owned()).collect::<Vec<String>>();
        let finding = |line: String| {
            let mut words = line.trim_start_matches("finding: ").splitn(3, ' ');
            let mut next = || words.next().unwrap_or_default().to_string();
            FindingReport { tag: next(), code: next(), title: next(), details: details.clone() }
        };
        deadlock_findings(graph).into_iter().map(finding).collect()
    }
}
