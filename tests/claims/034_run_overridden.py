"""A subclass may override run(); the run() of Thread calls the target."""
import threading


class Own(threading.Thread):
    def run(self):
        print("before")
        super().run()
        print("after")


thread = Own(target=print, args=("the target",))
thread.start()
thread.join()

# ends: well
# stdout:
# before
# the target
# after
