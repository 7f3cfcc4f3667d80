//! `str.translate` and `str.maketrans`.

use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

/// `translate(table, /)`: looks every code point up in the table; what the table does not have (LookupError) stays.
pub fn translate(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (whole, table) = (args.get(0), args.get(1));
    let chars: Vec<char> = cx.as_str(whole).unwrap_or_default().chars().collect();
    let steps = match cx.steps("translate", [whole, table]) {
        Ok(steps) => steps,
        Err(known) => return Ok(known),
    };
    while let Some([code, _]) =
        cx.step(&steps, |_, at| chars.get(at).map(|ch| [Value::Int(i64::from(u32::from(*ch))), Value::Unbound]))
    {
        let mapped = lookup(cx, table, code)?;
        let mapped = mapped_char(cx, mapped.unwrap_or(code))?;
        cx.step_done(&steps, Some(mapped));
    }
    let kept = cx.steps_kept(&steps).to_vec();
    let text: String = kept.iter().filter_map(|part| cx.as_str(*part)).collect();
    let result = cx.new_str(text);
    Ok(cx.steps_end(&steps, result))
}

/// What a table says about a code point; `None` if it says nothing.
fn lookup(cx: &mut Cx<'_>, table: Value, code: Value) -> Result<Option<Value>, Box<Stop>> {
    if let (Some(Object::Dict(_)), Value::Obj(id)) = (cx.object(table), table) {
        return cx.dict_get(id, code);
    }
    cx.get_item_or_none(table, code, c::LOOKUP_ERROR)
}

/// What a table's entry puts in the place of a code point.
fn mapped_char(cx: &mut Cx<'_>, mapped: Value) -> NativeResult {
    if mapped.is_none() {
        return Ok(cx.new_str(""));
    }
    if cx.as_str(mapped).is_some() {
        return Ok(cx.vm.heap.unwrap_payload(mapped));
    }
    let Some(code) = cx.int_ref(mapped).map(|n| n.to_i64()) else {
        return Err(cx.type_error("character mapping must return integer, None or str"));
    };
    match code.and_then(|code| u32::try_from(code).ok()) {
        Some(code) if code < 0x11_0000 => match char::from_u32(code) {
            Some(ch) => Ok(cx.vm.char_str(ch)),
            None => Err(cx.value_error("gilsim: lone surrogates are not supported")),
        },
        _ => Err(cx.value_error("character mapping must be in range(0x110000)")),
    }
}

/// `maketrans(x[, y[, z]])`
pub fn maketrans(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (x, y, z) = (args.get(0), args.given(1), args.given(2));
    let table = match y {
        Some(y) => {
            let y = cx.str_arg(y, "maketrans", "argument 2")?;
            let z = match z {
                Some(z) => cx.str_arg(z, "maketrans", "argument 3")?,
                None => String::new(),
            };
            from_texts(cx, x, &y, &z)?
        }
        None => from_dict(cx, x)?,
    };
    Ok(Value::Obj(table))
}

fn from_texts(cx: &mut Cx<'_>, x: Value, y: &str, z: &str) -> Result<ObjId, Box<Stop>> {
    let Some(x) = cx.as_str(x).map(str::to_owned) else {
        return Err(cx.type_error("first maketrans argument must be a string if there is a second argument"));
    };
    if x.chars().count() != y.chars().count() {
        return Err(cx.value_error("the first two maketrans arguments must have equal length"));
    }
    let table = cx.vm.heap.new_dict();
    let code = |ch: char| Value::Int(i64::from(u32::from(ch)));
    for (from, to) in x.chars().zip(y.chars()) {
        cx.dict_set(table, code(from), code(to))?;
    }
    for gone in z.chars() {
        cx.dict_set(table, code(gone), Value::None)?;
    }
    Ok(table)
}

fn from_dict(cx: &mut Cx<'_>, x: Value) -> Result<ObjId, Box<Stop>> {
    let Some(Object::Dict(dict)) = cx.object(cx.vm.heap.unwrap_payload(x)) else {
        return Err(cx.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    let entries: Vec<(Value, Value)> = dict.iter().map(|entry| (entry.key, entry.value)).collect();
    let table = cx.vm.heap.new_dict();
    for (key, value) in entries {
        let key = match cx.as_str(key).map(|text| (text.chars().next(), text.chars().count())) {
            Some((Some(ch), 1)) => Value::Int(i64::from(u32::from(ch))),
            Some(_) => return Err(cx.value_error("string keys in translate table must be of length 1")),
            None if cx.int_ref(key).is_some() => key,
            None => return Err(cx.type_error("keys in translate table must be strings or integers")),
        };
        cx.dict_set(table, key, value)?;
    }
    Ok(table)
}
