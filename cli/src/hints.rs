//! Test: every command that gilsim mentions exists.
//!
//! All texts a user can see (help, pages, diagnostics, reports, lessons, README) are searched for `gilsim …` in back
//! quotes, in example lines of help, and in code blocks of documents; each must be accepted by the real command line,
//! with names of demos and pages that exist.

use crate::args::{Cli, Command, DemosAction};

use clap::{CommandFactory, Parser};
use std::path::{Path, PathBuf};

/// Folders and files whose texts reach users, relative to the workspace.
const TEXTS: &[&str] = &[
    "README.md",
    "COMPATIBILITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "ARCHITECTURE.md",
    "cli/src",
    "cli/pages",
    "demos/src",
    "trace/src",
    "scheduler/src",
    "vm/src",
];

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_path_buf());
    } else if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| files(path, found));
    }
}

/// The commands that a text mentions: between back quotes, or on a line of its own that begins with the command.
fn commands(text: &str, is_document: bool) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let mut found: Vec<String> = Vec::new();
    for part in joined.split('`').skip(1) {
        if part.starts_with("gilsim ") && !part.contains('\n') {
            found.push(part.to_string());
        }
    }
    let mut in_block = !is_document;
    for line in joined.lines() {
        in_block ^= is_document && line.starts_with("```");
        let line = line.trim_start_matches(['/', '!', ' ', '$', '"']).trim_start_matches("before_help = \"");
        let line = line.replace("cargo run --release -- ", "gilsim ");
        if in_block && line.starts_with("gilsim ") && !line.contains('`') {
            // Example lines have a remark after at least two spaces.
            found.push(line.split("  ").next().unwrap_or(&line).to_string());
        }
    }
    found.iter().map(|command| command.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Placeholders that stand for a value of the user's.
fn filled(word: &str) -> Option<String> {
    let word = word.trim_end_matches(['.', ',', ';', '"']);
    Some(match word {
        "CODE" => "DEADLOCK".into(),
        "NAME" => "lock".into(),
        "PAGE" => "DEADLOCK".into(),
        "SHELL" => "bash".into(),
        "FORMAT" => "text".into(),
        "TRACE" => "run.giltrace".into(),
        "…" | "..." | ">" | "|" | "&&" | "2>" | "#" => return None,
        other => other.to_string(),
    })
}

fn check(command: &str) -> Result<(), String> {
    if command.split(' ').count() == 2 {
        // A command named in a sentence, without its arguments.
        let name = command.trim_start_matches("gilsim ");
        if name.starts_with(|c: char| c.is_ascii_digit()) || ["--help", "--version"].contains(&name) {
            return Ok(());
        }
        return Cli::command().find_subcommand(name).map(drop).ok_or_else(|| format!("no command `{name}`"));
    }
    let words: Vec<String> = command.split(' ').map_while(filled).collect();
    let parsed = match Cli::try_parse_from(&words) {
        Ok(parsed) => parsed,
        Err(error)
            if matches!(error.kind(), clap::error::ErrorKind::DisplayHelp | clap::error::ErrorKind::DisplayVersion) =>
        {
            return Ok(());
        }
        Err(error) => return Err(error.to_string()),
    };
    let demo_exists = |name: &str| gilsim_demos::find(name).map(drop).ok_or_else(|| format!("no demo `{name}`"));
    match parsed.command {
        Command::Explain(explain) => match explain.code {
            Some(code) => crate::pages::find(&code).map(drop).ok_or_else(|| format!("no page `{code}`")),
            None => Ok(()),
        },
        Command::Demos(demos) => match demos.action {
            Some(DemosAction::Show { name } | DemosAction::Run { name, .. } | DemosAction::Copy { name, .. }) => {
                demo_exists(&name)
            }
            Some(DemosAction::List) | None => Ok(()),
        },
        _ => Ok(()),
    }
}

#[test]
fn every_command_that_is_mentioned_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    TEXTS.iter().for_each(|text| files(&root.join(text), &mut found));
    let mut mentioned = 0;
    let mut wrong = Vec::new();
    for path in found.iter().filter(|path| !path.ends_with("cli/src/hints.rs")) {
        let text = std::fs::read_to_string(path).expect("texts are UTF-8");
        for command in commands(&text, path.extension().is_some_and(|end| end == "md"))
            .iter()
            .filter(|command| !command.contains(['{', '(']))
        {
            mentioned += 1;
            if let Err(reason) = check(command) {
                wrong.push(format!("{}: `{command}`: {reason}", path.display()));
            }
        }
    }
    assert!(mentioned > 40, "only {mentioned} commands found: the search does not work");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_search_finds_commands_and_the_check_refuses_wrong_ones() {
    assert_eq!(
        commands("see `gilsim explain DEADLOCK` or\n  gilsim demos run lock      a demo\n", false),
        ["gilsim explain DEADLOCK", "gilsim demos run lock"]
    );
    assert!(check("gilsim demos run lock --python 3.9").is_ok());
    for wrong in ["gilsim view x", "gilsim demos run nothing", "gilsim explain NOTHING", "gilsim run --fast x.py"] {
        assert!(check(wrong).is_err(), "{wrong}");
    }
}
