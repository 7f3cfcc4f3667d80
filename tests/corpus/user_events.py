# case: events
"""An event bus, an LRU cache, memoised functions and decorators of every sort."""
import functools
import itertools
import logging
import sys
import time
import threading
import weakref
from collections import deque, Counter, ChainMap
from contextlib import contextmanager, suppress, ExitStack, redirect_stdout, closing
from functools import lru_cache, partial, wraps, total_ordering, singledispatch, cached_property, reduce
import io

logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="%(levelname)-8s|%(name)s|%(message)s")
log = logging.getLogger("bus")


class Event:
    def __init__(self, name, **data):
        self.name = name
        self.__dict__.update(data)

    def __repr__(self):
        args = ", ".join(f"{k}={v!r}" for k, v in vars(self).items() if k != "name")
        return f"Event({self.name!r}{', ' if args else ''}{args})"


class Bus:
    def __init__(self):
        self._handlers = {}
        self._lock = threading.RLock()
        self.history = deque(maxlen=5)

    def on(self, name, handler=None, *, priority=0):
        if handler is None:
            return partial(self.on, name, priority=priority)
        with self._lock:
            self._handlers.setdefault(name, []).append((-priority, len(self._handlers), handler))
            self._handlers[name].sort(key=lambda t: t[:2])
        return handler

    def emit(self, name, /, **data):
        event = Event(name, **data)
        self.history.append(event)
        results = []
        for _, _, handler in self._handlers.get(name, ()):
            try:
                results.append(handler(event))
            except StopIteration:
                log.warning("%s stopped %r", handler.__name__, event)
                break
            except Exception:
                log.exception("handler %s failed", handler.__qualname__)
        return results

    def __len__(self):
        return sum(map(len, self._handlers.values()))

    def __contains__(self, name):
        return name in self._handlers


bus = Bus()


@bus.on("greet")
def hello(event):
    return f"hello {event.who}"


@bus.on("greet", priority=10)
def shout(event):
    return event.who.upper()


@bus.on("greet", priority=-1)
def fails(event):
    return 1 / len(event.who[5:])


@bus.on("stop")
def stopper(event):
    raise StopIteration


bus.on("stop", lambda e: "never")
print(bus.emit("greet", who="world"))
print(bus.emit("greet", who="galaxy"))
print(bus.emit("stop", why=[1, 2]), bus.emit("nothing"))
print(list(bus.history), len(bus), "stop" in bus, "x" in bus)


class LRU:
    """The classic exercise: a dict and a doubly linked list."""

    class _Node:
        __slots__ = ("key", "value", "prev", "next")

        def __init__(self, key=None, value=None):
            self.key, self.value = key, value
            self.prev = self.next = None

    def __init__(self, capacity):
        self.capacity = capacity
        self._map = {}
        self._head, self._tail = LRU._Node(), LRU._Node()
        self._head.next, self._tail.prev = self._tail, self._head
        self.hits = self.misses = 0

    def _unlink(self, node):
        node.prev.next, node.next.prev = node.next, node.prev

    def _push(self, node):
        node.prev, node.next = self._tail.prev, self._tail
        node.prev.next = node
        self._tail.prev = node

    def __getitem__(self, key):
        try:
            node = self._map[key]
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        self._unlink(node)
        self._push(node)
        return node.value

    def __setitem__(self, key, value):
        if key in self._map:
            self._unlink(self._map.pop(key))
        elif len(self._map) >= self.capacity:
            oldest = self._head.next
            self._unlink(oldest)
            del self._map[oldest.key]
        node = self._map[key] = LRU._Node(key, value)
        self._push(node)

    def get(self, key, default=None):
        with suppress(KeyError):
            return self[key]
        return default

    def __iter__(self):
        node = self._head.next
        while node is not self._tail:
            yield node.key
            node = node.next


cache = LRU(3)
for k in "abcab":
    cache[k] = ord(k)
cache["d"] = 100
print(list(cache), cache.get("c"), cache.get("a"), cache.hits, cache.misses)
try:
    cache["zzz"]
except KeyError as e:
    print("missing", e, e.args)
try:
    LRU._Node().other = 1
except AttributeError as e:
    print(e)


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.lru_cache(maxsize=2, typed=True)
def square(x):
    print("computing", x)
    return x * x


print(fib(80), fib.cache_info())
print([square(v) for v in (1, 1.0, 1, 2, 3, 1)], square.cache_info(), square.cache_parameters())
fib.cache_clear()
print(fib.cache_info(), fib.__wrapped__.__name__)


def retry(times, exceptions=(Exception,), delay=0.0):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            last = None
            for attempt in range(1, times + 1):
                try:
                    return function(*args, **kwargs)
                except exceptions as e:
                    last = e
                    log.info("attempt %d of %s failed: %s", attempt, function.__name__, e)
                    time.sleep(delay)
            raise RuntimeError(f"{function.__name__} gave up") from last
        wrapper.attempts = times
        return wrapper
    return decorate


counter = itertools.count(1)


@retry(3, (ValueError, ZeroDivisionError), delay=0.01)
def flaky(limit):
    """Fails until it has been called often enough."""
    n = next(counter)
    if n < limit:
        raise ValueError(f"call {n} < {limit}")
    return n


print(flaky(3), flaky.__doc__, flaky.attempts, flaky.__name__)
try:
    flaky(100)
except RuntimeError as e:
    print(e, "<-", repr(e.__cause__), e.__suppress_context__)


def timed(function):
    @wraps(function)
    def inner(*a, **k):
        start = time.perf_counter()
        try:
            return function(*a, **k)
        finally:
            inner.calls += 1
            inner.total += time.perf_counter() - start
    inner.calls, inner.total = 0, 0.0
    return inner


@timed
def work(n):
    return sum(i * i for i in range(n))


print(work(10), work(n=20), work.calls, work.total > 0)


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts == other.parts

    def __lt__(self, other):
        if not isinstance(other, Version):
            return NotImplemented
        return self.parts < other.parts

    def __hash__(self):
        return hash(self.parts)

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


vs = [Version(t) for t in ("1.10", "1.2", "0.9.9", "1.2")]
print(sorted(vs), max(vs), vs[1] >= vs[3], len(set(vs)), vs[0] > vs[1])
try:
    vs[0] < 3
except TypeError as e:
    print(e)


@singledispatch
def show(x):
    return f"object {x}"


@show.register
def _(x: int):
    return f"int {x:,}"


@show.register(list)
def _(x):
    return "[" + "; ".join(show(i) for i in x) + "]"


@show.register
def _(x: str | bytes):
    return f"text {x!r}"


print(show(1234567), show([1, "a", 2.5, [b"x"]]), show(None), show(True))


class Circle:
    def __init__(self, r):
        self.r = r

    @cached_property
    def area(self):
        print("area of", self.r)
        return 3.14159 * self.r ** 2

    diameter = property(lambda self: 2 * self.r, doc="twice the radius")


c = Circle(2)
print(c.area, c.area, c.__dict__, Circle.diameter.__doc__, c.diameter)
del c.area
print(c.area)


@contextmanager
def tag(name, out=sys.stdout):
    print(f"<{name}>", file=out)
    try:
        yield name.upper()
    except ArithmeticError as e:
        print(f"<!-- {e} -->", file=out)
    finally:
        print(f"</{name}>", file=out)


with tag("a") as a, tag("b") as b:
    print(a, b)
    1 / 0
    print("not reached")
buffer = io.StringIO()
with redirect_stdout(buffer), ExitStack() as stack:
    for n in "xyz":
        stack.enter_context(tag(n, buffer))
    stack.callback(print, "callback", 1, sep="-")
    print("inside")
print(repr(buffer.getvalue()))
settings = ChainMap({"debug": True}, {"debug": False, "level": 3})
print(settings["debug"], settings["level"], dict(settings), settings.maps[0])
words = "the quick brown fox jumps over the lazy dog the end".split()
print(Counter(words).most_common(2), Counter("abracadabra") - Counter("bcd"))
print(reduce(lambda a, b: a * b, range(1, 8)), list(itertools.accumulate([3, 1, 4, 1, 5], max)))
for key, group in itertools.groupby(sorted(words, key=len), key=len):
    print(key, sorted(set(group)))
print(list(itertools.zip_longest("abc", [1], fillvalue="-")), list(itertools.pairwise(range(4))), list(itertools.batched("abcdefg", 3)))
print(logging.getLogger("bus") is log, log.getEffectiveLevel(), logging.getLevelName(30), log.isEnabledFor(logging.DEBUG))
@retry(2, delay=0)
def always():
    raise OSError(2, "No such thing", "thing.txt")
always()
