"""ident is None before the start, and a number that is not 0 afterwards, even after the end."""
import threading

thread = threading.Thread(target=print, args=("runs",))
print(thread.ident)
thread.start()
ident = thread.ident
thread.join()
print(isinstance(ident, int), ident != 0, thread.ident == ident)
print(threading.main_thread().ident == threading.get_ident())

# ends: well
# stdout:
# None
# runs
# True True True
# True
