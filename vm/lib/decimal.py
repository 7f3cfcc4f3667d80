# gilsim: atomic
"""Decimal numbers.

Mirrors CPython 3.13's decimal: results, rounding and messages of Modules/_decimal. A number is a sign, an integer and an
exponent. Missing: the logical operations, subnormal rounding, and signals other than those trapped by
default and Inexact, Rounded, FloatOperation.
"""

import math as _math
import numbers as _numbers
import re as _re
import sys as _sys
from collections import namedtuple as _namedtuple
from _decimal_context import *
from _decimal_context import ConversionSyntax, DivisionImpossible, DivisionUndefined
from _decimal_more import More as _More

__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext', 'DecimalException',
           'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow', 'Underflow',
           'FloatOperation', 'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR',
           'ROUND_UP', 'ROUND_HALF_DOWN', 'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC',
           'MAX_EMAX', 'MIN_EMIN']

DecimalTuple = _namedtuple('DecimalTuple', 'sign digits exponent')
DecimalTuple.__module__ = 'decimal'

# Powers of ten beyond this are refused: nobody could wait for the digits.
_DIGITS_MAX = 100_000

_NUMBER = _re.compile(r'\s*([-+])?(?:(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:E([-+]?\d+))?|(Inf(?:inity)?)|(s)?NaN(\d*))\s*\Z', _re.I)


def _new(sign, number, exp, special=''):
    self = object.__new__(Decimal)
    self._sign, self._int, self._exp, self._special = sign, number, exp, special
    return self


def _ten(power):
    if power > _DIGITS_MAX:
        raise MemoryError
    return 10 ** power


def _rounded(sign, number, drop, rounding):
    # An integer without its last digits.
    unit = _ten(drop)
    quotient, rest = divmod(number, unit)
    if not rest:
        return quotient, False
    twice = rest * 2
    up = {'ROUND_DOWN': False, 'ROUND_UP': True, 'ROUND_CEILING': not sign, 'ROUND_FLOOR': bool(sign),
          'ROUND_HALF_UP': twice >= unit, 'ROUND_HALF_DOWN': twice > unit,
          'ROUND_HALF_EVEN': twice > unit or twice == unit and quotient % 2 == 1,
          'ROUND_05UP': quotient % 5 == 0}[rounding]
    return quotient + up, True


def _digits(number):
    return len(str(number)) if number else 1


def _operand(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return NotImplemented


def _converted(method):
    # An operator whose other operand may be an integer.
    def operator(self, other):
        other = _operand(other)
        return other if other is NotImplemented else method(self, other)

    operator.__name__ = method.__name__
    operator.__qualname__ = method.__qualname__
    return operator


def _reflected(name):
    def operator(self, other):
        other = _operand(other)
        return other if other is NotImplemented else getattr(other, name)(self)

    operator.__name__ = '__r' + name[2:]
    operator.__qualname__ = 'Decimal.' + operator.__name__
    return operator


class Decimal(_More):
    """A decimal number."""

    __slots__ = '_sign', '_int', '_exp', '_special'

    def __new__(cls, value='0', context=None):
        if isinstance(value, Decimal):
            parts = value._sign, value._int, value._exp, value._special
        elif isinstance(value, int):
            parts = int(value < 0), abs(int(value)), 0, ''
        elif isinstance(value, float):
            other = cls.from_float(value)
            context = context or getcontext()
            context._signal(FloatOperation, None)
            parts = other._sign, other._int, other._exp, other._special
        elif isinstance(value, str):
            m = _NUMBER.match(value.replace('_', ''))
            if m is None:
                context = context or getcontext()
                context._signal(InvalidOperation, None, ConversionSyntax)
                parts = 0, 0, 0, 'n'
            else:
                sign = int(m[1] == '-')
                if m[5]:
                    parts = sign, 0, 0, 'F'
                elif m[2] is None:
                    parts = sign, int(m[7] or '0'), 0, 'N' if m[6] else 'n'
                else:
                    fraction = m[3] or ''
                    parts = sign, int((m[2] or '') + fraction or '0'), int(m[4] or '0') - len(fraction), ''
        elif isinstance(value, (tuple, list)):
            if len(value) != 3:
                raise ValueError('argument must be a sequence of length 3')
            sign, digits, exp = value
            number = int(''.join([str(digit) for digit in digits]) or '0')
            parts = (sign, number, exp, '') if isinstance(exp, int) else (sign, number, 0, exp)
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        self = object.__new__(cls)
        self._sign, self._int, self._exp, self._special = parts
        return self

    @classmethod
    def from_float(cls, f, /):
        """The number that a float is."""
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        if _math.isinf(f) or _math.isnan(f):
            return cls(repr(f))
        n, d = abs(f).as_integer_ratio()
        k = d.bit_length() - 1
        result = _new(int(_math.copysign(1.0, f) < 0), n * 5 ** k, -k)
        return result if cls is Decimal else cls(result)

    def _fixed(self, context):
        # Rounded to the precision, within the limits of exponents.
        if self._special:
            return self
        sign, number, exp = self._sign, self._int, self._exp
        surplus = _digits(number) - context.prec
        if surplus > 0:
            number, inexact = _rounded(sign, number, surplus, context.rounding)
            exp += surplus
            if _digits(number) > context.prec:
                number //= 10
                exp += 1
            context._signal(Rounded, None)
            if inexact:
                context._signal(Inexact, None)
        if number and exp + _digits(number) - 1 > context.Emax:
            return context._signal(Overflow, _new(sign, 0, 0, 'F'))
        if number and exp + _digits(number) - 1 < context.Emin:
            return context._signal(Underflow, _new(sign, 0, context.Emin - context.prec + 1))
        if not number:
            exp = min(max(exp, context.Emin - context.prec + 1), context.Emax)
        return self if exp == self._exp and number == self._int else _new(sign, number, exp)

    def _not_a_number(self, other=None):
        # The NaN that an operation gives, if an operand is one.
        for value in (self, other):
            if value is not None and value._special == 'N':
                return getcontext()._signal(InvalidOperation, _new(value._sign, value._int, 0, 'n'))
        for value in (self, other):
            if value is not None and value._special == 'n':
                return value
        return None

    def _invalid(self, *causes):
        return getcontext()._signal(InvalidOperation, _new(0, 0, 0, 'n'), *causes)

    @_converted
    def __add__(self, other):
        nan = self._not_a_number(other)
        if nan is not None:
            return nan
        if self._special or other._special:
            if self._special and other._special and self._sign != other._sign:
                return self._invalid()
            return self if self._special else other
        context = getcontext()
        exp = min(self._exp, other._exp)
        # An operand far below the other's last digit counts only as "a little".
        big, small = (self, other) if self._exp >= other._exp else (other, self)
        gap = big._exp - small._exp
        room = context.prec + 2
        if big._int and small._int and gap + _digits(big._int) > _digits(small._int) + 2 * room + _digits(big._int) \
                and gap > _digits(small._int) + room:
            exp = big._exp - room
            small = _new(small._sign, 1, exp)
        a = (-1) ** big._sign * big._int * _ten(big._exp - exp)
        b = (-1) ** small._sign * small._int * _ten(small._exp - exp)
        total = a + b
        if total:
            sign = int(total < 0)
        elif self._sign == other._sign:
            sign = self._sign
        else:
            sign = int(context.rounding == ROUND_FLOOR)
        return _new(sign, abs(total), exp)._fixed(context)

    __radd__ = __add__

    @_converted
    def __sub__(self, other):
        return self.__add__(other.copy_negate())

    __rsub__ = _reflected('__sub__')

    @_converted
    def __mul__(self, other):
        nan = self._not_a_number(other)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._special or other._special:
            if (not self._special and not self._int) or (not other._special and not other._int):
                return self._invalid()
            return _new(sign, 0, 0, 'F')
        return _new(sign, self._int * other._int, self._exp + other._exp)._fixed(getcontext())

    __rmul__ = __mul__

    @_converted
    def __truediv__(self, other):
        nan = self._not_a_number(other)
        if nan is not None:
            return nan
        context = getcontext()
        sign = self._sign ^ other._sign
        if self._special:
            return self._invalid() if other._special else _new(sign, 0, 0, 'F')
        if other._special:
            return _new(sign, 0, context.Emin - context.prec + 1)
        if not other._int:
            if not self._int:
                return self._invalid(DivisionUndefined)
            return context._signal(DivisionByZero, _new(sign, 0, 0, 'F'))
        exp = self._exp - other._exp
        if not self._int:
            return _new(sign, 0, exp)._fixed(context)
        shift = _digits(other._int) - _digits(self._int) + context.prec + 1
        n, d = (self._int * _ten(shift), other._int) if shift >= 0 else (self._int, other._int * _ten(-shift))
        number, rest = divmod(n, d)
        ideal = exp
        exp -= shift
        if rest:
            if number % 5 == 0:
                number += 1
        else:
            while exp < ideal and number % 10 == 0:
                number //= 10
                exp += 1
        return _new(sign, number, exp)._fixed(context)

    __rtruediv__ = _reflected('__truediv__')

    def _divmod(self, other):
        nan = self._not_a_number(other)
        if nan is not None:
            return nan, nan
        context = getcontext()
        sign = self._sign ^ other._sign
        if self._special:
            return (self._invalid(), self._invalid()) if other._special else (_new(sign, 0, 0, 'F'), self._invalid())
        if other._special:
            return _new(sign, 0, 0), self._fixed(context)
        if not other._int:
            if not self._int:
                return self._invalid(DivisionUndefined), self._invalid(DivisionUndefined)
            return context._signal(DivisionByZero, _new(sign, 0, 0, 'F')), self._invalid()
        exp = min(self._exp, other._exp)
        if self._exp + _digits(self._int) - other._exp - _digits(other._int) > context.prec:
            return self._invalid(DivisionImpossible), self._invalid(DivisionImpossible)
        n, d = self._int * _ten(self._exp - exp), other._int * _ten(other._exp - exp)
        quotient, rest = divmod(n, d)
        if _digits(quotient) > context.prec:
            return self._invalid(DivisionImpossible), self._invalid(DivisionImpossible)
        return _new(sign, quotient, 0), _new(self._sign, rest, exp)._fixed(context)

    @_converted
    def __floordiv__(self, other):
        if self._special and not other._special and self._special == 'F':
            return _new(self._sign ^ other._sign, 0, 0, 'F')
        if not other._special and not self._special and not other._int and self._int:
            return getcontext()._signal(DivisionByZero, _new(self._sign ^ other._sign, 0, 0, 'F'))
        return self._divmod(other)[0]

    __rfloordiv__ = _reflected('__floordiv__')

    @_converted
    def __mod__(self, other):
        if not other._special and not self._special and not other._int:
            return self._invalid(*([DivisionUndefined] if not self._int else []))
        return self._divmod(other)[1]

    __rmod__ = _reflected('__mod__')

    @_converted
    def __divmod__(self, other):
        return self._divmod(other)

    @_converted
    def __rdivmod__(self, other):
        return other._divmod(self)

    def __pow__(self, other, modulo=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        if modulo is not None:
            return Decimal(pow(int(self), int(other), int(modulo)))
        nan = self._not_a_number(other)
        if nan is not None:
            return nan
        context = getcontext()
        if other._special or not other._is_whole():
            if other == Decimal('0.5') and self._int and not self._sign:
                root = self.sqrt()
                missing = 0 if root._special else context.prec - _digits(root._int)
                return root if missing <= 0 else _new(0, root._int * _ten(missing), root._exp - missing)
            return self._fraction_power(other)
        power = int(other)
        if power == 0:
            return self._invalid() if not self._special and not self._int else _new(0, 1, 0)
        sign = self._sign if power % 2 else 0
        if self._special:
            return _new(sign, 0, 0, 'F') if power > 0 else _new(sign, 0, 0)
        if not self._int:
            return _new(sign, 0, 0) if power > 0 else _new(sign, 0, 0, 'F')
        # Digits beyond what is wanted are cut on the way, with room for the error of every step.
        room = context.prec + 10 + _digits(abs(power))
        number, exp, left, exact = 1, 0, abs(power), True
        base, base_exp = self._int, self._exp
        while left:
            if left & 1:
                number, exp = number * base, exp + base_exp
            left >>= 1
            if left:
                base, base_exp = base * base, base_exp * 2
            for surplus in (_digits(base) - room,):
                if surplus > 0:
                    exact = exact and base % _ten(surplus) == 0
                    base, base_exp = base // _ten(surplus), base_exp + surplus
            surplus = _digits(number) - room
            if surplus > 0:
                exact = exact and number % _ten(surplus) == 0
                number, exp = number // _ten(surplus), exp + surplus
        if not exact and number % 5 == 0:
            number += 1
        result = _new(sign, number, exp)
        if power > 0:
            return result._fixed(context)
        return _new(0, 1, 0).__truediv__(result)

    __rpow__ = _reflected('__pow__')

    def sqrt(self, context=None):
        """The square root."""
        context = context or getcontext()
        nan = self._not_a_number()
        if nan is not None:
            return nan
        if not self._special and not self._int:
            return _new(self._sign, 0, self._exp // 2)
        if self._sign:
            return self._invalid()
        if self._special:
            return self
        ideal = self._exp // 2
        shift = max(0, 2 * (context.prec + 1) - _digits(self._int))
        shift += (self._exp - shift) % 2
        n = self._int * _ten(shift)
        root = _math.isqrt(n)
        exp = (self._exp - shift) // 2
        if root * root == n:
            while exp < ideal and root % 10 == 0:
                root //= 10
                exp += 1
        elif root % 5 == 0:
            root += 1
        return _new(0, root, exp)._fixed(Context(context.prec, ROUND_HALF_EVEN, traps=dict(context.traps)))

    def quantize(self, exp, rounding=None, context=None):
        """The number with the exponent of another."""
        context = context or getcontext()
        exp = Decimal(exp) if isinstance(exp, int) else exp
        if not isinstance(exp, Decimal):
            raise TypeError(f"conversion from {type(exp).__name__} to Decimal is not supported")
        nan = self._not_a_number(exp)
        if nan is not None:
            return nan
        if self._special or exp._special:
            return self if self._special and exp._special else context._signal(InvalidOperation, _new(0, 0, 0, 'n'))
        drop = exp._exp - self._exp
        if drop <= 0:
            number = self._int * _ten(-drop) if self._int else 0
        else:
            number, inexact = _rounded(self._sign, self._int, min(drop, _digits(self._int) + 1),
                                       rounding or context.rounding)
            context._signal(Rounded, None)
            if inexact:
                context._signal(Inexact, None)
        if _digits(number) > context.prec:
            return context._signal(InvalidOperation, _new(0, 0, 0, 'n'))
        return _new(self._sign, number, exp._exp)

    def to_integral_value(self, rounding=None, context=None):
        """The nearest integer."""
        if self._special or self._exp >= 0:
            return self
        number, _ = _rounded(self._sign, self._int, min(-self._exp, _digits(self._int) + 1),
                             rounding or (context or getcontext()).rounding)
        return _new(self._sign, number, 0)

    to_integral = to_integral_exact = to_integral_value

    def normalize(self, context=None):
        """Without zeros at the end."""
        result = self._fixed(context or getcontext())
        if result._special:
            return result
        number, exp = result._int, result._exp
        if not number:
            return _new(result._sign, 0, 0)
        while number % 10 == 0:
            number //= 10
            exp += 1
        return _new(result._sign, number, exp)

    def _is_whole(self):
        return self._exp >= 0 or self._int % _ten(min(-self._exp, _digits(self._int) + 1)) == 0

    def _truncated(self):
        number = self._int * _ten(self._exp) if self._exp >= 0 else self._int // _ten(min(-self._exp, _DIGITS_MAX))
        return -number if self._sign else number

    def __int__(self):
        if self._special == 'F':
            raise OverflowError("cannot convert Infinity to integer")
        if self._special:
            raise ValueError("cannot convert NaN to integer")
        return self._truncated()

    __trunc__ = __int__

    def __float__(self):
        if self._special == 'N':
            raise ValueError("cannot convert signaling NaN to float")
        return float(str(self))

    def __complex__(self):
        return complex(float(self))

    def __floor__(self):
        return int(self.to_integral_value(ROUND_FLOOR)) if not self._special else int(self)

    def __ceil__(self):
        return int(self.to_integral_value(ROUND_CEILING)) if not self._special else int(self)

    def __round__(self, n=None):
        if n is not None:
            return self.quantize(_new(0, 1, -n))
        return int(self.to_integral_value(ROUND_HALF_EVEN)) if not self._special else int(self)

    def _order(self, other):
        # -1, 0, 1; None for a NaN.
        if self._special in ('n', 'N') or other._special in ('n', 'N'):
            return None
        a = (1 - 2 * self._sign) * (2 if self._special else 1 if self._int else 0)
        b = (1 - 2 * other._sign) * (2 if other._special else 1 if other._int else 0)
        if a != b or a in (0, 2, -2):
            return (a > b) - (a < b)
        m, n = self._exp + _digits(self._int), other._exp + _digits(other._int)
        if m != n:
            return a if m > n else -a
        exp = min(self._exp, other._exp)
        m, n = self._int * _ten(self._exp - exp), other._int * _ten(other._exp - exp)
        return a * ((m > n) - (m < n))

    def _compared(self, other, test, quiet=False):
        if isinstance(other, float):
            getcontext().flags[FloatOperation] = True
            other = Decimal.from_float(other)
        elif isinstance(other, _numbers.Rational) and not isinstance(other, int):
            if not self._special:
                self, other = self * other.denominator, Decimal(other.numerator)
        other = _operand(other)
        if other is NotImplemented:
            return other
        order = self._order(other)
        if order is None:
            if not quiet or 'N' in (self._special, other._special):
                self._invalid()
            return False
        return test(order)

    def __eq__(self, other):
        return self._compared(other, lambda order: order == 0, True)

    def __lt__(self, other):
        return self._compared(other, lambda order: order < 0)

    def __le__(self, other):
        return self._compared(other, lambda order: order <= 0)

    def __gt__(self, other):
        return self._compared(other, lambda order: order > 0)

    def __ge__(self, other):
        return self._compared(other, lambda order: order >= 0)

    def compare(self, other, context=None):
        """-1, 0 or 1 as a Decimal."""
        other = Decimal(other)
        nan = self._not_a_number(other)
        return Decimal(self._order(other)) if nan is None else nan

    def max(self, other, context=None):
        """The larger one."""
        other = Decimal(other)
        return (self if self._order(other) >= 0 else other)._fixed(context or getcontext())

    def min(self, other, context=None):
        """The smaller one."""
        other = Decimal(other)
        return (self if self._order(other) <= 0 else other)._fixed(context or getcontext())

    def __hash__(self):
        if self._special == 'N':
            raise TypeError('Cannot hash a signaling NaN value')
        if self._special == 'n':
            return object.__hash__(self)
        if self._special:
            return -_sys.hash_info.inf if self._sign else _sys.hash_info.inf
        modulus = _sys.hash_info.modulus
        power = pow(10, self._exp, modulus) if self._exp >= 0 else pow(pow(10, -1, modulus), -self._exp, modulus)
        value = self._int * power % modulus
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def __bool__(self):
        return bool(self._special or self._int)

    def __neg__(self):
        if not self._special and not self._int:
            return self.copy_abs()._fixed(getcontext())
        return self.copy_negate()._fixed(getcontext())

    def __pos__(self):
        if not self._special and not self._int:
            return self.copy_abs()._fixed(getcontext())
        return self._fixed(getcontext())

    def __abs__(self):
        return self.copy_abs()._fixed(getcontext())

    def copy_abs(self):
        """Without sign."""
        return _new(0, self._int, self._exp, self._special)

    def copy_negate(self):
        """With the other sign."""
        return _new(1 - self._sign, self._int, self._exp, self._special)

    def copy_sign(self, other, context=None):
        """With the sign of another."""
        return _new(Decimal(other)._sign, self._int, self._exp, self._special)

    def as_tuple(self):
        """Sign, digits, exponent."""
        digits = tuple([int(c) for c in str(self._int)])
        if self._special:
            return DecimalTuple(self._sign, (0,) if self._special == 'F' else digits if self._int else (), self._special)
        return DecimalTuple(self._sign, digits, self._exp)

    def as_integer_ratio(self):
        """Numerator and denominator."""
        if self._special:
            kind, name = (OverflowError, 'Infinity') if self._special == 'F' else (ValueError, 'NaN')
            raise kind(f"cannot convert {name} to integer ratio")
        if not self._int:
            return 0, 1
        n, d = (self._int * _ten(self._exp), 1) if self._exp >= 0 else (self._int, _ten(-self._exp))
        common = _math.gcd(n, d)
        return (-1) ** self._sign * n // common, d // common

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._special else self._exp + _digits(self._int) - 1

    def is_nan(self):
        """Whether it is no number."""
        return self._special in ('n', 'N')

    def is_infinite(self):
        """Whether it is infinite."""
        return self._special == 'F'

    def is_finite(self):
        """Whether it is a number with digits."""
        return not self._special

    def is_zero(self):
        """Whether it is 0."""
        return not self._special and not self._int

    def is_signed(self):
        """Whether it has a minus."""
        return self._sign == 1

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def conjugate(self):
        """Itself."""
        return self

    def __str__(self, eng=False, capitals=1):
        sign = '-' if self._sign else ''
        if self._special == 'F':
            return sign + 'Infinity'
        if self._special:
            return sign + ('sNaN' if self._special == 'N' else 'NaN') + (str(self._int) if self._int else '')
        digits = str(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            point = left
        else:
            point = 1 if not eng else (left + 1) % 3 - 1 if digits == '0' else (left - 1) % 3 + 1
        if point <= 0:
            whole, fraction = '0', '.' + '0' * -point + digits
        elif point >= len(digits):
            whole, fraction = digits + '0' * (point - len(digits)), ''
        else:
            whole, fraction = digits[:point], '.' + digits[point:]
        exp = '' if left == point else 'E%+d' % (left - point)
        return sign + whole + fraction + exp

    def to_eng_string(self, context=None):
        """With an exponent that is a multiple of 3."""
        return self.__str__(eng=True)

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, spec, /):
        from _decimal_format import formatted
        return formatted(self, spec)

    def __reduce__(self):
        return self.__class__, (str(self),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


_numbers.Number.register(Decimal)
HAVE_THREADS = True
HAVE_CONTEXTVAR = True
