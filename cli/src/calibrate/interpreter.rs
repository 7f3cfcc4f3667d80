//! An installed Python: what it is, and how long the snippets take on it.
//!
//! Both questions are Python programs given on its command line, which answer in JSON. An answer is read up to a limit, so a
//! program that is no Python cannot fill the memory. Missed: a program that neither answers nor ends has to be stopped by Ctrl-C.

use crate::failure::{Failure, describe, printable};

use gilsim_scheduler::profile::Profile;
use gilsim_vm::code::CodeRules;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

/// The snippets and the program that times them: one text.
const MEASURE: &str =
    concat!(include_str!("../../calibrate/snippets.py"), "\n", include_str!("../../calibrate/measure.py"));

/// What it is. On free-threaded builds the profile's name ends with a `t`.
const PROBE: &str = "
import json, platform, sys, sysconfig
t = 't' if sysconfig.get_config_var('Py_GIL_DISABLED') else ''
json.dump({'kind': platform.python_implementation(), 'version': '%d.%d' % sys.version_info[:2] + t,
           'build': platform.python_version() + t, 'platform': platform.platform()}, sys.stdout)
";

/// No answer is longer.
const ANSWER_BYTES_MAX: u64 = 8 << 20;

#[derive(Deserialize)]
struct Probe {
    kind: String,
    version: String,
    build: String,
    platform: String,
}

/// What was measured.
#[derive(Deserialize)]
pub struct Measured {
    /// What the probe takes at its best: a short loop by which the speed of the machine was told.
    pub probe_ns: f64,
    /// The timed snippets.
    pub snippets: Vec<Snippet>,
}

/// A timed snippet.
#[derive(Deserialize, Debug)]
pub struct Snippet {
    /// Its name.
    pub name: String,
    /// Python text that defines `bench(it)`, which executes the snippet once for each item.
    pub text: String,
    /// The native functions it calls, and how often.
    pub natives: BTreeMap<String, u32>,
    /// Whether it was timed in functions that were never called before.
    #[serde(default)]
    pub cold: bool,
    /// Measured time.
    pub ns: f64,
}

/// A CPython that gilsim has a profile of.
#[derive(Debug)]
pub struct Interpreter {
    /// How to start it.
    path: String,
    /// The profile.
    pub profile: Profile,
    /// Its exact version.
    pub build: String,
    /// The machine it runs on.
    pub platform: String,
}

impl Interpreter {
    /// The CPython at a path, or of a name that the shell would find.
    pub fn at(path: &Path) -> Result<Interpreter, Failure> {
        let shown = printable(&path.display().to_string());
        let command = path.display().to_string();
        let probe: Probe = ask(&command, &["-c", PROBE])?;
        if probe.kind != "CPython" {
            return Err(Failure::usage(format!("`{shown}` is {}, not CPython", printable(&probe.kind))));
        }
        let profile = Profile::by_name(&probe.version).ok_or_else(|| {
            let names = CodeRules::profiles().collect::<Vec<_>>().join(", ");
            let failure = format!("`{shown}` is CPython {}, which gilsim does not know", printable(&probe.version));
            Failure::usage(failure).with_help(format!("it knows {names}"))
        })?;
        Ok(Interpreter { path: command, profile, build: probe.build, platform: probe.platform })
    }

    /// Times the snippets.
    pub fn measure(&self, rounds: u32) -> Result<Measured, Failure> {
        ask(&self.path, &["-c", MEASURE, &rounds.to_string()])
    }
}

/// Runs Python and reads its answer.
fn ask<T: for<'a> Deserialize<'a>>(path: &str, arguments: &[&str]) -> Result<T, Failure> {
    let shown = printable(path);
    let mut command = Command::new(path);
    command.args(["-E", "-s"]).args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let cannot = |error: &std::io::Error| Failure::usage(format!("cannot run `{shown}`: {}", describe(error)));
    let mut child = command.spawn().map_err(|error| cannot(&error))?;
    let mut answer = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        stdout.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).map_err(|error| cannot(&error))?;
    }
    let _ = child.kill();
    let status = child.wait().map_err(|error| cannot(&error))?;
    serde_json::from_slice(&answer).map_err(|_| {
        let how = status
            .code()
            .filter(|code| *code != 0)
            .map_or(String::new(), |code| format!(" (it ended with status {code})"));
        Failure::usage(format!("`{shown}` does not answer as Python does{how}"))
            .with_help("give the path of a CPython, such as /usr/bin/python3")
    })
}
