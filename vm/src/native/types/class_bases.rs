//! The bases of a class: checked when it is made, and when `__bases__` is set.
//!
//! Source: `type_set_bases` of CPython's `Objects/typeobject.c`. A new base must keep the layout of the instances; the
//! order of resolution is made anew for the class and all its subclasses, or nothing changes.

use super::class::{class_arg, classes_tuple};
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::builtin::{BUILTIN_CLASSES, Kind, class_id as c};
use crate::object::class::Layout;
use crate::value::{ObjId, Value};

pub(super) fn checked_bases(cx: &mut Cx<'_>, bases: &[Value]) -> Result<Vec<ObjId>, Box<Stop>> {
    if bases.is_empty() {
        return Ok(vec![c::OBJECT]);
    }
    let mut ids: Vec<ObjId> = Vec::new();
    for base in bases {
        let Some(id) = cx.vm.as_class(*base) else {
            return Err(cx.type_error("bases must be types"));
        };
        if !cx.vm.heap.class(id).is_base_type {
            let message = format!("type '{}' is not an acceptable base type", cx.vm.heap.class(id).name);
            return Err(cx.type_error(message));
        }
        if ids.contains(&id) {
            let message = format!("duplicate base class {}", cx.vm.heap.class(id).name);
            return Err(cx.type_error(message));
        }
        ids.push(id);
    }
    Ok(ids)
}

/// The layout that all bases agree on.
pub(super) fn common_layout(cx: &mut Cx<'_>, bases: &[ObjId]) -> Result<Layout, Box<Stop>> {
    let mut layout = Layout::Plain;
    for base in bases {
        let own = match cx.vm.heap.class(*base).layout {
            Layout::Native if matches!(BUILTIN_CLASSES.get(base.0 as usize).map(|r| r.kind), Some(Kind::Value)) => {
                Layout::Value(*base)
            }
            other => other,
        };
        match (layout, own) {
            (_, Layout::Plain) => {}
            (Layout::Plain, own) => layout = own,
            (a, b) if a == b => {}
            _ => return Err(cx.type_error("multiple bases have instance lay-out conflict")),
        }
    }
    Ok(layout)
}

pub(super) fn get_bases(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let ids = cx.vm.heap.class(class_arg(cx, args.get(0))).bases.clone();
    Ok(classes_tuple(cx, &ids))
}

pub(super) fn set_bases(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    let own = cx.vm.heap.class(class).name.clone();
    let refuse = |cx: &mut Cx<'_>, message: String| Err(cx.type_error(message));
    if !cx.vm.heap.class(class).is_heap_type {
        return refuse(cx, format!("cannot set '__bases__' attribute of immutable type '{own}'"));
    }
    let Some(values) = cx.vm.heap.tuple(args.get(1)).map(<[Value]>::to_vec) else {
        let message = format!("can only assign tuple to {own}.__bases__, not {}", cx.type_name(args.get(1)));
        return refuse(cx, message);
    };
    if values.is_empty() {
        return refuse(cx, format!("can only assign non-empty tuple to {own}.__bases__, not ()"));
    }
    for value in &values {
        let Some(base) = cx.vm.as_class(*value) else {
            let message = format!("{own}.__bases__ must be tuple of classes, not '{}'", cx.type_name(*value));
            return refuse(cx, message);
        };
        if cx.vm.heap.is_subclass(base, class) {
            return refuse(cx, "a __bases__ item causes an inheritance cycle".to_owned());
        }
    }
    let bases = checked_bases(cx, &values)?;
    if common_layout(cx, &bases)? != cx.vm.heap.class(class).layout {
        let [new, old] = [bases[0], cx.vm.heap.class(class).bases[0]].map(|b| cx.vm.heap.class(b).name.clone());
        return refuse(cx, format!("__bases__ assignment: '{new}' object layout differs from '{old}'"));
    }
    relinearise(cx, class, bases)?;
    Ok(Value::None)
}

/// Gives a class new bases, and it and its subclasses their new order of resolution; changes nothing if one has none.
fn relinearise(cx: &mut Cx<'_>, class: ObjId, bases: Vec<ObjId>) -> Result<(), Box<Stop>> {
    let before = std::mem::replace(&mut cx.heap().class_mut(class).bases, bases.clone());
    let mut orders: Vec<(ObjId, Vec<ObjId>)> = Vec::new();
    let mut todo = vec![class];
    while let Some(id) = todo.pop() {
        let own_bases = cx.vm.heap.class(id).bases.clone();
        let Some(mut order) = cx.vm.linearise(&own_bases) else {
            undo(cx, class, before, orders);
            return Err(cx.type_error("Cannot create a consistent method resolution order (MRO) for bases"));
        };
        order.insert(0, id);
        let old = std::mem::replace(&mut cx.heap().class_mut(id).mro, order);
        orders.push((id, old));
        todo.extend_from_slice(&cx.vm.heap.class(id).subclasses.clone());
    }
    for base in before {
        cx.heap().class_mut(base).subclasses.retain(|sub| *sub != class);
    }
    for base in bases {
        cx.heap().class_mut(base).subclasses.push(class);
    }
    cx.vm.class_changed(class);
    Ok(())
}

fn undo(cx: &mut Cx<'_>, class: ObjId, bases: Vec<ObjId>, orders: Vec<(ObjId, Vec<ObjId>)>) {
    cx.heap().class_mut(class).bases = bases;
    for (id, order) in orders.into_iter().rev() {
        cx.heap().class_mut(id).mro = order;
    }
}
