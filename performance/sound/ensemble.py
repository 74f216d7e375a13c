"""Who sits in the orchestra, one line each."""

from __future__ import annotations

from performance.sound.bowed import Bowed
from performance.sound.breath import Breath
from performance.sound.chorus import Chorus
from performance.sound.composed import Attempt, Recall
from performance.sound.current import Current
from performance.sound.drips import Drips
from performance.sound.glass import Glass
from performance.sound.heart import Heart
from performance.sound.ice import Ice
from performance.sound.instrument import Instrument
from performance.sound.mirrors import Mirrors
from performance.sound.petals import Petals
from performance.sound.shatter import Shatter
from performance.sound.struck import Struck
from performance.sound.tilt import Tilt
from performance.sound.voice import Voice
from performance.sound.whispers import Whispers

INSTRUMENTS: tuple[type[Instrument], ...] = (
    Shatter,
    Mirrors,
    Ice,
    Attempt,
    Bowed,
    Breath,
    Chorus,
    Current,
    Drips,
    Glass,
    Heart,
    Petals,
    Recall,
    Struck,
    Tilt,
    Voice,
    Whispers,
)
