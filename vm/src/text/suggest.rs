//! s
/// s
pub fn suggestion<'a>(_w: &str, _c: impl Iterator<Item = &'a str>) -> Option<String> {
    None
}
