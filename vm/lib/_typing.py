# gilsim: atomic
"""Type variables and aliases, also those of the syntax `def f[T](x: T)` and `type X = ...`.

Mirrors CPython 3.13's Objects/typevarobject.c. Bounds and values may be given as functions, which are called when they
are first asked for.
"""

import sys


_Function = type(lambda: None)


class _NoDefaultType:
    __slots__ = ()

    def __repr__(self):
        return 'typing.NoDefault'


_NoDefaultType.__module__ = 'typing'
_NoDefaultType.__name__ = _NoDefaultType.__qualname__ = 'NoDefaultType'
NoDefault = _NoDefaultType()


class _Variable:
    # What the three kinds have in common.

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    def __or__(self, other):
        from typing import Union
        return Union[self, other]

    def __ror__(self, other):
        from typing import Union
        return Union[other, self]

    # A function stands for a bound, constraints or a default that is computed when it is first asked for.

    @property
    def __default__(self):
        """The type to take if none is given."""
        if isinstance(self._default, _Function):
            self._default = self._default()
        return self._default

    def has_default(self):
        """Whether a default was given."""
        return self._default is not NoDefault

    def _init(self, name, covariant, contravariant, infer_variance, default):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if infer_variance and (covariant or contravariant):
            raise ValueError("Variance cannot be specified with infer_variance.")
        self.__name__ = name
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__infer_variance__ = bool(infer_variance)
        self._default = default
        self.__module__ = sys._getframemodulename(2) or 'typing'

    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class TypeVar(_Variable):
    """A variable for a type."""

    __module__ = 'typing'

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False,
                 default=NoDefault):
        self._init(name, covariant, contravariant, infer_variance, default)
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        self._constraints = constraints
        self._bound = bound

    @classmethod
    def _lazy(cls, name, bound=None, constraints=()):
        self = cls(name, infer_variance=True)
        self._bound = bound
        self._constraints = constraints
        return self

    @property
    def __bound__(self):
        """What the type must derive from, or None."""
        if isinstance(self._bound, _Function):
            self._bound = self._bound()
        return self._bound

    @property
    def __constraints__(self):
        """The types it may be, if they are limited."""
        if isinstance(self._constraints, _Function):
            self._constraints = self._constraints()
        return self._constraints


class ParamSpec(_Variable):
    """A variable for the parameters of a function."""

    __module__ = 'typing'

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False, infer_variance=False,
                 default=NoDefault):
        self._init(name, covariant, contravariant, infer_variance, default)
        self.__bound__ = bound

    @property
    def args(self):
        """What *args is annotated with."""
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        """What **kwargs is annotated with."""
        return ParamSpecKwargs(self)


class TypeVarTuple(_Variable):
    """A variable for any number of types."""

    __module__ = 'typing'

    def __init__(self, name, *, default=NoDefault):
        self._init(name, False, False, False, default)

    def __iter__(self):
        from typing import Unpack
        yield Unpack[self]

    def __repr__(self):
        return self.__name__


class _PartOfParamSpec:
    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(other) is type(self) else NotImplemented

    def __hash__(self):
        return hash((type(self), self.__origin__))


class ParamSpecArgs(_PartOfParamSpec):
    """P.args"""

    __module__ = 'typing'

    def __repr__(self):
        return f"{self.__origin__.__name__}.args"


class ParamSpecKwargs(_PartOfParamSpec):
    """P.kwargs"""

    __module__ = 'typing'

    def __repr__(self):
        return f"{self.__origin__.__name__}.kwargs"


class TypeAliasType:
    """What the statement `type X = ...` makes."""

    __module__ = 'typing'

    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__type_params__ = self.__parameters__ = tuple(type_params)
        self._value = value
        self._compute = None

    @classmethod
    def _lazy(cls, name, type_params, compute):
        # For the statement: compute() gives the value when it is asked for.
        self = cls(name, None, type_params=type_params)
        self._compute = compute
        return self

    @property
    def __value__(self):
        if self._compute is not None:
            self._value, self._compute = self._compute(), None
        return self._value

    def __getitem__(self, args):
        if not self.__type_params__:
            raise TypeError("Only generic type aliases are subscriptable")
        from types import GenericAlias
        return GenericAlias(self, args)

    def __or__(self, other):
        from typing import Union
        return Union[self, other]

    def __ror__(self, other):
        from typing import Union
        return Union[other, self]

    def __repr__(self):
        return self.__name__
