"""References that do not keep objects alive.

Mirrors the classes of CPython 3.13's Lib/weakref.py and Lib/_weakrefset.py on the native references. Containers leave
out what is dead when they are asked.
"""

import _weakref
from _weakref import ref, proxy, getweakrefcount
from collections.abc import MutableMapping, MutableSet

ReferenceType = ref
getweakrefs = getattr(_weakref, 'getweakrefs', None)

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType",
           "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]


class WeakMethod(ref):
    """A weak reference to a bound method, which does not die with the method object."""

    __slots__ = "_function_ref", "_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            obj, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None
        def ended(_):
            # The object or the function: whichever ends first.
            self = self_ref()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)
        self = ref.__new__(cls, obj, ended)
        self._function_ref = ref(function, ended)
        self._type = type(meth)
        self._alive = True
        self_ref = ref(self)
        return self

    def __init__(self, meth, callback=None):
        ref.__init__(self, meth.__self__)

    def __call__(self):
        obj = super().__call__()
        function = self._function_ref()
        return None if obj is None or function is None else self._type(function, obj)

    def __eq__(self, other):
        if isinstance(other, WeakMethod):
            if not self._alive or not other._alive:
                return self is other
            return ref.__eq__(self, other) and self._function_ref == other._function_ref
        return NotImplemented

    __hash__ = ref.__hash__


class WeakValueDictionary(MutableMapping):
    """A mapping that forgets an entry when its value dies."""

    def __init__(self, other=(), /, **kw):
        self.data = {}
        self.update(other, **kw)

    def _living(self):
        # Pairs of what is alive; takes out the rest.
        result = []
        for key, reference in list(self.data.items()):
            value = reference()
            if value is not None:
                result.append((key, value))
            elif self.data.get(key) is reference:
                del self.data[key]
        return result

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = ref(value)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def __len__(self):
        return len(self._living())

    def __iter__(self):
        return iter([key for key, value in self._living()])

    def items(self):
        return iter(self._living())

    def values(self):
        return iter([value for key, value in self._living()])

    def keys(self):
        return iter(self)

    def valuerefs(self):
        """The references."""
        return list(self.data.values())

    def copy(self):
        """A copy with what is alive."""
        return type(self)(self._living())

    __copy__ = copy

    def __repr__(self):
        return "<%s at %#x>" % (self.__class__.__name__, id(self))


class _Key:
    # A weak reference that is compared and hashed like its object, and like itself when that is dead.
    __slots__ = '_ref', '_hash'

    def __init__(self, obj):
        self._ref = ref(obj)
        self._hash = hash(obj)

    def __call__(self):
        return self._ref()

    def __hash__(self):
        return self._hash

    def __eq__(self, other):
        mine, others = self._ref(), other._ref()
        if mine is None or others is None:
            return self is other
        return mine is others or mine == others


class WeakKeyDictionary(MutableMapping):
    """A mapping that forgets an entry when its key dies."""

    def __init__(self, dict=None):
        self.data = {}
        if dict is not None:
            self.update(dict)

    def _living(self):
        result = []
        for key, value in list(self.data.items()):
            obj = key()
            if obj is not None:
                result.append((obj, value))
            else:
                self.data.pop(key, None)
        return result

    def __getitem__(self, key):
        try:
            return self.data[_Key(key)]
        except KeyError:
            raise KeyError(ref(key)) from None

    def __setitem__(self, key, value):
        self.data[_Key(key)] = value

    def __delitem__(self, key):
        del self.data[_Key(key)]

    def __contains__(self, key):
        try:
            return _Key(key) in self.data
        except TypeError:
            return False

    def __len__(self):
        return len(self._living())

    def __iter__(self):
        return iter([key for key, value in self._living()])

    def items(self):
        return iter(self._living())

    def keys(self):
        return iter(self)

    def values(self):
        return iter([value for key, value in self._living()])

    def keyrefs(self):
        """The references."""
        return [key._ref for key in self.data]

    def copy(self):
        """A copy with what is alive."""
        result = WeakKeyDictionary()
        for key, value in self._living():
            result[key] = value
        return result

    __copy__ = copy

    def __repr__(self):
        return "<%s at %#x>" % (self.__class__.__name__, id(self))


class WeakSet(MutableSet):
    """A set that forgets items when they die."""

    def __init__(self, data=None):
        self.data = {}
        if data is not None:
            self.update(data)

    def _living(self):
        result = []
        for key in list(self.data):
            obj = key()
            if obj is not None:
                result.append(obj)
            else:
                self.data.pop(key, None)
        return result

    def __iter__(self):
        return iter(self._living())

    def __len__(self):
        return len(self._living())

    def __contains__(self, item):
        try:
            return _Key(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        """Add an item."""
        self.data[_Key(item)] = None

    def discard(self, item):
        """Take an item out, if it is there."""
        self.data.pop(_Key(item), None)

    def remove(self, item):
        """Take an item out; KeyError if it is not there."""
        if item not in self:
            raise KeyError(ref(item))
        self.discard(item)

    def pop(self):
        """Take any item out."""
        while True:
            try:
                key, _ = self.data.popitem()
            except KeyError:
                raise KeyError('pop from empty WeakSet') from None
            obj = key()
            if obj is not None:
                return obj

    def update(self, other):
        """Add several items."""
        self |= other

    def copy(self):
        """A copy with what is alive."""
        return self.__class__(self)

    __copy__ = copy

    def __deepcopy__(self, memo):
        # What a weak reference refers to is not copied.
        return self.copy()

    def union(self, other):
        """A set with the items of both."""
        result = self.copy()
        result |= other
        return result

    __or__ = union

    def intersection(self, other):
        """A set with the common items."""
        return self.__class__([item for item in other if item in self])

    __and__ = intersection

    def intersection_update(self, other):
        """Keep the common items only."""
        self &= other

    def difference(self, other):
        """A set with the items that other does not have."""
        result = self.copy()
        result -= other
        return result

    __sub__ = difference

    def difference_update(self, other):
        """Take out what other has."""
        self -= other

    def symmetric_difference(self, other):
        """A set with the items that only one of the two has."""
        result = self.copy()
        result ^= other
        return result

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        """Keep what only one of the two has."""
        self ^= other

    def issubset(self, other):
        """Whether other has all items."""
        return set(self).issubset(set(other))

    __le__ = issubset

    def __lt__(self, other):
        return set(self) < set(other)

    def issuperset(self, other):
        """Whether this set has all items of other."""
        return set(self).issuperset(set(other))

    __ge__ = issuperset

    def __gt__(self, other):
        return set(self) > set(other)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return set(self) == set(other)

    def __repr__(self):
        return repr({ref(item) for item in self})


class finalize:
    """Calls a function when an object dies, or at the end of the program."""

    _registry = {}

    def __init__(self, obj, func, /, *args, **kwargs):
        self._function = func, args, kwargs
        self.atexit = True
        self._ref = ref(obj, self)
        if not finalize._registry:
            import atexit
            atexit.register(self._exit)
        finalize._registry[self] = (self._ref, func, args, kwargs)

    def __call__(self, _=None):
        """Call the function now, if that has not been done."""
        if finalize._registry.pop(self, None) is None:
            return None
        func, args, kwargs = self._function
        return func(*args, **kwargs)

    def detach(self):
        """Give up; (object, function, args, kwargs) if it was alive."""
        info = finalize._registry.pop(self, None)
        obj = info and info[0]()
        return None if obj is None else (obj, *info[1:])

    def peek(self):
        """(object, function, args, kwargs) if it is alive."""
        info = finalize._registry.get(self)
        obj = info and info[0]()
        return None if obj is None else (obj, *info[1:])

    @property
    def alive(self):
        """Whether the function has still to be called."""
        return self in finalize._registry

    @staticmethod
    def _exit():
        for pending in reversed(list(finalize._registry)):
            if pending.atexit:
                pending()

    def __repr__(self):
        found = self.peek()
        state = 'dead' if found is None else 'for %r at %#x' % (type(found[0]).__name__, id(found[0]))
        return '<%s object at %#x; %s>' % (type(self).__name__, id(self), state)
