# gilsim: atomic
"""Building blocks for iteration.

Mirrors CPython 3.13's Modules/itertoolsmodule.c: each step calls what it is given in the same order and cannot be
interrupted between those calls. They are classes, not generators: two threads may be inside the same iterator.
Products, permutations and combinations are in _combinations.py; tee and groupby in _teegroup.py; these are loaded when
first asked for. Leaves out copying and pickling (except that of tee).
"""

__all__ = ['accumulate', 'batched', 'chain', 'combinations', 'combinations_with_replacement', 'compress', 'count', 'cycle',
           'dropwhile', 'filterfalse', 'groupby', 'islice', 'pairwise', 'permutations', 'product', 'repeat', 'starmap',
           'takewhile', 'tee', 'zip_longest']

_MISSING = object()


def __getattr__(name):
    if name in ('product', 'permutations', 'combinations', 'combinations_with_replacement'):
        import _combinations as module
    elif name in ('tee', '_tee', 'groupby', '_grouper'):
        import _teegroup as module
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(module, name)
    return found


def _is_number(value):
    return hasattr(value, '__index__') or hasattr(value, '__float__') or hasattr(value, '__complex__')


def __dir__():
    return sorted({*globals(), 'product', 'permutations', 'combinations', 'combinations_with_replacement', 'tee',
                   'groupby'})


class count:
    """count(start=0, step=1): start, start + step, start + 2 * step, ..."""

    __slots__ = '_next', '_step'

    def __init__(self, start=0, step=1):
        for value in (start, step):
            if not isinstance(value, (int, float, complex)) and not _is_number(value):
                raise TypeError('a number is required')
        self._next = start
        self._step = step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next = value + self._step
        return value

    def __repr__(self):
        if isinstance(self._step, int) and self._step == 1:
            return f"{type(self).__name__}({self._next!r})"
        return f"{type(self).__name__}({self._next!r}, {self._step!r})"


class cycle:
    """cycle(iterable): the items, again and again."""

    __slots__ = '_items', '_saved', '_index'

    def __init__(self, iterable, /):
        self._items = iter(iterable)
        self._saved = []
        self._index = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._items is not None:
            item = next(self._items, _MISSING)
            if item is not _MISSING:
                self._saved.append(item)
                return item
            self._items = None
        saved = self._saved
        if not saved:
            raise StopIteration
        index = self._index
        self._index = index + 1 if index + 1 < len(saved) else 0
        return saved[index]


class repeat:
    """repeat(object[, times]): the same object, for ever or `times` times."""

    __slots__ = '_object', '_left'

    def __init__(self, object, times=_MISSING):
        self._object = object
        if times is _MISSING:
            self._left = -1
        else:
            if not hasattr(times, '__index__'):
                raise TypeError(f"'{type(times).__name__}' object cannot be interpreted as an integer")
            self._left = max(times.__index__(), 0)

    def __iter__(self):
        return self

    def __next__(self):
        left = self._left
        if left == 0:
            raise StopIteration
        if left > 0:
            self._left = left - 1
        return self._object

    def __length_hint__(self):
        if self._left < 0:
            raise TypeError('len() of unsized object')
        return self._left

    def __repr__(self):
        if self._left < 0:
            return f"{type(self).__name__}({self._object!r})"
        return f"{type(self).__name__}({self._object!r}, {self._left})"


class accumulate:
    """accumulate(iterable, func=None, *, initial=None): running totals, or running results of func."""

    __slots__ = '_items', '_function', '_total', '_initial'

    def __init__(self, iterable, func=None, *, initial=None):
        self._items = iter(iterable)
        self._function = func
        self._total = _MISSING
        self._initial = initial

    def __iter__(self):
        return self

    def __next__(self):
        if self._initial is not None:
            self._total = self._initial
            self._initial = None
            return self._total
        item = next(self._items)
        if self._total is _MISSING:
            self._total = item
        elif self._function is None:
            self._total = self._total + item
        else:
            self._total = self._function(self._total, item)
        return self._total


class batched:
    """batched(iterable, n, *, strict=False): tuples of n items; the last may be shorter unless strict."""

    __slots__ = '_items', '_size', '_strict'

    def __init__(self, iterable, n, *, strict=False):
        if n < 1:
            raise ValueError("n must be at least one")
        self._items = iter(iterable)
        self._size = n
        self._strict = strict

    def __iter__(self):
        return self

    def __next__(self):
        if self._items is None:
            raise StopIteration
        result = []
        while len(result) < self._size:
            item = next(self._items, _MISSING)
            if item is _MISSING:
                self._items = None
                if not result:
                    raise StopIteration
                if self._strict:
                    raise ValueError("batched(): incomplete batch")
                break
            result.append(item)
        return tuple(result)


class chain:
    """chain(*iterables): the items of the first, then of the second, ..."""

    __slots__ = '_sources', '_items'

    def __init__(self, *iterables):
        self._sources = iter(iterables)
        self._items = None

    @classmethod
    def from_iterable(cls, iterable, /):
        """The same for iterables that an iterable gives."""
        self = cls.__new__(cls)
        self._sources = iter(iterable)
        self._items = None
        return self

    def __iter__(self):
        return self

    def __next__(self):
        while self._sources is not None:
            if self._items is None:
                source = next(self._sources, _MISSING)
                if source is _MISSING:
                    self._sources = None
                    break
                self._items = iter(source)
            item = next(self._items, _MISSING)
            if item is not _MISSING:
                return item
            self._items = None
        raise StopIteration

    __class_getitem__ = classmethod(type(list[int]))


class compress:
    """compress(data, selectors): the data whose selector is true."""

    __slots__ = '_data', '_selectors'

    def __init__(self, data, selectors):
        self._data = iter(data)
        self._selectors = iter(selectors)

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            item = next(self._data)
            if next(self._selectors):
                return item


class dropwhile:
    """dropwhile(predicate, iterable): the items from the first on for which predicate is false."""

    __slots__ = '_predicate', '_items', '_started'

    def __init__(self, predicate, iterable, /):
        self._predicate = predicate
        self._items = iter(iterable)
        self._started = False

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            item = next(self._items)
            if self._started:
                return item
            if not self._predicate(item):
                self._started = True
                return item


class takewhile:
    """takewhile(predicate, iterable): the items before the first for which predicate is false."""

    __slots__ = '_predicate', '_items', '_stopped'

    def __init__(self, predicate, iterable, /):
        self._predicate = predicate
        self._items = iter(iterable)
        self._stopped = False

    def __iter__(self):
        return self

    def __next__(self):
        if not self._stopped:
            item = next(self._items)
            if self._predicate(item):
                return item
            self._stopped = True
        raise StopIteration


class filterfalse:
    """filterfalse(predicate, iterable): the items for which predicate is false."""

    __slots__ = '_predicate', '_items'

    def __init__(self, predicate, iterable, /):
        self._predicate = predicate
        self._items = iter(iterable)

    def __iter__(self):
        return self

    def __next__(self):
        predicate = self._predicate
        plain = predicate is None or predicate is bool
        while True:
            item = next(self._items)
            if not (item if plain else predicate(item)):
                return item


def _bound(value, message):
    # A limit of islice(): None or an int from 0 on.
    if value is None:
        return None
    if hasattr(value, '__index__'):
        value = value.__index__()
        if 0 <= value <= 0x7fffffffffffffff:
            return value
    raise ValueError(message)


class islice:
    """islice(iterable, stop) or islice(iterable, start, stop[, step]): a slice of an iterator."""

    __slots__ = '_items', '_index', '_next', '_stop', '_step'

    def __init__(self, iterable, first, *rest):
        start, stop, step = None, first, None
        if rest:
            if len(rest) > 2:
                raise TypeError(f"islice expected at most 4 arguments, got {len(rest) + 2}")
            start, stop = first, rest[0]
            step = rest[1] if len(rest) == 2 else None
        self._stop = _bound(stop, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        self._next = _bound(start, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.") or 0
        self._step = _bound(step, "Step for islice() must be a positive integer or None.")
        if self._step is None:
            self._step = 1
        elif self._step == 0:
            raise ValueError("Step for islice() must be a positive integer or None.")
        self._items = iter(iterable)
        self._index = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._items is None:
            raise StopIteration
        stop = self._stop
        try:
            while self._index < self._next:
                next(self._items)
                self._index += 1
            if stop is not None and self._index >= stop:
                raise StopIteration
            item = next(self._items)
        except StopIteration:
            self._items = None
            raise
        self._index += 1
        self._next += self._step
        if stop is not None and self._next > stop:
            self._next = stop
        return item


class pairwise:
    """pairwise(iterable): (first, second), (second, third), ..."""

    __slots__ = '_items', '_last'

    def __init__(self, iterable, /):
        self._items = iter(iterable)
        self._last = _MISSING

    def __iter__(self):
        return self

    def __next__(self):
        if self._items is None:
            raise StopIteration
        try:
            if self._last is _MISSING:
                self._last = next(self._items)
            previous = self._last
            self._last = new = next(self._items)
        except StopIteration:
            self._items = None
            raise
        return previous, new


class starmap:
    """starmap(function, iterable): function(*item) for each item."""

    __slots__ = '_function', '_items'

    def __init__(self, function, iterable, /):
        self._function = function
        self._items = iter(iterable)

    def __iter__(self):
        return self

    def __next__(self):
        args = next(self._items)
        if type(args) is not tuple:
            args = tuple(args)
        return self._function(*args)


class zip_longest:
    """zip_longest(*iterables, fillvalue=None): zip() to the end of the longest."""

    __slots__ = '_items', '_fill', '_active'

    def __init__(self, *iterables, fillvalue=None):
        self._items = [iter(iterable) for iterable in iterables]
        self._active = len(iterables)
        self._fill = fillvalue

    def __iter__(self):
        return self

    def __next__(self):
        if not self._active:
            raise StopIteration
        result = []
        for index in range(len(self._items)):
            items = self._items[index]
            value = self._fill
            if items is not None:
                value = next(items, _MISSING)
                if value is _MISSING:
                    self._items[index] = None
                    self._active -= 1
                    if not self._active:
                        raise StopIteration
                    value = self._fill
            result.append(value)
        return tuple(result)
