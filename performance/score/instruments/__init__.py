"""The instruments to hear, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.instruments.attempt import Attempt
from performance.score.instruments.breath import Breath
from performance.score.instruments.chorus import Chorus
from performance.score.instruments.current import Current
from performance.score.instruments.heart import Heart
from performance.score.instruments.recall import Recall
from performance.score.instruments.room import Room
from performance.score.instruments.struck import Struck
from performance.score.instruments.tilt import Tilt
from performance.score.instruments.voice import Voice
from performance.score.instruments.whispers import Whispers
from performance.score.model import Instrument

INSTRUMENTS: dict[str, type[Instrument]] = {
    "attempt": Attempt,
    "breath": Breath,
    "chorus": Chorus,
    "current": Current,
    "heart": Heart,
    "recall": Recall,
    "room": Room,
    "struck": Struck,
    "tilt": Tilt,
    "voice": Voice,
    "whispers": Whispers,
}
