# gilsim: atomic
"""Reading JSON.

Mirrors CPython 3.13's Lib/json/decoder.py and Modules/_json.c: one pass from left to right, the same messages at the
same places.
"""

_SPACES = ' \t\n\r'
_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
_CONSTANTS = {'NaN': float('nan'), 'Infinity': float('inf'), '-Infinity': float('-inf')}


class JSONDecodeError(ValueError):
    """The text is not JSON."""

    __module__ = 'json.decoder'

    def __init__(self, msg, doc, pos):
        lineno = doc.count('\n', 0, pos) + 1
        colno = pos - doc.rfind('\n', 0, pos)
        ValueError.__init__(self, '%s: line %d column %d (char %d)' % (msg, lineno, colno, pos))
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno


class _NoValue(Exception):
    # There is no value at this position.
    pass


class JSONDecoder:
    """Makes values of JSON texts."""

    __module__ = 'json.decoder'

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        """The value of a whole text."""
        value, end = self.raw_decode(s, _skip(s, 0))
        end = _skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value that begins at idx, and where it ends."""
        try:
            return self._value(s, idx)
        except _NoValue as error:
            raise JSONDecodeError("Expecting value", s, error.args[0]) from None

    def _value(self, s, at):
        char = s[at:at + 1]
        if char == '"':
            return _string(s, at + 1, self.strict)
        if char == '{':
            return self._object(s, at + 1)
        if char == '[':
            return self._array(s, at + 1)
        for word, value in (('null', None), ('true', True), ('false', False)):
            if s.startswith(word, at):
                return value, at + len(word)
        end, is_float = _number_end(s, at)
        if end > at:
            return (self.parse_float if is_float else self.parse_int)(s[at:end]), end
        for word in _CONSTANTS:
            if s.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        raise _NoValue(at)

    def _item(self, s, at):
        try:
            return self._value(s, at)
        except _NoValue as error:
            raise JSONDecodeError("Expecting value", s, error.args[0]) from None

    def _array(self, s, at):
        result = []
        at = _skip(s, at)
        if s[at:at + 1] == ']':
            return result, at + 1
        while True:
            value, at = self._item(s, at)
            result.append(value)
            at = _skip(s, at)
            char = s[at:at + 1]
            if char == ']':
                return result, at + 1
            if char != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = _skip(s, at + 1)
            if s[at:at + 1] == ']':
                raise JSONDecodeError("Illegal trailing comma before end of array", s, comma)

    def _object(self, s, at):
        pairs = []
        at = _skip(s, at)
        if s[at:at + 1] == '}':
            return self._finish(pairs), at + 1
        while True:
            if s[at:at + 1] != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
            key, at = _string(s, at + 1, self.strict)
            at = _skip(s, at)
            if s[at:at + 1] != ':':
                raise JSONDecodeError("Expecting ':' delimiter", s, at)
            value, at = self._item(s, _skip(s, at + 1))
            pairs.append((key, value))
            at = _skip(s, at)
            char = s[at:at + 1]
            if char == '}':
                return self._finish(pairs), at + 1
            if char != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = _skip(s, at + 1)
            if s[at:at + 1] == '}':
                raise JSONDecodeError("Illegal trailing comma before end of object", s, comma)

    def _finish(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        result = dict(pairs)
        return result if self.object_hook is None else self.object_hook(result)


def _skip(s, at):
    size = len(s)
    while at < size and s[at] in _SPACES:
        at += 1
    return at


def _digits(s, at):
    size = len(s)
    while at < size and '0' <= s[at] <= '9':
        at += 1
    return at


def _number_end(s, at):
    # Where a number ends, which is at if there is none, and whether it has a fraction or an exponent.
    start = at
    if s[at:at + 1] == '-':
        at += 1
    if s[at:at + 1] == '0':
        at += 1
    else:
        end = _digits(s, at)
        if end == at:
            return start, False
        at = end
    is_float = False
    if s[at:at + 1] == '.':
        end = _digits(s, at + 1)
        if end > at + 1:
            at = end
            is_float = True
    if s[at:at + 1] in ('e', 'E'):
        sign = at + 1 + (s[at + 1:at + 2] in ('+', '-'))
        end = _digits(s, sign)
        if end > sign:
            return end, True
    return at, is_float


def _string(s, at, strict):
    # The text behind an opening quote, and the position behind the closing one.
    begin = at - 1
    pieces = []
    while True:
        start = at
        size = len(s)
        while at < size and s[at] != '"' and s[at] != '\\' and s[at] >= ' ':
            at += 1
        if at == size:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        pieces.append(s[start:at])
        char = s[at]
        at += 1
        if char == '"':
            return ''.join(pieces), at
        if char != '\\':
            if strict:
                raise JSONDecodeError("Invalid control character at", s, at - 1)
            pieces.append(char)
            continue
        escape = s[at:at + 1]
        if not escape:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        if escape != 'u':
            if escape not in _ESCAPES:
                raise JSONDecodeError("Invalid \\escape", s, at - 1)
            pieces.append(_ESCAPES[escape])
            at += 1
            continue
        code = _four_digits(s, at)
        at += 5
        if 0xd800 <= code <= 0xdbff and s[at:at + 2] == '\\u':
            low = _four_digits(s, at + 1)
            if 0xdc00 <= low <= 0xdfff:
                code = 0x10000 + ((code - 0xd800) << 10 | low - 0xdc00)
                at += 6
        pieces.append(chr(code))


def _four_digits(s, at):
    digits = s[at + 1:at + 5]
    if len(digits) != 4 or any([digit not in '0123456789abcdefABCDEF' for digit in digits]):
        raise JSONDecodeError("Invalid \\uXXXX escape", s, at)
    return int(digits, 16)
