def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: basics
def g():
    print('start')
    x = yield 1
    print('got', x)
    y = yield 2
    print('got', y)
    return 'done'
it = g(); print(next(it)); print(it.send('a'))
try: it.send('b')
except StopIteration as e: print('stop', e.value, e.args)
t(next, it); print(next(it, 'default'), it.gi_frame, it.gi_running, list(it))
# case: send_to_new
def g(): yield 1
it = g(); t(it.send, 5); print(it.send(None)); t(it.send)
# case: throw
def g():
    while True:
        try: v = yield 'ready'; print('value', v)
        except ValueError as e: print('caught', e); yield 'handled'
        finally: print('fin')
it = g(); next(it); print(it.throw(ValueError('boom'))); print(next(it)); t(it.throw, KeyError('k')); t(next, it)
it = g(); t(it.throw, ValueError('early')); t(next, it)
it = g(); next(it); t(it.throw, 5); t(it.throw, ValueError); it.close()
def h(): yield
it = h(); next(it); t(it.throw, ValueError('x'))
# case: close
def g():
    try: yield 1
    except GeneratorExit: print('closing'); raise
    finally: print('cleanup')
it = g(); next(it); print(it.close(), it.close()); t(next, it)
def bad():
    try: yield 1
    except GeneratorExit: yield 2
it = bad(); next(it); t(it.close)
def ret():
    try: yield 1
    except GeneratorExit: return 'value'
it = ret(); next(it); print(it.close()); print(g().close())
# case: yield_from
def inner():
    x = yield 1
    print('inner got', x)
    try: yield 2
    except ValueError: print('inner caught'); yield 'recovered'
    return 'inner result'
def outer():
    r = yield from inner()
    print('result', r)
    yield from [10, 20]
    return (yield from iter('ab'))
it = outer(); print(next(it), it.send('S'), it.throw(ValueError), next(it), next(it), next(it), next(it))
try: next(it)
except StopIteration as e: print(e.value)
def f(): yield from 5
t(list, f())
# case: return_in_generator
def g():
    return 5
    yield
try: next(g())
except StopIteration as e: print(e.value)
def h():
    r = yield from g()
    yield r
print(list(h()))
# case: stop_iteration_inside
def g():
    yield 1
    raise StopIteration('x')
t(list, g())
def h():
    yield next(iter([]))
t(list, h())
# case: already_executing
def g():
    yield next(it)
it = g(); t(next, it)
# case: generator_expressions
ge = (x * 2 for x in range(3))
print(ge.__class__, list(ge), list(ge), sum(x for x in range(4)), dict((i, i) for i in 'ab'), max((len(w) for w in ('a', 'bbb')), default=0), tuple(x for x in [1, 2] if x > 1), ge.__name__, ge.__qualname__)
def f():
    print('evaluated')
    return [1]
ge = (x for x in f()); print('created'); print(list(ge)); t(lambda: (x for x in 5)); nested = (((i, j) for j in range(2)) for i in range(2)); print([list(x) for x in nested])
# case: infinite_and_islice
import itertools
def nat():
    n = 0
    while True:
        yield n
        n += 1
print(list(itertools.islice(nat(), 5)), next(n for n in nat() if n * n > 50), list(itertools.takewhile(lambda x: x < 4, nat())))
# case: attributes
def g(): yield 1
it = g(); print(it.gi_code.co_name, it.gi_frame is not None, it.gi_running, it.gi_suspended, it.gi_yieldfrom, it.__name__, it.__qualname__, iter(it) is it, hasattr(it, '__next__'), repr(it)[:20]); next(it); print(it.gi_suspended); it.__name__ = 'renamed'; print(it.__name__, repr(it)[:26]); t(len, it); t(lambda: it[0]); t(g.__next__ if hasattr(g, '__next__') else lambda: g.__next__); t(lambda: g.send)
# case: coroutine_style_pipeline
def averager():
    total, n, avg = 0, 0, None
    while True:
        x = yield avg
        if x is None: break
        total += x; n += 1; avg = total / n
    return total
a = averager(); next(a)
for v in (10, 20, 30): print(a.send(v))
try: a.send(None)
except StopIteration as e: print('total', e.value)
# case: generator_in_for_with_break
def g():
    try:
        for i in range(5): yield i
    finally: print('finalized')
it = g()
for x in it:
    if x == 2: break
print('broke'); it.close(); print('end')
# case: generator_finalised_when_dropped
def g():
    try: yield 1
    finally: print('finalized')
for x in g(): break
print('after loop')
# case: exception_context_in_generator
def g():
    try: yield 1
    except ValueError as e:
        try: yield 2
        finally: print('context', e)
it = g(); next(it); it.throw(ValueError('v'))
try: it.throw(KeyError('k'))
except KeyError as e: print(repr(e), repr(e.__context__))
# case: recursion_tree
class Node:
    def __init__(self, v, *kids): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids: yield from k
tree = Node(1, Node(2, Node(3)), Node(4)); print(list(tree)); 
def permutations(xs):
    if len(xs) <= 1: yield list(xs); return
    for i in range(len(xs)):
        for p in permutations(xs[:i] + xs[i+1:]): yield [xs[i]] + p
print(list(permutations([1, 2, 3])))
# case: yield_expressions
def g():
    a = [(yield 1), (yield 2)]
    print(a, f'{(yield 3)}', (yield) is None)
    lst = [x for x in (yield 'list')]
    print(lst)
it = g(); print(next(it), it.send('x'), it.send('y'), it.send('f')); print(it.send(None)); t(it.send, [7])
# case: context_manager_generator
from contextlib import contextmanager, ExitStack, suppress, closing, nullcontext, redirect_stdout, ContextDecorator, AbstractContextManager
@contextmanager
def cm(n):
    print('enter', n)
    try: yield n
    except ValueError as e: print('handled', e)
    finally: print('exit', n)
with cm(1) as x: print('body', x)
with cm(2): raise ValueError('v')
def f():
    with cm(3): raise KeyError('k')
t(f)
@contextmanager
def noyield():
    if False: yield
def g():
    with noyield(): pass
t(g)
@contextmanager
def twice(): yield 1; yield 2
def h():
    with twice(): pass
t(h)
with ExitStack() as s:
    s.callback(print, 'callback'); s.enter_context(cm(4)); s.push(lambda *e: print('push', e[0])); print('in stack')
with suppress(ZeroDivisionError, KeyError): 1 / 0
import io
buf = io.StringIO()
with redirect_stdout(buf): print('captured')
print(repr(buf.getvalue()), nullcontext(5).__enter__())
@cm(5)
def deco(): print('decorated')
deco(); deco()
class C:
    def close(self): print('closed')
with closing(C()) as c: pass
# case: throw_with_three_arguments
# known deviation: DeprecationWarnings that CPython's C code gives are not given
def h(): yield
it = h(); next(it); t(it.throw, ValueError, ValueError('x'))
# case: handled_exception_of_its_own
import sys
def gen():
    try:
        yield 1
    except Exception as exc:
        print(repr(sys.exception()))
        yield 2
        print(repr(sys.exception()))
        yield 3
        raise
g = gen()
next(g)
try:
    raise ValueError('a')
except Exception as e:
    print(g.throw(e))
print('out', sys.exception())
next(g)
print('out', sys.exception())
try:
    next(g)
except ValueError as e:
    print('back', repr(e))
def g2():
    try:
        raise KeyError('k')
    except KeyError:
        yield sys.exception()
        yield sys.exception()
        try:
            yield sys.exception()
        finally:
            print('fin', repr(sys.exception()))
try:
    raise OSError('o')
except OSError:
    x = g2()
    print(repr(next(x)), repr(sys.exception()))
print(repr(next(x)), repr(sys.exception()))
try:
    raise TypeError('t')
except TypeError:
    print(repr(next(x)), repr(sys.exception()))
    try:
        x.throw(IndexError('i'))
    except IndexError as e:
        print(repr(e), repr(e.__context__))
# case: delegates_that_are_no_generators
class It:
    def __iter__(self): return self
    def __next__(self): return 'n'
    def send(self, v): return ('sent', v)
    def throw(self, *a): print('throw', a); return 'thrown'
    def close(self): print('closed')
def g():
    try:
        x = yield from It()
    except BaseException as e:
        print('g got', repr(e))
        raise
    finally:
        print('g fin')
x = g(); print(next(x), x.send(3), x.throw(ValueError('v')), x.throw(KeyError))
x.close()
x = g(); next(x)
try: x.throw(GeneratorExit)
except GeneratorExit as e: print('GE', repr(e))
class It2:
    def __iter__(self): return self
    def __next__(self): return 'n'
x = None
def g3():
    try:
        yield from It2()
    except ValueError as e:
        yield 'caught'
x = g3(); next(x); print(x.throw(ValueError('a')))
x = g3(); next(x)
try: x.send(1)
except AttributeError as e: print(e)
class It4(It2):
    def close(self): raise OSError('c')
def g4():
    try: yield from It4()
    except OSError as e: print('in', e, repr(e.__context__)); yield 5
x = g4(); next(x)
try: x.close()
except RuntimeError as e: print(e)
def inner():
    try:
        yield 1
        yield 2
    finally:
        return 'ret'
def outer():
    return (yield from inner())
x = outer(); next(x); x.close(); print(list(x))
x = outer(); next(x)
try: x.throw(GeneratorExit())
except BaseException as e: print(repr(e))
x = outer(); next(x)
try: x.throw(KeyError('k'))
except StopIteration as e: print(repr(e))
def mid():
    yield from It()
def top():
    yield from mid()
x = top(); next(x); print(x.throw(ValueError('deep'))); print(x.gi_yieldfrom.__name__); x.close()
def i5():
    try: yield 1
    except GeneratorExit: raise KeyError('from inner')
def o5():
    try: yield from i5()
    except KeyError as e: print('o5', repr(e), repr(e.__context__)); raise
x = o5(); next(x)
try: x.close()
except KeyError as e: print(repr(e))
