//! `gilsim explain CODE`: prints a page; without a code, the list of pages.

use crate::args::ExplainCommand;
use crate::exit::Status;
use crate::failure::{Failure, printable};
use crate::{pages, suggest};

/// Prints a page or the list.
pub fn explain(arguments: &ExplainCommand) -> Result<Status, Failure> {
    let Some(name) = &arguments.code else { return super::print(&list()) };
    match pages::find(name) {
        Some(page) => super::print(&format!("{}: {}\n\n{}\n", page.name, page.title, page.body.trim_end())),
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::usage(format!("there is no page `{}`", printable(name)));
    let pages = pages::all();
    match suggest::nearest(name, pages.iter().map(|page| page.name.as_str())) {
        Some(near) => failure.with_help(format!("did you mean `gilsim explain {near}`?")),
        None => failure.with_help("`gilsim explain` lists all pages"),
    }
}

fn list() -> String {
    let mut text = String::new();
    for (heading, pages) in pages::groups() {
        text.push_str(&format!("{heading}:\n"));
        for page in pages {
            text.push_str(&format!("  {:<15} {}\n", page.name, page.title));
        }
        text.push('\n');
    }
    text.push_str("`gilsim explain PAGE` prints one of them.\n");
    text
}
