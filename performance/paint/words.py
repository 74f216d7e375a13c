"""Words of light: every mote has a place on a letter, comes to it out of the air, and leaves it again."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.house import asset
from performance.paint.frame import Frame
from performance.paint.motes import seen
from performance.paint.sparks import paint_glows
from performance.paint.surtitles import FONT, set_type
from performance.stage.motes import Motes
from performance.stage.words import Words

Array = NDArray[np.float64]

EM = 30  # motes along an em
RADIUS = 0.021  # of a mote, em
ASTRAY = (
    0.95  # of the distance between motes, that one may lie beside its place: letters of dust, not of lamps
)
REACH = 0.30  # picture heights that they come from
COMES = 0.35  # of `gather`, how long one takes
HALO = 14  # motes to a soft light


@lru_cache(maxsize=8)
def letters(line: str) -> tuple[Array, Array]:
    """(n, 2) places of motes on the letters, em right and down of the line's middle, and their ink (n,) 0..1."""
    ink = set_type(asset(FONT), line, EM)
    y, x = np.nonzero(ink > 0.25)
    place = np.stack([x, y], -1).astype(np.float64)
    if not len(place):
        return np.zeros((0, 2)), np.zeros(0)
    middle = 0.5 * (place.min(0) + place.max(0))
    return (place - middle) / EM, ink[y, x].astype(np.float64)


@lru_cache(maxsize=8)
def _draws(seed: int, n: int) -> Array:
    """(7, n) what is chance in each mote."""
    return chances(seed, "words", count=7 * n).reshape(7, n)


@lru_cache(maxsize=2)
def motes_of(words: Words) -> tuple[Motes, Array]:
    """Its motes at this moment, and how far each is part of its letter, (n,) 0..1. Asked for their soft light, and
    again for themselves."""
    place, ink = letters(words.line)
    n = len(place)
    a, b, c, d, e, *astray = _draws(words.seed, n)
    place = place + (ASTRAY / EM) * (np.stack(astray, -1) - 0.5)
    across = (place[:, 0] - place[:, 0].min(initial=0.0)) / max(
        float(np.ptp(place[:, 0])) if n else 1.0, 1e-6
    )
    turn = 0.7 * across + 0.3 * a
    come = _eased(np.clip((words.gather - (1.0 - COMES) * turn) / COMES, 0.0, 1.0))
    gone = _eased(np.clip((words.leave - (1.0 - COMES) * (0.4 * across + 0.6 * b)) / COMES, 0.0, 1.0))
    away, angle = (1.0 - come), 6.2832 * c + 0.35 * words.t * (d - 0.5)
    reach = REACH * away * (0.25 + 0.75 * e)
    curl = 0.05 * np.sin(0.7 * words.t + 9.0 * b) * (away + gone)
    u = words.u + words.size * place[:, 0] * (1.0 + 0.25 * away) + reach * np.cos(angle) + curl
    v = (
        words.v
        + words.size * place[:, 1]
        + 0.7 * reach * np.sin(angle)
        - gone * (0.05 + 0.22 * d)
        - 0.4 * curl
    )
    whole = come * (1.0 - gone)
    breath = 0.8 + 0.2 * np.sin(1.3 * words.t + 6.28 * e)
    light = (
        words.level * (1.0 - gone) * (0.05 * np.clip(12.0 * words.gather, 0.0, 1.0) + 0.95 * come) * breath
    )
    tint = whole[:, None] * np.array(words.colour) + (1.0 - whole)[:, None] * np.array(words.cool)
    scale = np.ones(n, np.float32)
    radius = np.full(n, RADIUS * words.size) * (0.55 + 0.75 * a)
    shine = (1.1 * light * (0.35 + 0.65 * ink))[:, None] * tint
    return (
        Motes(
            u.astype(np.float32), v.astype(np.float32), scale, radius.astype(np.float32),
            np.ascontiguousarray(shine, np.float32),
        ),
        whole,
    )  # fmt: skip


def paint_words(frame: Frame, words: Words) -> None:
    """The soft light that the letters send into the air; their motes are laid over the finished picture."""
    motes, whole = motes_of(words)
    some = slice(0, len(motes), HALO)
    u, v = seen(frame.camera, motes.u[some], motes.v[some], motes.scale[some])
    radius = np.full(len(u), 1.5 * words.size)
    light = 0.0035 * words.level * whole[some, None] * np.array(words.colour)
    paint_glows(frame.canvas, frame.canvas.air, u, v, radius, radius, light)


def _eased(x: Array) -> Array:
    return x * x * (3.0 - 2.0 * x)
