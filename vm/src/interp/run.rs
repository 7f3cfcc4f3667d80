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
use super::fast::{self, Next};
use super::frame::GreenThread;
use super::loaded::LoadedCode;
use super::progress::Run;
pub use super::progress::{Body, Budget, Progress, Step, Trap};
use crate::code::{Instr, Op};
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// Executes exactly one instruction.
    pub fn step(&mut self, thread: &mut GreenThread) -> Progress {
        let progress = self.run_until(thread, Budget { cost_ns: 0, stop_at_check: true });
        match progress.step {
            Step::BudgetSpent => Progress { step: Step::Ran, ..progress },
            _ => progress,
        }
    }

    /// Executes instructions until the budget is spent or something stops the thread.
    pub fn run_until(&mut self, thread: &mut GreenThread, budget: Budget) -> Progress {
        let due = std::mem::take(&mut thread.check_due);
        if due && budget.stop_at_check {
            return Progress { step: Step::EvalCheck, cost_ns: 0, instructions: 0 };
        }
        if let Some(effect) = thread.next_effect.take() {
            return Progress { step: Step::Needs(*effect), cost_ns: 0, instructions: 0 };
        }
        self.current = thread.id;
        thread.jumped_from = None;
        let mut run =
            Run { spent_ns: 0, count: 0, budget, limit_ns: if budget.stop_at_check { 0 } else { budget.cost_ns } };
        let step = self.execute(thread, &mut run);
        Progress { step, cost_ns: run.spent_ns, instructions: run.count }
    }

    fn execute(&mut self, thread: &mut GreenThread, run: &mut Run) -> Step {
        let mut codes = Arc::clone(&self.codes);
        loop {
            if !Arc::ptr_eq(&codes, &self.codes) {
                codes = Arc::clone(&self.codes);
            }
            if thread.frames.is_empty() {
                self.hand_over_drops(thread);
                return self.without_frames(thread);
            }
            if self.is_watching() {
                self.before_watched(thread);
                run.limit_ns = 0;
            }
            let stopped = match self.execute_frames(thread, &codes, run) {
                Stopped::Trap(trap, instr) => self.trapped(thread, trap, instr, run),
                Stopped::Step(step) => Some(step),
                Stopped::Again => None,
            };
            if let Some(step) = stopped {
                return step;
            }
        }
    }

    /// Executes instructions of the top frame, and of those that simple calls put above it, until something out of the
    /// ordinary happens. The dispatch.
    #[expect(clippy::too_many_lines, reason = "one line an instruction")]
    fn execute_frames(&mut self, t: &mut GreenThread, codes: &[Arc<LoadedCode>], run: &mut Run) -> Stopped {
        let limit_ns = run.limit_ns;
        let mut top = t.frames.len() - 1;
        let mut loaded: &LoadedCode = &codes[t.frames[top].code.0 as usize];
        let mut instrs = &loaded.code.instrs[..];
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
                return Stopped::Trap($trap, instrs[pc - 1]);
            }};
        }
        macro_rules! leave_registers {
            () => {{
                t.stack.set_len(height);
                t.frames[top].pc = pc as u32;
            }};
        }
        'instruction: loop {
            let instr = instrs[pc];
            let arg = instr.arg;
            pc += 1;
            spent_ns += u64::from(instr.cost_ns);
            count += 1;
            'done: {
                // The instruction is complete. Nothing was allocated and nothing took extra time, so only the time spent can end
                // the run.
                macro_rules! next {
                    () => {{
                        if spent_ns < limit_ns {
                            continue 'instruction;
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
                            loaded = entered;
                            instrs = &loaded.code.instrs[..];
                            top = t.frames.len() - 1;
                            base = t.frames[top].base as usize;
                            pc = t.frames[top].pc as usize;
                            height = t.stack.len();
                            break 'done;
                        }
                    }};
                }
                macro_rules! cache {
                    () => {
                        loaded.caches as usize + pc - 1
                    };
                }
                match instr.op {
                    Op::Nop | Op::Resume | Op::EndFor => next!(),
                    Op::LoadFast => push!(t.stack.at(base + arg as usize)),
                    Op::LoadConst => push!(loaded.consts[arg as usize]),
                    Op::StoreFast => set!(base + arg as usize),
                    Op::PopTop => drop!(1),
                    Op::PushNull => push!(Value::Unbound),
                    Op::Copy => push!(top!(arg as usize)),
                    Op::Swap => swap!(arg as usize),
                    Op::JumpForward => jump!(arg),
                    Op::JumpBackward | Op::JumpBackwardNoInterrupt => jump_back!(arg),
                    Op::PopJumpIfFalse => jump_if!(matches!(top!(1), Value::Bool(false)), arg),
                    Op::PopJumpIfTrue => jump_if!(matches!(top!(1), Value::Bool(true)), arg),
                    Op::PopJumpIfNone => jump_if!(top!(1).is_none(), arg),
                    Op::PopJumpIfNotNone => jump_if!(!top!(1).is_none(), arg),
                    Op::IsOp => replace!(2, Some(Value::Bool(top!(2).is(top!(1)) != (arg == 1)))),
                    Op::UnaryNot => replace!(1, Some(Value::Bool(!matches!(top!(1), Value::Bool(true))))),
                    Op::ToBool => replace!(1, fast::truth(&self.heap, top!(1))),
                    Op::BinaryOp => replace!(2, fast::binary(arg, top!(2), top!(1))),
                    Op::CompareOp => replace!(2, fast::compare(arg, top!(2), top!(1))),
                    Op::UnaryNegative => replace!(1, fast::negative(top!(1))),
                    Op::BinarySubscr => replace!(2, fast::item(&self.heap, top!(2), top!(1))),
                    Op::ContainsOp => replace!(2, fast::contains(&self.heap, top!(2), top!(1), arg)),
                    Op::StoreSubscr => store!(3, fast::set_item(&mut self.heap, top!(2), top!(1), top!(3))),
                    Op::ForIter => for_iter!(fast::next(&mut self.heap, top!(1)), arg),
                    Op::LoadDeref => load!(fast::cell(&self.heap, t.stack.at(base + arg as usize)), 0),
                    Op::LoadGlobal => load!(self.cached_global(t.frames[top].globals, cache!()), arg),
                    Op::StoreGlobal => store!(1, self.store_cached_global(t.frames[top].globals, cache!(), top!(1))),
                    Op::LoadAttr => load_attr!(self.cached_attr(top!(1), cache!(), arg), arg),
                    Op::StoreAttr => store!(2, self.store_cached_attr(top!(1), cache!(), top!(2))),
                    Op::Call => frame!(self.enter(t, arg, cache!())),
                    Op::ReturnValue => frame!(self.leave(t, top!(1))),
                    Op::ReturnConst => frame!(self.leave(t, loaded.consts[arg as usize])),
                    Op::LoadFastCheck
                    | Op::LoadFastAndClear
                    | Op::DeleteFast
                    | Op::StoreDeref
                    | Op::DeleteDeref
                    | Op::LoadFromDictOrDeref
                    | Op::LoadFromDictOrGlobals
                    | Op::MakeCell
                    | Op::CopyFreeVars
                    | Op::DeleteGlobal
                    | Op::LoadName
                    | Op::StoreName
                    | Op::DeleteName
                    | Op::LoadLocals
                    | Op::LoadSuperAttr
                    | Op::DeleteAttr
                    | Op::DeleteSubscr
                    | Op::BinarySlice
                    | Op::StoreSlice
                    | Op::LoadAssertionError
                    | Op::LoadBuildClass
                    | Op::SetupAnnotations
                    | Op::UnaryInvert
                    | Op::CallIntrinsic1
                    | Op::CallIntrinsic2
                    | Op::BuildTuple
                    | Op::BuildList
                    | Op::BuildSet
                    | Op::BuildMap
                    | Op::BuildConstKeyMap
                    | Op::BuildString
                    | Op::BuildSlice
                    | Op::ListAppend
                    | Op::SetAdd
                    | Op::MapAdd
                    | Op::ListExtend
                    | Op::SetUpdate
                    | Op::DictUpdate
                    | Op::DictMerge
                    | Op::ConvertValue
                    | Op::FormatSimple
                    | Op::FormatWithSpec
                    | Op::UnpackSequence
                    | Op::UnpackEx
                    | Op::GetIter
                    | Op::GetLen
                    | Op::CallKw
                    | Op::CallFunctionEx
                    | Op::MakeFunction
                    | Op::SetFunctionAttribute
                    | Op::ReturnGenerator
                    | Op::YieldValue
                    | Op::Send
                    | Op::EndSend
                    | Op::GetYieldFromIter
                    | Op::CleanupThrow
                    | Op::PushExcInfo
                    | Op::PopExcept
                    | Op::CheckExcMatch
                    | Op::CheckEgMatch
                    | Op::Reraise
                    | Op::RaiseVarargs
                    | Op::BeforeWith
                    | Op::WithExceptStart
                    | Op::ImportName
                    | Op::ImportFrom
                    | Op::MatchClass
                    | Op::MatchKeys
                    | Op::MatchMapping
                    | Op::MatchSequence => {}
                }
                leave_registers!();
                match self.perform(t, loaded, pc - 1, instr) {
                    Ok(()) => height = t.stack.len(),
                    Err(trap) => stop!(trap),
                }
            }
            spent_ns += std::mem::take(&mut self.extra_ns);
            if spent_ns >= limit_ns || self.heap.wants_attention() {
                leave_registers!();
                run.spent_ns = spent_ns;
                run.count = count;
                if let Some(step) = self.pause(t, instr, jumped, run) {
                    let is_jump = matches!(instr.op, Op::JumpBackward | Op::JumpBackwardNoInterrupt) || jumped;
                    t.jumped_from = jumped_from.filter(|from| is_jump && instrs.get(*from as usize) == Some(&instr));
                    return Stopped::Step(step);
                }
                if self.is_watching() {
                    return Stopped::Again;
                }
            }
        }
    }
}

/// Why `execute_frames` ended.
enum Stopped {
    /// The body of this instruction ended with a trap.
    Trap(Trap, Instr),
    /// Something is watched: the next instruction has to be looked at first.
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
