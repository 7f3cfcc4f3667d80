"""Heaps in lists, smallest item first: merging, and the n smallest or largest.

Mirrors CPython 3.13's Lib/heapq.py in results and in the comparisons that merge() makes; nsmallest() and nlargest()
sort everything instead of keeping a heap of n. Leaves out the private max-heap functions.
"""

from _heapq import heappush, heappop, heapify, heapreplace, heappushpop

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


class _Reversed:
    # An item whose order is turned round: makes a heap with the greatest key first.
    __slots__ = ('key',)

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        return other.key < self.key

    def __eq__(self, other):
        return self.key == other.key


def merge(*iterables, key=None, reverse=False):
    """Merge sorted inputs into one sorted output; equal items keep the order of the inputs."""
    heap = []
    for number, iterable in enumerate(iterables):
        pull = iter(iterable).__next__
        try:
            value = pull()
        except StopIteration:
            continue
        heap.append([_merge_key(value, key, reverse), number, value, pull])
    heapify(heap)
    while len(heap) > 1:
        entry = heap[0]
        yield entry[2]
        try:
            entry[2] = entry[3]()
        except StopIteration:
            heappop(heap)
        else:
            entry[0] = _merge_key(entry[2], key, reverse)
            heapreplace(heap, entry)
    if heap:
        entry = heap[0]
        yield entry[2]
        yield from entry[3].__self__


def _merge_key(value, key, reverse):
    if key is not None:
        value = key(value)
    return _Reversed(value) if reverse else value


def nsmallest(n, iterable, key=None):
    """The n smallest items in ascending order: sorted(iterable, key=key)[:n]."""
    if n == 1:
        missing = object()
        result = min(iterable, default=missing, key=key)
        return [] if result is missing else [result]
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    """The n largest items in descending order: sorted(iterable, key=key, reverse=True)[:n]."""
    if n == 1:
        missing = object()
        result = max(iterable, default=missing, key=key)
        return [] if result is missing else [result]
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
