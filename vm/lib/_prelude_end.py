# gilsim: atomic
"""What is called at the end of an object: its finaliser, the callbacks of weak references to it.

Mirrors slot_tp_finalize(), gen_close() and handle_callback() of CPython: what they raise is reported and goes no further.
"""
import sys
import _gilsim


def end_object(ending, obj, refs):
    """`ending`: 0 for `__del__`, 1 for a generator to be closed, 2 for callbacks."""
    if ending == 0:
        finaliser = getattr(type(obj), '__del__', None)
        try:
            if finaliser is not None:
                finaliser(obj)
        except BaseException as exc:
            _report(finaliser, exc)
    elif ending == 1:
        try:
            obj.close()
        except BaseException as exc:
            _report(obj, exc)
    else:
        for i in range(0, len(refs), 2):
            try:
                refs[i + 1](refs[i])
            except BaseException as exc:
                _report(refs[i + 1], exc)


class UnraisableHookArgs:
    """What a hook for exceptions that nobody can catch is given."""

    def __init__(self, exc, what, err_msg=None):
        self.exc_type = type(exc)
        self.exc_value = exc
        self.exc_traceback = exc.__traceback__
        self.err_msg = err_msg
        self.object = what


def _report(what, exc):
    hook = getattr(sys, 'unraisablehook', None)
    unraisable = UnraisableHookArgs(exc, what)
    if hook is not None and hook is not sys.__unraisablehook__:
        try:
            return hook(unraisable)
        except BaseException as second:
            unraisable = UnraisableHookArgs(second, hook, 'Exception ignored in sys.unraisablehook')
    unraisable_hook(unraisable)


def unraisable_hook(unraisable):
    """sys.__unraisablehook__"""
    stream = sys.stderr
    if stream is None:
        return
    message, what = unraisable.err_msg, unraisable.object
    if what is not None:
        try:
            shown = repr(what)
        except BaseException:
            shown = '<object repr() failed>'
        message = f"{message or 'Exception ignored in'}: {shown}\n"
    elif message is not None:
        message += ':\n'
    stream.write((message or '') + _gilsim.format_ignored(unraisable.exc_value))
    stream.flush()
