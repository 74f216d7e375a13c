"""Who sits in the orchestra, one line each."""

from __future__ import annotations

from performance.sound.instrument import Instrument
from performance.sound.struck import Struck

INSTRUMENTS: tuple[type[Instrument], ...] = (Struck,)
