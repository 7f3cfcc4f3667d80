# Files, folders, pipes, sockets, compression: kept in memory here, in a folder for temporary files there.

# case: write_and_read_text
import os
with open('/tmp/gilsim_corpus_a.txt', 'w') as f:
    print(f.write('one\ntwo\n'), f.writable(), f.readable(), f.seekable(), f.closed, f.name, f.mode)
    print('three', 'four', file=f)
    f.writelines(['five\n', 'six'])
print(f.closed)
with open('/tmp/gilsim_corpus_a.txt') as f:
    print(f.read())
    print(repr(f.read()))
with open('/tmp/gilsim_corpus_a.txt') as f:
    print([line for line in f])
with open('/tmp/gilsim_corpus_a.txt') as f:
    print(repr(f.readline()), repr(f.read(5)), f.readlines())
with open('/tmp/gilsim_corpus_a.txt', 'a') as f:
    f.write('\nseven')
    print(f.tell())
print(open('/tmp/gilsim_corpus_a.txt').read().split())
os.remove('/tmp/gilsim_corpus_a.txt')
print(os.path.exists('/tmp/gilsim_corpus_a.txt'))

# case: binary_files
import os
name = '/tmp/gilsim_corpus_b'
with open(name, 'wb') as f:
    print(f.write(b'0123456789'), f)
with open(name, 'rb') as f:
    print(f.read(3), f.tell(), f.seek(-2, 2), f.read(), f.read())
with open(name, 'r+b') as f:
    f.seek(4)
    f.write(b'xy')
    print(f.read(2), f.seek(0), f.read())
    print(f.truncate(5), f.seek(0), f.read())
with open(name, 'wb', 0) as f:
    print(f.write(b'raw'), f)
with open(name, 'rb', buffering=0) as f:
    print(f.read(2), f.readall(), f.fileno() > 2, f.isatty())
print(os.stat(name).st_size, os.path.getsize(name))
with open(name, 'rb') as f:
    print(f.peek()[:1], f.read1(2), f.readline(), list(f))
os.unlink(name)

# case: newlines_and_encodings
import os
name = '/tmp/gilsim_corpus_c'
with open(name, 'w', newline='\r\n') as f:
    f.write('a\nb\n')
print(open(name, 'rb').read())
with open(name, 'wb') as f:
    f.write(b'one\rtwo\r\nthree\n')
print(repr(open(name).read()), repr(open(name, newline='').read()), list(open(name)))
print(list(open(name, newline='')), list(open(name, newline='\r')))
with open(name, 'w', encoding='utf-8') as f:
    f.write('äöü€😀' * 3)
    print(f.encoding)
print(open(name, encoding='utf-8').read(), os.stat(name).st_size)
print(open(name, encoding='latin-1').read(4))
try:
    open(name, encoding='ascii').read()
except UnicodeDecodeError as error:
    print(error)
print(open(name, 'r', encoding='utf-8').read(2))
os.remove(name)

# case: refusals_of_open
import os
for arguments in [('/tmp/gilsim_no_such_file',), ('/tmp',), ('/tmp/gilsim_no_folder/x', 'w'), ('/dev/null', 'q'),
                  ('/dev/null', 'rw'), ('/dev/null', 'rb', -1, 'utf-8'), ('/dev/null', 'r', 0), ('/dev/null', 'rt+b'),
                  (None,), (1.5,), ('/dev/null', 5), ('/tmp/', 'w')]:
    try:
        print(open(*arguments))
    except (OSError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
f = open('/dev/null')
f.close()
f.close()
for method in (f.read, f.readline, f.flush, lambda: f.write('x'), f.__enter__, lambda: next(f)):
    try:
        method()
    except ValueError as error:
        print(error)
try:
    open('/dev/null').write('x')
except OSError as error:
    print(type(error).__name__, error)
try:
    open('/dev/null', 'w').read()
except OSError as error:
    print(type(error).__name__, error)
try:
    open('/dev/null', 'w').write(b'x')
except TypeError as error:
    print(error)
try:
    open('/dev/null', 'wb').write('x')
except TypeError as error:
    print(error)

# case: folders
import os
root = '/tmp/gilsim_corpus_d'
os.makedirs(root + '/a/b')
os.mkdir(root + '/c')
open(root + '/a/x', 'w').close()
print(sorted(os.listdir(root)), sorted(os.listdir(root + '/a')))
print([(top, sorted(folders), sorted(files)) for top, folders, files in os.walk(root + '/a')])
print(sorted([(e.name, e.is_dir(), e.is_file()) for e in os.scandir(root)]))
for call in [lambda: os.mkdir(root), lambda: os.rmdir(root), lambda: os.remove(root), lambda: os.listdir(root + '/a/x'),
             lambda: os.rmdir(root + '/a/x'), lambda: os.stat(root + '/no'), lambda: os.makedirs(root + '/a'),
             lambda: os.mkdir(root + '/no/no')]:
    try:
        call()
    except OSError as error:
        print(type(error).__name__, error)
os.makedirs(root + '/a', exist_ok=True)
os.rename(root + '/a', root + '/z')
print(sorted(os.listdir(root)), os.listdir(root + '/z/b'), os.path.isdir(root + '/z'), os.path.isfile(root + '/z/x'))
os.replace(root + '/z/x', root + '/c/y')
os.chdir(root)
print(os.getcwd(), os.listdir('c'), os.path.exists('c/y'), os.path.abspath('c'))
os.remove('c/y')
for name in ('z/b', 'z', 'c'):
    os.rmdir(name)
os.chdir('/tmp')
os.rmdir(root)
print(os.path.exists(root), os.access('/tmp', os.R_OK))

# case: descriptors_and_pipes
import os, sys
r, w = os.pipe()
print(os.write(w, b'hello'), os.read(r, 3), os.read(r, 100))
os.write(w, b'rest')
os.close(w)
print(os.read(r, 100), os.read(r, 100))
os.close(r)
try:
    os.close(r)
except OSError as error:
    print(error)
try:
    os.read(r, 1)
except OSError as error:
    print(error)
r, w = os.pipe()
os.close(r)
try:
    os.write(w, b'x')
except BrokenPipeError as error:
    print(error)
os.close(w)
name = '/tmp/gilsim_corpus_e'
fd = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
print(os.write(fd, b'abcdef'), os.lseek(fd, 2, os.SEEK_SET), os.read(fd, 2), os.fstat(fd).st_size)
os.ftruncate(fd, 3)
print(os.lseek(fd, 0, os.SEEK_END))
os.close(fd)
try:
    os.open(name, os.O_CREAT | os.O_EXCL)
except FileExistsError as error:
    print(error)
with os.fdopen(os.open(name, os.O_RDONLY)) as f:
    print(f.read())
os.unlink(name)
r, w = os.pipe()
with open(w, 'w') as writer, open(r) as reader:
    writer.write('line one\nline two\n')
    writer.close()
    print(reader.readlines())
sys.stdout.flush()
os.write(1, b'straight\n')

# case: pipes_between_threads
import os, threading
r, w = os.pipe()
got = []

def read():
    while True:
        data = os.read(r, 10000)
        if not data:
            break
        got.append(data)

reader = threading.Thread(target=read)
reader.start()
print(os.write(w, b'x' * 300000))
os.close(w)
reader.join()
print(len(b''.join(got)), max(map(len, got)) <= 10000)

# case: socket_pairs
import socket, threading
a, b = socket.socketpair()
a.sendall(b'ping')
print(b.recv(100), b.send(b'pong'), a.recv(2), a.recv(2))

def echo():
    while data := b.recv(100):
        b.sendall(data.upper())
    b.close()

thread = threading.Thread(target=echo)
thread.start()
for word in (b'one', b'two'):
    a.sendall(word)
    print(a.recv(100))
a.shutdown(socket.SHUT_WR)
print(a.recv(100))
thread.join()
a.close()
print(a.fileno())

# case: compression
import zlib
data = b'the quick brown fox jumps over the lazy dog ' * 50
packed = zlib.compress(data)
print(len(packed) < 150, zlib.decompress(packed) == data)
print(zlib.decompress(bytes.fromhex('789ccb48cdc9c95728cf2fca4901001a0b045d')))
print(zlib.crc32(data), zlib.adler32(data), zlib.crc32(b''), zlib.adler32(b''), zlib.crc32(b'b', zlib.crc32(b'a')))
c = zlib.compressobj(9, zlib.DEFLATED, -15)
raw = c.compress(data[:100]) + c.compress(data[100:]) + c.flush()
d = zlib.decompressobj(-15)
out = d.decompress(raw[:20]) + d.decompress(raw[20:] + b'tail')
print(out == data, d.eof, d.unused_data, d.flush())
d = zlib.decompressobj()
parts = [d.decompress(packed, 1000)]
while not d.eof:
    parts.append(d.decompress(d.unconsumed_tail, 1000))
print(b''.join(parts) == data, [len(part) for part in parts])
for broken in (b'abcdef', packed[:10], packed[:-1] + b'\0'):
    try:
        zlib.decompress(broken)
    except zlib.error as error:
        print(error)

# case: digests
import hashlib
for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'):
    h = hashlib.new(name, b'abc')
    c = h.copy()
    c.update(b'd' * 5000)
    print(name, h.hexdigest(), c.hexdigest()[:16], h.digest_size, h.block_size, h.name)

# case: a_file_that_is_dropped_is_written
import os
def write():
    f = open('/tmp/gilsim_corpus_f', 'w')
    f.write('not closed')
write()
print(open('/tmp/gilsim_corpus_f').read())
os.remove('/tmp/gilsim_corpus_f')

# case: streams_of_files
import io, os
name = '/tmp/gilsim_corpus_g'
with io.open(name, 'w+') as f:
    f.write('alpha\nbeta\n')
    f.seek(0)
    print(f.readline(), f.tell(), f.read())
    f.seek(0)
    f.truncate()
    f.write('gamma')
    f.flush()
    print(open(name).read())
print(isinstance(f, io.TextIOBase), isinstance(f.buffer, io.BufferedRandom), isinstance(f.buffer.raw, io.FileIO))
with io.BufferedWriter(io.FileIO(name, 'w')) as f:
    print(f.write(b'x'), f.raw)
print(open(name, 'rb').read())
os.remove(name)
