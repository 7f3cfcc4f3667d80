//! The "Did you mean: …?" of NameError, AttributeError and ImportError.
//!
//! The weighted edit distance of CPython 3.13's `Python/suggestions.c`, over the bytes of UTF-8 as there: a move costs 2, a change of
//! ASCII case 1; names that are too long, too many or too far are given up. The first of the nearest candidates wins, so the
//! caller passes them in CPython's order.

/// From this many candidates on, none is looked at.
const CANDIDATES_MAX: usize = 750;
/// Longest part of a name that is compared, in bytes, after what both names begin and end with.
const COMPARED_MAX: usize = 40;
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;

fn substitution_cost(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// Both names without what they begin and end with in common.
fn differing_parts<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - suffix], &b[..b.len() - suffix])
}

/// Edit distance of two names, or some number above `cost_max` if it is larger than that.
pub fn edit_distance(a: &str, b: &str, cost_max: usize) -> usize {
    let (mut a, mut b) = differing_parts(a.as_bytes(), b.as_bytes());
    if a.is_empty() || b.is_empty() {
        return MOVE_COST * (a.len() + b.len());
    }
    if b.len() < a.len() {
        std::mem::swap(&mut a, &mut b);
    }
    if b.len() > COMPARED_MAX || (b.len() - a.len()) * MOVE_COST > cost_max {
        return cost_max + 1;
    }
    // One row of the table of distances, for the prefixes of the shorter name.
    let mut row: Vec<usize> = (1..=a.len()).map(|length| length * MOVE_COST).collect();
    let mut result = 0;
    for (index, &b_byte) in b.iter().enumerate() {
        result = index * MOVE_COST;
        let mut diagonal = result;
        let mut least = usize::MAX;
        for (cell, &a_byte) in row.iter_mut().zip(a) {
            let substitute = diagonal + substitution_cost(b_byte, a_byte);
            diagonal = *cell;
            result = substitute.min(result.min(diagonal) + MOVE_COST);
            *cell = result;
            least = least.min(result);
        }
        if least > cost_max {
            return cost_max + 1;
        }
    }
    result
}

/// The candidate nearest to `wrong_name`, if one is near enough.
pub fn suggestion<'a>(wrong_name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.take(CANDIDATES_MAX).collect();
    if candidates.len() >= CANDIDATES_MAX {
        return None;
    }
    let mut best: Option<(&str, usize)> = None;
    for candidate in candidates.into_iter().filter(|&candidate| candidate != wrong_name) {
        // No more than a third of the characters involved may change, and a candidate must be better than the best so far.
        let cost_max = (wrong_name.len() + candidate.len() + 3) * MOVE_COST / 6;
        let cost_max = best.map_or(cost_max, |(_, cost)| cost_max.min(cost.saturating_sub(1)));
        let cost = edit_distance(wrong_name, candidate, cost_max);
        if cost <= cost_max {
            best = Some((candidate, cost));
        }
    }
    best.map(|(candidate, _)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, candidates and what CPython 3.13 suggests.
    #[test]
    fn suggestions_are_cpythons() {
        type Row = (&'static str, &'static [&'static str], Option<&'static str>);
        let table: &[Row] = &[
            ("prnt", &["print", "sprint", "int"], Some("print")),
            ("lenght", &["len", "length", "lengths"], Some("length")),
            ("Foo", &["foo", "FOO", "Fo", "Food"], Some("foo")),
            ("xyz", &["abc", "def"], None),
            ("x", &["y", "z"], None),
            ("a", &["ab", "A"], Some("A")),
            ("couner", &["counter", "count", "coun"], Some("counter")),
            ("__int__", &["__init__", "__iter__"], Some("__init__")),
            ("appendleft", &["append", "append_left"], Some("append_left")),
            ("tbl", &["t_b_l", "table"], None),
            ("naïve", &["naive", "naïf"], Some("naive")),
            ("größe", &["grösse", "Größe"], Some("Größe")),
            ("same", &["same"], None),
            ("", &["a", ""], None),
            (
                "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
                &["qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqr"],
                Some("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqr"),
            ),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &["bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"], None),
            ("abc", &[], None),
        ];
        for &(wrong, candidates, expected) in table {
            assert_eq!(suggestion(wrong, candidates.iter().copied()).as_deref(), expected, "{wrong}");
        }
    }

    #[test]
    fn too_many_candidates_are_given_up() {
        let mut names: Vec<String> = (0..748).map(|index| format!("x{index:03}")).collect();
        names.push("counter".to_owned());
        assert_eq!(suggestion("countr", names.iter().map(String::as_str)).as_deref(), Some("counter"));
        names.push("y".to_owned());
        assert_eq!(suggestion("countr", names.iter().map(String::as_str)), None);
    }
}
