# gilsim: atomic
"""Keeps the representation of an object that contains itself from going round for ever.

Mirrors Py_ReprEnter and Py_ReprLeave of CPython 3.13's Objects/object.c: per thread, the objects being shown now.
"""

from _thread import get_ident

_running = set()


def enter(obj):
    """Whether this thread is showing obj already; if not, it is from now on."""
    key = id(obj), get_ident()
    if key in _running:
        return True
    _running.add(key)
    return False


def leave(obj):
    """This thread has shown obj."""
    _running.discard((id(obj), get_ident()))
