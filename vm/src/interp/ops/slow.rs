//! The slow ways of instructions: native functions of the machine's own that follow Python's protocols and may ask for
//! Python code.

use crate::code::{BinaryOperator, Comparison};
use crate::native::protocol::unary::UnaryOperator;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, function};
use crate::object::builtin::class_id as c;
use crate::value::Value;

macro_rules! slow {
    ($(#[doc = $doc:literal] $constant:ident $name:literal |$cx:ident, $args:ident| $body:expr;)+) => {
        $(
            #[doc = $doc]
            pub(crate) static $constant: NativeDef = function($name, Sig::Raw, |$cx: &mut Cx<'_>, $args: &Args<'_>| -> NativeResult { $body });
        )+
    };
}

fn number(value: Value) -> u32 {
    match value {
        Value::Int(n) => n as u32,
        _ => unreachable!("the instruction passes its operand"),
    }
}

slow! {
    /// (operator, left, right)
    BINARY "binary" |cx, a| {
        let op = BinaryOperator::from_number(number(a.get(0))).expect("an operator");
        cx.binary(op, a.get(1), a.get(2))
    };
    /// (comparison operand, left, right)
    COMPARE "compare" |cx, a| {
        let arg = number(a.get(0));
        let op = Comparison::from_operand(arg).expect("a comparison");
        let result = cx.compare(op, a.get(1), a.get(2))?;
        if arg & Comparison::TO_BOOL != 0 { Ok(Value::Bool(cx.truth(result)?)) } else { Ok(result) }
    };
    /// (value)
    TRUTH "truth" |cx, a| Ok(Value::Bool(cx.truth(a.get(0))?));
    /// (value)
    NEGATIVE "negative" |cx, a| cx.unary(UnaryOperator::Negative, a.get(0));
    /// (value)
    POSITIVE "positive" |cx, a| cx.unary(UnaryOperator::Positive, a.get(0));
    /// (value)
    INVERT "invert" |cx, a| cx.unary(UnaryOperator::Invert, a.get(0));
    /// (item, container)
    CONTAINS "contains" |cx, a| Ok(Value::Bool(cx.contains(a.get(1), a.get(0))?));
    /// (container, key)
    GET_ITEM "get_item" |cx, a| cx.get_item(a.get(0), a.get(1));
    /// (builtin sequence, start, stop)
    GET_SLICE "get_slice" |cx, a| cx.get_slice(a.get(0).obj().expect("an object"), [a.get(1), a.get(2), Value::None]);
    /// (namespace, name, globals)
    LOAD_NAME "load_name" |cx, a| {
        let [mapping, name, globals] = [a.get(0), a.get(1), a.get(2)];
        match cx.get_item_or_none(mapping, name, c::KEY_ERROR)? {
            Some(value) => Ok(value),
            None => {
                let (globals, name) = (globals.obj().expect("a dict"), name.obj().expect("a name"));
                cx.vm.global_or_error(globals, name).map_err(|exception| Box::new(Stop::Raise(exception)))
            }
        }
    };
    /// (container, key, value)
    SET_ITEM "set_item" |cx, a| cx.set_item(a.get(0), a.get(1), a.get(2)).map(|()| Value::None);
    /// (container, key)
    DEL_ITEM "del_item" |cx, a| cx.del_item(a.get(0), a.get(1)).map(|()| Value::None);
    /// (object, name)
    GET_ATTR "getattr" |cx, a| cx.getattr(a.get(0), a.get(1).obj().expect("a name"));
    /// (object, name, value)
    SET_ATTR "setattr" |cx, a| cx.setattr(a.get(0), a.get(1).obj().expect("a name"), a.get(2)).map(|()| Value::None);
    /// (object, name)
    DEL_ATTR "delattr" |cx, a| cx.delattr(a.get(0), a.get(1).obj().expect("a name")).map(|()| Value::None);
    /// (iterable)
    ITER "iter" |cx, a| cx.iter(a.get(0));
    /// (iterator): Unbound when exhausted
    NEXT "next" |cx, a| {
        let item = match (a.get(0), cx.object(a.get(0))) {
            (Value::Obj(id), Some(crate::object::Object::Iter(_))) => cx.next_native(id)?,
            (iterator, _) => cx.next(iterator)?,
        };
        Ok(item.unwrap_or(Value::Unbound))
    };
    /// (object)
    LEN "len" |cx, a| {
        let len = cx.len(a.get(0))?;
        Ok(Value::Int(len as i64))
    };
    /// (which, value): 1 str, 2 repr, 3 ascii
    CONVERT "convert" |cx, a| {
        let text = match number(a.get(0)) {
            1 => cx.str(a.get(1))?,
            2 => cx.repr(a.get(1))?,
            _ => cx.ascii(a.get(1))?,
        };
        Ok(cx.new_str(text))
    };
    /// (value, spec)
    FORMAT "format" |cx, a| {
        let spec = cx.as_str(a.get(1)).unwrap_or("").to_owned();
        let text = cx.format(a.get(0), &spec)?;
        Ok(cx.new_str(text))
    };
    /// (list, iterable)
    LIST_EXTEND "list_extend" |cx, a| {
        if !cx.is_iterable(a.get(1)) {
            let message = format!("Value after * must be an iterable, not {}", cx.type_name(a.get(1)));
            return Err(cx.type_error(message));
        }
        let items = cx.iterate(a.get(1))?;
        cx.list_extend(a.get(0), &items);
        Ok(Value::None)
    };
    /// (set, iterable)
    SET_UPDATE "set_update" |cx, a| {
        cx.set_extend(a.get(0).obj().expect("a set"), a.get(1))?;
        Ok(Value::None)
    };
    /// (set, item)
    SET_ADD "set_add" |cx, a| {
        cx.set_add(a.get(0).obj().expect("a set"), a.get(1))?;
        Ok(Value::None)
    };
    /// (dict, mapping)
    DICT_UPDATE "dict_update" |cx, a| cx.display_update(a.get(0), a.get(1), Value::Unbound);
    /// (dict, mapping, callable)
    DICT_MERGE "dict_merge" |cx, a| cx.display_update(a.get(0), a.get(1), a.get(2));
    /// (items as one tuple)
    BUILD_SET "build_set" |cx, a| {
        let set = cx.make_set(a.pos)?;
        Ok(cx.new_set(set))
    };
    /// (keys and values in turn)
    BUILD_MAP "build_map" |cx, a| cx.build_map(a.pos);
}
