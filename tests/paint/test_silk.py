"""Silk of light: no more light than its threads have, and whole from piece to piece."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes.place import STILL
from performance.paint.canvas import Canvas
from performance.paint.frame import Frame
from performance.paint.song import paint_silk
from performance.paint.threads import Threads
from performance.stage.drawing import Silk
from performance.stage.lights import Lights


def painted(wide: float, twist: float = 0.0, pieces: int = 12) -> Canvas:
    """One ribbon across the picture, so wide, turned about its length by `twist` radians."""
    canvas = Canvas(480, 270, threads=Threads(2))
    x = np.linspace(-0.4, 0.4, pieces)
    turn = np.linspace(0.0, twist, pieces)
    side = 0.5 * wide * np.stack([0.0 * turn, np.cos(turn), 0.0 * turn], -1)
    spine = np.stack([x, np.full(pieces, 0.3) + 0.1 * x, np.zeros(pieces)], -1)
    silk = Silk(
        np.stack([spine - side, spine + side])[:, None], np.full((1, pieces), 0.3), np.ones((1, 3)), 0.002, 15
    )
    paint_silk(Frame(canvas, STILL, Lights(), 0.0, 1), silk)
    return canvas


def test_a_ribbon_has_as_much_light_however_wide_it_is() -> None:
    light = [painted(wide).crisp.sum() for wide in (0.12, 0.2, 0.3)]
    assert light == pytest.approx([light[0]] * 3, rel=0.12)


def test_it_has_no_seams() -> None:
    few, many = painted(0.2, 0.6, 5).crisp[..., 0], painted(0.2, 0.6, 60).crisp[..., 0]
    middle = (slice(100, 140), slice(150, 330))
    assert np.abs(few - many)[middle].max() < 0.25 * many.max()
    assert (many[middle].max(0) > 0).all()


def test_what_is_lit_is_marked_and_a_ribbon_on_edge_is_finite() -> None:
    canvas = painted(0.25, 9.0)
    assert np.isfinite(canvas.crisp).all()
    tiles = canvas.touched.repeat(32, 0).repeat(32, 1)[:270, :480]
    assert canvas.crisp.any() and not (canvas.crisp.any(-1) & (tiles == 0)).any()
