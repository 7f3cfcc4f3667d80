"""Tools for the with statement.

Mirrors CPython 3.13's Lib/contextlib.py. Leaves out everything asynchronous, and chdir.
"""

import sys
from _collections import deque
from abc import ABC, abstractmethod
from functools import wraps
from types import GenericAlias, MethodType

__all__ = ["contextmanager", "closing", "nullcontext", "AbstractContextManager", "ContextDecorator", "ExitStack",
           "redirect_stdout", "redirect_stderr", "suppress"]


class AbstractContextManager(ABC):
    """Has __enter__ and __exit__."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        if cls is AbstractContextManager:
            from collections.abc import _has_methods
            return _has_methods(other, ("__enter__", "__exit__"))
        return NotImplemented


class ContextDecorator:
    """Makes a context manager a decorator: the decorated function runs inside it."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner


class _GeneratorContextManager(AbstractContextManager, ContextDecorator):
    """Helper for @contextmanager decorator."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        doc = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        # A generator runs once: each call of a decorated function needs a new one.
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            try:
                raise RuntimeError("generator didn't stop")
            finally:
                self.gen.close()
        if value is None:
            value = typ()
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            # The generator has ended: the exception is dealt with, unless it is the very one thrown in.
            return exc is not value
        except RuntimeError as exc:
            if exc is not value and not (isinstance(value, StopIteration) and exc.__cause__ is value):
                raise
            value.__traceback__ = traceback
            return False
        except BaseException as exc:
            if exc is not value:
                raise
            exc.__traceback__ = traceback
            return False
        try:
            raise RuntimeError("generator didn't stop after throw()")
        finally:
            self.gen.close()


def contextmanager(func):
    """Decorator: a generator function with one yield becomes a context manager."""
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


class closing(AbstractContextManager):
    """Calls thing.close() at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _RedirectStream(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []    # a list, because it may be entered again

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Makes sys.stdout another file meanwhile (for all threads)."""

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Makes sys.stderr another file meanwhile (for all threads)."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the block silently at one of these exceptions."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return
        if issubclass(exctype, self._exceptions):
            return True
        if issubclass(exctype, BaseExceptionGroup):
            match, rest = excinst.split(self._exceptions)
            if rest is None:
                return True
            raise rest
        return False


class ExitStack(AbstractContextManager):
    """A with statement whose context managers and callbacks are added as it goes; they end in the opposite order."""

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Move everything to a new stack."""
        result = type(self)()
        result._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = deque()
        return result

    def push(self, exit):
        """Add an object with __exit__, or a function with the arguments of __exit__."""
        method = getattr(type(exit), '__exit__', None)
        self._exit_callbacks.append(exit if method is None else MethodType(method, exit))
        return exit

    def enter_context(self, cm):
        """Enter a context manager and add its __exit__."""
        cls = type(cm)
        try:
            enter = cls.__enter__
            exit = cls.__exit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does "
                            f"not support the context manager protocol") from None
        result = enter(cm)
        self._exit_callbacks.append(MethodType(exit, cm))
        return result

    def callback(self, callback, /, *args, **kwds):
        """Add any call; it cannot suppress exceptions."""
        def call(exc_type, exc, tb):
            callback(*args, **kwds)

        call.__wrapped__ = callback
        self._exit_callbacks.append(call)
        return callback

    def close(self):
        """End everything now."""
        self.__exit__(None, None, None)

    def __exit__(self, *exc_details):
        exc = exc_details[1]
        received = exc is not None
        outside = sys.exception()
        suppressed = False
        pending = False
        while self._exit_callbacks:
            callback = self._exit_callbacks.pop()
            try:
                details = (None, None, None) if exc is None else (type(exc), exc, exc.__traceback__)
                if callback(*details):
                    suppressed = True
                    pending = False
                    exc = None
            except BaseException as new:
                _chain(new, exc, outside)
                pending = True
                exc = new
        if pending:
            context = exc.__context__
            try:
                raise exc    # replaces the context
            except BaseException:
                exc.__context__ = context
                raise
        return received and suppressed


def _chain(new, old, outside):
    # As in nested with statements, the exception before is the context of the new one's own chain.
    while True:
        context = new.__context__
        if context is None or context is old:
            return
        if context is outside:
            break
        new = context
    new.__context__ = old


class nullcontext(AbstractContextManager):
    """Does nothing; for code that sometimes needs a context manager."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *exc_info):
        pass
