def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: literals
def f(x):
    match x:
        case 0: return 'zero'
        case -1: return 'minus one'
        case 1.5: return 'float'
        case 1 + 2j: return 'complex'
        case 'a' | 'b': return 'a or b'
        case b'x': return 'bytes'
        case None: return 'none'
        case True: return 'true'
        case False: return 'false'
        case 'multi' 'part': return 'mp'
        case _: return 'other'
for v in (0, 0.0, -1, 1.5, 1 + 2j, 'a', 'b', b'x', None, True, False, 1, 'multipart', [], 'c'): print(repr(v), f(v))
# case: captures_and_guards
def f(x):
    match x:
        case int(n) if n > 10: return f'big {n}'
        case int() as n: return f'int {n}'
        case str(s) if s.startswith('x'): return s
        case [a, b] if a == b: return 'pair'
        case y: return ('any', y)
for v in (50, 5, 'xyz', 'abc', [1, 1], [1, 2], None): print(f(v))
# case: sequences
def f(x):
    match x:
        case []: return 'empty'
        case [a]: return f'one {a}'
        case [a, b]: return f'two {a} {b}'
        case [1, *rest]: return f'one and {rest}'
        case [*init, 'end']: return f'{init} end'
        case [a, *_, z]: return f'{a}..{z}'
    return 'no match'
for v in ([], (), [5], (1, 2), [1, 2, 3], ['x', 'y', 'end'], [3, 4, 5], 'ab', range(3), {1, 2}, b'ab', {}, iter([1])): print(f(v))
def g(x):
    match x:
        case (1, (2, [3, x])): return x
        case 1, 2: return 'tuple'
        case (a): return ('paren', a)
print(g([1, [2, (3, 4)]]), g((1, 2)), g(5))
# case: mappings
def f(x):
    match x:
        case {'type': 'a', 'v': v}: return f'a {v}'
        case {'k': [x, y]}: return x + y
        case {'k': v, **rest}: return v, rest
        case {1: _}: return 'has 1'
        case {}: return 'mapping'
        case _: return 'other'
import collections
for v in ({'type': 'a', 'v': 1, 'extra': 2}, {'k': [1, 2]}, {'k': 5, 'm': 6}, {1: 2}, {}, [], collections.defaultdict(int), collections.OrderedDict(k=1)): print(f(v))
d = collections.defaultdict(list)
match d:
    case {'missing': x}: print('matched')
    case _: print('no', dict(d))
# case: classes
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
class Q: pass
def f(v):
    match v:
        case P(0, 0): return 'origin'
        case P(x, y=0): return f'x axis {x}'
        case P(x=0, y=y): return f'y axis {y}'
        case P(x, y) if x == y: return 'diagonal'
        case P(): return 'point'
        case Q(a=1): return 'q1'
        case Q(): return 'q'
        case int() | float(): return 'number'
        case str(s): return s
        case dict() | list(): return 'container'
        case bool(): return 'bool?'
q = Q(); q.a = 1
for v in (P(0, 0), P(1, 0), P(0, 2), P(3, 3), P(1, 2), Q(), q, 5, 2.5, True, 'str', {}, [1], None): print(f(v))
def bad(v):
    match v:
        case P(1, 2, 3): pass
t(bad, P(1, 2))
def bad2(v):
    match v:
        case Q(1): pass
t(bad2, Q())
def bad3(v):
    match v:
        case len(1): pass
t(bad3, 5)
def bad4(v):
    match v:
        case P(1, x=1): pass
t(bad4, P(1, 2))
def bad5(v):
    match v:
        case int(1, 2): pass
t(bad5, 5)
class BM:
    __match_args__ = ['a']
def bad6(v):
    match v:
        case BM(1): pass
t(bad6, BM())
class BM2:
    __match_args__ = (5,)
def bad7(v):
    match v:
        case BM2(1): pass
t(bad7, BM2())
# case: values_and_or
import enum
class Color(enum.Enum): RED = 1; BLUE = 2
class K: V = 5
def f(x):
    match x:
        case Color.RED: return 'red'
        case K.V: return 'five'
        case (1 | 2) as n: return f'small {n}'
        case [Color.BLUE | 3 as c, *_]: return f'list {c}'
        case {'a': 1 | 2 as v}: return v
for v in (Color.RED, Color.BLUE, 5, 1, 2, [Color.BLUE], [3, 4], {'a': 2}, {'a': 3}): print(f(v))
# case: dataclass_and_namedtuple
from dataclasses import dataclass
from collections import namedtuple
@dataclass
class D: a: int; b: str = 'x'
N = namedtuple('N', 'p q')
def f(v):
    match v:
        case D(1, 'x'): return 'd1x'
        case D(a=a, b=b): return a, b
        case N(p, q): return p + q
        case (x, y): return 'tuple'
for v in (D(1), D(2, 'z'), N(1, 2), (1, 2)): print(f(v))
# case: binding_after_failure
match [1, 2]:
    case [a, 3]: print('no')
    case [a, b]: print(a, b)
match 5:
    case x: pass
print(x)
match (1, 2), 3:
    case (a, b), c: print(a, b, c)
match = 5; case = 6; print(match, case); 
match (match):
    case 5: print('soft keyword')
# case: match_statement_flow
def f(xs):
    for x in xs:
        match x:
            case 'skip': continue
            case 'stop': break
            case 'ret': return 'returned'
            case _: print('x', x)
    else: return 'exhausted'
    return 'broke'
print(f(['skip', 1]), f(['stop', 1]), f(['ret']), f([]))
# case: sequence_protocol_classes
import collections.abc
class S(collections.abc.Sequence):
    def __len__(self): return 2
    def __getitem__(self, i):
        if i > 1: raise IndexError
        return i * 10
class M(collections.abc.Mapping):
    def __len__(self): return 1
    def __iter__(self): return iter('k')
    def __getitem__(self, k):
        if k != 'k': raise KeyError(k)
        return 'v'
match S():
    case [a, b]: print(a, b)
match M():
    case {'k': v, **rest}: print(v, rest)
match M():
    case {'z': v}: print('no')
    case _: print('no z')
