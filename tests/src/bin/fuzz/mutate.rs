//! Demo programs with pieces moved, doubled, lost or exchanged.

use crate::grammar;
use crate::input::Dice;
use gilsim_demos::demos;

/// A changed demo program.
pub fn mutant(dice: &mut Dice) -> String {
    let mut lines: Vec<String> = demos()
        .nth(dice.roll(demos().count()))
        .expect("below the count")
        .program
        .source
        .lines()
        .map(str::to_owned)
        .collect();
    for _ in 0..1 + dice.roll(4) {
        change(dice, &mut lines);
    }
    lines.join("\n") + "\n"
}

fn change(dice: &mut Dice, lines: &mut Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let (here, there) = (dice.roll(lines.len()), dice.roll(lines.len()));
    match dice.roll(7) {
        0 => lines.swap(here, there),
        1 => lines.insert(here, lines[there].clone()),
        2 => {
            lines.remove(here);
        }
        3 => lines[here] = without_a_piece(dice, &lines[here]),
        4 => lines[here].push_str("    "),
        5 => lines[here] = exchange_a_word(dice, &lines[here]),
        _ => {
            let indent = lines[here].len() - lines[here].trim_start().len();
            let statement = grammar::simple_statement(dice);
            lines.insert(here, " ".repeat(indent) + &statement);
        }
    }
}

fn without_a_piece(dice: &mut Dice, line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let from = dice.roll(letters.len() + 1);
    let to = (from + dice.roll(6)).min(letters.len());
    letters[..from].iter().chain(&letters[to..]).collect()
}

fn exchange_a_word(dice: &mut Dice, line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let here = dice.roll(words.len());
    let other = grammar::expression(dice, 2);
    words.iter().enumerate().map(|(i, word)| if i == here { &other } else { *word }).collect::<Vec<_>>().join(" ")
}
