# gilsim: atomic
"""Comma-separated values.

Mirrors CPython 3.13's Lib/csv.py and Modules/_csv.c. Missing: Sniffer.
"""

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL", "Error",
           "Dialect", "excel", "excel_tab", "field_size_limit", "reader", "writer", "register_dialect", "get_dialect",
           "list_dialects", "unregister_dialect", "DictReader", "DictWriter", "unix_dialect"]

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)


class Error(Exception):
    """Text or settings that are wrong."""

    __module__ = '_csv'


class Dialect:
    """Settings to derive from."""
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None


class excel(Dialect):
    """As Excel writes it."""
    delimiter = ','
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = '\r\n'
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """As Excel writes it, with tabs."""
    delimiter = '\t'


class unix_dialect(Dialect):
    """With plain newlines and all quotes."""
    delimiter = ','
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = '\n'
    quoting = QUOTE_ALL


_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}
_limit = 131072
_DEFAULTS = {'delimiter': ',', 'quotechar': '"', 'escapechar': None, 'doublequote': True, 'skipinitialspace': False,
             'lineterminator': '\r\n', 'quoting': QUOTE_MINIMAL, 'strict': False}


class _Settings:
    # A dialect with everything filled in and checked.
    def __init__(self, dialect, options):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name, default in _DEFAULTS.items():
            value = options.pop(name, None) if name in options and options[name] is not None else None
            explicit_none = name in options and options.pop(name) is None
            if value is None and not explicit_none:
                value = getattr(dialect, name, None)
                if value is None and not (name == 'quotechar' and hasattr(dialect, name) and dialect is not Dialect):
                    value = default
            setattr(self, name, value)
        if options:
            raise TypeError(f"this function got an unexpected keyword argument {next(iter(options))!r}")
        if not isinstance(self.delimiter, str):
            raise TypeError(f'"delimiter" must be string, not {type(self.delimiter).__name__}')
        for name in ('delimiter', 'quotechar', 'escapechar'):
            value = getattr(self, name)
            if isinstance(value, str) and len(value) != 1:
                shown = '"%s" must be a 1-character string' % name
                raise TypeError(shown if name == 'delimiter' else '"%s" must be a 1-character string' % name)
        if self.quoting not in range(6):
            raise TypeError('bad "quoting" value')
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError('quotechar must be set if quoting enabled')


def register_dialect(name, dialect=None, **fmtparams):
    """Give settings a name."""
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Settings(excel if dialect is None else dialect, fmtparams)


def unregister_dialect(name):
    """Forget a name."""
    if _dialects.pop(name, None) is None:
        raise Error("unknown dialect")


def get_dialect(name):
    """The settings of a name."""
    if name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    """All names."""
    return list(_dialects)


def field_size_limit(*new):
    """The longest field; sets a new limit if given."""
    global _limit
    old = _limit
    if new:
        _limit = new[0]
    return old


class _Reader:
    def __init__(self, lines, dialect, options):
        self._lines = iter(lines)
        self.dialect = _Settings(dialect, options)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        fields, field, quoted, state = [], [], False, 'start'

        def save():
            text = ''.join(field)
            if d.quoting == QUOTE_NONNUMERIC and not quoted:
                text = float(text)
            elif d.quoting == QUOTE_NOTNULL and not quoted and not text:
                text = None
            elif d.quoting == QUOTE_STRINGS and not quoted:
                text = float(text) if text else None
            fields.append(text)
            field.clear()

        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if field or state == 'quoted':
                    if d.strict:
                        raise Error("unexpected end of data") from None
                    save()
                    return fields
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} "
                            "(the file should be opened in text mode)")
            self.line_num += 1
            ended = False
            for c in line:
                if ended:
                    if c in '\r\n':
                        continue
                    raise Error("new-line character seen in unquoted field - do you need to open the file with "
                                "newline=''?")
                if state == 'escape':
                    field.append(c)
                    state = 'field'
                elif state == 'quoted escape':
                    field.append(c)
                    state = 'quoted'
                elif state == 'quoted':
                    if c == d.escapechar:
                        state = 'quoted escape'
                    elif c == d.quotechar and d.quoting != QUOTE_NONE:
                        state = 'quote' if d.doublequote else 'field'
                    else:
                        field.append(c)
                elif state == 'quote' and c == d.quotechar:
                    field.append(c)
                    state = 'quoted'
                elif c in '\r\n':
                    if state != 'line start' and (fields or field or state != 'start' or quoted):
                        save()
                    ended = True
                elif c == d.delimiter:
                    save()
                    quoted, state = False, 'next'
                elif state == 'quote':
                    if d.strict:
                        raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
                    field.append(c)
                    state = 'field'
                elif state in ('start', 'next') and c == d.quotechar and d.quoting != QUOTE_NONE:
                    quoted, state = True, 'quoted'
                elif c == d.escapechar:
                    state = 'escape'
                elif state in ('start', 'next') and c == ' ' and d.skipinitialspace:
                    pass
                else:
                    field.append(c)
                    state = 'field'
                if len(field) > _limit:
                    raise Error(f"field larger than field limit ({_limit})")
            if state in ('quoted', 'quoted escape'):
                continue
            if not ended and (fields or field or quoted or state != 'start'):
                save()
            return fields


def reader(iterable, /, dialect='excel', **fmtparams):
    """The rows of lines of text."""
    return _Reader(iterable, dialect, fmtparams)


class _Writer:
    def __init__(self, file, dialect, options):
        self._write = getattr(file, 'write', None)
        if self._write is None:
            raise TypeError('argument 1 must have a "write" method')
        self.dialect = _Settings(dialect, options)

    def _field(self, value, only):
        d = self.dialect
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) or hasattr(value, '__float__')
        text = '' if value is None else value if isinstance(value, str) else str(value)
        quote = (d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not is_number
                 or d.quoting == QUOTE_STRINGS and isinstance(value, str) or d.quoting == QUOTE_NOTNULL and value is not None)
        special = {d.delimiter, d.escapechar, d.quotechar, '\r', '\n', *d.lineterminator}
        out = []
        for c in text:
            if c in special:
                escape = d.quoting == QUOTE_NONE
                if not escape:
                    if c == d.quotechar:
                        if d.doublequote:
                            out.append(c)
                        else:
                            escape = True
                    elif c == d.escapechar:
                        escape = True
                    if not escape:
                        quote = True
                if escape:
                    if d.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(d.escapechar)
            out.append(c)
        if only and not text:
            if d.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            quote = True
        body = ''.join(out)
        return d.quotechar + body + d.quotechar if quote else body

    def writerow(self, row, /):
        """Write one row."""
        try:
            fields = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        only = len(fields) == 1
        line = self.dialect.delimiter.join([self._field(value, only) for value in fields])
        return self._write(line + self.dialect.lineterminator)

    def writerows(self, rows, /):
        """Write several rows."""
        for row in rows:
            self.writerow(row)


def writer(fileobj, /, dialect='excel', **fmtparams):
    """Writes rows to a file."""
    return _Writer(fileobj, dialect, fmtparams)


class DictReader:
    """Rows as dicts, named by the first row."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None and iter(fieldnames) is fieldnames else fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        """The names."""
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(names) < len(row):
            result[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            result[name] = self.restval
        return result


class DictWriter:
    """Writes dicts as rows."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = list(fieldnames) if iter(fieldnames) is fieldnames else fieldnames
        self.restval = restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Write the names."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [key for key in rowdict if key not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in wrong]))
        return [rowdict.get(key, self.restval) for key in self.fieldnames]

    def writerow(self, rowdict):
        """Write one dict."""
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        """Write several dicts."""
        return self.writer.writerows(map(self._row, rowdicts))
