//! Cost files: what `gilsim calibrate` writes and `--costs` reads, TOML with one cost a line, in nanoseconds.
//!
//! A file says which version it is for. Costs that it leaves out are the shipped ones of that version. Refused, with the
//! line: what is no TOML, another format of the file, an unknown version, an unknown name, a cost that is no number from 0 (an instruction: 1) to 65535.

use crate::failure::{Failure, printable};
use crate::suggest;

use gilsim_vm::code::{CodeRules, CostKind, CostTable};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use toml::Spanned;

/// The format that this gilsim writes and reads.
const FORMAT: i64 = 1;
/// A cost file has some two hundred lines; whatever is larger than this is none.
const BYTES_MAX: u64 = 1 << 20;

/// Costs, and where they come from.
#[derive(Debug)]
pub struct CostFile {
    /// The profile that they are for.
    pub python: &'static str,
    /// The exact version that was measured.
    pub build: String,
    /// The machine that it was measured on.
    pub platform: String,
    /// What the loop took at its best by which the speed of that machine was told; 0 if nobody says.
    pub probe_ns: u64,
    /// The costs.
    pub table: CostTable,
}

/// The sections of a file.
const SECTIONS: [(CostKind, &str); 2] = [(CostKind::Instruction, "instruction_ns"), (CostKind::Native, "native_ns")];

#[derive(Deserialize)]
struct Head {
    format: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    #[serde(rename = "format")]
    _format: i64,
    python: Spanned<String>,
    #[serde(default)]
    build: String,
    #[serde(default)]
    platform: String,
    #[serde(default)]
    probe_ns: u64,
    #[serde(default)]
    instruction_ns: Section,
    #[serde(default)]
    native_ns: Section,
}

type Section = BTreeMap<Spanned<String>, Spanned<i64>>;

/// Reads a file.
pub fn read(path: &Path) -> Result<CostFile, Failure> {
    let cannot = |error: &std::io::Error| Failure::file("read", path, error);
    let size = std::fs::metadata(path).map_err(|error| cannot(&error))?.len();
    let bytes = if size > BYTES_MAX { Vec::new() } else { std::fs::read(path).map_err(|error| cannot(&error))? };
    let shown = printable(&path.display().to_string());
    let text = String::from_utf8(bytes).ok().filter(|text| !text.is_empty());
    let Some(text) = text else {
        return Err(Failure::usage(format!("`{shown}` is no cost file")).with_help(HOW));
    };
    parse(&text).map_err(|problem| {
        let line = text[..problem.at.min(text.len())].matches('\n').count() + 1;
        let failure = Failure::usage(format!("`{shown}`, line {line}: {}", printable(&problem.text)));
        failure.with_help(problem.help.unwrap_or_else(|| HOW.into()))
    })
}

const HOW: &str = "`gilsim calibrate --python PATH -o FILE` writes a cost file";

/// What is wrong with a file, and at which byte.
#[derive(Debug)]
struct Problem {
    at: usize,
    text: String,
    help: Option<String>,
}

impl From<toml::de::Error> for Problem {
    fn from(error: toml::de::Error) -> Problem {
        let text = error.message().lines().collect::<Vec<_>>().join(", ");
        Problem { at: error.span().map_or(0, |span| span.start), text, help: None }
    }
}

fn parse(text: &str) -> Result<CostFile, Problem> {
    let format = toml::from_str::<Head>(text)?.format;
    if *format.get_ref() != FORMAT {
        let found = format.get_ref();
        let text = format!("the file has format {found}, and this gilsim reads format {FORMAT}");
        return Err(Problem { at: format.span().start, text, help: None });
    }
    let content: Content = toml::from_str(text)?;
    let named = content.python.get_ref();
    let python = CodeRules::profiles().find(|profile| profile == named).ok_or_else(|| Problem {
        at: content.python.span().start,
        text: format!("there is no CPython `{named}` here"),
        help: Some(format!("it is one of {}", CodeRules::profiles().collect::<Vec<_>>().join(", "))),
    })?;
    let mut table = CostTable::shipped(python).expect("every profile has costs");
    for (kind, section) in [(CostKind::Instruction, &content.instruction_ns), (CostKind::Native, &content.native_ns)] {
        for (name, ns) in section {
            set(&mut table, kind, name, ns)?;
        }
    }
    Ok(CostFile { python, build: content.build, platform: content.platform, probe_ns: content.probe_ns, table })
}

fn set(table: &mut CostTable, kind: CostKind, name: &Spanned<String>, ns: &Spanned<i64>) -> Result<(), Problem> {
    let least = kind.least_ns();
    let Some(cost_ns) = u16::try_from(*ns.get_ref()).ok().filter(|ns| *ns >= least) else {
        let text = format!("the cost of {} is not a number from {least} to {}", name.get_ref(), u16::MAX);
        return Err(Problem { at: ns.span().start, text, help: Some("costs are in whole nanoseconds".into()) });
    };
    if table.set(kind, name.get_ref(), cost_ns) {
        return Ok(());
    }
    let near = suggest::nearest(name.get_ref(), table.rows(kind).map(|(name, _)| name));
    let help = near.map(|near| format!("did you mean `{near}`?"));
    Err(Problem { at: name.span().start, text: format!("there is no cost named `{}`", name.get_ref()), help })
}

/// The text of a file.
pub fn text(file: &CostFile) -> String {
    let mut text = format!(
        "# Costs in nanoseconds, measured by `gilsim calibrate`; for `--costs`.\nformat = {FORMAT}\npython = {}\nbuild = {}\nplatform = {}\nprobe_ns = {}\n",
        quoted(file.python),
        quoted(&file.build),
        quoted(&file.platform),
        file.probe_ns
    );
    for (kind, section) in SECTIONS {
        let _ = write!(text, "\n[{section}]\n");
        for (name, ns) in file.table.rows(kind) {
            let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let name = if is_bare { name.to_owned() } else { quoted(name) };
            let _ = writeln!(text, "{name} = {ns}");
        }
    }
    text
}

/// A text in TOML's quotes.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut table = CostTable::shipped("3.9").unwrap();
        table.set(CostKind::Native, "operator: power", 1234);
        let (build, platform) = ("3.9.18".into(), "a \"b\"".into());
        let file = CostFile { python: "3.9", build, platform, probe_ns: 19_960, table };
        let read = parse(&text(&file)).unwrap();
        assert_eq!((read.python, read.build, read.platform), ("3.9", file.build, file.platform));
        assert_eq!((read.probe_ns, read.table), (19_960, file.table));
    }

    #[test]
    fn problems_have_a_place_and_a_reason() {
        let problem = |text: &str| {
            let problem = parse(text).unwrap_err();
            (text[..problem.at].matches('\n').count() + 1, problem.text, problem.help.unwrap_or_default())
        };
        let cases = [
            ("", 1, "missing field `format`", ""),
            ("format = 2\n", 1, "the file has format 2, and this gilsim reads format 1", ""),
            ("format = 1\npython = \"3.14\"\n", 2, "there is no CPython `3.14` here", "3.13t"),
            ("format = 1\npython = \"3.9\"\n[native_ns]\nlenn = 3\n", 4, "no cost named `lenn`", "`len`"),
            ("format = 1\npython = \"3.9\"\n[instruction_ns]\nNOP = 0\n", 4, "not a number from 1 to 65535", ""),
            ("format = 1\npython = \"3.9\"\n[native_ns]\nlen = 70000\n", 4, "not a number from 0 to 65535", ""),
            ("format = 1\npython = \"3.9\"\n[native_ns]\nlen 3\n", 4, "", ""),
            ("format = 1\npython = \"3.9\"\n\nspeed = 3\n", 4, "unknown field `speed`", ""),
        ];
        for (text, line, reason, help) in cases {
            let found = problem(text);
            assert_eq!(found.0, line, "{text:?}: {found:?}");
            assert!(found.1.contains(reason) && found.2.contains(help), "{text:?}: {found:?}");
        }
    }
}
