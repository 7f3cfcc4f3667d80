# gilsim: atomic
"""Two iterators of itertools with shared state: tee and groupby.

Mirrors CPython 3.13's Modules/itertoolsmodule.c. The branches of a tee walk along one chain of values; the branch in
front fetches the next one.
"""


class _Source:
    # The iterator under a tee, and whether somebody is fetching from it now.
    __slots__ = 'items', 'running'

    def __init__(self, items):
        self.items = items
        self.running = False


class _tee:
    """One branch of a tee."""

    __slots__ = '_source', '_link', '__weakref__'
    __module__ = 'itertools'

    def __init__(self, iterable, /):
        items = iter(iterable)
        if type(items) is _tee:
            self._source, self._link = items._source, items._link
        else:
            self._source, self._link = _Source(items), []

    def __iter__(self):
        return self

    def __next__(self):
        link = self._link
        if not link:
            source = self._source
            if source.running:
                raise RuntimeError("cannot re-enter the tee iterator")
            source.running = True
            try:
                value = next(source.items)
            finally:
                source.running = False
            if not link:
                link += [value, []]
        self._link = link[1]
        return link[0]

    def __copy__(self):
        result = _tee.__new__(_tee)
        result._source, result._link = self._source, self._link
        return result


def tee(iterable, n=2, /):
    """A tuple of n independent iterators over one iterable."""
    if n < 0:
        raise ValueError("n must be >= 0")
    if n == 0:
        return ()
    first = iter(iterable)
    if not hasattr(first, '__copy__'):
        first = _tee(first)
    result = [first]
    for _ in range(n - 1):
        result.append(first.__copy__())
    return tuple(result)


_MISSING = object()


class groupby:
    """groupby(iterable, key=None): (key, iterator over the neighbours with that key)."""

    __slots__ = '_items', '_function', '_target', '_key', '_value', '_grouper'
    __module__ = 'itertools'

    def __init__(self, iterable, key=None):
        self._items = iter(iterable)
        self._function = key
        self._target = self._key = self._value = _MISSING
        self._grouper = None

    def __iter__(self):
        return self

    def __next__(self):
        self._grouper = None
        while self._key is _MISSING or self._target is not _MISSING and _same(self._target, self._key):
            self._step()
        self._target = self._key
        self._grouper = _grouper(self, self._target)
        return self._key, self._grouper

    def _step(self):
        value = next(self._items)
        self._key = value if self._function is None else self._function(value)
        self._value = value


class _grouper:
    """The items of one group; ends when the groupby goes on."""

    __slots__ = '_parent', '_target'
    __module__ = 'itertools'

    def __init__(self, parent, target, /):
        self._parent = parent
        self._target = target

    def __iter__(self):
        return self

    def __next__(self):
        parent = self._parent
        if parent._grouper is not self:
            raise StopIteration
        if parent._value is _MISSING:
            parent._step()
        if not _same(self._target, parent._key):
            raise StopIteration
        value = parent._value
        parent._value = _MISSING
        return value


def _same(a, b):
    return a is b or a == b
