//! `gilsim test`: every `test_` function is searched; reports for people, machines and CI.

use crate::harness::Folder;

const BANK: &str = "\
import threading
class Account: balance = 0
def both(deed):
    ts = [threading.Thread(target=deed) for _ in range(2)]
    for t in ts: t.start()
    for t in ts: t.join()
def test_race():
    a = Account()
    def pay(): a.balance += 1
    both(pay)
    assert a.balance == 2, '<lost> & gone'
def test_locked():
    a, lock = Account(), threading.Lock()
    def pay():
        with lock: a.balance += 1
    both(pay)
    assert a.balance == 2
def helper(): raise ValueError
if __name__ == '__main__': raise ValueError
";

#[test]
fn every_test_function_is_searched() {
    let folder =
        Folder::with(&[("tests/test_bank.py", BANK), ("tests/deep/other_test.py", "def test_nothing(): pass\n")]);
    let done = folder.gilsim(&["test", "--junit", "report.xml", "tests"]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(4), ""), "{done:?}");
    for part in [
        "test_bank.py::test_race: fails: AssertionError: <lost> & gone",
        "test_bank.py::test_locked: holds: 2 of 2",
        "other_test.py::test_nothing: holds: 1 of 1",
        "tests: 1 fail, 2 hold, 0 not finished",
    ] {
        assert!(done.stdout.contains(part), "{part}: {}", done.stdout);
    }
    let xml = folder.read("report.xml");
    for part in ["tests=\"3\" failures=\"1\" errors=\"0\"", "<failure message=", "&lt;lost&gt; &amp; gone"] {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    let right = folder.gilsim(&["test", "tests/test_bank.py::test_locked", "tests/deep"]);
    assert_eq!(right.status, Some(0), "{right:?}");
}

#[test]
fn a_failing_test_can_be_replayed_and_the_machine_report_has_all() {
    let folder = Folder::with(&[("test_bank.py", BANK)]);
    let done = folder.gilsim(&["test", "--format", "json", "test_bank.py"]);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).expect("one JSON object");
    assert_eq!((&report["fails"], &report["tests"][0]["verdict"]), (&1.into(), &"fails".into()));
    assert_eq!(report["tests"][1]["name"], "test_bank.py::test_locked");
    let code = report["tests"][0]["failure"]["code"].as_str().expect("a code");
    assert_eq!(folder.gilsim(&["replay", "test_bank.py::test_race", code]).status, Some(4));
}

#[test]
fn what_cannot_be_tested_is_told() {
    let folder = Folder::with(&[("empty.py", "x = 1\n"), ("test-odd.py", "def test_a(): pass\n")]);
    for (path, part) in [
        ("empty.py", "no function is named test_"),
        ("nowhere", "no such file"),
        ("test-odd.py", "is no name that Python can import"),
        ("empty.py::test_b", ""),
    ] {
        let done = folder.gilsim(&["test", path]);
        assert!(matches!(done.status, Some(2 | 4)), "{path}: {done:?}");
        assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
    }
}
