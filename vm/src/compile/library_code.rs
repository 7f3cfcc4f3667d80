//! Code of library modules, compiled once in a process: the same text under the same rules is always the same code.
//!
//! A cache without meaning: whoever repeats runs (a search, a comparison of versions, tests) is spared most of each
//! start. Code is never changed after it was compiled, so machines may share it, also between threads of the host.

use super::{Mode, compile};
use crate::code::{Code, CodeRules};
use crate::library::LibraryFile;
use crate::source::{Diagnostic, Flavour, SourceFile};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// By module, for each set of rules that was asked for.
type Compiled = BTreeMap<&'static str, Vec<(CodeRules, Arc<Code>)>>;

static COMPILED: Mutex<Compiled> = Mutex::new(BTreeMap::new());

/// The code of a library module's body under the rules of a profile.
///
/// # Errors
/// As [`compile`]: a defect of the library.
pub fn library_code(file: &'static LibraryFile, rules: &CodeRules) -> Result<Arc<Code>, Vec<Diagnostic>> {
    let known =
        |all: &Compiled| all.get(file.name)?.iter().find(|(of, _)| of == rules).map(|(_, code)| Arc::clone(code));
    if let Some(code) = known(&COMPILED.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(code);
    }
    let code = compile(&Arc::new(source(file)), Mode::Module, rules)?;
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    compiled.entry(file.name).or_default().push((rules.clone(), Arc::clone(&code)));
    Ok(code)
}

/// The source file of a library module, as tracebacks show it.
fn source(file: &LibraryFile) -> SourceFile {
    let path = match file.is_package {
        true => format!("<gilsim>/{}/__init__.py", file.name.replace('.', "/")),
        false => format!("<gilsim>/{}.py", file.name.replace('.', "/")),
    };
    SourceFile::new(file.name, &path, file.text, Flavour::of_library(file.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_shared_by_those_with_the_same_rules_only() {
        let file = crate::library::file("queue").unwrap();
        let [old, new] = ["3.9", "3.13"].map(|profile| CodeRules::for_profile(profile).unwrap());
        let first = library_code(file, &new).unwrap();
        assert!(Arc::ptr_eq(&first, &library_code(file, &new).unwrap()));
        assert!(!Arc::ptr_eq(&first, &library_code(file, &old).unwrap()));
    }
}
