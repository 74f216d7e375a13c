"""What the stage manager carries: a clipboard with its sheet, a headset with its lamp."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.stage.drawing import Drawing, Glints, Panes
from performance.stage.figure import rest
from performance.stage.performer import Performer
from performance.stage.skeleton import BONE

Array = NDArray[np.float64]

PAPER, INK = (0.20, 0.165, 0.115), (0.03, 0.026, 0.02)
LINES = 11  # written on the clipboard
LAMP = np.array([[0.064, 0.060, 0.010]])  # figure heights from where the head begins: on the cup over her ear
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


def lamp_of(who: Performer, t: float) -> Drawing:
    """The lamp of her headset, which flickers as she is spoken to."""
    on = 0.5 + 0.5 * math.sin(7.0 * t) * math.sin(1.3 * t)
    light = Glints(
        worn(who, "head", LAMP),
        np.array([0.0026 * who.height]),
        np.array([0.014 * who.height]),
        np.array([(0.9 * on, 0.25 * on, 0.05 * on)]),
    )
    return Drawing(glints=light)


@lru_cache(maxsize=1)
def _sheet() -> tuple[Array, list[tuple[float, float, float]]]:
    """Corners (n, 4, 2), right and up from the middle in halves of the board, of board, sheet, clip and lines; and
    their colours."""
    plates = [(0.0, 0.0, 1.0, 1.0), (0.0, -0.06, 0.88, 0.86), (0.0, 0.90, 0.34, 0.10)]
    for n in range(LINES):
        long_ = (0.62, 0.48, 0.57, 0.30, 0.05, 0.60, 0.44, 0.53, 0.62, 0.36, 0.50)[n]
        plates.append((long_ - 0.68, 0.60 - 0.128 * n, long_, 0.013))
    shapes = np.array(plates)[:, None]
    corners = shapes[..., :2] + shapes[..., 2:] * np.array(CORNERS)
    return corners, [(0.035, 0.018, 0.008), PAPER, (0.12, 0.12, 0.13), *[INK] * LINES]


def clipboard_of(who: Performer, also: Drawing) -> Drawing:
    """A board on the forearm of side B, its sheet with lines of writing; together with what else she wears."""
    hand, tip = (who.world(p) for p in (who.origins[BONE["handB"]], who.tips[1]))
    h = who.height
    middle = np.array(tip) * 0.6 + np.array(hand) * 0.4 + np.array([-0.022 * h, 0.040 * h, -0.02 * h])
    right, up = np.array([0.96, 0.16, 0.1]) * 0.060 * h, np.array([-0.14, 0.94, 0.25]) * 0.084 * h

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
