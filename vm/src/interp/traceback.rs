//! The entries of tracebacks and their lines. How they become the text of an exception is `vm/lib/traceback.py`.

use super::Vm;
use crate::object::Object;
use crate::object::exception::Traceback;
use crate::value::Value;

/// One line of text for an exception whose message needs no Python code: for defects of the library.
pub(crate) fn plain_text(vm: &Vm, exception: Value) -> String {
    let class = vm.qualified_type_name(exception);
    let args = vm.heap.tuple(vm.exception(exception).args).unwrap_or_default();
    let message: Vec<&str> = args.iter().filter_map(|a| vm.heap.str(*a)).collect();
    let mut places = String::new();
    for entry in vm.traceback_entries(exception) {
        let code = &vm.codes[entry.code.0 as usize].code;
        let line = code.line(entry.instruction as usize).unwrap_or(0);
        places.push_str(&format!(" at {}:{line}", code.file.path));
    }
    format!("{class}: {}{places}", message.join(", "))
}

impl Vm {
    /// The entries of an exception's traceback, outermost first.
    pub fn traceback_entries(&self, exception: Value) -> Vec<Traceback> {
        self.traceback_links(self.exception(exception).traceback)
    }

    /// The entries of a traceback object, outermost first.
    pub fn traceback_links(&self, traceback: Value) -> Vec<Traceback> {
        let mut entries = Vec::new();
        let mut link = traceback;
        while let Value::Obj(id) = link {
            let Object::Traceback(entry) = self.heap.get(id) else { break };
            link = entry.next;
            entries.push((**entry).clone());
        }
        entries
    }

    /// The lines of one entry.
    pub(crate) fn entry_text(&self, entry: &Traceback) -> String {
        let code = &self.codes[entry.code.0 as usize].code;
        let file = &code.file;
        let span = code.spans.get(entry.instruction as usize).copied().flatten();
        let line = span.map_or(code.first_line, |s| file.line(s.start));
        let mut out = format!("  File \"{}\", line {line}, in {}\n", file.path, code.name);
        if file.is_nameless() || file.line_text(line).trim().is_empty() {
            return out;
        }
        out.push_str(&crate::source::carets::source_lines(file, span, line));
        out
    }
}
