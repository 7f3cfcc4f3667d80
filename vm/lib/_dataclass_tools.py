"""Less used parts of dataclasses: conversion to dicts and tuples, making classes, slots.

Mirrors CPython 3.13's Lib/dataclasses.py.
"""

import types
from dataclasses import Field, MISSING, _FIELDS, fields
from keyword import iskeyword

_ATOMIC = frozenset([types.NoneType, bool, int, float, str, complex, bytes, types.EllipsisType,
                     types.NotImplementedType, types.CodeType, types.BuiltinFunctionType, types.FunctionType, type,
                     range, property])


def as_dict(obj, dict_factory):
    """asdict()"""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, lambda pairs, instance: dict_factory(pairs))


def as_tuple(obj, tuple_factory):
    """astuple()"""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("astuple() should be called on dataclass instances")
    return _convert(obj, lambda pairs, instance: tuple_factory([value for name, value in pairs]))


def _convert(obj, finish):
    # Goes down through containers; finish(pairs, instance) makes the result for a data class.
    cls = type(obj)
    if cls in _ATOMIC:
        return obj
    if hasattr(cls, _FIELDS):
        return finish([(f.name, _convert(getattr(obj, f.name), finish)) for f in fields(obj)], obj)
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return cls(*[_convert(item, finish) for item in obj])
    if isinstance(obj, (list, tuple)):
        return cls([_convert(item, finish) for item in obj])
    if isinstance(obj, dict):
        pairs = [(_convert(key, finish), _convert(value, finish)) for key, value in obj.items()]
        if not hasattr(cls, 'default_factory'):
            return cls(pairs)
        result = cls(obj.default_factory)
        result.update(pairs)
        return result
    from copy import deepcopy
    return deepcopy(obj)


def make(cls_name, items, bases, namespace, module, decorator, params):
    """make_dataclass()"""
    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in items:
        if isinstance(item, str):
            name, annotation = item, 'typing.Any'
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, namespace[item[0]] = item
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in annotations:
            raise TypeError(f'Field name duplicated: {name!r}')
        annotations[name] = annotation
    namespace['__annotations__'] = annotations
    namespace.setdefault('__module__', module)
    metaclass = type(bases[0]) if bases else type
    return decorator(metaclass(cls_name, tuple(bases), namespace), **params)


def _slots_of(cls):
    slots = cls.__dict__.get('__slots__')
    if slots is None:
        return ['__weakref__', '__dict__'] if cls is not object else []
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, '__next__'):
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return list(slots)


def _getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def with_slots(cls, frozen, weakref_slot):
    """A class like cls, but with its fields in __slots__."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = dict(cls.__dict__)
    names = [f.name for f in fields(cls)]
    inherited = {slot for base in cls.__mro__[1:-1] for slot in _slots_of(base)}
    wanted = names + (['__weakref__'] if weakref_slot else [])
    namespace['__slots__'] = tuple([name for name in wanted if name not in inherited])
    for name in names + ['__dict__', '__weakref__']:
        namespace.pop(name, None)
    qualname = cls.__qualname__
    result = type(cls)(cls.__name__, cls.__bases__, namespace)
    result.__qualname__ = qualname
    if frozen:
        for name, method in (('__getstate__', _getstate), ('__setstate__', _setstate)):
            if name not in namespace:
                setattr(result, name, method)
    return result
