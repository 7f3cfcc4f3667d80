//! Golden files: compared, or written anew when `GILSIM_BLESS` is set.

use std::path::PathBuf;

/// Compares `actual` with `tests/golden/NAME`.
#[expect(clippy::disallowed_methods, reason = "a developer's switch; no result of a test depends on it otherwise")]
pub fn check(name: &str, actual: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var("GILSIM_BLESS").is_ok() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if expected != actual {
        let (expected, actual) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(actual));
        panic!("{name} differs; run with GILSIM_BLESS=1 to accept\n--- expected\n{expected}\n--- actual\n{actual}");
    }
}
