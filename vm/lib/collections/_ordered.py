# gilsim: atomic
"""OrderedDict: a dict that can move keys to its ends, and compares with its order.

Mirrors CPython 3.13's Objects/odictobject.c in results. A dict keeps its order anyway; moving a key to the front
rebuilds it. Leaves out the message of a change during iteration (it is the one of dict).
"""

_MISSING = object()


class _View:
    # A view of an OrderedDict: a dict view that shows itself in the other way.
    __slots__ = ('_dict', '_view')

    def __init__(self, mapping, view):
        self._dict = mapping
        self._view = view

    def __repr__(self):
        return f"{type(self).__name__}({list(self._view)!r})"

    def __len__(self):
        return len(self._view)

    def __iter__(self):
        return iter(self._view)

    def __reversed__(self):
        return reversed(self._view)

    def __contains__(self, item):
        return item in self._view

    @property
    def mapping(self):
        """The dictionary this view shows."""
        return self._view.mapping


def _plain(other):
    return other._view if isinstance(other, _View) else other


class odict_values(_View):
    """The values of an OrderedDict."""

    __module__ = 'builtins'
    __slots__ = ()


class odict_keys(_View):
    """The keys of an OrderedDict."""

    __module__ = 'builtins'
    __slots__ = ()
    __hash__ = None

    def isdisjoint(self, other):
        """Whether there is no common item."""
        return self._view.isdisjoint(_plain(other))

    def __eq__(self, other):
        return self._view == _plain(other)

    def __lt__(self, other):
        return self._view < _plain(other)

    def __le__(self, other):
        return self._view <= _plain(other)

    def __gt__(self, other):
        return self._view > _plain(other)

    def __ge__(self, other):
        return self._view >= _plain(other)

    def __and__(self, other):
        return self._view & _plain(other)

    def __or__(self, other):
        return self._view | _plain(other)

    def __sub__(self, other):
        return self._view - _plain(other)

    def __xor__(self, other):
        return self._view ^ _plain(other)

    def __rand__(self, other):
        return other & self._view

    def __ror__(self, other):
        return other | self._view

    def __rsub__(self, other):
        return other - self._view

    def __rxor__(self, other):
        return other ^ self._view


class odict_items(odict_keys):
    """The pairs of an OrderedDict."""

    __module__ = 'builtins'
    __slots__ = ()


class OrderedDict(dict):
    """Dictionary that remembers insertion order"""

    __module__ = 'collections'

    def popitem(self, last=True):
        """Take the last (or first) pair out."""
        if not self:
            raise KeyError('dictionary is empty')
        key = next(reversed(self)) if last else next(iter(self))
        return key, dict.pop(self, key)

    def move_to_end(self, key, last=True):
        """Move a key to the end (or to the beginning)."""
        if not dict.__contains__(self, key):
            raise KeyError(key)
        value = dict.pop(self, key)
        if last:
            dict.__setitem__(self, key, value)
            return
        others = list(dict.items(self))
        dict.clear(self)
        dict.__setitem__(self, key, value)
        for other, value in others:
            dict.__setitem__(self, other, value)

    def pop(self, key, default=_MISSING):
        """Take a key out and give its value; else default, else KeyError."""
        if default is _MISSING:
            if key not in self and hasattr(type(self), '__missing__'):
                return type(self).__missing__(self, key)
            return dict.pop(self, key)
        return dict.pop(self, key, default)

    def setdefault(self, key, default=None):
        """The value of key, which is default if there was none."""
        if key in self:
            return self[key]
        self[key] = default
        return default

    def update(self, other=(), /, **kwds):
        """Store the pairs of a mapping or of an iterable."""
        if type(self).__setitem__ is dict.__setitem__:
            dict.update(self, other, **kwds)
            return
        for key, value in dict(other, **kwds).items():
            self[key] = value

    def __init__(self, other=(), /, **kwds):
        self.update(other, **kwds)

    def keys(self):
        """A view of the keys."""
        return odict_keys(self, dict.keys(self))

    def items(self):
        """A view of the pairs."""
        return odict_items(self, dict.items(self))

    def values(self):
        """A view of the values."""
        return odict_values(self, dict.values(self))

    def copy(self):
        """od.copy() -> a shallow copy of od"""
        result = type(self)()
        for key in self:
            result[key] = self[key]
        return result

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """An ordered dictionary with keys from iterable and values set to value."""
        result = cls()
        for key in iterable:
            result[key] = value
        return result

    def __repr__(self):
        name = type(self).__name__
        if not self:
            return f"{name}()"
        import _reprguard
        if _reprguard.enter(self):
            return '...'
        try:
            return f"{name}({dict(dict.items(self))!r})"
        finally:
            _reprguard.leave(self)

    def __eq__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        if not dict.__eq__(self, other):
            return False
        return not isinstance(other, OrderedDict) or list(self) == list(other)

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(self)
        result.update(other)
        return result

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(other)
        result.update(self)
        return result

    def __ior__(self, other):
        self.update(other)
        return self
