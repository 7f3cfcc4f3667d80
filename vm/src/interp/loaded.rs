//! Loaded code: a code object with its constants and names as values of a heap.

use super::groups::Groups;
use super::warm_up::Forms;
use crate::code::{Code, CodeFlags, Const};
use crate::heap::Heap;
use crate::object::Object;
use crate::object::set::Set;
use crate::value::{CodeId, ObjId, Value};
use std::sync::Arc;

/// A code object as the machine runs it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedCode {
    /// The code.
    pub code: Arc<Code>,
    /// Constants as values.
    pub consts: Box<[Value]>,
    /// Names as interned strings.
    pub names: Box<[ObjId]>,
    /// Names of the slots as interned strings.
    pub slots: Box<[ObjId]>,
    /// Index of the file in the machine's list of files.
    pub file: u32,
    /// First index of its inline caches.
    pub caches: u32,
    /// What a simple call needs.
    pub entry: Entry,
    /// What the loop does at each instruction.
    pub groups: Groups,
    /// Where the code has to warm up: what it is before and after.
    pub forms: Option<Forms>,
}

/// What a call has to know of a code object, if it passes all arguments by position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Number of arguments; `u32::MAX` where arguments have to be bound in another way (`*args`, keyword-only, a namespace).
    pub arguments: u32,
    /// Slots of a frame.
    pub slots: u32,
    /// Whether it has a `try` or `with`: then a suspended generator of it may have something to do at its end.
    pub tries: bool,
}

impl Entry {
    fn of(code: &Code) -> Entry {
        const SPECIAL: u32 = CodeFlags::VARARGS.0 | CodeFlags::VARKEYWORDS.0;
        const FUNCTION: u32 = CodeFlags::OPTIMIZED.0 | CodeFlags::NEWLOCALS.0;
        let simple = code.kwonly_count == 0 && code.flags.0 & SPECIAL == 0 && code.flags.0 & FUNCTION != 0;
        Entry {
            arguments: if simple { code.argcount } else { u32::MAX },
            slots: code.localsplus.len() as u32,
            tries: code.handlers.iter().any(|handler| !super::destroy::sees_no_end(code, handler)),
        }
    }
}

/// The code table of a machine: append-only, shared between clones.
pub type CodeTable = Arc<Vec<Arc<LoadedCode>>>;

impl super::Vm {
    /// Puts a code object and all code nested in it into the table.
    pub fn load_code(&mut self, code: &Arc<Code>) -> CodeId {
        let file = self.file_index(code);
        self.heap.forget_base();
        let arena = self.heap.enter_permanent();
        let consts = code.consts.iter().map(|c| self.constant(c)).collect();
        self.heap.leave_permanent(arena);
        let heap = &mut self.heap;
        let names = code.names.iter().map(|n| heap.intern(n)).collect();
        let slots = code.localsplus.iter().map(|n| heap.intern(n)).collect();
        let table = Arc::make_mut(&mut self.codes);
        let id = CodeId(table.len() as u32);
        let cold = self.config.rules.cold_form(code);
        let loaded = LoadedCode {
            code: Arc::clone(code),
            consts,
            names,
            slots,
            file,
            caches: self.cache_count,
            entry: Entry::of(code),
            groups: Groups::of(&code.instrs, cold.is_some()),
            forms: cold.is_some().then_some(Forms { hot: id, cold: CodeId(id.0 + 1) }),
        };
        if let Some(code) = cold {
            let groups = Groups::of(&code.instrs, true);
            let cold = LoadedCode { code: Arc::new(code), groups, ..loaded.clone() };
            table.extend([Arc::new(loaded), Arc::new(cold)]);
        } else {
            table.push(Arc::new(loaded));
        }
        self.cache_count += code.instrs.len() as u32;
        id
    }

    fn file_index(&mut self, code: &Code) -> u32 {
        let found = self.files.iter().position(|f| Arc::ptr_eq(f, &code.file) || **f == *code.file);
        match found {
            Some(at) => at as u32,
            None => {
                Arc::make_mut(&mut self.files).push(Arc::clone(&code.file));
                self.files.len() as u32 - 1
            }
        }
    }

    fn constant(&mut self, constant: &Const) -> Value {
        match constant {
            Const::None => Value::None,
            Const::Ellipsis => Value::Ellipsis,
            Const::Bool(b) => Value::Bool(*b),
            Const::Int(i) => Value::Int(*i),
            Const::Float(f) => Value::Float(*f),
            Const::Str(text) => Value::Obj(self.heap.intern(text)),
            Const::Code(code) => {
                let id = self.load_code(code);
                Value::Obj(self.heap.alloc(Object::Code(id)))
            }
            Const::Tuple(items) => {
                let items: Vec<Value> = items.iter().map(|c| self.constant(c)).collect();
                if items.is_empty() { self.empty_tuple } else { self.heap.new_tuple(items) }
            }
            Const::FrozenSet(items) => self.frozen_set(items),
            Const::BigInt(n) => Value::Obj(self.heap.alloc(Object::BigInt(Box::new(n.clone())))),
            Const::Complex(re, im) => self.heap.new_complex(*re, *im),
            Const::Bytes(bytes) => Value::Obj(self.heap.alloc(Object::Bytes(bytes.as_ref().into()))),
        }
    }

    fn frozen_set(&mut self, items: &[Const]) -> Value {
        let mut set = Set::default();
        for item in items {
            let value = self.constant(item);
            if let crate::object::compare::Hash::Known(hash) = crate::object::compare::hash_of(&self.heap, value) {
                set.add_native(&self.heap, hash, value);
            }
        }
        Value::Obj(self.heap.alloc(Object::FrozenSet(Box::new(set))))
    }
}

impl Heap {
    /// A new complex number.
    pub fn new_complex(&mut self, re: f64, im: f64) -> Value {
        use crate::object::FloatBits;
        Value::Obj(self.alloc(Object::Complex(FloatBits(re), FloatBits(im))))
    }
}
