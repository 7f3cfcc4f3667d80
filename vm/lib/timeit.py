"""Measures how long pieces of a program take, in virtual time.

Mirrors CPython 3.13's Lib/timeit.py. Leaves out the command line, and print_exc()'s lines of the text that was timed.
"""

import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals


def _indented(text, by):
    return text.replace("\n", "\n" + " " * by)


def _part(code, name, names, before=""):
    # The text of statement or setup inside the loop's function; a callable is called by a name of its own.
    if isinstance(code, str):
        # It must be whole by itself: what closes one loop and opens another is refused.
        compile(before + code, "<timeit-src>", "exec")
        return code
    if not callable(code):
        raise ValueError(f"{name} is neither a string nor callable")
    names["_" + name] = code
    return f"_{name}()"


class Timer:
    """Times a function, or statements given as text."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {}
        namespace = _globals() if globals is None else globals
        before = setup + "\n" if isinstance(setup, str) else ""
        setup = _part(setup, "setup", names)
        stmt = _part(stmt, "stmt", names, before)
        parameters = "".join(f", {name}={name}" for name in names)
        self.src = (f"\ndef inner(_it, _timer{parameters}):\n    {_indented(setup, 4)}\n    _t0 = _timer()\n"
                    f"    for _i in _it:\n        {_indented(stmt, 8)}\n        pass\n    _t1 = _timer()\n"
                    "    return _t1 - _t0\n")
        exec(compile(self.src, "<timeit-src>", "exec"), namespace, names)
        self._inner = names["inner"]

    def print_exc(self, file=None):
        """Print the traceback of the exception being handled."""
        import traceback
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """How many seconds the statement takes `number` times."""
        import itertools
        return self._inner(itertools.repeat(None, number), self.timer)

    def repeat(self, repeat=default_repeat, number=default_number):
        """Several measurements."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """The first of 1, 2, 5, 10, 20, 50 ... calls that take at least 0.2 seconds, and how long they took."""
        scale = 1
        while True:
            for factor in 1, 2, 5:
                number = scale * factor
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """How many seconds `number` calls of stmt take."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number,
           globals=None):
    """Several measurements."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
