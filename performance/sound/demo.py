"""Every instrument in turn, a few seconds each, equally loud: an audible contact sheet of the orchestra."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from performance.score.instruments import INSTRUMENTS as MODELS
from performance.score.reader import read_text
from performance.sound.ensemble import INSTRUMENTS
from performance.sound.instrument import RATE, Frames, Instrument
from performance.sound.levels import gain_to_target
from performance.sound.limiter import CEILING_DB
from performance.sound.loudness import Meter
from performance.sound.orchestra import Orchestra
from performance.timeline import Timeline

FADE, GAP = 0.7, 0.5  # seconds at the end of each, and of silence after it
SAFE = 0.9  # of the ceiling: peaks between the samples reach a little higher


@dataclass(frozen=True, slots=True)
class Shown:
    """One instrument: when it is heard in the whole, in words what, and its sound (frames, 2)."""

    at: float  # seconds
    name: str
    what: str
    sound: Frames


def demonstration(instruments: tuple[type[Instrument], ...] = INSTRUMENTS) -> Iterator[Shown]:
    """All instruments by name; each begins where the one before has ended."""
    frames = 0
    for kind in sorted(instruments, key=lambda kind: kind.name):
        model = MODELS[kind.name]
        sound = _levelled(_played(kind))
        yield Shown(frames / RATE, kind.name, _said(model.__doc__ or ""), sound)
        frames += len(sound)


def _played(kind: type[Instrument]) -> Frames:
    """Its example in the theatre, faded at the end."""
    example = MODELS[kind.name].example
    orchestra = Orchestra(Timeline(read_text(example.score(kind.name))), instruments=(kind,))
    sound = orchestra.read(round(example.length * RATE))
    fade = round(FADE * RATE)
    sound[-fade:] *= np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32))[:, None] ** 2
    return np.concatenate([sound, np.zeros((round(GAP * RATE), 2), np.float32)])


def _levelled(sound: Frames) -> Frames:
    """As loud as all others, unless that would be over the ceiling."""
    meter = Meter()
    meter.hear(sound)
    ceiling = SAFE * 10 ** (CEILING_DB / 20)
    gain = min(gain_to_target(meter.integrated), ceiling / max(float(np.abs(sound).max()), 1e-9))
    return sound * np.float32(gain)


def _said(doc: str) -> str:
    """What one hears: the first line of what the model says of itself."""
    return doc.strip().partition("\n")[0]
