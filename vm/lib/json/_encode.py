# gilsim: atomic
"""Writing JSON.

Mirrors CPython 3.13's Lib/json/encoder.py and Modules/_json.c.
"""

_ESCAPES = {'\\': '\\\\', '"': '\\"', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t'}


def _quote(text, ascii_only):
    result = ['"']
    start = 0
    for at in range(len(text)):
        char = text[at]
        code = ord(char)
        if char in _ESCAPES:
            escaped = _ESCAPES[char]
        elif code < 0x20:
            escaped = '\\u%04x' % code
        elif code < 0x7f or not ascii_only:
            continue
        elif code < 0x10000:
            escaped = '\\u%04x' % code
        else:
            code -= 0x10000
            escaped = '\\u%04x\\u%04x' % (0xd800 | code >> 10, 0xdc00 | code & 0x3ff)
        result.append(text[start:at])
        result.append(escaped)
        start = at + 1
    result.append(text[start:])
    result.append('"')
    return ''.join(result)


class JSONEncoder:
    """Makes JSON texts; subclasses may define default()."""

    __module__ = 'json.encoder'
    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """A value to write instead of o."""
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        """The text of a value."""
        return ''.join(self._pieces(o))

    def iterencode(self, o, _one_shot=False):
        """The text of a value in pieces."""
        return iter(self._pieces(o))

    def _pieces(self, o):
        self._open = set()
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = ' ' * indent
        result = []
        self._value(o, result, None if indent is None else '\n', indent)
        return result

    def _scalar(self, o):
        # The text of a value that is no container; None for others.
        if isinstance(o, str):
            return _quote(o, self.ensure_ascii)
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self._float(o)
        return None

    def _float(self, o):
        if o != o:
            text = 'NaN'
        elif o == float('inf'):
            text = 'Infinity'
        elif o == float('-inf'):
            text = '-Infinity'
        else:
            return float.__repr__(o)
        if not self.allow_nan:
            raise ValueError("Out of range float values are not JSON compliant: " + repr(o))
        return text

    def _enter(self, o):
        if self.check_circular:
            if id(o) in self._open:
                raise ValueError("Circular reference detected")
            self._open.add(id(o))

    def _leave(self, o):
        self._open.discard(id(o))

    def _value(self, o, out, newline, indent):
        text = self._scalar(o)
        if text is not None:
            out.append(text)
        elif isinstance(o, (list, tuple)):
            self._list(o, out, newline, indent)
        elif isinstance(o, dict):
            self._dict(o, out, newline, indent)
        else:
            self._enter(o)
            self._value(self.default(o), out, newline, indent)
            self._leave(o)

    def _list(self, o, out, newline, indent):
        if not o:
            out.append('[]')
            return
        self._enter(o)
        inner = None if newline is None else newline + indent
        separator = self.item_separator + (inner or '')
        out.append('[' + (inner or ''))
        first = True
        for value in o:
            if not first:
                out.append(separator)
            first = False
            self._value(value, out, inner, indent)
        out.append((newline or '') + ']')
        self._leave(o)

    def _dict(self, o, out, newline, indent):
        if not o:
            out.append('{}')
            return
        self._enter(o)
        inner = None if newline is None else newline + indent
        separator = self.item_separator + (inner or '')
        out.append('{' + (inner or ''))
        first = True
        for key, value in sorted(o.items()) if self.sort_keys else o.items():
            if isinstance(key, str):
                text = key
            else:
                text = self._scalar(key)
                if text is None:
                    if self.skipkeys:
                        continue
                    raise TypeError('keys must be str, int, float, bool or None, '
                                    f'not {key.__class__.__name__}')
            if not first:
                out.append(separator)
            first = False
            out.append(_quote(text, self.ensure_ascii))
            out.append(self.key_separator)
            self._value(value, out, inner, indent)
        out.append((newline or '') + '}')
        self._leave(o)
