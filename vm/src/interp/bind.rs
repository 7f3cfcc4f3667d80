//! Binding the arguments of a call to the parameters of a Python function, with CPython's error messages.

use super::Vm;
use super::frame::GreenThread;
use super::run::{Body, Trap};
use crate::code::{Code, CodeFlags};
use crate::value::{ObjId, Value};
use std::sync::Arc;

impl Vm {
    /// Rearranges the stack from `first` on into one value per parameter.
    pub(crate) fn bind_arguments(
        &mut self,
        t: &mut GreenThread,
        function: ObjId,
        first: usize,
        kwargs: Vec<(ObjId, Value)>,
    ) -> Body {
        let code_id = self.heap.function(function).code;
        let loaded = Arc::clone(&self.codes[code_id.0 as usize]);
        let code = &*loaded.code;
        let positional = code.argcount as usize;
        let named = positional + code.kwonly_count as usize;
        let given: Vec<Value> = t.stack.split_off(first);
        let mut slots = vec![Value::Unbound; named];
        let direct = given.len().min(positional);
        slots[..direct].copy_from_slice(&given[..direct]);
        let extra_keywords = self.bind_keywords(function, code, &loaded.slots, &mut slots, kwargs)?;
        let takes_extra = code.flags.contains(CodeFlags::VARARGS);
        if given.len() > positional && !takes_extra {
            return Err(self.too_many_positional(function, code, given.len(), &slots));
        }
        self.fill_defaults(function, code, &mut slots, direct)?;
        t.stack.extend_from_slice(&slots);
        if takes_extra {
            let rest = given[direct..].to_vec();
            let rest = if rest.is_empty() { self.empty_tuple } else { self.heap.new_tuple(rest) };
            t.stack.push(rest);
        }
        if code.flags.contains(CodeFlags::VARKEYWORDS) {
            let dict = self.heap.new_dict();
            for (name, value) in extra_keywords {
                self.heap.dict_set_name(dict, name, value);
            }
            t.stack.push(Value::Obj(dict));
        }
        Ok(())
    }

    /// Puts keyword arguments into their slots; returns those for `**kwargs`.
    fn bind_keywords(
        &mut self,
        function: ObjId,
        code: &Code,
        names: &[ObjId],
        slots: &mut [Value],
        kwargs: Vec<(ObjId, Value)>,
    ) -> Result<Vec<(ObjId, Value)>, Trap> {
        let takes_extra = code.flags.contains(CodeFlags::VARKEYWORDS);
        let mut extra = Vec::new();
        for (name, value) in kwargs.iter().copied() {
            let from = code.posonly_count as usize;
            let at = (from..slots.len()).find(|i| self.same_name(names[*i], name));
            match at {
                Some(i) if slots[i].is_bound() => {
                    let message = format!(
                        "{}() got multiple values for argument '{}'",
                        self.function_name(function),
                        self.heap.name(name)
                    );
                    return Err(self.type_error(message));
                }
                Some(i) => slots[i] = value,
                None if takes_extra => extra.push((name, value)),
                None => return Err(self.unexpected_keyword(function, code, names, name, &kwargs)),
            }
        }
        Ok(extra)
    }

    fn same_name(&self, a: ObjId, b: ObjId) -> bool {
        a == b || self.heap.name(a) == self.heap.name(b)
    }

    fn unexpected_keyword(
        &mut self,
        function: ObjId,
        code: &Code,
        names: &[ObjId],
        name: ObjId,
        kwargs: &[(ObjId, Value)],
    ) -> Trap {
        let shown = self.function_name(function);
        let text = self.heap.name(name).to_owned();
        let positional_only = &names[..code.posonly_count as usize];
        let by_keyword = positional_only.iter().filter(|n| kwargs.iter().any(|(name, _)| self.same_name(**n, *name)));
        let by_keyword: Vec<&str> = by_keyword.map(|n| self.heap.name(*n)).collect();
        if !by_keyword.is_empty() {
            return self.type_error(format!(
                "{shown}() got some positional-only arguments passed as keyword arguments: '{}'",
                by_keyword.join(", ")
            ));
        }
        let candidates: Vec<&str> = names[code.posonly_count as usize..(code.argcount + code.kwonly_count) as usize]
            .iter()
            .map(|n| self.heap.name(*n))
            .collect();
        let message = match crate::text::suggest::suggestion(&text, candidates.iter().copied()) {
            Some(near) => format!("{shown}() got an unexpected keyword argument '{text}'. Did you mean '{near}'?"),
            None => format!("{shown}() got an unexpected keyword argument '{text}'"),
        };
        self.type_error(message)
    }

    /// Fills parameters that were not given from the defaults; complains about those that have none.
    fn fill_defaults(&mut self, function: ObjId, code: &Code, slots: &mut [Value], direct: usize) -> Body {
        let positional = code.argcount as usize;
        let data = self.heap.function(function);
        let first_default = positional - data.defaults.len().min(positional);
        let mut missing = Vec::new();
        for i in direct..positional {
            if slots[i].is_bound() {
                continue;
            }
            match i.checked_sub(first_default).and_then(|d| data.defaults.get(d)) {
                Some(value) => slots[i] = *value,
                None => missing.push(i),
            }
        }
        if !missing.is_empty() {
            return Err(self.missing_arguments(function, code, &missing, "positional"));
        }
        let kw_defaults = data.kw_defaults;
        for i in positional..slots.len() {
            if !slots[i].is_bound() {
                let name = self.heap.intern(&code.varnames[i]);
                let default = kw_defaults.obj().and_then(|dict| self.heap.dict_get_name(dict, name));
                match default {
                    Some(value) => slots[i] = value,
                    None => missing.push(i),
                }
            }
        }
        if missing.is_empty() { Ok(()) } else { Err(self.missing_arguments(function, code, &missing, "keyword-only")) }
    }

    fn missing_arguments(&mut self, function: ObjId, code: &Code, missing: &[usize], kind: &str) -> Trap {
        let names: Vec<String> = missing.iter().map(|i| format!("'{}'", code.varnames[*i])).collect();
        let list = match names.as_slice() {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [head @ .., last] => format!("{}, and {last}", head.join(", ")),
            [] => String::new(),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        let message = format!(
            "{}() missing {} required {kind} argument{plural}: {list}",
            self.function_name(function),
            names.len()
        );
        self.type_error(message)
    }

    fn too_many_positional(&mut self, function: ObjId, code: &Code, given: usize, slots: &[Value]) -> Trap {
        let positional = code.argcount as usize;
        let defaults = self.heap.function(function).defaults.len();
        let keyword_only = slots[positional..].iter().filter(|v| v.is_bound()).count();
        let (takes, plural) = match defaults {
            0 => (positional.to_string(), if positional == 1 { "" } else { "s" }),
            n => (format!("from {} to {positional}", positional - n), "s"),
        };
        let extra = match keyword_only {
            0 => String::new(),
            n => format!(
                " positional argument{} (and {n} keyword-only argument{})",
                if given == 1 { "" } else { "s" },
                if n == 1 { "" } else { "s" }
            ),
        };
        let verb = if given == 1 && keyword_only == 0 { "was" } else { "were" };
        let message = format!(
            "{}() takes {takes} positional argument{plural} but {given}{extra} {verb} given",
            self.function_name(function)
        );
        self.type_error(message)
    }

    /// The qualified name of a function, for messages.
    pub(crate) fn function_name(&self, function: ObjId) -> String {
        self.heap.str(self.heap.function(function).qualname).unwrap_or("?").to_owned()
    }
}
