//! A small simulated machine for tests: scripts run under a request GIL and give valid event streams.
//!
//! It is not a model of CPython (the scheduler is); it only has to produce every kind of event in orders that a real run
//! can have: waits with causes, wakes with authors, one holder at a time, sequence and time ascending.

use gilsim_scheduler::event::*;
use std::collections::VecDeque;

/// One thing a scripted thread does.
#[derive(Clone, Debug)]
pub enum Act {
    Run(u64),
    Lock(usize),
    Unlock(usize),
    Sleep(u64),
    Io(u64),
    Native(u64),
    Print(String),
    Spawn(String, Vec<Act>),
    JoinAll,
}

#[derive(Clone, Debug, PartialEq)]
enum Doing {
    New,
    Want { since: u64, base: u64 },
    Hold { since: u64, instructions: u64 },
    Lock { lock: usize, since: u64 },
    Join,
    Until(u64, WakeCause),
    Done,
}

struct Thread {
    name: String,
    script: VecDeque<Act>,
    doing: Doing,
    called: bool,
    end: Option<EventId>,
    parent: Option<usize>,
    /// The thread is to go back to waiting for the GIL once another took it.
    forced: bool,
    held: Vec<usize>,
}

#[derive(Default)]
struct Lock {
    holder: Option<usize>,
    waiters: VecDeque<usize>,
    known: bool,
}

/// The machine.
pub struct World {
    pub events: Vec<Event>,
    pub now: u64,
    pub interval: u64,
    pub latency: u64,
    threads: Vec<Thread>,
    locks: Vec<Lock>,
    holder: Option<usize>,
    last_holder: Option<usize>,
    switches: u64,
    request: bool,
    drop: Option<(EventId, bool)>,
}

impl World {
    /// A machine whose main thread runs `script`.
    pub fn new(script: Vec<Act>, interval: u64, latency: u64) -> World {
        let main = Thread {
            name: "MainThread".into(),
            script: script.into(),
            doing: Doing::New,
            called: false,
            end: None,
            parent: None,
            forced: false,
            held: Vec::new(),
        };
        World {
            events: Vec::new(),
            now: 0,
            interval,
            latency,
            threads: vec![main],
            locks: (0..4).map(|_| Lock::default()).collect(),
            holder: None,
            last_holder: None,
            switches: 0,
            request: false,
            drop: None,
        }
    }

    fn emit(&mut self, thread: usize, kind: EventKind, by: Option<EventId>) -> EventId {
        let id = EventId(self.events.len() as u64);
        let step = (self.threads[thread].script.len() % 7) as u32;
        let at = Position {
            file: 0,
            line: 3 + step,
            column: 4,
            end_column: 12,
            code: if thread == 0 { "<module>".into() } else { "work".into() },
            instruction: 2 * step,
        };
        self.events.push(Event {
            id,
            time_ns: self.now,
            interpreter: InterpreterId(0),
            thread: Some(ThreadId(thread as u32)),
            kind,
            at: Some(at),
            by,
        });
        id
    }

    fn tid(thread: usize) -> ThreadId {
        ThreadId(thread as u32)
    }

    /// Runs to the end; true if all threads ended (false: deadlock).
    pub fn run(&mut self) -> bool {
        self.begin(0, None);
        loop {
            if let Some(holder) = self.holder {
                self.hold(holder);
            } else if let Some(next) = self.next_waiter() {
                self.now += self.latency;
                self.take(next);
            } else if let Some(time) = self.next_timer() {
                self.now = time.max(self.now);
                self.fire();
            } else {
                return self.threads.iter().all(|t| t.doing == Doing::Done);
            }
        }
    }

    fn begin(&mut self, thread: usize, by: Option<EventId>) {
        if thread == 0 {
            let name = self.threads[0].name.clone();
            self.emit(0, EventKind::ThreadName { target: ThreadId(0), name }, None);
        }
        self.emit(thread, EventKind::ThreadBegin, by);
        self.want(thread);
    }

    fn want(&mut self, thread: usize) {
        let queue_length = self.threads.iter().filter(|t| matches!(t.doing, Doing::Want { .. })).count() as u32;
        self.threads[thread].doing = Doing::Want { since: self.now, base: self.now };
        self.emit(thread, EventKind::GilWant { holder: self.holder.map(Self::tid), queue_length }, None);
    }

    fn next_waiter(&self) -> Option<usize> {
        let waiting = |t: &Thread| match t.doing {
            Doing::Want { since, .. } => Some(since),
            _ => None,
        };
        let forced = self.threads.iter().position(|t| t.forced);
        (0..self.threads.len())
            .filter(|i| Some(*i) != forced)
            .filter_map(|i| waiting(&self.threads[i]).map(|since| (since, i)))
            .min()
            .map(|(_, i)| i)
    }

    fn take(&mut self, thread: usize) {
        let Doing::Want { since, .. } = self.threads[thread].doing else { panic!("only a waiter takes") };
        if self.last_holder != Some(thread) {
            self.switches += 1;
        }
        let by = self.drop.map(|(id, _)| id);
        let kind = EventKind::GilTake {
            waited_ns: self.now - since,
            from: self.last_holder.map(Self::tid),
            switch_number: self.switches,
            forced: self.drop.is_some_and(|(_, forced)| forced),
        };
        self.emit(thread, kind, by);
        self.holder = Some(thread);
        self.last_holder = Some(thread);
        self.threads[thread].doing = Doing::Hold { since: self.now, instructions: 0 };
        if !std::mem::replace(&mut self.threads[thread].called, true) {
            self.emit(thread, EventKind::Call, None);
        }
        if let Some(dropper) = self.threads.iter().position(|t| t.forced) {
            self.threads[dropper].forced = false;
            self.want(dropper);
        }
    }

    fn let_go(&mut self, thread: usize, reason: DropReason) -> EventId {
        let Doing::Hold { since, instructions } = self.threads[thread].doing else { panic!("only the holder drops") };
        let held_ns = self.now - since;
        let id = self.emit(thread, EventKind::GilDrop { reason, held_ns, instructions }, None);
        self.holder = None;
        self.request = false;
        self.drop = Some((id, reason == DropReason::Request));
        id
    }

    fn next_timer(&self) -> Option<u64> {
        self.threads.iter().filter_map(|t| if let Doing::Until(at, _) = t.doing { Some(at) } else { None }).min()
    }

    fn next_timeout(&self) -> Option<u64> {
        let due = |t: &Thread| if let Doing::Want { base, .. } = t.doing { Some(base + self.interval) } else { None };
        if self.request { None } else { self.threads.iter().filter_map(due).min() }
    }

    fn fire(&mut self) {
        for i in 0..self.threads.len() {
            if let Doing::Until(at, cause) = self.threads[i].doing
                && at <= self.now
            {
                self.emit(i, EventKind::Wake { cause }, None);
                self.want(i);
            }
        }
    }

    fn time_out(&mut self) {
        for i in 0..self.threads.len() {
            let Doing::Want { since, base } = self.threads[i].doing else { continue };
            if self.request || base + self.interval > self.now {
                continue;
            }
            let switched = base > since;
            let interval_ns = self.interval;
            let id = self.emit(i, EventKind::GilTimeout { interval_ns, switched_meanwhile: switched }, None);
            self.threads[i].doing = Doing::Want { since, base: self.now };
            if let (false, Some(holder)) = (switched, self.holder) {
                self.emit(i, EventKind::GilRequest { holder: Self::tid(holder) }, Some(id));
                self.request = true;
            }
        }
    }

    fn hold(&mut self, thread: usize) {
        if self.request {
            self.now += 50;
            self.emit(thread, EventKind::GilCheck, None);
            self.let_go(thread, DropReason::Request);
            self.emit(thread, EventKind::GilForcedWait, None);
            self.threads[thread].doing = Doing::New;
            self.threads[thread].forced = true;
            return;
        }
        let Some(act) = self.threads[thread].script.pop_front() else { return self.end(thread) };
        self.emit(thread, EventKind::Line, None);
        match act {
            Act::Run(ns) => self.compute(thread, ns),
            Act::Lock(lock) => self.lock(thread, lock % self.locks.len()),
            Act::Unlock(lock) => self.unlock(thread, lock % self.locks.len()),
            Act::Sleep(ns) => self.wait(thread, ns, BlockReason::Sleep, WakeCause::Timeout),
            Act::Io(ns) => self.wait(thread, ns, BlockReason::Io { operation: "write stdout" }, WakeCause::Done),
            Act::Native(ns) => self.wait(thread, ns, BlockReason::Native, WakeCause::Done),
            Act::Print(text) => {
                self.now += 200;
                self.emit(thread, EventKind::Output { stream: Stream::Stdout, text }, None);
            }
            Act::Spawn(name, script) => self.spawn(thread, name, script),
            Act::JoinAll => self.join_all(thread),
        }
    }

    fn compute(&mut self, thread: usize, ns: u64) {
        let end = self.now + ns;
        let next = [self.next_timer(), self.next_timeout()].into_iter().flatten().min().unwrap_or(end).max(self.now);
        let stop = next.min(end);
        let ran = stop - self.now;
        self.now = stop;
        if let Doing::Hold { instructions, .. } = &mut self.threads[thread].doing {
            *instructions += ran / 30;
        }
        if ran > 0 {
            self.emit(thread, EventKind::Op { name: "BINARY_OP", cost_ns: ran }, None);
        }
        if end > stop {
            self.threads[thread].script.push_front(Act::Run(end - stop));
        }
        self.fire();
        self.time_out();
    }

    fn lock(&mut self, thread: usize, lock: usize) {
        self.now += 100;
        let object = ObjId(100 + lock as u32);
        if !self.locks[lock].known {
            self.locks[lock].known = true;
            let name = Some(format!("lock_{}", (b'a' + lock as u8) as char));
            self.emit(thread, EventKind::ObjectNew { object, kind: ObjectKind::Lock, name }, None);
        }
        match self.locks[lock].holder {
            None => {
                self.locks[lock].holder = Some(thread);
                self.threads[thread].held.push(lock);
                self.emit(thread, EventKind::LockAcquire { lock: object, depth: 1, waited_ns: 0 }, None);
            }
            Some(owner) => {
                self.emit(thread, EventKind::LockTry { lock: object, blocking: true }, None);
                self.let_go(thread, DropReason::Block);
                let reason = BlockReason::Lock { lock: object, owner: Some(Self::tid(owner)) };
                self.emit(thread, EventKind::Block { reason, deadline_ns: None }, None);
                self.threads[thread].doing = Doing::Lock { lock, since: self.now };
                self.locks[lock].waiters.push_back(thread);
            }
        }
    }

    fn unlock(&mut self, thread: usize, lock: usize) {
        if self.locks[lock].holder != Some(thread) {
            return;
        }
        self.now += 80;
        self.threads[thread].held.retain(|held| *held != lock);
        let next = self.locks[lock].waiters.pop_front();
        let object = ObjId(100 + lock as u32);
        let kind = EventKind::LockRelease { lock: object, depth: 0, woken: next.map(Self::tid) };
        let release = self.emit(thread, kind, None);
        self.locks[lock].holder = next;
        if let Some(next) = next {
            let Doing::Lock { since, .. } = self.threads[next].doing else { panic!("waiters wait") };
            self.emit(next, EventKind::Wake { cause: WakeCause::Released }, Some(release));
            let kind = EventKind::LockAcquire { lock: object, depth: 1, waited_ns: self.now - since };
            self.emit(next, kind, Some(release));
            self.threads[next].held.push(lock);
            self.want(next);
        }
    }

    fn wait(&mut self, thread: usize, ns: u64, reason: BlockReason, cause: WakeCause) {
        let until = self.now + ns;
        let drop = if reason == BlockReason::Sleep { DropReason::Block } else { DropReason::Native };
        self.let_go(thread, drop);
        let deadline_ns = (reason == BlockReason::Sleep).then_some(until);
        self.emit(thread, EventKind::Block { reason, deadline_ns }, None);
        self.threads[thread].doing = Doing::Until(until, cause);
    }

    fn spawn(&mut self, parent: usize, name: String, script: Vec<Act>) {
        self.now += 5_000;
        let child = self.threads.len();
        let target = Self::tid(child);
        let created = self.emit(parent, EventKind::ThreadCreate { child: target, daemon: false }, None);
        self.emit(parent, EventKind::ThreadName { target, name: name.clone() }, None);
        self.threads.push(Thread {
            name,
            script: script.into(),
            doing: Doing::New,
            called: false,
            end: None,
            parent: Some(parent),
            forced: false,
            held: Vec::new(),
        });
        self.now += 1_000;
        self.begin(child, Some(created));
    }

    fn children_alive(&self, thread: usize) -> Option<usize> {
        (0..self.threads.len())
            .find(|i| self.threads[*i].parent == Some(thread) && self.threads[*i].doing != Doing::Done)
    }

    fn join_all(&mut self, thread: usize) {
        self.now += 100;
        match self.children_alive(thread) {
            None => {
                let children: Vec<usize> =
                    (0..self.threads.len()).filter(|i| self.threads[*i].parent == Some(thread)).collect();
                for child in children {
                    let by = self.threads[child].end;
                    self.emit(thread, EventKind::ThreadJoin { target: Self::tid(child), ended: true }, by);
                }
            }
            Some(child) => {
                self.threads[thread].script.push_front(Act::JoinAll);
                self.let_go(thread, DropReason::Block);
                let reason = BlockReason::Join { target: Self::tid(child) };
                self.emit(thread, EventKind::Block { reason, deadline_ns: None }, None);
                self.threads[thread].doing = Doing::Join;
            }
        }
    }

    fn end(&mut self, thread: usize) {
        for lock in self.threads[thread].held.clone() {
            self.unlock(thread, lock);
        }
        self.emit(thread, EventKind::Return, None);
        let end = self.emit(thread, EventKind::ThreadEnd(ThreadEnd::Ok), None);
        self.let_go(thread, DropReason::Exit);
        self.threads[thread].doing = Doing::Done;
        self.threads[thread].end = Some(end);
        if let Some(parent) = self.threads[thread].parent
            && self.threads[parent].doing == Doing::Join
        {
            self.emit(parent, EventKind::Wake { cause: WakeCause::Ended }, Some(end));
            self.want(parent);
        }
    }
}

/// A generator of numbers with a fixed meaning (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

/// A random script; nested locks are taken in any order, so that deadlocks occur.
pub fn random_script(dice: &mut Dice, depth: u32) -> Vec<Act> {
    let mut script = Vec::new();
    for _ in 0..dice.roll(8) + 1 {
        match dice.roll(10) {
            0..=2 => script.push(Act::Run(dice.roll(12_000_000) + 1)),
            3 => script.push(Act::Sleep(dice.roll(20_000_000) + 1)),
            4 => script.push(Act::Io(dice.roll(300_000) + 1)),
            5 => script.push(Act::Native(dice.roll(3_000_000) + 1)),
            6 => script
                .push(Act::Print(["hello\n", "\x1b[2J", "漢字 </script>", "\u{202e}"][dice.roll(4) as usize].into())),
            7 if depth > 0 => {
                let name = ["worker", "Thread-1 (work)", "a\nb", "漢字の名前", "<img src=x>"][dice.roll(5) as usize];
                script.push(Act::Spawn(name.into(), random_script(dice, depth - 1)));
            }
            _ => {
                let (a, b) = (dice.roll(3) as usize, dice.roll(3) as usize);
                script.push(Act::Lock(a));
                script.push(Act::Run(dice.roll(2_000_000)));
                if a != b {
                    script.push(Act::Lock(b));
                    script.push(Act::Run(dice.roll(500_000)));
                    script.push(Act::Unlock(b));
                }
                script.push(Act::Unlock(a));
            }
        }
    }
    if depth > 0 {
        script.push(Act::JoinAll);
    }
    script
}

/// The events and the end of a random run.
pub fn random_run(seed: u64) -> (Vec<Event>, u64, bool) {
    let mut dice = Dice(seed);
    let mut script = random_script(&mut dice, 0);
    for number in 1..dice.roll(4) + 3 {
        script.push(Act::Spawn(format!("Thread-{number} (work)"), random_script(&mut dice, 1)));
    }
    script.push(Act::Run(dice.roll(3_000_000)));
    script.push(Act::JoinAll);
    let interval = [500_000, 5_000_000, 100_000_000][dice.roll(3) as usize];
    let latency = [0, 7_000, 50_000][dice.roll(3) as usize];
    let mut world = World::new(script, interval, latency);
    let ended = world.run();
    (world.events, world.now, ended)
}
