"""Constants for kinds of characters, templates, and a formatter to derive from.

Mirrors CPython 3.13's Lib/string.py.
"""

import re
from collections import ChainMap as _ChainMap

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalize every word."""
    return (sep or ' ').join([word.capitalize() for word in s.split(sep)])


class Template:
    """A text with $name and ${name}; subclasses may choose other signs, by attributes of the class."""

    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = None    # re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls._compile()

    @classmethod
    def _compile(cls):
        pattern = cls.__dict__.get('pattern')
        if pattern is None:
            delimiter = re.escape(cls.delimiter)
            braced = cls.braceidpattern or cls.idpattern
            ways = f'(?P<escaped>{delimiter})', f'(?P<named>{cls.idpattern})', rf'\{{(?P<braced>{braced})\}}', '(?P<invalid>)'
            pattern = f'{delimiter}(?:{"|".join(ways)})'
        flags = re.IGNORECASE if cls.flags is None else cls.flags
        cls.pattern = re.compile(pattern, flags | re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _invalid(self, match):
        before = self.template[:match.start('invalid')].splitlines(keepends=True)
        column = match.start('invalid') - len(''.join(before[:-1])) if before else 1
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (len(before) or 1, column))

    def _name(self, match):
        # The name of a placeholder, or None.
        return match.group('named') or match.group('braced')

    def _unknown(self):
        raise ValueError('Unrecognized named group in pattern', self.pattern)

    def substitute(self, mapping={}, /, **kws):
        """The text with the values of all names."""
        return self._filled(mapping, kws, False)

    def safe_substitute(self, mapping={}, /, **kws):
        """The same, leaving names without a value and stray dollars as they are."""
        return self._filled(mapping, kws, True)

    def _filled(self, mapping, kws, is_safe):
        values = _ChainMap(kws, mapping) if kws else mapping

        def replace(match):
            name = self._name(match)
            if name is not None:
                try:
                    return str(values[name])
                except KeyError:
                    if not is_safe:
                        raise
                    return match.group()
            if match.group('escaped') is not None:
                return self.delimiter
            if match.group('invalid') is None:
                self._unknown()
            if not is_safe:
                self._invalid(match)
            return match.group()
        return self.pattern.sub(replace, self.template)

    def is_valid(self):
        """Whether substitute() will find no stray dollar."""
        for match in self.pattern.finditer(self.template):
            if match.group('invalid') is not None:
                return False
            if self._name(match) is None and match.group('escaped') is None:
                self._unknown()
        return True

    def get_identifiers(self):
        """The names, in order of first use."""
        names = []
        for match in self.pattern.finditer(self.template):
            name = self._name(match)
            if name is not None and name not in names:
                names.append(name)
            elif name is None and match.group('invalid') is None and match.group('escaped') is None:
                self._unknown()
        return names


Template._compile()


_SWITCH = 'cannot switch from manual field specification to automatic field numbering'    # both ways, as CPython


class Formatter:
    """str.format() in pieces that subclasses can replace."""

    def format(self, format_string, /, *args, **kwargs):
        """As str.format()."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """As str.format(), with the arguments as tuple and dict."""
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto_index):
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        result = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if name is None:
                continue
            if name == '' or name[0] in '.[':
                if auto_index is False:
                    raise ValueError(_SWITCH)
                name = str(auto_index) + name
                auto_index += 1
            elif name[0].isdigit():
                if auto_index:
                    raise ValueError(_SWITCH)
                auto_index = False
            obj, key = self.get_field(name, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            spec, auto_index = self._vformat(spec, args, kwargs, used, depth - 1, auto_index)
            result.append(self.format_field(obj, spec))
        return ''.join(result), auto_index

    def get_value(self, key, args, kwargs):
        """The argument of a number or a name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """For subclasses that mind."""

    def format_field(self, value, format_spec):
        """format(value, format_spec)"""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """What !s, !r and !a do."""
        if conversion is None:
            return value
        if conversion == 's':
            return str(value)
        if conversion == 'r':
            return repr(value)
        if conversion == 'a':
            return ascii(value)
        raise ValueError("Unknown conversion specifier {0!s}".format(conversion))

    def get_field(self, field_name, args, kwargs):
        """The value of a name with .attribute and [item] after it, and its first part."""
        end = 0
        while end < len(field_name) and field_name[end] not in '.[':
            end += 1
        first = field_name[:end]
        if first.isdigit():
            first = int(first)
        value = self.get_value(first, args, kwargs)
        while end < len(field_name):
            if field_name[end] == '.':
                start = end = end + 1
                while end < len(field_name) and field_name[end] not in '.[':
                    end += 1
                value = getattr(value, field_name[start:end])
            else:
                close = field_name.index(']', end)
                key = field_name[end + 1:close]
                value = value[int(key) if key.isdigit() else key]
                end = close + 1
        return value, first

    def parse(self, format_string):
        """Tuples (text before, field name, format, conversion)."""
        text = []
        at = 0
        while at < len(format_string):
            char = format_string[at]
            at += 1
            if char not in '{}':
                text.append(char)
            elif format_string[at:at + 1] == char:
                text.append(char)
                at += 1
            elif char == '}':
                raise ValueError("Single '}' encountered in format string")
            else:
                start, depth = at, 1
                if at == len(format_string):
                    raise ValueError("Single '{' encountered in format string")
                while at < len(format_string) and depth:
                    depth += {'{': 1, '}': -1}.get(format_string[at], 0)
                    at += 1
                if depth:
                    raise ValueError("expected '}' before end of string")
                field, _, spec = format_string[start:at - 1].partition(':')
                name, mark, conversion = field.partition('!')
                yield ''.join(text), name, spec, conversion if mark else None
                text = []
        if text:
            yield ''.join(text), None, None, None
