# gilsim: atomic
"""Searching and inserting in sorted lists.

Mirrors CPython 3.13's Modules/_bisectmodule.c: the same comparisons in the same order, with `<` only.
"""


def _high(a, lo, hi):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    return len(a) if hi is None else hi


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """Where to insert x after equal items; with key, x is compared with the keys of the items."""
    hi = _high(a, lo, hi)
    while lo < hi:
        mid = (lo + hi) // 2
        item = a[mid]
        if x < (item if key is None else key(item)):
            hi = mid
        else:
            lo = mid + 1
    return lo


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """Where to insert x before equal items; with key, x is compared with the keys of the items."""
    hi = _high(a, lo, hi)
    while lo < hi:
        mid = (lo + hi) // 2
        item = a[mid]
        if (item if key is None else key(item)) < x:
            lo = mid + 1
        else:
            hi = mid
    return lo


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Insert x after equal items."""
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Insert x before equal items."""
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)


bisect = bisect_right
insort = insort_right
