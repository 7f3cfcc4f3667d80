//! Standard streams and random numbers of the simulated machine.

use crate::choice::Strategy;
use crate::drive::Driver;
use crate::event::{DropReason, Observer};
use crate::threads::Operation;
use gilsim_vm::effect::{Reply, Stream};
use gilsim_vm::value::ThreadId;
use rand_chacha::rand_core::RngCore;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// A write system call: the GIL is released around it, and the text appears when it begins.
    pub(super) fn write_stream(&mut self, thread: ThreadId, stream: Stream, text: String) {
        self.begin_without_gil(thread, DropReason::Native, Operation::Write { stream, text });
    }

    pub(super) fn random(&mut self, thread: ThreadId) {
        let bits = self.sim.random.next_u64();
        self.answer(thread, Reply::Int(bits.cast_signed()));
    }
}
