"""Averages and measures of spread.

Mirrors CPython 3.13's Lib/statistics.py: sums are exact (as fractions of integers), results are rounded once. Leaves out
NormalDist, kde and median_grouped.
"""

import math
import sys

__all__ = ['StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean', 'harmonic_mean',
           'linear_regression', 'mean', 'median', 'median_high', 'median_low', 'mode', 'multimode', 'pstdev',
           'pvariance', 'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    """The data do not have such a number."""


class _Fraction:
    # A fraction of integers, or a number that is not finite.
    __slots__ = 'n', 'd', 'special'

    def __init__(self, n, d=1, special=None):
        common = math.gcd(n, d) if special is None else 1
        self.n, self.d, self.special = n // common, d // common, special

    def over(self, count):
        if self.special is not None:
            return _Fraction(0, 1, self.special / count)
        return _Fraction(self.n, self.d * count)


def _ratio(x):
    # An exact pair of integers; (x, None) for what is not finite.
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")


def _ratios(data):
    # The type of the result, and the exact ratios
    kinds, ratios = {}, []
    for x in data:
        kinds[type(x)] = True
        ratios.append(_ratio(x))
    return kinds, ratios


def _kind(kinds):
    # The type to which results of data of these types are converted
    common = int
    for kind in kinds:
        common = _common(common, kind)
    return common


def _common(a, b):
    if b in (int, bool) or issubclass(a, b) and a is not int:
        return a
    if a is int or issubclass(b, a) or issubclass(a, int):
        return b
    if issubclass(b, int) or issubclass(a, float) and _is_from(b, 'fractions', 'Fraction'):
        return a
    if issubclass(b, float) and _is_from(a, 'fractions', 'Fraction'):
        return b
    raise TypeError("don't know how to coerce %s and %s" % (a.__name__, b.__name__))


def _is_from(kind, module, name):
    # Whether it is such a class; without importing the module, for whoever has one of its numbers has imported it
    module = sys.modules.get(module)
    return module is not None and issubclass(kind, getattr(module, name))


def _added(ratios):
    parts, special = {}, None
    for n, d in ratios:
        if d is None:
            special = n + (0 if special is None else special)
        else:
            parts[d] = parts.get(d, 0) + n
    if special is not None:
        return _Fraction(0, 1, special)
    d = math.lcm(*parts)
    return _Fraction(sum([n * (d // part) for part, n in parts.items()]), d)


def _sum(data):
    # (type of the result, the exact sum, how many)
    kinds, ratios = _ratios(data)
    return _kind(kinds), _added(ratios), len(ratios)


def _convert(value, kind):
    if value.special is not None:
        return value.special
    if issubclass(kind, int):
        return kind(value.n) if value.d == 1 else value.n / value.d
    if issubclass(kind, float):
        return kind(value.n / value.d)
    if _is_from(kind, 'fractions', 'Fraction'):
        return kind(value.n, value.d)
    return kind(value.n) / kind(value.d)


def _squares(data, c=None):
    # (type of the result, exact sum of squared deviations from the mean or from c, how many)
    if c is not None:
        return _sum([(x - c) * (x - c) for x in data])
    kinds, ratios = _ratios(data)
    kind, count = _kind(kinds), len(ratios)
    sx = _added(ratios)
    if sx.special is not None or not count:
        return kind, sx, count
    d = math.lcm(*[d for n, d in ratios])
    numerators = [n * (d // part) for n, part in ratios]
    sxx = sum([n * n for n in numerators])
    total = sum(numerators)
    return kind, _Fraction(count * sxx - total * total, count * d * d), count


def _sqrt_of_fraction(n, m):
    # The float nearest to the square root of n / m: 109 bits of the root, the last one sticky, then one division.
    if n == 0:
        return 0.0
    q = (n.bit_length() - m.bit_length() - 109) // 2
    if q >= 0:
        return float(_root(n, m << 2 * q) << q)
    return _root(n << -2 * q, m) / (1 << -q)


def _root(n, m):
    a = math.isqrt(n // m)
    return a | (a * a * m != n)


def mean(data):
    """The arithmetic mean."""
    kind, total, n = _sum(data)
    if n < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total.over(n), kind)


def fmean(data, weights=None):
    """The arithmetic mean as a float, perhaps weighted."""
    data = list(data)
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(data) != len(weights):
        raise StatisticsError('data and weights must be the same length')
    den = math.fsum(weights)
    if not den:
        raise StatisticsError('sum of weights must be non-zero')
    return math.sumprod(data, weights) / den


def geometric_mean(data):
    """The n-th root of the product."""
    data = list(data)
    if not data:
        raise StatisticsError('Must have a non-empty dataset')
    total = 0
    logs = []
    for x in data:
        if x > 0.0 or math.isnan(x):
            logs.append(math.log(x))
        elif x == 0.0:
            total += 1
        else:
            raise StatisticsError('No negative inputs allowed', x)
    return 0.0 if total else math.exp(math.fsum(logs) / len(data))


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    data = list(data)
    n = len(data)
    if n < 1:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if n == 1 and weights is None:
        if not hasattr(data[0], 'as_integer_ratio'):
            raise TypeError('unsupported type')
        return _not_negative(data[0])
    weight = _Fraction(n)
    if weights is None:
        weights = [1] * n
    else:
        weights = list(weights)
        if len(weights) != n:
            raise StatisticsError('Number of weights does not match data size')
        weight = _sum([_not_negative(w) for w in weights])[1]
    try:
        kind, total, _ = _sum([w / _not_negative(x) if w else 0 for w, x in zip(weights, data)])
    except ZeroDivisionError:
        return 0
    if total.special is not None:
        return weight.n / weight.d / total.special
    if total.n <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(_Fraction(weight.n * total.d, weight.d * total.n), kind)


def _not_negative(x):
    if x < 0:
        raise StatisticsError('harmonic mean does not support negative values')
    return x


def _sorted(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data


def median(data):
    """The middle value, or the mean of the two middle ones."""
    data = _sorted(data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def median_low(data):
    """The middle value, or the smaller of the two middle ones."""
    data = _sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle value, or the greater of the two middle ones."""
    data = _sorted(data)
    return data[len(data) // 2]


def _counts(data):
    counts = {}
    for item in data:
        counts[item] = counts.get(item, 0) + 1
    return counts


def mode(data):
    """The most common value, the first if there are several."""
    counts = _counts(data)
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)


def multimode(data):
    """All most common values."""
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 points that cut the data into n parts of equal probability."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        if size == 1:
            return data * (n - 1)
        raise StatisticsError('must have at least one data point')
    result = []
    if method == 'inclusive':
        for i in range(1, n):
            j, delta = divmod(i * (size - 1), n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method == 'exclusive':
        for i in range(1, n):
            j = i * (size + 1) // n
            j = 1 if j < 1 else size - 1 if j > size - 1 else j
            delta = i * (size + 1) - j * n
            result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
        return result
    raise ValueError(f'Unknown method: {method!r}')


def _spread(data, center, least, what):
    # (type of the result, exact mean of the squared deviations)
    kind, total, n = _squares(data, center)
    if n < least:
        raise StatisticsError(f'{what} requires at least {"one data point" if least == 1 else "two data points"}')
    return kind, total.over(n - (least - 1))


def variance(data, xbar=None):
    """The variance of a sample."""
    kind, square = _spread(data, xbar, 2, 'variance')
    return _convert(square, kind)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    kind, square = _spread(data, mu, 1, 'pvariance')
    return _convert(square, kind)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    return _root_of(*_spread(data, xbar, 2, 'stdev'))


def pstdev(data, mu=None):
    """The standard deviation of a whole population."""
    return _root_of(*_spread(data, mu, 1, 'pstdev'))


def _root_of(kind, square):
    if square.special is not None:
        return square.special.numerator
    if _is_from(kind, 'decimal', 'Decimal'):
        return _decimal_root(square.n, square.d)
    return _sqrt_of_fraction(square.n, square.d)


def _decimal_root(n, m):
    # The Decimal nearest to the square root of n / m: what sqrt() of the quotient gives, or one of its neighbours
    from decimal import Decimal
    from fractions import Fraction
    if n == 0:
        return Decimal('0.0')
    root = (Decimal(n) / Decimal(m)).sqrt()
    for neighbour in root.next_plus(), root.next_minus():
        middle = (Fraction(root) + Fraction(neighbour)) / 2
        if middle * middle < Fraction(n, m) if neighbour > root else middle * middle > Fraction(n, m):
            return neighbour
    return root


def _deviations(x, y, what):
    n = len(x)
    if len(y) != n:
        raise StatisticsError(f'{what} requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError(f'{what} requires at least two data points')
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    return n, xbar, ybar, [xi - xbar for xi in x], [yi - ybar for yi in y]


def covariance(x, y, /):
    """How two variables vary together."""
    n, _, _, dx, dy = _deviations(x, y, 'covariance')
    return math.sumprod(dx, dy) / (n - 1)


def correlation(x, y, /, *, method='linear'):
    """Pearson's coefficient of correlation; with method='ranked' Spearman's."""
    if method not in {'linear', 'ranked'}:
        raise ValueError(f'Unknown method: {method!r}')
    if method == 'ranked':
        x, y = _ranks(x), _ranks(y)
    n, _, _, dx, dy = _deviations(x, y, 'correlation')
    sxx, syy = math.sumprod(dx, dx), math.sumprod(dy, dy)
    try:
        return math.sumprod(dx, dy) / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')


def _ranks(data):
    order = sorted(range(len(data)), key=data.__getitem__)
    result = [0.0] * len(data)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and data[order[end]] == data[order[start]]:
            end += 1
        for at in order[start:end]:
            result[at] = (start + end + 1) / 2
        start = end
    return result


def linear_regression(x, y, /, *, proportional=False):
    """The slope and the intercept of the line that fits best."""
    if len(y) != len(x):
        raise StatisticsError('linear regression requires that both inputs have same number of data points')
    if len(x) < 2:
        raise StatisticsError('linear regression requires at least two data points')
    xbar = ybar = 0.0
    dx, dy = x, y
    if not proportional:
        _, xbar, ybar, dx, dy = _deviations(x, y, 'linear regression')
    sxx = math.sumprod(dx, dx) + 0.0
    try:
        slope = math.sumprod(dx, dy) / sxx
    except ZeroDivisionError:
        raise StatisticsError('x is constant')
    intercept = 0.0 if proportional else ybar - slope * xbar
    from _namedtuple import namedtuple
    return namedtuple('LinearRegression', ('slope', 'intercept'), module='statistics')(slope=slope,
                                                                                      intercept=intercept)
