//! `gilsim man`: prints the manual page of the command and all its subcommands, as troff.

use crate::args::Cli;
use crate::exit::{self, Status};
use crate::failure::Failure;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

/// Prints the page. The subcommands follow as sections, so that one file holds everything.
pub fn man() -> Result<Status, Failure> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let man = Man::new(command.clone()).title("GILSIM").manual("gilsim");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    for subcommand in command.get_subcommands().filter(|subcommand| !is_help(subcommand)) {
        section(subcommand, "", &mut page)?;
    }
    page.extend(exit_section().into_bytes());
    man.render_version_section(&mut page)?;
    super::print(&String::from_utf8_lossy(&page))
}

fn is_help(command: &Command) -> bool {
    command.get_name() == "help"
}

/// One subcommand: synopsis, what it does, its flags, and its own subcommands.
fn section(command: &Command, above: &str, page: &mut Vec<u8>) -> Result<(), std::io::Error> {
    let name = format!("{above}{}", command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    page.extend(format!(".SH \"{}\"\n{}\n.PP\n", name.to_uppercase(), escape(&about)).into_bytes());
    let man = Man::new(command.clone().disable_help_flag(true).disable_help_subcommand(true));
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    man.render_options_section(&mut part)?;
    // Within a command's section, "SYNOPSIS" and "OPTIONS" are subsections.
    page.extend(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").into_bytes());
    for subcommand in command.get_subcommands().filter(|subcommand| !is_help(subcommand)) {
        section(subcommand, &format!("{name} "), page)?;
    }
    Ok(())
}

fn exit_section() -> String {
    let row = |row: &exit::StatusRow| format!(".TP\n{}\n{}. {}\n", row.code, escape(row.meaning), escape(row.detail));
    format!(".SH \"EXIT STATUS\"\n{}", exit::STATUSES.iter().map(row).collect::<String>())
}

/// Text that troff takes literally.
fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
