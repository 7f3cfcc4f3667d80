//! From tree to program. A program is a list of words: operation, operands, and jump targets as indices.

use super::parse::parse;
use super::{Greed, Kind, Member, Node, PatternError, Place, Program};

/// Operations; their operands follow.
pub(super) mod op {
    /// The whole pattern matched.
    pub const MATCH: u32 = 0;
    /// A sub-pattern (of a look-around or an atomic group) matched.
    pub const DONE: u32 = 1;
    /// `code`
    pub const CHAR: u32 = 2;
    /// `code`, whatever its case.
    pub const CHAR_FOLD: u32 = 3;
    /// Any character but a newline.
    pub const ANY: u32 = 4;
    /// Any character.
    pub const ALL: u32 = 5;
    /// `negated fold count (kind low high) × count`
    pub const SET: u32 = 6;
    /// `second`: tries what follows, then `second`.
    pub const SPLIT: u32 = 7;
    /// `target`
    pub const JUMP: u32 = 8;
    /// `slot`: notes the position.
    pub const SAVE: u32 = 9;
    /// `group fold`
    pub const AGAIN: u32 = 10;
    /// `group otherwise`
    pub const IF: u32 = 11;
    /// `place`
    pub const AT: u32 = 12;
    /// `negated behind end`: sub-pattern up to `end`; `behind` is 0 ahead, else the width + 1.
    pub const LOOK: u32 = 13;
    /// `end`: sub-pattern up to `end`.
    pub const ATOMIC: u32 = 14;
    /// `register`: begins a loop.
    pub const BEGIN: u32 = 15;
    /// `register min max lazy exit`: one more round or not.
    pub const ROUND: u32 = 16;
    /// `register`: a round begins.
    pub const ENTER: u32 = 17;
    /// `min max greed end`: repeats the one-character operation that follows, which ends at `end`.
    pub const ONES: u32 = 18;
}

/// Words of a program that are accepted.
const WORDS_MAX: usize = 1 << 20;

/// Compiles a pattern.
///
/// # Errors
/// CPython's messages; one that begins with `!` is a ValueError.
pub fn compile(text: &[char], flags: u32, is_str: bool) -> Result<Program, PatternError> {
    let tree = parse(text, flags, is_str)?;
    let mut emit = Emit { words: Vec::new(), registers: 0 };
    emit.node(&tree.node);
    emit.words.push(op::MATCH);
    if emit.words.len() > WORDS_MAX {
        let message = "the pattern is too long".to_owned();
        return Err(PatternError { message, at: None, overflow: true });
    }
    Ok(Program { words: emit.words, groups: tree.groups, names: tree.names, flags: tree.flags })
}

struct Emit {
    words: Vec<u32>,
    registers: u32,
}

impl Emit {
    fn here(&self) -> u32 {
        self.words.len() as u32
    }

    /// A word to be filled in later.
    fn hole(&mut self) -> usize {
        self.words.push(0);
        self.words.len() - 1
    }

    fn fill(&mut self, hole: usize) {
        self.words[hole] = self.here();
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Char { code, fold } => self.words.extend([if *fold { op::CHAR_FOLD } else { op::CHAR }, *code]),
            Node::Any { all } => self.words.push(if *all { op::ALL } else { op::ANY }),
            Node::Set { negated, members, fold } => self.set(*negated, members, *fold),
            Node::Seq(items) => items.iter().for_each(|item| self.node(item)),
            Node::Either(branches) => self.either(branches),
            Node::Group { number, body } => {
                self.words.extend([op::SAVE, number * 2]);
                self.node(body);
                self.words.extend([op::SAVE, number * 2 + 1]);
            }
            Node::Repeat { min, max, greed, body } => self.repeat(*min, *max, *greed, body),
            Node::Again { number, fold } => self.words.extend([op::AGAIN, *number, u32::from(*fold)]),
            Node::At(place) => self.words.extend([op::AT, place_word(*place)]),
            Node::Look { behind, negated, body } => {
                self.words.extend([op::LOOK, u32::from(*negated), behind.map_or(0, |width| width + 1)]);
                self.sub(body);
            }
            Node::Atomic(body) => {
                self.words.push(op::ATOMIC);
                self.sub(body);
            }
            Node::If { number, yes, no } => {
                self.words.extend([op::IF, *number]);
                let otherwise = self.hole();
                self.node(yes);
                self.words.push(op::JUMP);
                let end = self.hole();
                self.fill(otherwise);
                self.node(no);
                self.fill(end);
            }
        }
    }

    /// A sub-pattern after the place for its end.
    fn sub(&mut self, body: &Node) {
        let end = self.hole();
        self.node(body);
        self.words.push(op::DONE);
        self.fill(end);
    }

    fn set(&mut self, negated: bool, members: &[Member], fold: bool) {
        self.words.extend([op::SET, u32::from(negated), u32::from(fold), members.len() as u32]);
        for member in members {
            self.words.extend(match *member {
                Member::Range(low, high) => [0, low, high],
                Member::Kind { kind, negated, ascii } => {
                    let kind = match kind {
                        Kind::Digit => 1,
                        Kind::Space => 2,
                        Kind::Word => 3,
                    };
                    [kind, u32::from(negated), u32::from(ascii)]
                }
            });
        }
    }

    fn either(&mut self, branches: &[Node]) {
        let mut ends = Vec::new();
        for (i, branch) in branches.iter().enumerate() {
            if i + 1 == branches.len() {
                self.node(branch);
                break;
            }
            self.words.push(op::SPLIT);
            let next = self.hole();
            self.node(branch);
            self.words.push(op::JUMP);
            ends.push(self.hole());
            self.fill(next);
        }
        ends.into_iter().for_each(|end| self.fill(end));
    }

    fn repeat(&mut self, min: u32, max: u32, greed: Greed, body: &Node) {
        if matches!(body, Node::Char { .. } | Node::Any { .. } | Node::Set { .. }) {
            self.words.extend([op::ONES, min, max, greed as u32]);
            let end = self.hole();
            self.node(body);
            self.fill(end);
            return;
        }
        let atomic = (greed == Greed::Possessive).then(|| {
            self.words.push(op::ATOMIC);
            self.hole()
        });
        let register = self.registers;
        self.registers += 1;
        self.words.extend([op::BEGIN, register]);
        let test = self.here();
        self.words.extend([op::ROUND, register, min, max, u32::from(greed == Greed::Lazy)]);
        let exit = self.hole();
        self.words.extend([op::ENTER, register]);
        self.node(body);
        self.words.extend([op::JUMP, test]);
        self.fill(exit);
        if let Some(end) = atomic {
            self.words.push(op::DONE);
            self.fill(end);
        }
    }
}

fn place_word(place: Place) -> u32 {
    match place {
        Place::Start => 0,
        Place::LineStart => 1,
        Place::End => 2,
        Place::LineEnd => 3,
        Place::LastEnd => 4,
        Place::Boundary { ascii } => 5 + u32::from(ascii),
        Place::NoBoundary { ascii } => 7 + u32::from(ascii),
    }
}
