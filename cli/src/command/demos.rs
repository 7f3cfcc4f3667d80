//! `gilsim demos`: lists, shows, runs and copies the programs that come with gilsim.

use crate::args::{DemosAction, DemosCommand, RunFlags};
use crate::exit::Status;
use crate::failure::{Failure, printable};
use crate::{load, suggest};

use gilsim_demos::{DEMOS, Demo};
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
        match suggest::nearest(name, DEMOS.iter().map(|demo| demo.name)) {
            Some(near) => failure.with_help(format!("did you mean `{near}`?")),
            None => failure.with_help("`gilsim demos list` lists them"),
        }
    })
}

fn list() -> String {
    let row = |demo: &Demo| format!("  {:<11} {}\n", demo.name, demo.title);
    let rows: String = DEMOS.iter().map(row).collect();
    format!("{rows}\n`gilsim demos run NAME` runs one, `gilsim demos show NAME` prints its lesson and its program.\n")
}

fn show(demo: &Demo) -> String {
    let look_at: String = demo.look_at.iter().map(|point| bullet(point)).collect();
    format!(
        "{}: {}\n\n{}\n\n{}\n\nWhat to look at:\n{look_at}\n{} (CPython {}):\n\n{}",
        demo.name,
        demo.title,
        textwrap::fill(demo.question, WIDTH),
        textwrap::fill(demo.lesson, WIDTH),
        demo.file,
        demo.profile,
        demo.source,
    )
}

fn bullet(text: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent("  - ").subsequent_indent("    ");
    format!("{}\n", textwrap::fill(text, options))
}

fn run_demo(demo: &'static Demo, flags: &RunFlags) -> Result<Status, Failure> {
    let mut flags = flags.clone();
    flags.machine.python.get_or_insert_with(|| demo.profile.to_string());
    let program = load::single(demo.file, demo.source, &super::run::profile(&flags.machine).code_rules());
    let status = super::run::run_program(&program, vec![demo.file.to_string()], &flags)?;
    if !flags.quiet && flags.report.format == crate::args::Format::Human {
        let text =
            format!("\nWhat to look at:\n{}", demo.look_at.iter().map(|point| bullet(point)).collect::<String>());
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
    Ok(status)
}

fn copy(demo: &Demo, folder: &Path, force: bool) -> Result<Status, Failure> {
    let path = folder.join(demo.file);
    let there = std::fs::read_to_string(&path).ok();
    if path.exists() && there.as_deref() != Some(demo.source) && !force {
        let failure =
            Failure::usage(format!("`{}` is there already and differs", printable(&path.display().to_string())));
        return Err(failure.with_help("--force overwrites it"));
    }
    std::fs::create_dir_all(folder).map_err(|error| Failure::file("make the folder", folder, &error))?;
    std::fs::write(&path, demo.source).map_err(|error| Failure::file("write", &path, &error))?;
    let shown = printable(&path.display().to_string());
    let profile = if demo.profile == "3.13" { String::new() } else { format!("--python {} ", demo.profile) };
    super::print(&format!("wrote {shown}; run it with `gilsim run {profile}{shown}`\n"))
}
