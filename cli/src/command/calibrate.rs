//! `gilsim calibrate --python PATH`: measures an installed CPython and writes a cost file.

use crate::args::CalibrateCommand;
use crate::calibrate::{self, Interpreter};
use crate::cost_file;
use crate::exit::Status;
use crate::failure::Failure;
use std::io::Write;

/// How many of the worst snippets are named.
const WORST: usize = 5;

/// Measures, fits, writes; how good the fit is goes to stderr.
pub fn calibrate(arguments: &CalibrateCommand) -> Result<Status, Failure> {
    let interpreter = Interpreter::at(&arguments.python)?;
    tell(&format!("measuring CPython {} ...\n", interpreter.build));
    let snippets = interpreter.measure(arguments.rounds)?;
    let (file, quality) = calibrate::calibrate(&interpreter, &snippets);
    let worst = quality.errors.iter().rev().take(WORST);
    let worst: Vec<String> = worst.map(|(error, name)| format!("{name} ({:.0} %)", error * 100.0)).collect();
    tell(&format!(
        "{} snippets, as far from the fitted costs as: median {:.0} %, 90th percentile {:.0} %\nfarthest: {}\n",
        quality.errors.len(),
        quality.percentile(50),
        quality.percentile(90),
        worst.join(", ")
    ));
    let text = cost_file::text(&file);
    if arguments.output.as_os_str() == "-" {
        return super::print(&text);
    }
    std::fs::write(&arguments.output, text).map_err(|error| Failure::file("write", &arguments.output, &error))?;
    Ok(Status::Ok)
}

fn tell(text: &str) {
    // Nothing can be done when stderr is closed.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
