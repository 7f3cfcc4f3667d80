# gilsim: atomic
"""The class statement, and the call of a class whose __new__ or __init__ is Python code.

Mirrors __build_class__ of CPython 3.13's Python/bltinmodule.c and type_call() of Objects/typeobject.c.
"""
import _gilsim


def type_call(cls, args, kwargs):
    """cls(*args, **kwargs) for a class whose __new__ or __init__ is Python code."""
    result = cls.__new__(cls, *args, **kwargs)
    if isinstance(result, cls):
        outcome = type(result).__init__(result, *args, **kwargs)
        if outcome is not None:
            raise TypeError(f"__init__() should return None, not '{type(outcome).__name__}'")
    return result


def build_class(func, name, /, *bases, **kwargs):
    """The class statement (__build_class__): `func` runs the body."""
    resolved = _resolve_bases(bases)
    if 'metaclass' in kwargs:
        metaclass = kwargs.pop('metaclass')
    else:
        metaclass = type(resolved[0]) if resolved else type
    if isinstance(metaclass, type):
        metaclass = _most_derived(metaclass, resolved)
    prepare = getattr(metaclass, '__prepare__', None)
    namespace = {} if prepare is None else prepare(name, resolved, **kwargs)
    if not hasattr(namespace, '__getitem__'):
        who = metaclass.__name__ if isinstance(metaclass, type) else '<metaclass>'
        raise TypeError(f"{who}.__prepare__() must return a mapping, not {type(namespace).__name__}")
    cell = _gilsim.exec_body(func, namespace)
    if resolved is not bases:
        namespace['__orig_bases__'] = bases
    cls = metaclass(name, resolved, namespace, **kwargs)
    if cell is not None and isinstance(cls, type):
        _check_cell(cell, name, cls)
    return cls


def _resolve_bases(bases):
    # Objects that are no classes may stand for some: `class C(List[int])`.
    result = []
    changed = False
    for base in bases:
        entries = None if isinstance(base, type) else getattr(base, '__mro_entries__', None)
        if entries is None:
            result.append(base)
            continue
        changed = True
        replacement = entries(bases)
        if not isinstance(replacement, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        result.extend(replacement)
    return tuple(result) if changed else bases


def _most_derived(metaclass, bases):
    for base in bases:
        other = type(base)
        if issubclass(metaclass, other):
            continue
        if not issubclass(other, metaclass):
            raise TypeError("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
                            "the metaclasses of all its bases")
        metaclass = other
    return metaclass


def _check_cell(cell, name, cls):
    # The cell behind super() without arguments is filled by type.__new__; a metaclass may have kept it from that.
    try:
        filled = cell.cell_contents
    except ValueError:
        raise RuntimeError(f"__class__ not set defining {name!r} as {cls!r}. "
                           "Was __classcell__ propagated to type.__new__?") from None
    if filled is not cls:
        raise TypeError(f"__class__ set to {filled!r} defining {name!r} as {cls!r}")
