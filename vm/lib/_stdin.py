# gilsim: atomic
"""sys.stdin and input().

Mirrors the reading half of io.TextIOWrapper and builtin_input() of CPython 3.13 (Modules/_io/textio.c,
Python/bltinmodule.c) for a pipe or file as standard input. What it gives is an input of the simulation, known before the
program starts; a read takes it in blocks, without the GIL.
"""

import sys
from io import UnsupportedOperation
from _gilsim import check_interval, read_stdin, stdlib_names


class TextIOWrapper:
    """Standard input."""

    __module__ = '_io'

    def __init__(self):
        self._text = ''      # read but not given yet
        self._offset = 0     # bytes read
        self._ended = False
        self.closed = False
        self.name = '<stdin>'
        self.mode = 'r'
        self.encoding = 'utf-8'
        self.errors = 'strict'
        self.newlines = None
        self.line_buffering = False

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def _more(self):
        # One block from the file; false at its end.
        if self._ended:
            return False
        block, self._offset = read_stdin(self._offset)
        if not block:
            self._ended = True
        self._text += block
        return not self._ended

    def _take(self, size):
        text, self._text = self._text[:size], self._text[size:]
        return text

    def read(self, size=-1, /):
        """Up to size characters, all without a size."""
        self._check()
        if size is None or size < 0:
            while self._more():
                pass
            return self._take(len(self._text))
        while len(self._text) < size and self._more():
            pass
        return self._take(size)

    def readline(self, size=-1, /):
        """One line with its end; '' at the end of the input."""
        self._check()
        while True:
            at = self._text.find('\n') + 1
            if size is not None and 0 <= size <= len(self._text) and (at == 0 or at > size):
                return self._take(size)
            if at:
                return self._take(at)
            if not self._more():
                return self._take(len(self._text))

    def readlines(self, hint=-1, /):
        """The rest as a list of lines."""
        lines, total = [], 0
        for line in self:
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *args):
        self.close()

    def close(self):
        """No reading afterwards."""
        self.closed = True

    def flush(self):
        """Does nothing."""
        self._check()

    def readable(self):
        """True."""
        return True

    def writable(self):
        """False."""
        return False

    def seekable(self):
        """False: a pipe."""
        return False

    def isatty(self):
        """False."""
        self._check()
        return False

    def fileno(self):
        """0"""
        return 0

    def write(self, text, /):
        """Refused."""
        raise UnsupportedOperation("not writable")

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding={self.encoding!r}>"


_standard = TextIOWrapper()


def setcheckinterval(ticks, /):
    """sys.setcheckinterval(), up to 3.8."""
    check_interval(ticks)


def attribute(name):
    """sys.__getattr__: what is made when it is first asked for."""
    if name == 'stdlib_module_names':
        sys.stdlib_module_names = frozenset(stdlib_names().split())
        return sys.stdlib_module_names
    if name in ('setcheckinterval', 'getcheckinterval') and check_interval() is not None:
        sys.setcheckinterval, sys.getcheckinterval = setcheckinterval, check_interval
        return getattr(sys, name)
    if name not in ('stdin', '__stdin__'):
        raise AttributeError(f"module 'sys' has no attribute {name!r}", name=name, obj=sys)
    sys.stdin = sys.__stdin__ = _standard
    return _standard


def read_line(*prompt):
    """input(*prompt)"""
    stdin = getattr(sys, 'stdin', None)
    if stdin is None:
        raise RuntimeError("input(): lost sys.stdin")
    stdout = getattr(sys, 'stdout', None)
    if stdout is None:
        raise RuntimeError("input(): lost sys.stdout")
    if prompt:
        stdout.write(str(prompt[0]))
    stdout.flush()
    line = stdin.readline()
    if not isinstance(line, str):
        raise TypeError("object.readline() returned non-string")
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1] if line.endswith('\n') else line
