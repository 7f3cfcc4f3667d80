//! Loads a program: the file that was named and every module beside it that it imports, transitively.
//!
//! The simulated world has no file system behind it, so all text a run may need is read before it starts. Imports are
//! found in the syntax tree, wherever they stand (also inside functions). A program that imports by computed names
//! (`__import__`, `importlib`) gets all Python files below its folder, within bounds. Missed: a computed name of a module outside that folder.

pub mod imports;
pub mod library;
pub mod read;
pub mod resolve;
mod stdlib;

use crate::failure::Failure;

use gilsim_vm::source::{Diagnostic, SourceFile};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A module beside the program.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its text.
    pub source: Arc<SourceFile>,
    /// Whether it is a package (`__init__.py`, or a folder without one).
    pub is_package: bool,
}

/// Problems of one file.
#[derive(Clone, Debug)]
pub struct Problems {
    /// The file.
    pub file: Arc<SourceFile>,
    /// What is wrong, sorted by position.
    pub diagnostics: Vec<Diagnostic>,
}

/// A program with everything it imports.
#[derive(Debug)]
pub struct Program {
    /// The file that was named.
    pub main: Arc<SourceFile>,
    /// The modules beside it, by full name.
    pub modules: BTreeMap<String, Module>,
    /// Imports that cannot be satisfied, per file.
    pub problems: Vec<Problems>,
}

/// Reads the program in `path` and the modules it imports.
///
/// # Errors
/// If the file itself cannot be read. What is wrong inside the files is in [`Program::problems`].
pub fn load(path: &Path) -> Result<Program, Failure> {
    let main = Arc::new(read::source_file("__main__", path)?);
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(resolve::resolve(main, folder))
}

/// A program that is a single text, such as a demo.
pub fn single(path: &str, text: &str) -> Program {
    let main = Arc::new(SourceFile::new("__main__", path, text, gilsim_vm::source::Flavour::User));
    Program { main, modules: BTreeMap::new(), problems: Vec::new() }
}
