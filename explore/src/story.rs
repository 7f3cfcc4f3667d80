//! An execution told step by step: who did what to which place, where in the program.

use crate::machine::Machine;
use crate::machine::knowledge::Knowledge;
use crate::machine::operation::{Accesses, Kind, Operation};
use crate::report::{Step, Stuck};
use gilsim_vm::code::Op;
use gilsim_vm::effect::Effect;
use gilsim_vm::interp::GreenThread;
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::object::Object;
use gilsim_vm::value::{CodeId, ObjId, ThreadId, Value};

/// An execution told.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Story {
    /// Its steps.
    pub steps: Vec<Step>,
    /// Who waits for what at the end.
    pub stuck: Vec<Stuck>,
    /// Names of the threads.
    pub names: Vec<String>,
}

/// What a thread does that was notified and has its lock again.
pub(crate) const RESUMED: &str = "goes on after its wait with";

/// The last steps of an execution that goes in a circle, which are told whatever they touch.
pub(crate) const STEPS_OF_CIRCLE: usize = 5;

/// Tells an execution while it takes place on a machine for which every operation is a step. Told are the operations on
/// places that the execution itself shows to be shared, and synchronisation.
#[derive(Debug, Default)]
pub struct Teller {
    steps: Vec<(Step, Accesses, bool)>,
    touched: Knowledge,
}

impl Teller {
    /// Takes a step and remembers it.
    pub fn step(&mut self, machine: &mut Machine, thread: ThreadId) {
        let Some(operation) = machine.thread(thread).next.clone() else { return };
        let mut step = describe(machine, thread, &operation);
        let writes = operation.accesses.first().is_some_and(|access| access.write);
        let is_data = matches!(operation.kind, Kind::Instruction | Kind::End);
        if operation.kind == Kind::Instruction {
            step.value = if writes { written(machine, thread) } else { seen(machine, &operation) };
        }
        for access in &operation.accesses {
            self.touched.touch(thread, access);
        }
        machine.step(thread);
        if operation.kind == Kind::Pause {
            return;
        }
        self.steps.push((step, operation.accesses, is_data));
    }

    /// The story up to here.
    pub fn finish(self, machine: &Machine) -> Story {
        let touched = self.touched;
        let matters = |accesses: &Accesses| accesses.iter().any(|access| touched.is_shared(access));
        let last = self.steps.len().saturating_sub(STEPS_OF_CIRCLE);
        // What a thread asks for again and again may be something that nobody changes.
        let asks = |at: usize, step: &Step| {
            at >= last && step.value.is_some() && machine.ending.circling.contains(&step.thread)
        };
        let told = self
            .steps
            .into_iter()
            .enumerate()
            .filter(|(at, (step, accesses, is_data))| !is_data || matters(accesses) || asks(*at, step));
        Story {
            steps: told.map(|(_, (step, ..))| step).collect(),
            stuck: if machine.is_over() { Vec::new() } else { stuck(machine) },
            names: machine.threads().iter().map(|thread| name(machine, thread.green.id)).collect(),
        }
    }
}

/// The name of a thread: that of its `Thread` object.
fn name(machine: &Machine, thread: ThreadId) -> String {
    if thread == ThreadId(0) {
        return "MainThread".to_owned();
    }
    machine.thread(thread).name.clone().unwrap_or_else(|| format!("T{}", thread.0))
}

/// What a thread is about to do.
pub fn describe(machine: &Machine, thread: ThreadId, operation: &Operation) -> Step {
    let (what, object) = match &operation.kind {
        Kind::Instruction => {
            let writes = operation.accesses.iter().any(|access| access.write);
            let tests = machine.vm().peek(&machine.thread(thread).green).is_some_and(|next| next.op == Op::ContainsOp);
            let verb = if tests {
                "looks into"
            } else if writes {
                "writes"
            } else {
                "reads"
            };
            (verb.to_owned(), place_of_next(machine, thread))
        }
        Kind::Effect(effect) => effect_words(machine, thread, effect),
        Kind::Method { object, .. } => {
            let frame = machine.thread(thread).green.frames.last();
            let code = frame.map(|frame| machine.vm().codes[frame.code.0 as usize].code.qualname.to_string());
            let code = code.unwrap_or_default();
            let receiver = receiver(machine, thread, |method| code.rsplit('.').next() == Some(method));
            (format!("calls {code}()"), receiver.unwrap_or_else(|| class_name(machine, *object)))
        }
        Kind::Resume { lock, .. } => {
            (RESUMED.to_owned(), lock.map_or_else(String::new, |lock| lock_name(machine, lock)))
        }
        Kind::Spawned => ("starts a thread".to_owned(), String::new()),
        Kind::Pause => ("computes".to_owned(), String::new()),
        Kind::End => ("ends".to_owned(), String::new()),
    };
    Step { thread, what, object, line: line(machine, thread), value: None }
}

fn effect_words(machine: &Machine, thread: ThreadId, effect: &Effect) -> (String, String) {
    let words = |what: &str, object: String| (what.to_owned(), object);
    match effect {
        Effect::Acquire { lock, .. } => words("acquires", lock_name(machine, *lock)),
        Effect::Release { lock, .. } => words("releases", lock_name(machine, *lock)),
        Effect::QueuePut { .. } => words("puts into", queue_name(machine, thread)),
        Effect::QueueGet { .. } => words("takes from", queue_name(machine, thread)),
        Effect::Join { handle, .. } => {
            let target = machine.vm().thread_handle(*handle).thread;
            words("joins", target.map_or_else(String::new, |target| name(machine, target)))
        }
        Effect::JoinAll => words("joins", "all threads".to_owned()),
        Effect::Write { text, .. } => words("prints", format!("{text:?}")),
        Effect::Sleep { .. } => words("sleeps", String::new()),
        _ => words("acts", String::new()),
    }
}

/// What the program calls the object whose method it is calling, if it says so: `jobs` in `jobs.put(1)`.
fn receiver(machine: &Machine, thread: ThreadId, is_method: impl Fn(&str) -> bool) -> Option<String> {
    let text = machine.vm().own_expression(&machine.thread(thread).green)?;
    let (receiver, method) = method_call(&text)?;
    is_method(method).then(|| receiver.to_owned())
}

fn queue_name(machine: &Machine, thread: ThreadId) -> String {
    let is_method = |method: &str| matches!(method, "put" | "get" | "put_nowait" | "get_nowait");
    receiver(machine, thread, is_method).unwrap_or_else(|| "the queue".to_owned())
}

fn lock_name(machine: &Machine, lock: ObjId) -> String {
    machine.vm().lock(lock).name.as_deref().unwrap_or("a lock").to_owned()
}

fn class_name(machine: &Machine, object: ObjId) -> String {
    machine.vm().heap.type_name(Value::Obj(object)).to_owned()
}

/// The line of the program that a thread is at: where it goes on, or the call of the library it is in.
fn line(machine: &Machine, thread: ThreadId) -> u32 {
    let green = &machine.thread(thread).green;
    let vm = machine.vm();
    let at_next = vm.next_place(green).filter(|place| place.flavour == gilsim_vm::source::Flavour::User);
    at_next.or_else(|| vm.program_place(green)).map_or(0, |place| place.line)
}

fn stuck(machine: &Machine) -> Vec<Stuck> {
    let stopped = machine.threads().iter().filter(|thread| !machine.is_enabled(thread.green.id));
    let waiting = stopped.filter_map(|thread| Some((thread.green.id, thread.next.as_ref()?)));
    waiting
        .map(|(thread, operation)| {
            let (what, object, owner) = waits_for(machine, thread, operation);
            Stuck { thread, what, object, owner, line: line(machine, thread) }
        })
        .collect()
}

fn waits_for(machine: &Machine, thread: ThreadId, operation: &Operation) -> (String, String, Option<ThreadId>) {
    match &operation.kind {
        Kind::Effect(Effect::Acquire { lock, .. }) => {
            ("lock".to_owned(), lock_name(machine, *lock), machine.vm().lock(*lock).holder)
        }
        Kind::Effect(Effect::Join { handle, .. }) => {
            let target = machine.vm().thread_handle(*handle).thread;
            ("end of".to_owned(), target.map_or_else(String::new, |target| name(machine, target)), target)
        }
        Kind::Resume { waiter, .. } if !machine.lock_is_free(*waiter) => {
            ("notification".to_owned(), String::new(), None)
        }
        Kind::Resume { lock: Some(lock), .. } => {
            ("lock".to_owned(), lock_name(machine, *lock), machine.vm().lock(*lock).holder)
        }
        Kind::Effect(Effect::JoinAll) => ("end of".to_owned(), "all other threads".to_owned(), None),
        Kind::Effect(Effect::QueueGet { .. }) => ("an item of".to_owned(), queue_name(machine, thread), None),
        _ => {
            let step = describe(machine, thread, operation);
            (step.what.trim_start_matches("calls ").to_owned(), step.object, None)
        }
    }
}

/// The name of the place that the next instruction of a thread touches.
fn place_of_next(machine: &Machine, thread: ThreadId) -> String {
    let Some((code, pc)) = machine.spot(thread) else { return String::new() };
    place_name(machine, code, pc)
}

/// The name of the place that an instruction touches: an attribute's, or that of the variable that has the container.
pub fn place_name(machine: &Machine, code: CodeId, pc: u32) -> String {
    let code = &machine.vm().codes[code.0 as usize].code;
    let instr = code.instrs[pc as usize];
    let arg = instr.arg as usize;
    match instr.op {
        Op::LoadGlobal | Op::LoadAttr => return code.names[arg >> 1].to_string(),
        Op::StoreGlobal | Op::DeleteGlobal | Op::StoreAttr | Op::DeleteAttr | Op::LoadName | Op::StoreName => {
            return code.names[arg].to_string();
        }
        Op::LoadDeref | Op::StoreDeref | Op::DeleteDeref => return code.localsplus[arg].to_string(),
        // The generator itself.
        Op::YieldValue => return code.name.to_string(),
        _ => {}
    }
    let text = code.spans.get(pc as usize).copied().flatten().map_or("", |span| code.file.slice(span));
    container_name(instr.op, text)
}

/// The variable that has the container, from the text of the expression that touches it.
fn container_name(op: Op, text: &str) -> String {
    let text = text.trim();
    let container = match op {
        Op::ContainsOp => text.rsplit_once(" in ").map_or(text, |(_, container)| container),
        // The message of a failing assertion is made where the whole statement stands.
        Op::Call if text.starts_with("assert ") => text.rsplit_once(", ").map_or(text, |(_, message)| message),
        Op::Call | Op::CallKw | Op::CallFunctionEx => called(text),
        Op::GetIter | Op::ForIter => called(text),
        _ => text,
    };
    let container = container.trim_end_matches(']').split('[').next().unwrap_or(container);
    let name: String = container
        .rsplit('.')
        .next()
        .unwrap_or(container)
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    if name.is_empty() { text.to_owned() } else { name }
}

/// `d.get(k)`: `d`. `len(d)`: `d`.
fn called(text: &str) -> &str {
    match (method_call(text), text.split_once('(')) {
        (Some((receiver, _)), _) => receiver,
        (None, Some((_, rest))) => rest.trim_end_matches(')').split(',').next().unwrap_or(rest),
        (None, None) => text,
    }
}

/// `d.get(k)`: `d` and `get`.
fn method_call(text: &str) -> Option<(&str, &str)> {
    text.split_once('(')?.0.rsplit_once('.')
}

/// The value that the next instruction of a thread writes, shortly.
fn written(machine: &Machine, thread: ThreadId) -> Option<String> {
    let green = &machine.thread(thread).green;
    let depth = match machine.vm().peek(green)?.op {
        Op::StoreGlobal | Op::StoreName | Op::StoreDeref => 1,
        Op::StoreAttr => 2,
        Op::StoreSubscr => 3,
        _ => return None,
    };
    short(machine, operand(green, depth)?)
}

/// The value that a read is about to find.
fn seen(machine: &Machine, operation: &Operation) -> Option<String> {
    operation.accesses.iter().find_map(|access| seen_at(machine, access))
}

fn seen_at(machine: &Machine, access: &Access) -> Option<String> {
    let heap = &machine.vm().heap;
    let value = match (access.part, heap.get(access.object)) {
        (Part::Attr(name), Object::Dict(_)) => heap.dict_get_name(access.object, name)?,
        (Part::Attr(name), Object::Class(class)) => heap.dict_get_name(class.dict, name)?,
        (Part::Attr(_), Object::Cell(value)) => *value,
        (Part::Attr(name), _) => {
            let inherited = || heap.lookup(heap.class_of_object(access.object), name);
            heap.instance_attribute(access.object, name).or_else(inherited)?
        }
        (Part::Index(index), Object::List(items)) => *items.get(usize::try_from(index).ok()?)?,
        _ => return None,
    };
    short(machine, value)
}

fn operand(green: &GreenThread, depth: usize) -> Option<Value> {
    green.stack.len().checked_sub(depth).map(|at| green.stack[at])
}

/// A value as people write it, if it is short.
fn short(machine: &Machine, value: Value) -> Option<String> {
    Some(match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Obj(id) => match machine.vm().heap.get(id) {
            Object::Str(text) if text.text.len() <= 20 => format!("{:?}", &*text.text),
            _ => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_named_by_their_variable() {
        let cases = [
            (Op::BinarySubscr, "a[i]", "a"),
            (Op::BinarySubscr, "s.table[h]", "table"),
            (Op::StoreSubscr, "self.d[key]", "d"),
            (Op::Call, "d.get(k, 0)", "d"),
            (Op::Call, "self.items.append(x)", "items"),
            (Op::Call, "len(buffer)", "buffer"),
            (Op::Call, "assert order == [1, 2], order", "order"),
            (Op::ContainsOp, "key not in cache", "cache"),
            (Op::GetIter, "d", "d"),
            (Op::ForIter, "d.items()", "d"),
        ];
        for (op, text, name) in cases {
            assert_eq!(container_name(op, text), name, "{text}");
        }
    }
}
