//! Names that the machine asks objects for, by handle: looking them up by their text would cost a hash each time.

use gilsim_vm::heap::intern::Interner;
use gilsim_vm::value::ObjId;

macro_rules! names {
    ($($name:ident $text:literal,)+) => {
        /// A name.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Name {
            $(#[doc = $text] $name,)+
        }

        /// Their texts, in the same order.
        const TEXTS: &[&str] = &[$($text),+];
    };
}

names! {
    Value "_value",
    Flag "_flag",
    State "_state",
    Queue "queue",
    MaxSize "maxsize",
    UnfinishedTasks "unfinished_tasks",
    Waiters "_waiters",
    Lock "_lock",
    Handle "_handle",
    WorkQueue "_work_queue",
    IdleSemaphore "_idle_semaphore",
    Initialized "_initialized",
    Started "_started",
    IsSet "is_set",
    Active "_active",
    ActiveLock "_active_limbo_lock",
    GetIdent "get_ident",
    CurrentThread "current_thread",
    Sys "sys",
    Threading "threading",
    Atexit "atexit",
    Modules "modules",
    Stdout "stdout",
    Stderr "stderr",
    Shutdown "_shutdown",
    ExitCalls "_exit_calls",
    Registered "_registered",
    RunExitFunctions "_run_exitfuncs",
}

/// The handles of those that the program or a library that it has loaded contains.
#[derive(Clone, Debug, Default)]
pub struct Names(Vec<Option<ObjId>>);

impl Names {
    /// To be called when code was loaded: nothing else brings names that are asked for.
    pub fn update(&mut self, interned: &Interner) {
        if self.0.is_empty() || self.0.contains(&None) {
            self.0 = TEXTS.iter().map(|text| interned.find(text)).collect();
        }
    }

    /// The handle of a name.
    #[inline]
    pub fn get(&self, name: Name) -> Option<ObjId> {
        *self.0.get(name as usize)?
    }
}
