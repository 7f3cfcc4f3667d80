//! `gilsim demos`: lists, shows, runs and copies the programs that come with gilsim.

use crate::args::{DemosAction, DemosCommand, RunFlags};
use crate::exit::Status;
use crate::failure::{Failure, printable};
use crate::{load, suggest};

use gilsim_demos::{COURSE, Chapter, Demo, End};
use gilsim_trace::duration;
use std::io::Write;
use std::path::Path;

/// Columns of a lesson.
const WIDTH: usize = 79;

/// Does what was asked for; without anything, lists.
pub fn demos(arguments: &DemosCommand) -> Result<Status, Failure> {
    match &arguments.action {
        None | Some(DemosAction::List) => super::print(&list()),
        Some(DemosAction::Show { name }) => super::print(&show(find(name)?)),
        Some(DemosAction::Run { name, run }) => run_demo(find(name)?, run),
        Some(DemosAction::Copy { name, dir, force }) => copy(find(name)?, dir, *force),
    }
}

fn find(name: &str) -> Result<&'static Demo, Failure> {
    gilsim_demos::find(name).ok_or_else(|| {
        let failure = Failure::usage(format!("there is no demo `{}`", printable(name)));
        match suggest::nearest(name, gilsim_demos::demos().map(|demo| demo.name)) {
            Some(near) => failure.with_help(format!("did you mean `{near}`?")),
            None => failure.with_help("`gilsim demos list` lists them"),
        }
    })
}

fn list() -> String {
    let names = gilsim_demos::demos().map(|demo| demo.name.len()).max().unwrap_or(0);
    let row = |demo: &Demo| format!("  {:<names$} {}\n", demo.name, demo.title);
    let chapter = |chapter: &Chapter| {
        let rows: String = chapter.demos.iter().map(row).collect();
        format!("{}\n{rows}\n", chapter.title)
    };
    let chapters: String = COURSE.iter().map(chapter).collect();
    format!("{chapters}`gilsim demos run NAME` runs one, `gilsim demos show NAME` prints its lesson and its program.\n")
}

fn show(demo: &Demo) -> String {
    let look_at: String = demo.look_at.iter().map(|point| bullet(point)).collect();
    let ends: String = demo.ends.iter().map(|end| bullet(&how_it_ends(end))).collect();
    format!(
        "{}: {}\n\n{}\n\n{}\n\nWhat to look at:\n{look_at}\nHow it ends:\n{ends}\n{} (CPython {}):\n\n{}",
        demo.name,
        demo.title,
        textwrap::fill(demo.question, WIDTH),
        textwrap::fill(demo.lesson, WIDTH),
        demo.program.file,
        demo.profile,
        demo.program.source,
    )
}

/// `CPython 3.13 and 3.9: with status 3 (deadlock), after 0.1 s`.
fn how_it_ends(end: &End) -> String {
    let how = match end.status {
        0 => "well".to_string(),
        status if status == Status::Deadlock.code() => format!("with status {status} (deadlock)"),
        status if status == Status::Limit.code() => format!("with status {status} (a limit was reached)"),
        status => format!("with status {status}"),
    };
    let after = end.lasts_ms.map_or(String::new(), |ms| format!(", after {}", duration::plain(ms * 1_000_000)));
    format!("CPython {}: {how}{after}", end.profiles.join(" and "))
}

fn bullet(text: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent("  - ").subsequent_indent("    ");
    format!("{}\n", textwrap::fill(text, options))
}

fn run_demo(demo: &'static Demo, flags: &RunFlags) -> Result<Status, Failure> {
    let mut flags = flags.clone();
    if flags.machine.costs.is_empty() {
        flags.machine.python.get_or_insert_with(|| demo.profile.to_string());
    }
    let rules = super::run::profile(&flags.machine)?.code_rules();
    let program = load::single(demo.program.file, demo.program.source, &rules);
    let status = super::run::run_program(&program, vec![demo.program.file.to_string()], &flags)?;
    if !flags.quiet && flags.report.format == crate::args::Format::Human {
        let text =
            format!("\nWhat to look at:\n{}", demo.look_at.iter().map(|point| bullet(point)).collect::<String>());
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
    Ok(status)
}

fn copy(demo: &Demo, folder: &Path, force: bool) -> Result<Status, Failure> {
    let path = folder.join(demo.program.file);
    let there = std::fs::read_to_string(&path).ok();
    if path.exists() && there.as_deref() != Some(demo.program.source) && !force {
        let failure =
            Failure::usage(format!("`{}` is there already and differs", printable(&path.display().to_string())));
        return Err(failure.with_help("--force overwrites it"));
    }
    std::fs::create_dir_all(folder).map_err(|error| Failure::file("make the folder", folder, &error))?;
    std::fs::write(&path, demo.program.source).map_err(|error| Failure::file("write", &path, &error))?;
    let shown = printable(&path.display().to_string());
    let profile = if demo.profile == "3.13" { String::new() } else { format!("--python {} ", demo.profile) };
    super::print(&format!("wrote {shown}; run it with `gilsim run {profile}{shown}`\n"))
}
