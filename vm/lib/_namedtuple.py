"""collections.namedtuple: tuples whose places have names.

Mirrors namedtuple() of CPython 3.13's Lib/collections/__init__.py. The constructor is compiled from text, so that calls
with wrong arguments get the usual messages.
"""

import sys as _sys
from _gilsim import compile_function as _compile_function
from _fieldgetter import field_getter
from keyword import iskeyword as _iskeyword


def _check_names(typename, field_names):
    for name in [typename] + field_names:
        if type(name) is not str:
            raise TypeError('Type names and field names must be strings')
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if _iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')


def _rename_bad(field_names):
    seen = set()
    for index, name in enumerate(field_names):
        if not name.isidentifier() or _iskeyword(name) or name.startswith('_') or name in seen:
            field_names[index] = f'_{index}'
        seen.add(name)


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Make a subclass of tuple with the given field names."""
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    field_names = list(map(str, field_names))
    typename = str(typename)
    if rename:
        _rename_bad(field_names)
    _check_names(typename, field_names)
    seen = set()
    for name in field_names:
        if name.startswith('_') and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    field_names = tuple(field_names)
    defaults = () if defaults is None else tuple(defaults)
    if len(defaults) > len(field_names):
        raise TypeError('Got more default values than field names')
    if module is None:
        module = _sys._getframemodulename(1) or '__main__'
    result = type(typename, (tuple,), _namespace(typename, field_names, defaults))
    result.__module__ = module
    return result


def _namespace(typename, fields, defaults):
    size = len(fields)
    template = '(' + ', '.join(f'{name}=%r' for name in fields) + ')'
    arguments = ', '.join(fields)
    items = arguments + ',' if size == 1 else arguments
    header = f'_cls, {arguments}' if fields else '_cls'
    __new__ = _compile_function(f'def __new__({header}):\n    return _tuple_new(_cls, ({items}))\n',
                                {'_tuple_new': tuple.__new__, '__name__': f'namedtuple_{typename}'})
    __new__.__doc__ = f'Create new instance of {typename}({arguments})'
    if defaults:
        __new__.__defaults__ = defaults

    def _make(cls, iterable):
        result = tuple.__new__(cls, iterable)
        if len(result) != size:
            raise TypeError(f'Expected {size} arguments, got {len(result)}')
        return result

    def _replace(self, /, **kwds):
        result = self._make(kwds.pop(name, value) for name, value in zip(fields, self))
        if kwds:
            raise TypeError(f'Got unexpected field names: {list(kwds)!r}')
        return result

    def __repr__(self):
        """Return a nicely formatted representation string"""
        return self.__class__.__name__ + template % tuple(self)

    def _asdict(self):
        """Return a new dict which maps field names to their values."""
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        """Return self as a plain tuple.  Used by copy and pickle."""
        return tuple(self)

    _make.__doc__ = f'Make a new {typename} object from a sequence or iterable'
    _replace.__doc__ = f'Return a new {typename} object replacing specified fields with new values'
    for method in (__new__, _make, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f'{typename}.{method.__name__}'
    namespace = {
        '__doc__': f'{typename}({arguments})',
        '__slots__': (),
        '_fields': fields,
        '_field_defaults': dict(zip(fields[size - len(defaults):], defaults)),
        '__new__': __new__,
        '_make': classmethod(_make),
        '__replace__': _replace,
        '_replace': _replace,
        '__repr__': __repr__,
        '_asdict': _asdict,
        '__getnewargs__': __getnewargs__,
        '__match_args__': fields,
    }
    for index, name in enumerate(fields):
        namespace[name] = field_getter(index)
    return namespace
