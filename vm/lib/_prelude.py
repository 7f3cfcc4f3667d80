# gilsim: atomic
"""Bodies of builtins that call back into Python code: the interpreter comes here where its native path ends.

Mirrors functions of CPython 3.13's Python/bltinmodule.c and Objects/*.c: the same calls of user code in the same order,
the same messages. Sorting is in _prelude_sort.py, iterator types in _prelude_iter.py.
"""

import _gilsim

_real_len, _real_iter = len, iter


# Folding iterables --------------------------------------------------------------------------------------------------

def min_max(name, args, key, default, is_max):
    """min() and max(). `default` is () if none was given, else a tuple of one."""
    if len(args) > 1:
        if default:
            raise TypeError(f"Cannot specify a default for {name}() with multiple positional arguments")
        items = args
    else:
        items = args[0]
    found = False
    best = best_key = None
    for item in items:
        item_key = item if key is None else key(item)
        if not found:
            found = True
        elif is_max:
            if not item_key > best_key:
                continue
        elif not item_key < best_key:
            continue
        best, best_key = item, item_key
    if found:
        return best
    if default:
        return default[0]
    raise ValueError(f"{name}() iterable argument is empty")


def any(iterable):
    """any()"""
    for item in iterable:
        if item:
            return True
    return False


def all(iterable):
    """all()"""
    for item in iterable:
        if not item:
            return False
    return True


def sum(iterable, start):
    """sum(): integers exactly, floats with the rounding errors carried along (Neumaier), then plain addition."""
    if isinstance(start, str):
        raise TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    if isinstance(start, bytes):
        raise TypeError("sum() can't sum bytes [use b''.join(seq) instead]")
    if isinstance(start, bytearray):
        raise TypeError("sum() can't sum bytearray [use b''.join(seq) instead]")
    total = start
    items = _real_iter(iterable)
    for item in items:
        total = total + item
        if type(total) is float:
            total = _sum_floats(total, items)
    return total


def _sum_floats(total, items):
    # Goes on until the items end or one is neither float nor a small int.
    lost = 0.0
    for item in items:
        if type(item) is float:
            grown = total + item
            if abs(total) >= abs(item):
                lost += (total - grown) + item
            else:
                lost += (item - grown) + total
            total = grown
        elif isinstance(item, int) and -0x8000000000000000 <= item <= 0x7fffffffffffffff:
            total += float(item)
        else:
            return _with_lost(total, lost) + item
    return _with_lost(total, lost)


def _with_lost(total, lost):
    # An infinite or undefined correction would spoil the sum.
    return total + lost if lost and lost - lost == 0.0 else total


# Filling containers -------------------------------------------------------------------------------------------------

def collect(iterable):
    """A new list of the items."""
    result = []
    for item in iterable:
        result.append(item)
    return result


def take(iterable, count):
    """At most `count` items, as a list; no item more is asked for."""
    result = []
    if count > 0:
        for item in iterable:
            result.append(item)
            if _real_len(result) == count:
                break
    return result


def contains(iterable, x):
    """`x in iterable` by iteration."""
    for item in iterable:
        if item is x or item == x:
            return True
    return False


def dict_update(d, other):
    """dict.update(other), for a mapping with keys() or an iterable of pairs."""
    if hasattr(other, 'keys'):
        for key in collect(other.keys()):
            d[key] = other[key]
        return
    number = 0
    for pair in other:
        try:
            pair = tuple(pair)
        except TypeError:
            raise TypeError("cannot convert dictionary update sequence "
                            f"element #{number} to a sequence") from None
        if _real_len(pair) != 2:
            raise ValueError(f"dictionary update sequence element #{number} has length {_real_len(pair)}; "
                             "2 is required")
        d[pair[0]] = pair[1]
        number += 1


def dict_merge_keywords(d, other, function_name):
    """`f(**other)`: like dict_update(), but keys must be strings not in d yet; function_name as in `f()`."""
    if not hasattr(other, 'keys'):
        raise TypeError(f"{function_name} argument after ** must be a mapping, not {type(other).__name__}")
    for key in collect(other.keys()):
        if not isinstance(key, str):
            raise TypeError("keywords must be strings")
        if key in d:
            raise TypeError(f"{function_name} got multiple values for keyword argument '{key}'")
        d[key] = other[key]


def set_update(s, iterable):
    """set.update(iterable)"""
    for item in iterable:
        s.add(item)


def dict_fromkeys(cls, iterable, value):
    """dict.fromkeys() of a class."""
    result = cls()
    for key in iterable:
        result[key] = value
    return result


def import_star(module, namespace):
    """`from module import *` into a namespace."""
    names = getattr(module, '__all__', None)
    if names is None:
        names = [name for name in module.__dict__ if not name.startswith('_')]
    for name in names:
        if type(name) is not str:
            raise TypeError(f"Item in {module.__name__}.__all__ must be str, not {type(name).__name__}")
        namespace[name] = getattr(module, name)


# Output -------------------------------------------------------------------------------------------------------------

def print_to(file, args, sep, end, flush):
    """print() to any object with write(): one write per argument, separator and end, then perhaps flush()."""
    first = True
    for arg in args:
        if not first:
            file.write(sep)
        first = False
        file.write(arg if type(arg) is str else str(arg))
    file.write(end)
    if flush:
        file.flush()


# The library ---------------------------------------------------------------------------------------------------------

def call_library(module, function, *args):
    """A function of a library module, for native functions whose work is done in Python."""
    return getattr(__import__(module), function)(*args)


# Classes ------------------------------------------------------------------------------------------------------------

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


# Statements ---------------------------------------------------------------------------------------------------------

def display(value):
    """What an interactive statement does with its value."""
    import sys
    sys.displayhook(value)


def exception_group_derive(group, exceptions):
    """group.derive(exceptions): a group with the same message, unless a subclass says otherwise."""
    return BaseExceptionGroup(group.message, exceptions)


def exception_group_split(group, condition):
    """group.split(condition): the part that matches and the rest, each None if there is nothing."""
    return _split(group, _as_condition(condition), True)


def exception_group_subgroup(group, condition):
    """group.subgroup(condition): the part that matches, or None."""
    return _split(group, _as_condition(condition), False)[0]


def _as_condition(condition):
    kinds = condition if isinstance(condition, tuple) else (condition,)
    if not [kind for kind in kinds if not isinstance(kind, type) or not issubclass(kind, BaseException)]:
        return lambda exc: isinstance(exc, kinds)
    if isinstance(condition, (tuple, type)) or not callable(condition):
        raise TypeError("expected an exception type, a tuple of exception types, or a callable (other than a class)")
    return condition


def _split(exc, matches, want_rest):
    if matches(exc):
        return exc, None
    if not isinstance(exc, BaseExceptionGroup):
        return None, exc
    matching, others = [], []
    for member in exc.exceptions:
        match, rest = _split(member, matches, want_rest)
        if match is not None:
            matching.append(match)
        if rest is not None:
            others.append(rest)
    return _subset(exc, matching), _subset(exc, others) if want_rest else None


def _subset(group, exceptions):
    # A group of some members, with the facts of the whole one.
    if not exceptions:
        return None
    result = group.derive(exceptions)
    if not isinstance(result, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    result.__traceback__ = group.__traceback__
    result.__context__ = group.__context__
    result.__cause__ = group.__cause__
    notes = getattr(group, '__notes__', None)
    if isinstance(notes, (list, tuple)):
        result.__notes__ = list(notes)
    return result


def exception_group_match(exc, kind):
    """`except* kind`: the part of exc that matches and the rest, each None if there is nothing."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    for one in kinds:
        if not isinstance(one, type) or not issubclass(one, BaseException):
            raise TypeError("catching classes that do not inherit from BaseException is not allowed")
        if issubclass(one, BaseExceptionGroup):
            raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
    if exc is None:
        return None, None
    if isinstance(exc, kind):
        if isinstance(exc, BaseExceptionGroup):
            return exc, None
        group = BaseExceptionGroup("", (exc,))
        group.__traceback__ = exc.__traceback__
        return group, None
    if isinstance(exc, BaseExceptionGroup):
        return exc.split(kind)
    return None, exc


def exception_group_rest(original, results):
    """After all `except*` clauses: the exception to raise, made of what they raised and of what none has caught."""
    raised, left = [], []
    for exc in results:
        if exc is not None:
            if isinstance(original, BaseExceptionGroup) and not _is_part(exc, original):
                raised.append(exc)
            else:
                left.append(exc)
    if not isinstance(original, BaseExceptionGroup):
        return left[0] if left else None
    if left:
        kept = set()
        for group in left:
            _add_leaves(group, kept)
        rest = original.split(lambda exc: id(exc) in kept)[0]
        if rest is not None:
            raised.append(rest)
    if _real_len(raised) > 1:
        return BaseExceptionGroup("", raised)
    return raised[0] if raised else None


def _is_part(exc, original):
    # Parts that split() made carry the same facts as the whole.
    return (isinstance(exc, BaseExceptionGroup)
            and getattr(exc, '__notes__', None) is getattr(original, '__notes__', None)
            and exc.__traceback__ is original.__traceback__ and exc.__cause__ is original.__cause__
            and exc.__context__ is original.__context__)


def _add_leaves(exc, found):
    if isinstance(exc, BaseExceptionGroup):
        for member in exc.exceptions:
            _add_leaves(member, found)
    else:
        found.add(id(exc))


# Type parameters: `def f[T]`, `class C[T]`, `type X[T] = ...` --------------------------------------------------------

def type_var(name):
    """[T]"""
    from _typing import TypeVar
    return TypeVar(name, infer_variance=True)


def type_var_with_bound(name, evaluate):
    """[T: bound]; evaluate() gives the bound."""
    from _typing import TypeVar
    return TypeVar._lazy(name, bound=evaluate)


def type_var_with_constraints(name, evaluate):
    """[T: (one, other)]; evaluate() gives the tuple."""
    from _typing import TypeVar
    return TypeVar._lazy(name, constraints=evaluate)


def param_spec(name):
    """[**P]"""
    from _typing import ParamSpec
    return ParamSpec(name, infer_variance=True)


def type_var_tuple(name):
    """[*Ts]"""
    from _typing import TypeVarTuple
    return TypeVarTuple(name)


def set_type_param_default(param, evaluate):
    """[T = default]; evaluate() gives the default."""
    param._default = evaluate
    return param


def set_function_type_params(function, params):
    """Note the type parameters of a function."""
    function.__type_params__ = params
    return function


def subscript_generic(params):
    """The base Generic[T] of `class C[T]`."""
    from typing import Generic, Unpack
    from _typing import TypeVarTuple
    return Generic[tuple([Unpack[param] if isinstance(param, TypeVarTuple) else param for param in params])]


def type_alias(parts):
    """`type X[T] = value`; parts are the name, the type parameters or None, and a function that gives the value."""
    from _typing import TypeAliasType
    name, params, evaluate = parts
    return TypeAliasType._lazy(name, params or (), evaluate)


# Sorting ------------------------------------------------------------------------------------------------------------

def sorted_with_key(iterable, key, reverse):
    """sorted(iterable, key=key, reverse=reverse)"""
    result = list(iterable)
    list_sort(result, key, reverse)
    return result


def list_sort(lst, key, reverse):
    """lst.sort(key=key, reverse=reverse): the list is empty meanwhile; items go back whatever happens."""
    items = lst[:]
    lst.clear()
    try:
        keys = items if key is None else [key(item) for item in items]
        values = None if key is None else items
        if not _gilsim.sort_natively(keys, values, reverse):
            from _prelude_sort import Sorter
            Sorter(keys, values).sort(reverse)
        modified = _real_len(lst) > 0
    finally:
        lst[:] = items
    if modified:
        raise ValueError("list modified during sort")


# Things of other files ----------------------------------------------------------------------------------------------

from _prelude_iter import (map_iter, filter_iter, zip_iter, enumerate_iter, reversed_iter, seq_iter, iter_sentinel)
