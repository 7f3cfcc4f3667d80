//! What stands in parentheses: groups with and without names, look-arounds, conditions, flags.

use super::super::flags::{ASCII, DOTALL, IGNORECASE, LOCALE, MULTILINE, UNICODE, VERBOSE};
use super::{LOCAL_FLAGS, Node, Parsed, Parser, PatternError, TYPE_FLAGS};

impl Parser {
    /// The name up to `end`.
    fn name(&mut self, end: char, what: &str) -> Parsed<String> {
        let start = self.at;
        let mut out = String::new();
        loop {
            match self.take() {
                None if out.is_empty() => return Err(self.error(&format!("missing {what}"), start)),
                None => return Err(self.error(&format!("missing {end}, unterminated name"), start)),
                Some(c) if c == end && out.is_empty() => return Err(self.error(&format!("missing {what}"), start)),
                Some(c) if c == end => return Ok(out),
                Some(c) => out.push(c),
            }
        }
    }

    fn checked_name(&self, name: &str, at: usize) -> Parsed<()> {
        if crate::text::str_predicates::is_identifier(name) && (self.is_str || name.is_ascii()) {
            return Ok(());
        }
        let shown = crate::text::str_repr::str_repr(name);
        Err(self.error(&format!("bad character in group name {shown}"), at))
    }

    pub(super) fn group(&mut self, flags: u32, start: usize, first: bool) -> Result<Grouped, Option<PatternError>> {
        let mut number = None;
        let mut inner = flags;
        if self.accept('?') {
            let Some(c) = self.take() else { return Err(Some(self.error("unexpected end of pattern", self.at))) };
            match c {
                'P' => match self.named(flags, start)? {
                    Named::Group(named) => number = Some(named),
                    Named::Node(node) => return Ok(Grouped::Node(node)),
                },
                ':' => {}
                '#' => loop {
                    match self.take() {
                        None => return Err(Some(self.error("missing ), unterminated comment", start))),
                        Some(')') => return Ok(Grouped::Nothing),
                        Some(_) => {}
                    }
                },
                '=' | '!' | '<' => return self.look(c, flags, start).map(Grouped::Node),
                '(' => return self.condition(flags, start).map(Grouped::Node),
                '>' => {
                    let (body, _) = self.alternatives(flags, false)?;
                    self.close(start)?;
                    return Ok(Grouped::Node(Node::Atomic(Box::new(body))));
                }
                c if "aiLmsux-".contains(c) => match self.inline_flags(c, start, first)? {
                    Inline::Global(more) => return Ok(Grouped::Flags(more)),
                    Inline::Local { on, off } => {
                        inner = (if on & TYPE_FLAGS != 0 { flags & !TYPE_FLAGS } else { flags } | on) & !off
                    }
                },
                c => return Err(Some(self.error(&format!("unknown extension ?{c}"), self.at - 2))),
            }
        } else {
            number = Some(self.open_group(None)?);
        }
        let (body, _) = self.alternatives(inner, false)?;
        self.close(start)?;
        let Some(number) = number else { return Ok(Grouped::Node(wrapped(body))) };
        self.widths.insert(number, Some(self.width(&body)));
        Ok(Grouped::Node(Node::Group { number, body: Box::new(body) }))
    }

    fn close(&mut self, start: usize) -> Parsed<()> {
        if self.accept(')') {
            return Ok(());
        }
        Err(self.error("missing ), unterminated subpattern", start))
    }

    fn open_group(&mut self, name: Option<(String, usize)>) -> Parsed<u32> {
        self.groups += 1;
        let number = self.groups;
        if let Some((name, at)) = name {
            if let Some((_, known)) = self.names.iter().find(|(known, _)| *known == name) {
                let shown = crate::text::str_repr::str_repr(&name);
                let message = format!("redefinition of group name {shown} as group {number}; was group {known}");
                return Err(self.error(&message, at));
            }
            self.names.push((name, number));
        }
        self.widths.insert(number, None);
        Ok(number)
    }

    /// After `(?P`.
    fn named(&mut self, flags: u32, start: usize) -> Parsed<Named> {
        match self.take() {
            Some('<') => {
                let at = self.at;
                let name = self.name('>', "group name")?;
                self.checked_name(&name, at)?;
                Ok(Named::Group(self.open_group(Some((name, at)))?))
            }
            Some('=') => {
                let at = self.at;
                let name = self.name(')', "group name")?;
                self.checked_name(&name, at)?;
                let Some((_, number)) = self.names.iter().find(|(known, _)| *known == name) else {
                    let shown = crate::text::str_repr::str_repr(&name);
                    return Err(self.error(&format!("unknown group name {shown}"), at));
                };
                let number = *number;
                self.again(number, flags, at).map(Named::Node)
            }
            Some(c) => Err(self.error(&format!("unknown extension ?P{c}"), start + 1)),
            None => Err(self.error("unexpected end of pattern", self.at)),
        }
    }

    fn look(&mut self, c: char, flags: u32, start: usize) -> Result<Node, Option<PatternError>> {
        let mut c = c;
        let is_behind = c == '<';
        if is_behind {
            match self.take() {
                None => return Err(Some(self.error("unexpected end of pattern", self.at))),
                Some(next @ ('=' | '!')) => c = next,
                Some(other) => return Err(Some(self.error(&format!("unknown extension ?<{other}"), start + 1))),
            }
        }
        self.behind += u32::from(is_behind);
        let (body, _) = self.alternatives(flags, false)?;
        self.behind -= u32::from(is_behind);
        self.close(start)?;
        let behind = match self.width(&body) {
            _ if !is_behind => None,
            (low, high) if low == high => Some(low),
            _ => {
                let message = "look-behind requires fixed-width pattern".to_owned();
                return Err(Some(PatternError { message, at: None, overflow: false }));
            }
        };
        Ok(Node::Look { behind, negated: c == '!', body: Box::new(body) })
    }

    /// After `(?(`.
    fn condition(&mut self, flags: u32, start: usize) -> Result<Node, Option<PatternError>> {
        let at = self.at;
        let name = self.name(')', "group name")?;
        let number = if !name.is_empty() && name.chars().all(|c| c.is_ascii_digit()) {
            let number: u32 = name.parse().unwrap_or(u32::MAX);
            if number == 0 {
                return Err(Some(self.error("bad group number", at)));
            }
            self.tested.push((number, at));
            number
        } else {
            self.checked_name(&name, at)?;
            match self.names.iter().find(|(known, _)| *known == name) {
                Some((_, number)) => *number,
                None => {
                    let shown = crate::text::str_repr::str_repr(&name);
                    return Err(Some(self.error(&format!("unknown group name {shown}"), at)));
                }
            }
        };
        let yes = self.sequence(flags, false)?;
        let mut no = Node::Seq(Vec::new());
        if self.accept('|') {
            no = self.sequence(flags, false)?;
            if self.peek() == Some('|') {
                return Err(Some(self.error("conditional backref with more than two branches", self.at)));
            }
        }
        self.close(start)?;
        Ok(Node::If { number, yes: Box::new(yes), no: Box::new(no) })
    }

    /// `(?i)`, `(?i:`, `(?i-s:`; the first letter was read.
    fn inline_flags(&mut self, c: char, start: usize, first: bool) -> Result<Inline, Option<PatternError>> {
        let (mut on, mut off) = (0, 0);
        let mut c = c;
        while c != '-' {
            let flag = flag_of(c).unwrap_or(0);
            let wrong = match (self.is_str, c) {
                (true, 'L') => Some("bad inline flags: cannot use 'L' flag with a str pattern"),
                (false, 'u') => Some("bad inline flags: cannot use 'u' flag with a bytes pattern"),
                _ => None,
            };
            if let Some(message) = wrong {
                return Err(Some(self.error(message, self.at)));
            }
            on |= flag;
            if flag & TYPE_FLAGS != 0 && on & TYPE_FLAGS != flag {
                let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                return Err(Some(self.error(message, self.at)));
            }
            match self.take() {
                None => return Err(Some(self.error("missing -, : or )", self.at))),
                Some(')') if !first && start > 0 => {
                    return Err(Some(self.error("global flags not at the start of the expression", start)));
                }
                Some(')') => {
                    let is_new_verbose = on & VERBOSE != 0 && self.flags & VERBOSE == 0;
                    self.flags |= on;
                    return if is_new_verbose { Err(None) } else { Ok(Inline::Global(on)) };
                }
                Some(':') => return Ok(Inline::Local { on, off }),
                Some(next) if next == '-' || flag_of(next).is_some() => c = next,
                Some(next) => {
                    let message = if next.is_alphabetic() { "unknown flag" } else { "missing -, : or )" };
                    return Err(Some(self.error(message, self.at - 1)));
                }
            }
        }
        loop {
            match self.take() {
                None => return Err(Some(self.error(if off == 0 { "missing flag" } else { "missing :" }, self.at))),
                Some(':') if off != 0 => break,
                Some(c) => match flag_of(c) {
                    Some(flag) if flag & TYPE_FLAGS != 0 => {
                        let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                        return Err(Some(self.error(message, self.at)));
                    }
                    Some(flag) => off |= flag,
                    None => {
                        let message = match (c.is_alphabetic(), off == 0) {
                            (true, _) => "unknown flag",
                            (false, true) => "missing flag",
                            (false, false) => "missing :",
                        };
                        return Err(Some(self.error(message, self.at - 1)));
                    }
                },
            }
        }
        if on & off != 0 {
            return Err(Some(self.error("bad inline flags: flag turned on and off", self.at - 1)));
        }
        Ok(Inline::Local { on: on & LOCAL_FLAGS, off })
    }
}

/// A group without number that repeats must not look like a repetition: `(?:a*)*` is no "multiple repeat".
fn wrapped(body: Node) -> Node {
    match body {
        Node::Repeat { .. } | Node::At(_) => Node::Either(vec![body]),
        other => other,
    }
}

fn flag_of(c: char) -> Option<u32> {
    Some(match c {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'x' => VERBOSE,
        'a' => ASCII,
        'u' => UNICODE,
        _ => return None,
    })
}

/// What stands in parentheses.
pub(super) enum Grouped {
    Node(Node),
    /// `(?i)`
    Flags(u32),
    /// A comment.
    Nothing,
}

enum Named {
    Group(u32),
    Node(Node),
}

enum Inline {
    Global(u32),
    Local { on: u32, off: u32 },
}
