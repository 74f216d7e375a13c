"""The values that move in a score, and those of them that say most about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from performance.score.catalogue import kinds_of
from performance.score.kinds.moving import NumberKind
from performance.score.notation.movement import Movement
from performance.sheet.marks import Rgb
from performance.sheet.presence import SAMPLES, Floats, colours_of, moments, presence
from performance.timeline import Timeline

MOST = 10  # curves on a sheet
EACH = 2  # of one thing, at most
LESS = ("stage.camera.x", "stage.camera.y", "stage.performer.facing")  # if there is room
FIRST = (  # if they move
    "stage.spotlight.width",
    "stage.light.counter",
    "stage.light.ambient",
    "sound.heart.rate",
)


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


def curves(timeline: Timeline, inks: Mapping[str, Rgb]) -> tuple[Curve, ...]:
    """The values that are written to move in most beats and go the furthest, a few of each thing; those of
    instruments in their `inks`."""
    written = _moving(timeline)
    made = {name: _curve(timeline, name, inks) for name in written}
    able = [name for name in made if np.isfinite(made[name].values).any() and np.ptp(made[name].range) > 0.0]
    order = sorted(
        able, key=lambda name: (name not in FIRST, name in LESS, -written[name] - _travel(made[name]))
    )
    chosen: list[str] = []
    for name in order:
        of_it = [other for other in chosen if _thing(other) == _thing(name)]
        told_already = any(made[other].name == made[name].name for other in of_it)
        if len(of_it) < EACH and len(chosen) < MOST and not told_already:
            chosen.append(name)
    chosen.sort(key=lambda name: (name.startswith("sound"), name not in FIRST, able.index(name)))
    return tuple(made[name] for name in chosen)


def _thing(name: str) -> str:
    """ "camera" of "stage.camera.roll": what is seen and what is heard of one thing count as one."""
    return name.split(".")[1]


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


def _curve(timeline: Timeline, name: str, inks: Mapping[str, Rgb]) -> Curve:
    path, _, parameter = name.rpartition(".")
    kind = kinds_of(path)[parameter]
    assert isinstance(kind, NumberKind)
    values = np.array([timeline.cue(path, t).number(parameter) for t in moments(timeline, SAMPLES)])
    values = np.where(np.isfinite(values) & (presence(timeline, path) > 0.0), values, np.nan)
    label = f"{path.partition('.')[2]} {parameter.replace('_', ' ')}"
    colours = (
        (inks[path.partition(".")[2]],)
        if path.startswith("sound") and path.partition(".")[2] in inks
        else colours_of(timeline, path)
    )
    return Curve(label, values, colours, kind.unit)
