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
use super::frame::GreenThread;
use super::loaded::LoadedCode;
use crate::code::{Check, Instr, Op};
use crate::effect::Effect;
use crate::value::Value;
use std::sync::Arc;

/// How far a thread may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Virtual nanoseconds: the instruction that reaches this completes, then the thread stops.
    pub cost_ns: u64,
    /// Stop after the first instruction at which the profile's evaluation loop looks at the drop request.
    pub stop_at_check: bool,
}

/// Why a thread stopped running.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// One instruction was executed (only from `Vm::step`).
    Ran,
    /// The budget is spent.
    BudgetSpent,
    /// An eval check was reached.
    EvalCheck,
    /// An instruction waits for the world.
    Needs(Effect),
    /// The thread's function returned.
    Finished(Value),
    /// An exception left the thread's function.
    Died(Value),
}

/// What a thread did.
#[derive(Clone, PartialEq, Debug)]
pub struct Progress {
    /// Why it stopped.
    pub step: Step,
    /// Virtual nanoseconds of what it executed.
    pub cost_ns: u64,
    /// Instructions executed.
    pub instructions: u64,
}

/// How the body of an instruction ended, if not simply by completing.
#[derive(Clone, PartialEq, Debug)]
pub enum Trap {
    /// It raised this exception.
    Raise(Value),
    /// It raises an exception again that this frame's traceback entry has already.
    Reraise(Value),
    /// Frames or the program counter changed.
    Frames,
    /// It needs the world.
    Effect(Effect),
    /// The thread ended with this value.
    Finished(Value),
    /// The thread ended with this exception.
    Died(Value),
}

/// The result of an instruction's body.
pub type Body = Result<(), Trap>;

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
            let Some(frame) = thread.frames.last() else {
                return self.without_frames(thread);
            };
            let loaded = &codes[frame.code.0 as usize];
            if let Some(step) = self.execute_frame(thread, loaded, run) {
                return step;
            }
        }
    }

    /// Executes instructions of the top frame until another frame is on top. The dispatch.
    #[expect(clippy::too_many_lines, reason = "one line an instruction")]
    fn execute_frame(&mut self, t: &mut GreenThread, loaded: &LoadedCode, run: &mut Run) -> Option<Step> {
        let top = t.frames.len() - 1;
        let instrs = &loaded.code.instrs[..];
        let base = t.frames[top].base as usize;
        let mut pc = t.frames[top].pc as usize;
        let mut spent_ns = run.spent_ns;
        let mut count = run.count;
        let mut jumped = false;
        let mut jumped_from = None;
        macro_rules! body {
            ($body:expr) => {{
                t.frames[top].pc = pc as u32;
                match $body {
                    Ok(()) => {}
                    Err(trap) => {
                        run.spent_ns = spent_ns;
                        run.count = count;
                        return self.trapped(t, trap, instrs[pc - 1], run);
                    }
                }
            }};
        }
        macro_rules! jump_if {
            ($test:expr, $target:expr) => {{
                jumped = $test;
                if jumped {
                    jumped_from = Some(pc as u32 - 1);
                    pc = $target as usize;
                }
            }};
        }
        loop {
            let instr = instrs[pc];
            let arg = instr.arg;
            pc += 1;
            spent_ns += u64::from(instr.cost_ns);
            count += 1;
            match instr.op {
                Op::Nop | Op::Resume | Op::EndFor => {}
                Op::LoadFast => t.stack.push(t.stack[base + arg as usize]),
                Op::LoadConst => t.stack.push(loaded.consts[arg as usize]),
                Op::StoreFast => {
                    let value = t.pop();
                    t.stack[base + arg as usize] = value;
                }
                Op::PopTop => t.drop_top(1),
                Op::PushNull => t.stack.push(Value::Unbound),
                Op::Copy => t.stack.push(t.stack[t.stack.len() - arg as usize]),
                Op::Swap => t.swap(arg as usize),
                Op::JumpForward => pc = arg as usize,
                Op::JumpBackward | Op::JumpBackwardNoInterrupt => {
                    jumped_from = Some(pc as u32 - 1);
                    pc = arg as usize;
                }
                Op::PopJumpIfFalse => jump_if!(t.pop() == Value::Bool(false), arg),
                Op::PopJumpIfTrue => jump_if!(t.pop() == Value::Bool(true), arg),
                Op::PopJumpIfNone => jump_if!(t.pop().is_none(), arg),
                Op::PopJumpIfNotNone => jump_if!(!t.pop().is_none(), arg),
                Op::LoadFastAndClear => {
                    let value = std::mem::take(&mut t.stack[base + arg as usize]);
                    t.stack.push(value);
                }
                Op::IsOp => {
                    let (a, b) = t.pop_two();
                    t.stack.push(Value::Bool(a.is(b) != (arg == 1)));
                }
                Op::UnaryNot => {
                    let value = t.pop();
                    t.stack.push(Value::Bool(value != Value::Bool(true)));
                }
                Op::ToBool => match t.stack[t.stack.len() - 1] {
                    Value::Bool(_) => {}
                    _ => body!(self.op_to_bool(t)),
                },
                Op::BinaryOp => body!(self.op_binary(t, arg)),
                Op::CompareOp => body!(self.op_compare(t, arg)),
                Op::ForIter => body!(self.op_for_iter(t, arg)),
                Op::LoadGlobal => body!(self.op_load_global(t, loaded, pc - 1, arg)),
                Op::StoreGlobal => body!(self.op_store_global(t, loaded, arg)),
                Op::DeleteGlobal => body!(self.op_delete_global(t, loaded, arg)),
                Op::LoadName => body!(self.op_load_name(t, loaded, arg)),
                Op::StoreName => body!(self.op_store_name(t, loaded, arg)),
                Op::DeleteName => body!(self.op_delete_name(t, loaded, arg)),
                Op::LoadLocals => body!(self.op_load_locals(t)),
                Op::LoadFromDictOrGlobals => body!(self.op_load_from_dict_or_globals(t, loaded, arg)),
                Op::LoadFromDictOrDeref => body!(self.op_load_from_dict_or_deref(t, loaded, arg)),
                Op::LoadFastCheck => body!(self.op_load_fast_check(t, loaded, arg)),
                Op::DeleteFast => body!(self.op_delete_fast(t, loaded, arg)),
                Op::LoadDeref => body!(self.op_load_deref(t, loaded, arg)),
                Op::StoreDeref => body!(self.op_store_deref(t, arg)),
                Op::DeleteDeref => body!(self.op_delete_deref(t, loaded, arg)),
                Op::MakeCell => body!(self.op_make_cell(t, arg)),
                Op::CopyFreeVars => body!(self.op_copy_free_vars(t, loaded, arg)),
                Op::LoadAttr => body!(self.op_load_attr(t, loaded, pc - 1, arg)),
                Op::StoreAttr => body!(self.op_store_attr(t, loaded, pc - 1, arg)),
                Op::DeleteAttr => body!(self.op_delete_attr(t, loaded, arg)),
                Op::LoadSuperAttr => body!(self.op_load_super_attr(t, loaded, arg)),
                Op::BinarySubscr => body!(self.op_binary_subscr(t)),
                Op::StoreSubscr => body!(self.op_store_subscr(t)),
                Op::DeleteSubscr => body!(self.op_delete_subscr(t)),
                Op::BinarySlice => body!(self.op_binary_slice(t)),
                Op::StoreSlice => body!(self.op_store_slice(t)),
                Op::LoadAssertionError => t.stack.push(Value::Obj(crate::object::builtin::class_id::ASSERTION_ERROR)),
                Op::LoadBuildClass => body!(self.op_load_build_class(t)),
                Op::SetupAnnotations => body!(self.op_setup_annotations(t)),
                Op::ContainsOp => body!(self.op_contains(t, arg)),
                Op::UnaryNegative => body!(self.op_negative(t)),
                Op::UnaryInvert => body!(self.op_invert(t)),
                Op::CallIntrinsic1 => body!(self.op_intrinsic_1(t, arg)),
                Op::CallIntrinsic2 => body!(self.op_intrinsic_2(t, arg)),
                Op::BuildTuple => body!(self.op_build_tuple(t, arg)),
                Op::BuildList => body!(self.op_build_list(t, arg)),
                Op::BuildSet => body!(self.op_build_set(t, arg)),
                Op::BuildMap => body!(self.op_build_map(t, arg)),
                Op::BuildConstKeyMap => body!(self.op_build_const_key_map(t, arg)),
                Op::BuildString => body!(self.op_build_string(t, arg)),
                Op::BuildSlice => body!(self.op_build_slice(t, arg)),
                Op::ListAppend => body!(self.op_list_append(t, arg)),
                Op::SetAdd => body!(self.op_set_add(t, arg)),
                Op::MapAdd => body!(self.op_map_add(t, arg)),
                Op::ListExtend => body!(self.op_list_extend(t, arg)),
                Op::SetUpdate => body!(self.op_set_update(t, arg)),
                Op::DictUpdate => body!(self.op_dict_update(t, arg)),
                Op::DictMerge => body!(self.op_dict_merge(t, arg)),
                Op::ConvertValue => body!(self.op_convert_value(t, arg)),
                Op::FormatSimple => body!(self.op_format_simple(t)),
                Op::FormatWithSpec => body!(self.op_format_with_spec(t)),
                Op::UnpackSequence => body!(self.op_unpack_sequence(t, arg)),
                Op::UnpackEx => body!(self.op_unpack_ex(t, arg)),
                Op::GetIter => body!(self.op_get_iter(t)),
                Op::GetLen => body!(self.op_get_len(t)),
                Op::Call => body!(self.op_call(t, arg)),
                Op::CallKw => body!(self.op_call_kw(t, arg)),
                Op::CallFunctionEx => body!(self.op_call_function_ex(t, arg)),
                Op::MakeFunction => body!(self.op_make_function(t)),
                Op::SetFunctionAttribute => body!(self.op_set_function_attribute(t, arg)),
                Op::ReturnValue => {
                    let value = t.pop();
                    body!(self.op_return(t, value));
                }
                Op::ReturnConst => body!(self.op_return(t, loaded.consts[arg as usize])),
                Op::ReturnGenerator => body!(self.op_return_generator(t)),
                Op::YieldValue => body!(self.op_yield(t)),
                Op::Send => body!(self.op_send(t, arg)),
                Op::EndSend => body!(self.op_end_send(t)),
                Op::GetYieldFromIter => body!(self.op_get_yield_from_iter(t)),
                Op::CleanupThrow => body!(self.op_cleanup_throw(t)),
                Op::PushExcInfo => body!(self.op_push_exc_info(t)),
                Op::PopExcept => t.handled = t.pop(),
                Op::CheckExcMatch => body!(self.op_check_exc_match(t)),
                Op::CheckEgMatch => body!(self.op_check_eg_match(t)),
                Op::Reraise => body!(self.op_reraise(t, arg)),
                Op::RaiseVarargs => body!(self.op_raise(t, arg)),
                Op::BeforeWith => body!(self.op_before_with(t)),
                Op::WithExceptStart => body!(self.op_with_except_start(t)),
                Op::ImportName => body!(self.op_import_name(t, loaded, arg)),
                Op::ImportFrom => body!(self.op_import_from(t, loaded, arg)),
                Op::MatchClass => body!(self.op_match_class(t, arg)),
                Op::MatchKeys => body!(self.op_match_keys(t)),
                Op::MatchMapping => body!(self.op_match_mapping(t)),
                Op::MatchSequence => body!(self.op_match_sequence(t)),
            }
            spent_ns += std::mem::take(&mut self.extra_ns);
            if spent_ns >= run.limit_ns || self.heap.wants_collection() {
                run.spent_ns = spent_ns;
                run.count = count;
                t.frames[top].pc = pc as u32;
                if let Some(step) = self.pause(t, instr, jumped, run) {
                    let is_jump = matches!(instr.op, Op::JumpBackward | Op::JumpBackwardNoInterrupt) || jumped;
                    t.jumped_from = jumped_from.filter(|from| is_jump && instrs[*from as usize] == instr);
                    return Some(step);
                }
            }
        }
    }

    /// Deals with the trap of a body. `None`: go on with the frame that is on top now.
    #[cold]
    #[inline(never)]
    fn trapped(&mut self, t: &mut GreenThread, trap: Trap, instr: Instr, run: &mut Run) -> Option<Step> {
        let trap = match trap {
            Trap::Raise(exception) => self.unwind(t, exception, true),
            Trap::Reraise(exception) => self.unwind(t, exception, false),
            other => other,
        };
        run.spent_ns += std::mem::take(&mut self.extra_ns);
        match trap {
            Trap::Frames if run.spent_ns >= run.limit_ns || self.heap.wants_collection() => {
                self.pause(t, instr, false, run)
            }
            Trap::Frames => None,
            Trap::Raise(_) | Trap::Reraise(_) => unreachable!("unwinding ends in a frame or ends the thread"),
            Trap::Effect(effect) => Some(Step::Needs(effect)),
            Trap::Finished(value) => Some(Step::Finished(value)),
            Trap::Died(exception) => Some(Step::Died(exception)),
        }
    }

    /// Called after an instruction when the limit is reached or the heap wants a collection: stops at a spent budget, at
    /// an eval check, or for the collection, which must come at the same instruction however many run at a time.
    fn pause(&mut self, t: &mut GreenThread, instr: Instr, jumped: bool, run: &Run) -> Option<Step> {
        let due = self.check_due(t, instr, jumped);
        if due && run.budget.stop_at_check {
            return Some(Step::EvalCheck);
        }
        if run.spent_ns >= run.budget.cost_ns || self.heap.wants_collection() {
            t.check_due = due;
            return Some(Step::BudgetSpent);
        }
        None
    }

    /// Whether the profile's evaluation loop looks at the drop request after this instruction.
    fn check_due(&self, t: &GreenThread, instr: Instr, jumped: bool) -> bool {
        match instr.check {
            Check::After => true,
            Check::AfterTaken => jumped,
            Check::AfterNativeCall => self.native_returned && !self.specialised,
            Check::AfterAnyCall => self.native_returned,
            Check::None if matches!(instr.op, Op::ReturnValue | Op::ReturnConst | Op::ReturnGenerator) => {
                self.returned_into_call(t)
            }
            Check::None => false,
        }
    }

    /// Whether the frame that is on top now made a call after which its profile looks at the drop request.
    fn returned_into_call(&self, t: &GreenThread) -> bool {
        let Some(frame) = t.frames.last() else { return false };
        let instrs = &self.codes[frame.code.0 as usize].code.instrs;
        match frame.pc.checked_sub(1).map(|at| instrs[at as usize].check) {
            Some(Check::AfterAnyCall) => true,
            Some(Check::AfterNativeCall) => self.native_returned,
            _ => false,
        }
    }

    /// A thread without frames: native functions may still be waiting, or it never had anything to run.
    fn without_frames(&mut self, t: &mut GreenThread) -> Step {
        match t.ended.take() {
            Some(Ok(value)) => Step::Finished(value),
            Some(Err(exception)) => Step::Died(exception),
            None => Step::Finished(Value::None),
        }
    }
}

/// The account of one `run_until`.
struct Run {
    spent_ns: u64,
    count: u64,
    budget: Budget,
    limit_ns: u64,
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

    #[inline(always)]
    fn swap(&mut self, n: usize) {
        let top = self.stack.len() - 1;
        self.stack.swap(top, top + 1 - n);
    }
}
