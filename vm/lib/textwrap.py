"""Filling paragraphs, and indentation.

Mirrors CPython 3.13's Lib/textwrap.py; texts are cut into words by hand instead of by patterns.
"""

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

_SPACES = '\t\n\x0b\x0c\r '


def _is_letter(char):
    return char.isalnum() and not char.isdecimal() or char == '_'


def _is_word(char):
    return char.isalnum() or char == '_'


def _split_simple(text):
    # Runs of spaces and runs of the rest.
    chunks = []
    start = 0
    while start < len(text):
        blank = text[start] in _SPACES
        end = start
        while end < len(text) and (text[end] in _SPACES) == blank:
            end += 1
        chunks.append(text[start:end])
        start = end
    return chunks


def _split_word(word):
    # Cuts behind hyphens inside words and around dashes: goof-ball gives goof- and ball.
    chunks = []
    start = at = 0
    while at < len(word):
        if word[at] != '-':
            at += 1
            continue
        end = at
        while end < len(word) and word[end] == '-':
            end += 1
        before = word[at - 1] if at > start or at > 0 else ''
        if end - at >= 2 and before and (_is_word(before) or before in '!"\'&.,?') and end < len(word) \
                and _is_word(word[end]):
            if at > start:
                chunks.append(word[start:at])
            chunks.append(word[at:end])
            start = at = end
        elif end - at == 1 and _hyphen_cuts(word, at):
            chunks.append(word[start:end])
            start = at = end
        else:
            at = end
    if start < len(word):
        chunks.append(word[start:])
    return chunks


def _hyphen_cuts(word, at):
    # Two letters (or letter, hyphen, letter) before, two letters (or letter, hyphen, letter) after.
    before = (at >= 2 and _is_letter(word[at - 1]) and (_is_letter(word[at - 2])
              or word[at - 2] == '-' and at >= 3 and _is_letter(word[at - 3])))
    rest = word[at + 1:at + 4]
    after = (len(rest) >= 2 and _is_letter(rest[0]) and (_is_letter(rest[1])
             or rest[1] == '-' and len(rest) >= 3 and _is_letter(rest[2])))
    return before and after


class TextWrapper:
    """Wraps texts with settings that are kept."""

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _split_chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = ''.join([' ' if char in _SPACES else char for char in text])
        chunks = _split_simple(text)
        if self.break_on_hyphens:
            chunks = [part for chunk in chunks
                      for part in ([chunk] if chunk[0] in _SPACES else _split_word(chunk))]
        return chunks

    def _fix_sentence_endings(self, chunks):
        for at in range(len(chunks) - 1):
            word = chunks[at].rstrip('"\'') if len(chunks[at]) > 2 and chunks[at][-2] in '.!?' else chunks[at]
            if chunks[at + 1] == " " and len(word) > 1 and word[-1] in '.!?' and 'a' <= word[-2] <= 'z':
                chunks[at + 1] = "  "

    def _take_long_word(self, chunks, line, length, width):
        # The next word is longer than a line: cut it, or let it stand alone.
        space = 1 if width < 1 else width - length
        if self.break_long_words:    # with no space left the piece is empty, as in CPython
            end = space
            chunk = chunks[-1]
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind('-', 0, space)
                if hyphen > 0 and any(char != '-' for char in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        lines = []
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[-1].strip() == '' and lines:
                del chunks[-1]
            line = []
            length = 0
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._take_long_word(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and line[-1].strip() == '':
                length -= len(line[-1])
                del line[-1]
            if not line:
                continue
            if (self.max_lines is None or len(lines) + 1 < self.max_lines
                    or (not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
                    and length <= width):
                lines.append(indent + ''.join(line))
            else:
                self._end_with_placeholder(lines, line, length, indent, width)
                break
        return lines

    def _end_with_placeholder(self, lines, line, length, indent, width):
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= width:
                line.append(self.placeholder)
                lines.append(indent + ''.join(line))
                return
            length -= len(line[-1])
            del line[-1]
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(self.placeholder) <= self.width:
                lines[-1] = previous + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def wrap(self, text):
        """The lines of a paragraph."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """The lines of a paragraph as one text."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The lines of a paragraph as one text."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """One line of at most width characters, with single spaces; what is cut off is replaced by a placeholder."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    """Take the indentation that all lines have in common away."""
    lines = text.split('\n')
    lines = [line if line.strip(' \t') else '' for line in lines]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[:len(line) - len(line.lstrip(' \t'))]
        if margin is None:
            margin = indent
        elif not indent.startswith(margin):
            same = 0
            while same < len(indent) and same < len(margin) and indent[same] == margin[same]:
                same += 1
            margin = margin[:same]
    if margin:
        lines = [line[len(margin):] for line in lines]
    return '\n'.join(lines)


def indent(text, prefix, predicate=None):
    """Put prefix before the lines that are not blank, or those for which predicate is true."""
    result = []
    for line in text.splitlines(True):
        wanted = line.strip() if predicate is None else predicate(line)
        result.append(prefix + line if wanted else line)
    return ''.join(result)
