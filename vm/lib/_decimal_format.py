# gilsim: atomic
"""Format specifications of decimal numbers."""

import re as _re

_SPEC = _re.compile(r'(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?(,)?(?:\.(\d+))?([eEfFgGn%])?\Z', _re.S)


def formatted(self, spec):
    m = _SPEC.match(spec)
    if m is None:
        raise ValueError('invalid format string')
    fill, align, plus, _, _, zero, width, comma, precision, kind = m.groups()
    kind = kind or ''
    if self._special:
        body = str(self.copy_abs())
        whole, rest, tail = body, '', ''
    else:
        whole, rest, tail = _parts(self, kind, precision)
    sign = '-' if self._sign else plus if plus in ('+', ' ') else ''
    pad = int(width or 0)
    if zero and not align:
        fill, align = '0', '='
    if comma:
        digits, whole = whole, ''
        if align == '=' and fill == '0':
            need = pad - len(sign) - len(rest) - len(tail)
            while len(digits) + (len(digits) - 1) // 3 < need:
                digits = '0' + digits
        while len(digits) > 3:
            whole = comma + digits[-3:] + whole
            digits = digits[:-3]
        whole = digits + whole
    body = whole + rest + tail
    fill, align = fill or ' ', align or '>'
    missing = max(0, pad - len(sign) - len(body))
    if align == '=':
        return sign + fill * missing + body
    text = sign + body
    left = {'<': 0, '>': missing, '^': missing // 2}[align]
    return fill * left + text + fill * (missing - left)


def _parts(self, kind, precision):
    # The digits before and after the point, and the exponent or percent sign.
    number, exp = self._int, self._exp
    from decimal import _digits, _new, _rounded, _ten, getcontext
    rounding = getcontext().rounding
    tail = ''
    if kind == '%':
        exp += 2
        tail = '%'
    if kind in ('f', 'F', '%'):
        if precision is not None:
            wanted = -int(precision)
            if wanted > exp:
                number, _ = _rounded(self._sign, number, min(wanted - exp, _digits(number) + 1), rounding)
            else:
                number *= _ten(exp - wanted)
            exp = wanted
        if exp > 0:
            number, exp = number * _ten(exp), 0
        digits = str(number).rjust(1 - exp, '0')
        return (digits, '', tail) if exp == 0 else (digits[:exp], '.' + digits[exp:], tail)
    if kind in ('e', 'E'):
        if precision is not None:
            surplus = _digits(number) - int(precision) - 1
            if surplus > 0:
                number, _ = _rounded(self._sign, number, surplus, rounding)
                exp += surplus
                if _digits(number) > int(precision) + 1:
                    number, exp = number // 10, exp + 1
            elif number:
                number, exp = number * _ten(-surplus), exp + surplus
        digits = str(number).ljust(1 + int(precision or 0) if not number else 1, '0')
        power = exp + len(digits) - 1
        return digits[:1], '.' + digits[1:] if len(digits) > 1 else '', f'{kind}{power:+d}'
    if precision is not None:
        surplus = _digits(number) - max(1, int(precision))
        if surplus > 0:
            number, _ = _rounded(self._sign, number, surplus, rounding)
            exp += surplus
    text = str(_new(0, number, exp))
    mantissa, e, power = text.partition('E')
    whole, point, fraction = mantissa.partition('.')
    letter = 'e' if kind in ('g', 'n') else 'E'
    return whole, point + fraction, letter + power if e else ''
