//! Builtin functions that fold an iterable: `all`, `any`, `sum`, `min`, `max`, `sorted` (Python/bltinmodule.c).
//!
//! They run natively over builtin iterables as far as their items need no Python code; the rest goes to the prelude
//! (`vm/lib/_prelude.py`) with what was found so far.

use crate::code::BinaryOperator;
use crate::native::protocol::iterate::ITEM_COST_NS;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::iter::Iter;
use crate::value::{ObjId, Value};

/// Items of a builtin iterable, taken one by one; the last one can be put back.
enum Source {
    /// Of a container.
    Items(std::vec::IntoIter<Value>),
    /// Of a native iterator.
    Iterator(ObjId),
}

impl Source {
    fn of(cx: &mut Cx<'_>, v: Value) -> Result<Option<Source>, Box<Stop>> {
        if let Some(items) = cx.container_items(v)? {
            return Ok(Some(Source::Items(items.into_iter())));
        }
        Ok(cx.pure_iter(v).map(Source::Iterator))
    }

    /// The next item, and what to iterate over if it has to be taken again.
    fn next(&mut self, cx: &mut Cx<'_>) -> Result<Option<Value>, Box<Stop>> {
        cx.cost_ns += ITEM_COST_NS;
        match self {
            Source::Items(items) => Ok(items.next()),
            Source::Iterator(iterator) => cx.next_native(*iterator),
        }
    }

    /// An iterable of `item` and everything after it.
    fn rest(self, cx: &mut Cx<'_>, item: Value) -> Result<Value, Box<Stop>> {
        let mut items = vec![item];
        match self {
            Source::Items(rest) => items.extend(rest),
            Source::Iterator(iterator) => return Ok(cx.chain_native(item, iterator)),
        }
        Ok(cx.new_list(items))
    }
}

impl Cx<'_> {
    /// A native iterator that gives `first` and then what `rest` gives.
    fn chain_native(&mut self, first: Value, rest: ObjId) -> Value {
        self.new_iter(Iter::Chain { first: Some(first), rest })
    }
}

fn wants_python(stop: &Stop) -> bool {
    matches!(stop, Stop::Call { .. } | Stop::TailCall { .. } | Stop::Resume { .. } | Stop::Effect(..))
}

/// `all(iterable)`
pub(super) fn all(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    first_truth(cx, args, false)
}

/// `any(iterable)`
pub(super) fn any(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    first_truth(cx, args, true)
}

fn first_truth(cx: &mut Cx<'_>, args: &Args<'_>, sought: bool) -> NativeResult {
    let name = if sought { "any" } else { "all" };
    let Some(mut source) = Source::of(cx, args.get(0))? else { return cx.tail_prelude(name, &[args.get(0)]) };
    while let Some(item) = source.next(cx)? {
        match cx.truth(item) {
            Ok(truth) if truth == sought => return Ok(Value::Bool(sought)),
            Ok(_) => {}
            Err(stop) if wants_python(&stop) => {
                let rest = source.rest(cx, item)?;
                return cx.tail_prelude(name, &[rest]);
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(Value::Bool(!sought))
}

/// `sum(iterable, /, start=0)`
pub(super) fn sum(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let start = sum_start(cx, args)?;
    let (iterable, start) = (args.get(0), start.unwrap_or(Value::Int(0)));
    let joiner = match cx.object(start) {
        Some(Object::Str(_)) => Some(("strings", "''")),
        Some(Object::Bytes(_)) => Some(("bytes", "b''")),
        Some(Object::ByteArray(_)) => Some(("bytearray", "b''")),
        _ => None,
    };
    if let Some((what, empty)) = joiner {
        return Err(cx.type_error(format!("sum() can't sum {what} [use {empty}.join(seq) instead]")));
    }
    let Some(mut source) = Source::of(cx, iterable)? else { return cx.tail_prelude("sum", &[iterable, start]) };
    let mut total = Total::Other(start).narrowed();
    while let Some(item) = source.next(cx)? {
        total = match total.plus(item) {
            Some(total) => total,
            None => {
                let before = total.value(cx);
                match cx.binary(BinaryOperator::Add, before, item) {
                    Ok(sum) => Total::Other(sum).narrowed(),
                    Err(stop) if wants_python(&stop) => {
                        let rest = source.rest(cx, item)?;
                        return cx.tail_prelude("sum", &[rest, before]);
                    }
                    Err(stop) => return Err(stop),
                }
            }
        };
    }
    Ok(total.value(cx))
}

fn sum_start(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Option<Value>, Box<Stop>> {
    let total = args.len() + args.kw.len();
    if args.is_empty() {
        return Err(cx.type_error(format!("sum() takes at least 1 positional argument ({} given)", args.len())));
    }
    if total > 2 {
        return Err(cx.type_error(format!("sum() takes at most 2 arguments ({total} given)")));
    }
    match args.kw.first() {
        Some((name, value)) if cx.vm.heap.name(*name) == "start" => Ok(Some(*value)),
        Some((name, _)) => {
            let text = format!("sum() got an unexpected keyword argument '{}'", cx.vm.heap.name(*name));
            Err(cx.type_error(text))
        }
        None => Ok(args.given(1)),
    }
}

/// What was summed so far.
#[derive(Clone, Copy)]
enum Total {
    /// A 64-bit integer.
    Int(i64),
    /// A float and the rounding errors so far (Neumaier).
    Float(f64, f64),
    /// Anything else.
    Other(Value),
}

impl Total {
    fn narrowed(self) -> Total {
        match self {
            Total::Other(Value::Int(i)) => Total::Int(i),
            Total::Other(Value::Float(f)) => Total::Float(f, 0.0),
            other => other,
        }
    }

    /// The sum with one more item, if it stays of the same native kind.
    fn plus(self, item: Value) -> Option<Total> {
        match (self, item) {
            (Total::Int(sum), Value::Int(i)) => sum.checked_add(i).map(Total::Int),
            (Total::Int(sum), Value::Bool(b)) => sum.checked_add(i64::from(b)).map(Total::Int),
            (Total::Float(sum, lost), Value::Float(f)) => {
                let grown = sum + f;
                let lost = lost + if sum.abs() >= f.abs() { (sum - grown) + f } else { (f - grown) + sum };
                Some(Total::Float(grown, lost))
            }
            (Total::Float(sum, lost), Value::Int(i)) => Some(Total::Float(sum + i as f64, lost)),
            (Total::Float(sum, lost), Value::Bool(b)) => Some(Total::Float(sum + f64::from(u8::from(b)), lost)),
            _ => None,
        }
    }

    fn value(self, _cx: &Cx<'_>) -> Value {
        match self {
            Total::Int(i) => Value::Int(i),
            // An infinite or undefined correction would spoil the sum.
            Total::Float(sum, lost) if lost != 0.0 && lost.is_finite() => Value::Float(sum + lost),
            Total::Float(sum, _) => Value::Float(sum),
            Total::Other(value) => value,
        }
    }
}

/// `min(iterable, *, key=None, default=…)`, `min(a, b, *args, key=None)`
pub(super) fn min(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    extreme(cx, args, "min")
}

/// `max`, as [`min`].
pub(super) fn max(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    extreme(cx, args, "max")
}

fn extreme(cx: &mut Cx<'_>, args: &Args<'_>, name: &str) -> NativeResult {
    let (mut key, mut default) = (Value::None, Vec::new());
    if args.is_empty() {
        return Err(cx.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    for (keyword, value) in args.kw {
        match cx.vm.heap.name(*keyword) {
            "key" => key = *value,
            "default" => default = vec![*value],
            other => {
                let text = format!("{name}() got an unexpected keyword argument '{other}'");
                return Err(cx.type_error(text));
            }
        }
    }
    if args.len() > 1 && !default.is_empty() {
        let text = format!("Cannot specify a default for {name}() with multiple positional arguments");
        return Err(cx.type_error(text));
    }
    let items = match args.len() {
        _ if !key.is_none() => None,
        1 => match cx.native_iterable(args.get(0)) {
            Some(_) => Some(cx.iterate(args.get(0))?),
            None => None,
        },
        _ => Some(args.pos.to_vec()),
    };
    let found = items.as_ref().and_then(|items| native_extreme(cx, items, name == "max"));
    match (found, items) {
        (Some(best), _) => Ok(best),
        (None, Some(items)) if items.is_empty() => match default.first() {
            Some(default) => Ok(*default),
            None => Err(cx.value_error(format!("{name}() iterable argument is empty"))),
        },
        (None, items) => {
            let sources = match items {
                Some(items) => vec![cx.new_list(items)],
                None => args.pos.to_vec(),
            };
            let call =
                [cx.new_str(name), cx.new_tuple(sources), key, cx.new_tuple(default), Value::Bool(name == "max")];
            cx.tail_prelude("min_max", &call)
        }
    }
}

/// The first smallest or largest item, if all comparisons are native.
fn native_extreme(cx: &mut Cx<'_>, items: &[Value], largest: bool) -> Option<Value> {
    let (first, rest) = items.split_first()?;
    cx.cost_ns += rest.len() as u64 * ITEM_COST_NS;
    let mut best = *first;
    for item in rest {
        let (low, high) = if largest { (best, *item) } else { (*item, best) };
        if cx.native_less(low, high)? {
            best = *item;
        }
    }
    Some(best)
}

/// `sorted(iterable, /, *, key=None, reverse=False)`
pub(super) fn sorted(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.len() != 1 {
        return Err(cx.type_error(format!("sorted expected 1 argument, got {}", args.len())));
    }
    let (mut key, mut reverse) = (Value::None, Value::Bool(false));
    for (keyword, value) in args.kw {
        match cx.vm.heap.name(*keyword) {
            "key" => key = *value,
            "reverse" => reverse = *value,
            other => {
                let text = format!("sort() got an unexpected keyword argument '{other}'");
                return Err(cx.type_error(text));
            }
        }
    }
    let items = cx.iterate(args.get(0))?;
    let reverse = cx.truth(reverse)?;
    cx.sorted_list(items, key, reverse)
}
