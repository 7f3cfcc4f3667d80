//! The picture of a run in bounded memory: time in equal bins, each with the share of every state.
//!
//! There are [`BINS`] bins. They begin one nanosecond wide; whenever the run outgrows them, neighbours are added up and
//! the width doubles, so at the end between half and all of them are in use, however long the run was. The first
//! `lanes_max` threads have a lane each, all others share one. [`Bins::columns`] divides the used bins among the columns of
//! a display, in proportion where a bin lies across a border: the error is at most one bin at each border.

use super::State;
use super::sink::{GilSpan, Sink, StateSpan};
use gilsim_scheduler::event::ThreadId;
use std::collections::BTreeMap;

/// Number of bins.
pub const BINS: usize = 1024;
/// GIL lanes kept; further interpreters are not drawn.
const GIL_LANES_MAX: usize = 16;

/// Time in each state within one column, by [`State::index`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Column {
    /// Nanoseconds per state.
    pub state_ns: [u64; State::COUNT],
}

/// Time of each holder within one column.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GilColumn {
    /// Nanoseconds per lane; the last is all threads beyond the lanes.
    pub holder_ns: Vec<u64>,
    /// Takes within the column by another thread than the holder before.
    pub switches: u64,
}

/// See the module's text.
#[derive(Clone, PartialEq, Debug)]
pub struct Bins {
    /// Width of a bin is `1 << shift` nanoseconds.
    shift: u32,
    /// Start of the first bin, virtual time.
    from_ns: u64,
    /// Nothing after this is drawn.
    to_ns: u64,
    /// End of the last interval seen.
    end_ns: u64,
    lanes_max: usize,
    lanes: Vec<Lane>,
    others: Lane,
    others_seen: bool,
    gils: BTreeMap<u32, Vec<GilColumn>>,
    last_holders: BTreeMap<u32, ThreadId>,
}

impl Bins {
    /// Bins for a whole run.
    pub fn new(lanes_max: usize) -> Bins {
        Bins::window(lanes_max, 0, u64::MAX)
    }

    /// Bins for the part of a run between two times.
    pub fn window(lanes_max: usize, from_ns: u64, to_ns: u64) -> Bins {
        Bins {
            shift: 0,
            from_ns,
            to_ns: to_ns.max(from_ns),
            end_ns: from_ns,
            lanes_max,
            lanes: Vec::new(),
            others: Lane::default(),
            others_seen: false,
            gils: BTreeMap::new(),
            last_holders: BTreeMap::new(),
        }
    }

    /// First and last moment of the picture.
    pub fn range_ns(&self) -> (u64, u64) {
        (self.from_ns, self.end_ns)
    }

    /// Lanes for single threads.
    pub fn lanes_max(&self) -> usize {
        self.lanes_max
    }

    /// Whether threads beyond the lanes took part.
    pub fn has_others(&self) -> bool {
        self.others_seen
    }

    /// Interpreters with a GIL that was held.
    pub fn interpreters(&self) -> impl Iterator<Item = u32> + '_ {
        self.gils.keys().copied()
    }

    /// The lane of a thread in `count` columns; `None` for the lane that all further threads share.
    pub fn columns(&self, lane: Option<usize>, count: usize) -> Vec<Column> {
        let bins = match lane {
            Some(lane) => self.lanes.get(lane).map_or_else(Vec::new, |lane| lane.bins(self.shift)),
            None => self.others.bins(self.shift),
        };
        self.divide(&bins, count, |column: &mut Column, bin, scale| {
            for (mine, theirs) in column.state_ns.iter_mut().zip(bin.state_ns) {
                *mine += scale(theirs);
            }
        })
    }

    /// The GIL lane of an interpreter in `count` columns.
    pub fn gil_columns(&self, interpreter: u32, count: usize) -> Vec<GilColumn> {
        let empty = Vec::new();
        let bins = self.gils.get(&interpreter).unwrap_or(&empty);
        let lanes = self.lanes_max + 1;
        let mut columns = self.divide(bins, count, |column: &mut GilColumn, bin, scale| {
            column.holder_ns.resize(lanes, 0);
            for (mine, theirs) in column.holder_ns.iter_mut().zip(&bin.holder_ns) {
                *mine += scale(*theirs);
            }
        });
        columns.iter_mut().for_each(|column| column.holder_ns.resize(lanes, 0));
        let span = u128::from(self.end_ns - self.from_ns).max(1);
        for (number, bin) in bins.iter().enumerate() {
            let place = (((number as u128) << self.shift) * count as u128 / span) as usize;
            if let Some(column) = columns.get_mut(place) {
                column.switches += bin.switches;
            }
        }
        columns
    }

    fn divide<B, C: Default + Clone>(
        &self,
        bins: &[B],
        count: usize,
        mut add: impl FnMut(&mut C, &B, &dyn Fn(u64) -> u64),
    ) -> Vec<C> {
        let mut columns = vec![C::default(); count];
        let span = u128::from(self.end_ns - self.from_ns);
        let width = 1u128 << self.shift;
        for (index, column) in columns.iter_mut().enumerate() {
            let start = span * index as u128 / count as u128;
            let end = (span * (index as u128 + 1) / count as u128).max(start + 1);
            for number in start / width..=(end - 1) / width {
                let Some(bin) = bins.get(number as usize) else { break };
                // The last bin is filled only up to the end of the run.
                let bin_end = ((number + 1) * width).min(span.max(end));
                let filled = bin_end - number * width;
                let common = end.min(bin_end) - start.max(number * width);
                add(column, bin, &|ns| (u128::from(ns) * common / filled) as u64);
            }
        }
        columns
    }

    /// The part of an interval inside the picture, from its start; makes room for it.
    fn clip(&mut self, start_ns: u64, end_ns: u64) -> Option<(u64, u64)> {
        let (start, end) = (start_ns.max(self.from_ns), end_ns.min(self.to_ns));
        if start >= end {
            return None;
        }
        self.end_ns = self.end_ns.max(end);
        let (start, end) = (start - self.from_ns, end - self.from_ns);
        while u128::from(end) > (BINS as u128) << self.shift {
            self.halve();
        }
        Some((start, end))
    }

    /// Adds neighbours up and doubles the width.
    fn halve(&mut self) {
        for lane in self.lanes.iter_mut().chain([&mut self.others]) {
            let mut bins = lane.bins(self.shift);
            merge_pairs(&mut bins, |into, from| {
                for (mine, theirs) in into.state_ns.iter_mut().zip(from.state_ns) {
                    *mine = mine.saturating_add(theirs);
                }
            });
            *lane = Lane { partly: bins, wholly: Vec::new() };
        }
        self.shift += 1;
        for lane in self.gils.values_mut() {
            merge_pairs(lane, |into, from| {
                let lanes = into.holder_ns.len().max(from.holder_ns.len());
                into.holder_ns.resize(lanes, 0);
                for (mine, theirs) in into.holder_ns.iter_mut().zip(&from.holder_ns) {
                    *mine += theirs;
                }
                into.switches += from.switches;
            });
        }
    }
}

/// The bins of threads. An interval adds to its first and last bin, and only notes where the bins between begin and end:
/// a million threads that wait through the whole run would fill each of them a million times.
#[derive(Clone, PartialEq, Debug, Default)]
struct Lane {
    /// Time of intervals that begin or end in the bin.
    partly: Vec<Column>,
    /// By how many intervals more than the bin before the bin is covered from end to end, per state.
    wholly: Vec<[i64; State::COUNT]>,
}

impl Lane {
    fn add(&mut self, state: State, shift: u32, start: u64, end: u64) {
        let (first, last) = ((start >> shift) as usize, ((end - 1) >> shift) as usize);
        if self.partly.len() <= last {
            self.partly.resize(last + 1, Column::default());
        }
        if first == last {
            return self.add_to(first, state, end - start);
        }
        let start_of = |bin: usize| (bin as u64) << shift;
        self.add_to(first, state, start_of(first + 1) - start);
        self.add_to(last, state, end - start_of(last));
        if first + 1 < last {
            if self.wholly.len() <= last {
                self.wholly.resize(last + 1, [0; State::COUNT]);
            }
            self.wholly[first + 1][state.index()] += 1;
            self.wholly[last][state.index()] -= 1;
        }
    }

    fn add_to(&mut self, bin: usize, state: State, ns: u64) {
        let sum = &mut self.partly[bin].state_ns[state.index()];
        *sum = sum.saturating_add(ns);
    }

    /// The bins with all that is in them.
    fn bins(&self, shift: u32) -> Vec<Column> {
        let mut bins = self.partly.clone();
        let mut covers = [0; State::COUNT];
        for (bin, changes) in bins.iter_mut().zip(&self.wholly) {
            for ((sum, cover), change) in bin.state_ns.iter_mut().zip(&mut covers).zip(changes) {
                *cover += change;
                *sum = sum.saturating_add((*cover as u64).saturating_mul(1 << shift));
            }
        }
        bins
    }
}

fn merge_pairs<T>(bins: &mut Vec<T>, add: impl Fn(&mut T, &T)) {
    let mut merged = Vec::with_capacity(BINS);
    let mut rest = std::mem::take(bins).into_iter();
    while let Some(mut first) = rest.next() {
        if let Some(second) = rest.next() {
            add(&mut first, &second);
        }
        merged.push(first);
    }
    *bins = merged;
}

/// Calls `add(bin, nanoseconds)` for each bin that `[start, end)` touches.
fn spread<T: Default>(bins: &mut Vec<T>, shift: u32, start: u64, end: u64, mut add: impl FnMut(&mut T, u64)) {
    let (first, last) = ((start >> shift) as usize, ((end - 1) >> shift) as usize);
    if bins.len() <= last {
        bins.resize_with(last + 1, T::default);
    }
    for (number, bin) in bins.iter_mut().enumerate().take(last + 1).skip(first) {
        let bin_start = (number as u64) << shift;
        let bin_end = (u128::from(bin_start) + (1u128 << shift)).min(u128::from(u64::MAX)) as u64;
        add(bin, end.min(bin_end) - start.max(bin_start));
    }
}

impl Sink for Bins {
    fn state(&mut self, span: StateSpan) {
        let Some((start, end)) = self.clip(span.start_ns, span.end_ns) else { return };
        let lane = span.thread.0 as usize;
        let lane = if lane < self.lanes_max {
            if self.lanes.len() <= lane {
                self.lanes.resize_with(lane + 1, Lane::default);
            }
            &mut self.lanes[lane]
        } else {
            self.others_seen = true;
            &mut self.others
        };
        lane.add(span.state, self.shift, start, end);
    }

    fn gil(&mut self, span: GilSpan) {
        let Some((start, end)) = self.clip(span.start_ns, span.end_ns) else { return };
        if !self.gils.contains_key(&span.interpreter) && self.gils.len() >= GIL_LANES_MAX {
            return;
        }
        let lane = (span.thread.0 as usize).min(self.lanes_max);
        let bins = self.gils.entry(span.interpreter).or_default();
        let before = self.last_holders.insert(span.interpreter, span.thread);
        let mut switches = u64::from(before.is_some_and(|before| before != span.thread));
        spread(bins, self.shift, start, end, |bin: &mut GilColumn, ns| {
            if bin.holder_ns.len() <= lane {
                bin.holder_ns.resize(lane + 1, 0);
            }
            bin.holder_ns[lane] += ns;
            bin.switches += std::mem::take(&mut switches);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_that_are_covered_wholly_are_counted_and_those_at_the_ends_in_part() {
        let mut lane = Lane::default();
        lane.add(State::Blocked, 3, 5, 35);
        lane.add(State::Blocked, 3, 16, 24);
        lane.add(State::Running, 3, 9, 10);
        let of = |state: State| lane.bins(3).iter().map(|bin| bin.state_ns[state.index()]).collect::<Vec<_>>();
        assert_eq!(of(State::Blocked), [3, 8, 16, 8, 3]);
        assert_eq!(of(State::Running), [0, 1, 0, 0, 0]);
    }
}
