//! Indentation: the columns of open blocks, measured with tabs of 8 and of 1.

use super::LexError;
use crate::source::{Span, codes};

/// CPython's limit on nested blocks.
const LEVELS_MAX: usize = 100;
const TAB_WIDTH: usize = 8;

/// The white space at the start of a line.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    /// Column with tab stops every 8 columns.
    column: usize,
    /// Column with tabs counted as one.
    alternative: usize,
    pub bytes: usize,
}

/// What a line's indentation means.
pub(super) struct Change {
    pub indents: bool,
    pub dedents: usize,
}

/// The columns of the open blocks, outermost first; the module's 0 is not stored.
#[derive(Default)]
pub(super) struct Indentation {
    levels: Vec<(usize, usize)>,
}

impl Indentation {
    pub fn measure(&self, line: &[u8]) -> Measured {
        let mut measured = Measured { column: 0, alternative: 0, bytes: 0 };
        for &byte in line {
            match byte {
                b' ' => {
                    measured.column += 1;
                    measured.alternative += 1;
                }
                b'\t' => {
                    measured.column = (measured.column / TAB_WIDTH + 1) * TAB_WIDTH;
                    measured.alternative += 1;
                }
                b'\x0c' => (measured.column, measured.alternative) = (0, 0),
                _ => break,
            }
            measured.bytes += 1;
        }
        measured
    }

    /// Compares a line with the open blocks.
    pub fn enter(&mut self, line: Measured, span: Span) -> Result<Change, LexError> {
        let inconsistent = || LexError::new(codes::TAB, span, "inconsistent use of tabs and spaces in indentation");
        let (column, alternative) = self.levels.last().copied().unwrap_or((0, 0));
        if line.column == column {
            return if line.alternative == alternative {
                Ok(Change { indents: false, dedents: 0 })
            } else {
                Err(inconsistent())
            };
        }
        if line.column > column {
            if self.levels.len() + 1 >= LEVELS_MAX {
                let message = "too many levels of indentation".to_owned();
                return Err(LexError::new(codes::NESTING, span, message));
            }
            if line.alternative <= alternative {
                return Err(inconsistent());
            }
            self.levels.push((line.column, line.alternative));
            return Ok(Change { indents: true, dedents: 0 });
        }
        let before = self.levels.len();
        while self.levels.last().is_some_and(|&(column, _)| line.column < column) {
            self.levels.pop();
        }
        let (column, alternative) = self.levels.last().copied().unwrap_or((0, 0));
        if line.column != column {
            let message = "unindent does not match any outer indentation level";
            return Err(LexError::new(codes::INDENTATION, span, message));
        }
        if line.alternative != alternative {
            return Err(inconsistent());
        }
        Ok(Change { indents: false, dedents: before - self.levels.len() })
    }

    /// Closes all blocks; how many there were, if any.
    pub fn close(&mut self) -> Option<usize> {
        let count = std::mem::take(&mut self.levels).len();
        (count > 0).then_some(count)
    }
}
