//! Which loops of 3.11 leave their code cold: by line, for the shapes of loops.

use gilsim_vm::code::{Code, CodeRules, Const};
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::source::{Flavour, SourceFile};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The lines of a function's cold instructions; the `def` is line 1.
fn cold_lines(profile: &str, body: &str) -> BTreeSet<u32> {
    let text = format!("def probe(n, m):\n{body}");
    let source = Arc::new(SourceFile::new("m", "m.py", &text, Flavour::User));
    let module = compile(&source, Mode::Module, &CodeRules::for_profile(profile).unwrap()).unwrap();
    let function = module.consts.iter().find_map(|constant| match constant {
        Const::Code(code) => Some(Arc::clone(code)),
        _ => None,
    });
    let code: Arc<Code> = function.unwrap();
    assert!(code.cold_loops.is_empty() || code.cold_loops.len() == code.instrs.len());
    code.cold_loops.iter().enumerate().filter(|(_, is_cold)| **is_cold).filter_map(|(at, _)| code.line(at)).collect()
}

#[test]
fn loops_that_go_round_by_a_conditional_jump_are_cold() {
    let rows: &[(&str, &[u32])] = &[
        ("    while n:\n        n -= 1\n", &[2, 3]),
        ("    while n > 0 and m:\n        n -= 1\n", &[2, 3]),
        ("    while n:\n        while m:\n            m -= 1\n        n -= 1\n", &[2, 3, 4, 5]),
        ("    while n:\n        n -= 1\n    for m in n:\n        m()\n", &[2, 3]),
        // These go round by JUMP_BACKWARD, or stand where another loop has.
        ("    while True:\n        n -= 1\n", &[]),
        ("    for m in n:\n        m()\n", &[]),
        ("    for m in n:\n        m()\n    while n:\n        n -= 1\n", &[]),
        ("    for m in n:\n        while n:\n            n -= 1\n", &[]),
        ("    while n:\n        for i in m:\n            n -= 1\n", &[]),
        ("    n = 1\n    m = 2\n", &[]),
    ];
    for (body, lines) in rows {
        assert_eq!(cold_lines("3.11", body), lines.iter().copied().collect(), "{body}");
        for profile in ["3.10", "3.12", "3.13"] {
            assert_eq!(cold_lines(profile, body), BTreeSet::new(), "{profile}: {body}");
        }
    }
}
