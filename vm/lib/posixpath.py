"""Operations on path names (os.path).

Same results as CPython 3.13's Lib/posixpath.py for text; bytes paths are not supported. There are no links.
"""

from _ospath import fspath

__all__ = ["normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname",
           "commonprefix", "getsize", "islink", "exists", "lexists", "isdir", "isfile", "ismount", "expanduser",
           "expandvars", "normpath", "abspath", "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep",
           "devnull", "realpath", "supports_unicode_filenames", "relpath", "commonpath"]

curdir, pardir, extsep, sep, pathsep, altsep, devnull = '.', '..', '.', '/', ':', None, '/dev/null'
defpath = '/bin:/usr/bin'
supports_unicode_filenames = False


def _text(path):
    path = fspath(path)
    if not isinstance(path, str):
        raise TypeError(f"paths of type {type(path).__name__} are not supported")
    return path


def normcase(s):
    """The path as it is."""
    return _text(s)


def isabs(s):
    """Whether a path starts at the root."""
    return _text(s).startswith('/')


def join(a, *p):
    """Put parts together; an absolute part throws away what is before it."""
    path = _text(a)
    for part in map(_text, p):
        if part.startswith('/') or not path:
            path = part
        elif path.endswith('/'):
            path += part
        else:
            path += '/' + part
    return path


def split(p):
    """(head, tail): tail is what follows the last slash."""
    p = _text(p)
    i = p.rfind('/') + 1
    head, tail = p[:i], p[i:]
    if head and head != '/' * len(head):
        head = head.rstrip('/')
    return head, tail


def basename(p):
    """The part behind the last slash."""
    p = _text(p)
    return p[p.rfind('/') + 1:]


def dirname(p):
    """The part before the last slash."""
    return split(p)[0]


def splitext(p):
    """(root, extension): the extension begins at the last dot of the last part, dots at its beginning aside."""
    p = _text(p)
    dot = p.rfind('.')
    first = p.rfind('/') + 1
    while first < dot:
        if p[first] != '.':
            return p[:dot], p[dot:]
        first += 1
    return p, ''


def splitdrive(p):
    """('', p): there are no drives."""
    return '', _text(p)


def splitroot(p):
    """(drive, root, tail)"""
    p = _text(p)
    if p[:1] != '/':
        return '', '', p
    if p[1:2] != '/' or p[2:3] == '/':
        return '', '/', p[1:]
    return '', p[:2], p[2:]


def normpath(path):
    """Without empty parts, '.' and 'x/..'."""
    path = _text(path)
    if not path:
        return '.'
    _, root, path = splitroot(path)
    parts = []
    for part in path.split('/'):
        if not part or part == '.':
            continue
        if part != '..' or (not root and not parts) or (parts and parts[-1] == '..'):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + '/'.join(parts) or '.'


def abspath(path):
    """A normal path that starts at the root."""
    import os
    path = _text(path)
    if not path.startswith('/'):
        path = join(os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """As abspath(): there are no links."""
    return abspath(filename)


def relpath(path, start=None):
    """The path as seen from another one."""
    if not path:
        raise ValueError("no path specified")
    start_parts = [part for part in abspath('.' if start is None else start).split('/') if part]
    parts = [part for part in abspath(path).split('/') if part]
    same = len(commonprefix([start_parts, parts]))
    result = ['..'] * (len(start_parts) - same) + parts[same:]
    return join(*result) if result else '.'


def commonprefix(m):
    """The longest beginning of all items of a list."""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(_text, m))
    first, last = min(m), max(m)
    for i, item in enumerate(first):
        if item != last[i]:
            return first[:i]
    return first


def commonpath(paths):
    """The longest path that all paths begin with."""
    paths = tuple(map(_text, paths))
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    if len({path[:1] == '/' for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split('/') if part and part != '.'] for path in paths]
    common = commonprefix(split_paths)
    return ('/' if paths[0][:1] == '/' else '') + '/'.join(common)


def expanduser(path):
    """Replace a leading ~ by the home folder."""
    import os
    path = _text(path)
    if not path.startswith('~') or path[1:2] not in ('', '/'):
        return path
    home = os.environ.get('HOME', '/').rstrip('/')
    return home + path[1:] or '/'


def expandvars(path):
    """Replace $name and ${name} by environment variables; unknown ones stay."""
    import os
    path = _text(path)
    result = ''
    i = 0
    while i < len(path):
        end = i + 1
        name = None
        if path[i] == '$':
            if path[end:end + 1] == '{':
                close = path.find('}', end)
                if close > 0:
                    name, end = path[end + 1:close], close + 1
            else:
                while end < len(path) and (path[end].isalnum() and path[end].isascii() or path[end] == '_'):
                    end += 1
                name = path[i + 1:end] or None
        result += path[i:end] if name is None else os.environ.get(name, path[i:end])
        i = end
    return result


def _kind(path):
    from _files import kind
    return kind(_text(path))


def exists(path):
    """Whether there is a file or folder."""
    return _kind(path) != 0


lexists = exists


def isfile(path):
    """Whether it is a file."""
    return _kind(path) == 1


def isdir(s):
    """Whether it is a folder."""
    return _kind(s) == 2


def islink(path):
    """False: there are no links."""
    _text(path)
    return False


def ismount(path):
    """Whether it is the root."""
    return _text(path) == '/'


def getsize(filename):
    """The size of a file in bytes."""
    from _files import facts
    return facts(_text(filename))[2]
