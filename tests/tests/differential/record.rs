//! Records: what CPython answered, as text beside the cases.
//!
//! One line `# case: name`, with `exit N` behind it unless it ended well; then the lines of standard output behind `|` and
//! those of standard error behind `!`. A last line without an end is marked by `\` on a line of its own.

use super::case::Answer;
use std::collections::BTreeMap;
use std::path::Path;

/// Reads the records of a file; none if it does not exist.
pub fn read(path: &Path) -> BTreeMap<String, Answer> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut records: BTreeMap<String, Answer> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.split('\n') {
        if let Some(head) = line.strip_prefix("# case: ") {
            let (name, status) = head.split_once(" exit ").unwrap_or((head, "0"));
            let status = status.parse().unwrap_or_else(|_| panic!("{}: {head}", path.display()));
            records.insert(name.to_owned(), Answer { status, ..Answer::default() });
            current = Some(name.to_owned());
            continue;
        }
        let Some(answer) = current.as_ref().and_then(|name| records.get_mut(name)) else { continue };
        match line.split_at_checked(1) {
            Some(("|", text)) => push(&mut answer.stdout, text),
            Some(("!", text)) => push(&mut answer.stderr, text),
            _ => {}
        }
    }
    records
}

fn push(stream: &mut String, line: &str) {
    if line == "\\" {
        stream.pop();
    } else {
        stream.push_str(line.strip_prefix(' ').unwrap_or(line));
        stream.push('\n');
    }
}

/// Writes the records of a file.
pub fn write(path: &Path, names: &[String], records: &BTreeMap<String, Answer>) {
    let mut text = String::new();
    for name in names {
        let answer = &records[name];
        text += &match answer.status {
            0 => format!("# case: {name}\n"),
            status => format!("# case: {name} exit {status}\n"),
        };
        text += &marked('|', &answer.stdout);
        text += &marked('!', &answer.stderr);
    }
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn marked(mark: char, stream: &str) -> String {
    if stream.is_empty() {
        return String::new();
    }
    let (lines, end) = match stream.strip_suffix('\n') {
        Some(lines) => (lines, String::new()),
        None => (stream, format!("{mark}\\\n")),
    };
    let lines = lines.split('\n').map(|line| match line {
        "" => format!("{mark}\n"),
        line => format!("{mark} {line}\n"),
    });
    lines.collect::<String>() + &end
}

/// Shows how an answer differs from what was expected.
pub fn difference(expected: &Answer, got: &Answer) -> String {
    let mut shown = String::new();
    if expected.status != got.status {
        shown += &format!("  exit status {} instead of {}\n", got.status, expected.status);
    }
    for (mark, expected, got) in [('|', &expected.stdout, &got.stdout), ('!', &expected.stderr, &got.stderr)] {
        if expected == got {
            continue;
        }
        let (expected, got) = (marked(mark, expected), marked(mark, got));
        let (expected, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
        let same = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
        shown += &expected[same..].iter().take(12).map(|line| format!("  expected {line}\n")).collect::<String>();
        shown += &got[same..].iter().take(12).map(|line| format!("  got      {line}\n")).collect::<String>();
    }
    shown
}

#[test]
fn a_record_is_read_as_it_was_written() {
    let answers = ["", "a\n", "a", "\n", "a\n\nb", "| x\n\\\n", " a\n", "\\"].map(|text| Answer {
        status: 3,
        stdout: text.to_owned(),
        stderr: text.to_uppercase(),
    });
    let path = std::env::temp_dir().join(format!("gilsim-record-{}.expected", std::process::id()));
    let names: Vec<String> = (0..answers.len()).map(|i| format!("case_{i}")).collect();
    let records: BTreeMap<String, Answer> = names.iter().cloned().zip(answers).collect();
    write(&path, &names, &records);
    assert_eq!(read(&path), records);
    std::fs::remove_file(&path).expect("the file was just written");
}
