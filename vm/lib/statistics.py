"""Averages and measures of spread.

Mirrors CPython 3.13's Lib/statistics.py for int, float and bool: sums are exact (as fractions of integers), results are
rounded once. Leaves out Fraction and Decimal data, NormalDist, kde and median_grouped.
"""

import math

__all__ = ['StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean', 'harmonic_mean',
           'linear_regression', 'mean', 'median', 'median_high', 'median_low', 'mode', 'multimode', 'pstdev',
           'pvariance', 'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    """The data do not have such a number."""


class _Fraction:
    # A fraction of integers, or a float that is not finite.
    __slots__ = 'n', 'd', 'special'

    def __init__(self, n, d=1, special=None):
        common = math.gcd(n, d) if special is None else 1
        self.n, self.d, self.special = n // common, d // common, special


def _sum(data):
    # (whether there was a float, the exact sum, how many)
    count = 0
    partial = {}
    floats = False
    special = None
    for x in data:
        count += 1
        if isinstance(x, float):
            floats = True
            if not math.isfinite(x):
                special = x if special is None else special + x
                continue
        elif not isinstance(x, int):
            raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")
        n, d = x.as_integer_ratio()
        partial[d] = partial.get(d, 0) + n
    if special is not None:
        return floats, _Fraction(0, 1, special), count
    d = math.lcm(*partial) if partial else 1
    return floats, _Fraction(sum([n * (d // part) for part, n in partial.items()]), d), count


def _convert(value, floats):
    if value.special is not None:
        return value.special
    if not floats and value.d == 1:
        return value.n
    return value.n / value.d


def _squares(data, c=None):
    # (floats, exact sum of squared deviations from the mean or from c, exact mean, how many)
    data = list(data)
    if c is not None:
        floats, total, count = _sum([(x - c) * (x - c) for x in data])
        return floats, total, c, count
    floats, sx, count = _sum(data)
    if sx.special is not None:
        return floats, sx, sx, count
    if not count:
        return floats, _Fraction(0), _Fraction(0), 0
    ratios = [x.as_integer_ratio() for x in data]
    d = math.lcm(*[d for n, d in ratios])
    numerators = [n * (d // part) for n, part in ratios]
    sxx = sum([n * n for n in numerators])
    total = sum(numerators)
    return floats, _Fraction(count * sxx - total * total, count * d * d), _Fraction(total, count * d), count


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
    floats, total, n = _sum(data)
    if n < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total if total.special is not None else _Fraction(total.n, total.d * n), floats)


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
        x = data[0]
        if not isinstance(x, (int, float)):
            raise TypeError('unsupported type')
        if x < 0:
            raise StatisticsError('harmonic mean does not support negative values')
        return x
    weights = [1] * n if weights is None else list(weights)
    if len(weights) != n:
        raise StatisticsError('Number of weights does not match data size')
    for x in data + weights:
        if x < 0:
            raise StatisticsError('harmonic mean does not support negative values')
    if not all(data):
        return 0
    total_weight = _sum(weights)
    floats, total, _ = _sum([w / x if w else 0 for w, x in zip(weights, data)])
    weight = total_weight[1]
    if total.n <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(_Fraction(weight.n * total.d, weight.d * total.n), True)


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
    floats, total, _, n = _squares(data, center)
    if n < least:
        raise StatisticsError(f'{what} requires at least {"one data point" if least == 1 else "two data points"}')
    return floats, total, n - (least - 1)


def _divided(total, by):
    return total if total.special is not None else _Fraction(total.n, total.d * by)


def variance(data, xbar=None):
    """The variance of a sample."""
    floats, total, n = _spread(data, xbar, 2, 'variance')
    return _convert(_divided(total, n), floats)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    floats, total, n = _spread(data, mu, 1, 'pvariance')
    return _convert(_divided(total, n), floats)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    floats, total, n = _spread(data, xbar, 2, 'stdev')
    return total.special if total.special is not None else _sqrt_of_fraction(total.n, total.d * n)


def pstdev(data, mu=None):
    """The standard deviation of a whole population."""
    floats, total, n = _spread(data, mu, 1, 'pstdev')
    return total.special if total.special is not None else _sqrt_of_fraction(total.n, total.d * n)


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
