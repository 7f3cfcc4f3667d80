//! Reads `grammar.peg` into rules that refer to each other by number.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One step of an alternative.
#[derive(Debug)]
pub(super) enum Item {
    /// A keyword or operator.
    Token(&'static str),
    /// A word that is a keyword here only.
    Soft(&'static str),
    /// Any token of a kind, by the grammar's name of it.
    Kind(&'static str),
    Rule(usize),
    Group(Vec<Alternative>),
    Optional(Box<Item>),
    /// At least so many.
    Repeat(Box<Item>, usize),
    /// Items with a separator between them.
    Gather(Box<Item>, Box<Item>),
    /// Look ahead for it, or for its absence.
    Ahead(Box<Item>, bool),
    Cut,
    /// Its absence is an error.
    Forced(&'static str),
    /// What an action looks at.
    Named(u8, Box<Item>),
}

/// Items in sequence; what to do when all have matched.
#[derive(Debug, Default)]
pub(super) struct Alternative {
    pub items: Vec<Item>,
    pub action: Option<&'static str>,
}

/// A rule: the first alternative that matches counts.
#[derive(Debug)]
pub(super) struct Rule {
    pub alternatives: Vec<Alternative>,
    /// An alternative begins with the rule itself.
    pub is_recursive: bool,
    /// For the second pass only.
    pub is_invalid: bool,
}

/// All rules.
#[derive(Debug)]
pub(super) struct Grammar {
    pub rules: Vec<Rule>,
    numbers: BTreeMap<&'static str, usize>,
}

impl Grammar {
    /// The number of a rule.
    pub fn rule(&self, name: &str) -> usize {
        *self.numbers.get(name).expect("the grammar has the rule")
    }
}

const KINDS: &[&str] = &[
    "NAME",
    "NUMBER",
    "STRING",
    "NEWLINE",
    "INDENT",
    "DEDENT",
    "ENDMARKER",
    "FSTRING_START",
    "FSTRING_MIDDLE",
    "FSTRING_END",
    "SOFT_KEYWORD",
];

/// The grammar of the language.
pub(super) static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| read(include_str!("grammar.peg")));

fn read(text: &'static str) -> Grammar {
    let lines: Vec<(&str, &str)> =
        text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": ")).collect();
    let numbers: BTreeMap<&'static str, usize> = lines.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
    let rules = lines.iter().enumerate().map(|(number, (name, body))| {
        let mut reader = Reader { rest: body, numbers: &numbers };
        let alternatives = reader.alternatives();
        let starts_with = |rule: usize| {
            alternatives.iter().any(|a| matches!(a.items.first(), Some(Item::Rule(first)) if *first == rule))
        };
        Rule { is_recursive: starts_with(number), is_invalid: name.starts_with("invalid_"), alternatives }
    });
    let rules = rules.collect();
    Grammar { rules, numbers }
}

struct Reader<'a> {
    rest: &'static str,
    numbers: &'a BTreeMap<&'static str, usize>,
}

impl Reader<'_> {
    fn skip(&mut self, prefix: &str) -> bool {
        self.rest = self.rest.trim_start_matches(' ');
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut all = vec![];
        loop {
            let mut one = Alternative::default();
            while let Some(item) = self.item() {
                one.items.push(item);
            }
            if self.skip("@") {
                one.action = Some(self.word());
            }
            all.push(one);
            if !self.skip("|") {
                return all;
            }
        }
    }

    fn word(&mut self) -> &'static str {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn quoted(&mut self, quote: char) -> &'static str {
        let (text, rest) = self.rest.split_once(quote).expect("a closed quote");
        self.rest = rest;
        text
    }

    /// An item with its suffix; nothing at the end of an alternative.
    fn item(&mut self) -> Option<Item> {
        if self.skip("~") {
            return Some(Item::Cut);
        }
        if self.skip("&&") {
            let quoted = self.skip("'");
            assert!(quoted, "a token is required");
            return Some(Item::Forced(self.quoted('\'')));
        }
        if self.skip("&") {
            return Some(Item::Ahead(Box::new(self.item()?), true));
        }
        if self.skip("!") {
            return Some(Item::Ahead(Box::new(self.item()?), false));
        }
        let atom = self.atom()?;
        if self.rest.starts_with('.') {
            self.rest = &self.rest[1..];
            let item = self.atom().expect("an item to gather");
            self.rest = self.rest.strip_prefix('+').expect("one or more");
            return Some(Item::Gather(Box::new(atom), Box::new(item)));
        }
        type Make = fn(Box<Item>) -> Item;
        let suffixes: [(&str, Make); 3] =
            [("?", Item::Optional), ("*", |item| Item::Repeat(item, 0)), ("+", |item| Item::Repeat(item, 1))];
        for (suffix, make) in suffixes {
            if let Some(rest) = self.rest.strip_prefix(suffix) {
                self.rest = rest;
                return Some(make(Box::new(atom)));
            }
        }
        Some(atom)
    }

    fn atom(&mut self) -> Option<Item> {
        if self.skip("'") {
            return Some(Item::Token(self.quoted('\'')));
        }
        if self.skip("\"") {
            return Some(Item::Soft(self.quoted('"')));
        }
        if self.skip("(") {
            let group = self.alternatives();
            let closed = self.skip(")");
            assert!(closed, "a closed group");
            return Some(Item::Group(group));
        }
        let word = self.word();
        if word.is_empty() {
            return None;
        }
        if self.rest.starts_with('=') {
            self.rest = &self.rest[1..];
            return Some(Item::Named(word.as_bytes()[0], Box::new(self.item()?)));
        }
        if let Some(kind) = KINDS.iter().find(|kind| **kind == word) {
            return Some(Item::Kind(kind));
        }
        Some(Item::Rule(*self.numbers.get(word).unwrap_or_else(|| panic!("no rule {word}"))))
    }
}
