# case: inventory
"""Inventory: descriptors, metaclasses, generators, closures, operator overloading."""
import collections
import functools
import itertools
import operator
import sys
import traceback
import weakref


class Typed:
    def __init__(self, kind, default=None):
        self.kind, self.default = kind, default

    def __set_name__(self, owner, name):
        self.name = "_" + name
        self.public = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, self.default)

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.public} must be {self.kind.__name__}, not {type(value).__name__}")
        setattr(instance, self.name, value)


class Registry(type):
    classes = {}

    def __new__(mcls, name, bases, namespace, **kw):
        cls = super().__new__(mcls, name, bases, namespace)
        mcls.classes[kw.get("key", name.lower())] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kw):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        obj = super().__call__(*args, **kwargs)
        obj.created_by = cls.__name__
        return obj

    def __contains__(cls, name):
        return name in cls.classes


class Item(metaclass=Registry):
    name = Typed(str)
    price = Typed((int, float).__class__ if False else int, 0)

    def __init__(self, name, price=0):
        self.name = name
        self.price = price

    def __repr__(self):
        return f"<{self.__class__.__qualname__} {self.name!r} @ {self.price}>"


class Food(Item, key="food"):
    def __init_subclass__(cls, *, organic=False, **kw):
        super().__init_subclass__(**kw)
        cls.organic = organic

    @classmethod
    def parse(cls, text):
        name, _, price = text.partition(":")
        return cls(name.strip(), int(price))

    @staticmethod
    def units():
        return "kg"


class Vector:
    def __init__(self, *parts): self.parts = tuple(parts)
    def __add__(self, o): return Vector(*map(operator.add, self.parts, o.parts))
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __mul__(self, k): return Vector(*(p * k for p in self.parts))
    __rmul__ = __mul__
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.parts, o.parts, strict=True))
    def __neg__(self): return Vector(*(-p for p in self.parts))
    def __abs__(self): return (self @ self) ** 0.5
    def __getitem__(self, i): return self.parts[i]
    def __len__(self): return len(self.parts)
    def __eq__(self, o): return isinstance(o, Vector) and self.parts == o.parts
    def __bool__(self): return any(self.parts)
    def __repr__(self): return f"Vector{self.parts}"
    def __format__(self, spec): return "<" + ", ".join(format(p, spec) for p in self.parts) + ">"
    def __iadd__(self, o):
        self.parts = tuple(a + b for a, b in zip(self.parts, o.parts)); return self
    def __call__(self, i): return self.parts[i]
    def __contains__(self, x): return x in self.parts
    def __reversed__(self): return Vector(*reversed(self.parts))
    def __hash__(self): return hash(self.parts)


def running_mean():
    total = count = 0
    mean = None
    while True:
        try:
            x = yield mean
        except ValueError as e:
            print("reset because", e)
            total = count = 0
            mean = None
            continue
        total += x
        count += 1
        mean = total / count


def chain(*its):
    for it in its:
        got = yield from it
        print("sub returned", got)
    return "all"


def sub(n):
    for i in range(n):
        yield i
    return n * 10


def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    inc.reset = lambda: None
    return inc


class Ctx:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    def __enter__(self): print("enter", self.name); return self
    def __exit__(self, et, ev, tb):
        print("exit", self.name, et and et.__name__, ev)
        return self.swallow


def classify(x):
    match x:
        case 0 | 1: return "bit"
        case int(n) if n < 0: return f"neg {n}"
        case [a, b]: return f"pair {a},{b}"
        case [first, *rest]: return f"list {first} +{len(rest)}"
        case {"kind": "circle", "r": r, **others}: return f"circle {r} {others}"
        case str() as s: return f"str {s}"
        case None | True | False: return "const"
        case Vector(parts=(x, y)): return f"vec {x} {y}"
        case _: return f"other {type(x).__name__}"


def main():
    print(Food.parse("apple: 3"), Food.parse("pear:4").created_by, "food" in Registry.classes, "x" in Item, Food.units())
    class Bio(Food, organic=True): pass
    print(Bio.organic, Bio.__mro__, [c for c in Registry.classes])
    try:
        Item(3)
    except TypeError as e:
        print("TypeError:", e)
    v = Vector(1, 2, 3); w = Vector(4, 5, 6)
    print(v + w, 3 * v, v * 2, v @ w, -v, abs(Vector(3, 4)), v[1:], len(v), bool(Vector(0, 0)), f"{v:.2f}|{w:>4}", sum([v, w]), v(2), 2 in v, list(reversed(v)), {v: 1}[Vector(1, 2, 3)])
    u = v; u += w; print(u is v, v)
    m = running_mean(); next(m)
    print([m.send(x) for x in (1, 2, 6)], m.throw(ValueError("bad")), m.send(10)); m.close()
    g = chain(sub(2), sub(3))
    out = []
    try:
        while True: out.append(next(g))
    except StopIteration as stop:
        print(out, stop.value)
    c = counter(); c(); c(5); print(c(), c.__closure__[0].cell_contents, c.__code__.co_freevars, c.__name__, c.__qualname__)
    with Ctx("a"), Ctx("b", True) as b:
        raise KeyError("k")
    print([classify(x) for x in (0, -5, (1, 2), [1, 2, 3], {"kind": "circle", "r": 2, "z": 1}, "s", None, Vector(7, 8), 3.5, 9)])
    a, *mid, z = range(6); print(a, mid, z)
    print({k: v for k, v in zip("abc", itertools.count())}, {x % 3 for x in range(10)}, [*range(3), *"ab"], {**{"a": 1}, "b": 2})
    print(sorted("banana cherry apple".split(), key=lambda s: (-len(s), s)), max([3, 1, 2], key=lambda x: -x), functools.reduce(operator.mul, range(1, 20)))
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise RuntimeError("wrapped") from e
    except RuntimeError:
        traceback.print_exc(file=sys.stdout)
    try:
        raise ExceptionGroup("eg", [ValueError(1), TypeError("t"), ExceptionGroup("in", [KeyError("k")])])
    except* ValueError as eg:
        print("VE", eg.exceptions)
    except* (TypeError, KeyError) as eg:
        print("TK", eg)
    print(f"{3.14159:10.2f}|{42:#x}|{1e10:g}|{'x':^5}|{1234567:,}|{0.5:%}|{-7:+d}|{[1]!r:>6}|{v=}")
    print("%5.1f|%-5s|%05d|%x|%r|%%" % (2.25, "ab", 42, 255, "q"), "{0} {1[0]} {name!s:>4}".format("p", [9], name="n"))
    print(10 ** 30 // 7, -7 // 2, -7 % 3, divmod(-7, 2), 7.5 // 2, 2 ** -2, 1 << 70, ~5, 5 ^ 3, round(2.5), round(-1.235, 2), int("ff", 16), float("inf"), 0.1 + 0.2, 1e16, 1e-5, 123456789012345678.0, complex(1, -2) * 2j)
    r = weakref.ref(v); print(r() is v)
    print(collections.Counter("mississippi").most_common(2), collections.OrderedDict(a=1), collections.deque([1, 2, 3], maxlen=2), collections.defaultdict(list, {1: [2]}), collections.ChainMap({"a": 1}, {"b": 2}))
    P = collections.namedtuple("P", "x y", defaults=[0]); p = P(1); print(p, p._replace(y=5), p._asdict(), P._fields)
    x = 5
    if (n := x * 2) > 5: print("walrus", n)
    print(b"ab\x00c", bytes([1, 2]).hex(), bytearray(b"xy") + b"z", b"a,b".split(b","), "é".encode(), b"\xc3\xa9".decode())
    print(" a b ".split(), "a,b,,c".split(","), "abc".center(9, "*"), "x".join("abc"), "Hello".swapcase(), "a\tb".expandtabs(4), "abc".find("z"), "aXbX".replace("X", "-", 1), "title case".title(), "x=1".partition("="), "123".isdigit(), "abc"[::-1], "%s" % (1,), "abc".translate(str.maketrans("ab", "xy")))
    for i in range(3):
        if i == 5: break
    else:
        print("no break")
    print(list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, "", "a"])), all([]), any([0, 1]), list(enumerate("ab", 1)), list(zip("ab", [1, 2])))
    print(type("Dyn", (Item,), {"x": 1})("d").x, isinstance(True, int), issubclass(Food, Item), callable(main), hasattr(v, "nope"), getattr(v, "nope", "dflt"), vars(Item("q", 2)))
    def f(a, /, b, *, c=3, **kw): return a, b, c, kw
    print(f(1, 2, c=4, d=5), f(1, b=2))
    try: f(1, 2, 3)
    except TypeError as e: print(e)
    try: f(a=1, b=2)
    except TypeError as e: print(e)
    try: [].foo
    except AttributeError as e: print(e)
    try: {}["k"]
    except KeyError as e: print(repr(e), e)
    try: int("x")
    except ValueError as e: print(e)
    try: [1][5]
    except IndexError as e: print(e)
    try: undefined_name
    except NameError as e: print(e)
    try: None + 1
    except TypeError as e: print(e)
    try: a, b = 1, 2, 3
    except ValueError as e: print(e)
    print(sys.version_info[:2], __name__, main.__doc__, __doc__.split(":")[0])
    exec("y = 3\nprint(y * 2)"); print(eval("1 + 2", {}), compile("a+1", "f", "eval").co_names)
    def deep(n): return deep(n + 1)
    try: deep(0)
    except RecursionError as e: print(e)
    raise SystemExit(main.__name__ and 3)


if __name__ == "__main__":
    main()
