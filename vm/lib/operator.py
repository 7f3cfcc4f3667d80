# gilsim: atomic
"""Operators as functions.

Mirrors CPython 3.13's Modules/_operator.c.
"""

__all__ = ['abs', 'add', 'and_', 'attrgetter', 'call', 'concat', 'contains', 'countOf', 'delitem', 'eq', 'floordiv',
           'ge', 'getitem', 'gt', 'iadd', 'iand', 'iconcat', 'ifloordiv', 'ilshift', 'imatmul', 'imod', 'imul',
           'index', 'indexOf', 'inv', 'invert', 'ior', 'ipow', 'irshift', 'is_', 'is_not', 'isub', 'itemgetter',
           'itruediv', 'ixor', 'le', 'length_hint', 'lshift', 'lt', 'matmul', 'methodcaller', 'mod', 'mul', 'ne',
           'neg', 'not_', 'or_', 'pos', 'pow', 'rshift', 'setitem', 'sub', 'truediv', 'truth', 'xor']


def lt(a, b, /):
    """Same as a < b."""
    return a < b


def le(a, b, /):
    """Same as a <= b."""
    return a <= b


def eq(a, b, /):
    """Same as a == b."""
    return a == b


def ne(a, b, /):
    """Same as a != b."""
    return a != b


def ge(a, b, /):
    """Same as a >= b."""
    return a >= b


def gt(a, b, /):
    """Same as a > b."""
    return a > b


def is_(a, b, /):
    """Same as a is b."""
    return a is b


def is_not(a, b, /):
    """Same as a is not b."""
    return a is not b


def add(a, b, /):
    """Same as a + b."""
    return a + b


def sub(a, b, /):
    """Same as a - b."""
    return a - b


def mul(a, b, /):
    """Same as a * b."""
    return a * b


def matmul(a, b, /):
    """Same as a @ b."""
    return a @ b


def truediv(a, b, /):
    """Same as a / b."""
    return a / b


def floordiv(a, b, /):
    """Same as a // b."""
    return a // b


def mod(a, b, /):
    """Same as a % b."""
    return a % b


def pow(a, b, /):
    """Same as a ** b."""
    return a ** b


def lshift(a, b, /):
    """Same as a << b."""
    return a << b


def rshift(a, b, /):
    """Same as a >> b."""
    return a >> b


def and_(a, b, /):
    """Same as a & b."""
    return a & b


def xor(a, b, /):
    """Same as a ^ b."""
    return a ^ b


def or_(a, b, /):
    """Same as a | b."""
    return a | b


def not_(a, /):
    """Same as not a."""
    return not a


def truth(a, /):
    """Return True if a is true, False otherwise."""
    return True if a else False


_abs, _len = abs, len


def abs(a, /):
    """Same as abs(a)."""
    return _abs(a)


def neg(a, /):
    """Same as -a."""
    return -a


def pos(a, /):
    """Same as +a."""
    return +a


def invert(a, /):
    """Same as ~a."""
    return ~a


def index(a, /):
    """Same as a.__index__()."""
    if isinstance(a, int):
        return int(a)
    method = getattr(type(a), '__index__', None)
    if method is None:
        raise TypeError(f"'{type(a).__name__}' object cannot be interpreted as an integer")
    return method(a)


def concat(a, b, /):
    """Same as a + b, for a and b sequences."""
    if not hasattr(a, '__getitem__'):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")
    return a + b


def contains(a, b, /):
    """Same as b in a (note reversed operands)."""
    return b in a


def countOf(a, b, /):
    """Return the number of items in a which are, or which equal, b."""
    count = 0
    for item in a:
        if item is b or item == b:
            count += 1
    return count


def indexOf(a, b, /):
    """Return the first index of b in a."""
    index = 0
    for item in a:
        if item is b or item == b:
            return index
        index += 1
    raise ValueError('sequence.index(x): x not in sequence')


def getitem(a, b, /):
    """Same as a[b]."""
    return a[b]


def setitem(a, b, c, /):
    """Same as a[b] = c."""
    a[b] = c


def delitem(a, b, /):
    """Same as del a[b]."""
    del a[b]


def length_hint(obj, default=0, /):
    """Return an estimate of the number of items in obj."""
    if not isinstance(default, int):
        raise TypeError(f"'{type(default).__name__}' object cannot be interpreted as an integer")
    if hasattr(type(obj), '__len__'):
        return _len(obj)
    hint = getattr(type(obj), '__length_hint__', None)
    if hint is None:
        return default
    try:
        value = hint(obj)
    except TypeError:
        return default
    if value is NotImplemented:
        return default
    if not isinstance(value, int):
        raise TypeError(f'__length_hint__ must be an integer, not {type(value).__name__}')
    if value < 0:
        raise ValueError('__length_hint__() should return >= 0')
    return value


def call(obj, /, *args, **kwargs):
    """Same as obj(*args, **kwargs)."""
    return obj(*args, **kwargs)


class attrgetter:
    """attrgetter(attr, ...): a function that fetches attributes; names may have dots."""

    __slots__ = '_attrs', '_paths'

    def __init__(self, attr, /, *attrs):
        self._attrs = (attr,) + attrs
        for name in self._attrs:
            if not isinstance(name, str):
                raise TypeError('attribute name must be a string')
        self._paths = [name.split('.') for name in self._attrs]

    def __call__(self, obj, /):
        if _len(self._paths) == 1:
            return _follow(obj, self._paths[0])
        return tuple([_follow(obj, path) for path in self._paths])

    def __repr__(self):
        return f"operator.attrgetter({', '.join([repr(attr) for attr in self._attrs])})"


def _follow(obj, path):
    for name in path:
        obj = getattr(obj, name)
    return obj


class itemgetter:
    """itemgetter(item, ...): a function that fetches items."""

    __slots__ = '_items'

    def __init__(self, item, /, *items):
        self._items = (item,) + items

    def __call__(self, obj, /):
        items = self._items
        if _len(items) == 1:
            return obj[items[0]]
        return tuple([obj[item] for item in items])

    def __repr__(self):
        return f"operator.itemgetter({', '.join([repr(item) for item in self._items])})"


class methodcaller:
    """methodcaller(name, ...): a function that calls a method."""

    __slots__ = '_name', '_args', '_kwargs'

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError('method name must be a string')
        self._name = name
        self._args = args
        self._kwargs = kwargs

    def __call__(self, obj, /):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        parts = [repr(self._name)] + [repr(arg) for arg in self._args]
        parts += [f'{key}={value!r}' for key, value in self._kwargs.items()]
        return f"operator.methodcaller({', '.join(parts)})"


def iadd(a, b, /):
    """Same as a += b."""
    a += b
    return a


def isub(a, b, /):
    """Same as a -= b."""
    a -= b
    return a


def imul(a, b, /):
    """Same as a *= b."""
    a *= b
    return a


def imatmul(a, b, /):
    """Same as a @= b."""
    a @= b
    return a


def itruediv(a, b, /):
    """Same as a /= b."""
    a /= b
    return a


def ifloordiv(a, b, /):
    """Same as a //= b."""
    a //= b
    return a


def imod(a, b, /):
    """Same as a %= b."""
    a %= b
    return a


def ipow(a, b, /):
    """Same as a **= b."""
    a **= b
    return a


def ilshift(a, b, /):
    """Same as a <<= b."""
    a <<= b
    return a


def irshift(a, b, /):
    """Same as a >>= b."""
    a >>= b
    return a


def iand(a, b, /):
    """Same as a &= b."""
    a &= b
    return a


def ixor(a, b, /):
    """Same as a ^= b."""
    a ^= b
    return a


def ior(a, b, /):
    """Same as a |= b."""
    a |= b
    return a


def iconcat(a, b, /):
    """Same as a += b, for a and b sequences."""
    if not hasattr(a, '__getitem__'):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")
    a += b
    return a


inv = invert
__lt__, __le__, __eq__, __ne__, __ge__, __gt__ = lt, le, eq, ne, ge, gt
__add__, __sub__, __mul__, __matmul__, __truediv__, __floordiv__ = add, sub, mul, matmul, truediv, floordiv
__mod__, __pow__, __lshift__, __rshift__, __and__, __xor__, __or__ = mod, pow, lshift, rshift, and_, xor, or_
__not__, __abs__, __neg__, __pos__, __inv__, __invert__, __index__ = not_, abs, neg, pos, inv, invert, index
__concat__, __contains__, __getitem__, __setitem__, __delitem__ = concat, contains, getitem, setitem, delitem
__call__ = call
__iadd__, __isub__, __imul__, __imatmul__, __itruediv__, __ifloordiv__ = iadd, isub, imul, imatmul, itruediv, ifloordiv
__imod__, __ipow__, __ilshift__, __irshift__, __iand__, __ixor__, __ior__ = imod, ipow, ilshift, irshift, iand, ixor, ior
__iconcat__ = iconcat
