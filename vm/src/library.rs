//! The library in Python: the files of `vm/lib`, embedded.

/// One file.
#[derive(Debug, Clone, Copy)]
pub struct LibraryFile {
    /// Module name (`concurrent.futures`).
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Whether it is a package.
    pub is_package: bool,
}

mod table {
    use super::LibraryFile;
    include!(concat!(env!("OUT_DIR"), "/library.rs"));
}

/// The file of a module.
pub fn file(name: &str) -> Option<&'static LibraryFile> {
    table::FILES.binary_search_by(|f| f.name.cmp(name)).ok().map(|at| &table::FILES[at])
}

/// Names of all modules a program can import: written in Python or native, sorted.
pub fn module_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = table::FILES.iter().map(|f| f.name).collect();
    names.extend(crate::modules::TABLES.iter().map(|t| t.name));
    // `os` puts it in `sys.modules`.
    names.push("os.path");
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::table::FILES;
    use crate::code::CodeRules;
    use crate::compile::{Mode, compile};
    use crate::source::{Flavour, SourceFile};
    use std::sync::Arc;

    /// Compiles every file of the library under every profile; the diagnostics say where it does not.
    #[test]
    fn every_file_compiles() {
        for profile in CodeRules::profiles() {
            let rules = CodeRules::for_profile(profile).expect("a known profile");
            for file in FILES {
                let source = SourceFile::new(file.name, file.name, file.text, Flavour::of_library(file.text));
                if let Err(problems) = compile(&Arc::new(source), Mode::Module, &rules) {
                    panic!("{} under {profile}: {problems:?}", file.name);
                }
            }
        }
    }
}
