//! Text that the compiler makes or looks at: docstrings, positions between tokens, source of annotations.

use ruff_python_ast::{Expr, Stmt};

/// The docstring of a body, with the indentation taken out as CPython 3.13 does.
pub(super) fn docstring(body: &[Stmt]) -> Option<String> {
    let Some(Stmt::Expr(first)) = body.first() else { return None };
    match &*first.value {
        Expr::StringLiteral(node) => Some(clean_docstring(node.value.to_str())),
        _ => None,
    }
}

/// Expands tabs to 8 columns, drops leading spaces of the first line, and drops from the others as many leading spaces as
/// the least indented line that is not blank has. Lines are kept.
fn clean_docstring(text: &str) -> String {
    let text = expand_tabs(text);
    let margin = text.split('\n').skip(1).filter_map(|line| line.find(|character| character != ' ')).min().unwrap_or(0);
    let mut lines = text.split('\n');
    let mut result = lines.next().unwrap_or("").trim_start_matches(' ').to_string();
    for line in lines {
        result.push('\n');
        let indent = line.len() - line.trim_start_matches(' ').len();
        result.push_str(&line[indent.min(margin)..]);
    }
    result
}

fn expand_tabs(text: &str) -> String {
    if !text.contains('\t') {
        return text.to_string();
    }
    let mut result = String::with_capacity(text.len());
    let mut column = 0;
    for character in text.chars() {
        match character {
            '\t' => {
                let spaces = 8 - column % 8;
                result.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' | '\r' => {
                result.push(character);
                column = 0;
            }
            _ => {
                result.push(character);
                column += 1;
            }
        }
    }
    result
}

/// The offset of the first token at or after `offset`.
pub(super) fn skip_space_and_comments(text: &str, offset: u32) -> u32 {
    let mut at = offset as usize;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => at += 1,
            b'\\' => at += 1,
            b'#' => at += bytes[at..].iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len() - at),
            _ => break,
        }
    }
    at as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docstrings_lose_their_indentation() {
        assert_eq!(clean_docstring("  one"), "one");
        assert_eq!(clean_docstring("one\n    two\n      three\n    "), "one\ntwo\n  three\n");
        assert_eq!(clean_docstring("one\n\ttwo\n        three"), "one\ntwo\nthree");
        assert_eq!(clean_docstring("one\n\n  two\n \n  "), "one\n\ntwo\n\n");
    }
}
