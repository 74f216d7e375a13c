"""One drop of a note into endless dark, whose echoes breed."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, Pitches, moment, number, pitches, step
from performance.score.model import Instrument


class Drop(Instrument):
    """A drop falls; each echo has echoes of its own, sooner, farther off, a step away, until they run wild."""

    example: ClassVar[Example] = Example(
        'at = "0.1s", gap = 0.5, breed = 0.9',
        dense='at = "0s", gap = 0.3, breed = 1, most = 3000, wild = 1',
        length=14.0,
    )

    at: Moment = moment("when the drop falls; its echoes go on into later beats")
    note: Pitches = pitches("", "the pitch of the drop; none: the harmony's own, two octaves up")
    gap: Number = step(1.35, 0.15, 6.0, "how long it is to the first echo; later ones come sooner", "s")
    breed: Number = step(0.6, 0.0, 1.0, "how fertile echoes are: at 0 each has one, at 1 nearly always two")
    wild: Number = step(0.3, 0.0, 1.0, "how far they stray, in time and in pitch: 0 keeps to the chord")
    most: Number = step(1200.0, 1.0, 3000.0, "how many echoes there are at most")
    fade: Number = step(0.96, 0.5, 1.0, "how loud an echo is against its parent")
    ring: Number = number(1.0, 0.1, 4.0, "how long each rings")
    water: Number = number(0.6, 0.0, 1.0, "from glass (0) to water (1)")
