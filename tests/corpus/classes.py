def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: class_attributes
class A:
    """Doc of A."""
    x = 1
    y: int = 2
    z: str
    def m(self): return self.x
    class Inner: pass
a = A(); a.x = 5
print(A.x, a.x, a.m(), A.m(A), A.__name__, A.__qualname__, A.Inner.__qualname__, A.__doc__, A.__module__, A.__annotations__, A.__bases__, A.__mro__, a.__class__, a.__dict__, type(a), vars(a), 'x' in A.__dict__, A.__dict__['y'], A.m.__qualname__)
t(lambda: A.zz); t(lambda: a.zz); t(lambda: A().m(1)); t(lambda: A.m()); t(A, 1); t(A, x=1)
# case: inheritance_and_super
class A:
    def __init__(self, x): self.x = x
    def hi(self): return f'A{self.x}'
class B(A):
    def __init__(self, x, y): super().__init__(x); self.y = y
    def hi(self): return 'B' + super().hi()
class C(B):
    def hi(self): return super(B, self).hi() + 'C'
print(B(1, 2).hi(), C(1, 2).hi(), isinstance(C(1, 2), A), issubclass(C, A), issubclass(A, C), isinstance(5, (str, int)), B.__base__, A.__subclasses__())
t(B, 1); t(isinstance, 5, 'x'); t(issubclass, 5, int); t(isinstance, 5, (1, 2)); t(issubclass, int, 5); t(isinstance, 5)
# case: diamond_mro
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__], D.mro() == list(D.__mro__))
def bad():
    class X(A, B): pass
t(bad)
def bad2():
    class X(B, B): pass
t(bad2)
def bad3():
    class X(5): pass
t(bad3)
def bad4():
    class X(bool): pass
t(bad4)
def bad5():
    class X(int, str): pass
t(bad5)
def bad6():
    class X(type(None)): pass
t(bad6)
# case: static_and_class_methods
class A:
    n = 0
    @staticmethod
    def s(a, b=2): return a + b
    @classmethod
    def c(cls, x): cls.n += x; return cls.__name__, cls.n
class B(A): n = 10
print(A.s(1), A().s(1, 5), A.c(1), B.c(1), B().c(2), A.n, B.n, A.c.__self__, A.s.__name__, A.c.__func__.__name__)
t(A.s); t(A.c)
# case: properties
class P:
    def __init__(self): self._v = 1
    @property
    def v(self): 'doc v'; return self._v
    @v.setter
    def v(self, x): self._v = x * 2
    @v.deleter
    def v(self): print('deleting'); self._v = None
    @property
    def ro(self): return 'ro'
    w = property(lambda self: 'w', doc='w doc')
p = P(); p.v = 5; print(p.v, p.ro, P.v.__doc__, p.w, P.w.__doc__, P.v.fget.__name__, P.ro.fset); del p.v; print(p.v)
def f(): p.ro = 1
def g(): del p.ro
class N: x = property()
def h(): return N().x
t(f); t(g); t(h)
# case: property_error_inside
class P:
    @property
    def v(self): return self.missing
    def __getattr__(self, n): return 'fallback ' + n
print(P().v)
class Q:
    @property
    def v(self): raise AttributeError('inner')
t(lambda: Q().v)
# case: descriptors
class D:
    def __set_name__(self, owner, name): print('set_name', owner.__name__, name); self.name = name
    def __get__(self, obj, cls): return ('get', obj is None, cls.__name__)
    def __set__(self, obj, v): print('set', v); obj.__dict__[self.name] = v
    def __delete__(self, obj): print('delete')
class N:
    def __get__(self, obj, cls=None): return 'nondata'
class A:
    d = D()
    n = N()
a = A(); print(a.d, A.d); a.d = 5; print(a.__dict__, a.d); del a.d; print(a.n); a.n = 'inst'; print(a.n, A.n)
class OnlySet:
    def __set__(self, o, v): o.__dict__['z'] = v
class B: z = OnlySet()
b = B(); b.z = 3; print(b.z)
class OnlyGet:
    def __get__(self, o, c): return 1
    def __set__(self, o, v): raise AttributeError('read-only!')
class C: q = OnlyGet()
t(setattr, C(), 'q', 1); t(delattr, C(), 'q')
# case: slots
# known deviation: in an instance that has a `__dict__` too, the values of its `__slots__` appear there
class S:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
s = S(); print(s.a, S.a, S.__slots__)
def f(): s.c = 1
t(f); t(lambda: s.b); t(lambda: s.__dict__); s.b = 2; del s.b; t(lambda: s.b)
class T(S): pass
x = T(); x.c = 1; print(x.c, x.__dict__, x.a)
class U(S): __slots__ = 'd',
u = U(); u.d = 4; print(u.d, u.a); t(setattr, u, 'e', 1)
class W: __slots__ = ['x', '__dict__']
w = W(); w.x = 1; w.y = 2; print(w.x, w.y, w.__dict__)
def bad():
    class X:
        __slots__ = ('a',)
        a = 1
t(bad)
def bad2():
    class X(int): __slots__ = ('a',)
t(bad2)
def bad3():
    class X: __slots__ = ('1a',)
t(bad3)
def bad4():
    class X: __slots__ = (5,)
t(bad4)
class P:
    __slots__ = ('__priv',)
    def __init__(self): self.__priv = 1
print(P()._P__priv)
# case: name_mangling
class A:
    __x = 1
    def __init__(self): self.__y = 2
    def get(self): return self.__x, self.__y
    def __m(self): return 'm'
    def call(self): return self.__m()
a = A(); print(a.get(), a.call(), a._A__y, A._A__x, sorted(k for k in a.__dict__)); t(lambda: a.__y)
# case: metaclass
class Meta(type):
    def __new__(m, name, bases, ns, **kw): print('new', name, bases, kw, sorted(k for k in ns if not k.startswith('__'))); return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): print('init', name, kw); super().__init__(name, bases, ns)
    def __call__(cls, *a, **k): print('call', a, k); return super().__call__(*a, **k)
    @classmethod
    def __prepare__(m, name, bases, **kw): print('prepare', name, kw); return {'prepared': 1}
    def meta_method(cls): return 'mm ' + cls.__name__
    def __repr__(cls): return f'<Meta {cls.__name__}>'
    def __len__(cls): return 42
    def __getitem__(cls, k): return ('item', k)
    def __iter__(cls): return iter('ab')
    def __contains__(cls, x): return True
    def __instancecheck__(cls, o): return o == 'magic'
    def __subclasscheck__(cls, o): return o is int
class A(metaclass=Meta, opt=1):
    def __init__(self, x): self.x = x
    y = 2
class B(A): pass
print(A(5).x, A.meta_method(), A, len(A), A[3], list(A), 9 in A, isinstance('magic', A), isinstance(5, A), issubclass(int, A), type(B), A.prepared); t(lambda: A(1).meta_method())
# case: metaclass_conflict
class M1(type): pass
class M2(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
def f():
    class C(A, B): pass
t(f)
def g():
    class C(metaclass=5): pass
t(g)
def fm(name, bases, ns): return (name, bases, sorted(ns)[:1])
class D(metaclass=fm): pass
print(D)
# case: init_subclass
class Base:
    registry = []
    def __init_subclass__(cls, /, tag=None, **kw): super().__init_subclass__(**kw); cls.registry.append((cls.__name__, tag))
class A(Base, tag='a'): pass
class B(A): pass
print(Base.registry)
def f():
    class C(Base, foo=1): pass
t(f)
def g():
    class C(foo=1): pass
t(g)
# case: type_three_arguments
def m(self): return self.v
T = type('T', (object,), {'v': 5, 'm': m, '__doc__': 'd'})
print(T, T().m(), T.__name__, T.__doc__, T.__module__, type('E', (ValueError,), {}).__mro__[1]); t(type, 1, 2); t(type); t(type, 'a', 5, {}); t(type, 'a', (), 5); t(type, 5, (), {})
# case: new_and_init
class A:
    def __new__(cls, *a, **k): print('new', a, k); return super().__new__(cls)
    def __init__(self, x=0): print('init', x)
A(); A(5)
class B:
    def __new__(cls): return 5
    def __init__(self): print('never')
print(B())
class C:
    def __init__(self): return 5
t(C)
class D(A):
    def __new__(cls): return object.__new__(cls)
D()
t(object.__new__); t(object.__new__, 5); t(object, 1); t(object.__new__, int); t(int.__new__, str)
class Single:
    _i = None
    def __new__(cls):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
print(Single() is Single())
class E:
    def __new__(cls, x): return super().__new__(cls)
print(type(E(3)).__name__); t(E)
class F:
    def __init__(self, x): pass
t(F); t(F, 1, 2)
# case: class_getitem_and_generics
class G:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(G[int], list[int], dict[str, int], tuple[int, ...], type[int], list[int] == list[int], list[int].__origin__, list[int].__args__, list[int]([1]), isinstance([], list), int | str, int | None, isinstance(5, int | str), (int | str).__args__); t(lambda: int[5]); t(isinstance, [], list[int]); t(lambda: G()[1])
# case: abstract_classes
from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def p(self): ...
class B(A):
    def f(self): return 1
class C(B):
    p = 5
t(A); t(B); print(C().f(), C().p, A.__abstractmethods__ == {'f', 'p'}, isinstance(C(), A))
class R(ABC):
    @classmethod
    def __subclasshook__(cls, c): return hasattr(c, 'quack')
class Duck:
    def quack(self): pass
print(issubclass(Duck, R), isinstance(Duck(), R), isinstance(5, R))
A.register(int); print(issubclass(int, A), isinstance(5, A))
# case: class_scope
x = 'global'
class A:
    x = 'class'
    y = x
    l = [x for _ in range(1)]
    def f(self): return x
    z = (lambda: x)()
    for i in range(2): pass
    if True: cond = 'yes'
    del y
print(A.l, A().f(), A.z, A.i, A.cond, hasattr(A, 'y'))
def outer():
    v = 'enclosing'
    class B:
        w = v
        v = 'inner'
        def g(self): return v
    return B.w, B.v, B().g()
t(outer)
# case: class_body_execution
print('before')
class A:
    print('in body', __name__, __qualname__)
    def f(self): print('f', __class__.__name__)
    locals()['dynamic'] = 5
A().f(); print(A.dynamic)
# case: class_decorators
def deco(arg):
    def wrap(cls): cls.tag = arg; return cls
    return wrap
@deco('T')
class A: pass
print(A.tag)
@lambda c: 'replaced'
class B: pass
print(B)
# case: super_variants
class A:
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    @staticmethod
    def s(): return 'A.s'
    @property
    def p(self): return 'A.p'
    x = 'A.x'
class B(A):
    @classmethod
    def c(cls): return super().c()
    def s(self): return super().s()
    @property
    def p(self): return super().p + '!'
    def g(self): return super().x
    def no(self): return super().nope
    def inner(self):
        def f(): return super(B, self).p
        return f()
b = B(); print(B.c(), b.s(), b.p, b.g(), b.inner()); t(b.no)
def f(): super()
t(f)
def g(x): return super().foo
t(g, 5); t(super, 5); t(lambda: super(A, 5)); t(lambda: super(A, 5).x)
class Mixin:
    def f(self): return ['mixin'] + super().f()
class Base:
    def f(self): return ['base']
class C(Mixin, Base): pass
print(C().f())
# case: dunder_class_assignment
class A:
    def f(self): return 'A'
class B:
    def f(self): return 'B'
a = A(); a.__class__ = B; print(a.f(), type(a).__name__)
def f(): a.__class__ = int
def g(): (5).__class__ = str
def h(): a.__class__ = 5
t(f); t(g); t(h)
A.f = lambda self: 'patched'; print(A().f()); del A.f; t(lambda: A().f()); a.__dict__ = {'q': 1}; print(a.q); t(setattr, a, '__dict__', 5)
# case: class_repr_and_str
class A: pass
class B:
    def __repr__(self): return 'repr'
class C:
    def __str__(self): return 'str'
print(A, repr(A), str(B()), f'{B()!s}', C(), repr(C())[:14], [C()].__repr__()[:15] != '', A.__qualname__); A.__name__ = 'Renamed'; print(A, A.__name__); A.__qualname__ = 'Q.R'; print(A); t(setattr, A, '__name__', 5)
# case: instance_dict_and_vars
class A:
    c = 1
    def __init__(self): self.x = 1
a = A(); a.__dict__['y'] = 2; print(a.y, vars(a), [n for n in vars(A) if n[0] != '_'], [n for n in dir(a) if n[0] != '_'], a.__dict__ is a.__dict__); vars(a)['z'] = 3; print(a.z); t(vars, 5); setattr(a, 'with space', 1); print(getattr(a, 'with space'), a.__dict__)
for i in range(20): setattr(a, f'n{i}', i)
print(len(a.__dict__), a.n19, list(a.__dict__)[:6]); del a.x; print(list(a.__dict__)[:3]); a.x = 9; print(list(a.__dict__)[-1])
# case: equality_and_hash_inheritance
class A:
    def __eq__(self, o): return True
class B(A): pass
class C(A): __hash__ = object.__hash__
t(hash, A()); t(hash, B()); print(type(hash(C())).__name__, A() == 5, A() != 5, B.__hash__, A.__hash__)
# case: bound_methods
class A:
    def f(self, x=1): return (self.n, x)
    def __init__(self, n): self.n = n
a, b = A(1), A(2); m = a.f
print(m(), m(5), m.__self__ is a, m.__func__ is A.f, m.__name__, a.f == a.f, a.f == b.f, a.f is a.f, hash(a.f) == hash(a.f), A.f(b, 3), list(map(a.f, [1])), {a.f: 1}[a.f]); A.f.attr = 'fn'; print(a.f.attr); t(setattr, m, 'x', 1); t(m, 1, 2)
a.g = lambda: 'instance fn'; print(a.g())
import types
a.h = types.MethodType(lambda self: self.n, a); print(a.h())
# case: multiple_inheritance_with_builtins
class DD(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k) from None
d = DD(a=1); print(d.a); t(lambda: d.b)
class NT(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def first(self): return self[0]
n = NT(1, 2); print(n, n.first, n == (1, 2), hash(n) == hash((1, 2)), n + (3,), len(n)); x, y = n; print(x, y)
class E(Exception):
    def __init__(self, code): super().__init__(f'code {code}'); self.code = code
t(lambda: (_ for _ in ()).throw(E(5))); print(E(3).args, str(E(3)), repr(E(3)), E(4).code)
class I(int):
    def __new__(cls, v): return super().__new__(cls, v + 1)
print(I(4), I(4) + 1, type(I(4)).__name__, [10, 20, 30, 40, 50, 60][I(4)])
# case: annotations
def f(a: int, b: 'str' = 5, *c: list, d: dict = None, **e: set) -> bool: pass
print(f.__annotations__)
class A:
    x: int
    y: 'A' = None
    (z): int = 3
print(A.__annotations__)
x: int = 5
y: str
print(__annotations__); t(lambda: y)
def g(): v: undefined_name = 1; return v
print(g())
# case: type_attributes
print(int.__name__, int.__module__, int.__bases__, bool.__mro__, type.__mro__, object.__bases__, type(int), type(type), int.__qualname__, list.__base__, ValueError.__mro__, type(len), type(None), type(...), type(NotImplemented), type(lambda: 0), type((x for x in ())), type(int.__add__), type([].append), type(print), int.__basicsize__ > 0 if False else '')
# case: weak_method_lookup_on_instance
class A: pass
a = A(); a.__len__ = lambda: 5; t(len, a); A.__len__ = lambda self: 6; print(len(a)); a.__str__ = lambda: 'x'; print(str(a)[:10] != 'x'); A.__iter__ = lambda self: iter([1]); print(list(a)); del A.__iter__; t(list, a)
# case: private_dunder_methods_of_object
o = object(); print(o.__class__, object.__init__(o), o.__eq__(o), o.__eq__(5), o.__ne__(o), o.__hash__() == hash(o), o.__str__()[:7], object.__reduce_ex__ is not None, o.__sizeof__() > 0, o.__dir__()[:1] != []); t(o.__lt__, o)
# case: getattr_on_class_and_module
class Meta(type):
    def __getattr__(cls, n): return f'meta:{n}'
class A(metaclass=Meta): x = 1
print(A.x, A.foo); t(lambda: A().foo)
import sys, types
m = types.ModuleType('m', 'doc'); m.x = 1; print(m.x, m.__name__, m.__doc__, m); m.__getattr__ = lambda n: 'mod ' + n; print(m.zzz)
# case: enum_like_iteration_of_class
class C:
    a = 1
    b = 2
print([k for k in vars(C) if not k.startswith('_')], [k for k, v in C.__dict__.items() if v == 2]); t(lambda: C.__dict__.__setitem__('x', 1)); print(type(C.__dict__), len(C.__dict__) >= 4)
# case: copy_protocol
import copy
class A:
    def __init__(self): self.l = [1]
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return 'deep'
class B:
    def __init__(self): self.l = [1]
b = B(); c = copy.copy(b); d = copy.deepcopy(b); print(copy.copy(A()), copy.deepcopy(A()), c.l is b.l, d.l is b.l, d.l, copy.deepcopy({'a': [1, (2, {3})]}), copy.copy([1]), copy.deepcopy((1, 2)), copy.replace if hasattr(copy, 'replace') and False else '')
# case: dir_of_instances
# known deviation: dir() of an instance lacks `__getstate__` and `__weakref__`
class A:
    def f(self): pass
print(dir(A()))
# case: docstrings_of_builtins
# known deviation: builtin types and functions have no `__doc__`
print(int.__doc__ is not None, len.__doc__ is not None, object.__doc__ is not None)
# case: what_instances_say_they_are
class P:
    @property
    def __class__(self): return int
p = P()
print(isinstance(p, int), isinstance(p, P), isinstance(p, str), type(p).__name__, p.__class__)
class AbstractClass:
    def __init__(self, bases): self.bases = bases
    def getbases(self): return self.bases
    __bases__ = property(getbases)
    def __call__(self): return AbstractInstance(self)
class AbstractInstance:
    def __init__(self, klass): self.klass = klass
    def getclass(self): return self.klass
    __class__ = property(getclass)
A = AbstractClass(()); C = AbstractClass((A,))
print(issubclass(C, A), isinstance(C(), A), isinstance(A(), C), issubclass(A, C))
try: issubclass(int, 3)
except TypeError as e: print(e)
try: issubclass(3, int)
except TypeError as e: print(e)
try: isinstance(3, 3)
except TypeError as e: print(e)
t = (str,)
for _ in range(20000): t = (t,)
try: isinstance(3, t)
except RecursionError as e: print(e)
try: issubclass(int, t)
except RecursionError as e: print(e)
class E(Exception):
    def __new__(cls, *a): return cls
def g():
    try: yield 1
    except TypeError as e: print(e); yield 2
x = g(); next(x); print(x.throw(E))
try: raise E
except TypeError as e: print(e)
# case: keywords_of_builtin_subclasses
class L(list):
    def __init__(self, seq, newarg=None):
        super().__init__(seq); self.newarg = newarg
print(L([1,2], newarg=3), L([1], newarg=3).newarg)
class T(tuple):
    def __new__(cls, *args, newarg=None):
        s = super().__new__(cls, *args); s.newarg = newarg; return s
print(T([1,2], newarg=3), T([1], newarg=3).newarg)
class T2(tuple):
    def __init__(self, a, newarg=None): self.newarg = newarg
print(T2([1,2], newarg=3).newarg)
class F(float):
    def __init__(self, a, newarg=None): self.newarg = newarg
print(F(1.5, newarg=3).newarg)
class S(set):
    def __init__(self, a, newarg=None): super().__init__(a); self.newarg = newarg
print(S([1], newarg=3).newarg)
class FS(frozenset):
    def __init__(self, a, newarg=None): self.newarg = newarg
try: print(FS([1], newarg=3).newarg)
except TypeError as e: print(e)
class D(dict):
    def __init__(self, a, newarg=None): super().__init__(a); self.newarg = newarg
print(D({1:2}, newarg=3), D({}, newarg=3).newarg)
class E(Exception):
    def __init__(self, msg, code=0): super().__init__(msg); self.code = code
print(repr(E('a', code=3)), E('x', code=4).code)
class OE(OSError):
    def __new__(cls, msg, baz=None): return super().__new__(cls, msg)
    def __init__(self, msg, baz=None): self.baz = baz
x = OE('some message', baz='z'); print(x.args, x.baz, str(x))
class OE2(OSError):
    def __init__(self, msg, baz=None): super().__init__(msg); self.baz = baz
x = OE2('some message', baz='z'); print(x.args, x.baz, str(x))
class EG(ExceptionGroup):
    def __new__(cls, msg, excs, code): return super().__new__(cls, msg, excs)
    def __init__(self, msg, excs, code): self.code = code
x = EG('m', [ValueError(1)], 42); print(repr(x), x.code)
class EG2(ExceptionGroup):
    def __init__(self, msg, excs, code=None): super().__init__(msg, excs); self.code = code
try: print(repr(EG2('m', [ValueError(1)], 42)))
except TypeError as e: print(e)
class I(int):
    def __new__(cls, v, unit=''): s = super().__new__(cls, v); s.unit = unit; return s
print(I(5, unit='m').unit, I(5) + 1)
class Str(str):
    def __new__(cls, v, tag=None): s = super().__new__(cls, v); s.tag = tag; return s
print(Str('a', tag=1).tag)
class P(property):
    def __init__(self, f, extra=None): super().__init__(f); self.extra = extra
print(P(lambda s: 1, extra=2).extra)
from collections import deque, OrderedDict, defaultdict, Counter
class DQ(deque):
    def __init__(self, it=(), maxlen=None, name=''): super().__init__(it, maxlen); self.name = name
print(DQ([1,2], name='q'), DQ([1,2], name='q').name)
class DD(defaultdict):
    def __init__(self, f, label=None): super().__init__(f); self.label = label
d = DD(list, label='x'); d['a'].append(1); print(d, d.label)
class B(bytes):
    def __init__(self, v, enc=None): self.enc = enc
try: print(B(b'a', enc=3).enc)
except TypeError as e: print(e)
class BA(bytearray):
    def __init__(self, v, enc=None): super().__init__(v); self.enc = enc
print(BA(b'a', enc=3).enc)
import threading
class Th(threading.Thread):
    def __init__(self, x, **kw): super().__init__(**kw); self.x = x
print(Th(3, name='n').x)
class Lc(threading.local):
    def __init__(self, a, b=2): self.a, self.b = a, b
print(Lc(1, b=5).b)
def f(a, b, /, c): pass
class Q:
    def m(self, a, /): pass
for call in (lambda: f(a=1, b=2, c=3), lambda: Q().m(a=1), lambda: f(1, b=2, c=3)):
    try: call()
    except TypeError as e: print(e)
for cls, args in ((list, ([],)), (tuple, ([],)), (float, (1,)), (set, ([],)), (int, (3,)), (bool, (1,)), (range, (3,)), (slice, (1,)), (frozenset, ([],))):
    try: print(cls(*args, zz=1))
    except TypeError as e: print(e)
# case: callables_without_end
class A: pass
A.__call__ = A()
try: A()()
except RecursionError as e: print(type(e).__name__)
# case: class_of_functions_in_comprehensions
# known deviation: functions that use `__class__` or `super()` in a class body may all stand in comprehensions, which CPython 3.13.0 refuses with a SystemError
try:
    exec('''
class B:
    def m(self): return "B.m"
class C(B):
    fs = [lambda self, i=i: (i, super(C, self).m(), __class__.__name__) for i in range(2)]
    gs = {i: [lambda self: super().m() for _ in "a"] for i in range(1)}
c = C()
print(C.fs[1](c), C.gs[0][0](c))
''')
except SystemError as e: print(e)
class D:
    try: hs = [__class__ for _ in "a"]
    except NameError as e: print(e)
