# gilsim: atomic
"""Abstract base classes: classes that say which methods their subclasses must have.

Mirrors CPython 3.13's Lib/abc.py and Modules/_abc.c. A class made by ABCMeta carries its abstract names in
__abstractmethods__ (object.__new__ looks there) and answers isinstance() and issubclass() itself.
"""

_counter = 0    # grows with every register(); negative answers from before are not trusted


def get_cache_token():
    """A value that changes whenever a class is registered with an abstract base class."""
    return _counter


def abstractmethod(funcobj):
    """Decorator: subclasses must define this method."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """The old form of @classmethod with @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """The old form of @staticmethod with @abstractmethod."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """The old form of @property with @abstractmethod."""

    __isabstractmethod__ = True


def _is_abstract(value):
    if isinstance(value, property):
        for part in (value.fget, value.fset, value.fdel):
            if part is not None and getattr(part, '__isabstractmethod__', False):
                return True
        return type(value) is not property and getattr(value, '__isabstractmethod__', False)
    if isinstance(value, (classmethod, staticmethod)):
        value = value.__func__
    return bool(getattr(value, '__isabstractmethod__', False))


def _abstract_names(cls, own):
    names = {name for name, value in own if _is_abstract(value)}
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if _is_abstract(getattr(cls, name, None)):
                names.add(name)
    return frozenset(names)


def update_abstractmethods(cls):
    """Compute the abstract names of a class again, after methods were added to it."""
    if hasattr(cls, '__abstractmethods__'):
        cls.__abstractmethods__ = _abstract_names(cls, list(cls.__dict__.items()))
    return cls


class _Known:
    # What one abstract base class knows about other classes.
    __slots__ = 'registered', 'accepted', 'refused', 'version'

    def __init__(self):
        self.registered = []
        self.accepted = set()
        self.refused = set()
        self.version = _counter


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, list(namespace.items()))
        cls._abc_impl = _Known()
        return cls

    def register(cls, subclass):
        """Count subclass as a subclass from now on."""
        global _counter
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.registered.append(subclass)
        _counter += 1
        return subclass

    def __instancecheck__(cls, instance):
        """isinstance(instance, cls)"""
        subclass = instance.__class__
        if subclass in cls._abc_impl.accepted:
            return True
        subtype = type(instance)
        if subtype is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        """issubclass(subclass, cls)"""
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        known = cls._abc_impl
        if subclass in known.accepted:
            return True
        if known.version < _counter:
            known.refused = set()
            known.version = _counter
        elif subclass in known.refused:
            return False
        if _decide(cls, subclass, known):
            known.accepted.add(subclass)
            return True
        known.refused.add(subclass)
        return False

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"_abc_registry: {set(cls._abc_impl.registered)!r}", file=file)


def _decide(cls, subclass, known):
    answer = cls.__subclasshook__(subclass)
    if answer is not NotImplemented:
        return answer
    if cls in subclass.__mro__:
        return True
    for other in known.registered:
        if issubclass(subclass, other):
            return True
    for other in cls.__subclasses__():
        if issubclass(subclass, other):
            return True
    return False


class ABC(metaclass=ABCMeta):
    """A base class that makes its subclasses abstract base classes."""

    __slots__ = ()
