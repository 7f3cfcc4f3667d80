//! Indices and slices of sequences, and of text by code point.
//!
//! `slice.indices` as `PySlice_AdjustIndices`: out-of-range bounds are moved to the ends, never an error. Text is stored as UTF-8, so
//! reaching a code point by index takes time linear in the text unless it is ASCII.

/// A slice fitted to a sequence: `count` items from `start`, `step` apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceIndices {
    /// First index (for `count` 0 where an assignment would insert).
    pub start: i64,
    /// Bound that is not reached; can be -1 for a negative step.
    pub stop: i64,
    /// Distance, not zero.
    pub step: i64,
    /// Number of items.
    pub count: usize,
}

/// Fits `start:stop:step` to a sequence of `len` items. `step` must not be zero (`ValueError: slice step cannot be zero`).
pub fn slice_indices(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> SliceIndices {
    let len = len as i64;
    // CPython clamps the step so that it can be negated.
    let step = step.max(-i64::MAX);
    let (lower, upper) = if step < 0 { (-1, len - 1) } else { (0, len) };
    let fit = |bound: i64| if bound < 0 { bound.saturating_add(len).max(lower) } else { bound.min(upper) };
    let start = start.map_or(if step < 0 { upper } else { lower }, fit);
    let stop = stop.map_or(if step < 0 { lower } else { upper }, fit);
    let count = if step < 0 && stop < start {
        (start - stop - 1) / -step + 1
    } else if step > 0 && start < stop {
        (stop - start - 1) / step + 1
    } else {
        0
    };
    SliceIndices { start, stop, step, count: count as usize }
}

/// Fits the optional `start` and `end` of a search method to a sequence of `len` items; `None` if nothing lies between them,
/// not even an empty text.
pub fn search_range(start: Option<i64>, end: Option<i64>, len: usize) -> Option<(usize, usize)> {
    let len = len as i64;
    let fit = |bound: i64| if bound < 0 { bound.saturating_add(len).max(0) } else { bound };
    let start = start.map_or(0, fit);
    let end = end.map_or(len, fit).min(len);
    (start <= end).then_some((start as usize, end as usize))
}

/// `index` of a sequence of `len` items, counted from the end if negative; `None` if out of range.
pub fn item_index(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index.checked_add(len as i64)? } else { index };
    usize::try_from(index).ok().filter(|&index| index < len)
}

/// Number of code points, `len(text)`.
pub fn char_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// Byte offset of the code point `index`; the end of the text from its length on.
pub fn byte_offset(text: &str, index: usize) -> usize {
    if text.is_ascii() {
        return index.min(text.len());
    }
    text.char_indices().nth(index).map_or(text.len(), |(offset, _)| offset)
}

/// `text[index]`; `None` if out of range.
pub fn char_at(text: &str, index: i64) -> Option<char> {
    if text.is_ascii() {
        return item_index(index, text.len()).map(|at| char::from(text.as_bytes()[at]));
    }
    if index >= 0 {
        return text.chars().nth(usize::try_from(index).ok()?);
    }
    text.chars().nth_back(usize::try_from(index.checked_add(1)?.checked_neg()?).ok()?)
}

/// `text[start:end]` for `start <= end`, both in code points and within the text.
pub fn char_range(text: &str, start: usize, end: usize) -> &str {
    let from = byte_offset(text, start);
    let rest = &text[from..];
    &rest[..byte_offset(rest, end - start)]
}

/// `text[start:stop:step]`, fitted by [`slice_indices`] to [`char_len`].
pub fn slice_text(text: &str, slice: SliceIndices) -> String {
    let SliceIndices { start, step, count, .. } = slice;
    if count == 0 {
        return String::new();
    }
    let start = start as usize;
    if step == 1 {
        return char_range(text, start, start + count).to_owned();
    }
    let distance = step.unsigned_abs() as usize;
    if step > 0 {
        return text.chars().skip(start).step_by(distance).take(count).collect();
    }
    let span = distance * (count - 1) + 1;
    let forward = char_range(text, start + 1 - span, start + 1);
    forward.chars().rev().step_by(distance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_of_text() {
        let table: [(Option<i64>, Option<i64>, i64, &str); _] = [
            (None, None, 1, "aéb漢😀"),
            (Some(1), Some(3), 1, "éb"),
            (Some(-2), None, 1, "漢😀"),
            (None, None, -1, "😀漢béa"),
            (None, None, 2, "ab😀"),
            (Some(-1), Some(0), -2, "😀b"),
            (Some(3), Some(-99), -2, "漢é"),
            (Some(99), Some(-99), -3, "😀é"),
            (Some(3), Some(1), 1, ""),
            (Some(i64::MIN), Some(i64::MAX), i64::MAX, "a"),
            (None, None, i64::MIN, "😀"),
        ];
        for (start, stop, step, expected) in table {
            let slice = slice_indices(start, stop, step, 5);
            assert_eq!(slice_text("aéb漢😀", slice), expected, "{start:?} {stop:?} {step}");
        }
    }

    #[test]
    fn single_characters() {
        for text in ["aéb漢😀", "abcde"] {
            let chars: Vec<char> = text.chars().collect();
            for index in -5..5 {
                assert_eq!(char_at(text, index), Some(chars[index.rem_euclid(5) as usize]));
            }
            for index in [-6, 5, i64::MIN, i64::MAX] {
                assert_eq!(char_at(text, index), None);
            }
        }
    }
}
