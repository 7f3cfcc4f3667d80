# gilsim: atomic
"""The functions of os about files, folders and descriptors.

Arguments and results as in CPython 3.13's Modules/posixmodule.c and Lib/os.py; what they do is in _files. Leaves out: access
rights beyond reading and writing, owners, times (all 0), links, folders as descriptors.
"""

import _files
from _ospath import fspath
from posixpath import join as _join, split as _split


def _path(path):
    path = fspath(path)
    return path.decode() if isinstance(path, bytes) else path


def _path_or_number(path):
    return path if isinstance(path, int) else _path(path)


def _bytes(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(data)


class stat_result(tuple):
    """Facts about a file."""

    __module__ = 'os'
    _names = ('st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', 'st_atime', 'st_mtime', 'st_ctime')

    def __repr__(self):
        return 'os.stat_result(%s)' % ', '.join([f'{name}={value}' for name, value in zip(self._names, self)])


def _fact(at):
    return property(lambda self: self[at])


for _at, _name in enumerate(stat_result._names):
    setattr(stat_result, _name, _fact(_at))


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Facts about a file."""
    mode, number, size = _files.facts(_path_or_number(path))
    return stat_result((mode, number, 1, 1, 1000, 1000, size, 0, 0, 0))


def lstat(path, *, dir_fd=None):
    """Facts about a file: there are no links."""
    return stat(path)


def fstat(fd):
    """Facts about an open file."""
    _files.opened(fd)
    return stat(fd)


def open(path, flags, mode=0o777, *, dir_fd=None):
    """The descriptor of a file that is opened."""
    return _files.open(_path(path), flags)


def close(fd):
    """Give a descriptor back."""
    _files.close(fd)


def pipe():
    """A pipe: the descriptor to read from and the one to write into."""
    return _files.pipe()


def read(fd, length, /):
    """At most so many bytes; waits for the first."""
    return _files.read(fd, length)


def write(fd, data, /):
    """Write bytes; gives how many were written."""
    return _files.write(fd, _bytes(data))


def lseek(fd, position, whence, /):
    """Move to another position of an open file."""
    return _files.lseek(fd, position, whence)


def ftruncate(fd, length, /):
    """Make an open file shorter or longer."""
    _files.ftruncate(fd, length)


def fsync(fd):
    """Nothing is written later."""
    _files.opened(fd)
    _files.system_call()


fdatasync = fsync


def isatty(fd, /):
    """Whether a descriptor is the terminal."""
    import sys
    return fd in (1, 2) and sys.__stdout__.isatty()


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    """A file object around a descriptor."""
    if not isinstance(fd, int):
        raise TypeError('invalid fd type (%s, expected integer)' % type(fd))
    import _fileio
    return _fileio.open(fd, mode, buffering, encoding, *args, **kwargs)


def access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True):
    """Whether the process may use a file so."""
    path = _path(path)
    kind = _files.kind(path)
    return kind != 0 and not (mode & 2 and _files.absolute(path) not in _files._nodes)


def listdir(path=None):
    """The names in a folder."""
    return _files.names('.' if path is None else _path(path))


class DirEntry:
    """A name in a folder."""

    __module__ = 'posix'

    def __init__(self, folder, name):
        self.name, self.path = name, _join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a folder."""
        return _files.find(self.path) is True

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a file."""
        return not self.is_dir()

    def is_symlink(self):
        """False: there are no links."""
        return False

    def stat(self, *, follow_symlinks=True):
        """Facts about it."""
        return stat(self.path)

    def inode(self):
        """Its number."""
        return stat(self.path).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        """Nothing more is given."""
        self._entries = iter(())


def scandir(path=None):
    """The entries of a folder."""
    path = '.' if path is None else _path(path)
    return _Scan([DirEntry(path, name) for name in _files.names(path)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(folder, names of folders, names of files) of a folder and all below it."""
    top = _path(top)
    try:
        names = _files.names(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [name for name in names if _files.find(_join(top, name)) is True]
    files = [name for name in names if name not in folders]
    if topdown:
        yield top, folders, files
    for name in folders:
        yield from walk(_join(top, name), topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


def remove(path, *, dir_fd=None):
    """Remove a file."""
    _files.unlink(_path(path))


def unlink(path, *, dir_fd=None):
    """Remove a file."""
    _files.unlink(_path(path))


def rmdir(path, *, dir_fd=None):
    """Remove an empty folder."""
    _files.rmdir(_path(path))


def mkdir(path, mode=0o777, *, dir_fd=None):
    """Make a folder."""
    _files.mkdir(_path(path))


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and those it lies in."""
    head, tail = _split(_path(name))
    if not tail:
        head, tail = _split(head)
    if head and tail and not _files.kind(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == '.':
            return
    try:
        _files.mkdir(_path(name))
    except OSError:
        if not exist_ok or _files.kind(_path(name)) != 2:
            raise


def removedirs(name):
    """Remove an empty folder and those it lies in, as long as they are empty."""
    name = _path(name)
    _files.rmdir(name)
    head, tail = _split(name)
    while head and tail:
        try:
            _files.rmdir(head)
        except OSError:
            break
        head, tail = _split(head)


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    """Give a file another name."""
    _files.rename(_path(src), _path(dst))


replace = rename


def truncate(path, length):
    """Make a file shorter or longer."""
    fd = _files.open(_path(path), _files.O_WRONLY)
    try:
        _files.ftruncate(fd, length)
    finally:
        _files.close(fd)


def chdir(path):
    """Change the current folder."""
    _files.chdir(_path(path))


def getcwd():
    """The current folder."""
    _files.system_call()
    return _files.folder
