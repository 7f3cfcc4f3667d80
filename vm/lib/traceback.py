"""Tracebacks as text.

Mirrors CPython 3.13's Lib/traceback.py in its output, and in the pieces in which print_exception() writes it. The text
of one entry, with the marks under the failing part of a line, comes from the interpreter. Leaves out capture_locals,
colours, and lookups of lines later than the exception.
"""

import sys
from _gilsim import tb_entries as _tb_entries
from linecache import getline as _getline

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb', 'print_list']

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_REPEATS_SHOWN = 3
_GIVEN_BY_EXC = object()


class FrameSummary:
    """One entry: where a frame was. Unpacks like a tuple (filename, lineno, name, line)."""

    __slots__ = 'filename', 'lineno', 'name', 'line', 'locals', 'end_lineno', 'colno', 'end_colno', '_text'

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None, text=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = (line if line is not None else _getline(filename, lineno)).strip()
        self.locals = {key: _safe(value, 'local', repr) for key, value in locals.items()} if locals else None
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self._text = text

    @classmethod
    def _of(cls, entry):
        path, lineno, name, line, text, end_lineno, colno, end_colno = entry
        return cls(path, lineno, name, line=line, text=text, end_lineno=end_lineno, colno=colno, end_colno=end_colno)

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return tuple(self) == tuple(other)
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"


class StackSummary(list):
    """A list of entries, outermost first."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """The entries of pairs (frame, line number)."""
        return cls(_limited([FrameSummary(frame.f_code.co_filename, lineno, frame.f_code.co_name)
                             for frame, lineno in frame_gen], limit))

    @classmethod
    def from_list(cls, entries):
        """The entries of a list of FrameSummary or of tuples (filename, lineno, name, line)."""
        return cls([entry if isinstance(entry, FrameSummary)
                    else FrameSummary(entry[0], entry[1], entry[2], line=entry[3]) for entry in entries])

    def format_frame_summary(self, entry):
        """The text of one entry."""
        if entry._text is not None:
            return entry._text
        text = f'  File "{entry.filename}", line {entry.lineno}, in {entry.name}\n'
        if entry.line:
            text += f'    {entry.line}\n'
        return text + ''.join([f'    {name} = {value}\n' for name, value in sorted((entry.locals or {}).items())])

    def format(self):
        """The texts of the entries; of many equal ones in a row the first three and a count."""
        result = []
        last = None
        repeats = 0
        for entry in self:
            place = (entry.filename, entry.lineno, entry.name)
            if place != last:
                self._end_of_repeats(result, repeats)
                last = place
                repeats = 0
            repeats += 1
            if repeats <= _REPEATS_SHOWN:
                result.append(self.format_frame_summary(entry))
        self._end_of_repeats(result, repeats)
        return result

    def _end_of_repeats(self, result, repeats):
        more = repeats - _REPEATS_SHOWN
        if more > 0:
            result.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")


def _limited(entries, limit):
    if limit is None:
        limit = getattr(sys, 'tracebacklimit', None)
        if limit is not None and limit < 0:
            limit = 0
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


class TracebackException:
    """Everything about an exception that its text needs, with its causes and contexts."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.exc_type = exc_type
        self.stack = StackSummary(_limited([FrameSummary._of(entry) for entry in _tb_entries(exc_traceback)], limit))
        self._str = _safe(exc_value, 'exception', str)
        if isinstance(exc_value, (NameError, AttributeError, ImportError)):
            from _suggestions import suggestion_text
            self._str += suggestion_text(exc_value, exc_traceback)
        self._value = exc_value
        try:
            self.__notes__ = getattr(exc_value, '__notes__', None)
        except Exception as error:
            self.__notes__ = [f"Ignored error getting __notes__: {_safe(error, '__notes__', repr)}"]
        self.__suppress_context__ = exc_value is not None and exc_value.__suppress_context__
        self.__cause__ = self.__context__ = self.exceptions = None
        if exc_value is not None:
            self._add_related(exc_value, compact, seen, limit)

    def _add_related(self, exc, compact, seen, limit):
        def make(other):
            return TracebackException(type(other), other, other.__traceback__, limit=limit, compact=compact,
                                      max_group_width=self.max_group_width, max_group_depth=self.max_group_depth,
                                      _seen=seen)

        if exc.__cause__ is not None and id(exc.__cause__) not in seen:
            self.__cause__ = make(exc.__cause__)
        wanted = not compact or self.__cause__ is None and not exc.__suppress_context__
        if wanted and exc.__context__ is not None and id(exc.__context__) not in seen:
            self.__context__ = make(exc.__context__)
        if isinstance(exc, BaseExceptionGroup):
            self.exceptions = [make(member) for member in exc.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """The same from an exception alone."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type_str(self):
        """The name of the class, with its module unless that is builtins or __main__."""
        if self.exc_type is None:
            return None
        module = self.exc_type.__module__
        if module in ("__main__", "builtins"):
            return self.exc_type.__qualname__
        return f"{module if isinstance(module, str) else '<unknown>'}.{self.exc_type.__qualname__}"

    def __str__(self):
        return self._str

    def format_exception_only(self, *, show_group=False, _depth=0):
        """The lines after the entries: the class, the message, the notes."""
        indent = 3 * _depth * ' '
        if self.exc_type is not None and issubclass(self.exc_type, SyntaxError):
            for line in _syntax_error_lines(self._value, self.exc_type_str):
                yield indent + line
        else:
            text = f"{self.exc_type_str}: {self._str}" if self._str else self.exc_type_str
            if _depth:
                for line in f"{text}".split('\n'):
                    yield indent + line + '\n'
            else:
                yield f"{text}\n"
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                for line in _safe(note, 'note', str).split('\n'):
                    yield indent + line + '\n'
        elif notes is not None:
            yield indent + _safe(notes, '__notes__', repr) + '\n'
        if self.exceptions and show_group:
            for member in self.exceptions:
                yield from member.format_exception_only(show_group=True, _depth=_depth + 1)

    def format(self, *, chain=True, _group=None):
        """The whole text in pieces, the oldest exception of the chain first."""
        group = _GroupLayout() if _group is None else _group
        links = []
        exc = self
        while exc is not None:
            message = following = None
            if chain and exc.__cause__ is not None:
                message, following = _CAUSE, exc.__cause__
            elif chain and exc.__context__ is not None and not exc.__suppress_context__:
                message, following = _CONTEXT, exc.__context__
            links.append((message, exc))
            exc = following
        for message, exc in reversed(links):
            if message is not None:
                yield from group.emit([message])
            if exc.exceptions is None:
                if exc.stack:
                    yield from group.emit(['Traceback (most recent call last):\n'])
                    yield from group.emit(exc.stack.format())
                yield from group.emit(exc.format_exception_only())
            elif group.depth > self.max_group_depth:
                yield from group.emit([f"... (max_group_depth is {self.max_group_depth})\n"])
            else:
                yield from group.lay_out(exc, chain)

    def print(self, *, file=None, chain=True):
        """Write the pieces to file, by default sys.stderr."""
        if file is None:
            file = sys.stderr
        for line in self.format(chain=chain):
            print(line, file=file, end="")


class _GroupLayout:
    # The frame of lines around the members of exception groups.

    def __init__(self):
        self.depth = 0
        self.need_close = False

    def indent(self):
        return ' ' * (2 * self.depth)

    def emit(self, pieces, margin=None):
        prefix = self.indent()
        if self.depth:
            prefix += (margin or '|') + ' '
        for piece in pieces:
            yield ''.join([prefix + line for line in piece.splitlines(True)]) if prefix else piece

    def lay_out(self, exc, chain):
        top = self.depth == 0
        if top:
            self.depth = 1
        if exc.stack:
            yield from self.emit(['Exception Group Traceback (most recent call last):\n'], '+' if top else None)
            yield from self.emit(exc.stack.format())
        yield from self.emit(exc.format_exception_only())
        total = len(exc.exceptions)
        shown = min(total, exc.max_group_width)
        count = total if total <= exc.max_group_width else shown + 1
        self.need_close = False
        for index in range(count):
            last = index == count - 1
            if last:
                self.need_close = True
            cut = index >= shown
            title = '...' if cut else str(index + 1)
            yield self.indent() + ('+-' if index == 0 else '  ') + f'+---------------- {title} ----------------\n'
            self.depth += 1
            if cut:
                more = total - shown
                yield from self.emit([f"and {more} more exception{'s' if more > 1 else ''}\n"])
            else:
                yield from exc.exceptions[index].format(chain=chain, _group=self)
            if last and self.need_close:
                yield self.indent() + "+------------------------------------\n"
                self.need_close = False
            self.depth -= 1
        if top:
            self.depth = 0


def _syntax_error_lines(exc, name):
    # The place, the line with marks under the wrong part, the message.
    suffix = ''
    if exc.lineno is not None:
        yield f'  File "{exc.filename or "<string>"}", line {exc.lineno}\n'
    elif exc.filename is not None:
        suffix = f' ({exc.filename})'
    if exc.text is not None:
        line = exc.text.rstrip('\n')
        stripped = line.lstrip(' \n\f')
        yield f'    {stripped}\n'
        if exc.offset is not None:
            start, end = _marked(exc, line)
            start -= 1 + len(line) - len(stripped)
            end -= 1 + len(line) - len(stripped)
            if start >= 0:
                space = ''.join([char if char.isspace() else ' ' for char in stripped[:start]])
                yield f"    {space}{'^' * (end - start)}\n"
    yield f"{name}: {exc.msg or '<no detail available>'}{suffix}\n"


def _marked(exc, line):
    # The first column to mark and the one after the last, from 1.
    start = exc.offset
    end = (exc.end_offset or start) if exc.lineno == exc.end_lineno else len(line) + 1
    if exc.text and start > len(exc.text):
        start = len(line) + 1
    if exc.text and end > len(exc.text):
        end = len(line) + 1
    return start, start + 1 if start >= end or end < 0 else end


def _safe(value, what, function):
    try:
        return function(value)
    except:
        return f'<{what} {function.__name__}() failed>'


def _value_and_traceback(exc, value, tb):
    if (value is _GIVEN_BY_EXC) != (tb is _GIVEN_BY_EXC):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _GIVEN_BY_EXC:
        return value, tb
    if exc is None:
        return None, None
    if isinstance(exc, BaseException):
        return exc, exc.__traceback__
    raise TypeError(f'Exception expected for value, {type(exc).__name__} found')


def _made(exc, value, tb, limit):
    value, tb = _value_and_traceback(exc, value, tb)
    return TracebackException(type(value), value, tb, limit=limit, compact=True)


def print_exception(exc, /, value=_GIVEN_BY_EXC, tb=_GIVEN_BY_EXC, limit=None, file=None, chain=True):
    """Write an exception with its traceback and chain to file, by default sys.stderr."""
    _made(exc, value, tb, limit).print(file=file, chain=chain)


def format_exception(exc, /, value=_GIVEN_BY_EXC, tb=_GIVEN_BY_EXC, limit=None, chain=True):
    """The pieces that print_exception() writes, as a list."""
    return list(_made(exc, value, tb, limit).format(chain=chain))


def format_exception_only(exc, /, value=_GIVEN_BY_EXC, *, show_group=False):
    """The last lines only: class, message and notes."""
    if value is _GIVEN_BY_EXC:
        value = exc
    made = TracebackException(type(value), value, None, compact=True)
    return list(made.format_exception_only(show_group=show_group))


def text_of(exc):
    """What the interpreter prints for an uncaught exception."""
    return "".join(format_exception(exc))


def text_of_ignored(exc):
    """What the interpreter prints for an exception that nobody can catch, as the C code does it: without what it came
    from and without marks below the lines."""
    lines = "".join(format_exception(exc, chain=False)).splitlines(True)
    return "".join([line for line in lines if line.strip(" ~^\n") or not line.strip()])


def last_lines_of(exc):
    """The end of text_of(exc), without the stack."""
    return "".join(format_exception_only(exc))


def print_exc(limit=None, file=None, chain=True):
    """print_exception() of the exception being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The text of the exception being handled."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """print_exception() of sys.last_exc."""
    if not hasattr(sys, "last_exc"):
        raise ValueError("no last exception")
    print_exception(sys.last_exc, limit=limit, file=file, chain=chain)


def walk_tb(tb):
    """Pairs (frame, line number) along a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    """Pairs (frame, line number) from a frame outwards."""
    if f is None:
        f = sys._getframe(1).f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    """The entries of a traceback."""
    return StackSummary(_limited([FrameSummary._of(entry) for entry in _tb_entries(tb)], limit))


def format_tb(tb, limit=None):
    """The texts of the entries of a traceback."""
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    """Write the entries of a traceback."""
    print_list(extract_tb(tb, limit), file)


def print_list(extracted_list, file=None):
    """Write a list of entries."""
    if file is None:
        file = sys.stderr
    for item in StackSummary.from_list(extracted_list).format():
        print(item, file=file, end="")


def format_list(extracted_list):
    """The texts of a list of entries."""
    return StackSummary.from_list(extracted_list).format()


def extract_stack(f=None, limit=None):
    """The entries of the stack of a frame, by default the caller's."""
    if f is None:
        f = sys._getframe(1)
    if limit is None or limit < 0:
        stack = StackSummary.extract(walk_stack(f), limit=None if limit is None else -limit)
    else:
        stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_stack(f=None, limit=None):
    """The texts of the stack of a frame, by default the caller's."""
    return format_list(extract_stack(sys._getframe(1) if f is None else f, limit))


def print_stack(f=None, limit=None, file=None):
    """Write the stack of a frame, by default the caller's."""
    print_list(extract_stack(sys._getframe(1) if f is None else f, limit), file)


def clear_frames(tb):
    """Forget the local variables of the frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass    # still running
        tb = tb.tb_next
