//! The instructions of `match`.

use crate::interp::Vm;
use crate::interp::frame::{After, GreenThread};
use crate::interp::run::Body;
use crate::names::name;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, function};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

static MATCH_CLASS: NativeDef = function("match_class", Sig::Raw, match_class);
static MATCH_KEYS: NativeDef = function("match_keys", Sig::Raw, match_keys);

/// Builtin classes whose one positional pattern is the subject itself.
const SELF_MATCHING: &[crate::value::ObjId] =
    &[c::BOOL, c::BYTEARRAY, c::BYTES, c::DICT, c::FLOAT, c::FROZENSET, c::INT, c::LIST, c::SET, c::STR, c::TUPLE];

impl Vm {
    /// MATCH_CLASS: subject, class, names
    pub(crate) fn op_match_class(&mut self, t: &mut GreenThread, positional: u32) -> Body {
        let names = t.pop();
        let (subject, class) = t.pop_two();
        self.direct(t, &MATCH_CLASS, &[subject, class, names, Value::Int(i64::from(positional))], After::Push)
    }

    /// MATCH_KEYS: subject, keys
    pub(crate) fn op_match_keys(&mut self, t: &mut GreenThread) -> Body {
        let (subject, keys) = (t.peek(2), t.peek(1));
        self.direct(t, &MATCH_KEYS, &[subject, keys], After::Push)
    }

    /// MATCH_MAPPING
    pub(crate) fn op_match_mapping(&mut self, t: &mut GreenThread) -> Body {
        let subject = self.heap.unwrap_payload(t.peek(1));
        let is_dict =
            matches!(subject.obj().map(|id| self.heap.get(id)), Some(Object::Dict(_) | Object::MappingProxy(_)));
        let is_mapping = is_dict || self.is_registered(t.peek(1), "Mapping");
        t.stack.push(Value::Bool(is_mapping));
        Ok(())
    }

    /// MATCH_SEQUENCE
    pub(crate) fn op_match_sequence(&mut self, t: &mut GreenThread) -> Body {
        let subject = self.heap.unwrap_payload(t.peek(1));
        let known = matches!(
            subject.obj().map(|id| self.heap.get(id)),
            Some(Object::List(_) | Object::Tuple(_) | Object::Range(..) | Object::Deque(_) | Object::MemoryView(_))
        );
        let is_sequence = known || self.is_registered(t.peek(1), "Sequence");
        t.stack.push(Value::Bool(is_sequence));
        Ok(())
    }

    /// Whether the value's class derives from the abstract class of this name in `collections.abc`.
    fn is_registered(&self, value: Value, abstract_class: &str) -> bool {
        let class = self.heap.class_of(value);
        self.heap.class(class).mro.iter().any(|base| {
            let base = self.heap.class(*base);
            let module = self.heap.dict_get_name(base.dict, name::MODULE).unwrap_or(base.module);
            &*base.name == abstract_class && self.heap.str(module) == Some("collections.abc")
        })
    }
}

fn match_class(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (subject, class) = (args.get(0), args.get(1));
    let Value::Int(positional) = args.get(3) else { unreachable!("the instruction passes a number") };
    let positional = positional as usize;
    let Some(class_id) = cx.vm.as_class(class) else {
        return Err(cx.type_error("called match pattern must be a class"));
    };
    if !cx.isinstance(subject, class)? {
        return Ok(Value::None);
    }
    let mut found = Vec::new();
    let mut seen = Vec::new();
    if positional > 0 {
        let names = match_args(cx, class_id, positional)?;
        match names {
            None => found.push(subject),
            Some(names) => {
                for name in &names[..positional] {
                    seen.push(*name);
                    match attribute(cx, subject, *name)? {
                        Some(value) => found.push(value),
                        None => return Ok(Value::None),
                    }
                }
            }
        }
    }
    let keywords: Vec<Value> = cx.vm.heap.tuple(args.get(2)).map(<[Value]>::to_vec).unwrap_or_default();
    for name in keywords {
        if seen.contains(&name) {
            let shown = cx.repr(name)?;
            let message =
                format!("{}() got multiple sub-patterns for attribute {shown}", cx.vm.heap.class(class_id).name);
            return Err(cx.type_error(message));
        }
        seen.push(name);
        match attribute(cx, subject, name)? {
            Some(value) => found.push(value),
            None => return Ok(Value::None),
        }
    }
    Ok(cx.new_tuple(found))
}

/// `__match_args__` of a class; `None` if its one positional pattern is the subject itself.
fn match_args(
    cx: &mut Cx<'_>,
    class: crate::value::ObjId,
    wanted: usize,
) -> Result<Option<Vec<Value>>, Box<crate::native::Stop>> {
    let shown = cx.vm.heap.class(class).name.clone();
    let own = cx.vm.heap.lookup(class, name::MATCH_ARGS);
    let Some(own) = own else {
        let selves = cx.vm.heap.class(class).mro.iter().any(|k| SELF_MATCHING.contains(k));
        let allowed = usize::from(selves);
        if wanted > allowed {
            let plural = if allowed == 1 { "" } else { "s" };
            return Err(
                cx.type_error(format!("{shown}() accepts {allowed} positional sub-pattern{plural} ({wanted} given)"))
            );
        }
        return Ok(None);
    };
    let Some(names) = cx.vm.heap.tuple(own).map(<[Value]>::to_vec) else {
        let message = format!("{shown}.__match_args__ must be a tuple (got {})", cx.type_name(own));
        return Err(cx.type_error(message));
    };
    if wanted > names.len() {
        let plural = if names.len() == 1 { "" } else { "s" };
        return Err(
            cx.type_error(format!("{shown}() accepts {} positional sub-pattern{plural} ({wanted} given)", names.len()))
        );
    }
    Ok(Some(names))
}

fn attribute(cx: &mut Cx<'_>, subject: Value, name: Value) -> Result<Option<Value>, Box<crate::native::Stop>> {
    let Some(name) = name.obj().filter(|_| cx.vm.heap.str(name).is_some()) else {
        let message = format!("__match_args__ elements must be strings (got {})", cx.type_name(name));
        return Err(cx.type_error(message));
    };
    cx.getattr_or_none(subject, name)
}

fn match_keys(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let subject = args.get(0);
    let keys: Vec<Value> = cx.vm.heap.tuple(args.get(1)).map(<[Value]>::to_vec).unwrap_or_default();
    let get = cx.vm.heap.intern("get");
    let getter = cx.getattr(subject, get)?;
    let missing = Value::Obj(c::OBJECT);
    let mut values = Vec::new();
    for key in keys {
        let value = cx.call(getter, &[key, missing])?;
        if value == missing {
            return Ok(Value::None);
        }
        values.push(value);
    }
    Ok(cx.new_tuple(values))
}
