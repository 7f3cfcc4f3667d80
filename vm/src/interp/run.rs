//! The loop that executes instructions.
//!
//! `Vm::step` executes one instruction and is the definition; `Vm::run_until` executes many, until a budget of virtual time is
//! spent, an eval check is reached (if asked for), or an instruction needs the world. Inside the loop nothing is
//! checked but one comparison of the time spent with a limit; the limit is 0 when every instruction has to be looked at.
//!
//! One instruction's path: fetch, add its cost, execute its arm. Arms for the simplest instructions are written out here;
//! all others store the program counter and call a body in `ops`. A body ends with `Ok(())`, or with a [`Trap`]: an exception
//! to raise, frames that changed, an effect, the thread's end.

use super::Vm;
use super::access::Stops;
use super::fast::{self, Next};
use super::frame::GreenThread;
use super::groups::{JUMP_IF_TRUE, Lookout, number as n};
use super::loaded::LoadedCode;
use super::locks::OwnLocks;
use super::progress::Run;
pub use super::progress::{Body, Budget, Progress, Step, Trap};
use super::turns::{Alone, Turns};
use crate::code::{Instr, Op};
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// Executes exactly one instruction.
    #[inline]
    pub fn step(&mut self, thread: &mut GreenThread) -> Progress {
        let progress = self.run_until(thread, Budget::to_check(0));
        match progress.step {
            Step::BudgetSpent => Progress { step: Step::Ran, ..progress },
            _ => progress,
        }
    }

    /// Executes instructions until the budget is spent or something stops the thread.
    #[inline]
    pub fn run_until(&mut self, thread: &mut GreenThread, budget: Budget) -> Progress {
        self.run_with_locks(thread, budget, None)
    }

    /// The same; with `locks` the loop takes and gives back locks itself where no other thread is concerned.
    #[inline]
    pub fn run_with_locks(
        &mut self,
        thread: &mut GreenThread,
        budget: Budget,
        locks: Option<OwnLocks<'_>>,
    ) -> Progress {
        self.run_with(thread, budget, locks, None)
    }

    /// Executes the next instruction and those after it until one comes before which the marks say to stop
    /// ([`Step::Marked`]), or something else stops the thread.
    pub fn run_to_mark(&mut self, thread: &mut GreenThread, cost_ns: u64, stops: Stops<'_>) -> Progress {
        self.run_with(thread, Budget::of(cost_ns), None, Some(stops))
    }

    /// Threads execute in turn, until nobody's turn follows. The progress is that of the last turn.
    pub fn run_in_turns(&mut self, turns: &mut dyn Turns, budget: Budget, locks: Option<OwnLocks<'_>>) -> Progress {
        self.run_all(turns, budget, locks, None, true)
    }

    #[inline]
    fn run_with(
        &mut self,
        thread: &mut GreenThread,
        budget: Budget,
        locks: Option<OwnLocks<'_>>,
        stops: Option<Stops<'_>>,
    ) -> Progress {
        self.run_all(&mut Alone(thread), budget, locks, stops, false)
    }

    fn run_all(
        &mut self,
        turns: &mut dyn Turns,
        budget: Budget,
        locks: Option<OwnLocks<'_>>,
        stops: Option<Stops<'_>>,
        in_turns: bool,
    ) -> Progress {
        let thread = turns.thread();
        let due = std::mem::take(&mut thread.check_due);
        if due && budget.checks_from_ns == 0 {
            return Progress { step: Step::EvalCheck, cost_ns: 0, instructions: 0 };
        }
        if let Some(effect) = thread.next_effect.take() {
            return Progress { step: Step::Needs(effect), cost_ns: 0, instructions: 0 };
        }
        self.current = thread.id;
        thread.jumped_from = None;
        let mut run = Run {
            spent_ns: 0,
            count: 0,
            budget,
            limit_ns: 0,
            locks,
            stops,
            watching: self.is_watching(),
            accounted_ns: 0,
            in_turns,
        };
        let step = self.execute(turns, &mut run);
        self.account_round(&mut run);
        Progress { step, cost_ns: run.spent_ns, instructions: run.count }
    }

    fn execute(&mut self, turns: &mut dyn Turns, run: &mut Run<'_>) -> Step {
        let mut codes = Arc::clone(&self.codes);
        loop {
            if !Arc::ptr_eq(&codes, &self.codes) {
                codes = Arc::clone(&self.codes);
            }
            let thread = turns.thread();
            if thread.frames.is_empty() {
                self.hand_over_drops(thread);
                return self.without_frames(thread);
            }
            self.account_round(run);
            run.watching = self.is_watching();
            if run.watching {
                self.before_watched(thread);
            }
            let lookout = self.look_out(thread, run);
            let stopped = match self.execute_frames(turns, &codes, run, lookout) {
                Stopped::Trap(trap, instr) => self.trapped(turns.thread(), trap, instr, run),
                Stopped::Step(step) => Some(step),
                Stopped::Again => None,
            };
            if let Some(step) = stopped {
                return step;
            }
        }
    }

    /// Executes instructions of the top frame, and of those that simple calls put above it, until something out of the
    /// ordinary happens or nobody's turn follows. The dispatch.
    #[expect(clippy::too_many_lines, reason = "one line an instruction")]
    #[expect(clippy::collapsible_match, reason = "a fast path that does something is no guard of a pattern")]
    fn execute_frames<'a>(
        &mut self,
        turns: &mut dyn Turns,
        codes: &[Arc<LoadedCode>],
        run: &mut Run<'a>,
        mut lookout: Lookout<'a>,
    ) -> Stopped {
        let mut t = turns.thread();
        let mut limit_ns = run.limit_ns;
        let mut top = t.frames.len() - 1;
        let mut loaded: &LoadedCode = &codes[t.frames[top].code.0 as usize];
        let mut groups = loaded.groups.entries(&loaded.code.instrs, t.frames[top].code, lookout);
        let mut base = t.frames[top].base as usize;
        let mut pc = t.frames[top].pc as usize;
        // The height of the stack; `t.stack` learns it when somebody else is going to look at it.
        let mut height = t.stack.len();
        let mut spent_ns = run.spent_ns;
        let mut count = run.count;
        let mut jumped = false;
        let mut jumped_from = None;
        macro_rules! stop {
            ($trap:expr) => {{
                run.spent_ns = spent_ns;
                run.count = count;
                return Stopped::Trap($trap, loaded.code.instrs[pc - 1]);
            }};
        }
        macro_rules! leave_registers {
            () => {{
                t.stack.set_len(height);
                t.frames[top].pc = pc as u32;
            }};
        }
        macro_rules! again {
            () => {{
                leave_registers!();
                run.spent_ns = spent_ns;
                run.count = count;
                return Stopped::Again;
            }};
        }
        macro_rules! load_registers {
            ($entered:expr) => {{
                loaded = $entered;
                top = t.frames.len() - 1;
                groups = loaded.groups.entries(&loaded.code.instrs, t.frames[top].code, lookout);
                base = t.frames[top].base as usize;
                pc = t.frames[top].pc as usize;
                height = t.stack.len();
                jumped = false;
            }};
        }
        // What the first instruction may let go of is noted already, and what it touches has been looked at.
        let is_looked_at = run.watching || (run.stops.is_some() && run.count == 0);
        let mut todo = if is_looked_at { &loaded.groups.alone[pc] } else { &groups[pc] };
        'instruction: loop {
            // Of the code that runs now; a call or return changes both.
            let (code, mut at) = (loaded, pc);
            pc += usize::from(todo.len);
            spent_ns += u64::from(todo.cost_ns);
            count += u64::from(todo.len);
            let arg = todo.a;
            'done: {
                macro_rules! go_on {
                    () => {{
                        todo = &groups[pc];
                        continue 'instruction;
                    }};
                }
                // The group is not in its usual case, or a pause could fall into it: its first instruction alone.
                macro_rules! alone {
                    () => {{
                        pc = at;
                        spent_ns -= u64::from(todo.cost_ns);
                        count -= u64::from(todo.len);
                        todo = &loaded.groups.alone[at];
                        continue 'instruction;
                    }};
                }
                macro_rules! group {
                    ($fast:expr, |$value:pat_param| $put:expr, $height:expr) => {{
                        if spent_ns >= limit_ns {
                            alone!();
                        }
                        let Some($value) = $fast else { alone!() };
                        $put;
                        height = $height;
                        go_on!();
                    }};
                }
                macro_rules! slot {
                    ($n:expr) => {
                        t.stack.at(base + $n as usize)
                    };
                }
                macro_rules! constant {
                    ($n:expr) => {
                        loaded.consts[$n as usize]
                    };
                }
                // A group whose last instruction reaches an item: where it lies costs more or less. All instructions before it
                // ended below the limit, so if this cost goes beyond it, the pause is where it would be without groups.
                macro_rules! reaching {
                    ($reached:expr, $load_or_store:ident, |$value:pat_param| $put:expr, $height:expr) => {{
                        if spent_ns >= limit_ns {
                            alone!();
                        }
                        let Some(($value, reach)) = $reached else { alone!() };
                        $put;
                        height = $height;
                        spent_ns += self.native_costs.$load_or_store(reach);
                        if spent_ns < limit_ns {
                            go_on!();
                        }
                        at = pc - 1;
                        break 'done;
                    }};
                }
                macro_rules! binary {
                    ($a:expr, $b:expr, $pops:expr) => {{
                        let (a, b) = ($a, $b);
                        group!(
                            fast::binary(u32::from(todo.c), a, b),
                            |value| t.stack.put(height - $pops, value),
                            height - $pops + 1
                        )
                    }};
                }
                macro_rules! binary_to {
                    ($a:expr, $b:expr, $pops:expr) => {{
                        let (a, b) = ($a, $b);
                        group!(
                            fast::binary(u32::from(todo.c), a, b),
                            |value| t.stack.put(base + todo.d as usize, value),
                            height - $pops
                        )
                    }};
                }
                macro_rules! branch {
                    ($truth:expr, $pops:expr) => {
                        group!(
                            $truth,
                            |truth| if truth == (todo.c & JUMP_IF_TRUE != 0) {
                                pc = todo.d as usize;
                            },
                            height - $pops
                        )
                    };
                }
                macro_rules! compare {
                    ($a:expr, $b:expr, $pops:expr) => {
                        branch!(fast::outcome(&self.heap, u32::from(todo.c), $a, $b), $pops)
                    };
                }
                macro_rules! item {
                    ($a:expr, $b:expr, $pops:expr) => {
                        reaching!(
                            fast::item(&self.heap, self.ascii, $a, $b),
                            item_ns,
                            |value| t.stack.put(height - $pops, value),
                            height - $pops + 1
                        )
                    };
                }
                macro_rules! item_keep {
                    ($a:expr, $b:expr) => {{
                        let (container, key) = ($a, $b);
                        reaching!(
                            fast::item(&self.heap, self.ascii, container, key),
                            item_ns,
                            |value| {
                                t.stack.put(height + 2, value);
                                t.stack.put(height, container);
                                t.stack.put(height + 1, key);
                            },
                            height + 3
                        )
                    }};
                }
                macro_rules! set_item {
                    ($a:expr, $b:expr, $value:expr, $pops:expr) => {
                        reaching!(
                            fast::set_item(&mut self.heap, $a, $b, $value).map(|reach| ((), reach)),
                            store_item_ns,
                            |()| {},
                            height - $pops
                        )
                    };
                }
                macro_rules! two {
                    ($first:expr, $a:expr, $second:expr, $b:expr, $height:expr) => {
                        group!(
                            Some(()),
                            |()| {
                                let a = $a;
                                t.stack.put($first, a);
                                let b = $b;
                                t.stack.put($second, b);
                            },
                            $height
                        )
                    };
                }
                macro_rules! for_store {
                    ($past:expr, $otherwise:expr) => {{
                        if spent_ns >= limit_ns {
                            alone!();
                        }
                        // An iterator changes when it is asked: the end of the loop is seen by the instruction alone.
                        let Some(value) = fast::next_item(&mut self.heap, top!(1)) else { $otherwise };
                        t.stack.put(base + todo.d as usize, value);
                        pc = $past;
                        go_on!();
                    }};
                }
                // The instruction is complete. Nothing was allocated and nothing took extra time, so only the time spent can end
                // the run.
                macro_rules! next {
                    () => {{
                        if spent_ns < limit_ns {
                            go_on!();
                        }
                        break 'done;
                    }};
                }
                macro_rules! top {
                    ($n:expr) => {
                        t.stack.at(height - $n)
                    };
                }
                macro_rules! push {
                    ($value:expr) => {{
                        let value = $value;
                        t.stack.put(height, value);
                        height += 1;
                        next!();
                    }};
                }
                macro_rules! set {
                    ($slot:expr) => {{
                        t.stack.put($slot, top!(1));
                        height -= 1;
                        next!();
                    }};
                }
                macro_rules! drop {
                    ($n:expr) => {{
                        height -= $n;
                        next!();
                    }};
                }
                macro_rules! swap {
                    ($n:expr) => {{
                        let (a, b) = (top!(1), top!($n));
                        t.stack.put(height - 1, b);
                        t.stack.put(height - $n, a);
                        next!();
                    }};
                }
                macro_rules! jump {
                    ($target:expr) => {{
                        pc = $target as usize;
                        next!();
                    }};
                }
                macro_rules! jump_back {
                    ($target:expr) => {{
                        jumped_from = Some(pc as u32 - 1);
                        jump!($target);
                    }};
                }
                macro_rules! jump_if {
                    ($test:expr, $target:expr) => {{
                        jumped = $test;
                        if jumped {
                            jumped_from = Some(pc as u32 - 1);
                            pc = $target as usize;
                        }
                        drop!(1);
                    }};
                }
                // The fast paths below fall through to the body of the instruction when they do not apply.
                macro_rules! replace {
                    ($n:expr, $fast:expr) => {
                        if let Some(value) = $fast {
                            height -= $n - 1;
                            t.stack.put(height - 1, value);
                            next!();
                        }
                    };
                }
                macro_rules! store {
                    ($n:expr, $fast:expr) => {
                        if $fast {
                            drop!($n);
                        }
                    };
                }
                macro_rules! load {
                    ($fast:expr, $and_null:expr) => {
                        if let Some(value) = $fast {
                            t.stack.put(height, value);
                            t.stack.put(height + 1, Value::Unbound);
                            height += 1 + ($and_null & 1) as usize;
                            next!();
                        }
                    };
                }
                macro_rules! load_attr {
                    ($fast:expr, $for_call:expr) => {
                        if let Some((value, above)) = $fast {
                            t.stack.put(height - 1, value);
                            t.stack.put(height, above);
                            height += ($for_call & 1) as usize;
                            next!();
                        }
                    };
                }
                macro_rules! for_iter {
                    ($fast:expr, $end:expr) => {
                        match $fast {
                            Next::Item(value) => push!(value),
                            Next::End => {
                                pc = $end as usize + 2;
                                drop!(1);
                            }
                            Next::Ask => {}
                        }
                    };
                }
                // A frame was pushed or removed: its registers are loaded, or it is left to whoever can load its code.
                macro_rules! frame {
                    ($code:expr) => {{
                        leave_registers!();
                        if let Some(code) = $code {
                            let Some(entered) = codes.get(code.0 as usize) else { stop!(Trap::Frames) };
                            load_registers!(entered);
                            break 'done;
                        }
                    }};
                }
                // The body of an instruction has been executed.
                macro_rules! body {
                    ($result:expr) => {
                        match $result {
                            Ok(()) => {
                                height = t.stack.len();
                                break 'done;
                            }
                            Err(Trap::Frames) => {
                                // Another frame is on top, or the same one goes on elsewhere.
                                let entered = t.frames.last().and_then(|frame| codes.get(frame.code.0 as usize));
                                let Some(entered) = entered else { stop!(Trap::Frames) };
                                load_registers!(entered);
                                break 'done;
                            }
                            Err(trap) => {
                                let cost_ns = spent_ns + self.extra_ns;
                                if self.settle_lock(t, &trap, run, cost_ns) {
                                    height = t.stack.len();
                                    break 'done;
                                }
                                stop!(trap)
                            }
                        }
                    };
                }
                macro_rules! cache {
                    () => {
                        loaded.caches as usize + pc - 1
                    };
                }
                match todo.op {
                    n::NOP | n::END_FOR => next!(),
                    n::RESUME => {
                        if let Some(forms) = loaded.forms {
                            leave_registers!();
                            t.frames[top].code = self.form_to_enter(forms);
                            load_registers!(&codes[t.frames[top].code.0 as usize]);
                        }
                        next!()
                    }
                    n::LOAD_FAST => push!(slot!(arg)),
                    n::LOAD_CONST => push!(constant!(arg)),
                    n::STORE_FAST => set!(base + arg as usize),
                    n::POP_TOP => drop!(1),
                    n::PUSH_NULL => push!(Value::Unbound),
                    n::COPY => push!(top!(arg as usize)),
                    n::SWAP => swap!(arg as usize),
                    n::JUMP_FORWARD => jump!(arg),
                    n::JUMP_BACKWARD | n::JUMP_BACKWARD_NO_INTERRUPT => jump_back!(arg),
                    n::POP_JUMP_IF_FALSE => jump_if!(matches!(top!(1), Value::Bool(false)), arg),
                    n::POP_JUMP_IF_TRUE => jump_if!(matches!(top!(1), Value::Bool(true)), arg),
                    n::POP_JUMP_IF_NONE => jump_if!(top!(1).is_none(), arg),
                    n::POP_JUMP_IF_NOT_NONE => jump_if!(!top!(1).is_none(), arg),
                    n::IS_OP => replace!(2, Some(Value::Bool(top!(2).is(top!(1)) != (arg == 1)))),
                    n::UNARY_NOT => replace!(1, Some(Value::Bool(!matches!(top!(1), Value::Bool(true))))),
                    n::TO_BOOL => replace!(1, fast::truth(&self.heap, top!(1)).map(Value::Bool)),
                    n::BINARY_OP => replace!(2, fast::operation(arg, top!(2), top!(1))),
                    n::COMPARE_OP => replace!(2, fast::outcome(&self.heap, arg, top!(2), top!(1)).map(Value::Bool)),
                    n::UNARY_NEGATIVE => replace!(1, fast::negative(top!(1))),
                    n::BINARY_SUBSCR => replace!(
                        2,
                        fast::item(&self.heap, self.ascii, top!(2), top!(1)).map(|(value, reach)| {
                            spent_ns += self.native_costs.item_ns(reach);
                            value
                        })
                    ),
                    n::CONTAINS_OP => {
                        if let Some((value, reach)) = fast::contains(&self.heap, top!(2), top!(1), arg) {
                            spent_ns += self.native_costs.found_ns(reach);
                            replace!(2, Some(value));
                        }
                    }
                    n::STORE_SUBSCR => {
                        if let Some(reach) = fast::set_item(&mut self.heap, top!(2), top!(1), top!(3)) {
                            spent_ns += self.native_costs.store_item_ns(reach);
                            drop!(3);
                        }
                    }
                    n::FOR_ITER => {
                        for_iter!(fast::next(&mut self.heap, top!(1)), arg);
                        frame!(self.enter_in_loop(t, top!(1)));
                    }
                    n::YIELD_VALUE => frame!(self.yield_to_frame(t)),
                    n::LOAD_DEREF => load!(fast::cell(&self.heap, slot!(arg)), 0),
                    n::LOAD_GLOBAL => load!(self.cached_global(t.frames[top].globals, cache!()), arg),
                    n::STORE_GLOBAL => store!(1, self.store_cached_global(t.frames[top].globals, cache!(), top!(1))),
                    n::LOAD_ATTR => load_attr!(self.cached_attr(top!(1), cache!(), arg), arg),
                    n::STORE_ATTR => {
                        if self.store_cached_attr(top!(1), cache!(), top!(2)) {
                            height -= 2;
                            break 'done;
                        }
                    }
                    n::CALL | n::LOAD_F_CALL | n::ATTR_F_CALL => {
                        let mut given = arg;
                        if todo.op != n::CALL {
                            if spent_ns >= limit_ns {
                                alone!();
                            }
                            if todo.op == n::LOAD_F_CALL {
                                given = u32::from(todo.b);
                                t.stack.put(height, slot!(todo.a));
                                height += 1;
                            } else {
                                given = 0;
                                let Some((value, above)) = self.cached_attr(slot!(todo.a), cache!() - 1, 1) else {
                                    alone!()
                                };
                                t.stack.put(height, value);
                                t.stack.put(height + 1, above);
                                height += 2;
                            }
                            at = pc - 1;
                        }
                        frame!(self.enter(t, given, cache!()));
                        if let Some(done) = self.call_native(t, given) {
                            body!(done);
                        }
                    }
                    n::UNPACK_SEQUENCE => {
                        if let Some(items) = self.heap.tuple(top!(1)).filter(|items| items.len() == arg as usize) {
                            height -= 1;
                            for item in items.iter().rev() {
                                t.stack.put(height, *item);
                                height += 1;
                            }
                            next!();
                        }
                    }
                    n::LIST_APPEND => {
                        if let Value::Obj(list) = top!(arg as usize + 1) {
                            self.list_push(list, top!(1));
                            height -= 1;
                            break 'done;
                        }
                    }
                    n::LOAD_NAME if t.frames[top].namespace.obj() == Some(t.frames[top].globals) => {
                        load!(self.cached_global(t.frames[top].globals, cache!()), 0)
                    }
                    n::STORE_NAME if t.frames[top].namespace.obj() == Some(t.frames[top].globals) => {
                        store!(1, self.store_cached_global(t.frames[top].globals, cache!(), top!(1)))
                    }
                    n::RETURN_VALUE => frame!(self.leave(t, top!(1))),
                    n::RETURN_CONST => frame!(self.leave(t, constant!(arg))),
                    n::BINARY_FF => binary!(slot!(todo.a), slot!(todo.b), 0),
                    n::BINARY_FK => binary!(slot!(todo.a), constant!(todo.b), 0),
                    n::BINARY_KF => binary!(constant!(todo.a), slot!(todo.b), 0),
                    n::BINARY_SF => binary!(top!(1), slot!(todo.b), 1),
                    n::BINARY_SK => binary!(top!(1), constant!(todo.b), 1),
                    n::BINARY_FF_TO => binary_to!(slot!(todo.a), slot!(todo.b), 0),
                    n::BINARY_FK_TO => binary_to!(slot!(todo.a), constant!(todo.b), 0),
                    n::BINARY_SF_TO => binary_to!(top!(1), slot!(todo.b), 1),
                    n::BINARY_SK_TO => binary_to!(top!(1), constant!(todo.b), 1),
                    n::BINARY_SS_TO => binary_to!(top!(2), top!(1), 2),
                    n::COMPARE_FF => compare!(slot!(todo.a), slot!(todo.b), 0),
                    n::COMPARE_FK => compare!(slot!(todo.a), constant!(todo.b), 0),
                    n::COMPARE_SF => compare!(top!(1), slot!(todo.b), 1),
                    n::COMPARE_SK => compare!(top!(1), constant!(todo.b), 1),
                    n::COMPARE_SS => compare!(top!(2), top!(1), 2),
                    n::TRUTH_S => branch!(fast::truth(&self.heap, top!(1)), 1),
                    n::TRUTH_F => branch!(fast::truth(&self.heap, slot!(todo.a)), 0),
                    n::ITEM_FF => item!(slot!(todo.a), slot!(todo.b), 0),
                    n::ITEM_FK => item!(slot!(todo.a), constant!(todo.b), 0),
                    n::ITEM_SF => item!(top!(1), slot!(todo.b), 1),
                    n::ITEM_SK => item!(top!(1), constant!(todo.b), 1),
                    n::ITEM_KEEP_FF => item_keep!(slot!(todo.a), slot!(todo.b)),
                    n::ITEM_KEEP_FK => item_keep!(slot!(todo.a), constant!(todo.b)),
                    n::SET_ITEM_FF => set_item!(slot!(todo.a), slot!(todo.b), top!(1), 1),
                    n::SET_ITEM_FK => set_item!(slot!(todo.a), constant!(todo.b), top!(1), 1),
                    n::SET_ITEM_KEPT => set_item!(top!(3), top!(2), top!(1), 3),
                    n::LOAD_FF => two!(height, slot!(todo.a), height + 1, slot!(todo.b), height + 2),
                    n::LOAD_FK => two!(height, slot!(todo.a), height + 1, constant!(todo.b), height + 2),
                    n::STORE_LOAD => two!(base + todo.a as usize, top!(1), height - 1, slot!(todo.b), height),
                    n::STORE_STORE => {
                        two!(base + todo.a as usize, top!(1), base + todo.b as usize, top!(2), height - 2)
                    }
                    n::FOR_STORE => for_store!(pc, alone!()),
                    n::JUMP_FOR_STORE => for_store!(todo.a as usize + 2, {
                        // The jump is made; what it leads to is not in its usual case.
                        let jump = &loaded.groups.alone[at];
                        spent_ns = spent_ns - u64::from(todo.cost_ns) + u64::from(jump.cost_ns);
                        count = count - u64::from(todo.len) + 1;
                        jumped_from = Some(at as u32);
                        pc = todo.a as usize;
                        todo = if lookout == Lookout::Time { &loaded.groups.alone[pc] } else { &groups[pc] };
                        continue 'instruction;
                    }),
                    n::RESUME_POP => group!(Some(()), |()| {}, height - 1),
                    n::ATTR_F => group!(
                        self.cached_attr(slot!(todo.a), cache!(), u32::from(todo.c)),
                        |(value, above)| {
                            t.stack.put(height, value);
                            t.stack.put(height + 1, above);
                        },
                        height + 1 + (todo.c & 1) as usize
                    ),
                    n::ATTR_KEEP_F => group!(
                        self.cached_attr(slot!(todo.a), cache!(), u32::from(todo.c)),
                        |(value, _)| {
                            let object = slot!(todo.a);
                            t.stack.put(height, object);
                            t.stack.put(height + 1, value);
                        },
                        height + 2
                    ),
                    n::SET_ATTR_F => {
                        group!(self.store_attr_in_group(slot!(todo.a), cache!(), top!(1)), |()| {}, height - 1)
                    }
                    n::SET_ATTR_KEPT => {
                        group!(self.store_attr_in_group(top!(2), cache!(), top!(1)), |()| {}, height - 2)
                    }
                    n::WATCH_ONE => {
                        if self.loses_nothing(t, base, height, loaded.code.instrs[at]) {
                            todo = &loaded.groups.alone[at];
                            continue 'instruction;
                        }
                        again!();
                    }
                    n::WATCH_SLOTS => {
                        let holds = |slot: u32| self.slot_holds(t, base + slot as usize);
                        if !holds(todo.a) && !holds(todo.d) {
                            todo = &loaded.groups.longest[at];
                            continue 'instruction;
                        }
                        again!();
                    }
                    n::LOOK_FIRST => {
                        leave_registers!();
                        if self.touches_nothing(t, run.stops) {
                            todo = &loaded.groups.alone[at];
                            continue 'instruction;
                        }
                        run.spent_ns = spent_ns;
                        run.count = count;
                        return Stopped::Step(Step::Marked);
                    }
                    // Everything else is done by its body.
                    _ => {}
                }
                leave_registers!();
                body!(self.perform(t, loaded, at, loaded.code.instrs[at]));
            }
            todo = &groups[pc];
            spent_ns += std::mem::take(&mut self.extra_ns);
            if spent_ns >= limit_ns || self.heap.wants_attention() {
                leave_registers!();
                run.spent_ns = spent_ns;
                run.count = count;
                let instr = code.code.instrs[at];
                if let Some(pause) = self.pause(t, instr, jumped, run) {
                    let is_jump = matches!(instr.op, Op::JumpBackward | Op::JumpBackwardNoInterrupt) || jumped;
                    t.jumped_from =
                        jumped_from.filter(|from| is_jump && loaded.code.instrs.get(*from as usize) == Some(&instr));
                    let next = self.turn_over(t, pause, run).and_then(|turn| self.next_turn(turns, &turn, run));
                    let Some(next) = next else { return Stopped::Step(pause.into()) };
                    t = next;
                    let Some(entered) = t.frames.last().and_then(|frame| codes.get(frame.code.0 as usize)) else {
                        return Stopped::Again;
                    };
                    if lookout != Lookout::Everything || !run.budget.is_looked_at(0) {
                        lookout = self.look_out(t, run);
                    }
                    limit_ns = run.limit_ns;
                    (spent_ns, count, jumped_from) = (0, 0, None);
                    load_registers!(entered);
                    todo = &groups[pc];
                    continue;
                }
                let is_past_limit = limit_ns != 0 && spent_ns >= limit_ns;
                if run.watching || self.is_watching() {
                    return Stopped::Again;
                }
                if is_past_limit && (run.stops.is_some() || !run.budget.is_looked_at(spent_ns)) {
                    return Stopped::Again;
                }
                if is_past_limit {
                    // The next eval check ends the run: from here on each instruction is looked at.
                    (limit_ns, run.limit_ns, lookout) = (0, 0, Lookout::Everything);
                    groups = &loaded.groups.alone;
                    todo = &groups[pc];
                }
            }
        }
    }
}

/// Why `execute_frames` ended.
enum Stopped {
    /// The body of this instruction ended with a trap.
    Trap(Trap, Instr),
    /// Something is watched, or a round of watching is over: the next instruction has to be looked at first.
    Again,
    /// The run is over.
    Step(Step),
}

impl GreenThread {
    /// Takes the top of the operands.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Value {
        self.stack.pop().expect("the compiler tracks the depth of the stack")
    }

    /// Takes the two topmost operands, the lower one first.
    #[inline(always)]
    pub(crate) fn pop_two(&mut self) -> (Value, Value) {
        let b = self.pop();
        let a = self.pop();
        (a, b)
    }

    /// Drops operands.
    #[inline(always)]
    pub(crate) fn drop_top(&mut self, n: usize) {
        let len = self.stack.len() - n;
        self.stack.truncate(len);
    }

    /// The n-th operand from the top, 1 = top.
    #[inline(always)]
    pub(crate) fn peek(&self, n: usize) -> Value {
        self.stack[self.stack.len() - n]
    }
}
