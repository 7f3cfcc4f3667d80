//! What reports call a lock: the name that the program will have for it, guessed when it is made.

use crate::machine::Machine;
use gilsim_scheduler::outcome::Outcome;

/// The name of the lock that a program takes twice: its last line makes it `made`.
fn name_of(program: &str, made: &str) -> String {
    let text = format!("import threading, queue\n{program}\nmade = {made}\nmade.acquire()\nmade.acquire()\n");
    let ran = Machine::new("3.13", &text).run();
    let Outcome::Deadlock(graph) = &ran.outcome else { panic!("{text}: {:?}", ran.outcome) };
    graph.waiting[0].object_name.clone().unwrap_or_default()
}

#[test]
fn a_lock_has_the_name_of_the_variable_attribute_or_item_that_gets_it() {
    let account = "class Account:\n    def __init__(self):\n        self.lock = threading.Lock()\n";
    let rows = [
        ("lock = threading.Lock()", "lock", "lock"),
        ("forks = [threading.Lock() for _ in range(3)]", "forks[2]", "forks[2]"),
        ("locks = {}\nlocks['a'] = threading.Lock()", "locks['a']", "locks['a']"),
        // An object that is being made has the name that it will have.
        ("a, b = Account(), Account()", "a.lock", "a.lock"),
        ("a, b = Account(), Account()", "b.lock", "b.lock"),
        ("accounts = [Account() for _ in range(3)]", "accounts[1].lock", "accounts[1].lock"),
        ("accounts = [Account(), Account()]", "accounts[1].lock", "accounts[1].lock"),
        (
            "class Bank:\n    def __init__(self):\n        self.main = Account()\nbank = Bank()",
            "bank.main.lock",
            "bank.main.lock",
        ),
        // One that goes elsewhere first, or is made by a method, has the name of its class.
        ("def same(x):\n    return x\na = same(Account())", "a.lock", "Account.lock"),
        (
            "class Late:\n    def start(self):\n        self.lock = threading.Lock()\nlate = Late()\nlate.start()",
            "late.lock",
            "Late.lock",
        ),
    ];
    for (program, made, name) in rows {
        assert_eq!(name_of(&format!("{account}{program}"), made), name, "{program}");
    }
}

#[test]
fn a_function_of_the_library_that_passes_a_lock_on_does_not_show() {
    let program = "class Account:\n    def __init__(self):\n        self.lock = threading.RLock()\na = Account()\nrlock = threading.RLock()\n\
                   def take(lock):\n    lock.acquire()\n";
    for (made, name) in [("a.lock", "a.lock"), ("rlock", "rlock")] {
        let take =
            format!("{program}other = threading.Thread(target=take, args=({made},))\nother.start()\nother.join()");
        assert_eq!(name_of(&take, made), name, "{made}");
    }
}
