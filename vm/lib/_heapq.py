# gilsim: atomic
"""Heaps in lists, smallest item first: the part that CPython writes in C.

Mirrors CPython 3.13's Modules/_heapqmodule.c: the same comparisons in the same order, hence the same lists. A hole travels through the heap: down along the smaller children to a leaf, then up to where the item belongs.
The functions compare with `<` only.
"""

def _need_list(heap, what):
    if not isinstance(heap, list):
        raise TypeError(f"{what} must be list, not {type(heap).__name__}")


def _raise(heap, start, pos):
    # Moves the item at pos towards start until its parent is not greater.
    item = heap[pos]
    size = len(heap)
    while pos > start:
        parent_pos = (pos - 1) >> 1
        parent = heap[parent_pos]
        smaller = item < parent
        if len(heap) != size:
            raise RuntimeError("list changed size during iteration")
        if not smaller:
            break
        heap[parent_pos], heap[pos] = heap[pos], parent
        pos = parent_pos


def _settle(heap, pos):
    # Lets the item at pos sink to a leaf, smaller children moving up, then raises it to its place.
    end = len(heap)
    start = pos
    limit = end >> 1    # the first position without a child
    while pos < limit:
        child = 2 * pos + 1
        if child + 1 < end:
            left_smaller = heap[child] < heap[child + 1]
            if len(heap) != end:
                raise RuntimeError("list changed size during iteration")
            if not left_smaller:
                child += 1
        heap[child], heap[pos] = heap[pos], heap[child]
        pos = child
    _raise(heap, start, pos)


def heappush(heap, item, /):
    """Add an item."""
    _need_list(heap, 'heappush() argument 1')
    heap.append(item)
    _raise(heap, 0, len(heap) - 1)


def heappop(heap, /):
    """Take the smallest item out."""
    _need_list(heap, 'heappop() argument')
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _settle(heap, 0)
    return smallest


def heapreplace(heap, item, /):
    """Take the smallest item out and put another one in its place."""
    _need_list(heap, 'heapreplace() argument 1')
    if not heap:
        raise IndexError("index out of range")
    smallest = heap[0]
    heap[0] = item
    _settle(heap, 0)
    return smallest


def heappushpop(heap, item, /):
    """The same as heappush() and then heappop(), but quicker."""
    _need_list(heap, 'heappushpop() argument 1')
    if not heap:
        return item
    if not heap[0] < item:
        return item
    if not heap:
        raise IndexError("index out of range")
    smallest = heap[0]
    heap[0] = item
    _settle(heap, 0)
    return smallest


def heapify(heap, /):
    """Arrange a list as a heap, in time proportional to its length."""
    _need_list(heap, 'heapify() argument')
    for pos in range(len(heap) // 2 - 1, -1, -1):
        _settle(heap, pos)
