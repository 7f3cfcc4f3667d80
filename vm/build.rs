//! Lists the library's Python files, so that they can be embedded: writes `library.rs`, a table sorted by module name.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lib");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, "", &mut files);
    files.sort();
    let mut table = String::from("pub(super) const FILES: &[LibraryFile] = &[\n");
    for (name, path, is_package) in files {
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(
            table,
            "    LibraryFile {{ name: {name:?}, text: include_str!({path:?}), is_package: {is_package} }},"
        )
        .expect("a string takes all");
    }
    table.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(out.join("library.rs"), table).expect("the build folder can be written");
}

/// Collects (module name, file, is a package) below a folder.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf, bool)>) {
    for entry in std::fs::read_dir(folder).expect("the library folder can be read") {
        let path = entry.expect("a folder entry").path();
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{stem}."), files);
        } else if path.extension().is_some_and(|e| e == "py") {
            match stem.as_str() {
                "__init__" => files.push((prefix.trim_end_matches('.').to_owned(), path, true)),
                _ => files.push((format!("{prefix}{stem}"), path, false)),
            }
        }
    }
}
