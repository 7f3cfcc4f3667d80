//! Standard input of the command, which becomes that of the program.
//!
//! It is an input of the simulation, so it is read to its end before the run, and only for programs that speak of it. A
//! terminal is not read: the program would have to wait for its end before the first prompt; it finds an empty input.

use crate::failure::Failure;

use std::io::{IsTerminal, Read};
use std::sync::Arc;

/// Most bytes that are taken.
const BYTES_MAX: u64 = 64 << 20;

/// The whole standard input.
///
/// # Errors
/// If it cannot be read, is too long or not UTF-8.
pub fn text() -> Result<Arc<str>, Failure> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return Ok(Arc::from(""));
    }
    let mut bytes = Vec::new();
    stdin.lock().take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(Failure::from)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Failure::usage(format!("standard input is longer than {} MB", BYTES_MAX >> 20)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::from(text)),
        Err(error) => {
            let place = error.utf8_error().valid_up_to();
            Err(Failure::usage(format!("standard input is not UTF-8 at byte {place}")))
        }
    }
}
