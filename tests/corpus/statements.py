def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: for_else
for i in range(3): print(i)
else: print('else')
for i in range(3):
    if i == 1: break
else: print('not printed')
for i in []: pass
else: print('empty else', i)
for x in 'ab':
    for y in 'cd':
        if y == 'd': continue
        print(x, y)
# case: while_else
n = 3
while n:
    n -= 1
    if n == 1: continue
    print(n)
else: print('done', n)
while True:
    break
else: print('no')
while 0: pass
else: print('zero')
# case: for_targets
class O: pass
o = O(); l = [0, 0]; d = {}
for o.x in range(2): pass
for l[1] in range(5): pass
for d['k'], o.y in [(1, 2)]: pass
for (a, b), *c in [((1, 2), 3, 4)]: print(a, b, c)
for i, in [(1,), (2,)]: print(i)
for [p, q] in ['ab']: print(p, q)
print(o.x, l, d, o.y)
for i in range(2): i = 10
print(i)
# case: assignments
a = b = c = [1]; b.append(2); print(a, c)
x, (y, z), *w = 1, [2, 3], 4, 5; print(x, y, z, w)
(a) = 5; [a] = [6]; print(a); a, = [7]; print(a); () = []; [] = ()
d = {}; d['x'], d['y'] = 1, 2; print(d)
x: int = 5; y: 'undefined' ; print(x)
l = [1, 2, 3]; l[0], l[2] = l[2], l[0]; print(l)
i = 0; i, l[i] = 2, 'i2'; print(i, l)
*a, b = range(3); print(a, b); a, (b, *c), d = 1, 'xyz', 2; print(a, b, c, d)
# case: augmented_assignments
class A: v = 1
a = A(); a.v += 5; print(a.v, A.v)
d = {'k': [1]}; d['k'] += [2]; d['n'] = d.get('n', 0) + 1; print(d)
def idx(): print('idx called'); return 0
l = [1]; l[idx()] += 10; print(l)
def f():
    d['zz'] += 1
t(f)
s = t2 = (1,); s += (2,); print(s, t2)
x = 5; x -= 2; x *= 3; x **= 2; x //= 4; x %= 7; x <<= 3; x |= 1; x &= 0x1f; x ^= 2; x >>= 1; print(x); x /= 2; print(x)
# case: del_statement
a, b, c = 1, 2, 3; del a, (b, c)
t(lambda: a); t(lambda: b)
l = [0, 1, 2, 3, 4]; del l[0], l[-1], l[0:1]; print(l)
class O: x = 1
o = O(); o.y = 2; del o.y; del O.x
t(lambda: o.y); t(lambda: o.x)
def f():
    v = 1; del v
    return v
t(f)
def g():
    del nope
t(g)
def h():
    global gone
    del gone
t(h)
# case: walrus
if (n := 5) > 3: print(n)
while (n := n - 1) > 2: print(n)
print([y := 1, y ** 2], (lambda: (z := 3) + z)(), {(k := 'a'): k}, f'{(q := 5)}', q)
def f(x=(d := 7)): return x
print(f(), d, any((hit := v) == 2 for v in range(4)), hit)
# case: global_statement
count = 0
def inc():
    global count, fresh
    count += 1; fresh = 'f'
inc(); inc(); print(count, fresh)
class A:
    global made
    made = 'in class'
print(made, hasattr(A, 'made'))
# case: nonlocal_statement
def outer():
    a = b = 0
    def mid():
        nonlocal a
        a += 1
        b = 'local'
        def inner():
            nonlocal a, b
            a += 10; b += '!'
        inner(); return b
    return mid(), a, b
print(outer())
# case: conditional_forms
for x in (None, 0, '', 'a', [], [0]):
    if x: print(repr(x), 'true')
    elif x is None: print('none')
    else: print(repr(x), 'false')
print(1 if [] else 2, 'a' if 1 else 'b' if 2 else 'c', (1 if 0 else 2) + 1)
# case: pass_and_ellipsis
def f(): ...
class A: ...
if True: pass
print(f(), A, ..., Ellipsis is ..., type(...))
# case: semicolons_and_lines
a = 1; b = 2; print(a, b);
if a: print('one line'); print('same block')
x = (1 +
     2)  # comment
y = [
    1,
    2,  # trailing
]
print(x, y, 'a' \
    'b')
# case: docstrings
"""module doc"""
def f():
    'function doc'
class A:
    """class doc

    second paragraph
    """
    def m(self): "method doc"
print(repr(f.__doc__), repr(A.__doc__), A.m.__doc__, (lambda: 0).__doc__)
# case: module_docstring_position
x = 1
'not a docstring'
print(__doc__)
# case: import_forms
import math, string as s
from math import pi as PI, floor
from collections import OrderedDict, deque as D
import os.path
import collections.abc
print(math.floor(2.5), s.digits, PI, floor(1.9), D([1]), os.path.join('a', 'b'), collections.abc.Mapping.__name__, math.__name__, type(math).__name__)
from math import *
print(sqrt(16))
def f():
    import json
    from functools import partial
    return json.dumps([1]), partial
print(f()[0], 'json' in dir()); import sys; print('json' in sys.modules, sys.modules['math'] is math, __import__('math') is math)
t(lambda: __import__('nope_nope'))
# case: import_errors
def a():
    import nonexistent_xyz
def b():
    from math import nope
def c():
    from nonexistent_xyz import a
def d():
    import math.nope
for f in (a, b, c):
    try: f()
    except ImportError as x: print(type(x).__name__, x.msg.split(' (')[0], x.name)
# case: main_guard
if __name__ == '__main__': print('main', __name__)
print(__file__.rsplit('/', 1)[-1], __doc__, __spec__ is None, __package__, __builtins__.__name__ if hasattr(__builtins__, '__name__') else '')
# case: nested_functions_and_loops
def matrix(n):
    rows = []
    for i in range(n):
        row = []
        for j in range(n):
            if i == j: row.append(1); continue
            row.append(0)
        else: rows.append(row)
    return rows
print(matrix(3))
def find(m, v):
    for i, r in enumerate(m):
        for j, x in enumerate(r):
            if x == v: return i, j
    return None
print(find(matrix(2), 1), find([], 1))
# case: try_in_loops
for i in range(4):
    try:
        if i == 1: continue
        if i == 3: break
        print('work', i)
    except ValueError: pass
    else: print('else', i)
    finally: print('finally', i)
# case: string_continuation_and_numbers
print('a' 'b' f'{1}' "c", 1_0, 0x_F, 1e5, 1.0e-3, 0b1_1)
# case: chained_boolean_short_circuit
def f(x): print('f', x, end=' '); return x
print(f(0) and f(1), f(1) or f(2), not f(0) and f(3), f(1) < f(2) > f(0), f(3) < f(1) < f(9))
# case: print_forms
print('a', end=''); print('b', end='\n\n'); print('c', 'd', sep=''); print(*'xyz', sep='-'); print(None, True, 1.0, [1], sep='|')
# case: big_literal_collections
x = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] * 10; d = {i: str(i) for i in range(100)}; s = {i for i in range(100)}; print(len(x), len(d), len(s), sum(x), d[99])
# case: deep_nesting
x = [[[[[[[[[[1]]]]]]]]]]
while isinstance(x, list): x = x[0]
print(x, ((((((((1)))))))), {'a': {'b': {'c': {'d': [1, (2, {'e': 3})]}}}}['a']['b']['c']['d'][1][1]['e'])
# case: long_elif_chain
def f(n):
    if n == 0: return 'zero'
    elif n == 1: return 'one'
    elif n == 2: return 'two'
    elif n < 0: return 'negative'
    else: return 'many'
print([f(i) for i in (0, 1, 2, 3, -1)])
# case: assert_and_debug
print(__debug__)
assert True
try: assert 0, 'zero'
except AssertionError as e: print(e)
# case: with_statement_forms
class C:
    def __enter__(self): return (1, 2)
    def __exit__(self, *a): return True
with C() as (a, b): print(a, b)
with C() as [c, d], C(): print(c, d); raise ValueError('swallowed')
with C(): pass
class O: pass
o = O()
with C() as o.attr: print(o.attr)
# case: star_expr_in_return_and_index
def f(*a): return *a, 9
print(f(1, 2), [1, 2, 3][slice(*[0, 2])], {'a': 1, **{'b': 2}}, (*'ab',), [*range(2), *[5]])
class G:
    def __getitem__(self, k): return k
print(G()[*[1, 2], 3], G()[1:2, ...])
# case: type_annotations_everywhere
def f(a: int, *b: str, c: float = 1.0, **d: dict) -> None: pass
class A:
    x: int = 1
    y: list[int]
    def m(self, q: 'A') -> 'A': return q
z: dict[str, list[int]] = {}
print(f.__annotations__, A.__annotations__, A.m.__annotations__)
# case: unicode_identifiers
é = 1; 变量 = 2; _x1 = 3; π = 3.14
print(é + 变量 + _x1, π)
class Ünï: naïve = 'ok'
print(Ünï.naïve, Ünï.__name__)
# case: line_ending_comment_only
# just a comment

print('ok')  # end
