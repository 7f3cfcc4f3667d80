//! Calls.
use super::{GreenThread, Vm};
use crate::native::Args;
use crate::value::Value;
impl Vm {
    pub(crate) fn start_call(&mut self, _thread: &mut GreenThread, _callee: Value, _args: &Args<'_>) {
        unreachable!()
    }
    /// A function of the prelude.
    pub fn prelude(&mut self, _name: &str) -> Value {
        unreachable!()
    }
}
