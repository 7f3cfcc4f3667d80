//! The prelude: builtins that call Python code, written in Python (`vm/lib/_prelude*.py`).
//!
//! A file is loaded when one of its functions is first called, so that a small program starts without compiling them
//! all. Loading takes no virtual time, and nothing of it is seen in `sys.modules`.

use super::{Budget, GreenThread, Step, Vm};
use crate::library::{self, LibraryFile};
use crate::native::Args;
use crate::value::{ObjId, ThreadId, Value};

/// The files, and the functions that the machine calls in each.
const FILES: &[(&str, &[&str])] = &[
    ("_prelude", &["import_star", "print_to", "call_library", "display"]),
    ("_prelude_end", &["end_object", "unraisable_hook"]),
    ("_prelude_class", &["type_call", "build_class"]),
    (
        "_prelude_fill",
        &["collect", "take", "contains", "dict_update", "dict_merge_keywords", "set_update", "dict_fromkeys"],
    ),
    ("_prelude_fold", &["min_max", "any", "all", "sum"]),
    (
        "_prelude_generics",
        &[
            "type_var",
            "type_var_with_bound",
            "type_var_with_constraints",
            "param_spec",
            "type_var_tuple",
            "set_type_param_default",
            "set_function_type_params",
            "subscript_generic",
            "type_alias",
        ],
    ),
    (
        "_prelude_groups",
        &[
            "exception_group_derive",
            "exception_group_split",
            "exception_group_subgroup",
            "exception_group_match",
            "exception_group_rest",
        ],
    ),
    (
        "_prelude_iter",
        &["map_iter", "filter_iter", "zip_iter", "enumerate_iter", "reversed_iter", "seq_iter", "iter_sentinel"],
    ),
    ("_prelude_order", &["sorted_with_key", "list_sort"]),
];

impl Vm {
    /// A function of the prelude.
    ///
    /// # Panics
    /// If there is none of that name, or its file does not compile or raises: a defect of the library.
    pub fn prelude(&mut self, function: &str) -> Value {
        let name = self.heap.intern(function);
        if let Some(found) = self.heap.dict_get_name(self.prelude, name) {
            return found;
        }
        let file = FILES.iter().find(|(_, functions)| functions.contains(&function));
        let (file, functions) = file.unwrap_or_else(|| unreachable!("the prelude has no function {function}"));
        self.load_prelude_file(file, functions);
        let found = self.heap.dict_get_name(self.prelude, name);
        found.unwrap_or_else(|| unreachable!("{file} has no function {function}"))
    }

    /// Loads all of the prelude: for a search, which would undo the loading with everything else.
    pub fn load_prelude(&mut self) {
        for (_, functions) in FILES {
            self.prelude(functions[0]);
        }
    }

    fn load_prelude_file(&mut self, file: &str, functions: &[&str]) {
        // The caller is in the middle of an instruction, whose account must not change.
        let account = (self.current, self.extra_ns, self.native_returned, self.specialised);
        let (body, namespace) = self.library_body(own_file(file));
        self.run_to_the_end(file, body);
        for function in functions {
            let name = self.heap.intern(function);
            let value = self.heap.dict_get_name(namespace, name);
            let value = value.unwrap_or_else(|| unreachable!("{file} has no function {function}"));
            let prelude = self.prelude;
            self.heap.dict_set_name(prelude, name, value);
        }
        (self.current, self.extra_ns, self.native_returned, self.specialised) = account;
    }

    /// Runs a library module to its end at once and gives its namespace. For the machine's own modules, before the
    /// program starts.
    ///
    /// # Panics
    /// If the module does not compile or raises: a defect of the library.
    pub(super) fn load_library_now(&mut self, full: &str) -> ObjId {
        let (body, namespace) = self.library_body(own_file(full));
        self.new_module(full, namespace);
        self.run_to_the_end(full, body);
        namespace
    }

    fn run_to_the_end(&mut self, file: &str, body: Value) {
        let paused = std::mem::replace(&mut self.heap.watch.paused, true);
        let mut thread = GreenThread::new(ThreadId(0));
        self.start_call(&mut thread, body, &Args { pos: &[], kw: &[] });
        loop {
            match self.run_until(&mut thread, Budget::of(u64::MAX)).step {
                // The collection that is wanted waits until the machine is between two instructions.
                Step::BudgetSpent | Step::Ran | Step::EvalCheck | Step::Marked => {}
                Step::Finished(_) => break,
                Step::Died(exception) => {
                    unreachable!("{file} raised {}", super::traceback::plain_text(self, exception))
                }
                Step::Needs(effect) => unreachable!("{file} needs {effect:?}"),
            }
        }
        self.heap.watch.paused = paused;
        self.heap.set_attention();
    }
}

/// A file of the library that the machine itself needs.
fn own_file(name: &str) -> &'static LibraryFile {
    library::file(name).unwrap_or_else(|| unreachable!("the library has {name}"))
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use crate::code::CodeRules;
    use crate::config::VmConfig;
    use crate::interp::Vm;
    use std::sync::Arc;

    #[test]
    fn every_function_is_found_whichever_is_called_first() {
        let rules = CodeRules::for_profile("3.13").expect("a known profile");
        for (_, functions) in FILES {
            let mut vm = Vm::new(Arc::new(VmConfig::new(rules.clone())));
            for function in *functions {
                assert!(!vm.prelude(function).is_none(), "{function}");
            }
        }
    }
}
