# gilsim: atomic
"""Type parameters: `def f[T]`, `class C[T]`, `type X[T] = ...`.

Mirrors the intrinsics of CPython 3.13's Python/intrinsics.c.
"""


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
