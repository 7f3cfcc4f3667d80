//! `gilsim replay FILE SCHEDULE`: follows a schedule, from a file or as a short code.

use super::subject::Subject;
use crate::args::{Format, ReplayCommand};
use crate::command::run::files;
use crate::exit::Status;
use crate::failure::{Failure, describe, printable};
use crate::host::trace_file::TraceFile;
use crate::render::explore as render;

use gilsim_explore::explore::failure;
use gilsim_explore::machine::Machine;
use gilsim_explore::schedule::code::{self, Code};
use gilsim_explore::schedule::replay::{
    Divergence, Guide, Replayed, replay as follow, replay_telling as follow_telling,
};
use gilsim_explore::schedule::{Schedule, text};
use gilsim_scheduler::event::{Observer, interest};
use gilsim_scheduler::profile::Profile;
use gilsim_trace::recording::{CostModel, Detail, EVENTS_MAX_DEFAULT, Ending, GilMode, Header, Recorder, RunEnd};
use std::path::Path;

/// What the command line names.
enum Given {
    File(Schedule),
    Code(Code),
}

/// Ends with 4 if the program fails as the schedule has it, 0 if it does not fail, 6 if it departs from the schedule.
pub fn replay(arguments: &ReplayCommand) -> Result<Status, Failure> {
    let given = given(&arguments.schedule)?;
    let (guide, profile) = match &given {
        Given::File(schedule) => (Guide::Schedule(schedule), &schedule.profile),
        Given::Code(code) => (Guide::Code(code), &code.profile),
    };
    let profile = Profile::by_name(profile)
        .ok_or_else(|| bad(format!("the schedule is for Python {}, which is not known", printable(profile))))?;
    let subject = Subject { file: &arguments.file, args: &arguments.args, report: &arguments.report };
    let Some(mut origin) = subject.origin(&profile)? else { return Ok(Status::CouldNotStart) };
    super::explore::check(&mut origin, arguments.check)?;
    let followed = match &arguments.trace {
        None => follow(&origin, guide),
        Some(path) => record(&origin, guide, path, arguments)?,
    };
    let replayed = followed.map_err(|at| diverged(&subject.name(), &at))?;
    let output = replayed.machine.text();
    let failure = failure(replayed);
    match arguments.report.format {
        Format::Json => super::print(&format!("{}\n", render::replayed_json(failure.as_ref(), &output)))?,
        Format::Human => super::print(&format!("{output}{}", render::replayed(&subject.name(), failure.as_ref())))?,
    };
    Ok(if failure.is_some() { Status::Finding } else { Status::Ok })
}

/// Follows the schedule and records the execution; nothing is recorded of one that departs from its schedule.
fn record(
    origin: &Machine,
    guide: Guide<'_>,
    path: &Path,
    arguments: &ReplayCommand,
) -> Result<Result<Replayed, Divergence>, Failure> {
    let cannot = |error| Failure::file("write", path, &error);
    let header = Header {
        tool: concat!("gilsim ", env!("CARGO_PKG_VERSION")).into(),
        profile: origin.profile().into(),
        gil: GilMode::Custom,
        switch_interval_ns: 0,
        cores: 1,
        cost_model: CostModel { name: "steps".into(), hash: String::new() },
        seed: 0,
        policy: "replay".into(),
        schedule: Some(arguments.schedule.clone()),
        detail: Detail::Sync,
        argv: origin.vm().config.argv.clone(),
        files: files(origin.vm()),
    };
    let file = TraceFile::create(path)?;
    let recorder = Recorder::<_, { interest::SYNC_DETAIL }>::new(file, &header, EVENTS_MAX_DEFAULT);
    let mut recorder = recorder.map_err(cannot)?;
    let replayed = match follow_telling(origin, guide, &mut |event| recorder.event(event)) {
        Ok(replayed) => replayed,
        Err(divergence) => return Ok(Err(divergence)),
    };
    let ending = &replayed.machine.ending;
    let ending = match (&ending.uncaught, ending.exit) {
        (Some(uncaught), _) => Ending::Uncaught { class: uncaught.class.clone() },
        (None, Some(exit)) => Ending::Finished { exit },
        (None, None) => Ending::Deadlock,
    };
    let end = RunEnd { time_ns: replayed.time_ns, ending };
    let written = recorder.finish(&end, &files(replayed.machine.vm())).and_then(TraceFile::commit);
    written.map_err(cannot)?;
    Ok(Ok(replayed))
}

/// A file of this name, or else a code.
fn given(name: &str) -> Result<Given, Failure> {
    let path = Path::new(name);
    match std::fs::read(path) {
        Ok(bytes) => {
            let shown = printable(name);
            let text = String::from_utf8(bytes).map_err(|_| bad(format!("`{shown}` is not UTF-8")))?;
            let schedule = text::read(&text);
            schedule
                .map(Given::File)
                .map_err(|problem| bad(format!("`{shown}`, line {}: {}", problem.line, problem.what)))
        }
        Err(error) => code::decode(name).map(Given::Code).ok_or_else(|| {
            let why = describe(&error);
            bad(format!("`{}` is no code of a schedule, and as a file: {why}", printable(name)))
        }),
    }
}

fn bad(text: String) -> Failure {
    Failure::Message { text, help: None, status: Status::BadRecord }
}

fn diverged(program: &str, at: &Divergence) -> Failure {
    let text = format!(
        "{program} departs from the schedule at pick {}\n  schedule: {}\n  program:  {}",
        at.pick,
        printable(&at.expected),
        printable(&at.found)
    );
    let help = Some("search again: gilsim explore".to_owned());
    Failure::Message { text, help, status: Status::BadRecord }
}
