# gilsim: atomic
"""Which name a program may have meant: the end of some messages, `Did you mean: 'x'?`.

Mirrors _compute_suggestion_error of CPython 3.13's Lib/traceback.py and Python/suggestions.c: the candidate with the
least edit distance, where a change of case costs half of any other change.
"""

import sys
from _gilsim import frame_names

_CANDIDATES_MAX = 750
_LENGTH_MAX = 40
_MOVE, _CASE = 2, 1


def suggestion_text(exc, tb):
    """What to add to the text of an exception with the traceback tb; may be empty."""
    if isinstance(exc, ImportError):
        wrong = getattr(exc, 'name_from', None)
    elif isinstance(exc, (NameError, AttributeError)):
        wrong = getattr(exc, 'name', None)
    else:
        return ''
    if not isinstance(wrong, str):
        return ''
    try:
        found = _suggest(exc, tb, wrong)
    except Exception:
        found = None
    text = f". Did you mean: '{found}'?" if found else ''
    if isinstance(exc, NameError) and wrong in getattr(sys, 'stdlib_module_names', ()):
        text += f" Or did you forget to import '{wrong}'?" if found else f". Did you forget to import '{wrong}'?"
    return text


def _suggest(exc, tb, wrong):
    if tb is not None:
        while tb.tb_next is not None:
            tb = tb.tb_next
    if isinstance(exc, NameError):
        if tb is None:
            return None
        names, owner = frame_names(tb)
        if owner is not None and hasattr(owner, wrong):
            return f"self.{wrong}"
        return closest(names, wrong)
    if isinstance(exc, AttributeError):
        names = dir(exc.obj)
        inside = tb is not None and frame_names(tb)[1] is exc.obj
    else:
        names = dir(__import__(exc.name))
        inside = False
    if wrong[:1] != '_' and not inside:
        names = [name for name in names if name[:1] != '_']
    return closest(names, wrong)


def closest(names, wrong):
    """The name nearest to a wrong one, if at most a third of the characters had to change; else None."""
    if len(names) > _CANDIDATES_MAX or len(wrong) > _LENGTH_MAX:
        return None
    best = None
    best_distance = len(wrong) * _MOVE
    for name in names:
        if name == wrong or not isinstance(name, str):
            continue
        limit = min((len(name) + len(wrong) + 3) * _MOVE // 6, best_distance - 1)
        distance = _distance(wrong, name, limit)
        if distance <= limit and (best is None or distance < best_distance):
            best, best_distance = name, distance
    return best


def _distance(a, b, limit):
    # Edit distance, or something above limit. One row of the usual table is kept.
    if a == b:
        return 0
    start = 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if not a or not b:
        return _MOVE * (len(a) + len(b))
    if len(a) > _LENGTH_MAX or len(b) > _LENGTH_MAX:
        return limit + 1
    if len(b) < len(a):
        a, b = b, a
    if (len(b) - len(a)) * _MOVE > limit:
        return limit + 1
    row = list(range(_MOVE, _MOVE * (len(a) + 1), _MOVE))
    result = 0
    for row_number in range(len(b)):
        diagonal = result = row_number * _MOVE
        least = None
        for column in range(len(a)):
            replaced = diagonal + _change(b[row_number], a[column])
            diagonal = row[column]
            result = min(min(result, diagonal) + _MOVE, replaced)
            row[column] = result
            if least is None or result < least:
                least = result
        if least > limit:
            return limit + 1
    return result


def _change(a, b):
    if a == b:
        return 0
    return _CASE if a.lower() == b.lower() else _MOVE
