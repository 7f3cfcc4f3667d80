def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: arithmetic_protocol
class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'V({self.n})'
    def __add__(self, o): return V(('+', self.n, getattr(o, 'n', o)))
    def __radd__(self, o): return V(('r+', o, self.n))
    def __sub__(self, o): return V(('-', self.n, o))
    def __rsub__(self, o): return V(('r-', o, self.n))
    def __mul__(self, o): return V(('*', o))
    def __rmul__(self, o): return V(('r*', o))
    def __truediv__(self, o): return V(('/', o))
    def __rtruediv__(self, o): return V(('r/', o))
    def __floordiv__(self, o): return V(('//', o))
    def __rfloordiv__(self, o): return V(('r//', o))
    def __mod__(self, o): return V(('%', o))
    def __rmod__(self, o): return V(('r%', o))
    def __pow__(self, o, m=None): return V(('**', o, m))
    def __rpow__(self, o, m=None): return V(('r**', o, m))
    def __matmul__(self, o): return V(('@', o))
    def __rmatmul__(self, o): return V(('r@', o))
    def __lshift__(self, o): return V(('<<', o))
    def __rlshift__(self, o): return V(('r<<', o))
    def __rshift__(self, o): return V(('>>', o))
    def __rrshift__(self, o): return V(('r>>', o))
    def __and__(self, o): return V(('&', o))
    def __rand__(self, o): return V(('r&', o))
    def __or__(self, o): return V(('|', o))
    def __ror__(self, o): return V(('r|', o))
    def __xor__(self, o): return V(('^', o))
    def __rxor__(self, o): return V(('r^', o))
    def __divmod__(self, o): return ('dm', o)
    def __rdivmod__(self, o): return ('rdm', o)
    def __neg__(self): return 'neg'
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
    def __abs__(self): return 'abs'
v = V(1)
print(v + 2, 2 + v, v + v, v - 2, 2 - v, v * 2, 2 * v, v / 2, 2 / v, v // 2, 2 // v, v % 2, 2 % v, v ** 2, 2 ** v, pow(v, 2, 3), v @ 2, 2 @ v, v << 2, 2 << v, v >> 2, 2 >> v, v & 2, 2 & v, v | 2, 2 | v, v ^ 2, 2 ^ v, divmod(v, 2), divmod(2, v), -v, +v, ~v, abs(v))
print('a' + v, [1] + v, 'x' * v, [1] * v, (1,) + v, 1.5 + v, None + v, sum([v]))
print('%s' % v)
# case: in_place_protocol
class V:
    def __init__(self): self.log = []
    def __iadd__(self, o): self.log.append(('+=', o)); return self
    def __isub__(self, o): return 'replaced'
    def __imul__(self, o): return NotImplemented
    def __mul__(self, o): return 'mul'
    def __ior__(self, o): self.log.append('or'); return self
    def __imatmul__(self, o): return 'imatmul'
    def __ipow__(self, o): return ('ipow', o)
    def __itruediv__(self, o): return 'itd'
    def __ifloordiv__(self, o): return 'ifd'
    def __imod__(self, o): return 'imod'
    def __ilshift__(self, o): return 'ils'
    def __irshift__(self, o): return 'irs'
    def __iand__(self, o): return 'iand'
    def __ixor__(self, o): return 'ixor'
v = w = V(); v += 1; print(v is w, v.log); v |= 2; print(v.log); v *= 3; print(v)
for op in ('-', '@', '**', '/', '//', '%', '<<', '>>', '&', '^'):
    ns = {'v': V()}
    exec(f'v {op}= 5', ns)
    print(op, ns['v'])
# case: not_implemented_and_reflection
class A:
    def __add__(self, o): print('A.add'); return NotImplemented
    def __radd__(self, o): print('A.radd'); return NotImplemented
class B(A):
    def __radd__(self, o): print('B.radd'); return 'B'
print(A() + B())
t(lambda: A() + A())
t(lambda: A() + 5)
t(lambda: 5 + A())
class C(A): pass
t(lambda: A() + C())
class E:
    def __eq__(self, o): print('E.eq'); return NotImplemented
print(E() == E(), E() != 5, 5 == E())
# case: subclass_priority
class A:
    def __lt__(self, o): print('A.lt'); return True
    def __gt__(self, o): print('A.gt'); return True
    def __eq__(self, o): print('A.eq'); return True
class B(A):
    def __gt__(self, o): print('B.gt'); return False
    def __eq__(self, o): print('B.eq'); return False
print(A() < B(), A() == B(), A() > B(), B() < A())
# case: comparison_protocol
class C:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __eq__(self, o): return self.n == o.n
a, b = C(1), C(2)
print(a < b, a > b, a == b, a != b, sorted([b, a])[0].n, min(a, b).n, max([a, b]).n)
t(lambda: a <= b); t(hash, a); t(lambda: {a: 1})
class D:
    def __eq__(self, o): return 'eq'
    def __ne__(self, o): return 'ne'
    def __lt__(self, o): return []
    __hash__ = object.__hash__
print(D() == 1, D() != 1, D() < 1, not D() < 1, 5 > D())
# case: hash_protocol
class H:
    def __hash__(self): return 2**70
class B:
    def __hash__(self): return 'x'
class N:
    __hash__ = None
class M:
    def __hash__(self): return -1
print(hash(H()), hash(M()))
t(hash, B()); t(hash, N()); t(lambda: {N(): 1}); t(lambda: {B()})
# case: call_protocol
class C:
    def __call__(self, *a, **k): return a, k
c = C()
print(c(), c(1, x=2), callable(c), callable(5), callable(C), callable(lambda: 0), c(*[1, 2], **{'k': 3}), list(map(c, [1])), sorted([2, 1], key=lambda x: c(x)))
five, text, none, items = 5, 'a', None, [1]
t(lambda: five()); t(lambda: text()); t(lambda: none()); t(lambda: items(0)); t(lambda: object()())
c.__call__ = lambda: 'instance'
print(c())
# case: item_protocol
class G:
    def __getitem__(self, k): return ('get', k)
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
g = G(); print(g[1], g['a':2], g[1, 2]); g[3] = 4; g[1:2] = 5; del g[9]; del g[:, 1]
five, none, aset, fn = 5, None, {1, 2}, lambda: 0
t(lambda: five[0]); t(lambda: none['a']); t(lambda: aset[0]); t(lambda: fn[1]); t(lambda: object()[0])
def f(): 5[0] = 1
def k(): (1, 2)[0] = 1
def m(): del 'abc'[0]
def n(): None[0] = 1
def o(): object()[0] = 1
t(f); t(k); t(m); t(n); t(o)
# case: iterator_protocol
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return self.i
print(list(It()), [*It()], sum(It()), max(It()), tuple(It()), sorted(It(), reverse=True), dict(zip(It(), 'abc')), 2 in It(), list(zip(It(), It())), list(enumerate(It(), 5)), set(It()), ','.join(map(str, It())), any(It()), all(It()))
a, b, c = It(); print(a, b, c)
class Bad:
    def __iter__(self): return 5
class NoNext:
    def __iter__(self): return self
class Raises:
    def __iter__(self): raise ValueError('iter')
class NextRaises:
    def __iter__(self): return self
    def __next__(self): raise KeyError('next')
for c in (Bad, NoNext, Raises, NextRaises): t(list, c())
def loop():
    for x in 5: pass
t(loop); t(iter, 5); t(next, 5); t(next, []); t(iter, len); t(list, NotImplemented)
print(list(iter(It().__next__, 3)), list(iter(lambda: 1, 1)), type(iter(lambda: 1, 2)).__name__); t(iter, 5, 6)
# case: getitem_iteration
class S:
    def __getitem__(self, i):
        if i >= 3: raise IndexError('end')
        return i * 10
print(list(S()), [x for x in S()], 20 in S(), type(iter(S())).__name__, list(reversed([1, 2]))); t(reversed, S()); t(len, S())
class R:
    def __len__(self): return 3
    def __getitem__(self, i): return i
print(list(reversed(R())), type(reversed(R())).__name__)
class Q:
    def __reversed__(self): return 'custom'
print(reversed(Q())); t(reversed, {1, 2}); t(reversed, (x for x in [])); t(reversed, 5); print(list(reversed({1: 2, 3: 4})), list(reversed('ab')), list(reversed(range(3))))
# case: attribute_protocol
class A:
    def __getattr__(self, n):
        if n == 'bad': raise AttributeError('no ' + n)
        return ('getattr', n)
    def __setattr__(self, n, v): print('set', n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n); super().__delattr__(n)
a = A(); a.x = 1; print(a.x, a.y, getattr(a, 'z'), hasattr(a, 'q'), hasattr(a, 'bad'), getattr(a, 'bad', 'default')); del a.x; print(a.x, a.__dict__)
class B:
    def __getattribute__(self, n): return f'all:{n}' if n != '__class__' else object.__getattribute__(self, n)
print(B().x, B().__dict__, B().foo)
class C:
    def __getattribute__(self, n): raise AttributeError(n)
    def __getattr__(self, n): return 'fallback'
print(C().x)
# case: getattr_errors
t(getattr, 5, 'x'); t(getattr, 5); t(getattr, 5, 6); t(setattr, 5, 'x', 1); t(delattr, 5, 'x'); t(hasattr, 5, 6); t(getattr, 5, 'x', 'd'); t(setattr, object(), 'x', 1); t(setattr, int, 'x', 1); t(delattr, int, '__add__')
class A: x = 1
t(delattr, A(), 'x'); t(getattr, A(), 'y'); t(getattr, A, 'y'); t(lambda: A().x.y.z); t(lambda: None.foo); t(lambda: len.foo); t(lambda: (lambda: 0).foo)
import math
t(lambda: math.foo); t(lambda: [].foo); t(lambda: {}.a); t(lambda: type.foo); t(lambda: super().x)
# case: context_manager_protocol
class M:
    def __init__(self, n, swallow=False): self.n, self.swallow = n, swallow
    def __enter__(self): print('enter', self.n); return self.n
    def __exit__(self, *e): print('exit', self.n, e[0] and e[0].__name__, e[1]); return self.swallow
with M(1) as a, M(2) as b: print(a, b)
with (M(3) as a, M(4, True) as b,): raise ValueError('x')
print('after')
def f():
    with M(5): return 'ret'
print(f())
for i in range(3):
    with M(6):
        if i == 0: continue
        break
try:
    with M(7): 1 / 0
except ZeroDivisionError as e: print('caught', e)
class NoExit:
    def __enter__(self): pass
class NoEnter:
    def __exit__(self, *a): pass
def w(o):
    with o: pass
t(w, NoExit()); t(w, NoEnter()); t(w, 5)
class BadExit:
    def __enter__(self): return self
    def __exit__(self): pass
t(w, BadExit())
# case: format_and_repr_protocol
class R:
    def __repr__(self): return 5
class S:
    def __str__(self): return None
class F:
    def __format__(self, s): return 1
class H:
    def __repr__(self): raise ValueError('repr')
t(repr, R()); t(str, S()); t(format, F()); t(repr, H()); t(str, [H()]); t(lambda: f'{S()}'); t(lambda: '%s' % S()); t(print, S()); t(repr, [R()])
class D:
    def __dir__(self): return ['b', 'a']
print(dir(D()))
class BD:
    def __dir__(self): return 5
t(dir, BD())
# case: length_hint_and_index
import operator
class L:
    def __length_hint__(self): return 7
print(operator.length_hint(L()), operator.length_hint(5, 3), operator.index(5), operator.length_hint([1, 2])); t(operator.index, 'a')
# case: operator_module
import operator as o
print(o.add(1, 2), o.sub(1, 2), o.mul(2, 3), o.truediv(1, 2), o.floordiv(7, 2), o.mod(7, 3), o.pow(2, 3), o.neg(1), o.not_(0), o.and_(6, 3), o.or_(6, 3), o.xor(6, 3), o.lshift(1, 3), o.eq(1, 1), o.lt(1, 2), o.contains([1], 1), o.getitem([5], 0), o.itemgetter(1)([1, 2]), o.itemgetter(0, 2)('abc'), o.attrgetter('real')(5), o.attrgetter('real', 'imag')(5), o.methodcaller('upper')('a'), o.methodcaller('split', ',')('a,b'), o.is_(None, None), o.truth([]), o.concat([1], [2]), o.countOf([1, 1], 1), o.indexOf([1, 2], 2), o.iadd([1], [2]), o.inv(5), o.abs(-1))
print(o.itemgetter(1), o.attrgetter('a.b'), o.methodcaller('f', 1, k=2)); t(o.itemgetter(5), [1]); t(o.attrgetter('x'), 5)
# case: matmul_and_missing_ops
t(lambda: [] @ []); t(lambda: 1 @ 1)
def f():
    x = 1
    x @= 2
t(f)
def g():
    x = None
    x += 1
t(g)
def h():
    x = {}
    x -= 1
t(h)
def k():
    x = 'a'
    x **= 2
t(k)
# case: boolean_operators
def f(v): print('f', v); return v
print(f(0) or f('') or f('x') or f(1)); print(f(1) and f(0) and f(2)); print(not f([]), f(1) if f(0) else f(2)); print((f(0) or f(1)) and f(3))
# case: identity_and_membership
a = [1]; b = a; c = [1]
print(a is b, a is not c, a == c, None is None, a in [c], [] is [], id(a) == id(b))
# case: precedence
print(2 + 3 * 4 ** 2 / 8 % 5 - -1, -2 ** 2, (-2) ** 2, 2 ** -1, not 1 == 2, 1 | 2 ^ 3 & 4 << 1, 1 < 2 == True, 5 - 3 - 1, 2 ** 3 ** 2, ~1 + 1, 1 if 0 else 2 if 0 else 3, lambda: 0 and 1) if False else print(2 + 3 * 4 ** 2 / 8 % 5 - -1, -2 ** 2, (-2) ** 2, 2 ** -1, not 1 == 2, 1 | 2 ^ 3 & 4 << 1, 5 - 3 - 1, 2 ** 3 ** 2, ~1 + 1, 1 if 0 else 2 if 0 else 3)
# case: evaluation_order
def f(x): print(x, end=' '); return x
d = {}
d[f('k')] = f('v'); print()
f(1) + f(2) * f(3); print()
[f(1), f(2)][f(0)]; print()
{f('a'): f('b'), f('c'): f('d')}; print()
def g(*a, **k): print(a, k)
g(f(1), *f([2]), f(3), x=f(4), **f({'y': 5}))
f(1) < f(2) < f(3); print()
x, y = f('p'), f('q'); print()
a = [0, 0]; i = 0
i, a[i] = 1, 9; print(i, a)
# case: slot_descriptor_calls
print(list.__add__([1], [2]), dict.__getitem__({1: 2}, 1), str.__mod__('%s', 5), tuple.__len__((1,)), set.__or__({1}, {2}), float.__add__(1.0, 2), int.__lt__(1, 2), [].__len__(), {}.__contains__(1), 'a'.__eq__('a'), (1).__eq__(1.0), [1].__eq__((1,)), object.__eq__(1, 2), object.__ne__(1, 1), type.__call__(int, '5'), [3, 1].__getitem__(0), (1, 2).__hash__() == hash((1, 2)), [].__repr__(), {}.__iter__().__class__.__name__, 'abc'.__getitem__(1), [1, 2].__contains__(2), [1].__iadd__([2]), [1].__mul__(2), {1}.__sub__({1}), None.__bool__(), (5).__str__())
t(list.__add__, [1], (2,)); t(list.__getitem__, [1], 5); t(dict.__getitem__, {}, 'k'); t(list.append, 5, 1); t(list.append); t(str.join, 5, []); t(object.__getattribute__, 5, 'x')
