# case: del_name
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
a = A('a')
del a
print('after del')
b = A('b'); c = b
del b
print('c holds it')
c = None
print('rebound')
A('temporary')
print('end')
# case: function_locals_in_order
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
def f(p):
    first, second = A('first'), A('second')
    p = [A('in list 1'), A('in list 2')]
    print('leaving')
    return second
x = f(A('argument'))
print('returned', x.name)
x = 1
print('end')
# case: containers
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
items = [A(i) for i in range(5)]
items.pop(); print('popped')
del items[0]; print('deleted')
items[0] = None; print('replaced')
items.remove(items[1]); print('removed')
items.clear(); print('cleared')
d = {k: A(k) for k in 'abcd'}
d.pop('a'); print('popped')
del d['b']; print('deleted')
d['c'] = 0; print('replaced')
d.clear(); print('cleared')
s = {A('s')}; s.pop(); print('popped')
t = (A('t1'), A('t2')); t = None; print('tuple gone')
from collections import deque
q = deque([A('q1'), A('q2'), A('q3')], maxlen=3)
q.append(A('q4')); print('pushed')
q.popleft(); print('popped'); q.clear(); print('cleared')
# case: attributes_and_nesting
class A:
    def __init__(self, name, **kw): self.name = name; self.__dict__.update(kw)
    def __del__(self): print('del', self.name)
tree = A('root', left=A('left', leaf=A('leaf')), right=A('right'))
tree.left = None; print('cut left')
del tree.right; print('cut right')
tree.child = A('child', parent_name='root')
tree = None; print('gone')
# case: exception_keeps_locals
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
def f():
    local = A('local')
    raise ValueError('x')
try:
    f()
except ValueError as e:
    print('caught', e)
print('after')
def g():
    local = A('g local')
    try:
        f()
    except ValueError:
        print('inner')
    print('g goes on')
g()
print('end')
# case: raises_in_del
class A:
    def __del__(self): raise RuntimeError('in del')
    @classmethod
    def __repr__(cls): return 'A'
import sys
def hook(args): print('hook', args.exc_type.__name__, args.exc_value, args.object.__qualname__, args.err_msg)
sys.unraisablehook = hook
a = A(); a = None
print('goes on')
# case: resurrection
class A:
    def __del__(self):
        global kept
        print('del'); kept = self
a = A(); del a
print(type(kept).__name__)
kept = None
print('not called twice')
# case: with_and_class_instances
class R:
    def __init__(self, n): self.n = n; print('open', n)
    def __enter__(self): return self
    def __exit__(self, *a): print('exit', self.n)
    def __del__(self): print('del', self.n)
with R(1) as r: print('in')
print('after with')
r = R(2)
print('replaced')
for i in range(3): r = R(10 + i)
print('loop done')
# case: method_and_closure
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def method(self): return self.n
m = A(1).method
print(m()); m = None; print('method gone')
def make():
    a = A(2)
    return lambda: a.n
f = make(); print(f()); f = None; print('closure gone')
print(A(3).method())
print('end')
# case: cycles
import gc
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
gc.collect()
a, b = A('a'), A('b'); a.o, b.o = b, a
del a, b
print('cycle stays')
print(gc.collect() > 0)
print(gc.collect())
c = A('self'); c.me = c
c = None
print(gc.collect())
l = []; l.append(l); del l
print(gc.collect())
class P: pass
a = P(); b = P(); a.x = b; b.x = a; a.l = [1, {}]
del a, b
print(gc.collect(), gc.garbage, gc.isenabled(), gc.get_threshold(), len(gc.get_count()))
gc.disable(); print(gc.isenabled()); gc.enable()
print(gc.is_tracked(1), gc.is_tracked([]), gc.is_tracked({}), gc.is_tracked({'a': []}), gc.is_tracked('a'))
# case: weak_references
import weakref
class A:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'A({self.n})'
a = A(1)
r = weakref.ref(a, lambda ref: print('callback', ref is r, ref()))
s = weakref.ref(a)
print(r(), s() is a, weakref.getweakrefcount(a))
del a
print(r(), s())
a = A(2)
for i in range(3): locals()[f'r{i}'] = weakref.ref(a, lambda ref, i=i: print('callback', i))
a = None
weakref.ref(A(3), lambda ref: print('never called'))
def f():
    local = A(4)
    return weakref.ref(local, lambda ref: print('local died'))
print(f()())
p = weakref.proxy(x := A(5))
print(p.n); del x
try: p.n
except ReferenceError as e: print(e)
def bad(ref): raise ValueError('in callback')
# case: weak_containers
import weakref
class A:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'A({self.n})'
d = weakref.WeakValueDictionary()
a, b = A(1), A(2); d['a'] = a; d['b'] = b
print(sorted(d), len(d), d['a'])
del a
print(sorted(d), len(d), 'a' in d, d.get('a', 'none'))
k = weakref.WeakKeyDictionary(); k[b] = 'value'; print(len(k), dict(k.items())); del b; print(len(k), len(d))
s = weakref.WeakSet(); x, y = A(3), A(4); s.add(x); s.add(y); print(len(s)); x = 0; print(len(s), list(s)); y = 0; print(len(s))
class Cache:
    def __init__(self): self._made = weakref.WeakValueDictionary(); self.built = 0
    def get(self, n):
        found = self._made.get(n)
        if found is None: self.built += 1; found = self._made[n] = A(n)
        return found
c = Cache(); one = c.get(1); print(c.get(1) is one, c.built); del one; c.get(1); c.get(1); print(c.built)
# case: weak_tree
import weakref
class Node:
    def __init__(self, name): self.name = name; self._parent = None; self.children = []
    @property
    def parent(self): return None if self._parent is None else self._parent()
    def add(self, child): self.children.append(child); child._parent = weakref.ref(self); return child
    def __del__(self): print('node', self.name, 'gone')
root = Node('root'); leaf = root.add(Node('a')).add(Node('leaf'))
print(leaf.parent.name, leaf.parent.parent.name)
del root
print(leaf.parent)
# case: weak_methods
import weakref
class A:
    def m(self): return 'm'
    def __del__(self): print('A gone')
a = A(); w = weakref.WeakMethod(a.m, lambda ref: print('method gone'))
print(w()()); r = weakref.ref(a.m); print(r()); del a; print(w())
# case: finalizers
import weakref
class A: pass
a = A(); f = weakref.finalize(a, print, 'finalized', 1, sep='-')
print(f.alive, f.peek()[1:]); del a; print(f.alive, f())
b = A(); g = weakref.finalize(b, print, 'called early'); print(g()); print(g()); b = None
c = A(); h = weakref.finalize(c, print, 'detached'); print(h.detach()[0] is c, h.alive); c = None
d = A(); weakref.finalize(d, print, 'at exit 1'); weakref.finalize(d, print, 'at exit 2')
e = A(); weakref.finalize(e, print, 'not at exit').atexit = False
print('end')
# case: generators_close
def g(name):
    try:
        yield 1; yield 2
    finally: print('closed', name)
it = g('a'); next(it); it = None; print('dropped')
for x in g('b'): break
print('left the loop')
def use(): h = g('c'); return next(h)
print(use())
list(g('d')); print(next(g('e')))
def outer():
    try: yield from g('inner')
    finally: print('closed outer')
o = outer(); next(o); del o; print('end')
never = g('never started'); del never
# case: generator_with
from contextlib import contextmanager
@contextmanager
def res(n):
    print('open', n)
    try: yield n
    finally: print('close', n)
def rows(n):
    with res(n):
        for i in range(3): yield i
it = rows('x'); print(next(it)); del it; print('dropped')
print([next(rows(n)) for n in 'ab'])
def first(gen):
    for x in gen: return x
print(first(rows('y')))
# case: at_exit
import weakref, atexit
count = 0
class A:
    def __init__(self, n): self.n = n; self.kids = []
    def __del__(self):
        global count
        count += 1
        print('del', self.n, count, later)
a = A(1)
c = A('parent'); c.kids.append(A('kid1')); c.kids.append(A('kid2'))
def gg():
    try: yield
    finally: print('gen closed')
g = gg(); next(g)
r = weakref.ref(a, lambda r: print('never called'))
f = weakref.finalize(a, print, 'finalized')
cyc = A('cycle'); cyc.me = cyc
later = 'later'
atexit.register(print, 'atexit')
print('end of program')
# case: at_exit_after_exception
class A:
    def __del__(self): print('del')
a = A()
1 / 0
# case: in_threads
import threading
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, threading.current_thread().name)
def work(n):
    a = A(n)
    b = [A((n, i)) for i in range(2)]
    print('work', n)
for n in range(2):
    t = threading.Thread(target=work, args=(n,), name=f't{n}'); t.start(); t.join()
shared = A('shared')
def drop():
    global shared
    shared = None
t = threading.Thread(target=drop, name='dropper'); t.start(); t.join()
t = threading.Thread(target=lambda obj: None, args=(A('argument'),), name='t9'); t.start(); t.join(); del t
print('end')
# case: thread_local
import threading
class A:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
held = {}
lock = threading.Lock()
def worker(n):
    with lock: held[n] = A(n)
    with lock: old = held.pop(n - 1, None)
    del old
ts = [threading.Thread(target=worker, args=(i,)) for i in range(3)]
for t in ts: t.start(); t.join()
print(sorted(held)); held.clear(); print('end')
# case: counting
class Counted:
    alive = 0
    def __init__(self): Counted.alive += 1
    def __del__(self): Counted.alive -= 1
def churn(n):
    for i in range(n):
        x = Counted()
        y = [Counted(), x]
    return Counted.alive
print(churn(50), Counted.alive)
keep = [Counted() for _ in range(10)]
print(Counted.alive); del keep[3:]; print(Counted.alive); keep = keep[:1]; print(Counted.alive)
keep.append(keep[0]); keep.pop(); print(Counted.alive); keep = None; print(Counted.alive)
# case: reference_counts
import sys
a = []; print(sys.getrefcount(a)); b = a; print(sys.getrefcount(a)); c = [a, a]; print(sys.getrefcount(a)); del b; c.pop(); print(sys.getrefcount(a))
class X: pass
x = X(); x.me = a; d = {'k': x}; print(sys.getrefcount(x), sys.getrefcount(a))
def f(p): return sys.getrefcount(p)
print(sys.getrefcount(object()), sys.getrefcount(None))
# case: what nobody can catch is shown without what it came from
import atexit
class Last:
    def __call__(self):
        try:
            1 / 0
        except ZeroDivisionError:
            [][0]
    def __repr__(self):
        return 'the last one'
atexit.register(Last())
# case: object_pool
class Connection:
    made = 0
    def __init__(self, pool): Connection.made += 1; self.id = Connection.made; self.pool = pool; print('connect', self.id)
    def __enter__(self): return self
    def __exit__(self, *exc): self.pool.append(self)
    def __del__(self): print('disconnect', self.id)
pool = []
def get(): return pool.pop() if pool else Connection(pool)
with get() as c: print('use', c.id)
with get() as c, get() as d: print('use', c.id, d.id)
del c, d
print(len(pool)); pool.pop(0); print(len(pool))
pool.clear(); print('end')
# case: order_of_clearing
class A:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name, end=' ')
from collections import deque
l = [A(i) for i in range(4)]; l.clear(); print()
l = [A(i) for i in range(4)]; l = 0; print()
d = {i: A(i) for i in range(4)}; d.clear(); print()
d = {i: A(i) for i in range(4)}; d = 0; print()
q = deque(A(i) for i in range(4)); q.clear(); print()
t = tuple([A(i) for i in range(4)]); t = 0; print()
l = [A(i) for i in range(6)]; del l[1:3]; print(); l[:2] = []; print(); l = None; print()
class H: pass
h = H(); h.x = A('x'); h.a = A('a'); h.m = {'k': [A('m1'), A('m2')]}; h = None; print()
def f(): a, b, c = A('la'), A('lb'), A('lc'); b = None
f(); print()
x = y = A('both'); x = 1; print('-'); y = 2; print()
a, b = A('a1'), A('b1'); a, b = b, a; print('swapped'); a = b = None; print()
[A('one'), A('two')]; print()
for v in [A('p'), A('q')]: pass
print('|'); v = 0; print()
print(A('arg').name); print()
z = [A(i) for i in range(3)]; z = [v for v in z if v.name != 1]; print(); del v, z; print()

# case: generators let go of by an exception
import threading
lock = threading.Lock()
def rows():
    with lock:
        yield from range(10)
def use(n):
    try:
        for r in rows():
            if r == n:
                raise ValueError(r)
    except ValueError as e:
        print("bad row", e)
for n in range(2):
    t = threading.Thread(target=use, args=(n,))
    t.start(); t.join()
print("ok")
def gen():
    try:
        yield 1
    finally:
        print("closed")
try:
    for x in gen():
        raise KeyError
except KeyError:
    print("caught")
print("after")
def inner():
    for x in gen():
        for y in gen():
            1 / 0
try:
    inner()
except ZeroDivisionError:
    print("caught 2")
try:
    list(map(lambda x: 1 / 0, gen()))
except ZeroDivisionError:
    print("caught 3")
try:
    [1 / 0 for _ in gen()]
except ZeroDivisionError:
    print("caught 4")
g = gen()
try:
    for x in g:
        raise KeyError
except KeyError:
    print("still open")
del g
print("end")
