"""What the show and its sound process tell each other. Small frozen things that travel through a pipe."""

from __future__ import annotations

from dataclasses import dataclass

from performance.gestures import Gesture
from performance.score.model import Score


@dataclass(frozen=True, slots=True)
class Piece:
    """Play this score from now on, after the next `Go`. `gestures` are what visitors did in it so far."""

    score: Score
    seed: int | None
    gestures: tuple[Gesture, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """The score was saved: play this version, from the next `Go` on."""

    score: Score


@dataclass(frozen=True, slots=True)
class Go:
    """The moment `t` of the piece is heard at `at` (time.perf_counter), after the leap number `leap`."""

    t: float
    at: float
    leap: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Fade out and be silent until the next `Go`."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Factor of amplitude, 0..1."""

    factor: float


@dataclass(frozen=True, slots=True)
class Gestured:
    """A visitor did something just now."""

    gesture: Gesture


@dataclass(frozen=True, slots=True)
class Leave:
    """Close the device and end."""


Command = Piece | Edited | Go | Stop | Volume | Gestured | Leave


@dataclass(frozen=True, slots=True)
class Opened:
    """This is how sound is played; `advice` says how to get better, `why` why better ways did not open."""

    name: str
    advice: str
    why: str


@dataclass(frozen=True, slots=True)
class Seated:
    """The orchestra sits that plays the piece."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One line for the terminal and the overlay."""

    line: str


News = Opened | Seated | Trouble
