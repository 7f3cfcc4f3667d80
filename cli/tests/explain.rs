//! `explain` and the texts of the demos.

use crate::harness::{Folder, gilsim};

#[test]
fn every_page_in_the_list_can_be_read() {
    let list = gilsim(&["explain"]);
    assert_eq!((list.status, list.stderr.as_str()), (Some(0), ""));
    let names: Vec<&str> = list
        .stdout
        .lines()
        .filter(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for wanted in ["language", "exit-codes", "library", "DEADLOCK", "GS0112", "LIMIT-TIME"] {
        assert!(names.contains(&wanted), "{wanted} is not in {names:?}");
    }
    for name in names {
        let page = gilsim(&["explain", &name.to_lowercase()]);
        assert_eq!((page.status, page.stderr.as_str()), (Some(0), ""), "{name}");
        assert!(page.stdout.starts_with(&format!("{name}: ")), "{name}: {}", page.stdout);
    }
}

#[test]
fn demos_are_listed_and_shown() {
    let list = gilsim(&["demos"]);
    assert_eq!(list.stdout, gilsim(&["demos", "list"]).stdout);
    for chapter in gilsim_demos::COURSE {
        assert!(list.stdout.contains(&format!("{}\n  {} ", chapter.title, chapter.demos[0].name)), "{}", list.stdout);
    }
    for demo in gilsim_demos::demos() {
        assert!(list.stdout.contains(demo.name), "{}", demo.name);
        let shown = gilsim(&["demos", "show", demo.name]);
        assert_eq!((shown.status, shown.stderr.as_str()), (Some(0), ""), "{}", demo.name);
        assert!(shown.stdout.contains(demo.title) && shown.stdout.ends_with(demo.program.source), "{}", demo.name);
        let wide = shown.stdout.lines().find(|line| line.chars().count() > 110);
        assert_eq!(wide, None, "{}", demo.name);
    }
}

#[test]
fn a_copied_demo_is_never_overwritten_unless_asked() {
    let folder = Folder::new();
    let demo = gilsim_demos::find("data-race").expect("it exists");
    let copied = folder.gilsim(&["demos", "copy", "data-race", "sub/folder"]);
    assert_eq!(
        copied.stdout,
        "wrote sub/folder/data_race.py; run it with `gilsim run --python 3.9 sub/folder/data_race.py`\n"
    );
    assert_eq!((copied.status, copied.stderr.as_str()), (Some(0), ""));
    assert_eq!(folder.read("sub/folder/data_race.py"), demo.program.source);
    assert_eq!(folder.gilsim(&["demos", "copy", "data-race", "sub/folder"]).status, Some(0), "the same text again");
    folder.write("sub/folder/data_race.py", b"mine");
    let refused = folder.gilsim(&["demos", "copy", "data-race", "sub/folder"]);
    assert_eq!((refused.status, refused.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        refused.stderr,
        "error: `sub/folder/data_race.py` is there already and differs\n  = help: --force overwrites it\n"
    );
    assert_eq!(folder.read("sub/folder/data_race.py"), "mine");
    assert_eq!(folder.gilsim(&["demos", "copy", "data-race", "sub/folder", "--force"]).status, Some(0));
    assert_eq!(folder.read("sub/folder/data_race.py"), demo.program.source);
}
