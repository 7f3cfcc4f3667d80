# A small parser of expressions: strings, dispatch by dict, recursion, exceptions for errors.
class ParseError(Exception):
    pass


def tokens(text):
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        if c.isdigit():
            j = i
            while j < len(text) and text[j].isdigit():
                j += 1
            out.append(("num", int(text[i:j])))
            i = j
        elif c in "+-*()":
            out.append((c, None))
            i += 1
        elif c == " ":
            i += 1
        else:
            raise ParseError(c)
    out.append(("end", None))
    return out


class Parser:
    def __init__(self, text):
        self.tokens = tokens(text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at][0]

    def take(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            kind, _ = self.take()
            right = self.term()
            value = value + right if kind == "+" else value - right
        return value

    def term(self):
        value = self.factor()
        while self.peek() == "*":
            self.take()
            value *= self.factor()
        return value

    def factor(self):
        kind, value = self.take()
        if kind == "num":
            return value
        if kind == "(":
            value = self.expression()
            if self.take()[0] != ")":
                raise ParseError("expected )")
            return value
        raise ParseError(kind)


total = failed = 0
for i in range(70_000):
    text = f"({i} + 3) * {i % 7} - 12 * (4 + {i % 5})" + (" +" if i % 10 == 0 else "")
    try:
        total += Parser(text).expression()
    except ParseError:
        failed += 1
print(total, failed)
