# gilsim: atomic
"""Regular expressions.

Mirrors CPython 3.13's Lib/re and Modules/_sre: patterns are compiled and matched by the machine, this file has the objects
around that. Missing: Scanner, and LOCALE beyond ASCII.
"""

import enum
import sys
import _sre
from functools import lru_cache as _lru_cache

__all__ = ["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape",
           "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE",
           "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag", "PatternError"]

__version__ = "2.2.1"


class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    """Flags of patterns."""
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128

    def __repr__(self):
        return _shown_flags(self._value_) or 're.NOFLAG'

    __str__ = __repr__


globals().update(RegexFlag.__members__)

_SHOWN = ((2, 'IGNORECASE'), (4, 'LOCALE'), (8, 'MULTILINE'), (16, 'DOTALL'), (32, 'UNICODE'), (64, 'VERBOSE'),
          (128, 'DEBUG'), (256, 'ASCII'))


def _shown_flags(value):
    names = ['re.' + name for bit, name in _SHOWN if value & bit]
    rest = value & ~sum([bit for bit, _ in _SHOWN])
    if rest:
        names.append(hex(rest))
    return '|'.join(names)


class PatternError(Exception):
    """A pattern that is wrong: msg, pattern, pos, lineno, colno."""

    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            msg = '%s at position %d' % (msg, pos)
            newline = '\n' if isinstance(pattern, str) else b'\n'
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = '%s (line %d, column %d)' % (msg, self.lineno, self.colno)
        super().__init__(msg)


error = PatternError


class Match:
    """One match of a pattern in a text."""

    __slots__ = 're', 'string', 'pos', 'endpos', '_spans'
    __module__ = 're'

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Match' instances")

    def _number(self, group):
        if isinstance(group, int) or hasattr(group, '__index__'):
            number = group.__index__()
        else:
            try:
                number = self.re.groupindex.get(group, -1)
            except TypeError:
                number = -1
        if not 0 <= number <= self.re.groups:
            raise IndexError("no such group")
        return number

    def _text(self, number, default=None):
        start = self._spans[number * 2]
        end = self._spans[number * 2 + 1]
        return default if start < 0 or end < 0 else self.string[start:end]

    def group(self, *groups):
        """The text of groups; without arguments of the match."""
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(self._number(groups[0]))
        return tuple([self._text(self._number(group)) for group in groups])

    def __getitem__(self, group):
        return self._text(self._number(group))

    def groups(self, default=None):
        """The texts of all groups."""
        return tuple([self._text(number, default) for number in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        """The texts of the groups that have names."""
        return {name: self._text(number, default) for name, number in self.re.groupindex.items()}

    def span(self, group=0, /):
        """Where a group begins and ends."""
        number = self._number(group)
        start, end = self._spans[number * 2:number * 2 + 2]
        return (start, end) if end >= 0 else (-1, -1)

    def start(self, group=0, /):
        """Where a group begins."""
        return self.span(group)[0]

    def end(self, group=0, /):
        """Where a group ends."""
        return self.span(group)[1]

    def expand(self, template):
        """A template with the groups filled in."""
        return _filled(_template(self.re, template), self)

    @property
    def regs(self):
        """The spans of all groups."""
        return tuple([self.span(number) for number in range(self.re.groups + 1)])

    @property
    def lastindex(self):
        """The group closed last."""
        return self._spans[-1] or None

    @property
    def lastgroup(self):
        """The name of the group closed last."""
        for name, number in self.re.groupindex.items():
            if number == self._spans[-1]:
                return name
        return None

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f"<re.Match object; span={self.span()!r}, match={self._text(0)!r}>"


def _new_match(pattern, string, pos, endpos, spans):
    match = object.__new__(Match)
    match.re = pattern
    match.string = string
    match.pos = pos
    match.endpos = endpos
    match._spans = spans
    return match


class Pattern:
    """A compiled pattern."""

    __slots__ = 'pattern', 'flags', 'groups', 'groupindex', '_program', '__weakref__'
    __module__ = 're'

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 're.Pattern' instances")

    def _bounds(self, string, pos, endpos):
        if isinstance(string, str):
            if not isinstance(self.pattern, str):
                raise TypeError("cannot use a bytes pattern on a string-like object")
        elif not isinstance(string, (bytes, bytearray)):
            raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")
        elif isinstance(self.pattern, str):
            raise TypeError("cannot use a string pattern on a bytes-like object")
        length = len(string)
        endpos = min(max(endpos, 0), length)
        return min(max(pos, 0), length), endpos

    def _find(self, string, pos, endpos, mode):
        pos, endpos = self._bounds(string, pos, endpos)
        spans = _sre.find(self._program, self.groups, string, pos, endpos, mode)
        return None if spans is None else _new_match(self, string, pos, endpos, spans)

    def _find_all(self, string, pos=0, endpos=sys.maxsize, most=0):
        pos, endpos = self._bounds(string, pos, endpos)
        found = _sre.find_all(self._program, self.groups, string, pos, endpos, most)
        return [_new_match(self, string, pos, endpos, spans) for spans in found]

    def match(self, string, pos=0, endpos=sys.maxsize):
        """A match at the beginning."""
        return self._find(string, pos, endpos, 0)

    def fullmatch(self, string, pos=0, endpos=sys.maxsize):
        """A match of everything."""
        return self._find(string, pos, endpos, 1)

    def search(self, string, pos=0, endpos=sys.maxsize):
        """The first match."""
        return self._find(string, pos, endpos, 2)

    def finditer(self, string, pos=0, endpos=sys.maxsize):
        """All matches, one after the other."""
        return iter(self._find_all(string, pos, endpos))

    def findall(self, string, pos=0, endpos=sys.maxsize):
        """The texts of all matches, or of their groups."""
        empty = string[:0]
        found = self._find_all(string, pos, endpos)
        if not self.groups:
            return [match._text(0) for match in found]
        if self.groups == 1:
            return [match._text(1, empty) for match in found]
        return [match.groups(empty) for match in found]

    def split(self, string, maxsplit=0):
        """The pieces between matches, and the groups of these."""
        pieces = []
        last = 0
        if maxsplit < 0:
            return [string]
        for match in self._find_all(string, most=maxsplit):
            start, end = match.span()
            pieces.append(string[last:start])
            pieces.extend(match.groups())
            last = end
        pieces.append(string[last:])
        return pieces

    def sub(self, repl, string, count=0):
        """The text with matches replaced."""
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        """The text with matches replaced, and how many there were."""
        empty = string[:0]
        if count < 0:
            self._bounds(string, 0, 0)
            return string, 0
        template = None if callable(repl) else _template(self, repl)
        pieces = []
        last = done = 0
        for match in self._find_all(string, most=count):
            start, end = match.span()
            pieces.append(string[last:start])
            new = repl(match) if template is None else _filled(template, match)
            if new is not None:
                pieces.append(new)
            last = end
            done += 1
        if not done:
            return string, 0
        pieces.append(string[last:])
        return (empty if isinstance(empty, str) else b'').join(pieces), done

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.flags == other.flags and type(self.pattern) is type(other.pattern)
                and self.pattern == other.pattern)

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        shown = repr(self.pattern)
        if len(shown) > 200:
            shown = shown[:200]
        flags = self.flags & ~32 if isinstance(self.pattern, str) else self.flags
        named = _shown_flags(flags)
        return f"re.compile({shown}, {named})" if named else f"re.compile({shown})"


_cache = {}
_CACHE_MAX = 512


def _compile(pattern, flags):
    flags = int(flags)
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray)):
        raise TypeError("first argument must be string or compiled pattern")
    key = type(pattern), pattern if not isinstance(pattern, bytearray) else bytes(pattern), flags
    found = _cache.pop(key, None)
    if found is None:
        found = _new_pattern(pattern, flags)
        if len(_cache) >= _CACHE_MAX:
            del _cache[next(iter(_cache))]
    _cache[key] = found
    return found


def _new_pattern(pattern, flags):
    result = _sre.compile(pattern, flags & ~128)
    if len(result) == 3:
        message, position, overflow = result
        if overflow:
            raise OverflowError(message)
        if message[0] == '!':
            raise ValueError(message[1:])
        raise PatternError(message, None if position is None else pattern, position)
    new = object.__new__(Pattern)
    new._program, new.groups, names, new.flags = result
    new.pattern = pattern
    new.groupindex = dict(names)
    return new


@_lru_cache(maxsize=512)
def _template(pattern, template):
    # Literal pieces, and numbers of groups.
    is_str = isinstance(template, str)
    text = template if is_str else bytes(template).decode('latin-1')
    if '\\' not in text:
        return [template]
    pieces = []
    literal = []

    def group(number, position):
        if number > pattern.groups:
            raise PatternError(f"invalid group reference {number}", template, position)
        if literal:
            pieces.append(encoded(''.join(literal)))
            literal.clear()
        pieces.append(number)

    def encoded(piece):
        return piece if is_str else piece.encode('latin-1')

    i = 0
    while i < len(text):
        c = text[i]
        if c != '\\':
            literal.append(c)
            i += 1
            continue
        if i + 1 == len(text):
            raise PatternError("bad escape (end of pattern)", template, i)
        i = _template_escape(pattern, template, text, i, literal, group)
    if literal:
        pieces.append(encoded(''.join(literal)))
    return pieces


_ESCAPES = {'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}


def _template_escape(pattern, template, text, i, literal, group):
    # An escape at i; the index behind it.
    c = text[i + 1]
    if c == 'g':
        return _template_name(pattern, template, text, i, group)
    if c in _ESCAPES:
        literal.append(_ESCAPES[c])
        return i + 2
    if c in '0123456789':
        digits = text[i + 1:i + 4]
        octal = [d for d in digits if d in '01234567']
        if c == '0':
            width = 1
            while width < 3 and i + 1 + width < len(text) and text[i + 1 + width] in '01234567':
                width += 1
            literal.append(chr(int(text[i + 1:i + 1 + width], 8)))
            return i + 1 + width
        if len(digits) == 3 and len(octal) == 3:
            code = int(digits, 8)
            if code > 0o377:
                raise PatternError(f"octal escape value \\{digits} outside of range 0-0o377", template, i)
            literal.append(chr(code))
            return i + 4
        width = 2 if len(digits) > 1 and digits[1] in '0123456789' else 1
        group(int(digits[:width]), i + 1)
        return i + 1 + width
    if c.isascii() and c.isalpha():
        raise PatternError(f"bad escape \\{c}", template, i)
    literal.append('\\' + c)
    return i + 2


def _template_name(pattern, template, text, i, group):
    # \g<name> at i.
    if text[i + 2:i + 3] != '<':
        raise PatternError("missing <", template, i + 2)
    end = text.find('>', i + 3)
    name = text[i + 3:end] if end >= 0 else text[i + 3:]
    if not name:
        raise PatternError("missing group name", template, i + 3)
    if end < 0:
        raise PatternError("missing >, unterminated name", template, i + 3)
    if name.isdecimal() and name.isascii():
        group(int(name), i + 3)
    elif not name.isidentifier():
        raise PatternError(f"bad character in group name {name!r}", template, i + 3)
    elif name not in pattern.groupindex:
        raise IndexError(f"unknown group name {name!r}")
    else:
        group(pattern.groupindex[name], i + 3)
    return end + 1


def _filled(pieces, match):
    empty = match.string[:0]
    return empty.join([match._text(piece, empty) if isinstance(piece, int) else piece for piece in pieces])


def match(pattern, string, flags=0):
    """A match at the beginning of a text, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of a whole text, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match in a text, or None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The text with matches replaced by a template or by what a function gives."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """As sub(), with the number of replacements."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The pieces of a text between matches."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """The texts of all matches."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """All matches."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    """A pattern, ready to be used often."""
    return _compile(pattern, flags)


def purge():
    """Forget the patterns compiled so far."""
    _cache.clear()
    _template.cache_clear()


_SPECIAL = {ord(c): '\\' + c for c in '()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """A pattern that matches just this text."""
    if isinstance(pattern, str):
        return pattern.translate(_SPECIAL)
    return str(pattern, 'latin1').translate(_SPECIAL).encode('latin1')
