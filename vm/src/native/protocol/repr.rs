//! `repr()`.
//!
//! Containers are written at once when nothing in them needs Python code; otherwise by a loop in the memo that asks for one
//! item after the other and looks at the live container, as CPython does. Containers that contain themselves show as
//! `[...]`: the loops that are under way in this thread are known from the memos (`Py_ReprEnter`).

use super::NESTING_MAX;
use super::repr_native::{Pass, ReprWriter};
use crate::names::name;
use crate::native::{Cx, Memo, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::dict::ViewKind;
use crate::value::{ObjId, Value};

/// The purpose of loops that write reprs.
const REPR: &str = "repr";

impl Cx<'_> {
    /// `repr(value)`
    ///
    /// # Errors
    /// Those of `__repr__`; RecursionError for structures nested too deeply.
    pub fn repr(&mut self, value: Value) -> Result<String, Box<Stop>> {
        if self.is_by_class(value) {
            return self.repr_of_instance(value);
        }
        self.repr_native(value, None)
    }

    /// `repr(value)` as a Python string.
    ///
    /// # Errors
    /// Those of `__repr__`.
    pub fn repr_value(&mut self, value: Value) -> NativeResult {
        let text = self.repr(value)?;
        Ok(self.new_str(text))
    }

    /// Whether a value's methods can be Python code.
    pub(super) fn is_by_class(&self, value: Value) -> bool {
        matches!(self.object(value), Some(Object::Instance(_) | Object::Exception(_) | Object::Class(_)))
    }

    fn repr_of_instance(&mut self, value: Value) -> Result<String, Box<Stop>> {
        let method = self.lookup_special(value, name::REPR);
        if let Some(method) = method.filter(|m| Self::is_python_method(*m)) {
            let answer = self.call_found(method, value, &[])?;
            return match self.as_str(answer) {
                Some(text) => Ok(text.to_owned()),
                None => {
                    let message = format!("__repr__ returned non-string (type {})", self.type_name(answer));
                    Err(self.type_error(message))
                }
            };
        }
        if let Some(Value::Native(id)) = method {
            let owner = crate::native::registry::native(id).owner;
            let inner = self.vm.heap.unwrap_payload(value);
            // A builtin class that is derived from another one and has a repr of its own, as `time.struct_time`.
            if inner != value && owner != Some(c::OBJECT) && owner != Some(self.vm.heap.class_of(inner)) {
                let answer = self.run_native(id, &[value])?;
                return Ok(self.as_str(answer).unwrap_or_default().to_owned());
            }
        }
        match self.vm.heap.unwrap_payload(value) {
            inner if inner != value && !method.is_some_and(Self::is_object_method) => {
                self.repr_native(inner, Some(self.vm.heap.class_of(value)))
            }
            _ => self.repr_native(value, None),
        }
    }

    /// The repr that the builtin type of a value gives it; `class` is the class that is shown for a value inside an
    /// instance of a derived class.
    ///
    /// # Errors
    /// Those of the items' `__repr__`; RecursionError for structures nested too deeply.
    pub fn repr_native(&mut self, value: Value, class: Option<ObjId>) -> Result<String, Box<Stop>> {
        if !self.in_loop(REPR, [value, Value::Unbound]) {
            let active = self.active_reprs();
            let mut writer = ReprWriter::new(self.vm, active, NESTING_MAX.saturating_sub(self.depth));
            match writer.write_shown_as(value, class) {
                Pass::Done => return Ok(writer.out),
                Pass::TooDeep => return Err(self.repr_too_deep()),
                Pass::AskPython => {}
            }
        }
        if self.depth >= NESTING_MAX {
            return Err(self.repr_too_deep());
        }
        self.nest(|cx| cx.repr_slowly(value, class))
    }

    fn repr_too_deep(&mut self) -> Box<Stop> {
        self.raise(c::RECURSION_ERROR, "maximum recursion depth exceeded while getting the repr of an object")
    }

    /// Containers whose repr is being made by this thread.
    fn active_reprs(&self) -> Vec<Value> {
        let under_way = |memo: &Memo| match memo {
            Memo::Loop(state) if state.purpose == REPR && state.finished.is_none() => Some(state.of[0]),
            _ => None,
        };
        let waiting = self.thread.pending.iter().flat_map(|pending| pending.memo.iter()).filter_map(under_way);
        waiting.chain(self.memo[..self.memo_used].iter().filter_map(under_way)).collect()
    }

    /// The repr of a builtin value that has parts whose repr is Python code.
    fn repr_slowly(&mut self, value: Value, class: Option<ObjId>) -> Result<String, Box<Stop>> {
        let Value::Obj(id) = value else { return self.repr_number(value) };
        match self.vm.heap.get(id) {
            Object::List(_) => self.repr_items(id, "[", "]"),
            Object::Tuple(_) => self.repr_items(id, "(", ")"),
            Object::Dict(_) => self.repr_items(id, "{", "}"),
            Object::Set(_) | Object::FrozenSet(_) => self.repr_set(id, class),
            Object::Deque(deque) => {
                let end = match deque.most {
                    Some(most) => format!("], maxlen={most})"),
                    None => "])".to_owned(),
                };
                let name = self.shown_name(id, class);
                self.repr_items(id, &format!("{name}(["), &end)
            }
            Object::DictView(view) => {
                let name = match view.kind {
                    ViewKind::Keys => "dict_keys([",
                    ViewKind::Values => "dict_values([",
                    ViewKind::Items => "dict_items([",
                };
                self.repr_items(id, name, "])")
            }
            Object::MappingProxy(inner) => {
                let inner = Value::Obj(*inner);
                Ok(format!("mappingproxy({})", self.repr(inner)?))
            }
            Object::Slice(_) => self.repr_items(id, "slice(", ")"),
            Object::BigInt(_) => self.repr_number(value),
            Object::BoundMethod(function, object) => {
                let (function, object) = (*function, *object);
                let name = self.callable_name(function);
                Ok(format!("<bound method {name} of {}>", self.repr(object)?))
            }
            Object::StaticMethod(inner) => {
                let inner = *inner;
                Ok(format!("<staticmethod({})>", self.repr(inner)?))
            }
            Object::ClassMethod(inner) => {
                let inner = *inner;
                Ok(format!("<classmethod({})>", self.repr(inner)?))
            }
            Object::Exception(exception) => {
                let args = exception.args;
                self.repr_exception(value, args)
            }
            Object::GenericAlias(..) | Object::Union(_) => self.repr_alias(id),
            _ => Ok(self.default_repr(value)),
        }
    }

    /// An integer with too many digits, which is an error.
    fn repr_number(&mut self, value: Value) -> Result<String, Box<Stop>> {
        let text = match self.int_ref(value) {
            Some(n) => crate::text::int_parse::int_to_str(n, self.int_digits_max()),
            None => return Ok(self.default_repr(value)),
        };
        text.map_err(|error| self.text_error(error))
    }

    /// The limit of digits of conversions between integers and decimal text; 0 for none.
    pub fn int_digits_max(&self) -> usize {
        self.vm.settings.int_digits_max
    }

    /// `repr()` of an exception with these arguments.
    ///
    /// # Errors
    /// Those of `__repr__` of its arguments.
    pub fn repr_exception(&mut self, value: Value, args: Value) -> Result<String, Box<Stop>> {
        let class = self.vm.heap.type_name(value).to_owned();
        let shown = match self.vm.heap.tuple(args) {
            Some([only]) => {
                let only = *only;
                format!("({})", self.repr(only)?)
            }
            _ => self.repr(args)?,
        };
        Ok(class + &shown)
    }

    fn repr_alias(&mut self, id: ObjId) -> Result<String, Box<Stop>> {
        let (items, is_union) = match self.vm.heap.get(id) {
            Object::GenericAlias(origin, args) => {
                let args = self.vm.heap.tuple(*args).unwrap_or_default();
                (std::iter::once(*origin).chain(args.iter().copied()).collect::<Vec<_>>(), false)
            }
            Object::Union(args) => (self.vm.heap.tuple(Value::Obj(*args)).unwrap_or_default().to_vec(), true),
            _ => (Vec::new(), false),
        };
        let mut shown = Vec::with_capacity(items.len());
        for item in items {
            shown.push(self.repr_alias_item(item)?);
        }
        if is_union {
            return Ok(shown.join(" | "));
        }
        let args = if shown.len() == 1 { "()".to_owned() } else { shown[1..].join(", ") };
        Ok(format!("{}[{args}]", shown[0]))
    }

    /// `ga_repr_item`: classes show by name.
    fn repr_alias_item(&mut self, item: Value) -> Result<String, Box<Stop>> {
        match item {
            Value::Ellipsis => Ok("...".to_owned()),
            Value::Obj(id) if id == c::NONE_TYPE => Ok("None".to_owned()),
            Value::Obj(id) if matches!(self.vm.heap.get(id), Object::Class(_)) => {
                Ok(ReprWriter::new(self.vm, Vec::new(), 1).qualified_class_name(id))
            }
            other => self.repr(other),
        }
    }

    fn repr_set(&mut self, id: ObjId, class: Option<ObjId>) -> Result<String, Box<Stop>> {
        match (self.vm.heap.get(id), class) {
            (Object::Set(_), None) => self.repr_items(id, "{", "}"),
            _ => {
                let name = self.shown_name(id, class);
                self.repr_items(id, &format!("{name}({{"), "})")
            }
        }
    }

    fn shown_name(&self, id: ObjId, class: Option<ObjId>) -> String {
        self.vm.heap.class(class.unwrap_or_else(|| self.vm.heap.class_of_object(id))).name.to_string()
    }

    /// Items, one after the other, between two texts.
    fn repr_items(&mut self, id: ObjId, open: &str, close: &str) -> Result<String, Box<Stop>> {
        let of = [Value::Obj(id), Value::Unbound];
        if !self.in_loop(REPR, of) && self.active_reprs().contains(&of[0]) {
            return Ok(ReprWriter::recursive(&self.vm.heap, id));
        }
        let steps = match self.steps(REPR, of) {
            Ok(steps) => steps,
            Err(known) => return Ok(self.as_str(known).unwrap_or_default().to_owned()),
        };
        while let Some(pair) = self.step(&steps, |cx, at| cx.repr_item_at(id, at)) {
            let first = self.repr(pair[0])?;
            let text = match (self.vm.heap.get(id), pair[1]) {
                (_, Value::Unbound) => first,
                (Object::Dict(_), value) => format!("{first}: {}", self.repr(value)?),
                (_, value) => format!("({first}, {})", self.repr(value)?),
            };
            let text = self.new_str(text);
            self.step_done(&steps, Some(text));
        }
        let kept = self.steps_kept(&steps).to_vec();
        let parts: Vec<&str> = kept.iter().filter_map(|part| self.as_str(*part)).collect();
        let comma = if parts.len() == 1 && matches!(self.vm.heap.get(id), Object::Tuple(_)) { "," } else { "" };
        let text = format!("{open}{}{comma}{close}", parts.join(", "));
        let result = self.new_str(text.as_str());
        self.steps_end(&steps, result);
        Ok(text)
    }

    /// The item (or key and value) that stands at a position of a container now.
    fn repr_item_at(&self, id: ObjId, at: usize) -> Option<[Value; 2]> {
        let heap = &self.vm.heap;
        let entry = |dict: ObjId| heap.dict(dict).iter().nth(at).map(|e| [e.key, e.value]);
        match heap.get(id) {
            Object::Set(set) | Object::FrozenSet(set) => set.iter().nth(at).map(|(_, item)| [item, Value::Unbound]),
            Object::Dict(_) => entry(id),
            Object::DictView(view) => entry(view.dict).map(|[key, value]| match view.kind {
                ViewKind::Keys => [key, Value::Unbound],
                ViewKind::Values => [value, Value::Unbound],
                ViewKind::Items => [key, value],
            }),
            _ => self.item_of(id, at).map(|item| [item, Value::Unbound]),
        }
    }

    /// `<__main__.A object at 0x…>`
    pub fn default_repr(&self, value: Value) -> String {
        ReprWriter::new(self.vm, Vec::new(), 1).default_repr(value)
    }

    /// `__qualname__` (or `__name__`) of a callable, for messages and reprs.
    pub fn callable_name(&self, callable: Value) -> String {
        ReprWriter::new(self.vm, Vec::new(), 1).callable_name(callable)
    }
}
