//! Decisions of the design that show at the command line, each test named after its row. (Those that show inside a
//! simulation are in `tests/tests/decisions.rs`.)

use crate::harness::Folder;

#[test]
fn missing_module_is_an_error_before_the_run_unless_import_error_is_caught() {
    let rows = [
        ("import numpy\nprint('ran')\n", 2),
        ("def later():\n    import numpy\nprint('ran')\n", 2),
        ("try:\n    import numpy\nexcept ImportError:\n    print('ran')\n", 0),
        ("try:\n    import numpy\nexcept Exception as error:\n    print('ran', type(error).__name__)\n", 0),
        ("try:\n    import numpy\nexcept ValueError:\n    print('ran')\n", 2),
    ];
    for (text, status) in rows {
        let done = Folder::with(&[("p.py", text)]).gilsim(&["run", "-q", "p.py"]);
        assert_eq!(done.status, Some(status), "{text}: {done:?}");
        assert_eq!(done.stdout.starts_with("ran"), status == 0, "{text}: {done:?}");
    }
}

#[test]
fn trace_without_the_flag_is_not_stored() {
    let folder = Folder::with(&[("p.py", "print(1)\n")]);
    assert_eq!(folder.gilsim(&["run", "p.py"]).status, Some(0));
    assert_eq!(folder.names(), ["p.py"]);
}

#[test]
fn trace_records_sync_by_default() {
    let folder = Folder::with(&[("p.py", "import threading\nwith threading.Lock():\n    pass\n")]);
    assert_eq!(folder.gilsim(&["run", "-q", "--trace", "t.giltrace", "p.py"]).status, Some(0));
    let trace = folder.read("t.giltrace");
    assert!(trace.lines().next().is_some_and(|line| line.contains("\"detail\":\"sync\"")), "{trace}");
    assert!(trace.contains("\"lock.acq\"") && !trace.contains("\"k\":\"line\""), "{trace}");
}

#[test]
fn finding_codes_are_printed_with_their_tag() {
    let crossed = "import threading, time
a, b = threading.Lock(), threading.Lock()
def take(one, other):
    with one:
        time.sleep(0.001)
        with other:
            pass
for pair in ((a, b), (b, a)):
    threading.Thread(target=take, args=pair).start()
";
    let own = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n";
    for (text, finding) in [(crossed, "finding: deadlock DEADLOCK "), (own, "finding: deadlock SELF-DEADLOCK ")] {
        let done = Folder::with(&[("p.py", text)]).gilsim(&["run", "p.py"]);
        assert_eq!(done.status, Some(3));
        assert!(done.stderr.lines().any(|line| line.starts_with(finding)), "{finding}: {}", done.stderr);
    }
}

#[test]
fn finding_codes_each_have_a_page() {
    for code in ["DEADLOCK", "SELF-DEADLOCK"] {
        let done = Folder::new().gilsim(&["explain", code]);
        assert_eq!(done.status, Some(0), "{done:?}");
        assert!(done.stdout.contains(code), "{done:?}");
    }
}
