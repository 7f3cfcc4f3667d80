"""The machinery of functools.singledispatch.

Mirrors Lib/functools.py of CPython 3.13 in results. An abstract base class that a type only implements ranks right
behind the last class of the type's method resolution order that implements it too; CPython builds that order in full,
so ties between unrelated abstract classes can differ.
"""

import types
from functools import update_wrapper


def _best(cls, registry):
    mro = cls.__mro__
    ranked = []
    for candidate in registry:
        if candidate in mro:
            ranked.append((mro.index(candidate), 0, candidate))
        elif not isinstance(candidate, types.GenericAlias) and issubclass(cls, candidate):
            last = max(index for index, base in enumerate(mro) if issubclass(base, candidate))
            ranked.append((last, 1, candidate))
    if not ranked:
        return None
    first = min(ranked, key=lambda entry: entry[:2])
    ties = [entry[2] for entry in ranked if entry[:2] == first[:2]]
    match = ties[0]
    for other in ties[1:]:
        if issubclass(other, match):
            match = other
        elif not issubclass(match, other):
            raise RuntimeError("Ambiguous dispatch: {} or {}".format(match, other))
    return registry[match]


def _members(cls):
    # The classes of a union, or None if cls is no union of classes.
    from typing import get_args, get_origin, Union
    if get_origin(cls) is Union or isinstance(cls, types.UnionType):
        return get_args(cls)
    return None


def _is_valid(cls):
    if isinstance(cls, type):
        return True
    members = _members(cls)
    return members is not None and all(isinstance(member, type) for member in members)


def _from_annotation(func):
    # The class that the annotation of the first parameter names.
    if not getattr(func, '__annotations__', {}):
        raise TypeError(f"Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` "
                        "or plain `@register` on an annotated function.")
    from typing import get_type_hints
    name, cls = next(iter(get_type_hints(func).items()))
    if not _is_valid(cls):
        what = "not all arguments are classes" if _members(cls) is not None else "is not a class"
        raise TypeError(f"Invalid annotation for {name!r}. {cls!r} {what}.")
    return cls


def make_dispatcher(func):
    """The generic function whose default implementation is func."""
    registry = {object: func}
    found = {}

    def dispatch(cls):
        """The implementation for instances of cls."""
        if cls not in found:
            found[cls] = registry[cls] if cls in registry else _best(cls, registry)
        return found[cls]

    def register(cls, func=None):
        """Add an implementation for cls, or for the class in the annotation of a decorated function."""
        if _is_valid(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            func = cls
            cls = _from_annotation(func)
        for member in [cls] if isinstance(cls, type) else _members(cls):
            registry[member] = func
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, '__name__', 'singledispatch function')
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = types.MappingProxyType(registry)
    wrapper._clear_cache = found.clear
    return update_wrapper(wrapper, func)
