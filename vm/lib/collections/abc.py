"""Abstract base classes of containers and iterators.

Mirrors CPython 3.13's Lib/_collections_abc.py: the same classes, mixin methods and registered builtins. The simple ones
recognise any class that has the methods in `_needs`. Leaves out ByteString's warning.
"""

from _collections import deque
from abc import ABCMeta, abstractmethod
from types import GenericAlias

__all__ = ["Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable", "Iterable",
           "Iterator", "Generator", "Reversible", "Sized", "Container", "Callable", "Collection", "Set", "MutableSet",
           "Mapping", "MutableMapping", "MappingView", "KeysView", "ItemsView", "ValuesView", "Sequence",
           "MutableSequence", "ByteString", "Buffer"]


def _has_methods(cls, names):
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


@classmethod
def _hook(cls, other):
    needs = cls.__dict__.get('_needs')
    return NotImplemented if needs is None else _has_methods(other, needs)


class Hashable(metaclass=ABCMeta):
    """Has __hash__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__hash__',)

    @abstractmethod
    def __hash__(self):
        return 0


class Awaitable(metaclass=ABCMeta):
    """Has __await__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__await__',)

    @abstractmethod
    def __await__(self):
        yield

    __class_getitem__ = classmethod(GenericAlias)


def _throw(typ, val, tb):
    if val is None:
        if tb is None:
            raise typ
        val = typ()
    if tb is not None:
        val = val.with_traceback(tb)
    raise val


def _close(self, ignored):
    try:
        self.throw(GeneratorExit)
    except ignored:
        return
    raise RuntimeError(f"{'coroutine' if isinstance(self, Coroutine) else 'generator'} ignored GeneratorExit")


class Coroutine(Awaitable):
    """Has the methods of a coroutine."""

    __slots__ = ()
    _needs = ('__await__', 'send', 'throw', 'close')

    @abstractmethod
    def send(self, value):
        """Go on with a value."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on with an exception."""
        _throw(typ, val, tb)

    def close(self):
        """Make it end."""
        _close(self, (GeneratorExit, StopIteration))


class AsyncIterable(metaclass=ABCMeta):
    """Has __aiter__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__aiter__',)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()

    __class_getitem__ = classmethod(GenericAlias)


class AsyncIterator(AsyncIterable):
    """Has __anext__ and __aiter__."""

    __slots__ = ()
    _needs = ('__anext__', '__aiter__')

    @abstractmethod
    def __anext__(self):
        raise StopAsyncIteration

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    """Has the methods of an asynchronous generator."""

    __slots__ = ()
    _needs = ('__aiter__', '__anext__', 'asend', 'athrow', 'aclose')


class Iterable(metaclass=ABCMeta):
    """Has __iter__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__iter__',)

    @abstractmethod
    def __iter__(self):
        while False:
            yield None

    __class_getitem__ = classmethod(GenericAlias)


class Iterator(Iterable):
    """Has __next__ and __iter__."""

    __slots__ = ()
    _needs = ('__iter__', '__next__')

    @abstractmethod
    def __next__(self):
        """The next item, or StopIteration."""
        raise StopIteration

    def __iter__(self):
        return self


class Reversible(Iterable):
    """Has __reversed__ and __iter__."""

    __slots__ = ()
    _needs = ('__reversed__', '__iter__')

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None


class Generator(Iterator):
    """Has the methods of a generator."""

    __slots__ = ()
    _needs = ('__iter__', '__next__', 'send', 'throw', 'close')

    def __next__(self):
        """Go on with None."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Go on with a value."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on with an exception."""
        _throw(typ, val, tb)

    def close(self):
        """Make it end."""
        _close(self, (GeneratorExit, StopIteration))


class Sized(metaclass=ABCMeta):
    """Has __len__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__len__',)

    @abstractmethod
    def __len__(self):
        return 0


class Container(metaclass=ABCMeta):
    """Has __contains__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__contains__',)

    @abstractmethod
    def __contains__(self, x):
        return False

    __class_getitem__ = classmethod(GenericAlias)


class Collection(Sized, Iterable, Container):
    """Has __len__, __iter__ and __contains__."""

    __slots__ = ()
    _needs = ('__len__', '__iter__', '__contains__')


class Buffer(metaclass=ABCMeta):
    """Has __buffer__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__buffer__',)

    @abstractmethod
    def __buffer__(self, flags: int, /) -> memoryview:
        raise NotImplementedError


class _CallableAlias(GenericAlias):
    # Callable[[int, str], bool]: shown with the list of parameters, though its arguments are flat.

    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        params, result = args
        flat = (*params, result) if isinstance(params, (tuple, list)) else args
        return super().__new__(cls, origin, flat)

    def __repr__(self):
        from typing import _type_repr
        args = self.__args__
        if len(args) == 2 and args[0] is Ellipsis:
            return f'collections.abc.Callable[..., {_type_repr(args[1])}]'
        return (f'collections.abc.Callable[[{", ".join([_type_repr(a) for a in args[:-1]])}], '
                f'{_type_repr(args[-1])}]')


class Callable(metaclass=ABCMeta):
    """Has __call__."""

    __slots__ = ()
    __subclasshook__ = _hook
    _needs = ('__call__',)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    __class_getitem__ = classmethod(_CallableAlias)


from collections._abc_sets import Set, MutableSet
from collections._abc_mappings import Mapping, MutableMapping, MappingView, KeysView, ItemsView, ValuesView
from collections._abc_sequences import Sequence, MutableSequence, ByteString


def _some_generator():
    yield


Generator.register(type(_some_generator()))
for _container in ([], (), {}, set(), '', b'', range(0), {}.keys(), {}.values(), {}.items(), zip()):
    Iterator.register(type(iter(_container)))
Set.register(frozenset)
MutableSet.register(set)
KeysView.register(type({}.keys()))
ItemsView.register(type({}.items()))
ValuesView.register(type({}.values()))
Mapping.register(type(type.__dict__))
MutableMapping.register(dict)
for _sequence in (tuple, str, bytes, range, memoryview):
    Sequence.register(_sequence)
for _sequence in (bytes, bytearray):
    ByteString.register(_sequence)
for _sequence in (list, bytearray, deque):
    MutableSequence.register(_sequence)
for _class in [Set, MutableSet, Mapping, MutableMapping, MappingView, KeysView, ItemsView, ValuesView, Sequence,
               MutableSequence, ByteString]:
    _class.__module__ = 'collections.abc'
