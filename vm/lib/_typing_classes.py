"""Classes of typing that make classes: NamedTuple, TypedDict, Protocol; and get_type_hints().

Mirrors CPython 3.13's Lib/typing.py. isinstance() with a runtime-checkable protocol looks for its members as attributes.
"""

import sys
from abc import ABCMeta, abstractmethod
from _namedtuple import namedtuple
import typing
from typing import Generic, Required, NotRequired, ReadOnly, _GenericAlias, _AnnotatedAlias, _convert


# NamedTuple ---------------------------------------------------------------------------------------------------------

_FORBIDDEN = frozenset(['__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults',
                        '_field_types', '_make', '_replace', '_asdict', '_source'])
_SPECIAL = frozenset(['__module__', '__name__', '__annotations__', '__qualname__', '__firstlineno__',
                      '__static_attributes__', '__doc__', '__orig_bases__', '__classcell__'])


def _make_nmtuple(name, annotations, module, defaults=()):
    result = namedtuple(name, list(annotations), defaults=defaults, module=module)
    result.__annotations__ = result.__new__.__annotations__ = {key: _convert(value)
                                                               for key, value in annotations.items()}
    return result


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError('can only inherit from a NamedTuple type and Generic')
        annotations = ns.get('__annotations__', {})
        defaults = []
        for name in annotations:
            if name in ns:
                defaults.append(name)
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {name} cannot follow default "
                                f"field{'s' if len(defaults) > 1 else ''} {', '.join(defaults)}")
        result = _make_nmtuple(typename, annotations, ns['__module__'], [ns[name] for name in defaults])
        others = tuple([base for base in bases if base is not _NamedTuple])
        if others:
            result = type(typename, (result, *others), {'__slots__': (), '__module__': ns['__module__'],
                                                        '__annotations__': result.__annotations__})
        if '__doc__' in ns:
            result.__doc__ = ns['__doc__']
        for key, value in ns.items():
            if key in _FORBIDDEN:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in _SPECIAL and key not in result._fields:
                setattr(result, key, value)
        if Generic in bases:
            result.__init_subclass__()
        return result


def NamedTuple(typename, fields, /):
    """As a base class: named fields by annotations. As a function: NamedTuple('P', [('x', int)])."""
    result = _make_nmtuple(typename, {name: kind for name, kind in fields},
                           sys._getframemodulename(1) or '__main__')
    result.__orig_bases__ = (NamedTuple,)
    return result


_NamedTuple = type.__new__(NamedTupleMeta, 'NamedTuple', (), {})


def _namedtuple_mro_entries(bases):
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _namedtuple_mro_entries


# TypedDict ----------------------------------------------------------------------------------------------------------

class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError('cannot inherit from both a TypedDict type and a non-TypedDict base class')
        generic = (Generic,) if any(issubclass(base, Generic) for base in bases) else ()
        result = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get('__annotations__', {}))
            required |= base.__dict__.get('__required_keys__', set())
            optional |= base.__dict__.get('__optional_keys__', set())
        for key, kind in ns.get('__annotations__', {}).items():
            kind = annotations[key] = _convert(kind)
            origin = getattr(kind, '__origin__', None)
            needed = True if origin is Required else False if origin is NotRequired else total
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
        result.__annotations__ = annotations
        result.__required_keys__ = frozenset(required)
        result.__optional_keys__ = frozenset(optional)
        result.__readonly_keys__ = frozenset()
        result.__mutable_keys__ = frozenset(annotations)
        result.__total__ = total
        return result

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True):
    """As a base class: a dict with known keys. As a function: TypedDict('D', {'x': int})."""
    ns = {'__annotations__': dict(fields or {}), '__module__': sys._getframemodulename(1) or '__main__'}
    result = _TypedDictMeta(typename, (), ns, total=total)
    result.__orig_bases__ = (TypedDict,)
    return result


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})


def _typeddict_mro_entries(bases):
    return (_TypedDict,)


TypedDict.__mro_entries__ = _typeddict_mro_entries


def is_typeddict(tp):
    """Whether tp is a TypedDict class."""
    return isinstance(tp, _TypedDictMeta)


# Protocol -----------------------------------------------------------------------------------------------------------

_NO_MEMBERS = frozenset(['__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__',
                         '__new__', '__slots__', '__subclasshook__', '__weakref__', '__class_getitem__',
                         '__match_args__', '__static_attributes__', '__firstlineno__', '__parameters__',
                         '__orig_bases__', '__orig_class__', '_is_protocol', '_is_runtime_protocol',
                         '__protocol_attrs__', '__non_callable_proto_members__', '__type_params__', '_abc_impl',
                         '__qualname__', '__classcell__'])


def _members(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ('Protocol', 'Generic'):
            continue
        for name in [*base.__dict__, *base.__dict__.get('__annotations__', {})]:
            if name not in _NO_MEMBERS and not name.startswith('_abc_'):
                names.add(name)
    return names


class _ProtocolMeta(ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        if name != 'Protocol' and Protocol in bases:
            for base in bases:
                if (base not in (object, Generic) and base.__module__ not in ('collections.abc', 'contextlib', 'abc')
                        and not getattr(base, '_is_protocol', False)):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, '_is_protocol', False):
            if not isinstance(other, type):
                raise TypeError('issubclass() arg 1 must be a class')
            if not getattr(cls, '_is_runtime_protocol', False):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            data = [name for name in sorted(cls.__protocol_attrs__) if not callable(getattr(cls, name, None))]
            if data:
                raise TypeError("Protocols with non-method members don't support issubclass(). "
                                f"Non-method members: {str(data)[1:-1]}.")
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not getattr(cls, '_is_protocol', False):
            return super().__instancecheck__(instance)
        if not getattr(cls, '_is_runtime_protocol', False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        for name in cls.__protocol_attrs__:
            try:
                value = getattr(instance, name)
            except AttributeError:
                return False
            if value is None and callable(getattr(cls, name, None)):
                return False
        return True


def _protocol_hook(cls, other):
    if not cls.__dict__.get('_is_protocol', False):
        return NotImplemented
    for name in cls.__protocol_attrs__:
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


def _no_init(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError('Protocols cannot be instantiated')


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base of classes that say which members others must have."""

    __module__ = 'typing'
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get('_is_protocol', False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if not cls._is_protocol:
            if cls.__init__ is _no_init:
                for base in cls.__mro__:
                    if '__init__' in base.__dict__ and base.__dict__['__init__'] is not _no_init:
                        cls.__init__ = base.__dict__['__init__']
                        break
            return
        cls.__protocol_attrs__ = _members(cls)
        if '__subclasshook__' not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if cls.__init__ is object.__init__ or cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


Protocol._is_protocol = True


def runtime_checkable(cls):
    """Decorator: isinstance() works with this protocol."""
    if not isinstance(cls, type) or not issubclass(cls, Generic) or not getattr(cls, '_is_protocol', False):
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls


def is_protocol(tp, /):
    """Whether tp is a protocol."""
    return isinstance(tp, type) and getattr(tp, '_is_protocol', False) and tp is not Protocol


def get_protocol_members(tp, /):
    """The names of the members of a protocol."""
    if not is_protocol(tp):
        raise TypeError(f'{tp!r} is not a Protocol')
    return frozenset(tp.__protocol_attrs__)


def _supports(name, method):
    def member(self):
        pass

    member.__name__ = method
    cls = _ProtocolMeta(name, (Protocol,), {'__module__': 'typing', '__qualname__': name, '__slots__': (),
                                            method: abstractmethod(member)})
    return runtime_checkable(cls)


SupportsInt = _supports('SupportsInt', '__int__')
SupportsFloat = _supports('SupportsFloat', '__float__')
SupportsComplex = _supports('SupportsComplex', '__complex__')
SupportsBytes = _supports('SupportsBytes', '__bytes__')
SupportsIndex = _supports('SupportsIndex', '__index__')
SupportsAbs = _supports('SupportsAbs', '__abs__')
SupportsRound = _supports('SupportsRound', '__round__')


# get_type_hints -----------------------------------------------------------------------------------------------------

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class, module or function, texts replaced by what they name."""
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            names = globalns
            if names is None:
                names = getattr(sys.modules.get(base.__module__), '__dict__', {})
            scope = dict(vars(base)) if localns is None else localns
            for name, value in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _evaluate(value, names, scope)
    else:
        if globalns is None:
            globalns = obj.__dict__ if isinstance(obj, type(sys)) else getattr(obj, '__globals__', {})
        found = getattr(obj, '__annotations__', None)
        if found is None:
            raise TypeError(f'{obj!r} is not a module, class, method, or function.')
        for name, value in found.items():
            hints[name] = _evaluate(value, globalns, localns or globalns)
    if include_extras:
        return hints
    return {name: _strip(value) for name, value in hints.items()}


def _evaluate(value, globalns, localns):
    if value is None:
        return type(None)
    if isinstance(value, typing.ForwardRef):
        value = value.__forward_arg__
    if isinstance(value, str):
        return _convert(eval(value, dict(globalns), dict(localns)))
    if isinstance(value, _GenericAlias) and not isinstance(value, _AnnotatedAlias):
        args = tuple([_evaluate(arg, globalns, localns) if isinstance(arg, (typing.ForwardRef, _GenericAlias)) else arg
                      for arg in value.__args__])
        return value if args == value.__args__ else value._with(args)
    return value


def _strip(value):
    if isinstance(value, _AnnotatedAlias):
        return _strip(value.__origin__)
    if getattr(value, '__origin__', None) in (Required, NotRequired, ReadOnly):
        return _strip(value.__args__[0])
    if isinstance(value, _GenericAlias):
        args = tuple([_strip(arg) for arg in value.__args__])
        return value if args == value.__args__ else value._with(args)
    return value


for _object in (NamedTuple, TypedDict, _NamedTuple, _TypedDict, runtime_checkable, get_type_hints):
    _object.__module__ = 'typing'
