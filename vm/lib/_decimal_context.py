# gilsim: atomic
"""The signals and contexts of `decimal`."""

import threading as _threading

ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP = (
    'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN',
    'ROUND_05UP')
MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX


class DecimalException(ArithmeticError):
    """Something happened in a computation."""

    __module__ = 'decimal'


class Clamped(DecimalException):
    """An exponent was changed."""

    __module__ = 'decimal'


class InvalidOperation(DecimalException):
    """There is no result."""

    __module__ = 'decimal'


class ConversionSyntax(InvalidOperation):
    """Text that is no number."""

    __module__ = 'decimal'


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """0 / 0"""

    __module__ = 'decimal'


class DivisionImpossible(InvalidOperation):
    """A quotient with too many digits."""

    __module__ = 'decimal'


class DivisionByZero(DecimalException, ZeroDivisionError):
    """x / 0"""

    __module__ = 'decimal'


class Inexact(DecimalException):
    """Digits were lost."""

    __module__ = 'decimal'


class Rounded(DecimalException):
    """Digits were dropped."""

    __module__ = 'decimal'


class Subnormal(DecimalException):
    """An exponent is very small."""

    __module__ = 'decimal'


class Overflow(Inexact, Rounded):
    """A number is too large."""

    __module__ = 'decimal'


class Underflow(Inexact, Rounded, Subnormal):
    """A number is too small."""

    __module__ = 'decimal'


class FloatOperation(DecimalException, TypeError):
    """Floats and decimals were mixed."""

    __module__ = 'decimal'


_SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Subnormal, Underflow, Rounded, Inexact, Clamped)


class Context:
    """How to compute: precision, rounding, limits, signals."""

    __module__ = 'decimal'

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        self.prec = 28 if prec is None else prec
        self.rounding = ROUND_HALF_EVEN if rounding is None else rounding
        self.Emin = -999999 if Emin is None else Emin
        self.Emax = 999999 if Emax is None else Emax
        self.capitals = 1 if capitals is None else capitals
        self.clamp = 0 if clamp is None else clamp
        wanted = (InvalidOperation, DivisionByZero, Overflow) if traps is None else traps
        self.traps = {signal: bool(wanted.get(signal) if isinstance(wanted, dict) else signal in wanted)
                      for signal in _SIGNALS}
        wanted = flags or ()
        self.flags = {signal: bool(wanted.get(signal) if isinstance(wanted, dict) else signal in wanted)
                      for signal in _SIGNALS}

    def __setattr__(self, name, value):
        if name == 'prec' and not (isinstance(value, int) and 1 <= value <= MAX_PREC):
            if not isinstance(value, int):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            raise ValueError("valid range for prec is [1, MAX_PREC]")
        if name == 'rounding' and value not in (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR,
                                                ROUND_UP, ROUND_HALF_DOWN, ROUND_05UP):
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                            "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        object.__setattr__(self, name, value)

    def copy(self):
        """A second context with the same settings."""
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags),
                       dict(self.traps))

    __copy__ = copy

    def clear_flags(self):
        """Forget what was signalled."""
        for signal in self.flags:
            self.flags[signal] = False

    def clear_traps(self):
        """Raise nothing any more."""
        for signal in self.traps:
            self.traps[signal] = False

    def _signal(self, signal, result, *causes):
        self.flags[signal] = True
        if self.traps[signal]:
            raise signal(list(causes) or [signal])
        return result

    def create_decimal(self, num='0'):
        """A number rounded to the precision."""
        return _decimal()(num, self)._fixed(self)

    def __repr__(self):
        def shown(signals):
            return '[' + ', '.join([signal.__name__ for signal, on in signals.items() if on]) + ']'
        return (f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, '
                f'capitals={self.capitals}, clamp={self.clamp}, flags={shown(self.flags)}, traps={shown(self.traps)})')

    def _binary(name):
        def method(self, a, b):
            with localcontext(self):
                return getattr(_decimal()(a), name)(_decimal()(b))
        return method

    add, subtract, multiply, divide = map(_binary, ('__add__', '__sub__', '__mul__', '__truediv__'))
    power, remainder, divide_int = map(_binary, ('__pow__', '__mod__', '__floordiv__'))

    divmod = _binary('__divmod__')

    def _with_own(name):
        def method(self, a, *others):
            decimal = _decimal()
            return getattr(decimal(a), name)(*[decimal(other) for other in others], context=self)
        return method

    sqrt, exp, ln, log10, logb = map(_with_own, ('sqrt', 'exp', 'ln', 'log10', 'logb'))
    quantize, fma, scaleb, remainder_near = map(_with_own, ('quantize', 'fma', 'scaleb', 'remainder_near'))
    next_plus, next_minus, next_toward = map(_with_own, ('next_plus', 'next_minus', 'next_toward'))
    compare, max, min, max_mag, min_mag = map(_with_own, ('compare', 'max', 'min', 'max_mag', 'min_mag'))
    normalize, to_integral_value, same_quantum = map(_with_own, ('normalize', 'to_integral_value', 'same_quantum'))
    to_integral_exact, is_normal, is_subnormal, number_class = map(
        _with_own, ('to_integral_exact', 'is_normal', 'is_subnormal', 'number_class'))

    def _of_number(name):
        def method(self, a):
            with localcontext(self):
                return getattr(_decimal()(a), name)()
        return method

    plus, minus, abs, copy_abs, copy_negate = map(
        _of_number, ('__pos__', '__neg__', '__abs__', 'copy_abs', 'copy_negate'))
    is_finite, is_infinite, is_nan, is_signed, is_zero = map(
        _of_number, ('is_finite', 'is_infinite', 'is_nan', 'is_signed', 'is_zero'))
    is_qnan, is_snan, to_sci_string, to_eng_string = map(
        _of_number, ('is_qnan', 'is_snan', '__str__', 'to_eng_string'))

    def copy_sign(self, a, b):
        """A number with the sign of another."""
        return _decimal()(a).copy_sign(_decimal()(b))

    def create_decimal_from_float(self, f, /):
        """A float, rounded to the precision."""
        return _decimal().from_float(f)._fixed(self)

    def Etiny(self):
        """The exponent of the smallest number."""
        return self.Emin - self.prec + 1

    def Etop(self):
        """The largest exponent of a number with all digits."""
        return self.Emax - self.prec + 1


DefaultContext = Context()
BasicContext = Context(9, ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[])
_local = _threading.local()


def getcontext():
    """The context of the current thread."""
    try:
        return _local.context
    except AttributeError:
        _local.context = DefaultContext.copy()
        return _local.context


def setcontext(context, /):
    """Set the context of the current thread."""
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    _local.context = context.copy() if context in (DefaultContext, BasicContext, ExtendedContext) else context


class _LocalContext:
    def __init__(self, context):
        self._new = context

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *exc):
        setcontext(self._saved)


def localcontext(ctx=None, **kwargs):
    """A context for a `with` block."""
    new = (getcontext() if ctx is None else ctx).copy()
    for name, value in kwargs.items():
        if name not in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(new, name, value)
    return _LocalContext(new)


def _decimal():
    from decimal import Decimal
    return Decimal
