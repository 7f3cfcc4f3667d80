//! Special methods of builtin containers as methods (`list.__len__`, `dict.__contains__`, …): thin wrappers over the
//! protocols of [`Cx`], shared by the tables of all container types.
//!
//! They get the builtin value itself as first argument (the machinery unwraps instances of derived classes), so the
//! protocols take their native path and never come back here.

use crate::code::{BinaryOperator, Comparison};
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, class_method, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::dict::ViewKind;
use crate::value::Value;

/// `__len__`
pub const LEN: NativeDef = method("__len__", Sig::NoArgs, |cx, args| Ok(Value::Int(cx.len(args.get(0))? as i64)));
/// `__iter__` of a container.
pub const ITER: NativeDef = method("__iter__", Sig::NoArgs, |cx, args| cx.iter(args.get(0)));
/// `__contains__`
pub const CONTAINS: NativeDef =
    method("__contains__", Sig::One, |cx, args| Ok(Value::Bool(cx.contains(args.get(0), args.get(1))?)));
/// `__getitem__`
pub const GETITEM: NativeDef = method("__getitem__", Sig::One, |cx, args| cx.get_item(args.get(0), args.get(1)));
/// `__setitem__`
pub const SETITEM: NativeDef = method("__setitem__", Sig::Positional(2, 2), |cx, args| {
    cx.set_item(args.get(0), args.get(1), args.get(2))?;
    Ok(Value::None)
});
/// `__delitem__`
pub const DELITEM: NativeDef = method("__delitem__", Sig::One, |cx, args| {
    cx.del_item(args.get(0), args.get(1))?;
    Ok(Value::None)
});
/// `__repr__`
pub const REPR: NativeDef = method("__repr__", Sig::NoArgs, |cx, args| {
    let text = cx.repr(args.get(0))?;
    Ok(cx.new_str(text))
});
/// `__hash__`
pub const HASH: NativeDef = method("__hash__", Sig::NoArgs, |cx, args| Ok(Value::Int(cx.hash(args.get(0))?)));
/// `__eq__`
pub const EQ: NativeDef = method("__eq__", Sig::One, |cx, args| compare(cx, args, Comparison::Equal));
/// `__ne__`
pub const NE: NativeDef = method("__ne__", Sig::One, |cx, args| compare(cx, args, Comparison::NotEqual));
/// `__lt__`
pub const LT: NativeDef = method("__lt__", Sig::One, |cx, args| compare(cx, args, Comparison::Less));
/// `__le__`
pub const LE: NativeDef = method("__le__", Sig::One, |cx, args| compare(cx, args, Comparison::LessEqual));
/// `__gt__`
pub const GT: NativeDef = method("__gt__", Sig::One, |cx, args| compare(cx, args, Comparison::Greater));
/// `__ge__`
pub const GE: NativeDef = method("__ge__", Sig::One, |cx, args| compare(cx, args, Comparison::GreaterEqual));
/// `__or__`
pub const OR: NativeDef = method("__or__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::Or));
/// `__and__`
pub const AND: NativeDef = method("__and__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::And));
/// `__sub__`
pub const SUB: NativeDef = method("__sub__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::Subtract));
/// `__xor__`
pub const XOR: NativeDef = method("__xor__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::Xor));
/// `__ror__`
pub const ROR: NativeDef = method("__ror__", Sig::One, |cx, args| reflected(cx, args, BinaryOperator::Or));
/// `__rand__`
pub const RAND: NativeDef = method("__rand__", Sig::One, |cx, args| reflected(cx, args, BinaryOperator::And));
/// `__rsub__`
pub const RSUB: NativeDef = method("__rsub__", Sig::One, |cx, args| reflected(cx, args, BinaryOperator::Subtract));
/// `__rxor__`
pub const RXOR: NativeDef = method("__rxor__", Sig::One, |cx, args| reflected(cx, args, BinaryOperator::Xor));
/// `__ior__`
pub const IOR: NativeDef = method("__ior__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::InplaceOr));
/// `__iand__`
pub const IAND: NativeDef = method("__iand__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::InplaceAnd));
/// `__isub__`
pub const ISUB: NativeDef = method("__isub__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::InplaceSubtract));
/// `__ixor__`
pub const IXOR: NativeDef = method("__ixor__", Sig::One, |cx, args| operate(cx, args, BinaryOperator::InplaceXor));
/// `__class_getitem__`
pub const CLASS_GETITEM: NativeDef = class_method("__class_getitem__", Sig::One, class_getitem);

/// A comparison of two builtin containers of the same kind; anything else is NotImplemented.
fn compare(cx: &mut Cx<'_>, args: &Args<'_>, op: Comparison) -> NativeResult {
    let (a, b) = (args.get(0), cx.vm.heap.unwrap_payload(args.get(1)));
    let (Some(x), Some(y)) = (cx.object(a), cx.object(b)) else { return Ok(Value::NotImplemented) };
    let equality = matches!(op, Comparison::Equal | Comparison::NotEqual);
    let set_like = |o: &Object| match o {
        Object::Set(_) | Object::FrozenSet(_) => true,
        Object::DictView(view) => view.kind != ViewKind::Values,
        _ => false,
    };
    let fits = match (x, y) {
        (Object::List(_), Object::List(_))
        | (Object::Tuple(_), Object::Tuple(_))
        | (Object::Slice(_), Object::Slice(_))
        | (Object::Deque(_), Object::Deque(_))
        | (Object::MappingProxy(_), _) => true,
        (Object::Dict(_), Object::Dict(_)) | (Object::Range(..), Object::Range(..)) => equality,
        (x, y) => set_like(x) && set_like(y),
    };
    if fits { cx.compare(op, a, b) } else { Ok(Value::NotImplemented) }
}

fn operate(cx: &mut Cx<'_>, args: &Args<'_>, op: BinaryOperator) -> NativeResult {
    cx.container_operator(op, args.get(0), args.get(1))
}

fn reflected(cx: &mut Cx<'_>, args: &Args<'_>, op: BinaryOperator) -> NativeResult {
    cx.container_operator(op, args.get(1), args.get(0))
}

fn class_getitem(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(cx.new_generic_alias(args.get(0), args.get(1)))
}

impl Cx<'_> {
    /// `origin[item]` for a class: a `types.GenericAlias`.
    pub fn new_generic_alias(&mut self, origin: Value, item: Value) -> Value {
        let args = match self.object(item) {
            Some(Object::Tuple(_)) => item,
            _ => self.new_tuple(vec![item]),
        };
        Value::Obj(self.vm.heap.alloc(Object::GenericAlias(origin, args)))
    }

    /// The arguments of the constructor of a mutable container: at most one, by position. The class is not counted.
    ///
    /// # Errors
    /// `TypeError`
    pub fn one_optional(&mut self, args: &Args<'_>, name: &str) -> Result<Option<Value>, Box<Stop>> {
        if !args.kw.is_empty() {
            return Err(self.type_error(format!("{name}() takes no keyword arguments")));
        }
        let given = args.len().saturating_sub(1);
        if given > 1 {
            return Err(self.type_error(format!("{name} expected at most 1 argument, got {given}")));
        }
        Ok(args.given(1))
    }

    /// Raises `StopIteration` without a value.
    pub fn stop_iteration(&mut self) -> Box<Stop> {
        self.raise_with(c::STOP_ITERATION, Vec::new())
    }
}
