//! The pages of `gilsim explain`: one per diagnostic code, per way a run can end, and per topic.
//!
//! Pages of diagnostic codes come from the compiler's registry, the table of exit statuses from [`exit`], the list of
//! modules from the machine; everything else is a text file in `cli/pages`, whose first line is the title.

use crate::exit;

use gilsim_vm::source::CODES;

/// A page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// What to type after `gilsim explain`.
    pub name: String,
    /// A few words.
    pub title: String,
    /// The text, in lines for 80 columns.
    pub body: String,
}

/// Columns for which pages are written.
const WIDTH: usize = 79;

macro_rules! text_pages {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../pages/", $name, ".txt")))),+] };
}

/// How a run can end.
const ENDS: &[(&str, &str)] = text_pages!(
    "DEADLOCK",
    "SELF-DEADLOCK",
    "LIMIT-STEPS",
    "LIMIT-TIME",
    "LIMIT-HEAP",
    "LIMIT-THREADS",
    "LIMIT-OUTPUT"
);

/// Findings about speed.
const FINDINGS: &[(&str, &str)] = text_pages!("CONVOY", "STARVATION", "LOCK-CONVOY", "GIL-HELD-IN-NATIVE");

/// Topics.
const TOPICS: &[(&str, &str)] = text_pages!(
    "costs",
    "explore",
    "language",
    "livelock",
    "schedules",
    "strategies",
    "tests",
    "timeline",
    "versions",
    "virtual-time"
);

/// The groups of pages, each with a heading, in the order of the list.
pub fn groups() -> Vec<(&'static str, Vec<Page>)> {
    let mut topics: Vec<Page> = TOPICS.iter().map(|(name, text)| text_page(name, text)).collect();
    topics.extend([library(), exit_codes()]);
    vec![
        ("Topics", topics),
        ("How a run can end", ENDS.iter().map(|(name, text)| text_page(name, text)).collect()),
        ("Findings about speed", FINDINGS.iter().map(|(name, text)| text_page(name, text)).collect()),
        ("Problems of a program", CODES.iter().map(code_page).collect()),
    ]
}

/// All pages.
pub fn all() -> Vec<Page> {
    groups().into_iter().flat_map(|(_, pages)| pages).collect()
}

/// The page of this name, in any case; leading zeros of a code may be left out.
pub fn find(name: &str) -> Option<Page> {
    let code = gilsim_vm::source::DiagnosticCode::parse(name).map(|code| code.to_string());
    let name = code.as_deref().unwrap_or(name);
    all().into_iter().find(|page| page.name.eq_ignore_ascii_case(name))
}

fn text_page(name: &str, text: &str) -> Page {
    let (title, body) = text.split_once("\n\n").unwrap_or((text, ""));
    Page { name: name.into(), title: title.trim().into(), body: body.into() }
}

fn code_page(info: &gilsim_vm::source::CodeInfo) -> Page {
    let exception = info.exception.map(|class| format!("\nIn CPython: {class}\n")).unwrap_or_default();
    let body = format!("{}\n{exception}", wrap(info.explanation));
    Page { name: info.code.to_string(), title: info.title.into(), body }
}

fn exit_codes() -> Page {
    let row = |row: &exit::StatusRow| {
        let detail = textwrap::indent(&textwrap::fill(row.detail, WIDTH - 10), "          ");
        format!("{:<9} {}\n{detail}\n", row.code, row.meaning)
    };
    let body = exit::STATUSES.iter().map(row).collect::<Vec<_>>().join("\n");
    Page { name: "exit-codes".into(), title: "the exit statuses of gilsim".into(), body }
}

fn library() -> Page {
    let names = crate::load::library::supported_names();
    let names = textwrap::indent(&textwrap::fill(&names.join(", "), WIDTH - 2), "  ");
    let rest = wrap(
        "Modules of your own are found beside the program. Any other import is an error before the program runs \
         (GS0201), unless it stands in a `try` with `except ImportError`: then it raises ModuleNotFoundError when it \
         is executed.",
    );
    let body = format!("These modules can be imported:\n\n{names}\n\n{rest}\n");
    Page { name: "library".into(), title: "the modules that gilsim has".into(), body }
}

/// Fills the paragraphs of a text; indented lines (examples) stay as they are.
fn wrap(text: &str) -> String {
    let line = |line: &str| if line.starts_with(' ') { line.to_string() } else { textwrap::fill(line, WIDTH) };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_a_title_a_text_and_fit() {
        for page in all() {
            assert!(!page.title.is_empty() && page.body.len() > 40, "{}", page.name);
            for line in page.body.lines() {
                assert!(line.chars().count() <= WIDTH + 1, "{}: {line}", page.name);
            }
        }
    }

    #[test]
    fn names_are_found_in_any_case_and_with_few_zeros() {
        assert_eq!(find("deadlock").map(|page| page.name), Some("DEADLOCK".into()));
        assert_eq!(find("gs112").map(|page| page.name), Some("GS0112".into()));
        assert_eq!(find("exit-codes").map(|page| page.name), Some("exit-codes".into()));
        assert_eq!(find("GS9999"), None);
    }
}
