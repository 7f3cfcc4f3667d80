# gilsim: atomic
"""Dictionaries that make missing values, and counting into a dictionary.

Mirrors defaultdict and _count_elements of CPython 3.13's Modules/_collectionsmodule.c: between the calls of the
factory nothing can interrupt them.
"""

import _reprguard


# Factories in C, which nothing can interrupt.
_TYPES = (int, list, dict, set, float, str, tuple, bool, bytes, bytearray, complex, frozenset, object)


class defaultdict(dict):
    """A dict that calls default_factory() for a key that is not there, and keeps the value."""

    __module__ = 'collections'
    __slots__ = ('default_factory',)

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        dict.__init__(self, *args, **kwargs)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        factory = self.default_factory
        value = factory()
        if factory in _TYPES:
            self[key] = value
        else:
            # Other threads can come between the call and this.
            type(self).__setitem__(self, key, value)
        return value

    def __repr__(self):
        if _reprguard.enter(self.default_factory):
            factory = '...'
        else:
            try:
                factory = repr(self.default_factory)
            finally:
                _reprguard.leave(self.default_factory)
        return f"{type(self).__name__}({factory}, {dict.__repr__(self)})"

    def copy(self):
        """D.copy() -> a shallow copy of D."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = self.copy()
        result.update(other)
        return result

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(self.default_factory, other)
        result.update(self)
        return result

    __class_getitem__ = classmethod(type(list[int]))


def _count_elements(mapping, iterable):
    """Count the items of iterable into mapping."""
    get = mapping.get
    for item in iterable:
        mapping[item] = get(item, 0) + 1
