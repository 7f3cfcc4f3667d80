"""Representations of bounded size, and of objects that contain themselves.

Mirrors recursive_repr of CPython 3.13's Lib/reprlib.py, and repr() with its default limits. Leaves out array and
instance-specific methods beyond the builtin containers.
"""

import _reprguard

__all__ = ["Repr", "repr", "recursive_repr"]


def recursive_repr(fillvalue='...'):
    """Decorator for a __repr__: gives fillvalue when it is entered again for the same object."""
    def decorate(user_function):
        def wrapper(self):
            if _reprguard.enter(self):
                return fillvalue
            try:
                return user_function(self)
            finally:
                _reprguard.leave(self)

        for name in ('__module__', '__doc__', '__name__', '__qualname__', '__type_params__'):
            setattr(wrapper, name, getattr(user_function, name))
        wrapper.__wrapped__ = user_function
        return wrapper

    return decorate


_repr = repr


class Repr:
    """Makes representations with limits on length and depth."""

    def __init__(self, *, maxlevel=6, maxtuple=6, maxlist=6, maxdict=4, maxset=6, maxfrozenset=6, maxdeque=6,
                 maxstring=30, maxlong=40, maxother=30, fillvalue='...'):
        self.maxlevel = maxlevel
        self.maxtuple = maxtuple
        self.maxlist = maxlist
        self.maxdict = maxdict
        self.maxset = maxset
        self.maxfrozenset = maxfrozenset
        self.maxdeque = maxdeque
        self.maxstring = maxstring
        self.maxlong = maxlong
        self.maxother = maxother
        self.fillvalue = fillvalue

    def repr(self, x):
        """The representation of x."""
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """The representation of x, going at most level deep."""
        method = getattr(self, 'repr_' + type(x).__name__.replace(' ', '_'), None)
        return self._cut(_repr(x), self.maxother) if method is None else method(x, level)

    def _cut(self, text, limit):
        if len(text) <= limit:
            return text
        left = max(0, (limit - 3) // 2)
        right = max(0, limit - 3 - left)
        return text[:left] + self.fillvalue + text[len(text) - right:]

    def _items(self, x, level, left, right, limit, trail=''):
        if level <= 0 and len(x):
            return left + self.fillvalue + right
        parts = [self.repr1(item, level - 1) for _, item in zip(range(limit), x)]
        if len(x) > limit:
            parts.append(self.fillvalue)
        if len(x) == 1 and trail:
            right = trail + right
        return left + ', '.join(parts) + right

    def repr_tuple(self, x, level):
        return self._items(x, level, '(', ')', self.maxtuple, ',')

    def repr_list(self, x, level):
        return self._items(x, level, '[', ']', self.maxlist)

    def repr_deque(self, x, level):
        return self._items(x, level, 'deque([', '])', self.maxdeque)

    def repr_set(self, x, level):
        return self._items(_ordered(x), level, '{', '}', self.maxset) if x else 'set()'

    def repr_frozenset(self, x, level):
        return self._items(_ordered(x), level, 'frozenset({', '})', self.maxfrozenset) if x else 'frozenset()'

    def repr_dict(self, x, level):
        if not x:
            return '{}'
        if level <= 0:
            return '{' + self.fillvalue + '}'
        parts = [f'{self.repr1(key, level - 1)}: {self.repr1(x[key], level - 1)}'
                 for key in _ordered(x)[:self.maxdict]]
        if len(x) > self.maxdict:
            parts.append(self.fillvalue)
        return '{' + ', '.join(parts) + '}'

    def repr_str(self, x, level):
        shown = _repr(x[:self.maxstring])
        if len(shown) <= self.maxstring:
            return shown if len(x) <= self.maxstring else self._cut(_repr(x), self.maxstring)
        left = max(0, (self.maxstring - 3) // 2)
        right = max(0, self.maxstring - 3 - left)
        shown = _repr(x[:left] + x[len(x) - right:])
        return shown[:left] + self.fillvalue + shown[len(shown) - right:]

    def repr_int(self, x, level):
        return self._cut(_repr(x), self.maxlong)


def _ordered(items):
    try:
        return sorted(items)
    except Exception:
        return list(items)


aRepr = Repr()
repr = aRepr.repr
