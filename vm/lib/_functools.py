# gilsim: atomic
"""The part of functools that CPython writes in C: reduce, partial, cmp_to_key and the cache of lru_cache.

Mirrors CPython 3.13's Modules/_functoolsmodule.c: what is done between two calls of user code cannot be interrupted.
Leaves out pickling.
"""

import _reprguard

_MISSING = object()


def reduce(function, iterable, initial=_MISSING, /):
    """Fold the items into one value, from the left."""
    try:
        items = iter(iterable)
    except TypeError:
        raise TypeError("reduce() arg 2 must support iteration") from None
    if initial is _MISSING:
        for initial in items:
            break
        else:
            raise TypeError("reduce() of empty iterable with no initial value")
    for item in items:
        initial = function(initial, item)
    return initial


def _read_only(name):
    def refuse(self, value=None):
        raise AttributeError("readonly attribute")
    return property(lambda self: getattr(self, name), refuse, refuse)


class partial:
    """A function with some arguments filled in."""

    __module__ = 'functools'
    __slots__ = '_func', '_args', '_keywords', '__dict__', '__weakref__'
    func = _read_only('_func')
    args = _read_only('_args')
    keywords = _read_only('_keywords')

    def __new__(cls, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func, *args = args
        if not callable(func):
            raise TypeError("the first argument must be callable")
        args = tuple(args)
        if type(func) is partial and not func.__dict__:
            args = func._args + args
            keywords = {**func._keywords, **keywords}
            func = func._func
        self = object.__new__(cls)
        self._func = func
        self._args = args
        self._keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        if self._keywords:
            return self._func(*self._args, *args, **{**self._keywords, **keywords})
        return self._func(*self._args, *args, **keywords)

    def __get__(self, obj, objtype=None):
        if obj is not None:
            import warnings
            warnings.warn('functools.partial will be a method descriptor in future Python versions; '
                          'wrap it in staticmethod() if you want to preserve the old behavior', FutureWarning, 2)
        return self

    def __repr__(self):
        cls = type(self)
        name = f"{cls.__module__}.{cls.__qualname__}"
        if _reprguard.enter(self):
            return "..."
        try:
            parts = [repr(self._func)]
            parts += [repr(arg) for arg in self._args]
            parts += [f"{key}={value!r}" for key, value in self._keywords.items()]
            return f"{name}({', '.join(parts)})"
        finally:
            _reprguard.leave(self)

    __class_getitem__ = classmethod(type(list[int]))


class _KeyWrapper:
    __slots__ = '_compare', 'obj'
    __hash__ = None

    def __init__(self, compare, obj):
        self._compare = compare
        self.obj = obj

    def __call__(self, obj):
        return _KeyWrapper(self._compare, obj)

    def _against(self, other):
        if type(other) is not _KeyWrapper:
            raise TypeError("other argument must be K instance")
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._against(other) < 0

    def __le__(self, other):
        return self._against(other) <= 0

    def __eq__(self, other):
        return self._against(other) == 0

    def __ne__(self, other):
        return self._against(other) != 0

    def __gt__(self, other):
        return self._against(other) > 0

    def __ge__(self, other):
        return self._against(other) >= 0


_KeyWrapper.__name__ = _KeyWrapper.__qualname__ = 'KeyWrapper'
_KeyWrapper.__module__ = 'functools'


def cmp_to_key(mycmp):
    """Turn a comparison function (negative, zero, positive) into a key function."""
    return _KeyWrapper(mycmp, None)


_KEYWORDS = object()    # separates positional from keyword arguments in a cache key


def _cache_key(args, keywords, typed):
    if not typed and not keywords and len(args) == 1:
        only = args[0]
        if type(only) is int or type(only) is str:
            return only
    key = args
    if keywords:
        key += (_KEYWORDS,)
        for item in keywords.items():
            key += item
    if typed:
        key += tuple([type(value) for value in args]) + tuple([type(value) for value in keywords.values()])
    return key


_PREVIOUS, _NEXT, _KEY, _RESULT = 0, 1, 2, 3


class _lru_cache_wrapper:
    """A function with a memory of its results; links in a ring keep the order of use, oldest after the root."""

    __module__ = 'functools'
    # Slots, because update_wrapper() copies the __dict__ of what it wraps, which may be another cache.
    __slots__ = ('_function', '_maxsize', '_typed', '_info', '_root', '_cache', '_hits', '_misses', '_find',
                 '__dict__', '__weakref__')

    def __init__(self, user_function, maxsize, typed, cache_info_type):
        self.__wrapped__ = user_function
        self._function = user_function
        self._maxsize = maxsize
        self._typed = typed
        self._info = cache_info_type
        self._root = root = []
        root += [root, root, None, None]
        self._cache = {}
        self._hits = self._misses = 0
        if maxsize is None:
            self._find = self._find_unbounded
        elif maxsize == 0:
            self._find = self._find_nothing
        else:
            self._find = self._find_bounded

    def __call__(self, /, *args, **keywords):
        return self._find(args, keywords)

    def _find_nothing(self, args, keywords):
        self._misses += 1
        return self._function(*args, **keywords)

    # Other threads can come between the look for a result, the call of the function, and what is kept of it.

    def _find_unbounded(self, args, keywords):
        key = _cache_key(args, keywords, self._typed)
        result = self._look(key)
        if result is not _MISSING:
            return result
        result = self._function(*args, **keywords)
        self._keep(key, result)
        return result

    def _find_bounded(self, args, keywords):
        key = _cache_key(args, keywords, self._typed)
        result = self._use(key)
        if result is not _MISSING:
            return result
        result = self._function(*args, **keywords)
        self._keep_bounded(key, result)
        return result

    def _look(self, key):
        result = self._cache.get(key, _MISSING)
        if result is _MISSING:
            self._misses += 1
        else:
            self._hits += 1
        return result

    def _use(self, key):
        link = self._cache.get(key)
        if link is None:
            self._misses += 1
            return _MISSING
        _unlink(link)
        self._append(link)
        self._hits += 1
        return link[_RESULT]

    def _keep(self, key, result):
        self._cache[key] = result

    def _keep_bounded(self, key, result):
        # Another thread may have stored this key, or filled the cache.
        cache = self._cache
        if key not in cache:
            if len(cache) >= self._maxsize:
                oldest = self._root[_NEXT]
                _unlink(oldest)
                del cache[oldest[_KEY]]
            link = [None, None, key, result]
            cache[key] = link
            self._append(link)

    def _append(self, link):
        root = self._root
        last = root[_PREVIOUS]
        link[_PREVIOUS] = last
        link[_NEXT] = root
        last[_NEXT] = root[_PREVIOUS] = link

    def cache_info(self):
        """Report cache statistics"""
        return self._info(self._hits, self._misses, self._maxsize, len(self._cache))

    def cache_clear(self):
        """Clear the cache and cache statistics"""
        self._hits = self._misses = 0
        self._cache.clear()
        root = self._root
        root[_PREVIOUS] = root[_NEXT] = root

    def __get__(self, obj, objtype=None):
        return self if obj is None else _Method(self, obj)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _unlink(link):
    previous, following = link[_PREVIOUS], link[_NEXT]
    previous[_NEXT] = following
    following[_PREVIOUS] = previous


_Method = type(cmp_to_key(None).__call__)    # bound methods
