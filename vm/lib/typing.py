"""Names for types: what annotations are written with.

Mirrors the public behaviour of CPython 3.13's Lib/typing.py: subscription, representation, equality, isinstance errors,
bases. Type variables are in _typing.py; NamedTuple, TypedDict, Protocol and get_type_hints in _typing_classes.py, loaded
when first asked for. Arguments are checked less strictly. Leaves out Pattern, Match and the asynchronous names.
"""

import types
from types import GenericAlias
from _typing import TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, ParamSpecArgs, ParamSpecKwargs

TYPE_CHECKING = False

_CLASSES = ('NamedTuple', 'TypedDict', 'Protocol', 'runtime_checkable', 'get_type_hints', 'is_typeddict',
            'is_protocol', 'get_protocol_members', 'SupportsInt', 'SupportsFloat', 'SupportsComplex', 'SupportsBytes',
            'SupportsIndex', 'SupportsAbs', 'SupportsRound', '_ProtocolMeta')


def __getattr__(name):
    if name in _CLASSES:
        import _typing_classes
        found = getattr(_typing_classes, name)
    elif name in _ALIASES:
        found = _ALIASES[name].make(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def _type_repr(obj):
    if isinstance(obj, tuple):
        return '[' + ', '.join([_type_repr(item) for item in obj]) + ']'
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        if obj.__module__ == 'builtins':
            return obj.__qualname__
        return f'{obj.__module__}.{obj.__qualname__}'
    if obj is ...:
        return '...'
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    return repr(obj)


class ForwardRef:
    """A type given as text."""

    __slots__ = ('__forward_arg__', '__forward_is_argument__', '__forward_is_class__', '__forward_module__')

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return (self.__forward_arg__ == other.__forward_arg__
                and self.__forward_module__ == other.__forward_module__)

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        module = '' if self.__forward_module__ is None else f', module={self.__forward_module__!r}'
        return f'ForwardRef({self.__forward_arg__!r}{module})'


def _convert(arg):
    if arg is None:
        return type(None)
    return ForwardRef(arg) if isinstance(arg, str) else arg


def _check(arg, message):
    # An argument that stands for a type.
    arg = _convert(arg)
    if isinstance(arg, _GenericAlias) and arg.__origin__ in (Generic, ClassVar, Final):
        raise TypeError(f"{arg} is not valid as type argument")
    if arg in (ClassVar, Final) or arg is Generic:
        raise TypeError(f"Plain {arg} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{message} Got {arg!r:.100}.")
    return arg


def _parameters_of(args):
    # The type variables in arguments, each once.
    found = {}
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec, TypeVarTuple)):
            found[arg] = None
        elif isinstance(arg, (list, tuple)):
            found.update(dict.fromkeys(_parameters_of(arg)))
        elif not isinstance(arg, type) or isinstance(arg, GenericAlias):
            found.update(dict.fromkeys(getattr(arg, '__parameters__', ())))
    return tuple(found)


def _substitute(args, values):
    result = []
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec)):
            value = values.get(arg, arg)
            if isinstance(arg, ParamSpec) and isinstance(value, (list, tuple)):
                result.extend(value)
                continue
            result.append(value)
        elif not isinstance(arg, type) and getattr(arg, '__parameters__', ()):
            result.append(arg[tuple([values.get(p, p) for p in arg.__parameters__])])
        else:
            result.append(arg)
    return tuple(result)


class _Final:
    def __init_subclass__(cls, /, *args, **kwds):
        if '_root' not in kwds:
            raise TypeError("Cannot subclass special typing classes")


class _SpecialForm(_Final, _root=True):
    # A name that is subscripted, such as Union, or stands alone, such as Self.

    def __init__(self, name, doc, getitem=None):
        self._name = name
        self.__doc__ = doc
        self._getitem = getitem

    def __getattr__(self, item):
        if item in {'__name__', '__qualname__'}:
            return self._name
        raise AttributeError(item)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __repr__(self):
        return 'typing.' + self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        if self._getitem is None:
            raise TypeError(f"{self} is not subscriptable")
        return self._getitem(self, parameters)


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Any type whatsoever."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


class _GenericAlias(_Final, _root=True):
    """A subscripted name: List[int], Union[int, str], or a generic class of the program."""

    def __init__(self, origin, args, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        if not isinstance(args, tuple):
            args = (args,)
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _parameters_of(args)
        if not name:
            self.__module__ = origin.__module__

    def __getitem__(self, args):
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(args, tuple):
            args = (args,)
        if len(self.__parameters__) == 1 and isinstance(self.__parameters__[0], ParamSpec) and not (
                len(args) == 1 and isinstance(args[0], (list, tuple))):
            args = (args,)
        args = tuple([list(arg) if isinstance(arg, list) else _check(arg, "Parameters to generic types must be types.")
                      if not isinstance(arg, tuple) else arg for arg in args])
        wanted = len(self.__parameters__)
        if len(args) != wanted:
            raise TypeError(f"Too {'many' if len(args) > wanted else 'few'} arguments for {self}; "
                            f"actual {len(args)}, expected {wanted}")
        values = dict(zip(self.__parameters__, args))
        return self._with(_substitute(self.__args__, values))

    def _with(self, args):
        return type(self)(self.__origin__, args, inst=self._inst, name=self._name)

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; "
                            f"use {self.__origin__.__name__}() instead")
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except Exception:
            pass
        return result

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            result = [self.__origin__] if self.__origin__ not in bases else []
            later = bases[bases.index(self) + 1:]
            if not any(isinstance(b, _GenericAlias) or isinstance(b, type) and issubclass(b, Generic) for b in later):
                result.append(Generic)
            return tuple(result)
        if self.__origin__ is Generic:
            protocol = globals().get('Protocol')
            if protocol is not None and protocol in bases:
                return ()
            for b in bases[bases.index(self) + 1:]:
                if isinstance(b, _GenericAlias) and b is not self:
                    return ()
        return (self.__origin__,)

    def __getattr__(self, attr):
        if attr in {'__name__', '__qualname__'}:
            return self._name or self.__origin__.__name__
        if '__origin__' in self.__dict__ and not (attr.startswith('__') and attr.endswith('__')):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        name = 'typing.' + self._name if self._name else _type_repr(self.__origin__)
        return f"{name}[{', '.join([_type_repr(arg) for arg in self.__args__]) or '()'}]"

    def __iter__(self):
        raise TypeError(f"{self!r} object is not iterable") if self._name else NotImplementedError


class _UnionGenericAlias(_GenericAlias, _root=True):
    def _with(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, types.UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            return f"typing.Optional[{_type_repr(args[1] if args[0] is type(None) else args[0])}]"
        return super().__repr__()

    def __instancecheck__(self, obj):
        return any([isinstance(obj, arg) for arg in self.__args__])

    def __subclasscheck__(self, cls):
        return any([issubclass(cls, arg) for arg in self.__args__])


class _LiteralGenericAlias(_GenericAlias, _root=True):
    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return ({(type(arg), arg) for arg in self.__args__} == {(type(arg), arg) for arg in other.__args__})

    def __hash__(self):
        return hash(frozenset([(type(arg), arg) for arg in self.__args__]))

    def __repr__(self):
        return f"typing.Literal[{', '.join([repr(arg) for arg in self.__args__])}]"


class _AnnotatedAlias(_GenericAlias, _root=True):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, origin, name='Annotated')
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join([repr(a) for a in self.__metadata__])}]"

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class _CallableGenericAlias(_GenericAlias, _root=True):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec)):
            return super().__repr__()
        return (f"typing.Callable[[{', '.join([_type_repr(arg) for arg in args[:-1]])}], "
                f"{_type_repr(args[-1])}]")


class _SpecialGenericAlias(_Final, _root=True):
    """A name for a builtin or abstract class that is not subscripted yet: List, Mapping."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        self.__origin__ = origin
        self._nparams = nparams
        self._inst = inst
        self._name = name or origin.__name__
        self.__doc__ = f'A generic version of {origin.__module__}.{origin.__qualname__}.'

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple([_check(param, "Parameters to generic types must be types.") for param in params])
        if self._name == 'ContextManager' and len(params) == 1:
            params += (bool | None,)
        elif self.__origin__ is tuple:
            return _GenericAlias(tuple, params, inst=False, name='Tuple')
        elif len(params) != self._nparams:
            raise TypeError(f"Too {'many' if len(params) > self._nparams else 'few'} arguments for {self}; "
                            f"actual {len(params)}, expected {self._nparams}")
        return _GenericAlias(self.__origin__, params, inst=self._inst, name=self._name)

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")
        return self.__origin__(*args, **kwargs)

    def __mro_entries__(self, bases):
        result = [self.__origin__] if self.__origin__ not in bases else []
        later = bases[bases.index(self) + 1:]
        if not any(isinstance(b, (_GenericAlias, _SpecialGenericAlias))
                   or isinstance(b, type) and issubclass(b, Generic) for b in later):
            result.append(Generic)
        return tuple(result)

    def __getattr__(self, attr):
        if attr in {'__name__', '__qualname__'}:
            return self._name
        if '__origin__' in self.__dict__ and not (attr.startswith('__') and attr.endswith('__')):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        return issubclass(cls, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return 'typing.' + self._name


class _CallableType(_SpecialGenericAlias, _root=True):
    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        result = _check(result, "Callable[args, result]: result must be a type.")
        if isinstance(args, list):
            args = tuple([_convert(arg) for arg in args])
        else:
            args = (args,)
        return _CallableGenericAlias(self.__origin__, args + (result,), name=self._name)


class _Alias:
    # How a name for another class is made when it is asked for.
    def __init__(self, module, origin, nparams, inst=True):
        self.module, self.origin, self.nparams, self.inst = module, origin, nparams, inst

    def make(self, name):
        if self.module == 'abc':
            import collections.abc as module
        elif self.module == 'collections':
            import collections as module
        elif self.module == 'contextlib':
            import contextlib as module
        else:
            import builtins as module
        kind = _CallableType if name == 'Callable' else _SpecialGenericAlias
        return kind(getattr(module, self.origin), self.nparams, inst=self.inst, name=name)


_ALIASES = {'List': _Alias('builtins', 'list', 1, False), 'Dict': _Alias('builtins', 'dict', 2, False),
            'Set': _Alias('builtins', 'set', 1, False), 'FrozenSet': _Alias('builtins', 'frozenset', 1, False),
            'Tuple': _Alias('builtins', 'tuple', -1, False), 'Type': _Alias('builtins', 'type', 1, False),
            'Deque': _Alias('collections', 'deque', 1), 'DefaultDict': _Alias('collections', 'defaultdict', 2),
            'OrderedDict': _Alias('collections', 'OrderedDict', 2), 'Counter': _Alias('collections', 'Counter', 1),
            'ChainMap': _Alias('collections', 'ChainMap', 2), 'Callable': _Alias('abc', 'Callable', 2),
            'AbstractSet': _Alias('abc', 'Set', 1),
            'ContextManager': _Alias('contextlib', 'AbstractContextManager', 1)}
for _name in ('Iterable Iterator Reversible Container Collection MutableSet Sequence MutableSequence MappingView '
              'KeysView ValuesView Awaitable AsyncIterable AsyncIterator').split():
    _ALIASES[_name] = _Alias('abc', _name, 1)
for _name in ('Hashable', 'Sized'):
    _ALIASES[_name] = _Alias('abc', _name, 0)
for _name in ('Mapping', 'MutableMapping', 'ItemsView'):
    _ALIASES[_name] = _Alias('abc', _name, 2)
for _name in ('Generator', 'Coroutine'):
    _ALIASES[_name] = _Alias('abc', _name, 3)


class Generic:
    """Base of generic classes: class Stack(Generic[T])."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = (params,)
        params = tuple([_convert(param) for param in params])
        if cls is Generic or cls.__dict__.get('_is_protocol') and cls.__name__ == 'Protocol':
            if not params:
                raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
            if not all(isinstance(param, (TypeVar, ParamSpec, TypeVarTuple, _GenericAlias)) for param in params):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables or parameter "
                                "specification variables.")
            if len(set(params)) != len(params):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        else:
            wanted = getattr(cls, '__parameters__', ())
            if not wanted:
                raise TypeError(f"{cls} is not a generic class")
            variadic = any(isinstance(param, TypeVarTuple) for param in wanted)
            if len(wanted) == 1 and isinstance(wanted[0], ParamSpec) and not isinstance(params[0], list):
                params = (params,)
            least = len([param for param in wanted if not param.has_default()])
            if not variadic and not least <= len(params) <= len(wanted):
                many = len(params) > len(wanted)
                raise TypeError(f"Too {'many' if many else 'few'} arguments for {cls}; "
                                f"actual {len(params)}, expected {len(wanted) if many else f'at least {least}'}")
            if not variadic:
                params += tuple([param.__default__ for param in wanted[len(params):]])
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        bases = cls.__dict__.get('__orig_bases__')
        if bases is None:
            bases = () if cls.__name__ == 'Protocol' else cls.__bases__
            if Generic in bases:
                raise TypeError("Cannot inherit from plain Generic")
            if '__parameters__' not in cls.__dict__:
                cls.__parameters__ = ()
            return
        own = [base for base in bases if isinstance(base, _GenericAlias) and base.__origin__ is Generic]
        if len(own) > 1:
            raise TypeError("Cannot inherit from Generic[...] multiple times.")
        found = _parameters_of(bases)
        if own:
            found = own[0].__parameters__
        cls.__parameters__ = tuple(found)


def _get_union(self, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for param in parameters:
        param = _check(param, "Union[arg, ...]: each arg must be a type.")
        flat.extend(param.__args__ if isinstance(param, (_UnionGenericAlias, types.UnionType)) else [param])
    unique = []
    for param in flat:
        if param not in unique:
            unique.append(param)
    if len(unique) == 1:
        return unique[0]
    return _UnionGenericAlias(self, tuple(unique), name='Union')


def _get_literal(self, parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for param in parameters:
        flat.extend(param.__args__ if isinstance(param, _LiteralGenericAlias) else [param])
    unique = {(type(param), param): param for param in flat}
    return _LiteralGenericAlias(self, tuple(unique.values()), name='Literal')


def _get_annotated(self, params):
    if not isinstance(params, tuple) or len(params) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    origin = params[0] if params[0] in (ClassVar, Final) else _check(params[0], "Annotated[t, ...]: t must be a type.")
    return _AnnotatedAlias(origin, tuple(params[1:]))


def _get_single(self, parameters):
    item = _check(parameters, f'{self} accepts only single type.')
    return _GenericAlias(self, (item,), name=self._name)


def _get_many(self, parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    return _GenericAlias(self, tuple([_convert(param) for param in parameters]), name=self._name)


Union = _SpecialForm('Union', 'Union type; Union[X, Y] means either X or Y.', _get_union)
Optional = _SpecialForm('Optional', 'Optional[X] is equivalent to Union[X, None].',
                        lambda self, arg: Union[_check(arg, f"{self} requires a single type."), type(None)])
Literal = _SpecialForm('Literal', 'Special typing form to define literal types (a.k.a. value types).', _get_literal)
Annotated = _SpecialForm('Annotated', 'Add context-specific metadata to a type.', _get_annotated)
ClassVar = _SpecialForm('ClassVar', 'Special type construct to mark class variables.', _get_single)
Final = _SpecialForm('Final', 'Special typing construct to indicate final names to type checkers.', _get_single)
Required = _SpecialForm('Required', 'Special typing construct to mark a TypedDict key as required.', _get_single)
NotRequired = _SpecialForm('NotRequired', 'Special typing construct to mark a TypedDict key as potentially missing.',
                           _get_single)
ReadOnly = _SpecialForm('ReadOnly', 'A special typing construct to mark an item of a TypedDict as read-only.',
                        _get_single)
TypeGuard = _SpecialForm('TypeGuard', 'Special typing construct for marking user-defined type predicate functions.',
                         _get_single)
TypeIs = _SpecialForm('TypeIs', 'Special typing construct for marking user-defined type predicate functions.',
                      _get_single)
Unpack = _SpecialForm('Unpack', 'Type unpack operator.', _get_single)
Concatenate = _SpecialForm('Concatenate', 'Special form for annotating higher-order functions.', _get_many)
NoReturn = _SpecialForm('NoReturn', 'Special type indicating functions that never return.')
Never = _SpecialForm('Never', 'The bottom type, a type that has no members.')
Self = _SpecialForm('Self', 'Used to spell the type of "self" in classes.')
LiteralString = _SpecialForm('LiteralString', 'Represents an arbitrary literal string.')
TypeAlias = _SpecialForm('TypeAlias', 'Special form for marking type aliases.')

AnyStr = TypeVar('AnyStr', bytes, str)
Text = str
NoDefault = TypeVar('_').__default__


class IO(Generic[AnyStr]):
    """What files in text or binary mode have in common."""


class TextIO(IO[str]):
    """A file in text mode."""


class BinaryIO(IO[bytes]):
    """A file in binary mode."""


class NewType:
    """NewType('UserId', int): a type that is distinct for checkers only."""

    def __init__(self, name, tp):
        import sys
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        self.__module__ = sys._getframemodulename(1) or '__main__'

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of NewType. Perhaps you were looking for: "
                        f"`X = NewType('X', {self.__name__})`")

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


def get_origin(tp):
    """What a subscripted type was made from: get_origin(List[int]) is list."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_GenericAlias, _SpecialGenericAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return types.UnionType if isinstance(tp, types.UnionType) else None


def get_args(tp):
    """The arguments of a subscripted type."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, types.UnionType):
        return tp.__args__
    if not isinstance(tp, (_GenericAlias, GenericAlias)):
        return ()
    args = tp.__args__
    if get_origin(tp) is not None and getattr(get_origin(tp), '__name__', '') == 'Callable' and not (
            len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec))):
        return (list(args[:-1]), args[-1])
    return args


def cast(typ, val):
    """val, unchanged."""
    return val


def assert_type(val, typ, /):
    """val, unchanged."""
    return val


def assert_never(arg, /):
    """For code that cannot be reached."""
    value = repr(arg)
    raise AssertionError(f"Expected code to be unreachable, but got: {value[:100] + '...' if len(value) > 100 else value}")


def reveal_type(obj, /):
    """Print the type of obj to standard error."""
    import sys
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def _overload_dummy(*args, **kwds):
    """Stands in the place of an overloaded signature."""
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                              "outside a stub module should always be followed by an implementation that is not "
                              "@overload-ed.")


def overload(func):
    """Decorator: a signature for checkers only."""
    return _overload_dummy


def _mark(attribute):
    def decorator(arg):
        try:
            setattr(arg, attribute, True)
        except (AttributeError, TypeError):
            pass
        return arg
    return decorator


final = _mark('__final__')
override = _mark('__override__')
no_type_check = _mark('__no_type_check__')


def no_type_check_decorator(decorator):
    """The decorator, unchanged."""
    return decorator


def dataclass_transform(**kwargs):
    """Decorator for decorators that work like dataclass."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = kwargs
        return cls_or_fn
    return decorator


def get_overloads(func):
    """Signatures are not kept."""
    return []


__all__ = [_name for _name in [*globals(), *_CLASSES, *_ALIASES]
           if not _name.startswith('_') and _name not in ('types', 'GenericAlias')]
del _name
