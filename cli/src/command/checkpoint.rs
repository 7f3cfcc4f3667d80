//! Checkpoint files of `gilsim explore`: JSON.

use crate::exit::Status;
use crate::failure::{Failure, printable};

use gilsim_explore::checkpoint::{Checkpoint, Mismatch};
use gilsim_explore::machine::Machine;
use gilsim_explore::report::{Report, Unfinished, Verdict};
use std::path::Path;

/// Reads one.
pub fn read(path: &Path) -> Result<Checkpoint, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
    let checkpoint: Checkpoint = serde_json::from_str(&text).map_err(|_| bad(path, "is no checkpoint"))?;
    if checkpoint.points().is_none() {
        return Err(bad(path, "is no checkpoint of this version"));
    }
    Ok(checkpoint)
}

/// Whether it is of this program.
pub fn check(checkpoint: &Checkpoint, origin: &Machine, path: &Path) -> Result<(), Failure> {
    checkpoint.fits(origin).map_err(|why| match why {
        Mismatch::Version => bad(path, "was written by another version"),
        Mismatch::Program => bad(path, "is of another text of the program, or of other arguments"),
    })
}

/// Writes one if the search was stopped and can go on.
pub fn write(path: &Path, stopped: Option<&Checkpoint>, report: &Report) -> Result<(), Failure> {
    let Some(checkpoint) = stopped else {
        return match report.verdict {
            Verdict::Unfinished(Unfinished::Stopped | Unfinished::Executions) => {
                Err(Failure::usage("this search cannot be kept in a checkpoint")
                    .with_help("only the strategies portfolio and dpor can, with --points shared or all"))
            }
            _ => Ok(()),
        };
    };
    let text = serde_json::to_string(checkpoint).map_err(|error| Failure::usage(error.to_string()))?;
    std::fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
}

fn bad(path: &Path, what: &str) -> Failure {
    let text = format!("`{}` {what}", printable(&path.display().to_string()));
    Failure::Message { text, help: Some("search from the beginning".to_owned()), status: Status::BadRecord }
}
