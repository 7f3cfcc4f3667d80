//! `gilsim test FILE_OR_FOLDER…`: searches the schedules of every `test_` function.

use super::explore::scope;
use super::subject::Subject;
use crate::args::{Format, TestCommand, Time};
use crate::exit::Status;
use crate::failure::Failure;
use crate::host::interrupt;
use crate::host::progress::Progress;
use crate::host::watch::Watch;
use crate::load;
use crate::render::explore as render;
use crate::render::junit::{self, Case};

use gilsim_explore::explore::{Options, explore};
use gilsim_explore::machine::Points;
use gilsim_explore::report::{Report, Verdict};
use gilsim_scheduler::profile::Profile;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Ends with 4 if a function fails, else 5 if a search was not finished, else 0.
pub fn test(arguments: &TestCommand) -> Result<Status, Failure> {
    let functions = functions(&arguments.paths)?;
    if functions.is_empty() {
        let failure = Failure::usage("no function is named test_ in what was given");
        return Err(failure.with_help("files in folders are found if they are named test_*.py or *_test.py"));
    }
    interrupt::listen();
    let timeouts = Time::timeouts(&arguments.time).unwrap_or_default();
    let mut cases: Vec<(String, Report, f64)> = Vec::new();
    for function in &functions {
        let subject = Subject { file: function, args: &[], report: &arguments.report };
        let Some(mut origin) = subject.origin(&Profile::default())? else { return Ok(Status::CouldNotStart) };
        origin.set_timeouts(timeouts);
        super::explore::check(&mut origin, arguments.check)?;
        let watch = Watch::start(Time::limit_ns(&arguments.time));
        let defaults = Options::default();
        let executions_max = arguments.max_executions.unwrap_or(defaults.executions_max);
        let options = Options { executions_max, ..defaults };
        let progress = Progress::new(&subject.name(), arguments.max_executions, arguments.no_progress);
        let report = explore(&origin, &options, &mut |covered| progress.go_on(covered, &watch));
        drop(progress);
        if arguments.report.format == Format::Human {
            super::print(&render::human(&subject.name(), &report, &scope(Points::Shared, timeouts, ""), &[]))?;
        }
        cases.push((subject.name(), report, watch.seconds()));
    }
    report(arguments, &cases)
}

fn report(arguments: &TestCommand, cases: &[(String, Report, f64)]) -> Result<Status, Failure> {
    let timeouts = Time::timeouts(&arguments.time).unwrap_or_default();
    let count = |wanted: fn(&Verdict) -> bool| cases.iter().filter(|(_, report, _)| wanted(&report.verdict)).count();
    let fails = count(|verdict| *verdict == Verdict::Fails);
    let unfinished = count(|verdict| matches!(verdict, Verdict::Unfinished(_)));
    let holds = cases.len() - fails - unfinished;
    if let Some(path) = &arguments.junit {
        let told: Vec<Case<'_>> =
            cases.iter().map(|(name, report, seconds)| Case { name, report, seconds: *seconds }).collect();
        std::fs::write(path, junit::xml(&told)).map_err(|error| Failure::file("write", path, &error))?;
    }
    match arguments.report.format {
        Format::Json => {
            let tests = cases.iter().map(|(name, report, seconds)| {
                let mut object = render::json(report, &[], timeouts, *seconds);
                object["name"] = json!(name);
                object
            });
            let tests: Vec<_> = tests.collect();
            let object = json!({ "fails": fails, "holds": holds, "unfinished": unfinished, "tests": tests });
            super::print(&format!("{object}\n"))?;
        }
        Format::Human => {
            super::print(&format!("tests: {fails} fail, {holds} hold, {unfinished} not finished\n"))?;
        }
    }
    Ok(match (fails, unfinished) {
        (0, 0) => Status::Ok,
        (0, _) => Status::Limit,
        _ => Status::Finding,
    })
}

/// Functions as `file.py::name`, in the order of the command line, of files, and of their text.
fn functions(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.to_str().is_some_and(|path| path.contains(".py::")) {
            found.push(path.clone());
            continue;
        }
        for file in files(path)? {
            let name = |name: String| PathBuf::from(format!("{}::{name}", file.display()));
            match load::tests(&file)? {
                Some(names) => found.extend(names.into_iter().map(name)),
                // Loading it says what is wrong.
                None => found.push(file),
            }
        }
    }
    Ok(found)
}

/// The file itself, or the files with tests below a folder, sorted.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let cannot = |error: std::io::Error| Failure::file("read", path, &error);
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(path).map_err(cannot)? {
        entries.push(entry.map_err(cannot)?.path());
    }
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_link = entry.is_symlink();
        if entry.is_dir() && !is_link && !name.starts_with('.') {
            found.extend(files(&entry)?);
        } else if name.starts_with("test_") && name.ends_with(".py") || name.ends_with("_test.py") {
            found.push(entry);
        }
    }
    Ok(found)
}
