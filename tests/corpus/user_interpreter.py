# case: interpreter
"""Tokenizer, parser and evaluator of a small language, with match statements."""
import math
import operator
import sys
from dataclasses import dataclass, field
from typing import NamedTuple, Union, Any


class Token(NamedTuple):
    kind: str
    text: str
    line: int
    column: int


class LangError(Exception):
    def __init__(self, message, token=None):
        super().__init__(message)
        self.token = token

    def __str__(self):
        if self.token is not None:
            return f"{self.args[0]} at {self.token.line}:{self.token.column}"
        return self.args[0]


KEYWORDS = {"let", "fn", "if", "else", "while", "print", "return", "true", "false"}


def tokenize(source):
    i, line, start = 0, 1, 0
    while i < len(source):
        ch = source[i]
        if ch == "\n":
            line += 1
            start = i + 1
            i += 1
        elif ch.isspace():
            i += 1
        elif ch == "#":
            while i < len(source) and source[i] != "\n":
                i += 1
        elif ch.isdigit():
            j = i
            while j < len(source) and (source[j].isdigit() or source[j] == "."):
                j += 1
            yield Token("num", source[i:j], line, i - start + 1)
            i = j
        elif ch.isalpha() or ch == "_":
            j = i
            while j < len(source) and (source[j].isalnum() or source[j] == "_"):
                j += 1
            word = source[i:j]
            yield Token(word if word in KEYWORDS else "name", word, line, i - start + 1)
            i = j
        elif ch == '"':
            j = source.index('"', i + 1)
            yield Token("str", source[i + 1:j], line, i - start + 1)
            i = j + 1
        elif (two := source[i:i + 2]) in {"==", "!=", "<=", ">=", "&&", "||"}:
            yield Token(two, two, line, i - start + 1)
            i += 2
        elif ch in "+-*/%^()<>=,;{}!":
            yield Token(ch, ch, line, i - start + 1)
            i += 1
        else:
            raise LangError(f"unexpected {ch!r}", Token("?", ch, line, i - start + 1))
    yield Token("eof", "", line, 0)


@dataclass(frozen=True)
class Num:
    value: float


@dataclass(frozen=True)
class Str:
    value: str


@dataclass(frozen=True)
class Name:
    id: str


@dataclass(frozen=True, slots=True)
class Bin:
    op: str
    left: Any
    right: Any


@dataclass
class Call:
    func: Any
    args: list = field(default_factory=list)


@dataclass
class Fn:
    name: str
    params: tuple
    body: list = field(repr=False)


@dataclass
class Let:
    name: str
    value: Any


@dataclass
class If:
    test: Any
    then: list
    other: list = field(default_factory=list)


@dataclass
class While:
    test: Any
    body: list


@dataclass
class Print:
    args: list


@dataclass
class Return:
    value: Any


PRECEDENCE = [("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"), ("^",)]


class Parser:
    def __init__(self, tokens):
        self.tokens = list(tokens)
        self.at = 0

    @property
    def now(self):
        return self.tokens[self.at]

    def take(self, kind=None):
        token = self.now
        if kind is not None and token.kind != kind:
            raise LangError(f"expected {kind!r}, got {token.text or token.kind!r}", token)
        self.at += 1
        return token

    def block(self):
        self.take("{")
        out = []
        while self.now.kind != "}":
            out.append(self.statement())
        self.take("}")
        return out

    def statement(self):
        match self.now.kind:
            case "let":
                self.take()
                name = self.take("name").text
                self.take("=")
                node = Let(name, self.expression())
            case "fn":
                self.take()
                name = self.take("name").text
                self.take("(")
                params = []
                while self.now.kind == "name":
                    params.append(self.take().text)
                    if self.now.kind == ",":
                        self.take()
                self.take(")")
                return Fn(name, tuple(params), self.block())
            case "if":
                self.take()
                test, then = self.expression(), self.block()
                other = []
                if self.now.kind == "else":
                    self.take()
                    other = [self.statement()] if self.now.kind == "if" else self.block()
                return If(test, then, other)
            case "while":
                self.take()
                return While(self.expression(), self.block())
            case "print" | "return" as kind:
                self.take()
                args = [self.expression()]
                while self.now.kind == ",":
                    self.take()
                    args.append(self.expression())
                node = Print(args) if kind == "print" else Return(args[0])
            case _:
                node = self.expression()
        self.take(";")
        return node

    def expression(self, level=0):
        if level == len(PRECEDENCE):
            return self.unary()
        left = self.expression(level + 1)
        while self.now.kind in PRECEDENCE[level]:
            op = self.take().kind
            right = self.expression(level if op == "^" else level + 1)
            left = Bin(op, left, right)
        return left

    def unary(self):
        if self.now.kind in "-!":
            op = self.take().kind
            return Bin(op, Num(0), self.unary())
        node = self.atom()
        while self.now.kind == "(":
            self.take()
            args = []
            while self.now.kind != ")":
                args.append(self.expression())
                if self.now.kind == ",":
                    self.take()
            self.take(")")
            node = Call(node, args)
        return node

    def atom(self):
        token = self.take()
        match token:
            case Token(kind="num", text=text):
                return Num(float(text) if "." in text else int(text))
            case Token("str", text):
                return Str(text)
            case Token("true" | "false" as value):
                return Num(value == "true")
            case Token("name", text, _, _):
                return Name(text)
            case Token(kind="("):
                node = self.expression()
                self.take(")")
                return node
        raise LangError(f"unexpected {token.text!r}", token)


class Signal(Exception):
    pass


class Scope(dict):
    def __init__(self, parent=None, **names):
        super().__init__(names)
        self.parent = parent

    def __missing__(self, key):
        if self.parent is None:
            raise LangError(f"undefined name {key}")
        return self.parent[key]


OPS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod,
       "^": operator.pow, "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt,
       "<=": operator.le, ">=": operator.ge}


class Evaluator:
    def __init__(self, out=print):
        self.globals = Scope(sqrt=math.sqrt, pi=math.pi, max=max, len=len)
        self.out = out
        self.depth = 0

    def run(self, source):
        for node in Parser(tokenize(source)).block_all():
            self.execute(node, self.globals)

    def execute(self, node, scope):
        method = getattr(self, "do_" + type(node).__name__.lower(), None)
        if method is None:
            return self.value(node, scope)
        return method(node, scope)

    def do_let(self, node, scope):
        scope[node.name] = self.value(node.value, scope)

    def do_print(self, node, scope):
        self.out(*(self.value(a, scope) for a in node.args))

    def do_if(self, node, scope):
        for s in node.then if self.value(node.test, scope) else node.other:
            self.execute(s, scope)

    def do_while(self, node, scope):
        while self.value(node.test, scope):
            for s in node.body:
                self.execute(s, scope)

    def do_return(self, node, scope):
        raise Signal(self.value(node.value, scope))

    def do_fn(self, node, scope):
        def function(*args):
            if len(args) != len(node.params):
                raise LangError(f"{node.name} takes {len(node.params)} arguments, got {len(args)}")
            local = Scope(scope, **dict(zip(node.params, args)))
            try:
                for s in node.body:
                    self.execute(s, local)
            except Signal as s:
                return s.args[0]
        function.__name__ = node.name
        scope[node.name] = function

    def value(self, node, scope):
        match node:
            case Num(v) | Str(v):
                return v
            case Name(id=name):
                return scope[name]
            case Bin("&&", a, b):
                return self.value(a, scope) and self.value(b, scope)
            case Bin("||", a, b):
                return self.value(a, scope) or self.value(b, scope)
            case Bin("!", _, b):
                return not self.value(b, scope)
            case Bin(op, a, b):
                return OPS[op](self.value(a, scope), self.value(b, scope))
            case Call(func, args):
                return self.value(func, scope)(*[self.value(a, scope) for a in args])
            case _:
                raise LangError(f"cannot evaluate {node!r}")


def block_all(self):
    while self.now.kind != "eof":
        yield self.statement()


Parser.block_all = block_all

PROGRAM = """
# demo
let x = 2 ^ 3 ^ 2;
print "x is", x, -x + 1, 7 / 2, 7 % 4;
fn fact(n) { if n < 2 { return 1; } return n * fact(n - 1); }
print fact(20), fact(5) == 120;
fn counter() { let n = 0; fn step() { let n = n + 1; return n; } return step; }
let c = counter();
print c(), c();
let i = 0;
while i < 3 { print i, i * i, sqrt(i); let i = i + 1; }
if x > 1000 { print "big"; } else if x > 100 { print "middling"; } else { print "small"; }
print true && !false, "a" + "b" * 3, max(1, 2.5), len("hello");
"""
Evaluator().run(PROGRAM)
tree = list(Parser(tokenize("let a = 1 + f(x, \"s\") * 2; fn g(a, b) { return a; } if a { print a; }")).block_all())
for node in tree:
    print(node)
print(tree[0] == Let("a", Bin("+", Num(1), Bin("*", Call(Name("f"), [Name("x"), Str("s")]), Num(2)))))
print(hash(Num(1)) == hash(Num(1)), Num(1) == Num(1.0), {Num(1), Num(1), Name("a")} == {Name("a"), Num(1)})
for bad in ["let = 3;", "print 1 +;", "print $;", "print y;", "fn f(a) { return a; } print f(1, 2);", "print 1 / 0;",
            'print "a" + 1;', 'print "abc;', "print f(;", "let a = 1 print a;"]:
    try:
        Evaluator().run(bad)
    except (LangError, ArithmeticError, TypeError, ValueError) as e:
        print(f"{bad:<45} {type(e).__name__}: {e}", file=sys.stdout)
try:
    Num(1).value = 3
except AttributeError as e:
    print(type(e).__name__, e)
try:
    Bin("+", 1, 2).extra = 3
except (AttributeError, TypeError) as e:
    print(type(e).__name__, e)
print(Bin.__slots__, Bin.__match_args__, Token._fields, Token("a", "b", 1, 2))
sys.setrecursionlimit(200)
try:
    Evaluator().run("fn f(n) { return f(n + 1); } print f(0);")
except RecursionError as e:
    print("RecursionError", str(e)[:32])
sys.setrecursionlimit(1000)
Evaluator().run("fn boom(z) { return 1 / z; }\nfn outer() { return boom(0); }\nprint outer();")
