"""The crew's clothes: nobody looks like another, hands and faces stay free, what is fastened is whole and faces out."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from performance.paint.wardrobe import LOADS, WEARS, Baked, Wear, box, tube, worn
from performance.stage.figure_mesh import make
from performance.stage.skeleton import BONES


@lru_cache(maxsize=1)
def plain() -> Baked:
    return make(2.6, skirt=False)


def test_nobody_is_built_like_another() -> None:
    shapes = [worn(plain(), wear)["points"] for wear in WEARS]
    n = len(plain()["points"])
    for i, one in enumerate(shapes):
        for other in shapes[:i]:
            assert np.abs(one[:n].astype(float) - other[:n]).max() > 0.004


@pytest.mark.parametrize("wear", WEARS)
def test_hands_and_faces_stay_as_they_were(wear: Wear) -> None:
    body, before = worn(plain(), wear), plain()
    part = np.array(BONES)[before["bones"][:, 0].astype(int)]
    n = len(part)
    hands = np.char.startswith(part, "hand") | np.char.startswith(part, "tips")
    face = (part == "head") & (before["hair"].astype(float) < 0.5)
    for bare in (hands, face):
        assert bare.any()
        assert np.allclose(body["points"][:n][bare].astype(float), before["points"][bare].astype(float))
        assert np.all(body["hair"][:n][bare].astype(float) < 0.5)


@pytest.mark.parametrize("load", LOADS)
def test_what_is_carried_is_whole_and_before_the_body(load: str) -> None:
    body, n = worn(plain(), Wear(load=load)), len(plain()["points"])
    assert len({len(body[name]) for name in body if name != "triangles"}) == 1
    assert body["triangles"].astype(int).max() == len(body["points"]) - 1
    assert body["points"][n:, 2].astype(float).mean() > 0.1


def test_bars_and_boxes_face_outwards() -> None:
    turn = np.linspace(0.0, 2 * np.pi, 16, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], -1)
    bar = np.array([(0.0, 0.0, 0.0), (0.1, 0.5, 0.2), (0.2, 1.0, 0.1)])
    for points, normals, faces in (
        tube(bar, 0.1),
        tube(ring, 0.2, 6, True),
        box(np.ones(3), np.full(3, 0.2)),
    ):
        corners = points[faces]
        out = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        assert ((out * normals[faces].sum(1)).sum(1) > 0).all()
        assert np.allclose((normals**2).sum(1), 1.0)
