# gilsim: atomic
"""File objects, and open().

Mirrors FileIO, the buffered classes and TextIOWrapper of CPython 3.13's Modules/_io on the descriptors of _files, with the
same system calls in the same order, each of which releases the GIL once; where versions differ, `library_rule` knows. On 2.7
a file is one of C's stdio: nothing is buffered here, and of what opens, moves in or closes it, what C's library does counts. Leaves out: openers, newline translation other than
universal newlines and a line end to write, encodings in which a character can end within a block (utf-8 can), `detach`.
"""

import _files
from _files import system_call
from _gilsim import library_rule
from _ospath import fspath
from io import (BufferedIOBase, DEFAULT_BUFFER_SIZE, RawIOBase, TextIOBase, UnsupportedOperation, SEEK_CUR, SEEK_END,
                SEEK_SET)

_stdio = library_rule('has_stdio_files')
_asks_always = library_rule('asks_for_terminal_always')
_looks_always = library_rule('locale_look_always')
_looks_without_encoding = library_rule('locale_look_without_encoding')


def _stdio_call():
    # What 2.7 does around each method; the system calls below are part of it there.
    if _stdio:
        system_call()


def _flags(mode):
    kinds = [kind for kind in 'rwxa' if kind in mode]
    if len(kinds) != 1 or mode.count('+') > 1 or set(mode) - set('rwxab+'):
        raise ValueError('Must have exactly one of create/read/write/append mode and at most one plus')
    flags = {'r': 0, 'w': _files.O_CREAT | _files.O_TRUNC, 'x': _files.O_CREAT | _files.O_EXCL,
             'a': _files.O_CREAT | _files.O_APPEND}[kinds[0]]
    return flags | (_files.O_RDWR if '+' in mode else _files.O_RDONLY if kinds[0] == 'r' else _files.O_WRONLY)


class _Closing:
    # What all file objects do at their end.

    def __del__(self):
        if not self.closed:
            self.close()

    def __enter__(self):
        self._check()
        return self

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')


class FileIO(_Closing, RawIOBase):
    """A file without a buffer."""

    __module__ = '_io'
    _closed = True

    def __init__(self, file, mode='r', closefd=True, opener=None):
        flags = _flags(mode)
        self.name, self.closefd = file, closefd
        if isinstance(file, int):
            self._number = file
        else:
            path = fspath(file)
            self._number = _files.open(path.decode() if isinstance(path, bytes) else path, flags)
        self._closed = False
        self._file = _files.opened(self._number)
        self.mode = ('xb' if 'x' in mode else 'ab' if 'a' in mode else 'rb' if flags & 3 == 0 else 'wb')
        if '+' in mode:
            self.mode = 'ab+' if 'a' in mode else 'xb+' if 'x' in mode else 'rb+'
        self._readable, self._writable = flags & 3 != _files.O_WRONLY, flags & 3 != _files.O_RDONLY
        system_call()           # fstat
        if self._file.mode == _files.FOLDER:
            self.close()
            raise IsADirectoryError(21, 'Is a directory', file)
        if 'a' in mode and self.seekable():
            self._seek(0, SEEK_END)

    def _call(self):
        if not _stdio:
            system_call()

    def _seek(self, offset, whence):
        self._call()
        return self._file.seek(offset, whence)

    def _read(self, size):
        return self._file.read(size)

    def readable(self):
        self._check()
        return self._readable

    def writable(self):
        self._check()
        return self._writable

    def seekable(self):
        self._check()
        return self._file.mode == _files.FILE

    def fileno(self):
        """The descriptor."""
        self._check()
        return self._number

    def isatty(self):
        self._check()
        self._call()
        return False

    def read(self, size=-1, /):
        """At most so many bytes, all without a size."""
        self._check()
        if not self._readable:
            raise UnsupportedOperation('File not open for reading')
        return self.readall() if size is None or size < 0 else self._read(size)

    def readall(self):
        """All bytes that are left."""
        self._check()
        self._call()            # fstat and lseek
        parts = []
        while True:
            part = self._read(max(self._file.size(), DEFAULT_BUFFER_SIZE))
            if not part:
                return b''.join(parts)
            parts.append(part)

    def readinto(self, buffer, /):
        """Fill a bytearray; gives how many bytes."""
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def write(self, data, /):
        """Write bytes; gives how many were written."""
        self._check()
        if not self._writable:
            raise UnsupportedOperation('File not open for writing')
        return self._file.write(_bytes(data))

    def seek(self, offset, whence=0, /):
        self._check()
        return self._seek(offset, whence)

    def tell(self):
        return self.seek(0, SEEK_CUR)

    def truncate(self, size=None, /):
        self._check()
        if not self._writable:
            raise UnsupportedOperation('File not open for writing')
        if size is None:
            size = self.tell()
        self._call()
        self._file.truncate(size)
        return size

    def close(self):
        if not self._closed:
            self._closed = True
            if self.closefd:
                _files.close(self._number)

    def __repr__(self):
        if self._closed:
            return '<_io.FileIO [closed]>'
        return f'<_io.FileIO name={self.name!r} mode={self.mode!r} closefd={self.closefd}>'


def _bytes(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(data)


class _Buffered(_Closing, BufferedIOBase):
    # A buffer of bytes read ahead, and one of bytes to be written.

    __module__ = '_io'

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw, self._size = raw, buffer_size
        self._ahead, self._behind = b'', bytearray()
        if raw.seekable():
            raw._call()         # tell

    name = property(lambda self: self.raw.name)
    mode = property(lambda self: self.raw.mode)
    closed = property(lambda self: self.raw.closed)

    def readable(self):
        return self.raw.readable()

    def writable(self):
        return self.raw.writable()

    def seekable(self):
        return self.raw.seekable()

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    def _may_read(self):
        self._check()
        if not self.readable():
            raise UnsupportedOperation('read')
        self._write_behind()

    def read(self, size=-1, /):
        """So many bytes, all without a size; fewer only at the end."""
        self._may_read()
        if size is None or size < 0:
            data, self._ahead = self._ahead, b''
            return data + self.raw.readall()
        while len(self._ahead) < size:
            more = self.raw._read(max(self._size, size - len(self._ahead)))
            if not more:
                break
            self._ahead += more
        return self._take(size)

    def read1(self, size=-1, /):
        """What is there, at most so many bytes, after at most one system call."""
        self._may_read()
        if not self._ahead:
            self._ahead = self.raw._read(self._size)
        return self._take(len(self._ahead) if size < 0 else size)

    def peek(self, size=0, /):
        """What is there, without taking it."""
        self._may_read()
        if not self._ahead:
            self._ahead = self.raw._read(self._size)
        return self._ahead

    def readinto(self, buffer, /):
        """Fill a bytearray; gives how many bytes."""
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def _take(self, size):
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        return data

    def readline(self, size=-1, /):
        """Up to the next newline."""
        self._may_read()
        while True:
            end = self._ahead.find(b'\n') + 1
            if size is not None and 0 <= size <= len(self._ahead) and not 0 < end <= size:
                return self._take(size)
            if end:
                return self._take(end)
            more = self.raw._read(self._size)
            if not more:
                return self._take(len(self._ahead))
            self._ahead += more

    def write(self, data, /):
        """Write bytes; gives their number."""
        self._check()
        if not self.writable():
            raise UnsupportedOperation('write')
        self._rewind()
        data = _bytes(data)
        if _stdio:
            self._write_all(data)
            return len(data)
        if len(self._behind) + len(data) > self._size:
            self._write_behind()
        if len(data) > self._size:
            self._write_all(data)
        else:
            self._behind += data
        return len(data)

    def _rewind(self):
        # What was read ahead has not been read, as far as writing and seeking know.
        if self._ahead:
            ahead, self._ahead = self._ahead, b''
            self.raw._seek(-len(ahead), SEEK_CUR)

    def _write_all(self, data):
        while data:
            data = data[self.raw.write(data):]

    def _write_behind(self):
        data = bytes(self._behind)
        self._behind.clear()
        self._write_all(data)

    def flush(self):
        self._check()
        _stdio_call()
        self._write_behind()

    def seek(self, offset, whence=0, /):
        self._check()
        if not self.seekable():
            raise UnsupportedOperation('File or stream is not seekable.')
        _stdio_call()
        self._write_behind()
        if whence == SEEK_CUR:
            offset -= len(self._ahead)
        self._ahead = b''
        return self.raw._seek(offset, whence)

    def tell(self):
        self._check()
        _stdio_call()
        return self.raw._seek(0, SEEK_CUR) - len(self._ahead) + len(self._behind)

    def truncate(self, size=None, /):
        self.flush()
        return self.raw.truncate(self.tell() if size is None else size)

    def close(self):
        if not self.closed:
            try:
                self._write_behind()
            finally:
                self.raw.close()

    def __repr__(self):
        return f'<_io.{type(self).__name__} name={self.name!r}>'


class BufferedReader(_Buffered):
    """A file of bytes to read from."""

    __module__ = '_io'


class BufferedWriter(_Buffered):
    """A file of bytes to write into."""

    __module__ = '_io'


class BufferedRandom(_Buffered):
    """A file of bytes to read from and write into."""

    __module__ = '_io'

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        super().__init__(raw, buffer_size)
        raw._call()             # whether it can be moved in
        raw._call()


class TextIOWrapper(_Closing, TextIOBase):
    """A file of text."""

    __module__ = '_io'

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError(f'illegal newline value: {newline}')
        self.buffer = buffer
        if _looks_always or _looks_without_encoding and encoding is None:
            buffer.raw._call()
        self.encoding = 'UTF-8' if encoding is None or encoding == 'locale' else encoding
        ''.encode(self.encoding)
        self.errors = errors or 'strict'
        self.line_buffering, self.write_through = line_buffering, write_through
        self.newlines = None
        self._newline = newline
        self._text = ''         # read and not given yet
        self._rest = b''        # the beginning of a character
        self._pending = []      # written and not encoded yet
        self._pending_size = 0
        self._ended = False
        if buffer.seekable() and buffer.writable():
            buffer.raw._call()  # tell
            if buffer.readable() and not buffer.raw._file.appends:
                buffer.raw._call()

    name = property(lambda self: self.buffer.name)
    closed = property(lambda self: self.buffer.closed)

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
        """Change how text is written."""
        self.flush()
        self.encoding, self.errors = encoding or self.encoding, errors or self.errors
        self._newline = self._newline if newline is None else newline
        if line_buffering is not None:
            self.line_buffering = line_buffering

    def write(self, text, /):
        """Write text; gives its length."""
        self._check()
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text).__name__}')
        if not self.buffer.writable():
            raise UnsupportedOperation('not writable')
        size = len(text)
        has_end = self.line_buffering and ('\n' in text or '\r' in text)
        if self._newline in ('\r', '\r\n'):
            text = text.replace('\n', self._newline)
        if _stdio:
            self.buffer.write(text.encode(self.encoding, self.errors))
        else:
            data = text.encode(self.encoding, self.errors)
            self._pending.append(data)
            self._pending_size += len(data)
            if self._pending_size > DEFAULT_BUFFER_SIZE or has_end or self.write_through:
                self._give_on()
        if has_end:
            self.buffer._write_behind()
        self._text, self._rest, self._ended = '', b'', False
        return size

    def _give_on(self):
        if self._pending:
            data, self._pending, self._pending_size = b''.join(self._pending), [], 0
            self.buffer.write(data)

    def flush(self):
        self._check()
        self._give_on()
        self.buffer.flush()

    def _decode(self, data, final):
        data = self._rest + data
        self._rest = b''
        try:
            text = data.decode(self.encoding, self.errors)
        except UnicodeDecodeError as error:
            if final or error.reason != 'unexpected end of data':
                raise
            text, self._rest = data[:error.start].decode(self.encoding, self.errors), data[error.start:]
        if self._newline is None:
            if not final and text.endswith('\r'):
                text, self._rest = text[:-1], b'\r' + self._rest
            if '\r' in text:
                text = text.replace('\r\n', '\n').replace('\r', '\n')
        return text

    def _more(self):
        # Another block; false at the end.
        if self._ended:
            return False
        data = self.buffer.read1(DEFAULT_BUFFER_SIZE)
        self._ended = not data
        self._text += self._decode(data, not data)
        return not self._ended

    def _may_read(self):
        self._check()
        if not self.buffer.readable():
            raise UnsupportedOperation('not readable')
        self._give_on()

    def _take(self, size):
        text, self._text = self._text[:size], self._text[size:]
        return text

    def read(self, size=-1, /):
        """So many characters, all without a size; fewer only at the end."""
        self._may_read()
        if size is None or size < 0:
            self._text += self._decode(self.buffer.read(), True)
            return self._take(len(self._text))
        self._ended = False
        while len(self._text) < size and self._more():
            pass
        return self._take(size)

    def readline(self, size=-1, /):
        """Up to the end of the line."""
        self._may_read()
        self._ended = False
        return self._line(-1 if size is None else size)

    def _line_end(self):
        if self._newline in (None, '\n'):
            return self._text.find('\n') + 1
        if self._newline:
            at = self._text.find(self._newline)
            return 0 if at < 0 else at + len(self._newline)
        ends = [at for at in (self._text.find('\n'), self._text.find('\r')) if at >= 0]
        if not ends:
            return 0
        end = min(ends)
        if self._text[end] == '\r' and end + 1 == len(self._text) and not self._ended:
            return 0
        return end + (2 if self._text[end:end + 2] == '\r\n' else 1)

    def _line(self, size):
        while True:
            end = self._line_end()
            if 0 <= size <= len(self._text) and not 0 < end <= size:
                return self._take(size)
            if end:
                return self._take(end)
            if not self._more():
                return self._take(self._line_end() or len(self._text))

    def __next__(self):
        self._may_read()
        line = self._line(-1)
        if not line:
            self._ended = False
            raise StopIteration
        return line

    def _unread(self):
        # Bytes that were read from the buffer and not given.
        return len(self._text.encode(self.encoding, self.errors)) + len(self._rest)

    def seek(self, cookie, whence=0, /):
        self._check()
        if not self.seekable():
            raise UnsupportedOperation('underlying stream is not seekable')
        if whence == SEEK_CUR and cookie != 0:
            raise UnsupportedOperation("can't do nonzero cur-relative seeks")
        if whence == SEEK_END and cookie != 0:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        if whence == SEEK_SET and cookie < 0:
            raise ValueError(f'negative seek position {cookie}')
        self._give_on()
        if whence == SEEK_CUR:
            cookie, whence = self.tell(), SEEK_SET
        position = self.buffer.seek(cookie, whence)
        self._text, self._rest, self._ended = '', b'', False
        return position

    def tell(self):
        self._check()
        if not self.seekable():
            raise UnsupportedOperation('underlying stream is not seekable')
        self._give_on()
        if self.buffer._behind:
            self.buffer.flush()
        return self.buffer.tell() - self._unread()

    def truncate(self, size=None, /):
        self.flush()
        return self.buffer.truncate(size)

    def close(self):
        if not self.closed:
            try:
                self._give_on()
            finally:
                self.buffer.close()

    mode = property(lambda self: self._mode)

    def __repr__(self):
        return f'<_io.TextIOWrapper name={self.name!r} mode={self._mode!r} encoding={self.encoding!r}>'


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    """Open a file: gives a file object."""
    if not isinstance(file, int):
        file = fspath(file)
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    kinds = sum([kind in mode for kind in 'rwxa'])
    if set(mode) - set('rwxabt+') or len(mode) > len(set(mode)):
        raise ValueError(f'invalid mode: {mode!r}')
    binary = 'b' in mode
    if binary and 't' in mode:
        raise ValueError("can't have text and binary mode at once")
    if kinds != 1:
        raise ValueError('must have exactly one of create/read/write/append mode')
    for name, value in (('encoding', encoding), ('errors', errors), ('newline', newline)):
        if binary and value is not None:
            raise ValueError(f"binary mode doesn't take {'an' if name[0] == 'e' else 'a'} {name} argument")
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    if opener is not None:
        raise ValueError('open() with an opener is not supported')
    raw = FileIO(file, mode.replace('t', ''), closefd)
    if buffering < 0 or _asks_always:
        raw.isatty()
    if buffering == 0:
        return raw
    size = buffering if buffering > 1 else DEFAULT_BUFFER_SIZE
    kind = BufferedRandom if '+' in mode and raw.seekable() else BufferedReader if raw._readable else BufferedWriter
    buffer = kind(raw, size)
    if binary:
        return buffer
    text = TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)
    text._mode = mode
    return text
