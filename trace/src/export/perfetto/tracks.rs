//! Tracks and packets: which lane has which number, and everything on it in order of time.

use super::proto::{Message, TRACE_PACKET, annotation, event, packet, track};

use gilsim_scheduler::event::EventId;

/// All packets have one sequence: one writer.
const SEQUENCE: u64 = 1;

/// Number of a track.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Track(u64);

/// The outermost group; children are ordered explicitly only under a track that is no operating system process.
pub(super) const ROOT: Track = Track(1);

/// A moment: time, and the number of the event, which orders what happens at one time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct When {
    pub time_ns: u64,
    pub event: u64,
}

impl When {
    /// The moment of an event; without one the end of the run.
    pub fn new(time_ns: u64, event: Option<EventId>) -> When {
        When { time_ns, event: event.map_or(u64::MAX, |event| event.0) }
    }
}

/// An argument of a slice or instant.
pub(super) enum Arg {
    Int(&'static str, i64),
    Text(&'static str, String),
}

/// Name, arguments and flows of a slice or instant.
#[derive(Default)]
pub(super) struct Label {
    pub name: String,
    pub category: &'static str,
    pub args: Vec<Arg>,
    pub flows: Vec<u64>,
    pub ending_flows: Vec<u64>,
}

/// Collects descriptors and events.
#[derive(Default)]
pub(super) struct Packets {
    descriptors: Vec<u8>,
    /// Moment and packet; of one track in order.
    events: Vec<(When, Message)>,
    tracks: u64,
}

impl Packets {
    /// Adds a track under `parent`; `counter_unit` makes it a counter. Tracks are shown in order of `rank`, groups order
    /// their children likewise.
    pub fn track(&mut self, name: &str, parent: Option<Track>, rank: u64, counter_unit: Option<&str>) -> Track {
        self.tracks += 1;
        let mut descriptor = Message::default();
        descriptor.varint(track::UUID, self.tracks).text(track::NAME, name);
        if let Some(parent) = parent {
            descriptor.varint(track::PARENT_UUID, parent.0);
        }
        match counter_unit {
            Some(unit) => {
                let mut counter = Message::default();
                counter.text(track::COUNTER_UNIT_NAME, unit);
                descriptor.message(track::COUNTER, &counter);
            }
            None => {
                descriptor.varint(track::CHILD_ORDERING, track::EXPLICIT);
            }
        }
        descriptor.varint(track::SIBLING_ORDER_RANK, rank);
        let mut message = Message::default();
        message.varint(packet::TRUSTED_PACKET_SEQUENCE_ID, SEQUENCE);
        message.message(packet::TRACK_DESCRIPTOR, &descriptor);
        let mut outer = Message::default();
        outer.message(TRACE_PACKET, &message);
        self.descriptors.extend_from_slice(outer.bytes());
        Track(self.tracks)
    }

    /// A slice begins.
    pub fn begin(&mut self, track: Track, when: When, label: &Label) {
        self.event(track, when, event::BEGIN, Some(label));
    }

    /// The innermost slice of the track ends.
    pub fn end(&mut self, track: Track, when: When) {
        self.event(track, when, event::END, None);
    }

    /// Something without duration.
    pub fn instant(&mut self, track: Track, when: When, label: &Label) {
        self.event(track, when, event::INSTANT, Some(label));
    }

    /// A counter has a new value.
    pub fn count(&mut self, track: Track, time_ns: u64, value: u32) {
        let mut message = Message::default();
        message.varint(event::TYPE, event::COUNTER).varint(event::TRACK_UUID, track.0);
        message.int(event::COUNTER_VALUE, i64::from(value));
        self.events.push((When { time_ns, event: 0 }, message));
    }

    fn event(&mut self, track: Track, when: When, kind: u64, label: Option<&Label>) {
        let mut message = Message::default();
        if let Some(label) = label {
            for arg in &label.args {
                let mut note = Message::default();
                match arg {
                    Arg::Int(name, value) => note.int(annotation::INT_VALUE, *value).text(annotation::NAME, name),
                    Arg::Text(name, value) => note.text(annotation::STRING_VALUE, value).text(annotation::NAME, name),
                };
                message.message(event::DEBUG_ANNOTATIONS, &note);
            }
        }
        message.varint(event::TYPE, kind).varint(event::TRACK_UUID, track.0);
        if let Some(label) = label {
            if !label.category.is_empty() {
                message.text(event::CATEGORIES, label.category);
            }
            message.text(event::NAME, &label.name);
            for flow in &label.flows {
                message.fixed64(event::FLOW_IDS, *flow);
            }
            for flow in &label.ending_flows {
                message.fixed64(event::TERMINATING_FLOW_IDS, *flow);
            }
        }
        self.events.push((when, message));
    }

    /// The whole trace: descriptors, then everything by time and event, so that causes come before effects. What belongs
    /// to one event stays in the order in which it was added: on each track an end before the beginning that follows.
    pub fn finish(mut self) -> Vec<u8> {
        self.events.sort_by_key(|(when, _)| *when);
        let mut out = self.descriptors;
        for (when, event) in &self.events {
            let mut message = Message::default();
            message.varint(packet::TIMESTAMP, when.time_ns);
            message.varint(packet::TRUSTED_PACKET_SEQUENCE_ID, SEQUENCE);
            message.message(packet::TRACK_EVENT, event);
            let mut outer = Message::default();
            outer.message(TRACE_PACKET, &message);
            out.extend_from_slice(outer.bytes());
        }
        out
    }
}
