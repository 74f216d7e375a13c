"""Who sits in the orchestra, one line each."""

from __future__ import annotations

from performance.sound.bowed import Bowed
from performance.sound.drips import Drips
from performance.sound.glass import Glass
from performance.sound.instrument import Instrument
from performance.sound.petals import Petals
from performance.sound.struck import Struck

INSTRUMENTS: tuple[type[Instrument], ...] = (
    Bowed,
    Drips,
    Glass,
    Petals,
    Struck,
)
