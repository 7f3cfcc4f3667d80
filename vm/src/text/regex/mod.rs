//! Regular expressions as CPython's `re` has them: parser, program, matcher.
//!
//! `parse` reads a pattern into a tree with CPython's messages, `emit` makes a program of words of it, `exec` runs the
//! program by backtracking with a stack of its own, so that neither deep nesting nor long texts use the host's stack.
//! The work of one match is bounded by [`STEPS_MAX`]. Missing: `LOCALE` for letters outside ASCII, and full case folding.

mod class;
mod emit;
mod exec;
mod parse;

pub use emit::compile;
pub use exec::{Matcher, Mode, Subject};

/// Steps of one call after which the matcher gives up.
pub const STEPS_MAX: u64 = 200_000_000;

/// Flags, with CPython's values.
pub mod flags {
    /// `re.IGNORECASE`
    pub const IGNORECASE: u32 = 2;
    /// `re.LOCALE`
    pub const LOCALE: u32 = 4;
    /// `re.MULTILINE`
    pub const MULTILINE: u32 = 8;
    /// `re.DOTALL`
    pub const DOTALL: u32 = 16;
    /// `re.UNICODE`
    pub const UNICODE: u32 = 32;
    /// `re.VERBOSE`
    pub const VERBOSE: u32 = 64;
    /// `re.ASCII`
    pub const ASCII: u32 = 256;
}

/// A pattern that is wrong: message and position in code points; `overflow`: OverflowError instead of `re.error`.
#[derive(Debug, Clone, PartialEq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// Where, if anywhere.
    pub at: Option<usize>,
    /// The class is OverflowError.
    pub overflow: bool,
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// The words of the program.
    pub words: Vec<u32>,
    /// Groups, the whole match not counted.
    pub groups: u32,
    /// Names of groups, in the order of their numbers.
    pub names: Vec<(String, u32)>,
    /// The flags, those of the pattern's text included.
    pub flags: u32,
}

/// A kind of character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Digit,
    Space,
    Word,
}

/// A member of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Member {
    Range(u32, u32),
    Kind { kind: Kind, negated: bool, ascii: bool },
}

/// A place between characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Start,
    LineStart,
    End,
    LineEnd,
    LastEnd,
    Boundary { ascii: bool },
    NoBoundary { ascii: bool },
}

/// How eager a repetition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// What a repetition may repeat without bound.
pub(crate) const MANY: u32 = u32::MAX;

/// A pattern as a tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Char { code: u32, fold: bool },
    Any { all: bool },
    Set { negated: bool, members: Vec<Member>, fold: bool },
    Seq(Vec<Node>),
    Either(Vec<Node>),
    Group { number: u32, body: Box<Node> },
    Repeat { min: u32, max: u32, greed: Greed, body: Box<Node> },
    Again { number: u32, fold: bool },
    At(Place),
    Look { behind: Option<u32>, negated: bool, body: Box<Node> },
    Atomic(Box<Node>),
    If { number: u32, yes: Box<Node>, no: Box<Node> },
}
