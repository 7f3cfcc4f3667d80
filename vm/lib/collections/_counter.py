"""Counter: a dict of how often each item occurs.

Mirrors Counter of CPython 3.13's Lib/collections/__init__.py; counting an iterable cannot be interrupted between items,
the rest can.
"""

from collections._defaultdict import _count_elements
from collections.abc import Mapping


def _by_count(pair):
    return pair[1]


class Counter(dict):
    """A dict from items to counts; the count of what is not there is zero."""

    __module__ = 'collections'

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The n pairs (item, count) with the greatest counts, or all of them."""
        if n is None:
            return sorted(self.items(), key=_by_count, reverse=True)
        import heapq
        return heapq.nlargest(n, self.items(), key=_by_count)

    def elements(self):
        """An iterator over the items, each as often as it was counted."""
        from itertools import chain, repeat, starmap
        return chain.from_iterable(starmap(repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def update(self, iterable=None, /, **kwds):
        """Count more items, or add the counts of a mapping."""
        if iterable is not None:
            if not isinstance(iterable, Mapping):
                _count_elements(self, iterable)
            elif self:
                for item, count in iterable.items():
                    self[item] = count + self.get(item, 0)
            else:
                super().update(iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Count items off, or subtract the counts of a mapping; counts may get negative."""
        if iterable is not None:
            if isinstance(iterable, Mapping):
                for item, count in iterable.items():
                    self[item] = self.get(item, 0) - count
            else:
                for item in iterable:
                    self[item] = self.get(item, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """A shallow copy."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, item):
        if item in self:
            super().__delitem__(item)

    def __repr__(self):
        if not self:
            return f'{self.__class__.__name__}()'
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)    # counts that cannot be compared
        return f'{self.__class__.__name__}({shown!r})'

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[item] == other[item] for counts in (self, other) for item in counts)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[item] <= other[item] for counts in (self, other) for item in counts)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[item] >= other[item] for counts in (self, other) for item in counts)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _positive(self, pairs, also=()):
        # A counter of the pairs with a positive count, and of those in `also` whose items self does not have.
        result = Counter()
        for item, count in pairs:
            if count > 0:
                result[item] = count
        for item, count in also:
            if item not in self and count > 0:
                result[item] = count
        return result

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive([(item, count + other[item]) for item, count in self.items()], other.items())

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive([(item, count - other[item]) for item, count in self.items()],
                              [(item, 0 - count) for item, count in other.items()])

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive([(item, other[item] if count < other[item] else count)
                               for item, count in self.items()], other.items())

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive([(item, count if count < other[item] else other[item])
                               for item, count in self.items()])

    def __pos__(self):
        return self._positive(self.items())

    def __neg__(self):
        return self._positive([(item, 0 - count) for item, count in self.items()])

    def _keep_positive(self):
        for item in [item for item, count in self.items() if not count > 0]:
            del self[item]
        return self

    def __iadd__(self, other):
        for item, count in other.items():
            self[item] += count
        return self._keep_positive()

    def __isub__(self, other):
        for item, count in other.items():
            self[item] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for item, count in other.items():
            if count > self[item]:
                self[item] = count
        return self._keep_positive()

    def __iand__(self, other):
        for item, count in self.items():
            if other[item] < count:
                self[item] = other[item]
        return self._keep_positive()
