//! Glyphs, letters and colours of the lanes, and the legend.
//!
//! Colours are Okabe and Ito's (readable with every common colour blindness); a state is never told by colour alone.

use super::Cell;
use crate::fold::State;
use crate::text;

/// Whether and how colours are written; the caller decides, nothing here looks at a terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Colour {
    /// None.
    #[default]
    Plain,
    /// The sixteen colours of the terminal's own palette.
    Ansi16,
    /// 24-bit colours.
    True,
}

/// How text is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Columns of a line.
    pub width: usize,
    /// Only ASCII characters.
    pub ascii: bool,
    /// Colours.
    pub colour: Colour,
}

impl Default for Style {
    fn default() -> Style {
        Style { width: 100, ascii: false, colour: Colour::Plain }
    }
}

/// Look of one sort of cell.
struct Look {
    glyph: char,
    letter: char,
    rgb: (u8, u8, u8),
    ansi: u8,
    words: &'static str,
}

/// Glyphs by eighths of a column.
pub(super) const HEIGHTS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

const EMPTY: Look = Look { glyph: ' ', letter: ' ', rgb: (128, 128, 128), ansi: 39, words: "" };

fn look(cell: Cell) -> Look {
    let look = |glyph, letter, rgb, ansi, words| Look { glyph, letter, rgb, ansi, words };
    match cell {
        Cell::Empty | Cell::State(State::New | State::Done) => EMPTY,
        Cell::State(State::Running) | Cell::Part { .. } => {
            look('█', '#', (0x00, 0x9e, 0x73), 32, State::Running.words())
        }
        Cell::State(State::WantsGil) => look('░', 'w', (0xe6, 0x9f, 0x00), 33, State::WantsGil.words()),
        Cell::State(State::Blocked) => look('▒', 'L', (0xd5, 0x5e, 0x00), 31, State::Blocked.words()),
        Cell::State(State::Sleeping) => look('·', '.', (0x56, 0xb4, 0xe9), 36, State::Sleeping.words()),
        Cell::State(State::Native) => look('▓', 'n', (0x00, 0x72, 0xb2), 34, State::Native.words()),
        Cell::State(State::Switching) => look('│', '|', (128, 128, 128), 39, State::Switching.words()),
        Cell::Finding => look('◆', '!', (0xcc, 0x79, 0xa7), 35, "finding"),
    }
}

/// Paints cells in a style.
pub(super) struct Painter<'a> {
    style: &'a Style,
}

impl<'a> Painter<'a> {
    pub fn new(style: &'a Style) -> Painter<'a> {
        Painter { style }
    }

    /// Whether only ASCII may be used.
    pub fn ascii(&self) -> bool {
        self.style.ascii
    }

    fn glyph(&self, cell: Cell) -> char {
        let look = look(cell);
        match cell {
            Cell::Part { .. } if self.style.ascii => '-',
            Cell::Part { eighths, .. } => HEIGHTS[usize::from(eighths.min(8))],
            _ if self.style.ascii => look.letter,
            _ => look.glyph,
        }
    }

    /// The text in the colour of a cell.
    pub fn coloured(&self, text: &str, cell: Cell) -> String {
        let look = look(cell);
        match self.style.colour {
            _ if cell == Cell::Empty || text.trim().is_empty() => text.to_owned(),
            Colour::Plain => text.to_owned(),
            Colour::Ansi16 => format!("\x1b[{}m{text}\x1b[0m", look.ansi),
            Colour::True => {
                let (red, green, blue) = look.rgb;
                format!("\x1b[38;2;{red};{green};{blue}m{text}\x1b[0m")
            }
        }
    }

    /// Text on the colour of a cell: a name inside a block.
    pub fn inside(&self, text: &str, cell: Cell) -> String {
        let look = look(cell);
        match self.style.colour {
            Colour::Plain => text.to_owned(),
            Colour::Ansi16 => format!("\x1b[30;{}m{text}\x1b[0m", look.ansi + 10),
            Colour::True => {
                let (red, green, blue) = look.rgb;
                format!("\x1b[38;2;0;0;0;48;2;{red};{green};{blue}m{text}\x1b[0m")
            }
        }
    }

    /// A lane.
    pub fn cells(&self, cells: &[Cell]) -> String {
        cells
            .chunk_by(|a, b| a == b)
            .map(|run| self.run(&String::from_iter(run.iter().map(|cell| self.glyph(*cell))), run[0]))
            .collect()
    }

    /// Equal cells; those that run in part stand on the colour of the other state.
    fn run(&self, glyphs: &str, cell: Cell) -> String {
        let Cell::Part { other, .. } = cell else { return self.coloured(glyphs, cell) };
        let (run, other) = (look(cell), look(Cell::State(other)));
        match self.style.colour {
            Colour::Plain => glyphs.to_owned(),
            Colour::Ansi16 => format!("\x1b[{};{}m{glyphs}\x1b[0m", run.ansi, other.ansi + 10),
            Colour::True => {
                let ((r, g, b), (red, green, blue)) = (run.rgb, other.rgb);
                format!("\x1b[38;2;{r};{g};{b};48;2;{red};{green};{blue}m{glyphs}\x1b[0m")
            }
        }
    }

    /// The legend for these cells; `partial`: some columns show a share of time.
    pub fn legend(&self, cells: &[Cell], partial: bool) -> Legend {
        let mut entries: Vec<(String, String)> = cells.iter().map(|cell| self.entry(*cell)).collect();
        if partial {
            let plain = if self.style.ascii { "- runs part of the time" } else { "▄ runs part of the time" };
            let glyph = if self.style.ascii { "-" } else { "▄" };
            let painted = plain.replacen(glyph, &self.coloured(glyph, Cell::State(State::Running)), 1);
            entries.push((plain.to_owned(), painted));
        }
        Legend { entries }
    }

    fn entry(&self, cell: Cell) -> (String, String) {
        let glyph = self.glyph(cell).to_string();
        let words = look(cell).words;
        (format!("{glyph} {words}"), format!("{} {words}", self.coloured(&glyph, cell)))
    }

    /// Columns of a legend with the four common states.
    pub fn full_legend_width(&self) -> usize {
        let cells = [State::Running, State::WantsGil, State::Blocked, State::Sleeping].map(Cell::State);
        self.legend(&cells, false).width()
    }
}

/// What the glyphs mean.
pub(super) struct Legend {
    /// Plain and painted form of each entry.
    entries: Vec<(String, String)>,
}

const GAP: &str = "  ";

impl Legend {
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Columns on one line.
    pub fn width(&self) -> usize {
        self.entries.iter().map(|(plain, _)| text::width(plain) + GAP.len()).sum::<usize>().saturating_sub(GAP.len())
    }

    /// On one line.
    pub fn painted(&self) -> String {
        self.entries.iter().map(|(_, painted)| painted.as_str()).collect::<Vec<_>>().join(GAP)
    }

    /// On as many lines as it takes; an entry wider than the room is left out.
    pub fn lines(&self, columns: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut used = 0;
        for (plain, painted) in &self.entries {
            let wide = text::width(plain);
            if wide > columns {
                continue;
            }
            match lines.last_mut() {
                Some(line) if used + GAP.len() + wide <= columns => {
                    line.push_str(GAP);
                    line.push_str(painted);
                    used += GAP.len() + wide;
                }
                _ => {
                    lines.push(painted.clone());
                    used = wide;
                }
            }
        }
        lines
    }
}
