"""Containers beside list, tuple, dict and set.

Mirrors CPython 3.13's Lib/collections/__init__.py; what is C there is in _ordered.py (and deque is native). Classes
that few programs use are loaded when they are first asked for.
"""

from _collections import deque
from _namedtuple import namedtuple

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict', 'deque',
           'namedtuple']


def __getattr__(name):
    if name == 'OrderedDict':
        from collections._ordered import OrderedDict as found
    elif name == 'defaultdict':
        from collections._defaultdict import defaultdict as found
    elif name == 'Counter':
        from collections._counter import Counter as found
    elif name == 'ChainMap':
        from collections._chainmap import ChainMap as found
    elif name == 'UserDict':
        from collections._userdict import UserDict as found
    elif name == 'UserList':
        from collections._userlist import UserList as found
    elif name == 'UserString':
        from collections._userstring import UserString as found
    elif name == 'abc':
        import collections.abc as found
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__():
    return sorted({*globals(), *__all__})
