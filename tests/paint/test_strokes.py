"""Lines of light: as bright as they are wide, whole where they bend, round where they end."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.canvas import Canvas
from performance.paint.strokes import FAINT, paint_lines
from performance.paint.threads import Threads

SMALL = (320, 180)


def painted(
    x: object, y: object, width: float = 1.5, light: float = 0.5, size: tuple[int, int] = SMALL
) -> Canvas:
    """One line through pixels (n,), with nothing else in the picture."""
    canvas = Canvas(*size, threads=Threads(2))
    u, v = canvas.view.u(np.array(x, float)), canvas.view.v(np.array(y, float))
    colour = np.full((1, len(u), 3), light)
    paint_lines(canvas, u[None], v[None], width / canvas.view.unit, colour)
    return canvas


@pytest.mark.parametrize("angle", np.linspace(0.0, np.pi, 9))
def test_a_line_is_as_bright_in_every_direction(angle: float) -> None:
    end = np.array([160.0, 90.0]) + 60.0 * np.array([np.cos(angle), np.sin(angle)])
    light = painted([160.0, end[0]], [90.0, end[1]]).crisp[..., 0].sum()
    assert light == pytest.approx(0.5 * 1.5 * 2.51 * 62.5, rel=0.03)


@pytest.mark.parametrize("turn", np.linspace(-1.6, 1.6, 7))
def test_a_bend_is_nowhere_brighter_or_darker_than_the_line(turn: float) -> None:
    way = np.cumsum([0.0, 0.5 * turn, 0.5 * turn])
    x, y = 100.0 + 40.0 * np.cumsum(np.cos(way)), 90.0 + 40.0 * np.cumsum(np.sin(way))
    crisp = painted(x, y, 3.0).crisp[..., 0]
    assert crisp.max() < 0.505
    for k in np.linspace(0.0, 2.0, 40):  # all along its middle
        i = min(int(k), 1)
        at = (int(y[i] + (y[i + 1] - y[i]) * (k - i)), int(x[i] + (x[i + 1] - x[i]) * (k - i)))
        assert crisp[at] > 0.42


def test_a_dot_is_round() -> None:
    crisp = painted([160.5, 160.6], [90.5, 90.5], 5.0).crisp[..., 0]
    assert crisp[90, 168] == pytest.approx(crisp[98, 160], rel=0.05)
    assert crisp[90 + 9, 160 + 9] < 0.6 * crisp[90, 160 + 9]


def test_a_fine_line_grows_dim_and_a_faint_one_is_left_out() -> None:
    whole = painted([40.0, 280.0], [30.0, 150.0], 0.8).crisp.sum()
    assert painted([40.0, 280.0], [30.0, 150.0], 0.08).crisp.sum() == pytest.approx(0.1 * whole, rel=0.02)
    assert not painted([40.0, 280.0], [30.0, 150.0], light=0.9 * FAINT).touched.any()


def test_whatever_runs_out_of_the_picture_leaves_it_whole_and_every_pixel_lit_is_marked() -> None:
    canvas = painted([-1e7, 160.0, 5000.0, 160.0], [90.0, 80.0, -1e6, 9e5], 2.0)
    lit = np.flatnonzero(canvas.crisp.any(-1).reshape(180, 320).any(1))
    assert np.isfinite(canvas.crisp).all() and len(lit)
    tiles = canvas.touched.repeat(32, 0).repeat(32, 1)[:180, :320]
    assert not (canvas.crisp.any(-1) & (tiles == 0)).any()


def test_bands_do_not_show() -> None:
    canvas = Canvas(*SMALL, threads=Threads(1))
    u, v = canvas.view.u(np.array([20.0, 150.0, 290.0])), canvas.view.v(np.array([20.0, 160.0, 40.0]))
    paint_lines(canvas, u[None], v[None], 1.5 / canvas.view.unit, np.full((1, 3, 3), 0.5))
    assert np.array_equal(canvas.crisp, painted([20.0, 150.0, 290.0], [20.0, 160.0, 40.0]).crisp)


@pytest.mark.parametrize("apart", [0.0, 1e-6, 1e-4, 1e-2])
def test_points_that_lie_on_one_another_are_no_lines_across_the_picture(apart: float) -> None:
    plain = painted([60.0, 160.0, 200.0], [40.0, 90.0, 150.0], 2.0).crisp[..., 0]
    x, y = np.array([60.0, 160.0, 160.0, 200.0, 200.0]), np.array([40.0, 90.0, 90.0, 150.0, 150.0])
    twice = painted(x + apart * np.arange(5), y, 2.0).crisp[..., 0]
    assert (np.abs(twice - plain) > 0.1).sum() <= 2 and twice.sum() == pytest.approx(plain.sum(), rel=0.02)


def test_a_point_alone_is_a_dot() -> None:
    crisp = painted([160.0, 160.0], [90.0, 90.0], 3.0).crisp[..., 0]
    assert 40 < (crisp > 0).sum() < 250 and crisp[89:91, 159:161].min() > 0.45
