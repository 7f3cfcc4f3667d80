//! Listings of small programs, one per family of syntax, against those of CPython 3.13.
//!
//! The recorded listings (`tests/lowering/*.dis`) come from CPython 3.13.0 under `PYTHONHASHSEED=0`, with its
//! super-instructions written out, jump operands as instruction indices and addresses left out.

use gilsim_vm::code::dis::{ListingOptions, listing};
use gilsim_vm::code::{Code, CodeRules, Const};
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::source::{Flavour, SourceFile};

use std::path::{Path, PathBuf};
use std::sync::Arc;

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lowering");
    let mut programs: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    programs.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    programs.sort();
    assert!(programs.len() > 10);
    programs
}

fn compiled(path: &Path, profile: &str) -> Arc<Code> {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let source = Arc::new(SourceFile::new("m", name, &text, Flavour::User));
    compile(&source, Mode::Module, &CodeRules::for_profile(profile).unwrap()).unwrap()
}

#[test]
fn listings_are_cpythons() {
    for path in programs() {
        let expected = std::fs::read_to_string(path.with_extension("dis")).unwrap();
        let actual = listing(&compiled(&path, "3.13"), ListingOptions::default());
        for (number, (actual, expected)) in actual.lines().zip(expected.lines()).enumerate() {
            assert_eq!(actual, expected, "{}, line {}", path.display(), number + 1);
        }
        assert_eq!(actual.lines().count(), expected.lines().count(), "{}", path.display());
    }
}

/// All code objects of a file.
fn all(code: &Arc<Code>) -> Vec<Arc<Code>> {
    let inner = code.consts.iter().filter_map(|constant| match constant {
        Const::Code(code) => Some(all(code)),
        _ => None,
    });
    std::iter::once(code.clone()).chain(inner.flatten()).collect()
}

#[test]
fn code_is_well_formed_for_all_profiles() {
    for path in programs() {
        for profile in CodeRules::profiles() {
            for code in all(&compiled(&path, profile)) {
                let count = code.instrs.len() as u32;
                assert_eq!(code.instrs.len(), code.spans.len());
                assert_eq!(code.localsplus.len(), code.slot_kinds.len());
                assert!(code.handlers.windows(2).all(|rows| rows[0].end <= rows[1].start));
                let in_range =
                    |row: &gilsim_vm::code::Handler| row.start < row.end && row.end <= count && row.target < count;
                assert!(code.handlers.iter().all(in_range));
                let jumps = code.instrs.iter().filter(|instr| instr.op.operand() == gilsim_vm::code::Operand::Jump);
                assert!(jumps.into_iter().all(|jump| jump.arg < count));
            }
        }
    }
}

#[test]
fn comprehensions_are_calls_before_3_12() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lowering/comprehensions.py");
    let names = |profile: &str| -> Vec<String> {
        let codes = all(&compiled(&path, profile));
        codes.iter().map(|code| code.name.to_string()).filter(|name| name.ends_with("comp>")).collect()
    };
    assert!(names("3.13").is_empty());
    assert!(names("3.9").contains(&"<listcomp>".to_string()) && names("3.9").contains(&"<dictcomp>".to_string()));
}
