# gilsim: atomic
"""list.sort() and sorted() with a key, or of items whose comparison runs Python code. The algorithm: _prelude_sort.py.

Mirrors list_sort_impl() of CPython 3.13's Objects/listobject.c.
"""
import _gilsim


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
        modified = len(lst) > 0
    finally:
        lst[:] = items
    if modified:
        raise ValueError("list modified during sort")
