//! The terminal Gantt: who holds the GIL and what every thread does, as lines of text.
//!
//! Density rule: a column of a thread's lane shows the state that took most of the column's time while the thread was
//! alive (in a tie the one earlier in `PRIORITY`); so a life shorter than a column is still seen, and a column is never
//! the colour of whatever came last. Where a thread runs and waits in turn, faster than columns can show (three columns or
//! more without a state of three quarters), the height of the glyph is the share of time it ran. The GIL lane shows by its
//! height how much of the column the GIL was held, and names the holder inside each block; where holders alternate faster
//! than columns, the block names them together.

mod axis;
mod gil_lane;
mod names;
mod paint;

pub use paint::{Colour, Style};

use crate::fold::{Bins, Column, State, Summary};
use crate::text;
use gilsim_scheduler::event::ThreadId;
use names::Labels;
use paint::Painter;

/// Lanes drawn for single threads unless told otherwise; further threads share one.
pub const LANES_MAX_DEFAULT: usize = 12;
/// Widest column of names.
const NAME_COLUMNS_MAX: usize = 24;
/// The legend stands on the axis line where the plot keeps at least so many columns.
const PLOT_COLUMNS_WITH_LEGEND: usize = 72;

/// Which of two states with equal shares is shown.
const PRIORITY: [State; 6] =
    [State::Running, State::WantsGil, State::Blocked, State::Sleeping, State::Native, State::Switching];

/// What one character of a lane shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cell {
    Empty,
    State(State),
    /// Runs for so many eighths of the column, in turn with the other state.
    Part {
        eighths: u8,
        other: State,
    },
    Finding,
}

/// A place to point at: a thread at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The thread.
    pub thread: ThreadId,
    /// The time, virtual nanoseconds.
    pub time_ns: u64,
}

/// Draws the picture; one string per line, none wider than `style.width`. Empty if no time passed.
pub fn draw(summary: &Summary, bins: &Bins, findings: &[Finding], style: &Style) -> Vec<String> {
    let (from_ns, to_ns) = bins.range_ns();
    if from_ns >= to_ns || summary.threads.is_empty() {
        return Vec::new();
    }
    let plan = Plan::new(summary, bins, style);
    let rows: Vec<(String, Vec<Cell>)> = plan.rows(findings);
    let gil_lanes = plan.gil_lanes();
    let painter = Painter::new(style);
    let in_part = gil_lanes.iter().any(|(_, lane)| lane.has_partial())
        || rows.iter().any(|(_, cells)| cells.iter().any(|cell| matches!(cell, Cell::Part { .. })));
    let legend = painter.legend(&occurring(&rows), in_part);
    let mut lines = Vec::new();
    for (name, lane) in &gil_lanes {
        lines.push(plan.line(name, &lane.paint(&painter)));
    }
    for (name, cells) in &rows {
        lines.push(plan.line(name, &painter.cells(cells)));
    }
    let axis = axis::axis(from_ns, to_ns, plan.columns, style);
    let indent = " ".repeat(plan.name_columns + 1);
    if legend.is_empty() {
        lines.push(format!("{indent}{axis}"));
    } else if plan.legend_on_axis && plan.name_columns + 1 + plan.columns + 3 + legend.width() <= style.width {
        let fill = " ".repeat(plan.columns.saturating_sub(text::width(&axis)) + 3);
        lines.push(format!("{indent}{axis}{fill}{}", legend.painted()));
    } else {
        lines.push(format!("{indent}{axis}"));
        let room = style.width.saturating_sub(plan.name_columns + 1);
        lines.extend(legend.lines(room).iter().map(|line| format!("{indent}{line}")));
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Which lanes there are and how wide everything is.
struct Plan<'a> {
    summary: &'a Summary,
    bins: &'a Bins,
    style: &'a Style,
    /// Threads with a lane of their own.
    lanes: usize,
    name_columns: usize,
    columns: usize,
    legend_on_axis: bool,
}

impl<'a> Plan<'a> {
    fn new(summary: &'a Summary, bins: &'a Bins, style: &'a Style) -> Plan<'a> {
        let lanes = summary.threads.iter().take_while(|thread| (thread.thread.0 as usize) < bins.lanes_max()).count();
        let mut plan = Plan { summary, bins, style, lanes, name_columns: 0, columns: 0, legend_on_axis: false };
        let names = plan.lane_names();
        let widest = names.iter().map(|name| text::width(name)).max().unwrap_or(0).max(3);
        plan.name_columns = widest.min(NAME_COLUMNS_MAX).min(style.width / 3).max(1);
        let room = style.width.saturating_sub(plan.name_columns + 1).max(1);
        let legend = Painter::new(style).full_legend_width() + 3;
        plan.legend_on_axis = room >= PLOT_COLUMNS_WITH_LEGEND + legend;
        plan.columns = if plan.legend_on_axis { room - legend } else { room };
        plan
    }

    fn lane_names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.summary.threads[..self.lanes].iter().map(|thread| thread.name.clone()).collect();
        if self.bins.has_others() {
            names.push(format!("+ {} more", self.summary.thread_count() - self.lanes as u64));
        }
        names
    }

    fn rows(&self, findings: &[Finding]) -> Vec<(String, Vec<Cell>)> {
        let mut rows = Vec::new();
        for (index, name) in self.lane_names().into_iter().enumerate() {
            let lane = self.summary.threads.get(index).filter(|_| index < self.lanes);
            let columns = self.bins.columns(lane.map(|thread| thread.thread.0 as usize), self.columns);
            let mut cells: Vec<Cell> = columns.iter().map(dominant).collect();
            if lane.is_some() {
                mark_turns(&columns, &mut cells);
            }
            for finding in findings {
                let here = match lane {
                    Some(thread) => thread.thread == finding.thread,
                    None => finding.thread.0 as usize >= self.bins.lanes_max(),
                };
                if let Some(cell) = self.column_of(finding.time_ns).filter(|_| here).and_then(|c| cells.get_mut(c)) {
                    *cell = Cell::Finding;
                }
            }
            rows.push((name, cells));
        }
        rows
    }

    fn column_of(&self, time_ns: u64) -> Option<usize> {
        let (from_ns, to_ns) = self.bins.range_ns();
        let within = u128::from(time_ns.checked_sub(from_ns)?);
        let column = within * self.columns as u128 / u128::from(to_ns - from_ns);
        (time_ns <= to_ns).then_some((column as usize).min(self.columns - 1))
    }

    /// The GIL lanes; none for a single thread, whose own lane says the same.
    fn gil_lanes(&self) -> Vec<(String, gil_lane::GilLane)> {
        if self.summary.thread_count() < 2 {
            return Vec::new();
        }
        let (from_ns, to_ns) = self.bins.range_ns();
        let labels = Labels::new(&self.summary.threads[..self.lanes]);
        self.bins
            .interpreters()
            .map(|interpreter| {
                let name = if interpreter == 0 { "GIL".to_owned() } else { format!("GIL {interpreter}") };
                let columns = self.bins.gil_columns(interpreter, self.columns);
                (name, gil_lane::GilLane::new(&columns, to_ns - from_ns, &labels, self.style))
            })
            .collect()
    }

    fn line(&self, name: &str, painted: &str) -> String {
        let mark = if self.style.ascii { '~' } else { '…' };
        format!("{} {painted}", text::fit_left(name, self.name_columns, mark))
    }
}

/// The state a column shows.
fn dominant(column: &Column) -> Cell {
    let mut best = Cell::Empty;
    let mut most_ns = 0;
    for state in PRIORITY {
        let ns = column.state_ns[state.index()];
        if ns > most_ns {
            (best, most_ns) = (Cell::State(state), ns);
        }
    }
    best
}

/// Shows stretches in which the thread runs and waits in turn by the share of time it ran.
fn mark_turns(columns: &[Column], cells: &mut [Cell]) {
    let turns: Vec<Option<Cell>> = columns.iter().map(in_turn).collect();
    let mut start = 0;
    for run in turns.chunk_by(|a, b| a.is_some() == b.is_some()) {
        if run.len() >= 3 {
            let drawn = &mut cells[start..start + run.len()];
            drawn.iter_mut().zip(run).for_each(|(cell, turn)| *cell = turn.unwrap_or(*cell));
        }
        start += run.len();
    }
}

/// For a column in which the thread ran an eighth of its life or more and no state took three quarters of it.
fn in_turn(column: &Column) -> Option<Cell> {
    let share = |state: State| u128::from(column.state_ns[state.index()]);
    let alive: u128 = PRIORITY.iter().map(|state| share(*state)).sum();
    let runs = share(State::Running);
    let other = PRIORITY[1..].iter().copied().max_by_key(|state| share(*state))?;
    let most = runs.max(share(other));
    let eighths = u8::try_from((runs * 8 + alive / 2).checked_div(alive)?).ok()?;
    (most * 4 < alive * 3 && eighths > 0).then_some(Cell::Part { eighths, other })
}

/// The states and findings that occur, in the legend's order.
fn occurring(rows: &[(String, Vec<Cell>)]) -> Vec<Cell> {
    let shows = |cell: &Cell, wanted: &Cell| match cell {
        Cell::Part { other, .. } => Cell::State(*other) == *wanted,
        cell => cell == wanted,
    };
    let states = PRIORITY.iter().map(|state| Cell::State(*state));
    let occurs = |wanted: &Cell| rows.iter().any(|(_, cells)| cells.iter().any(|cell| shows(cell, wanted)));
    states.chain([Cell::Finding]).filter(occurs).collect()
}
