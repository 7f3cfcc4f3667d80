//! How far a search is, on the terminal while it runs.
//!
//! A line on stderr, from half a second on, and only where stderr is a terminal; it is gone before anything else is
//! written. Nothing of it reaches stdout or a report.

use super::watch::Watch;

use gilsim_explore::search::dpor::Counts;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Seconds before the line is shown.
const DELAY_S: f64 = 0.5;

/// Times it is drawn anew in a second.
const DRAWN_PER_S: u8 = 5;

/// The line.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    /// Whether it may be shown.
    is_wanted: bool,
}

impl Progress {
    /// One about this, of so many executions if they are limited.
    pub fn new(subject: &str, executions_max: Option<u64>, no_progress: bool) -> Progress {
        let of = if executions_max.is_some() { " of {human_len}" } else { "" };
        let template = format!("{{msg}}  {{elapsed}}  {{human_pos}}{of} executions  {{per_sec}}");
        let style = ProgressStyle::with_template(&template).expect("the template is correct");
        let bar = ProgressBar::with_draw_target(executions_max, ProgressDrawTarget::hidden()).with_style(style);
        let is_wanted = !no_progress && std::io::stderr().is_terminal();
        Progress { bar: bar.with_message(subject.to_owned()), is_wanted }
    }

    /// Shows how many executions have been made; whether to go on, as the watch says.
    pub fn go_on(&self, counts: &Counts, watch: &Watch) -> bool {
        if self.is_wanted && watch.seconds() > DELAY_S {
            if self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWN_PER_S));
            }
            self.bar.set_position(counts.executions);
        }
        watch.go_on()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
