"""Threads and the ways in which they wait for each other.

Mirrors the algorithms of CPython 3.13's Lib/threading.py: every public call performs the same lock operations in the
same order, so the same switches and releases of the GIL are possible. A condition is a lock plus a queue of one-shot
waiter locks; events, semaphores and barriers (in _threading_barrier.py) are a condition plus a little state.

Leaves out: the trace and profile hooks (they raise), the pure-Python RLock, weak bookkeeping of dead Thread objects
(only live ones need care after a fork), and daemon threads being refused in subinterpreters.
"""

import sys as _sys
import os as _os
import _gilsim
import _thread
from time import monotonic as _now
from _collections import deque as _deque
from _thread import get_ident, get_native_id, stack_size, TIMEOUT_MAX, _local as local
from _threading_excepthook import _excepthook as excepthook, _ExceptHookArgs as ExceptHookArgs, _note_death

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread', 'TIMEOUT_MAX',
           'Event', 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread', 'Barrier', 'BrokenBarrierError',
           'Timer', 'ThreadError', 'setprofile', 'settrace', 'local', 'stack_size', 'excepthook', 'ExceptHookArgs',
           'gettrace', 'getprofile', 'setprofile_all_threads', 'settrace_all_threads', 'get_native_id']

Lock = _thread.LockType
ThreadError = _thread.error
__excepthook__ = excepthook
_new_waiter_lock = _gilsim.new_waiter_lock
_native_rlock = _thread.RLock
_old = None
if _gilsim.library_rule('polls_in_wait'):
    import _threading_old as _old
    _native_rlock = _old.RLock


def _deprecated(message):
    # Three frames up: the caller of the deprecated method.
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=3)


def RLock(*args, **kwargs):
    """Make a lock that its owner may take again; it must release it as often."""
    if args or kwargs:
        import warnings
        warnings.warn('Passing arguments to RLock is deprecated and will be removed in 3.15',
                      DeprecationWarning, stacklevel=2)
    return _native_rlock(*args, **kwargs)


class Condition:
    """A lock together with a queue of threads that wait to be told about a change."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self._waiters = _deque()
        self.acquire = lock.acquire
        self.release = lock.release
        # An RLock knows better how to let go of all its levels at once; a plain lock uses the methods below.
        for helper in ('_release_save', '_acquire_restore', '_is_owned'):
            if hasattr(lock, helper):
                setattr(self, helper, getattr(lock, helper))

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()
        self._waiters.clear()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

    def __repr__(self):
        return "<Condition(%s, %d)>" % (self._lock, len(self._waiters))

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, saved):
        self._lock.acquire()

    def _is_owned(self):
        # A plain lock has no owner: "taken by somebody" has to do.
        if not self._lock.acquire(False):
            return True
        self._lock.release()
        return False

    def wait(self, timeout=None):
        """Let go of the lock, sleep until notified or timed out, take the lock again; False means timed out."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        # The waiter lock is taken twice by this thread; the second time blocks until a notifier releases it.
        waiter = _new_waiter_lock()
        waiter.acquire()
        self._waiters.append(waiter)
        saved = self._release_save()
        notified = False
        try:
            if timeout is None:
                waiter.acquire()
                notified = True
            elif timeout > 0:
                notified = waiter.acquire(True, timeout) if _old is None else _old.poll(waiter, timeout)
            else:
                notified = waiter.acquire(False)
            return notified
        finally:
            self._acquire_restore(saved)
            if not notified:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass    # a notifier came between the timeout and the re-acquisition

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true; gives its last value, false if the time ran out."""
        deadline = None
        remaining = timeout
        result = predicate()
        while not result:
            if remaining is not None:
                if deadline is None:
                    deadline = _now() + remaining
                else:
                    remaining = deadline - _now()
                    if remaining <= 0:
                        break
            self.wait(remaining)
            result = predicate()
        return result

    def notify(self, n=1):
        """Wake the n threads that have waited longest; they still have to get the lock."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            waiter = waiters[0]
            try:
                waiter.release()
            except RuntimeError:
                pass    # released by a notifier that was interrupted before it took the waiter out
            else:
                n -= 1
            try:
                waiters.remove(waiter)
            except ValueError:
                pass

    def notify_all(self):
        """Wake every thread that waits now."""
        self.notify(len(self._waiters))

    def notifyAll(self):
        """The old name of notify_all()."""
        _deprecated('notifyAll() is deprecated, use notify_all() instead')
        self.notify_all()


class Semaphore:
    """A counter that acquire() lowers, waiting while it is zero, and release() raises."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        cls = self.__class__
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        """Take one unit; False if there was none and waiting was not wanted or took too long."""
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        deadline = None
        with self._cond:
            while self._value == 0:
                if not blocking:
                    return False
                if timeout is not None:
                    if deadline is None:
                        deadline = _now() + timeout
                    else:
                        timeout = deadline - _now()
                        if timeout <= 0:
                            return False
                self._cond.wait(timeout)
            self._value -= 1
        return True

    __enter__ = acquire

    def release(self, n=1):
        """Give back n units and wake as many waiters."""
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, exc_type, exc_value, traceback):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that refuses to be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        cls = self.__class__
        return (f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}:"
                f" value={self._value}/{self._initial_value}>")

    def release(self, n=1):
        """Give back n units and wake as many waiters; ValueError beyond the initial value."""
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag that threads can wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        cls = self.__class__
        status = 'set' if self._flag else 'unset'
        return f"<{cls.__module__}.{cls.__qualname__} at {id(self):#x}: {status}>"

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()

    def is_set(self):
        """Whether the flag is up."""
        return self._flag

    def isSet(self):
        """The old name of is_set()."""
        _deprecated('isSet() is deprecated, use is_set() instead')
        return self.is_set()

    def set(self):
        """Raise the flag and wake all waiters."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        """Lower the flag."""
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is up; False only if the time ran out first."""
        with self._cond:
            signaled = self._flag
            if not signaled:
                signaled = self._cond.wait(timeout)
            return signaled


_next_number = iter(range(1, 1 << 62)).__next__


def _newname(template):
    return template % _next_number()


# Who lives: started threads by ident, and threads between start() and their first own step. The lock is reentrant
# because a signal handler or a tracing caller may ask for the list while this thread is changing it.
_active_limbo_lock = RLock()
_active = {}
_limbo = {}


class Thread:
    """One thread of control: a target to call, or a subclass with its own run()."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = _newname("Thread-%d")
            if target is not None:
                try:
                    name += f" ({target.__name__})"
                except AttributeError:
                    pass
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._native_id = None
        self._handle = _thread._ThreadHandle()
        self._started = Event()
        if _old is not None:
            self._block = Condition(Lock())
        self._initialized = True
        self._stderr = _sys.stderr    # for reports when sys.stderr is None

    def _after_fork(self, new_ident=None):
        # In a forked child; without new_ident this thread exists in the parent only.
        self._started._at_fork_reinit()
        if new_ident is not None:
            self._ident = new_ident
            assert self._handle.ident == new_ident

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial"
        if self._started.is_set():
            status = "started"
        if self._handle.is_done():
            status = "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += " %s" % self._ident
        return "<%s(%s, %s)>" % (self.__class__.__name__, self._name, status)

    def start(self):
        """Start the thread; returns when it has taken its first steps."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        with _active_limbo_lock:
            _limbo[self] = self
        try:
            _thread.start_joinable_thread(self._bootstrap, handle=self._handle, daemon=self.daemon)
        except Exception:
            with _active_limbo_lock:
                del _limbo[self]
            raise
        self._started.wait()

    def run(self):
        """What the thread does: call the target, unless a subclass says otherwise."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # Arguments may point back at the thread.
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._bootstrap_inner()

    def _set_ident(self):
        self._ident = get_ident()

    def _set_native_id(self):
        self._native_id = get_native_id()

    def _bootstrap_inner(self):
        try:
            self._set_ident()
            self._set_native_id()
            _gilsim.name_thread(self._ident, self._name)
            self._started.set()
            with _active_limbo_lock:
                _active[self._ident] = self
                del _limbo[self]
            try:
                self.run()
            except:
                self._invoke_excepthook(self)
        finally:
            self._delete()

    def _delete(self):
        with _active_limbo_lock:
            if _old is not None:
                _old.stop(self)
            del _active[get_ident()]

    def join(self, timeout=None):
        """Wait until the thread has ended, or the time is over; is_alive() tells which."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if timeout is not None:
            timeout = max(timeout, 0)
        self._handle.join(timeout)

    @property
    def name(self):
        """A text for people; need not be unique."""
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)
        _gilsim.name_thread(self._ident, self._name)

    @property
    def ident(self):
        """The number get_ident() gives inside the thread; None before it is started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        """The operating system's number of the thread; None before it is started."""
        assert self._initialized, "Thread.__init__() not called"
        return self._native_id

    def is_alive(self):
        """Whether the thread was started and has not ended."""
        assert self._initialized, "Thread.__init__() not called"
        return self._started.is_set() and not self._handle.is_done()

    @property
    def daemon(self):
        """Whether the program may end without waiting for this thread."""
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        """The old form of the daemon attribute."""
        _deprecated('isDaemon() is deprecated, get the daemon attribute instead')
        return self.daemon

    def setDaemon(self, daemonic):
        """The old form of setting the daemon attribute."""
        _deprecated('setDaemon() is deprecated, set the daemon attribute instead')
        self.daemon = daemonic

    def getName(self):
        """The old form of the name attribute."""
        _deprecated('getName() is deprecated, get the name attribute instead')
        return self.name

    def setName(self, name):
        """The old form of setting the name attribute."""
        _deprecated('setName() is deprecated, set the name attribute instead')
        self.name = name


def invoke_excepthook(thread):
    """Hand the exception that ended run() to threading.excepthook, and a failure of that to sys.excepthook."""
    try:
        hook = excepthook
        if hook is None:
            hook = __excepthook__
        args = ExceptHookArgs([*_sys.exc_info(), thread])
        _note_death()
        hook(args)
    except Exception as exc:
        exc.__suppress_context__ = True
        stderr = _sys.stderr
        if stderr is None:
            stderr = thread._stderr
        print("Exception in threading.excepthook:", file=stderr, flush=True)
        sys_hook = _sys.excepthook
        if sys_hook is None:
            sys_hook = _sys.__excepthook__
        sys_hook(*_sys.exc_info())


Thread._invoke_excepthook = staticmethod(invoke_excepthook)


class Timer(Thread):
    """A thread that calls a function after some seconds, unless it is cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Do not call the function, if it was not called yet."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):

    def __init__(self):
        Thread.__init__(self, name="MainThread", daemon=False)
        self._started.set()
        self._ident = _thread._get_main_thread_ident()
        self._handle = _thread._make_thread_handle(self._ident)
        self._set_native_id()
        with _active_limbo_lock:
            _active[self._ident] = self


_dummies = []


class _DummyThread(Thread):
    """Stands for a thread that _thread.start_new_thread() made and that asked for its Thread object."""

    def __init__(self):
        Thread.__init__(self, name=_newname("Dummy-%d"), daemon=True)
        self._started.set()
        self._set_ident()
        self._handle = _thread._make_thread_handle(self._ident)
        self._set_native_id()
        with _active_limbo_lock:
            _active[self._ident] = self
            _dummies.append(self)

    def is_alive(self):
        if not self._handle.is_done() and self._started.is_set():
            return True
        raise RuntimeError("thread is not alive")

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")

    def _after_fork(self, new_ident=None):
        if new_ident is not None:
            self.__class__ = _MainThread
            self._name = 'MainThread'
            self._daemonic = False
        Thread._after_fork(self, new_ident=new_ident)


def _drop_dead_dummies():
    # Nobody runs our code when such a thread ends, so the lists are swept when they are read.
    for dummy in list(_dummies):
        if not _gilsim.thread_is_alive(dummy._handle):
            _dummies.remove(dummy)
            if _active.get(dummy._ident) is dummy:
                del _active[dummy._ident]


def current_thread():
    """The Thread object of the caller."""
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


def currentThread():
    """The old name of current_thread()."""
    _deprecated('currentThread() is deprecated, use current_thread() instead')
    return current_thread()


def active_count():
    """How many threads are alive."""
    with _active_limbo_lock:
        if _dummies:
            _drop_dead_dummies()
        return len(_active) + len(_limbo)


def activeCount():
    """The old name of active_count()."""
    _deprecated('activeCount() is deprecated, use active_count() instead')
    return active_count()


def enumerate():
    """A list of the threads that are alive."""
    with _active_limbo_lock:
        if _dummies:
            _drop_dead_dummies()
        return list(_active.values()) + list(_limbo.values())


def main_thread():
    """The Thread object of the thread that runs the program's top level."""
    return _main_thread


def _no_hook(name):
    raise NotImplementedError(f"threading.{name}() is not supported: gilsim runs no trace or profile functions")


def settrace(func):
    """Not supported."""
    _no_hook('settrace')


def settrace_all_threads(func):
    """Not supported."""
    _no_hook('settrace_all_threads')


def setprofile(func):
    """Not supported."""
    _no_hook('setprofile')


def setprofile_all_threads(func):
    """Not supported."""
    _no_hook('setprofile_all_threads')


def gettrace():
    """None: there are no trace functions."""
    return None


def getprofile():
    """None: there are no profile functions."""
    return None


_main_thread = _MainThread()
_exit_calls = []
_shutting_down = False


def _register_atexit(func, *args, **kwargs):
    # Called before the non-daemon threads are joined, last registered first (atexit callbacks come after the join).
    if _shutting_down:
        raise RuntimeError("can't register atexit after shutdown")
    _exit_calls.append(lambda: func(*args, **kwargs))


def _shutdown():
    # The interpreter calls this when the program's top level has ended.
    global _shutting_down
    if _main_thread._handle.is_done():
        return
    _shutting_down = True
    for call in reversed(_exit_calls):
        call()
    # Threads may be joining the main thread: for them it ends here.
    _main_thread._handle._set_done()
    _thread._shutdown()


def _after_fork():
    # The child has one thread only: forget the others, and forget who held the locks.
    global _active_limbo_lock, _main_thread
    _active_limbo_lock = RLock()
    _main_thread = current = _active.get(get_ident()) or _MainThread()
    with _active_limbo_lock:
        ident = get_ident()
        for thread in list(_active.values()) + list(_limbo.values()):
            if thread is current:
                thread._after_fork(new_ident=ident)
            else:
                thread._after_fork()
        _dummies.clear()
        _limbo.clear()
        _active.clear()
        _active[ident] = current


if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(after_in_child=_after_fork)

from _threading_barrier import Barrier, BrokenBarrierError
