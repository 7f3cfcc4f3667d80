"""A pool of threads that work off calls: `ThreadPool`.

As in CPython a call passes four threads: whoever asks puts it on the task queue, the task handler hands it to the
workers, a worker makes the call, and the result handler stores what came out, runs the callbacks and wakes who waits. A
third handler waits for the pool to be closed. All of them are daemons. What is missed: a worker that a SystemExit ended is
not replaced.
"""

__all__ = ['ThreadPool']

import collections
import itertools
import os
import queue
import threading

from . import TimeoutError
from .dummy import Process

INIT = 'INIT'
RUN = 'RUN'
CLOSE = 'CLOSE'
TERMINATE = 'TERMINATE'

_job_numbers = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    function, batch = args
    return list(itertools.starmap(function, batch))


def worker(inqueue, outqueue, initializer=None, initargs=()):
    """Makes calls until told to stop by None."""
    if initializer is not None:
        initializer(*initargs)
    while True:
        task = inqueue.get()
        if task is None:
            return
        job, index, function, args, kwds = task
        try:
            result = (True, function(*args, **kwds))
        except Exception as error:
            result = (False, error)
        outqueue.put((job, index, result))
        # What a call was given and gave must not live until the next one.
        task = function = args = kwds = result = None


def _start(thread):
    thread.daemon = True
    thread.start()
    return thread


class Pool:
    """What every pool does; `ThreadPool` is the one that can be made."""

    def __init__(self, processes=None, initializer=None, initargs=()):
        self._pool = []
        self._state = INIT
        if processes is None:
            processes = os.process_cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._processes = processes
        self._cache = {}
        self._inqueue = queue.SimpleQueue()
        self._outqueue = queue.SimpleQueue()
        self._taskqueue = queue.SimpleQueue()
        self._change_notifier = queue.SimpleQueue()
        for _ in range(processes):
            thread = Process(target=worker, args=(self._inqueue, self._outqueue, initializer, initargs))
            self._pool.append(_start(thread))
        self._worker_handler = _start(threading.Thread(target=self._handle_workers))
        self._task_handler = _start(threading.Thread(target=self._handle_tasks))
        self._result_handler = _start(threading.Thread(target=self._handle_results))
        self._state = RUN

    def __repr__(self):
        cls = self.__class__
        return f'<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>'

    def _handle_workers(self):
        """Waits for the end, and then for the last result unless nobody wants it any more."""
        while self._state in (INIT, RUN) or (self._cache and self._state != TERMINATE):
            self._change_notifier.get()
        self._taskqueue.put(None)

    def _handle_tasks(self):
        for result, tasks in iter(self._taskqueue.get, None):
            self._hand_out(result, tasks)
        self._outqueue.put(None)
        for _ in self._pool:
            self._inqueue.put(None)

    def _hand_out(self, result, tasks):
        count = 0
        try:
            for function, args, kwds in tasks:
                if self._state == TERMINATE:
                    return
                self._inqueue.put((result._job, count, function, args, kwds))
                count += 1
            result._set_length(count)
        except Exception as error:
            # The iterable itself failed: that is the result of what it would have given next.
            result._set(count, (False, error))

    def _handle_results(self):
        is_told_to_stop = False
        while not is_told_to_stop or (self._cache and self._state != TERMINATE):
            item = self._outqueue.get()
            if item is None:
                is_told_to_stop = True
            elif self._state != TERMINATE:
                job, index, result = item
                if job in self._cache:
                    self._cache[job]._set(index, result)
            item = result = None

    def _forget(self, job):
        """A job is done; the worker handler may be waiting for the last one."""
        del self._cache[job]
        if not self._cache:
            self._change_notifier.put(None)

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        """The value of func(*args, **kwds), computed by a worker."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Like apply(), but does not wait."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put((result, [(func, args, kwds)]))
        return result

    def map(self, func, iterable, chunksize=None):
        """The list of the values of func for each item."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Like map(), but does not wait."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        """Like map(), with items that are tuples of arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Like starmap(), but does not wait."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, '__len__'):
            iterable = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(iterable), len(self._pool) * 4)
            if extra:
                chunksize += 1
        if len(iterable) == 0:
            chunksize = 0
        result = MapResult(self, chunksize, len(iterable), callback, error_callback)
        self._taskqueue.put((result, self._batches(func, iterable, mapper, chunksize)))
        return result

    @staticmethod
    def _batches(func, iterable, mapper, size):
        items = iter(iterable)
        while batch := tuple(itertools.islice(items, size)):
            yield mapper, ((func, batch),), {}

    def imap(self, func, iterable, chunksize=1):
        """An iterator over the values of func for each item, in the order of the items."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """Like imap(), in the order in which the values are there."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError("Chunksize must be 1+, not {0:n}".format(chunksize))
        result = kind(self)
        if chunksize == 1:
            self._taskqueue.put((result, ((func, (item,), {}) for item in iterable)))
            return result
        self._taskqueue.put((result, self._batches(func, iterable, mapstar, chunksize)))
        return (item for batch in result for item in batch)

    def close(self):
        """Takes no more calls; workers end when all are made."""
        if self._state == RUN:
            self._state = CLOSE
            self._change_notifier.put(None)

    def terminate(self):
        """Takes no more calls and forgets those that were not begun."""
        if self._state == TERMINATE:
            return
        self._state = TERMINATE
        self._change_notifier.put(None)
        self._worker_handler.join()
        self._task_handler.join()
        try:
            while True:
                self._inqueue.get_nowait()
        except queue.Empty:
            pass
        for _ in self._pool:
            self._inqueue.put(None)
        self._result_handler.join()

    def join(self):
        """Waits for the end of all threads of a pool that was closed or terminated."""
        if self._state in (INIT, RUN):
            raise ValueError("Pool is still running")
        self._worker_handler.join()
        self._task_handler.join()
        self._result_handler.join()
        for thread in self._pool:
            thread.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


class ThreadPool(Pool):
    """A pool whose workers are threads."""


class ApplyResult:
    """What a call that nobody waits for will have given."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._job = next(_job_numbers)
        self._callback = callback
        self._error_callback = error_callback
        pool._cache[self._job] = self

    def ready(self):
        return self._event.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError("{0!r} not ready".format(self))
        return self._success

    def wait(self, timeout=None):
        self._event.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, index, result):
        self._finish(*result)

    def _set_length(self, length):
        """All is handed out: how many there are was known before."""

    def _finish(self, success, value):
        self._success, self._value = success, value
        callback = self._callback if success else self._error_callback
        if callback:
            callback(value)
        self._event.set()
        self._pool._forget(self._job)
        self._pool = None


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The values of a map: there when the last batch is, or has failed."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        if chunksize <= 0:
            self._number_left = 0
            self._event.set()
            pool._forget(self._job)
        else:
            self._number_left = length // chunksize + bool(length % chunksize)

    def _set(self, index, result):
        self._number_left -= 1
        success, value = result
        if success and self._success:
            self._value[index * self._chunksize:(index + 1) * self._chunksize] = value
        elif not success and self._success:
            # Only the first failure is kept; the rest of the batches is waited for.
            self._success, self._value = False, value
        if self._number_left == 0:
            self._finish(self._success, self._value)


class IMapIterator:
    """The values of a map, one at a time."""

    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._job = next(_job_numbers)
        self._items = collections.deque()
        self._index = 0
        self._length = None
        self._unsorted = {}
        pool._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        with self._cond:
            if not self._items:
                self._check_end()
                self._cond.wait(timeout)
                if not self._items:
                    self._check_end()
                    raise TimeoutError from None
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _check_end(self):
        if self._index == self._length:
            self._pool = None
            raise StopIteration from None

    def _set(self, index, result):
        with self._cond:
            self._arrived(index, result)
            self._forget_if_done()

    def _arrived(self, index, result):
        self._unsorted[index] = result
        while self._index in self._unsorted:
            self._items.append(self._unsorted.pop(self._index))
            self._index += 1
            self._cond.notify()

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == length:
                self._cond.notify()
            self._forget_if_done()

    def _forget_if_done(self):
        if self._index == self._length and self._pool is not None:
            self._pool._forget(self._job)
            self._pool = None


class IMapUnorderedIterator(IMapIterator):
    """The values of a map as they come."""

    def _arrived(self, index, result):
        self._items.append(result)
        self._index += 1
        self._cond.notify()
