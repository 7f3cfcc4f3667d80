//! Concatenation, repetition and subscripts of constant strings, bytes and tuples.

use crate::code::Const;

/// Largest folded repetition of a string, in characters.
const TEXT_LENGTH_MAX: usize = 4096;
/// Largest folded repetition of a tuple, in items.
const TUPLE_LENGTH_MAX: usize = 256;
/// The same, counting nested items.
const ITEMS_MAX: usize = 1024;

/// `a + b`.
pub(super) fn concatenate(a: &Const, b: &Const) -> Option<Const> {
    match (a, b) {
        (Const::Str(a), Const::Str(b)) => Some(Const::Str(format!("{a}{b}").into())),
        (Const::Bytes(a), Const::Bytes(b)) => Some(Const::Bytes(a.iter().chain(b.iter()).copied().collect())),
        (Const::Tuple(a), Const::Tuple(b)) => Some(Const::Tuple(a.iter().chain(b).cloned().collect())),
        _ => None,
    }
}

/// `a * b` of a sequence and a count.
pub(super) fn repeat(a: &Const, b: &Const) -> Option<Const> {
    let (sequence, count) = match (a, b) {
        (Const::Int(count), sequence) | (sequence, Const::Int(count)) => (sequence, *count),
        (Const::Bool(count), sequence) | (sequence, Const::Bool(count)) => (sequence, i64::from(*count)),
        _ => return None,
    };
    let times = |length: usize, limit: usize| -> Option<usize> {
        if length == 0 {
            return Some(0);
        }
        usize::try_from(count).ok().filter(|&count| count <= limit / length)
    };
    match sequence {
        Const::Str(text) => {
            times(text.chars().count(), TEXT_LENGTH_MAX).map(|count| Const::Str(text.repeat(count).into()))
        }
        Const::Bytes(bytes) => {
            times(bytes.len(), TEXT_LENGTH_MAX).map(|count| Const::Bytes(bytes.repeat(count).into()))
        }
        Const::Tuple(items) => {
            let count = times(items.len(), TUPLE_LENGTH_MAX)?;
            if count > 0 && total_items(items) > ITEMS_MAX / count {
                return None;
            }
            Some(Const::Tuple(items.iter().cycle().take(items.len() * count).cloned().collect()))
        }
        _ => None,
    }
}

fn total_items(items: &[Const]) -> usize {
    let inner = |item: &Const| if let Const::Tuple(items) = item { total_items(items) } else { 0 };
    items.len() + items.iter().map(inner).sum::<usize>()
}

/// `container[index]`.
pub(super) fn subscript(container: &Const, index: &Const) -> Option<Const> {
    let index = match index {
        Const::Int(index) => *index,
        Const::Bool(index) => i64::from(*index),
        _ => return None,
    };
    let at = |length: usize| -> Option<usize> {
        let index = if index < 0 { index.checked_add(length as i64)? } else { index };
        usize::try_from(index).ok().filter(|&index| index < length)
    };
    match container {
        Const::Str(text) => {
            let index = at(text.chars().count())?;
            text.chars().nth(index).map(|character| Const::Str(character.to_string().into()))
        }
        Const::Bytes(bytes) => Some(Const::Int(i64::from(bytes[at(bytes.len())?]))),
        Const::Tuple(items) => Some(items[at(items.len())?].clone()),
        _ => None,
    }
}
