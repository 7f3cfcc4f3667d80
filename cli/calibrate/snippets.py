"""The snippets whose time is measured: (name, module code, function prologue, body, native calls in the body).

Each body is repeated inside a function's loop. Between them the bodies execute every instruction in the ways ordinary programs
do, so that the fit can tell the instructions' costs apart. The last entry names the native functions that a body calls, as rows of the
cost table (`owner.method` or `function`), and how often.

Integers that are computed are beyond 256, as most of a program's are: CPython keeps smaller ones ready and makes those anew, which takes longer.
"""

CLASSES = """
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def norm(self):
        return self.x
    def nothing(self):
        pass
    def bump(self):
        self.x += 1
    @property
    def prop(self):
        return self.x
    @classmethod
    def make(cls):
        return cls
    @staticmethod
    def stat(x):
        return x
class Sub(Point):
    def norm(self):
        return super().norm()
class Empty:
    pass
class Manager:
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return False
class Vec:
    def __init__(self, x):
        self.x = x
    def __add__(self, other):
        return self.x + other.x
    def __eq__(self, other):
        return self.x == other.x
    def __lt__(self, other):
        return self.x < other.x
    def __getitem__(self, i):
        return i
    def __len__(self):
        return 3
    def __bool__(self):
        return True
    def __contains__(self, x):
        return True
class Slotted:
    __slots__ = ("a",)
class Iter3:
    def __init__(self):
        self.i = 0
    def __iter__(self):
        self.i = 0
        return self
    def __next__(self):
        self.i += 1
        if self.i > 3:
            raise StopIteration
        return self.i
"""

FUNCTIONS = """
def nothing():
    pass
def one(a):
    return a
def three(a, b, c):
    return b
def deflt(a, b=2):
    return b
def kw(a, *, b):
    return b
def star(*args):
    return args
def stars(**kwargs):
    return kwargs
def outer(v):
    def inner():
        return v
    return inner
def counter():
    v = 0
    def inc():
        nonlocal v
        v += 1
    return inc
inner = outer(3)
inc = counter()
def gen(n):
    for i in range(1000, 1000 + n):
        yield i
def deleg(n):
    yield from gen(n)
def fails():
    raise ValueError("no")
def fails_deep():
    fails()
def local_sum(a):
    b = a + 1
    c = b + a
    d = c - b
    return d
g = 0
"""

LOCALS = """
a = 5; b = 7; c = 11; big = 123456789; f1 = 1.5; f2 = 2.5; s = "spam"; t = "eggs"; n = None; yes = True; no = False
xs = list(range(100)); tup = (1, 2, 3); d = {"a": 1, "b": 2, 3: 4}; st = {1, 2, 3}; by = b"abc"
"""

OBJECTS = "p = Point(1, 2); q = Sub(1, 2); v = Vec(1); w = Vec(2); sl = Slotted(); sl.a = 1; m = Manager()\n"

SNIPPETS = [
    # Loads, stores, stack.
    ("fast copy", "", LOCALS, "x = a", {}),
    ("fast copies", "", LOCALS, "x = a\ny = b\nz = x\nx = y", {}),
    ("const", "", LOCALS, "x = 1", {}),
    ("const str", "", LOCALS, "x = 'abc'\ny = None", {}),
    ("swap", "", LOCALS, "a, b = b, a", {}),
    ("rotate", "", LOCALS, "a, b, c = b, c, a", {}),
    ("chain assign", "", LOCALS, "x = y = z = a", {}),
    ("global load", FUNCTIONS, "", "x = g", {}),
    ("builtin load", FUNCTIONS, "", "x = len", {}),
    ("global store", FUNCTIONS, "global g", "g = 1", {}),
    ("global add", FUNCTIONS, "global g\ng = 0", "g += 1", {}),
    ("del fast", "", LOCALS, "x = a\ndel x", {}),
    ("expression", "", LOCALS, "a", {}),
    # Integers.
    ("int add const", "", LOCALS, "x = big + 1", {}),
    ("int add big", "", LOCALS, "x = big + b", {}),
    ("int inplace large", "", LOCALS + "x = 100000", "x += 1", {}),
    ("int sub", "", LOCALS, "x = big - b", {}),
    ("int mul", "", LOCALS, "x = big * b", {}),
    ("int mod", "", LOCALS, "x = big % 1000003", {}),
    ("int floordiv", "", LOCALS, "x = big // b", {}),
    ("int truediv", "", LOCALS, "x = a / b", {}),
    ("int and", "", LOCALS, "x = big & 1048575", {}),
    ("int shift", "", LOCALS, "x = big >> 3", {}),
    ("int expression", "", LOCALS, "x = big * b + c - big", {}),
    ("int lcg", "", LOCALS + "x = 12345", "x = (x * 1103515245 + 12345) % 2147483648", {"operator: wide multiply": 1, "operator: wide divide": 1}),
    ("int mul wide", "", LOCALS, "x = big * 12345678901", {"operator: wide multiply": 1}),
    ("int mod wide", "", LOCALS + "huge = 1234567890123", "x = huge % 2147483648", {"operator: wide divide": 1}),
    ("int floordiv wide", "", LOCALS + "huge = 1234567890123", "x = huge // 2147483648", {"operator: wide divide": 1}),
    ("int negative", "", LOCALS, "x = -big", {}),
    ("int invert", "", LOCALS, "x = ~big", {}),
    # Floats.
    ("float add", "", LOCALS, "x = f1 + f2", {}),
    ("float mul", "", LOCALS, "x = f1 * f2", {}),
    ("float div", "", LOCALS, "x = f1 / f2", {}),
    ("float pow", "", LOCALS, "x = f1 ** 0.5", {"operator: power": 1}),
    ("float expression", "", LOCALS, "x = f1 * f1 + f2 * f2 - f1", {}),
    ("float int", "", LOCALS, "x = f1 * a", {}),
    # Comparisons and jumps.
    ("int less", "", LOCALS, "x = a < b", {}),
    ("int less big", "", LOCALS, "x = big < b", {}),
    ("float less", "", LOCALS, "x = f1 < f2", {}),
    ("str equal", "", LOCALS, "x = s == t", {}),
    ("if less", "", LOCALS, "if a < b:\n    x = a", {}),
    ("if equal else", "", LOCALS, "if a == b:\n    x = a\nelse:\n    x = b", {}),
    ("if name", "", LOCALS, "if yes:\n    x = a", {}),
    ("if not name", "", LOCALS, "if not no:\n    x = a", {}),
    ("if int", "", LOCALS, "if a:\n    x = b", {}),
    ("if list", "", LOCALS, "if xs:\n    x = b", {}),
    ("if is none", "", LOCALS, "if n is None:\n    x = b", {}),
    ("if is not none", "", LOCALS, "if n is not None:\n    x = b", {}),
    ("is", "", LOCALS, "x = n is None", {}),
    ("and or", "", LOCALS, "x = a and b or c", {}),
    ("not", "", LOCALS, "x = not a", {}),
    ("in list", "", LOCALS, "x = 3 in tup", {}),
    ("in dict", "", LOCALS, "x = s in d", {}),
    ("in set", "", LOCALS, "x = a in st", {}),
    ("chained", "", LOCALS, "x = a < b < c", {}),
    # Loops.
    ("for range large", "", LOCALS, "for i in range(100000, 100020):\n    pass", {"range": 1, "operator: range item": 20}),
    ("for range long", "", LOCALS, "for i in range(100000, 100300):\n    pass", {"range": 1, "operator: range item": 300}),
    ("for range large use", "", LOCALS, "x = 0\nfor i in range(100000, 100020):\n    x += i", {"range": 1, "operator: range item": 20}),
    ("while large", "", LOCALS, "i = 100000\nwhile i < 100020:\n    i += 1", {}),
    ("while down", "", LOCALS, "i = 100000\nwhile i > 99980:\n    i -= 1", {}),
    ("for list", "", LOCALS, "for i in xs:\n    pass", {}),
    ("for tuple", "", LOCALS, "for i in tup:\n    pass", {}),
    ("for dict", "", LOCALS, "for i in d:\n    pass", {}),
    ("for items", "", LOCALS, "for k, v in d.items():\n    pass", {"dict.items": 1}),
    ("for enumerate", "", LOCALS, "for k, v in enumerate(xs):\n    pass", {"enumerate": 1}),
    ("for break", "", LOCALS, "for i in tup:\n    break", {}),
    ("for object", CLASSES, OBJECTS + "it3 = Iter3()", "for i in it3:\n    pass", {}),
    ("nested for", "", LOCALS, "for i in tup:\n    for j in tup:\n        x = i", {}),
    # Containers.
    ("list index", "", LOCALS, "x = xs[a]", {}),
    ("list index const", "", LOCALS, "x = xs[0]", {}),
    ("tuple index", "", LOCALS, "x = tup[1]", {}),
    ("dict index", "", LOCALS, "x = d['a']", {"operator: dict item": 1}),
    ("dict index int", "", LOCALS, "x = d[3]", {"operator: dict item": 1}),
    ("dict index equal", "", LOCALS + "d = {big: 1}\nkey = int('123456789')", "x = d[key]", {"operator: dict item": 1, "operator: equal key": 1}),
    ("dict index equal str", "", LOCALS + "d = {'spam1': 1, 'eggs': 2}\nkey = s + str(1)", "x = d[key]", {"operator: dict item": 1, "operator: equal key": 1}),
    ("dict store equal", "", LOCALS + "d = {big: 1}\nkey = int('123456789')", "d[key] = b", {"operator: dict store": 1, "operator: equal key": 1}),
    ("in dict equal", "", LOCALS + "d = {big: 1}\nkey = int('123456789')", "x = key in d", {"operator: equal key": 1}),
    ("str index", "", LOCALS, "x = s[2]", {}),
    ("list store", "", LOCALS, "xs[a] = b", {}),
    ("dict store", "", LOCALS, "d['a'] = b", {"operator: dict store": 1}),
    ("far store", "far = [None] * 4000000\n", "i = 0", "far[i] = None\ni = (i + 8) % 3999971", {"operator: far item": 1}),
    ("far load", "far = [None] * 4000000\n", "i = 0", "x = far[i]\ni = (i + 8) % 3999971", {"operator: far item": 1}),
    ("list add", "", LOCALS, "xs[3] += 1", {}),
    ("dict add", "", LOCALS, "d['a'] += 1", {"operator: dict item": 1, "operator: dict store": 1}),
    ("list slice", "", LOCALS, "x = xs[1:4]", {}),
    ("slice step", "", LOCALS, "x = xs[1:20:5]", {}),
    ("slice store", "", LOCALS, "xs[1:4] = tup", {}),
    ("dict del", "", LOCALS, "d['z'] = 1\ndel d['z']", {"operator: dict store": 1}),
    ("build list", "", LOCALS, "x = [a, b, c]", {}),
    ("build empty list", "", LOCALS, "x = []", {}),
    ("build list const", "", LOCALS, "x = [1, 2, 3]", {}),
    ("build tuple", "", LOCALS, "x = (a, b)", {}),
    ("build dict", "", LOCALS, "x = {a: b, b: c}", {}),
    ("build dict const", "", LOCALS, "x = {'p': a, 'q': b, 'r': c}", {}),
    ("build empty dict", "", LOCALS, "x = {}", {}),
    ("build set", "", LOCALS, "x = {a, b, c}", {}),
    ("build star", "", LOCALS, "x = [*tup, *tup]", {}),
    ("build dict star", "", LOCALS, "x = {**d}", {}),
    ("set star", "", LOCALS, "x = {*tup}", {}),
    ("comprehension", "", LOCALS, "x = [i for i in tup]", {}),
    ("comprehension long", "", LOCALS, "x = [i + big for i in xs]", {}),
    ("set comprehension", "", LOCALS, "x = {i for i in tup}", {}),
    ("dict comprehension", "", LOCALS, "x = {i: i for i in tup}", {}),
    ("unpack pair", "", LOCALS + "pair = (1, 2)", "x, y = pair", {}),
    ("unpack list", "", LOCALS + "triple = [1, 2, 3]", "x, y, z = triple", {}),
    ("unpack star", "", LOCALS, "x, *y = tup", {}),
    # Strings.
    ("str add", "", LOCALS, "x = s + t", {"operator: concatenate": 1}),
    ("list concat", "", LOCALS, "x = tup + tup", {"operator: concatenate": 1}),
    ("str mod", "", LOCALS, "x = '%d' % a", {"operator: str format": 1}),
    ("fstring", "", LOCALS, "x = f'{s}-{t}'", {}),
    ("fstring int", "", LOCALS, "x = f'n={a}'", {}),
    ("fstring repr", "", LOCALS, "x = f'{s!r}'", {}),
    ("fstring spec", "", LOCALS, "x = f'{f1:.2f}'", {}),
    # Functions.
    ("call 0", FUNCTIONS, LOCALS, "nothing()", {}),
    ("call 1", FUNCTIONS, LOCALS, "x = one(a)", {}),
    ("call 1 global", FUNCTIONS, LOCALS, "one(1)", {}),
    ("call 3", FUNCTIONS, LOCALS, "x = three(a, b, c)", {}),
    ("call default", FUNCTIONS, LOCALS, "x = deflt(a)", {}),
    ("call keyword", FUNCTIONS, LOCALS, "x = kw(a, b=c)", {}),
    ("call keyword 3", FUNCTIONS, LOCALS, "x = three(a, b=b, c=c)", {}),
    ("call star", FUNCTIONS, LOCALS, "x = star(a, b)", {}),
    ("call stars", FUNCTIONS, LOCALS, "x = stars(p=a)", {}),
    ("call ex", FUNCTIONS, LOCALS, "x = three(*tup)", {}),
    ("call ex kw", FUNCTIONS, LOCALS + "kws = {'b': 1, 'c': 2}", "x = three(a, **kws)", {}),
    ("call locals", FUNCTIONS, LOCALS, "x = local_sum(a)", {}),
    ("call local", FUNCTIONS, LOCALS + "func = one", "x = func(a)", {}),
    ("closure call", FUNCTIONS, LOCALS, "x = inner()", {}),
    ("closure count", FUNCTIONS, LOCALS, "inc()", {}),
    ("closure make", FUNCTIONS, LOCALS, "x = outer(a)", {}),
    ("make function", FUNCTIONS, LOCALS, "x = lambda: 1", {}),
    ("make function default", FUNCTIONS, LOCALS, "x = lambda a=a: a", {}),
    ("make function kwdefault", FUNCTIONS, LOCALS, "x = lambda *, a=a: a", {}),
    ("fib", "def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\n", "", "fib(6)", {}),
    # Generators.
    ("generator 3", FUNCTIONS, LOCALS, "for i in gen(3):\n    pass", {"range": 1, "operator: range item": 3}),
    ("generator 50", FUNCTIONS, LOCALS, "for i in gen(50):\n    pass", {"range": 1, "operator: range item": 50}),
    ("yield from", FUNCTIONS, LOCALS, "for i in deleg(50):\n    pass", {"range": 1, "operator: range item": 50}),
    ("generator sum", FUNCTIONS, LOCALS, "x = sum(i for i in tup)", {"sum": 1}),
    # Objects.
    ("attr", CLASSES, OBJECTS, "x = p.x", {}),
    ("attr slot", CLASSES, OBJECTS, "x = sl.a", {}),
    ("attr class", CLASSES, OBJECTS, "x = Point.norm", {}),
    ("attr module", "import math\n", "", "x = math.pi", {}),
    ("attr store", CLASSES, OBJECTS, "p.x = 1", {}),
    ("attr slot store", CLASSES, OBJECTS, "sl.a = 1", {}),
    ("attr add", CLASSES, OBJECTS, "p.x += 1", {}),
    ("attr del", CLASSES, OBJECTS, "p.z = 1\ndel p.z", {}),
    ("bound method", CLASSES, OBJECTS, "x = p.norm", {}),
    ("method", CLASSES, OBJECTS, "p.nothing()", {}),
    ("method get", CLASSES, OBJECTS, "x = p.norm()", {}),
    ("method bump", CLASSES, OBJECTS, "p.bump()", {}),
    ("method super", CLASSES, OBJECTS, "x = q.norm()", {}),
    ("property", CLASSES, OBJECTS, "x = p.prop", {}),
    ("classmethod", CLASSES, OBJECTS, "x = Point.make()", {}),
    ("staticmethod", CLASSES, OBJECTS, "x = Point.stat(1)", {}),
    ("instance", CLASSES, OBJECTS, "x = Point(1, 2)", {"instance": 1}),
    ("instance empty", CLASSES, OBJECTS, "x = Empty()", {"instance": 1}),
    ("operator", CLASSES, OBJECTS, "x = v + w", {}),
    ("operator lt", CLASSES, OBJECTS, "x = v < w", {}),
    ("getitem", CLASSES, OBJECTS, "x = v[1]", {}),
    ("class statement", CLASSES, OBJECTS, "class K:\n    x = 1\n    def f(self):\n        pass", {}),
    # Exceptions and with.
    ("try", "", LOCALS, "try:\n    x = a\nexcept ValueError:\n    pass", {}),
    ("try finally", "", LOCALS, "try:\n    x = a\nfinally:\n    y = b", {}),
    ("raise catch", FUNCTIONS, LOCALS, "try:\n    raise ValueError\nexcept ValueError:\n    pass", {}),
    ("raise catch message", FUNCTIONS, LOCALS, "try:\n    raise ValueError('x')\nexcept ValueError as e:\n    pass", {"BaseException": 1}),
    ("raise call", FUNCTIONS, LOCALS, "try:\n    fails()\nexcept ValueError:\n    pass", {"BaseException": 1}),
    ("raise deep", FUNCTIONS, LOCALS, "try:\n    fails_deep()\nexcept ValueError:\n    pass", {"BaseException": 1}),
    ("raise finally", FUNCTIONS, LOCALS,
     "try:\n    try:\n        raise ValueError\n    finally:\n        x = a\nexcept ValueError:\n    pass", {}),
    ("key error", "", LOCALS, "try:\n    d['missing']\nexcept KeyError:\n    pass", {"operator: dict item": 1}),
    ("second clause", "", LOCALS, "try:\n    raise ValueError\nexcept (KeyError, TypeError):\n    pass\nexcept ValueError:\n    pass", {}),
    ("with python", CLASSES, OBJECTS, "with m:\n    pass", {}),
    ("with lock", "import threading\nlock = threading.Lock()\n", "", "with lock:\n    pass", {"lock.__enter__": 1, "lock.__exit__": 1}),
    ("with lock counter", "import threading\nlock = threading.Lock()\ng = 0\n", "global g\ng = 0", "with lock:\n    g += 1", {"lock.__enter__": 1, "lock.__exit__": 1}),
    ("assert", "", LOCALS, "assert a", {}),
    # Imports and patterns.
    ("import", "import math\n", "", "import math", {}),
    ("from import", "import math\n", "", "from math import pi", {}),
    ("match literal", "", LOCALS, "match a:\n    case 1:\n        x = 1\n    case 5:\n        x = 2", {}),
    ("match sequence", "", LOCALS, "match tup:\n    case [x, y, z]:\n        pass", {}),
    ("match mapping", "", LOCALS, "match d:\n    case {'a': x}:\n        pass", {}),
    ("match class", CLASSES, OBJECTS, "match p:\n    case Point(x=x):\n        pass", {}),
    # Whole programs in the small: loops as programs write them.
    ("prime", "def prime(n):\n    i = 3\n    while i * i <= n:\n        if n % i == 0:\n            return False\n        i += 2\n    return True\n",
     "", "prime(100003)", {}),
    ("sieve", "", "flags = [True] * 1100", "j = 1000\nwhile j <= 1060:\n    flags[j] = False\n    j += 3", {}),
    ("count words", "", "counts = {'a': 1, 'b': 2}\nwords = ['a', 'b'] * 10", "for w in words:\n    if w in counts:\n        counts[w] += 1\n    else:\n        counts[w] = 1", {"operator: dict item": 20, "operator: dict store": 20}),
    ("histogram", "counts = dict.fromkeys(range(1000, 2024), 0)\n", "hist = counts\nk = 1", "k = (k + 333) & 1023\nj = k + 1000\nhist[j] = hist.get(j, 0) + 1",
     {"operator: dict store": 1, "operator: equal key": 2, "dict.get": 1}),
    ("histogram of words", "words = ['w' + str(i % 997) for i in range(5000)]\ncounts = dict.fromkeys(['w' + str(i) for i in range(997)], 0)\n", "i = 0\ntexts = words\nhist = counts",
     "i = (i + 1) % 5000\nw = texts[i]\nif w in hist:\n    hist[w] += 1", {"operator: dict item": 1, "operator: dict store": 1, "operator: equal key": 3}),
    ("family", "class Shape:\n    def __init__(self, w, h):\n        self.w = w\n        self.h = h\nclass Wide(Shape):\n    def area(self):\n        return self.w\n"
     "class Even(Wide):\n    def __init__(self, w):\n        super().__init__(w, w)\n", "", "a = Wide(3, 5)\nb = Even(7)\nx = a.area()\nx = b.area()", {"instance": 2}),
    ("bodies", "", "b = [1.0] * 7\nc = [2.0] * 7", "dx = b[0] - c[0]\ndy = b[1] - c[1]\nd2 = dx * dx + dy * dy\nb[3] -= dx * d2\nc[3] += dy * d2", {}),
    # Loops by `while`, each in a function that was never called before: 3.11 does not specialise them. They have no loop around them.
    ("cold count", "", "", "pass", {}),
    ("cold down", "", "", "i = turns\ni -= 1", {}),
    ("cold int", "", LOCALS, "x = big + b\ny = x - c", {}),
    ("cold int mul", "", LOCALS, "x = big * b + c", {}),
    ("cold float", "", LOCALS, "x = f1 * f2 + f1 - f2", {}),
    ("cold compare", "", LOCALS, "if a < b:\n    x = a\nif big == c:\n    x = b", {}),
    ("cold compare value", "", LOCALS, "x = a < b", {}),
    ("cold index", "", LOCALS, "x = xs[a]\ny = tup[1]", {}),
    ("cold dict index", "", LOCALS, "x = d['a']", {"operator: dict item": 1}),
    ("cold store", "", LOCALS, "xs[a] = b\nxs[b] = a", {}),
    ("cold dict store", "", LOCALS, "d['a'] = b", {"operator: dict store": 1}),
    ("cold global", FUNCTIONS, "", "x = g\ny = len", {}),
    ("cold global add", FUNCTIONS, "global g\ng = 0", "g += 1", {}),
    ("cold attr", CLASSES, OBJECTS, "x = p.x\ny = p.y", {}),
    ("cold attr store", CLASSES, OBJECTS, "p.x = 1\np.y = 2", {}),
    ("cold method", CLASSES, OBJECTS, "x = p.norm()", {}),
    ("cold call", FUNCTIONS, LOCALS, "x = one(a)\ny = three(a, b, c)", {}),
    ("cold len", "", LOCALS, "x = len(xs)", {"len": 1}),
    ("cold append", "", LOCALS, "xs.append(a)", {"list.append": 1}),
    ("cold prime", "", "", "n = 100003\ni = 3\nwhile i * i <= n:\n    if n % i == 0:\n        break\n    i += 2", {}),
    ("cold sieve", "", "flags = [True] * 1100", "j = 1000\nwhile j <= 1060:\n    flags[j] = False\n    j += 3", {}),
]

# Calls of native functions: the name of the unknown, and the call.
NATIVE = [
    ("len", "len(xs)"), ("isinstance", "isinstance(a, int)"), ("abs", "abs(a)"), ("min", "min(a, b)"), ("max", "max(a, b)"),
    ("sum", "sum(tup)"), ("range", "range(a)"), ("repr", "repr(a)"), ("str", "str(a)"), ("int", "int('12')"), ("float", "float('1.5')"),
    ("bool", "bool(a)"), ("list", "list(tup)"), ("tuple", "tuple(tup)"), ("dict", "dict(d)"), ("set", "set(tup)"), ("enumerate", "enumerate(tup)"),
    ("zip", "zip(tup, tup)"), ("map", "map(str, tup)"), ("reversed", "reversed(tup)"), ("sorted", "sorted(tup)"), ("iter", "iter(tup)"),
    ("getattr", "getattr(a, 'real')"), ("hasattr", "hasattr(a, 'real')"), ("id", "id(a)"), ("hash", "hash(s)"), ("ord", "ord('a')"),
    ("chr", "chr(97)"), ("round", "round(f1)"), ("divmod", "divmod(big, b)"), ("pow", "pow(a, 2)"), ("type", "type(a)"), ("callable", "callable(a)"),
    ("any", "any(tup)"), ("all", "all(tup)"), ("format", "format(a, 'd')"), ("object", "object()"),
    ("list.append", "xs.append(a); xs.pop()"), ("list.pop", "xs.append(a); xs.pop()"), ("list.index", "xs.index(3)"), ("list.extend", "[].extend(tup)"),
    ("list.insert", "[].insert(0, a)"), ("list.sort", "[3, 1, 2].sort()"), ("list.reverse", "xs.reverse()"), ("list.copy", "[a].copy()"), ("list.count", "[a].count(a)"),
    ("dict.get", "d.get('a')"), ("dict.items", "d.items()"), ("dict.keys", "d.keys()"), ("dict.values", "d.values()"), ("dict.setdefault", "d.setdefault('a', 1)"),
    ("dict.pop", "d.pop('zz', None)"), ("dict.update", "d.update(d)"), ("dict.copy", "d.copy()"),
    ("set.add", "st.add(a)"), ("set.discard", "st.discard(99)"), ("set.union", "st.union(tup)"),
    ("str.join", "'-'.join(words)"), ("str.split", "'a b'.split()"), ("str.format", "'{}'.format(a)"), ("str.upper", "s.upper()"), ("str.lower", "s.lower()"),
    ("str.strip", "s.strip()"), ("str.replace", "s.replace('a', 'b')"), ("str.startswith", "s.startswith('sp')"), ("str.endswith", "s.endswith('sp')"),
    ("str.find", "s.find('m')"), ("str.isdigit", "s.isdigit()"), ("str.encode", "s.encode()"), ("str.rjust", "s.rjust(8)"), ("str.count", "s.count('a')"),
    ("int.bit_length", "big.bit_length()"), ("math.sqrt", "math.sqrt(f1)"), ("math.floor", "math.floor(f1)"), ("math.sin", "math.sin(f1)"), ("math.gcd", "math.gcd(a, b)"),
    ("time.monotonic", "time.monotonic()"), ("time.perf_counter", "time.perf_counter()"), ("time.time", "time.time()"),
    ("_thread.get_ident", "threading.get_ident()"), ("lock.acquire", "lock.acquire(); lock.release()"), ("lock.release", "lock.acquire(); lock.release()"),
    ("lock.locked", "lock.locked()"), ("RLock.acquire", "rlock.acquire(); rlock.release()"), ("RLock.release", "rlock.acquire(); rlock.release()"),
    ("deque.append", "dq.append(a); dq.popleft()"), ("deque.popleft", "dq.append(a); dq.popleft()"),
    ("SimpleQueue.put", "sq.put(a); sq.get()"), ("SimpleQueue.get", "sq.put(a); sq.get()"),
    ("Random.random", "rnd.random()"),
    ("BaseException", "ValueError(s)"), ("property", "property(n)"), ("next", "next(endless)"),
    ("sys.getswitchinterval", "sys.getswitchinterval()"),
]

NATIVE_MODULE = """
import math, time, threading, collections, random, heapq, itertools, sys, os
import queue
sq = queue.SimpleQueue()
lock = threading.Lock(); rlock = threading.RLock(); dq = collections.deque(); rnd = random.Random(1); hp = [1, 2]
words = ["a", "b", "c"]; endless = itertools.count()
"""
