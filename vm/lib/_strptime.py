# gilsim: atomic
"""Dates and times from texts: strptime() and fromisoformat() of datetime.

Mirrors the results of CPython 3.13's Lib/_strptime.py (English names, no week numbers %U %W with years) and of the
parsers in Modules/_datetimemodule.c.
"""

from _timedelta import timedelta, _days_before_month, _is_leap

_DAYS = ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
_MONTHS = ('january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
           'november', 'december')
_SHORTHANDS = {'c': '%a %b %d %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S', 'D': '%m/%d/%y', 'T': '%H:%M:%S',
               'R': '%H:%M', 'r': '%I:%M:%S %p', 'F': '%Y-%m-%d'}
# Digits at most, smallest, greatest value.
_NUMBERS = {'d': (2, 1, 31), 'H': (2, 0, 23), 'I': (2, 1, 12), 'j': (3, 1, 366), 'm': (2, 1, 12), 'M': (2, 0, 59),
            'S': (2, 0, 61), 'y': (2, 0, 99), 'u': (1, 1, 7), 'w': (1, 0, 6)}


class _Mismatch(Exception):
    pass


def _number(text, at, most, low, high):
    # As many digits as a pattern would take: the longest stretch whose value is allowed.
    end = at
    while end < len(text) and end < at + most and '0' <= text[end] <= '9':
        end += 1
    while end > at:
        if low <= int(text[at:end]) <= high:
            return int(text[at:end]), end
        end -= 1
    raise _Mismatch


def _name(text, at, names):
    rest = text[at:].lower()
    for number in range(len(names)):
        if rest.startswith(names[number]):
            return number, at + len(names[number])
    raise _Mismatch


def _expand(fmt):
    result = []
    at = 0
    while at < len(fmt):
        if fmt[at] == '%' and at + 1 < len(fmt):
            directive = fmt[at + 1]
            result.append(_expand(_SHORTHANDS[directive]) if directive in _SHORTHANDS else fmt[at:at + 2])
            at += 2
        else:
            result.append(fmt[at])
            at += 1
    return ''.join(result)


def parse(text, fmt):
    """(year, month, day, hour, minute, second, microsecond, offset or None, name of the zone or None)"""
    for what, value in ((0, text), (1, fmt)):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {what + 1} must be str, not {type(value).__name__}")
    return _assemble(_match(text, fmt))


def time_tuple(text, fmt='%a %b %d %H:%M:%S %Y'):
    """time.strptime()"""
    from time import struct_time
    for what, value in ((0, text), (1, fmt)):
        if not isinstance(value, str):
            raise TypeError("strptime() argument {} must be str, not {}".format(what, type(value)))
    found = _match(text, fmt)
    year, month, day, hour, minute, second, _, offset, _ = _assemble(found)
    length = 29 if month == 2 and _is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if day > length:
        raise ValueError("day is out of range for month")
    yearday = _days_before_month(year, month) + day
    years = year - 1
    weekday = found.get('weekday', (years * 365 + years // 4 - years // 100 + years // 400 + yearday + 6) % 7)
    seconds = None if offset is None else offset.days * 86400 + offset.seconds
    return struct_time((year, month, day, hour, minute, second, weekday, yearday, 0 if 'Z' in found else -1,
                        found.get('Z'), seconds))


def _match(text, fmt):
    # What the directives of the format find in the text.
    found = {}
    pattern = _expand(fmt)
    at = 0
    i = 0
    try:
        while i < len(pattern):
            char = pattern[i]
            i += 1
            if char.isspace():
                if not (at < len(text) and text[at].isspace()):
                    raise _Mismatch
                while at < len(text) and text[at].isspace():
                    at += 1
                while i < len(pattern) and pattern[i].isspace():
                    i += 1
            elif char != '%':
                if text[at:at + 1].lower() != char.lower():
                    raise _Mismatch
                at += 1
            else:
                if i == len(pattern):
                    raise ValueError("stray %% in format '%s'" % fmt)
                at = _directive(pattern[i], text, at, found, fmt)
                i += 1
    except _Mismatch:
        raise ValueError("time data %r does not match format %r" % (text, fmt)) from None
    if at < len(text):
        raise ValueError("unconverted data remains: %s" % text[at:])
    return found


def _directive(directive, text, at, found, fmt):
    if directive in _NUMBERS:
        found[directive], at = _number(text, at, *_NUMBERS[directive])
    elif directive == 'Y':
        if not (text[at:at + 4].isdecimal() and len(text[at:at + 4]) == 4):
            raise _Mismatch
        found['Y'], at = int(text[at:at + 4]), at + 4
    elif directive == 'f':
        end = at
        while end < len(text) and end < at + 6 and '0' <= text[end] <= '9':
            end += 1
        if end == at:
            raise _Mismatch
        found['f'], at = int(text[at:end].ljust(6, '0')), end
    elif directive in 'bBh':
        names = _MONTHS if directive == 'B' else tuple([name[:3] for name in _MONTHS])
        number, at = _name(text, at, names)
        found['m'] = number + 1
    elif directive in 'aA':
        names = _DAYS if directive == 'A' else tuple([name[:3] for name in _DAYS])
        found['weekday'], at = _name(text, at, names)
    elif directive == 'p':
        found['p'], at = _name(text, at, ('am', 'pm'))
    elif directive == 'z':
        found['z'], at = _zone_offset(text, at)
    elif directive == 'Z':
        number, at = _name(text, at, ('utc', 'gmt'))
        found['Z'] = ('UTC', 'GMT')[number]
    elif directive == '%':
        if text[at:at + 1] != '%':
            raise _Mismatch
        at += 1
    else:
        raise ValueError("'%s' is a bad directive in format '%s'" % (directive, fmt))
    return at


def _zone_offset(text, at):
    if text[at:at + 1] == 'Z':
        return timedelta(0), at + 1
    if text[at:at + 1] not in ('+', '-'):
        raise _Mismatch
    sign = -1 if text[at] == '-' else 1
    hours, at = _two_digits(text, at + 1, 23)
    colon = text[at:at + 1] == ':'
    minutes, at = _two_digits(text, at + colon, 59)
    seconds = us = 0
    if (text[at:at + 1] == ':') == colon and text[at + colon:at + colon + 2].isdecimal():
        seconds, at = _two_digits(text, at + colon, 59)
        if text[at:at + 1] == '.':
            end = at + 1
            while end < len(text) and end < at + 7 and '0' <= text[end] <= '9':
                end += 1
            us, at = int(text[at + 1:end].ljust(6, '0')), end
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=us), at


def _two_digits(text, at, high):
    digits = text[at:at + 2]
    if len(digits) != 2 or not digits.isdecimal() or int(digits) > high:
        raise _Mismatch
    return int(digits), at + 2


def _assemble(found):
    year = found.get('Y')
    if year is None and 'y' in found:
        year = found['y'] + (2000 if found['y'] <= 68 else 1900)
    leap_default = year is None and found.get('m') == 2 and found.get('d') == 29
    if year is None:
        year = 1904 if leap_default else 1900
    month, day = found.get('m', 1), found.get('d', 1)
    if 'j' in found and 'm' not in found:
        month = 12
        while _days_before_month(year, month) >= found['j']:
            month -= 1
        day = found['j'] - _days_before_month(year, month)
    hour = found.get('H', 0)
    if 'I' in found:
        hour = found['I'] % 12 + (12 if found.get('p') == 1 else 0)
    if leap_default:
        year = 1900
    return (year, month, day, hour, found.get('M', 0), found.get('S', 0), found.get('f', 0), found.get('z'),
            found.get('Z') if 'z' in found else None)


# fromisoformat() ----------------------------------------------------------------------------------------------------

def _invalid(whole):
    raise ValueError(f'Invalid isoformat string: {whole!r}')


def _digits(text, whole):
    if not text.isdecimal() or not text.isascii():
        _invalid(whole)
    return int(text)


def iso_date(text, whole):
    """Year, month and day of YYYY-MM-DD, YYYYMMDD, YYYY-Www-D, YYYYWwwD or YYYY-Www."""
    year = _digits(text[:4], whole)
    rest = text[4:]
    dash = rest[:1] == '-'
    if dash:
        rest = rest[1:]
    if rest[:1] == 'W':
        week = _digits(rest[1:3], whole)
        rest = rest[3:]
        weekday = 1
        if rest:
            if (rest[:1] == '-') != dash:
                _invalid(whole)
            rest = rest[dash:]
            if len(rest) != 1:
                _invalid(whole)
            weekday = _digits(rest, whole)
        from datetime import date
        found = date.fromisocalendar(year, week, weekday)
        return found.year, found.month, found.day
    if len(rest) != 4 + dash or dash and rest[2] != '-':
        _invalid(whole)
    return year, _digits(rest[:2], whole), _digits(rest[2 + dash:], whole)


def _clock(text, whole):
    # Hour, minute, second and microsecond of HH[:MM[:SS[.fff]]] or without the colons.
    values = [0, 0, 0]
    colon = text[2:3] == ':'
    at = 0
    for index in range(3):
        if len(text[at:at + 2]) != 2:
            _invalid(whole)
        values[index] = _digits(text[at:at + 2], whole)
        at += 2
        if at >= len(text):
            return values + [0]
        if text[at] in '.,' and index == 2:
            break
        if index == 2 or (text[at] == ':') != colon:
            _invalid(whole)
        at += colon
    fraction = text[at + 1:]
    if not fraction:
        _invalid(whole)
    _digits(fraction, whole)
    return values + [int(fraction[:6].ljust(6, '0'))]


def iso_time(text, whole):
    """Hour, minute, second, microsecond and time zone."""
    from _timedelta import timezone
    if not text:
        _invalid(whole)
    at = max(text.find('+'), text.find('-'), text.find('Z'))
    if at < 0:
        return (*_clock(text, whole), None)
    clock = _clock(text[:at], whole)
    if text[at] == 'Z':
        if at + 1 != len(text):
            _invalid(whole)
        return (*clock, timezone.utc)
    if len(text) - at not in (3, 5, 6, 7, 9) and '.' not in text[at:]:
        _invalid(whole)
    hours, minutes, seconds, us = _clock(text[at + 1:], whole)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=us)
    return (*clock, timezone(-offset if text[at] == '-' else offset))


def iso_datetime(text):
    """The arguments of datetime for a whole text."""
    if len(text) < 7:
        _invalid(text)
    if 'W' in text[4:6]:
        size = 8 if text[4] == '-' else 7
        if text[size:size + 1] == '-' and text[4] == '-' and len(text[size + 1:size + 2]) == 1:
            size += 2
        elif text[4] != '-' and text[size:size + 1].isdecimal():
            size += 1
    else:
        size = 10 if text[4] == '-' else 8
    day = iso_date(text[:size], text)
    if len(text) == size:
        return day
    return (*day, *iso_time(text[size + 1:], text))
