def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: dataclass_basics
from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass, FrozenInstanceError, KW_ONLY, InitVar, make_dataclass
@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
p = P(1); print(p, p == P(1), p == P(2), P(1, 2, ['a']), asdict(p), astuple(p), replace(p, x=9), [f.name for f in fields(p)], is_dataclass(P), P.__match_args__); p.tags.append(1); print(p, P(1).tags); t(P); t(P, 1, 2, 3, 4); t(hash, p); t(P, z=1)
# case: dataclass_options
from dataclasses import dataclass, field, FrozenInstanceError, KW_ONLY, InitVar
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = field(default=0, compare=True)
    name: str = field(default='', compare=False, repr=False)
print(V(1, 2) < V(1, 3), sorted([V(2), V(1, 5), V(1)]), V(1) == V(1, 0, 'n'), hash(V(1)) == hash(V(1)), V(3)); t(setattr, V(1), 'major', 5); t(lambda: V(1) < 5)
@dataclass
class K:
    a: int
    _: KW_ONLY
    b: int = 2
    c: InitVar[int] = 3
    def __post_init__(self, c): self.sum = self.a + self.b + c
k = K(1, b=5, c=10); print(k, k.sum); t(K, 1, 2)
@dataclass
class Base: x: int = 1
@dataclass
class Child(Base): y: int = 2; x: int = 5
print(Child(), Child(y=9))
def bad():
    @dataclass
    class B: l: list = []
t(bad)
def bad2():
    @dataclass
    class B:
        a: int = 1
        b: int
t(bad2)
@dataclass(slots=True)
class S: x: int
s = S(1); print(s, S.__slots__); t(setattr, s, 'y', 1)
@dataclass(eq=False, repr=False)
class N: x: int = 1
print(N() == N(), repr(N())[:22] != '')
# case: enum_basics
from enum import Enum, IntEnum, Flag, IntFlag, StrEnum, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    def describe(self): return f'{self.name}={self.value}'
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color['GREEN'], list(Color), len(Color), Color.ALIAS is Color.RED, Color.RED == 1, Color.RED in Color, Color.RED.describe(), isinstance(Color.RED, Color), Color.__members__, {Color.RED: 1}, f'{Color.RED}', hash(Color.RED) == hash('RED'))
t(Color, 5); t(lambda: Color['NOPE']); t(lambda: Color.NOPE); t(setattr, Color, 'RED', 5); t(lambda: Color.RED < Color.GREEN); t(lambda: Color()); print(1 in Color)
class N(IntEnum): A = 1; B = auto(); C = auto()
print(N.A, repr(N.B), N.A + 1, N.C > N.A, list(N), int(N.B), f'{N.A}', N(2), sorted([N.C, N.A]), N.A == 1, '%d' % N.C)
class P(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(P.R | P.W, repr(P.RW), P.R in P.RW, P.RW & P.W, ~P.R, P(0), P.R ^ P.R, bool(P(0)), list(P.RW), P.RW.value, P(5))
class S(StrEnum): A = auto(); B = 'bee'
print(S.A, repr(S.B), S.A == 'a', S.B.upper(), f'{S.B}')
def dup():
    @unique
    class D(Enum): A = 1; B = 1
t(dup)
def sub():
    class E(Color): pass
t(sub)
E = Enum('E', 'X Y Z'); print(list(E), E.Y.value)
class M(Enum):
    A = (1, 'one')
    def __init__(self, n, s): self.n, self.s = n, s
    @classmethod
    def _missing_(cls, v): return cls.A
print(M.A.s, M.A.value, M('anything'))
# case: namedtuple_basics
from collections import namedtuple
P = namedtuple('P', 'x y', defaults=[5]); p = P(1)
print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._make([1, 2]), p == (1, 5), hash(p) == hash((1, 5)), *p, p._field_defaults, len(p), P(y=1, x=2), p + (3,), isinstance(p, tuple), P.__doc__, P.x.__doc__)
t(P); t(P, 1, 2, 3); t(p._replace, z=1); t(setattr, p, 'x', 5); t(namedtuple, 'Q', 'a a'); t(namedtuple, 'Q', 'class'); t(namedtuple, 'Q', '_a'); print(namedtuple('R', ['a', 'class', '_b'], rename=True)._fields); t(P._make, [1])
class Q(P):
    def norm(self): return self.x + self.y
print(Q(1, 2).norm(), Q(1))
# case: typing_namedtuple
from typing import NamedTuple, Optional, Union, List, Dict, Any, Callable, TypeVar, Generic, Protocol, Literal, Final, ClassVar, TYPE_CHECKING, cast, get_type_hints, runtime_checkable
class E(NamedTuple):
    name: str
    id: int = 3
print(E('a'), E('a').id, E._fields, E.__annotations__); t(E)
print(Optional[int], Union[int, str], List[int], Dict[str, Any], Callable[[int], str], Literal['a', 1], Any, TYPE_CHECKING, cast(int, 'x'), Union[int, None] == Optional[int], Union[int], Final[int], ClassVar[int])
T = TypeVar('T')
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
print(Box[int], Box[int](5).v, T, get_type_hints(E))
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
print(isinstance([], HasLen), isinstance(5, HasLen))
# case: counter
from collections import Counter
c = Counter('mississippi'); print(c, c.most_common(2), c['zz'], sum(c.values()), c.total(), sorted(c.elements())[:3], c + Counter('ms'), c - Counter('miss'), c & Counter('ssi'), c | Counter('zz'), +Counter(a=-1, b=2), Counter(a=1) == Counter(a=1, b=0)); c.update('mm'); c.subtract('s'); print(c); del c['m']; print(c, Counter([1, 1, 2]), Counter({'a': 2}), dict(c), Counter(a=1) < Counter(a=2)); t(Counter.fromkeys, 'a')
# case: defaultdict
from collections import defaultdict
d = defaultdict(list); d['a'].append(1); print(d, d['b'], d.get('zz'), 'zz' in d, dict(d), d.default_factory); n = defaultdict(int, x=1); n['y'] += 5; print(n, n.copy(), defaultdict(None) == {}); t(lambda: defaultdict()['k']); t(defaultdict, 5); print(defaultdict(lambda: 'dflt')['q'], n | {'z': 1}); nested = defaultdict(lambda: defaultdict(int)); nested['a']['b'] += 1; print(nested['a'])
# case: ordereddict
from collections import OrderedDict
o = OrderedDict(a=1, b=2); o.move_to_end('a'); print(o, o.popitem(last=False), o, list(reversed(o)), o == {'a': 1}, OrderedDict([(1, 2), (3, 4)]) == OrderedDict([(3, 4), (1, 2)])); o['z'] = 1; o.move_to_end('z', last=False); print(list(o)); t(o.move_to_end, 'q'); t(OrderedDict().popitem)
# case: deque_basics
from collections import deque
d = deque([1, 2, 3], maxlen=4); d.append(4); d.append(5); d.appendleft(0); print(d, d.maxlen, d[0], d[-1], len(d), 3 in d, d.count(3), d.index(3)); d.rotate(1); print(d); d.rotate(-2); print(d); d.extend([7, 8]); d.extendleft('ab'); print(d, d.pop(), d.popleft(), list(d), list(reversed(d))); d.insert(1, 'i'); d.remove('i'); d.reverse(); print(d, d.copy(), d == deque(d), deque('ab') + deque('c'), deque('ab') * 2, deque([1]) < deque([2])); d.clear(); t(d.pop); t(d.popleft); t(lambda: d[0]); t(d.remove, 1); t(deque, [1], -1); t(deque, 5); t(d.rotate, 'x'); t(deque([1], 1).insert, 0, 2); t(hash, d)
def mutate():
    q = deque([1, 2])
    for x in q: q.append(x)
t(mutate)
# case: chainmap_and_userdict
from collections import ChainMap, UserDict, UserList, UserString
c = ChainMap({'a': 1}, {'a': 2, 'b': 3}); print(c['a'], c['b'], dict(c), c.maps, c.new_child({'z': 9})['z'], c.parents, len(c)); c['n'] = 5; print(c); t(lambda: c['q'])
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
u = U(a=1); u['b'] = 2; print(u, u.data, UserList([1]) + [2], UserString('ab').upper())
# case: itertools_infinite_and_slices
from itertools import *
print(list(islice(count(5, 2), 3)), list(islice(cycle('ab'), 5)), list(repeat(1, 3)), list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), list(chain('ab', [1])), list(chain.from_iterable(['ab', 'c'])), list(compress('abc', [1, 0, 1])), list(dropwhile(lambda x: x < 2, [1, 2, 1])), list(takewhile(lambda x: x < 2, [1, 2, 1])), list(filterfalse(None, [0, 1])), list(starmap(pow, [(2, 3)])), list(zip_longest('ab', 'c', fillvalue='-')), list(pairwise('abc')), list(batched('abcde', 2)), [(k, list(g)) for k, g in groupby('aabbc')], [list(x) for x in tee([1, 2])])
t(islice, [1], -1); t(next, repeat(1, 0)); t(batched, 'a', 0); t(count, 'a'); print(count(1), repeat('x', 2), next(count(1.5)), list(islice('abcdef', 1, 5, 2)))
# case: itertools_combinatorics
from itertools import *
print(list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(permutations('abc', 2)), list(combinations('abcd', 2)), list(combinations_with_replacement('ab', 2)), len(list(permutations(range(4)))), list(product()), list(combinations('a', 2)), list(permutations([], 0))); t(combinations, 'a', -1); t(permutations, 'a', 'b'); t(product, 5)
# case: itertools_groupby
from itertools import groupby
data = [('a', 1), ('a', 2), ('b', 3), ('a', 4)]
for k, g in groupby(data, key=lambda p: p[0]): print(k, list(g))
g = groupby('aab'); k1, it1 = next(g); k2, it2 = next(g); print(k1, list(it1), k2, list(it2)); print([k for k, _ in groupby(sorted('banana'))])
# case: heapq_and_bisect
import heapq, bisect
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(h, heapq.heappop(h), heapq.heappushpop(h, 3), heapq.heapreplace(h, 9), h, heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, ['bb', 'a'], key=len), list(heapq.merge([1, 4], [2, 3]))); t(heapq.heappop, []); t(heapq.heappush, (1,), 2); t(heapq.heappush, [1], 'a')
a = [1, 3, 3, 5]; print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 9)); bisect.insort(a, 4); print(a, bisect.bisect([('a', 1)], 2, key=lambda p: p[1]))
# case: json_dump
import json
print(json.dumps({'a': [1, 2.5, None, True, 'é"\n'], 'b': {}}), json.dumps([1, (2, 3)], indent=2), json.dumps({'b': 1, 'a': 2}, sort_keys=True, separators=(',', ':')), json.dumps('é', ensure_ascii=False), json.dumps({1: 'x', None: 'y', True: 'z'}), json.dumps(float('inf')), json.dumps([]), json.dumps({}, indent=1), json.dumps(10**20))
t(json.dumps, {1, 2}); t(json.dumps, {(1, 2): 3}); t(json.dumps, object); print(json.dumps({1, 2}, default=sorted), json.dumps({(1,): 2}, skipkeys=True)); a = []; a.append(a); t(json.dumps, a); t(json.dumps, float('nan'), allow_nan=False)
# case: json_load
import json
print(json.loads('{"a": [1, -2.5e3, null, true, false, "x\\u00e9\\n"]}'), json.loads(' [ ] '), json.loads('"s"'), json.loads('1'), json.loads('[1, 2]', parse_int=str), json.loads('{"a": 1}', object_hook=lambda d: list(d.items())), json.loads(b'[1]'), json.loads('NaN'))
for s in ('', '{', '[1,]', '{"a" 1}', "{'a': 1}", '[1 2]', 'tru', '"abc', '{"a": 1,}', '1 2', '[01]', '"\\x"', '{1: 2}', '\t', '"a\nb"'): t(json.loads, s)
try: json.loads('[1,\n x]')
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, e.doc)
t(json.loads, 5)
# case: random_seeded
import random
random.seed(42); print(random.random(), random.randint(1, 100), random.choice('abc'), random.sample(range(100), 3), random.uniform(1, 2), random.gauss(0, 1), random.randrange(0, 10, 2), random.getrandbits(40), random.choices('ab', weights=[1, 3], k=4), random.triangular(), random.expovariate(1), random.betavariate(1, 2), random.normalvariate(0, 1))
l = list(range(10)); random.shuffle(l); print(l); r = random.Random('seed'); print(r.random(), r.randint(0, 9)); s = r.getstate(); a = r.random(); r.setstate(s); print(a == r.random(), random.Random(5).random(), random.Random(2.5).random(), random.Random(b'x').random()); t(random.choice, []); t(random.sample, [1], 2); t(random.randint, 5, 1); t(random.randrange, 0); t(random.seed, [])
# case: datetime_basics
from datetime import datetime, date, time, timedelta, timezone
d = datetime(2024, 2, 29, 13, 45, 30); print(d, repr(d), d + timedelta(days=1, hours=3), d - datetime(2024, 1, 1), d.date(), d.time(), d.weekday(), d.isoweekday(), d.isocalendar(), d.replace(year=2023, day=1), d.timetuple()[:6], d.isoformat(' '), d.strftime('%Y/%m/%d %H:%M'), datetime.strptime('2024-03-01 10:20', '%Y-%m-%d %H:%M'), datetime.fromisoformat('2024-03-01T10:20:30+02:00'), d < datetime(2025, 1, 1), d.ctime())
print(date(2024, 1, 31) + timedelta(1), date.fromisoformat('2024-05-06'), date(2024, 3, 1).toordinal(), date.fromordinal(738946), time(5, 6, 7, 89), timedelta(seconds=-1), timedelta(1, 2, 3).total_seconds(), timedelta(hours=25), timedelta(1) / 2, timedelta(1) // timedelta(hours=7), timedelta(1) * 2.5, divmod(timedelta(1), timedelta(hours=5)), abs(timedelta(-1)), datetime(2024, 1, 1, tzinfo=timezone.utc), timezone(timedelta(hours=-5)), d.replace(tzinfo=timezone.utc).timestamp(), date.max, timedelta.max)
t(datetime, 2024, 13, 1); t(date, 2023, 2, 29); t(time, 25); t(datetime.strptime, 'x', '%Y'); t(date.fromisoformat, 'nope'); t(lambda: datetime(2024, 1, 1, tzinfo=timezone.utc) - d); t(lambda: date.max + timedelta(1)); t(timedelta, 'a')
# case: time_functions
import time
print(time.gmtime(0), time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(86400 * 365)), time.mktime((2024, 1, 1, 0, 0, 0, 0, 1, 0)), time.asctime(time.gmtime(0)), time.ctime(1e9), time.strptime('5 Jan 2024', '%d %b %Y')[:3], time.localtime(0).tm_zone, time.timezone, time.gmtime(1.9).tm_sec, time.gmtime(0) == (1970, 1, 1, 0, 0, 0, 3, 1, 0), time.tzname, time.daylight)
t(time.sleep, -1); t(time.sleep, 'x'); t(time.strftime, 5); t(time.mktime, (1, 2)); t(time.gmtime, 1e20); t(time.strptime, 'x', '%Y'); t(time.sleep); t(time.gmtime, 'x'); t(time.asctime, 5); t(time.strftime, '%Y', (1,)); t(time.gmtime, float('nan')); t(time.mktime, (2024, 1, 1, 0, 0, 10**20, 0, 1, 0)); print(time.mktime((2024, 13, 40, 25, 61, 61, 0, 0, -1)))
# case: time_clocks
import time
a = time.perf_counter(); b = time.perf_counter(); print(b >= a, time.monotonic() >= 0, isinstance(time.time(), float), isinstance(time.time_ns(), int), time.time() > 1e9, time.get_clock_info('monotonic').monotonic)
# case: string_io
import io
s = io.StringIO(); print('hello', file=s); s.write('world'); print(repr(s.getvalue()), s.tell(), s.seek(0), s.read(3), s.readline(), s.readlines(), s.closed); s.close(); t(s.read)
s = io.StringIO('a\nb\nc'); print([l for l in s], list(io.StringIO('x\ny')), io.StringIO('abc').read()); b = io.BytesIO(b'abc'); print(b.read(1), b.read(), b.getvalue(), b.seek(0), b.readline()); t(s.write, 5); t(b.write, 'x')
with io.StringIO() as w: w.write('in'); print(w.getvalue())
t(w.getvalue)
# case: statistics_module
import statistics as s
print(s.mean([1, 2, 3, 4]), s.median([3, 1, 2]), s.median([1, 2, 3, 4]), s.mode([1, 1, 2]), s.stdev([1, 2, 3, 4]), s.variance([1, 2, 3]), s.pstdev([1, 2]), s.fmean([1, 2.5]), s.multimode('aab b'), s.median_low([1, 2, 3, 4]), s.quantiles([1, 2, 3, 4, 5])); t(s.mean, []); t(s.stdev, [1]); t(s.mode, [])
# case: copy_module
import copy
a = [1, [2, 3], {'k': (4, [5])}]; b = copy.copy(a); c = copy.deepcopy(a); a[1].append(9); print(b, c, b[1] is a[1], c[1] is a[1]); x = []; x.append(x); y = copy.deepcopy(x); print(y[0] is y, copy.copy({1}), copy.copy('s') == 's', copy.deepcopy(len) is len)
class P:
    def __init__(self): self.v = [1]
p = P(); q = copy.deepcopy(p); q.v.append(2); print(p.v, q.v, type(q).__name__); import threading; t(copy.deepcopy, threading.Lock()); t(copy.copy, (x for x in []))
# case: pprint_module
import pprint
pprint.pprint({'b': [1, 2, 3], 'a': {'nested': 'x' * 40, 'list': list(range(30))}}); pprint.pprint([1, 2]); print(pprint.pformat({'z': 1, 'a': 2})); pprint.pprint({'b': 1, 'a': 2}, sort_dicts=False, width=10); pprint.pprint('word ' * 30); pprint.pprint([[1, [2, [3, [4]]]]], depth=2)
# case: reprlib_module
import reprlib
print(reprlib.repr(list(range(100))), reprlib.repr('x' * 100), reprlib.repr({i: i for i in range(10)}))
class R:
    @reprlib.recursive_repr()
    def __repr__(self): return f'R({self.me!r})'
r = R(); r.me = r; print(r)
# case: abc_collections
import collections.abc as c
print(isinstance([], c.Sequence), isinstance({}, c.Mapping), isinstance(set(), c.Set), isinstance('', c.Iterable), isinstance(5, c.Hashable), isinstance([], c.Hashable), isinstance(len, c.Callable), isinstance(iter([]), c.Iterator), isinstance((x for x in []), c.Generator), issubclass(dict, c.MutableMapping), isinstance(range(3), c.Sequence), isinstance(b'', c.ByteString) if False else '', isinstance({}.keys(), c.KeysView), isinstance([], c.Sized), isinstance([], c.Container))
class S(c.Sequence):
    def __init__(self, d): self.d = d
    def __getitem__(self, i): return self.d[i]
    def __len__(self): return len(self.d)
s = S([1, 2, 3]); print(list(s), 2 in s, s.index(3), s.count(1), list(reversed(s))); t(s.index, 9)
class M(c.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m['a'] = 1; m.update(b=2); print(dict(m), m.get('z', 0), m.pop('a'), m.setdefault('q', 5), list(m.items()), m == {'b': 2, 'q': 5}, 'b' in m, list(m.keys())); m.clear(); print(len(m)); t(c.Sequence); t(m.popitem)
# case: types_module
import types
n = types.SimpleNamespace(a=1, b='x'); n.c = 3; print(n, n == types.SimpleNamespace(a=1, b='x', c=3), vars(n)); print(isinstance(lambda: 0, types.FunctionType), isinstance(len, types.BuiltinFunctionType), isinstance((x for x in []), types.GeneratorType), types.MappingProxyType({'a': 1})['a'], types.NoneType); p = types.MappingProxyType({'a': 1}); t(lambda: p.__setitem__('b', 2)); print(p, repr(p), len(p), p | {'z': 1}, dict(p)); t(setattr, p, 'x', 1)
def w(): p['b'] = 1
t(w)
# case: logging_basic
import logging, sys
logging.basicConfig(level=logging.INFO, format='%(levelname)s:%(name)s:%(message)s', stream=sys.stdout)
log = logging.getLogger('app'); log.info('hello %s', 'x'); log.debug('hidden'); log.warning('warn %d', 5); logging.error('root'); log.setLevel(logging.DEBUG); log.debug('shown'); print(log.name, log.level, log.isEnabledFor(10), logging.getLevelName(30), log.parent.name, log)
try: 1 / 0
except ZeroDivisionError: log.exception('failed')
# case: logging_default_stderr
import logging
logging.warning('to stderr'); logging.info('not shown'); logging.getLogger('x').error('err')
# case: logging_config
import logging
h = logging.StreamHandler(); h.setFormatter(logging.Formatter('[%(levelname)-8s] %(threadName)s %(funcName)s %(lineno)d %(message)s')); l = logging.getLogger('z'); l.addHandler(h); l.propagate = False; l.setLevel('INFO')
def f(): l.info('in f')
f(); l.log(35, 'custom level'); l.warning('%(a)s', {'a': 1}); l.info('no args %s')
# case: contextlib_more
from contextlib import *
class R:
    def __init__(self, n): self.n = n
    def __enter__(self): print('open', self.n); return self
    def __exit__(self, *e): print('close', self.n, e[0] and e[0].__name__)
with ExitStack() as st:
    rs = [st.enter_context(R(i)) for i in range(2)]; st.callback(print, 'cb', sep='')
    st2 = st.pop_all()
print('popped'); st2.close()
try:
    with ExitStack() as st: st.enter_context(R('x')); raise ValueError('v')
except ValueError as e: print('out', e)
with suppress(KeyError): {}['a']
with nullcontext() as n: print(n)
@contextmanager
def retry(): yield 'r'
with retry() as r, chdir('.') if False else nullcontext(): print(r)
class D(ContextDecorator):
    def __enter__(self): print('in')
    def __exit__(self, *a): print('out')
@D()
def f(): print('f')
f()
# case: queue_single_thread
import queue
q = queue.Queue(maxsize=2); q.put(1); q.put_nowait(2); print(q.qsize(), q.full(), q.empty(), q.get(), q.get_nowait(), q.maxsize); t(q.get_nowait); t(q.get, timeout=0.01); q.put(1); q.put(2); t(q.put_nowait, 3); t(q.put, 3, timeout=0.01); q.task_done(); q.task_done(); q.get(); q.get(); p = queue.PriorityQueue(); [p.put(x) for x in (3, 1, 2)]; print([p.get() for _ in range(3)]); l = queue.LifoQueue(); [l.put(x) for x in 'abc']; print([l.get() for _ in range(3)]); s = queue.SimpleQueue(); s.put(5); print(s.get(), s.empty(), s.qsize()); t(q.task_done) if False else None; t(q.get, timeout=-1); t(s.get, block=False)
# case: threading_basics
import threading
results = []
def w(n): results.append((n, threading.current_thread().name))
ts = [threading.Thread(target=w, args=(i,), name=f'w{i}') for i in range(3)]
for x in ts: x.start(); x.join()
print(results, threading.active_count(), threading.main_thread().name, ts[0].is_alive(), ts[0].daemon, ts[0].name); t(ts[0].start); t(threading.Thread(target=w).join); t(threading.current_thread().join); l = threading.Lock(); print(l.acquire(), l.locked(), l.acquire(blocking=False), l.release(), l.locked()); t(l.release); r = threading.RLock(); r.acquire(); r.acquire(); r.release(); r.release(); t(r.release); t(threading.Lock().acquire, False, 1); t(threading.Lock().acquire, timeout=-2)
e = threading.Event(); print(e.is_set(), e.set(), e.wait(), e.clear(), e.wait(0.01)); s = threading.Semaphore(1); print(s.acquire(), s.acquire(blocking=False), s.release()); t(threading.Semaphore, -1); b = threading.BoundedSemaphore(1); t(b.release); c = threading.Condition(); t(c.wait); t(c.notify); b = threading.Barrier(1); print(b.wait(), b.parties, b.n_waiting, b.broken); loc = threading.local(); loc.x = 1; print(loc.x); t(lambda: loc.y); t(threading.Thread, 5); t(threading.Thread, target=5, foo=1); tm = threading.Timer(0.01, print, ['timer fired']); tm.start(); tm.join()
# case: futures_basics
from concurrent.futures import ThreadPoolExecutor, as_completed, wait, Future, TimeoutError, CancelledError
with ThreadPoolExecutor(max_workers=1) as ex:
    f = ex.submit(pow, 2, 5); print(f.result(), f.done(), f.cancelled(), f.running(), f.exception(), list(ex.map(lambda x: x * 2, range(3)))); g = ex.submit(lambda: 1 / 0); t(g.result); print(repr(g.exception()), sorted(x.result() for x in as_completed([ex.submit(abs, -i) for i in range(3)])), len(wait([f]).done))
t(ex.submit, abs, 1); t(ThreadPoolExecutor, 0); fu = Future(); print(fu.cancel(), fu.cancelled()); t(fu.result); fv = Future(); fv.set_result(5); print(fv.result()); 
try: fv.set_result(6)
except Exception as e: print(type(e).__name__)
fv.add_done_callback(lambda x: print('cb', x.result()))
# case: weakref_basics
import weakref
class A:
    def m(self): return 'm'
a = A(); r = weakref.ref(a); print(r() is a, r == weakref.ref(a), weakref.getweakrefcount(a), r is weakref.ref(a)); d = weakref.WeakValueDictionary(); d['k'] = a; print(d['k'] is a, len(d), list(d)); k = weakref.WeakKeyDictionary(); k[a] = 1; print(k[a]); s = weakref.WeakSet([a]); print(a in s, len(s)); p = weakref.proxy(a); print(p.m()); t(weakref.ref, 5); t(weakref.ref, 'x'); t(weakref.ref, []); m = weakref.WeakMethod(a.m); print(m()())
# case: sys_basics
import sys
print(sys.argv[0].rsplit('/', 1)[-1], sys.version_info[:2], sys.version_info >= (3, 8), sys.byteorder, sys.maxsize, sys.getrecursionlimit(), sys.getswitchinterval(), sys.implementation.name, sys.platform, sys.hexversion >> 24, sys.float_info.max, sys.int_info.bits_per_digit, sys.maxunicode, sys.getdefaultencoding(), sys.stdout.encoding, sys.flags.optimize, sys.path is not None, sys.intern('a'), sys.hash_info.width, sys.api_version > 1000, sys.executable is not None, sys.version.split()[0][:4])
sys.setrecursionlimit(500); print(sys.getrecursionlimit()); t(sys.setrecursionlimit, -1); t(sys.setrecursionlimit, 1); t(sys.setswitchinterval, -1); t(sys.setswitchinterval, 'x'); sys.stdout.write('raw\n'); sys.stderr.write('err\n'); print(sys.stdout.isatty(), sys.stdout.writable(), sys.stdin.readable(), sys.stdout.fileno()); t(sys.stdout.write, 5); t(sys.exit, 'x') if False else None
# case: sys_frames
import sys
def f(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name, sys._getframe().f_lineno
def g(): return f()
print(g()); t(sys._getframe, 100)
# case: os_basics
import os
print(os.sep, os.linesep == '\n', os.name, os.path.join('a', '/b', 'c'), os.path.basename('/x/y.txt'), os.path.dirname('/x/y.txt'), os.path.splitext('a.tar.gz'), os.path.split('/a/b'), os.path.normpath('a/../b//c'), os.path.isabs('/a'), os.path.commonprefix(['abc', 'abd']), os.path.relpath('/a/b', '/a/c'), os.environ.get('NOPE', 'dflt'), os.getenv('NOPE'), os.cpu_count() > 0, os.getpid() > 0, os.curdir, os.pardir, os.extsep); t(lambda: os.environ['NOPE_X']); t(os.path.join, 5); os.environ['NEW'] = 'v'; print(os.environ['NEW'], 'NEW' in os.environ)
# case: numbers_and_decimal_free
import numbers
print(isinstance(5, numbers.Integral), isinstance(5.0, numbers.Real), isinstance(1j, numbers.Complex), isinstance(True, numbers.Number), isinstance('5', numbers.Number), issubclass(int, numbers.Rational))
# case: timeit_and_sched
import timeit, sched, time
print(timeit.timeit(lambda: 1, number=10) >= 0, len(timeit.repeat(lambda: 0, repeat=2, number=1))); s = sched.scheduler(time.time, time.sleep); s.enter(0.02, 1, print, ('second',)); s.enter(0.01, 1, print, ('first',)); s.run(); print(s.empty())
# case: keyword_module
import keyword
print(keyword.iskeyword('for'), keyword.iskeyword('foo'), keyword.softkwlist, len(keyword.kwlist))
# case: linecache_and_traceback
import traceback
def f(): raise ValueError('x')
try: f()
except ValueError as e:
    s = traceback.extract_tb(e.__traceback__); print(len(s), s[-1].lineno, s[-1].line, s[-1].name); te = traceback.TracebackException.from_exception(e); print(''.join(te.format_exception_only()), end='')
# case: names_of_proxies
# known deviation: the class of weakref.proxy() is called weakproxy
import weakref
class A: pass
a = A(); print(type(weakref.proxy(a)).__name__)
# case: timeit_of_text
import timeit, time
print(timeit.timeit("x = 1 + y", setup="y = 2", number=1000) > 0)
print(timeit.timeit("time.sleep(0.01)", setup="import time", number=5) >= 0.05)
n = []
print(timeit.repeat("n.append(1)", globals=globals(), number=10, repeat=3).__len__(), len(n))
print(timeit.timeit(lambda: n.append(2), number=4) >= 0, len(n))
print(len(timeit.Timer("for i in range(3):\n    n.append(i)\nelse:\n    n.append('e')", "from __main__ import n").repeat(2, 5)), len(n))
def f(): n.append(0)
print(timeit.timeit("f()", "from __main__ import f", number=3) >= 0, len(n))
for bad in ((1, 'pass'), ('pass', 2), ('x +', 'pass'), ('pass', 'y ='), ('return', 'pass'), ('break', 'pass'), ('  x=1', 'pass')):
    try: timeit.Timer(*bad); print('no error')
    except Exception as e: print(type(e).__name__, e)
try: timeit.timeit("1/0", number=1)
except ZeroDivisionError as e: print(e)
print(timeit.Timer("time.sleep(0.1)", "import time").autorange()[0])
print(timeit.timeit("total = sum(xs)", setup=lambda: None, globals={'xs': [1,2]}, number=2) >= 0)
print(timeit.default_number, timeit.default_repeat, timeit.default_timer is time.perf_counter)
print(timeit.Timer("a", "b").src)

# case: messages_of_library_constructors
# known deviation: classes and functions that CPython writes in C and gilsim in Python word their errors as Python code does
import operator, weakref
t(operator.itemgetter); t(weakref.ref)
# case: names_of_classes_written_in_c
# known deviation: classes and functions that CPython writes in C and gilsim in Python word their errors as Python code does
from datetime import datetime, date
d = datetime(2024, 2, 29); t(lambda: d - 5); t(lambda: d < date(2024, 1, 1)); t(datetime, 2024)

# case: weak_sets_with_set_operations
import weakref, copy
class O:
    def __init__(s, n): s.n = n
    def __repr__(s): return f"O({s.n})"
a, b, c, d = (O(i) for i in range(4))
W = weakref.WeakSet
s, t = W([a, b, c]), W([b, c, d])
show = lambda x: (type(x).__name__, sorted(o.n for o in x))
for name in "union intersection difference symmetric_difference".split():
    print(name, show(getattr(s, name)(t)), show(getattr(s, name)([a, d])))
print(show(s | t), show(s & t), show(s - t), show(s ^ t))
print(s == t, s != t, s == W([c, b, a]), s == {a, b, c}, s <= t, s < s | t, s >= W([a]), s > W([a]), s.isdisjoint([d]), s.isdisjoint(t))
for name in "update intersection_update difference_update symmetric_difference_update".split():
    u = s.copy(); print(name, getattr(u, name)(t), show(u))
u = s.copy(); u |= t; print(show(u)); u &= [a, b]; print(show(u)); u -= [a]; print(show(u)); u ^= [b, c]; print(show(u))
u = W([a]); print(u.pop(), len(u))
try: u.pop()
except KeyError as e: print('KeyError', e)
try: u.remove(a)
except KeyError as e: print('KeyError', type(e.args[0]).__name__)
u.add(a); u.remove(a); print(len(u)); u.add(b); u.clear(); print(len(u))
try: u.add(1)
except TypeError as e: print(e)
print(1 in s, a in s, show(copy.copy(s)), len(copy.deepcopy(s)))
del a
print(show(s), len(s))
try: hash(s)
except TypeError as e: print(e)
s -= s; print(len(s))
# case: decimal_functions
from decimal import Decimal as D, Context, getcontext
for v in (D(0), D(1), D(2), D('-2.5'), D('0.9999999999'), D('123.456'), D('1E-50'), D('Infinity')):
    for name in ('exp', 'ln', 'log10', 'next_plus', 'next_minus', 'logb', 'number_class'):
        t(getattr(v, name))
for a, b in (('2', '0.5'), ('10', '0.3'), ('0.25', '-1.5'), ('1', '0.1'), ('-2', '0.5'), ('0', '-0.5'), ('2', 'Infinity')):
    t(lambda: D(a) ** D(b))
t(lambda: D(2).scaleb(3)); t(lambda: D('1.23').fma(D('4.5'), D('6.7'))); t(lambda: D(11).remainder_near(D(3)))
t(lambda: D('1.20').same_quantum(D('3.14'))); t(lambda: D(1).next_toward(D(2))); t(lambda: D(3).max_mag(D(-4)))
t(lambda: D('0E-1000026').as_integer_ratio())
c = Context(prec=10)
t(lambda: c.exp(1)); t(lambda: c.divmod(D(17), D(5))); t(lambda: c.plus(D('1.23456789012345'))); t(lambda: (c.Etiny(), c.Etop()))
# case: statistics_of_other_numbers
import statistics as S
from decimal import Decimal as D
from fractions import Fraction as F
inf = float('inf')
for data in ([F(1, 2), F(1, 3)], [D('1.1'), D('2.2'), D('3.7')], [1, F(1, 2)], [1.0, F(1, 3)], [inf, 1], [True, False], ['a', 'b']):
    for f in (S.mean, S.variance, S.pvariance, S.stdev, S.pstdev, S.harmonic_mean):
        t(f, data)
t(S.mean, [1, D('2.5')]); t(S.harmonic_mean, [F(1, 2), F(1, 4)], [1, 2]); t(S.harmonic_mean, [1, 0]); t(S.pvariance, [F(1, 2), 1], F(1, 3))
# case: formats_of_fractions
from fractions import Fraction as F
for spec in ('', '<8', '=+12', '*^15', '#', '08', ',', '.2f', 'f', '.3e', 'E', 'g', '#.3g', '.1%', 'z.2f', '010.2f', '015,.3f', '_.1f', '.0g', '.30f', 'x', '<010.2f'):
    for v in (F(0), F(-2, 3), F(10**20, 7), F(5, 100000), F(999999, 1000000)):
        t(format, v, spec)
# case: pretty_wrappers_and_copies_of_references
from collections import UserDict, UserList
from pprint import pformat
from types import MappingProxyType
import copy, weakref
for value in (UserDict({i: 'x' * 20 for i in range(5)}), MappingProxyType({i: 'x' * 20 for i in range(5)}), UserList(['x' * 20] * 5)):
    print(pformat(value))
class A:
    @property
    def name(self): return 1
a = A(); r = weakref.ref(a)
print(copy.copy(r) is r, copy.deepcopy([r])[0] is r, A.name.__name__)
t(lambda: property().__name__)
# case: unraisable_hooks
import sys, weakref
class A:
    def __del__(self): raise ValueError('in del')
def hook(u): print('hook', u.exc_type.__name__, u.exc_value, u.err_msg, u.object.__name__)
print(sys.unraisablehook is sys.__unraisablehook__, sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__)
sys.unraisablehook = hook
a = A(); del a
class B: pass
def call(r): raise KeyError('gone')
b = B(); r = weakref.ref(b, call); del b
# case: pools_of_threads
from multiprocessing.pool import ThreadPool, AsyncResult, MapResult
import multiprocessing, time
p = ThreadPool(2)
for f in p.imap, p.imap_unordered:
    for size in 0, -1: t(f, len, [], size)
print(list(p.imap(len, [])), p.map(len, []), p.map(len, iter(['a', 'bc'])), p.map_async(len, []).ready())
def items():
    yield 'a'
    raise KeyError('x')
it = p.imap(len, items()); print(next(it)); t(next, it)
def none():
    raise KeyError('first')
    yield
t(next, p.imap_unordered(len, none()))
t(p.map, len, [1, 2, 'a']); t(p.map, len, 5); t(p.apply, int, ('x',)); t(p.apply, int, ('11',), {'base': 2})
it = p.imap(time.sleep, [0.3])
t(it.next, 0.01)
print(multiprocessing.TimeoutError.__mro__, multiprocessing.TimeoutError is TimeoutError)
print(type(p.imap(len, ['a', 'b'], 2)).__name__, AsyncResult.__name__, issubclass(MapResult, AsyncResult))
errors, values = [], []
r = p.apply_async(int, ('x',), callback=values.append, error_callback=errors.append); r.wait(); print(errors, values, r.successful())
r = p.map_async(len, ['a', 'bc'], callback=values.append, error_callback=errors.append); r.wait(); print(len(errors), values, r.successful())
r = p.apply_async(time.sleep, (0.2,)); t(r.get, 0.01); print(r.ready())
try: r.successful()
except ValueError as e: print(str(e)[-10:])
with p as q: print(q is p, p)
t(p.map, len, []); t(p.apply_async, len, []); t(p.imap, len, []); t(p.__enter__); print(p)
t(ThreadPool, 0); t(ThreadPool, 1, 3)
with ThreadPool(1, print, ('begun',)) as p: print(p.starmap_async(divmod, [(7, 2), (9, 4)]).get(1))
# case: processes_that_are_threads
from multiprocessing.dummy import Lock, Manager, Namespace, Pipe, Process, Queue, Value, active_children, current_process
import threading
p = Process(target=print, args=('hi',)); print(p, p.exitcode); p.start(); p.join(); print(p.exitcode, active_children(), current_process().name)
a, b = Pipe(); a.send([1, 2]); print(b.poll(), b.recv(), b.poll(), b.poll(0.01)); b.send('back'); print(a.recv())
v = Value('i', 3); v.value += 1; print(v.value, v, Namespace(b=1, a='x', _c=3), Manager().dict(a=1), Manager().list('ab'), Queue, type(Lock()))
def child():
    try: p.start()
    except RuntimeError as e: print(str(e)[:10])
p = Process(target=print); q = Process(target=child); q.start(); q.join()
