# case: search_and_groups
import re
m = re.search(r'(\w+)@(\w+)\.com', 'mail bob@example.com now')
print(m, m.group(), m.group(1, 2), m.groups(), m.span(2), m.start(), m.end(), m[1], m.lastindex, m.lastgroup, m.regs)
m = re.match(r'(?P<year>\d{4})-(?P<month>\d\d)(-(?P<day>\d\d))?', '2024-05')
print(m.groupdict(), m.groupdict('x'), m.lastgroup, m['year'], m.group('month'), m.expand(r'\2/\g<year>'), m.re.groupindex)
print(re.match('a', 'b'), re.fullmatch('a+', 'aaa'), re.fullmatch('a+', 'aab'), bool(re.search('', '')))
try: m.group(9)
except IndexError as e: print(e)
try: m['nope']
except IndexError as e: print(e)
# case: findall_split_sub
import re
print(re.findall(r'\d+', 'a1b22c333'), re.findall(r'(\w)=(\d)', 'a=1,b=2'), re.findall(r'(x)|y', 'xy'), re.findall('', 'ab'))
print(re.split(r'[,;]\s*', 'a, b;c,d'), re.split(r'(-)', 'a-b-c'), re.split(r'\s+', ' a b ', maxsplit=1), re.split('x*', 'axbc'), re.split('', 'abc'))
print(re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world'), re.sub('a', lambda m: m.group().upper() + '!', 'banana'), re.sub('a', 'b', 'aaaa', count=2))
print(re.subn('x', 'y', 'axbx'), re.sub('x*', '-', 'abxd'), re.sub(r'(?P<n>\d)', r'<\g<n>\g<0>\g<1>0>', 'a1'), re.sub('(a)|b', r'[\1]', 'ab'))
print([ (m.group(), m.span()) for m in re.finditer(r'[A-Z]\w*', 'Hello big World Foo')])
print(re.sub(r'\b(\w)', lambda m: m[1].upper(), 'the quick fox'), re.sub('\\.', r'\\n\n', 'a.b'))
print(re.sub(r'(?<=\d)(?=(\d{3})+$)', ',', '1234567'))
# case: greedy_lazy_possessive
import re
print(re.findall('<.*>', '<a><b>'), re.findall('<.*?>', '<a><b>'), re.match('a*+a', 'aaa'), re.match('(?>a+)b', 'aab'), re.match('a{2,3}?', 'aaaa'), re.match('a{,2}', 'aaa'), re.match('a{2}', 'aaa'), re.match('x{a}', 'x{a}'), re.match('a{2,}b', 'aaaab'))
print(re.match('(a|ab)(c|bcd)(d*)', 'abcd').groups(), re.match('(?:a|b)*?c', 'ababc'), re.match('((a)|b)*', 'abab').groups(), re.match('(a*)*', 'aa').groups(), re.match('(a*)+', 'b').groups(), re.match('(?:(a)|(b))+', 'ab').groups())
print(re.match(r'(\w+)\s\1', 'the the'), re.match(r'(?P<q>[\'"]).*?(?P=q)', '"it\'s" x'), re.match(r'(a)?(?(1)b|c)', 'ab'), re.match(r'(a)?(?(1)b|c)', 'c'))
# case: anchors_and_looks
import re
t = 'one\ntwo\nthree\n'
print(re.findall('^t.*$', t, re.M), re.findall('e$', t), re.findall(r'e\Z', t), re.findall(r'\Ao', t), re.findall('.+', t), re.findall('(?s).+', t))
print(re.findall(r'\bt\w+', t), re.findall(r'\Bo', t), re.findall(r'foo(?=bar)', 'foobar foobaz'), re.findall(r'foo(?!bar)', 'foobar foobaz'), re.findall(r'(?<=\$)\d+', '$5 6 $77'), re.findall(r'(?<!\$)\b\d+', '$5 6 $77'))
print(re.search('a(?=b(?=c))', 'abd abc').span(), re.match(r'(?=(\w+))\1:', 'abc:').groups(), re.search('^$', 'a\n\nb', re.M))
# case: flags
import re
print(re.findall('abc', 'ABC abc', re.I), re.findall('(?i)ä', 'Ää'), re.findall('[a-c]+', 'ABC', re.IGNORECASE), re.match('a.b', 'a\nb', re.S), re.match('(?i:A)b', 'ab'), re.match('(?i:A)b', 'aB'), re.findall(r'\w+', 'año', re.A), re.findall(r'\w+', 'año'))
p = re.compile(r'''
    (?P<int>\d+)   # whole
    \.             # dot
    (?P<frac>\d*)  # rest \
    [ #]           # a set
''', re.VERBOSE)
print(p.match('3.14 ').groupdict(), p.flags, p.groups, p.groupindex)
print(re.compile('a', re.I | re.M), re.compile('a'), re.I, re.I | re.S, repr(re.compile(b'x')), re.compile('(?x) a b').flags, re.RegexFlag.IGNORECASE, re.compile('a', re.U), int(re.X), re.NOFLAG)
print(re.compile('a') == re.compile('a'), re.compile('a') is re.compile('a'), len({re.compile('a'), re.compile('a')}))
# case: sets_and_escapes
import re
print(re.findall('[^abc]', 'abcd'), re.findall('[]a]', ']a'), re.findall('[a-]', 'a-b'), re.findall(r'[\w.]+', 'a.b c'), re.findall(r'[\d\s]', 'a1 b'), re.findall(r'\D+', 'ab12'), re.findall(r'\S+', 'a b'), re.findall(r'[\]\\]', r']\x'), re.findall(r'\x41\u0042\103\t', 'ABC\t'), re.findall('[^\\W\\d]', 'a1_'), re.findall(r'[\b]', 'a\b'))
print(re.escape('a.b*c[d] e-f#g'), re.escape(b'a.b'), re.escape('äöü_1'), re.findall(b'a(.)', b'abac'), re.sub(b'a', b'x', b'banana'), re.match(r'\.\*\+', '.*+'))
# case: errors
import re
for bad in ['(', ')', '[', 'a**', '*a', '+', '?', 'a{3,2}', '(?P<n>a)(?P<n>b)', '(?P<1>a)', r'\1', r'(a)\2', '(?P=x)', '(?<=a*)b', '\\', '[z-a]', r'\q', '(?z)', '(?P', '(?P<', '(?P<a', '(?P>', '(?', '(?<', '(?<x', 'a(?i)b', '(?#', '(?(1)a|b|c)', '(?(x)a)', '(?(0)a)', '(a\\1)', r'\x1', r'\u12', r'\400', '[a', '[a-', 'x{99999999999}', '(?i-i:a)', '(?-a:b)', '(?i', '(?iz)', '(?au:a)', '(?-', '(?-:a)', '(?:a', '(?=a', r'[\d-z]', r'a|*', '^*', r'\8', '(?>a', '(a))', 'a\nb(', '{2}', r'\N']:
    try: re.compile(bad); print(repr(bad), 'ok')
    except (re.error, OverflowError, ValueError) as e: print(repr(bad), type(e).__name__, e, getattr(e, 'pos', None), getattr(e, 'lineno', None), getattr(e, 'colno', None))
for repl in [r'\2', r'\g<x>', r'\g<1', r'\g', r'\g<>', '\\', r'\q', r'\g<2>', r'\400', r'\g<a b>']:
    try: print(re.sub('(a)', repl, 'a'))
    except (re.error, IndexError) as e: print(repl, type(e).__name__, e)
for args in [('a', 1), ('a', b'a'), (b'a', 'a'), (1, 'a')]:
    try: re.search(*args)
    except TypeError as e: print(e)
try: re.compile(re.compile('a'), re.I)
except ValueError as e: print(e)
print(re.error is re.PatternError, re.error.__name__, re.error.__module__)
re.compile('a(b')
# case: tokenizer
import re
from typing import NamedTuple
class Token(NamedTuple):
    type: str
    value: str
    line: int
    column: int
def tokenize(code):
    keywords = {'IF', 'THEN', 'ENDIF', 'FOR', 'NEXT', 'GOSUB', 'RETURN'}
    specification = [('NUMBER', r'\d+(\.\d*)?'), ('ASSIGN', r':='), ('END', r';'), ('ID', r'[A-Za-z]+'), ('OP', r'[+\-*/]'), ('NEWLINE', r'\n'), ('SKIP', r'[ \t]+'), ('MISMATCH', r'.')]
    tok_regex = '|'.join('(?P<%s>%s)' % pair for pair in specification)
    line_num, line_start = 1, 0
    for mo in re.finditer(tok_regex, code):
        kind, value = mo.lastgroup, mo.group()
        column = mo.start() - line_start
        if kind == 'NUMBER': value = float(value) if '.' in value else int(value)
        elif kind == 'ID' and value in keywords: kind = value
        elif kind == 'NEWLINE': line_start = mo.end(); line_num += 1; continue
        elif kind == 'SKIP': continue
        elif kind == 'MISMATCH': raise RuntimeError(f'{value!r} unexpected on line {line_num}')
        yield Token(kind, value, line_num, column)
for token in tokenize('''
    IF quantity THEN
        total := total + price * quantity;
        tax := price * 0.05;
    ENDIF;
'''): print(token)
# case: practical
import re
log = '''127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326
10.0.0.7 - bob [11/Oct/2000:01:02:03 +0000] "POST /form HTTP/1.1" 404 -'''
p = re.compile(r'^(?P<ip>[\d.]+) \S+ (?P<user>\S+) \[(?P<when>[^\]]+)\] "(?P<method>[A-Z]+) (?P<path>\S+) [^"]*" (?P<status>\d{3}) (?P<size>\d+|-)$', re.M)
for m in p.finditer(log): print(m.groupdict())
def camel(s): return re.sub(r'_([a-z])', lambda m: m.group(1).upper(), s)
def snake(s): return re.sub(r'(?<!^)(?=[A-Z])', '_', s).lower()
print(camel('some_long_name'), snake('SomeLongName'), re.sub(r'\s{2,}', ' ', 'a   b    c'))
print(bool(re.fullmatch(r'[^@\s]+@[^@\s]+\.[a-z]{2,}', 'x.y@z.org')), re.findall(r'#(\w+)', 'a #b #cd'), re.sub(r'(\d+)', lambda m: str(int(m[0]) * 2), '1 and 21'))
print(re.findall(r'"([^"\\]*(?:\\.[^"\\]*)*)"', r'say "a \"b\" c" and "d"'), re.match(r'(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$', '192.168.1.1'))
words = re.compile(r"[a-z']+"); from collections import Counter
print(Counter(words.findall("the cat's the hat, the end".lower())).most_common(2))
print(p.pattern[:10], words.search('a b', 1).span(), words.match('abc', 1).group(), words.fullmatch('abc', 1, 2), words.findall('abc def', 2, 6), re.compile('^b').match('ab', 1), re.compile('b$').search('abc', 0, 2))
print(re.match(r'(\()?\w+(?(1)\))$', '(abc)'), re.match(r'(\()?\w+(?(1)\))$', '(abc'), re.search(r'(a+)+$', 'aaaaaaaaaaaaaaaaaaaab'))
