"""A tide of rhythm: layers of even patterns, each step of which comes in when the flood has risen to it.

A layer spreads so many hits over so many steps as evenly as can be (Toussaint, "The Euclidean algorithm generates
traditional musical rhythms", Bridges 2005). Strong steps come in first. At ebb what sounds is astray of its step by up
to nearly half of one; as the flood rises it is drawn onto the beat, all layers together. Steps are counted from the
beginning of the piece, so that the rhythm that returns is the one that went.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from performance.causes.perbeat import PerBeat, audible, spans_between
from performance.chance import chances

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.tide"
# hits, steps, turned by, and the longest step of the layer in strides
LAYERS = ((4, 16, 0, 1), (5, 16, 2, 1), (3, 12, 0, 2), (7, 12, 1, 1), (5, 9, 3, 1), (9, 20, 4, 1))
ASTRAY = 0.85  # strides that a stray sound is off at most
STRAYS = 0.05  # likelihood of a sound between the hits at ebb


class Hit(NamedTuple):
    """A layer sounds at `t`; `strong` 0..1 in its pattern; `place` counts the layer's hits; `off` strides astray."""

    t: float
    layer: int
    strong: float
    level: float
    place: int
    off: float
    which: int


def _make(timeline: Timeline, span: BeatSpan) -> tuple[Hit, ...]:
    """All that sounds in a beat."""
    if not audible(timeline, PATH, span):
        return ()
    cue = timeline.cue(PATH, span.end - 1e-3)
    stride, layers = cue.number("stride"), round(cue.number("layers"))
    found: list[Hit] = []
    for layer in range(layers):
        every = LAYERS[layer][3] * stride
        for n in range(math.floor((span.start - stride) / every), math.ceil((span.end + stride) / every) + 1):
            hit = _hit(timeline, layer, n, every, stride)
            if hit is not None and span.start <= hit.t < span.end:
                found.append(hit)
    return tuple(sorted(found))


hits_of = PerBeat(_make)


def hits(timeline: Timeline, a: float, b: float) -> list[Hit]:
    """All that sounds in [a, b), in order of time."""
    found: list[Hit] = []
    for span in spans_between(timeline, a, b):
        made = hits_of(timeline, span)
        found += made[bisect_left(made, (a,)) : bisect_left(made, (b,))]
    return found


def _hit(timeline: Timeline, layer: int, n: int, every: float, stride: float) -> Hit | None:
    """What a step of a layer sounds, if it does."""
    count, steps, turn, _ = LAYERS[layer]
    draw = chances(timeline.seed, "tide", layer, n, count=4)
    cue = timeline.cue(PATH, max(n * every, 0.0))
    flood, order = cue.number("flood"), cue.number("order")
    at = (n + turn) % steps
    on = (at * count) % steps < count
    weight = strength(layer, at)
    awake = flood > 0.0 and draw[0] < _likely(flood, weight, on, layer)
    if not awake or n < 0:
        return None
    together = order * smooth01((flood - 0.2) / 0.7)
    off = (1 - together) * ASTRAY * (2 * draw[1] - 1) * (1.0 if on else 1.2)
    level = (0.35 + 0.65 * weight * together + 0.35 * draw[2] * (1 - together)) * (0.55 + 0.45 * flood)
    place = ((n + turn) // steps) * count + (at * count) // steps
    return Hit(n * every + off * stride, layer, weight, min(level, 1.0), place, off, n * 8 + layer)


def strength(layer: int, at: int) -> float:
    """How strong a place in a layer's pattern is: the first of it most, then its halves, then the rest."""
    steps = LAYERS[layer][1]
    if at == 0:
        return 1.0
    for parts, worth in ((2, 0.8), (4, 0.6), (3, 0.6), (8, 0.4)):
        if steps % parts == 0 and at % (steps // parts) == 0:
            return worth
    return 0.25


def _likely(flood: float, weight: float, on: bool, layer: int) -> float:
    """How likely a step sounds: the strong hits of the first layers come in first, strays only at ebb."""
    if not on:
        return STRAYS * 4 * flood * (1 - flood)
    need = 0.62 * (1 - weight) + 0.05 * layer
    return smooth01((flood - 0.85 * need) / 0.42) if flood < 0.98 else 1.0


def smooth01(x: float) -> float:
    """0 below 0, 1 above 1, an S between."""
    c = min(max(x, 0.0), 1.0)
    return c * c * (3.0 - 2.0 * c)
