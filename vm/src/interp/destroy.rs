//! The end of objects: `__del__`, callbacks of weak references, generators that are dropped.
//!
//! While something is watched (`heap::watch`), every instruction is looked at. Before it, `note_drops` asks which watched
//! objects hang on the values it may let go of (its operands, the variable it rebinds, the slots of a frame that returns).
//! After it, `wants_check` drops those that this thread still reaches, which is nearly always so and cheap; only when
//! one is left does the scheduler bring all threads, and `end_objects` decides by reachability and by peeling
//! (`heap::reach`). What then has to be called runs as frames of the thread that let go, before its next instruction.

use super::Vm;
use super::frame::{After, GreenThread};
use super::groups::Lookout;
use super::loss::Loss;
use super::progress::Run;
use crate::code::intrinsic::Intrinsic1;
use crate::code::{Code, Handler, Instr, Op};
use crate::heap::gc::{Marker, each_child};
use crate::heap::reach::{Ended, can_hold};
use crate::heap::watch::{Due, Request};
use crate::names::name;
use crate::object::Object;
use crate::object::function::Function;
use crate::value::{ObjId, ThreadId, Value};
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
        let every = run.budget.stop_at_check || run.budget.cost_ns == 0;
        let wanted = !t.drops.is_empty() || self.heap.watch.wants_attention();
        self.heap.set_attention();
        if every || run.watching && wanted {
            run.limit_ns = 0;
            return Lookout::Everything;
        }
        run.limit_ns = run.budget.cost_ns.min(run.spent_ns + self.heap.watch.round_left_ns());
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
            Loss::Name => match frame.namespace {
                Value::Obj(id) if matches!(self.heap.get(id), Object::Dict(_)) => named(id),
                _ => return,
            },
            Loss::Handled => vec![t.handled],
            Loss::Frame => t.stack[base..].iter().copied().chain([frame.function]).filter(held).collect(),
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
            let (handled, own) = (t.handled, &t.stack[start..]);
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

    /// Decides which watched objects have ended. To be called between instructions of `by` with all threads of the machine.
    pub fn end_objects(
        &mut self,
        by: (ThreadId, usize),
        drops: &[(Value, ObjId)],
        threads: &mut dyn Iterator<Item = &GreenThread>,
    ) {
        let request = std::mem::take(&mut self.heap.watch.request);
        if request == Request::None && !self.heap.watch.spend(self.heap.capacity()) {
            // Too much was looked at lately: the next round comes to it.
            return;
        }
        let mut due = match request {
            Request::Exit => self.end_at_exit(by.0, threads),
            Request::Collect => self.end_cycles(threads),
            Request::None | Request::All => {
                let wanted: BTreeSet<ObjId> = drops.iter().map(|(_, id)| *id).collect();
                self.end_unreferenced(request, drops, &wanted, threads)
            }
        };
        due.reverse();
        for mut call in due {
            call.by = Some(by);
            self.heap.watch.due.push(call);
        }
        self.heap.set_attention();
    }

    fn end_unreferenced(
        &mut self,
        request: Request,
        drops: &[(Value, ObjId)],
        wanted: &BTreeSet<ObjId>,
        threads: &mut dyn Iterator<Item = &GreenThread>,
    ) -> Vec<Due> {
        let mut marker = self.look_roots(threads);
        if request == Request::None && marker.run_until(&self.heap, wanted) {
            return Vec::new();
        }
        marker.run(&self.heap);
        let shown = |(value, id): &(Value, ObjId)| if value.is_bound() { *value } else { Value::Obj(*id) };
        let dropped: Vec<Value> = drops.iter().map(shown).collect();
        let ended = self.heap.ended(&marker, &dropped);
        let due = ended.watched.into_iter().filter_map(|id| self.heap.end(id, |_, _| true)).collect();
        self.heap.free_gone(&ended.gone);
        due
    }

    /// The roots of a look: the base, and what the threads and the machine refer to besides.
    fn look_roots(&mut self, threads: &mut dyn Iterator<Item = &GreenThread>) -> Marker {
        if !self.heap.has_base() {
            self.make_base();
        }
        let mut marker = Marker::new(self.heap.capacity());
        self.heap.mark_base(&mut marker);
        self.mark_threads(threads, &mut marker);
        marker
    }

    /// Everything of the library, and the machine's own objects.
    fn make_base(&mut self) {
        let is_library = |namespace: ObjId| {
            let file = self.heap.dict_get_name(namespace, name::FILE).and_then(|file| self.heap.str(file));
            file.is_none_or(|file| file.starts_with("<gilsim>")) && !self.is_main(namespace)
        };
        let modules = self.heap.dict(self.modules).iter().filter_map(|entry| match self.heap.get(entry.value.obj()?) {
            Object::Module(namespace) if is_library(*namespace) => Some(*namespace),
            _ => None,
        });
        let mut namespaces: Vec<ObjId> = modules.collect();
        namespaces.extend([self.modules, self.builtins, self.prelude]);
        let consts = self.codes.iter().flat_map(|loaded| loaded.consts.iter().filter_map(|value| value.obj()));
        let objects: Vec<ObjId> = Self::machine_objects().chain(consts).chain(self.empty_tuple.obj()).collect();
        self.heap.make_base(&namespaces, &objects);
    }

    fn is_main(&self, namespace: ObjId) -> bool {
        let module = self.heap.dict_get_name(self.modules, name::MAIN).and_then(Value::obj);
        module.is_some_and(|module| *self.heap.get(module) == Object::Module(namespace))
    }

    /// `gc.collect()`: weak references to garbage die, then finalisers are called in the order of creation.
    fn end_cycles(&mut self, threads: &mut dyn Iterator<Item = &GreenThread>) -> Vec<Due> {
        let mut marker = self.roots(threads);
        marker.run(&self.heap);
        let Ended { watched: mut ended, kept, .. } = self.heap.ended(&marker, &[]);
        let tracked = kept.iter().filter(|id| self.is_tracked(**id));
        self.heap.watch.collected += tracked.count() as i64;
        let mut watched: Vec<(u64, ObjId)> =
            kept.iter().filter_map(|id| Some((self.heap.watch.get(*id)?.born, *id))).collect();
        watched.sort_unstable();
        ended.extend(watched.into_iter().map(|(_, id)| id));
        let reached = |_: &_, reference: ObjId| marker.is_marked(reference);
        let due: Vec<Due> = ended.into_iter().filter_map(|id| self.heap.end(id, reached)).collect();
        // What is to be called for keeps all it needs; the rest goes at once.
        due.iter().for_each(|call| call.each_value(&mut |value| marker.mark_value(value)));
        self.heap.collect(marker);
        self.caches = super::cache::Caches::default();
        due
    }

    /// The program ends: the finalisers of everything that only its modules hold.
    fn end_at_exit(&mut self, main: ThreadId, threads: &mut dyn Iterator<Item = &GreenThread>) -> Vec<Due> {
        if !self.heap.watch.iter().any(|(_, watched)| watched.finaliser) {
            return Vec::new();
        }
        let mut keeps = Marker::new(self.heap.capacity());
        for thread in threads.filter(|thread| thread.id != main) {
            thread.each_value(&mut |value| keeps.mark_value(value));
        }
        keeps.run(&self.heap);
        let mut start = vec![self.modules];
        start.extend(self.heap.watch.iter().map(|(id, _)| id));
        let mut order = Vec::new();
        if let Some(Value::Obj(module)) = self.heap.dict_get_name(self.modules, name::MAIN)
            && let Object::Module(namespace) = *self.heap.get(module)
        {
            // What other modules hold outlives the program's own.
            let mut others = keeps.clone();
            others.skip(module);
            others.skip(namespace);
            for entry in self.heap.dict(self.modules).iter() {
                others.mark_value(entry.value);
            }
            others.run(&self.heap);
            let own = self.heap.dict(namespace).iter().filter_map(|entry| entry.value.obj()).collect::<Vec<_>>();
            order = self.heap.in_order_of_exit(&own, &others);
        }
        order.extend(start.into_iter().flat_map(|start| self.heap.in_order_of_exit(&[start], &keeps)));
        order.into_iter().filter_map(|id| self.heap.end(id, |_, _| false)).collect()
    }

    /// Starts the next call that is due in this thread.
    pub fn start_due(&mut self, t: &mut GreenThread) {
        let depth = t.frames.len();
        if depth == 0 {
            return;
        }
        let suits = |call: &Due| call.by.is_none_or(|(thread, frames)| thread == t.id && depth <= frames);
        let Some(at) = self.heap.watch.due.iter().rposition(suits) else { return };
        let call = self.heap.watch.due.remove(at);
        let object = Value::Obj(call.object);
        let refs = self.heap.new_list(call.refs);
        let function = self.prelude("end_object");
        let result =
            self.call_and_run(t, function, vec![Value::Int(call.ending as i64), object, refs], vec![], After::Drop);
        debug_assert!(result.is_err(), "a Python function pushes a frame");
        self.heap.set_attention();
    }

    /// A thread has ended: what it let go of, and what was to be called in it, falls to the others.
    pub(super) fn hand_over_drops(&mut self, t: &mut GreenThread) {
        let id = t.id;
        for call in self.heap.watch.due.iter_mut().filter(|call| call.by.is_some_and(|(thread, _)| thread == id)) {
            call.by = None;
        }
        if !std::mem::take(&mut t.drops).is_empty() && self.heap.watch.request == Request::None {
            self.heap.request(Request::All);
        }
    }

    /// Whether CPython's collector looks at such an object: a container, if a dict one with a container inside.
    pub(crate) fn is_tracked(&self, id: ObjId) -> bool {
        match self.heap.get(id) {
            Object::Class(_) | Object::Module(_) => true,
            Object::Lock(_) | Object::Property(_) => false,
            Object::Dict(dict) => {
                let atoms = |value: Value| value.obj().is_none_or(|child| !can_hold(self.heap.get(child)));
                !dict.iter().all(|entry| atoms(entry.value))
            }
            object => can_hold(object),
        }
    }

    /// `sys.getrefcount`: references to an object from all that this thread reaches, and from its own slots.
    pub(crate) fn count_references(&self, t: &GreenThread, object: ObjId) -> i64 {
        let mut marker = self.roots(&mut std::iter::once(t));
        marker.run(&self.heap);
        let mut count = 0;
        let mut visit = |value: Value| count += i64::from(value == Value::Obj(object));
        (0..self.heap.capacity() as u32).map(ObjId).filter(|id| marker.is_marked(*id)).for_each(|id| {
            each_child(self.heap.get(id), &mut visit);
        });
        t.each_value(&mut visit);
        count
    }

    /// Watches a new instance if its class has `__del__`.
    pub(crate) fn watch_instance(&mut self, instance: ObjId, class: ObjId) {
        if self.heap.lookup(class, name::DEL).is_some() {
            self.heap.watch_end(instance);
        }
    }

    /// A generator was suspended: it is watched if something is to be done when it is dropped.
    pub(super) fn watch_suspended(&mut self, id: ObjId) {
        let Object::Generator(generator) = self.heap.get(id) else { return };
        let code = &self.codes[generator.frame.code.0 as usize].code;
        let Some(handler) = code.handler(generator.frame.pc.saturating_sub(1)) else { return };
        if !sees_no_end(code, handler) {
            self.heap.watch_end(id);
        }
    }
}

/// Whether a handler is the one of every generator that looks for StopIteration: it sees nothing of the end.
pub(super) fn sees_no_end(code: &Code, handler: &Handler) -> bool {
    let first = code.instrs.get(handler.target as usize);
    first.is_some_and(|instr| instr.op == Op::CallIntrinsic1 && instr.arg == Intrinsic1::StopIterationError as u32)
}

impl Due {
    /// Everything the call needs.
    pub(crate) fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::Obj(self.object));
        self.refs.iter().copied().for_each(visit);
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
            visit(generator.frame.function);
        }
        other => each_child(other, visit),
    }
}
