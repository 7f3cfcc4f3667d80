//! Programs that cannot start: each gets one clear message and status 2.

use crate::harness::{Done, Folder};

/// The message, after the checks that hold for all of them.
fn refused(done: Done) -> String {
    assert_eq!((done.status, done.stdout.as_str()), (Some(2), ""), "{done:?}");
    assert!(done.stderr.starts_with("error"), "{done:?}");
    done.stderr
}

#[test]
fn files_that_are_no_programs() {
    let folder = Folder::with(&[("package/__main__.py", "print(1)\n"), ("nul.py", "x = 1\ny = '\0'\n")]);
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    folder.write("latin.py", b"# -*- coding: latin-1 -*-\nname = '\xe9'\n");
    folder.write("bytes.py", b"a = 1\nb = '\xff\xfe'\n");
    folder.write("cookie.py", "# coding: cp1252\nname = 'é'\n".as_bytes());
    let cases: &[(&str, &str)] = &[
        ("missing.py", "error: cannot read `missing.py`: no such file or directory\n"),
        ("nul.py/x.py", "error: cannot read `nul.py/x.py`: a part of the path is not a directory\n"),
        ("empty", "error: cannot read `empty`: it is a directory\n"),
        (
            "package",
            "error: cannot read `package`: it is a directory\n  = help: name the file to run: package/__main__.py\n",
        ),
        ("nul.py", "error: `nul.py` is not a Python program: NUL byte at line 2, column 6\n"),
        (
            "bytes.py",
            "error: `bytes.py` is not UTF-8: byte 0xff at line 2, column 6\n  = help: save the file as UTF-8\n",
        ),
        (
            "latin.py",
            "error: `latin.py` is not UTF-8: byte 0xe9 at line 2, column 9\n  = help: the file declares the encoding \
             `latin-1`; gilsim reads UTF-8 only\n",
        ),
        (
            "cookie.py",
            "error: `cookie.py` declares the encoding `cp1252`; gilsim reads UTF-8 only\n  = help: save the file as \
             UTF-8 and remove the declaration\n",
        ),
        ("no\u{1b}[31m.py", "error: cannot read `no\\u{1b}[31m.py`: no such file or directory\n"),
    ];
    for (file, message) in cases {
        assert_eq!(refused(folder.gilsim(&["check", file])), *message, "{file}");
    }
}

#[test]
fn a_file_without_end_is_refused() {
    if cfg!(unix) {
        let message = refused(Folder::new().gilsim(&["check", "/dev/zero"]));
        assert_eq!(message, "error: `/dev/zero` is too large: source files may have 32 MiB\n");
    }
}

#[test]
fn members_and_packages_of_later_are_errors_with_their_place() {
    let guarded = "try:\n    from os import fork\nexcept ImportError:\n    print('no fork')\n";
    let folder = Folder::with(&[
        ("pool.py", "from concurrent.futures import Future, ProcessPoolExecutor\n"),
        ("bar.py", "from tqdm import tqdm\n"),
        ("processes.py", "import multiprocessing as mp\nprint(mp.cpu_count())\np = mp.Process(target=print)\n"),
        (
            "threads.py",
            "import multiprocessing as mp\nfrom multiprocessing.dummy import Process\nprint(mp.cpu_count(), Process.__name__)\n",
        ),
        ("guarded.py", guarded),
    ]);
    let pool = refused(folder.gilsim(&["run", "pool.py"]));
    assert!(pool.contains("error[GS0201]: not supported yet: `ProcessPoolExecutor` of `concurrent.futures`"), "{pool}");
    assert!(pool.contains("pool.py:1:6"), "{pool}");
    let bar = refused(folder.gilsim(&["run", "bar.py"]));
    assert!(bar.contains("error[GS0201]: module not supported yet: `tqdm`"), "{bar}");
    let processes = refused(folder.gilsim(&["run", "processes.py"]));
    assert!(processes.contains("not supported yet: `Process` of `multiprocessing`"), "{processes}");
    assert!(processes.contains("processes.py:3:8"), "{processes}");
    assert_eq!(folder.gilsim(&["run", "-q", "threads.py"]).stdout, "4 DummyProcess\n");
    assert_eq!(folder.gilsim(&["run", "-q", "guarded.py"]).stdout, "no fork\n");
}

#[test]
fn missing_modules_are_errors_with_their_place() {
    let program = "import threading\nimport numpy, treading\ndef f():\n    import ssl\n    from helper import x\n";
    let folder =
        Folder::with(&[("program.py", program), ("helper.py", "from . import y\nimport asyncio.events\nx = 1\n")]);
    let message = refused(folder.gilsim(&["check", "program.py"]));
    for part in [
        "error[GS0201]: no module named `numpy`\n --> program.py:2:8",
        "error[GS0201]: no module named `treading`\n --> program.py:2:15",
        "= help: did you mean `threading`?",
        "error[GS0201]: module not supported yet: `ssl`\n --> program.py:4:12",
        "error[GS0201]: module not supported yet: `asyncio`\n --> helper.py:2:8",
    ] {
        assert!(message.contains(part), "{part} is missing in {message}");
    }
    assert_eq!(message.matches("error[").count(), 4, "{message}");
}

#[test]
fn guarded_imports_and_modules_beside_the_program_are_fine() {
    let program = "\
try:
    import numpy
except ImportError:
    numpy = None
import package.deep.module
from package import sibling, VALUE
import space.inner
__import__(\"package.\" + \"computed\")
";
    let folder = Folder::with(&[
        ("program.py", program),
        ("package/__init__.py", "VALUE = 1\n"),
        ("package/deep/__init__.py", ""),
        ("package/deep/module.py", "from .. import sibling\nfrom . import missing_name\n"),
        ("package/sibling.py", ""),
        ("package/computed.py", ""),
        ("space/inner.py", ""),
    ]);
    let done = folder.gilsim(&["check", "program.py"]);
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (Some(0), "program.py: no problems\n", ""));
}

#[test]
fn problems_for_machines() {
    let folder = Folder::with(&[("program.py", "import numpy\n")]);
    let done = folder.gilsim(&["check", "--format", "json", "program.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(2), ""));
    let value: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(value["format"], "gilsim-diagnostics");
    let problem = &value["diagnostics"][0];
    assert_eq!(problem["code"], "GS0201");
    assert_eq!(problem["span"]["file"], "program.py");
    assert_eq!((&problem["span"]["start"]["line"], &problem["span"]["start"]["column"]), (&1.into(), &8.into()));
}
