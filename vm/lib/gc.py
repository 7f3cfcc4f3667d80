# gilsim: atomic
"""The collector of cycles.

Mirrors CPython 3.13's Modules/gcmodule.c as far as programs see it. Objects outside cycles end when the last reference
goes; cycles end in collect(), or when the heap has grown.
"""
import _gilsim

DEBUG_STATS = 1
DEBUG_COLLECTABLE = 2
DEBUG_UNCOLLECTABLE = 4
DEBUG_SAVEALL = 32
DEBUG_LEAK = 38

garbage = []
callbacks = []

_enabled = True
_threshold = (2000, 10, 10)
_debug = 0
_frozen = 0
_stats = [{'collections': 0, 'collected': 0, 'uncollectable': 0} for _ in range(3)]


def collect(generation=2):
    """Let the cycles end that nothing refers to; the number of objects in them."""
    if generation.__index__() not in (0, 1, 2):
        raise ValueError("invalid generation")
    info = {'generation': generation, 'collected': 0, 'uncollectable': 0}
    for callback in list(callbacks):
        callback('start', info)
    _gilsim.gc_request(False)
    found = _gilsim.gc_collected()
    # What a finaliser kept until now goes too, uncounted.
    _gilsim.gc_request(False)
    _gilsim.gc_collected()
    _stats[generation]['collections'] += 1
    _stats[generation]['collected'] += found
    info = {'generation': generation, 'collected': found, 'uncollectable': 0}
    for callback in list(callbacks):
        callback('stop', info)
    return found


def enable():
    """Collect from time to time."""
    global _enabled
    _enabled = True


def disable():
    """Collect only when asked to."""
    global _enabled
    _enabled = False


def isenabled():
    """Whether cycles are collected from time to time."""
    return _enabled


def get_threshold():
    """The thresholds set last."""
    return _threshold


def set_threshold(threshold0, threshold1=None, threshold2=None, /):
    """Set when to collect."""
    global _threshold
    given = (threshold0, threshold1, threshold2)
    _threshold = tuple([old if new is None else new.__index__() for new, old in zip(given, _threshold)])


def get_count():
    """Allocations since the last collections."""
    return (0, 0, 0)


def get_stats():
    """What the collections did, by generation."""
    return [dict(row) for row in _stats]


def get_debug():
    """The flags set last."""
    return _debug


def set_debug(flags, /):
    """Set the flags; nothing is printed."""
    global _debug
    _debug = flags.__index__()


def is_tracked(obj, /):
    """Whether the collector looks at such an object."""
    return _gilsim.gc_is_tracked(obj)


def freeze():
    """Keep everything there is from being looked at."""


def unfreeze():
    """Look at everything again."""


def get_freeze_count():
    """How many objects are not looked at."""
    return _frozen
