//! The streaming writer: events in, lines out, definitions before first use, a checksum at the end.
//!
//! Events are renumbered without gaps, because a recording at a lower level of detail leaves events out; `by` is carried
//! over when the causing event was recorded and left out otherwise. Objects get small numbers in order of first use, a
//! new one whenever the run says that an object is new (heap handles may be used again after a collection). Memory grows
//! with the number of threads, objects, files and distinct positions, and by one entry per gap in the numbering.

use super::encode::{fields, highest_thread, kind_name, object_of};
use super::end::{LimitName, RunEnd};
use super::header::{Header, SourceText, hex};
use super::line::Line;
use gilsim_scheduler::event::{Event, EventId, EventKind, ObjId, Position};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes a recording to `out`.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    digest: Sha256,
    line: Line,
    threads: u32,
    files: u32,
    unnamed_files: Vec<u32>,
    objects: BTreeMap<(u32, ObjId), u32>,
    objects_defined: u32,
    /// Positions by their numbers, then by code (few share all numbers).
    positions: BTreeMap<[u32; 5], Vec<(Arc<str>, u32)>>,
    positions_defined: u32,
    numbering: Numbering,
    time_ns: u64,
}

#[derive(Serialize)]
struct HeaderLine<'a> {
    k: &'static str,
    format: &'static str,
    version: [u32; 2],
    #[serde(flatten)]
    header: &'a Header,
}

impl<W: Write> Writer<W> {
    /// Writes the header.
    pub fn new(out: W, header: &Header) -> io::Result<Writer<W>> {
        let mut writer = Writer {
            out,
            digest: Sha256::new(),
            line: Line::default(),
            threads: 0,
            files: u32::try_from(header.files.len()).unwrap_or(u32::MAX),
            unnamed_files: Vec::new(),
            objects: BTreeMap::new(),
            objects_defined: 0,
            positions: BTreeMap::new(),
            positions_defined: 0,
            numbering: Numbering::default(),
            time_ns: 0,
        };
        let header = header.visible();
        let line = HeaderLine { k: "header", format: "giltrace", version: super::VERSION, header: &header };
        let mut bytes = serde_json::to_vec(&line).map_err(io::Error::other)?;
        bytes.push(b'\n');
        writer.put(&bytes)?;
        Ok(writer)
    }

    /// Number of events written.
    pub fn events(&self) -> u64 {
        self.numbering.next
    }

    /// Writes one event, after the definitions it needs.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.define_threads(event)?;
        let object = self.object_number(event)?;
        let at = event.at.as_ref().map(|at| self.position_number(at)).transpose()?;
        let by = event.by.and_then(|by| self.numbering.number_of(by));
        let number = self.numbering.assign(event.id);
        self.time_ns = event.time_ns;
        let line = self.line.start(kind_name(&event.kind));
        line.number("s", number).number("t", event.time_ns);
        line.number("th", event.thread.map_or(-1, |thread| i64::from(thread.0)));
        if event.interpreter.0 != 0 {
            line.number("in", event.interpreter.0);
        }
        fields(line, &event.kind, object);
        line.maybe_number("at", at).maybe_number("by", by);
        self.put_line()
    }

    /// Notes that the recording is cut here because of a limit.
    pub fn cut(&mut self, limit: LimitName) -> io::Result<()> {
        let number = self.numbering.insert();
        self.line.start("limit").number("s", number).number("t", self.time_ns).number("th", -1);
        self.line.word("which", super::encode::limit_name(limit.into()));
        self.put_line()
    }

    /// Writes the last line: totals, ending and checksum. `files` completes files that were used by position before
    /// their name was known (modules imported during the run), by index; `dropped` counts events left out after a cut.
    pub fn finish(mut self, end: &RunEnd, dropped: u64, files: &[SourceText]) -> io::Result<W> {
        for id in std::mem::take(&mut self.unnamed_files) {
            if let Some(file) = files.get(id as usize) {
                self.define_file(id, Some(file))?;
            }
        }
        let digest = hex(&self.digest.clone().finalize());
        let ending = serde_json::to_value(&end.ending).map_err(io::Error::other)?;
        let last = EndLine {
            k: "end",
            t: end.time_ns,
            events: self.numbering.next,
            dropped,
            threads: self.threads,
            objects: self.objects_defined,
            ending,
            sha256: digest,
        };
        let mut bytes = serde_json::to_vec(&last).map_err(io::Error::other)?;
        bytes.push(b'\n');
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }

    fn put_line(&mut self) -> io::Result<()> {
        let bytes = self.line.finish();
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }

    fn define_threads(&mut self, event: &Event) -> io::Result<()> {
        let highest = event.thread.max(highest_thread(&event.kind));
        while highest.is_some_and(|thread| thread.0 >= self.threads) {
            self.line.start("def").word("def", "thread").number("id", self.threads);
            self.put_line()?;
            self.threads += 1;
        }
        Ok(())
    }

    fn object_number(&mut self, event: &Event) -> io::Result<Option<u32>> {
        let Some(object) = object_of(&event.kind) else { return Ok(None) };
        let key = (event.interpreter.0, object);
        let is_new = matches!(event.kind, EventKind::ObjectNew { .. });
        if let (false, Some(&known)) = (is_new, self.objects.get(&key)) {
            return Ok(Some(known));
        }
        let number = self.objects_defined;
        self.objects_defined += 1;
        self.objects.insert(key, number);
        self.line.start("def").word("def", "object").number("id", number).number("handle", object.0);
        if event.interpreter.0 != 0 {
            self.line.number("in", event.interpreter.0);
        }
        self.put_line()?;
        Ok(Some(number))
    }

    fn position_number(&mut self, at: &Position) -> io::Result<u32> {
        let key = [at.instruction, at.line, at.file, at.column, at.end_column];
        let same = self.positions.entry(key).or_default();
        if let Some((_, known)) = same.iter().find(|(code, _)| *code == at.code) {
            return Ok(*known);
        }
        let number = self.positions_defined;
        self.positions_defined += 1;
        same.push((Arc::clone(&at.code), number));
        while at.file >= self.files {
            self.unnamed_files.push(self.files);
            self.define_file(self.files, None)?;
            self.files += 1;
        }
        self.line.start("def").word("def", "pos").number("id", number).position("at", at);
        self.put_line()?;
        Ok(number)
    }

    fn define_file(&mut self, id: u32, file: Option<&SourceText>) -> io::Result<()> {
        let file = file.map(SourceText::visible);
        let line = FileLine { k: "def", def: "file", id, file: file.as_ref() };
        let mut bytes = serde_json::to_vec(&line).map_err(io::Error::other)?;
        bytes.push(b'\n');
        self.put(&bytes)
    }
}

#[derive(Serialize)]
struct FileLine<'a> {
    k: &'static str,
    def: &'static str,
    id: u32,
    #[serde(flatten)]
    file: Option<&'a SourceText>,
}

#[derive(Serialize)]
struct EndLine {
    k: &'static str,
    t: u64,
    events: u64,
    dropped: u64,
    threads: u32,
    objects: u32,
    #[serde(flatten)]
    ending: serde_json::Value,
    sha256: String,
}

/// From the run's event numbers to the recording's, as runs without gaps.
#[derive(Debug, Default)]
struct Numbering {
    /// `(first original number, first number here, length)`, ascending.
    runs: Vec<(u64, u64, u64)>,
    next: u64,
}

impl Numbering {
    fn assign(&mut self, id: EventId) -> u64 {
        let number = self.next;
        self.next += 1;
        match self.runs.last_mut() {
            Some((from, to, length)) if *from + *length == id.0 && *to + *length == number => *length += 1,
            _ => self.runs.push((id.0, number, 1)),
        }
        number
    }

    /// A number for an event of the recording's own.
    fn insert(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    fn number_of(&self, id: EventId) -> Option<u64> {
        let index = self.runs.partition_point(|(from, _, _)| *from <= id.0).checked_sub(1)?;
        let (from, to, length) = self.runs[index];
        (id.0 - from < length).then(|| to + (id.0 - from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_closes_gaps_and_finds_causes() {
        let mut numbering = Numbering::default();
        let numbers: Vec<u64> = [3, 4, 5, 9, 10, 20].into_iter().map(|id| numbering.assign(EventId(id))).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
        let table =
            [(2, None), (3, Some(0)), (5, Some(2)), (6, None), (9, Some(3)), (11, None), (20, Some(5)), (21, None)];
        for (id, expected) in table {
            assert_eq!(numbering.number_of(EventId(id)), expected, "{id}");
        }
    }
}
