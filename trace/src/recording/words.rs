//! The words of the file format for the enumerations of the event vocabulary, in both directions.
//!
//! Words that the vocabulary holds as `&'static str` (names of instructions, operations and choices) are interned when a
//! recording is read: each distinct word is kept for the life of the process, at most [`WORDS_MAX`] of them and at most
//! [`WORD_BYTES_MAX`] bytes each, so that a hostile file cannot grow memory; beyond that a word reads as `"?"`.

use gilsim_scheduler::event::{DropReason, ObjectKind, WakeCause};
use std::collections::BTreeSet;
use std::sync::Mutex;

const WORDS_MAX: usize = 2048;
const WORD_BYTES_MAX: usize = 64;
static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The word with a static lifetime.
pub(super) fn intern(word: &str) -> &'static str {
    let mut words = WORDS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = words.get(word) {
        return known;
    }
    if words.len() >= WORDS_MAX || word.len() > WORD_BYTES_MAX {
        return "?";
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}

/// The value among `all` that `word` names.
fn find<T: Copy>(all: &[T], name: fn(T) -> &'static str, word: &str) -> Option<T> {
    all.iter().copied().find(|value| name(*value) == word)
}

/// Word of a drop reason.
pub(crate) fn drop_reason(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Request => "request",
        DropReason::Block => "block",
        DropReason::Native => "native",
        DropReason::Exit => "exit",
        DropReason::Ticks => "ticks",
    }
}

/// Drop reason of a word.
pub(super) fn drop_reason_of(word: &str) -> Option<DropReason> {
    find(&ALL_DROP_REASONS, drop_reason, word)
}
const ALL_DROP_REASONS: [DropReason; 5] =
    [DropReason::Request, DropReason::Block, DropReason::Native, DropReason::Exit, DropReason::Ticks];

/// Word of a wake cause.
pub(crate) fn wake_cause(cause: WakeCause) -> &'static str {
    match cause {
        WakeCause::Released => "released",
        WakeCause::Put => "put",
        WakeCause::Ended => "ended",
        WakeCause::Timeout => "timeout",
        WakeCause::Done => "done",
    }
}

/// Wake cause of a word.
pub(super) fn wake_cause_of(word: &str) -> Option<WakeCause> {
    find(&ALL_WAKE_CAUSES, wake_cause, word)
}
const ALL_WAKE_CAUSES: [WakeCause; 5] =
    [WakeCause::Released, WakeCause::Put, WakeCause::Ended, WakeCause::Timeout, WakeCause::Done];

/// Word of an object kind.
pub(crate) fn object_kind(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Lock => "lock",
        ObjectKind::RLock => "rlock",
        ObjectKind::Waiter => "waiter",
        ObjectKind::SimpleQueue => "simple-queue",
        ObjectKind::ThreadHandle => "thread-handle",
    }
}

/// Object kind of a word.
pub(super) fn object_kind_of(word: &str) -> Option<ObjectKind> {
    find(&ALL_OBJECT_KINDS, object_kind, word)
}
const ALL_OBJECT_KINDS: [ObjectKind; 5] =
    [ObjectKind::Lock, ObjectKind::RLock, ObjectKind::Waiter, ObjectKind::SimpleQueue, ObjectKind::ThreadHandle];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_word_and_back() {
        for value in ALL_DROP_REASONS {
            assert_eq!(drop_reason_of(drop_reason(value)), Some(value));
        }
        for value in ALL_WAKE_CAUSES {
            assert_eq!(wake_cause_of(wake_cause(value)), Some(value));
        }
        for value in ALL_OBJECT_KINDS {
            assert_eq!(object_kind_of(object_kind(value)), Some(value));
        }
        assert_eq!(drop_reason_of("nonsense"), None);
    }

    #[test]
    fn interned_words_are_shared_and_capped_in_length() {
        assert_eq!(intern("LOAD_GLOBAL"), "LOAD_GLOBAL");
        assert!(std::ptr::eq(intern("LOAD_FAST"), intern("LOAD_FAST")));
        assert_eq!(intern(&"x".repeat(65)), "?");
    }
}
