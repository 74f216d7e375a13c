"""How much there is of each thing and of each instrument while the piece goes on, and in which colours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from performance.score.catalogue import MODELS, kinds_of
from performance.score.kinds.moving import ColourKind
from performance.sheet.colours import ink, voices
from performance.sheet.marks import Rgb
from performance.timeline import Event, Timeline

Floats = NDArray[np.float64]

SAMPLES = 1400  # moments at which a value is read
TINTS = 140  # and a colour
QUIETEST = -42.0  # dB at which a ribbon begins
UNSEEN = ("ghost",)  # on stage, but nothing to look at
ONCE = ("shatter",)  # heard in the beats that name it, whatever its gain is later
PLAIN: Rgb = (158, 151, 140)  # what has no colour of its own
RINGS = 2.5  # seconds for which a note is heard at least


@dataclass(frozen=True, slots=True)
class Ribbon:
    """How much there is of something over time, (SAMPLES,) 0..1, and the colours it has meanwhile."""

    name: str
    share: Floats
    colours: tuple[Rgb, ...]


def things(timeline: Timeline) -> tuple[Ribbon, ...]:
    """The things on stage, in the order in which they appear."""
    paths = [path for path in _paths(timeline, "stage", "level") if path.partition(".")[2] not in UNSEEN]
    return _ordered([Ribbon(_name(p), presence(timeline, p), colours_of(timeline, p)) for p in paths])


def instruments(timeline: Timeline, notes: Sequence[Event]) -> tuple[Ribbon, ...]:
    """The instruments, in the order in which they are heard, as loud as they are asked to be; those that play
    `notes` while these sound."""
    playing = sorted({note.instrument for note in notes})
    found = []
    for path in _paths(timeline, "sound", "gain_db"):
        share = presence(timeline, path)
        if "swell" in kinds_of(path):
            share = share * [timeline.cue(path, t).number("swell") for t in moments(timeline, SAMPLES)]
        if _name(path) in playing:
            share = share * _sounding(timeline, [note for note in notes if note.instrument == _name(path)])
        if _name(path) in ONCE:
            share = share * _named(timeline, path)
        found.append(Ribbon(_name(path), share, ()))
    ordered = _ordered(found)
    inks = voices([ribbon.name for ribbon in ordered])
    return tuple(Ribbon(ribbon.name, ribbon.share, (inks[ribbon.name],)) for ribbon in ordered)


def _ordered(ribbons: list[Ribbon]) -> tuple[Ribbon, ...]:
    """Those of which there is anything, by when they begin."""
    there = [ribbon for ribbon in ribbons if ribbon.share.max() > 0.0]
    return tuple(sorted(there, key=lambda ribbon: int(np.argmax(ribbon.share > 0.0))))


def _sounding(timeline: Timeline, notes: Sequence[Event]) -> NDArray[np.bool_]:
    """(SAMPLES,) whether any of these notes sounds."""
    on = np.zeros(SAMPLES, bool)
    for note in notes:
        end = note.onset + max(note.length, RINGS)
        on[int(note.onset / timeline.length * SAMPLES) : math.ceil(end / timeline.length * SAMPLES)] = True
    return on


def _named(timeline: Timeline, path: str) -> NDArray[np.bool_]:
    """(SAMPLES,) whether the beat names it."""
    return np.array([path in timeline.beat_at(t).beat.settings for t in moments(timeline, SAMPLES)])


def _paths(timeline: Timeline, what: str, parameter: str) -> list[str]:
    """What is named of the stage or the sound, has this parameter and may be absent."""
    named = dict.fromkeys(path for beat in timeline.beats for path in beat.beat.settings)
    fitting = [path for path in named if path.startswith(what) and parameter in kinds_of(path)]
    return [path for path in fitting if not getattr(MODELS[path], "always", False)]


def _name(path: str) -> str:
    return path.partition(".")[2]


def moments(timeline: Timeline, count: int) -> Iterator[float]:
    return (float(t) for t in (np.arange(count) + 0.5) * timeline.length / count)


def presence(timeline: Timeline, path: str) -> Floats:
    """(SAMPLES,) 0..1: a level, or a gain on the scale of decibels; 1 for what is always there."""
    kinds = kinds_of(path)
    if "gain_db" in kinds:
        gains = [timeline.cue(path, t).number("gain_db") for t in moments(timeline, SAMPLES)]
        return np.clip(1.0 - np.array(gains) / QUIETEST, 0.0, 1.2) / 1.2
    if "level" in kinds and not getattr(MODELS[path], "always", False):
        return np.array([timeline.cue(path, t).number("level") for t in moments(timeline, SAMPLES)])
    return np.ones(SAMPLES)


def colours_of(timeline: Timeline, path: str) -> tuple[Rgb, ...]:
    """The colours of the first tint that something has, one where it never changes."""
    tints = [name for name, kind in kinds_of(path).items() if isinstance(kind, ColourKind)]
    if not tints:
        return (PLAIN,)
    inks = [ink(timeline.cue(path, t).colour(tints[0])) for t in moments(timeline, TINTS)]
    return tuple(inks) if len(list(groupby(inks))) > 1 else (inks[0],)
