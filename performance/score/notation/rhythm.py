"""Rhythms: what an instrument plays, cycle after cycle, as a score writes it.

    "d5 f#5 a5"        a cycle of three equal steps; pitches are names, ratios of the tonic (3/2) or 220Hz
    "d5 ~ a5 . "       ~ rests; . or _ holds what stands before it one step longer
    "d5 [f#5 a5]"      a step divided; "[d5, a5]" both at once
    "<d5 f#5 a5>"      the next of them in every cycle
    "d5*3"             three times within its step; "d5(3,8)" three in eight, spread evenly
    "d5? a5?0.2"       left out by chance, half the time or two times in ten
    "d5@3 a5:0.4"      three steps long; softer

Everything in a cycle is a function of the cycle's number and of addressed chance, so a performance may be cut
into spans anywhere. The idea of time as a query is TidalCycles' (McLean, "Making programming languages to
dance to", FARM 2014); the notation is our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from performance.units import Unreadable

MOST_NOTES = 512  # in one cycle
DEEPEST = 12  # brackets within brackets


class Onset(NamedTuple):
    """One note of a cycle: where it begins and how long it is as shares of the cycle."""

    at: float
    length: float
    pitch_hz: float
    level: float
    likely: float  # 1 always, less by chance


@dataclass(frozen=True, slots=True)
class Step:
    """A note, or a rest where pitch_hz is 0, or a group of steps; with what is written behind it."""

    pitch_hz: float = 0.0
    layers: tuple[tuple[Step, ...], ...] = ()
    turns: bool = False  # "<...>": one of the steps each cycle
    times: int = 1
    pulses: tuple[bool, ...] = ()  # "(3,8)"
    weight: float = 1.0
    level: float = 1.0
    likely: float = 1.0

    def query(self, cycle: int, at: float, length: float) -> Iterator[Onset]:
        """The notes of one cycle, laid into the share [at, at + length) of it."""
        slots = self.pulses or (True,) * self.times
        part, hits = length / len(slots), sum(slots)
        played = 0
        for i, hit in enumerate(slots):
            if hit:
                yield from self._once(cycle * hits + played, at + i * part, part)
                played += 1

    def _once(self, cycle: int, at: float, length: float) -> Iterator[Onset]:
        if not self.layers:
            if self.pitch_hz:
                yield Onset(at, length, self.pitch_hz, self.level, self.likely)
            return
        for onset in self._group(cycle, at, length):
            yield onset._replace(level=onset.level * self.level, likely=onset.likely * self.likely)

    def _group(self, cycle: int, at: float, length: float) -> Iterator[Onset]:
        for layer in self.layers:
            if self.turns:
                yield from layer[cycle % len(layer)].query(cycle // len(layer), at, length)
                continue
            unit = length / sum(step.weight for step in layer)
            begin = at
            for step in layer:
                yield from step.query(cycle, begin, step.weight * unit)
                begin += step.weight * unit

    def most(self) -> int:
        """No cycle has more notes than this."""
        hits = sum(self.pulses) if self.pulses else self.times
        if not self.layers:
            return hits
        fold = max if self.turns else sum
        return hits * sum(fold(step.most() for step in layer) for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A whole cycle of a rhythm. `text` is what was written."""

    text: str
    root: Step
    steps: float  # of the first layer, rests and holds counted: what swing swings

    def cycle(self, number: int) -> list[Onset]:
        """The notes of cycle `number`, in order of time."""
        return sorted(self.root.query(number, 0.0, 1.0))

    @property
    def silent(self) -> bool:
        """Nothing at all is played."""
        return not self.root.layers


SILENT = Rhythm("", Step(), 1.0)
_TOKEN = re.compile(r"[\[\]<>,]|\*|[^\s\[\]<>,*?@:()]+|\(|\)|\?|@|:")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})?", re.ASCII)
EXPECTS = 'a pitch, "~", ".", "[...]" or "<...>"'


def read_rhythm(text: str, pitch_of: Callable[[str], float]) -> Rhythm:
    """Read a written rhythm; `pitch_of` raises Unreadable for what is no pitch."""
    reading = _Reading(text, pitch_of)
    layers = reading.layers("")
    if reading.peek():
        raise Unreadable(f"nothing is open that {reading.peek()!r} could close", reading.place())
    if not any(layers):
        return replace(SILENT, text=text)
    root = Step(layers=layers)
    if root.most() > MOST_NOTES:
        raise Unreadable(f"{root.most()} notes in a cycle, at most {MOST_NOTES}", 0)
    return Rhythm(text, root, sum(step.weight for step in layers[0]))


class _Reading:
    """Reads a rhythm from left to right."""

    def __init__(self, text: str, pitch_of: Callable[[str], float]) -> None:
        self.tokens = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
        self.end = len(text)
        self.pitch_of = pitch_of
        self.i = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.i][0] if self.i < len(self.tokens) else ""

    def place(self) -> int:
        return self.tokens[self.i][1] if self.i < len(self.tokens) else max(self.end - 1, 0)

    def take(self) -> str:
        token = self.peek()
        self.i += 1
        return token

    def layers(self, closing: str) -> tuple[tuple[Step, ...], ...]:
        """Sequences parted by commas, up to the closing bracket."""
        layers: list[tuple[Step, ...]] = [self.sequence()]
        while self.peek() == ",":
            at = self.place()
            if closing == ">":
                raise Unreadable('"<...>" takes turns and has no comma; write "[...]" for both at once', at)
            self.take()
            layers.append(self.sequence())
            if not layers[-1] or not layers[-2]:
                raise Unreadable("a comma needs steps on both sides", at)
        return tuple(layers)

    def sequence(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while (token := self.peek()) and token not in ("]", ">", ","):
            if token in (".", "_"):
                if not steps:
                    raise Unreadable(f"{token!r} holds what stands before it, and nothing does", self.place())
                self.take()
                steps[-1] = replace(steps[-1], weight=steps[-1].weight + 1.0)
                continue
            steps.append(self.modified(self.atom()))
        return tuple(steps)

    def atom(self) -> Step:
        at, token = self.place(), self.take()
        if token == "~":
            return Step()
        if token in ("[", "<"):
            return self.bracket(token, at)
        try:
            return Step(self.pitch_of(token))
        except Unreadable as fault:
            message = f"{token!r} is not {EXPECTS}" if not token[0].isalnum() else str(fault)
            raise Unreadable(message, at + fault.offset) from None

    def bracket(self, opening: str, at: int) -> Step:
        closing = {"[": "]", "<": ">"}[opening]
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(f"brackets within brackets, deeper than {DEEPEST}", at)
        layers = self.layers(closing)
        if self.peek() != closing:
            raise Unreadable(f"{opening!r} is never closed by {closing!r}", at)
        self.take()
        self.depth -= 1
        if not layers[0]:
            raise Unreadable(f"nothing stands between {opening!r} and {closing!r}", at)
        return Step(layers=layers, turns=opening == "<")

    def modified(self, step: Step) -> Step:
        """What is written behind an atom: * ( ? @ :, in any order."""
        while (token := self.peek()) and token in "*(?@:":
            at = self.place()
            self.take()
            if token == "*":
                step = replace(step, times=self.whole(at, "*", 1, 64))
            elif token == "(":
                step = replace(step, pulses=self.pulses(at))
            elif token == "?":
                step = replace(step, likely=1.0 - self.chance_of_rest())
            elif token == "@":
                step = replace(step, weight=self.number(at, "@", 0.05, 64.0))
            else:
                step = replace(step, level=self.number(at, ":", 0.0, 1.0))
        return step

    def number(self, at: int, sign: str, low: float, high: float) -> float:
        token = self.take()
        if not _NUMBER.fullmatch(token) or not low <= float(token) <= high:
            raise Unreadable(f"{sign!r} needs a number from {low:g} to {high:g} behind it, not {token!r}", at)
        return float(token)

    def whole(self, at: int, sign: str, low: int, high: int) -> int:
        token = self.take()
        if not token.isascii() or not token.isdigit() or len(token) > 4 or not low <= int(token) <= high:
            raise Unreadable(
                f"{sign!r} needs a whole number from {low} to {high} behind it, not {token!r}", at
            )
        return int(token)

    def chance_of_rest(self) -> float:
        if _NUMBER.fullmatch(self.peek()) and self.touches():
            return self.number(self.place(), "?", 0.0, 1.0)
        return 0.5

    def touches(self) -> bool:
        """Whether the next token follows without a space, as in "?0.2"."""
        token, at = self.tokens[self.i - 1]
        return at + len(token) == self.place()

    def pulses(self, at: int) -> tuple[bool, ...]:
        """ "(3,8)" or "(3,8,2)": hits, slots, and how far the pattern is turned."""
        hits = self.whole(at, "(", 1, 64)
        self.expect(",", at)
        slots = self.whole(at, ",", 1, 64)
        turn = 0
        if self.peek() == ",":
            self.take()
            turn = self.whole(at, ",", 0, 64)
        self.expect(")", at)
        if hits > slots:
            raise Unreadable(f"{hits} hits do not fit {slots} slots", at)
        even = [(i * hits) % slots < hits for i in range(slots)]
        return tuple(even[(i + turn) % slots] for i in range(slots))

    def expect(self, token: str, at: int) -> None:
        if self.take() != token:
            raise Unreadable('spread notes are written "(3,8)": hits, slots and perhaps a turn', at)
