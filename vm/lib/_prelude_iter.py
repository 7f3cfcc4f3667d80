# gilsim: atomic
"""The iterator types among the builtins, for arguments whose iteration runs Python code.

Mirrors map, filter (Python/bltinmodule.c), zip, enumerate, reversed (Objects/enumobject.c), and the iterators of iter()
(Objects/iterobject.c) of CPython 3.13. They are classes, not generators: two threads may be inside the same iterator.
"""

_real_iter, _real_next = iter, next
_MISSING = object()


class map:
    """map(function, iterable, *iterables)"""

    __slots__ = '_function', '_items'
    __module__ = 'builtins'

    def __init__(self, function, *iterables):
        if not iterables:
            raise TypeError("map() must have at least two arguments.")
        self._function = function
        self._items = [_real_iter(iterable) for iterable in iterables]

    def __iter__(self):
        return self

    def __next__(self):
        items = self._items
        if len(items) == 1:
            return self._function(_real_next(items[0]))
        return self._function(*[_real_next(item) for item in items])


class filter:
    """filter(function or None, iterable)"""

    __slots__ = '_function', '_items'
    __module__ = 'builtins'

    def __init__(self, function, iterable):
        self._function = function
        self._items = _real_iter(iterable)

    def __iter__(self):
        return self

    def __next__(self):
        function = self._function
        plain = function is None or function is bool
        while True:
            item = _real_next(self._items)
            if item if plain else function(item):
                return item


class zip:
    """zip(*iterables, strict=False)"""

    __slots__ = '_items', '_strict'
    __module__ = 'builtins'

    def __init__(self, *iterables, strict=False):
        self._items = [_real_iter(iterable) for iterable in iterables]
        self._strict = strict

    def __iter__(self):
        return self

    def __next__(self):
        if not self._items:
            raise StopIteration
        result = []
        for item in self._items:
            value = _real_next(item, _MISSING)
            if value is _MISSING:
                if self._strict:
                    self._check(len(result))
                raise StopIteration
            result.append(value)
        return tuple(result)

    def _check(self, ended):
        # Argument number `ended` is exhausted: an error unless all are.
        if ended:
            raise ValueError(f"zip() argument {ended + 1} is shorter than {_arguments(ended)}")
        for number in range(1, len(self._items)):
            if _real_next(self._items[number], _MISSING) is not _MISSING:
                raise ValueError(f"zip() argument {number + 1} is longer than {_arguments(number)}")


def _arguments(count):
    return "argument 1" if count == 1 else f"arguments 1-{count}"


class enumerate:
    """enumerate(iterable, start)"""

    __slots__ = '_items', '_next'
    __module__ = 'builtins'

    def __init__(self, iterable, start=0):
        self._items = _real_iter(iterable)
        self._next = start

    def __iter__(self):
        return self

    def __next__(self):
        item = _real_next(self._items)
        number = self._next
        self._next = number + 1
        return number, item


class reversed:
    """reversed(sequence) by __len__ and __getitem__"""

    __slots__ = '_sequence', '_index'
    __module__ = 'builtins'

    def __init__(self, sequence):
        if getattr(type(sequence), '__getitem__', None) is None:
            raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
        self._sequence = sequence
        self._index = len(sequence) - 1

    def __iter__(self):
        return self

    def __next__(self):
        index = self._index
        if index >= 0:
            self._index = index - 1
            try:
                return self._sequence[index]
            except (IndexError, StopIteration):
                pass
        self._index = -1
        self._sequence = None
        raise StopIteration

    def __length_hint__(self):
        return 0 if self._sequence is None or len(self._sequence) < self._index + 1 else self._index + 1


class iterator:
    """iter(sequence) by __getitem__ with 0, 1, 2 ... up to IndexError"""

    __slots__ = '_sequence', '_index'
    __module__ = 'builtins'

    def __init__(self, sequence):
        self._sequence = sequence
        self._index = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._sequence is None:
            raise StopIteration
        index = self._index
        try:
            item = self._sequence[index]
        except (IndexError, StopIteration):
            self._sequence = None
            raise StopIteration from None
        self._index = index + 1
        return item


class callable_iterator:
    """iter(callable, sentinel)"""

    __slots__ = '_function', '_sentinel'
    __module__ = 'builtins'

    def __init__(self, function, sentinel):
        self._function = function
        self._sentinel = sentinel

    def __iter__(self):
        return self

    def __next__(self):
        if self._function is None:
            raise StopIteration
        value = self._function()
        if self._sentinel is value or self._sentinel == value:
            self._function = self._sentinel = None
            raise StopIteration
        return value


map_iter, filter_iter, enumerate_iter, reversed_iter = map, filter, enumerate, reversed
seq_iter, iter_sentinel = iterator, callable_iterator


def zip_iter(strict, *iterables):
    """zip(*iterables, strict=strict)"""
    return zip(*iterables, strict=strict)
