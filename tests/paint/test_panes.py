"""Clear plates: even inside, smooth at the edge, the same whichever way round their corners go."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.canvas import Canvas
from performance.paint.panes import paint_panes


def painted(corners: list[tuple[float, float]], alpha: float = 0.5, rim: float = 0.0) -> np.ndarray:
    canvas = Canvas(320, 180)
    u, v = np.array(corners).T[:, None, :]
    paint_panes(canvas, u, v, np.array([[0.2, 0.4, 0.6]]), np.array([alpha]), np.array([rim]))
    assert (canvas.touched > 0).any()
    return canvas.crisp


SQUARE = [(-0.2, 0.3), (0.2, 0.3), (0.2, 0.7), (-0.2, 0.7)]


def test_inside_it_has_its_colour_and_its_alpha() -> None:
    crisp = painted(SQUARE)
    assert crisp[90, 160] == pytest.approx([0.6, 0.4, 0.2, 0.5], abs=1e-5)
    assert not crisp[20, 160].any()


def test_the_way_round_does_not_matter() -> None:
    np.testing.assert_allclose(painted(SQUARE), painted(SQUARE[::-1]), atol=1e-6)


def test_its_area_is_kept_between_pixels() -> None:
    whole = painted(SQUARE)[..., 3].sum()
    moved = painted([(u + 0.0017, v + 0.0023) for u, v in SQUARE])[..., 3].sum()
    assert moved == pytest.approx(whole, rel=0.02)


def test_a_rim_is_brighter_than_the_middle() -> None:
    crisp = painted(SQUARE, rim=2.0)
    row = crisp[90, :, 2]
    assert row.max() > 1.6 * row[160]


def test_a_corner_said_twice_changes_nothing() -> None:
    np.testing.assert_allclose(painted([*SQUARE, SQUARE[-1], SQUARE[-1]]), painted(SQUARE), atol=1e-6)


def test_a_large_pane_is_even_from_a_little_inside_its_edge() -> None:
    crisp = painted([(-0.8, 0.05), (0.8, 0.05), (0.8, 0.95), (-0.8, 0.95)], rim=2.0)
    assert np.ptp(crisp[40:140, 60:260], axis=(0, 1)).max() < 0.01
