# gilsim: atomic
"""The combinatoric iterators of itertools.

Mirrors product, permutations and combinations of CPython 3.13's Modules/itertoolsmodule.c: the same order, by indices
into pools that are made at the start.
"""


def _length(r):
    if not isinstance(r, int):
        raise TypeError(f"'{type(r).__name__}' object cannot be interpreted as an integer")
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


class product:
    """product(*iterables, repeat=1): nested for-loops; the last place runs fastest."""

    __slots__ = '_pools', '_indices'
    __module__ = 'itertools'

    def __init__(self, *iterables, repeat=1):
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        self._pools = [tuple(iterable) for iterable in iterables] * repeat
        self._indices = None

    def __iter__(self):
        return self

    def __next__(self):
        pools = self._pools
        if pools is None:
            raise StopIteration
        if self._indices is None:
            self._indices = [0] * len(pools)
            if not all(pools):
                self._pools = None
                raise StopIteration
        elif not self._advance():
            self._pools = None
            raise StopIteration
        return tuple([pool[index] for pool, index in zip(pools, self._indices)])

    def _advance(self):
        # Counts up like a mileage counter.
        indices = self._indices
        for place in range(len(indices) - 1, -1, -1):
            indices[place] += 1
            if indices[place] < len(self._pools[place]):
                return True
            indices[place] = 0
        return False


class _Choice:
    # What the iterators below have in common: a pool, indices of the current result, a step to the next.

    __slots__ = '_pool', '_r', '_indices', '_started'

    def __iter__(self):
        return self

    def __next__(self):
        if self._pool is None:
            raise StopIteration
        if not self._started:
            self._started = True
            possible = self._first()
        else:
            possible = self._advance()
        if not possible:
            self._pool = None
            raise StopIteration
        pool = self._pool
        return tuple([pool[index] for index in self._indices[:self._r]])


class permutations(_Choice):
    """permutations(iterable, r=None): ordered selections of r different places."""

    __slots__ = '_cycles',
    __module__ = 'itertools'

    def __init__(self, iterable, r=None):
        self._pool = tuple(iterable)
        if r is not None and not isinstance(r, int):
            raise TypeError("Expected int as r")
        self._r = len(self._pool) if r is None else _length(r)
        self._started = False

    def _first(self):
        size = len(self._pool)
        self._indices = list(range(size))
        self._cycles = list(range(size, size - self._r, -1))
        return self._r <= size

    def _advance(self):
        indices, cycles, size = self._indices, self._cycles, len(self._pool)
        for place in range(self._r - 1, -1, -1):
            cycles[place] -= 1
            if cycles[place]:
                other = size - cycles[place]
                indices[place], indices[other] = indices[other], indices[place]
                return True
            # This place has seen every index: put the order of the rest back.
            indices[place:] = indices[place + 1:] + indices[place:place + 1]
            cycles[place] = size - place
        return False


class combinations(_Choice):
    """combinations(iterable, r): selections of r different places, in the order of the places."""

    __slots__ = ()
    __module__ = 'itertools'

    def __init__(self, iterable, r):
        self._pool = tuple(iterable)
        self._r = _length(r)
        self._started = False

    def _first(self):
        self._indices = list(range(self._r))
        return self._r <= len(self._pool)

    def _advance(self):
        indices, r = self._indices, self._r
        for place in range(r - 1, -1, -1):
            if indices[place] < len(self._pool) - r + place:
                start = indices[place] + 1
                indices[place:] = range(start, start + r - place)
                return True
        return False


class combinations_with_replacement(_Choice):
    """combinations_with_replacement(iterable, r): the same, but a place may be taken again."""

    __slots__ = ()
    __module__ = 'itertools'

    def __init__(self, iterable, r):
        self._pool = tuple(iterable)
        self._r = _length(r)
        self._started = False

    def _first(self):
        self._indices = [0] * self._r
        return bool(self._pool) or not self._r

    def _advance(self):
        indices = self._indices
        for place in range(self._r - 1, -1, -1):
            if indices[place] < len(self._pool) - 1:
                indices[place:] = [indices[place] + 1] * (self._r - place)
                return True
        return False
