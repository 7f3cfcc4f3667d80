# case: input_lines
# stdin: first
# stdin: second line 
# stdin: 3
a = input('prompt: '); b = input(); c = int(input('n? '))
print(repr(a), repr(b), c + 1)
# case: input_eof
# stdin: only
print(input())
try: input('more? ')
except EOFError as e: print(type(e).__name__, e)
# case: input_nothing
try: input()
except EOFError as e: print(e)
# case: input_uncaught_eof
input('> ')
# case: stdin_iteration
# stdin: 1 2
# stdin: 3 4
import sys
print(sum(int(x) for line in sys.stdin for x in line.split()))
# case: stdin_read
# stdin: all of
# stdin: it
import sys
print(repr(sys.stdin.read()), repr(sys.stdin.read()), repr(sys.stdin.readline()))
# case: stdin_readlines
# stdin: a
# stdin: b
# stdin: c
import sys
print(repr(sys.stdin.readline()), input(), sys.stdin.readlines())
# case: stdin_partial_read
# stdin: héllo wörld
import sys
print(sys.stdin.read(4), sys.stdin.read(3), repr(sys.stdin.readline(2)), repr(sys.stdin.readline()))
# case: stdin_attributes
import sys
print(sys.stdin.readable(), sys.stdin.writable(), sys.stdin.encoding, sys.stdin.isatty(), sys.stdin.name, sys.stdin.mode, sys.stdin.fileno(), sys.stdin.closed)
try: sys.stdin.write('x')
except Exception as e: print(type(e).__name__, e)
# case: input_arguments
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
t(input, 1, 2); t(input, prompt='x')
# case: input_prompt_object
# stdin: x
print(input([1, 2]))
# case: input_loop
# stdin: 5
# stdin: abc
# stdin: 7
total = 0
while True:
    try: line = input()
    except EOFError: break
    try: total += int(line)
    except ValueError as e: print(e)
print(total)
# case: stdin_next
# stdin: a
# stdin: b
import sys
print(repr(next(sys.stdin)), list(sys.stdin))
try: next(sys.stdin)
except StopIteration: print('stop')
