"""The figure on the canvas: where it stands, clean at the edges, nothing outside its box, the same on any threads."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from performance.causes.drips import drip
from performance.causes.place import Camera
from performance.paint.canvas import Canvas
from performance.paint.figure import bake_figure, cloth_triangles, paint_performer
from performance.paint.frame import Frame
from performance.paint.gold import paint_gold, paint_pool
from performance.paint.threads import Threads
from performance.stage.anatomy import body
from performance.stage.cones import REACH, distance
from performance.stage.face import MIDDLE, features
from performance.stage.figure import Manner
from performance.stage.figure_mesh import coarse
from performance.stage.flesh import folds
from performance.stage.gold import Gold, gold_at
from performance.stage.lights import Lights
from performance.stage.limbs import rest_bodies
from performance.stage.performer import Performer, figure
from performance.stage.skeleton import BONE


@dataclass
class Cue:
    melt: float

    def number(self, name: str) -> float:
        return {"melt": self.melt, "level": 1.0, "streams": 0.8, "pool": 0.3, "thickness": 0.5}[name]


def dancer(word: str = "stand", x: float = 0.0, t: float = 3.0) -> Performer:
    return figure(t, lambda _: (word, word, 1.0), lambda _: (x, 0.0), Manner(7, 0.42))


def painted(performer: Performer, width: int = 640, height: int = 360, threads: int = 1) -> Canvas:
    canvas = Canvas(width, height, threads=Threads(threads))
    paint_performer(Frame(canvas, Camera(), Lights(), performer.t, 7), performer, bake_figure())
    return canvas


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (360, 640)])
def test_it_stands_where_it_is_put(size: tuple[int, int]) -> None:
    for x in (-0.2, 0.2):
        made = dancer(x=x)
        canvas = painted(made, *size)
        covered = np.argwhere(canvas.crisp[..., 3] > 0.5)
        feet = canvas.view.y(0.80)
        assert covered[:, 0].max() == pytest.approx(feet, abs=0.035 * canvas.view.unit)
        assert covered[:, 0].min() == pytest.approx(
            feet - 0.42 * canvas.view.unit, abs=0.05 * canvas.view.unit
        )
        assert covered[:, 1].mean() == pytest.approx(canvas.view.x(x), abs=0.04 * canvas.view.unit)


def test_light_is_finite_premultiplied_and_only_in_touched_tiles() -> None:
    canvas = painted(dancer("raise"))
    assert np.isfinite(canvas.crisp).all()
    assert canvas.crisp.min() >= 0.0
    assert canvas.crisp[..., 3].max() <= 1.0 + 1e-5
    lit = canvas.crisp[..., :3].max(-1) > 0
    assert (canvas.crisp[..., 3][lit] > 0).all()
    tiles = np.kron(canvas.touched, np.ones((32, 32), np.uint8))[:360, :640]
    assert (tiles[canvas.crisp[..., 3] > 0] > 0).all()


def test_edges_are_antialiased() -> None:
    alpha = painted(dancer()).crisp[..., 3]
    partial = (alpha > 0.01) & (alpha < 0.99)
    assert partial.sum() > 150


def test_threads_do_not_change_the_picture() -> None:
    made = dancer("twirl")
    assert np.array_equal(painted(made, threads=1).crisp, painted(made, threads=2).crisp)


def test_outside_the_frame_nothing_is_drawn() -> None:
    assert painted(dancer(x=3.0)).crisp.max() == 0.0


def test_a_coat_of_gold_comes_from_above() -> None:
    plain, coated = painted(dancer()), painted(replace(dancer(), gold=0.4))
    change = np.abs(plain.crisp - coated.crisp).max(-1) > 0.05
    rows = np.argwhere(change)[:, 0]
    covered = np.argwhere(plain.crisp[..., 3] > 0.5)[:, 0]
    assert rows.min() < covered.min() + 12
    assert rows.max() < covered.mean() + 30


def molten(melt: float = 0.9) -> tuple[Performer, Gold]:
    made = dancer("open")
    gold = gold_at(Cue(melt), 3.0, 7, made, [drip(7, n, 1.0 + 0.3 * n, 0.7) for n in range(12)])  # type: ignore[arg-type]
    assert gold is not None
    return made, gold


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (360, 640)])
def test_gold_is_finite_and_lies_on_the_boards(size: tuple[int, int]) -> None:
    _, gold = molten()
    canvas = Canvas(*size, threads=Threads(1))
    frame = Frame(canvas, Camera(), Lights(), 3.0, 7)
    paint_pool(frame, gold)
    rows = np.argwhere(canvas.crisp[..., 3] > 0.5)[:, 0]
    assert rows.min() > canvas.view.y(0.66)
    paint_gold(frame, gold)
    assert np.isfinite(canvas.crisp).all()
    assert canvas.crisp[..., 3].max() <= 1.0 + 1e-5
    lit = canvas.crisp.max(-1) > 0
    assert (np.kron(canvas.touched, np.ones((32, 32), np.uint8))[: size[1], : size[0]][lit] > 0).all()


def test_light_comes_back_out_of_the_pool_as_out_of_honey() -> None:
    _, gold = molten(1.0)
    canvas = Canvas(640, 360, threads=Threads(1))
    paint_pool(Frame(canvas, Camera(), Lights(), 3.0, 7), gold)
    blue, green, red = canvas.crisp[canvas.crisp[..., 3] > 0.99][:, :3].T
    assert red.min() > 0.008  # nowhere a black hole
    assert (red > green).all() and (green > blue).all()
    cover = canvas.crisp[..., 3]
    rows = np.flatnonzero(cover[:, 320] > 0.02)
    ends = cover[[rows[0], rows[-1]], 320]
    assert ((ends > 0.02) & (ends < 0.98)).all()  # and its far and its near edge are soft


def test_the_modelled_skin_lies_on_the_body() -> None:
    mesh = coarse()
    skin, hair = body()
    bare = mesh["hair"] < 0.5
    assert np.abs(distance(mesh["points"][bare].astype(np.float64), skin)).max() < 0.004
    assert np.abs(distance(mesh["points"][~bare].astype(np.float64), hair)).max() < 0.004
    assert np.allclose(mesh["weights"].sum(1), 1.0, atol=1e-5)
    corners = mesh["points"][mesh["triangles"]]
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    facing = (outward * mesh["normals"][mesh["triangles"]].sum(1)).sum(-1)
    assert (facing > 0).mean() > 0.98


def test_a_tube_of_cloth_is_closed() -> None:
    triangles = cloth_triangles(5, 8)
    edges = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1
    )
    _, count = np.unique(edges, axis=0, return_counts=True)
    assert set(count) == {1, 2}
    assert (count == 1).sum() == 16


def test_points_ask_only_the_cones_near_them_and_get_the_same_answer() -> None:
    skin, _ = body()
    rng = np.random.default_rng(3)
    points = rng.uniform((-0.35, -0.5, -0.1), (0.35, 0.3, 0.1), (600, 3))
    whole = distance(points, skin, reach=9.0)
    near = np.abs(whole) < REACH
    assert near.sum() > 50
    assert np.allclose(distance(points, skin)[near], whole[near], atol=1e-9)


def test_lines_lie_on_the_palm_alone() -> None:
    made = coarse()
    points, normals = made["points"].astype(np.float64), made["normals"].astype(np.float64)
    left = folds(points, normals)
    lined = left < 0.85
    assert 20 < lined.sum() < 0.12 * len(points)
    hands = [BONE[bone + s] for bone in ("hand", "fingers", "tips", "thumb") for s in "AB"]
    assert np.isin(made["bones"][lined, 0], hands).all()


def test_a_face_is_drawn_on_its_front_alone_and_alike_on_both_sides() -> None:
    grid = np.stack(np.meshgrid(np.linspace(-0.06, 0.06, 61), np.linspace(-0.06, 0.06, 61)), -1).reshape(
        -1, 2
    )
    at = rest_bodies().origins[0, BONE["head"]] + MIDDLE
    points = np.concatenate([grid, np.full((len(grid), 1), 0.04)], 1) + at
    ahead = np.tile([0.0, 0.0, 1.0], (len(grid), 1))
    drawn = features(points, ahead).reshape(61, 61)
    assert np.allclose(drawn, drawn[:, ::-1], atol=1e-6)
    assert drawn.max() > 0.7 and (drawn > 0.2).mean() < 0.1
    assert not features(points, -ahead).any()
