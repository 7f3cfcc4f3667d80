//! The parser of patterns: CPython's `re/_parser.py` in behaviour and messages.

mod groups;

use super::flags::{ASCII, DOTALL, IGNORECASE, LOCALE, MULTILINE, UNICODE, VERBOSE};
use super::{Greed, Kind, MANY, Member, Node, PatternError, Place};
use groups::Grouped;
use std::collections::BTreeMap;

/// Nesting of groups that is accepted.
const DEPTH_MAX: u32 = 100;
/// Flags that a group may set for itself.
const LOCAL_FLAGS: u32 = IGNORECASE | LOCALE | MULTILINE | DOTALL | UNICODE | VERBOSE | ASCII;
/// Flags of which one excludes the others.
const TYPE_FLAGS: u32 = ASCII | LOCALE | UNICODE;

type Parsed<T> = Result<T, PatternError>;

/// What a parser knows of a pattern.
pub(super) struct Parser {
    text: Vec<char>,
    at: usize,
    is_str: bool,
    flags: u32,
    pub groups: u32,
    pub names: Vec<(String, u32)>,
    widths: BTreeMap<u32, Option<(u32, u32)>>,
    depth: u32,
    /// Groups that conditions test must exist in the end: number and place.
    tested: Vec<(u32, usize)>,
    behind: u32,
}

/// A parsed pattern and its flags.
pub(super) struct Tree {
    pub node: Node,
    pub flags: u32,
    pub groups: u32,
    pub names: Vec<(String, u32)>,
}

/// Parses a whole pattern.
pub(super) fn parse(text: &[char], flags: u32, is_str: bool) -> Parsed<Tree> {
    let mut parser = Parser::new(text, flags, is_str);
    let node = match parser.whole() {
        Ok(node) => node,
        // `(?x)` changes how the text is read: once more, with it.
        Err(None) => {
            let flags = parser.flags | VERBOSE;
            parser = Parser::new(text, flags, is_str);
            parser.whole().map_err(|error| error.unwrap_or_else(|| parser.error("internal error", 0)))?
        }
        Err(Some(error)) => return Err(error),
    };
    let flags = type_flags(parser.flags, is_str)?;
    Ok(Tree { node, flags, groups: parser.groups, names: parser.names })
}

/// The flags of a pattern of one kind or the other; a message with `!` is a ValueError's.
fn type_flags(flags: u32, is_str: bool) -> Parsed<u32> {
    let both = |a: u32, b: u32| flags & a != 0 && flags & b != 0;
    let wrong = match is_str {
        true if flags & LOCALE != 0 => "!cannot use LOCALE flag with a str pattern",
        true if both(ASCII, UNICODE) => "!ASCII and UNICODE flags are incompatible",
        false if flags & UNICODE != 0 => "!cannot use UNICODE flag with a bytes pattern",
        false if both(ASCII, LOCALE) => "!ASCII and LOCALE flags are incompatible",
        _ => return Ok(if is_str && flags & ASCII == 0 { flags | UNICODE } else { flags }),
    };
    Err(PatternError { message: wrong.to_owned(), at: None, overflow: false })
}

impl Parser {
    fn new(text: &[char], flags: u32, is_str: bool) -> Parser {
        Parser {
            text: text.to_vec(),
            at: 0,
            is_str,
            flags,
            groups: 0,
            names: Vec::new(),
            widths: BTreeMap::new(),
            depth: 0,
            tested: Vec::new(),
            behind: 0,
        }
    }

    fn whole(&mut self) -> Result<Node, Option<PatternError>> {
        let (node, _) = self.alternatives(self.flags, true)?;
        if self.at < self.text.len() {
            return Err(Some(self.error("unbalanced parenthesis", self.at)));
        }
        for (number, at) in &self.tested {
            if *number > self.groups {
                return Err(Some(self.error(&format!("invalid group reference {number}"), *at)));
            }
        }
        Ok(node)
    }

    fn error(&self, message: &str, at: usize) -> PatternError {
        PatternError { message: message.to_owned(), at: Some(at), overflow: false }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn accept(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn is_ascii_kind(&self, flags: u32) -> bool {
        !self.is_str || flags & ASCII != 0
    }

    /// Alternatives up to `)` or the end; also whether there was more than one.
    fn alternatives(&mut self, flags: u32, first: bool) -> Result<(Node, usize), Option<PatternError>> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Some(self.error("the groups are nested too deeply", self.at)));
        }
        let mut branches = vec![self.sequence(flags, first)?];
        while self.accept('|') {
            branches.push(self.sequence(if first { self.flags | flags } else { flags }, false)?);
        }
        self.depth -= 1;
        let count = branches.len();
        let node = if count == 1 { branches.swap_remove(0) } else { Node::Either(branches) };
        Ok((node, count))
    }

    fn sequence(&mut self, flags: u32, first: bool) -> Result<Node, Option<PatternError>> {
        let mut flags = flags;
        let mut items: Vec<Node> = Vec::new();
        while let Some(c) = self.peek() {
            let start = self.at;
            if matches!(c, '|' | ')') {
                break;
            }
            self.at += 1;
            if flags & VERBOSE != 0 {
                if matches!(c, ' ' | '\t'..='\r') {
                    continue;
                }
                if c == '#' {
                    while self.take().is_some_and(|c| c != '\n') {}
                    continue;
                }
            }
            let node = match c {
                '.' => Node::Any { all: flags & DOTALL != 0 },
                '^' => Node::At(if flags & MULTILINE != 0 { Place::LineStart } else { Place::Start }),
                '$' => Node::At(if flags & MULTILINE != 0 { Place::LineEnd } else { Place::LastEnd }),
                '[' => self.set(flags, start)?,
                '\\' => self.escape(flags, start)?,
                '(' => match self.group(flags, start, first && items.is_empty())? {
                    Grouped::Node(node) => node,
                    Grouped::Flags(more) => {
                        flags |= more;
                        continue;
                    }
                    Grouped::Nothing => continue,
                },
                '*' | '+' | '?' | '{' => {
                    if let Some(node) = self.repeat(c, start, &mut items)? {
                        node
                    } else {
                        continue;
                    }
                }
                other => self.char(other as u32, flags),
            };
            items.push(node);
        }
        Ok(if items.len() == 1 { items.swap_remove(0) } else { Node::Seq(items) })
    }

    fn char(&self, code: u32, flags: u32) -> Node {
        Node::Char { code, fold: flags & IGNORECASE != 0 }
    }

    /// `*`, `+`, `?`, `{m,n}` after an item. Some: a brace that is no repetition.
    fn repeat(&mut self, c: char, start: usize, items: &mut Vec<Node>) -> Parsed<Option<Node>> {
        let (min, max) = match c {
            '*' => (0, MANY),
            '+' => (1, MANY),
            '?' => (0, 1),
            _ => {
                let Some(bounds) = self.bounds(start)? else {
                    return Ok(Some(Node::Char { code: c as u32, fold: false }));
                };
                bounds
            }
        };
        match items.last() {
            None | Some(Node::At(_)) => return Err(self.error("nothing to repeat", start)),
            Some(Node::Repeat { .. }) => return Err(self.error("multiple repeat", start)),
            _ => {}
        }
        let greed = match () {
            () if self.accept('?') => Greed::Lazy,
            () if self.accept('+') => Greed::Possessive,
            () => Greed::Greedy,
        };
        let body = Box::new(items.pop().expect("looked at"));
        items.push(Node::Repeat { min, max, greed, body });
        Ok(None)
    }

    fn bounds(&mut self, start: usize) -> Parsed<Option<(u32, u32)>> {
        if self.peek() == Some('}') {
            return Ok(None);
        }
        let number = |parser: &mut Parser| {
            let mut digits = String::new();
            while let Some(c) = parser.peek().filter(char::is_ascii_digit) {
                digits.push(c);
                parser.at += 1;
            }
            digits
        };
        let low = number(self);
        let high = if self.accept(',') { number(self) } else { low.clone() };
        if !self.accept('}') {
            self.at = start + 1;
            return Ok(None);
        }
        let read = |digits: &str, missing: u32| match digits {
            "" => Ok(missing),
            digits => digits.parse::<u32>().ok().filter(|n| *n < MANY).ok_or(PatternError {
                message: "the repetition number is too large".to_owned(),
                at: None,
                overflow: true,
            }),
        };
        let (min, max) = (read(&low, 0)?, read(&high, MANY)?);
        if max < min {
            return Err(self.error("min repeat greater than max repeat", start + 1));
        }
        Ok(Some((min, max)))
    }

    fn set(&mut self, flags: u32, start: usize) -> Parsed<Node> {
        let unterminated = |parser: &Parser| parser.error("unterminated character set", start);
        let negated = self.accept('^');
        let mut members = Vec::new();
        let first = self.at;
        loop {
            let from = self.at;
            let c = self.take().ok_or_else(|| unterminated(self))?;
            if c == ']' && from != first {
                break;
            }
            let low = if c == '\\' { self.set_escape(flags, from)? } else { Member::Range(c as u32, c as u32) };
            if self.peek() != Some('-') {
                members.push(low);
                continue;
            }
            self.at += 1;
            let that = self.at;
            let c = self.take().ok_or_else(|| unterminated(self))?;
            if c == ']' {
                members.extend([low, Member::Range('-' as u32, '-' as u32)]);
                break;
            }
            let high = if c == '\\' { self.set_escape(flags, that)? } else { Member::Range(c as u32, c as u32) };
            match (low, high) {
                (Member::Range(low, _), Member::Range(high, _)) if low <= high => {
                    members.push(Member::Range(low, high))
                }
                _ => {
                    let shown: String = self.text[from..self.at].iter().collect();
                    return Err(self.error(&format!("bad character range {shown}"), from));
                }
            }
        }
        Ok(Node::Set { negated, members, fold: flags & IGNORECASE != 0 })
    }

    fn kind(&self, c: char, flags: u32) -> Option<Member> {
        let kind = match c.to_ascii_lowercase() {
            'd' => Kind::Digit,
            's' => Kind::Space,
            'w' => Kind::Word,
            _ => return None,
        };
        Some(Member::Kind { kind, negated: c.is_ascii_uppercase(), ascii: self.is_ascii_kind(flags) })
    }

    fn set_escape(&mut self, flags: u32, start: usize) -> Parsed<Member> {
        let Some(c) = self.peek() else { return Err(self.error("bad escape (end of pattern)", start)) };
        if let Some(kind) = self.kind(c, flags) {
            self.at += 1;
            return Ok(kind);
        }
        let code = if c == 'b' {
            self.at += 1;
            8
        } else if ('0'..='7').contains(&c) {
            let digits = self.digits(3, 8);
            self.octal(&digits, start)?
        } else {
            self.at += 1;
            self.common_escape(c, start)?
        };
        Ok(Member::Range(code, code))
    }

    /// Up to `most` digits of a base from here on.
    fn digits(&mut self, most: usize, base: u32) -> String {
        let mut out = String::new();
        while out.len() < most
            && let Some(c) = self.peek().filter(|c| c.is_digit(base))
        {
            out.push(c);
            self.at += 1;
        }
        out
    }

    fn octal(&self, digits: &str, start: usize) -> Parsed<u32> {
        let code = u32::from_str_radix(digits, 8).unwrap_or(0);
        if code > 0o377 {
            return Err(self.error(&format!("octal escape value \\{digits} outside of range 0-0o377"), start));
        }
        Ok(code)
    }

    /// Escapes that mean the same inside and outside of sets; the letter has been read.
    fn common_escape(&mut self, c: char, start: usize) -> Parsed<u32> {
        let simple = match c {
            'a' => Some(7),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            _ => None,
        };
        if let Some(code) = simple {
            return Ok(code);
        }
        let width = match c {
            'x' => 2,
            'u' if self.is_str => 4,
            'U' if self.is_str => 8,
            c if c.is_ascii_alphanumeric() => return Err(self.error(&format!("bad escape \\{c}"), start)),
            c => return Ok(c as u32),
        };
        let digits = self.digits(width, 16);
        if digits.len() != width {
            return Err(self.error(&format!("incomplete escape \\{c}{digits}"), start));
        }
        let code = u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX);
        match code > 0x10_ffff {
            true => Err(self.error(&format!("bad escape \\{c}{digits}"), start)),
            false => Ok(code),
        }
    }

    fn escape(&mut self, flags: u32, start: usize) -> Parsed<Node> {
        let Some(c) = self.take() else { return Err(self.error("bad escape (end of pattern)", start)) };
        if let Some(kind) = self.kind(c, flags) {
            return Ok(Node::Set { negated: false, members: vec![kind], fold: false });
        }
        let ascii = self.is_ascii_kind(flags);
        match c {
            'A' => return Ok(Node::At(Place::Start)),
            'Z' => return Ok(Node::At(Place::End)),
            'N' if self.is_str => {
                let message =
                    if self.peek() == Some('{') { "names of characters are not supported" } else { "missing {" };
                return Err(self.error(message, self.at));
            }
            'b' => return Ok(Node::At(Place::Boundary { ascii })),
            'B' => return Ok(Node::At(Place::NoBoundary { ascii })),
            '0' => {
                let code = self.digits(2, 8);
                let code = self.octal(&format!("0{code}"), start)?;
                return Ok(self.char(code, flags));
            }
            '1'..='9' => return self.numbered(c, flags, start),
            _ => {}
        }
        let code = self.common_escape(c, start)?;
        Ok(self.char(code, flags))
    }

    /// `\1`, or three octal digits.
    fn numbered(&mut self, c: char, flags: u32, start: usize) -> Parsed<Node> {
        let mut digits = c.to_string();
        if let Some(second) = self.peek().filter(char::is_ascii_digit) {
            self.at += 1;
            digits.push(second);
            let is_octal = digits.chars().all(|c| c.is_digit(8));
            if let Some(third) = self.peek().filter(|third| is_octal && third.is_digit(8)) {
                self.at += 1;
                digits.push(third);
                let code = self.octal(&digits, start)?;
                return Ok(self.char(code, flags));
            }
        }
        let number: u32 = digits.parse().unwrap_or(u32::MAX);
        if number <= self.groups {
            return self.again(number, flags, start);
        }
        Err(self.error(&format!("invalid group reference {number}"), self.at - digits.len()))
    }

    fn again(&mut self, number: u32, flags: u32, start: usize) -> Parsed<Node> {
        if self.widths.get(&number).copied().flatten().is_none() {
            return Err(self.error("cannot refer to an open group", start));
        }
        if self.behind > 0 && !self.widths.contains_key(&number) {
            return Err(self.error("cannot refer to group defined in the same lookbehind subpattern", start));
        }
        Ok(Node::Again { number, fold: flags & IGNORECASE != 0 })
    }

    /// Least and greatest number of characters a node matches.
    fn width(&self, node: &Node) -> (u32, u32) {
        match node {
            Node::Char { .. } | Node::Any { .. } | Node::Set { .. } => (1, 1),
            Node::At(_) | Node::Look { .. } => (0, 0),
            Node::Seq(items) => items.iter().fold((0, 0), |(low, high), item| {
                let (l, h) = self.width(item);
                (low.saturating_add(l), high.saturating_add(h))
            }),
            Node::Either(branches) => {
                let widths = branches.iter().map(|branch| self.width(branch));
                widths.reduce(|(a, b), (c, d)| (a.min(c), b.max(d))).unwrap_or((0, 0))
            }
            Node::Group { body, .. } | Node::Atomic(body) => self.width(body),
            Node::Repeat { min, max, body, .. } => {
                let (low, high) = self.width(body);
                (low.saturating_mul(*min), high.saturating_mul(*max))
            }
            Node::Again { number, .. } => self.widths.get(number).copied().flatten().unwrap_or((0, MANY)),
            Node::If { yes, no, .. } => {
                let ((a, b), (c, d)) = (self.width(yes), self.width(no));
                (a.min(c), b.max(d))
            }
        }
    }
}
