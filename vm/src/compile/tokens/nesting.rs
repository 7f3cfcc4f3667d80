//! A bound on how deeply the syntax tree of a text is nested, from its tokens alone.
//!
//! The parser accepts any depth; every later stage walks the tree recursively. So before parsing, tokens that can add a
//! level are weighed per bracket, from the last comma or line on. The sum over the open brackets is at least the depth of
//! the tree. A long list is no problem, a long sum is. The weights are such that one kind of chain alone is refused about
//! where CPython 3.13 gives up (its parser's stack of 6,000 levels, its compiler's recursion limit of 10,000).

use super::{Kind, LexError, Scanner, Token};
use crate::source::{SourceFile, codes};

/// Weight of the deepest expression that is compiled.
const WEIGHT_MAX: u32 = 30_000;
/// Left-associative operators, attributes, calls and subscripts: 10,000 of them.
const LEFT: u32 = 3;
/// Prefix operators and `if`: 6,000 of them.
const PREFIX: u32 = 5;
/// `lambda` and `**`: 3,000 of them.
const HEAVY: u32 = 10;

/// Words that stand before an operand.
const BEFORE_OPERAND: &[&str] = &[
    "and", "assert", "await", "case", "elif", "else", "for", "from", "if", "in", "is", "lambda", "not", "or", "return",
    "while", "yield",
];

/// One open bracket, or the statement itself.
#[derive(Default)]
struct Level {
    /// What was opened since the last comma.
    weight: u32,
    /// Open lambdas: the weight before each, and whether its parameters are being read.
    lambdas: Vec<(u32, bool)>,
    /// The last token ended an operand, so that an operator is a binary one.
    after_operand: bool,
}

/// Reads all tokens of a file; the result is the weight of its deepest expression.
///
/// # Errors
/// The first text that is no token, or the first expression that is nested too deeply.
pub(in crate::compile) fn check(source: &SourceFile) -> Result<u32, LexError> {
    let mut levels = vec![Level::default()];
    let (mut total, mut deepest) = (0_u32, 0);
    for token in Scanner::new(source) {
        let token = token?;
        match token.kind {
            Kind::Newline => {
                levels.truncate(1);
                levels[0] = Level::default();
                total = 0;
                continue;
            }
            Kind::Close | Kind::FStringEnd if levels.len() > 1 => {
                total -= levels.pop().map_or(0, |level| level.weight);
                levels.last_mut().expect("the statement's level stays").after_operand = true;
                continue;
            }
            _ => {}
        }
        let level = levels.last_mut().expect("the statement's level stays");
        let before = level.weight;
        level.read(token, token.text(&source.text));
        total = total - before + level.weight;
        deepest = deepest.max(total);
        if matches!(token.kind, Kind::Open | Kind::FStringStart) {
            levels.push(Level::default());
        }
        if total > WEIGHT_MAX {
            let message = "too many nested expressions";
            return Err(LexError::new(codes::NESTING, token.span(), message));
        }
    }
    Ok(deepest)
}

impl Level {
    /// Weighs one token.
    fn read(&mut self, token: Token, text: &str) {
        match token.kind {
            Kind::Open | Kind::FStringStart => self.weight += LEFT,
            Kind::Operator => {
                match text {
                    "," => self.comma(),
                    ";" => *self = Level::default(),
                    ":" => self.colon(),
                    "=" | "==" | "!=" | "<" | ">" | "<=" | ">=" => {}
                    "**" => self.weight += HEAVY,
                    _ => self.weight += if self.after_operand { LEFT } else { PREFIX },
                }
                self.after_operand = false;
            }
            Kind::Name => {
                match text {
                    "lambda" => {
                        self.lambdas.push((self.weight, true));
                        self.weight += HEAVY;
                    }
                    "not" | "if" | "for" | "await" | "yield" => self.weight += PREFIX,
                    _ => {}
                }
                self.after_operand = BEFORE_OPERAND.binary_search(&text).is_err();
            }
            _ => self.after_operand = true,
        }
    }

    /// A comma ends what stands before it, and the bodies of lambdas, but not their parameters.
    fn comma(&mut self) {
        while self.lambdas.last().is_some_and(|lambda| !lambda.1) {
            self.lambdas.pop();
        }
        self.weight = self.lambdas.last().map_or(0, |lambda| lambda.0 + HEAVY);
    }

    /// A colon may end the parameters of the innermost lambda that still reads them.
    fn colon(&mut self) {
        let reading = self.lambdas.last_mut().filter(|lambda| lambda.1);
        if let Some(lambda) = reading {
            lambda.1 = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Flavour;

    fn problem(text: &str) -> Option<String> {
        check(&SourceFile::new("m", "m.py", text, Flavour::User)).err().map(|error| error.message)
    }

    #[test]
    fn words_are_sorted() {
        assert!(BEFORE_OPERAND.is_sorted());
    }

    #[test]
    fn wide_is_not_deep() {
        let wide = [
            format!("x = [{}]", "1 + 2, ".repeat(50_000)),
            format!("x = [{}]", "lambda a, b: a, ".repeat(50_000)),
            "x = f(1).y[2]\n".repeat(50_000),
            format!("f({})", "a=1, ".repeat(50_000)),
            format!("x = {{{}}}", "1: -2, ".repeat(50_000)),
            format!("x = a{}", " and a".repeat(50_000)),
            format!("x = a{}", " < a".repeat(50_000)),
            format!("x = {}1", "x = ".repeat(50_000)),
        ];
        assert!(wide.iter().all(|text| problem(text).is_none()));
    }

    /// The longest chains of one kind; CPython 3.13 accepts 9,996, 5,966 and 2,983 or so.
    #[test]
    fn chains_end_where_cpython_gives_up() {
        let chains: &[(&str, &str, &str, usize)] = &[
            ("x = 1", " + 1", "", 10_000),
            ("x", ".a", "", 10_000),
            ("x", "()", "", 10_000),
            ("x", "[0]", "", 10_000),
            ("x = ", "not ", "1", 6_000),
            ("x = ", "- ", "1", 6_000),
            ("x = ", "1 if 1 else ", "1", 6_000),
            ("x = ", "lambda: ", "1", 3_000),
            ("x = ", "lambda a, b: ", "1", 3_000),
            ("x = 1", " ** 1", "", 3_000),
        ];
        for (before, link, after, most) in chains {
            let chain = |count| format!("{before}{}{after}", link.repeat(count));
            assert_eq!(problem(&chain(*most)), None, "{link}");
            assert_eq!(problem(&chain(most + 1)).as_deref(), Some("too many nested expressions"), "{link}");
        }
    }

    #[test]
    fn brackets_and_blocks_have_cpythons_limits() {
        let blocks = |count| (0..count).map(|level| format!("{}if 1:\n", " ".repeat(level))).collect::<String>();
        let fstrings = |count| "f'{".repeat(count);
        let table = [
            ("(".repeat(201), "too many nested parentheses"),
            ("[{(".repeat(67), "too many nested parentheses"),
            (blocks(101), "too many levels of indentation"),
            (fstrings(151), "too many nested f-strings"),
        ];
        for (text, message) in table {
            assert_eq!(problem(&text).as_deref(), Some(message));
        }
        assert_eq!(problem(&format!("{}{}", "(".repeat(200), ")".repeat(200))), None);
        assert_eq!(problem(&blocks(100)), None);
    }
}
