//! Updates: a read of a shared place and the write back to it, with instructions between them.
//!
//! `n += 1` on a global reads, adds and writes; a thread that is stopped between the read and the write comes back with a
//! value that may be old. Found by looking from an instruction back for a read and on for a write of the same name, over
//! no jump and at most [`REACH`] instructions each. Misses updates with a loop or a condition inside, and those of items
//! that are not written with `+=` and the like; takes for an update what reads a name and writes it for another reason.

use super::{Code, Instr, Op, Operand};

/// Instructions looked at in each direction.
const REACH: usize = 16;

/// What is read and written back.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Update {
    /// The name of the variable or attribute; `None` for an item of a container.
    pub name: Option<String>,
    /// Index of the instruction that reads.
    pub read: u32,
    /// Index of the instruction that writes.
    pub write: u32,
}

/// The update inside which a thread is that has just executed the instruction at `index`.
pub fn update_around(code: &Code, index: usize) -> Option<Update> {
    let first = index.saturating_sub(REACH);
    let last = (index + REACH).min(code.instrs.len().saturating_sub(1));
    let reads = (first..=index).rev().take_while(|at| *at == index || goes_on(code.instrs[*at]));
    reads.filter(|at| is_read(code, *at)).find_map(|read| {
        let mut later = (index + 1..=last).take_while(|at| goes_on(code.instrs[*at]));
        let write = later.find(|at| writes_back(code, read, *at))?;
        let name = name_of(code, code.instrs[read]).map(str::to_owned);
        Some(Update { name, read: read as u32, write: write as u32 })
    })
}

/// Whether the next instruction is executed next.
fn goes_on(instr: Instr) -> bool {
    instr.op.operand() != Operand::Jump && !matches!(instr.op, Op::ReturnValue | Op::ReturnConst | Op::RaiseVarargs)
}

fn is_read(code: &Code, at: usize) -> bool {
    match code.instrs[at].op {
        Op::LoadGlobal | Op::LoadName | Op::LoadAttr => true,
        // `d[k] += 1` keeps container and key for the write.
        Op::BinarySubscr => at >= 2 && code.instrs[at - 2..at].iter().all(|instr| instr.op == Op::Copy),
        _ => false,
    }
}

fn writes_back(code: &Code, read: usize, write: usize) -> bool {
    let (read, write) = (code.instrs[read], code.instrs[write]);
    match (read.op, write.op) {
        (Op::LoadGlobal, Op::StoreGlobal) | (Op::LoadName, Op::StoreName) | (Op::LoadAttr, Op::StoreAttr) => {
            name_of(code, read) == name_of(code, write)
        }
        (Op::BinarySubscr, Op::StoreSubscr) => true,
        _ => false,
    }
}

fn name_of(code: &Code, instr: Instr) -> Option<&str> {
    let index = match instr.op.operand() {
        Operand::Name => instr.arg,
        Operand::NameNull | Operand::NameMethod => instr.arg >> 1,
        _ => return None,
    };
    code.names.get(index as usize).map(|name| &**name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::{CodeRules, Const};
    use crate::compile::{Mode, compile};
    use crate::source::{Flavour, SourceFile};
    use std::sync::Arc;

    /// Names of the updates around each instruction of the function `f`, in order, without repetition.
    fn updates(body: &str) -> Vec<Option<String>> {
        let text = format!("def f(self, d, k):\n    {body}\n");
        let source = Arc::new(SourceFile::new("m", "m.py", &text, Flavour::User));
        let module = compile(&source, Mode::Module, &CodeRules::for_profile("3.9").unwrap()).unwrap();
        let code = module.consts.iter().find_map(|constant| match constant {
            Const::Code(code) => Some(Arc::clone(code)),
            _ => None,
        });
        let code = code.expect("the function");
        let mut names: Vec<_> =
            (0..code.instrs.len()).filter_map(|at| update_around(&code, at)).map(|u| u.name).collect();
        names.dedup();
        names
    }

    #[test]
    fn updates_are_found_and_other_statements_are_none() {
        let named = |name: &str| vec![Some(name.to_owned())];
        assert_eq!(updates("global x; x += 1"), named("x"));
        assert_eq!(updates("global x; t = x; x = t + 1"), named("x"));
        assert_eq!(updates("self.n += 1"), named("n"));
        assert_eq!(updates("d[k] += 1"), [None]);
        assert_eq!(updates("d[k] = self"), []);
        assert_eq!(updates("k += 1"), []);
        assert_eq!(updates("global x; x = k"), []);
    }
}
