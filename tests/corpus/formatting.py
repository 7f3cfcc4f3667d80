def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: percent_d_of_what_has_int
from decimal import Decimal
from fractions import Fraction
class F(float): pass
class N:
    def __int__(self): return 7
print('%d %i %u' % (F(2.7), Decimal('3.9'), Fraction(9, 2)), '%d' % N(), '%x' % True)
for bad in ('%x' % 1 and F(2.5), N(), '5', None):
    try:
        print('%x' % bad)
    except TypeError as error:
        print(error)
try:
    print('%d' % '5')
except TypeError as error:
    print(error)
# case: integer_specs
for spec in ('', 'd', '5d', '<5d', '^5d', '>5', '05d', '+d', ' d', ',d', '_d', 'x', 'X', '#x', '#010x', 'o', '#o', 'b', '#b', '08b', '_b', '_x', 'c', 'n', 'e', '.2f', '%', 'g', '*^9d', '=+6d', 'é>4', '+,.1f', 'z.1f'):
    t(format, 66, spec)
    t(format, -1234567, spec)
# case: float_specs
for spec in ('', 'f', '.0f', '.2f', '10.3f', '<10.3f', '+.1f', ',.2f', '_.2f', 'e', '.3e', 'E', 'g', '.3g', 'G', '%', '.1%', '#.0f', '#g', '010.2f', '^+12.1f', 'n', '.10', '06.1f', 'z.0f', '>08.2f', '.0e'):
    t(format, 3.14159, spec)
    t(format, -1234567.891, spec)
    t(format, 0.00001, spec)
    t(format, float('inf'), spec)
    t(format, -0.0, spec)
# case: string_specs
for spec in ('', 's', '10', '<10', '>10', '^10', '.2', '*^7.2s', '05', 'x<4', '=10', '+', ',', 'd', '#', ' s', 'zz', '10.3d'):
    t(format, 'abc', spec)
# case: spec_errors
t(format, 5, 'q')
t(format, 5, '.2d')
t(format, 5, 's')
t(format, 5, ',x')
t(format, 5, ',_d')
t(format, 5, '__d')
t(format, 5.5, 'd')
t(format, 5.5, 'x')
t(format, 'a', '=5')
t(format, 'a', '0=5')
t(format, [], '5')
t(format, None, '>5')
t(format, object, '>5')
t(format, 5, '999999999999999999999')
t(format, 5, '.999999999999999999999f')
t(format, 300000000, 'c')
t(format, 5, '+c')
t(format, 5, '-5')
t(format, {}, 'd')
t(format, 5, 5)
t(format, True, 's')
t(format, 1j, 'd')
t(format, 5, '5 d')
# case: bool_and_none
print(f'{True}', f'{True:5}', f'{True:d}', f'{None}', f'{None!s:>6}', f'{True!r:>6}', format(True, 'x'))
# case: f_string_basics
x, name, pi = 5, 'bob', 3.14159
print(f'{x} {name!r} {pi:.2f} {x=} {name=} {x + 1 = } {pi = :.1f} {name=!s} {{}} {x:{x}d} {name:>{x}} {x!s:*^{x+2}}')
print(f"{'nested'}" f'{"q"}' rf'\d{x}' F'{x}')
print(f'{x:>{x}.{2}f}', f'{(lambda a: a + 1)(2)}', f'{ {1: 2}[1] }', f'{[i for i in range(3)]}', f'{x if x else 0}', f'{x,}', f'{*[1, 2],}')
# case: f_string_312
names = ['a', 'b']
print(f"{', '.join(names)}", f"{'\n'.join(names)}", f'{f'{f'{1 + 1}'}'}', f"{"x" + "y"}")
print(f'''{
    names[0]  # comment
}''', f'{names[0]:{'>5'}}', f'{1:{"0" + "5"}}')
# case: f_string_debug
d = {'k': [1, 2]}
n = None
print(f'{d["k"]=}', f'{n=}', f'{d["k"][0]+1=:>5}', f'{ n = !r}', f'{len(d)=}', f'{d=!s}', f'{"lit"=}')
# case: f_string_errors
class Bad:
    def __format__(self, spec): return 5
t(lambda: f'{Bad()}')
t(lambda: f'{[]:d}')
t(lambda: f'{"a":d}')
t(lambda: f'{undefined}')
t(lambda: f'{1/0}')
class G:
    def __format__(self, spec): return f'<{spec}>'
    def __repr__(self): return 'G()'
print(f'{G()} {G():abc} {G()!r} {G()!s:>5} {G():{"x"}y}')
# case: str_format_fields
print('{} {}'.format(1, 2), '{1} {0}'.format('a', 'b'), '{a} {b}'.format(a=1, b=2), '{0[1]} {0[k]}'.format({'k': 5, 1: 6}) if False else '', '{0.real} {0.imag}'.format(1j), '{a[0]} {b.x}'.format(a=[7], b=type('T', (), {'x': 8})), '{!r} {!s} {!a}'.format('é', 'é', 'é'), '{:>{w}}'.format('a', w=4), '{:{}}'.format('a', 5), '{{}}'.format(), '{0}{0}'.format('x'))
print('{0[k]}'.format({'k': 5}), '{[0]}{[1]}'.format('ab', 'cd'), '{:,}'.format(10**9), '{:%Y}'.format(__import__('datetime').date(2020, 1, 2)))
# case: str_format_errors
t('{}'.format)
t('{} {1}'.format, 1, 2)
t('{1} {}'.format, 1, 2)
t('{a}'.format)
t('{0[5]}'.format, [1])
t('{0[x]}'.format, [1])
t('{0.x}'.format, 1)
t('{'.format, 1)
t('}'.format, 1)
t('{!x}'.format, 1)
t('{!}'.format, 1)
t('{0!r:'.format, 1)
t('{:d}'.format, 'a')
t('{0[}'.format, 1)
t('{0.}'.format, 1)
t('{0[]}'.format, [1])
t('{a b}'.format, 1)
t('{:{:{}}}'.format, 1, 2, 3)
t('{-1}'.format, 1)
t('{0x}'.format, 1)
# case: percent_basics
print('%s %d %i %r %a' % ('a', 5, -5.9, 'é', 'é'), '%5s|%-5s|%05d|%+d|% d' % ('a', 'b', 42, 42, 42), '%x %X %#x %o %#o %c %c' % (255, 255, 255, 8, 8, 65, 'z'), '%e %E %.2e %f %.1f %g %G' % (1.5, 1.5, 1.5, 1.5, 1.25, 1e-10, 1e10), '%%' % (), '%5.1f|%-8.3f|%08.2f' % (3.14159, 2.5, -1.5))
print('%(a)s %(b)05.1f' % {'a': 1, 'b': 2.25}, '%*d|%-*d|%.*f' % (5, 1, 5, 2, 2, 3.14159), '%s' % [1], '%s %s' % ((1, 2), None), '%.2s' % 'abc', '%5%' % () if False else '', '%d' % 10**3, '%s' % (5,), '%r' % ('a',))
# case: percent_errors
t(lambda: '%d' % 'a')
t(lambda: '%d' % None)
t(lambda: '%x' % 1.5)
t(lambda: '%s %s' % 'a')
t(lambda: '%s' % (1, 2))
t(lambda: 'abc' % 1)
t(lambda: '%(a)s' % {})
t(lambda: '%(a)s' % 1)
t(lambda: '%(a)s %s' % {'a': 1})
t(lambda: '%z' % 1)
t(lambda: '%' % 1)
t(lambda: '%(a' % {})
t(lambda: '%c' % 'ab')
t(lambda: '%c' % -1)
t(lambda: '%f' % 'a')
t(lambda: '%*d' % ('a', 1))
t(lambda: '%d' % float('nan'))
t(lambda: '%d' % float('inf'))
t(lambda: '%s %(a)s' % {'a': 1})
t(lambda: 'x' % {})
t(lambda: 'x' % [])
# case: print_options
print(1, 2, sep='-', end='|\n')
print()
print('a', 'b', sep=None, end=None)
print(*[1, 2, 3], sep=', ')
print('no newline', end='')
print()
t(print, 1, sep=5)
t(print, 1, end=5)
t(print, 1, foo=5)
import sys
print('to stderr', file=sys.stderr)
print('flushed', flush=True)
class W:
    def write(self, s): sys.stdout.write('<' + s + '>')
print('a', 'b', file=W())
print()
t(print, 1, file=5)
# case: str_and_repr_of_containers
print([1, 'a', None, 1.5, (2,), {'k': {3}}, b'x', [], (), {}, set(), frozenset({1}), range(3), slice(1, 2)])
a = [1]; a.append(a); print(a)
d = {}; d['d'] = d; print(d)
t = ([],); t[0].append(t); print(t)
class P:
    def __repr__(self): return 'P'
    def __str__(self): return 'str-P'
print(P(), [P()], (P(),), {P(): P()} if False else '', f'{P()}', f'{[P()]}', '%s %r' % (P(), P()), str([P()]))
# case: repr_of_callables
def norm(o):
    s = repr(o)
    i = s.find('0x')
    return s if i < 0 else s[:i] + '0x..'
def f(): pass
class C:
    def m(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    @property
    def p(self): pass
def gen(): yield
for o in (f, C, C(), C.m, C().m, C.c, C.s, C.p, len, [].append, list.append, int.__add__, (1).__add__, str, type, gen(), lambda: 0, print, object(), iter([]), iter({}), map(f, []), zip(), range, enumerate([]), (x for x in ()), super(C, C()), NotImplemented, Ellipsis, property(), staticmethod(f), classmethod(f), type(None), {}.keys(), {1: 2}.items(), {}.values(), C.__dict__.__class__, reversed([]), filter(None, []), dict.fromkeys, C.__init__, object.__init__, None.__class__):
    print(norm(o))
# case: wide_values
print(f'{10**30:,}', f'{10**30:_}', f'{2**100:x}', f'{-2**70:#b}'[:20], f'{10**25:e}', f'{10**25:.3f}', f'{12345678:012,}', f'{1234:08,.2f}', f'{-5:=+6}', f'{5:^+7}', f'{0.5:%}', f'{1e100:.3g}', f'{123456:.2e}')
# case: format_of_dates
import datetime
d = datetime.datetime(2024, 3, 5, 14, 7, 9, 123456)
print(f'{d:%Y-%m-%d %H:%M:%S.%f}', f'{d}', repr(d), f'{d:%a %A %b %B %j %U %p %I %y %c %x %X %%}', d.isoformat(), d.strftime('%d/%m'))
print(datetime.timedelta(days=1, seconds=3661), repr(datetime.timedelta(hours=2)), datetime.date(2024, 2, 29), datetime.time(1, 2, 3))
# case: format_method_and_dunder
print((5).__format__('03d'), 'a'.__format__('>3'), (1.5).__format__('.2f'), format(5), format('x', ''), object().__format__('')[:8])
class F:
    def __format__(self, spec):
        return 'F:' + spec
print(format(F()), format(F(), 'abc'), '{:x{}}'.format(F(), 5), f'{F():%H:%M}')
