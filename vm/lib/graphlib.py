"""Topological sorting.

Mirrors CPython 3.13's Lib/graphlib.py: order of nodes, states, messages.
"""

from types import GenericAlias

__all__ = ["TopologicalSorter", "CycleError"]

_OUT, _DONE = -1, -2


class CycleError(ValueError):
    """The graph has a cycle; the second argument shows one."""


class TopologicalSorter:
    """Gives nodes after those that they depend on."""

    def __init__(self, graph=None):
        # node: [number of predecessors that are not done, successors]
        self._nodes = {}
        self._ready = None
        self._passed = self._finished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _entry(self, node):
        found = self._nodes.get(node)
        if found is None:
            found = self._nodes[node] = [0, []]
        return found

    def add(self, node, *predecessors):
        """Add a node and what it depends on."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        self._entry(node)[0] += len(predecessors)
        for predecessor in predecessors:
            self._entry(predecessor)[1].append(node)

    def prepare(self):
        """No more nodes; looks for cycles."""
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [node for node, entry in self._nodes.items() if entry[0] == 0]
        cycle = self._cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        """The nodes whose predecessors are all done."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        result = tuple(self._ready)
        for node in result:
            self._nodes[node][0] = _OUT
        self._ready.clear()
        self._passed += len(result)
        return result

    def is_active(self):
        """Whether there is more to come."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return self._finished < self._passed or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """These nodes are done."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for node in nodes:
            entry = self._nodes.get(node)
            if entry is None:
                raise ValueError(f"node {node!r} was not added using add()")
            if entry[0] != _OUT:
                if entry[0] >= 0:
                    raise ValueError(f"node {node!r} was not passed out (still not ready)")
                raise ValueError(f"node {node!r} was already marked done")
            entry[0] = _DONE
            for successor in entry[1]:
                other = self._nodes[successor]
                other[0] -= 1
                if other[0] == 0:
                    self._ready.append(successor)
            self._finished += 1

    def _cycle(self):
        # Depth first along successors; a node met again on the way closes a cycle.
        seen, way, places, iterators = set(), [], {}, []
        for start in self._nodes:
            node = start
            while True:
                if node in seen:
                    if node in places:
                        return way[places[node]:] + [node]
                else:
                    seen.add(node)
                    iterators.append(iter(self._nodes[node][1]))
                    places[node] = len(way)
                    way.append(node)
                while way:
                    try:
                        node = next(iterators[-1])
                        break
                    except StopIteration:
                        del places[way.pop()]
                        iterators.pop()
                else:
                    break
        return None

    def static_order(self):
        """All nodes in order."""
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)

    __class_getitem__ = classmethod(GenericAlias)
