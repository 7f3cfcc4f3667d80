"""Three timers: one rings, one is cancelled, one winds itself up again. Who rings when?"""
import threading
import time

begin = time.monotonic()


def say(text):
    print(f"after {time.monotonic() - begin:2.0f} s: {text}")


def beat(number):
    say(f"heartbeat {number}")
    if number < 3:
        threading.Timer(7, beat, args=(number + 1,)).start()


tea = threading.Timer(30, say, args=("the tea is ready",))
alarm = threading.Timer(20, say, args=("wake up!",))
tea.start()
alarm.start()
beat(1)

time.sleep(10)
alarm.cancel()
say("awake already, alarm cancelled")
