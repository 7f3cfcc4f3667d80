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
    let measured = interpreter.measure(arguments.rounds)?;
    let (file, quality) = calibrate::calibrate(&interpreter, &measured);
    let worst = quality.snippets.iter().rev().take(WORST);
    let worst: Vec<String> = worst.map(|row| format!("{} ({:.0} %)", row.name, row.error() * 100.0)).collect();
    if arguments.details {
        tell(&format!("{:24} {:>12} {:>12} {:>6}\n", "piece", "measured ns", "predicted ns", "ratio"));
        for row in &quality.snippets {
            let ratio = row.predicted_ns / row.measured_ns;
            tell(&format!("{:24} {:12.1} {:12.1} {ratio:6.2}\n", row.name, row.measured_ns, row.predicted_ns));
        }
    }
    tell(&format!(
        "{} snippets, as far from the fitted costs as: median {:.0} %, 90th percentile {:.0} %\nfarthest: {}\n",
        quality.snippets.len(),
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
