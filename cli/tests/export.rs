//! `export`: the formats, damaged files, where the bytes go.

use crate::harness::Folder;

const PROGRAM: &str = "\
import threading, time
lock = threading.Lock()
def work():
    with lock:
        time.sleep(0.002)
ts = [threading.Thread(target=work, name=name) for name in ('left', 'right')]
[t.start() for t in ts]
[t.join() for t in ts]
print('done')
";

fn recorded() -> Folder {
    let folder = Folder::with(&[("program.py", PROGRAM)]);
    let done = folder.gilsim(&["run", "--trace", "run.giltrace", "program.py"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    folder
}

#[test]
fn text_is_the_picture_of_the_run() {
    let folder = recorded();
    let run = folder.gilsim(&["run", "program.py"]);
    let text = folder.gilsim(&["export", "run.giltrace", "--to", "text"]);
    assert_eq!((text.status, text.stderr.as_str()), (Some(0), ""));
    let lanes = |report: &str| {
        report
            .lines()
            .filter(|line| ["GIL ", "left", "right"].iter().any(|lane| line.starts_with(lane)))
            .map(str::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(lanes(&text.stdout), lanes(&run.stderr));
    assert_eq!(lanes(&text.stdout).len(), 3, "{}", text.stdout);
}

#[test]
fn chrome_is_json_and_perfetto_is_binary() {
    let folder = recorded();
    let chrome = folder.gilsim(&["export", "run.giltrace", "--to", "chrome"]);
    let value: serde_json::Value = serde_json::from_str(&chrome.stdout).expect("JSON");
    assert_eq!(value["displayTimeUnit"], "ns");
    assert!(value["traceEvents"].as_array().is_some_and(|events| events.len() > 10));
    let perfetto = folder.gilsim(&["export", "run.giltrace", "--to", "perfetto", "-o", "run.pftrace"]);
    assert_eq!((perfetto.status, perfetto.stdout.as_str(), perfetto.stderr.as_str()), (Some(0), "", ""));
    let bytes = std::fs::read(folder.path().join("run.pftrace")).expect("the file is there");
    assert_eq!(bytes.first(), Some(&0x0a), "a packet begins with field 1, length-delimited");
    assert_eq!(folder.names(), ["program.py", "run.giltrace", "run.pftrace"], "no temporary file is left");
}

#[test]
fn damaged_recordings_are_exported_as_far_as_they_go() {
    let folder = recorded();
    let whole = folder.read("run.giltrace");
    let cut: String = whole.lines().take(30).map(|line| format!("{line}\n")).collect();
    folder.write("cut.giltrace", cut.as_bytes());
    folder.write("changed.giltrace", whole.replacen("\"t\":", "\"t\":1", 5).as_bytes());
    for (file, part) in [("cut.giltrace", "was cut off"), ("changed.giltrace", "is damaged")] {
        let done = folder.gilsim(&["export", file, "--to", "text"]);
        assert_eq!(done.status, Some(6), "{file}: {done:?}");
        assert!(
            done.stderr.starts_with(&format!("warning: `{file}`: ")) && done.stderr.contains(part),
            "{}",
            done.stderr
        );
    }
    assert!(folder.gilsim(&["export", "cut.giltrace", "--to", "text"]).stdout.contains("MainThread"));
}

#[test]
fn what_is_no_recording_is_refused() {
    let folder = Folder::with(&[("program.py", PROGRAM), ("empty.giltrace", "")]);
    folder.write("binary.giltrace", &[0, 159, 146, 150, 10]);
    folder.write("newer.giltrace", b"{\"k\":\"header\",\"format\":\"giltrace\",\"version\":[9,0]}\n");
    let cases = [
        ("missing.giltrace", 2, "no such file"),
        (".", 2, "it is a directory"),
        ("empty.giltrace", 6, "not a giltrace file: the file is empty"),
        ("program.py", 6, "not a giltrace file"),
        ("binary.giltrace", 6, "not a giltrace file"),
        ("newer.giltrace", 6, "format version 9.0"),
    ];
    for (file, status, part) in cases {
        let done = folder.gilsim(&["export", file, "--to", "text"]);
        assert_eq!((done.status, done.stdout.as_str()), (Some(status), ""), "{file}: {done:?}");
        assert!(done.stderr.starts_with("error: ") && done.stderr.contains(part), "{file}: {}", done.stderr);
    }
}
