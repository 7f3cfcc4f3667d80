"""Classes that mostly hold data: __init__, __repr__, comparisons and more, made from annotations.

Mirrors CPython 3.13's Lib/dataclasses.py: the methods are compiled from the same kind of text, so calls behave and fail
in the same way. asdict(), astuple(), replace() and make_dataclass() are in _dataclass_tools.py. Leaves out: the
signature in the documentation of a class with an __init__ of its own.
"""

import sys
import types
import _reprguard
from _gilsim import compile_function as _compile_function

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict',
           'astuple', 'make_dataclass', 'replace', 'is_dataclass']

_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_EMPTY_METADATA = types.MappingProxyType({})


class FrozenInstanceError(AttributeError):
    """A field of a frozen instance was assigned or deleted."""


class _MISSING_TYPE:
    """Stands for "not given"."""


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    """As an annotation: the fields from here on are keyword-only."""


KW_ONLY = _KW_ONLY_TYPE()


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _FIELD_BASE:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


# The kinds of annotated names.
_FIELD = _FIELD_BASE('_FIELD')
_FIELD_CLASSVAR = _FIELD_BASE('_FIELD_CLASSVAR')
_FIELD_INITVAR = _FIELD_BASE('_FIELD_INITVAR')


class InitVar:
    """InitVar[type]: an argument of __init__ that goes to __post_init__ and is not stored."""

    __slots__ = 'type',

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f'dataclasses.InitVar[{name}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known about one field."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata',
                 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        if _reprguard.enter(self):
            return '...'
        try:
            facts = [f'{name}={getattr(self, name)!r}' for name in
                     ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata',
                      'kw_only')]
            return f"Field({','.join(facts)},_field_type={self._field_type})"
        finally:
            _reprguard.leave(self)

    def __set_name__(self, owner, name):
        # A descriptor as the default wants to know its name, too.
        func = getattr(type(self.default), '__set_name__', None)
        if func:
            func(self.default, owner, name)

    __class_getitem__ = classmethod(types.GenericAlias)


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen', 'match_args', 'kw_only', 'slots',
                 'weakref_slot')

    def __init__(self, **params):
        for name, value in params.items():
            setattr(self, name, value)

    def __repr__(self):
        return f"_DataclassParams({','.join([f'{name}={getattr(self, name)!r}' for name in self.__slots__])})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Describe a field in more detail than a default value can."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _has_default(f):
    return f.default is not MISSING or f.default_factory is not MISSING


def _install(cls, name, parameters, body, names, *, defaults=None, kwdefaults=None, annotations=None, replace=False):
    # Compiles `def name(parameters): body` with these global names; False if cls has such an attribute already.
    if name in cls.__dict__ and not replace:
        return False
    text = f"def {name}({', '.join(parameters)}):\n" + ''.join([f'    {line}\n' for line in body])
    function = _compile_function(text, {'__name__': cls.__module__, **names})
    function.__qualname__ = f'{cls.__qualname__}.{name}'
    if defaults:
        function.__defaults__ = tuple(defaults)
    if kwdefaults:
        function.__kwdefaults__ = kwdefaults
    if annotations is not None:
        function.__annotations__ = annotations
    setattr(cls, name, function)
    return True


def _default_value(f):
    return f.default if f.default is not MISSING else _HAS_DEFAULT_FACTORY


def _init_line(f, frozen, self_name, slots, names):
    # The line of __init__ that sets a field; None if there is nothing to do.
    value = f.name
    if f.default_factory is not MISSING:
        factory = f'__dataclass_dflt_{f.name}__'
        names[factory] = f.default_factory
        value = f'{factory}()'
        if f.init:
            value += f' if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}'
    elif not f.init:
        if not (slots and f.default is not MISSING):
            return None    # the class attribute does
        value = f'__dataclass_dflt_{f.name}__'
        names[value] = f.default
    if f._field_type is _FIELD_INITVAR:
        return None
    if frozen:
        return f'__dataclass_builtins_object__.__setattr__({self_name}, {f.name!r}, {value})'
    return f'{self_name}.{f.name} = {value}'


def _add_init(cls, fields, positional, keyword_only, frozen, slots, self_name):
    with_default = None
    for f in positional:
        if _has_default(f):
            with_default = f
        elif with_default:
            raise TypeError(f'non-default argument {f.name!r} follows default argument {with_default.name!r}')
    names = {'__dataclass_HAS_DEFAULT_FACTORY__': _HAS_DEFAULT_FACTORY, '__dataclass_builtins_object__': object}
    body = [line for line in [_init_line(f, frozen, self_name, slots, names) for f in fields] if line]
    if hasattr(cls, '__post_init__'):
        arguments = ', '.join([f.name for f in fields if f._field_type is _FIELD_INITVAR])
        body.append(f'{self_name}.__post_init__({arguments})')
    parameters = [self_name] + [f.name for f in positional]
    if keyword_only:
        parameters += ['*'] + [f.name for f in keyword_only]
    annotations = {f.name: f.type for f in positional + keyword_only}
    annotations['return'] = None
    _install(cls, '__init__', parameters, body or ['pass'], names,
             defaults=[_default_value(f) for f in positional if _has_default(f)],
             kwdefaults={f.name: _default_value(f) for f in keyword_only if _has_default(f)},
             annotations=annotations)


def _as_tuple(obj_name, fields):
    return '(' + ''.join([f'{obj_name}.{f.name}, ' for f in fields]) + ')'


def _add_repr(cls, fields):
    shown = ', '.join([f'{f.name}={{self.{f.name}!r}}' for f in fields if f.repr])
    body = ["if __dataclasses_reprguard.enter(self):", "    return '...'", "try:",
            f"    return f\"{{self.__class__.__qualname__}}({shown})\"",
            "finally:", "    __dataclasses_reprguard.leave(self)"]
    _install(cls, '__repr__', ['self'], body, {'__dataclasses_reprguard': _reprguard})


def _add_eq(cls, fields):
    terms = ' and '.join([f'self.{f.name} == other.{f.name}' for f in fields if f.compare]) or 'True'
    _install(cls, '__eq__', ['self', 'other'],
             ['if self is other:', '    return True', 'if other.__class__ is self.__class__:',
              f'    return {terms}', 'return NotImplemented'], {})


def _add_order(cls, fields):
    compared = [f for f in fields if f.compare]
    mine, others = _as_tuple('self', compared), _as_tuple('other', compared)
    for name, sign in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
        if not _install(cls, name, ['self', 'other'],
                        ['if other.__class__ is self.__class__:', f'    return {mine} {sign} {others}',
                         'return NotImplemented'], {}):
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__} '
                            'Consider using functools.total_ordering')


def _add_frozen(cls, fields):
    condition = 'type(self) is cls'
    if fields:
        condition += ' or name in {' + ', '.join([repr(f.name) for f in fields]) + '}'
    names = {'cls': cls, 'FrozenInstanceError': FrozenInstanceError}
    for name, parameters, verb in (('__setattr__', ['self', 'name', 'value'], 'assign to'),
                                   ('__delattr__', ['self', 'name'], 'delete')):
        body = [f'if {condition}:', f'    raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
                f"super(cls, self).{name}({', '.join(parameters[1:])})"]
        if not _install(cls, name, parameters, body, names):
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')


def _set_hash(cls, fields, unsafe_hash, eq, frozen):
    own = cls.__dict__.get('__hash__', MISSING)
    explicit = not (own is MISSING or own is None and '__eq__' in cls.__dict__)
    if unsafe_hash:
        if explicit:
            raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
        wanted = True
    elif not eq or explicit:
        return
    else:
        wanted = frozen
    if not wanted:
        cls.__hash__ = None
        return
    hashed = [f for f in fields if (f.compare if f.hash is None else f.hash)]
    _install(cls, '__hash__', ['self'], [f"return hash({_as_tuple('self', hashed)})"], {}, replace=True)


def _named(annotation, cls, module, member):
    # Whether a text annotation such as 'ClassVar[int]' or 'typing.ClassVar' names the member of a module.
    head = annotation.split('[')[0].strip()
    prefix, dot, name = head.rpartition('.')
    namespace = getattr(sys.modules.get(cls.__module__), '__dict__', {})
    if dot:
        if namespace.get(prefix.strip()) is not module:
            return False
        namespace = module.__dict__
    return namespace.get(name.strip()) is member


def _kind(cls, annotation):
    typing = sys.modules.get('typing')    # without typing there is no ClassVar
    is_text = isinstance(annotation, str)
    if typing and (annotation is typing.ClassVar or getattr(annotation, '__origin__', None) is typing.ClassVar
                   or is_text and _named(annotation, cls, typing, typing.ClassVar)):
        return _FIELD_CLASSVAR
    if (annotation is InitVar or type(annotation) is InitVar
            or is_text and _named(annotation, cls, sys.modules[__name__], InitVar)):
        return _FIELD_INITVAR
    return _FIELD


def _make_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        f = field(default=MISSING if isinstance(default, types.MemberDescriptorType) else default)
    f.name = name
    f.type = annotation
    f._field_type = _kind(cls, annotation)
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f'field {f.name} cannot have a default factory')
    if f._field_type is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError(f'field {f.name} is a ClassVar but specifies kw_only')
    elif f.kw_only is MISSING:
        f.kw_only = kw_only
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory')
    return f


def _own_fields(cls, kw_only):
    result = []
    marked = False
    for name, annotation in cls.__dict__.get('__annotations__', {}).items():
        if annotation is KW_ONLY or (isinstance(annotation, str)
                                     and _named(annotation, cls, sys.modules[__name__], KW_ONLY)):
            if marked:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            marked = kw_only = True
        else:
            result.append(_make_field(cls, name, annotation, kw_only))
    return result


def _collect_fields(cls, frozen, kw_only):
    # All fields, those of the bases first; checks that frozen classes have frozen bases and the other way round.
    result = {}
    bases_frozen = []
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is not None:
            bases_frozen.append(getattr(base, _PARAMS).frozen)
            for f in inherited.values():
                result[f.name] = f
    for f in _own_fields(cls, kw_only):
        result[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls.__dict__.get('__annotations__', {}):
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if bases_frozen:
        if any(bases_frozen) and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if not all(bases_frozen) and frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    return result


def _signature(positional, keyword_only):
    # What inspect.signature() would show: (x: int, y: int = 5).
    parts = []
    for f in positional + keyword_only:
        if keyword_only and f is keyword_only[0]:
            parts.append('*')
        text = f'{f.name}: {_annotation_text(f.type)}'
        parts.append(f'{text} = {_default_value(f)!r}' if _has_default(f) else text)
    return f"({', '.join(parts)})"


def _annotation_text(annotation):
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    text = repr(annotation)
    return text[7:] if text.startswith('typing.') else text


def _process(cls, params):
    init, eq, order, frozen, slots = params['init'], params['eq'], params['order'], params['frozen'], params['slots']
    setattr(cls, _PARAMS, _DataclassParams(**params))
    all_fields = _collect_fields(cls, frozen, params['kw_only'])
    setattr(cls, _FIELDS, all_fields)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    arguments = [f for f in all_fields.values() if f._field_type is not _FIELD_CLASSVAR]
    positional = [f for f in arguments if f.init and not f.kw_only]
    keyword_only = [f for f in arguments if f.init and f.kw_only]
    own_init = '__init__' in cls.__dict__
    if init:
        _add_init(cls, arguments, positional, keyword_only, frozen, slots,
                  '__dataclass_self__' if 'self' in all_fields else 'self')
    if '__replace__' not in cls.__dict__:
        cls.__replace__ = _replace
    stored = [f for f in all_fields.values() if f._field_type is _FIELD]
    if params['repr']:
        _add_repr(cls, stored)
    has_eq = '__eq__' in cls.__dict__
    if order:
        _add_order(cls, stored)
    if frozen:
        _add_frozen(cls, stored)
    _set_hash(cls, stored, params['unsafe_hash'], eq, frozen)
    if eq and not has_eq:
        keep = cls.__dict__.get('__hash__', MISSING)
        _add_eq(cls, stored)
        if keep is not MISSING:
            cls.__hash__ = keep
    if not getattr(cls, '__doc__'):
        cls.__doc__ = cls.__name__ + (_signature(positional, keyword_only) if init and not own_init else '')
    if params['match_args'] and '__match_args__' not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in positional])
    if params['weakref_slot'] and not slots:
        raise TypeError('weakref_slot is True but slots is False')
    if slots:
        from _dataclass_tools import with_slots
        cls = with_slots(cls, frozen, params['weakref_slot'])
    if hasattr(cls, '__abstractmethods__'):
        from abc import update_abstractmethods
        update_abstractmethods(cls)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Class decorator: add methods made from the annotated names."""
    params = {'init': init, 'repr': repr, 'eq': eq, 'order': order, 'unsafe_hash': unsafe_hash, 'frozen': frozen,
              'match_args': match_args, 'kw_only': kw_only, 'slots': slots, 'weakref_slot': weakref_slot}

    def wrap(cls):
        return _process(cls, params)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a data class or of an instance, as a tuple."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def is_dataclass(obj):
    """Whether obj is a data class or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f'field {f.name} is declared with init=False, '
                                'it cannot be specified with replace()')
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)


def replace(obj, /, **changes):
    """A copy of an instance with some fields changed, made by its __init__."""
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def asdict(obj, *, dict_factory=dict):
    """The fields of an instance as a dict, and so on down through lists, tuples, dicts and data classes."""
    from _dataclass_tools import as_dict
    return as_dict(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    """The fields of an instance as a tuple, and so on down."""
    from _dataclass_tools import as_tuple
    return as_tuple(obj, tuple_factory)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, decorator=dataclass, **params):
    """Make a data class from a list of names, (name, type) or (name, type, field)."""
    from _dataclass_tools import make
    if module is None:
        module = sys._getframemodulename(1) or '__main__'
    return make(cls_name, fields, bases, namespace, module, decorator, params)
