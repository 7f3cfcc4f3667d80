"""What threading does otherwise on 2.7, whose locks have no timeouts.

Mirrors RLock, Condition.wait and the end of a thread of CPython 2.7's Lib/threading.py: a lock that can be taken again is
Python over a lock, a wait with a timeout tries again and again and sleeps in between, the end of a thread is told through a
condition.
"""

from _thread import allocate_lock as _allocate_lock, get_ident as _get_ident
from time import monotonic as _now, sleep as _sleep


class RLock:
    """A lock that its owner may take again; it must release it as often."""

    def __init__(self):
        self._block = _allocate_lock()
        self._owner = None
        self._count = 0

    def __repr__(self):
        return '<%s owner=%r count=%d>' % (type(self).__name__, self._owner, self._count)

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock; false if that took too long."""
        me = _get_ident()
        if self._owner == me:
            self._count = self._count + 1
            return True
        taken = self._block.acquire(blocking, timeout)
        if taken:
            self._owner = me
            self._count = 1
        return taken

    __enter__ = acquire

    def release(self):
        """Give the lock back once."""
        if self._owner != _get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count = count = self._count - 1
        if not count:
            self._owner = None
            self._block.release()

    def __exit__(self, *exc_info):
        self.release()

    def _acquire_restore(self, state):
        count, owner = state
        self._block.acquire()
        self._count = count
        self._owner = owner

    def _release_save(self):
        count = self._count
        self._count = 0
        owner = self._owner
        self._owner = None
        self._block.release()
        return count, owner

    def _is_owned(self):
        return self._owner == _get_ident()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0


def poll(waiter, timeout):
    """Acquire a lock within so many seconds; false if the time ran out."""
    deadline = _now() + timeout
    delay = 0.0005
    while not waiter.acquire(False):
        remaining = deadline - _now()
        if remaining <= 0:
            return False
        delay = min(delay * 2, remaining, 0.05)
        _sleep(delay)
    return True


def stop(thread):
    """Tell those who join a thread that it has ended. Here nobody waits for that: joins wait for the thread itself, so that
    it can be said for whom somebody waits."""
    with thread._block:
        thread._block.notify_all()
