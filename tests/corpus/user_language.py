# case: language
"""Parsers, iterators, recursion, string building: an interpreter for a tiny language."""
import sys
from collections import deque
from dataclasses import dataclass, field, replace, asdict, astuple, fields
from typing import Any, Iterator, Protocol, ClassVar, Literal, overload, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEYWORDS = frozenset({"let", "print", "while", "if", "end", "def", "return"})


@dataclass(frozen=True, slots=True)
class Token:
    kind: Literal["num", "name", "op", "kw"]
    text: str
    line: int = 0

    def __str__(self): return f"{self.kind}:{self.text}"


class LexError(SyntaxError): ...


def lex(source: str) -> Iterator[Token]:
    line = 1
    i = 0
    while i < len(source):
        c = source[i]
        if c == "\n":
            line += 1
        elif c.isspace():
            pass
        elif c.isdigit():
            j = i
            while j < len(source) and (source[j].isdigit() or source[j] in "._"):
                j += 1
            yield Token("num", source[i:j], line)
            i = j
            continue
        elif c.isalpha() or c == "_":
            j = i
            while j < len(source) and (source[j].isalnum() or source[j] == "_"):
                j += 1
            word = source[i:j]
            yield Token("kw" if word in KEYWORDS else "name", word, line)
            i = j
            continue
        elif source[i:i + 2] in {"==", "<=", ">=", "!=", "**"}:
            yield Token("op", source[i:i + 2], line)
            i += 2
            continue
        elif c in "+-*/()=<>,%":
            yield Token("op", c, line)
        else:
            raise LexError(f"bad character {c!r} on line {line}")
        i += 1


class Node:
    registry: ClassVar[dict[str, type]] = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Node.registry[cls.__name__] = cls

    def accept(self, visitor):
        for klass in type(self).__mro__:
            method = getattr(visitor, f"visit_{klass.__name__.lower()}", None)
            if method is not None:
                return method(self)
        raise NotImplementedError(type(self).__name__)


@dataclass
class Num(Node):
    value: float


@dataclass
class Var(Node):
    name: str


@dataclass
class Bin(Node):
    op: str
    left: Node
    right: Node


@dataclass
class Let(Node):
    name: str
    value: Node


@dataclass
class Print(Node):
    parts: list[Node] = field(default_factory=list)


@dataclass
class While(Node):
    test: Node
    body: list[Node]


class Parser:
    LEVELS = [{"==", "!=", "<", ">", "<=", ">="}, {"+", "-"}, {"*", "/", "%"}, {"**"}]

    def __init__(self, tokens):
        self.tokens = deque(tokens)

    def peek(self, text=None):
        if not self.tokens:
            return None
        return self.tokens[0] if text is None or self.tokens[0].text == text else None

    def expect(self, text):
        if not (token := self.peek(text)):
            found = self.tokens[0] if self.tokens else "end of input"
            raise SyntaxError(f"expected {text!r}, found {found}")
        self.tokens.popleft()
        return token

    def block(self):
        body = []
        while (t := self.peek()) and t.text != "end":
            body.append(self.statement())
        return body

    def statement(self):
        match self.tokens.popleft():
            case Token(kind="kw", text="let"):
                name = self.tokens.popleft().text
                self.expect("=")
                return Let(name, self.expression())
            case Token("kw", "print"):
                parts = [self.expression()]
                while self.peek(","):
                    self.expect(",")
                    parts.append(self.expression())
                return Print(parts)
            case Token(text="while"):
                test = self.expression()
                body = self.block()
                self.expect("end")
                return While(test, body)
            case Token() as other:
                raise SyntaxError(f"unexpected {other} on line {other.line}")

    def expression(self, level=0):
        if level == len(self.LEVELS):
            return self.atom()
        left = self.expression(level + 1)
        while self.tokens and self.tokens[0].text in self.LEVELS[level]:
            op = self.tokens.popleft().text
            right = self.expression(level + (op != "**"))
            left = Bin(op, left, right)
        return left

    def atom(self):
        token = self.tokens.popleft()
        if token.kind == "num":
            return Num(float(token.text) if "." in token.text else int(token.text.replace("_", "")))
        if token.kind == "name":
            return Var(token.text)
        if token.text == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if token.text == "-":
            return Bin("-", Num(0), self.atom())
        raise SyntaxError(f"unexpected {token}")


class Machine:
    OPS = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
        "/": lambda a, b: a / b, "%": lambda a, b: a % b, "**": pow,
        "<": lambda a, b: a < b, ">": lambda a, b: a > b, "==": lambda a, b: a == b,
    }

    def __init__(self, out=sys.stdout):
        self.names, self.out, self.steps = {}, out, 0

    def run(self, body):
        for node in body:
            node.accept(self)
        return self

    def visit_num(self, node): return node.value

    def visit_var(self, node):
        try:
            return self.names[node.name]
        except KeyError:
            raise NameError(f"unknown {node.name}") from None

    def visit_bin(self, node):
        self.steps += 1
        return self.OPS[node.op](node.left.accept(self), node.right.accept(self))

    def visit_let(self, node): self.names[node.name] = node.value.accept(self)
    def visit_print(self, node): print(*(p.accept(self) for p in node.parts), sep=" | ", file=self.out)

    def visit_while(self, node):
        while node.test.accept(self):
            self.run(node.body)

    def visit_node(self, node): return f"<{node}>"


class Unknown(Node):
    pass


PROGRAM = """
let i = 0
let total = 0
while i < 10
  let total = total + i ** 2 * (1 + 0.5)
  let i = i + 1
end
print i, total, 2 ** 100, 7 % 4, -3
"""


class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    def __getitem__(self, key):
        match key:
            case (int(i), int(j)): return self.rows[i][j]
            case (slice() as s, int(j)): return [r[j] for r in self.rows[s]]
            case int(i): return self.rows[i]
            case _: raise TypeError(f"bad key {key!r}")
    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value
    def __delitem__(self, i): del self.rows[i]
    def __iter__(self): return (x for row in self.rows for x in row)
    def __len__(self): return len(self.rows)
    @property
    def T(self): return Matrix(zip(*self.rows))
    def __str__(self): return "\n".join(" ".join(f"{x:>3}" for x in r) for r in self.rows)


def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [x, *rest]


def hanoi(n, a="A", b="B", c="C", moves=None):
    moves = [] if moves is None else moves
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append((a, c))
        hanoi(n - 1, b, a, c, moves)
    return moves


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n
        n += 1


def main():
    tokens = list(lex(PROGRAM))
    print(len(tokens), tokens[0], repr(tokens[3]), tokens[0] == Token("kw", "let", 2), hash(tokens[0]) == hash(replace(tokens[0])))
    machine = Machine().run(Parser(tokens).block())
    print(machine.steps, sorted(machine.names), Node.registry.keys())
    print(Unknown().accept(machine).startswith("<"))
    for bad in ("print $", "print", "print (1", "foo", "let x = y"):
        try:
            Machine().run(Parser(lex(bad)).block())
        except (SyntaxError, NameError, IndexError) as error:
            print(type(error).__name__, "-", error, "-", error.args)
    tree = Parser(lex("print 1 + 2 * 3")).block()[0]
    print(tree, asdict(tree), astuple(tree), [f.name for f in fields(tree)])
    m = Matrix([[1, 2, 3], [4, 5, 6]])
    m[0, 1] = 9
    print(m, m[0, 1], m[:, 2], m[1], list(m.T), len(m.T), sep="\n")
    del m[0]
    try: m["x"]
    except TypeError as e: print(e)
    print(len(list(permutations([1, 2, 3, 4]))), list(permutations("abc"[:0] or ["a", "b"])))
    print(len(hanoi(6)), hanoi(2))
    gen = primes()
    print([next(gen) for _ in range(15)], gen.gi_frame is not None, gen.gi_running)
    try:
        Token("num", "1").text = "2"
    except AttributeError as e:
        print(type(e).__name__, e)
    text = "the quick brown fox jumps over the lazy dog the end"
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    print({k: v for k, v in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:3]})
    print("\n".join(f"{i:02d} {'#' * i:<5}|" for i in range(3)), "{:>{w}.{p}f}".format(3.14159, w=10, p=3), f"{'nested ' + f'{1 + 1}'}")
    print(*[f"{n:b} {n:o} {n:X} {n:e} {n:,}" for n in (5, 1234567)], sep="\n")
    try:
        assert counts["the"] == 2, f"expected 2 got {counts['the']}"
    except AssertionError as e:
        print("AssertionError:", e)
    data = [(3, "c"), (1, "a"), (2, "b")]
    data.sort(reverse=True); print(data)
    nested = [[1, [2, 3]], [4, [5, [6]]]]
    def flat(x):
        for y in x:
            if isinstance(y, list): yield from flat(y)
            else: yield y
    print(list(flat(nested)), [[j for j in range(i)] for i in range(4)], [x for x in range(20) if x % 2 if x % 3])
    def outer():
        x = "outer"
        class K:
            x = "class"
            def get(self): return x
            y = [x for _ in range(2)]
        return K().get(), K.y
    print(outer())
    global counter
    counter = 0
    def bump():
        global counter
        counter += 1
    bump(); bump(); print(counter)
    print(type(main).__name__, type(int).__name__, type(None), type(...), type(lambda: 0), type(gen), range(1, 10, 3), slice(1, 2), NotImplemented, Ellipsis)
    print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\x00\x7f\u00e9\u2028\n\t\\"), ascii("é"), "\N{BULLET}")
    print(1_000_000, 0x_ff, 0b101, 0o17, 1e3, .5, 5., 1j, 1 if [] else 2, not 1, 1 < 2 < 3, 1 < 3 > 2, "a" "b")
    print(int("  42 "), float("1e3"), str(1.0), bool("False"), list("ab"), tuple([1]), set([1, 1]), dict(a=1), dict([("b", 2)]), frozenset([3]))
    print(min("b", "a"), max([1], [2], key=len), sum([[1], [2]], []), abs(-3), pow(2, 10, 1000), hex(255), oct(8), bin(5), chr(97), ord("a"), round(3.7), divmod(7, 3))
    it = iter([1, 2]); print(next(it), next(it), next(it, "end"))
    x = [1, 2, 3, 4, 5]; x[1:3] = ["a"]; del x[-1]; x.insert(0, 0); x.extend((7, 8)); x.pop(); x.reverse(); print(x, x.index("a"), x.count(1), x * 2)
    d = {"a": 1}; d.update(b=2); d |= {"c": 3}; print(d.pop("a"), d.setdefault("z", 0), d.items(), list(d), d | {"q": 1}, d.get("nope"))
    s = {1, 2, 3}; print(s & {2, 3}, s | {9}, s - {1}, s ^ {1, 10}, s <= {1, 2, 3, 4}, s.isdisjoint({7}))


if __name__ == "__main__":
    main()
