# gilsim: atomic
"""Spans of time, and time zones of a fixed offset: the part of datetime that the rest builds on.

Mirrors timedelta, tzinfo and timezone of CPython 3.13's Modules/_datetimemodule.c.
"""

_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY_US = 86400 * 1000000


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _MONTH_DAYS[month]


def _days_before_month(year, month):
    days = 1 if month > 2 and _is_leap(year) else 0
    for before in range(1, month):
        days += _MONTH_DAYS[before]
    return days


def _cmp(x, y):
    return 0 if x == y else 1 if x > y else -1


def _round_ratio(n, d):
    # n / d rounded to the nearest integer, halves to the even one.
    quotient, rest = divmod(n, d)
    rest *= 2
    return quotient + 1 if rest > d or rest == d and quotient % 2 else quotient


def _microseconds(parts):
    # The exact sum of (number, microseconds per unit), rounded once.
    whole, n, d = 0, 0, 1
    for value, unit in parts:
        if isinstance(value, int):
            whole += value * unit
        elif isinstance(value, float):
            if value != value:
                raise ValueError("cannot convert float NaN to integer")
            if value - value != 0:
                raise OverflowError("cannot convert float infinity to integer")
            vn, vd = value.as_integer_ratio()
            n, d = n * vd + vn * unit * d, d * vd
        else:
            raise TypeError(f"unsupported type for timedelta component: {type(value).__name__}")
    return whole + _round_ratio(n, d)


class timedelta:
    """A span of time, kept as days, seconds and microseconds."""

    __module__ = 'datetime'
    __slots__ = '_days', '_seconds', '_microseconds'

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        named = (('days', days, _DAY_US), ('seconds', seconds, 1000000), ('microseconds', microseconds, 1),
                 ('milliseconds', milliseconds, 1000), ('minutes', minutes, 60000000), ('hours', hours, 3600000000),
                 ('weeks', weeks, 7 * _DAY_US))
        for name, value, unit in named:
            if not isinstance(value, (int, float)):
                raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
        return _from_us(cls, _microseconds([(value, unit) for name, value, unit in named]))

    days = property(lambda self: self._days, doc="days")
    seconds = property(lambda self: self._seconds, doc="seconds")
    microseconds = property(lambda self: self._microseconds, doc="microseconds")

    def _us(self):
        return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds

    def total_seconds(self):
        """The span in seconds."""
        return self._us() / 10**6

    def __repr__(self):
        parts = []
        for name in ('days', 'seconds', 'microseconds'):
            value = getattr(self, '_' + name)
            if value:
                parts.append(f'{name}={value}')
        return f"{type(self).__module__}.{type(self).__qualname__}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        text = '%d:%02d:%02d' % (minutes // 60, minutes % 60, seconds)
        if self._days:
            text = '%d day%s, ' % (self._days, '' if abs(self._days) == 1 else 's') + text
        return text + '.%06d' % self._microseconds if self._microseconds else text

    def __add__(self, other):
        return _from_us(timedelta, self._us() + other._us()) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return _from_us(timedelta, self._us() - other._us()) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return _from_us(timedelta, other._us() - self._us()) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return _from_us(timedelta, -self._us())

    def __pos__(self):
        return self

    def __abs__(self):
        return -self if self._days < 0 else self

    def __mul__(self, other):
        if isinstance(other, int):
            return _from_us(timedelta, self._us() * other)
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            return _from_us(timedelta, _round_ratio(self._us() * n, d))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us() // other._us()
        if isinstance(other, int):
            return _from_us(timedelta, self._us() // other)
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us() / other._us()
        if isinstance(other, int):
            if not other:
                raise ZeroDivisionError("integer division or modulo by zero")
            us = self._us()
            return _from_us(timedelta, _round_ratio(us, other) if other > 0 else _round_ratio(-us, -other))
        if isinstance(other, float):
            n, d = other.as_integer_ratio()
            if n < 0:
                n, d = -n, -d
            if not n:
                raise ZeroDivisionError("integer division or modulo by zero")
            return _from_us(timedelta, _round_ratio(self._us() * d, n))
        return NotImplemented

    def __mod__(self, other):
        return _from_us(timedelta, self._us() % other._us()) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._us(), other._us())
        return quotient, _from_us(timedelta, rest)

    def __eq__(self, other):
        return self._us() == other._us() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us() <= other._us() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us() < other._us() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us() >= other._us() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us() > other._us() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash((self._days, self._seconds, self._microseconds))

    def __bool__(self):
        return self._us() != 0

    def __reduce__(self):
        return type(self), (self._days, self._seconds, self._microseconds)


def _from_us(cls, us):
    days, us = divmod(us, _DAY_US)
    if abs(days) > 0x7fffffff:
        raise OverflowError("Python int too large to convert to C int")
    if abs(days) > 999999999:
        raise OverflowError("days=%d; must have magnitude <= 999999999" % days)
    self = object.__new__(cls)
    self._days = days
    self._seconds, self._microseconds = divmod(us, 1000000)
    return self


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class tzinfo:
    """A time zone; subclasses define utcoffset(), dst() and tzname()."""

    __module__ = 'datetime'
    __slots__ = ()

    def tzname(self, dt):
        """Its name at a time."""
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def utcoffset(self, dt):
        """Its distance from UTC at a time."""
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt):
        """How much of that is for summer."""
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def fromutc(self, dt):
        """A time of UTC as a time of this zone."""
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset, dst = dt.utcoffset(), dt.dst()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        if dst is None:
            raise ValueError("fromutc: non-None dst() result required")
        delta = offset - dst
        if delta:
            dt += delta
            dst = dt.dst()
        return dt + dst


class timezone(tzinfo):
    """A time zone with a fixed distance from UTC."""

    __module__ = 'datetime'
    __slots__ = '_offset', '_name'

    def __new__(cls, offset, name=None):
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if name is None:
            if not offset and hasattr(cls, 'utc'):
                return cls.utc
        elif not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if not timedelta(-1) < offset < timedelta(1):
            raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and "
                             f"timedelta(hours=24), not {offset!r}.")
        self = tzinfo.__new__(cls)
        self._offset = offset
        self._name = name
        return self

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        if self._name is None:
            return f"datetime.timezone({self._offset!r})"
        return f"datetime.timezone({self._offset!r}, {self._name!r})"

    def __str__(self):
        return self.tzname(None)

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        return self._default_name() if self._name is None else self._name

    def _default_name(self):
        if not self._offset:
            return 'UTC'
        from datetime import _offset_text
        return 'UTC' + _offset_text(self._offset)

    def dst(self, dt):
        return None

    def __reduce__(self):
        return type(self), (self._offset,) if self._name is None else (self._offset, self._name)

    def fromutc(self, dt):
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset


timezone.utc = timezone(timedelta(0))
timezone.min = timezone(timedelta(hours=-23, minutes=-59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
