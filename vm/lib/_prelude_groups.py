# gilsim: atomic
"""Exception groups: their methods, and what `except*` does with them.

Mirrors Objects/exceptions.c and Python/ceval.c of CPython 3.13.
"""


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
    if len(raised) > 1:
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
