# case: using_base64
import base64
for data in [b'', b'a', b'ab', b'abc', b'hello world \xff\xfe', bytes(range(40))]:
    e = base64.b64encode(data); print(e, base64.b64decode(e) == data, base64.urlsafe_b64encode(data), base64.b32encode(data), base64.b16encode(data), base64.b32decode(base64.b32encode(data)) == data)
print(base64.b64decode('aGVsbG8='), base64.encodebytes(bytes(60)), base64.b16decode('00ff', True), base64.b64decode('aGVs\nbG8='))
for bad in ['a', 'abc', 'abcde', b'ab=c=']:
    try: print(base64.b64decode(bad))
    except ValueError as e: print(bad, type(e).__name__, e)
try: base64.b64decode('ab$d', validate=True)
except ValueError as e: print(e)
try: base64.b64encode('text')
except TypeError as e: print(e)
# case: using_hashlib
import hashlib
for name in ['md5', 'sha1', 'sha224', 'sha256', 'sha512']:
    for text in [b'', b'abc', b'x' * 55, b'y' * 56, b'z' * 200]: print(name, hashlib.new(name, text).hexdigest())
h = hashlib.sha256(); h.update(b'hello '); h.update(b'world'); c = h.copy(); h.update(b'!')
print(h.hexdigest(), c.hexdigest(), h.digest()[:4], h.name, h.digest_size, h.block_size)
try: hashlib.sha256('text')
except TypeError as e: print(e)
try: hashlib.new('nope')
except ValueError as e: print(e)
# case: using_blockchain
import hashlib, json, time
class Block:
    def __init__(self, index, data, previous): self.index, self.data, self.previous, self.nonce = index, data, previous, 0
    @property
    def hash(self): return hashlib.sha256(json.dumps(self.__dict__, sort_keys=True).encode()).hexdigest()
    def mine(self, difficulty):
        while not self.hash.startswith('0' * difficulty): self.nonce += 1
        return self
chain = [Block(0, 'genesis', '0').mine(1)]
for i, data in enumerate(['a->b 5', 'b->c 2'], 1): chain.append(Block(i, data, chain[-1].hash).mine(1))
for b in chain: print(b.index, b.nonce, b.hash[:16], b.previous[:8])
print(all(b.previous == a.hash for a, b in zip(chain, chain[1:])))
# case: using_uuid
import uuid
u = uuid.UUID('12345678-1234-5678-1234-567812345678')
print(u, repr(u), u.hex, u.int, u.bytes, u.urn, u.fields, u.version, u.variant, u.time_low, u.node)
print(uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid3(uuid.NAMESPACE_DNS, 'python.org'))
r = uuid.uuid4(); print(r.version, r.variant, len(str(r)), len({uuid.uuid4() for _ in range(10)}), uuid.uuid1().version)
for bad in [dict(hex='12'), dict(), dict(int=-1), dict(bytes=b'1')]:
    try: uuid.UUID(**bad)
    except (TypeError, ValueError) as e: print(e)
try: u.int = 3
except TypeError as e: print(e)
# case: using_secrets
import secrets
print(len(secrets.token_hex(8)), len(secrets.token_bytes()), len(secrets.token_urlsafe(16)), secrets.randbelow(1), secrets.choice('a'), secrets.compare_digest('a', 'a'))
# case: using_fractions
from fractions import Fraction as F
import math
a, b = F(1, 3), F('2/5')
print(a + b, a - b, a * b, a / b, a ** 2, a ** -2, a // b, a % b, divmod(F(7, 2), b), -a, abs(-a), +a)
print(F('0.125'), F('-1.5e2'), F(0.5), F(3), F(' 7 '), F(10, -4), repr(a), str(F(4, 2)), float(a), int(F(7, 2)), round(F(7, 2)), round(F(22, 7), 2), math.floor(F(-7, 2)), math.ceil(F(-7, 2)))
print(a < b, a == F(2, 6), F(1, 2) == 0.5, F(3) == 3, a > 0.3, hash(F(3)) == hash(3), hash(F(1, 2)) == hash(0.5), 1 + a, 2 / a, 0.5 + a, a + 1j, 2 ** F(2), sum([F(1, n) for n in range(1, 5)]), max(a, b))
print(F(math.pi).limit_denominator(1000), F(3.14159).limit_denominator(10), a.numerator, a.denominator, a.as_integer_ratio(), F(5).is_integer(), bool(F(0)))
for bad in [lambda: F(1, 0), lambda: F('x'), lambda: F(None), lambda: F(1, 2.5), lambda: a / 0, lambda: a + 'x']:
    try: bad()
    except Exception as e: print(type(e).__name__, e)
print(f'{a:.3f}', f'{F(1, 2)}')
# case: using_decimal_arithmetic
from decimal import *
D = Decimal
print(D('0.1') + D('0.2'), D(1) / D(3), D('1.10') * 3, D(10) / 4, D('7') // 2, D('-7') // 2, D('-7') % 3, divmod(D('7.5'), 2), -D('1.50'), abs(D('-2')), +D('1.23456789012345678901234567890123'))
print(D('1E+3'), D('0.0000001'), D('1.5e-10'), D(1.1), D('NaN'), D('-Infinity'), D((1, (1, 2, 3), -2)), D(' 12_000 '), repr(D('5.0')), D('0E-8'), D('123E5'))
print(D('2.675').quantize(D('0.01')), D('2.665').quantize(D('.01'), ROUND_HALF_UP), D('2.5').quantize(D(1)), D('-2.5').quantize(D(1), rounding=ROUND_FLOOR), D('1234.5').quantize(D('1E+2')), D('3.14159').quantize(D('1.000'), ROUND_DOWN))
print(D(2).sqrt(), D('6.25').sqrt(), D(2) ** 10, D('1.05') ** 30, D(2) ** -2, D('1.1') ** 100, D(9) ** D('0.5'), D(3) ** 80, D(7) ** -3)
print(D('1.0') == 1, D('1.5') == 1.5, D('1.0') < 2, D('0.1') == 0.1, hash(D(3)) == hash(3), hash(D('0.5')) == hash(0.5), sorted([D('3'), D('1.5'), 2]), max(D(1), D(2)), sum([D('0.1')] * 3), D(1) + 2, 2 - D(1), bool(D('0.0')), D('1.20').normalize(), D('100').normalize(), int(D('-3.9')), float(D('1.25')), round(D('2.5')), round(D('2.675'), 2), D('5').as_tuple(), D('0.75').as_integer_ratio(), D('123.4').adjusted())
for f in [lambda: D('x'), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D('NaN') < 1, lambda: D(-1).sqrt(), lambda: D([1]), lambda: D(None), lambda: D('1e30').quantize(D('0.01')), lambda: int(D('inf')), lambda: D(5) % 0, lambda: D(5) // 0]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
# case: using_decimal_formats
from decimal import Decimal as D
for spec in ['', '.2f', ',.2f', '>12.2f', '<12', '^12.1f', '+.3f', '012.2f', '.3e', 'E', '.4g', '.1%', '015,.2f', 'f', '*^10', ' .1f', '.0f', 'g', 'n']:
    print(spec, [format(D(x), spec) for x in ('1234567.891', '-0.5', '0', '1E+5', '12.345', '1e-7')])
print(f"{D('12.5'):.2f} {D('3')!r:>15} {D('Infinity'):.2f} {D('NaN')}", '%.2f' % D('2.345'), str(D('1.000')))
# case: using_decimal_context
from decimal import *
c = getcontext(); print(c.prec, c.rounding, c)
c.prec = 6; print(Decimal(1) / 7, Decimal('123456.789') + 0)
with localcontext() as ctx:
    ctx.prec = 50; print(Decimal(1) / 7, Decimal(2).sqrt())
print(Decimal(1) / 7)
with localcontext(prec=3, rounding=ROUND_UP): print(Decimal(2) / 3, +Decimal('1.0001'))
setcontext(Context(prec=4, rounding=ROUND_DOWN)); print(Decimal(2) / 3, getcontext().prec)
getcontext().traps[DivisionByZero] = False; print(Decimal(1) / 0, getcontext().flags[DivisionByZero])
try: getcontext().prec = 0
except ValueError as e: print(e)
import threading
def work(): print('thread', getcontext().prec)
t = threading.Thread(target=work); t.start(); t.join()
# case: using_decimal_bank
from decimal import Decimal, ROUND_HALF_EVEN, ROUND_HALF_UP
CENT = Decimal('0.01')
def interest(balance, rate, years): return [(balance := (balance * (1 + rate)).quantize(CENT, ROUND_HALF_EVEN)) for _ in range(years)]
print(interest(Decimal('1000'), Decimal('0.035'), 5))
items = [('pen', '1.99', 3), ('book', '12.49', 2), ('bag', '54.995', 1)]
total = sum(Decimal(p) * n for _, p, n in items); tax = (total * Decimal('0.0825')).quantize(CENT, rounding=ROUND_HALF_UP)
print(total, tax, total + tax, f'{total + tax:>10.2f}', f'${total:,.2f}')
def loan(principal, rate, months):
    r = rate / 12; pay = (principal * r / (1 - (1 + r) ** -months)).quantize(CENT)
    for m in range(1, 4):
        i = (principal * r).quantize(CENT); principal -= pay - i; print(f'{m:>2} {pay:>9} {i:>8} {principal:>10}')
loan(Decimal('20000'), Decimal('0.06'), 36)
# case: using_csv
import csv, io
text = 'name,age,city\r\nAnn,30,"New York, NY"\r\nBob,25,"say ""hi"""\r\n\r\nCyd,,"two\nlines"\r\n'
for row in csv.reader(io.StringIO(text, newline='')): print(row)
for row in csv.DictReader(io.StringIO(text)): print(row)
out = io.StringIO(); w = csv.writer(out); w.writerow(['a', 1, 2.5, None, 'x,y', 'q"q', 'l\nl', True]); w.writerows([[''], ['', ''], []]); print(repr(out.getvalue()))
out = io.StringIO(); w = csv.DictWriter(out, fieldnames=['id', 'name'], extrasaction='ignore'); w.writeheader(); w.writerow({'id': 1, 'name': 'Ann', 'x': 2}); w.writerows([{'id': 2}]); print(repr(out.getvalue()))
for q in (csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_NONE):
    out = io.StringIO(); csv.writer(out, quoting=q, lineterminator='\n', escapechar='\\').writerow(['a b', 1, 'c,d', 2.5, 'e"']); print(repr(out.getvalue()))
print(list(csv.reader(['a;b;c', "1;'2;3';4"], delimiter=';', quotechar="'")), list(csv.reader(['a, b,  c'], skipinitialspace=True)), list(csv.reader(['1,"a",2.5'], quoting=csv.QUOTE_NONNUMERIC)), list(csv.reader('a\tb'.splitlines(), 'excel-tab')), csv.list_dialects(), list(csv.reader([''])), list(csv.reader(['"a"b,c'])))
class my(csv.Dialect): delimiter = '|'; quoting = csv.QUOTE_MINIMAL; quotechar = '"'; lineterminator = '\n'
csv.register_dialect('pipe', my); print(list(csv.reader(['a|b'], dialect='pipe')))
for f in [lambda: csv.reader([], dialect='zz'), lambda: csv.writer(io.StringIO(), delimiter='ab'), lambda: csv.writer(io.StringIO(), quoting=csv.QUOTE_NONE).writerow(['a,b']), lambda: csv.writer(io.StringIO()).writerow(5), lambda: csv.DictWriter(io.StringIO(), ['a']).writerow({'b': 1}), lambda: next(csv.reader([b'a']))]:
    try: f()
    except Exception as e: print(type(e).__name__, e)
# case: using_contextvars
import contextvars, threading
v = contextvars.ContextVar('v', default=0); w = contextvars.ContextVar('w')
t = v.set(5); print(v.get(), v.name, w.get('none'), t.old_value is contextvars.Token.MISSING); v.reset(t); print(v.get())
try: w.get()
except LookupError as e: print('LookupError')
def inner(): v.set(9); return v.get()
c = contextvars.copy_context(); print(c.run(inner), v.get(), c[v], v in c, len(c), list(c) == [v])
v.set(3); r = []
th = threading.Thread(target=lambda: r.append(v.get())); th.start(); th.join(); print(r)
ctx = contextvars.copy_context(); th = threading.Thread(target=ctx.run, args=(lambda: r.append(v.get()),)); th.start(); th.join(); print(r)
try: v.reset(t)
except RuntimeError as e: print('used')
# case: using_graphlib
from graphlib import TopologicalSorter, CycleError
g = {'D': {'B'}, 'C': {'A'}, 'B': {'A'}}
print(tuple(TopologicalSorter(g).static_order()))
ts = TopologicalSorter(); ts.add(3, 2, 1); ts.add(4, 3); ts.add(2, 1); ts.prepare()
while ts.is_active():
    ready = ts.get_ready(); print(ready); ts.done(*ready)
try: list(TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order())
except CycleError as e: print(e.args)
for f in [lambda: ts.add(1), lambda: ts.prepare(), lambda: ts.done(99), lambda: ts.done(1), lambda: TopologicalSorter().get_ready()]:
    try: f()
    except ValueError as e: print(e)
# case: string_template_subclasses
from string import Template
def t(f, *args, **kwargs):
    try: print(repr(f(*args, **kwargs)))
    except Exception as e: print(type(e).__name__, '-', e)
class Percent(Template):
    delimiter = '%'
    idpattern = '[a-z]+_[a-z]+'
p = Percent('%user_name pays %% of %{some_sum}, not %other')
print(p.get_identifiers(), p.is_valid(), p.safe_substitute(user_name='Ann'))
t(p.substitute, user_name='Ann', some_sum=3)
class Braced(Template):
    braceidpattern = r'[a-z.]+'
print(Braced('$a ${b.c} $d').substitute({'a': 1, 'b.c': 2}, d=3))
class Own(Template):
    pattern = r'''(?P<escaped>@{2}) | @(?P<named>[a-z]+)@ | @<(?P<braced>[a-z]+)> | (?P<invalid>@)'''
print(Own('@one@ @<two> @@').substitute(one=1, two=2))
t(Own('x\ny @').substitute)
t(Template('$who $').substitute, who=1); t(Template('a\n\n  $1').substitute); t(Template('$who').substitute)
print(Template('$a $b $').safe_substitute(a=1), Template.pattern.groups, Template('$a $$ ${c}').get_identifiers())
