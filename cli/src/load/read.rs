//! Reads one source file and refuses, with one clear sentence, what is no Python text: a missing file, a folder, bytes
//! that are not UTF-8 (with their place), another declared encoding, NUL bytes, a file that is too large.

use crate::exit::Status;
use crate::failure::{Failure, printable};

use gilsim_vm::source::{Flavour, SourceFile};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest source file, in bytes.
pub const FILE_BYTES_MAX: u64 = 32 << 20;

/// Reads `path` as the module `name`.
pub fn source_file(name: &str, path: &Path) -> Result<SourceFile, Failure> {
    let text = text(path)?;
    Ok(SourceFile::new(name, &absolute(path), &text, Flavour::User))
}

/// The path as tracebacks and `__file__` show it: absolute, as in CPython since 3.9.
fn absolute(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    path.display().to_string()
}

/// The text of a file.
pub fn text(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path)?;
    let shown = printable(&path.display().to_string());
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_utf8(&shown, error.as_bytes(), at)
    })?;
    if let Some(at) = text.find('\0') {
        let (line, column) = place(text.as_bytes(), at);
        return Err(Failure::usage(format!(
            "`{shown}` is not a Python program: NUL byte at line {line}, column {column}"
        )));
    }
    if let Some(encoding) = declared_encoding(&text).filter(|_| !text.is_ascii()) {
        let failure = Failure::usage(format!("`{shown}` declares the encoding `{encoding}`; gilsim reads UTF-8 only"));
        return Err(failure.with_help("save the file as UTF-8 and remove the declaration"));
    }
    Ok(text)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |error: &std::io::Error| Failure::file("read", path, error);
    let file = File::open(path).map_err(|error| cannot(&error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        let failure = cannot(&std::io::Error::from(std::io::ErrorKind::IsADirectory));
        let entry = path.join("__main__.py");
        return Err(if entry.is_file() {
            failure.with_help(format!("name the file to run: {}", printable(&entry.display().to_string())))
        } else {
            failure
        });
    }
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| cannot(&error))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        let shown = printable(&path.display().to_string());
        return Err(Failure::usage(format!(
            "`{shown}` is too large: source files may have {} MiB",
            FILE_BYTES_MAX >> 20
        )));
    }
    Ok(bytes)
}

fn not_utf8(shown: &str, bytes: &[u8], at: usize) -> Failure {
    let (line, column) = place(bytes, at);
    let byte = bytes.get(at).copied().unwrap_or_default();
    let declared = std::str::from_utf8(&bytes[..at]).ok().and_then(declared_encoding);
    let text = format!("`{shown}` is not UTF-8: byte 0x{byte:02x} at line {line}, column {column}");
    let help = match declared {
        Some(encoding) => format!("the file declares the encoding `{encoding}`; gilsim reads UTF-8 only"),
        None => "save the file as UTF-8".into(),
    };
    Failure::Message { text, help: Some(help), status: Status::CouldNotStart }
}

/// Line and column of a byte, both from 1; columns count bytes.
fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = &bytes[..at];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (line, at - start + 1)
}

/// The encoding that a comment in the first two lines declares (PEP 263), unless it is UTF-8.
fn declared_encoding(text: &str) -> Option<&str> {
    for line in text.lines().take(2) {
        let line = line.trim_start_matches([' ', '\t', '\u{c}', '\u{feff}']);
        let Some(comment) = line.strip_prefix('#') else {
            if line.is_empty() {
                continue;
            } else {
                return None;
            };
        };
        let Some((_, after)) = comment.split_once("coding") else { continue };
        let Some(after) = after.strip_prefix([':', '=']) else { continue };
        let name = after.trim_start();
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(name.len());
        let name = &name[..end];
        let is_utf8 =
            ["utf-8", "utf8", "utf-8-sig", "u8"].iter().any(|known| name.replace('_', "-").eq_ignore_ascii_case(known));
        return (!name.is_empty() && !is_utf8).then_some(name);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one() {
        assert_eq!(place(b"ab\ncd", 0), (1, 1));
        assert_eq!(place(b"ab\ncd", 4), (2, 2));
    }

    #[test]
    fn encodings_are_found_in_the_first_two_lines() {
        assert_eq!(declared_encoding("# -*- coding: latin-1 -*-\n"), Some("latin-1"));
        assert_eq!(declared_encoding("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n"), Some("cp1252"));
        assert_eq!(declared_encoding("# -*- coding: UTF-8 -*-\n"), None);
        assert_eq!(declared_encoding("x = 1\n# coding: latin-1\n"), None);
        assert_eq!(declared_encoding("\n\n# coding: latin-1\n"), None);
        assert_eq!(declared_encoding("# encoding without a name\n"), None);
    }
}
