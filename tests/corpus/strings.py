def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, '-', e)
# case: case_methods
for s in ('hello World', 'ÄÖß', 'ǅ', 'they\'re bill\'s', '123abc', '', 'ﬁx', 'İ', 'ΑΣ'):
    print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold(), len(s.upper()))
# case: predicates
for s in ('', 'abc', 'ABC', 'Abc', '123', '½', '²', 'a1', ' ', '\t\n', 'é', '٣', 'if', 'x y', '_x', '9x', 'Hello World', '\u3000', '\x00', '中文'):
    print(repr(s), s.isalpha(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.istitle(), s.isidentifier(), s.isprintable(), s.isascii())
# case: find_and_index
s = 'hello world hello'
print(s.find('o'), s.rfind('o'), s.find('o', 5), s.find('o', 5, 7), s.find('zz'), s.find(''), s.rfind(''), s.find('', 100), s.find('h', -5), s.index('w'), s.rindex('h'), s.count('l'), s.count(''), s.count('l', 3, 9))
t(s.index, 'zz')
t(s.rindex, 'zz')
t(s.find, 1)
t(s.count, None)
t(s.find, 'a', 'b')
t(s.find)
t(s.index, 'x', 1, 2, 3)
# case: split
print('a b  c'.split(), 'a b  c'.split(' '), ' a '.split(), ''.split(), ''.split(','), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), 'a--b--c'.split('--'), '  a  b '.split(None, 1), '  a  b '.rsplit(None, 1), 'abc'.split(sep='b', maxsplit=-1))
t('a'.split, '')
t('a'.split, 1)
t('a'.split, ',', 'x')
t('a'.split, ',', 1, 2)
t('a'.split, foo=1)
# case: splitlines
print('a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i'.splitlines(), 'a\nb\n'.splitlines(True), ''.splitlines(), '\n'.splitlines(), 'a\n\nb'.splitlines(keepends=True))
# case: partition
print('a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('x'), 'abc'.rpartition('x'))
t('a'.partition, '')
t('a'.partition, 5)
# case: strip
print(repr('  a '.strip()), 'xxaxx'.strip('x'), 'xyaxy'.lstrip('xy'), 'abcba'.rstrip('ab'), '\t\n a\u3000'.strip(), 'aaa'.strip('a'), 'abc'.strip(None))
t('a'.strip, 1)
t('a'.strip, 'a', 'b')
# case: remove_affix
print('prefix_x'.removeprefix('prefix_'), 'x.py'.removesuffix('.py'), 'x'.removeprefix('y'), 'x'.removesuffix(''))
t('x'.removeprefix, 1)
# case: replace
print('aaa'.replace('a', 'b'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), ''.replace('', 'x'), 'abc'.replace('b', ''), 'aaa'.replace('a', 'b', count=1), 'abc'.replace('z', 'y'))
t('a'.replace, 'a')
t('a'.replace, 'a', 1)
t('a'.replace, 1, 'a')
t('a'.replace, 'a', 'b', 'c')
# case: join
print(','.join('abc'), ''.join(['a', 'b']), '-'.join(()), '-'.join({'x': 1}), ', '.join(str(i) for i in range(3)), '-'.join(['only']))
t(','.join, [1, 2])
t(','.join, ['a', None])
t(','.join, 5)
t(','.join)
t(','.join, 'a', 'b')
# case: padding
print(repr('a'.center(5)), 'ab'.center(5, '*'), 'a'.ljust(3, '.'), 'a'.rjust(3, '.'), '42'.zfill(5), '-42'.zfill(5), '+x'.zfill(4), 'abc'.center(2), 'é'.center(4, 'ü'))
t('a'.center, 'x')
t('a'.center, 5, 'xx')
t('a'.ljust, 5, 1)
t('a'.zfill)
# case: expandtabs
print(repr('a\tb'.expandtabs()), repr('a\tb'.expandtabs(4)), repr('\t'.expandtabs(0)), repr('ab\tc\n\td'.expandtabs(tabsize=3)))
# case: startswith_endswith
s = 'hello'
print(s.startswith('he'), s.endswith('lo'), s.startswith(('x', 'he')), s.startswith('l', 2), s.endswith('l', 0, 4), s.startswith(''), s.endswith(()), s.startswith('', 10))
t(s.startswith, 1)
t(s.startswith, ['he'])
t(s.startswith, ('x', 1))
t(s.endswith, None)
# case: translate
print('hello'.translate({104: 'H', 108: None, ord('o'): 48}), 'abc'.translate(str.maketrans('ab', 'xy')), 'abc'.translate(str.maketrans('ab', 'xy', 'c')), 'abc'.translate(str.maketrans({'a': 'AA', 98: None})))
t(str.maketrans, 'ab', 'c')
t(str.maketrans, 5)
t('a'.translate, {97: 1.5})
t(str.maketrans, {'ab': 1})
# case: encode_decode
print('héllo'.encode(), 'héllo'.encode('latin-1'), 'a'.encode('utf-16'), 'a'.encode('utf-32-be'), b'h\xc3\xa9'.decode(), 'é€'.encode('ascii', 'ignore'), 'é€'.encode('ascii', 'replace'), 'é€'.encode('ascii', 'xmlcharrefreplace'), 'é€'.encode('ascii', errors='backslashreplace'))
t('é'.encode, 'ascii')
t('aé€b'.encode, 'ascii')
t('a'.encode, 'nope')
t('é'.encode, 'ascii', 'nope')
t('a'.encode, 1)
t(b'\xff'.decode, 'utf-8')
t(b'a\xe2\x82'.decode)
# case: unicode_error_attributes
try:
    'aé'.encode('ascii')
except UnicodeEncodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, e.args)
try:
    b'a\xff'.decode('ascii')
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
print(issubclass(UnicodeError, ValueError))
# case: indexing
s = 'héllo'
print(s[0], s[-1], s[1:3], s[::-1], s[::2], s[10:], s[-3:], s[:-1], s[4:1:-1], s[slice(1, 4)])
t(lambda: s[10])
t(lambda: s[-10])
t(lambda: s['a'])
t(lambda: s[1.0])
t(lambda: s[None])
t(lambda: s[::0])
t(lambda: s['a':])
def assign(): s[0] = 'x'
def delete(): del s[0]
t(assign)
t(delete)
# case: containment
print('ell' in 'hello', '' in '', 'x' in 'abc', 'x' not in 'abc')
t(lambda: 1 in 'abc')
t(lambda: None in 'abc')
# case: comparison_and_hash
print('a' < 'b', 'a' < 'B', 'abc' < 'abd', '' < 'a', 'Z' < 'a', 'é' > 'z', 'a' == 'a', hash('') == 0, sorted(['b', 'A', 'a', 'B']), max('hello'), min('hello'))
t(lambda: 'a' < 1)
# case: hash_values
for s in ('', 'a', 'hello', 'é', 'x' * 50):
    print(hash(s), hash(s.encode()))
# case: repr_and_escapes
print(repr("it's"), repr('say "hi"'), repr("it's \"both\""), repr('\n\t\\\x00\x7f\x80\xa0\u200b\ud7ff\U0001f600é'), ascii('é😀'), str('x'), "\N{BULLET}", '\101', '\x41', '\u0041')
# case: raw_and_triple
print(r'\n', R'\x', '''a
b''', """q"q""", 'a' 'b' "c", 'line\
joined', rb'\x00', Rb'\d')
# case: multiplication
print('ab' * 3, 'a' * 0, 'a' * -1, 3 * 'x', 'é' * 2)
t(lambda: 'a' * 1.5)
t(lambda: 'a' * 'b')
t(lambda: 'a' * 10**15)
# case: str_constructor
print(str(), str(5), str(None), str(b'a', 'utf8'), str(b'a'), str([1, 'a']), str(object=3), str(b'\xff', errors='replace'), str(ValueError('x')), str(type), str(int))
t(str, b'\xff', 'ascii')
t(str, 5, 'utf8')
t(str, 'a', 'utf8')
t(str, 1, 2, 3, 4)
t(str, foo=1)
# case: format_map
class D(dict):
    def __missing__(self, key): return f'<{key}>'
print('{a} {b}'.format_map(D(a=1)))
t('{a}'.format_map, {})
# case: iteration
for c in 'héy': print(c, end=' ')
print(list('abc'), tuple('ab'), set('a'), list(enumerate('ab')), list(zip('ab', 'cd')), list(reversed('abc')), [*'xy'])
it = iter('ab')
print(next(it), next(it), next(it, 'end'), type(it).__name__, type(iter('é')).__name__)
# case: subclass
class S(str):
    def upper(self): return 'UP'
    def __len__(self): return 99
s = S('abc')
print(s, len(s), s.upper(), s.lower(), type(s.lower()).__name__, s + 'd', type(s + 'd').__name__, s[0], s == 'abc', hash(s) == hash('abc'), {s: 1}['abc'], f'{s}', repr(s), S(5), ''.join([s]), isinstance(s, str))
# case: concatenation_errors
t(lambda: 'a' + 1)
t(lambda: 'a' + None)
t(lambda: 'a' + b'a')
t(lambda: 'a' - 'b')
t(lambda: 'a' / 2)
t(lambda: 'a' & 'b')
# case: concatenation_in_loop
s = ''
for i in range(1000):
    s += str(i)
print(len(s), s[:20], s[-10:])
# case: attribute_errors
t(lambda: 'a'.foo)
t(lambda: 'a'.uper())
t(lambda: ''.append('x'))
def set_attr(): 'a'.x = 1
t(set_attr)
# case: string_methods_on_class
print(str.upper('abc'), str.join('-', ['a', 'b']), list(map(str.strip, [' a ', 'b '])), sorted(['b', 'A'], key=str.lower), str.__len__('abc'), str.__contains__('abc', 'b'), str.__add__('a', 'b'))
t(str.upper, 1)
t(str.upper)
t(str.__len__, 5)
# case: string_module
import string
print(string.ascii_letters, string.digits, string.punctuation, repr(string.whitespace), string.hexdigits, string.capwords('hello  world'))
T = string.Template('$a ${b} $$')
print(T.substitute(a=1, b=2), T.safe_substitute(a=1))
t(T.substitute, a=1)
t(string.Template('$ x').substitute)
# case: textwrap_module
import textwrap
text = 'The quick brown fox jumps over the lazy dog and runs away.'
print(textwrap.fill(text, 20)); print(textwrap.wrap(text, 30)); print(textwrap.shorten(text, 25)); print(textwrap.indent('a\nb', '> ')); print(textwrap.dedent('   x\n     y\n'))
# case: interning_identity
a = 'abc'
b = 'abc'
print(a is b, a == b)
# case: long_output
print('x' * 200)
print(*range(60))
print(*['a', 'b'], sep='\n', end='!\n')
