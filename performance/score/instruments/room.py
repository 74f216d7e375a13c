"""The room: what is around all sounds. Not an instrument that plays, but a table of the score like one."""

from __future__ import annotations

from typing import ClassVar

from performance.score.fields import Number, Word, number, word
from performance.score.model import Instrument

ROOMS = ("backstage", "theatre", "hall", "open", "silver", "cavern", "void")


class Room(Instrument):
    """Where the sounds are heard: one room opens into the next over the fade of the beat that names it."""

    always: ClassVar[bool] = True

    kind: Word = word(
        "theatre", ROOMS, "backstage, theatre, empty hall, open air, plain of silver, cavern, starlit void"
    )
    wet_db: Number = number(0.0, -60.0, 12.0, "how much of the room is heard", "dB")
