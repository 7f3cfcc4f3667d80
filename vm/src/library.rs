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
    names.sort_unstable();
    names.dedup();
    names
}
