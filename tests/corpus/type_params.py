# case: generic_classes_functions_and_aliases
from typing import Callable, Generic, get_type_hints
class Stack[T]:
    """A stack."""
    limit: int = 3
    def __init__(self) -> None:
        self.items: list[T] = []
    def push(self, item: T) -> None:
        self.items.append(item)
    def pop(self) -> T:
        return self.items.pop()
    def map[U](self, f: Callable[[T], U]) -> 'Stack[U]':
        out = Stack[U]()
        for i in self.items: out.push(f(i))
        return out
s = Stack[int]()
s.push(1); s.push(2)
print(s.map(str).pop(), Stack.__type_params__, Stack[int], Stack.__mro__, Stack.__doc__, Stack.__qualname__)
def first[T](xs: list[T], default: T = None, *, k: int = 4) -> T:
    return xs[0] if xs else default
print(first([3]), first([], 5), first.__type_params__, first.__annotations__, first.__defaults__, first.__kwdefaults__, first.__qualname__)
def bounded[T: int, U: (int, str), *Ts, **P](a: T, b: U): return a, b
T, U, Ts, P = bounded.__type_params__
print(T.__bound__, U.__constraints__, Ts, P, T, type(T).__name__, type(Ts).__name__, type(P).__name__)
type Pair[A] = tuple[A, A]
type Num = int | float
print(Num, Num.__value__, Pair, Pair.__type_params__, Pair.__value__, Pair[int])
type Rec = list[Rec] | int
print(Rec.__value__)
# case: generic_classes_in_classes_and_functions
from typing import Callable, Generic
class Base: pass
class Child[K, V](Base, dict):
    X = int
    def get2[D](self, k: K, x: X, d: D) -> V | D: return self.get(k, d)
    type Alias = X
    class Inner[Z]:
        pass
print(Child.__bases__, Child.get2.__annotations__, Child.Alias.__value__, Child.__orig_bases__, Child.Inner.__qualname__)
c = Child(); c['a'] = 1
print(c.get2('a', 0, 0), c.get2('b', 0, 7))
def outer():
    y = 5
    def gen[T](x: T): return (x, y)
    class L[Q](Base):
        def m(self) -> Q: return y
    return gen, L
g, L = outer()
print(g(1), L().m(), g.__qualname__, L.__qualname__, L.m.__qualname__)
def deco(f): print('deco', f.__name__); return f
@deco
def d[T](x: T = print('default')) -> T: return x
@deco
class DC[T]: pass
class Meta(type):
    def __new__(m, n, b, d, **k): print(n, k); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
class WithMeta[T](Base, metaclass=Meta, kw=1): pass
print(WithMeta.__bases__)
def dflt[T = int](x: T): pass
print(dflt.__type_params__[0].__default__)
class Gen[T]:
    @classmethod
    def make(cls) -> 'Gen[T]': return cls()
    @staticmethod
    def st[S](x: S) -> S: return x
print(Gen.make(), Gen.st(4)) if False else print(type(Gen.make()).__name__, Gen.st(4))
# case: generic_channel_and_errors
import threading, queue
class Channel[T]:
    def __init__(self): self.q: queue.Queue[T] = queue.Queue()
    def send(self, v: T): self.q.put(v)
    def recv(self) -> T: return self.q.get()
ch = Channel[str]()
t = threading.Thread(target=lambda: ch.send('hi')); t.start(); print(ch.recv()); t.join()
type type = int
print(type)
for src in ('def f[T, T](): pass', 'class A[T]: x: T = yield', 'type X = (yield)', 'def f[T](x: T := 3): pass', 'type 3 = 4'):
    try: exec(src)
    except SyntaxError as e: print(e)
