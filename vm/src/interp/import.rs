//! Importing modules: `sys.modules`, native modules, the library, the modules beside the program.
//!
//! The import function is native and is run again after each module body it had to run; what is done is seen from
//! `sys.modules`, so it needs no memo. A module whose body raises is taken out of `sys.modules` again.

use super::Vm;
use crate::code::Code;
use crate::compile::{Mode, compile, library_code};
use crate::config::UserModule;
use crate::library::{self, LibraryFile};
use crate::modules;
use crate::names::name;
use crate::native::{Args, Cx, Memo, NativeDef, NativeResult, Sig, Stop, function};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};
use std::sync::Arc;

/// `__import__`: name, globals, fromlist, level.
pub(crate) static IMPORT: NativeDef = function("__import__", Sig::Raw, import);
/// `from module import name`: module, name.
pub(crate) static IMPORT_FROM: NativeDef = function("import_from", Sig::Raw, import_from);

/// Where a module comes from.
enum Found {
    Native(&'static crate::native::registry::ModuleTable),
    Library(&'static LibraryFile),
    User(UserModule),
}

impl Vm {
    fn find_module(&self, name: &str) -> Option<Found> {
        if let Some(user) = self.config.modules.get(name) {
            return Some(Found::User(user.clone()));
        }
        if let Some(table) = modules::table(name) {
            return Some(Found::Native(table));
        }
        library::file(name).map(Found::Library)
    }

    /// Makes a module object around a namespace, known from now on.
    pub(super) fn new_module(&mut self, full: &str, namespace: ObjId) {
        let module = self.heap.alloc(Object::Module(namespace));
        self.add_module(full, module);
    }

    /// The function that runs the body of a module of the user's, and the namespace it fills.
    fn user_body(&mut self, full: &str, user: &UserModule) -> Result<(Value, ObjId), String> {
        let file = &user.source;
        let code = compile(file, Mode::Module, &self.config.rules).map_err(|problems| {
            problems.first().map_or_else(
                || "cannot be compiled".to_owned(),
                |d| format!("{} ({}, line {})", d.message, file.path, file.line(d.span.start)),
            )
        })?;
        Ok(self.module_body(full, &code, user.is_package))
    }

    /// The function that runs the body of a library module, and the namespace it fills.
    pub(super) fn library_body(&mut self, file: &'static LibraryFile) -> (Value, ObjId) {
        let code = library_code(file, &self.config.rules).unwrap_or_else(|e| unreachable!("{}: {e:?}", file.name));
        self.module_body(file.name, &code, file.is_package)
    }

    fn module_body(&mut self, full: &str, code: &Arc<Code>, is_package: bool) -> (Value, ObjId) {
        let path = code.file.path.clone();
        let code = self.load_code(code);
        let code = Value::Obj(self.heap.alloc(Object::Code(code)));
        let namespace = self.module_namespace(full, &path, is_package);
        (self.make_function(code, namespace), namespace)
    }

    /// The namespace of a new module.
    pub(crate) fn module_namespace(&mut self, full: &str, path: &str, is_package: bool) -> ObjId {
        let namespace = self.heap.new_dict();
        let package = match (is_package, full.rsplit_once('.')) {
            (true, _) => full,
            (false, Some((parent, _))) => parent,
            (false, None) => "",
        };
        let [full_value, path_value, package_value] =
            [full, path, package].map(|text| Value::Obj(self.heap.intern(text)));
        let package_value = if full == "__main__" { Value::None } else { package_value };
        let builtins = self.heap.dict_get_name(self.modules, name::BUILTINS_MODULE).unwrap_or(Value::None);
        let entries = [
            (name::NAME, full_value),
            (name::DOC, Value::None),
            (name::PACKAGE, package_value),
            (name::LOADER, Value::None),
            (name::SPEC, Value::None),
            (name::FILE, path_value),
            (name::BUILTINS, builtins),
        ];
        for (key, value) in entries {
            self.heap.dict_set_name(namespace, key, value);
        }
        if is_package {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let folder = self.heap.new_str(folder);
            let list = self.heap.new_list(vec![folder]);
            self.heap.dict_set_name(namespace, name::PATH, list);
        }
        namespace
    }

    /// Makes a module known.
    pub(super) fn add_module(&mut self, full: &str, module: ObjId) {
        let key = self.heap.intern(full);
        self.heap.forget_base();
        let modules = self.modules;
        self.heap.dict_set_name(modules, key, Value::Obj(module));
    }

    fn loaded_module(&self, full: &str) -> Option<Value> {
        self.module(full)
    }
}

fn import(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(text) = cx.as_str(args.get(0)).map(str::to_owned) else {
        let message = format!("__import__() argument 1 must be str, not {}", cx.type_name(args.get(0)));
        return Err(cx.type_error(message));
    };
    let level = match args.get(3) {
        Value::Int(level) => level,
        _ => 0,
    };
    let full = absolute_name(cx, &text, args.get(1), level)?;
    ensure(cx, &full)?;
    let names: Vec<Value> = match cx.object(args.get(2)) {
        Some(Object::Tuple(names)) => names.to_vec(),
        Some(Object::List(names)) => names.clone(),
        _ => Vec::new(),
    };
    if names.is_empty() {
        let head = if level > 0 { full.clone() } else { full.split('.').next().unwrap_or_default().to_owned() };
        return Ok(cx.vm.loaded_module(&head).expect("just imported"));
    }
    let module = cx.vm.loaded_module(&full).expect("just imported");
    for name in names {
        import_submodule(cx, &full, module, name)?;
    }
    Ok(module)
}

/// `from package import name`: the submodule, if the package has no such attribute.
fn import_submodule(cx: &mut Cx<'_>, full: &str, module: Value, wanted: Value) -> Result<(), Box<Stop>> {
    let Some(Object::Module(namespace)) = cx.object(module).cloned() else { return Ok(()) };
    let Some(text) = cx.as_str(wanted).filter(|t| *t != "*").map(str::to_owned) else { return Ok(()) };
    let key = cx.vm.heap.intern(&text);
    if cx.vm.heap.dict_get_name(namespace, name::PATH).is_none() || cx.vm.heap.dict_get_name(namespace, key).is_some() {
        return Ok(());
    }
    let child = format!("{full}.{text}");
    if cx.vm.find_module(&child).is_some() { ensure(cx, &child) } else { Ok(()) }
}

/// The absolute name of what is imported.
fn absolute_name(cx: &mut Cx<'_>, text: &str, globals: Value, level: i64) -> Result<String, Box<Stop>> {
    if level == 0 {
        if text.is_empty() {
            return Err(cx.value_error("Empty module name"));
        }
        return Ok(text.to_owned());
    }
    let entry = |cx: &Cx<'_>, key| {
        globals.obj().and_then(|g| cx.vm.heap.dict_get_name(g, key)).and_then(|v| cx.as_str(v).map(str::to_owned))
    };
    let package = match entry(cx, name::PACKAGE) {
        Some(package) => package,
        None => entry(cx, name::NAME).and_then(|n| n.rsplit_once('.').map(|(p, _)| p.to_owned())).unwrap_or_default(),
    };
    if package.is_empty() {
        return Err(cx.raise(c::IMPORT_ERROR, "attempted relative import with no known parent package"));
    }
    let mut parts: Vec<&str> = package.split('.').collect();
    for _ in 1..level {
        parts.pop();
        if parts.is_empty() {
            return Err(cx.raise(c::IMPORT_ERROR, "attempted relative import beyond top-level package"));
        }
    }
    if !text.is_empty() {
        parts.push(text);
    }
    Ok(parts.join("."))
}

/// Imports a module and the packages it is in, one body at a time.
fn ensure(cx: &mut Cx<'_>, full: &str) -> Result<(), Box<Stop>> {
    let mut failing = None;
    let ends: Vec<usize> = full.match_indices('.').map(|(at, _)| at).chain([full.len()]).collect();
    for end in ends {
        let part = &full[..end];
        if cx.vm.loaded_module(part).is_some() {
            failing = Some(part);
            continue;
        }
        if let Some(Memo::Raised(exception)) = cx.memo.last().cloned() {
            return Err(undo(cx, failing.unwrap_or(part), exception));
        }
        begin(cx, part)?;
        failing = Some(part);
    }
    if let (Some(Memo::Raised(exception)), Some(part)) = (cx.memo.last().cloned(), failing) {
        return Err(undo(cx, part, exception));
    }
    link_children(cx, full);
    Ok(())
}

fn undo(cx: &mut Cx<'_>, part: &str, exception: Value) -> Box<Stop> {
    let key = cx.vm.heap.intern(part);
    let modules = cx.vm.modules;
    cx.heap().dict_remove_name(modules, key);
    Box::new(Stop::Raise(exception))
}

/// Makes one module; stops to run its body if it is written in Python.
fn begin(cx: &mut Cx<'_>, part: &str) -> Result<(), Box<Stop>> {
    match cx.vm.find_module(part) {
        Some(Found::Native(table)) => {
            modules::make_module(cx.vm, table);
            Ok(())
        }
        Some(Found::Library(file)) => {
            let prepared = cx.vm.library_body(file);
            Err(run_body(cx, part, prepared))
        }
        Some(Found::User(user)) => match cx.vm.user_body(part, &user) {
            Ok(prepared) => Err(run_body(cx, part, prepared)),
            Err(message) => Err(cx.raise(c::SYNTAX_ERROR, message)),
        },
        None => Err(not_found(cx, part)),
    }
}

fn run_body(cx: &mut Cx<'_>, full: &str, (body, namespace): (Value, ObjId)) -> Box<Stop> {
    cx.vm.new_module(full, namespace);
    Box::new(Stop::Call { callee: body, args: Vec::new(), kwargs: Vec::new(), catching: Some(c::BASE_EXCEPTION) })
}

fn not_found(cx: &mut Cx<'_>, part: &str) -> Box<Stop> {
    let parent = part.rsplit_once('.').map(|(parent, _)| parent);
    let message = match parent.filter(|p| !cx.vm.is_package(p)) {
        Some(parent) => format!("No module named '{part}'; '{parent}' is not a package"),
        None => format!("No module named '{part}'"),
    };
    let name = Value::Obj(cx.vm.heap.intern(part));
    let text = cx.vm.heap.new_str(message);
    let exception = cx.vm.new_exception(c::MODULE_NOT_FOUND_ERROR, vec![text]);
    for (field, value) in [(name::OBJ_NAME, name), (name::PATH_ATTR, Value::None), (name::MSG, text)] {
        cx.vm.set_exception_field(exception, field, value);
    }
    Box::new(Stop::Raise(exception))
}

/// Binds submodules in their packages.
fn link_children(cx: &mut Cx<'_>, full: &str) {
    for (at, _) in full.match_indices('.') {
        let (parent, rest) = (&full[..at], &full[at + 1..]);
        let child = rest.split('.').next().unwrap_or(rest);
        let whole = format!("{parent}.{child}");
        let (Some(Value::Obj(parent)), Some(module)) = (cx.vm.loaded_module(parent), cx.vm.loaded_module(&whole))
        else {
            continue;
        };
        if let Object::Module(namespace) = *cx.vm.heap.get(parent) {
            let key = cx.vm.heap.intern(child);
            cx.heap().dict_set_name(namespace, key, module);
        }
    }
}

impl Vm {
    fn is_package(&self, full: &str) -> bool {
        match self.loaded_module(full) {
            Some(Value::Obj(id)) => {
                matches!(self.heap.get(id), Object::Module(ns) if self.heap.dict_get_name(*ns, name::PATH).is_some())
            }
            _ => false,
        }
    }
}

fn import_from(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let module = args.get(0);
    let attr = args.get(1).obj().expect("a name");
    if let Some(value) = cx.getattr_or_none(module, attr)? {
        return Ok(value);
    }
    let own = match cx.object(module) {
        Some(Object::Module(namespace)) => {
            let entry = |key| cx.vm.heap.dict_get_name(*namespace, key).and_then(|v| cx.as_str(v)).map(str::to_owned);
            (entry(name::NAME), entry(name::FILE))
        }
        _ => (None, None),
    };
    let shown = own.0.unwrap_or_else(|| "<unknown module name>".to_owned());
    let wanted = cx.vm.heap.name(attr).to_owned();
    if let Some(module) = cx.vm.loaded_module(&format!("{shown}.{wanted}")) {
        return Ok(module);
    }
    let place = own.1.unwrap_or_else(|| "unknown location".to_owned());
    let text = cx.vm.heap.new_str(format!("cannot import name '{wanted}' from '{shown}' ({place})"));
    let exception = cx.vm.new_exception(c::IMPORT_ERROR, vec![text]);
    let shown = cx.vm.heap.new_str(shown);
    for (field, value) in [(name::OBJ_NAME, shown), (name::NAME_FROM, Value::Obj(attr)), (name::MSG, text)] {
        cx.vm.set_exception_field(exception, field, value);
    }
    Err(Box::new(Stop::Raise(exception)))
}
