"""Pieces of painted board: they tile the wall but for the one that is missing, and throw no light astray."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from scenery import frame_of

from performance.paint.board import bake
from performance.paint.puzzle import paint_jigsaw
from performance.score.reader import read_text
from performance.stage.jigsaw import COLUMNS, MISSING, ROWS, Jigsaw, cut_of
from performance.stage.puzzle import PIECE, puzzle_at
from performance.timeline import Timeline

SCORE = '[[beat]]\nid = "wall"\nlength = "10s"\nfade = "0s"\nstage.puzzle = { level = 1, z = 1, apart = "0 -> 1" }\n'
TIMELINE = Timeline(read_text(SCORE))


def wall(t: float) -> Jigsaw:
    drawing = puzzle_at(TIMELINE.cue("stage.puzzle", t), t, 5)
    assert drawing is not None and drawing.jigsaw is not None
    return drawing.jigsaw


@lru_cache(maxsize=4)
def painted(t: float, threads: int = 1, brighter: float = 1.0) -> np.ndarray:
    frame, pieces = frame_of(threads=threads), wall(t)
    paint_jigsaw(frame, Jigsaw(pieces.place, pieces.piece, brighter * pieces.tone, pieces.cover, pieces.seed))
    return frame.canvas.crisp


def test_whole_it_covers_the_wall_but_for_the_gap() -> None:
    cover = painted(0.0)[..., 3]
    edge = 360.0 * PIECE / 2.0  # pixels, at z = 1
    assert cover.max() <= 1.0 + 1e-5
    full = float((cover > 0.97).sum()) / edge**2
    assert full == pytest.approx(COLUMNS * ROWS - 1, abs=1.5)  # seams are soft


def test_nothing_is_laid_where_no_tile_is_touched() -> None:
    frame = frame_of()
    paint_jigsaw(frame, wall(10.0))
    touched = np.kron(frame.canvas.touched, np.ones((32, 32)))[:360, :640] > 0
    assert not frame.canvas.crisp[~touched].any() and frame.canvas.crisp[touched].any()


def test_threads_change_nothing_and_light_is_light() -> None:
    np.testing.assert_array_equal(painted(10.0, 1), painted(10.0, 2))
    np.testing.assert_allclose(painted(10.0, 1, 2.0)[..., :3], 2.0 * painted(10.0)[..., :3], atol=1e-5)
    assert painted(10.0).min() >= 0.0


def test_a_piece_is_board_round_its_edge_and_has_a_tab_where_its_cut_says() -> None:
    cut, texels = cut_of(5), 48
    cover = (bake(5, texels) >> 24) / 255.0
    assert cover.shape == (COLUMNS * ROWS, 72, 72)
    for piece in (0, MISSING, COLUMNS * ROWS - 1):
        assert cover[piece, 36, 36] == 1.0
        for (x, y), way in zip(cut.tabs()[piece], cut.way[piece], strict=True):
            here = cover[piece, 71 - round((y + 0.25) * texels), round((x + 0.25) * texels)]
            assert (here == 1.0) == (way > 0.0) or way == 0.0


def test_no_two_prints_lie_alike() -> None:
    light = [(word >> 8 & 255).astype(float) for word in bake(5, 48)[:3]]
    assert np.abs(light[0] - light[1]).mean() > 2.0 and np.abs(light[1] - light[2]).mean() > 2.0
