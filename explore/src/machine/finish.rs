//! The end of a program, where nothing happens in it.
//!
//! After its last line a program waits for its threads, calls what was registered for its end, and writes what its streams
//! hold back (`vm/lib/_main.py`). If no other thread is left, nothing is registered, and nothing is held back, then all
//! that comes of it is the exit status, which is known before. Every execution of a search ends so; it is not executed
//! then. It is where somebody follows the instructions (a log), or compares states.

use super::Machine;
use super::names::Name;
use gilsim_vm::object::Object;
use gilsim_vm::value::{ObjId, ThreadId, Value};

/// Where the exit status is when the main thread is about to wait for the others.
const STATUS: &str = "status";

impl Machine {
    /// Ends the program, whose main thread is about to wait for the others, if nothing can happen any more.
    pub(super) fn end_quietly(&mut self) {
        let main = ThreadId(0);
        let may_skip = self.log.is_none() && !self.knowledge.leaves_daemons && self.is_alone(main);
        if may_skip
            && self.exits_silently()
            && let Some(status) = self.exit_status()
        {
            self.finished(main, Ok(status));
        }
    }

    /// What the function that called the present one of the main thread has found to be the exit status.
    fn exit_status(&self) -> Option<Value> {
        let green = &self.thread(ThreadId(0)).green;
        let [.., caller, _] = &green.frames[..] else { return None };
        let code = &self.vm.codes[caller.code.0 as usize].code;
        let slot = code.localsplus.iter().position(|local| **local == *STATUS)?;
        Some(green.stack[caller.base as usize + slot]).filter(|status| matches!(status, Value::Int(_)))
    }

    /// Whether nothing is registered for the end, and nothing held back.
    fn exits_silently(&self) -> bool {
        let vm = &self.vm;
        let Some(sys) = self.namespace(Name::Sys) else { return false };
        let flushed = |name| matches!(self.entry(sys, name), Some(Value::Obj(io)) if self.is_flushed(io));
        let unchanged = |module, call, list| {
            self.namespace(module).is_none_or(|module| self.is_of_library(module, call) && self.is_empty(module, list))
        };
        self.entry(sys, Name::Modules) == Some(Value::Obj(vm.modules))
            && flushed(Name::Stdout)
            && flushed(Name::Stderr)
            && unchanged(Name::Threading, Name::Shutdown, Name::ExitCalls)
            && unchanged(Name::Atexit, Name::RunExitFunctions, Name::Registered)
    }

    /// The namespace of a module that is loaded.
    fn namespace(&self, module: Name) -> Option<ObjId> {
        let Some(Value::Obj(module)) = self.entry(self.vm.modules, module) else { return None };
        match *self.vm.heap.get(module) {
            Object::Module(namespace) => Some(namespace),
            _ => None,
        }
    }

    fn entry(&self, dict: ObjId, name: Name) -> Option<Value> {
        self.vm.heap.dict_get_name(dict, self.codes.names.get(name)?)
    }

    fn is_flushed(&self, stream: ObjId) -> bool {
        matches!(self.vm.heap.get(stream), Object::TextIo(io) if io.pending.is_empty())
    }

    fn is_of_library(&self, namespace: ObjId, function: Name) -> bool {
        let Some(Value::Obj(function)) = self.entry(namespace, function) else { return false };
        matches!(self.vm.heap.get(function), Object::Function(function) if !self.codes.facts(function.code).is_user)
    }

    fn is_empty(&self, namespace: ObjId, list: Name) -> bool {
        let Some(Value::Obj(list)) = self.entry(namespace, list) else { return false };
        matches!(self.vm.heap.get(list), Object::List(items) if items.is_empty())
    }
}
