//! The registry of diagnostic codes: one row per code, with the long text that `gilsim explain CODE` prints.
//!
//! A code never changes its meaning and is never reused. GS00xx: the text is not Python. GS01xx: Python that gilsim does
//! not run. GS02xx: modules. GS09xx: limits of the compiler.

/// A stable code `GSnnnn`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DiagnosticCode(pub u16);

impl std::fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GS{:04}", self.0)
    }
}

impl DiagnosticCode {
    /// The row of this code.
    ///
    /// # Panics
    /// If the code has no row, which a test rules out for the constants of this module.
    pub fn info(self) -> &'static CodeInfo {
        CODES.iter().find(|row| row.code == self).expect("every diagnostic code has a row in CODES")
    }

    /// Reads `GS0112`, in any case, with or without leading zeros.
    pub fn parse(text: &str) -> Option<DiagnosticCode> {
        let digits = text.strip_prefix("GS").or_else(|| text.strip_prefix("gs"))?;
        let code = DiagnosticCode(digits.parse().ok()?);
        CODES.iter().any(|row| row.code == code).then_some(code)
    }
}

/// What is known about a code.
#[derive(Debug)]
pub struct CodeInfo {
    /// The code.
    pub code: DiagnosticCode,
    /// Short name for lists.
    pub title: &'static str,
    /// The exception class that CPython would raise for it, where there is one.
    pub exception: Option<&'static str>,
    /// The page of `gilsim explain`.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal, $title:literal, $exception:expr, $text:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: DiagnosticCode = DiagnosticCode($number);)+
        /// All codes, ascending.
        pub static CODES: &[CodeInfo] = &[
            $(CodeInfo { code: $name, title: $title, exception: $exception, explanation: $text }),+
        ];
    };
}

codes! {
    /// The text does not follow Python's grammar, or breaks a rule that CPython's compiler checks.
    SYNTAX = 1, "syntax error", Some("SyntaxError"),
        "The file is not valid Python 3.13. The message is the one that CPython 3.13 prints; the marked text is where the \
         problem was noticed, which can be after the place where it was made (a missing bracket is noticed at the end of \
         the file, a missing comma at the next word).\n\nExample:\n\n    def f()\n        return 1\n\n\
         CPython and gilsim both say `expected ':'`.";
    /// A line is indented in a way that no block allows.
    INDENTATION = 2, "indentation error", Some("IndentationError"),
        "A line stands further left or right than the block it would belong to. All lines of a block start at the same \
         column.\n\nExample:\n\n    if x:\n    print(x)        # expected an indented block after 'if' statement on line 1";
    /// Tabs and spaces are mixed so that the indentation depends on the width of a tab.
    TAB = 3, "inconsistent tabs and spaces", Some("TabError"),
        "Two lines of one block are indented with different mixtures of tabs and spaces, so that their order depends on \
         how wide a tab is. Use spaces only.";
    /// A string literal that CPython accepts with a warning.
    INVALID_ESCAPE = 4, "invalid escape sequence", Some("SyntaxWarning"),
        "A backslash in a string literal stands before a character that has no escape meaning. CPython keeps the \
         backslash and prints a SyntaxWarning. Write `\\\\` or a raw string.";
    /// An expression whose meaning is probably not what was meant; CPython prints a SyntaxWarning.
    SUSPICIOUS = 5, "suspicious expression", Some("SyntaxWarning"),
        "The code is valid, but almost certainly not what was meant: `is` with a literal, an `assert` on a tuple (always \
         true), a call or subscript of a literal. CPython prints the same SyntaxWarning and goes on.";

    /// `async def`, `await`, `async for`, `async with`, asynchronous comprehensions.
    ASYNC = 112, "async and await", None,
        "`async` and `await` are not supported. Coroutines of one event loop run on one thread: the GIL never changes \
         hands between them, so there is nothing for gilsim to show. Model concurrent handlers with \
         `threading.Thread`, `queue.Queue` or `concurrent.futures.ThreadPoolExecutor`.";
    /// A string literal with a lone surrogate (`\ud800`).
    LONE_SURROGATE = 114, "lone surrogate in a string", None,
        "A string literal holds a lone surrogate (`\\ud800` to `\\udfff`). CPython can store such strings; gilsim's \
         strings are sequences of Unicode scalar values. Use bytes, or the character itself (`\\U0001f600`).";
    /// Template strings (PEP 750), which Python 3.13 does not have.
    TEMPLATE_STRING = 115, "template string", Some("SyntaxError"),
        "Template strings (`t\"…\"`) came with Python 3.14; gilsim's language is Python 3.13. Use an f-string.";

    /// A module that gilsim does not have.
    MODULE = 201, "module not supported", None,
        "The imported module is neither one of gilsim's library modules nor a file beside the program. `gilsim explain \
         library` lists what there is. If the program can do without the module, put the import in a `try` with \
         `except ImportError`: then the import raises ModuleNotFoundError when the program runs.";
    /// A name that a supported module does not have yet.
    MODULE_MEMBER = 202, "module member not supported", None,
        "The module is supported, but not this member of it. COMPATIBILITY.md lists what each module has.";

    /// The program is nested too deeply.
    NESTING = 901, "nested too deeply", Some("SyntaxError"),
        "Brackets, blocks or operators are nested more deeply than the compiler accepts. CPython has the same kind of \
         limits (200 brackets, 100 levels of indentation, 20 nested blocks); expressions may be nested 3,000 deep \
         here. Generated programs should build a list and loop over it.";
    /// A number, function or file is too large.
    TOO_LARGE = 902, "too large", None,
        "The file, a function in it or a literal is larger than the compiler accepts. The message says which limit.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_have_text() {
        assert!(CODES.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(CODES.iter().all(|row| row.explanation.len() > 40 && !row.title.is_empty()));
    }

    #[test]
    fn codes_print_and_parse() {
        assert_eq!(ASYNC.to_string(), "GS0112");
        assert_eq!(DiagnosticCode::parse("gs0112"), Some(ASYNC));
        assert_eq!(DiagnosticCode::parse("GS9999"), None);
        assert_eq!(DiagnosticCode::parse("0112"), None);
        assert_eq!(ASYNC.info().title, "async and await");
    }
}
