"""The violin machine as it is painted: teeth that mesh and never overlap, wood with a hole in it."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import opened
from performance.paint.canvas import Canvas
from performance.paint.machine import wheel_rows
from performance.paint.threads import Threads
from performance.paint.varnish import BOX, BRIGHTEST, CELL, COVER, FINE, WOOD, varnished


def wheel(x: float, radius: float, teeth: int, turns: float) -> np.ndarray:
    """How much of each pixel one wheel covers, its shadow left out."""
    canvas = Canvas(400, 240, threads=Threads(2))
    row = [x, 120.0, radius, teeth, turns, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1e9]
    lit = np.zeros((240, 400, 4), np.float32)
    lit[..., :3] = 1.0
    canvas.bands(wheel_rows, lit, np.array([row], np.float32))
    bare = 1.0 - lit[..., 3]
    metal = lit[..., 0] - bare  # of light, the shadow lets through as much as it does not cover
    return np.asarray(metal > 0.01) & (lit[..., 3] > 0.5)


@pytest.mark.parametrize("teeth", [12, 24, 40])
def test_a_wheel_has_its_teeth(teeth: int) -> None:
    seen = wheel(200.0, 80.0, teeth, 0.01)
    turn = np.linspace(0.0, 2 * np.pi, 3000, endpoint=False)
    round_it = seen[(120.0 + 80.0 * np.sin(turn)).astype(int), (200.0 + 80.0 * np.cos(turn)).astype(int)]
    assert (np.diff(round_it.astype(int), append=int(round_it[0])) == 1).sum() == teeth
    assert seen[120, 200 - 8] and not seen[120 - 40, 200 - 17]  # the hub; between two spokes


@pytest.mark.parametrize("passed", np.linspace(0.0, 1.0, 5))
def test_two_wheels_in_mesh_do_not_lie_over_one_another(passed: float) -> None:
    first = wheel(140.0, 60.0, 24, passed / 24)
    second = wheel(240.0, 40.0, 16, 0.5 + 0.5 / 16 - passed / 16)
    assert (first & second).sum() <= 6  # but for the softness of edges
    assert first[:, 196:204].any() and second[:, 196:204].any()


def test_a_wheel_comes_round_to_itself() -> None:
    whole, again = wheel(200.0, 80.0, 20, 0.1), wheel(200.0, 80.0, 20, 0.1 + 4 / 20)
    assert (whole != again).sum() < 20


def at(x: float, y: float) -> tuple[float, float]:
    """(how much of the body is there, light of its wood) at a place in body lengths."""
    texel = int(varnished().texels[round((BOX[3] - y) * FINE), round((x - BOX[0]) * FINE)])
    cover, wood = (((texel >> shift & 0xFF) / 255) ** 2 for shift in (8 * COVER, 8 * WOOD))
    return cover, wood * BRIGHTEST[WOOD]


def test_the_body_is_wood_but_for_the_side_that_is_open() -> None:
    assert at(*opened.BLOW)[0] == 1.0 and at(*opened.BLOW)[1] < 0.1
    assert at(0.15, 0.78)[0] == 1.0 and at(0.15, 0.78)[1] > 0.2
    texels = varnished().texels
    assert not ((texels[[0, -1]] & 0xFF).any() or (texels[:, [0, -1]] & 0xFF).any())


def test_nothing_of_it_lies_in_a_cell_that_is_passed_over() -> None:
    maps = varnished()
    bare = maps.bare.repeat(CELL, 0).repeat(CELL, 1)[: maps.texels.shape[0], : maps.texels.shape[1]]
    assert bare.mean() > 0.3 and not ((maps.texels & 0xFF) > 0)[bare == 1].any()
