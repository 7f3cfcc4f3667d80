//! From import statements to files: breadth first from the program, each module once.
//!
//! The order is CPython's: what is built in or frozen, then the program's folder (a package before a module of the same
//! name), then the library. A folder without `__init__.py` is a package too (PEP 420).

use super::imports::{Import, attributes, imports, is_dynamic};
use super::{Module, Problems, Program, library, read};
use crate::suggest;

use gilsim_vm::code::{Code, CodeRules};
use gilsim_vm::compile::{Mode, compile_with_warnings};
use gilsim_vm::source::codes::MODULE;
use gilsim_vm::source::{Diagnostic, Flavour, Severity, SourceFile, Span};
use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

/// Most modules that are read for one program.
const MODULES_MAX: usize = 2000;
/// Most bytes of source text that are read for one program.
const BYTES_MAX: usize = 128 << 20;
/// Deepest folder that is searched for a program that imports by computed names.
const DEPTH_MAX: usize = 8;

/// Folders looked into for a program that imports by computed names; a program in a huge folder must still start.
const FOLDERS_MAX: usize = 200;

/// Of this module a program uses what is simulated or what is not: told before it runs.
const PROCESSES: &str = "multiprocessing";

/// Reads everything that `main` imports from `folder` (nothing, without a folder), and compiles it.
pub fn resolve(main: &Arc<SourceFile>, folder: Option<PathBuf>, rules: &CodeRules) -> Program {
    let mut search = Search {
        folder,
        rules,
        modules: BTreeMap::new(),
        problems: Vec::new(),
        queue: VecDeque::new(),
        bytes: main.text.len(),
        folders_swept: 0,
        is_dynamic: false,
        may_fail: false,
    };
    let code = search.follow("", main);
    search.follow_queue();
    if search.is_dynamic && search.folder.is_some() {
        // These may never be imported, so what is wrong in them is found out when they are.
        search.may_fail = true;
        search.sweep("", 0);
        search.follow_queue();
    }
    let is_error = |problem: &Diagnostic| problem.severity == Severity::Error;
    let failed = search.problems.iter().flat_map(|file| &file.diagnostics).any(is_error);
    let texts = search.modules.values().map(|module| &module.source.text).chain([&main.text]);
    let reads_stdin = texts.into_iter().any(|text| text.contains("input") || text.contains("stdin"));
    Program { code: code.filter(|_| !failed), modules: search.modules, reads_stdin, problems: search.problems }
}

struct Search<'a> {
    folder: Option<PathBuf>,
    rules: &'a CodeRules,
    modules: BTreeMap<String, Module>,
    problems: Vec<Problems>,
    /// Files whose imports are still to be followed, with the package they belong to.
    queue: VecDeque<(String, Arc<SourceFile>)>,
    bytes: usize,
    folders_swept: usize,
    /// Some file imports by computed names.
    is_dynamic: bool,
    /// Problems of the files followed now are no problems of the program.
    may_fail: bool,
}

/// What became of one module name.
enum Found {
    Yes,
    /// The shortest prefix of the name that is not there.
    No(String),
    /// The file is there but cannot be read.
    Unreadable(String),
}

impl Search<'_> {
    fn follow_queue(&mut self) {
        while let Some((package, file)) = self.queue.pop_front() {
            self.follow(&package, &file);
        }
    }

    /// Compiles one file and follows its imports.
    fn follow(&mut self, package: &str, file: &Arc<SourceFile>) -> Option<Arc<Code>> {
        self.is_dynamic |= is_dynamic(&file.text);
        let (code, mut diagnostics) = match compile_with_warnings(file, Mode::Module, self.rules) {
            Ok(compiled) => (Some(compiled.code), compiled.warnings),
            Err(problems) => (None, problems),
        };
        // The compiler's limits on nesting protect the parser too: what it refuses is not parsed here.
        if code.is_some() || diagnostics.iter().all(|problem| (100..200).contains(&problem.code.0)) {
            diagnostics.extend(self.follow_imports(package, file));
        }
        if !diagnostics.is_empty() && !self.may_fail {
            diagnostics.sort();
            diagnostics.dedup();
            self.problems.push(Problems { file: Arc::clone(file), diagnostics });
        }
        code
    }

    fn follow_imports(&mut self, package: &str, file: &SourceFile) -> Vec<Diagnostic> {
        // A file that does not parse is reported by the compiler.
        let Ok(parsed) = ruff_python_parser::parse_module(&file.text) else { return Vec::new() };
        let imports = imports(parsed.suite());
        let mut problems: Vec<_> = imports.iter().filter_map(|import| self.follow_one(package, import)).collect();
        let all_of_it = |import: &Import| import.module == PROCESSES && import.names.is_empty() && !import.guarded;
        if imports.iter().any(all_of_it) && !self.modules.contains_key(PROCESSES) {
            let taken = attributes(parsed.suite(), PROCESSES).into_iter();
            let later = taken.filter(|(name, _)| library::is_later_member(PROCESSES, name));
            problems.extend(later.map(|(name, span)| not_yet(PROCESSES, &name, span)));
        }
        problems
    }

    /// Follows one import; the result is what is wrong with it.
    fn follow_one(&mut self, package: &str, import: &Import) -> Option<Diagnostic> {
        // Outside of a package a relative import fails when it is executed, as in CPython.
        let name = absolute_name(package, import)?;
        match self.find(&name) {
            Found::Yes => {
                self.follow_members(&name, import);
                let later = import.names.iter().find(|member| library::is_later_member(&name, member));
                later.filter(|_| !import.guarded).map(|member| later_member(&name, member, import.span))
            }
            Found::No(_) if import.guarded => None,
            Found::No(missing) => Some(self.missing(&missing, import.span)),
            Found::Unreadable(text) => Some(Diagnostic::error(MODULE, import.span, text)),
        }
    }

    /// Names taken from a package can be modules of it.
    fn follow_members(&mut self, package: &str, import: &Import) {
        if !self.modules.get(package).is_some_and(|module| module.is_package) {
            return;
        }
        if import.star {
            self.sweep(package, DEPTH_MAX);
        }
        for name in import.names.iter().filter(|name| *name != "*") {
            // Whether the name is a module, a variable or missing is known when it is executed.
            self.find(&format!("{package}.{name}"));
        }
    }

    /// Finds a module by its full name, reading it and the packages above it.
    fn find(&mut self, name: &str) -> Found {
        let top_level = name.split('.').next().unwrap_or(name);
        if name == "__main__" {
            return Found::Yes;
        }
        if library::precedes_the_program(top_level) || !self.is_beside(top_level) {
            return if library::is_supported(name) { Found::Yes } else { Found::No(first_unsupported(name)) };
        }
        let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
        for end in ends {
            let part = &name[..end];
            if self.modules.contains_key(part) {
                continue;
            }
            match self.read(part) {
                Ok(true) => {}
                Ok(false) => return Found::No(part.to_string()),
                Err(text) => return Found::Unreadable(text),
            }
        }
        Found::Yes
    }

    /// Where a module would be, without extension; `None` if there is nothing beside the program.
    fn path_of(&self, name: &str) -> Option<PathBuf> {
        let folder = self.folder.clone()?;
        Some(name.split('.').filter(|part| !part.is_empty()).fold(folder, |path, part| path.join(part)))
    }

    /// Whether the program's folder has a module or package of this name. A folder without `__init__.py` comes after
    /// the whole standard library.
    fn is_beside(&self, top_level: &str) -> bool {
        let Some(path) = self.path_of(top_level) else { return false };
        let is_file = path.with_extension("py").is_file() || path.join("__init__.py").is_file();
        is_file || (path.is_dir() && !library::is_standard(top_level))
    }

    /// Reads one module whose packages have been read; false if there is no such file.
    fn read(&mut self, name: &str) -> Result<bool, String> {
        let Some(path) = self.path_of(name) else { return Ok(false) };
        let init = path.join("__init__.py");
        let file = path.with_extension("py");
        let (chosen, is_package) = if init.is_file() {
            (Some(init), true)
        } else if file.is_file() {
            (Some(file), false)
        } else if path.is_dir() {
            (None, true)
        } else {
            return Ok(false);
        };
        let source = match chosen {
            Some(chosen) => read::source_file(name, &chosen).map_err(sentence)?,
            None => SourceFile::new(name, &path.display().to_string(), "", Flavour::User),
        };
        self.bytes += source.text.len();
        if self.modules.len() >= MODULES_MAX || self.bytes > BYTES_MAX {
            return Err(format!(
                "the program imports more than {MODULES_MAX} modules or {} MiB of text",
                BYTES_MAX >> 20
            ));
        }
        let source = Arc::new(source);
        self.modules.insert(name.to_string(), Module { source: Arc::clone(&source), is_package });
        let package = if is_package { name } else { name.rsplit_once('.').map_or("", |(package, _)| package) };
        self.queue.push_back((package.to_string(), source));
        Ok(true)
    }

    /// Reads all Python files of a package, and of those below it down to [`DEPTH_MAX`]; what cannot be read is left
    /// out.
    fn sweep(&mut self, package: &str, depth: usize) {
        let Some(folder) = self.path_of(package) else { return };
        let Ok(entries) = std::fs::read_dir(&folder) else { return };
        if self.folders_swept >= FOLDERS_MAX {
            return;
        }
        self.folders_swept += 1;
        let mut names: Vec<(String, bool)> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let is_folder = entry.path().is_dir();
                let stem = if is_folder { name.as_str() } else { name.strip_suffix(".py")? };
                is_identifier(stem).then(|| (stem.to_string(), is_folder))
            })
            .collect();
        names.sort();
        for (stem, is_folder) in names {
            let name = if package.is_empty() { stem.clone() } else { format!("{package}.{stem}") };
            let path = folder.join(&stem);
            if is_folder && (depth >= DEPTH_MAX || path.join("pyvenv.cfg").exists() || stem == "__pycache__") {
                continue;
            }
            if stem == "__init__" || stem == "__main__" || !matches!(self.find(&name), Found::Yes) {
                continue;
            }
            if is_folder {
                self.sweep(&name, depth + 1);
            }
        }
    }

    /// The diagnostic for a module that is not there.
    fn missing(&self, name: &str, span: Span) -> Diagnostic {
        let top_level = name.split('.').next().unwrap_or(name);
        if library::is_standard(top_level) && !self.modules.contains_key(top_level) {
            return Diagnostic::error(MODULE, span, format!("module not supported yet: `{name}`"))
                .with_label("part of Python's standard library, not yet of gilsim")
                .with_help("`gilsim explain library` lists the modules that can be imported")
                .with_note(
                    "an import inside `try` with `except ImportError` raises ModuleNotFoundError when it is executed",
                );
        }
        if library::is_later_package(top_level) {
            return Diagnostic::error(MODULE, span, format!("module not supported yet: `{name}`"))
                .with_label("not part of Python, and not yet of gilsim")
                .with_help("`gilsim explain library` lists the modules that can be imported");
        }
        let diagnostic = Diagnostic::error(MODULE, span, format!("no module named `{name}`"))
            .with_label("neither a file beside the program nor a module of gilsim");
        let known = library::supported_names();
        match suggest::nearest(name, known) {
            Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
            None => diagnostic.with_help("`gilsim explain library` lists the modules that can be imported"),
        }
    }
}

/// The diagnostic for a member that is imported and not there yet.
fn later_member(module: &str, member: &str, span: Span) -> Diagnostic {
    not_yet(module, member, span)
        .with_note("an import inside `try` with `except ImportError` raises ImportError when it is executed")
}

/// The diagnostic for a member of a module that is not there yet.
fn not_yet(module: &str, member: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(MODULE, span, format!("not supported yet: `{member}` of `{module}`"))
        .with_label("belongs to processes, which gilsim does not simulate yet");
    if module.starts_with(PROCESSES) {
        diagnostic.with_help("`multiprocessing.dummy` and `multiprocessing.pool.ThreadPool` do the same with threads")
    } else {
        diagnostic.with_help("threads are simulated: see `gilsim explain library`")
    }
}

/// The full name of the module that an import statement in `package` names; `None` if it leaves the top-level package.
fn absolute_name(package: &str, import: &Import) -> Option<String> {
    if import.level == 0 {
        return Some(import.module.clone());
    }
    let mut base = package;
    if base.is_empty() {
        return None;
    }
    for _ in 1..import.level {
        base = base.rsplit_once('.')?.0;
    }
    Some(if import.module.is_empty() { base.to_string() } else { format!("{base}.{}", import.module) })
}

/// The shortest prefix of a dotted name that the library does not have.
fn first_unsupported(name: &str) -> String {
    let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
    ends.map(|end| &name[..end]).find(|part| !library::is_supported(part)).unwrap_or(name).to_string()
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_') && chars.all(|c| c.is_alphanumeric() || c == '_')
}

fn sentence(failure: crate::failure::Failure) -> String {
    match failure {
        crate::failure::Failure::Message { text, .. } => text,
        other => format!("{other:?}"),
    }
}
