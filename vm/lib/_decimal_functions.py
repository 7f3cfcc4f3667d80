# gilsim: atomic
"""exp, ln, log10 and powers of decimal numbers with an exponent that is no integer.

In integers with a fixed point: e**r by halving r and Taylor's series, the logarithm by Halley's steps from a float's, each
with more digits than are wanted. A result is rounded once, and computed again with more digits where it lies so near to
the middle between two numbers that the error could decide.
"""

import math

# Digits beyond the wanted ones; the last value is taken as it comes, for a result may be the middle itself.
_GUARDS = 9, 30, 100
# What the last digits may be wrong by.
_ERROR = 10 ** 5
_HALVINGS = 12


def _exp_fixed(r, unit):
    r >>= _HALVINGS
    total, term, n = unit, unit, 0
    while term:
        n += 1
        term = term * r // (unit * n)
        total += term
        if -1 <= term <= 0:
            break
    for _ in range(_HALVINGS):
        total = total * total // unit
    return total


def _ln_fixed(m, unit):
    shift = max(unit.bit_length() - 60, 0)
    y = int(math.log((m >> shift) / (unit >> shift)) * 2 ** 60) * unit >> 60
    for _ in range(max(2, unit.bit_length() // 100)):
        e = _exp_fixed(y, unit)
        step = 2 * unit * (m - e) // (m + e)
        y += step
        if abs(step) < 1000:
            break
    return y


def _fixed_point(number, exp, places):
    """number * 10**exp as an integer with so many places."""
    exp += places
    return number * 10 ** exp if exp >= 0 else number // 10 ** -exp


def nearest(prec, compute):
    """The result of compute(digits), a number and an exponent, with enough digits to be rounded to prec."""
    for guard in _GUARDS:
        number, exp = compute(prec + guard)
        surplus = len(str(abs(number))) - prec
        if surplus <= 0:
            continue
        unit = 10 ** surplus
        if abs(abs(number) % unit - unit // 2) > _ERROR:
            break
    return number, exp


def exp(number, exponent, digits):
    """e ** (number * 10**exponent)"""
    size = max(len(str(abs(number))) + exponent, 0)
    places = digits + size + 10
    unit = 10 ** places
    x = _fixed_point(number, exponent, places)
    ten = _ln_fixed(10 * unit, unit)
    power = (2 * x + ten) // (2 * ten)
    return _exp_fixed(x - power * ten, unit), power - places


def ln(number, exponent, digits):
    """The natural logarithm of a positive number other than 1."""
    power = len(str(number)) - 1 + exponent
    near = 0
    if power in (0, -1):
        # Close to 1 the first digits of the logarithm are zeros.
        distance = number - 10 ** -exponent if exponent < 0 else number - 1
        near = max(0, -exponent - len(str(abs(distance))) + 1)
    places = digits + near + 10
    unit = 10 ** places
    m = _fixed_point(number, exponent - power, places)
    result = _ln_fixed(m, unit)
    if power:
        result += power * _ln_fixed(10 * unit, unit)
    return result, -places


def log10(number, exponent, digits):
    """The decimal logarithm of a positive number that is no power of ten."""
    top, places = ln(number, exponent, digits + 5)
    unit = 10 ** (digits + 15)
    bottom = _ln_fixed(10 * unit, unit)
    return top * unit // bottom, places


def power(number, exponent, by, by_exponent, digits):
    """A positive number other than 1 to the power of by * 10**by_exponent."""
    size = max(len(str(abs(by))) + by_exponent, 0) + len(str(abs(exponent) + len(str(number))))
    log, places = ln(number, exponent, digits + size + 5)
    return exp(log * by, places + by_exponent, digits)
