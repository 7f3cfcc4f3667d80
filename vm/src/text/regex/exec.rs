//! The matcher: a backtracking machine over a program's words.
//!
//! What can be tried later, and what has to be put back before that, lies on a stack of its own. A sub-pattern (a
//! look-around, an atomic group) runs as a nested call; the parser bounds how deep these nest.

use super::class::{is_kind, same_folded};
use super::emit::op;
use super::{Kind, STEPS_MAX};

/// A text to match: code points by index.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// One byte for each.
    Bytes(&'a [u8]),
    /// Any.
    Chars(&'a [char]),
}

impl Subject<'_> {
    fn at(&self, i: usize) -> u32 {
        match self {
            Subject::Bytes(bytes) => u32::from(bytes[i]),
            Subject::Chars(chars) => chars[i] as u32,
        }
    }
}

/// What a match has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It begins at the start.
    Match,
    /// It is all there is.
    Full,
    /// It lies anywhere.
    Search,
}

/// What lies on the stack.
#[derive(Debug, Clone, Copy)]
enum Entry {
    /// Try from here.
    Branch { pc: usize, at: usize },
    /// Put a slot back.
    Slot { slot: usize, old: i64 },
    /// Put a loop's register back.
    Register { register: usize, old: (u32, i64) },
    /// A repetition of one-character matches that can give one back.
    Fewer { pc: usize, at: usize, least: usize },
    /// A repetition of one-character matches that can take one more.
    More { ones: usize, pc: usize, at: usize, most: usize },
}

/// A match being looked for.
#[derive(Debug)]
pub struct Matcher<'a> {
    words: &'a [u32],
    subject: Subject<'a>,
    end: usize,
    mode: Mode,
    /// A match that is empty here is none.
    not_empty_at: Option<usize>,
    slots: Vec<i64>,
    registers: Vec<(u32, i64)>,
    stack: Vec<Entry>,
    /// Steps made.
    pub steps: u64,
}

/// The pattern takes more steps than are allowed.
#[derive(Debug)]
pub struct TooManySteps;

impl<'a> Matcher<'a> {
    /// A matcher for a text up to `end`; the program has so many groups.
    pub fn new(words: &'a [u32], groups: usize, subject: Subject<'a>, end: usize) -> Matcher<'a> {
        Matcher {
            words,
            subject,
            end,
            mode: Mode::Match,
            not_empty_at: None,
            slots: vec![-1; groups * 2 + 3],
            registers: Vec::new(),
            stack: Vec::new(),
            steps: 0,
        }
    }

    /// Looks for a match from `start` on. Start and end of the match and of each group, then the last group closed (0:
    /// none); -1 for groups without part in it.
    ///
    /// # Errors
    /// `TooManySteps`
    pub fn find(&mut self, start: usize, mode: Mode, not_empty: bool) -> Result<Option<Vec<i64>>, TooManySteps> {
        self.mode = mode;
        self.not_empty_at = not_empty.then_some(start);
        let first = match self.words {
            [op::CHAR, code, ..] if mode == Mode::Search => Some(*code),
            _ => None,
        };
        let mut at = start;
        while at <= self.end {
            self.steps += 1;
            if first.is_some_and(|code| at < self.end && self.subject.at(at) != code) {
                at += 1;
                continue;
            }
            self.slots.fill(-1);
            self.stack.clear();
            if let Some(end) = self.run(0, at, 0)? {
                self.slots[0] = at as i64;
                self.slots[1] = end as i64;
                let last = self.slots.len() - 1;
                self.slots[last] = self.slots[last].max(0);
                return Ok(Some(self.slots.clone()));
            }
            if mode != Mode::Search {
                break;
            }
            at += 1;
        }
        Ok(None)
    }

    fn save(&mut self, slot: usize, value: i64) {
        self.stack.push(Entry::Slot { slot, old: self.slots[slot] });
        self.slots[slot] = value;
    }

    fn set_register(&mut self, register: usize, value: (u32, i64)) {
        if register >= self.registers.len() {
            self.registers.resize(register + 1, (0, -1));
        }
        self.stack.push(Entry::Register { register, old: self.registers[register] });
        self.registers[register] = value;
    }

    /// Runs from a place of the program; gives the position where it (or the sub-pattern) ended. Entries of the stack
    /// above `floor` are its own.
    fn run(&mut self, pc: usize, at: usize, floor: usize) -> Result<Option<usize>, TooManySteps> {
        let (mut pc, mut at) = (pc, at);
        loop {
            self.steps += 1;
            if self.steps > STEPS_MAX {
                return Err(TooManySteps);
            }
            let next = match self.words[pc] {
                op::MATCH => {
                    let short = self.mode == Mode::Full && at != self.end;
                    if !short && self.not_empty_at != Some(at) {
                        return Ok(Some(at));
                    }
                    None
                }
                op::DONE => return Ok(Some(at)),
                op::CHAR | op::CHAR_FOLD | op::ANY | op::ALL | op::SET => {
                    let fits = at < self.end && self.fits(pc, self.subject.at(at));
                    fits.then(|| (pc + self.length(pc), at + 1))
                }
                _ => self.step(pc, at)?,
            };
            match next.or_else(|| self.back(floor)) {
                Some(next) => (pc, at) = next,
                None => return Ok(None),
            }
        }
    }

    fn word(&self, i: usize) -> usize {
        self.words[i] as usize
    }

    /// An operation that is not about one character: where to go on, or None where it fails.
    fn step(&mut self, pc: usize, at: usize) -> Result<Option<(usize, usize)>, TooManySteps> {
        Ok(match self.words[pc] {
            op::SPLIT => {
                self.stack.push(Entry::Branch { pc: self.word(pc + 1), at });
                Some((pc + 2, at))
            }
            op::JUMP => Some((self.word(pc + 1), at)),
            op::SAVE => {
                let slot = self.word(pc + 1);
                self.save(slot, at as i64);
                if slot % 2 == 1 {
                    let last = self.slots.len() - 1;
                    self.save(last, (slot / 2) as i64);
                }
                Some((pc + 2, at))
            }
            op::AGAIN => self.again(self.word(pc + 1), self.words[pc + 2] == 1, at).map(|at| (pc + 3, at)),
            op::IF => {
                let closed = self.slots[self.word(pc + 1) * 2 + 1] >= 0;
                Some((if closed { pc + 3 } else { self.word(pc + 2) }, at))
            }
            op::AT => self.is_at(self.words[pc + 1], at).then_some((pc + 2, at)),
            op::LOOK => {
                let (negated, behind, end) = (self.words[pc + 1] == 1, self.word(pc + 2), self.word(pc + 3));
                let found = match at.checked_sub(behind.saturating_sub(1)) {
                    Some(start) => self.sub(pc + 4, start, !negated)?.is_some(),
                    None => false,
                };
                (found != negated).then_some((end, at))
            }
            op::ATOMIC => self.sub(pc + 2, at, true)?.map(|at| (self.word(pc + 1), at)),
            op::BEGIN => {
                self.set_register(self.word(pc + 1), (0, -1));
                Some((pc + 2, at))
            }
            op::ROUND => Some((self.round(pc, at), at)),
            op::ENTER => {
                let register = self.word(pc + 1);
                let (count, _) = self.registers[register];
                self.set_register(register, (count.saturating_add(1), at as i64));
                Some((pc + 2, at))
            }
            op::ONES => self.ones(pc, at),
            _ => None,
        })
    }

    /// Runs a sub-pattern. What it could still try is forgotten; what it changed stays, to be put back later, if `keep`.
    fn sub(&mut self, pc: usize, at: usize, keep: bool) -> Result<Option<usize>, TooManySteps> {
        let floor = self.stack.len();
        // Whether a match may be empty, and where it has to end, does not concern a sub-pattern: it ends at DONE.
        let found = self.run(pc, at, floor)?;
        if found.is_some() && !keep {
            while self.stack.len() > floor {
                self.undo();
            }
        }
        let mut kept = floor;
        for i in floor..self.stack.len() {
            if matches!(self.stack[i], Entry::Slot { .. } | Entry::Register { .. }) {
                self.stack[kept] = self.stack[i];
                kept += 1;
            }
        }
        self.stack.truncate(kept);
        Ok(found)
    }

    fn undo(&mut self) -> Option<Entry> {
        let entry = self.stack.pop()?;
        match entry {
            Entry::Slot { slot, old } => self.slots[slot] = old,
            Entry::Register { register, old } => self.registers[register] = old,
            _ => {}
        }
        Some(entry)
    }

    /// Goes back to the last place where something else can be tried.
    fn back(&mut self, floor: usize) -> Option<(usize, usize)> {
        while self.stack.len() > floor {
            match self.undo()? {
                Entry::Slot { .. } | Entry::Register { .. } => {}
                Entry::Branch { pc, at } => return Some((pc, at)),
                Entry::Fewer { pc, at, least } => {
                    if at > least + 1 {
                        self.stack.push(Entry::Fewer { pc, at: at - 1, least });
                    }
                    return Some((pc, at - 1));
                }
                Entry::More { ones, pc, at, most } => {
                    if at < most && at < self.end && self.fits(ones, self.subject.at(at)) {
                        self.stack.push(Entry::More { ones, pc, at: at + 1, most });
                        return Some((pc, at + 1));
                    }
                }
            }
        }
        None
    }

    fn round(&mut self, pc: usize, at: usize) -> usize {
        let (min, max) = (self.words[pc + 2], self.words[pc + 3]);
        let (body, exit) = (pc + 6, self.word(pc + 5));
        let (count, last) = self.registers[self.word(pc + 1)];
        if count < min {
            return body;
        }
        if count >= max || last == at as i64 {
            return exit;
        }
        let (first, second) = if self.words[pc + 4] == 1 { (exit, body) } else { (body, exit) };
        self.stack.push(Entry::Branch { pc: second, at });
        first
    }

    fn ones(&mut self, pc: usize, at: usize) -> Option<(usize, usize)> {
        let (min, max, greed) = (self.word(pc + 1), self.word(pc + 2), self.words[pc + 3]);
        let (body, exit) = (pc + 5, self.word(pc + 4));
        let room = self.end - at;
        let most = at + if self.words[pc + 2] == super::MANY { room } else { room.min(max) };
        let least = at.checked_add(min)?;
        let wanted = if greed == super::Greed::Lazy as u32 { least } else { most };
        let mut reached = at;
        while reached < wanted.min(most) && self.fits(body, self.subject.at(reached)) {
            reached += 1;
        }
        self.steps += (reached - at) as u64 / 4;
        if reached < least {
            return None;
        }
        if greed == super::Greed::Greedy as u32 && reached > least {
            self.stack.push(Entry::Fewer { pc: exit, at: reached, least });
        }
        if greed == super::Greed::Lazy as u32 {
            self.stack.push(Entry::More { ones: body, pc: exit, at: reached, most });
        }
        Some((exit, reached))
    }

    /// Words of a one-character operation.
    fn length(&self, pc: usize) -> usize {
        match self.words[pc] {
            op::CHAR | op::CHAR_FOLD => 2,
            op::SET => 4 + 3 * self.word(pc + 3),
            _ => 1,
        }
    }

    /// Whether a character fits a one-character operation.
    fn fits(&self, pc: usize, code: u32) -> bool {
        match self.words[pc] {
            op::CHAR => self.words[pc + 1] == code,
            op::CHAR_FOLD => same_folded(self.words[pc + 1], code),
            op::ANY => code != u32::from(b'\n'),
            op::ALL => true,
            op::SET => {
                let members = &self.words[pc + 4..pc + 4 + 3 * self.word(pc + 3)];
                let mut found = is_in(members, code);
                if !found && self.words[pc + 2] == 1 {
                    found = is_in(members, super::class::lower(code)) || is_in(members, super::class::upper(code));
                }
                found != (self.words[pc + 1] == 1)
            }
            _ => false,
        }
    }

    fn again(&self, group: usize, fold: bool, at: usize) -> Option<usize> {
        let (start, end) = (self.slots[group * 2], self.slots[group * 2 + 1]);
        if start < 0 || end < start {
            return None;
        }
        let width = (end - start) as usize;
        if at + width > self.end {
            return None;
        }
        let same = |i: usize| {
            let (a, b) = (self.subject.at(start as usize + i), self.subject.at(at + i));
            a == b || fold && same_folded(a, b)
        };
        (0..width).all(same).then_some(at + width)
    }

    fn is_at(&self, place: u32, at: usize) -> bool {
        const NEWLINE: u32 = b'\n' as u32;
        let is_word = |i: usize, ascii: bool| i < self.end && is_kind(Kind::Word, ascii, self.subject.at(i));
        let boundary = |ascii: bool| (at > 0 && is_word(at - 1, ascii)) != is_word(at, ascii);
        match place {
            0 => at == 0,
            1 => at == 0 || self.subject.at(at - 1) == NEWLINE,
            2 => at == self.end,
            3 => at == self.end || self.subject.at(at) == NEWLINE,
            4 => at == self.end || at + 1 == self.end && self.subject.at(at) == NEWLINE,
            5 => boundary(false),
            6 => boundary(true),
            7 => self.end > 0 && !boundary(false),
            _ => self.end > 0 && !boundary(true),
        }
    }
}

fn is_in(members: &[u32], code: u32) -> bool {
    members.chunks_exact(3).any(|member| match member {
        [0, low, high] => *low <= code && code <= *high,
        [kind, negated, ascii] => {
            let kind = match kind {
                1 => Kind::Digit,
                2 => Kind::Space,
                _ => Kind::Word,
            };
            is_kind(kind, *ascii == 1, code) != (*negated == 1)
        }
        _ => false,
    })
}
