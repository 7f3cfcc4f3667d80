//! `property`

use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

/// The table.
pub const TABLE: TypeTable = TypeTable { class: c::PROPERTY, methods: METHODS, getsets: GETSETS };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Named(&["fget", "fset", "fdel", "doc"], 0, 4), new),
    method("__init__", Sig::Named(&["fget", "fset", "fdel", "doc"], 0, 4), init),
    method("getter", Sig::One, |cx, a| replaced(cx, a, 0)),
    method("setter", Sig::One, |cx, a| replaced(cx, a, 1)),
    method("deleter", Sig::One, |cx, a| replaced(cx, a, 2)),
    method("__get__", Sig::Positional(1, 2), get),
    method("__set__", Sig::Positional(2, 2), set),
    method("__delete__", Sig::One, set),
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "fget", get: |cx, a| Ok(parts(cx, a.get(0))[0]), set: None },
    GetSetDef { name: "fset", get: |cx, a| Ok(parts(cx, a.get(0))[1]), set: None },
    GetSetDef { name: "fdel", get: |cx, a| Ok(parts(cx, a.get(0))[2]), set: None },
    GetSetDef { name: "__doc__", get: doc, set: Some(set_doc) },
    GetSetDef { name: "__name__", get: name_of, set: None },
    GetSetDef { name: "__isabstractmethod__", get: is_abstract, set: None },
];

fn parts(cx: &Cx<'_>, value: Value) -> [Value; 4] {
    match cx.object(cx.vm.heap.unwrap_payload(value)) {
        Some(Object::Property(parts)) => **parts,
        _ => [Value::None; 4],
    }
}

fn or_none(value: Value) -> Value {
    if value.is_bound() { value } else { Value::None }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parts = [1, 2, 3, 4].map(|i| or_none(args.get(i)));
    Ok(Value::Obj(cx.heap().alloc(Object::Property(Box::new(parts)))))
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parts = [1, 2, 3, 4].map(|i| or_none(args.get(i)));
    if let Object::Property(own) = cx.heap().get_mut(args.get(0).obj().expect("a property")) {
        **own = parts;
    }
    Ok(Value::None)
}

fn replaced(cx: &mut Cx<'_>, args: &Args<'_>, which: usize) -> NativeResult {
    let mut parts = parts(cx, args.get(0));
    parts[which] = args.get(1);
    Ok(Value::Obj(cx.heap().alloc(Object::Property(Box::new(parts)))))
}

fn get(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let object = if args.get(1).is_none() { Value::Unbound } else { args.get(1) };
    let class = args.given(2).unwrap_or(Value::None);
    cx.descriptor_get(args.get(0), object, class)
}

fn set(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parts = parts(cx, args.get(0));
    let (accessor, args_given) =
        if args.len() == 3 { (parts[1], vec![args.get(1), args.get(2)]) } else { (parts[2], vec![args.get(1)]) };
    if accessor.is_none() {
        let kind = if args.len() == 3 { "setter" } else { "deleter" };
        let message = format!("property of '{}' object has no {kind}", cx.type_name(args.get(1)));
        return Err(cx.raise(c::ATTRIBUTE_ERROR, message));
    }
    cx.call(accessor, &args_given)?;
    Ok(Value::None)
}

fn doc(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parts = parts(cx, args.get(0));
    if !parts[3].is_none() || parts[0].is_none() {
        return Ok(parts[3]);
    }
    Ok(cx.getattr_or_none(parts[0], name::DOC)?.unwrap_or(Value::None))
}

/// The name of the getter. CPython also remembers the name under which a class holds the property, which is nearly always
/// the same.
fn name_of(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let getter = parts(cx, args.get(0))[0];
    match cx.getattr_or_none(getter, name::NAME)? {
        Some(found) if !getter.is_none() => Ok(found),
        _ => Err(cx.raise(c::ATTRIBUTE_ERROR, "'property' object has no attribute '__name__'".to_owned())),
    }
}

fn set_doc(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let value = args.get(1);
    if let Object::Property(own) = cx.heap().get_mut(args.get(0).obj().expect("a property")) {
        own[3] = value;
    }
    Ok(Value::None)
}

fn is_abstract(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    for accessor in &parts(cx, args.get(0))[..3] {
        if !accessor.is_none()
            && let Some(flag) = cx.getattr_or_none(*accessor, name::ISABSTRACT)?
            && cx.truth(flag)?
        {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}
