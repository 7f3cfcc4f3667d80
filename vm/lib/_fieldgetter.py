# gilsim: atomic
"""The attributes of named tuples: read-only properties for a place in the tuple.

Mirrors _tuplegetter of CPython 3.13's Modules/_collectionsmodule.c.
"""


def _refuse(self, value=None):
    raise AttributeError("can't set attribute")


def field_getter(index):
    """A property that reads item `index`."""
    return property(lambda self: self[index], _refuse, _refuse, f'Alias for field number {index}')
