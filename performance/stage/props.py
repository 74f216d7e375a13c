"""What the stage manager carries: a clipboard with its sheet, a headset with its lamp."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.stage.drawing import Drawing, Glints, Lines, Panes
from performance.stage.figure import rest
from performance.stage.performer import Performer
from performance.stage.skeleton import BONE

Array = NDArray[np.float64]

PAPER, INK = (0.20, 0.165, 0.115), (0.03, 0.026, 0.02)
STEEL = (0.16, 0.15, 0.15)
LINES = 7  # written on the clipboard
EAR = 0.047  # figure heights from the middle of the head
CORNERS = ((-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0))


def _panes(
    places: Array, colours: list[tuple[float, float, float]], rims: list[float], level: float
) -> Panes:
    return Panes(places, np.array(colours) * level, np.full(len(places), level), np.array(rims))


def worn(who: Performer, bone: str, points: Array) -> Array:
    """Places (n, 3) in the house of points that are fixed to a bone, given from where it begins as it was modelled."""
    b = BONE[bone]
    now = (rest()[0][b] + points) @ who.turns[b].T + who.moved[b]
    return np.asarray(np.array([who.x, 0.0, who.z]) + now * np.array([who.height, who.height, -who.height]))


@lru_cache(maxsize=1)
def _headset() -> tuple[Array, list[slice]]:
    """Points from where the head begins: the band over the hair, the microphone's arm, the cups, the lamp; and which
    are whose."""
    turn, around = np.linspace(0.0, math.pi, 14), np.linspace(0.0, 2 * math.pi, 10, endpoint=False)
    band = np.stack([EAR * 1.12 * np.cos(turn), 0.060 + 0.066 * np.sin(turn), np.full(14, -0.004)], -1)
    boom = np.array(
        [(EAR, 0.050, 0.006), (EAR * 0.95, 0.030, 0.040), (0.026, 0.022, 0.066), (0.012, 0.022, 0.070)]
    )
    cup = np.stack([np.full(10, EAR * 1.15), 0.056 + 0.021 * np.sin(around), 0.018 * np.cos(around)], -1)
    parts = [band, boom, cup * (-1.0, 1.0, 1.0), cup, np.array([[EAR * 1.2, 0.070, 0.008]])]
    ends = np.cumsum([len(part) for part in parts]).tolist()
    return np.concatenate(parts), [slice(end - len(part), end) for part, end in zip(parts, ends, strict=True)]


def headset_of(who: Performer, t: float) -> Drawing:
    """A band over the hair, a cup on the ear, a microphone before the mouth, and its lamp."""
    points, (band, boom, left, right, lamp) = _headset()
    places = worn(who, "head", points)
    strokes = tuple(
        Lines(
            places[None, part],
            np.full((1, part.stop - part.start, 3), STEEL) * bright,
            np.array([wide * who.height]),
        )
        for part, bright, wide in ((band, 0.8, 0.0020), (boom, 1.0, 0.0013))
    )
    on = 0.5 + 0.5 * math.sin(7.0 * t) * math.sin(1.3 * t)
    light = Glints(
        places[lamp],
        np.array([0.004 * who.height]),
        np.array([0.03 * who.height]),
        np.array([(0.9 * on, 0.25 * on, 0.05 * on)]),
    )
    cups = np.stack([places[left], places[right]])
    return Drawing(strokes, _panes(cups, [(0.02, 0.02, 0.022)] * 2, [3.0, 3.0], who.level), glints=light)


@lru_cache(maxsize=1)
def _sheet() -> tuple[Array, list[tuple[float, float, float]]]:
    """Corners (n, 4, 2), right and up from the middle in halves of the board, of board, sheet, clip and lines; and
    their colours."""
    plates = [(0.0, 0.0, 1.0, 1.0), (0.0, -0.06, 0.88, 0.86), (0.0, 0.90, 0.34, 0.10)]
    for n in range(LINES):
        long_ = 0.45 + 0.25 * ((n * 5) % 4) / 3.0
        plates.append((long_ - 0.75, 0.62 - 0.20 * n, long_, 0.028))
    shapes = np.array(plates)[:, None]
    corners = shapes[..., :2] + shapes[..., 2:] * np.array(CORNERS)
    return corners, [(0.035, 0.018, 0.008), PAPER, (0.12, 0.12, 0.13), *[INK] * LINES]


def clipboard_of(who: Performer, also: Drawing) -> Drawing:
    """A board on the forearm of side B, its sheet with lines of writing; together with what else she wears."""
    hand, tip = (who.world(p) for p in (who.origins[BONE["handB"]], who.tips[1]))
    h = who.height
    middle = np.array(tip) * 0.6 + np.array(hand) * 0.4 + np.array([-0.022 * h, 0.040 * h, -0.02 * h])
    right, up = np.array([0.96, 0.16, 0.1]) * 0.068 * h, np.array([-0.14, 0.94, 0.25]) * 0.095 * h

    corners, colours = _sheet()
    panes = _panes(
        middle + corners @ np.array([right, up]), colours, [3.0, 0.25, 2.0, *[0.0] * LINES], who.level
    )
    if also.panes is not None:
        panes = _together(_padded(also.panes), _padded(panes))
    return replace(also, panes=panes)


def _together(far: Panes, near: Panes) -> Panes:
    return Panes(
        np.concatenate([far.place, near.place]),
        np.concatenate([far.colour, near.colour]),
        np.concatenate([far.alpha, near.alpha]),
        np.concatenate([far.rim, near.rim]),
    )


def _padded(panes: Panes) -> Panes:
    """The same plates with ten corners, the last one standing for those that it has not."""
    missing = 10 - panes.place.shape[1]
    if missing <= 0:
        return panes
    return replace(panes, place=np.concatenate([panes.place, np.repeat(panes.place[:, -1:], missing, 1)], 1))
