"""Representations of nested data over several lines.

Mirrors the layout of CPython 3.13's Lib/pprint.py. Leaves out mapping proxies, the User classes and bytearrays, which
are shown on one line.
"""

import sys as _sys
from io import StringIO as _StringIO

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    """Write an object to a stream, by default sys.stdout."""
    PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """The text of an object."""
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """pprint() with dictionaries in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """The representation on one line, also of what contains itself."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Whether eval() could read the representation."""
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    """Whether the object contains itself."""
    return PrettyPrinter().isrecursive(object)


class _safe_key:
    # Orders anything: things that cannot be compared, by type name and id.

    __slots__ = ['obj']

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _safe_tuple(pair):
    return _safe_key(pair[0]), _safe_key(pair[1])


def _recursion(object):
    return "<Recursion on %s with id=%s>" % (type(object).__name__, id(object))


class PrettyPrinter:
    """Writes objects with settings that are kept."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        if int(indent) < 0:
            raise ValueError('indent must be >= 0')
        if depth is not None and depth <= 0:
            raise ValueError('depth must be > 0')
        if not int(width):
            raise ValueError('width must be != 0')
        self._depth = depth
        self._indent_per_level = int(indent)
        self._width = int(width)
        self._stream = _sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        """Write an object and a newline."""
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        """The text of an object."""
        out = _StringIO()
        self._format(object, out, 0, 0, {}, 0)
        return out.getvalue()

    def isrecursive(self, object):
        """Whether an object contains itself."""
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        """Whether eval() could read the representation."""
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """(text on one line, whether it is readable, whether the object contains itself)"""
        return self._safe_repr(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        return self.format(object, context.copy(), self._depth, level)[0]

    def _format(self, object, stream, indent, allowance, context, level):
        # indent: where the text begins; allowance: how much has to fit behind it.
        objid = id(object)
        if objid in context:
            stream.write(_recursion(object))
            return
        rep = self._repr(object, context, level)
        if len(rep) > self._width - indent - allowance:
            layout = self._layout(object)
            if layout is not None:
                context[objid] = 1
                layout(object, stream, indent, allowance, context, level + 1)
                del context[objid]
                return
        stream.write(rep)

    def _layout(self, object):
        # The method for a type whose representation is the usual one.
        cls = type(object)
        shown_by = cls.__repr__
        for builtin, name in ((dict, '_dict'), (list, '_list'), (tuple, '_tuple'), (set, '_set'),
                              (frozenset, '_set'), (str, '_str'), (bytes, '_bytes')):
            if shown_by is builtin.__repr__:
                return getattr(self, name)
        for base in cls.__mro__:
            key = (base.__module__, base.__name__)
            if key in _LAYOUTS:
                return getattr(self, _LAYOUTS[key]) if shown_by is base.__repr__ else None
        if hasattr(cls, '__dataclass_fields__') and cls.__dataclass_params__.repr:
            owner = next(base for base in cls.__mro__ if '__repr__' in base.__dict__)
            if hasattr(owner, '__dataclass_fields__'):
                return self._dataclass
        return None

    def _dataclass(self, object, stream, indent, allowance, context, level):
        import dataclasses
        name = object.__class__.__name__
        stream.write(name + '(')
        items = [(f.name, getattr(object, f.name)) for f in dataclasses.fields(object) if f.repr]
        self._named_items(items, stream, indent + len(name) + 1, allowance, context, level)
        stream.write(')')

    def _namespace(self, object, stream, indent, allowance, context, level):
        import types
        name = 'namespace' if type(object) is types.SimpleNamespace else object.__class__.__name__
        stream.write(name + '(')
        self._named_items(list(object.__dict__.items()), stream, indent + len(name) + 1, allowance, context, level)
        stream.write(')')

    def _named_items(self, items, stream, indent, allowance, context, level):
        for number, (key, value) in enumerate(items):
            last = number == len(items) - 1
            stream.write(key + '=')
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(key) + 1, allowance if last else 1, context, level)
            if not last:
                stream.write(',\n' + ' ' * indent)

    def _margin(self):
        return (self._indent_per_level - 1) * ' ' if self._indent_per_level > 1 else ''

    def _dict(self, object, stream, indent, allowance, context, level):
        stream.write('{' + self._margin())
        if len(object):
            items = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else list(object.items())
            self._pairs(items, stream, indent, allowance + 1, context, level)
        stream.write('}')

    def _pairs(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        for number, (key, value) in enumerate(items):
            last = number == len(items) - 1
            rep = self._repr(key, context, level)
            stream.write(rep + ': ')
            self._format(value, stream, indent + len(rep) + 2, allowance if last else 1, context, level)
            if not last:
                stream.write(',\n' + ' ' * indent)

    def _ordered_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '(')
        self._format(list(object.items()), stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(')')

    def _default_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write('%s(%s,\n%s' % (name, self._repr(object.default_factory, context, level), ' ' * indent))
        self._dict(object, stream, indent, allowance + 1, context, level)
        stream.write(')')

    def _counter(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '({' + self._margin())
        self._pairs(object.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
        stream.write('})')

    def _chain_map(self, object, stream, indent, allowance, context, level):
        name = object.__class__.__name__
        stream.write(name + '(')
        indent += len(name) + 1
        for number, mapping in enumerate(object.maps):
            if number == len(object.maps) - 1:
                self._format(mapping, stream, indent, allowance + 1, context, level)
                stream.write(')')
            else:
                self._format(mapping, stream, indent, 1, context, level)
                stream.write(',\n' + ' ' * indent)

    def _mapping_proxy(self, object, stream, indent, allowance, context, level):
        stream.write('mappingproxy(')
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(')')

    def _user_data(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    def _deque(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '([')
        indent += len(name) + 1
        if object.maxlen is None:
            self._items(object, stream, indent, allowance + 2, context, level)
            stream.write('])')
        else:
            self._items(object, stream, indent, 2, context, level)
            stream.write('],\n%smaxlen=%s)' % (' ' * indent, self._repr(object.maxlen, context, level)))

    def _list(self, object, stream, indent, allowance, context, level):
        stream.write('[')
        self._items(object, stream, indent, allowance + 1, context, level)
        stream.write(']')

    def _tuple(self, object, stream, indent, allowance, context, level):
        end = ',)' if len(object) == 1 else ')'
        stream.write('(')
        self._items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _set(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        cls = object.__class__
        end = '}'
        if cls is set:
            stream.write('{')
        else:
            stream.write(cls.__name__ + '({')
            end = '})'
            indent += len(cls.__name__) + 1
        self._items(sorted(object, key=_safe_key), stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        stream.write(self._margin())
        newline = ',\n' + ' ' * indent
        separator = ''
        width = room = self._width - indent + 1
        items = list(items)
        for number, item in enumerate(items):
            last = number == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                rep = self._repr(item, context, level)
                needed = len(rep) + 2
                if width < needed:
                    width = room
                    if separator:
                        separator = newline
                if width >= needed:
                    width -= needed
                    stream.write(separator + rep)
                    separator = ', '
                    continue
            stream.write(separator)
            separator = newline
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _str(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        if level == 1:
            indent += 1
            allowance += 1
        width = self._width - indent
        chunks = []
        lines = object.splitlines(True)
        for number, line in enumerate(lines):
            last = number == len(lines) - 1
            if len(repr(line)) <= (width - allowance if last else width):
                chunks.append(repr(line))
            else:
                self._words(line, width, allowance if last else 0, chunks)
        if len(chunks) == 1:
            stream.write(chunks[0])
            return
        text = ('\n' + ' ' * indent).join(chunks)
        stream.write('(' + text + ')' if level == 1 else text)

    def _words(self, line, width, allowance, chunks):
        # Cuts a line that is too long after spaces.
        parts = []
        at = 0
        while at < len(line):
            end = at
            while end < len(line) and not line[end].isspace():
                end += 1
            while end < len(line) and line[end].isspace():
                end += 1
            parts.append(line[at:end])
            at = end
        current = ''
        for number, part in enumerate(parts):
            if number == len(parts) - 1:
                width -= allowance
            if len(repr(current + part)) > width:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))

    def _bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        if level == 1:
            indent += 1
            allowance += 1
        width = self._width - indent
        chunks = []
        current = b''
        for at in range(0, len(object), 4):
            part = object[at:at + 4]
            if at == len(object) // 4 * 4:
                width -= allowance
            if len(repr(current + part)) > width:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))
        text = ('\n' + ' ' * indent).join(chunks)
        stream.write('(' + text + ')' if level == 1 else text)

    def _safe_repr(self, object, context, maxlevels, level):
        cls = type(object)
        if cls is int and self._underscore_numbers:
            return f"{object:_d}", True, False
        if cls in (str, int, float, bool, bytes, complex, type(None)):
            return repr(object), True, False
        shown_by = getattr(cls, "__repr__", None)
        is_dict = issubclass(cls, dict) and shown_by is dict.__repr__
        is_list = issubclass(cls, list) and shown_by is list.__repr__
        if not is_dict and not is_list and not (issubclass(cls, tuple) and shown_by is tuple.__repr__):
            rep = repr(object)
            return rep, bool(rep) and not rep.startswith('<'), False
        left, right = ('{', '}') if is_dict else ('[', ']') if is_list else ('(', ')')
        if not object:
            return left + right, True, False
        if maxlevels and level >= maxlevels:
            return (left + '...' + right if is_dict or is_list or len(object) != 1 else '(...,)'), False, id(
                object) in context
        if id(object) in context:
            return _recursion(object), False, True
        context[id(object)] = 1
        readable, recursive = True, False
        parts = []
        if is_dict:
            pairs = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else object.items()
            items = [item for pair in pairs for item in pair]
        else:
            items = object
        for item in items:
            text, item_readable, item_recursive = self.format(item, context, maxlevels, level + 1)
            parts.append(text)
            readable = readable and item_readable
            recursive = recursive or item_recursive
        del context[id(object)]
        if is_dict:
            parts = [f'{parts[at]}: {parts[at + 1]}' for at in range(0, len(parts), 2)]
        elif not is_list and len(parts) == 1:
            right = ',)'
        return left + ', '.join(parts) + right, readable, recursive


_LAYOUTS = {('collections', 'OrderedDict'): '_ordered_dict', ('collections', 'defaultdict'): '_default_dict',
            ('collections', 'Counter'): '_counter', ('collections', 'ChainMap'): '_chain_map',
            ('collections', 'deque'): '_deque', ('types', 'SimpleNamespace'): '_namespace',
            ('builtins', 'mappingproxy'): '_mapping_proxy', ('collections', 'UserDict'): '_user_data',
            ('collections', 'UserList'): '_user_data', ('collections', 'UserString'): '_user_data'}
