"""Copies of objects: the object alone, or everything it contains.

Mirrors CPython 3.13's Lib/copy.py. Objects of classes written in Python are copied by their __dict__ and __slots__;
__copy__, __deepcopy__, __reduce_ex__ and __getstate__/__setstate__ of a class are honoured. Leaves out the registry of
copyreg.
"""

import types
from _collections import deque
from _weakrefs import ref

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    """Copying failed."""


error = Error

_ATOMIC = frozenset([types.NoneType, int, float, bool, complex, str, bytes, types.EllipsisType,
                     types.NotImplementedType, types.CodeType, types.BuiltinFunctionType, types.FunctionType, type,
                     range, property, slice, ref])


def copy(x):
    """A new object with the same contents."""
    cls = type(x)
    if cls in _ATOMIC or cls is tuple or cls is frozenset or issubclass(cls, type):
        return x
    if cls is list or cls is dict or cls is set or cls is bytearray:
        return x.copy()
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    return _rebuild(x, None)


def deepcopy(x, memo=None, _nil=[]):
    """A new object with copies of the contents; what occurs twice is copied once."""
    cls = type(x)
    if cls in _ATOMIC or issubclass(cls, type):
        return x
    if memo is None:
        memo = {}
    found = memo.get(id(x), _nil)
    if found is not _nil:
        return found
    if cls is list:
        y = memo[id(x)] = []
        for item in x:
            y.append(deepcopy(item, memo))
    elif cls is dict:
        y = memo[id(x)] = {}
        for key, value in x.items():
            y[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        y = _deep_tuple(x, memo)
    elif cls is set or cls is frozenset:
        y = cls([deepcopy(item, memo) for item in x])
    elif cls is bytearray:
        y = bytearray(x)
    elif cls is types.MethodType:
        y = cls(x.__func__, deepcopy(x.__self__, memo))
    elif hasattr(cls, "__deepcopy__"):
        y = x.__deepcopy__(memo)
    else:
        y = _rebuild(x, memo)
    if y is not x:
        memo[id(x)] = y
        _keep_alive(x, memo)
    return y


def _keep_alive(x, memo):
    # Ids in memo stay valid only while their objects live.
    memo.setdefault(id(memo), []).append(x)


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    if id(x) in memo:
        return memo[id(x)]    # the tuple contains itself
    for old, new in zip(x, items):
        if old is not new:
            return tuple(items)
    return x


def _rebuild(x, memo):
    # By the pickling protocol: a class that defines it says how; otherwise the default for its kind of object.
    cls = type(x)
    for name, args in (('__reduce_ex__', (4,)), ('__reduce__', ())):
        method = getattr(cls, name, None)
        if method is not None and method is not getattr(object, name, None):
            recipe = method(x, *args)
            return x if isinstance(recipe, str) else _follow(x, memo, *recipe)
    if not _is_copyable(cls):
        raise TypeError(f"cannot pickle {_type_name(cls)!r} object")
    return _follow(x, memo, *_default_recipe(x, cls))


def _type_name(cls):
    return cls.__name__ if cls.__module__ == 'builtins' else f'{cls.__module__}.{cls.__name__}'


_CONTAINERS = (list, dict, set, frozenset, tuple, deque, str, bytes, bytearray, int, float, complex, BaseException)


def _is_copyable(cls):
    # A class written in Python can hold any attribute, or has slots; builtin ones without a recipe cannot be copied.
    if issubclass(cls, _CONTAINERS):
        return True
    for base in cls.__mro__:
        if base is not object and '__dict__' not in base.__dict__ and '__slots__' not in base.__dict__ \
                and '__module__' not in base.__dict__:
            return False
    return '__module__' in cls.__dict__ and cls.__module__ not in ('builtins', '_thread')


def _new_object(cls, *args):
    return cls.__new__(cls, *args)


def _default_recipe(x, cls):
    # (callable, arguments, state, list items, dict items)
    state = _state(x, cls)
    if isinstance(x, BaseException):
        return cls, x.args, state
    if hasattr(cls, '__getnewargs_ex__'):
        args, kwargs = x.__getnewargs_ex__()
        return (lambda *args: cls.__new__(cls, *args, **kwargs)), args, state
    if hasattr(cls, '__getnewargs__') and cls.__getnewargs__ is not getattr(object, '__getnewargs__', None):
        return _new_object, (cls, *x.__getnewargs__()), state
    if isinstance(x, (tuple, str, bytes, int, float, complex, frozenset)):
        plain = next(base for base in _CONTAINERS if isinstance(x, base))
        return _new_object, (cls, plain(x)), state
    if isinstance(x, (set, bytearray)):
        return cls, (list(x) if isinstance(x, set) else bytes(x),), state
    items = iter(x) if isinstance(x, (list, deque)) else None
    pairs = iter(x.items()) if isinstance(x, dict) else None
    if isinstance(x, deque):
        return cls, ((), x.maxlen) if x.maxlen is not None else (), state, items
    return _new_object, (cls,), state, items, pairs


def _state(x, cls):
    method = getattr(cls, '__getstate__', None)
    if method is not None and method is not getattr(object, '__getstate__', None):
        return method(x)
    state = getattr(x, '__dict__', None) or None
    slots = {}
    for base in cls.__mro__:
        names = base.__dict__.get('__slots__', ())
        for name in (names,) if isinstance(names, str) else names:
            if name in ('__dict__', '__weakref__'):
                continue
            if name.startswith('__') and not name.endswith('__'):
                name = f"_{base.__name__.lstrip('_')}{name}"
            if hasattr(x, name):
                slots[name] = getattr(x, name)
    return (state, slots) if slots else state


def _follow(x, memo, func, args, state=None, items=None, pairs=None):
    deep = memo is not None
    if deep and args:
        args = tuple([deepcopy(arg, memo) for arg in args])
    y = func(*args)
    if deep:
        memo[id(x)] = y
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(y, '__setstate__'):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                y.__dict__.update(state)
            for name, value in (slots or {}).items():
                setattr(y, name, value)
    if items is not None:
        for item in items:
            y.append(deepcopy(item, memo) if deep else item)
    if pairs is not None:
        for key, value in pairs:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            y[key] = value
    return y


def replace(obj, /, **changes):
    """A copy of an object with some fields changed (__replace__)."""
    method = getattr(obj.__class__, '__replace__', None)
    if method is None:
        raise TypeError(f"replace() does not support {obj.__class__.__name__} objects")
    return method(obj, **changes)
