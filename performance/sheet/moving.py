"""What moves in a score: how much there is of each thing and instrument, and the values that travel furthest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from performance.score.catalogue import MODELS, kinds_of
from performance.score.kinds.moving import ColourKind, NumberKind
from performance.score.notation.movement import Movement
from performance.sheet.colours import ink, voices
from performance.sheet.marks import Rgb
from performance.timeline import Event, Timeline

Floats = NDArray[np.float64]

SAMPLES = 1400  # moments at which a curve is read
TINTS = 140  # and its colour
MOST = 10  # curves on a sheet
EACH = 2  # of one thing, at most
FIRST = (
    "stage.spotlight.width",
    "stage.light.counter",
    "stage.light.ambient",
    "sound.heart.rate",
)  # if they move
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


@dataclass(frozen=True, slots=True)
class Curve:
    """A value over time, (SAMPLES,), nan where it can be neither seen nor heard; `unit` is how it is counted."""

    name: str
    values: Floats
    colours: tuple[Rgb, ...]
    unit: str = ""

    @property
    def range(self) -> tuple[float, float]:
        """Least and greatest."""
        return float(np.nanmin(self.values)), float(np.nanmax(self.values))


def seen(timeline: Timeline) -> tuple[Ribbon, ...]:
    """The things on stage, in the order in which they appear."""
    paths = [path for path in _paths(timeline, "stage", "level") if path.partition(".")[2] not in UNSEEN]
    return _ordered([Ribbon(_name(p), _presence(timeline, p), _colours(timeline, p)) for p in paths])


def heard(timeline: Timeline, notes: Sequence[Event]) -> tuple[Ribbon, ...]:
    """The instruments, in the order in which they are heard, as loud as they are asked to be; those that play
    `notes` while these sound."""
    playing = sorted({note.instrument for note in notes})
    found = []
    for path in _paths(timeline, "sound", "gain_db"):
        share = _presence(timeline, path)
        if "swell" in kinds_of(path):
            share = share * [timeline.cue(path, t).number("swell") for t in _moments(timeline, SAMPLES)]
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
    return np.array([path in timeline.beat_at(t).beat.settings for t in _moments(timeline, SAMPLES)])


def curves(timeline: Timeline, inks: Mapping[str, Rgb]) -> tuple[Curve, ...]:
    """The values that are written to move in most beats and go the furthest, a few of each thing; those of
    instruments in their `inks`."""
    written = _moving(timeline)
    made = {name: _curve(timeline, name, inks) for name in written}
    able = [name for name in made if np.isfinite(made[name].values).any() and np.ptp(made[name].range) > 0.0]
    order = sorted(able, key=lambda name: (name not in FIRST, -written[name] - _travel(made[name])))
    chosen: list[str] = []
    for name in order:
        thing = name.rpartition(".")[0]
        if sum(other.startswith(thing + ".") for other in chosen) < EACH and len(chosen) < MOST:
            chosen.append(name)
    chosen.sort(key=lambda name: (name.startswith("sound"), name not in FIRST, able.index(name)))
    return tuple(made[name] for name in chosen)


def _paths(timeline: Timeline, what: str, parameter: str) -> list[str]:
    """What is named of the stage or the sound, has this parameter and may be absent."""
    named = dict.fromkeys(path for beat in timeline.beats for path in beat.beat.settings)
    fitting = [path for path in named if path.startswith(what) and parameter in kinds_of(path)]
    return [path for path in fitting if not getattr(MODELS[path], "always", False)]


def _name(path: str) -> str:
    return path.partition(".")[2]


def _moving(timeline: Timeline) -> dict[str, int]:
    """ "stage.camera.roll" and the number of beats in which it is written to move, but for what the ribbons show."""
    count: dict[str, int] = {}
    for beat in timeline.beats:
        for path, settings in beat.beat.settings.items():
            for name, value in settings.items():
                numeric = isinstance(kinds_of(path)[name], NumberKind)
                if numeric and isinstance(value, Movement) and not value.plain:
                    full = f"{path}.{name}"
                    count[full] = count.get(full, 0) + (name not in ("level", "gain_db"))
    return {name: beats for name, beats in count.items() if beats}


def _travel(curve: Curve) -> float:
    """How many times a curve goes through its whole range, no more than counts: breathing is not a plot."""
    steps = np.abs(np.diff(curve.values))
    return min(2.0, float(np.nansum(steps)) / float(np.ptp(curve.range)))


def _moments(timeline: Timeline, count: int) -> Iterator[float]:
    return (float(t) for t in (np.arange(count) + 0.5) * timeline.length / count)


def _presence(timeline: Timeline, path: str) -> Floats:
    """(SAMPLES,) 0..1: a level, or a gain on the scale of decibels; 1 for what is always there."""
    kinds = kinds_of(path)
    if "gain_db" in kinds:
        gains = [timeline.cue(path, t).number("gain_db") for t in _moments(timeline, SAMPLES)]
        return np.clip(1.0 - np.array(gains) / QUIETEST, 0.0, 1.2) / 1.2
    if "level" in kinds and not getattr(MODELS[path], "always", False):
        return np.array([timeline.cue(path, t).number("level") for t in _moments(timeline, SAMPLES)])
    return np.ones(SAMPLES)


def _curve(timeline: Timeline, name: str, inks: Mapping[str, Rgb]) -> Curve:
    path, _, parameter = name.rpartition(".")
    kind = kinds_of(path)[parameter]
    assert isinstance(kind, NumberKind)
    values = np.array([timeline.cue(path, t).number(parameter) for t in _moments(timeline, SAMPLES)])
    values = np.where(np.isfinite(values) & (_presence(timeline, path) > 0.0), values, np.nan)
    label = f"{_name(path)} {parameter.replace('_', ' ')}"
    colours = (
        (inks[_name(path)],) if path.startswith("sound") and _name(path) in inks else _colours(timeline, path)
    )
    return Curve(label, values, colours, kind.unit)


def _colours(timeline: Timeline, path: str) -> tuple[Rgb, ...]:
    """The colours of the first tint that something has, one where it never changes."""
    tints = [name for name, kind in kinds_of(path).items() if isinstance(kind, ColourKind)]
    if not tints:
        return (PLAIN,)
    inks = [ink(timeline.cue(path, t).colour(tints[0])) for t in _moments(timeline, TINTS)]
    return tuple(inks) if len(list(groupby(inks))) > 1 else (inks[0],)
