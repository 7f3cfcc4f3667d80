# gilsim: atomic
"""Functions to be called when the program ends.

Mirrors CPython 3.13's Modules/atexitmodule.c: last registered first called; what a function raises is reported and the
next one goes on.
"""

import sys as _sys
import _gilsim

_registered = []


def register(*args, **kwargs):
    """register(func, *args, **kwargs): have func called at the end of the program; gives func back."""
    if not args:
        raise TypeError("register() takes at least 1 argument (0 given)")
    if not callable(args[0]):
        raise TypeError("the first argument must be callable")
    _registered.append((args[0], args[1:], kwargs))
    return args[0]


def unregister(func, /):
    """Forget every registration of func."""
    for entry in list(_registered):
        if entry[0] == func and entry in _registered:
            _registered.remove(entry)


def _clear():
    """Forget everything."""
    _registered.clear()


def _ncallbacks():
    """How many registrations there are."""
    return len(_registered)


def _run_exitfuncs():
    """Call all functions now; those that are registered meanwhile are forgotten."""
    for entry in _registered[::-1]:
        if not any([entry is other for other in _registered]):
            continue    # unregistered by one of the functions before it
        func, args, kwargs = entry
        try:
            func(*args, **kwargs)
        except BaseException as exc:
            _report(func, exc)
    _registered.clear()


def _report(func, exc):
    stream = _sys.stderr
    if stream is not None:
        stream.write(f"Exception ignored in atexit callback {func!r}:\n")
        stream.write(_gilsim.format_ignored(exc))
        stream.flush()
