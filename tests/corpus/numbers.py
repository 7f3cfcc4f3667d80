def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: int_arithmetic
for a in (7, -7, 0, 10**20, -3):
    for b in (2, -2, 3, 10**19):
        print(a, b, a + b, a - b, a * b, a // b, a % b, a / b, divmod(a, b))
# case: int_zero_division
t(lambda: 1 // 0)
t(lambda: 1 % 0)
t(lambda: 1 / 0)
t(lambda: 1.0 // 0)
t(lambda: 1.0 % 0)
t(lambda: 1.0 / 0)
t(divmod, 1, 0)
t(divmod, 1.5, 0)
t(lambda: 0 ** -1)
t(lambda: 0.0 ** -1)
t(pow, 2, 3, 0)
t(lambda: 1j / 0)
# case: int_power
print(2 ** 10, 2 ** -1, (-2) ** 3, 0 ** 0, 2 ** 100, (-8) ** (1/3))
print(pow(3, 4, 5), pow(3, -1, 7), pow(-3, 3, 10))
t(pow, 2, -1, 4)
t(pow, 2, 2.5, 3)
t(pow, 'a', 2)
# case: int_shifts_and_bits
print(1 << 70, -1 >> 3, -5 >> 1, 5 & 3, 5 | 3, 5 ^ 3, ~5, -5 & 0xff)
t(lambda: 1 << -1)
t(lambda: 1 >> -1)
t(lambda: 1 << 1.5)
print(True & False, True | 2, ~0, (10**30) & (2**64 - 1))
# case: int_parse
for s in ('12', ' 12 ', '-5', '+5', '1_000', '0', '00', '0x10', '1__0', '_1', '', '1.5', 'abc', '١٢', '1 2', '\n3\t'):
    t(int, s)
# case: int_parse_base
for s, b in (('ff', 16), ('0xff', 16), ('0b11', 0), ('0o17', 0), ('0x1f', 0), ('012', 0), ('z', 36), ('Z9', 36), ('2', 2), ('1', 1), ('1', 37), ('12', -1)):
    t(int, s, b)
t(int, 12, 10)
t(int, b'77', 8)
t(int, base=10)
t(int, '7', base=8.0)
# case: int_conversions
t(int, 3.99)
t(int, -3.99)
t(int, 1e20)
t(int, float('nan'))
t(int, float('inf'))
t(int, None)
t(int, [1])
t(int, 1j)
t(int, True)
t(int)
# case: int_methods
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (255).bit_count(), (-7).bit_count())
print((1024).to_bytes(2, 'big'), (1024).to_bytes(3, 'little'), (-2).to_bytes(2, 'big', signed=True), (5).to_bytes())
t((256).to_bytes, 1, 'big')
t((-1).to_bytes, 1, 'big')
t((1).to_bytes, 1, 'middle')
print(int.from_bytes(b'\x04\x00', 'big'), int.from_bytes(b'\xff\xfe', 'little', signed=True), int.from_bytes([1, 2]))
print((6).as_integer_ratio(), (5).conjugate(), (5).real, (5).imag, (5).numerator, (5).denominator, (5).is_integer())
# case: int_dunder_calls
print((5).__add__(3), (5).__radd__(3), (5).__add__(1.5), (5).__lt__(6), (5).__eq__('x'), (5).__neg__(), (5).__bool__(), (5).__index__())
print(int.__add__(1, 2), int.__mul__(3, 4), (7).__floordiv__(2), (7).__mod__(4), (7).__divmod__(4), (2).__pow__(5), (2).__pow__(5, 7), (5).__hash__())
t(int.__add__, 'x', 1)
# case: big_integers
a = 10**40 + 7
b = 3**50
print(a * b, a // b, a % b, -a // b, -a % b, a & b, a | b, a ^ b)
print(hash(a), hash(-a), a == float(a), a > 1e40, a < float('inf'), len(str(2**3000)), (2**100).bit_length())
import math
print(math.factorial(30), math.gcd(2**70, 6**30), math.isqrt(10**41))
# case: int_string_limit
t(int, '9' * 5000)
t(str, 10**5000)
t(len, str(10**4299))
t(int, 'f' * 5000, 16) if False else None
# case: float_repr
for x in (0.1, 1.0, -0.0, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, 1.5e300, float('inf'), float('-inf'), float('nan'), 5e-324, 1/3, 2**53 * 1.0, 1e22, 1e23, 0.1 + 0.2):
    print(x, repr(x), str(x), [x])
# case: float_parse
for s in ('1.5', ' 1e3 ', 'inf', '-Infinity', 'NaN', '1_0.5', '.5', '5.', '1e', 'abc', '', '0x1p3', '1e400', '-1e-400', '1__0', '+.5e-1'):
    t(float, s)
t(float, None)
t(float, [])
t(float, 10**400)
t(float, b'2.5')
# case: float_methods
print((2.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (2.5).hex(), float.fromhex('0x1.4p1'), (-0.0).hex(), (1e300).hex())
t(float('inf').as_integer_ratio)
t(float('nan').as_integer_ratio)
t(float.fromhex, 'zz')
print((3.7).__trunc__(), (3.7).__floor__(), (3.2).__ceil__(), (2.5).__round__(), (3.7).__int__(), (1.5).conjugate(), (1.5).real, (1.5).imag)
# case: float_floor_and_modulo
for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (-0.0, 3), (1e300, 7), (0.3, 0.1), (5, float('inf')), (-5, float('inf'))):
    print(a // b, a % b, divmod(a, b))
# case: rounding
for x in (0.5, 1.5, 2.5, -0.5, 2.675, 1234.5678, 1e20, 25, 35, -15):
    print(round(x), round(x, 1), round(x, -1), round(x, 2))
t(round, 1.5, 1.5)
t(round, 'x')
t(round, float('nan'))
t(round, float('inf'))
print(round(float('inf'), 2), round(12345678901234567890, -5), round(5, None), round(True))
# case: float_compare
nan = float('nan')
print(nan == nan, nan != nan, nan < 1, nan in [nan], [nan] == [nan], 0.0 == -0.0, 1 == 1.0, 1.0 == True, 2**53 + 1 == float(2**53 + 1))
print(max(1, nan), max(nan, 1), min(nan, 1), sorted([3, 1.5, 2, True]))
t(lambda: 1 < 'a')
t(lambda: 1.5 >= None)
t(lambda: 1j < 2j)
# case: float_overflow
t(lambda: 1e308 * 10)
t(lambda: 2.0 ** 2000)
t(lambda: 10 ** 400 * 1.0)
t(lambda: 10 ** 400 / 3)
t(lambda: (10 ** 400) / (10 ** 399))
t(lambda: int(1e308) * 100 / 1e300)
t(lambda: (-8.0) ** 0.5)
# case: float_hash
print(hash(1.5), hash(2.0), hash(float('inf')), hash(-float('inf')), hash(0.1), hash(1e300), hash(-0.0), hash(True), hash(-1), hash(-2))
# case: bool_arithmetic
print(True + True, True * 3, -True, ~False, True == 1, isinstance(True, int), bool([]), bool('x'), bool(0.0), sum([True, False, True]))
print(repr(True), str(False), f'{True:d}', f'{True}', '%d' % True, int(True), float(True), [0, 1][True])
t(bool, 1, 2)
# case: complex_arithmetic
z = 3 + 4j
print(z, abs(z), z.conjugate(), z.real, z.imag, z * 2, z / 2, z ** 2, -z, +z, z - 1j, 1j * 1j, z == 3 + 4j, z != 3)
print(complex(1, 2), complex('1+2j'), complex(' -3j '), complex(1.5), complex('nan'), complex(), complex(0.0, -0.0), -0j, 1e20j)
t(complex, 'a')
t(complex, '1 + 2j')
t(complex, [])
t(complex, '1', 2)
t(lambda: z // 1)
t(lambda: z % 1)
t(int, z)
t(float, z)
t(divmod, z, 1)
# case: complex_more
print(hash(1 + 0j), hash(3j), 1j ** 2, (1 + 1j) ** -1, 2 ** 1j, bool(0j), complex(True, False), repr(1 - 0j), str(-1.5e10 + 2j), (1 + 2j) == (1 + 2j), {1: 'a'}[1 + 0j])
print(f'{1+2j:.2f}', f'{3.14159+2.5j:10.1e}', '%s' % (1j), format(1j), sum([1j, 2]), complex(1, 2).__complex__())
# case: numeric_literals
print(0xFF, 0o17, 0b101, 1_000_000, 1e3, 1E-2, .5, 5., 0x_ff, 1_0.0_1, 10j, 1e1j, 0xdeadBEEF)
# case: number_type_errors
t(lambda: 1 + 'a')
t(lambda: 'a' + 1)
t(lambda: 1 - [])
t(lambda: None * 2)
t(lambda: [] * 1.5)
t(lambda: 'a' * 'b')
t(lambda: 1 & 1.5)
t(lambda: ~1.5)
t(lambda: -'a')
t(lambda: +[])
t(lambda: abs('x'))
t(lambda: 1 @ 2)
t(lambda: {} + {})
t(lambda: 5 ** 'x')
t(lambda: 5 << 'x')
def add(x, y):
    x += y
t(add, 1, 'a')
t(add, 'a', 1)
t(add, (), [])
t(add, [], 5)
# case: integer_subclass
class Money(int):
    def __str__(self):
        return f'${int(self)}'
    def __add__(self, other):
        return Money(int(self) + int(other))
m = Money(5)
print(m, repr(m), m + 3, type(m + 3).__name__, 3 + m, type(3 + m).__name__, m * 2, f'{m}', f'{m:d}', '%d' % m, '%s' % m, isinstance(m, int), m == 5, hash(m) == hash(5), {5: 'x'}[m])
# case: float_subclass
class F(float):
    def __repr__(self): return f'F({float(self)})'
f = F(2.5)
print(f, repr(f), f + 1, type(f + 1).__name__, f'{f:.1f}', round(f), int(f), f.hex(), [f], F('1e3'))
# case: sum_and_product
import math
print(sum([0.1] * 10), sum([1, 2.5]), sum([], 5), sum([[1], [2]], []), math.fsum([0.1] * 10), math.prod([2, 3, 4]), math.sumprod([1, 2], [3, 4]))
t(sum, ['a'])
t(sum, ['a'], '')
t(sum, [b'a'], b'')
t(sum, 5)
# case: math_functions
import math
for f in (math.sqrt, math.sin, math.cos, math.tan, math.exp, math.log, math.log2, math.log10, math.atan, math.floor, math.ceil, math.trunc, math.degrees, math.radians, math.exp2, math.expm1, math.log1p, math.gamma, math.lgamma, math.erf, math.erfc, math.sinh, math.cosh, math.tanh, math.fabs):
    print(f.__name__, f(2.5), f(1))
# case: math_more
import math
print(math.pi, math.e, math.tau, math.inf, math.nan, math.hypot(3, 4), math.dist((0, 0), (3, 4)), math.atan2(1, -1), math.fmod(-7, 3), math.remainder(7, 4), math.copysign(1, -0.0), math.frexp(10.0), math.ldexp(0.5, 4), math.modf(-2.5))
print(math.comb(10, 3), math.perm(5, 2), math.perm(4), math.lcm(4, 6), math.gcd(), math.isclose(0.1 + 0.2, 0.3), math.isnan(math.nan), math.isinf(1), math.isfinite(1), math.nextafter(1, 2), math.ulp(1.0), math.log(8, 2))
# case: math_errors
import math
t(math.sqrt, -1)
t(math.log, 0)
t(math.log, -1)
t(math.factorial, -1)
t(math.factorial, 1.5)
t(math.exp, 1000)
t(math.sqrt, 'x')
t(math.floor, math.inf)
t(math.isqrt, -1)
t(math.comb, -1, 2)
t(math.acos, 2)
t(math.gcd, 1.5)
t(math.pow, 0, -1)
t(math.fmod, 1, 0)
# case: index_protocol
class I:
    def __index__(self): return 3
print([0, 1, 2, 3][I()], 'abcdef'[I():], range(I()), hex(I()), bin(I()), oct(I()), 'a' * I(), [1] * I(), bytes(I()), int(I()), float(I()), round(1.23456, I()), list(range(10))[:I()])
class Bad:
    def __index__(self): return 'x'
t(lambda: [1][Bad()])
t(hex, Bad())
# case: conversion_protocols
class N:
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __complex__(self): return 1j
    def __bool__(self): return False
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 1
    def __floor__(self): return 2
    def __ceil__(self): return 3
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return ('dm', o)
    def __rdivmod__(self, o): return ('rdm', o)
import math
n = N()
print(int(n), float(n), complex(n), bool(n), round(n), round(n, 2), math.trunc(n), math.floor(n), math.ceil(n), abs(n), divmod(n, 2), divmod(2, n), not n)
class B:
    def __int__(self): return 'x'
    def __float__(self): return 1
    def __bool__(self): return 2
    def __complex__(self): return 1
t(int, B()); t(float, B()); t(bool, B()); t(complex, B())
# case: small_builtin_numbers
print(hex(255), hex(-255), oct(8), bin(10), bin(-10), hex(2**70), abs(-5), abs(-2.5), divmod(17, 5), divmod(-17, 5), pow(2, 0.5))
t(hex, 1.5)
t(bin, 'x')
t(abs)
t(divmod, 1)
t(chr, -1); t(chr, 0x110000); t(chr, 'x'); t(ord, 'ab'); t(ord, ''); t(ord, 5); t(ord, b'a'); t(chr, 8364)
# case: chained_comparison
x = 5
print(1 < x < 10, 1 < x > 3, 1 < x > 7, 1 == 1.0 == True, 3 > 2 > 1 > 0, 1 < 2 < 3 > 2 >= 2 != 5)
def f(n):
    print('f', n)
    return n
print(f(1) < f(2) < f(0) < f(9))
# case: in_place_operators
x = 10
x += 1; print(x)
x -= 2; print(x)
x *= 3; print(x)
x //= 2; print(x)
x %= 7; print(x)
x **= 3; print(x)
x <<= 2; print(x)
x >>= 1; print(x)
x |= 5; print(x)
x &= 0xf; print(x)
x ^= 3; print(x)
x /= 4; print(x)
# case: float_of_text_that_is_no_number
class Named(str):
    def __repr__(self): return 'named'
for value in ('1..2', b'xyz', bytearray(b'xyz'), Named('x'), '\n'):
    try:
        float(value)
    except ValueError as error:
        print(error)
# case: cube_root_last_digit
# known deviation: math.cbrt can differ in the last digit
import math
print(math.cbrt(2.5))
# case: wrapper_argument_count
# known deviation: special methods of builtin types called with a wrong number of arguments say so in other words
t((5).__add__)
t([].__len__, 1)

# case: limit_of_digits_set
import sys
print(sys.get_int_max_str_digits())
for bad in (100, -1, 'x', None, 1.5, 639):
    try: print(sys.set_int_max_str_digits(bad))
    except Exception as e: print(type(e).__name__, e)
sys.set_int_max_str_digits(0)
print(len(str(10**9999)), sys.get_int_max_str_digits(), int('7'*5000) % 10)
sys.set_int_max_str_digits(maxdigits=640)
for f in (lambda: str(10**700), lambda: int('1'*641), lambda: f"{10**700}", lambda: "%d" % 10**700, lambda: repr([10**700]), lambda: 1 and format(10**700, ','), lambda: (10**700).__str__()):
    try: print(len(f()))
    except Exception as e: print(type(e).__name__, e)
try: sys.set_int_max_str_digits()
except TypeError as e: print(e)
try: sys.set_int_max_str_digits(1,2)
except TypeError as e: print(e)
print(sys.int_info.default_max_str_digits, sys.flags.int_max_str_digits)

# case: too_many_keyword_arguments
import queue, os, sys, math, time
for f in (lambda: queue.SimpleQueue().put_nowait(1,2), lambda: os._exit(1,2), lambda: sys.set_int_max_str_digits(1,2), lambda: memoryview(1,2), lambda: sys.set_int_max_str_digits(1, foo=2)):
    try: f()
    except TypeError as e: print(e)
