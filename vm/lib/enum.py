"""Enumerations.

Mirrors CPython 3.13's Lib/enum.py in what programs see: members, lookups, aliases, representations, mixed-in types,
flags, the functional form. Leaves out: verify() and its checks, pickling support, members named `name` or `value`,
global_enum, and the EJECT boundary's finer points.
"""

import sys
import types

__all__ = ['EnumType', 'EnumMeta', 'EnumDict', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum', 'auto',
           'unique', 'property', 'member', 'nonmember', 'FlagBoundary', 'STRICT', 'CONFORM', 'EJECT', 'KEEP']

property = property
Enum = Flag = ReprEnum = EJECT = KEEP = None    # until they are made


class nonmember:
    """Keeps a value in the class body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a function or class in the class body a member."""

    def __init__(self, value):
        self.value = value


class auto:
    """Stands for a value that follows from the earlier ones."""

    def __init__(self, value=None):
        self.value = value
        self.open = value is None

    def __repr__(self):
        return "auto(%r)" % (self.value,)


def _is_descriptor(obj):
    return not isinstance(obj, types.GenericAlias) and (
        hasattr(obj, '__get__') or hasattr(obj, '__set__') or hasattr(obj, '__delete__'))


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_single_bit(num):
    return num > 0 and num & (num - 1) == 0


_SUNDERS = ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_', '_iter_member_',
            '_iter_member_by_value_', '_iter_member_by_def_', '_add_alias_', '_add_value_alias_', '_boundary_')


class EnumDict(dict):
    """The namespace of the class body: notes which names are members."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False

    def __setitem__(self, key, value):
        private = self._cls_name is not None and key.startswith('_%s__' % self._cls_name.lstrip('_'))
        if private and not key.endswith('__'):
            pass
        elif _is_sunder(key):
            if key not in _SUNDERS:
                raise ValueError('_sunder_ names, such as %r, are reserved for future Enum use' % (key,))
            if key == '_generate_next_value_':
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == '_ignore_':
                value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
                self._ignore = value
                taken = set(value) & set(self._member_names)
                if taken:
                    raise ValueError('_ignore_ cannot specify already set names: %r' % (taken,))
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError('%r already defined as %r' % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if key in self:
                raise TypeError('%r already defined as %r' % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            value = self._resolve(key, value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _resolve(self, key, value):
        # Puts values in the place of auto(), also inside a tuple.
        if isinstance(value, auto):
            return self._next(key, value)
        if type(value) is tuple or isinstance(value, tuple) and hasattr(value, '_fields'):
            if any(isinstance(item, auto) for item in value):
                items = [self._next(key, item) if isinstance(item, auto) else item for item in value]
                return type(value)(items) if type(value) is tuple else type(value)(*items)
        return value

    def _next(self, key, value):
        if value.open:
            value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            value.open = False
            self._auto_called = True
        return value.value

    @property
    def member_names(self):
        """The names of the members so far."""
        return list(self._member_names)

    def update(self, members, **more_members):
        for key in members.keys() if hasattr(members, 'keys') else ():
            self[key] = members[key]
        if not hasattr(members, 'keys'):
            for key, value in members:
                self[key] = value
        for key, value in more_members.items():
            self[key] = value


def _data_type(name, bases):
    # The type that the members' values have by inheritance; object if there is none.
    found = []
    for chain in bases:
        candidate = None
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                if base._member_type_ is not object:
                    found.append(base._member_type_)
                    break
            elif '__new__' in base.__dict__ or '__dataclass_fields__' in base.__dict__:
                found.append(candidate or base)
                break
            else:
                candidate = candidate or base
    found = list(dict.fromkeys(found))
    if len(found) > 1:
        raise TypeError('too many data types for %r: %r' % (name, set(found)))
    return found[0] if found else object


def _mixins(name, bases):
    if not bases:
        return object, Enum
    first_enum = bases[-1]
    if not isinstance(first_enum, EnumType):
        raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
    return _data_type(name, bases) or object, first_enum


def _no_members_above(name, bases):
    for chain in bases:
        for base in chain.__mro__:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError("<enum %r> cannot extend %r" % (name, base))


def _find_new(namespace, member_type, first_enum):
    # What makes the members, and whether it gets the value as arguments.
    new = namespace.get('__new__')
    if new is None:
        for attribute in ('_new_member_', '__new__'):
            for possible in (member_type, first_enum):
                target = getattr(possible, attribute, None)
                if target is not None and target is not object.__new__ and target is not Enum.__new__:
                    new = target
                    break
            if new is not None:
                break
        else:
            new = object.__new__
    elif isinstance(new, staticmethod):
        new = new.__func__
    return new, new is not object.__new__


class EnumType(type):
    """The metaclass of enumerations."""

    _member_names_ = ()

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        if Enum is None:
            return {}
        _no_members_above(cls, bases)
        namespace = EnumDict(cls)
        member_type, first_enum = _mixins(cls, bases)
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, namespace, *, boundary=None, _simple=False, **kwds):
        if Enum is None:
            return super().__new__(metacls, cls, bases, dict(namespace))
        for name in namespace._ignore:
            namespace.pop(name, None)
        namespace.pop('_ignore_', None)
        names = list(namespace._member_names)
        if 'mro' in names:
            raise ValueError('invalid enum member name(s) %r' % 'mro')
        member_type, first_enum = _mixins(cls, bases)
        new, use_args = _find_new(namespace, member_type, first_enum)
        plain = {key: value for key, value in namespace.items() if key not in namespace._member_names}
        values = [namespace[name] for name in names]
        plain.update(_member_names_=[], _member_map_={}, _value2member_map_={}, _unhashable_values_=[],
                     _member_type_=member_type, _use_args_=use_args, _new_member_=new)
        plain['_boundary_'] = boundary or plain.get('_boundary_') or getattr(first_enum, '_boundary_', None)
        order = plain.pop('_order_', None)
        if '_generate_next_value_' in plain and not isinstance(plain['_generate_next_value_'], staticmethod):
            plain['_generate_next_value_'] = staticmethod(plain['_generate_next_value_'])
        own_new = plain.pop('__new__', None)
        result = super().__new__(metacls, cls, bases, plain, **kwds)
        _choose_texts(result, plain, member_type, first_enum)
        if Flag is not None and issubclass(result, Flag):
            type.__setattr__(result, '_flag_mask_', 0)
            type.__setattr__(result, '_singles_mask_', 0)
            type.__setattr__(result, '_all_bits_', 0)
        for name, value in zip(names, values):
            _add_member(result, name, value)
        if own_new is not None:
            type.__setattr__(result, '__new_member__', own_new)
        type.__setattr__(result, '__new__', Enum.__new__)
        if order is not None:
            order = order.replace(',', ' ').split() if isinstance(order, str) else list(order)
            if [name for name in order if name in result._member_names_] != result._member_names_:
                raise TypeError('member order does not match _order_:\n  %r\n  %r' % (result._member_names_, order))
        return result

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __call__(cls, value, *values, names=None, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_:
            if names is not None:
                raise TypeError(f"{cls} has no members; specify `names=()` if you meant to create a new, empty, enum")
            if values:
                value = (value, *values)
            return cls.__new__(cls, value)
        if names is None and not values and type is None:
            raise TypeError(f"{cls} has no members; specify `names=()` if you meant to create a new, empty, enum")
        if values:
            names = values[0]
        return _make(cls, value, names, module or sys._getframemodulename(1), qualname, type, start, boundary)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            return value in cls._value2member_map_ or value in cls._unhashable_values_
        except TypeError:
            return value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, attr))
        super().__delattr__(attr)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('cannot reassign member %r' % (name,))
        super().__setattr__(name, value)

    def __dir__(cls):
        names = ['__class__', '__contains__', '__doc__', '__getitem__', '__init_subclass__', '__iter__', '__len__',
                 '__members__', '__module__', '__name__', '__qualname__']
        return sorted({*names, *cls._member_names_})

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @property
    def __members__(cls):
        """A read-only mapping from names (aliases too) to members."""
        return types.MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))


EnumMeta = EnumType


def _choose_texts(cls, namespace, member_type, first_enum):
    # A mixed-in type must not bring its own repr and format; ReprEnum keeps its str and format.
    if ReprEnum is not None and ReprEnum in cls.__bases__:
        for name in ('__format__', '__str__'):
            if name not in namespace:
                value = getattr(member_type, name)
                if name == '__str__' and value is object.__str__:
                    value = member_type.__repr__
                type.__setattr__(cls, name, value)
    for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
        if name in namespace or name in cls.__dict__:
            continue
        enum_method = getattr(first_enum, name)
        if getattr(cls, name) in (getattr(member_type, name, None), getattr(object, name, None)):
            type.__setattr__(cls, name, enum_method)
    if Flag is not None and issubclass(cls, Flag):
        for name in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__'):
            if name not in namespace:
                type.__setattr__(cls, name, getattr(Flag if member_type is object else first_enum, name))


def _add_member(cls, name, value):
    args = value if isinstance(value, tuple) else (value,)
    if cls._member_type_ is tuple:
        args = (args,)
    made = cls._new_member_(cls, *args) if cls._use_args_ else cls._new_member_(cls)
    if not hasattr(made, '_value_'):
        if cls._member_type_ is object:
            made._value_ = value
        else:
            try:
                made._value_ = cls._member_type_(*args)
            except Exception as error:
                raise TypeError('_value_ not set in __new__, unable to create it') from error
    value = made._value_
    made._name_ = name
    made.__objclass__ = cls
    made.__init__(*args)
    made._sort_order_ = len(cls._member_names_)
    known = _find(cls, value)
    if known is not None:
        made = known
    elif Flag is None or not issubclass(cls, Flag) or _is_canonical(cls, value):
        cls._member_names_.append(name)
    if Flag is not None and issubclass(cls, Flag) and isinstance(value, int):
        type.__setattr__(cls, '_flag_mask_', cls._flag_mask_ | value)
        if _is_single_bit(value):
            type.__setattr__(cls, '_singles_mask_', cls._singles_mask_ | value)
        type.__setattr__(cls, '_all_bits_', 2 ** cls._flag_mask_.bit_length() - 1)
    cls._member_map_[name] = made
    if name not in cls.__dict__:
        type.__setattr__(cls, name, made)
    try:
        cls._value2member_map_.setdefault(value, made)
    except TypeError:
        cls._unhashable_values_.append(value)


def _is_canonical(cls, value):
    # Among flags only single bits are counted; zero and combinations are aliases.
    return not isinstance(value, int) or _is_single_bit(value)


def _find(cls, value):
    try:
        return cls._value2member_map_.get(value)
    except TypeError:
        for made in cls._member_map_.values():
            if made._value_ == value:
                return made
    return None


def _make(cls, class_name, names, module, qualname, mixin, start, boundary):
    # The functional form: Enum('Color', 'RED GREEN').
    metacls = cls.__class__
    bases = (cls,) if mixin is None else (mixin, cls)
    namespace = metacls.__prepare__(class_name, bases)
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
        plain, names, values = names, [], []
        for count, name in enumerate(plain):
            values.append(cls._generate_next_value_(name, start, count, values[:]))
            names.append((name, values[-1]))
    for item in names or ():
        name, value = (item, names[item]) if isinstance(item, str) else item
        namespace[name] = value
    namespace['__module__'] = module or '__main__'
    if qualname is not None:
        namespace['__qualname__'] = qualname
    return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)


def _refuse(verb, name):
    def refuse(self, value=None):
        raise AttributeError("<enum 'Enum'> cannot %s attribute %r" % (verb, name))
    return refuse


class Enum(metaclass=EnumType):
    """A class whose instances are named and known beforehand."""

    _member_names_ = []
    _member_map_ = {}
    _value2member_map_ = {}
    _unhashable_values_ = []
    _member_type_ = object
    _new_member_ = object.__new__
    _boundary_ = None

    def __new__(cls, value):
        if type(value) is cls:
            return value
        found = _find(cls, value)
        if found is not None:
            return found
        if not cls._member_map_:
            raise TypeError("%r has no members defined" % cls)
        try:
            result, error = cls._missing_(value), None
        except Exception as exc:
            result, error = None, exc
        if isinstance(result, cls) or Flag is not None and issubclass(cls, Flag) \
                and cls._boundary_ is EJECT and isinstance(result, int):
            return result
        invalid = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if result is None and error is None:
            raise invalid
        if error is None:
            error = TypeError('error in %s._missing_: returned %r instead of None or a valid member'
                              % (cls.__name__, result))
        if not isinstance(error, ValueError):
            error.__context__ = invalid
        raise error

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return sorted(last_values, reverse=True)[0] + 1
        except TypeError:
            raise TypeError('unable to sort non-numeric values') from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __dir__(self):
        return sorted({'__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value',
                       *[name for name in self.__class__.__dict__ if name[0] != '_'
                         and name not in self.__class__._member_map_]})

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    name = property(lambda self: self._name_, _refuse("set", 'name'), _refuse("delete", 'name'))
    value = property(lambda self: self._value_, _refuse("set", 'value'), _refuse("delete", 'value'))


class ReprEnum(Enum):
    """Only changes the repr(), leaving str() and format() to the mixed-in type."""


class IntEnum(int, ReprEnum):
    """Members are ints."""


class StrEnum(str, ReprEnum):
    """Members are strs."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError('too many arguments for str(): %r' % (values,))
        for value, what in zip(values, ('%r is not a string', 'encoding must be a string, not %r',
                                        'errors must be a string, not %r')):
            if not isinstance(value, str):
                raise TypeError(what % (value,))
        made = str.__new__(cls, str(*values))
        made._value_ = str(*values)
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of bits that no flag has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """Members can be combined with | & ^ ~."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 2 ** last.bit_length()
        except Exception:
            raise TypeError('invalid flag value %r' % last) from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        bit = 1
        value &= cls._flag_mask_
        while bit <= value:
            if value & bit:
                yield cls._value2member_map_[bit]
            bit <<= 1

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask, singles, all_bits = cls._flag_mask_, cls._singles_mask_, cls._all_bits_
        given = value
        wrong = not ~all_bits <= value <= all_bits or value & (all_bits ^ mask)
        if wrong:
            if cls._boundary_ is STRICT:
                most = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s"
                                 % (cls, value, _bits(value, most), _bits(mask, most)))
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif value < 0:
                value = max(all_bits + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value = all_bits + 1 + value if cls._boundary_ is KEEP else mask & value
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        if not hasattr(made, '_value_'):
            made._value_ = value
        made._name_ = cls._combined_name(value, mask, singles)
        made.__objclass__ = cls
        return cls._value2member_map_.setdefault(value, made) if given == value or value >= 0 else made

    @classmethod
    def _combined_name(cls, value, mask, singles):
        # The names of the flags in a value, also those of several bits; None if there are none.
        parts = list(cls._iter_member_by_value_(value & singles))
        if value & ~singles:
            parts += [part for part in cls._member_map_.values()
                      if part not in parts and part._value_ and part._value_ & value == part._value_]
        names = [part._name_ for part in parts]
        covered = 0
        for part in parts:
            covered |= part._value_
        if covered and value ^ covered and cls._boundary_ is KEEP:
            names.append(cls._numeric_repr_(value ^ covered))
        return '|'.join(names) if covered else None

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return self._iter_member_by_value_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls_name = self.__class__.__name__
        if self._name_ is None:
            return "<%s: %r>" % (cls_name, self._value_)
        return "<%s.%s: %r>" % (cls_name, self._name_, self._value_)

    def __str__(self):
        cls_name = self.__class__.__name__
        if self._name_ is None:
            return "%s(%r)" % (cls_name, self._value_)
        return "%s.%s" % (cls_name, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def __or__(self, other):
        value = self._get_value(other)
        return NotImplemented if value is NotImplemented else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._get_value(other)
        return NotImplemented if value is NotImplemented else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._get_value(other)
        return NotImplemented if value is NotImplemented else self.__class__(self._value_ ^ value)

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Members are ints and can be combined."""


def _bits(num, most):
    # bin() with a space after the sign bit.
    text = format(num if num >= 0 else 2 ** most + num, '0%db' % most)
    return '0b' + ('1' if num < 0 else '0') + ' ' + text


def unique(enumeration):
    """Class decorator: no two names for one value."""
    duplicates = [(name, made.name) for name, made in enumeration.__members__.items() if name != made.name]
    if duplicates:
        details = ', '.join(["%s -> %s" % pair for pair in duplicates])
        raise ValueError('duplicate values found in %r: %s' % (enumeration, details))
    return enumeration
