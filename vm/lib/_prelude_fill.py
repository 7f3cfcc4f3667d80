# gilsim: atomic
"""Lists, dicts and sets filled from iterables and mappings that run Python code; `in` by iteration.

Mirrors functions of CPython 3.13's Objects/*.c: the same calls of user code in the same order, the same messages.
"""


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
            if len(result) == count:
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
        if len(pair) != 2:
            raise ValueError(f"dictionary update sequence element #{number} has length {len(pair)}; "
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
