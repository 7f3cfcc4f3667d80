"""The barrier of the module threading: a condition, a count of arrivals and a state.

Mirrors the algorithm of Barrier in CPython 3.13's Lib/threading.py: one lock, one condition for both phases.
"""

from threading import Condition, Lock


class BrokenBarrierError(RuntimeError):
    """The barrier was reset or aborted, or a wait at it timed out."""


# What a barrier is doing: letting threads in, letting them out, sending them away after reset(), refusing all.
_FILLING, _DRAINING, _RESETTING, _BROKEN = 0, 1, -1, -2


class Barrier:
    """A place where a fixed number of threads wait for each other, again and again."""

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = _FILLING
        self._count = 0

    def __repr__(self):
        cls = self.__class__
        state = "broken" if self.broken else f"waiters={self.n_waiting}/{self.parties}"
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {state}>"

    def wait(self, timeout=None):
        """Wait until all parties are here; gives the arrival number of this thread, from 0."""
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            self._enter()
            arrival = self._count
            self._count += 1
            try:
                if arrival + 1 == self._parties:
                    self._release()
                else:
                    self._wait(timeout)
                return arrival
            finally:
                self._count -= 1
                self._exit()

    def _enter(self):
        # Nobody comes in before the last round has gone.
        while self._state in (_RESETTING, _DRAINING):
            self._cond.wait()
        if self._state < 0:
            raise BrokenBarrierError
        assert self._state == _FILLING

    def _release(self):
        # Runs in the last thread to arrive; an action that fails breaks the barrier for everybody.
        try:
            if self._action:
                self._action()
            self._state = _DRAINING
            self._cond.notify_all()
        except:
            self._break()
            raise

    def _wait(self, timeout):
        if not self._cond.wait_for(lambda: self._state != _FILLING, timeout):
            self._break()
            raise BrokenBarrierError
        if self._state < 0:
            raise BrokenBarrierError
        assert self._state == _DRAINING

    def _exit(self):
        # The last one out opens the barrier for the next round.
        if self._count == 0:
            if self._state in (_RESETTING, _DRAINING):
                self._state = _FILLING
                self._cond.notify_all()

    def reset(self):
        """Make the barrier empty and whole again; threads waiting now get BrokenBarrierError."""
        with self._cond:
            if self._count == 0:
                self._state = _FILLING
            elif self._state in (_FILLING, _BROKEN):
                self._state = _RESETTING
            self._cond.notify_all()

    def abort(self):
        """Break the barrier: waiting and coming threads get BrokenBarrierError until reset()."""
        with self._cond:
            self._break()

    def _break(self):
        self._state = _BROKEN
        self._cond.notify_all()

    @property
    def parties(self):
        """How many threads must arrive."""
        return self._parties

    @property
    def n_waiting(self):
        """How many threads have arrived in the current round."""
        return self._count if self._state == _FILLING else 0

    @property
    def broken(self):
        """Whether the barrier is broken."""
        return self._state == _BROKEN


Barrier.__module__ = BrokenBarrierError.__module__ = 'threading'
