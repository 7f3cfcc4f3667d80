//! The text of tracebacks, as CPython 3.13's `traceback` module and its C twin print it.

use super::Vm;
use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::exception::Traceback;
use crate::value::Value;

/// Entries of one place after which further ones are counted, not printed.
const REPEATS_SHOWN: usize = 3;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

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

    /// The stack part of a traceback.
    fn entries_text(&self, exception: Value) -> String {
        let mut out = String::new();
        let mut last = None;
        let mut count = 0;
        for entry in self.traceback_entries(exception) {
            let code = &self.codes[entry.code.0 as usize].code;
            let key = (entry.code, code.line(entry.instruction as usize));
            count = if last == Some(key) { count + 1 } else { flush_repeats(&mut out, count, 1) };
            last = Some(key);
            if count <= REPEATS_SHOWN {
                out.push_str(&self.entry_text(&entry));
            }
        }
        flush_repeats(&mut out, count, 0);
        out
    }

    /// The lines of one entry.
    pub(crate) fn entry_text(&self, entry: &Traceback) -> String {
        let code = &self.codes[entry.code.0 as usize].code;
        let file = &code.file;
        let span = code.spans.get(entry.instruction as usize).copied().flatten();
        let line = span.map_or(code.first_line, |s| file.line(s.start));
        let mut out = format!("  File \"{}\", line {line}, in {}\n", file.path, code.name);
        let text = file.line_text(line);
        let stripped = text.trim();
        if stripped.is_empty() {
            return out;
        }
        out.push_str(&crate::source::carets::source_lines(file, span, line));
        out
    }
}

/// Says how many further entries of the same place there were; returns `next`.
fn flush_repeats(out: &mut String, count: usize, next: usize) -> usize {
    if count > REPEATS_SHOWN {
        let more = count - REPEATS_SHOWN;
        out.push_str(&format!("  [Previous line repeated {more} more time{}]\n", if more == 1 { "" } else { "s" }));
    }
    next
}

impl Cx<'_> {
    /// The text that CPython prints for an uncaught exception, with a newline at its end.
    ///
    /// # Errors
    /// What `__str__` of an exception raises; asks for Python code.
    pub fn format_exception(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let mut chain = vec![(exception, "")];
        let mut seen = vec![exception];
        loop {
            let (link, _) = *chain.last().expect("not empty");
            let data = self.vm.exception(link);
            let (next, joint) = match (data.cause, data.context) {
                (cause, _) if !cause.is_none() => (cause, CAUSE),
                (_, context) if !context.is_none() && !data.suppress_context => (context, CONTEXT),
                _ => break,
            };
            if seen.contains(&next) {
                break;
            }
            seen.push(next);
            chain.last_mut().expect("not empty").1 = joint;
            chain.push((next, ""));
        }
        let mut out = String::new();
        let links = chain.len();
        for (i, (link, _)) in chain.iter().enumerate().rev() {
            out.push_str(&self.format_one(*link, 0)?);
            if i > 0 && links > 1 {
                out.push_str(chain[i - 1].1);
            }
        }
        Ok(out)
    }

    /// One exception of a chain: its stack and its last line; groups with their members.
    fn format_one(&mut self, exception: Value, depth: usize) -> Result<String, Box<Stop>> {
        let is_group = self.vm.exception_is(exception, c::BASE_EXCEPTION_GROUP);
        let entries = self.vm.entries_text(exception);
        let mut text = String::new();
        if !entries.is_empty() {
            text.push_str(if is_group {
                "Exception Group Traceback (most recent call last):\n"
            } else {
                "Traceback (most recent call last):\n"
            });
            text.push_str(&entries);
        }
        text.push_str(&self.format_exception_only(exception)?);
        if !is_group {
            return Ok(text);
        }
        let first_mark = if depth == 0 { "  + " } else { "    | " };
        let mut out = String::new();
        for (i, line) in text.lines().enumerate() {
            out.push_str(if i == 0 && depth == 0 {
                first_mark
            } else if depth == 0 {
                "  | "
            } else {
                ""
            });
            out.push_str(line);
            out.push('\n');
        }
        self.format_members(exception, depth, &mut out)?;
        Ok(out)
    }

    fn format_members(&mut self, exception: Value, depth: usize, out: &mut String) -> Result<(), Box<Stop>> {
        let members = exception.obj().and_then(|id| self.vm.get_slot(id, name::EXCEPTIONS));
        let members: Vec<Value> =
            members.and_then(|m| self.vm.heap.tuple(m)).map(<[Value]>::to_vec).unwrap_or_default();
        for (i, member) in members.iter().enumerate() {
            let mark = if i == 0 { "  +-+" } else { "    +" };
            out.push_str(&format!("{mark}---------------- {} ----------------\n", i + 1));
            let inner = self.format_one(*member, depth + 1)?;
            for line in inner.lines() {
                let bar = if line.starts_with("  +-+--") || line.starts_with("    +--") || line.starts_with("    | ") {
                    "  "
                } else {
                    "    | "
                };
                out.push_str(bar);
                out.push_str(line);
                out.push('\n');
            }
        }
        if depth == 0 || !members.is_empty() {
            out.push_str("    +------------------------------------\n");
        }
        Ok(())
    }

    /// The last line (`ValueError: text`), with notes and suggestions.
    ///
    /// # Errors
    /// What `__str__` of the exception raises; asks for Python code.
    pub fn format_exception_only(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let class = self.vm.heap.class_of(exception);
        let data = self.vm.heap.class(class);
        let module = self.vm.heap.dict_get_name(data.dict, name::MODULE).unwrap_or(data.module);
        let shown = match self.vm.heap.str(module) {
            Some("builtins" | "__main__") | None => data.qualname.to_string(),
            Some(module) => format!("{module}.{}", data.qualname),
        };
        let text = match self.python_special(exception, name::STR) {
            Some(method) => match self.call_catching(method, &[exception], c::EXCEPTION)? {
                Ok(value) => self.as_str(value).unwrap_or("<exception str() failed>").to_owned(),
                Err(_) => "<exception str() failed>".to_owned(),
            },
            None => self.str(exception)?,
        };
        let hint = self.suggestion_for(exception);
        let mut out = match (text.is_empty(), hint) {
            (true, None) => format!("{shown}\n"),
            (_, hint) => format!("{shown}: {text}{}\n", hint.unwrap_or_default()),
        };
        if let Some(notes) = exception.obj().and_then(|id| self.vm.get_slot(id, name::NOTES))
            && let Some(Object::List(notes)) = self.object(notes).cloned()
        {
            for note in notes {
                out.push_str(&self.str(note)?);
                out.push('\n');
            }
        }
        Ok(out)
    }

    /// `. Did you mean: 'x'?` for NameError, AttributeError and ImportError.
    fn suggestion_for(&mut self, exception: Value) -> Option<String> {
        let id = exception.obj()?;
        let wanted_field =
            if self.vm.exception_is(exception, c::IMPORT_ERROR) { name::NAME_FROM } else { name::OBJ_NAME };
        let wanted = self.vm.get_slot(id, wanted_field).and_then(|v| self.as_str(v).map(str::to_owned))?;
        let candidates: Vec<String> = if self.vm.exception_is(exception, c::NAME_ERROR) {
            self.names_in_scope(exception)
        } else if self.vm.exception_is(exception, c::ATTRIBUTE_ERROR) {
            let object = self.vm.get_slot(id, name::OBJ).filter(|v| v.is_bound())?;
            self.dir_names(object).into_iter().filter(|n| !n.starts_with('_') || wanted.starts_with('_')).collect()
        } else if self.vm.exception_is(exception, c::IMPORT_ERROR) {
            let module = self.vm.get_slot(id, name::OBJ_NAME).and_then(|v| self.as_str(v).map(str::to_owned))?;
            let module = self.vm.module(&module)?;
            self.dir_names(module).into_iter().filter(|n| !n.starts_with('_') || wanted.starts_with('_')).collect()
        } else {
            return None;
        };
        crate::text::suggest::suggestion(&wanted, candidates.iter().map(String::as_str))
            .map(|near| format!(". Did you mean: '{near}'?"))
    }

    /// Names that the innermost frame of a traceback could have meant: locals, globals, builtins.
    fn names_in_scope(&self, exception: Value) -> Vec<String> {
        let entries = self.vm.traceback_entries(exception);
        let Some(entry) = entries.last() else { return Vec::new() };
        let code = &self.vm.codes[entry.code.0 as usize].code;
        let mut names: Vec<String> = code.localsplus.iter().map(|n| n.to_string()).collect();
        for dict in [entry.globals, self.vm.builtins] {
            names.extend(self.vm.heap.dict(dict).iter().filter_map(|e| self.vm.heap.str(e.key)).map(str::to_owned));
        }
        names
    }
}
