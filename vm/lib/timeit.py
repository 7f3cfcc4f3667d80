"""Measures how long functions take, in virtual time.

Mirrors timeit() and repeat() of CPython 3.13's Lib/timeit.py for functions. Leaves out code given as text and the
command line.
"""

import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter


def _runnable(code, what):
    if callable(code):
        return code
    if code == 'pass':
        return lambda: None
    raise ValueError(f"{what} is neither a string nor callable" if not isinstance(code, str)
                     else f"timeit of code given as text is not supported: {code!r}")


class Timer:
    """Times a function."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        self._stmt = _runnable(stmt, "stmt")
        self._setup = _runnable(setup, "setup")

    def timeit(self, number=default_number):
        """How many seconds `number` calls take."""
        self._setup()
        stmt, timer = self._stmt, self.timer
        start = timer()
        for _ in range(number):
            stmt()
        return timer() - start

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
