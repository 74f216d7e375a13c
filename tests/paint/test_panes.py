"""Clear plates: even inside, smooth at the edge, the same whichever way round their corners go."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from performance.paint.canvas import Canvas
from performance.paint.kernels import kernel
from performance.paint.panes import paint_panes, paint_veils
from performance.paint.sides import SIDE, span


@kernel("void(f4[:,::1], f4[::1], f4, f4[::1])")
def row_between(sides: Any, insets: Any, at: Any, out: Any) -> None:
    """The columns of [56, 60) that lie within sides, at this height."""
    out[0], out[1] = span(sides, len(sides), at, insets, np.float32(1), 56, 60)


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


def test_each_side_may_have_a_light_of_its_own_that_reaches_its_own_way() -> None:
    canvas = Canvas(320, 180)
    u, v = np.array(SQUARE).T[:, None, :]
    rim = np.zeros((1, 4, 2))
    rim[0, 3] = 4.0, 0.1  # from the lower left corner to the upper left one
    paint_panes(canvas, u, v, np.array([[0.2, 0.4, 0.6]]), np.array([0.5]), rim)
    row = canvas.crisp[90, :, 2]
    assert row[126] > 2.5 * row[160] == pytest.approx(2.5 * 0.2, rel=1e-4)
    assert row[126] > row[132] > row[140] > row[150] == pytest.approx(row[193], rel=1e-3)
    assert canvas.crisp[90, 160, 3] == pytest.approx(0.5)


def test_of_a_clear_pane_only_the_lit_sides_are_seen() -> None:
    canvas = Canvas(320, 180)
    u, v = np.array(SQUARE).T[:, None, :]
    rim = np.zeros((1, 4, 2))
    rim[0, 0] = 1e6, 0.05
    paint_panes(canvas, u, v, np.full((1, 3), 1e-6), np.zeros(1), rim)
    assert canvas.crisp[56, 160, 1] > 0.2 and not canvas.crisp[90:, :, :3].max() > 1e-5


def test_veils_are_the_same_plates_as_soft_light_in_the_air() -> None:
    canvas = Canvas(320, 180, field_rows=90)
    u, v = np.array(SQUARE).T[:, None, :]
    paint_veils(canvas, u, v, np.array([[0.2, 0.4, 0.6]]), np.array([0.0]))
    assert canvas.scale == 2 and not canvas.crisp.any() and not canvas.touched.any()
    assert canvas.air[45, 80, :3] == pytest.approx([0.6, 0.4, 0.2], abs=1e-5)
    area = canvas.air[..., 1].sum() / 0.4 / canvas.field_unit**2
    assert area == pytest.approx(0.4 * 0.4, rel=0.03)


def test_no_row_of_a_pane_ends_before_it_begins() -> None:
    """A flat plate lower than a pixel, one side level and the next leaning by next to nothing: seen to go wrong."""
    sides = np.zeros((2, SIDE), np.float32)
    sides[0] = 1e-4, 1.0, -60.0, -1e4, 6e5, 1e4  # crossed far to the right of all columns
    sides[1] = 0.0, 1.0, -60.0, 0.0, 0.0, 0.0  # level, and this row lies outside it
    for order in (sides, sides[::-1].copy()):
        between = np.zeros(2, np.float32)
        row_between(order, np.full(2, 4, np.float32), np.float32(58.5), between)
        lo, hi = between
        assert 56 <= lo <= 60 and 56 <= hi <= 60 and lo >= hi
