//! The command `gilsim`: the only crate that prints, reads files, parses arguments and exits.
//!
//! `args` is the command line as data, `command` has one file per command, `load` reads programs, `render` turns what
//! there is to say into text. Everything runs on one thread with a large stack, because the parser and the compiler
//! descend into nested programs.

mod args;
mod calibrate;
mod command;
mod cost_file;
mod crash;
mod epoch;
mod exit;
mod failure;
#[cfg(test)]
mod hints;
mod host;
mod load;
mod measure;
mod pages;
mod quantity;
mod render;
mod suggest;
mod vary;

use clap::Parser;
use exit::Status;
use std::process::ExitCode;
use std::sync::Arc;

/// The simulation makes and drops millions of small objects, twice as fast with this allocator as with the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Stack sizes to try, in bytes: address space only, pages are used as needed.
const STACKS_BYTES: [usize; 3] = [1 << 30, 1 << 28, 1 << 26];

fn main() -> ExitCode {
    crash::install_hook();
    let cli = Arc::new(args::Cli::parse());
    for bytes in STACKS_BYTES {
        let cli = Arc::clone(&cli);
        let work = move || {
            let status = crash::guard(|| command::dispatch(&cli).unwrap_or_else(failure::Failure::report));
            // From here: to give back the memory of this thread first would take a tenth of the time of a short run.
            std::process::exit(i32::from(status.code()));
        };
        // A thread of the host, for its stack; nothing of the simulation depends on it.
        if let Ok(worker) = std::thread::Builder::new().stack_size(bytes).spawn(work) {
            let _ = worker.join();
            return Status::Internal.into();
        }
    }
    eprintln!("error: cannot start a thread: out of memory");
    Status::CouldNotStart.into()
}
