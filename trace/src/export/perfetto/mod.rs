//! Perfetto: TrackEvent protocol buffers for <https://ui.perfetto.dev> and the trace processor.
//!
//! One group: the GIL (a slice per hold, named after the holder) and a counter of its waiters; a group per thread with its
//! states, events, code and instructions; locks with a slice per hold and a counter of waiters; output. Flows lead from
//! cause to effect: timeout → request → drop → take is one chain, all others are pairs. Locks are shown if they have a name
//! or were waited for, at most [`LOCKS_MAX`].

mod flows;
mod proto;
mod tracks;

use super::code::{self, Edge, Slice};
use super::words::Names;
use super::{ExportOptions, Exporter, Input};
use crate::fold::{LockSummary, StateSpan, ThreadSummary};
use crate::recording::drop_reason_word;
use flows::Flows;
use gilsim_scheduler::event::{Event, EventId, Position, ThreadId};
use std::collections::BTreeMap;
use std::io::{self, Write};
use tracks::{Arg, Label, Packets, ROOT, Track, When};

/// Locks with tracks of their own.
const LOCKS_MAX: usize = 200;

/// `--to perfetto`
pub(super) struct Perfetto;

impl Exporter for Perfetto {
    fn name(&self) -> &'static str {
        "perfetto"
    }
    fn extension(&self) -> &'static str {
        "perfetto-trace"
    }
    fn about(&self) -> &'static str {
        "for ui.perfetto.dev: tracks, counters and flows"
    }
    fn write(&self, input: &Input, _options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
        let names = Names { recording: input.recording, summary: input.summary };
        let mut scene = Scene { input, names, flows: Flows::new(&input.recording.events), packets: Packets::default() };
        scene.packets.track(&names.title(), None, 0, None);
        scene.gil();
        scene.threads();
        scene.locks();
        scene.output();
        out.write_all(&scene.packets.finish())
    }
}

struct Scene<'a> {
    input: &'a Input<'a>,
    names: Names<'a>,
    flows: Flows,
    packets: Packets,
}

/// Ranks of the tracks under the root: the GILs, then the threads, locks and output.
const RANK_THREADS: u64 = 1_000;
const RANK_LOCKS: u64 = 1_000_000_000;
const RANK_OUTPUT: u64 = RANK_LOCKS + 1;

impl Scene<'_> {
    fn label(&self, name: String, category: &'static str, cause: Option<EventId>) -> Label {
        let (flows, ending_flows) = cause.map_or_else(Default::default, |event| self.flows.at(event));
        Label { name, category, args: Vec::new(), flows, ending_flows }
    }

    fn place(&self, label: &mut Label, at: Option<&Position>) {
        if let Some(at) = at {
            label.args.push(Arg::Text("at", self.names.place(at)));
            label.args.push(Arg::Text("in", at.code.to_string()));
        }
    }

    fn gil(&mut self) {
        for summary in &self.input.summary.gils {
            let interpreter = summary.interpreter;
            let suffix = if interpreter == 0 { String::new() } else { format!(" {interpreter}") };
            let rank = u64::from(interpreter) * 2;
            let lane = self.packets.track(&format!("GIL{suffix}"), Some(ROOT), rank, None);
            for span in self.input.timeline.gil.iter().filter(|span| span.interpreter == interpreter) {
                let mut label = self.label(self.names.thread(span.thread), "gil", Some(span.take));
                label.args.push(Arg::Int("waited_ns", signed(span.waited_ns)));
                label.args.push(Arg::Int("switch_number", signed(span.switch_number)));
                label.args.push(Arg::Int("instructions", signed(span.instructions)));
                let reason = span.reason.map_or("still held at the end", drop_reason_word);
                label.args.push(Arg::Text("dropped", reason.to_owned()));
                self.packets.begin(lane, When::new(span.start_ns, Some(span.take)), &label);
                self.packets.end(lane, When::new(span.end_ns, span.drop));
            }
            let waiters = self.packets.track(&format!("Waiters{suffix}"), Some(ROOT), rank + 1, Some("threads"));
            self.packets.count(waiters, 0, 0);
            for (of, time_ns, count) in &self.input.timeline.gil_waiters {
                if *of == interpreter {
                    self.packets.count(waiters, *time_ns, *count);
                }
            }
        }
    }

    fn threads(&mut self) {
        let mut states: BTreeMap<ThreadId, Vec<&StateSpan>> = BTreeMap::new();
        self.input.timeline.states.iter().for_each(|span| states.entry(span.thread).or_default().push(span));
        let mut events: BTreeMap<ThreadId, Vec<&Event>> = BTreeMap::new();
        for event in &self.input.recording.events {
            if let Some(thread) = event.thread {
                events.entry(thread).or_default().push(event);
            }
        }
        let code = code::edges(self.input.recording);
        let instructions = code::instructions(self.input.recording);
        for thread in &self.input.summary.threads {
            let id = thread.thread;
            let group = self.packets.track(&thread.name, Some(ROOT), RANK_THREADS + u64::from(id.0), None);
            self.thread_states(thread, group, states.get(&id).map_or(&[], Vec::as_slice));
            self.thread_events(group, events.get(&id).map_or(&[], Vec::as_slice));
            if let Some(edges) = code.get(&id) {
                self.thread_code(group, edges);
            }
            if let Some(list) = instructions.get(&id) {
                let lane = self.packets.track("bytecode", Some(group), 3, None);
                for instruction in list {
                    let mut label = self.label(instruction.name.to_owned(), "op", None);
                    self.place(&mut label, instruction.at);
                    self.packets.begin(lane, When::new(instruction.start_ns, Some(instruction.event)), &label);
                    self.packets.end(lane, When::new(instruction.end_ns, Some(instruction.event)));
                }
            }
        }
    }

    fn thread_states(&mut self, thread: &ThreadSummary, group: Track, spans: &[&StateSpan]) {
        let lane = self.packets.track("state", Some(group), 0, None);
        for span in spans {
            // Nothing after the end; the time before the beginning is shown.
            if span.state == crate::fold::State::Done {
                continue;
            }
            let mut label = self.label(self.names.state(span), "state", None);
            label.args.push(Arg::Int("thread", i64::from(thread.thread.0)));
            self.place(&mut label, span.at.as_ref());
            self.packets.begin(lane, When::new(span.start_ns, span.begun_by), &label);
            self.packets.end(lane, When::new(span.end_ns, span.ended_by));
        }
    }

    fn thread_events(&mut self, group: Track, events: &[&Event]) {
        let shown: Vec<(&&Event, String)> =
            events.iter().filter_map(|event| Some((event, self.names.event(event)?))).collect();
        if shown.is_empty() {
            return;
        }
        let lane = self.packets.track("events", Some(group), 1, None);
        for (event, title) in shown {
            let mut label = self.label(title, "event", Some(event.id));
            self.place(&mut label, event.at.as_ref());
            self.packets.instant(lane, When::new(event.time_ns, Some(event.id)), &label);
        }
    }

    fn thread_code(&mut self, group: Track, edges: &[Edge]) {
        let lane = self.packets.track("code", Some(group), 2, None);
        for edge in edges {
            let when = When::new(edge.time_ns, edge.event);
            match edge.what {
                Slice::Call(at) => {
                    let name = at.map_or_else(|| "?".to_owned(), |at| at.code.to_string());
                    let mut label = self.label(name, "call", None);
                    self.place(&mut label, at);
                    self.packets.begin(lane, when, &label);
                }
                Slice::Line(at) => {
                    let label = self.label(self.names.place(at), "line", None);
                    self.packets.begin(lane, when, &label);
                }
                Slice::End => self.packets.end(lane, when),
            }
        }
    }

    fn locks(&mut self) {
        let shown = |lock: &&LockSummary| lock.acquisitions + lock.waits > 0 && (lock.name.is_some() || lock.waits > 0);
        let locks: Vec<&LockSummary> = self.input.summary.locks.iter().filter(shown).take(LOCKS_MAX).collect();
        if locks.is_empty() {
            return;
        }
        let group = self.packets.track("Locks", Some(ROOT), RANK_LOCKS, None);
        for (index, lock) in locks.iter().enumerate() {
            let name = self.input.summary.object_name(Some(lock.object));
            let lane = self.packets.track(&name, Some(group), index as u64 * 2, None);
            let mut spans: Vec<_> = self.input.timeline.locks.iter().filter(|s| s.object == lock.object).collect();
            spans.sort_by_key(|span| (span.start_ns, span.end_ns));
            for span in spans {
                let mut label = self.label(self.names.thread(span.thread), "lock", None);
                label.args.push(Arg::Int("waited_ns", signed(span.waited_ns)));
                self.place(&mut label, span.at.as_ref());
                self.packets.begin(lane, When::new(span.start_ns, Some(span.acquire)), &label);
                self.packets.end(lane, When::new(span.end_ns, span.release));
            }
            let counts: Vec<_> = self.input.timeline.lock_waiters.iter().filter(|c| c.0 == lock.object).collect();
            if counts.is_empty() {
                continue;
            }
            let waiters =
                self.packets.track(&format!("{name} waiters"), Some(group), index as u64 * 2 + 1, Some("threads"));
            self.packets.count(waiters, 0, 0);
            counts.iter().for_each(|(_, time_ns, count)| self.packets.count(waiters, *time_ns, *count));
        }
    }

    fn output(&mut self) {
        let mut lane = None;
        for event in &self.input.recording.events {
            let Some(title) = self.names.output(event) else { continue };
            let packets = &mut self.packets;
            let lane = *lane.get_or_insert_with(|| packets.track("Output", Some(ROOT), RANK_OUTPUT, None));
            let mut label = self.label(title, "output", None);
            label.args.extend(event.thread.map(|thread| Arg::Text("thread", self.names.thread(thread))));
            self.place(&mut label, event.at.as_ref());
            self.packets.instant(lane, When::new(event.time_ns, Some(event.id)), &label);
        }
    }
}

/// For arguments, which are signed in the format.
fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
