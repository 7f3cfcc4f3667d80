//! The GIL lane: blocks of time in which one thread held the GIL, with its name inside.

use super::names::Labels;
use super::paint::{HEIGHTS, Painter};
use super::{Cell, Style};
use crate::duration;
use crate::fold::{GilColumn, State};
use crate::text;

const FULL: u8 = 8;
/// A block of so many columns has no room for a name.
const NARROW_COLUMNS: usize = 3;

/// Who had a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Owner {
    /// Nobody for more than half of it.
    Nobody,
    /// Mostly one thread, by lane.
    Lane(usize),
    /// Several in turn.
    Several,
}

/// Consecutive columns with one owner.
#[derive(Clone, Debug)]
struct Block {
    owner: Owner,
    start: usize,
    length: usize,
    label: String,
}

/// The lane, ready to be painted.
pub(super) struct GilLane {
    /// Eighths of each column in which the GIL was held.
    heights: Vec<u8>,
    blocks: Vec<Block>,
    partial: bool,
}

impl GilLane {
    /// A lane over `span_ns`.
    pub fn new(columns: &[GilColumn], span_ns: u64, labels: &Labels, style: &Style) -> GilLane {
        let heights: Vec<u8> = (0..columns.len()).map(|index| height(columns, index, span_ns)).collect();
        let mut blocks = blocks(&owners(columns, &heights));
        name_blocks(&mut blocks, columns, labels, style);
        let partial = heights.iter().any(|height| (1..FULL - 1).contains(height));
        GilLane { heights, blocks, partial }
    }

    /// Whether some columns are visibly held in part only.
    pub fn has_partial(&self) -> bool {
        self.partial
    }

    /// The lane as text.
    pub fn paint(&self, painter: &Painter) -> String {
        let mut out = String::new();
        for (index, block) in self.blocks.iter().enumerate() {
            let next = self.blocks.get(index + 1).map(|next| next.owner);
            let border = block.owner != Owner::Nobody && next.is_some_and(|next| next != Owner::Nobody);
            let body = block.length - usize::from(border && block.length > 1);
            let before = body.saturating_sub(text::width(&block.label)) / 2;
            let after = body - before - text::width(&block.label);
            out.push_str(&self.fill(block.start, before, painter));
            if !block.label.is_empty() {
                out.push_str(&painter.inside(&block.label, Cell::State(State::Running)));
            }
            out.push_str(&self.fill(block.start + body - after, after, painter));
            if body < block.length {
                out.push(if painter.ascii() { '|' } else { '│' });
            }
        }
        out
    }

    fn fill(&self, start: usize, length: usize, painter: &Painter) -> String {
        let glyph = |height: &u8| match (painter.ascii(), height) {
            (false, height) => HEIGHTS[usize::from(*height)],
            (true, 0) => ' ',
            (true, 1..FULL) => '-',
            (true, _) => '#',
        };
        let glyphs: String = self.heights[start..start + length].iter().map(glyph).collect();
        painter.coloured(&glyphs, Cell::State(State::Running))
    }
}

/// Eighths of a column in which the GIL was held, rounded; at least one if it was held at all. Seven eighths and more count
/// as full, so that the moments of switching do not make a busy lane ragged.
fn height(columns: &[GilColumn], index: usize, span_ns: u64) -> u8 {
    let count = columns.len() as u128;
    let edge = |index: usize| u128::from(span_ns) * index as u128 / count;
    let length = (edge(index + 1) - edge(index)).max(1);
    let busy: u128 = columns[index].holder_ns.iter().map(|ns| u128::from(*ns)).sum();
    let eighths = if busy * 8 >= length * 7 { 8 } else { (busy * 8 + length / 2) / length };
    (eighths.min(u128::from(FULL)) as u8).max(u8::from(busy > 0))
}

/// One thread's share of the held time of a column that makes the column its own: three quarters.
fn owner(column: &GilColumn, height: u8) -> Owner {
    let busy: u64 = column.holder_ns.iter().sum();
    let best = column.holder_ns.iter().enumerate().max_by_key(|(lane, ns)| (**ns, std::cmp::Reverse(*lane)));
    match best {
        Some((lane, ns)) if height >= FULL / 2 && busy > 0 => {
            if u128::from(*ns) * 4 >= u128::from(busy) * 3 {
                Owner::Lane(lane)
            } else {
                Owner::Several
            }
        }
        _ => Owner::Nobody,
    }
}

/// The owner of every column. A border between two blocks may fall inside a column: one or two shared columns go to the
/// thread that had most of them.
fn owners(columns: &[GilColumn], heights: &[u8]) -> Vec<Owner> {
    let mut owners: Vec<Owner> = columns.iter().zip(heights).map(|(column, height)| owner(column, *height)).collect();
    let mut start = 0;
    while start < owners.len() {
        let length = owners[start..].iter().take_while(|owner| **owner == owners[start]).count();
        if owners[start] == Owner::Several && length <= 2 {
            for index in start..start + length {
                let lanes = columns[index].holder_ns.iter().enumerate();
                let best = lanes.max_by_key(|(lane, ns)| (**ns, std::cmp::Reverse(*lane)));
                owners[index] = best.map_or(Owner::Nobody, |(lane, _)| Owner::Lane(lane));
            }
        }
        start += length;
    }
    owners
}

/// Blocks too narrow to be told apart, where at least three follow each other, become one of several owners.
fn blocks(owners: &[Owner]) -> Vec<Block> {
    let mut start = 0;
    let single: Vec<Block> = owners
        .chunk_by(|a, b| a == b)
        .map(|run| {
            let block = Block { owner: run[0], start, length: run.len(), label: String::new() };
            start += run.len();
            block
        })
        .collect();
    let narrow = |block: &Block| block.owner != Owner::Nobody && block.length <= NARROW_COLUMNS;
    let mut blocks = Vec::new();
    for run in single.chunk_by(|a, b| narrow(a) && narrow(b)) {
        if run.len() >= 3 {
            let length = run.iter().map(|block| block.length).sum();
            blocks.push(Block { owner: Owner::Several, start: run[0].start, length, label: String::new() });
        } else {
            blocks.extend_from_slice(run);
        }
    }
    blocks
}

/// Columns a name may take in a block: the border on its right stays.
fn room(block: &Block) -> usize {
    block.length.saturating_sub(1)
}

fn name_blocks(blocks: &mut [Block], columns: &[GilColumn], labels: &Labels, style: &Style) {
    let lanes = columns.first().map_or(0, |column| column.holder_ns.len());
    for lane in 0..lanes {
        let rooms: Vec<usize> = blocks.iter().filter(|b| b.owner == Owner::Lane(lane)).map(room).collect();
        if rooms.is_empty() {
            continue;
        }
        let names = labels.choose(lane, &rooms);
        for block in blocks.iter_mut().filter(|b| b.owner == Owner::Lane(lane)) {
            block.label = fitting(&names, room(block));
        }
    }
    for block in blocks.iter_mut().filter(|block| block.owner == Owner::Several) {
        let shared = shared_names(&columns[block.start..block.start + block.length], labels, style);
        block.label = fitting(&shared, room(block));
    }
}

/// The first name that leaves a filled column on either side, or the last if it fits at all; with spaces around it where
/// filled columns remain beyond them.
fn fitting(names: &[String], room: usize) -> String {
    let last = names.last().filter(|name| text::width(name) <= room);
    match names.iter().find(|name| text::width(name) + 2 <= room).or(last) {
        Some(name) if text::width(name) + 4 <= room => format!(" {name} "),
        Some(name) => name.clone(),
        None => String::new(),
    }
}

/// Names for a stretch in which several threads held the GIL in turn, longest first.
fn shared_names(columns: &[GilColumn], labels: &Labels, style: &Style) -> Vec<String> {
    let lanes = columns.first().map_or(0, |column| column.holder_ns.len());
    let mut totals: Vec<(u64, usize)> =
        (0..lanes).map(|lane| (columns.iter().map(|column| column.holder_ns[lane]).sum(), lane)).collect();
    let all: u64 = totals.iter().map(|(ns, _)| ns).sum();
    // Threads with less than a twentieth of the time are not worth a name.
    totals.retain(|(ns, _)| u128::from(*ns) * 20 >= u128::from(all) && *ns > 0);
    let switches: u64 = columns.iter().map(|column| column.switches).sum();
    let (turns, dot) = if style.ascii { (" <> ", ", ") } else { (" ⇄ ", " · ") };
    let others = totals.iter().any(|(_, lane)| *lane + 1 == lanes);
    let who = match totals.len() {
        0..=3 if !others => totals.iter().map(|(_, lane)| labels.shortest(*lane)).collect::<Vec<_>>().join(turns),
        _ => "threads in turn".to_owned(),
    };
    let how_often = format!("{} switches", duration::count(switches));
    vec![format!("{who}{dot}{how_often}"), who, how_often]
}
