//! Loads a program: the file that was named and every module beside it that it imports, transitively.
//!
//! The simulated world has no file system behind it, so all text a run may need is read before it starts. Imports are
//! found in the syntax tree, wherever they stand (also inside functions). A program that imports by computed names
//! (`__import__`, `importlib`) gets all Python files below its folder too, within bounds; what is wrong in those is no
//! error before the run. Missed: computed names of modules elsewhere.

pub mod imports;
pub mod library;
pub mod read;
pub mod resolve;

use crate::failure::{Failure, printable};

use gilsim_vm::code::{Code, CodeRules};
use gilsim_vm::config::UserModule;
use gilsim_vm::source::{Diagnostic, Flavour, SourceFile};
use ruff_python_ast::Stmt;
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
    /// The code of the file that was named, unless it or a module it imports has errors.
    pub code: Option<Arc<Code>>,
    /// The modules beside it, by full name.
    pub modules: BTreeMap<String, Module>,
    /// Whether the text of the program or of a module beside it speaks of standard input.
    pub reads_stdin: bool,
    /// What is wrong, per file, in the order in which the files are imported.
    pub problems: Vec<Problems>,
}

impl Program {
    /// The modules beside it, as the virtual machine wants them.
    pub fn user_modules(&self) -> BTreeMap<String, UserModule> {
        let user = |module: &Module| UserModule { source: Arc::clone(&module.source), is_package: module.is_package };
        self.modules.iter().map(|(name, module)| (name.clone(), user(module))).collect()
    }
}

/// Reads the program in `path` and the modules it imports, and compiles them under the rules of a profile.
///
/// # Errors
/// If the file itself cannot be read. What is wrong inside the files is in [`Program::problems`].
pub fn load(path: &Path, rules: &CodeRules) -> Result<Program, Failure> {
    let main = Arc::new(read::source_file("__main__", path)?);
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(resolve::resolve(&main, Some(folder), rules))
}

/// A program that calls one function of the module in `path`, without arguments.
///
/// # Errors
/// If the file cannot be read, or its name is none that can be imported.
pub fn function(path: &Path, name: &str, rules: &CodeRules) -> Result<Program, Failure> {
    read::text(path)?;
    let module = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let is_name =
        |text: &str| ruff_python_parser::parse_expression(text).is_ok_and(|parsed| parsed.expr().is_name_expr());
    if let Some(odd) = [module, name].into_iter().find(|text| !is_name(text)) {
        return Err(Failure::usage(format!("`{}` is no name that Python can import", printable(odd))));
    }
    let text = format!("import {module}\n{module}.{name}()\n");
    let main = Arc::new(SourceFile::new("__main__", "<test>", &text, Flavour::User));
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(resolve::resolve(&main, Some(folder), rules))
}

/// Names of the functions of a module that begin with `test_`, in their order; `None` if it is no correct Python.
///
/// # Errors
/// If the file cannot be read.
pub fn tests(path: &Path) -> Result<Option<Vec<String>>, Failure> {
    let text = read::text(path)?;
    let Ok(parsed) = ruff_python_parser::parse_module(&text) else { return Ok(None) };
    let name = |statement: &Stmt| match statement {
        Stmt::FunctionDef(function) => Some(function.name.to_string()),
        _ => None,
    };
    Ok(Some(parsed.suite().iter().filter_map(name).filter(|name| name.starts_with("test_")).collect()))
}

/// A program that is a single text, such as a demo; there is nothing beside it.
pub fn single(path: &str, text: &str, rules: &CodeRules) -> Program {
    let main = Arc::new(SourceFile::new("__main__", path, text, Flavour::User));
    resolve::resolve(&main, None, rules)
}
