//! What a stream can show: width, colour, Unicode.
//!
//! Real properties are asked for only where the stream is a terminal; everywhere else the answer is fixed (100 columns,
//! Unicode, no colour), so that reports in files and pipes are the same on every machine. `NO_COLOR`, `CLICOLOR`,
//! `CLICOLOR_FORCE` and `TERM=dumb` are read by the library `anstream`, as every other tool reads them.

use crate::args::{Color, StyleFlags};

use anstream::ColorChoice;
use gilsim_trace::gantt::Colour;
use std::io::IsTerminal;

/// Columns where no terminal says otherwise.
pub const WIDTH_DEFAULT: usize = 100;
/// Narrower than this nothing useful can be drawn.
const WIDTH_MIN: usize = 40;
const WIDTH_MAX: usize = 1000;

/// What can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terminal {
    /// Columns.
    pub width: usize,
    /// Whether escape sequences for colour may be written.
    pub color: bool,
    /// Whether characters outside ASCII may be written.
    pub unicode: bool,
}

impl Terminal {
    /// How pictures are drawn for it.
    pub fn picture_style(&self) -> gilsim_trace::gantt::Style {
        let colour = match self.color {
            false => Colour::Plain,
            true if anstyle_query::truecolor() => Colour::True,
            true => Colour::Ansi16,
        };
        gilsim_trace::gantt::Style { width: self.width, ascii: !self.unicode, colour }
    }

    /// The terminal behind stderr.
    pub fn of_stderr(style: &StyleFlags) -> Terminal {
        let stream = std::io::stderr();
        let size = terminal_size::terminal_size_of(&stream);
        let unicode = supports_unicode::on(supports_unicode::Stream::Stderr);
        Terminal::new(style, stream.is_terminal(), width(size), unicode, anstream::AutoStream::choice(&stream))
    }

    /// The terminal behind stdout.
    pub fn of_stdout(style: &StyleFlags) -> Terminal {
        let stream = std::io::stdout();
        let size = terminal_size::terminal_size_of(&stream);
        let unicode = supports_unicode::on(supports_unicode::Stream::Stdout);
        Terminal::new(style, stream.is_terminal(), width(size), unicode, anstream::AutoStream::choice(&stream))
    }

    fn new(style: &StyleFlags, is_terminal: bool, width: Option<usize>, unicode: bool, auto: ColorChoice) -> Terminal {
        let width_given = style.width.map(usize::from);
        let real = width.filter(|_| is_terminal).map(|columns| columns.clamp(WIDTH_MIN, WIDTH_MAX));
        Terminal {
            width: width_given.or(real).unwrap_or(WIDTH_DEFAULT),
            color: match style.color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto => auto != ColorChoice::Never,
            },
            unicode: !style.ascii && (unicode || !is_terminal),
        }
    }
}

fn width(size: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<usize> {
    size.map(|(columns, _)| usize::from(columns.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> StyleFlags {
        StyleFlags::default()
    }

    #[test]
    fn what_is_no_terminal_has_fixed_properties() {
        let seen = Terminal::new(&plain(), false, Some(77), false, ColorChoice::Never);
        assert_eq!(seen, Terminal { width: 100, color: false, unicode: true });
    }

    #[test]
    fn a_terminal_is_asked() {
        let seen = Terminal::new(&plain(), true, Some(77), false, ColorChoice::AlwaysAnsi);
        assert_eq!(seen, Terminal { width: 77, color: true, unicode: false });
        assert_eq!(Terminal::new(&plain(), true, Some(3), true, ColorChoice::Never).width, 40);
    }

    #[test]
    fn flags_win() {
        let style = StyleFlags { color: Color::Always, ascii: true, width: Some(60) };
        let seen = Terminal::new(&style, false, None, true, ColorChoice::Never);
        assert_eq!(seen, Terminal { width: 60, color: true, unicode: false });
        let style = StyleFlags { color: Color::Never, ..plain() };
        assert!(!Terminal::new(&style, true, None, true, ColorChoice::AlwaysAnsi).color);
    }
}
