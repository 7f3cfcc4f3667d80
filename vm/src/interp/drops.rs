//! What an instruction lets go of: noted before it, looked at after it.
//!
//! While something is watched (`heap::watch`), every instruction is looked at. Before it, `note_drops` asks which watched
//! objects hang on the values it may let go of (its operands, the variable it rebinds, the slots of a frame that returns).
//! After it, `wants_check` drops those that this thread still reaches, which is nearly always so and cheap. Both look
//! at a bounded number of objects; what lies beyond counts as perhaps ended, and `super::destroy` decides.

use super::Vm;
use super::frame::GreenThread;
use super::groups::Lookout;
use super::loss::Loss;
use super::progress::Run;
use crate::code::{Instr, Op};
use crate::heap::gc::each_child;
use crate::heap::reach::can_hold;
use crate::heap::watch::Request;
use crate::object::Object;
use crate::object::function::Function;
use crate::value::{ObjId, Value};
use std::collections::{BTreeSet, VecDeque};

/// Objects that are looked at from one value that may be let go.
const LOOK_MAX: usize = 200;
/// The same while only generators are watched: a generator itself, or what directly holds it.
const LOOK_FOR_GENERATORS_MAX: usize = 8;
/// Objects of its own that a thread looks at before all threads are asked.
const OWN_MAX: usize = 4_000;

impl Vm {
    /// Whether the ends of objects have to be looked for.
    #[inline]
    pub fn is_watching(&self) -> bool {
        self.heap.watch.is_active()
    }

    /// Before an instruction: starts a call that is due, then notes which watched objects it may let go of.
    pub(super) fn before_watched(&mut self, t: &mut GreenThread) {
        self.start_due(t);
        self.note_drops(t);
    }

    /// What the loop has to look out for from the next instruction on, and until when.
    pub(super) fn look_out<'a>(&mut self, t: &GreenThread, run: &mut Run<'a>) -> Lookout<'a> {
        let wanted = !t.drops.is_empty() || self.heap.watch.wants_attention();
        self.heap.set_attention();
        if run.budget.is_looked_at(run.spent_ns) || run.watching && wanted {
            run.limit_ns = 0;
            return Lookout::Everything;
        }
        let budget_ns = run.budget.cost_ns.min(run.budget.checks_from_ns);
        run.limit_ns = budget_ns.min(run.spent_ns + self.heap.watch.round_left_ns());
        if let Some(stops) = run.stops {
            return Lookout::Marks(stops.marks);
        }
        match run.watching {
            false => Lookout::Time,
            true if self.heap.watch.only_generators() => Lookout::Generators,
            true => Lookout::Objects,
        }
    }

    /// Adds what was executed since the last time to the round; at its end everything that is watched is looked at.
    pub(super) fn account_round(&mut self, run: &mut Run<'_>) {
        let cost_ns = run.spent_ns - std::mem::replace(&mut run.accounted_ns, run.spent_ns);
        if self.heap.watch.advance(cost_ns, run.watching) {
            self.heap.request(Request::All);
        }
    }

    /// Whether an instruction lets go of nothing that could hold something watched.
    pub(super) fn loses_nothing(&self, t: &GreenThread, base: usize, height: usize, instr: Instr) -> bool {
        let only_generators = self.heap.watch.only_generators();
        match Loss::of(instr, only_generators) {
            Loss::Nothing => true,
            Loss::Slot => !self.slot_holds(t, base + instr.arg as usize),
            Loss::Operands(count) => {
                !(height.saturating_sub(count).max(base)..height).any(|slot| self.slot_holds(t, slot))
            }
            Loss::Frame if only_generators => {
                let function = t.frames.last().and_then(|frame| frame.function.obj()).map(|id| self.heap.get(id));
                let is_plain = |function: &Function| function.closure.is_empty() && function.defaults.is_empty();
                matches!(function, Some(Object::Function(f)) if is_plain(f))
                    && !(base..height).any(|slot| self.slot_holds(t, slot))
            }
            Loss::Cell | Loss::Global | Loss::Name | Loss::Handled | Loss::Frame => false,
        }
    }

    /// Whether the value of a slot can hold others.
    #[inline]
    pub(super) fn slot_holds(&self, t: &GreenThread, slot: usize) -> bool {
        self.holds(t.stack.at(slot))
    }

    #[inline]
    fn holds(&self, value: Value) -> bool {
        value.obj().is_some_and(|id| can_hold(self.heap.get(id)))
    }

    fn note_drops(&mut self, t: &mut GreenThread) {
        let Some(frame) = t.frames.last() else { return };
        let (base, at) = (frame.base as usize, frame.pc as usize);
        let loaded = &self.codes[frame.code.0 as usize];
        let Some(instr) = loaded.code.instrs.get(at) else { return };
        let (len, arg) = (t.stack.len(), instr.arg as usize);
        let held = |value: &Value| self.holds(*value);
        let named = |namespace: ObjId| self.heap.dict_get_name(namespace, loaded.names[arg]).into_iter().collect();
        let values: Vec<Value> = match Loss::of(*instr, self.heap.watch.only_generators()) {
            Loss::Nothing => return,
            Loss::Slot => [t.stack[base + arg]].into_iter().filter(held).collect(),
            Loss::Cell => match t.stack[base + arg].obj().map(|id| self.heap.get(id)) {
                Some(Object::Cell(content)) => vec![*content],
                _ => return,
            },
            Loss::Global => named(frame.globals),
            Loss::Name => match frame.namespace.obj() {
                Some(id) if matches!(self.heap.get(id), Object::Dict(_)) => named(id),
                _ => return,
            },
            Loss::Handled => vec![t.handled.value()],
            Loss::Frame => t.stack[base..].iter().copied().chain([frame.function.value()]).filter(held).collect(),
            Loss::Operands(count) => {
                t.stack[len.saturating_sub(count).max(base)..].iter().copied().filter(held).collect()
            }
        };
        if values.is_empty() {
            return;
        }
        let changes = self.may_change_operands(t, *instr);
        let returns = matches!(instr.op, Op::ReturnValue | Op::ReturnConst);
        for value in values {
            // Most operands are copies of a variable, which still has the value afterwards.
            let is_copy = || t.stack[base..].iter().filter(|held| **held == value).count() > 1;
            if !changes && !returns && is_copy() {
                continue;
            }
            self.note_drop(t, value, changes);
        }
    }

    /// Notes what an exception lets go of: the operands from a height on. Variables live on in the traceback.
    pub(super) fn note_unwound(&mut self, t: &mut GreenThread, height: usize) {
        if !self.is_watching() {
            return;
        }
        let operands = t.stack.get(height..).unwrap_or_default();
        let lost: Vec<Value> = operands.iter().copied().filter(|value| self.holds(*value)).collect();
        for value in lost.into_iter().rev() {
            self.note_drop(t, value, false);
        }
    }

    /// Whether an instruction can take references out of its operands: then it does not matter that they live on.
    fn may_change_operands(&self, t: &GreenThread, instr: Instr) -> bool {
        match instr.op {
            Op::Call => {
                let callee = t.stack.len().checked_sub(instr.arg as usize + 2).map(|at| t.stack[at]);
                let callee = callee.and_then(Value::obj).map(|id| self.heap.get(id));
                !matches!(callee, Some(Object::Function(_) | Object::Class(_)))
            }
            Op::StoreAttr
            | Op::DeleteAttr
            | Op::StoreSubscr
            | Op::DeleteSubscr
            | Op::StoreSlice
            | Op::BinaryOp
            | Op::CallKw
            | Op::CallFunctionEx
            | Op::ForIter
            | Op::ListExtend
            | Op::SetUpdate
            | Op::DictUpdate => true,
            _ => false,
        }
    }

    fn note_drop(&mut self, t: &mut GreenThread, value: Value, changes: bool) {
        let Value::Obj(root) = value else { return };
        let value = if changes { Value::Unbound } else { value };
        let look_max = if self.heap.watch.only_generators() { LOOK_FOR_GENERATORS_MAX } else { LOOK_MAX };
        let (mut seen, mut todo) = (BTreeSet::from([root]), vec![root]);
        while let Some(id) = todo.pop() {
            if self.heap.watch.get(id).is_some() {
                t.drops.push((value, id));
            }
            if seen.len() > look_max {
                return;
            }
            let start = todo.len();
            each_own_child(self.heap.get(id), &mut |child| {
                if let Value::Obj(child) = child
                    && seen.len() <= look_max
                    && can_hold(self.heap.get(child))
                    && seen.insert(child)
                {
                    todo.push(child);
                }
            });
            // In the order in which they would be let go: sequences from the end.
            if !matches!(self.heap.get(id), Object::List(_) | Object::Tuple(_)) {
                todo[start..].reverse();
            }
        }
    }

    /// Whether watched objects may have ended with the last instruction of a thread; forgets those that it reaches.
    pub fn wants_check(&mut self, t: &mut GreenThread) -> bool {
        if self.heap.watch.paused {
            return false;
        }
        for id in std::mem::take(&mut self.heap.watch.fresh) {
            t.drops.push((Value::Obj(id), id));
        }
        if !t.drops.is_empty() {
            let start = t.frames.last().map_or(0, |frame| frame.base as usize);
            let (handled, own) = (t.handled.value_or_none(), &t.stack[start..]);
            t.drops.retain(|(value, id)| {
                *value != handled
                    && !own.iter().any(|held| (value.is_bound() && held == value) || *held == Value::Obj(*id))
            });
        }
        if !t.drops.is_empty() {
            let mut wanted: BTreeSet<ObjId> = t.drops.iter().map(|(_, id)| *id).collect();
            self.find_own(t, &mut wanted);
            t.drops.retain(|(_, id)| wanted.contains(id));
        }
        !t.drops.is_empty() || self.heap.watch.request != Request::None
    }

    /// Takes out of `wanted` what the thread reaches within a bounded number of steps.
    fn find_own(&self, t: &GreenThread, wanted: &mut BTreeSet<ObjId>) {
        let mut seen = BTreeSet::new();
        let mut todo = VecDeque::new();
        let mut visit = |value: Value, todo: &mut VecDeque<ObjId>| {
            if let Value::Obj(id) = value
                && can_hold(self.heap.get(id))
                && seen.insert(id)
            {
                todo.push_back(id);
            }
        };
        let globals = t.frames.iter().rev().map(|frame| Value::Obj(frame.globals));
        let values = t.stack.iter().rev().copied().chain(globals);
        values.for_each(|value| visit(value, &mut todo));
        for _ in 0..OWN_MAX {
            let Some(id) = todo.pop_front() else { return };
            if wanted.remove(&id) && wanted.is_empty() {
                return;
            }
            each_own_child(self.heap.get(id), &mut |child| visit(child, &mut todo));
        }
    }
}

/// The children through which a value keeps objects of the program: not those that stand for a whole module.
fn each_own_child(object: &Object, visit: &mut impl FnMut(Value)) {
    match object {
        Object::Class(_) | Object::Module(_) | Object::FrameView(_) => {}
        Object::Function(f) => {
            f.defaults.iter().copied().for_each(&mut *visit);
            f.closure.iter().for_each(|cell| visit(Value::Obj(*cell)));
            visit(f.dict);
        }
        Object::Traceback(entry) => {
            entry.locals.iter().copied().for_each(&mut *visit);
            visit(entry.next);
        }
        Object::Generator(generator) => {
            generator.stack.iter().copied().for_each(&mut *visit);
            visit(generator.frame.function.value());
        }
        other => each_child(other, visit),
    }
}
