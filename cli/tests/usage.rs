//! Wrong usage, help, completions, the manual page, closed pipes.

use crate::harness::{Folder, gilsim};

use std::io::Read;
use std::process::Stdio;

#[test]
fn wrong_usage_ends_with_status_2_and_suggests_the_nearest() {
    let cases: &[(&[&str], &str)] = &[
        (&[], "Usage: gilsim"),
        (&["ru", "x.py"], "'run'"),
        (&["run"], "<FILE>"),
        (&["run", "--pyton", "3.9", "x.py"], "'--python'"),
        (&["run", "--python", "3.14", "x.py"], "'3.10'"),
        (&["run", "--detail", "lines", "x.py"], "'line'"),
        (&["run", "--switch-interval", "5mss", "x.py"], "did you mean `5ms`?"),
        (&["run", "--switch-interval", "5", "x.py"], "`5` has no unit"),
        (&["run", "--max-heap", "10MBB", "x.py"], "did you mean `10MB`?"),
        (&["run", "--max-steps", "many", "x.py"], "is not a number"),
        (&["run", "--cores", "0", "x.py"], "0 is not in 1..=1024"),
        (&["run", "--epoch", "yesterday", "x.py"], "neither seconds since 1970 nor a date"),
        (&["calibrate"], "--python <PATH>"),
        (&["compare", "--python", "3.9,4", "x.py"], "invalid value '4'"),
        (&["sweep", "x.py"], "--vary"),
        (&["sweep", "x.py", "--vary", "core=1"], "`core` cannot vary"),
        (&["sweep", "x.py", "--vary", "cores=1", "--vary", "seed=1", "--vary", "arg1=1"], "given twice"),
        (&["demos", "run", "dedlock"], "did you mean `deadlock`?"),
        (&["demos", "copy", "fibonacci"], "`gilsim demos list` lists them"),
        (&["explain", "DEDLOCK"], "did you mean `gilsim explain DEADLOCK`?"),
        (&["completions", "tcsh"], "possible values"),
    ];
    for (arguments, part) in cases {
        let done = gilsim(arguments);
        assert_eq!(done.status, Some(2), "{arguments:?}: {done:?}");
        assert_eq!(done.stdout, "", "{arguments:?}");
        assert!(done.stderr.contains(part), "{arguments:?}: {}", done.stderr);
    }
}

#[test]
fn short_help_fits_a_screen_and_long_help_lists_the_exit_statuses() {
    let top = [
        &[][..],
        &["run"],
        &["explore"],
        &["compare"],
        &["calibrate"],
        &["sweep"],
        &["check"],
        &["dis"],
        &["demos"],
        &["export"],
        &["explain"],
        &["completions"],
    ];
    let below = [&["demos", "show"][..], &["demos", "run"], &["demos", "copy"]];
    for command in top.into_iter().chain(below) {
        let done = gilsim(&[command, &["-h"]].concat());
        assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""), "{command:?}");
        assert!(done.stdout.lines().count() <= 40, "{command:?} -h has {} lines", done.stdout.lines().count());
        assert!(done.stdout.lines().all(|line| line.chars().count() <= 100), "{command:?} -h is too wide");
        let examples = done.stdout.find("Examples:").expect("examples");
        assert!(examples < done.stdout.find("Usage:").expect("usage"), "examples come first");
    }
    let help = gilsim(&["run", "--help"]).stdout;
    for status in ["\n  0 ", "\n  1 ", "\n  n ", "\n  2 ", "\n  3 ", "\n  4 ", "\n  5 ", "\n  6 ", "\n  70 "] {
        assert!(help.contains(status), "{status:?} is missing in {help}");
    }
}

#[test]
fn completions_and_manual_page_name_every_command() {
    let commands = ["run", "explore", "check", "dis", "demos", "export", "explain", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = gilsim(&["completions", shell]);
        assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""), "{shell}");
        assert!(commands.iter().all(|command| done.stdout.contains(command)), "{shell}");
    }
    let page = gilsim(&["man"]).stdout;
    assert!(page.contains(".TH GILSIM 1"), "{page}");
    assert!(commands.iter().all(|command| page.contains(&format!(".SH \"{}\"", command.to_uppercase()))), "{page}");
    assert!(page.contains("EXIT STATUS") && page.contains("switch\\-interval"), "{page}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let mut child = folder.command(&["man"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut stderr).expect("stderr is UTF-8");
    let status = child.wait().expect("it ends").code();
    assert_eq!((status, stderr.as_str()), (Some(141), ""));
}
