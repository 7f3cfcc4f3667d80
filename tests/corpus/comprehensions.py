def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: forms
print([x for x in range(5) if x % 2], [x + y for x in 'ab' for y in 'cd'], [(x, y) for x in range(3) if x for y in range(x)], {x: x**2 for x in range(3)}, {x % 2 for x in range(5)}, [[j for j in range(i)] for i in range(3)], [x if x else 'zero' for x in range(2)], [a for a, b in [(1, 2)]], [x for x in [1, 2, 3] if x > 1 if x < 3], {k: v for k, v in zip('ab', (1, 2))}, [*a, 1] if (a := [5]) else 0, [y for x in range(3) if (y := x * 2)], y)
# case: scope
x = 'outer'
l = [x for x in range(3)]; print(x, l)
def f():
    x = 1
    r = [x + i for i in range(2)]
    g = [lambda: i for i in range(2)]
    return r, x, [h() for h in g]
print(f())
class A:
    n = 2
    ok = [i for i in range(n)]
    try: bad = [i + n for i in range(2)]
    except NameError as e: bad = str(e)
print(A.ok, A.bad)
def walrus():
    if any((w := n) > 2 for n in range(5)): return w
print(walrus())
# case: evaluation_order
def f(x): print(x, end=' '); return x
print({f('k'): f('v') for _ in range(1)}); print([f(i) for i in (f(1), f(2)) if f(i)])
# case: exceptions
t(lambda: [1 / x for x in [1, 0]]); t(lambda: [x for x in 5]); t(lambda: {[]: 1 for _ in 'a'}); t(lambda: {[] for _ in 'a'}); t(lambda: [undefined for _ in 'a']); t(lambda: [a for a, b in [(1,)]]); t(lambda: {k: v for k, v in [1]})
# case: nested_and_closures
m = [[1, 2, 3], [4, 5, 6]]
print([[r[i] for r in m] for i in range(3)], [x for r in m for x in r], {i: {j for j in range(i)} for i in range(3)}, [f(2) for f in [lambda v, k=k: v * k for k in range(3)]], [(lambda: q)() for q in range(2)], list(map(lambda r: sum(x for x in r), m)))
def outer(n):
    return [lambda: (n, i) for i in range(2)][0]()
print(outer(5))
# case: conditional_and_walrus
print([last := v for v in range(3)], last, [(a, b) for a in range(3) if (b := a * 2) > 1], (z := 5) + z, [0, (k := 1), k + 1])
while (n := len(str(last))) < 3: last = last * 10 + 9
print(n, last)
# case: star_and_unpacking_in_comprehension
print([*(x for x in range(2)), *[y for y in 'a']], {**{i: i for i in range(2)}, 5: 5}, [(a, *b) for a, *b in [(1, 2, 3), (4,)]], dict([(i, [j for j in range(i)]) for i in range(2)]))
# case: generator_laziness
log = []
g = (log.append(i) or i for i in range(3)); print(log, next(g), log, list(g), log)
# case: locals_in_comprehension
def f():
    a = 1
    return [sorted(locals()) for _ in range(1)][0]
print(f())
# case: assignment_expressions_in_iterables
for source in ('[i for i in (j := [1])]', '[i for i in (lambda: (j := [1]))()]', '[i for i in [(j := k) for k in [1]]]',
               '{i for i in [1] for k in (j := [1])}', '[(j := i) for i in [1]]', '[i for i in [1] if (j := i)]'):
    try: print(eval(source))
    except SyntaxError as e: print(e)
