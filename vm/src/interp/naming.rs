//! Names of locks for reports, guessed from what the program's code is about to do with them.
//!
//! When a lock is made, the code that asked for it stands just behind the call. From there the value is followed over
//! the next few instructions, as a height above it on the stack, to the assignment that receives it: a variable
//! (`lock`), an attribute (`bank.lock`; of an object that is being made the name that it will have, `a.lock`, else its class, `Account.lock`), an item (`locks['a']`), a place
//! in a display or comprehension (`forks[2]`). A function that returns it is left, and its caller goes on. A lock that
//! library code makes for an object of the program (`queue.Queue()`) has the object's name, and the attribute's where
//! there is one (`jobs.mutex`). The lock on which a thread waits to be notified has no assignment: it is called by the
//! program's expression (`ready.wait()`).
//!
//! It is a guess: a value that goes elsewhere first (an argument of a call, a branch) has no name, and later assignments
//! change nothing.

use super::Vm;
use super::frame::{Frame, GreenThread, OnReturn};
use crate::code::{Code, CodeFlags, Const, Op};
use crate::object::Object;

/// Instructions that are followed, over all frames.
const STEPS_MAX: usize = 40;
/// Characters of an expression that serves as a name.
const EXPRESSION_MAX: usize = 40;

/// Where a followed value ended up.
enum Target {
    Variable(String),
    Attribute { owner: String, is_self: bool, name: String },
    Item(String),
}

impl Target {
    fn text(&self) -> String {
        match self {
            Target::Variable(name) | Target::Item(name) => name.clone(),
            Target::Attribute { owner, name, .. } => format!("{owner}.{name}"),
        }
    }
}

/// A value on the stack of a frame, seen from the instruction that is next.
struct Followed<'a> {
    thread: &'a GreenThread,
    depth: usize,
    at: usize,
    /// Values above it.
    height: usize,
    /// Index in a display it is part of by now.
    suffix: String,
    steps: usize,
}

impl Vm {
    /// A name for the object that native code makes now, if the program gives it one.
    pub(crate) fn guess_name(&self, thread: &GreenThread) -> Option<Box<str>> {
        let depth = self.innermost_own(thread)?;
        let name = self.follow(thread, depth)?.text();
        let Some(library) = thread.frames.get(depth + 1) else { return Some(name.into()) };
        let is_library = self.codes[library.code.0 as usize].code.flags.contains(CodeFlags::LIBRARY);
        match self.follow(thread, depth + 1) {
            // A function of the library that only passes the lock on (`RLock()`) leads to the program's own name again.
            Some(target) if target.text() == name => Some(name.into()),
            Some(Target::Attribute { is_self: true, name: attribute, .. }) if is_library => {
                Some(format!("{name}.{attribute}").into())
            }
            _ => Some(name.into()),
        }
    }

    /// The program's expression that is being evaluated, if it is short: `ready.wait()`.
    pub fn own_expression(&self, thread: &GreenThread) -> Option<Box<str>> {
        let frame = &thread.frames[self.innermost_own(thread)?];
        let code = &self.codes[frame.code.0 as usize].code;
        let span = (*code.spans.get(frame.pc.checked_sub(1)? as usize)?)?;
        let text = code.file.text.get(span.start as usize..span.end as usize)?;
        let is_short = text.chars().count() <= EXPRESSION_MAX && !text.contains(['\n', '\r']);
        is_short.then(|| text.into())
    }

    fn follow(&self, thread: &GreenThread, depth: usize) -> Option<Target> {
        let frame = thread.frames.get(depth)?;
        let at = frame.pc as usize;
        let last = self.codes[frame.code.0 as usize].code.instrs[at.checked_sub(1)?].op;
        // What an import statement makes is not what it assigns.
        if !matches!(last, Op::Call | Op::CallKw | Op::CallFunctionEx) {
            return None;
        }
        let mut value = Followed { thread, depth, at, height: 0, suffix: String::new(), steps: 0 };
        loop {
            let code = &self.codes[value.frame().code.0 as usize].code;
            if let Some(target) = self.follow_one(code, &mut value)? {
                return Some(target);
            }
        }
    }

    /// Follows a value over one instruction. `None`: it goes where no name is.
    #[expect(clippy::option_option, reason = "given up, not there yet, found")]
    fn follow_one(&self, code: &Code, value: &mut Followed<'_>) -> Option<Option<Target>> {
        let instr = *code.instrs.get(value.at)?;
        let arg = instr.arg as usize;
        value.at += 1;
        value.steps += 1;
        if value.steps > STEPS_MAX {
            return None;
        }
        match instr.op {
            Op::Nop | Op::Resume | Op::EndFor => {}
            Op::StoreName | Op::StoreGlobal if value.height == 0 => {
                return Some(Some(value.variable(&code.names[arg])));
            }
            Op::StoreFast | Op::StoreDeref if value.height == 0 => {
                return Some(Some(value.variable(&code.localsplus[arg])));
            }
            Op::StoreName | Op::StoreGlobal | Op::StoreFast | Op::StoreDeref | Op::PopTop => value.pop(1)?,
            Op::StoreAttr if value.height == 1 => return self.attribute(code, value, arg).map(Some),
            Op::StoreAttr => value.pop(2)?,
            Op::StoreSubscr if value.height == 2 => return item(code, value).map(Some),
            Op::StoreSubscr => value.pop(3)?,
            Op::LoadFast
            | Op::LoadFastCheck
            | Op::LoadFastAndClear
            | Op::LoadConst
            | Op::LoadDeref
            | Op::LoadName
            | Op::PushNull => value.height += 1,
            Op::LoadGlobal => value.height += 1 + (arg & 1),
            Op::LoadAttr if value.height > 0 => value.height += arg & 1,
            Op::Call => {
                value.pop(arg + 2)?;
                value.height += 1;
            }
            Op::Swap => value.swap(arg),
            // A copy of the value itself: the copy is followed.
            Op::Copy if arg == value.height + 1 => value.height = 0,
            Op::Copy => value.height += 1,
            Op::BuildList | Op::BuildTuple => value.enter_display(arg)?,
            Op::ListAppend if value.height == 0 => {
                let index = self.appended_index(value, arg);
                value.enter(index, arg.checked_sub(1)?);
            }
            Op::JumpBackward => value.leave_loop(code, arg)?,
            Op::ReturnValue if value.height == 0 => value.leave_frame()?,
            _ => return None,
        }
        Some(None)
    }

    fn attribute(&self, code: &Code, value: &Followed<'_>, name: usize) -> Option<Target> {
        let load = code.instrs[value.at.checked_sub(2)?];
        let name = format!("{}{}", code.names[name], value.suffix);
        match load.op {
            Op::LoadFast if load.arg == 0 && code.argcount > 0 => {
                Some(Target::Attribute { owner: self.own_name(value), is_self: true, name })
            }
            _ => Some(Target::Attribute { owner: loaded(code, value.at - 2)?, is_self: false, name }),
        }
    }

    /// The name of the object whose method this is: of an object that is being made that which it will have (`a`, `accounts[1]`), else its class.
    fn own_name(&self, value: &Followed<'_>) -> String {
        let frame = value.frame();
        let caller = value.depth.checked_sub(1).filter(|_| frame.on_return == OnReturn::Init);
        caller.and_then(|caller| self.follow(value.thread, caller)).map_or_else(
            || {
                let object = value.thread.stack[frame.base as usize];
                self.heap.class(self.heap.class_of(object)).name.to_string()
            },
            |target| target.text(),
        )
    }

    /// Where in its list an item will be that is appended by LIST_APPEND at this depth.
    fn appended_index(&self, value: &Followed<'_>, depth: usize) -> Option<usize> {
        let above = value.thread.frames.get(value.depth + 1);
        // The callee and its missing self may or may not be on the stack still; where a frame runs, they are not counted.
        let (end, uncounted): (usize, &[usize]) = match above {
            Some(called) => (called.floor as usize, &[0]),
            None => (value.thread.stack.len(), &[0, 2]),
        };
        uncounted.iter().find_map(|uncounted| {
            let at = end.checked_sub(depth + uncounted)?;
            match self.heap.get(value.thread.stack[at].obj()?) {
                Object::List(items) => Some(items.len()),
                _ => None,
            }
        })
    }
}

/// The item assignment just passed: `container[key]`.
fn item(code: &Code, value: &Followed<'_>) -> Option<Target> {
    let (container, key) = (loaded(code, value.at.checked_sub(3)?)?, loaded(code, value.at - 2)?);
    Some(Target::Item(format!("{container}[{key}]{}", value.suffix)))
}

/// What an instruction loads, as the source would say it.
fn loaded(code: &Code, at: usize) -> Option<String> {
    let instr = code.instrs[at];
    let arg = instr.arg as usize;
    match instr.op {
        Op::LoadName => Some(code.names[arg].to_string()),
        Op::LoadGlobal | Op::LoadAttr => Some(code.names[arg >> 1].to_string()),
        Op::LoadFast | Op::LoadFastCheck | Op::LoadDeref => Some(code.localsplus[arg].to_string()),
        Op::LoadConst => match &code.consts[arg] {
            Const::Str(text) => Some(format!("'{text}'")),
            Const::Int(number) => Some(number.to_string()),
            _ => None,
        },
        _ => None,
    }
}

impl Followed<'_> {
    fn frame(&self) -> &Frame {
        &self.thread.frames[self.depth]
    }

    fn variable(&self, name: &str) -> Target {
        Target::Variable(format!("{name}{}", self.suffix))
    }

    /// So many values are taken off the stack; the followed one must not be among them.
    fn pop(&mut self, count: usize) -> Option<()> {
        self.height = self.height.checked_sub(count)?;
        Some(())
    }

    fn swap(&mut self, depth: usize) {
        if self.height == 0 {
            self.height = depth - 1;
        } else if self.height == depth - 1 {
            self.height = 0;
        }
    }

    /// It becomes part of another value, which is followed from now on.
    fn enter(&mut self, index: Option<usize>, height: usize) {
        let index = index.map_or("…".to_owned(), |index| index.to_string());
        self.suffix.insert_str(0, &format!("[{index}]"));
        self.height = height;
    }

    fn enter_display(&mut self, count: usize) -> Option<()> {
        match count.checked_sub(self.height + 1) {
            Some(index) => self.enter(Some(index), 0),
            None => {
                self.pop(count)?;
                self.height += 1;
            }
        }
        Some(())
    }

    /// Goes on behind the `for` loop whose back edge this is; END_FOR and POP_TOP there take the iterator.
    fn leave_loop(&mut self, code: &Code, target: usize) -> Option<()> {
        let head = code.instrs.get(target)?;
        self.at = head.arg as usize;
        (head.op == Op::ForIter).then_some(())
    }

    /// The value is the result of the call in the frame below.
    fn leave_frame(&mut self) -> Option<()> {
        self.depth = self.depth.checked_sub(1)?;
        self.at = self.frame().pc as usize;
        Some(())
    }
}
