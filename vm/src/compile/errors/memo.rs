//! What the rules of the grammar came to at each token: the memory of a packrat parser.
//!
//! Few rules are tried at one token, so those of each are a short list, searched from its end.

/// By token: the rule, in its pass, and where its match ends.
pub(super) struct Memo(Vec<Vec<(u32, Option<usize>)>>);

impl Memo {
    /// Nothing known, for so many tokens.
    pub(super) fn new(tokens: usize) -> Memo {
        Memo(vec![Vec::new(); tokens + 1])
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.0.iter_mut().for_each(Vec::clear);
    }

    /// What a rule came to at a token, if it was tried there.
    pub(super) fn get(&self, rule: usize, second_pass: bool, at: usize) -> Option<Option<usize>> {
        let key = key(rule, second_pass);
        self.0.get(at)?.iter().rev().find(|(of, _)| *of == key).map(|(_, end)| *end)
    }

    /// Notes what a rule came to; a later note takes the place of an earlier one.
    pub(super) fn set(&mut self, rule: usize, second_pass: bool, at: usize, end: Option<usize>) {
        let key = key(rule, second_pass);
        let Some(known) = self.0.get_mut(at) else { return };
        match known.iter_mut().rev().find(|(of, _)| *of == key) {
            Some(entry) => entry.1 = end,
            None => known.push((key, end)),
        }
    }
}

fn key(rule: usize, second_pass: bool) -> u32 {
    (rule * 2 + usize::from(second_pass)) as u32
}
