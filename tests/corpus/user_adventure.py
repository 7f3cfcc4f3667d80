# case: adventure
"""A tiny text adventure with a parser, rooms, items and a scripted player."""
from __future__ import annotations

import textwrap
import random
from collections import defaultdict, OrderedDict, namedtuple
from enum import Enum, Flag, auto, IntEnum, unique
from typing import Optional, Callable, Iterable


class Direction(Enum):
    NORTH = "n"
    SOUTH = "s"
    EAST = "e"
    WEST = "w"

    @property
    def opposite(self) -> Direction:
        return {
            Direction.NORTH: Direction.SOUTH,
            Direction.SOUTH: Direction.NORTH,
            Direction.EAST: Direction.WEST,
            Direction.WEST: Direction.EAST,
        }[self]

    @classmethod
    def parse(cls, text: str) -> Optional["Direction"]:
        text = text.strip().lower()
        for member in cls:
            if text in (member.value, member.name.lower()):
                return member
        return None

    def __str__(self):
        return self.name.title()


class Trait(Flag):
    NONE = 0
    HEAVY = auto()
    SHINY = auto()
    EDIBLE = auto()
    TREASURE = SHINY | HEAVY


@unique
class Mood(IntEnum):
    CALM = 1
    NERVOUS = 2
    TERRIFIED = 3


Item = namedtuple("Item", "name description traits weight", defaults=(Trait.NONE, 1))


class GameError(Exception):
    """Base of all errors of the game."""

    def __init__(self, message, *, hint=None):
        super().__init__(message)
        self.hint = hint

    def __str__(self):
        base = super().__str__()
        return f"{base} ({self.hint})" if self.hint else base


class NoExit(GameError):
    pass


class TooHeavy(GameError):
    pass


class Room:
    _registry: dict[str, Room] = {}

    def __new__(cls, name, *args, **kwargs):
        if name in cls._registry:
            raise ValueError(f"duplicate room {name!r}")
        self = super().__new__(cls)
        cls._registry[name] = self
        return self

    def __init__(self, name: str, text: str, items: Iterable[Item] = ()):
        self.name = name
        self.text = text
        self.exits: dict[Direction, Room] = {}
        self.items: OrderedDict[str, Item] = OrderedDict((i.name, i) for i in items)
        self.visits = 0

    def connect(self, direction: Direction, other: Room, *, both: bool = True) -> Room:
        self.exits[direction] = other
        if both:
            other.exits[direction.opposite] = self
        return other

    def __repr__(self):
        return f"<Room {self.name} exits={sorted(d.name for d in self.exits)}>"

    def describe(self) -> str:
        lines = [self.name.upper().center(40, "=")]
        lines += textwrap.wrap(self.text, width=40, initial_indent="  ", subsequent_indent="  ")
        if self.items:
            lines.append("You see: " + ", ".join(self.items))
        lines.append("Exits: " + ", ".join(str(d) for d in sorted(self.exits, key=lambda d: d.value)))
        return "\n".join(lines)


class Player:
    capacity = 5

    def __init__(self, room):
        self.room = room
        self.bag = []
        self.mood = Mood.CALM
        self.log = defaultdict(list)

    @property
    def load(self):
        return sum(item.weight for item in self.bag)

    @load.setter
    def load(self, value):
        raise AttributeError("the load is computed")

    def go(self, direction):
        try:
            self.room = self.room.exits[direction]
        except KeyError as e:
            raise NoExit(f"no way {direction}", hint="try look") from e
        self.room.visits += 1
        self.log["path"].append(self.room.name)

    def take(self, name):
        item = self.room.items.get(name)
        if item is None:
            raise GameError(f"there is no {name} here")
        if self.load + item.weight > self.capacity:
            raise TooHeavy(f"{name} is too heavy", hint=f"{self.load}/{self.capacity} carried")
        del self.room.items[name]
        self.bag.append(item)
        self.log["taken"].append(item.name)
        return item


COMMANDS: dict[str, Callable] = {}


def command(*names):
    def register(function):
        for name in names:
            COMMANDS[name] = function
        return function
    return register


@command("look", "l")
def look(player, *_):
    return player.room.describe()


@command("go", "walk")
def go(player, where="", *rest):
    direction = Direction.parse(where)
    if direction is None:
        raise GameError(f"{where!r} is no direction", hint=", ".join(d.value for d in Direction))
    player.go(direction)
    return f"You go {direction}."


@command("take", "get")
def take(player, *words):
    if not words:
        raise GameError("take what?")
    item = player.take(" ".join(words))
    return f"Taken: {item.name} [{item.traits!r}]"


@command("inventory", "i")
def inventory(player):
    if not player.bag:
        return "Your bag is empty."
    width = max(len(i.name) for i in player.bag)
    rows = [f" {i.name:<{width}} | {i.weight:>3} | {i.traits}" for i in player.bag]
    return "\n".join(["Bag:"] + rows + [f" total {player.load}"])


@command("scare")
def scare(player):
    player.mood = Mood(player.mood + 1)
    return f"You feel {player.mood.name.lower()} ({player.mood})"


def build():
    hall = Room("hall", "A long hall with a floor of cold stone and a smell of old books and older dust.",
                [Item("lamp", "an old lamp"), Item("gold bar", "heavy", Trait.TREASURE, 4)])
    garden = Room("garden", "Roses everywhere.", [Item("apple", "red", Trait.EDIBLE), Item("anvil", "why?", Trait.HEAVY, 50)])
    cellar = Room("cellar", "It is dark.")
    hall.connect(Direction.NORTH, garden).connect(Direction.EAST, cellar, both=False)
    return hall


SCRIPT = """
look
go north
take apple
take anvil
take
get unicorn
i
go up
go e
go w
walk south
scare
scare
scare
dance
take gold bar
take lamp
go n
go s
take gold bar
i
inventory now
""".strip().splitlines()


def play(script):
    player = Player(build())
    for turn, line in enumerate(script, 1):
        verb, *words = line.split()
        print(f"[{turn:02}] > {line}")
        try:
            action = COMMANDS[verb]
            print(action(player, *words))
        except GameError as e:
            print(f"! {type(e).__name__}: {e}", f"(caused by {e.__cause__!r})" if e.__cause__ else "")
        except KeyError as e:
            print("! unknown command", e)
        except ValueError as e:
            print("! ValueError", e)
        except TypeError as e:
            print("! TypeError", e)
    return player


player = play(SCRIPT)
print(dict(player.log))
print(player.room, list(Room._registry.values()))
print(Trait.TREASURE, repr(Trait.TREASURE), Trait.SHINY in Trait.TREASURE, ~Trait.HEAVY, list(Trait.TREASURE))
print(Direction("n"), Direction["EAST"], Direction.NORTH.opposite, list(Direction.__members__))
try:
    Direction("x")
except ValueError as e:
    print(e)
try:
    player.load = 3
except AttributeError as e:
    print(e)
random.seed(42)
print([random.choice(list(Direction)).name for _ in range(5)], random.randint(1, 6), random.sample(range(50), 4))
items = [Item("a", "x"), Item("b", "y", weight=3)]
print(items[0]._replace(weight=9), items[1]._asdict(), Item._fields, Item._field_defaults)
print(max(items, key=lambda i: i.weight).name, items == sorted(items, key=lambda i: i.name))
Room("hall", "again")
