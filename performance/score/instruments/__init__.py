"""The instruments to hear, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.instruments.attempt import Attempt
from performance.score.instruments.bowed import Bowed
from performance.score.instruments.breath import Breath
from performance.score.instruments.chorus import Chorus
from performance.score.instruments.current import Current
from performance.score.instruments.drips import Drips
from performance.score.instruments.glass import Glass
from performance.score.instruments.heart import Heart
from performance.score.instruments.ice import Ice
from performance.score.instruments.mirrors import Mirrors
from performance.score.instruments.petals import Petals
from performance.score.instruments.recall import Recall
from performance.score.instruments.room import Room
from performance.score.instruments.shatter import Shatter
from performance.score.instruments.struck import Struck
from performance.score.instruments.tilt import Tilt
from performance.score.instruments.voice import Voice
from performance.score.instruments.whispers import Whispers
from performance.score.model import Instrument

INSTRUMENTS: dict[str, type[Instrument]] = {
    "attempt": Attempt,
    "bowed": Bowed,
    "breath": Breath,
    "chorus": Chorus,
    "current": Current,
    "drips": Drips,
    "glass": Glass,
    "heart": Heart,
    "ice": Ice,
    "mirrors": Mirrors,
    "petals": Petals,
    "recall": Recall,
    "room": Room,
    "shatter": Shatter,
    "struck": Struck,
    "tilt": Tilt,
    "voice": Voice,
    "whispers": Whispers,
}
