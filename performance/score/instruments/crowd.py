"""A crowd: murmur, coughs, gasps, a sigh, laughter; of people, one by one."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, moment, number, step
from performance.score.model import Instrument


class Crowd(Instrument):
    """People waiting: near ones whose phrases can be told apart, rows of them behind; what they do all at once."""

    example: ClassVar[Example] = Example(
        'murmur = "0.2 -> 1 -> 0.1", coughs = 20, laughs = 10, gasp = "4s", sigh = "6s"',
        dense='count = 2000, murmur = 1, coughs = 120, laughs = 120, gasp = "1s", sigh = "1.2s", cloth = 0.5',
        length=9.0,
    )

    count: Number = step(300.0, 1.0, 2000.0, "how many people there are")
    murmur: Number = number(0.6, 0.0, 1.0, "how many talk and how loudly; it may swell and break like a wave")
    cloth: Number = number(0.0, 0.0, 1.0, "how much heavy cloth hangs between them and us")
    coughs: Number = number(4.0, 0.0, 120.0, "coughs a minute")
    laughs: Number = number(0.0, 0.0, 120.0, "laughs a minute")
    gasps: Number = number(0.0, 0.0, 120.0, "single gasps a minute")
    gasp: Moment = moment("when all gasp, one startled by the other; unset: never")
    intake: Moment = moment("when all draw breath, sharply and together; unset: never")
    sigh: Moment = moment("when all sigh as one; unset: never")
    laugh: Moment = moment("when laughter runs through the rows; unset: never")
    cheer: Moment = moment("when they shout and whistle; unset: never")
