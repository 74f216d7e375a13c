"""The instruments to hear, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.instruments.room import Room
from performance.score.instruments.struck import Struck
from performance.score.model import Instrument

INSTRUMENTS: dict[str, type[Instrument]] = {
    "room": Room,
    "struck": Struck,
}
