//! Short codes: a schedule in a few letters, without the descriptions.
//!
//! Base 32 (RFC 4648, extended hex alphabet) of: version, points and when timeouts fire in one byte, the profile's number, preemptions, number
//! of threads, runs of picks of one thread (each a LEB128 number that has length and thread), and the last checksum. A
//! code finds out that a program has changed where a thread cannot go on, or else at its end by the checksum; it cannot
//! say what should have happened instead. Schedule files can.

use super::Schedule;
use crate::machine::Points;
use crate::machine::timeouts::Timeouts;
use data_encoding::BASE32HEX_NOPAD;
use gilsim_vm::value::ThreadId;

const VERSION: u8 = 1;

/// Set where timeouts fire in the order of time.
const VIRTUAL: u8 = 8;

/// A schedule without descriptions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// Which steps there were.
    pub points: Points,
    /// When timeouts fired.
    pub timeouts: Timeouts,
    /// The profile, where steps depend on it.
    pub profile: String,
    /// As the search counted them.
    pub preemptions: u32,
    /// Who was picked, in order.
    pub picks: Vec<ThreadId>,
    /// The checksum of all picks.
    pub checksum: u32,
}

/// The code of a schedule.
pub fn encode(schedule: &Schedule) -> String {
    let threads = 1 + schedule.picks.iter().map(|pick| pick.thread.0).max().unwrap_or(0);
    let points = Points::ALL.iter().position(|points| *points == schedule.points).unwrap_or(0) as u8;
    let timeouts = if schedule.timeouts == Timeouts::Virtual { VIRTUAL } else { 0 };
    let mut bytes = vec![VERSION << 4 | timeouts | points];
    bytes.push(schedule.profile.len() as u8);
    bytes.extend(schedule.profile.bytes());
    number(&mut bytes, schedule.preemptions);
    number(&mut bytes, threads);
    let runs = schedule.picks.chunk_by(|one, next| one.thread == next.thread);
    let runs: Vec<u32> = runs.map(|run| (run.len() as u32 - 1) * threads + run[0].thread.0).collect();
    runs.iter().for_each(|run| number(&mut bytes, *run));
    let checksum = schedule.picks.last().map_or(0, |pick| pick.checksum);
    bytes.extend(checksum.to_le_bytes());
    BASE32HEX_NOPAD.encode(&bytes).to_ascii_lowercase()
}

/// Reads a code; none if it is no code of this version.
pub fn decode(text: &str) -> Option<Code> {
    let bytes = BASE32HEX_NOPAD.decode(text.trim().to_ascii_uppercase().as_bytes()).ok()?;
    let (body, checksum) = bytes.split_last_chunk::<4>()?;
    let (&head, body) = body.split_first()?;
    let (&name, body) = body.split_first()?;
    let (name, mut rest) = body.split_at_checked(usize::from(name))?;
    let points = *Points::ALL.get(usize::from(head & (VIRTUAL - 1))).filter(|_| head >> 4 == VERSION)?;
    let timeouts = if head & VIRTUAL == 0 { Timeouts::Free } else { Timeouts::Virtual };
    let preemptions = read_number(&mut rest)?;
    let threads = read_number(&mut rest).filter(|threads| *threads > 0)?;
    let mut picks = Vec::new();
    while !rest.is_empty() {
        let run = read_number(&mut rest)?;
        let len = (run / threads) as usize + 1;
        if picks.len() + len > super::replay::PICKS_MAX {
            return None;
        }
        picks.resize(picks.len() + len, ThreadId(run % threads));
    }
    let profile = String::from_utf8(name.to_vec()).ok()?;
    Some(Code { points, timeouts, profile, preemptions, picks, checksum: u32::from_le_bytes(*checksum) })
}

fn number(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 127 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let (&first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(first & 127).checked_shl(shift)?;
        if first < 128 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::Pick;
    use super::*;

    #[test]
    fn a_code_has_what_the_schedule_has_but_the_descriptions() {
        let threads = [0, 0, 1, 1, 1, 0, 2, 1];
        let pick = |thread: u32| Pick {
            thread: ThreadId(thread),
            candidates: vec![ThreadId(thread), ThreadId(9)],
            deed: String::new(),
            checksum: 0x1234_5678,
            note: String::new(),
        };
        let picks: Vec<Pick> = (0..40).flat_map(|_| threads).map(pick).collect();
        let (points, timeouts) = (Points::Sync, Timeouts::Virtual);
        let schedule = Schedule { points, timeouts, profile: "3.13".to_owned(), preemptions: 300, picks };
        let code = decode(&encode(&schedule)).expect("a code");
        assert_eq!(code.picks, schedule.picks.iter().map(|pick| pick.thread).collect::<Vec<_>>());
        assert_eq!((code.points, code.timeouts), (points, timeouts));
        assert_eq!((code.profile.as_str(), code.preemptions), ("3.13", 300));
        assert_eq!(code.checksum, 0x1234_5678);
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in ["", "race.py", "zzzz", "0", "0000000000000000", "22000000000000000000000000"] {
            assert!(decode(text).is_none_or(|code| code.picks.len() <= 16), "{text}");
        }
    }
}
