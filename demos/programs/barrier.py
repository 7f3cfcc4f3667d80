"""A team needs three players, and seven come one by one. Who plays, and when?"""
import threading
import time

TEAM = 3
WAIT_S = 1.0
begin = time.perf_counter()


def now():
    return f"{time.perf_counter() - begin:.1f} s"


def team_complete():
    print(f"{now()}: a team is complete, all start")


start = threading.Barrier(TEAM, action=team_complete, timeout=WAIT_S)


def play(player, arrives_s):
    time.sleep(arrives_s)
    print(f"{now()}: player {player} arrives")
    try:
        start.wait()
    except threading.BrokenBarrierError:
        print(f"{now()}: player {player} has waited {WAIT_S} s and goes home")


players = [
    threading.Thread(target=play, args=(number, number / 5), name=f"player-{number}")
    for number in range(1, 8)
]
for player in players:
    player.start()
for player in players:
    player.join()
