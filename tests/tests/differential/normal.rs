//! What cannot agree is taken out of standard error on both sides: the frames of library code, whose files and lines are
//! CPython's own, and the places of library files in messages.

/// Where CPython's library is, and where ours claims to be.
const LIBRARY: [&str; 2] = ["/lib/python3.13/", "<gilsim>/"];

/// Standard error without frames of library code.
pub fn stderr(text: &str) -> String {
    let mut out = String::new();
    let mut skipping: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let depth = line.chars().take_while(|ch| matches!(ch, ' ' | '|')).count();
        if skipping.is_some_and(|frame| depth > frame) {
            continue;
        }
        let is_library = line[..].contains("File \"") && LIBRARY.iter().any(|place| line.contains(place));
        skipping = is_library.then_some(depth);
        if !is_library {
            out += &without_place(line);
        }
    }
    out
}

/// `(path of a library file)` as `(library)`.
fn without_place(line: &str) -> String {
    let Some((before, rest)) = line.split_once('(') else { return line.to_owned() };
    match rest.split_once(')') {
        Some((place, after)) if is_library_place(place) => format!("{before}(library){after}"),
        _ => line.to_owned(),
    }
}

fn is_library_place(place: &str) -> bool {
    place == "unknown location" || LIBRARY.iter().any(|library| place.contains(library))
}

#[test]
fn frames_of_the_library_are_taken_out() {
    let text = "T:\n  File \"a.py\", line 1, in f\n    g()\n  File \"/x/lib/python3.13/q.py\", line 2, in g\n    h()\n    ~^^\nE: x\n";
    assert_eq!(stderr(text), "T:\n  File \"a.py\", line 1, in f\n    g()\nE: x\n");
    assert_eq!(stderr("E: no 'a' from 'b' (<gilsim>/b.py)\n"), "E: no 'a' from 'b' (library)\n");
}
