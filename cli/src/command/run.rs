//! `gilsim run FILE`.
use crate::args::{MachineFlags, Python, RunFlags};
use crate::exit::Status;
use crate::failure::Failure;
use crate::load::Program;
use gilsim_scheduler::profile::Profile;
/// Runs a program that has been read.
pub fn run_program(_program: &Program, _argv: Vec<String>, _flags: &RunFlags) -> Result<Status, Failure> {
    Err(Failure::usage("not built yet"))
}
/// The profile that the flags name.
pub fn profile(machine: &MachineFlags) -> Profile {
    let name = machine.python.map_or(Profile::DEFAULT, Python::name);
    Profile::by_name(name).expect("every version of the command line has a profile")
}
