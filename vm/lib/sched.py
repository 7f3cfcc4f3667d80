"""A scheduler of events.

Mirrors the algorithm of CPython 3.13's Lib/sched.py: a heap under a lock, which is not held while actions run or time
passes.
"""

import _heapq as heapq
import threading
import time
from _namedtuple import namedtuple

__all__ = ["scheduler"]

Event = namedtuple('Event', 'time, priority, sequence, action, argument, kwargs', module='sched')
_no_kwargs = object()


class scheduler:
    """Runs actions at times of a clock; delayfunc passes the time between."""

    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = iter(range(1 << 62))

    def enterabs(self, time, priority, action, argument=(), kwargs=_no_kwargs):
        """Enter an event at a time; gives the event."""
        if kwargs is _no_kwargs:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, next(self._sequence_generator), action, argument, kwargs)
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_no_kwargs):
        """Enter an event some time from now; gives the event."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event out, or raise ValueError."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Whether there are no events."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Run the events until there are none; without blocking, those that are due: gives the time to the next."""
        lock, queue, delayfunc, timefunc, pop = self._lock, self._queue, self.delayfunc, self.timefunc, heapq.heappop
        while True:
            with lock:
                if not queue:
                    break
                time, priority, sequence, action, argument, kwargs = queue[0]
                now = timefunc()
                if time > now:
                    delay = True
                else:
                    delay = False
                    pop(queue)
            if delay:
                if not blocking:
                    return time - now
                delayfunc(time - now)
            else:
                action(*argument, **kwargs)
                delayfunc(0)    # lets other threads run

    @property
    def queue(self):
        """The events in order."""
        with self._lock:
            events = self._queue[:]
        return list(map(heapq.heappop, [events] * len(events)))
