"""What a visitor does: the follow-spot goes where they point, a sweep runs through the motes, a touch sings.

Pointer, touch, gamepad, MIDI, OSC and microphone all become these few gestures. A gesture has a time `t`
(seconds of the performance), a place (u, v) in picture heights right of centre and down from the top, and
a strength 0..1. The log of gestures is the only thing a visitor leaves behind; everything else follows from
it in closed form.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something done at a time and a place."""

    t: float
    u: float
    v: float
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Move(Gesture):
    """The pointer is here now: the follow-spot and the figure go there."""


@dataclass(frozen=True, slots=True)
class Sweep(Gesture):
    """A quick stroke with velocity (du, dv) in picture heights a second: a ripple through the audience."""

    du: float = 0.0
    dv: float = 0.0


@dataclass(frozen=True, slots=True)
class Touch(Gesture):
    """A mirror, petal, string or face is touched, and sings."""


@dataclass(frozen=True, slots=True)
class Strike(Gesture):
    """A hard blow: a crystal struck, a leap, a shatter."""


@dataclass(frozen=True, slots=True)
class Voice(Gesture):
    """The visitor's voice as a sunbeam: strength is its level, pitch_hz 0 where none is heard."""

    pitch_hz: float = 0.0


KINDS: dict[str, type[Gesture]] = {
    kind.__name__.lower(): kind for kind in (Move, Sweep, Touch, Strike, Voice)
}


def to_json(gesture: Gesture) -> str:
    """One line of plain JSON, `{"gesture": "touch", "t": 3.5, ...}`."""
    return json.dumps({"gesture": type(gesture).__name__.lower(), **asdict(gesture)})


def from_json(line: str) -> Gesture:
    """The gesture of one JSON line; ValueError says what is wrong with it."""
    fields = json.loads(line)
    if not isinstance(fields, dict) or fields.get("gesture") not in KINDS:
        raise ValueError(f"not a gesture, expected one of {', '.join(KINDS)}: {line.strip()[:80]}")
    kind = KINDS[fields.pop("gesture")]
    unknown = set(fields) - set(kind.__dataclass_fields__)
    missing = {"t", "u", "v"} - set(fields)
    if unknown or missing:
        raise ValueError(
            f"a gesture with missing {sorted(missing)} and unknown {sorted(unknown)}: {line.strip()[:80]}"
        )
    numbers = {}
    for name, value in fields.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError(f"{name} is not a finite number: {line.strip()[:80]}")
        numbers[name] = float(value)
    return kind(**numbers)


class Place(NamedTuple):
    """The smoothed pointer, and how long ago the visitor moved it (inf: never yet)."""

    u: float
    v: float
    since: float


HAND = 10.0  # rad/s of the critically damped follower: 63 % of the way after about 0.2 s, as a heavy lamp is swung


class _Track:
    """One coordinate of the pointer, followed by a critically damped spring: closed form between moves."""

    __slots__ = ("states",)

    def __init__(self) -> None:
        self.states: list[tuple[float, float, float]] = []  # (where the hand is, its speed, where it goes)

    def aim(self, elapsed: float, target: float) -> None:
        """The pointer jumped to `target`, `elapsed` seconds after the jump before it."""
        if not self.states:
            self.states.append((target, 0.0, target))
            return
        self.states.append((*self.after(len(self.states) - 1, elapsed), target))

    def after(self, i: int, elapsed: float) -> tuple[float, float]:
        """Place and speed `elapsed` seconds after jump `i`."""
        place, speed, target = self.states[i]
        offset = place - target
        pull = speed + HAND * offset
        fall = math.exp(-HAND * elapsed)
        return target + (offset + pull * elapsed) * fall, (pull - HAND * (offset + pull * elapsed)) * fall


class _Pages:
    """The log's lists in order of time; replaced as a whole when a gesture comes out of order."""

    __slots__ = ("gestures", "move_times", "moves", "times", "u", "v")

    def __init__(self, gestures: Iterable[Gesture]) -> None:
        self.gestures: list[Gesture] = []
        self.times: list[float] = []
        self.moves: list[Gesture] = []
        self.move_times: list[float] = []
        self.u, self.v = _Track(), _Track()
        for gesture in gestures:
            self.add(gesture)

    def add(self, gesture: Gesture) -> None:
        """Append at the end. Times go last: a reader never finds a time without its gesture."""
        if not isinstance(gesture, Voice):
            elapsed = gesture.t - self.move_times[-1] if self.move_times else 0.0
            self.u.aim(elapsed, gesture.u)
            self.v.aim(elapsed, gesture.v)
            self.moves.append(gesture)
            self.move_times.append(gesture.t)
        self.gestures.append(gesture)
        self.times.append(gesture.t)

    def until(self, t: float) -> _Pages:
        """Those that there would be had it ended then."""
        pages, all_in, moved = _Pages(()), bisect_right(self.times, t), bisect_right(self.move_times, t)
        pages.gestures, pages.times = self.gestures[:all_in], self.times[:all_in]
        pages.moves, pages.move_times = self.moves[:moved], self.move_times[:moved]
        pages.u.states, pages.v.states = self.u.states[:moved], self.v.states[:moved]
        return pages


class GestureLog:
    """All gestures of one performance in order of time. One writer; any number of readers, in any thread."""

    __slots__ = ("_pages",)

    def __init__(self, gestures: Iterable[Gesture] = ()) -> None:
        self._pages = _Pages(sorted(gestures, key=lambda gesture: gesture.t))

    def __len__(self) -> int:
        return len(self._pages.times)

    @property
    def newest(self) -> float:
        """When the last gesture was; -inf before the first."""
        times = self._pages.times
        return times[-1] if times else -math.inf

    @property
    def moves(self) -> Sequence[Gesture]:
        """All that show where the visitor is, in order: another list once the past is another."""
        return self._pages.moves

    def last_move(self, t: float) -> int:
        """The place in `moves` of the last one up to `t`, -1 before the first."""
        return bisect_right(self._pages.move_times, t) - 1

    def append(self, gesture: Gesture) -> None:
        """Write one gesture down; one that comes late takes its place in time."""
        pages = self._pages
        if not pages.times or gesture.t >= pages.times[-1]:
            pages.add(gesture)
            return
        i = bisect_right(pages.times, gesture.t)
        self._pages = _Pages([*pages.gestures[:i], gesture, *pages.gestures[i:]])

    def forget(self, t: float) -> None:
        """Whoever leaps back to `t` has not yet done what was done after it."""
        if self.newest > t:
            self._pages = self._pages.until(t)

    def clear(self) -> None:
        """Forget everything, as when the piece begins again."""
        self._pages = _Pages(())

    def between(self, a: float, b: float) -> list[Gesture]:
        """The gestures of the span [a, b), in order."""
        pages = self._pages
        return pages.gestures[bisect_left(pages.times, a) : bisect_left(pages.times, b)]

    def place_at(self, t: float) -> Place | None:
        """The smoothed pointer at `t`; None before the visitor first moved."""
        pages = self._pages
        i = bisect_right(pages.move_times, t) - 1
        if i < 0:
            return None
        since = t - pages.move_times[i]
        return Place(pages.u.after(i, since)[0], pages.v.after(i, since)[0], since)

    def lines(self) -> list[str]:
        """The log as JSON lines, for the tape."""
        return [to_json(gesture) for gesture in self._pages.gestures]
