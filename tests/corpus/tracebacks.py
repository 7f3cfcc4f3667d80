# case: blanks_at_the_end_of_a_line
def f():
    return 1 / 0   
f() 
# case: brackets_that_the_end_of_the_text_leaves_open
for text in ('(', 'x = (', '[1,', 'f(a, {', 'x = (\n', 'def f(a'):
    try:
        compile(text, 'here', 'exec')
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)
# case: deleting_a_slot_twice
class S:
    __slots__ = ('a',)
s = S()
try:
    del s.a
except AttributeError as error:
    print(repr(error))
import threading
for arguments in ((1,), (1, 2)):
    try:
        threading.Lock(*arguments)
    except TypeError as error:
        print(error)
# case: simple
def f(x):
    return 1 / x
print('before')
f(0)
# case: module_level
x = [1, 2, 3]
print(x[10])
# case: nested_calls
def a(): b()
def b():
    c(1,
      2)
def c(*args):
    raise RuntimeError('deep', args)
a()
# case: carets_binary_operators
def f(a, b, c):
    return (a + b) * (a / b - c)
f(1, 0, 2)
# case: carets_subscript
d = {'a': {'b': [1, 2]}}
print(d['a']['b'][0] + d['a']['x'][1])
# case: carets_attribute
class A: pass
a = A(); a.b = A(); a.b.c = None
print(a.b.c.d.e)
# case: carets_call
def g(x): raise ValueError(x)
def f(): return g(1) + g(2) * len(g(3))
f()
# case: carets_multiline_expression
value = (1 +
         2 +
         None)
# case: carets_multiline_call
print(
    'a',
    int('x'),
    'b',
)
# case: carets_whole_line_omitted
foo_undefined
# case: carets_unary_and_compare
x = 'a'
y = 1 < x
# case: carets_in_f_string
name = None
print(f'hello {name.upper()} and {1}')
# case: carets_unicode
é = 'ü' + 'ö' * 2 + 1
# case: carets_tabs
if True:
	x = 1 / 0
# case: carets_comprehension
print([1 / n for n in (1, 0)])
# case: carets_generator_expression
print(sum(1 / n for n in (1, 0)))
# case: carets_lambda
f = lambda x: x.missing
list(map(f, [1]))
# case: carets_decorator
def deco(f): raise TypeError('no decorating')
@deco
def f(): pass
# case: carets_with
class M:
    def __enter__(self): return self
    def __exit__(self, *a): print('exit')
with M() as m, M() as n:
    m.zzz()
# case: carets_raise_multiline
raise ValueError(
    'many'
    ' lines'
)
# case: carets_assert
x = 5
assert x == 6, f'x is {x}'
# case: carets_augmented
s = 'a'
s += 5
# case: carets_unpack
a, b = 1, 2, 3
# case: carets_unpack_call
def f(a, b): pass
f(*[1, 2, 3])
# case: carets_for
for a, b in [(1, 2), (3,)]: pass
# case: carets_import
import math
math.sqroot(4)
# case: carets_delete
d = {}
del d['k'], d['j']
# case: carets_chained_calls
class A:
    def f(self): return self
    def g(self): return None
A().f().g().f()
# case: carets_long_line
result = {'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa': 1, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb': 2, 'cccccccccccccccccccccccccccc': 3}['ddddddddddddddd']
# case: carets_store_subscript
x = (1, 2)
x[0] = 5
# case: carets_slice
x = [1, 2]
x['a':5]
# case: chained_context
try:
    1 / 0
except ZeroDivisionError:
    raise ValueError('during')
# case: chained_cause
def f():
    try:
        {}['k']
    except KeyError as e:
        raise ValueError('because') from e
f()
# case: chained_none
try:
    1 / 0
except ZeroDivisionError:
    raise ValueError('alone') from None
# case: chained_three
try:
    try:
        int('x')
    except ValueError as e:
        raise KeyError('second') from e
except KeyError:
    [].pop()
# case: notes
e = ValueError('with notes')
e.add_note('first note')
e.add_note('second\nnote')
raise e
# case: notes_not_strings
e = ValueError('x')
e.__notes__ = 5
raise e
# case: group_traceback
raise ExceptionGroup('several', [ValueError('a'), ExceptionGroup('inner', [KeyError('k'), TypeError('t')])])
# case: group_with_tracebacks
def f(n):
    raise ValueError(n)
errors = []
for i in range(2):
    try: f(i)
    except ValueError as e: errors.append(e)
raise ExceptionGroup('collected', errors)
# case: group_with_cause
try:
    try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError as e: raise KeyError('k') from e
except ExceptionGroup as e:
    raise RuntimeError('outer') from e
# case: group_many
raise ExceptionGroup('many', [ValueError(i) for i in range(20)])
# case: group_deep
e = ValueError('leaf')
for i in range(12): e = ExceptionGroup(f'level {i}', [e])
raise e
# case: recursion_traceback
def f(n):
    return f(n + 1)
f(0)
# case: repeated_frames
def f(n):
    if n == 0: raise ValueError('bottom')
    f(n - 1)
f(10)
# case: did_you_mean_name
total_count = 5
print(total_cuont)
# case: did_you_mean_builtin
pritn('x')
# case: did_you_mean_attribute
[].apend(1)
# case: did_you_mean_instance
class A:
    def __init__(self): self.value = 1
    def compute(self): return self.valeu
A().compute()
# case: did_you_mean_self
# known deviation: a NameError does not suggest `self.name`
class A:
    def __init__(self): self.value = 1
    def compute(self): return value
A().compute()
# case: did_you_mean_module
import math
math.flor(1)
# case: did_you_mean_import
from math import sqr
# case: forgot_to_import
time.sleep(1)
# case: no_suggestion
completely_different_name_zzz
# case: module_not_found
try:
    import nonexistent_module_xyz
except ImportError as e:
    print(type(e).__name__, e, e.name)
from collections import Nope
# case: no_message
raise ValueError
# case: empty_message
raise ValueError('')
# case: multiline_message
raise ValueError('line 1\nline 2\n  line 3')
# case: key_error_message
{}['missing key']
# case: custom_exception_in_module
class MyError(Exception): pass
raise MyError('custom', 5)
# case: nested_class_exception
class A:
    class E(Exception): pass
def f():
    class Local(Exception): pass
    return Local
try: raise f()('local')
except Exception as e: print(type(e).__qualname__)
raise A.E('nested')
# case: exception_with_bad_str
class E(Exception):
    def __str__(self): raise ValueError('in str')
raise E('x')
# case: exception_with_none_str
class E(Exception):
    def __str__(self): return None
raise E('x')
# case: system_exit_in_function
def f():
    raise SystemExit('leaving')
f()
# case: keyboard_interrupt
raise KeyboardInterrupt
# case: error_in_class_body
class A:
    x = 1
    y = x / 0
# case: error_in_default
def f(a=1 / 0): pass
# case: error_in_generator
def g():
    yield 1
    raise ValueError('in generator')
for x in g(): print(x)
# case: stop_iteration_in_generator
def g():
    yield next(iter(()))
list(g())
# case: error_in_property
class A:
    @property
    def p(self):
        return self._missing
A().p
# case: error_in_exit
class M:
    def __enter__(self): pass
    def __exit__(self, *a): raise KeyError('exit')
with M():
    raise ValueError('body')
# case: error_in_finally
try:
    1 / 0
finally:
    undefined_in_finally
# case: error_in_library
import json
json.loads('{"a": }')
# case: error_in_sorted_key
sorted([1, 'a'], key=lambda x: x + 1)
# case: error_from_deque
from collections import deque
deque().popleft()
# case: error_in_init
class A:
    def __init__(self, x):
        self.x = int(x)
class B(A):
    def __init__(self, x):
        super().__init__(x)
B('q')
# case: error_in_operator
class V:
    def __add__(self, o):
        return self.n + o.n
V() + V()
# case: error_in_nested_function
def outer():
    def inner(z):
        return z.attr
    return [inner(i) for i in range(1)]
outer()
# case: error_in_exec
exec('a = 1\nb = a / 0')
# case: error_in_eval
eval('1 + undefined_name')
# case: error_in_compiled
code = compile('def f():\n    raise ValueError("compiled")\nf()', '<generated>', 'exec')
exec(code)
# case: syntax_error_in_exec
exec('x = (1,\ny = 2')
# case: syntax_error_in_eval
eval('1 +* 2')
# case: indentation_error_in_exec
exec('def f():\nreturn 1')
# case: thread_exception
import threading
def work():
    raise ValueError('in thread')
t = threading.Thread(target=work, name='worker')
t.start(); t.join(); print('main goes on')
# case: thread_exception_pool
from concurrent.futures import ThreadPoolExecutor
def work(x): return 1 / x
with ThreadPoolExecutor(1) as ex:
    f = ex.submit(work, 0)
    print(type(f.exception()).__name__)
    f.result()
# case: excepthook
import sys
def hook(t, v, tb): print('hook', t.__name__, v, tb.tb_lineno)
sys.excepthook = hook
1 / 0
# case: traceback_print_functions
import traceback
def f(): traceback.print_stack()
f()
try: f.x
except AttributeError: traceback.print_exc(limit=1)
# case: traceback_with_comment_and_semicolon
x = 1; y = x.foo; z = 2  # comment
# case: backslash_continuation
total = 1 + \
    2 + \
    'x'
# case: conditional_expression
x = None
y = x.a if x is None else x.b
# case: await_like_attribute_chain
import os
os.path.joinn('a', 'b')
# case: keyword_argument_error
def connect(host, port=80): pass
connect(hots='x')
# case: missing_positional
class Service:
    def call(self, method, payload): pass
Service().call('get')
# case: abstract_instantiation
from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @abstractmethod
    def name(self): ...
Shape()
# case: unhashable
cache = {}
cache[[1, 2]] = 'x'
# case: not_callable
x = 5
x()
# case: not_iterable
for i in 5:
    pass
# case: not_subscriptable
def f(): pass
f['x']
# case: none_attribute
def find(): return None
find().group(1)
# case: string_index
name = 'bob'
name['first']
# case: int_conversion
age = int('twelve')
# case: comparing_types
sorted([3, 'a', None])
# case: atexit_one_line
import atexit
class Bad:
    def __call__(self): raise ValueError('in atexit')
    def __repr__(self): return 'Bad()'
atexit.register(Bad())

# case: places_of_frame_summaries
import traceback
def f():
    x = 1
    return (x +
            None)
try: f()
except TypeError as e:
    for fs in traceback.extract_tb(e.__traceback__):
        print(fs.lineno, fs.end_lineno, fs.colno, fs.end_colno, fs.name, fs.line)
        print(list(fs), fs[1], len(fs), fs == fs, fs)
    te = traceback.TracebackException.from_exception(e)
    print([(x.lineno, x.end_lineno, x.colno) for x in te.stack])
s = traceback.FrameSummary('a.py', 3, 'g', line='  z = 1 ', locals={'a': 1})
print(s.end_lineno, s.colno, s.end_colno, s.line, s.locals)
s = traceback.FrameSummary('a.py', 3, 'g', end_lineno=4, colno=1, end_colno=2, lookup_line=False)
print(s.end_lineno, s.colno, s.end_colno, s.lineno)
print(traceback.StackSummary.from_list([traceback.FrameSummary('a.py', 3, 'g', line='z = 1', locals={'b': 'x', 'a': 1})]).format())
