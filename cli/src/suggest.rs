//! The nearest of a set of names to a mistyped one, by optimal string alignment distance (insertions, deletions,
//! substitutions, swaps of neighbours) over characters, ignoring case.
//!
//! A suggestion is made only if at most a third of the longer name differs, so that unrelated names are not offered.
//! Ties go to the name that comes first.

/// Names are compared up to this length, in characters.
const LENGTH_MAX: usize = 64;

/// The name nearest to `typed`, if one is near.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |name: &str| name.to_lowercase().chars().take(LENGTH_MAX).collect::<String>();
    let wanted = fold(typed);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let candidate = fold(name);
        let distance = strsim::osa_distance(&wanted, &candidate);
        let length = wanted.chars().count().max(candidate.chars().count());
        if distance <= length.div_ceil(3) && distance < length && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["data-race", "deadlock", "convoy"];
        assert_eq!(nearest("datarace", names), Some("data-race"));
        assert_eq!(nearest("DEADLOK", names), Some("deadlock"));
        assert_eq!(nearest("covnoy", names), Some("convoy"));
        assert_eq!(nearest("fibonacci", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("x", ["s"]), None);
    }
}
