//! Syntax errors against CPython 3.13's: class, message, line, column, end line, end column.
//!
//! `data/syntax_errors.json` has one row per erroneous text: the text, what CPython 3.13.0's `compile` raised for it, and
//! whether gilsim is known to differ (true). A row that differs without being marked fails, and so does a marked one that
//! does not differ any more. With `GILSIM_CPYTHON` naming a CPython 3.13, the recording itself is checked.

use gilsim_scheduler::profile::Profile;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::source::{Flavour, SourceFile};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::Arc;

fn rows() -> Vec<Value> {
    serde_json::from_str(include_str!("../data/syntax_errors.json")).expect("the data are JSON")
}

/// What gilsim says about a text.
fn ours(text: &str) -> Value {
    let file = Arc::new(SourceFile::new("__main__", "<c>", text, Flavour::User));
    let Err(problems) = compile(&file, Mode::Module, &Profile::by_name("3.13").expect("a profile").code_rules()) else {
        return Value::Null;
    };
    let first = &problems[0];
    let [line, column, end_line, end_column] = first.cpython_place(&file);
    let class = first.code.info().exception.unwrap_or("refused");
    json!([class, first.message, line, column, end_line, end_column])
}

#[test]
fn as_cpython_says() {
    let mut wrong = Vec::new();
    let (mut exact, mut total) = (0, 0);
    for row in rows() {
        let text = row[0].as_str().expect("a text");
        let known = row[2] == true;
        let got = ours(text);
        total += 1;
        exact += usize::from(got == row[1]);
        if (got == row[1]) == known {
            wrong.push(format!("{text:?}\n    CPython {}\n    gilsim  {got}", row[1]));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(total > 500 && exact * 100 >= total * 90, "{exact} of {total}");
}

#[test]
fn the_recording_is_cpythons() {
    #[expect(clippy::disallowed_methods, reason = "a test that asks for an interpreter of the host")]
    let python = std::env::var("GILSIM_CPYTHON");
    let Ok(python) = python else {
        eprintln!("skipped: GILSIM_CPYTHON does not name a CPython 3.13");
        return;
    };
    let script = "\
import json, sys, warnings
warnings.simplefilter('ignore')
out = []
for text in json.load(sys.stdin):
    try:
        compile(text, '<c>', 'exec')
        out.append(None)
    except SyntaxError as e:
        out.append([type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset])
print(json.dumps(out))
";
    let texts: Vec<Value> = rows().iter().map(|row| row[0].clone()).collect();
    let mut child = Command::new(python)
        .args(["-c", script])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("CPython starts");
    serde_json::to_writer(child.stdin.take().expect("a pipe"), &texts).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let said: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    for (row, said) in rows().iter().zip(&said) {
        assert_eq!(&row[1], said, "{}", row[0]);
    }
}
