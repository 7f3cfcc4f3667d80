# gilsim: atomic
"""Weak references and proxies.

Mirrors CPython 3.13's Objects/weakrefobject.c. The references are native; proxies pass on what is done to them.
"""

from _weakrefs import ref, getweakrefcount, getweakrefs, check as _check

ReferenceType = ref
_target = object.__getattribute__


def _alive(proxy):
    obj = _target(proxy, '_ref')()
    if obj is None:
        raise ReferenceError('weakly-referenced object no longer exists')
    return obj


def _given(value):
    return _alive(value) if type(value) in (ProxyType, CallableProxyType) else value


class ProxyType:
    """Stands for an object without keeping it alive."""

    __slots__ = '_ref',
    __hash__ = None

    def __getattribute__(self, name):
        return getattr(_alive(self), name)

    def __setattr__(self, name, value):
        setattr(_alive(self), name, value)

    def __delattr__(self, name):
        delattr(_alive(self), name)

    def __str__(self):
        return str(_alive(self))

    def __repr__(self):
        obj = _target(self, '_ref')()
        kind = type(obj).__name__
        return f"<{type(self).__name__} at {id(self):#x} to {kind} at {id(obj):#x}>"

    def __bool__(self):
        return bool(_alive(self))

    def __len__(self):
        return len(_alive(self))

    def __iter__(self):
        return iter(_alive(self))

    def __next__(self):
        return next(_alive(self))

    def __contains__(self, item):
        return item in _alive(self)

    def __getitem__(self, key):
        return _alive(self)[key]

    def __setitem__(self, key, value):
        _alive(self)[key] = value

    def __delitem__(self, key):
        del _alive(self)[key]


class CallableProxyType(ProxyType):
    """Stands for an object that can be called."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _alive(self)(*args, **kwargs)


def _pass_on_operators():
    import operator
    for name in ('eq', 'ne', 'lt', 'le', 'gt', 'ge', 'add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'lshift',
                 'rshift', 'and', 'or', 'xor', 'matmul'):
        function = getattr(operator, name, None) or getattr(operator, name + '_')
        setattr(ProxyType, f'__{name}__', _binary(function))
    for name in ('neg', 'pos', 'abs', 'invert', 'index'):
        setattr(ProxyType, f'__{name}__', _unary(getattr(operator, name)))


def _binary(function):
    def method(self, other):
        return function(_alive(self), _given(other))
    return method


def _unary(function):
    def method(self):
        return function(_alive(self))
    return method


_pass_on_operators()
ProxyType.__name__ = ProxyType.__qualname__ = 'weakproxy'
CallableProxyType.__name__ = CallableProxyType.__qualname__ = 'weakcallableproxy'
ProxyTypes = ProxyType, CallableProxyType


def proxy(obj, callback=None, /):
    """A proxy of an object."""
    _check(obj)
    result = object.__new__(CallableProxyType if callable(obj) else ProxyType)
    object.__setattr__(result, '_ref', ref(obj, callback))
    return result
