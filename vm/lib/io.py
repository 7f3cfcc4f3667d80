# gilsim: atomic
"""Streams in memory, and the classes of streams; those of files are in _fileio.

Mirrors StringIO and BytesIO of CPython 3.13's Modules/_io. Leaves out: newline translation other than none.
"""

import sys
import builtins

__all__ = ["open", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO", "BufferedIOBase",
           "BufferedReader", "BufferedWriter", "BufferedRandom", "TextIOBase",
           "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE",
           "BlockingIOError"]

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192
BlockingIOError = BlockingIOError
TextIOWrapper = type(sys.stdout)
if hasattr(builtins, 'open'):
    open = builtins.open


def text_encoding(encoding, stacklevel=2):
    """The encoding, or the usual one."""
    return "utf-8" if encoding is None else encoding


class UnsupportedOperation(OSError, ValueError):
    """The stream cannot do that."""


class IOBase:
    """What all streams have in common."""

    def _unsupported(self, name):
        raise UnsupportedOperation(name)

    def seek(self, offset, whence=0, /):
        """Move to another position."""
        self._unsupported("seek")

    def tell(self):
        """The position."""
        return self.seek(0, 1)

    def truncate(self, size=None, /):
        """Cut off."""
        self._unsupported("truncate")

    def fileno(self):
        """The number of the file."""
        self._unsupported("fileno")

    _closed = False

    @property
    def closed(self):
        """Whether close() was called."""
        return self._closed

    def flush(self):
        """Write what is buffered."""
        self._check()

    def close(self):
        """Flush and close."""
        if not self._closed:
            try:
                self.flush()
            finally:
                self._closed = True

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def seekable(self):
        """Whether seek() works."""
        return False

    def readable(self):
        """Whether read() works."""
        return False

    def writable(self):
        """Whether write() works."""
        return False

    def isatty(self):
        """Whether it is a terminal."""
        self._check()
        return False

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=None, /):
        """The remaining lines; no more after hint characters."""
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def writelines(self, lines, /):
        """Write several texts."""
        self._check()
        for line in lines:
            self.write(line)


class RawIOBase(IOBase):
    """Bytes without a buffer."""


class BufferedIOBase(IOBase):
    """Bytes with a buffer."""


class TextIOBase(IOBase):
    """Text."""

    encoding = None
    errors = None
    newlines = None


class _Memory:
    # The reading and moving that StringIO and BytesIO share. Text at the end is gathered in pieces.

    def _start(self, initial):
        self._value = initial
        self._pieces = []
        self._position = 0

    def _gather(self):
        if self._pieces:
            self._value += self._empty.join(self._pieces)
            self._pieces = []
        return self._value

    def getvalue(self):
        """Everything."""
        self._check()
        return self._gather()

    def readable(self):
        self._check()
        return True

    writable = seekable = readable

    def _write(self, data):
        position = self._position
        if self._pieces or position == len(self._value):
            self._pieces.append(data)
        else:
            value = self._value
            if position > len(value):
                value += self._fill * (position - len(value))
            self._value = value[:position] + data + value[position + len(data):]
        self._position = position + len(data)
        return len(data)

    def read(self, size=-1, /):
        """Up to size items, or all that is left."""
        self._check()
        value = self._gather()
        start = self._position
        end = len(value) if size is None or size < 0 else min(len(value), start + size)
        self._position = max(start, end)
        return value[start:end]

    def readline(self, size=-1, /):
        """Up to the next newline."""
        self._check()
        value = self._gather()
        start = self._position
        end = value.find(self._newline, start) + 1 or len(value)
        if size is not None and size >= 0:
            end = min(end, start + size)
        self._position = max(start, end)
        return value[start:end]

    def tell(self):
        self._check()
        return self._position

    def truncate(self, size=None, /):
        self._check()
        if size is None:
            size = self._position
        elif size < 0:
            raise ValueError(self._negative % ("size", size))
        self._value = self._gather()[:size]
        return size


class StringIO(_Memory, TextIOBase):
    """Text in memory."""

    __module__ = '_io'
    _empty, _fill, _newline = '', '\0', '\n'
    _negative = "Negative %s value %d"

    def __init__(self, initial_value="", newline="\n"):
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError(f"initial_value must be str or None, not {type(initial_value).__name__}")
        if newline not in ("\n", "", None):
            raise NotImplementedError("StringIO with newline translation is not supported")
        self._start(initial_value or "")

    def write(self, s, /):
        """Write a text; gives its length."""
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        self._check()
        return self._write(s)

    def seek(self, pos, whence=0, /):
        self._check()
        if whence not in (0, 1, 2):
            raise ValueError(f"Invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == 0 and pos < 0:
            raise ValueError(f"Negative seek position {pos}")
        if whence != 0 and pos != 0:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._gather()
        self._position = (pos, self._position, len(self._value))[whence]
        return self._position


class BytesIO(_Memory, BufferedIOBase):
    """Bytes in memory."""

    __module__ = '_io'
    _empty, _fill, _newline = b'', b'\0', b'\n'
    _negative = "negative %s value %d"

    def __init__(self, initial_bytes=b""):
        self._start(bytes(initial_bytes) if initial_bytes is not None else b"")

    def write(self, b, /):
        """Write bytes; gives their number."""
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._check()
        return self._write(bytes(b))

    def seek(self, pos, whence=0, /):
        self._check()
        if whence not in (0, 1, 2):
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        if whence == 0 and pos < 0:
            raise ValueError(f"negative seek value {pos}")
        self._gather()
        self._position = max(0, (0, self._position, len(self._value))[whence] + pos)
        return self._position

    read1 = _Memory.read

    def getbuffer(self):
        """A copy of the contents."""
        return memoryview(self.getvalue())


# Made when they are first asked for: most programs import io for other things.
_FILE_NAMES = ("FileIO", "BufferedReader", "BufferedWriter", "BufferedRandom")


def __getattr__(name):
    if name not in _FILE_NAMES:
        raise AttributeError(f"module 'io' has no attribute {name!r}", name=name, obj=sys.modules['io'])
    import _fileio
    found = globals()[name] = getattr(_fileio, name)
    return found
