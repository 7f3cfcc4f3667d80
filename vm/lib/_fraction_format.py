"""How a Fraction is written for a format specification.

Digits are rounded exactly, half to even, in integers; signs, padding and separators follow the rules of numbers.
Behaves as CPython 3.13's Fraction.__format__.
"""

import re

_START = r'(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ]?)'
_WIDTH = r'(?P<width>0|[1-9][0-9]*)?(?P<separator>[,_])?'
_PLAIN = re.compile(_START + r'(?P<alternate>\#)?' + _WIDTH, re.DOTALL)
_FLOAT = re.compile(_START + r'(?P<positive_zero>z)?(?P<alternate>\#)?(?P<zeros>0(?=[0-9]))?' + _WIDTH
                    + r'(?:\.(?P<precision>0|[1-9][0-9]*))?(?P<kind>[eEfFgG%])', re.DOTALL)


def write(value, spec):
    n, d = value.numerator, value.denominator
    if options := _PLAIN.fullmatch(spec):
        return _padded(options, _sign(options, n < 0), _plain(n, d, options))
    options = _FLOAT.fullmatch(spec)
    if options and not (options['align'] and options['zeros']):
        return _float_style(n, d, options)
    raise ValueError(f"Invalid format specifier {spec!r} for object of type {type(value).__name__!r}")


def _plain(n, d, options):
    separator = options['separator'] or ''
    whole = format(abs(n), separator)
    return f'{whole}/{d:{separator}}' if d > 1 or options['alternate'] else whole


def _float_style(n, d, options):
    kind, precision = options['kind'], int(options['precision'] or 6)
    if kind in 'fF%':
        shift, end = precision + 2 * (kind == '%'), '%' if kind == '%' else ''
        digits, after_point = _rounded(abs(n), d, shift), precision
    else:
        digits, after_point, end = _significant(abs(n), d, kind, precision)
    text = str(digits).zfill(after_point + 1)
    whole, decimals = text[:len(text) - after_point], text[len(text) - after_point:]
    if kind in 'gG' and not options['alternate']:
        decimals = decimals.rstrip('0')
    rest = ('.' if decimals or options['alternate'] else '') + decimals + end
    sign = _sign(options, n < 0 and not (options['positive_zero'] and digits == 0))
    width = int(options['width'] or 0) - len(sign) - len(rest) if options['zeros'] else 0
    whole = format(int(whole), f"0{max(width, 1)}{options['separator'] or ''}")
    return _padded(options, sign, whole + rest)


def _significant(n, d, kind, precision):
    """Digits of a number in the style of e or g, how many stand after the point, and the exponent's text."""
    figures = max(precision, 1) if kind in 'gG' else precision + 1
    digits, exponent = _figures(n, d, figures)
    if kind in 'gG' and -4 <= exponent < figures:
        return digits, figures - 1 - exponent, ''
    return digits, figures - 1, f"{'E' if kind in 'EG' else 'e'}{exponent:+03d}"


def _figures(n, d, figures):
    """So many digits, and the power of ten of the first one."""
    if n == 0:
        return 0, 0
    exponent = len(str(n)) - len(str(d))
    exponent -= n < d * 10**exponent if exponent >= 0 else n * 10**-exponent < d
    digits = _rounded(n, d, figures - 1 - exponent)
    if digits == 10**figures:
        return digits // 10, exponent + 1
    return digits, exponent


def _rounded(n, d, places):
    """The integer nearest to n / d * 10**places, the even one of two."""
    if places >= 0:
        n *= 10**places
    else:
        d *= 10**-places
    whole, rest = divmod(n, d)
    return whole + (2 * rest > d or 2 * rest == d and whole % 2)


def _sign(options, negative):
    return '-' if negative else options['sign'].replace('-', '')


def _padded(options, sign, body):
    width, fill = int(options['width'] or 0), options['fill'] or ' '
    match options['align'] or '>':
        case '=':
            return sign + body.rjust(width - len(sign), fill)
        case '>':
            return (sign + body).rjust(width, fill)
        case '<':
            return (sign + body).ljust(width, fill)
        case '^':
            missing = max(width - len(sign + body), 0)
            return fill * (missing // 2) + sign + body + fill * (missing - missing // 2)
