"""Constants for kinds of characters, templates, and a formatter to derive from.

Mirrors CPython 3.13's Lib/string.py. Template takes its default syntax only ($name, ${name}, $$): subclasses cannot
change the pattern.
"""

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


def _ascii_name(text, start):
    # The end of the identifier at start, which is start if there is none.
    end = start
    while end < len(text) and (text[end] in ascii_letters or text[end] == '_'
                               or end > start and text[end] in digits):
        end += 1
    return end


class Template:
    """A text with $name and ${name}."""

    delimiter = '$'

    def __init__(self, template):
        self.template = template

    def _parts(self):
        # Texts, names as tuples (name, as written), and (None, position) for a $ that starts nothing.
        text = self.template
        result = []
        at = 0
        while True:
            dollar = text.find(self.delimiter, at)
            if dollar < 0:
                result.append(text[at:])
                return result
            result.append(text[at:dollar])
            after = dollar + len(self.delimiter)
            braced = text[after:after + 1] == '{'
            end = _ascii_name(text, after + braced)
            if text.startswith(self.delimiter, after):
                result.append(self.delimiter)
                at = after + len(self.delimiter)
            elif end > after + braced and (not braced or text[end:end + 1] == '}'):
                at = end + braced
                result.append((text[after + braced:end], text[dollar:at]))
            else:
                result.append((None, dollar))
                at = after

    def _invalid(self, position):
        lines = self.template[:position].splitlines(keepends=True)
        column = position - len(''.join(lines[:-1])) + 1 if lines else 1
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (len(lines) or 1, column))

    def substitute(self, mapping={}, /, **kws):
        """The text with the values of all names."""
        values = {**mapping, **kws} if kws else mapping
        result = []
        for part in self._parts():
            if isinstance(part, tuple):
                if part[0] is None:
                    self._invalid(part[1])
                part = str(values[part[0]])
            result.append(part)
        return ''.join(result)

    def safe_substitute(self, mapping={}, /, **kws):
        """The same, leaving names without a value and stray dollars as they are."""
        values = {**mapping, **kws} if kws else mapping
        result = []
        for part in self._parts():
            if isinstance(part, tuple):
                if part[0] is None:
                    part = self.delimiter
                else:
                    try:
                        part = str(values[part[0]])
                    except KeyError:
                        part = part[1]
            result.append(part)
        return ''.join(result)

    def is_valid(self):
        """Whether substitute() will find no stray dollar."""
        return not [part for part in self._parts() if isinstance(part, tuple) and part[0] is None]

    def get_identifiers(self):
        """The names, in order of first use."""
        names = [part[0] for part in self._parts() if isinstance(part, tuple) and part[0] is not None]
        return list(dict.fromkeys(names))


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
