# gilsim: atomic
"""Times of day and points in time: the rest of datetime.

Mirrors time and datetime of CPython 3.13's Modules/_datetimemodule.c.
"""

import math as _math
import time as _time
from _timedelta import timedelta, timezone, tzinfo, _from_us
from datetime import date, _check_date, _index, _format, _offset_text, _name_of, _from_ordinal, _DAYS, _MONTHS, \
    _MAXORDINAL


def _check_time(hour, minute, second, microsecond, fold):
    hour, minute, second, microsecond = _index(hour), _index(minute), _index(second), _index(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= minute <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= second <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= microsecond <= 999999:
        raise ValueError('microsecond must be in 0..999999')
    if fold not in (0, 1):
        raise ValueError('fold must be either 0 or 1')
    return hour, minute, second, microsecond


def _check_zone(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")


def _offset(name, value):
    # What a time zone may answer.
    if value is None:
        return None
    if not isinstance(value, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or a timedelta, not '{type(value).__name__}'")
    if not timedelta(-1) < value < timedelta(1):
        raise ValueError(f"{name}()={value}, must be strictly between -timedelta(hours=24) and timedelta(hours=24)")
    return value


def _clock(hour, minute, second, microsecond, timespec):
    text = '%02d:%02d:%02d' % (hour, minute, second)
    if timespec == 'auto':
        return text + '.%06d' % microsecond if microsecond else text
    if timespec == 'microseconds':
        return text + '.%06d' % microsecond
    if timespec == 'milliseconds':
        return text + '.%03d' % (microsecond // 1000)
    if timespec in ('hours', 'minutes', 'seconds'):
        return text[:{'hours': 2, 'minutes': 5, 'seconds': 8}[timespec]]
    raise ValueError('Unknown timespec value')


def _repr_clock(self, parts):
    if self._second or self._microsecond:
        parts.append(str(self._second))
    if self._microsecond:
        parts.append(str(self._microsecond))
    if self._tzinfo is not None:
        parts.append(f'tzinfo={self._tzinfo!r}')
    if self._fold:
        parts.append('fold=1')
    return f"{_name_of(self)}({', '.join(parts)})"


class time:
    """A time of day."""

    __module__ = 'datetime'
    __slots__ = '_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold'

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        hour, minute, second, microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    def _key(self, other_offset):
        offset = self.utcoffset()
        us = ((self._hour * 60 + self._minute) * 60 + self._second) * 1000000 + self._microsecond
        return us - (offset // timedelta(microseconds=1) if offset is not None and other_offset is not None else 0)

    def _keys(self, other):
        mine, others = self.utcoffset(), other.utcoffset()
        if (mine is None) != (others is None):
            return None
        if mine == others:
            return self._key(None), other._key(None)
        return self._key(others), other._key(mine)

    def _order(self, other):
        keys = self._keys(other)
        if keys is None:
            raise TypeError("can't compare offset-naive and offset-aware times")
        return keys

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        keys = self._keys(other)
        return keys is not None and keys[0] == keys[1]

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, others = self._order(other)
        return mine < others

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, others = self._order(other)
        return mine <= others

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, others = self._order(other)
        return mine > others

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        mine, others = self._order(other)
        return mine >= others

    def __hash__(self):
        return hash((self._key(0), self.utcoffset() is None))

    def __repr__(self):
        return _repr_clock(self, [str(self._hour), str(self._minute)])

    def isoformat(self, timespec='auto'):
        """HH:MM:SS, the fraction and the offset if there are any."""
        return (_clock(self._hour, self._minute, self._second, self._microsecond, timespec)
                + _offset_text(self.utcoffset()))

    __str__ = isoformat

    @classmethod
    def fromisoformat(cls, time_string, /):
        """The time of a text as isoformat() makes it."""
        if not isinstance(time_string, str):
            raise TypeError('fromisoformat: argument must be str')
        from _strptime import iso_time
        text = time_string[1:] if time_string[:1] == 'T' else time_string
        return cls(*iso_time(text, time_string))

    def strftime(self, format):
        """A text in a format."""
        return _format(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError("must be str, not %s" % type(fmt).__name__)
        return self.strftime(fmt) if fmt else str(self)

    def utcoffset(self):
        """The distance from UTC."""
        return None if self._tzinfo is None else _offset("utcoffset", self._tzinfo.utcoffset(None))

    def tzname(self):
        """The name of the time zone."""
        return None if self._tzinfo is None else self._tzinfo.tzname(None)

    def dst(self):
        """How much of the distance is for summer."""
        return None if self._tzinfo is None else _offset("dst", self._tzinfo.dst(None))

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        """A time with some parts changed."""
        return type(self)(self._hour if hour is None else hour, self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def __reduce__(self):
        return type(self), (self._hour, self._minute, self._second, self._microsecond, self._tzinfo)


class datetime(date):
    """A point in time: a day and a time of day."""

    __module__ = 'datetime'
    __slots__ = '_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold'

    def __new__(cls, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        year, month, day = _check_date(year, month, day)
        hour, minute, second, microsecond = _check_time(hour, minute, second, microsecond, fold)
        _check_zone(tzinfo)
        self = object.__new__(cls)
        self._year, self._month, self._day = year, month, day
        self._hour, self._minute, self._second, self._microsecond = hour, minute, second, microsecond
        self._tzinfo, self._fold = tzinfo, fold
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def _from_stamp(cls, t, tz):
        fraction, seconds = _math.modf(t)
        us = round(fraction * 1e6)
        seconds = int(seconds)
        if us >= 1000000:
            seconds += 1
            us -= 1000000
        elif us < 0:
            seconds -= 1
            us += 1000000
        y, m, d, hh, mm, ss = _time.gmtime(seconds)[:6]
        return cls(y, m, d, hh, mm, min(ss, 59), us, tz)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The point of a POSIX timestamp."""
        _check_zone(tz)
        result = cls._from_stamp(timestamp, tz)
        return result if tz is None else tz.fromutc(result)

    @classmethod
    def utcfromtimestamp(cls, t, /):
        """The point of a POSIX timestamp in UTC, without a time zone."""
        _deprecated('utcfromtimestamp', 'timezone-aware objects to represent datetimes in UTC: '
                    'datetime.datetime.fromtimestamp(timestamp, datetime.UTC)')
        return cls._from_stamp(t, None)

    @classmethod
    def now(cls, tz=None):
        """The present."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """The present in UTC, without a time zone."""
        _deprecated('utcnow', 'timezone-aware objects to represent datetimes in UTC: '
                    'datetime.datetime.now(datetime.UTC)')
        return cls._from_stamp(_time.time(), None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """A day and a time of day put together."""
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
                   time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string, /):
        """The point of a text as isoformat() makes it."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        from _strptime import iso_datetime
        return cls(*iso_datetime(date_string))

    @classmethod
    def strptime(cls, date_string, format, /):
        """The point of a text in a format."""
        from _strptime import parse
        *values, offset, name = parse(date_string, format)
        tz = None
        if offset is not None:
            tz = timezone(offset, name) if name else timezone(offset)
        return cls(*values, tz)

    def _seconds(self):
        return (self.toordinal() - 719163) * 86400 + (self._hour * 60 + self._minute) * 60 + self._second

    def timestamp(self):
        """The POSIX timestamp."""
        if self._tzinfo is None:
            return self._seconds() + self._microsecond / 1e6
        return (self - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds()

    def timetuple(self):
        """A struct_time."""
        dst = self.dst()
        return self._struct(-1 if dst is None else 1 if dst else 0)

    def _struct(self, flag):
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second,
                                  self.weekday(), self._yday(), flag))

    def utctimetuple(self):
        """A struct_time in UTC."""
        offset = self.utcoffset()
        return (self - offset if offset else self)._struct(0)

    def date(self):
        """The day."""
        return date(self._year, self._month, self._day)

    def time(self):
        """The time of day, without the time zone."""
        return time(self._hour, self._minute, self._second, self._microsecond, fold=self._fold)

    def timetz(self):
        """The time of day with the time zone."""
        return time(self._hour, self._minute, self._second, self._microsecond, self._tzinfo, fold=self._fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, *, fold=None):
        """A point with some parts changed."""
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day, self._hour if hour is None else hour,
                          self._minute if minute is None else minute, self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo, fold=self._fold if fold is None else fold)

    __replace__ = replace

    def astimezone(self, tz=None):
        """The same point in another time zone; without one, in local time, which is UTC."""
        if tz is None:
            tz = timezone(timedelta(0), 'UTC')
        _check_zone(tz)
        mine = self._tzinfo
        if mine is tz:
            return self
        offset = None if mine is None else self.utcoffset()
        utc = (self - (offset or timedelta(0))).replace(tzinfo=tz)
        return tz.fromutc(utc)

    def ctime(self):
        """A text as of time.ctime()."""
        return "%s %s %2d %02d:%02d:%02d %04d" % (_DAYS[self.weekday()], _MONTHS[self._month - 1], self._day,
                                                  self._hour, self._minute, self._second, self._year)

    def isoformat(self, sep='T', timespec='auto'):
        """YYYY-MM-DDTHH:MM:SS, the fraction and the offset if there are any."""
        return ("%04d-%02d-%02d%s" % (self._year, self._month, self._day, sep)
                + _clock(self._hour, self._minute, self._second, self._microsecond, timespec)
                + _offset_text(self.utcoffset()))

    def __repr__(self):
        return _repr_clock(self, [str(self._year), str(self._month), str(self._day), str(self._hour),
                                  str(self._minute)])

    def __str__(self):
        return self.isoformat(sep=' ')

    def utcoffset(self):
        """The distance from UTC."""
        return None if self._tzinfo is None else _offset("utcoffset", self._tzinfo.utcoffset(self))

    def tzname(self):
        """The name of the time zone."""
        return None if self._tzinfo is None else self._tzinfo.tzname(self)

    def dst(self):
        """How much of the distance is for summer."""
        return None if self._tzinfo is None else _offset("dst", self._tzinfo.dst(self))

    def _us(self):
        return self._seconds() * 1000000 + self._microsecond

    def _difference(self, other):
        # In microseconds; None if only one of them has a time zone.
        if self._tzinfo is other._tzinfo:
            return self._us() - other._us()
        mine, others = self.utcoffset(), other.utcoffset()
        if (mine is None) != (others is None):
            return None
        difference = self._us() - other._us()
        return difference if mine is None else difference + (others - mine) // timedelta(microseconds=1)

    def _order(self, other):
        difference = self._difference(other)
        if difference is None:
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return difference

    def __eq__(self, other):
        return self._difference(other) == 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other):
        return self._order(other) <= 0 if isinstance(other, datetime) else NotImplemented

    def __lt__(self, other):
        return self._order(other) < 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other):
        return self._order(other) >= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other):
        return self._order(other) > 0 if isinstance(other, datetime) else NotImplemented

    def __hash__(self):
        offset = self.utcoffset()
        return hash(self._us() if offset is None else (self._us() - offset // timedelta(microseconds=1), 0))

    def __reduce__(self):
        return type(self), (self._year, self._month, self._day, self._hour, self._minute, self._second,
                            self._microsecond, self._tzinfo)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        days, us = divmod(self._us() + other // timedelta(microseconds=1), 86400000000)
        n = days + 719163
        if not 0 < n <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        seconds, us = divmod(us, 1000000)
        return type(self)(*_from_ordinal(n), seconds // 3600, seconds // 60 % 60, seconds % 60, us, self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._difference(other)
        if difference is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return _from_us(timedelta, difference)


def _deprecated(name, instead):
    import warnings
    warnings.warn(f'datetime.datetime.{name}() is deprecated and scheduled for removal in a future version. '
                  f'Use {instead}.', DeprecationWarning, stacklevel=3)


time.min, time.max, time.resolution = time(0, 0), time(23, 59, 59, 999999), timedelta(microseconds=1)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
