//! How far a search is, on the terminal while it runs.
//!
//! A line on stderr, from half a second on, and only where stderr is a terminal; it is gone before anything else is
//! written. Nothing of it reaches stdout or a report. It has a bar where the whole is limited or can be estimated; the
//! estimate is mostly too low at first, so the bar can go back.

use super::watch::Watch;

use gilsim_explore::search::dpor::Covered;
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
    /// Executions after which the search ends in any case.
    executions_max: Option<u64>,
    /// Whether it may be shown.
    is_wanted: bool,
}

/// What the line says, of a whole that is known, estimated or unknown.
fn style(of: &str) -> ProgressStyle {
    let whole = if of.is_empty() { String::new() } else { format!(" {of} {{human_len}}") };
    let bar = if of.is_empty() { "" } else { "[{bar:20}]  " };
    let template = format!("{{msg}}  {{elapsed}}  {bar}{{human_pos}}{whole} executions  {{per_sec}}");
    ProgressStyle::with_template(&template).expect("the template is correct").progress_chars("=> ")
}

impl Progress {
    /// One about this, of so many executions if they are limited.
    pub fn new(subject: &str, executions_max: Option<u64>, no_progress: bool) -> Progress {
        let style = style(if executions_max.is_some() { "of" } else { "" });
        let bar = ProgressBar::with_draw_target(executions_max, ProgressDrawTarget::hidden()).with_style(style);
        let is_wanted = !no_progress && std::io::stderr().is_terminal();
        Progress { bar: bar.with_message(subject.to_owned()), executions_max, is_wanted }
    }

    /// Shows how much has been covered; whether to go on, as the watch says.
    pub fn go_on(&self, covered: &Covered, watch: &Watch) -> bool {
        if self.is_wanted && watch.seconds() > DELAY_S {
            if self.bar.is_hidden() {
                self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWN_PER_S));
            }
            self.expect(covered);
            self.bar.set_position(covered.counts.executions);
        }
        watch.go_on()
    }

    /// Sets the whole to what is estimated, unless it is limited to less.
    fn expect(&self, covered: &Covered) {
        let limit = self.executions_max.unwrap_or(u64::MAX);
        let estimate = covered.estimate.map(|all| all.max(covered.counts.executions)).filter(|all| *all < limit);
        if let Some(all) = estimate
            && self.bar.length() != Some(all)
        {
            self.bar.set_style(style("of about"));
            self.bar.set_length(all);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
