//! `gilsim explore FILE`: searches the schedules of a program for one that makes it fail.

use super::checkpoint;
use super::subject::Subject;
use crate::args::{Check, ExploreCommand, Format, Time};
use crate::exit::Status;
use crate::failure::Failure;
use crate::host::interrupt;
use crate::host::progress::Progress;
use crate::host::watch::Watch;
use crate::render::explore as render;

use gilsim_explore::checkpoint::Checkpoint;
use gilsim_explore::explore::{Method, Options, expect_serial_ends, explore_stopping as search};
use gilsim_explore::machine::timeouts::Timeouts;
use gilsim_explore::machine::{Machine, Points};
use gilsim_explore::profiles::{Possibility, settle};
use gilsim_explore::report::{self, Report, Verdict};
use gilsim_explore::schedule::text;
use gilsim_explore::search::serial::TooMany;
use gilsim_explore::strategy::by_name;
use gilsim_scheduler::profile::Profile;
use gilsim_vm::code::CodeRules;
use std::path::Path;

/// Searches, reports, and ends with 0 if the program holds, 4 if it fails, 5 if the search was not finished.
pub fn explore(arguments: &ExploreCommand) -> Result<Status, Failure> {
    let subject = Subject { file: &arguments.file, args: &arguments.args, report: &arguments.report };
    let profile = Profile::by_name(&arguments.python).expect("the command line has no other names");
    let Some(mut origin) = subject.origin(&profile)? else { return Ok(Status::CouldNotStart) };
    let from = arguments.resume.as_deref().map(checkpoint::read).transpose()?;
    let named = Points::by_name(&arguments.points);
    let points = from.as_ref().map_or(named, Checkpoint::points).expect("the command line has no other names");
    origin.set_points(points);
    let named = Time::timeouts(&arguments.time).unwrap_or_default();
    let timeouts = from.as_ref().map_or(named, |from| from.timeouts().unwrap_or_default());
    origin.set_timeouts(timeouts);
    check(&mut origin, arguments.check)?;
    if let (Some(from), Some(path)) = (&from, &arguments.resume) {
        checkpoint::check(from, &origin, path)?;
    }
    interrupt::listen();
    let watch = Watch::start(Time::limit_ns(&arguments.time));
    let options = options(arguments, from.as_ref());
    let name = subject.name();
    let progress = Progress::new(&name, arguments.max_executions, arguments.no_progress);
    let (report, stopped) = search(&origin, &options, from.as_ref(), &mut |covered| progress.go_on(covered, &watch));
    drop(progress);
    if let Some(path) = &arguments.checkpoint {
        checkpoint::write(path, stopped.as_ref(), &report)?;
    }
    if let (Some(path), Some(failure)) = (&arguments.save, &report.failure) {
        save(path, &name, failure)?;
    }
    let profiles = match report.verdict {
        Verdict::Fails if points == Points::Shared => settle_all(&subject, arguments, timeouts, &watch)?,
        _ => Vec::new(),
    };
    let seconds = watch.seconds();
    match arguments.report.format {
        Format::Json => super::print(&format!("{}\n", render::json(&report, &profiles, timeouts, seconds)))?,
        Format::Human => {
            super::print(&render::human(&name, &report, &scope(points, timeouts, profile.name), &profiles))?
        }
    };
    Ok(status(&report))
}

/// Steps of the execution whose output the others must have.
const OUTPUT_STEPS_MAX: usize = 100_000;

/// Sets what else counts as a failure.
///
/// # Errors
/// If there is too much to compare with.
pub fn check(origin: &mut Machine, check: Option<Check>) -> Result<(), Failure> {
    match check {
        Some(Check::Output) => origin.expect_same_output(OUTPUT_STEPS_MAX),
        Some(Check::Serial) => expect_serial_ends(origin).map_err(|TooMany| Failure::Message {
            text: "the threads can run one after the other in too many ways to compare with".to_owned(),
            help: Some("make the program smaller, or search without --check serial".to_owned()),
            status: Status::Limit,
        })?,
        None => {}
    }
    Ok(())
}

/// What a restricted search says about itself.
pub fn scope(points: Points, timeouts: Timeouts, profile: &str) -> String {
    let places = match points {
        Points::Shared | Points::All => String::new(),
        Points::Sync => " if threads are switched at synchronisation only".to_owned(),
        Points::EvalChecks => format!(" on CPython {profile}"),
    };
    let times = match timeouts {
        Timeouts::Free => "",
        Timeouts::Virtual => " while timeouts and sleeps end in the order of time",
    };
    places + times
}

/// For every profile, oldest version first: whether the program can fail under its rules.
fn settle_all(
    subject: &Subject<'_>,
    arguments: &ExploreCommand,
    timeouts: Timeouts,
    watch: &Watch,
) -> Result<Vec<(&'static str, Possibility)>, Failure> {
    let steps_max = usize::try_from(arguments.max_steps).unwrap_or(usize::MAX);
    let mut answers = Vec::new();
    for name in CodeRules::profiles() {
        let profile = Profile::by_name(name).expect("every name has a profile");
        let Some(mut origin) = subject.origin(&profile)? else { continue };
        origin.set_timeouts(timeouts);
        check(&mut origin, arguments.check)?;
        answers.push((name, settle(&origin, steps_max, &mut || watch.go_on())));
    }
    Ok(answers)
}

/// How many random executions are made unless told otherwise.
const RANDOM_EXECUTIONS_MAX: u64 = 10_000;

fn method(name: &str) -> Method {
    match name {
        "dpor" => Method::Dpor,
        "dfs" => Method::Enumerate,
        "states" => Method::States,
        name => by_name(name).map_or(Method::Portfolio, |named| Method::Random(named.name)),
    }
}

fn options(arguments: &ExploreCommand, from: Option<&Checkpoint>) -> Options {
    let defaults = Options::default();
    let jobs = usize::from(arguments.jobs);
    if let Some(from) = from {
        return from.options(arguments.max_executions.unwrap_or(defaults.executions_max), jobs);
    }
    Options {
        method: method(&arguments.strategy),
        seed: arguments.seed,
        jobs,
        after_failure: if arguments.all { u64::MAX } else { defaults.after_failure },
        executions_max: arguments.max_executions.unwrap_or(match method(&arguments.strategy) {
            Method::Random(_) => RANDOM_EXECUTIONS_MAX,
            Method::Portfolio | Method::Dpor | Method::Enumerate | Method::States => u64::MAX,
        }),
        steps_max: usize::try_from(arguments.max_steps).unwrap_or(usize::MAX),
    }
}

/// Writes the schedule of a failure.
fn save(path: &Path, program: &str, failure: &report::Failure) -> Result<(), Failure> {
    let about = [format!("{program}: {}", render::kind_words(failure))];
    let text = text::write(&failure.schedule, &about);
    std::fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
}

fn status(report: &Report) -> Status {
    match report.verdict {
        Verdict::Fails => Status::Finding,
        Verdict::Holds => Status::Ok,
        Verdict::Unfinished(_) => Status::Limit,
    }
}
