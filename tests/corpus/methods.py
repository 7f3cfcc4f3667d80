def m(name, *calls):
    # Every call is (receiver, *arguments); the receiver is shown after it if it changed.
    for receiver, *args in calls:
        before = repr(receiver)
        try:
            result = repr(getattr(receiver, name)(*args))
        except Exception as e:
            result = f'{type(e).__name__}: {e}'
        after = repr(receiver)
        print(f'{before}.{name}{tuple(args)!r} = {result}' + (f' -> {after}' if after != before else ''))
# case: str_upper
m('upper', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_lower
m('lower', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_title
m('title', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_capitalize
m('capitalize', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_swapcase
m('swapcase', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_casefold
m('casefold', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isalpha
m('isalpha', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isdigit
m('isdigit', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isdecimal
m('isdecimal', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isnumeric
m('isnumeric', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isalnum
m('isalnum', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isspace
m('isspace', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isupper
m('isupper', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_islower
m('islower', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_istitle
m('istitle', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isidentifier
m('isidentifier', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isprintable
m('isprintable', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_isascii
m('isascii', ('',), ('abc',), ('Hello World',), ('ÄÖß ǆ',), (' \t x\n',), ('a,b,,c',), ('123',), ('-4.5',))
# case: str_strip
m('strip', ('',), ('', 'a \n'), ('', None), ('', 5), ('abc',), ('abc', 'a \n'), ('abc', None), ('abc', 5), ('Hello World',), ('Hello World', 'a \n'), ('Hello World', None), ('Hello World', 5), ('ÄÖß ǆ',), ('ÄÖß ǆ', 'a \n'), ('ÄÖß ǆ', None), ('ÄÖß ǆ', 5), (' \t x\n',), (' \t x\n', 'a \n'), (' \t x\n', None), (' \t x\n', 5), ('a,b,,c',), ('a,b,,c', 'a \n'), ('a,b,,c', None), ('a,b,,c', 5), ('123',), ('123', 'a \n'), ('123', None), ('123', 5), ('-4.5',), ('-4.5', 'a \n'), ('-4.5', None), ('-4.5', 5))
# case: str_lstrip
m('lstrip', ('',), ('', 'a \n'), ('', None), ('', 5), ('abc',), ('abc', 'a \n'), ('abc', None), ('abc', 5), ('Hello World',), ('Hello World', 'a \n'), ('Hello World', None), ('Hello World', 5), ('ÄÖß ǆ',), ('ÄÖß ǆ', 'a \n'), ('ÄÖß ǆ', None), ('ÄÖß ǆ', 5), (' \t x\n',), (' \t x\n', 'a \n'), (' \t x\n', None), (' \t x\n', 5), ('a,b,,c',), ('a,b,,c', 'a \n'), ('a,b,,c', None), ('a,b,,c', 5), ('123',), ('123', 'a \n'), ('123', None), ('123', 5), ('-4.5',), ('-4.5', 'a \n'), ('-4.5', None), ('-4.5', 5))
# case: str_rstrip
m('rstrip', ('',), ('', 'a \n'), ('', None), ('', 5), ('abc',), ('abc', 'a \n'), ('abc', None), ('abc', 5), ('Hello World',), ('Hello World', 'a \n'), ('Hello World', None), ('Hello World', 5), ('ÄÖß ǆ',), ('ÄÖß ǆ', 'a \n'), ('ÄÖß ǆ', None), ('ÄÖß ǆ', 5), (' \t x\n',), (' \t x\n', 'a \n'), (' \t x\n', None), (' \t x\n', 5), ('a,b,,c',), ('a,b,,c', 'a \n'), ('a,b,,c', None), ('a,b,,c', 5), ('123',), ('123', 'a \n'), ('123', None), ('123', 5), ('-4.5',), ('-4.5', 'a \n'), ('-4.5', None), ('-4.5', 5))
# case: str_split
m('split', ('',), ('', ','), ('', None, 1), ('', ',', 1), ('', ''), ('abc',), ('abc', ','), ('abc', None, 1), ('abc', ',', 1), ('abc', ''), ('Hello World',), ('Hello World', ','), ('Hello World', None, 1), ('Hello World', ',', 1), ('Hello World', ''), ('ÄÖß ǆ',), ('ÄÖß ǆ', ','), ('ÄÖß ǆ', None, 1), ('ÄÖß ǆ', ',', 1), ('ÄÖß ǆ', ''), (' \t x\n',), (' \t x\n', ','), (' \t x\n', None, 1), (' \t x\n', ',', 1), (' \t x\n', ''), ('a,b,,c',), ('a,b,,c', ','), ('a,b,,c', None, 1), ('a,b,,c', ',', 1), ('a,b,,c', ''), ('123',), ('123', ','), ('123', None, 1), ('123', ',', 1), ('123', ''), ('-4.5',), ('-4.5', ','), ('-4.5', None, 1), ('-4.5', ',', 1), ('-4.5', ''))
# case: str_rsplit
m('rsplit', ('',), ('', ','), ('', None, 1), ('', ',', 1), ('', ''), ('abc',), ('abc', ','), ('abc', None, 1), ('abc', ',', 1), ('abc', ''), ('Hello World',), ('Hello World', ','), ('Hello World', None, 1), ('Hello World', ',', 1), ('Hello World', ''), ('ÄÖß ǆ',), ('ÄÖß ǆ', ','), ('ÄÖß ǆ', None, 1), ('ÄÖß ǆ', ',', 1), ('ÄÖß ǆ', ''), (' \t x\n',), (' \t x\n', ','), (' \t x\n', None, 1), (' \t x\n', ',', 1), (' \t x\n', ''), ('a,b,,c',), ('a,b,,c', ','), ('a,b,,c', None, 1), ('a,b,,c', ',', 1), ('a,b,,c', ''), ('123',), ('123', ','), ('123', None, 1), ('123', ',', 1), ('123', ''), ('-4.5',), ('-4.5', ','), ('-4.5', None, 1), ('-4.5', ',', 1), ('-4.5', ''))
# case: str_find
m('find', ('', 'l'), ('', ''), ('', 'b', 1), ('', 'c', 0, -1), ('', 5), ('abc', 'l'), ('abc', ''), ('abc', 'b', 1), ('abc', 'c', 0, -1), ('abc', 5), ('Hello World', 'l'), ('Hello World', ''), ('Hello World', 'b', 1), ('Hello World', 'c', 0, -1), ('Hello World', 5), ('ÄÖß ǆ', 'l'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1), ('ÄÖß ǆ', 'c', 0, -1), ('ÄÖß ǆ', 5), (' \t x\n', 'l'), (' \t x\n', ''), (' \t x\n', 'b', 1), (' \t x\n', 'c', 0, -1), (' \t x\n', 5))
# case: str_rfind
m('rfind', ('', 'l'), ('', ''), ('', 'b', 1), ('', 'c', 0, -1), ('', 5), ('abc', 'l'), ('abc', ''), ('abc', 'b', 1), ('abc', 'c', 0, -1), ('abc', 5), ('Hello World', 'l'), ('Hello World', ''), ('Hello World', 'b', 1), ('Hello World', 'c', 0, -1), ('Hello World', 5), ('ÄÖß ǆ', 'l'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1), ('ÄÖß ǆ', 'c', 0, -1), ('ÄÖß ǆ', 5), (' \t x\n', 'l'), (' \t x\n', ''), (' \t x\n', 'b', 1), (' \t x\n', 'c', 0, -1), (' \t x\n', 5))
# case: str_index
m('index', ('', 'l'), ('', ''), ('', 'b', 1), ('', 'c', 0, -1), ('', 5), ('abc', 'l'), ('abc', ''), ('abc', 'b', 1), ('abc', 'c', 0, -1), ('abc', 5), ('Hello World', 'l'), ('Hello World', ''), ('Hello World', 'b', 1), ('Hello World', 'c', 0, -1), ('Hello World', 5), ('ÄÖß ǆ', 'l'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1), ('ÄÖß ǆ', 'c', 0, -1), ('ÄÖß ǆ', 5), (' \t x\n', 'l'), (' \t x\n', ''), (' \t x\n', 'b', 1), (' \t x\n', 'c', 0, -1), (' \t x\n', 5))
# case: str_rindex
m('rindex', ('', 'l'), ('', ''), ('', 'b', 1), ('', 'c', 0, -1), ('', 5), ('abc', 'l'), ('abc', ''), ('abc', 'b', 1), ('abc', 'c', 0, -1), ('abc', 5), ('Hello World', 'l'), ('Hello World', ''), ('Hello World', 'b', 1), ('Hello World', 'c', 0, -1), ('Hello World', 5), ('ÄÖß ǆ', 'l'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1), ('ÄÖß ǆ', 'c', 0, -1), ('ÄÖß ǆ', 5), (' \t x\n', 'l'), (' \t x\n', ''), (' \t x\n', 'b', 1), (' \t x\n', 'c', 0, -1), (' \t x\n', 5))
# case: str_count
m('count', ('', 'l'), ('', ''), ('', 'b', 1), ('', 'c', 0, -1), ('', 5), ('abc', 'l'), ('abc', ''), ('abc', 'b', 1), ('abc', 'c', 0, -1), ('abc', 5), ('Hello World', 'l'), ('Hello World', ''), ('Hello World', 'b', 1), ('Hello World', 'c', 0, -1), ('Hello World', 5), ('ÄÖß ǆ', 'l'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1), ('ÄÖß ǆ', 'c', 0, -1), ('ÄÖß ǆ', 5), (' \t x\n', 'l'), (' \t x\n', ''), (' \t x\n', 'b', 1), (' \t x\n', 'c', 0, -1), (' \t x\n', 5))
# case: str_startswith
m('startswith', ('', 'a'), ('', ('H', 'c')), ('', ''), ('', 'b', 1, 2), ('', [1]), ('abc', 'a'), ('abc', ('H', 'c')), ('abc', ''), ('abc', 'b', 1, 2), ('abc', [1]), ('Hello World', 'a'), ('Hello World', ('H', 'c')), ('Hello World', ''), ('Hello World', 'b', 1, 2), ('Hello World', [1]), ('ÄÖß ǆ', 'a'), ('ÄÖß ǆ', ('H', 'c')), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1, 2), ('ÄÖß ǆ', [1]))
# case: str_endswith
m('endswith', ('', 'a'), ('', ('H', 'c')), ('', ''), ('', 'b', 1, 2), ('', [1]), ('abc', 'a'), ('abc', ('H', 'c')), ('abc', ''), ('abc', 'b', 1, 2), ('abc', [1]), ('Hello World', 'a'), ('Hello World', ('H', 'c')), ('Hello World', ''), ('Hello World', 'b', 1, 2), ('Hello World', [1]), ('ÄÖß ǆ', 'a'), ('ÄÖß ǆ', ('H', 'c')), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'b', 1, 2), ('ÄÖß ǆ', [1]))
# case: str_partition
m('partition', ('', ','), ('', ' '), ('', ''), ('abc', ','), ('abc', ' '), ('abc', ''), ('Hello World', ','), ('Hello World', ' '), ('Hello World', ''), ('ÄÖß ǆ', ','), ('ÄÖß ǆ', ' '), ('ÄÖß ǆ', ''), (' \t x\n', ','), (' \t x\n', ' '), (' \t x\n', ''), ('a,b,,c', ','), ('a,b,,c', ' '), ('a,b,,c', ''), ('123', ','), ('123', ' '), ('123', ''), ('-4.5', ','), ('-4.5', ' '), ('-4.5', ''))
# case: str_rpartition
m('rpartition', ('', ','), ('', ' '), ('', ''), ('abc', ','), ('abc', ' '), ('abc', ''), ('Hello World', ','), ('Hello World', ' '), ('Hello World', ''), ('ÄÖß ǆ', ','), ('ÄÖß ǆ', ' '), ('ÄÖß ǆ', ''), (' \t x\n', ','), (' \t x\n', ' '), (' \t x\n', ''), ('a,b,,c', ','), ('a,b,,c', ' '), ('a,b,,c', ''), ('123', ','), ('123', ' '), ('123', ''), ('-4.5', ','), ('-4.5', ' '), ('-4.5', ''))
# case: str_center
m('center', ('', 7), ('', 6, '*'), ('', 0), ('', 'x'), ('', 5, 'xy'), ('abc', 7), ('abc', 6, '*'), ('abc', 0), ('abc', 'x'), ('abc', 5, 'xy'), ('Hello World', 7), ('Hello World', 6, '*'), ('Hello World', 0), ('Hello World', 'x'), ('Hello World', 5, 'xy'), ('ÄÖß ǆ', 7), ('ÄÖß ǆ', 6, '*'), ('ÄÖß ǆ', 0), ('ÄÖß ǆ', 'x'), ('ÄÖß ǆ', 5, 'xy'))
# case: str_ljust
m('ljust', ('', 7), ('', 6, '*'), ('', 0), ('', 'x'), ('', 5, 'xy'), ('abc', 7), ('abc', 6, '*'), ('abc', 0), ('abc', 'x'), ('abc', 5, 'xy'), ('Hello World', 7), ('Hello World', 6, '*'), ('Hello World', 0), ('Hello World', 'x'), ('Hello World', 5, 'xy'), ('ÄÖß ǆ', 7), ('ÄÖß ǆ', 6, '*'), ('ÄÖß ǆ', 0), ('ÄÖß ǆ', 'x'), ('ÄÖß ǆ', 5, 'xy'))
# case: str_rjust
m('rjust', ('', 7), ('', 6, '*'), ('', 0), ('', 'x'), ('', 5, 'xy'), ('abc', 7), ('abc', 6, '*'), ('abc', 0), ('abc', 'x'), ('abc', 5, 'xy'), ('Hello World', 7), ('Hello World', 6, '*'), ('Hello World', 0), ('Hello World', 'x'), ('Hello World', 5, 'xy'), ('ÄÖß ǆ', 7), ('ÄÖß ǆ', 6, '*'), ('ÄÖß ǆ', 0), ('ÄÖß ǆ', 'x'), ('ÄÖß ǆ', 5, 'xy'))
# case: str_zfill
m('zfill', ('', 6), ('', 0), ('', -1), ('abc', 6), ('abc', 0), ('abc', -1), ('Hello World', 6), ('Hello World', 0), ('Hello World', -1), ('ÄÖß ǆ', 6), ('ÄÖß ǆ', 0), ('ÄÖß ǆ', -1), (' \t x\n', 6), (' \t x\n', 0), (' \t x\n', -1), ('a,b,,c', 6), ('a,b,,c', 0), ('a,b,,c', -1), ('123', 6), ('123', 0), ('123', -1), ('-4.5', 6), ('-4.5', 0), ('-4.5', -1))
# case: str_expandtabs
m('expandtabs', ('a\tb',), ('a\tb', 4), ('a\tb', 0), ('a\tb', -1), ('\t\t',), ('\t\t', 4), ('\t\t', 0), ('\t\t', -1), ('ab\ncd\te',), ('ab\ncd\te', 4), ('ab\ncd\te', 0), ('ab\ncd\te', -1))
# case: str_replace
m('replace', ('', 'a', 'X'), ('', '', '-'), ('', 'l', '', 1), ('', 'l'), ('abc', 'a', 'X'), ('abc', '', '-'), ('abc', 'l', '', 1), ('abc', 'l'), ('Hello World', 'a', 'X'), ('Hello World', '', '-'), ('Hello World', 'l', '', 1), ('Hello World', 'l'), ('ÄÖß ǆ', 'a', 'X'), ('ÄÖß ǆ', '', '-'), ('ÄÖß ǆ', 'l', '', 1), ('ÄÖß ǆ', 'l'), (' \t x\n', 'a', 'X'), (' \t x\n', '', '-'), (' \t x\n', 'l', '', 1), (' \t x\n', 'l'), ('a,b,,c', 'a', 'X'), ('a,b,,c', '', '-'), ('a,b,,c', 'l', '', 1), ('a,b,,c', 'l'), ('123', 'a', 'X'), ('123', '', '-'), ('123', 'l', '', 1), ('123', 'l'), ('-4.5', 'a', 'X'), ('-4.5', '', '-'), ('-4.5', 'l', '', 1), ('-4.5', 'l'))
# case: str_join
m('join', ('', ['a', 'b']), ('', 'xyz'), ('', []), ('', [1]), ('', None), ('', {'k': 1}), (', ', ['a', 'b']), (', ', 'xyz'), (', ', []), (', ', [1]), (', ', None), (', ', {'k': 1}))
# case: str_splitlines
m('splitlines', ('a\nb\r\nc',), ('a\nb\r\nc', True), ('',), ('', True), ('\n',), ('\n', True))
# case: str_removeprefix
m('removeprefix', ('', 'a'), ('', ''), ('', 'Hello '), ('abc', 'a'), ('abc', ''), ('abc', 'Hello '), ('Hello World', 'a'), ('Hello World', ''), ('Hello World', 'Hello '), ('ÄÖß ǆ', 'a'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 'Hello '), (' \t x\n', 'a'), (' \t x\n', ''), (' \t x\n', 'Hello '), ('a,b,,c', 'a'), ('a,b,,c', ''), ('a,b,,c', 'Hello '), ('123', 'a'), ('123', ''), ('123', 'Hello '), ('-4.5', 'a'), ('-4.5', ''), ('-4.5', 'Hello '))
# case: str_removesuffix
m('removesuffix', ('', 'c'), ('', ''), ('', 1), ('abc', 'c'), ('abc', ''), ('abc', 1), ('Hello World', 'c'), ('Hello World', ''), ('Hello World', 1), ('ÄÖß ǆ', 'c'), ('ÄÖß ǆ', ''), ('ÄÖß ǆ', 1), (' \t x\n', 'c'), (' \t x\n', ''), (' \t x\n', 1), ('a,b,,c', 'c'), ('a,b,,c', ''), ('a,b,,c', 1), ('123', 'c'), ('123', ''), ('123', 1), ('-4.5', 'c'), ('-4.5', ''), ('-4.5', 1))
# case: str_encode
m('encode', ('abc',), ('abc', 'latin-1'), ('abc', 'ascii', 'replace'), ('abc', 'utf-16-le'), ('abc', 'bogus'), ('é€',), ('é€', 'latin-1'), ('é€', 'ascii', 'replace'), ('é€', 'utf-16-le'), ('é€', 'bogus'), ('',), ('', 'latin-1'), ('', 'ascii', 'replace'), ('', 'utf-16-le'), ('', 'bogus'))
# case: str_format
m('format', ('{} {}', 1, 2), ('{} {}',), ('{} {}', 'a'), ('{0}{x}', 1, 2), ('{0}{x}',), ('{0}{x}', 'a'), ('plain', 1, 2), ('plain',), ('plain', 'a'), ('{:>5}', 1, 2), ('{:>5}',), ('{:>5}', 'a'))
# case: str_translate
m('translate', ('abcabc', {97: 'X'}), ('abcabc', {98: None, 99: 'yy'}), ('abcabc', 'abc'), ('abcabc', {}))
# case: list_append
m('append', ([], 5), ([], []), ([],), ([3, 1, 2], 5), ([3, 1, 2], []), ([3, 1, 2],), (['b', 'a', 'b'], 5), (['b', 'a', 'b'], []), (['b', 'a', 'b'],))
# case: list_extend
m('extend', ([], 'xy'), ([], []), ([], 5), ([3, 1, 2], 'xy'), ([3, 1, 2], []), ([3, 1, 2], 5), (['b', 'a', 'b'], 'xy'), (['b', 'a', 'b'], []), (['b', 'a', 'b'], 5))
# case: list_insert
m('insert', ([], 0, 'i'), ([], -1, 'i'), ([], 99, 'i'), ([], 'x', 1), ([3, 1, 2], 0, 'i'), ([3, 1, 2], -1, 'i'), ([3, 1, 2], 99, 'i'), ([3, 1, 2], 'x', 1), (['b', 'a', 'b'], 0, 'i'), (['b', 'a', 'b'], -1, 'i'), (['b', 'a', 'b'], 99, 'i'), (['b', 'a', 'b'], 'x', 1))
# case: list_pop
m('pop', ([],), ([], 0), ([], -1), ([], 9), ([], 'a'), ([3, 1, 2],), ([3, 1, 2], 0), ([3, 1, 2], -1), ([3, 1, 2], 9), ([3, 1, 2], 'a'), (['b', 'a', 'b'],), (['b', 'a', 'b'], 0), (['b', 'a', 'b'], -1), (['b', 'a', 'b'], 9), (['b', 'a', 'b'], 'a'))
# case: list_remove
m('remove', ([], 'b'), ([], 3), ([], None), ([3, 1, 2], 'b'), ([3, 1, 2], 3), ([3, 1, 2], None), (['b', 'a', 'b'], 'b'), (['b', 'a', 'b'], 3), (['b', 'a', 'b'], None))
# case: list_index
m('index', ([], 'b'), ([], 2), ([], 'b', 1), ([], 9), ([3, 1, 2], 'b'), ([3, 1, 2], 2), ([3, 1, 2], 'b', 1), ([3, 1, 2], 9), (['b', 'a', 'b'], 'b'), (['b', 'a', 'b'], 2), (['b', 'a', 'b'], 'b', 1), (['b', 'a', 'b'], 9))
# case: list_count
m('count', ([], 'b'), ([], 1), ([3, 1, 2], 'b'), ([3, 1, 2], 1), (['b', 'a', 'b'], 'b'), (['b', 'a', 'b'], 1))
# case: list_sort
m('sort', ([],), ([3, 1, 2],), (['b', 'a', 'b'],))
# case: list_reverse
m('reverse', ([],), ([3, 1, 2],), (['b', 'a', 'b'],))
# case: list_copy
m('copy', ([],), ([3, 1, 2],), (['b', 'a', 'b'],))
# case: list_clear
m('clear', ([],), ([3, 1, 2],), (['b', 'a', 'b'],))
# case: list___len__
m('__len__', ([],), ([3, 1, 2],), (['b', 'a', 'b'],))
# case: list___contains__
m('__contains__', ([], 3), ([3, 1, 2], 3), (['b', 'a', 'b'], 3))
# case: list___getitem__
m('__getitem__', ([], 0), ([], -1), ([], slice(0, 2)), ([], 'a'), ([3, 1, 2], 0), ([3, 1, 2], -1), ([3, 1, 2], slice(0, 2)), ([3, 1, 2], 'a'), (['b', 'a', 'b'], 0), (['b', 'a', 'b'], -1), (['b', 'a', 'b'], slice(0, 2)), (['b', 'a', 'b'], 'a'))
# case: list___add__
m('__add__', ([], [9]), ([], (9,)), ([3, 1, 2], [9]), ([3, 1, 2], (9,)), (['b', 'a', 'b'], [9]), (['b', 'a', 'b'], (9,)))
# case: list___mul__
m('__mul__', ([], 2), ([], -1), ([], 1.5), ([3, 1, 2], 2), ([3, 1, 2], -1), ([3, 1, 2], 1.5), (['b', 'a', 'b'], 2), (['b', 'a', 'b'], -1), (['b', 'a', 'b'], 1.5))
# case: list___eq__
m('__eq__', ([], []), ([], 5), ([3, 1, 2], []), ([3, 1, 2], 5), (['b', 'a', 'b'], []), (['b', 'a', 'b'], 5))
# case: list___lt__
m('__lt__', ([], [9]), ([], 5), ([3, 1, 2], [9]), ([3, 1, 2], 5), (['b', 'a', 'b'], [9]), (['b', 'a', 'b'], 5))
# case: dict_get
m('get', ({}, 'a'), ({}, 'z'), ({}, 'z', 0), ({}, []), ({'a': 1, 'b': 2}, 'a'), ({'a': 1, 'b': 2}, 'z'), ({'a': 1, 'b': 2}, 'z', 0), ({'a': 1, 'b': 2}, []), ({1: 'x', None: 'y'}, 'a'), ({1: 'x', None: 'y'}, 'z'), ({1: 'x', None: 'y'}, 'z', 0), ({1: 'x', None: 'y'}, []))
# case: dict_pop
m('pop', ({}, 'a'), ({}, 'z', 0), ({}, 'z'), ({},), ({'a': 1, 'b': 2}, 'a'), ({'a': 1, 'b': 2}, 'z', 0), ({'a': 1, 'b': 2}, 'z'), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'}, 'a'), ({1: 'x', None: 'y'}, 'z', 0), ({1: 'x', None: 'y'}, 'z'), ({1: 'x', None: 'y'},))
# case: dict_popitem
m('popitem', ({},), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'},))
# case: dict_setdefault
m('setdefault', ({}, 'a'), ({}, 'n', 5), ({}, {}), ({'a': 1, 'b': 2}, 'a'), ({'a': 1, 'b': 2}, 'n', 5), ({'a': 1, 'b': 2}, {}), ({1: 'x', None: 'y'}, 'a'), ({1: 'x', None: 'y'}, 'n', 5), ({1: 'x', None: 'y'}, {}))
# case: dict_update
m('update', ({}, {'a': 9}), ({}, [('k', 'v')]), ({}, 5), ({}, [1]), ({},), ({'a': 1, 'b': 2}, {'a': 9}), ({'a': 1, 'b': 2}, [('k', 'v')]), ({'a': 1, 'b': 2}, 5), ({'a': 1, 'b': 2}, [1]), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'}, {'a': 9}), ({1: 'x', None: 'y'}, [('k', 'v')]), ({1: 'x', None: 'y'}, 5), ({1: 'x', None: 'y'}, [1]), ({1: 'x', None: 'y'},))
# case: dict_keys
m('keys', ({},), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'},))
# case: dict_values
m('values', ({},), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'},))
# case: dict_items
m('items', ({},), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'},))
# case: dict_copy
m('copy', ({},), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'},))
# case: dict_clear
m('clear', ({},), ({'a': 1, 'b': 2},), ({1: 'x', None: 'y'},))
# case: dict_fromkeys
m('fromkeys', ({}, 'ab'), ({}, [1], 0), ({}, 5), ({'a': 1, 'b': 2}, 'ab'), ({'a': 1, 'b': 2}, [1], 0), ({'a': 1, 'b': 2}, 5), ({1: 'x', None: 'y'}, 'ab'), ({1: 'x', None: 'y'}, [1], 0), ({1: 'x', None: 'y'}, 5))
# case: dict___contains__
m('__contains__', ({}, 'a'), ({}, []), ({'a': 1, 'b': 2}, 'a'), ({'a': 1, 'b': 2}, []), ({1: 'x', None: 'y'}, 'a'), ({1: 'x', None: 'y'}, []))
# case: dict___getitem__
m('__getitem__', ({}, 'a'), ({}, 1), ({}, 'zz'), ({'a': 1, 'b': 2}, 'a'), ({'a': 1, 'b': 2}, 1), ({'a': 1, 'b': 2}, 'zz'), ({1: 'x', None: 'y'}, 'a'), ({1: 'x', None: 'y'}, 1), ({1: 'x', None: 'y'}, 'zz'))
# case: dict___or__
m('__or__', ({}, {'z': 1}), ({}, 5), ({'a': 1, 'b': 2}, {'z': 1}), ({'a': 1, 'b': 2}, 5), ({1: 'x', None: 'y'}, {'z': 1}), ({1: 'x', None: 'y'}, 5))
# case: dict___eq__
m('__eq__', ({}, {}), ({}, 5), ({'a': 1, 'b': 2}, {}), ({'a': 1, 'b': 2}, 5), ({1: 'x', None: 'y'}, {}), ({1: 'x', None: 'y'}, 5))
# case: set_add
m('add', (set(), 5), (set(), []), ({1, 2, 3}, 5), ({1, 2, 3}, []), ({'a'}, 5), ({'a'}, []))
# case: set_discard
m('discard', (set(), 1), (set(), 9), (set(), []), ({1, 2, 3}, 1), ({1, 2, 3}, 9), ({1, 2, 3}, []), ({'a'}, 1), ({'a'}, 9), ({'a'}, []))
# case: set_remove
m('remove', (set(), 1), (set(), 9), ({1, 2, 3}, 1), ({1, 2, 3}, 9), ({'a'}, 1), ({'a'}, 9))
# case: set_pop
m('pop', (set(),), ({1, 2, 3},), ({'a'},))
# case: set_clear
m('clear', (set(),), ({1, 2, 3},), ({'a'},))
# case: set_copy
m('copy', (set(),), ({1, 2, 3},), ({'a'},))
# case: set_union
m('union', (set(), [9]), (set(), {1}, 'q'), (set(), 5), (set(),), ({1, 2, 3}, [9]), ({1, 2, 3}, {1}, 'q'), ({1, 2, 3}, 5), ({1, 2, 3},), ({'a'}, [9]), ({'a'}, {1}, 'q'), ({'a'}, 5), ({'a'},))
# case: set_intersection
m('intersection', (set(), [1, 2]), (set(), {1}, {2}), (set(),), ({1, 2, 3}, [1, 2]), ({1, 2, 3}, {1}, {2}), ({1, 2, 3},), ({'a'}, [1, 2]), ({'a'}, {1}, {2}), ({'a'},))
# case: set_difference
m('difference', (set(), [1]), (set(), {'a'}), ({1, 2, 3}, [1]), ({1, 2, 3}, {'a'}), ({'a'}, [1]), ({'a'}, {'a'}))
# case: set_symmetric_difference
m('symmetric_difference', (set(), [1, 9]), (set(), 5), ({1, 2, 3}, [1, 9]), ({1, 2, 3}, 5), ({'a'}, [1, 9]), ({'a'}, 5))
# case: set_update
m('update', (set(), [9]), (set(), 5), ({1, 2, 3}, [9]), ({1, 2, 3}, 5), ({'a'}, [9]), ({'a'}, 5))
# case: set_intersection_update
m('intersection_update', (set(), [1]), ({1, 2, 3}, [1]), ({'a'}, [1]))
# case: set_difference_update
m('difference_update', (set(), [1]), ({1, 2, 3}, [1]), ({'a'}, [1]))
# case: set_symmetric_difference_update
m('symmetric_difference_update', (set(), [1, 7]), ({1, 2, 3}, [1, 7]), ({'a'}, [1, 7]))
# case: set_issubset
m('issubset', (set(), [1, 2, 3, 'a']), (set(), 5), ({1, 2, 3}, [1, 2, 3, 'a']), ({1, 2, 3}, 5), ({'a'}, [1, 2, 3, 'a']), ({'a'}, 5))
# case: set_issuperset
m('issuperset', (set(), [1]), (set(), []), ({1, 2, 3}, [1]), ({1, 2, 3}, []), ({'a'}, [1]), ({'a'}, []))
# case: set_isdisjoint
m('isdisjoint', (set(), [9]), (set(), [1]), ({1, 2, 3}, [9]), ({1, 2, 3}, [1]), ({'a'}, [9]), ({'a'}, [1]))
# case: set___and__
m('__and__', (set(), {1}), (set(), [1]), ({1, 2, 3}, {1}), ({1, 2, 3}, [1]), ({'a'}, {1}), ({'a'}, [1]))
# case: set___le__
m('__le__', (set(), {1, 2, 3, 4}), (set(), [1]), ({1, 2, 3}, {1, 2, 3, 4}), ({1, 2, 3}, [1]), ({'a'}, {1, 2, 3, 4}), ({'a'}, [1]))
# case: frozenset_union
m('union', (frozenset(), [9]), (frozenset({1, 2}), [9]))
# case: frozenset_copy
m('copy', (frozenset(),), (frozenset({1, 2}),))
# case: frozenset_difference
m('difference', (frozenset(), [1]), (frozenset({1, 2}), [1]))
# case: frozenset_issubset
m('issubset', (frozenset(), {1, 2}), (frozenset({1, 2}), {1, 2}))
# case: frozenset___or__
m('__or__', (frozenset(), {3}), (frozenset({1, 2}), {3}))
# case: frozenset___hash__
m('__hash__', (frozenset(),), (frozenset({1, 2}),))
# case: frozenset_add
m('add', (frozenset(), 1), (frozenset({1, 2}), 1))
# case: tuple_count
m('count', ((), 1), ((), 'x'), ((1, 2, 1), 1), ((1, 2, 1), 'x'))
# case: tuple_index
m('index', ((), 1), ((), 2, 1), ((), 9), ((1, 2, 1), 1), ((1, 2, 1), 2, 1), ((1, 2, 1), 9))
# case: tuple___add__
m('__add__', ((), (9,)), ((), [9]), ((1, 2, 1), (9,)), ((1, 2, 1), [9]))
# case: tuple___mul__
m('__mul__', ((), 2), ((1, 2, 1), 2))
# case: tuple___getitem__
m('__getitem__', ((), 0), ((), slice(None, None, -1)), ((), 9), ((1, 2, 1), 0), ((1, 2, 1), slice(None, None, -1)), ((1, 2, 1), 9))
# case: tuple___contains__
m('__contains__', ((), 1), ((1, 2, 1), 1))
# case: tuple___len__
m('__len__', ((),), ((1, 2, 1),))
# case: tuple___lt__
m('__lt__', ((), (2,)), ((), [2]), ((1, 2, 1), (2,)), ((1, 2, 1), [2]))
# case: int_bit_length
m('bit_length', (0,), (5,), (-7,), (10**25,), (True,))
# case: int_bit_count
m('bit_count', (0,), (5,), (-7,), (10**25,), (True,))
# case: int_to_bytes
m('to_bytes', (0, 2, 'big'), (0, 12, 'little'), (0, 1), (0, 2, 'x'), (5, 2, 'big'), (5, 12, 'little'), (5, 1), (5, 2, 'x'), (-7, 2, 'big'), (-7, 12, 'little'), (-7, 1), (-7, 2, 'x'), (10**25, 2, 'big'), (10**25, 12, 'little'), (10**25, 1), (10**25, 2, 'x'), (True, 2, 'big'), (True, 12, 'little'), (True, 1), (True, 2, 'x'))
# case: int_as_integer_ratio
m('as_integer_ratio', (0,), (5,), (-7,), (10**25,), (True,))
# case: int_conjugate
m('conjugate', (0,), (5,), (-7,), (10**25,), (True,))
# case: int_is_integer
m('is_integer', (0,), (5,), (-7,), (10**25,), (True,))
# case: int___add__
m('__add__', (0, 2), (0, 1.5), (0, 'x'), (5, 2), (5, 1.5), (5, 'x'), (-7, 2), (-7, 1.5), (-7, 'x'), (10**25, 2), (10**25, 1.5), (10**25, 'x'), (True, 2), (True, 1.5), (True, 'x'))
# case: int___floordiv__
m('__floordiv__', (0, 2), (0, 0), (5, 2), (5, 0), (-7, 2), (-7, 0), (10**25, 2), (10**25, 0), (True, 2), (True, 0))
# case: int___mod__
m('__mod__', (0, -3), (0, 0), (5, -3), (5, 0), (-7, -3), (-7, 0), (10**25, -3), (10**25, 0), (True, -3), (True, 0))
# case: int___pow__
m('__pow__', (0, 3), (0, -1), (0, 2, 7), (5, 3), (5, -1), (5, 2, 7), (-7, 3), (-7, -1), (-7, 2, 7), (10**25, 3), (10**25, -1), (10**25, 2, 7), (True, 3), (True, -1), (True, 2, 7))
# case: int___lshift__
m('__lshift__', (0, 3), (0, -1), (5, 3), (5, -1), (-7, 3), (-7, -1), (10**25, 3), (10**25, -1), (True, 3), (True, -1))
# case: int___and__
m('__and__', (0, 6), (0, 1.5), (5, 6), (5, 1.5), (-7, 6), (-7, 1.5), (10**25, 6), (10**25, 1.5), (True, 6), (True, 1.5))
# case: int___round__
m('__round__', (0,), (0, -1), (0, 2), (5,), (5, -1), (5, 2), (-7,), (-7, -1), (-7, 2), (10**25,), (10**25, -1), (10**25, 2), (True,), (True, -1), (True, 2))
# case: int___format__
m('__format__', (0, 'x'), (0, '08,d'), (0, 'q'), (5, 'x'), (5, '08,d'), (5, 'q'), (-7, 'x'), (-7, '08,d'), (-7, 'q'), (10**25, 'x'), (10**25, '08,d'), (10**25, 'q'), (True, 'x'), (True, '08,d'), (True, 'q'))
# case: int___float__
m('__float__', (0,), (5,), (-7,), (10**25,), (True,))
# case: int___divmod__
m('__divmod__', (0, 3), (0, 0), (5, 3), (5, 0), (-7, 3), (-7, 0), (10**25, 3), (10**25, 0), (True, 3), (True, 0))
# case: int___rsub__
m('__rsub__', (0, 10), (5, 10), (-7, 10), (10**25, 10), (True, 10))
# case: int___invert__
m('__invert__', (0,), (5,), (-7,), (10**25,))
# case: int___abs__
m('__abs__', (0,), (5,), (-7,), (10**25,), (True,))
# case: int___bool__
m('__bool__', (0,), (5,), (-7,), (10**25,), (True,))
# case: float_is_integer
m('is_integer', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float_as_integer_ratio
m('as_integer_ratio', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float_hex
m('hex', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float_conjugate
m('conjugate', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float___round__
m('__round__', (0.0,), (0.0, 1), (0.0, -2), (2.5,), (2.5, 1), (2.5, -2), (-1e10,), (-1e10, 1), (-1e10, -2), (float('inf'),), (float('inf'), 1), (float('inf'), -2), (1/3,), (1/3, 1), (1/3, -2))
# case: float___floor__
m('__floor__', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float___ceil__
m('__ceil__', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float___trunc__
m('__trunc__', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float___int__
m('__int__', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float___mod__
m('__mod__', (0.0, 2), (0.0, 0), (2.5, 2), (2.5, 0), (-1e10, 2), (-1e10, 0), (float('inf'), 2), (float('inf'), 0), (1/3, 2), (1/3, 0))
# case: float___floordiv__
m('__floordiv__', (0.0, 0.3), (0.0, 0), (2.5, 0.3), (2.5, 0), (-1e10, 0.3), (-1e10, 0), (float('inf'), 0.3), (float('inf'), 0), (1/3, 0.3), (1/3, 0))
# case: float___divmod__
m('__divmod__', (0.0, -2), (2.5, -2), (-1e10, -2), (float('inf'), -2), (1/3, -2))
# case: float___pow__
m('__pow__', (0.0, 2), (0.0, -1), (0.0, 0.5), (2.5, 2), (2.5, -1), (2.5, 0.5), (-1e10, 2), (-1e10, -1), (-1e10, 0.5), (float('inf'), 2), (float('inf'), -1), (float('inf'), 0.5), (1/3, 2), (1/3, -1), (1/3, 0.5))
# case: float___format__
m('__format__', (0.0, '.2f'), (0.0, 'e'), (0.0, 'd'), (2.5, '.2f'), (2.5, 'e'), (2.5, 'd'), (-1e10, '.2f'), (-1e10, 'e'), (-1e10, 'd'), (float('inf'), '.2f'), (float('inf'), 'e'), (float('inf'), 'd'), (1/3, '.2f'), (1/3, 'e'), (1/3, 'd'))
# case: float___eq__
m('__eq__', (0.0, 2.5), (0.0, 'x'), (2.5, 2.5), (2.5, 'x'), (-1e10, 2.5), (-1e10, 'x'), (float('inf'), 2.5), (float('inf'), 'x'), (1/3, 2.5), (1/3, 'x'))
# case: float___hash__
m('__hash__', (0.0,), (2.5,), (-1e10,), (float('inf'),), (1/3,))
# case: float_fromhex
m('fromhex', (0.0, '0x1p-2'), (0.0, 'z'), (2.5, '0x1p-2'), (2.5, 'z'), (-1e10, '0x1p-2'), (-1e10, 'z'), (float('inf'), '0x1p-2'), (float('inf'), 'z'), (1/3, '0x1p-2'), (1/3, 'z'))
# case: complex_conjugate
m('conjugate', (1+2j,), (0j,), (-1.5j,))
# case: complex___abs__
m('__abs__', (1+2j,), (0j,), (-1.5j,))
# case: complex___add__
m('__add__', (1+2j, 1), (1+2j, 1j), (1+2j, 'x'), (0j, 1), (0j, 1j), (0j, 'x'), (-1.5j, 1), (-1.5j, 1j), (-1.5j, 'x'))
# case: complex___mul__
m('__mul__', (1+2j, 2j), (0j, 2j), (-1.5j, 2j))
# case: complex___truediv__
m('__truediv__', (1+2j, 2), (1+2j, 0), (0j, 2), (0j, 0), (-1.5j, 2), (-1.5j, 0))
# case: complex___pow__
m('__pow__', (1+2j, 2), (1+2j, 0.5), (0j, 2), (0j, 0.5), (-1.5j, 2), (-1.5j, 0.5))
# case: complex___eq__
m('__eq__', (1+2j, 1), (1+2j, 1j), (0j, 1), (0j, 1j), (-1.5j, 1), (-1.5j, 1j))
# case: complex___neg__
m('__neg__', (1+2j,), (0j,), (-1.5j,))
# case: complex___bool__
m('__bool__', (1+2j,), (0j,), (-1.5j,))
# case: complex___format__
m('__format__', (1+2j, '.1f'), (1+2j, 'x'), (0j, '.1f'), (0j, 'x'), (-1.5j, '.1f'), (-1.5j, 'x'))
# case: range_index
m('index', (range(5), 4), (range(5), 5), (range(2, 10, 2), 4), (range(2, 10, 2), 5), (range(0), 4), (range(0), 5))
# case: range_count
m('count', (range(5), 4), (range(2, 10, 2), 4), (range(0), 4))
# case: range___contains__
m('__contains__', (range(5), 4), (range(5), 'a'), (range(5), 4.0), (range(2, 10, 2), 4), (range(2, 10, 2), 'a'), (range(2, 10, 2), 4.0), (range(0), 4), (range(0), 'a'), (range(0), 4.0))
# case: range___len__
m('__len__', (range(5),), (range(2, 10, 2),), (range(0),))
# case: range___getitem__
m('__getitem__', (range(5), 0), (range(5), -1), (range(5), slice(1, 3)), (range(5), 99), (range(2, 10, 2), 0), (range(2, 10, 2), -1), (range(2, 10, 2), slice(1, 3)), (range(2, 10, 2), 99), (range(0), 0), (range(0), -1), (range(0), slice(1, 3)), (range(0), 99))
# case: range___eq__
m('__eq__', (range(5), range(0)), (range(2, 10, 2), range(0)), (range(0), range(0)))
# case: bytearray_append
m('append', (bytearray(), 65), (bytearray(), 300), (bytearray(b'abc'), 65), (bytearray(b'abc'), 300))
# case: bytearray_extend
m('extend', (bytearray(), b'xy'), (bytearray(), [1, 2]), (bytearray(), 's'), (bytearray(b'abc'), b'xy'), (bytearray(b'abc'), [1, 2]), (bytearray(b'abc'), 's'))
# case: bytearray_insert
m('insert', (bytearray(), 0, 65), (bytearray(b'abc'), 0, 65))
# case: bytearray_pop
m('pop', (bytearray(),), (bytearray(), 0), (bytearray(), 99), (bytearray(b'abc'),), (bytearray(b'abc'), 0), (bytearray(b'abc'), 99))
# case: bytearray_remove
m('remove', (bytearray(), 97), (bytearray(), 1), (bytearray(b'abc'), 97), (bytearray(b'abc'), 1))
# case: bytearray_reverse
m('reverse', (bytearray(),), (bytearray(b'abc'),))
# case: bytearray_clear
m('clear', (bytearray(),), (bytearray(b'abc'),))
# case: bytearray_copy
m('copy', (bytearray(),), (bytearray(b'abc'),))
# case: bytearray___setitem__
m('__setitem__', (bytearray(), 0, 66), (bytearray(), slice(0, 1), b'zz'), (bytearray(b'abc'), 0, 66), (bytearray(b'abc'), slice(0, 1), b'zz'))
# case: bytearray___iadd__
m('__iadd__', (bytearray(), b'q'), (bytearray(b'abc'), b'q'))
# case: bytes_decode
m('decode', (b'',), (b'', 'ascii'), (b'', 'nope'), (b'Hello World',), (b'Hello World', 'ascii'), (b'Hello World', 'nope'), (bytearray(b'a,b,c'),), (bytearray(b'a,b,c'), 'ascii'), (bytearray(b'a,b,c'), 'nope'))
# case: bytes_hex
m('hex', (b'',), (b'', ':'), (b'', '-', 2), (b'Hello World',), (b'Hello World', ':'), (b'Hello World', '-', 2), (bytearray(b'a,b,c'),), (bytearray(b'a,b,c'), ':'), (bytearray(b'a,b,c'), '-', 2))
# case: bytes_find
m('find', (b'', b'l'), (b'', 111), (b'', 'l'), (b'Hello World', b'l'), (b'Hello World', 111), (b'Hello World', 'l'), (bytearray(b'a,b,c'), b'l'), (bytearray(b'a,b,c'), 111), (bytearray(b'a,b,c'), 'l'))
# case: bytes_count
m('count', (b'', b'l'), (b'Hello World', b'l'), (bytearray(b'a,b,c'), b'l'))
# case: bytes_index
m('index', (b'', b'o'), (b'', b'q'), (b'Hello World', b'o'), (b'Hello World', b'q'), (bytearray(b'a,b,c'), b'o'), (bytearray(b'a,b,c'), b'q'))
# case: bytes_replace
m('replace', (b'', b'l', b'L'), (b'', b'o', b'', 1), (b'Hello World', b'l', b'L'), (b'Hello World', b'o', b'', 1), (bytearray(b'a,b,c'), b'l', b'L'), (bytearray(b'a,b,c'), b'o', b'', 1))
# case: bytes_split
m('split', (b'',), (b'', b','), (b'', b' ', 1), (b'Hello World',), (b'Hello World', b','), (b'Hello World', b' ', 1), (bytearray(b'a,b,c'),), (bytearray(b'a,b,c'), b','), (bytearray(b'a,b,c'), b' ', 1))
# case: bytes_join
m('join', (b'', [b'x', b'y']), (b'', ['x']), (b'Hello World', [b'x', b'y']), (b'Hello World', ['x']), (bytearray(b'a,b,c'), [b'x', b'y']), (bytearray(b'a,b,c'), ['x']))
# case: bytes_strip
m('strip', (b'',), (b'', b'Hd'), (b'Hello World',), (b'Hello World', b'Hd'), (bytearray(b'a,b,c'),), (bytearray(b'a,b,c'), b'Hd'))
# case: bytes_partition
m('partition', (b'', b' '), (b'', b','), (b'Hello World', b' '), (b'Hello World', b','), (bytearray(b'a,b,c'), b' '), (bytearray(b'a,b,c'), b','))
# case: bytes_startswith
m('startswith', (b'', b'He'), (b'', (b'a', b'b')), (b'Hello World', b'He'), (b'Hello World', (b'a', b'b')), (bytearray(b'a,b,c'), b'He'), (bytearray(b'a,b,c'), (b'a', b'b')))
# case: bytes_center
m('center', (b'', 15, b'*'), (b'Hello World', 15, b'*'), (bytearray(b'a,b,c'), 15, b'*'))
# case: bytes_zfill
m('zfill', (b'', 15), (b'Hello World', 15), (bytearray(b'a,b,c'), 15))
# case: bytes_translate
m('translate', (b'', None, b'l'), (b'Hello World', None, b'l'), (bytearray(b'a,b,c'), None, b'l'))
# case: bytes_title
m('title', (b'',), (b'Hello World',), (bytearray(b'a,b,c'),))
# case: bytes_swapcase
m('swapcase', (b'',), (b'Hello World',), (bytearray(b'a,b,c'),))
# case: bytes_isalpha
m('isalpha', (b'',), (b'Hello World',), (bytearray(b'a,b,c'),))
# case: bytes_splitlines
m('splitlines', (b'',), (b'Hello World',), (bytearray(b'a,b,c'),))
# case: bytes_expandtabs
m('expandtabs', (b'',), (b'Hello World',), (bytearray(b'a,b,c'),))
# case: bytes_removeprefix
m('removeprefix', (b'', b'He'), (b'Hello World', b'He'), (bytearray(b'a,b,c'), b'He'))
# case: bytes___mod__
m('__mod__', (b'', 5), (b'Hello World', 5), (bytearray(b'a,b,c'), 5))
# case: bytes___add__
m('__add__', (b'', b'z'), (b'', 'z'), (b'Hello World', b'z'), (b'Hello World', 'z'), (bytearray(b'a,b,c'), b'z'), (bytearray(b'a,b,c'), 'z'))
# case: bytes___mul__
m('__mul__', (b'', 2), (b'Hello World', 2), (bytearray(b'a,b,c'), 2))
# case: bytes___contains__
m('__contains__', (b'', 72), (b'', b'lo'), (b'', 'lo'), (b'Hello World', 72), (b'Hello World', b'lo'), (b'Hello World', 'lo'), (bytearray(b'a,b,c'), 72), (bytearray(b'a,b,c'), b'lo'), (bytearray(b'a,b,c'), 'lo'))
# case: bytes___getitem__
m('__getitem__', (b'', 0), (b'', slice(1, 3)), (b'', 99), (b'Hello World', 0), (b'Hello World', slice(1, 3)), (b'Hello World', 99), (bytearray(b'a,b,c'), 0), (bytearray(b'a,b,c'), slice(1, 3)), (bytearray(b'a,b,c'), 99))
