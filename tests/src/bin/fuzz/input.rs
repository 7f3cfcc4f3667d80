//! Which text an input number stands for.

use crate::{grammar, mutate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A source of choices; the same seed and number give the same text on every machine.
pub struct Dice(ChaCha8Rng);

impl Dice {
    fn new(seed: u64, number: u64) -> Dice {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(number);
        Dice(random)
    }

    /// A number below `sides`, which is not 0.
    pub fn roll(&mut self, sides: usize) -> usize {
        (self.0.next_u64() % sides as u64) as usize
    }

    /// One of the items.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.roll(items.len())]
    }
}

/// Pieces of Python that a soup is made of; none is needed to be at a sensible place.
#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "if", "else", "elif", "for", "in", "while", "def", "class", "return", "yield", "from", "import", "try", "except",
    "finally", "raise", "with", "as", "lambda", "not", "and", "or", "is", "None", "True", "del", "global", "nonlocal",
    "assert", "pass", "break", "continue", "async", "await", "match", "case", "type", "_", "x", "y", "f", "self",
    "print", "(", ")", "[", "]", "{", "}", ":", ",", ".", ";", "=", "==", "!=", "<", ">", "<=", "+", "-", "*", "**",
    "/", "//", "%", "@", "&", "|", "^", "~", "<<", ">>", "+=", ":=", "->", "...", "\n", "\n    ", "\n        ", "\t",
    "\\\n", "#", "0", "1", "1_000", "0x", "1e", "1e999", "1j", "'", "\"", "'''", "\"\"\"", "'a'", "f'", "f'{x", "}'",
    "rb'", "u'", "b'\\xff'", "\\", "\u{e9}", "\u{2028}", "\u{feff}", "\0", "$", "?", "!", "`", " ", " ", " ",
];

/// Input number `number` of a seed.
pub fn input(seed: u64, number: u64) -> String {
    let dice = &mut Dice::new(seed, number);
    match dice.roll(10) {
        0 => bytes(dice),
        1 | 2 => soup(dice),
        3 | 4 => mutate::mutant(dice),
        _ => grammar::program(dice),
    }
}

fn bytes(dice: &mut Dice) -> String {
    let length = dice.roll(200);
    let bytes: Vec<u8> = (0..length).map(|_| dice.roll(256) as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn soup(dice: &mut Dice) -> String {
    let length = 1 + dice.roll(60);
    let mut text = String::new();
    for _ in 0..length {
        text.push_str(dice.pick(TOKENS));
        if dice.roll(2) == 0 {
            text.push(' ');
        }
    }
    text
}
