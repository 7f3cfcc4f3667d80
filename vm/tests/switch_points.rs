//! Between which instructions of common statements another thread can run, per profile: "yes" means that an eval check
//! lies between the read of the shared place and the write back.

use gilsim_vm::code::dis::{ListingOptions, listing_of_one};
use gilsim_vm::code::{Check, Code, CodeRules, Const, Instr, Op};
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::source::{Flavour, SourceFile};

use std::sync::Arc;

/// The code of the function `f` in a text.
fn function(text: &str, profile: &str) -> Arc<Code> {
    let source = Arc::new(SourceFile::new("m", "m.py", text, Flavour::User));
    let module = compile(&source, Mode::Module, &CodeRules::for_profile(profile).unwrap()).unwrap();
    let find = |constant: &Const| match constant {
        Const::Code(code) if &*code.name == "f" => Some(code.clone()),
        _ => None,
    };
    module.consts.iter().find_map(find).unwrap()
}

/// Whether a check of this kind can switch here. `python_callee`: the calls between are of Python functions, whose RESUME
/// checks. `exempt_callee`: they are of `len` and the like.
fn can_switch(instr: Instr, python_callee: bool, exempt_callee: bool) -> bool {
    match instr.check {
        // The statement is executed from its read to its write without a jump.
        Check::None | Check::AfterTaken => false,
        Check::After | Check::AfterAnyCall => true,
        Check::AfterEveryNativeCall => !python_callee,
        Check::AfterNativeCall => !python_callee && !exempt_callee,
    }
}

/// Whether a switch is possible after an instruction at or behind the first `read` and before the last `write`.
fn window(code: &Code, read: Op, write: Op, callee: Callee) -> bool {
    let start = code.instrs.iter().position(|instr| instr.op == read).unwrap();
    let end = code.instrs.iter().rposition(|instr| instr.op == write).unwrap();
    assert!(start < end, "{}", listing_of_one(code, ListingOptions { switch_points: true }));
    let between = &code.instrs[start..end];
    let calls_python = callee == Callee::Python && between.iter().any(|instr| instr.op == Op::Call);
    calls_python || between.iter().any(|&instr| can_switch(instr, callee == Callee::Python, callee == Callee::Exempt))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Callee {
    /// No call, or of an ordinary C function.
    Native,
    /// `len`, `isinstance`, `type`, `list.append` in hot code.
    Exempt,
    /// A Python function: it checks on entry.
    Python,
}

/// Versions with the same eval checks: up to 3.8, 3.9, 3.10, from 3.11 on.
fn era(profile: &str) -> usize {
    match profile {
        "2.7" | "3.6" | "3.7" | "3.8" => 0,
        "3.9" => 1,
        "3.10" => 2,
        _ => 3,
    }
}

#[test]
fn common_statements_can_or_cannot_be_interrupted() {
    use Callee::{Exempt, Native, Python};
    // (body of f, read, write, callee, up to 3.8, on 3.9, on 3.10, from 3.11)
    let table = [
        ("global x; x += 1", Op::LoadGlobal, Op::StoreGlobal, Native, [true, true, false, false]),
        ("global x; t = x; x = t + 1", Op::LoadGlobal, Op::StoreGlobal, Native, [true, true, false, false]),
        ("self.n += 1", Op::LoadAttr, Op::StoreAttr, Native, [true, true, false, false]),
        ("d[k] += 1", Op::BinarySubscr, Op::StoreSubscr, Native, [true, true, false, false]),
        ("global x; x = x + g()", Op::LoadGlobal, Op::StoreGlobal, Python, [true, true, true, true]),
        ("global x; x = x + int(1)", Op::LoadGlobal, Op::StoreGlobal, Native, [true, true, true, true]),
        ("global x; x = x + len(L)", Op::LoadGlobal, Op::StoreGlobal, Exempt, [true, true, true, false]),
        ("d[k] = d.get(k, 0) + 1", Op::LoadAttr, Op::StoreSubscr, Native, [true, true, true, true]),
        // All names local: the membership test and the jump are fast on 3.9 as well.
        ("if k not in d: d[k] = self", Op::ContainsOp, Op::StoreSubscr, Native, [true, false, false, false]),
        ("if k not in D: D[k] = self", Op::ContainsOp, Op::StoreSubscr, Native, [true, true, false, false]),
        ("d, k = k, d", Op::LoadFast, Op::StoreFast, Native, [false, false, false, false]),
        ("a = d; b = a; c = b", Op::LoadFast, Op::StoreFast, Native, [false, false, false, false]),
        ("k = d is k", Op::LoadFast, Op::StoreFast, Native, [true, false, false, false]),
    ];
    for (body, read, write, callee, expected) in table {
        let text = format!("def f(self, d, k):\n    {body}\n");
        for profile in CodeRules::profiles() {
            let expected = expected[era(profile)];
            assert_eq!(window(&function(&text, profile), read, write, callee), expected, "{profile}: {body}");
        }
    }
}

#[test]
fn an_inner_loop_is_interrupted_at_its_back_edge() {
    let text = "def f(n):\n    global x\n    t = x\n    for i in n: pass\n    x = t + 1\n";
    for profile in CodeRules::profiles() {
        assert!(window(&function(text, profile), Op::LoadGlobal, Op::StoreGlobal, Callee::Native), "{profile}");
    }
}

/// The checks of a function as (opcode, check) pairs, in order, without those that have none.
fn checks(text: &str, profile: &str) -> Vec<(Op, Check)> {
    let code = function(text, profile);
    code.instrs.iter().filter(|i| i.check != Check::None).map(|i| (i.op, i.check)).collect()
}

#[test]
fn profile_3_13_checks_entry_back_edges_and_calls() {
    let text = "def f(a):\n    while a:\n        a = g(a)\n    with a as b:\n        b.x += 1\n    yield from b\n";
    let expected = [
        (Op::Resume, Check::After),
        (Op::Call, Check::AfterNativeCall), // g(a)
        (Op::JumpBackward, Check::After),   // while
        (Op::Call, Check::AfterNativeCall), // __exit__
    ];
    assert_eq!(checks(text, "3.13"), expected);
}

#[test]
fn profile_3_9_has_the_opcodes_that_3_13_dropped() {
    // SETUP_FINALLY, LOAD_GLOBAL, POP_BLOCK; then the handler: entry, LOAD_GLOBAL, JUMP_IF_NOT_EXC_MATCH, POP_EXCEPT.
    let text = "def f():\n    try:\n        g\n    except E:\n        pass\n";
    let expected = [
        (Op::Resume, Check::None),
        (Op::Nop, Check::After),
        (Op::LoadGlobal, Check::After),
        (Op::PopTop, Check::After),
        (Op::PushExcInfo, Check::After),
        (Op::LoadGlobal, Check::After),
        (Op::PopJumpIfFalse, Check::After),
        (Op::PopExcept, Check::After),
    ];
    // Entry is followed by SETUP_FINALLY: that check is skipped.
    let expected: Vec<(Op, Check)> = expected.into_iter().filter(|row| row.1 != Check::None).collect();
    assert_eq!(checks(text, "3.9"), expected);
}

#[test]
fn profile_3_9_skips_the_check_before_entering_a_block() {
    let code =
        function("def f(a):\n    while a:\n        try:\n            a()\n        finally:\n            a.b\n", "3.9");
    for (index, instr) in code.instrs.iter().enumerate() {
        let goes_on_at = if instr.op == Op::JumpBackward { instr.arg as usize } else { index + 1 };
        let enters = code.instrs.get(goes_on_at).is_some_and(|next| next.op == Op::Nop && next.check == Check::After);
        assert!(
            !enters || instr.check == Check::None,
            "{}",
            listing_of_one(&code, ListingOptions { switch_points: true })
        );
    }
    let with = function("def f(a):\n    with a.lock():\n        pass\n", "3.9");
    let call = with.instrs.iter().find(|instr| instr.op == Op::Call).unwrap();
    assert_eq!(call.check, Check::None, "SETUP_WITH follows");
    let enter = with.instrs.iter().find(|instr| instr.op == Op::BeforeWith).unwrap();
    assert_eq!(enter.check, Check::After);
}

#[test]
fn yield_from_is_only_interrupted_when_it_is_done() {
    let code = function("def f(a):\n    x = yield from a\n", "3.9");
    let checked: Vec<Op> = code.instrs.iter().filter(|i| i.check != Check::None).map(|i| i.op).collect();
    assert_eq!(checked, [Op::Resume, Op::GetYieldFromIter, Op::EndSend]);
}

#[test]
fn library_flavours_differ_in_checks() {
    let rules = CodeRules::for_profile("3.9").unwrap();
    let text = "for i in [1, 2]: print(i)\n";
    for (flavour, checked) in [(Flavour::User, true), (Flavour::Library, true), (Flavour::Atomic, false)] {
        let source = Arc::new(SourceFile::new("m", "m.py", text, flavour));
        let code = compile(&source, Mode::Module, &rules).unwrap();
        assert_eq!(code.instrs.iter().any(|instr| instr.check != Check::None), checked);
    }
}

#[test]
fn profile_3_10_checks_jumps_that_are_taken_and_handlers() {
    let text = "def f(a, b):
    for i in a:
        if i:
            b = i and b
        elif i is None:
            g()
    try:
        b.x
    except E:
        pass
";
    let expected = [
        (Op::Resume, Check::After),
        (Op::JumpBackward, Check::After),
        (Op::PopJumpIfFalse, Check::AfterTaken), // if i
        (Op::JumpBackward, Check::After),
        (Op::JumpBackward, Check::After), // elif, inverted
        (Op::Call, Check::AfterAnyCall),
        (Op::JumpBackward, Check::After),
        (Op::PushExcInfo, Check::After),
    ];
    let found = checks(text, "3.10");
    for (op, check) in expected {
        assert!(found.contains(&(op, check)), "{op:?} {check:?} in {found:?}");
    }
    let unchecked = [Op::ForIter, Op::GetIter, Op::LoadGlobal, Op::LoadAttr, Op::CheckExcMatch, Op::PopExcept];
    assert!(found.iter().all(|(op, _)| !unchecked.contains(op)), "{found:?}");
}

#[test]
fn a_try_with_except_is_not_protected_before_3_8() {
    let text = "def f(a):\n    a.x = 1\n    try:\n        g\n    except E:\n        pass\n";
    for (profile, is_protected) in [("2.7", false), ("3.6", false), ("3.7", false), ("3.8", true), ("3.9", true)] {
        let stored = checks(text, profile).contains(&(Op::StoreAttr, Check::After));
        assert_eq!(stored, !is_protected, "{profile}");
    }
    let text = text.replace("except E", "finally");
    for profile in ["2.7", "3.6", "3.7", "3.8", "3.9"] {
        assert!(!checks(&text, profile).contains(&(Op::StoreAttr, Check::After)), "{profile}");
    }
}
