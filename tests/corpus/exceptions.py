# case: try_forms
def f(x):
    try:
        print('try')
        if x == 1: raise ValueError('v')
        if x == 2: raise KeyError('k')
        if x == 3: return 'ret'
    except ValueError as e: print('except', e)
    except (KeyError, IndexError) as e: print('tuple', repr(e))
    else: print('else')
    finally: print('finally')
    return 'end'
for i in range(4): print(f(i))
# case: name_deleted_after_except
try: raise ValueError('x')
except ValueError as e: pass
try: e
except NameError as err: print(err)
def f():
    e = 1
    try: raise KeyError
    except KeyError as e: pass
    return e
try: f()
except UnboundLocalError as err: print(err)
# case: reraise
def f():
    try: raise ValueError('first')
    except ValueError:
        print('reraising')
        raise
try: f()
except ValueError as e: print(repr(e), e.__traceback__ is not None)
try:
    raise
except RuntimeError as e: print(e)
# case: exception_attributes
e = ValueError('a', 1)
print(e.args, str(e), repr(e), str(ValueError()), repr(ValueError()), str(ValueError('x')), repr(ValueError('x',)), str(KeyError('k')), repr(KeyError('k')), str(KeyError(1, 2)), str(KeyError()), ValueError('a') == ValueError('a'))
e.args = (5,); print(str(e), e.args); e.custom = 1; print(e.custom, e.__dict__, e.__cause__, e.__context__, e.__suppress_context__, e.__traceback__)
e.add_note('n1'); e.add_note('n2'); print(e.__notes__)
try: e.add_note(5)
except TypeError as x: print(x)
print(StopIteration(5).value, SystemExit(3).code, OSError(2, 'No such file', 'f.txt'), repr(OSError(2, 'x')), type(OSError(2, 'x')).__name__, OSError(2, 'x').errno, FileNotFoundError().errno, ImportError('m', name='n', path='p').name, NameError('x', name='q').name, AttributeError('a', name='n', obj=1).obj, UnicodeDecodeError('utf8', b'ab', 0, 1, 'why'), SyntaxError('msg', ('f', 1, 2, 'text')).lineno)
# case: hierarchy
for c in (BaseException, Exception, ArithmeticError, LookupError, OSError, RuntimeError, ValueError, Warning, ImportError, NameError, SyntaxError, SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration, AssertionError, AttributeError, BufferError, EOFError, FloatingPointError, OverflowError, ZeroDivisionError, ModuleNotFoundError, IndexError, KeyError, MemoryError, UnboundLocalError, BlockingIOError, ChildProcessError, ConnectionError, BrokenPipeError, FileExistsError, FileNotFoundError, InterruptedError, IsADirectoryError, NotADirectoryError, PermissionError, ProcessLookupError, TimeoutError, ReferenceError, NotImplementedError, RecursionError, PythonFinalizationError, IndentationError, TabError, SystemError, TypeError, UnicodeError, UnicodeEncodeError, BaseExceptionGroup, ExceptionGroup, EncodingWarning, DeprecationWarning):
    print(c.__name__, [b.__name__ for b in c.__mro__[1:-1]])
print(EnvironmentError is OSError, IOError is OSError, issubclass(TimeoutError, OSError))
# case: raise_forms
def t(f):
    try: f()
    except BaseException as e: print(type(e).__name__, e, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
def a(): raise ValueError
def b(): raise ValueError('x') from KeyError('k')
def c():
    try: raise KeyError('k')
    except KeyError as e: raise ValueError('v') from e
def d():
    try: raise KeyError('k')
    except KeyError: raise ValueError('v') from None
def e():
    try: raise KeyError('k')
    except KeyError: raise ValueError('v')
def f(): raise 5
def g(): raise int
def h(): raise ValueError from 5
def i(): raise None
def j(): raise ValueError('x') from ValueError
def k(): raise object()
def l():
    try: 1 / 0
    finally: raise KeyError('fin')
def m(): raise 'string'
for x in (a, b, c, d, e, f, g, h, i, j, k, l, m): t(x)
# case: catch_errors
def t(f):
    try: f()
    except BaseException as e: print(type(e).__name__, e)
def a():
    try: 1 / 0
    except 5: pass
def b():
    try: 1 / 0
    except (ValueError, 'x'): pass
def c():
    try: 1 / 0
    except undefined_exception: pass
def d():
    try: pass
    except 5: pass
    return 'not evaluated'
t(a); t(b); t(c); print(d())
# case: nested_context_chain
try:
    try:
        try: raise ValueError(1)
        except ValueError: raise KeyError(2)
    except KeyError: raise TypeError(3)
except TypeError as e:
    while e: print(repr(e)); e = e.__context__
# case: groups_basics
eg = ExceptionGroup('g', [ValueError(1), ExceptionGroup('inner', [KeyError('k'), ValueError(2)]), TypeError('t')])
print(eg, repr(eg), eg.message, eg.exceptions, eg.split(ValueError), eg.subgroup(KeyError), eg.subgroup(lambda e: isinstance(e, TypeError)), eg.derive([OSError('x')]), eg.subgroup(OSError))
def t(f, *a):
    try: print(repr(f(*a)))
    except Exception as e: print(type(e).__name__, e)
t(ExceptionGroup, 'x', []); t(ExceptionGroup, 'x', [5]); t(ExceptionGroup, 5, [ValueError()]); t(ExceptionGroup, 'x'); t(ExceptionGroup, 'x', [KeyboardInterrupt()]); t(ExceptionGroup, 'x', 5); t(BaseExceptionGroup, 'x', [ValueError()]); t(BaseExceptionGroup, 'b', [KeyboardInterrupt()]); t(isinstance, eg, Exception); t(eg.split, 5)
# case: except_star
def f(excs):
    try: raise ExceptionGroup('g', excs)
    except* ValueError as e: print('values', e.exceptions)
    except* (KeyError, IndexError) as e: print('lookups', e.exceptions)
    else: print('else')
    finally: print('finally')
f([ValueError(1), KeyError(2), ValueError(3)])
try: f([ValueError(1), TypeError(2)])
except ExceptionGroup as e: print('left', repr(e))
try:
    try: raise ValueError('plain')
    except* ValueError as e: print(repr(e))
except BaseException as e: print('no', e)
try:
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* ValueError: raise KeyError('new')
except BaseException as e: print(repr(e), repr(e.__context__))
try:
    try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError: raise
except ExceptionGroup as e: print(repr(e))
try:
    try: raise ExceptionGroup('g', [ValueError(1)])
    except* ExceptionGroup: pass
except TypeError as e: print(e)
def none():
    try: pass
    except* ValueError: print('never')
    else: print('else ran')
none()
# case: custom_exceptions
class AppError(Exception):
    """App."""
    def __init__(self, msg, code=1): super().__init__(msg); self.code = code
    def __str__(self): return f'[{self.code}] {super().__str__()}'
class Sub(AppError): pass
try: raise Sub('bad', code=7)
except AppError as e: print(e, repr(e), e.code, e.args, isinstance(e, Exception))
class NoInit(Exception): default = 5
print(NoInit('a', 'b'), repr(NoInit()), NoInit.default, NoInit('x').args)
class WithNew(Exception):
    def __new__(cls, *a): return super().__new__(cls, 'from new')
print(WithNew(1).args)
class Eq(Exception):
    def __eq__(self, o): return True
    __hash__ = Exception.__hash__
print(Eq() == 5)
# case: assert_statement
def t(f):
    try: f(); print('passed')
    except AssertionError as e: print(repr(e), str(e))
def a(): assert 1 == 2
def b(): assert False, 'message'
def c(): assert [], (1, 2)
def d(): assert True, undefined
def e(): assert (1, 'always true')[0]
for x in (a, b, c, d, e): t(x)
# case: finally_control_flow
def f():
    for i in range(3):
        try:
            if i == 1: continue
            print('body', i)
        finally: print('fin', i)
    else: print('else')
    try:
        return 'a'
    finally:
        try: raise ValueError
        except ValueError: print('inner')
print(f())
def g():
    try: raise ValueError('lost')
    finally: return 'swallowed'
print(g())
def h():
    while True:
        try: raise KeyError
        except KeyError: break
        finally: print('h fin')
    return 'h'
print(h())
# case: exit_codes_none
import sys
print('before'); sys.exit()
# case: exit_code_number
import sys
try: sys.exit(3)
finally: print('finally runs')
# case: exit_code_text
import sys
sys.exit('a message')
# case: exit_code_object
import sys
sys.exit([1, 2])
# case: exit_raise_systemexit
raise SystemExit(4)
# case: exit_caught
import sys
try: sys.exit(2)
except SystemExit as e: print('code', e.code, repr(e))
try: exit(5)
except SystemExit as e: print(e.code)
try: quit()
except SystemExit as e: print(e.code)
# case: exit_large_status
import sys
sys.exit(256 + 7)
# case: exit_negative
import sys
sys.exit(-1)
# case: atexit_order
import atexit
atexit.register(print, 'first registered'); atexit.register(lambda: print('second'))
@atexit.register
def f(): print('decorated')
print('main done')
# case: atexit_after_error
import atexit
atexit.register(print, 'at exit')
1 / 0
# case: atexit_raises
import atexit
class Bad:
    def __call__(self):
        raise ValueError('in atexit')
    def __repr__(self): return 'Bad()'
bad = Bad()
atexit.register(print, 'still runs'); atexit.register(bad)
# case: traceback_module
import traceback, sys
def inner(): raise ValueError('deep')
def outer(): inner()
try: outer()
except ValueError as e:
    print(traceback.format_exc(), end=''); traceback.print_exc(file=sys.stdout); print(traceback.format_exception_only(e), traceback.extract_tb(e.__traceback__)[-1].name, len(traceback.extract_tb(e.__traceback__)), ''.join(traceback.format_exception(e)) == traceback.format_exc(), traceback.format_tb(e.__traceback__)[0], sys.exc_info()[0].__name__)
    tb = e.__traceback__
    while tb: print(tb.tb_lineno, tb.tb_frame.f_code.co_name); tb = tb.tb_next
print(sys.exc_info(), traceback.format_exc())
# case: with_traceback
def f(): raise ValueError('x')
try: f()
except ValueError as e: saved = e
try: raise KeyError('y').with_traceback(saved.__traceback__)
except KeyError as e: print(e.__traceback__.tb_next is not None)
try: saved.with_traceback(5)
except TypeError as e: print(e)
print(saved.with_traceback(None).__traceback__)
# case: stack_of_handled_exceptions
import sys
def current(): return sys.exc_info()[1] and repr(sys.exc_info()[1]), sys.exception() is sys.exc_info()[1]
print(current())
try: raise ValueError('outer')
except ValueError:
    print(current())
    try: raise KeyError('inner')
    except KeyError: print(current())
    print(current())
print(current())
# case: stop_iteration_is_not_special_outside
try: raise StopIteration('value')
except StopIteration as e: print(e.value)
def f():
    for x in iter([1, 2]):
        if x == 2: raise StopIteration
try: f()
except StopIteration: print('escaped the loop')
# case: errors_in_dunders
class A:
    def __len__(self): raise ValueError('len')
    def __bool__(self): raise ValueError('bool')
    def __eq__(self, o): raise ValueError('eq')
    def __hash__(self): raise ValueError('hash')
    def __iter__(self): raise ValueError('iter')
    def __contains__(self, x): raise ValueError('contains')
    def __getattr__(self, n): raise ValueError('getattr ' + n)
    def __add__(self, o): raise ValueError('add')
    def __lt__(self, o): raise ValueError('lt')
    def __str__(self): raise ValueError('str')
    def __call__(self): raise ValueError('call')
    def __getitem__(self, k): raise ValueError('getitem')
    def __index__(self): raise ValueError('index')
a = A()
for f in (lambda: len(a), lambda: bool(a), lambda: a == 1, lambda: hash(a), lambda: list(a), lambda: 1 in a, lambda: a.x, lambda: a + 1, lambda: a < 1, lambda: str(a), lambda: a(), lambda: a[0], lambda: [1][a], lambda: {a: 1}, lambda: [a].index(5), lambda: sorted([a, a]), lambda: not a, lambda: a and 1, lambda: hasattr(a, 'q'), lambda: max(a, a), lambda: f'{a}', lambda: range(a), lambda: a in [A()], lambda: {1: 2}[a], lambda: if_(a)):
    try: f(); print('no error')
    except Exception as e: print(type(e).__name__, e)
# case: warnings_module
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); warnings.warn('careful'); warnings.warn('old', DeprecationWarning); print([(str(x.message), x.category.__name__) for x in w])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: warnings.warn('as error')
    except UserWarning as e: print('raised', e)
# case: warn_prints
import warnings
def f(): warnings.warn('watch out')
f(); f(); warnings.warn('second', RuntimeWarning); print('done')
# case: recursion_error_is_catchable
def f(): return f()
try: f()
except RecursionError as e: print(e)
class A:
    def __repr__(self): return repr(self)
    def __getattr__(self, n): return getattr(self, n)
for g in (lambda: repr(A()), lambda: A().x):
    try: g()
    except RecursionError as e: print('RecursionError')
def depth(n): return 1 + depth(n - 1) if n else 0
print(depth(900))
# case: memory_and_overflow
for f in (lambda: 'a' * 10**18, lambda: [0] * 10**18, lambda: b'x' * 10**18, lambda: (0,) * 10**19, lambda: 'a' * 10**19, lambda: list(range(10**18)) if False else 0, lambda: bytes(10**19)):
    try: print(f())
    except (MemoryError, OverflowError) as e: print(type(e).__name__, e)
