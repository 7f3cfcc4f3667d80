# gilsim: atomic
"""What the interpreter does around a program: run it, report how it ended, wait for its threads, end.

Mirrors pymain_run_python() and Py_FinalizeEx() of CPython (Modules/main.c, Python/pylifecycle.c). Modules are
not destroyed, but the objects that only they hold end.
"""
import sys
import _gilsim

_default_excepthook = sys.excepthook


def run(body):
    """Runs the program's code; returns the exit status of the process."""
    status = 0
    try:
        body()
    except SystemExit as exc:
        status = _status(exc.code)
    except BaseException as exc:
        status = 130 if isinstance(exc, KeyboardInterrupt) else 1
        _report(exc)
        _gilsim.report_uncaught(type(exc).__name__, _message(exc))
    _wait_for_threads()
    _run_atexit()
    _gilsim.gc_request(True)
    _flush(sys.stdout)
    _flush(sys.stderr)
    return status


def _message(exc):
    try:
        return str(exc)
    except BaseException:
        return '<exception str() failed>'


def _status(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xff
    sys.stdout.flush()
    print(code, file=sys.stderr)
    return 1


def _report(exc):
    if sys.excepthook is _default_excepthook and not _gilsim.prints_tracebacks():
        return
    _flush(sys.stdout)
    try:
        sys.excepthook(type(exc), exc, exc.__traceback__)
    except BaseException as second:
        sys.stderr.write("Error in sys.excepthook:\n")
        sys.stderr.write(_gilsim.format_exception(second))
        sys.stderr.write("\nOriginal exception was:\n")
        sys.stderr.write(_gilsim.format_exception(exc))


def _wait_for_threads():
    threading = sys.modules.get('threading')
    if threading is None:
        return
    try:
        threading._shutdown()
    except BaseException as exc:
        sys.stderr.write("Exception ignored in: " + repr(threading) + "\n")
        sys.stderr.write(_gilsim.format_exception(exc))


def _run_atexit():
    atexit = sys.modules.get('atexit')
    if atexit is not None:
        atexit._run_exitfuncs()


def _flush(stream):
    flush = getattr(stream, 'flush', None)
    if flush is not None:
        flush()
