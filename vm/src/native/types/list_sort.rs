//! Sorting without Python code.
//!
//! A stable merge sort over items whose `<` is known natively: numbers, strings, bytes, and tuples and lists of such. For these
//! the order is total, so the result is CPython's whatever the algorithm. Everything else, NaN included, goes to the prelude,
//! which makes CPython's comparisons one by one (`vm/lib/_prelude_sort.py`).

use crate::heap::Heap;
use crate::native::{Args, Cx, NativeResult};
use crate::object::Object;
use crate::object::compare::equal;
use crate::value::{ObjId, Value};
use num_bigint::BigInt;
use std::cmp::Ordering;

/// Virtual time of one comparison, in nanoseconds.
const COMPARISON_COST_NS: u64 = 15;

/// Runs of this length are sorted by insertion.
const RUN: usize = 16;

/// `list.sort(*, key=None, reverse=False)`
pub(super) fn sort(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let list = args.get(0).obj().expect("a list");
    let key = args.given(1).unwrap_or(Value::None);
    let reverse = match args.given(2) {
        Some(v) => cx.truth(v)?,
        None => false,
    };
    if key.is_none() && cx.sort_natively(list, None, reverse) {
        return Ok(Value::None);
    }
    cx.tail_prelude("list_sort", &[args.get(0), key, Value::Bool(reverse)])
}

impl Cx<'_> {
    /// Sorts a list, and a second one of the same length along with it, if that needs no Python code.
    pub fn sort_natively(&mut self, keys: ObjId, values: Option<ObjId>, reverse: bool) -> bool {
        let items = self.list_items(keys).to_vec();
        let Some(order) = sorted_order(&self.vm.heap, &items, reverse) else { return false };
        self.cost_ns += order.len() as u64 * u64::from(order.len().max(1).ilog2() + 1) * COMPARISON_COST_NS;
        for list in std::iter::once(keys).chain(values) {
            self.list_edit(list, |items| *items = order.iter().filter_map(|i| items.get(*i).copied()).collect());
        }
        true
    }

    /// `a < b` of numbers, strings, bytes and tuples of such, NaN included; `None` if it needs Python code or is an error.
    pub fn native_less(&self, a: Value, b: Value) -> Option<bool> {
        if let (Value::Float(x), Value::Float(y)) = (a, b) {
            return Some(x < y);
        }
        if is_nan(a) || is_nan(b) {
            let other = if is_nan(a) { b } else { a };
            return big(&self.vm.heap, other).map(|_| false);
        }
        order_of(&self.vm.heap, a, b).map(|order| order == Ordering::Less)
    }

    /// `sorted(iterable, key=key, reverse=reverse)` of items that are known.
    ///
    /// # Errors
    /// Those of comparisons and of `key`.
    pub fn sorted_list(&mut self, items: Vec<Value>, key: Value, reverse: bool) -> NativeResult {
        if key.is_none()
            && let Some(order) = sorted_order(&self.vm.heap, &items, reverse)
        {
            self.cost_ns += order.len() as u64 * u64::from(order.len().max(1).ilog2() + 1) * COMPARISON_COST_NS;
            return Ok(self.new_list(order.into_iter().map(|i| items[i]).collect()));
        }
        let list = self.new_list(items);
        self.tail_prelude("sorted_with_key", &[list, key, Value::Bool(reverse)])
    }
}

/// The indices of the items in sorted order; `None` if a comparison needs Python code or the order is not total.
fn sorted_order(heap: &Heap, items: &[Value], reverse: bool) -> Option<Vec<usize>> {
    // Turning the list round before and after keeps equal items in order.
    let mut order: Vec<usize> = if reverse { (0..items.len()).rev().collect() } else { (0..items.len()).collect() };
    if !sort_alike(heap, &mut order, items) && !sort_by_firsts(heap, &mut order, items)? {
        merge_sort(&mut order, &mut |a, b| Some(order_of(heap, items[a], items[b])? == Ordering::Less))?;
    }
    if reverse {
        order.reverse();
    }
    Some(order)
}

/// Sorts the indices of items that are all small integers, all floats without NaN, or all strings, by the standard
/// library's stable sort.
fn sort_alike(heap: &Heap, order: &mut [usize], items: &[Value]) -> bool {
    let int = |item: &Value| if let Value::Int(i) = item { Some(*i) } else { None };
    let float = |item: &Value| if let Value::Float(f) = item { Some(*f).filter(|f| !f.is_nan()) } else { None };
    sort_all(order, items, int, Ord::cmp)
        || sort_all(order, items, float, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal))
        || sort_all(order, items, |item| heap.str(*item), Ord::cmp)
}

/// Sorts the indices of items by the keys that `of` finds, if it finds one in each.
fn sort_all<K>(
    order: &mut [usize],
    items: &[Value],
    of: impl Fn(&Value) -> Option<K>,
    compare: impl Fn(&K, &K) -> Ordering,
) -> bool {
    let keyed: Option<Vec<(K, usize)>> = order.iter().map(|at| Some((of(&items[*at])?, *at))).collect();
    let Some(mut keyed) = keyed else { return false };
    keyed.sort_by(|(a, _), (b, _)| compare(a, b));
    order.iter_mut().zip(keyed).for_each(|(place, (_, at))| *place = at);
    true
}

/// Sorts the indices of tuples whose first items are alike: by these, then those with equal ones by the whole. Whether
/// the items are such tuples; `None` if the rest needs Python code.
fn sort_by_firsts(heap: &Heap, order: &mut [usize], items: &[Value]) -> Option<bool> {
    let first = |item: &Value| heap.tuple(*item)?.first().copied();
    let Some(firsts) = items.iter().map(first).collect::<Option<Vec<Value>>>() else { return Some(false) };
    if !sort_alike(heap, order, &firsts) {
        return Some(false);
    }
    let ties = order.chunk_by_mut(|a, b| order_of(heap, firsts[*a], firsts[*b]) == Some(Ordering::Equal));
    for group in ties.filter(|group| group.len() > 1) {
        let mut sorted = group.to_vec();
        merge_sort(&mut sorted, &mut |a, b| Some(order_of(heap, items[a], items[b])? == Ordering::Less))?;
        group.copy_from_slice(&sorted);
    }
    Some(true)
}

/// A stable merge sort, bottom up; `None` as soon as `less` has no answer.
fn merge_sort(order: &mut Vec<usize>, less: &mut impl FnMut(usize, usize) -> Option<bool>) -> Option<()> {
    let n = order.len();
    if n == 1 {
        // CPython compares nothing then, and so accepts anything.
        return Some(());
    }
    for start in (0..n).step_by(RUN) {
        insertion_sort(&mut order[start..n.min(start + RUN)], less)?;
    }
    let mut width = RUN;
    let mut merged = Vec::with_capacity(n);
    while width < n {
        merged.clear();
        for start in (0..n).step_by(2 * width) {
            let middle = n.min(start + width);
            let end = n.min(start + 2 * width);
            merge(&order[start..middle], &order[middle..end], &mut merged, less)?;
        }
        std::mem::swap(order, &mut merged);
        width *= 2;
    }
    Some(())
}

fn insertion_sort(run: &mut [usize], less: &mut impl FnMut(usize, usize) -> Option<bool>) -> Option<()> {
    for i in 1..run.len() {
        let mut at = i;
        while at > 0 && less(run[at], run[at - 1])? {
            run.swap(at, at - 1);
            at -= 1;
        }
    }
    Some(())
}

fn merge(
    left: &[usize],
    right: &[usize],
    merged: &mut Vec<usize>,
    less: &mut impl FnMut(usize, usize) -> Option<bool>,
) -> Option<()> {
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if less(right[j], left[i])? {
            merged.push(right[j]);
            j += 1;
        } else {
            merged.push(left[i]);
            i += 1;
        }
    }
    merged.extend_from_slice(&left[i..]);
    merged.extend_from_slice(&right[j..]);
    Some(())
}

/// The order of two values where it is total and needs no Python code.
fn order_of(heap: &Heap, a: Value, b: Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => Some(x.cmp(&y)),
        (Value::Float(x), Value::Float(y)) => x.partial_cmp(&y),
        (Value::Obj(x), Value::Obj(y)) => order_of_objects(heap, x, y),
        _ => order_of_numbers(heap, a, b),
    }
}

fn order_of_objects(heap: &Heap, a: ObjId, b: ObjId) -> Option<Ordering> {
    match (heap.get(a), heap.get(b)) {
        (Object::Str(x), Object::Str(y)) => Some(x.text.cmp(&y.text)),
        (Object::Bytes(x), Object::Bytes(y)) => Some(x.cmp(y)),
        (Object::BigInt(x), Object::BigInt(y)) => Some(x.cmp(y)),
        (Object::Tuple(x), Object::Tuple(y)) => order_of_items(heap, x, y),
        (Object::List(x), Object::List(y)) => order_of_items(heap, x, y),
        _ => None,
    }
}

fn order_of_items(heap: &Heap, a: &[Value], b: &[Value]) -> Option<Ordering> {
    for (x, y) in a.iter().zip(b) {
        if is_nan(*x) || is_nan(*y) {
            return None;
        }
        if !x.is(*y) && !equal(heap, *x, *y)? {
            return order_of(heap, *x, *y);
        }
    }
    Some(a.len().cmp(&b.len()))
}

fn is_nan(v: Value) -> bool {
    matches!(v, Value::Float(f) if f.is_nan())
}

fn order_of_numbers(heap: &Heap, a: Value, b: Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Float(f), other) => Some(order_of_int_and_float(&big(heap, other)?, f)?.reverse()),
        (other, Value::Float(f)) => order_of_int_and_float(&big(heap, other)?, f),
        _ => Some(big(heap, a)?.cmp(&big(heap, b)?)),
    }
}

fn order_of_int_and_float(i: &BigInt, f: f64) -> Option<Ordering> {
    use num_traits::FromPrimitive;
    if f.is_infinite() {
        return Some(if f > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let floor = BigInt::from_f64(f.floor())?;
    Some(i.cmp(&floor).then(if f.fract() == 0.0 { Ordering::Equal } else { Ordering::Less }))
}

fn big(heap: &Heap, v: Value) -> Option<BigInt> {
    match v {
        Value::Int(i) => Some(BigInt::from(i)),
        Value::Bool(b) => Some(BigInt::from(i64::from(b))),
        Value::Obj(id) => match heap.get(id) {
            Object::BigInt(n) => Some((**n).clone()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(items: &[Value], reverse: bool) -> Option<Vec<usize>> {
        sorted_order(&Heap::new(1 << 20), items, reverse)
    }

    #[test]
    fn equal_items_keep_their_order_both_ways() {
        let items: Vec<Value> = [3, 1, 2, 1, 3, 2].into_iter().map(Value::Int).collect();
        assert_eq!(sorted(&items, false), Some(vec![1, 3, 2, 5, 0, 4]));
        assert_eq!(sorted(&items, true), Some(vec![0, 4, 2, 5, 1, 3]));
    }

    #[test]
    fn many_items_are_merged_in_order() {
        let items: Vec<Value> = (0..1000i64).map(|i| Value::Int(i * 7919 % 1000)).collect();
        let order = sorted(&items, false).expect("numbers");
        assert!(order.iter().enumerate().all(|(i, at)| items[*at] == Value::Int(i as i64)));
    }

    #[test]
    fn tuples_with_equal_first_items_are_sorted_by_the_rest() {
        let mut heap = Heap::new(1 << 20);
        let pairs = [(2, 1), (1, 5), (2, 0), (1, 5), (0, 9)];
        let mut tuple = |(a, b)| Value::Obj(heap.alloc(Object::Tuple([Value::Int(a), Value::Int(b)].into())));
        let items: Vec<Value> = pairs.into_iter().map(&mut tuple).collect();
        assert_eq!(sorted_order(&heap, &items, false), Some(vec![4, 1, 3, 2, 0]));
        assert_eq!(sorted_order(&heap, &items, true), Some(vec![0, 2, 1, 3, 4]));
    }

    #[test]
    fn numbers_of_different_types_are_compared_exactly() {
        let items =
            [Value::Int(i64::MAX), Value::Float(9.223_372_036_854_776e18), Value::Bool(true), Value::Float(-0.5)];
        assert_eq!(sorted(&items, false), Some(vec![3, 2, 0, 1]));
    }

    #[test]
    fn what_has_no_total_order_is_left_to_the_prelude() {
        assert_eq!(sorted(&[Value::Float(f64::NAN), Value::Float(1.0)], false), None);
        assert_eq!(sorted(&[Value::None, Value::Int(1)], false), None);
        assert_eq!(sorted(&[Value::None], false), Some(vec![0]));
    }
}
