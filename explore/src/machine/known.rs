//! Calls of the library of which it is known what they do: no other thread sees anything of them, and they are not executed.
//!
//! *The end of the program.* After its last line it waits for its threads, calls what was registered for its end, and writes
//! what its streams hold back (`vm/lib/_main.py`). If no other thread is left, nothing is registered, and nothing is held
//! back, then all that comes of it is the exit status. It is executed where somebody follows the instructions (a log), or
//! compares states.
//!
//! *Waiting for the end of a thread.* `Thread.join` looks at the thread and at who calls it, and raises, or waits and
//! returns. If each of these looks finds the usual, only the wait is left of it; otherwise it is executed.
//!
//! *The end of a thread.* The last thing it does is to take itself off the library's list (`Thread._delete`), under a lock
//! that nobody else has or waits for.
//!
//! Every execution of a search has these calls. What is left out takes no virtual time, so a pause of a thread that computes
//! for long can come a little later. Functions that the program has put in the place of the library's are called.

use super::names::Name;
use super::rules::Rule;
use super::{Machine, Points};
use gilsim_vm::effect::{Effect, Reply, Wait};
use gilsim_vm::interp::Vm;
use gilsim_vm::native::registry;
use gilsim_vm::object::Object;
use gilsim_vm::object::compare::{Hash, hash_of};
use gilsim_vm::object::sync::HandleState;
use gilsim_vm::value::{ObjId, ThreadId, Value};

/// Where the exit status is when the main thread is about to wait for the others.
const STATUS: &str = "status";

impl Machine {
    /// Does what a thread is about to call, if that is known. Whether it was done.
    pub(super) fn does_known(&mut self, id: ThreadId) -> bool {
        let Some(frame) = self.thread(id).green.frames.last().filter(|frame| frame.pc == 0) else { return false };
        match self.codes.facts(frame.code).rule {
            Some(Rule::Last) => self.end_quietly(),
            Some(Rule::Join) => self.joins(id),
            Some(Rule::Unlist) => self.unlists(id),
            _ => false,
        }
    }

    /// Waits for the end of the thread that a call of `join` names.
    fn joins(&mut self, id: ThreadId) -> bool {
        let handle = self.handle_to_join(id);
        handle.is_some_and(|handle| {
            self.effect(id, Effect::Join { handle, wait: Wait::Forever });
            true
        })
    }

    /// Whether a thread waits, or has waited, for the end of another in place of a call that it has not begun.
    pub(super) fn has_joined(&self, id: ThreadId, reply: &Reply) -> bool {
        let frame = self.thread(id).green.frames.last();
        *reply == Reply::Bool(true)
            && frame.is_some_and(|frame| frame.pc == 0 && self.codes.facts(frame.code).rule == Some(Rule::Join))
    }

    /// The handle that a call of `join` is about to wait for, if nothing keeps it from that.
    fn handle_to_join(&self, id: ThreadId) -> Option<ObjId> {
        let green = &self.thread(id).green;
        let frame = green.frames.last()?;
        let [Value::Obj(joined), Value::None] = green.stack[frame.base as usize..][..2] else { return None };
        let (Value::Bool(true), Value::Obj(started), Value::Obj(handle)) = (
            self.attribute(joined, Name::Initialized)?,
            self.attribute(joined, Name::Started)?,
            self.attribute(joined, Name::Handle)?,
        ) else {
            return None;
        };
        let is_set = self.vm.heap.lookup(self.vm.heap.class_of_object(started), self.codes.names.get(Name::IsSet)?)?;
        let Object::ThreadHandle(state) = self.vm.heap.get(handle) else { return None };
        let is_usual = self.is_library_function(is_set)
            && self.attribute(started, Name::Flag) == Some(Value::Bool(true))
            && state.state != HandleState::NotStarted
            && state.thread != Some(id)
            && self.is_of_library(frame.globals, Name::CurrentThread)
            && self.listed(frame.globals, id).is_some()
            && self.vm.can_return_from_call(green)
            && self.points != Points::EvalChecks;
        is_usual.then_some(handle)
    }

    /// Where a thread is in the dict of those that the library knows.
    fn listed(&self, threading: ObjId, id: ThreadId) -> Option<(ObjId, usize)> {
        let Value::Obj(active) = self.entry(threading, Name::Active)? else { return None };
        let ident = Value::Int(Vm::ident(id));
        match (self.vm.heap.get(active), hash_of(&self.vm.heap, ident)) {
            (Object::Dict(dict), Hash::Known(hash)) => Some((active, dict.find(hash, |key| key == ident)?)),
            _ => None,
        }
    }

    /// Takes a thread that ends off the list of those that the library knows.
    fn unlists(&mut self, id: ThreadId) -> bool {
        let Some((active, place)) = self.place_to_leave(id) else { return false };
        self.vm.heap.dict_remove_at(active, place);
        self.vm.return_from_call(&mut self.threads[id.0 as usize].green, Value::None)
    }

    /// Where a thread that ends is listed, if nothing keeps it from leaving that place.
    fn place_to_leave(&self, id: ThreadId) -> Option<(ObjId, usize)> {
        let green = &self.thread(id).green;
        let threading = green.frames.last()?.globals;
        let Value::Obj(lock) = self.entry(threading, Name::ActiveLock)? else { return None };
        let is_free = matches!(self.vm.heap.get(lock), Object::Lock(lock) if lock.holder.is_none());
        let Value::Native(ident) = self.entry(threading, Name::GetIdent)? else { return None };
        let ident = registry::native(ident);
        let is_usual = is_free
            && !self.threads.iter().any(|thread| thread.waits_to_be_told(lock))
            && (ident.module, ident.def.name) == (Some("_thread"), "get_ident")
            && self.vm.can_return_from_call(green)
            && self.points != Points::EvalChecks;
        self.listed(threading, id).filter(|_| is_usual)
    }

    /// Ends the program, whose main thread is about to wait for the others, if nothing can happen any more.
    fn end_quietly(&mut self) -> bool {
        let main = ThreadId(0);
        let may_skip = self.log.is_none() && !self.knowledge.leaves_daemons && self.is_alone(main);
        let status = if may_skip && self.exits_silently() { self.exit_status() } else { None };
        if let Some(status) = status {
            self.finished(main, Ok(status));
        }
        status.is_some()
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
        self.entry(namespace, function).is_some_and(|function| self.is_library_function(function))
    }

    fn is_library_function(&self, function: Value) -> bool {
        let Value::Obj(function) = function else { return false };
        matches!(self.vm.heap.get(function), Object::Function(function) if !self.codes.facts(function.code).is_user)
    }

    fn is_empty(&self, namespace: ObjId, list: Name) -> bool {
        let Some(Value::Obj(list)) = self.entry(namespace, list) else { return false };
        matches!(self.vm.heap.get(list), Object::List(items) if items.is_empty())
    }
}
