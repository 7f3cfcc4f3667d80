# gilsim: atomic
"""What threading does with an exception that ends a thread: `Exception in thread NAME:` and the traceback.

Mirrors the native _excepthook of CPython 3.13's Modules/_threadmodule.c, including the several writes to sys.stderr.
"""

import sys
import _gilsim
from _thread import get_ident


class _ExceptHookArgs(tuple):
    """The four facts handed to threading.excepthook; made from a sequence of them."""

    __slots__ = ()
    __module__ = '_thread'
    n_fields = n_sequence_fields = 4
    n_unnamed_fields = 0

    def __new__(cls, sequence):
        self = tuple.__new__(cls, sequence)
        if len(self) != 4:
            raise TypeError(f"_thread._ExceptHookArgs() takes a 4-sequence ({len(self)}-sequence given)")
        return self

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])

    def __repr__(self):
        return ("_thread._ExceptHookArgs(exc_type=%r, exc_value=%r, exc_traceback=%r, thread=%r)"
                % (self[0], self[1], self[2], self[3]))


def _note_death():
    # Tells the simulation that an exception has ended this thread.
    exc = sys.exception()
    if not isinstance(exc, SystemExit):
        _gilsim.report_thread_died(type(exc).__name__, exc)


def _excepthook(args, /):
    """Handle the exception that ended Thread.run()."""
    if type(args) is not _ExceptHookArgs:
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    exc_type, exc_value, exc_traceback, thread = args
    if exc_type is SystemExit or not _gilsim.prints_tracebacks():
        return
    file = sys.stderr
    if file is None:
        if thread is None:
            return
        file = thread._stderr
        if file is None:
            return
    name = None
    if thread is not None:
        try:
            name = thread._name
        except AttributeError:
            pass
    file.write("Exception in thread ")
    if name is not None:
        try:
            file.write(str(name))
        except Exception:
            file.write("<failed to get thread name>")
    else:
        file.write(str(get_ident()))
    file.write(":\n")
    import traceback
    if exc_value is None:
        exc_value = exc_type()
    if exc_value.__traceback__ is None and exc_traceback is not None:
        exc_value = exc_value.with_traceback(exc_traceback)
    traceback.print_exception(exc_value, file=file)
    file.flush()
