//! The report of `gilsim explore`, for people in at most a dozen lines, and for machines.

use gilsim_explore::machine::check::NotSerial;
use gilsim_explore::machine::timeouts::Timeouts;
use gilsim_explore::machine::{Cut, DAEMON_SLEEPS};
use gilsim_explore::profiles::Possibility;
use gilsim_explore::report::{Failure, Kind, Race, Report, Step, Stuck, Unfinished, Verdict};
use gilsim_explore::schedule::code;
use gilsim_vm::value::ThreadId;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Steps shown at most.
const STEPS_MAX: usize = 5;

/// Lines about steps and waiting threads together, if some can be left out: the report fits a dozen lines then.
const ROWS_MAX: usize = 6;

/// For people.
pub fn human(program: &str, report: &Report, scope: &str, profiles: &Profiles) -> String {
    let mut text = match (&report.verdict, &report.failure) {
        (Verdict::Fails, Some(failure)) => failed(program, report, failure),
        (Verdict::Unfinished(why), _) => format!(
            "{program}: not finished{scope}: {}; {}{}, none fails so far\n",
            unfinished(*why),
            searched(report),
            estimate(report)
        ),
        _ => format!("{program}: holds{scope}: {}, none fails\n", all(report)),
    };
    if report.left_sleepers {
        let _ = writeln!(
            text,
            "  a daemon that sleeps again and again was followed to its sleep number {}",
            DAEMON_SLEEPS + 1
        );
    }
    text.push_str(&possible(profiles));
    text.push_str(&races(&report.races));
    text
}

/// How much a search that was stopped has searched.
fn searched(report: &Report) -> String {
    match report.states {
        Some(1) => "1 state".to_owned(),
        Some(states) => format!("{states} states"),
        None if report.counts.executions == 1 => "1 execution".to_owned(),
        None => format!("{} executions", report.counts.executions),
    }
}

/// All that a complete search has searched.
fn all(report: &Report) -> String {
    match (report.states, report.counts.executions) {
        (Some(1), _) => "the only state".to_owned(),
        (Some(states), _) => format!("all {states} states"),
        (None, 1) => "1 of 1 class of schedules".to_owned(),
        (None, n) => format!("{n} of {n} classes of schedules"),
    }
}

/// ` of about 12000`, with two figures; nothing where that is not known, or no more than were made.
fn estimate(report: &Report) -> String {
    let Some(all) = report.estimate.filter(|all| *all > report.counts.executions) else { return String::new() };
    let step = 10_u64.pow(all.max(10).ilog10() - 1);
    format!(" of about {}", all.div_ceil(step) * step)
}

/// For each profile whether the failure can happen under its rules.
pub type Profiles = [(&'static str, Possibility)];

/// `can happen on 3.9; proved impossible on 3.13`.
fn possible(profiles: &Profiles) -> String {
    let groups = [
        (Possibility::Found, "can happen on"),
        (Possibility::Impossible, "proved impossible on"),
        (Possibility::NotSettled, "not settled for"),
    ];
    let of = |wanted: Possibility| -> Vec<&str> {
        profiles.iter().filter(|(_, answer)| *answer == wanted).map(|(name, _)| *name).collect()
    };
    let parts = groups.map(|(answer, words)| (words, of(answer)));
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(words, names)| format!("{words} {}", names.join(", ")))
        .collect();
    if parts.is_empty() { String::new() } else { format!("  {}\n", parts.join("; ")) }
}

/// An execution that followed a schedule, for people.
pub fn replayed(program: &str, failure: Option<&Failure>) -> String {
    match failure {
        Some(failure) => format!("{}  {}\n", shown(program, failure), preemptions(failure)),
        None => format!("{program}: does not fail under this schedule\n"),
    }
}

/// The same for machines.
pub fn replayed_json(failure: Option<&Failure>, output: &str) -> Value {
    let verdict = if failure.is_some() { "fails" } else { "holds" };
    json!({ "verdict": verdict, "failure": failure.map(failure_json), "output": output })
}

fn preemptions(failure: &Failure) -> String {
    match failure.preemptions {
        1 => "1 preemption".to_owned(),
        n => format!("{n} preemptions"),
    }
}

fn failed(program: &str, report: &Report, failure: &Failure) -> String {
    let mut text = shown(program, failure);
    let preemptions = preemptions(failure);
    let _ = match report.classes {
        Some(classes) => {
            writeln!(text, "  {preemptions}; {} of {classes} classes of schedules fail", report.failing)
        }
        None => writeln!(text, "  {preemptions}; found in {}", searched(report)),
    };
    let check = match failure.kind {
        Kind::Output { .. } => "--check output ",
        Kind::NotSerial(_) => "--check serial ",
        Kind::Exception { .. } | Kind::ThreadException { .. } | Kind::Deadlock | Kind::Livelock { .. } => "",
    };
    let _ = writeln!(text, "  replay: gilsim replay {check}{program} {}", code::encode(&failure.schedule));
    text
}

/// What went wrong, why, and the steps that matter.
fn shown(program: &str, failure: &Failure) -> String {
    let mut text = format!("{program}: fails: {}\n", kind_words(failure));
    if let Some(cause) = &failure.cause {
        let place = if cause.place.is_empty() { String::new() } else { format!(" of {}", cause.place) };
        let _ = writeln!(text, "  cause: {}{place}: {}", cause.pattern.code(), cause.pattern.hint());
    }
    text.push_str(&table(failure));
    text
}

/// How it failed, in a few words.
pub fn kind_words(failure: &Failure) -> String {
    let with = |class: &str, message: &str| {
        let message = message.lines().next().unwrap_or_default();
        if message.is_empty() { class.to_owned() } else { format!("{class}: {message}") }
    };
    match &failure.kind {
        Kind::Exception { class, message } => with(class, message),
        Kind::ThreadException { thread, class, message } => {
            format!("{} in {}", with(class, message), name(failure, *thread))
        }
        Kind::Output { expected, found } => {
            let differ = expected.lines().zip(found.lines()).position(|(one, other)| one != other);
            let line = differ.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
            let at = |text: &str| text.lines().nth(line).map_or("nothing".to_owned(), |line| format!("{line:?}"));
            format!("another output: line {} is {}, not {}", line + 1, at(found), at(expected))
        }
        Kind::NotSerial(differs) => not_serial(differs),
        Kind::Livelock { threads } => {
            let names: Vec<&str> = threads.iter().map(|thread| name(failure, *thread)).collect();
            let verb = if names.len() == 1 { "goes on and gets" } else { "go on and get" };
            format!("livelock: {} {verb} nowhere, for ever", names.join(", "))
        }
        Kind::Deadlock => {
            let stuck = failure.stuck.iter().filter(|stuck| stuck.what != "end of").count();
            format!("deadlock: {stuck} {} for ever", if stuck == 1 { "thread waits" } else { "threads wait" })
        }
    }
}

/// Ends of serial executions that are shown.
const SERIAL_MAX: usize = 3;

/// Characters of a value that are shown.
const VALUE_CHARS_MAX: usize = 40;

/// What the variables are, and what they are after the threads have run one after the other.
fn not_serial(differs: &NotSerial) -> String {
    let short = |value: &String| match value.char_indices().nth(VALUE_CHARS_MAX) {
        Some((at, _)) => format!("{}...", &value[..at]),
        None => value.clone(),
    };
    let row = |values: &[String]| {
        let parts = differs.names.iter().zip(values).take(SERIAL_MAX);
        parts.map(|(name, value)| format!("{name} is {}", short(value))).collect::<Vec<_>>().join(" and ")
    };
    let mut serial: Vec<String> = differs.serial.iter().take(SERIAL_MAX).map(|values| row(values)).collect();
    if differs.serial.len() > SERIAL_MAX {
        serial.push("...".to_owned());
    }
    let serial = if serial.is_empty() { "no end".to_owned() } else { serial.join(", or ") };
    format!("not serialisable: {}; one thread after the other gives: {serial}", row(&differs.found))
}

fn name(failure: &Failure, thread: ThreadId) -> &str {
    failure.names.get(thread.0 as usize).map_or("?", String::as_str)
}

/// Whether it is said of a waiting thread that the thread of this step holds the lock that it has taken.
fn says_too(stuck: &Stuck, step: &Step) -> bool {
    step.what == "acquires" && stuck.object == step.object && stuck.owner == Some(step.thread)
}

/// The steps that matter, one a line, and who waits for what at the end.
fn table(failure: &Failure) -> String {
    let mut shown: Vec<usize> = match &failure.cause {
        Some(cause) => cause.steps.iter().copied().take(STEPS_MAX).collect(),
        None => (failure.steps.len().saturating_sub(STEPS_MAX)..failure.steps.len()).collect(),
    };
    shown.sort_unstable();
    let stuck: Vec<&Stuck> = failure.stuck.iter().filter(|stuck| stuck.what != "end of").take(STEPS_MAX).collect();
    if shown.len() + stuck.len() > ROWS_MAX {
        shown.retain(|at| !stuck.iter().any(|stuck| says_too(stuck, &failure.steps[*at])));
    }
    let mut rows: Vec<[String; 4]> = vec![["step", "thread", "does", "line"].map(str::to_owned)];
    for at in shown {
        let step = &failure.steps[at];
        rows.push([(at + 1).to_string(), name(failure, step.thread).to_owned(), deed(step), line(step.line)]);
    }
    for stuck in stuck {
        let owner = stuck.owner.map_or_else(String::new, |owner| format!(", held by {}", name(failure, owner)));
        let deed = match call(&stuck.what, &stuck.object) {
            Some(call) => format!("waits in {call}"),
            None => format!("waits for {} {}{owner}", stuck.what, stuck.object),
        };
        rows.push(["end".to_owned(), name(failure, stuck.thread).to_owned(), deed, line(stuck.line)]);
    }
    if rows.len() == 1 {
        return String::new();
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (first, second, third) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [step, thread, deed, line] in &rows {
        let row = format!("  {step:>first$}  {thread:<second$}  {deed:<third$}  {line}");
        let _ = writeln!(text, "{}", row.trim_end());
    }
    text
}

fn line(line: u32) -> String {
    if line == 0 { String::new() } else { line.to_string() }
}

/// A method called on an object, as the program says it: `left.acquire()`.
fn call(method: &str, object: &str) -> Option<String> {
    let (_, name) = method.strip_suffix("()")?.rsplit_once('.')?;
    Some(format!("{object}.{name}()"))
}

fn deed(step: &Step) -> String {
    let called = step.what.strip_prefix("calls ");
    let text = match called.and_then(|method| call(method, &step.object)) {
        Some(call) => format!("calls {call}"),
        None if step.object.is_empty() || called.is_some() => step.what.clone(),
        None => format!("{} {}", step.what, step.object),
    };
    match &step.value {
        Some(value) if step.what == "writes" => format!("{text} = {value}"),
        Some(value) => format!("{text}: {value}"),
        None => text,
    }
}

fn races(races: &[Race]) -> String {
    let places: BTreeSet<&str> = races.iter().map(|race| race.place.as_str()).collect();
    if places.is_empty() {
        return String::new();
    }
    let lines: BTreeSet<u32> = races.iter().flat_map(|race| [race.first_line, race.second_line]).collect();
    let list = |items: Vec<String>| items.join(", ");
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!(
        "  data race on {} ({word} {})\n",
        list(places.iter().map(|place| (*place).to_owned()).collect()),
        list(lines.iter().map(u32::to_string).collect())
    )
}

fn unfinished(why: Unfinished) -> &'static str {
    match why {
        Unfinished::Stopped => "it was stopped",
        Unfinished::Executions => "it made as many executions as it may (--max-executions)",
        Unfinished::Cut(Cut::Steps) => "an execution has too many steps (--max-steps)",
        Unfinished::Cut(Cut::Instructions) => "a thread computes without end",
        Unfinished::Cut(Cut::Threads) => "too many threads for a search",
        Unfinished::Cut(Cut::Heap) => "the heap is full",
        Unfinished::Cut(Cut::Cycle) => "an execution comes back to a state for ever",
    }
}

/// For machines: one object.
pub fn json(report: &Report, profiles: &Profiles, timeouts: Timeouts, seconds: f64) -> Value {
    let verdict = match report.verdict {
        Verdict::Fails => "fails",
        Verdict::Holds => "holds",
        Verdict::Unfinished(_) => "unfinished",
    };
    let why = match report.verdict {
        Verdict::Unfinished(why) => Some(unfinished(why)),
        _ => None,
    };
    let places: BTreeSet<&str> = report.races.iter().map(|race| race.place.as_str()).collect();
    let pairs: Vec<Value> = report.races.iter().map(race_json).collect();
    json!({
        "verdict": verdict,
        "why_unfinished": why,
        "executions": report.counts.executions,
        "blocked": report.counts.blocked,
        "sampled": report.sampled,
        "steps": report.counts.steps,
        "failing": report.failing,
        "classes": report.classes,
        "states": report.states,
        "left_sleeping_daemons": report.left_sleepers,
        "estimate": report.estimate,
        "failure": report.failure.as_ref().map(failure_json),
        "races": places,
        "race_pairs": pairs,
        "rounds": report.rounds,
        "timeouts": timeouts.name(),
        "profiles": profiles.iter().map(|(name, answer)| (*name, answer.name())).collect::<BTreeMap<_, _>>(),
        "elapsed_s": seconds,
    })
}

fn race_json(race: &Race) -> Value {
    json!({
        "place": race.place,
        "lines": [race.first_line, race.second_line],
        "writes": [race.first_writes, race.second_writes],
    })
}

fn failure_json(failure: &Failure) -> Value {
    let (class, message) = match &failure.kind {
        Kind::Exception { class, message } | Kind::ThreadException { class, message, .. } => {
            (Some(class.as_str()), Some(message.as_str()))
        }
        Kind::Output { found, .. } => (None, Some(found.as_str())),
        Kind::NotSerial(_) | Kind::Deadlock | Kind::Livelock { .. } => (None, None),
    };
    let steps: Vec<Value> = failure
        .steps
        .iter()
        .map(|step| json!({"thread": step.thread.0, "does": deed(step), "line": step.line}))
        .collect();
    let stuck: Vec<Value> = failure
        .stuck
        .iter()
        .map(|stuck| {
            json!({
                "thread": stuck.thread.0,
                "waits_for": stuck.what,
                "object": stuck.object,
                "owner": stuck.owner.map(|owner| owner.0),
                "line": stuck.line,
            })
        })
        .collect();
    json!({
        "kind": failure.kind.name(),
        "class": class,
        "message": message,
        "circling": match &failure.kind {
            Kind::Livelock { threads } => Some(threads.iter().map(|thread| thread.0).collect::<Vec<_>>()),
            _ => None,
        },
        "not_serial": match &failure.kind {
            Kind::NotSerial(differs) => Some(json!({
                "names": differs.names,
                "found": differs.found,
                "serial": differs.serial,
            })),
            _ => None,
        },
        "preemptions": failure.preemptions,
        "schedule": failure.schedule.picks.iter().map(|pick| pick.thread.0).collect::<Vec<_>>(),
        "code": code::encode(&failure.schedule),
        "threads": failure.names,
        "steps": steps,
        "stuck": stuck,
        "cause": failure.cause.as_ref().map(|cause| json!({
            "code": cause.pattern.code(),
            "place": cause.place,
            "hint": cause.pattern.hint(),
            "steps": cause.steps,
        })),
    })
}
