"""What a dream of a wrong rehearsal shows: steps that lead nowhere, a wall with a gap, a picture out of register, a hem
that beats with the orchestra, a line that smiles."""

from __future__ import annotations

import numpy as np

from performance.causes.parts import glow
from performance.score.reader import read_text
from performance.stage.drawing import Drawing
from performance.stage.jigsaw import COLUMNS, MISSING, ROWS, cut_of, painted_of
from performance.stage.puzzle import PIECE
from performance.stage.stage import stage_at
from performance.timeline import Timeline

TEXT = """
[motif]
theme = "1 3 5 4 3@2"
[[beat]]
id = "wrong"
length = "20s"
fade = "0s"
stage.marks = { shown = "0 -> 1", count = 24 }
stage.puzzle = { apart = "0 -> 1", found = "0 -> 1" }
stage.smile = { curve = "0 -> 1", z = 0.5 }
stage.register = { level = "0 -> 1 linear", weave = 0, slips = 0 }
stage.hem = { pulse = 1 }
stage.curtain = { open = 0, under = 1, pulse = 1 }
sound.strings = { theme = "theme" }
"""
TIMELINE = Timeline(read_text(TEXT))


def drawn(t: float) -> tuple[Drawing, ...]:
    """Wall, line, and marks where there are any."""
    return stage_at(TIMELINE, t).drawings


def test_marks_come_to_light_one_by_one_flat_on_the_boards() -> None:
    found = [drawn(t)[2].panes for t in (2.0, 8.0, 14.0, 19.9)]
    lit = [len(prints.alpha) for prints in found if prints is not None]
    assert len(lit) == 4 and lit == sorted(lit) and lit[0] < lit[-1]
    assert all(np.ptp(prints.place[..., 1]) == 0.0 for prints in found if prints is not None)


def test_one_piece_is_missing_until_it_is_found() -> None:
    first, last = drawn(0.0)[0], drawn(19.99)[0]
    assert first.jigsaw is not None and last.jigsaw is not None
    assert MISSING not in first.jigsaw.piece and MISSING in last.jigsaw.piece
    assert len(first.jigsaw.piece) == COLUMNS * ROWS - 1 == len(set(last.jigsaw.piece)) - 1
    assert np.isfinite(last.jigsaw.place).all() and last.jigsaw.tone.min() >= 0.0
    gap = first.lines[0].place[0]
    assert np.ptp(gap[:, 0]) > 0.99 * PIECE and np.allclose(gap[0], gap[-1])


def test_pieces_fit_until_they_slip() -> None:
    cut = cut_of(3)
    tabs = (cut.corner[:, None] + cut.tabs())[cut.way != 0.0]
    ways = cut.way[cut.way != 0.0]
    places, inverse = np.unique(np.round(tabs, 6), axis=0, return_inverse=True)
    assert len(places) == len(tabs) // 2  # every tab lies in a dent
    assert np.array_equal(np.bincount(inverse.ravel(), ways), np.zeros(len(places)))
    whole, slipped = (drawn(t)[0].jigsaw for t in (0.0, 19.99))
    assert whole is not None and slipped is not None
    level = [np.ptp(pieces.place[:, 0, 1].reshape(-1)[pieces.piece < COLUMNS]) for pieces in (whole, slipped)]
    assert level[0] < 1e-9 < 0.01 < level[1]


def test_the_ends_of_the_line_rise_as_it_smiles() -> None:
    def ends(t: float) -> float:
        y = drawn(t)[1].lines[1].place[0, :, 1]
        return float(0.5 * (y[0] + y[-1]) - y[len(y) // 2])

    assert abs(ends(0.0)) < 0.004 < 0.03 < ends(19.9)


def test_the_picture_slips_as_far_as_it_is_told() -> None:
    far = [stage_at(TIMELINE, t).register for t in (4.0, 12.0, 19.0)]
    reach = [np.hypot(*found.colours) for found in far if found is not None]
    assert len(reach) == 3 and reach == sorted(reach) and reach[-1] <= 0.008
    assert stage_at(TIMELINE, 0.0).register is None


def test_hem_and_folds_are_as_bright_as_the_orchestra_is_loud() -> None:
    times = np.arange(0.5, 19.0, 0.37)
    stages = [stage_at(TIMELINE, float(t)) for t in times]
    heard = [1.9 * glow(TIMELINE, float(t)) ** 2 for t in times]
    assert np.ptp(heard) > 0.05
    for levels in ([s.hem.level for s in stages if s.hem], [s.curtain.under for s in stages if s.curtain]):
        assert np.allclose(levels, heard)


def test_another_performance_hangs_another_moon_never_where_a_piece_is_missing() -> None:
    moons = np.array([painted_of(seed).moon for seed in range(40)])
    gap = MISSING % COLUMNS + 0.5
    assert (np.abs(moons[:, 0] - gap) > moons[:, 2] + 0.5).all()
    assert len(np.unique(moons[:, 0] < gap)) == 2 and np.ptp(moons[:, 2]) > 0.1
    assert (moons[:, :2] - moons[:, 2:] > 0.0).all() and (moons[:, 0] + moons[:, 2] < COLUMNS).all()
