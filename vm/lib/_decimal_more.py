# gilsim: atomic
"""The less common operations of Decimal: functions, neighbours, exponents, kinds of numbers.

Mirrors CPython 3.13's Modules/_decimal. Leaves out the logical operations, rotate, shift, and the total order.
"""

from _decimal_context import DivisionByZero, InvalidOperation, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, getcontext

# e to the power of a number with more digits before the point overflows whatever the limits are.
_EXP_SIZE_MAX = 20


def _new(sign, number, exp, special=''):
    from decimal import _new
    return _new(sign, number, exp, special)


def _rounding(context, rounding):
    context = (context or getcontext()).copy()
    context.rounding = rounding
    return context


def _calm(context, rounding):
    context = _rounding(context, rounding)
    context.clear_traps()
    return context


class More:
    __slots__ = ()

    def _computed(self, context, compute):
        from _decimal_functions import nearest
        context = context or getcontext()
        number, exp = nearest(context.prec, compute)
        near = _rounding(context, ROUND_HALF_EVEN)
        result = _new(int(number < 0), abs(number), exp)._fixed(near)
        context.flags.update(near.flags)
        return result

    def exp(self, context=None):
        """e to the power of it."""
        from _decimal_functions import exp
        context = context or getcontext()
        nan = self._not_a_number()
        if nan is not None:
            return nan
        if self._special:
            return _new(0, 0, 0) if self._sign else self
        if not self._int:
            return _new(0, 1, 0)
        if self.adjusted() >= _EXP_SIZE_MAX:
            return _new(0, 1, -2 * 10**18 if self._sign else 2 * 10**18)._fixed(context)
        if self.adjusted() < -context.prec - 1:
            return self._computed(context, lambda digits: (10**digits + (-1) ** self._sign, -digits))
        n = -self._int if self._sign else self._int
        return self._computed(context, lambda digits: exp(n, self._exp, digits))

    def _logarithm(self, context, compute, exact):
        context = context or getcontext()
        nan = self._not_a_number()
        if nan is not None:
            return nan
        if not self._special and not self._int:
            return _new(1, 0, 0, 'F')
        if self._sign:
            return context._signal(InvalidOperation, _new(0, 0, 0, 'n'))
        if self._special:
            return self
        result = exact()
        return self._computed(context, lambda digits: compute(self._int, self._exp, digits)) if result is None else result

    def ln(self, context=None):
        """The natural logarithm."""
        from _decimal_functions import ln
        return self._logarithm(context, ln, lambda: _new(0, 0, 0) if self == 1 else None)

    def log10(self, context=None):
        """The decimal logarithm."""
        from _decimal_functions import log10

        def exact():
            at = self.adjusted()
            if str(self._int).rstrip('0') == '1':
                return _new(int(at < 0), abs(at), 0)._fixed(context or getcontext())
        return self._logarithm(context, log10, exact)

    def _fraction_power(self, other):
        # With an exponent that is infinite or no integer; neither is NaN.
        from _decimal_functions import power
        context = getcontext()
        if self._sign and (self._special or self._int):
            return self._invalid()
        one = _new(0, 10 ** (context.prec - 1), 1 - context.prec)
        if other._special:
            if self == 1:
                return one
            return _new(0, 0, 0, 'F') if (self > 1) == (not other._sign) else _new(0, 0, 0)
        if self._special or not self._int:
            return _new(0, 0, 0, 'F') if bool(self._special) == (not other._sign) else _new(0, 0, 0)
        if self == 1:
            return one
        by = -other._int if other._sign else other._int
        size = other.adjusted() + len(str(abs(self.adjusted())))
        if size > _EXP_SIZE_MAX:
            return _new(0, 1, 2 * 10**18 if (self > 1) == (by > 0) else -2 * 10**18)._fixed(context)
        result = self._computed(context, lambda digits: power(self._int, self._exp, by, other._exp, digits))
        missing = 0 if result._special else context.prec - len(str(result._int))
        return result if missing <= 0 else _new(0, result._int * 10**missing, result._exp - missing)

    def _neighbour(self, context, up):
        context = context or getcontext()
        nan = self._not_a_number()
        if nan is not None:
            return nan
        towards = int(not up)
        if self._special:
            return self if self._sign == towards else _new(self._sign, 10**context.prec - 1, context.Emax - context.prec + 1)
        if not self._int:
            return _new(towards, 1, context.Emin - context.prec + 1)
        calm = _calm(context, ROUND_CEILING if up else ROUND_FLOOR)
        fixed = self._fixed(calm)
        if fixed != self:
            return fixed
        shift = context.prec - len(str(fixed._int))
        number, exp = fixed._int * 10**shift, fixed._exp - shift
        if self._sign == towards:
            number += 1
        elif number == 10 ** (context.prec - 1):
            number, exp = 10**context.prec - 1, exp - 1
        else:
            number -= 1
        return _new(self._sign, number, exp)._fixed(calm)

    def next_plus(self, context=None):
        """The smallest number that is larger."""
        return self._neighbour(context, True)

    def next_minus(self, context=None):
        """The largest number that is smaller."""
        return self._neighbour(context, False)

    def next_toward(self, other, context=None):
        """The next number in the direction of another."""
        nan = self._not_a_number(other)
        if nan is not None:
            return nan
        return self.copy_sign(other) if self == other else self._neighbour(context, self < other)

    def scaleb(self, other, context=None):
        """With another number added to the exponent."""
        context = context or getcontext()
        nan = self._not_a_number(other if isinstance(other, More) else None)
        if nan is not None:
            return nan
        by = int(other)
        if by != other or abs(by) > 2 * (context.Emax + context.prec):
            return context._signal(InvalidOperation, _new(0, 0, 0, 'n'))
        return self if self._special else _new(self._sign, self._int, self._exp + by)._fixed(context)

    def logb(self, context=None):
        """The exponent of the first digit, as a number."""
        context = context or getcontext()
        nan = self._not_a_number()
        if nan is not None:
            return nan
        if self._special:
            return _new(0, 0, 0, 'F')
        if not self._int:
            return context._signal(DivisionByZero, _new(1, 0, 0, 'F'))
        at = self.adjusted()
        return _new(int(at < 0), abs(at), 0)._fixed(context)

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        from decimal import Decimal, localcontext
        other, third = Decimal(other), Decimal(third)
        if self._special or other._special:
            return self * other + third
        with localcontext(context or getcontext()) as exact:
            return _new(self._sign ^ other._sign, self._int * other._int, self._exp + other._exp) + third

    def remainder_near(self, other, context=None):
        """What is left of a division by the nearest integer."""
        from decimal import Decimal
        other = Decimal(other)
        context = context or getcontext()
        nan = self._not_a_number(other)
        if nan is not None:
            return nan
        if self._special or not other._special and not other._int:
            return self._invalid()
        if other._special:
            return self._fixed(context)
        exp = min(self._exp, other._exp)
        n, d = self._int * 10 ** (self._exp - exp), other._int * 10 ** (other._exp - exp)
        quotient, rest = divmod(n, d)
        if 2 * rest > d or 2 * rest == d and quotient % 2:
            rest -= d
        return _new(self._sign ^ int(rest < 0), abs(rest), exp)._fixed(context)

    def same_quantum(self, other, context=None):
        """Whether two numbers have the same exponent."""
        if self._special or other._special:
            return self.is_nan() and other.is_nan() or self.is_infinite() and other.is_infinite()
        return self._exp == other._exp

    def is_qnan(self):
        """Whether it is a quiet NaN."""
        return self._special == 'n'

    def is_snan(self):
        """Whether it is a NaN that signals."""
        return self._special == 'N'

    def is_canonical(self):
        """Yes."""
        return True

    def canonical(self):
        """Itself."""
        return self

    def radix(self):
        """10"""
        return _new(0, 10, 0)

    def is_normal(self, context=None):
        """Whether it has its full precision."""
        return not self._special and self._int != 0 and self.adjusted() >= (context or getcontext()).Emin

    def is_subnormal(self, context=None):
        """Whether it is too small for its full precision."""
        return not self._special and self._int != 0 and self.adjusted() < (context or getcontext()).Emin

    def number_class(self, context=None):
        """What kind of number it is."""
        if self.is_nan():
            return 'sNaN' if self.is_snan() else 'NaN'
        if self._special:
            kind = 'Infinity'
        elif not self._int:
            kind = 'Zero'
        else:
            kind = 'Subnormal' if self.is_subnormal(context) else 'Normal'
        return '+-'[self._sign] + kind

    def max_mag(self, other, context=None):
        """The one that is larger without its sign."""
        a, b = self.copy_abs(), other.copy_abs()
        return self.max(other, context) if a == b or a.is_nan() or b.is_nan() else self if a > b else other

    def min_mag(self, other, context=None):
        """The one that is smaller without its sign."""
        a, b = self.copy_abs(), other.copy_abs()
        return self.min(other, context) if a == b or a.is_nan() or b.is_nan() else self if a < b else other
