# gilsim: atomic
"""Variables whose values belong to a context.

Mirrors CPython 3.13's Python/context.c. A thread begins with an empty context.
"""

import _thread
from collections.abc import Mapping as _Mapping

__all__ = ('Context', 'ContextVar', 'Token', 'copy_context')

_local = _thread._local()
_MISSING = object()


class Context(_Mapping):
    """Values of variables."""

    __module__ = '_contextvars'

    def __init__(self):
        self._values = {}
        self._entered = False

    def run(self, callable, *args, **kwargs):
        """Call a function in this context."""
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        outer = _current()
        _local.context = self
        self._entered = True
        try:
            return callable(*args, **kwargs)
        finally:
            self._entered = False
            _local.context = outer

    def copy(self):
        """A second context with the same values."""
        new = Context()
        new._values = dict(self._values)
        return new

    def __getitem__(self, var):
        return self._values[_checked(var)]

    def __contains__(self, var):
        return _checked(var) in self._values

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __repr__(self):
        return f'<_contextvars.Context object at {id(self):#x}>'

    __hash__ = object.__hash__


def _checked(var):
    if not isinstance(var, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {var!r}")
    return var


def _current():
    context = getattr(_local, 'context', None)
    if context is None:
        context = _local.context = Context()
    return context


class Token:
    """What set() gives, for reset()."""

    __module__ = '_contextvars'
    MISSING = _MISSING
    __slots__ = '_context', '_var', '_old', '_used'

    var = property(lambda self: self._var)
    old_value = property(lambda self: self._old)

    def __repr__(self):
        used = ' used' if self._used else ''
        return f'<Token{used} var={self._var!r} at {id(self):#x}>'


class ContextVar:
    """A variable."""

    __module__ = '_contextvars'
    __slots__ = '_name', '_default'

    def __init__(self, name, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    name = property(lambda self: self._name)

    def get(self, default=_MISSING, /):
        """The value in the current context."""
        value = _current()._values.get(self, _MISSING)
        if value is not _MISSING:
            return value
        if default is not _MISSING:
            return default
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        """Set the value in the current context."""
        context = _current()
        token = Token()
        token._context, token._var, token._used = context, self, False
        token._old = context._values.get(self, _MISSING)
        context._values[self] = value
        return token

    def reset(self, token, /):
        """Go back to the value before a set()."""
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _current():
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token._old is _MISSING:
            token._context._values.pop(self, None)
        else:
            token._context._values[self] = token._old

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)

    def __repr__(self):
        default = '' if self._default is _MISSING else f' default={self._default!r}'
        return f'<ContextVar name={self._name!r}{default} at {id(self):#x}>'


def copy_context():
    """A copy of the current context."""
    return _current().copy()
