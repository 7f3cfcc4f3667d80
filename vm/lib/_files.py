# gilsim: atomic
"""The simulated machine's files, pipes and file descriptors.

What Linux does behind the system calls of CPython 3.13's Modules/posixmodule.c: a tree of files in memory, which begins with a
few empty folders and the program's own files (read-only), pipes of 64 KiB, and a table of descriptors. Each function named
after a system call releases the GIL once, as CPython does around the call, also when it fails; a read from an empty pipe and a
write into a full one block without the GIL until another thread comes, first come, first served. What a call does is done
when it begins. Leaves out: links, permissions, owners, times, devices but /dev/null, reading standard input.
"""

import posix as _posix
import _gilsim
from _collections import deque as _deque
from _gilsim import system_call
from _queue import SimpleQueue as _Box

O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
FILE, FOLDER, PIPE = 0o100644, 0o040755, 0o010600
PIPE_SIZE = 65536

folder = '/home/user'       # where relative paths begin
_nodes = {path: None for path in ('/', '/dev', '/home', '/home/user', '/tmp')}     # folders have no node
_table = {}                 # descriptors from 3 on


class _Node:
    # A file.

    def __init__(self, number, data=b'', keeps=True):
        self.number = number
        self.data = bytearray(data)
        self.keeps = keeps      # False: what is written is forgotten


_nodes['/dev/null'] = _Node(1, keeps=False)
_numbers = 1


def _new_node(data=b''):
    global _numbers
    _numbers += 1
    return _Node(_numbers, data)


def _fail(kind, number, text, path=None):
    if path is None:
        raise kind(number, text)
    raise kind(number, text, path)


def bad_descriptor():
    """The error of a number that is no open file."""
    return OSError(9, 'Bad file descriptor')


def absolute(path):
    """The path from the root, without detours."""
    if not path:
        return path
    parts = []
    for part in (path if path[0] == '/' else folder + '/' + path).split('/'):
        if part == '..':
            del parts[-1:]
        elif part and part != '.':
            parts.append(part)
    return '/' + '/'.join(parts)


def find(path):
    """The node of a file, True for a folder, None."""
    full = absolute(path)
    if full in _nodes:
        node = _nodes[full]
        return True if node is None else node
    kind = _posix._kind(full) or full != path and _posix._kind(path)
    if kind == 2:
        return True
    if kind != 1:
        return None
    text = ''.join(_gilsim.source_lines(path) or _gilsim.source_lines(full))
    return _new_node(text.encode())


def _must_find(path):
    node = find(path)
    if node is None:
        parent = absolute(path).rpartition('/')[0] or '/'
        if isinstance(find(parent), _Node):
            _fail(NotADirectoryError, 20, 'Not a directory', path)
        _fail(FileNotFoundError, 2, 'No such file or directory', path)
    return node


def _parent(path):
    # The folder in which a new name is to be.
    full = absolute(path)
    parent = _must_find_folder(full.rpartition('/')[0] or '/', path)
    return full, parent


def _must_find_folder(parent, path):
    found = find(parent)
    if found is None or not path:
        _fail(FileNotFoundError, 2, 'No such file or directory', path)
    if found is not True:
        _fail(NotADirectoryError, 20, 'Not a directory', path)
    return parent


def _owned(path):
    # The full path of something in the tree that can be changed.
    _must_find(path)
    full = absolute(path)
    if full not in _nodes or full == '/dev/null':
        _fail(OSError, 30, 'Read-only file system', path)
    return full


class File:
    """An open file: a node and a position."""

    def __init__(self, node, flags):
        self.node = node
        self.appends = bool(flags & O_APPEND)
        self.readable, self.writable = (flags & 3) != O_WRONLY, (flags & 3) != O_RDONLY
        self.position = 0
        self.mode = FOLDER if node is True else FILE

    def size(self):
        return 0 if self.mode == FOLDER else len(self.node.data)

    def read(self, size):
        if not self.readable or self.mode == FOLDER:
            system_call()
            raise bad_descriptor() if not self.readable else IsADirectoryError(21, 'Is a directory')
        data = bytes(self.node.data[self.position:self.position + size])
        self.position += len(data)
        system_call(len(data))
        return data

    def write(self, data):
        if not self.writable:
            system_call()
            raise bad_descriptor()
        if self.node.keeps:
            held = self.node.data
            if self.appends:
                self.position = len(held)
            elif self.position > len(held):
                held.extend(bytes(self.position - len(held)))
            held[self.position:self.position + len(data)] = data
            self.position += len(data)
        system_call(len(data))
        return len(data)

    def seek(self, offset, whence):
        start = (0, self.position, self.size())[whence]
        if start + offset < 0:
            _fail(OSError, 22, 'Invalid argument')
        self.position = start + offset
        return self.position

    def truncate(self, size):
        if not self.writable:
            _fail(OSError, 22, 'Invalid argument')
        data = self.node.data
        del data[size:]
        data.extend(bytes(size - len(data)))

    def close(self):
        pass


class _Pipe:
    # Bytes on their way. Who waits has a box into which the other side puts what it waits for.

    def __init__(self):
        self.data = bytearray()
        self.readers = self.writers = 1
        self.reading = _deque()     # (size, box)
        self.writing = _deque()     # (rest of the bytes, box)

    def fill(self):
        # Room for those who wait to write.
        while self.writing and len(self.data) < PIPE_SIZE:
            rest, box = self.writing.popleft()
            room = PIPE_SIZE - len(self.data)
            self.data += rest[:room]
            if len(rest) > room:
                self.writing.appendleft((rest[room:], box))
            else:
                box.put(True)


class ReadEnd:
    """Where bytes come out of a pipe."""

    mode, readable, writable = PIPE, True, False

    def __init__(self, pipe):
        self.pipe = pipe

    def size(self):
        return 0

    def read(self, size):
        pipe = self.pipe
        if pipe.data or not pipe.writers or size == 0:
            data = bytes(pipe.data[:size])
            del pipe.data[:size]
            pipe.fill()
            system_call(len(data))
            return data
        box = _Box()
        pipe.reading.append((size, box))
        return box.get()

    def write(self, data):
        system_call()
        raise bad_descriptor()

    def seek(self, offset, whence):
        _fail(OSError, 29, 'Illegal seek')

    def truncate(self, size):
        _fail(OSError, 22, 'Invalid argument')

    def close(self):
        pipe = self.pipe
        pipe.readers -= 1
        while not pipe.readers and pipe.writing:
            pipe.writing.popleft()[1].put(False)


class WriteEnd:
    """Where bytes go into a pipe."""

    mode, readable, writable = PIPE, False, True
    size, seek, truncate = ReadEnd.size, ReadEnd.seek, ReadEnd.truncate

    def __init__(self, pipe):
        self.pipe = pipe

    def write(self, data):
        pipe, rest = self.pipe, bytes(data)
        if not pipe.readers:
            system_call()
            _fail(BrokenPipeError, 32, 'Broken pipe')
        while rest and pipe.reading:
            size, box = pipe.reading.popleft()
            box.put(rest[:size])
            rest = rest[size:]
        room = PIPE_SIZE - len(pipe.data) if not pipe.writing else 0
        pipe.data += rest[:room]
        if len(rest) <= room:
            system_call(len(data))
        else:
            box = _Box()
            pipe.writing.append((rest[room:], box))
            if not box.get():
                _fail(BrokenPipeError, 32, 'Broken pipe')
        return len(data)

    def read(self, size):
        system_call()
        raise bad_descriptor()

    def close(self):
        pipe = self.pipe
        pipe.writers -= 1
        while not pipe.writers and pipe.reading:
            pipe.reading.popleft()[1].put(b'')


def new_pipe():
    """Both ends of a pipe."""
    pipe = _Pipe()
    return ReadEnd(pipe), WriteEnd(pipe)


class _Stream:
    # A standard stream as a descriptor.

    mode, readable, position = PIPE, False, 0
    size, seek, truncate = ReadEnd.size, ReadEnd.seek, ReadEnd.truncate

    def __init__(self, number):
        self.number = number
        self.writable = number != 0

    def read(self, size):
        system_call()
        _fail(OSError, 38, 'Function not implemented')

    def write(self, data):
        if not self.writable:
            system_call()
            raise bad_descriptor()
        _gilsim.write_stream(self.number, bytes(data).decode('utf-8', 'replace'))
        return len(data)

    def close(self):
        pass


_table.update({number: _Stream(number) for number in range(3)})


def number_of(file):
    """The descriptor of a newly opened file."""
    number = 0
    while number in _table:
        number += 1
    _table[number] = file
    return number


def opened(fd):
    """The open file of a descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"'{type(fd).__name__}' object cannot be interpreted as an integer")
    if fd not in _table:
        raise bad_descriptor()
    return _table[fd]


# System calls.

def open(path, flags):
    """The descriptor of a file that is opened."""
    system_call()
    full, node = absolute(path), find(path)
    if node is True:
        if flags & 3 != O_RDONLY or flags & O_CREAT:
            _fail(IsADirectoryError, 21, 'Is a directory', path)
    elif node is None:
        if not flags & O_CREAT:
            _must_find(path)
        _parent(path)
        node = _nodes[full] = _new_node()
    elif flags & O_CREAT and flags & O_EXCL:
        _fail(FileExistsError, 17, 'File exists', path)
    elif flags & 3 != O_RDONLY and full not in _nodes:
        _fail(OSError, 30, 'Read-only file system', path)
    if flags & O_TRUNC and node is not True:
        node.data = bytearray()
    return number_of(File(node, flags))


def close(fd):
    """Give a descriptor back."""
    system_call()
    file = opened(fd)
    del _table[fd]
    file.close()


def pipe():
    """The descriptors of the ends of a new pipe."""
    system_call()
    reader, writer = new_pipe()
    return number_of(reader), number_of(writer)


def read(fd, size):
    """At most so many bytes."""
    if size < 0:
        _fail(OSError, 22, 'Invalid argument')
    return opened(fd).read(size)


def write(fd, data):
    """Write bytes; gives how many were written."""
    return opened(fd).write(data)


def lseek(fd, offset, whence):
    """Move to another position."""
    system_call()
    return opened(fd).seek(offset, whence)


def ftruncate(fd, size):
    """Make a file shorter or longer."""
    system_call()
    opened(fd).truncate(size)


def facts(path):
    """(mode, number, size) of a path or descriptor."""
    system_call()
    if isinstance(path, int):
        file = opened(path)
        return file.mode, getattr(getattr(file, 'node', None), 'number', 0), file.size()
    node = _must_find(path)
    if node is True:
        return FOLDER, 0, 0
    return FILE, node.number, len(node.data)


def names(path):
    """The names in a folder: a call to open it, one for each entry, of which two are . and .., one at their end, one to close it."""
    full = absolute(path)
    if _must_find(path) is not True:
        system_call()
        _fail(NotADirectoryError, 20, 'Not a directory', path)
    start = '/' if full == '/' else full + '/'
    found = [name[len(start):] for name in _nodes if name.startswith(start) and '/' not in name[len(start):]]
    found = [name for name in found if name]
    for _ in range(len(found) + 5):
        system_call()
    return found


def unlink(path):
    """Remove a file."""
    system_call()
    full = _owned(path)
    if _nodes[full] is None:
        _fail(IsADirectoryError, 21, 'Is a directory', path)
    del _nodes[full]


def rmdir(path):
    """Remove an empty folder."""
    system_call()
    full = _owned(path)
    if _nodes[full] is not None:
        _fail(NotADirectoryError, 20, 'Not a directory', path)
    if any(name.startswith(full + '/') for name in _nodes):
        _fail(OSError, 39, 'Directory not empty', path)
    del _nodes[full]


def mkdir(path):
    """Make a folder."""
    system_call()
    if find(path) is not None:
        _fail(FileExistsError, 17, 'File exists', path)
    full, _ = _parent(path)
    _nodes[full] = None


def rename(source, target):
    """Give a file or folder another name."""
    system_call()
    full = _owned(source)
    there, goal = find(target), _parent(target)[0]
    if there is not None and (there is True) != (_nodes[full] is None):
        _fail(*((IsADirectoryError, 21, 'Is a directory') if there is True else (NotADirectoryError, 20, 'Not a directory')))
    for name in [name for name in _nodes if name == full or name.startswith(full + '/')]:
        _nodes[goal + name[len(full):]] = _nodes.pop(name)


def kind(path):
    """1 for a file, 2 for a folder, else 0."""
    system_call()
    node = find(path)
    return 0 if node is None else 2 if node is True else 1


def chdir(path):
    """Make relative paths begin elsewhere."""
    global folder
    system_call()
    if _must_find(path) is not True:
        _fail(NotADirectoryError, 20, 'Not a directory', path)
    folder = absolute(path)
